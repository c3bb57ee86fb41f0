"""Finds the board or department of a municipality whose money a sum is that it is to save or has in its frame."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.cast import Cast
from belopp.actors.giving import COMMITTEES, FREE
from belopp.actors.proper import Named
from belopp.actors.receivers import NOBODY, Answer, in_order
from belopp.actors.tape import Tape
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

RULE: Final = "recipient.board"
DEPARTMENTS: Final = ("förvaltningen", "kontoret", "nämnden", "utskottet", "verksamheten")
_WHO: Final = r"(?P<who>[GUY](?:(?:,|o)[GU])*)"
# "Socialnämnden måste spara N", "Ramen för socialnämnden höjs med N"
SAVES: Final = re.compile(rf"{FREE}{_WHO}[^M;ACGLUY]{{0,10}}$")
FRAME_OF: Final = re.compile(rf"[fit]d?{_WHO}[^M;ACGLUY]{{0,8}}$")
FOR_IT: Final = re.compile(rf"[fi]d?{_WHO}")


def of_board(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The board beside a cue of saving or of its frame: ``Besparingskravet på socialnämnden är 5 miljoner kronor``."""
    before = Span(place.sentence.start, place.mention.start)
    cue = book.cues(RULE).first(place.lowered, *before) if RULE in book else None
    if cue is None or of_the_state(place.text):
        return NOBODY
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    begin = tape.at(place.mentions[place.index - 1].start) + 1 if place.index else 0
    if at < 0:
        return NOBODY
    piece = tape.letters[begin:at]
    found = (SAVES.search(piece), begin), (FRAME_OF.search(piece), begin), (FOR_IT.match(tape.letters, at + 1), 0)
    for match, shift in found:
        if match:
            named = _boards(match, shift, tape, place, cast)
            if named:
                return Answer(in_order([cast.display(one) for one in named]), RULE, Span(cue.start, cue.end))
    return NOBODY


def _boards(match: re.Match[str], shift: int, tape: Tape, place: Place, cast: Cast) -> list[Named]:
    """Those named, if they are all boards or departments."""
    first, last = match.start("who") + shift, match.end("who") + shift
    named = tape.named(first, last)
    if tape.letters[first] == "Y":
        word = tape.span(first)
        named = [*cast.antecedent(place, word.start, place.slice(word).casefold())]
    return named if all(map(_is_board, named)) else []


def _is_board(one: Named) -> bool:
    listed = one.actor is not None and one.actor.canonical == COMMITTEES
    return listed or one.name.endswith(DEPARTMENTS) or one.name.startswith(("Sektor ", "Verksamhetsområde "))
