"""The batch: every publication under the INPUTs to the tables of a run, unchanged ones without reading them again."""

from __future__ import annotations

from belopp.batch.examining import bytes_of
from belopp.batch.gathering import doc_of, gather, packed_below
from belopp.batch.outcome import Outcome, Watcher
from belopp.batch.packed import PACKED
from belopp.batch.packing import Packed, pack, tasks
from belopp.batch.problems import Busy, WrongInput
from belopp.batch.publication import Publication
from belopp.batch.rereading import data_of
from belopp.batch.reviewed import Gold, Reviewed
from belopp.batch.running import run

__all__ = [
    "PACKED", "Busy", "Gold", "Outcome", "Packed", "Publication", "Reviewed", "Watcher", "WrongInput", "bytes_of",
    "data_of", "doc_of", "gather", "pack", "packed_below", "run", "tasks",
]  # fmt: skip
