"""Finds the formal name of the grant that a document is about: ``statsbidraget för P``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.headings import akin
from belopp.area.naming import DEFINITE
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.model import CELL, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

RULE: Final = "area.programme"
FOR: Final = re.compile(r"\s+(?:till\s+\w+\s+)?(?=för\s)")  # "statsbidraget för P", "Statsbidrag till kommuner för P"


def programme(place: Place, readings: Readings) -> Iterator[Candidate]:
    """The formal name of the grant that the document is about: ``statsbidraget för P``."""
    apart = place.is_heading or place.kind == CELL
    if RULE not in readings.book or not (apart or names_grant(place, readings.book)):
        return
    title = place.outline.title
    found = readings.kept("programme", lambda: grant_named(readings))
    if found is None:
        return
    if apart:
        kin = title is not None and akin(place.text[title.start : title.end], place.slice(found.span))
        score = 0.0 if not kin else 81.0 if place.kind == TITLE else 50.0
    else:
        score = 0.0 if names_others(readings, found) else 53.0
    if score:
        yield found._replace(score=score)


def names_others(readings: Readings, grant: Candidate) -> bool:
    """Whether the document names other grants too, so that ``statsbidraget`` alone may be any of them."""
    return readings.kept("other grants", lambda: _names_others(readings, grant.span))


def _names_others(readings: Readings, grant: Span) -> bool:
    text = readings.text
    name = [bare(word) for word in text[grant.start : grant.end].lower().split()]
    reach = 2 * (grant.end - grant.start) + 20
    for one in named_grants(readings):
        said = text[one.end : one.end + reach].lower().split()[1 : len(name) + 1]  # past "för"
        if len(said) < len(name) or not all(map(str.startswith, said, name)):
            return True
    return False


def bare(word: str) -> str:
    """A word without the ending of the definite form: ``läxhjälpen`` and ``läxhjälp`` name one grant."""
    ending = next((ending for ending in DEFINITE if word.endswith(ending) and len(word) - len(ending) > 3), "")
    return word.removesuffix(ending)


def names_grant(place: Place, book: Rulebook) -> bool:
    """Whether the sentence speaks of a grant; without its purpose it is the one that the document is about."""
    return book.cues(RULE).first(place.lowered, *place.sentence) is not None


def named_grants(readings: Readings) -> Iterator[Span]:
    """Each grant of the document that is told with its purpose, up to the ``för`` before that."""
    for cue in readings.book.cues(RULE).find(readings.outline.lowered):
        if purpose := FOR.match(readings.text, cue.end):
            yield Span(cue.start, purpose.end())


def grant_named(readings: Readings) -> Candidate | None:
    """The first formal name of a grant in a document."""
    text = readings.text
    for found in named_grants(readings):
        ends = text.find("\n\n", found.end, found.end + 200)  # a title has no full stop
        stretch = readings.stretch(Span(found.end, ends if ends >= 0 else min(found.end + 200, len(text))))
        if stretch.opens(0) and (phrase := accepted(stretch, noun_phrase(stretch, 1))):
            return offer(stretch, phrase, RULE, 53.0, (RULE, *found))
    return None
