"""Tells whether a sentence only goes on about money that the text told of before."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.cast import Cast
from belopp.rulebook import Rulebook
from belopp.sentences import Place

ASSIGNMENT: Final = re.compile(r"\b[Uu]ppdrag(?:et|en|ets)\b")
OPENED: Final = re.compile(
    r"(?:För|Under|Från(?: och med)?|Fr\.o\.m\.|År|Åren)\s+(?:år\s+|åren\s+|perioden\s+)?\d{4}|Därefter\b"
)
# Nothing but the sum and its verbs: "Regeringen föreslår därför N 2026 och beräknar N 2027."
PURPOSELESS: Final = re.compile(r"[SxReoOdn>,TKMBVZm]{0,9}M(?:[oxRed>,=MO]|i(?=x{0,2}[MT])|(?<=[ix])T)*[.!]*")


def names_nobody(place: Place, cast: Cast) -> bool:
    """Whether a sentence names nobody who could receive its money."""
    tape = cast.tape(place.sentence, place.mentions)
    return not any(named.kind not in ("state", "eu", "country") for named in tape.names.values())


def goes_on(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the sentence only goes on about money told of before.

    It names nobody, and it says ``anslaget`` or begins with a year or tells of no purpose at all.
    """
    if not names_nobody(place, cast):
        return False
    letters = cast.tape(place.sentence, place.mentions).letters
    if re.search(r"[TK]t[xd]|^[^M]*Tf[xd]", letters):  # "bidraget till samisk kultur": a support of its own
        return False
    if OPENED.match(place.text, *place.sentence) or ASSIGNMENT.search(place.text, *place.sentence):
        return True
    if PURPOSELESS.fullmatch(letters):
        return True
    cue = book.cues("recipient.before").first(place.text, *place.sentence)
    # "För arbete med läxor tillförs N och därefter N" is money of its own
    return cue is not None and not (place.text[cue.start : cue.end] == "därefter" and letters.startswith("fx"))
