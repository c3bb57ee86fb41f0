"""Finds what a sum is for in a sentence of English: ``3 million euros to P``, ``a pledge to P of 3 million``."""

from __future__ import annotations

import re
from typing import Final

from belopp.area.candidate import Candidate
from belopp.area.readings import Readings
from belopp.sentences import Place, Span

# Two of these make a sentence English, if none of the Swedish ones stands there.
ENGLISH: Final = frozenset("and by from has have of our the to we with".split())
SWEDISH: Final = frozenset("att av det en ett för har och på som till är".split())
RULE: Final = "area.english"
TOLD: Final = 50.0  # more than the title, which in a text of many subjects tells little
REACH: Final = 200  # characters to either side of a sum
# What points back, or is a time, is no purpose.
NO_NAME: Final = r"(?:support\s)?th(?:at|is|ese)\b|20\d\d|January|February|March|April|May\b|June|July|August"
NAMED: Final = rf"(?!{NO_NAME})[^\W\d][^,.;:()\n]*?"
AFTER: Final = re.compile(
    rf"""\s*(?:in\ support\ of|to\ support|in(?:\ various\ types\ of)?|to|for)\s(?:the\s|our\s)?
        (?P<purpose>{NAMED})
        (?=\s*(?:[,.;:(\n]|\b(?:since|during|from|which|that|as\ well|for\ the\ period|in\ 20\d\d|between)\b|$))""",
    re.VERBOSE,
)
BEFORE: Final = re.compile(
    rf""".*\b(?:to\ the|to|increased\ our|increased\ the|increased)\s(?P<purpose>{NAMED})\s(?:of|by|with)
        (?:\s(?:more\ than|approximately|about|up\ to|over|almost|nearly|an?\ additional))*\s*$""",
    re.VERBOSE | re.DOTALL,
)


def in_english(place: Place, readings: Readings) -> Candidate | None:
    """What the words right after or right before a sum say that it is for, if they are English."""
    if RULE not in readings.book or not is_english(readings.words(place.sentence).low):
        return None
    text, start, end = place.text, place.mention.start, place.mention.end
    begin = place.mentions[place.index - 1].end if place.index else place.sentence.start
    found = AFTER.match(text, end, min(place.sentence.end, end + REACH))
    found = found or BEFORE.match(text, max(begin, start - REACH), start)
    return Candidate(TOLD, Span(*found.span("purpose")), RULE) if found else None


def is_english(low: list[str]) -> bool:
    """Whether the words of a sentence, in lower case, are English.

    >>> is_english("we pledge ten million to the fund".split()), is_english("vi ger tio miljoner till fonden".split())
    (True, False)
    """
    return SWEDISH.isdisjoint(low) and len(ENGLISH.intersection(low)) > 1
