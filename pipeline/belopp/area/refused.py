"""Says which words of a sentence might look like its purpose and are none, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import islice
from typing import Final

from belopp.area.candidate import Candidate
from belopp.area.lexicon import lexicon_of, words_of
from belopp.area.readings import Readings
from belopp.area.words import closed_up
from belopp.grammar import PREPOSITIONS
from belopp.model import Reason
from belopp.rulebook import Rulebook
from belopp.sentences import WORD, Place, Span

# After one of these, or first in the sentence, a word stands where a purpose would.
LEADS: Final = PREPOSITIONS | {"att"}
# The rules whose words are refused there.
REFUSED: Final = ("area.anaphor", "area.money", "area.actor", "area.people")


def passed_over(place: Place, best: Candidate, readings: Readings) -> Iterator[Reason]:
    """The words that might look like a purpose and are none: who gets the money, its form, what only points back."""
    seen: set[str] = set()
    sentence = place.sentence
    for cue in readings.kept(("refused", sentence), lambda: refused(readings, sentence)):
        if cue.rule not in seen and not best.span.start <= cue.start < best.span.end:
            seen.add(cue.rule)
            yield cue
    chain = place.outline.headings(place.block)
    yield from readings.kept(("plain", chain), lambda: plain_words(readings, chain))


def refused(readings: Readings, sentence: Span) -> list[Reason]:
    """Every word of a sentence that stands where a purpose would and is refused as one."""
    rules, words = refusals(readings.book), readings.words(sentence)
    if rules.keys().isdisjoint(words.low):
        return []
    _, low, spans, _ = words if words.plain else closed_up(words)
    return [
        Reason("area", rule, *spans[index])
        for index in [at for at, word in enumerate(low) if word in rules]
        if stands_as_purpose(low, index)
        for rule in rules[low[index]]
    ]


@cache
def refusals(book: Rulebook) -> Mapping[str, list[str]]:
    """Every word that is no purpose, to the rules that say so."""
    found: dict[str, list[str]] = {}
    for rule in REFUSED:
        for word in words_of(book, rule):
            found.setdefault(word, []).append(rule)
    return found


def stands_as_purpose(low: list[str], index: int) -> bool:
    """Whether the word opens the sentence or follows a preposition, as a purpose would."""
    return index < 2 or not LEADS.isdisjoint(low[max(0, index - 3) : index])


def plain_words(readings: Readings, chain: tuple[int, ...]) -> list[Reason]:
    """The words at the start of headings that say they only name a part of the text."""
    found = [readings.kept(("plain", heading), partial(plain_opening, readings, heading)) for heading in chain]
    return [reason for opening in found for reason in opening]


def plain_opening(readings: Readings, heading: int) -> list[Reason]:
    """Those at the start of one heading."""
    plain, block = lexicon_of(readings.book).plain_headings, readings.outline.blocks[heading]
    opening = islice(WORD.finditer(readings.text, block.start, block.end), 2)
    return [Reason("area", "area.plain-heading", *one.span()) for one in opening if one.group().lower() in plain]
