"""Tells who a text is about as giver: whoever its title or first lines say gives, invests or hands money out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from belopp.actors.cast import Cast, rough_sums
from belopp.actors.giving import BEFORE, FROM, SWEDISH, TELLS, is_within
from belopp.actors.local import LOCAL
from belopp.actors.names import COLLECTIVE_NAMES, COLLECTIVES
from belopp.actors.proper import GROUP, Named
from belopp.actors.purse import TOLD as RULE
from belopp.actors.purse import is_of_state
from belopp.actors.receivers import NOBODY, Answer, in_order
from belopp.actors.tape import Tape
from belopp.model import PARAGRAPH
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Place, Span

STATE_RULE: Final = "payer.state"
# Whose gift is no sign of who gives what else a text tells of.
OTHERS: Final = (GROUP, "agency", "country", "state")
PAYS: Final = "betala"  # a fine, a price: no gift
# "Alfas styrelse har fattat beslut om stöd", "Läxfondens nämnd har bestämt"
BOARD: Final = re.compile(
    r"(?<=s\s)(?:(?:bolags|förbunds|förenings|års)?stämma|årsmöte|\w*styrelse|nämnd)\b"
    r"(?=[^.]{0,60}\b(?:anslagit|anslår|anslog|avsatt|avsätter|avsatte|beslut\w*|bestäm\w*|bevilj\w*|delat|delar|fördel\w*"
    r"|föresl\w*|godkän\w*|sagt))"
)
FIRST: Final = 3  # sentences that open a text


class Told(NamedTuple):
    """The giver that a text is about, and whether it is a municipality or a region."""

    who: Answer
    local: bool


NO_ONE: Final = Told(NOBODY, False)


def of_text(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who gives what the text tells of, for a sum that nobody is said to pay in a sentence of nobody else."""
    if RULE not in book or "payer.contributes" not in book or _speaks_of(STATE_RULE, place, book):
        return NOBODY
    if any(named.kind == "state" or is_of_state(named) for named in cast.own_tape(place).names.values()):
        return NOBODY
    told = place.outline.kept((RULE, book), lambda: _told(place.outline, cast, book))
    of_others = not told.local and any(_speaks_of(rule, place, book) for rule in LOCAL)
    return NOBODY if of_others else told.who


def _speaks_of(rule: str, place: Place, book: Rulebook) -> bool:
    return rule in book and book.cues(rule).first(place.lowered, *place.sentence) is not None


def _told(outline: Outline, cast: Cast, book: Rulebook) -> Told:
    """The giver of the first sentence that has one, among the title, unless it is Sweden's, and what opens the text."""
    for span in _opening(outline):
        decided = BOARD.search(outline.lowered, *span)
        if decided is None and SWEDISH.search(outline.lowered, *span):
            if outline.title and span.start == outline.title.start:
                return NO_ONE
            continue
        told = book.cues(RULE).first(outline.lowered, *span)
        if not rough_sums(outline.document.text, span) and told is None and decided is None:
            continue  # to write a tape takes time, and this one would tell of nobody
        tape = cast.tape_of_another(span)
        for first, last, cue in _givers(span, tape, outline, book):
            named = tape.named(first, last)
            if outline.lowered.startswith(PAYS, tape.span(cue).start):
                continue
            if named and not any(map(_is_other, named)):
                names = in_order([cast.display(one) for one in named])
                return Told(Answer(names, RULE, tape.span(cue)), all(one.kind in COLLECTIVES for one in named))
    return NO_ONE


def _opening(outline: Outline) -> Iterator[Span]:
    if outline.title:
        yield Span(outline.title.start, outline.title.end)
    paragraphs = (outline.sentences(at) for at, block in enumerate(outline.blocks) if block.kind == PARAGRAPH)
    yield from next(filter(None, paragraphs), [])[:FIRST]


def _givers(span: Span, tape: Tape, outline: Outline, book: Rulebook) -> Iterator[tuple[int, int, int]]:
    """The letters of each giver of a sentence and of the cue beside it: of its sums, else of what it tells."""
    if board := BOARD.search(outline.lowered, *span):  # whose board it is: "Alfas styrelse har beslutat om stöd"
        at = bisect_left(tape.stretches, (board.start(),))
        if at and tape.letters[at - 1] in "aug":
            yield at - 1, at, at - 1
    begin = 0
    for _, at in tape.sums:
        piece = tape.letters[begin:at]
        for found in (pattern.search(piece) for pattern in BEFORE):
            if found:
                yield found.start("who") + begin, found.end("who") + begin, found.start("cue") + begin
        if found := FROM.match(tape.letters, at + 1):
            yield found.start("who"), found.end("who"), found.start("cue")
        begin = at + 1
    if tape.sums:
        return
    for cue in book.cues(RULE).find(outline.lowered, *span):  # "Alfa investerar i skolor": no sum beside it
        at = bisect_left(tape.stretches, (cue.start,))
        if at < len(tape.stretches) and (found := TELLS.search(tape.letters[:at])):
            yield found.start("who"), found.end("who"), at


def _is_other(one: Named) -> bool:
    return is_within(one) or one.kind in OTHERS or one.actor is not None and one.actor.canonical in COLLECTIVE_NAMES
