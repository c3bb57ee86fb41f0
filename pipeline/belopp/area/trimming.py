"""Cuts a phrase back to what names a purpose: to so many words, without what hangs loose at its end."""

from __future__ import annotations

from typing import Final

from belopp import grammar
from belopp.area.stretch import Stretch
from belopp.grammar import CONJUNCTIONS, NO_CONTENT, PREPOSITIONS

LONGEST: Final = 8  # content words; the guide wants the shortest phrase that names the purpose
# Adverbs that may stand within a phrase, but never end one: "läxhjälp även".
LOOSE: Final = frozenset(
    """bara billigare bl.a bortemot bättre c:a ca cirka delvis direkt drygt dyrare därför engångsvis extra fler fortsatt
    färre hur högre högst idag igen knappt kvar lägre lägst m m.m mer mindre minskat mm nu någonsin också permanent
    rejält samtidigt större sämre sämst tillfälligt tillsammans totalt ungefär uppskattningsvis ytterligare årligen
    även ökat""".split()
)
# Before a year they only date what the phrase tells of; "jubileumsåret 2027" is what it tells of.
YEARS: Final = frozenset(
    "budgetåret helåret kalenderåret läsåret räkenskapsåret skolåret verksamhetsåret år året".split()
)
# What no phrase ends with.
HANGING: Final = NO_CONTENT | LOOSE


def shorten(stretch: Stretch, start: int, end: int) -> int:
    """The end moved left to the last joint within the longest phrase."""
    if end - start <= LONGEST:
        return end
    content = [place for place in range(start, end) if is_content(stretch.at(place))]
    if len(content) <= LONGEST:
        return end
    limit = content[LONGEST]
    for place in range(limit, start + 1, -1):
        word = stretch.at(place)
        joint = word in PREPOSITIONS or word in CONJUNCTIONS or word == ","
        if joint and sum(start <= one < place for one in content) >= 2:
            return place
    return limit


def is_content(word: str) -> bool:
    """Whether a word counts towards a phrase's length."""
    return bool(word) and word[0].isalnum() and word not in NO_CONTENT


def trim(stretch: Stretch, start: int, end: int, *, keep: str = "") -> int:
    """The end without prepositions, conjunctions, adverbs and marks that hang loose."""
    while end > start:
        word = stretch.at(end - 1)
        if word == keep:
            break
        mark = not word[0].isalnum() and word not in {")", "”", '"'}
        if not (mark or word in HANGING or word in YEARS and dates(stretch, end - 1)):
            break
        end -= 1
    return end


def dates(stretch: Stretch, place: int) -> bool:
    """Whether ``året`` opens a date that the phrase does not hold: ``kursen läsåret 2025/26``, ``stödet året ut``."""
    after = stretch.at(place + 1)
    return grammar.YEAR.match(after) is not None or after == "ut"
