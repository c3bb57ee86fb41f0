"""Tells who says ``vi`` in a text where nobody speaks for the state, and what they get and give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.actors import purse
from belopp.actors.cast import Cast
from belopp.actors.giving import FREE, is_within
from belopp.actors.names import COLLECTIVE_NAMES, recogniser
from belopp.actors.proper import NAME
from belopp.actors.receivers import NOBODY, Answer
from belopp.model import PARAGRAPH
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Place, Span
from belopp.speaker import of_the_state

GETS: Final = "recipient.speaker"
GIVES: Final = "payer.speaker"
FIRST: Final = 2  # sentences that open a text
BODIES: Final = (NAME, "agency", "organisation", "municipality", "region")
SUBJECT: Final = re.compile(rf"{FREE}(?P<who>[AUL])")
# "har vi fått N", "Från Alfa fick vi N", "beviljas vi N"
WE_GET: Final = re.compile(r"(?P<cue>S)x{0,3}R|R(?P<behind>S)")
WE_GIVE: Final = re.compile(r"(?P<cue>S)[^MACGLU;]{0,4}[ZO][^M;]{0,6}$|Z(?P<behind>S)[^M;]{0,6}$")


def received(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whoever says ``vi``, of what they say that they get."""
    return _ours(WE_GET, GETS, place, cast, book)


def given(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whoever says ``vi``, of what they say that they give; nobody where that is the state."""
    return _ours(WE_GIVE, GIVES, place, cast, book)


def _ours(said: re.Pattern[str], rule: str, place: Place, cast: Cast, book: Rulebook) -> Answer:
    if rule not in book or of_the_state(place.text):
        return NOBODY
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    if at < 0 or "S" not in tape.letters or (found := said.search(tape.letters, 0, at)) is None:
        return NOBODY
    word = tape.span(found.start("cue" if found["cue"] else "behind"))
    if place.slice(word).casefold() != "vi":
        return NOBODY
    who = place.outline.kept((GETS, book), lambda: _speaker(place, cast, book))
    return who._replace(rule=rule, cue=word) if who.names and not (rule == GIVES and who.told) else NOBODY


def _speaker(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The body that the title or the first lines tell of first, ``told`` if it is an agency, else the municipality."""
    for span in _opening(place.outline):
        tape = cast.tape_of_another(span)
        for found in SUBJECT.finditer(tape.letters):
            one = tape.names[found.start("who")]
            name = cast.display(one)
            if one.kind in BODIES and one.name not in recogniser(book).towns and name not in COLLECTIVE_NAMES:
                return Answer((name,), GETS, span, (name,) if is_within(one) else ())
    return purse.of_its_own(place, cast, book)


def _opening(outline: Outline) -> Iterator[Span]:
    if outline.title:
        yield Span(outline.title.start, outline.title.end)
    paragraphs = (outline.sentences(at) for at, block in enumerate(outline.blocks) if block.kind == PARAGRAPH)
    yield from next(filter(None, paragraphs), [])[:FIRST]
