"""Describes whose money a sum is and who receives it, under the canonical names of ``rules/actors.csv``.

``names`` recognises the listed names in their ``variants``, the groups (``phrase``) and, by ``proper`` and
``bodies``, the names that stand in no list; ``cast`` knows which of them a document means. ``tape`` writes a sentence
down as ``letters`` that look past hedges and times (``passing``). ``fitting`` lays the ``frames`` on it for
``receivers``, and ``givers`` those of ``giving``. What the sentence leaves open ``setting`` finds around it, with
``labels``, ``headings``, ``onward`` and ``going_on``, or whom the text is about tells: ``contracts``, ``boards``,
``campaign``, ``ours`` and ``backer``. Where no giver is named ``purse`` understands one, and ``local`` what a
municipality or region is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from belopp.actors import boards, campaign, contracts, givers, ours, purse, receivers, setting
from belopp.actors.cast import Cast, cast_of
from belopp.actors.labels import of_body
from belopp.actors.receivers import Answer
from belopp.model import CELL, FUNDING, RATE, STATE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place

GIVEN: Final = (givers.CONTRIBUTES, "payer.from")  # rules by which a sentence itself names the giver


class Actors(NamedTuple):
    """Payers and recipients, each in case-insensitive alphabetical order."""

    payer: tuple[str, ...]
    recipient: tuple[str, ...]
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Actors:
    """Who pays and who receives the sum, as the sentence and its surroundings say."""
    cast = cast_of(place.outline, book)
    paid, received = of_funding(place, cast, book) if kind == FUNDING else of_others(place, kind, cast, book)
    because = (*reasons("payer", paid), *reasons("recipient", received))
    return Actors(paid.names, received.names, because)


def of_funding(place: Place, cast: Cast, book: Rulebook) -> tuple[Answer, Answer]:
    """Who pays a sum of funding, and who receives it."""
    paid = givers.payers(place, cast, book)
    looks = campaign.collected, of_body, contracts.of_seller, receivers.in_sentence, boards.of_board
    received = first_of(place, cast, book, *looks)
    paid = purse.not_its_own(paid, received)
    if set(received.names) & set(paid.names):  # "och regionerna med 100 miljoner kronor" is no label
        received = receivers.NOBODY
    if place.kind != CELL and not (received.names and paid.names != (STATE,)):
        buyer, firm = contracts.of_contract(place, cast, book)
        received = received if received.names else firm
        if buyer.names and paid.rule != givers.CONTRIBUTES:
            paid = buyer
    if received.names:
        return paid, received
    received = first_of(place, cast, book, ours.received, setting.around, campaign.of_campaign)
    if not received.names and paid.names == (STATE,):
        received = purse.of_grant_to_it(place, cast, book)
    elif not received.names and paid.rule in GIVEN:
        received = setting.from_gift_before(place, cast, book, paid)
    if paid.rule == purse.PRIVATE:
        paid = purse.not_its_own(paid, received)
    if set(received.names) == set(paid.names):  # nobody is given its own money
        received = receivers.NOBODY
    return paid, received


def of_others(place: Place, kind: str, cast: Cast, book: Rulebook) -> tuple[Answer, Answer]:
    """Who pays a rate or what is no funding, and who receives it, where the text says so outright."""
    received = receivers.for_rate(place, cast, book) if kind == RATE else receivers.NOBODY
    received = received if received.names else of_body(place, cast, book)
    paid = givers.of_rate(place, cast, book) if received.names else receivers.NOBODY
    if received.rule == "recipient.each":  # money divided as N to each region is the state's
        paid = purse.understood(place, cast, book)
    if kind == RATE and not paid.names:
        paid = purse.of_grant(place, cast, book)
    return (paid if paid.names else givers.of_other(place, cast, book)), received


def first_of(place: Place, cast: Cast, book: Rulebook, *looks: Callable[[Place, Cast, Rulebook], Answer]) -> Answer:
    """The first answer that names anybody."""
    return next((found for look in looks if (found := look(place, cast, book)).names), receivers.NOBODY)


def reasons(column: str, found: Answer) -> tuple[Reason, ...]:
    """Why a column holds its names, or is left empty though the other rules would fill it."""
    return (Reason(column, found.rule, *found.cue), *found.also) if found.rule else ()
