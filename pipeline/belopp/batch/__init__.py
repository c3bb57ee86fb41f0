"""The batch: every publication under the INPUTs to the tables of a run, unchanged ones without reading them again."""

from __future__ import annotations

from belopp.batch.gathering import ENDINGS, Publication, doc_of, gather
from belopp.batch.outcome import Outcome, Watcher
from belopp.batch.problems import Busy, WrongInput
from belopp.batch.running import run

__all__ = ["ENDINGS", "Busy", "Outcome", "Publication", "Watcher", "WrongInput", "doc_of", "gather", "run"]
