"""Describes what a sum is: its kind, whether it changes a level, and how settled it is."""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import FUNDING, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Purpose(NamedTuple):
    """The kind of a sum, and for funding its change and status."""

    kind: str
    change: str
    status: str
    because: tuple[Reason, ...]


def describe(place: Place, book: Rulebook) -> Purpose:
    """What the sentence says the sum is."""
    return Purpose(FUNDING, "", "decided", ())
