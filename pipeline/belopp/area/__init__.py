"""Describes what a sum is for, in words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from belopp.area.candidate import Candidate
from belopp.area.grammar import PREPOSITIONS
from belopp.area.headings import LISTS, headings, own_heading, own_title
from belopp.area.labels import cell, label
from belopp.area.nearby import first_named, nearby, programme
from belopp.area.readings import Readings, readings_of
from belopp.area.sentence import candidates
from belopp.area.stretch import Stretch, words_of
from belopp.model import CELL, TITLE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place, words

__all__ = ["Area", "describe"]

REFUSED: Final = ("area.anaphor", "area.money", "area.actor", "area.people")
CLEAR: Final = 67.0  # from here on only a label or the section's own heading can be surer than the sentence
# "Uppdrag om brandskyddDiarienummer: Fö2025/1": a register's label stuck to the title
REGISTERED: Final = re.compile(r"(?<=\w)(?:\s20\d\d)?(?<=\w)Diarienummer\b.*$")
BRACKET: Final = re.compile(r"\s\([A-ZÅÄÖ][^()]{0,25}\)(?=\s)")


class Area(NamedTuple):
    """What the money is for, and which rule found it."""

    area: str
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Area:
    """The purpose of the sum, from its sentence, else from the headings, the title or the sentences nearby."""
    readings = readings_of(place.outline, book)
    found = offers(place, kind, readings)
    if not found:
        return whole_title(place, book)
    best = max(found, key=lambda one: one.score)
    best = first_named(place, best, readings) or best
    return Area(wording(place.text, best), (*reasons(best), *passed_over(place, best, readings)))


def offers(place: Place, kind: str, readings: Readings) -> list[Candidate]:
    """Every purpose that the sentence and its surroundings offer the sum."""
    if place.kind == CELL:
        return list(cell(place, readings))
    found = candidates(place, kind, readings)
    best = found[0] if found else None
    own = own_heading(place, best, readings)
    found += label(place, readings)
    if best is None or best.score < CLEAR:
        found += [*headings(place, readings), *programme(place, readings)]
        if not LISTS.search(place.slice(place.sentence)):
            found += nearby(place, readings, above=max((one.score for one in found), default=0.0))
    elif place.kind == TITLE:
        found += programme(place, readings)
    found += [own] if own else []
    if titled := own_title(place, max(found, key=lambda one: one.score, default=None), readings):
        found.append(titled)
    return found


def passed_over(place: Place, best: Candidate, readings: Readings) -> Iterator[Reason]:
    """The words that might look like a purpose and are none: who gets the money, its form, what only points back."""
    seen = set()
    sentence = place.sentence
    for cue in readings.kept(("refused", sentence), lambda: refused(readings.stretch(sentence, sentence))):
        if cue.rule not in seen and not best.span.start <= cue.start < best.span.end:
            seen.add(cue.rule)
            yield cue
    chain = place.outline.headings(place.block)
    yield from readings.kept(("plain", chain), lambda: plain_words(readings, chain))


def refused(stretch: Stretch) -> list[Reason]:
    """Every word of a sentence that stands where a purpose would and is refused as one."""
    rules = refusals(stretch.book)
    return [
        stretch.reason(rule, index)
        for index, word in enumerate(stretch.low)
        if word in rules and stands_as_purpose(stretch, index)
        for rule in rules[word]
    ]


@cache
def refusals(book: Rulebook) -> Mapping[str, list[str]]:
    """Every word that is no purpose, to the rules that say so."""
    found: dict[str, list[str]] = {}
    for rule in REFUSED:
        for word in words_of(book, rule):
            found.setdefault(word, []).append(rule)
    return found


def plain_words(readings: Readings, chain: tuple[int, ...]) -> list[Reason]:
    """The words at the start of headings that say they only name a part of the text."""
    plain = words_of(readings.book, "area.plain-heading")
    blocks = [readings.outline.blocks[index] for index in chain]
    opening = [one for block in blocks for one in words(readings.text, block.start, block.end)[:2]]
    return [Reason("area", "area.plain-heading", one.start, one.end) for one in opening if one.text.lower() in plain]


def stands_as_purpose(stretch: Stretch, index: int) -> bool:
    """Whether the word opens the sentence or follows a preposition, as a purpose would."""
    return index < 2 or any(word in PREPOSITIONS or word == "att" for word in stretch.low[max(0, index - 3) : index])


def whole_title(place: Place, book: Rulebook) -> Area:
    """The whole title, when nothing names a purpose: a ledger line without one helps nobody."""
    title = place.outline.title
    if title is None or "area.document" not in book or place.kind == TITLE:
        return Area("", ())
    words = " ".join(place.text[title.start : title.end].split())
    return Area(words, (Reason("area", "area.document", title.start, title.end),))


def wording(text: str, best: Candidate) -> str:
    """The words of the text, on one line and without marks of layout."""
    piece = REGISTERED.sub("", BRACKET.sub(" ", text[best.span.start : best.span.end]))
    return " ".join(piece.replace("\u00ad", "").replace("*", "").split()).strip(' "”’.,;:')


def reasons(best: Candidate) -> tuple[Reason, ...]:
    """The rule that found it, then the rules whose words it passed over."""
    first = Reason("area", best.rule, best.span.start, best.span.end)
    return (first, *(Reason("area", rule, start, end) for rule, start, end in best.cues if rule != best.rule))
