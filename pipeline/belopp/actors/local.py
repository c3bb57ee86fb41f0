"""Names the municipality, region or foundation that a text is about, by what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from belopp.actors.cast import Cast
from belopp.actors.names import COLLECTIVE_NAMES, recogniser
from belopp.actors.proper import Named
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, words

# The kind of actor that each rule tells of, and what an unnamed one is called: "kommunstyrelsen" speaks for "kommunen".
MUNICIPALITY: Final = "municipality"
REGION: Final = "region"
LOCAL: Final = {"payer.municipality": (MUNICIPALITY, "kommunen"), "payer.region": (REGION, "regionen")}
FOUNDATION: Final = "stiftelsen"
BOARD: Final = "nämnden"
FAR: Final = 1 << 30  # more blocks than any document has
# "kommunfullmäktige i Lund", "den nya simhallen i Lund"
IN_PLACE: Final = re.compile(r"\b[iI] (?P<place>[A-ZÅÄÖ][a-zåäö]+)\b")
# "Lunds kommunstyrelse", "Lunds kommunfullmäktige"
OF_PLACE: Final = re.compile(r"\b(?P<place>[A-ZÅÄÖ][a-zåäö]+s) kommun(?:styrelse|fullmäktige)")


def foundation_in(place: Place, cast: Cast, cue: Cue) -> tuple[str, ...]:
    """The one foundation that a text about one names, else what it calls it; nobody where it is about another body."""
    called = place.text[cue.start : cue.end]
    if not called.casefold().endswith(FOUNDATION):
        return ()
    told = actors_in(place, len(place.outline.blocks), cast.book)
    names = {cast.display(named) for named, _ in told if "stiftelse" in named.name.casefold()}
    return (names.pop() if len(names) == 1 else called,)


def named_in(place: Place, cast: Cast, rule: str, cue: Cue) -> str:
    """The one municipality or region that the document, its first blocks or its title names, else what it calls it."""
    kind, called = LOCAL[rule]
    names = _of_kind(kind, place, cast)
    if kind == MUNICIPALITY and not names:
        names = {f"{found['place']} kommun" for found in OF_PLACE.finditer(place.text)} or _where(place, cast.book)
        names = names or _titled(place, cast.book)
    if kind == REGION and not names:
        names = _of_county(place, cast.book)
    if kind == MUNICIPALITY and not names and place.text[cue.start : cue.end].removesuffix("s").endswith(BOARD):
        names = _of_kind(REGION, place, cast)  # "Kulturnämnden i Region Skåne"
    for blocks in (2, 1):
        if len(names) > 1:
            names = _of_kind(kind, place, cast, blocks)
    return names.pop() if len(names) == 1 else called


def _of_kind(kind: str, place: Place, cast: Cast, blocks: int | None = None) -> set[str]:
    """The actors of a kind that the first blocks of a document name, or all of it."""
    told = actors_in(place, min(blocks or FAR, len(place.outline.blocks)), cast.book)
    return {cast.display(named) for named, _ in told if named.kind == kind} - {*COLLECTIVE_NAMES}


def _where(place: Place, book: Rulebook) -> set[str]:
    """The municipalities in whose towns a text says that something is."""
    return _municipalities({found["place"] for found in IN_PLACE.finditer(place.text)}, book)


def _titled(place: Place, book: Rulebook) -> set[str]:
    """The municipality whose town the title names: ``Så sparar Kils förvaltningar``."""
    title = place.outline.title
    return _municipalities(words(place.text, title.start, title.end).said if title else (), book)


def _of_county(place: Place, book: Rulebook) -> set[str]:
    """The one region in whose county a text says that something is, or that its title names: ``i Kalmar län``."""
    title = place.outline.title
    titled = {*words(place.text, title.start, title.end).said} if title else set()
    found = {
        region
        for county, region in recogniser(book).counties_of.items()
        if county in titled or f" i {county} " in place.text or f" i {county}." in place.text
    }
    return found if len(found) == 1 else set()


def _municipalities(said: Iterable[str], book: Rulebook) -> set[str]:
    """The municipalities that are called by some words: ``Malmö``, ``Borås``, ``Kils``."""
    towns = recogniser(book).towns
    return {towns[word].canonical for word in said if word in towns}


def actors_in(place: Place, blocks: int, book: Rulebook) -> Iterator[tuple[Named, int]]:
    """The actors named in the first blocks of a document, in text order, each with where it begins."""
    outline, find = place.outline, recogniser(book).find
    for span in (span for index in range(blocks) for span in outline.sentences(index)):
        words = outline.words(span)
        for named in find(words):
            yield named, words.spans[named.first][0]
