"""Describes what a sum is for, in words of the text.

``words`` and ``lexicon`` make a ``stretch`` of a sentence; ``shares``, ``edges``, ``trimming``, ``frames`` and
``phrase`` cut the noun phrases out of it, and ``whom``, ``aid`` and ``accepting`` tell which of them are no purpose.
``steps`` and ``right`` read what stands after a sum, ``left`` what stands before it (``heads``, ``adjuncts``,
``verbs``, ``subjects``, ``objects``, ``joined``, ``balances``, ``worth``, ``bounds``), ``untitled``, ``loosely``
and ``deeds`` what either tells where titles seldom do, ``english`` what a sentence of English does; ``sentence``
weighs them. What a sum's own sentence leaves open ``mandates``, ``clauses``, ``titles`` and ``headings`` read off
headings, ``labels`` and ``cells`` off lists and tables, ``pointing``, ``anaphora``, ``nearby``, ``elsewhere``,
``grants`` and ``naming`` off the rest of the document, beside its sums (``money``). Each offers every ``candidate``
with a score, and the surest is taken; ``refused`` says what was passed over. ``readings`` keeps what all sums of a
document share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import nextafter
from typing import Final, NamedTuple

from belopp.area.accepting import says_little
from belopp.area.anaphora import same_topic
from belopp.area.candidate import Candidate, surest
from belopp.area.cells import cell
from belopp.area.elsewhere import fee_named, paid_wrongly, reform
from belopp.area.english import in_english
from belopp.area.grants import programme
from belopp.area.headings import headings, lists_areas, own_heading, own_title
from belopp.area.labels import label
from belopp.area.naming import first_named
from belopp.area.nearby import nearby
from belopp.area.readings import Readings, readings_of
from belopp.area.refused import passed_over
from belopp.area.sentence import told as purposes_told
from belopp.model import CELL, FUNDING, TITLE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place

__all__ = ["Area", "describe"]

BARE: Final = 43.0  # what a word scores that says little by itself: less than the title, more than what stands nearby
CLEAR: Final = 67.0  # from here on only a label or the section's own heading can be surer than the sentence
# "Uppdrag om brandskyddDiarienummer: Fö2025/1", "Sänkt skattFi2025/1": a register's number stuck to the title
REGISTERED: Final = re.compile(
    r"(?<=\w)(?:\s20\d\d)?(?<=\w)(?:Diarienummer\b|[A-ZÅÄÖ][a-zåäö]{0,2}20\d\d/\d|20\d\d/\d\d:FPM\d).*$"
)
# A short form in the midst of a phrase: "Statens lantbruk (SLB) och skogsbruk".
BRACKET: Final = re.compile(r"\s\([A-ZÅÄÖ][^()]{0,25}\)(?=\s)")


class Area(NamedTuple):
    """What the money is for, and which rule found it."""

    area: str
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Area:
    """The purpose of the sum, from its sentence, else from the headings, the title or the sentences nearby."""
    readings = readings_of(place.outline, book)
    best = cell(place, readings) if place.kind == CELL else likeliest(place, kind, readings)
    if best is None:
        return whole_title(place, book)
    best = same_topic(place, best, readings) or first_named(place, best, readings) or best
    return Area(wording(place.text, best), (*reasons(best), *passed_over(place, best, readings)))


def likeliest(place: Place, kind: str, readings: Readings) -> Candidate | None:
    """Of all purposes that the sentence and its surroundings offer the sum the surest, the first of equals."""
    told = in_english(place, readings) if kind == FUNDING else None
    told = told or purposes_told(place, kind, readings).own
    if told and told.score > BARE and says_little(place.slice(told.span).lower().split()):
        told = told._replace(score=BARE)
    own = own_heading(place, told, readings)
    best = surest(label(place, readings), told)
    if told is None or told.score < CLEAR:
        best = surest(surroundings(place, kind, best, own, readings), best)
    elif place.kind == TITLE:
        best = surest(programme(place, readings), best)
    best = surest([own], best) if own else best
    titled = own_title(place, best, readings)
    return surest([titled], best) if titled else best


def surroundings(
    place: Place, kind: str, best: Candidate | None, own: Candidate | None, readings: Readings
) -> Iterator[Candidate]:
    """What the headings, the document's grant and the sentences nearby offer that may be surer than what is found."""
    above = best.score if best else 0.0
    if own and own.score > above:
        above = nextafter(own.score, 0.0)  # as sure as the section's own heading is sure enough
    offered = [*headings(place, readings, above), *programme(place, readings), *reform(place, readings)]
    offered += [*paid_wrongly(place, readings), *fee_named(place, kind, readings)]
    yield from offered
    if not lists_areas(place.small):
        yield from nearby(place, readings, above=max([above, *(one.score for one in offered)]))


def whole_title(place: Place, book: Rulebook) -> Area:
    """The whole title, when nothing names a purpose: a ledger line without one helps nobody."""
    title = place.outline.title
    if title is None or "area.document" not in book or place.kind == TITLE:
        return Area("", ())
    words = " ".join(place.text[title.start : title.end].split())
    return Area(words, (Reason("area", "area.document", title.start, title.end),))


def wording(text: str, best: Candidate) -> str:
    """The words of the text, on one line and without marks of layout."""
    piece = text[best.span.start : best.span.end]
    piece = BRACKET.sub(" ", piece) if "(" in piece else piece
    piece = REGISTERED.sub("", piece) if "Diarienummer" in piece or "/" in piece else piece
    piece = piece if piece.isalpha() else " ".join(piece.replace("\u00ad", "").split())
    return closed(piece.strip(' "”’.,;:'), piece)


def closed(bare: str, piece: str) -> str:
    """A phrase without the marks around it, but with that which closes a name in it: ``projektet ”Alfa”``."""
    for mark in '”"':
        if bare.count(mark) % 2:
            return bare + mark if piece.rstrip(" .,;:").endswith(mark) else bare
    return bare


def reasons(best: Candidate) -> tuple[Reason, ...]:
    """The rule that found it, then the rules whose words it passed over."""
    first = Reason("area", best.rule, best.span.start, best.span.end)
    return (first, *(Reason("area", rule, start, end) for rule, start, end in best.cues if rule != best.rule))
