"""Describes whose money a sum is and who receives it, under the canonical names of ``rules/actors.csv``."""

from __future__ import annotations

from typing import NamedTuple

from belopp.actors import campaign, contracts, givers, purse, receivers, setting
from belopp.actors.cast import cast_of
from belopp.actors.labels import of_body
from belopp.model import CELL, FUNDING, RATE, STATE, Reason
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
        paid = givers.payers(place, cast, book)
        received = campaign.collected(place, book)
        received = received if received.names else of_body(place, cast, book)
        received = received if received.names else receivers.in_sentence(place, cast, book)
        paid = purse.not_its_own(paid, received)
        if set(received.names) & set(paid.names):  # "och regionerna med 100 miljoner kronor" is no label
            received = receivers.NOBODY
        if place.kind != CELL and not (received.names and paid.names != (STATE,)):
            buyer, firm = contracts.of_contract(place, cast, book)
            received = received if received.names else firm
            if buyer.names and paid.rule != givers.CONTRIBUTES:
                paid = buyer
        if not received.names:
            received = setting.around(place, cast, book)
            received = received if received.names else campaign.of_campaign(place, book)
            if paid.rule == purse.PRIVATE:
                paid = purse.not_its_own(paid, received)
            if received.names and set(received.names) == set(paid.names):  # nobody is given its own money
                received = receivers.NOBODY
    else:
        received = receivers.for_rate(place, cast, book) if kind == RATE else receivers.NOBODY
        received = received if received.names else of_body(place, cast, book)
        paid = givers.of_rate(place, cast, book) if received.names else receivers.NOBODY
        if received.rule == "recipient.each":  # money divided as N to each region is the state's
            paid = purse.understood(place, cast, book)
        if kind == RATE and not paid.names:
            paid = purse.of_grant(place, cast, book)
        if not paid.names:
            paid = givers.of_other(place, cast, book)
    because = (*reasons("payer", paid), *reasons("recipient", received))
    return Actors(paid.names, received.names, because)


def reasons(column: str, found: receivers.Answer) -> tuple[Reason, ...]:
    """Why a column holds its names, or is left empty though the other rules would fill it."""
    return (Reason(column, found.rule, *found.cue), *found.also) if found.rule else ()
