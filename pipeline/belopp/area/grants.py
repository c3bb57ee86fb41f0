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
from belopp.sentences import Place, Span

# "statsbidraget för P", "Statsbidrag till kommuner för P"
PROGRAMME: Final = re.compile(r"\b[Ss]tatsbidrag(?:et|en)?\s+(?:till\s+\w+\s+)?(?=för\s)")
# Without its purpose the grant is the one that the document is about.
GRANT: Final = re.compile(r"\bstatsbidrag(?:et)?\b")


def programme(place: Place, readings: Readings) -> Iterator[Candidate]:
    """The formal name of the grant that the document is about: ``statsbidraget för P``."""
    apart = place.is_heading or place.kind == CELL
    if "area.programme" not in readings.book or not (apart or names_grant(place.small)):
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
    return readings.kept("other grants", lambda: _names_others(readings.text, grant.span))


def _names_others(text: str, grant: Span) -> bool:
    name = [bare(word) for word in text[grant.start : grant.end].lower().split()]
    reach = 2 * (grant.end - grant.start) + 20
    for one in PROGRAMME.finditer(text):
        said = text[one.end() : one.end() + reach].lower().split()[1 : len(name) + 1]  # past "för"
        if len(said) < len(name) or not all(map(str.startswith, said, name)):
            return True
    return False


def bare(word: str) -> str:
    """A word without the ending of the definite form: ``läxhjälpen`` and ``läxhjälp`` name one grant."""
    ending = next((ending for ending in DEFINITE if word.endswith(ending) and len(word) - len(ending) > 3), "")
    return word.removesuffix(ending)


def names_grant(sentence: str) -> bool:
    """Whether a sentence, in lower case, speaks of a grant to whom it may concern."""
    return "statsbidrag" in sentence and GRANT.search(sentence) is not None


def grant_named(readings: Readings) -> Candidate | None:
    """The first formal name of a grant in a document."""
    for found in PROGRAMME.finditer(readings.text):
        ends = readings.text.find("\n\n", found.end(), found.end() + 200)  # a title has no full stop
        stretch = readings.stretch(Span(found.end(), ends if ends >= 0 else min(found.end() + 200, len(readings.text))))
        if stretch.opens(0) and (phrase := accepted(stretch, noun_phrase(stretch, 1))):
            return offer(stretch, phrase, "area.programme", 53.0, ("area.programme", found.start(), found.end()))
    return None
