"""Describes the year or years that a sum is for."""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Period(NamedTuple):
    """The years a sum is for, in the guide's form, and which rule found them."""

    period: str
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Period:
    """The years that the sentence, the one before it or the heading gives the sum."""
    return Period("", ())
