"""Tells by its first verb whether a sentence speaks of what was, or of what is and is to come."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from belopp import conjugation, grammar
from belopp.period.years import Years
from belopp.sentences import Place

WORD: Final = re.compile(r"[^\W\d_]+")
WEAK: Final = re.compile(r"\w+[dt]es?")  # "delade", "köptes"
STRONG: Final = conjugation.PRETERITES | conjugation.forms(conjugation.PRETERITES, "s")
OTHERS: Final = frozenset("fanns hade kunde måste skulle var visste ville".split())
# "har betalats" is of what was, "har råd" of what is; "det bedöms ha kostat 3"
NEUTRAL: Final = frozenset("bedömer bedöms ha har uppskattar uppskattas".split())


@lru_cache(grammar.KNOWN)
def _tense(word: str) -> str:
    """What tense a word shows: ``past``, ``present``, or none when it is no finite verb or may be of both."""
    if word in STRONG or word in OTHERS:
        return "past"
    if word in NEUTRAL or word.endswith(("ats", "its", "etts")) or not grammar.is_finite(word):
        return ""
    return "past" if WEAK.fullmatch(word) else "present"


def first_tense(text: str, start: int, end: int) -> str:
    """The tense that the first verb of a stretch in small letters shows: ``past``, ``present``, or none.

    >>> first_tense("i fjol fick skolan 3", 0, 20), first_tense("nu får skolan 3, som fick 2", 0, 26)
    ('past', 'present')
    """
    return next(filter(None, (_tense(word[0]) for word in WORD.finditer(text, start, end))), "")


def is_over(place: Place, years: Years) -> bool:
    """Whether years are gone by while the sentence of a sum tells of today: what is given now is none of theirs."""
    gone = years.last < place.outline.document.published[:4]
    return gone and first_tense(place.lowered, *place.sentence) == "present"
