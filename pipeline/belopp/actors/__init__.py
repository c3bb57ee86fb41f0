"""Describes whose money a sum is and who receives it, under the canonical names of ``rules/actors.csv``."""

from __future__ import annotations

from typing import NamedTuple

from belopp.actors import receivers
from belopp.actors.cast import cast_of
from belopp.model import FUNDING, RATE, STATE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Actors(NamedTuple):
    """Payers and recipients, each in case-insensitive alphabetical order."""

    payer: tuple[str, ...]
    recipient: tuple[str, ...]
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Actors:
    """Who pays and who receives the sum, as the sentence and its surroundings say."""
    cast = cast_of(place.outline, book)
    if kind == FUNDING:
        received = receivers.in_sentence(place, cast, book)
        paid: tuple[str, ...] = (STATE,)
    else:
        received = receivers.for_rate(place, cast, book) if kind == RATE else receivers.NOBODY
        paid = ()
    because = (Reason("recipient", received.rule, *received.cue),) if received.names else ()
    return Actors(paid, received.names, because)
