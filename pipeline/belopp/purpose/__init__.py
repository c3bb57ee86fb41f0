"""Describes what a sum is: its kind, whether it changes a level, and how settled it is."""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import FUNDING, Reason
from belopp.purpose import change, kind, status
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Purpose(NamedTuple):
    """The kind of a sum, and for funding its change and status."""

    kind: str
    change: str
    status: str
    because: tuple[Reason, ...]


def describe(place: Place, book: Rulebook) -> Purpose:
    """What the text says the sum is: change and status are empty unless it is funding."""
    what, because = kind.read(place, book)
    if what != FUNDING:
        return Purpose(what, "", "", because)
    moved, why = change.read(place, book)
    settled, ground = status.read(place, book)
    return Purpose(what, moved, settled, (*because, why, ground))
