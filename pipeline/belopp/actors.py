"""Describes whose money a sum is and who receives it, under the canonical names of ``rules/actors.csv``."""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import FUNDING, STATE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Actors(NamedTuple):
    """Payers and recipients, each in case-insensitive alphabetical order."""

    payer: tuple[str, ...]
    recipient: tuple[str, ...]
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Actors:
    """Who pays and who receives the sum, as the sentence and its surroundings say."""
    return Actors((STATE,) if kind == FUNDING else (), (), ())
