"""Tells whether a sentence only goes on about money that the text told of before."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.cast import Cast
from belopp.rulebook import Rulebook
from belopp.sentences import Place

UNSEEN: Final = frozenset({"state", "eu", "country"})  # kinds that are nobody here
ASSIGNMENT: Final = re.compile(r"\b(?:[Uu]ppdrag(?:et|en|ets)|[Dd](?:etta|essa)\s+uppdrag)\b")
OPENED: Final = re.compile(
    r"(?:(?:För|Under|Från(?: och med)?|Fr\.o\.m\.|År|Åren)\s+(?:år\s+|åren\s+|perioden\s+)?)?(?:19|20)\d\d\b"
    r"|Därefter\b"
)
OWN: Final = re.compile("[TK]t[xd]|^[^M]*[TK]f[xd]")
# Nothing but the sum and its verbs: "Regeringen föreslår därför N 2026 och beräknar N 2027."
PURPOSELESS: Final = re.compile(
    r"(?:[ik]x)?[SxReoOdn>,TKMBVZm]{0,9}(?:ix?)?M(?:[oxRed>,=MO]|i(?=x{0,2}[MT])|(?<=[ix])T)*"
    r"(?:,?k[dxS]{1,3}|\([^M()]{0,6}\))?[.!]*"  # "…, enligt beslutet", "… (se tabell)"
)


def names_nobody(place: Place, cast: Cast) -> bool:
    """Whether a sentence names nobody who could receive its money."""
    return UNSEEN.issuperset([named.kind for named in cast.own_tape(place).names.values()])


def is_of_assignment(place: Place) -> bool:
    """Whether a sentence speaks of an assignment."""
    text = place.text
    return text.find("ppdrag", *place.sentence) >= 0 and ASSIGNMENT.search(text, *place.sentence) is not None


def goes_on(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the sentence only goes on about money told of before.

    It names nobody, and it says ``anslaget`` or begins with a year or tells of no purpose at all.
    """
    known = cast.going_on.get(place.sentence)
    if known is None:
        known = cast.going_on[place.sentence] = names_nobody(place, cast) and _goes_on(place, cast, book)
    return known


def _goes_on(place: Place, cast: Cast, book: Rulebook) -> bool:
    letters = cast.own_tape(place).letters
    if OWN.search(letters):  # "bidraget till samisk kultur": a support of its own
        return False
    if OPENED.match(place.text, *place.sentence) or is_of_assignment(place) or PURPOSELESS.fullmatch(letters):
        return True
    cue = book.cues("recipient.before").first(place.lowered, *place.sentence)
    # "För arbete med läxor tillförs N och därefter N" is money of its own
    return cue is not None and not (place.text[cue.start : cue.end] == "därefter" and letters.startswith("fx"))
