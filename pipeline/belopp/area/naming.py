"""Finds the fuller name under which the text first named what is now only ``verkstaden``."""

from __future__ import annotations

from typing import Final

from belopp import grammar
from belopp.area.candidate import Candidate, offer
from belopp.area.edges import phrase_end
from belopp.area.readings import Readings
from belopp.area.stretch import Phrase, Stretch
from belopp.area.trimming import shorten, trim
from belopp.sentences import Place, Span

# Endings of the definite form, the longest first: the first that fits is taken off.
DEFINITE: Final = (*grammar.DEFINITE_PLURAL, *grammar.DEFINITE, "n", "t")
# In one block a name is looked for so many characters back at most: a page without line breaks is one block.
FAR: Final = 4_000


def first_named(place: Place, best: Candidate, readings: Readings) -> Candidate | None:
    """The fuller name under which a heading or the same block first named what is now only ``verkstaden``."""
    word = place.slice(best.span)
    if len(word) < 6 or not word.replace("-", "").isalpha() or "area.first-named" not in readings.book:
        return None
    small = word.lower()
    stems = {small.removesuffix(ending) for ending in DEFINITE if small.endswith(ending)}
    if not stems:
        return None
    blocks = [place.outline.blocks[index] for index in reversed(place.outline.headings(place.block))]
    # What a heading names needs no fuller name from the text below it.
    here = [Span(_not_far(place), place.sentence.start)] if best.span.start >= place.cell.start else []
    for span in (*here, *(Span(block.start, block.end) for block in blocks)):
        named = place.slice(span).lower()
        if not any(map(named.__contains__, stems)):
            continue
        stretch = readings.stretch(span)
        for index, low in enumerate(stretch.low):
            if low in stems or low.removesuffix("ar") in stems or low.removesuffix("er") in stems:
                subject = best.rule == "area.subject"  # "Avgiften": only what it is for says more
                fuller = fuller_name(stretch, index, bare=subject or span.end == place.sentence.start)
                if fuller is not None:
                    return offer(stretch, fuller, "area.first-named", best.score, *best.cues)
    return None


def _not_far(place: Place) -> int:
    """Where the block begins or, if that is far back, a sentence of it."""
    start = place.sentence.start - FAR
    if start <= place.cell.start:
        return place.cell.start
    first = place.outline.after(place.block, start)
    return first.start if first is not None else place.sentence.start


def fuller_name(stretch: Stretch, index: int, *, bare: bool) -> Phrase | None:
    """The noun at ``index`` with its own adjectives and what follows it, if that says more than the noun.

    ``bare`` when its adjectives by themselves do not say more.
    """
    start = index
    while start and describes(stretch, start - 1, start < index):
        start -= 1
    start += stretch.at(start) == "och"
    end = trim(stretch, start, shorten(stretch, start, phrase_end(stretch, start)))
    pale = any(stretch.at(place) in grammar.PALE for place in range(start, index))
    goes_on = end > index + 1 and stretch.at(index + 1) in grammar.PREPOSITIONS
    says_more = goes_on or not bare and start < index
    return Phrase(start, end) if end > start + 1 and says_more and not pale else None


def describes(stretch: Stretch, index: int, joined: bool) -> bool:
    """Whether the word belongs to the adjectives before a noun (``personcentrerade och sammanhållna``)."""
    word = stretch.at(index)
    if word == "och":
        return joined
    if grammar.is_finite(word) or grammar.is_infinitive(word) or word in grammar.ARTICLES:
        return False
    passive = word.endswith("as") and not word.endswith("nas") and stretch.said[index].islower()  # "trappas"
    return stretch.is_adjective(index) and not (passive or word.endswith(grammar.DEFINITE_PLURAL))
