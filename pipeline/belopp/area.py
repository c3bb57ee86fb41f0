"""Describes what a sum is for, in words of the text."""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Area(NamedTuple):
    """What the money is for, and which rule found it."""

    area: str
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Area:
    """The purpose of the sum, from its sentence, else from the heading or title over it."""
    return Area(place.outline.document.title, ())
