"""Tells by the words around a sum that it recurs each year, or goes on from one."""

from __future__ import annotations

import re
from typing import Final

from belopp.find.stretch import Stretch
from belopp.rulebook import Cue, Cues

FROM: Final = ("per.from",)  # a year stands behind these
FAR: Final = 130  # characters within which a clause tells that its sum goes on
# "från 2000 kronor" and "från 2025 till 2028" name no year that the sum lasts from.
YEAR: Final = re.compile(
    r"\s+(?:(?:år\s+|budgetåret\s+)?(?:19|20)\d\d\b(?!\s+års|\s*(?:kr|kronor|euro|miljoner|öre)\b)|i\s+år\b|nästa\s+år\b)"
)
BEFORE_YEAR: Final = re.compile(r"(?:19|20)\d\d\s+$")
ONWARD: Final = "och fram"  # "2026 och framåt"
NEXT_YEAR: Final = re.compile(r"\s+(?:för\s+|år\s+|under\s+)*(?:19|20)\d\d\b")
# "överförda från 2023", "enligt uppgifter från 2023"
CARRIED: Final = re.compile(
    r"\b(?:överför|kvar|sparad|oförbruk|flytta|uppgift|uppdrag|siffr)\w*\s+(?:\w+\s+)?$", re.IGNORECASE
)
UNTIL: Final = re.compile(r"\s+(?:år\s+)?(?:19|20)\d\d\s+(?:fram\s+)?till\b")
DATED: Final = re.compile(r"\s*(?:(?:för|under|år|i|budgetåret|avseende)\s+)*(?:19|20)\d\d\b")
DATES: Final = re.compile(DATED.pattern + r"(?:\s*(?:,|–|-|och|samt)\s*(?:19|20)\d\d\b)*")
REPORTING: Final = re.compile(r"redovis|rapporter|uppfölj|följ\w* upp|utvärder|besök|lämna|återkom", re.IGNORECASE)
OTHER_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:som|vilket|där|men|när)\b|\b(?:ska|skall|bör|och\s+\w+[rs])\s+$")
NOUN: Final = re.compile(
    r"\s[^.,;:]{2,60}\s(?:på|om|från|med|till|är|motsvarar|motsvarande|av|överstiger|understiger|överstigande)\s(?:\w+\s){0,2}"
)
ABREAST: Final = re.compile(r"\brespektive\s+(?:\w+\s+){0,2}$")
JOINED: Final = re.compile(r"\b(?:och|samt|medan)\s")
AND: Final = re.compile(r"\b(?:och|samt)\s*$")
AND_NEXT: Final = re.compile(r"(?:\b(?:och|samt)|,)\s*(?:(?:därefter|sedan)\s*)?$")
OPENS: Final = re.compile(r"\b(?:och|samt)\b|,")


def yearly_after(stretch: Stretch, words: Cues) -> Cue | None:
    """``årligen`` or ``varje år`` further on in the clause: ``15 miljarder betalas ut felaktigt varje år``."""
    start, end = stretch.right
    for cue in words.find(stretch.small, start, min(end, start + FAR)):
        gap = stretch.text[start : cue.start]
        if stretch.small.startswith(ONWARD, cue.start) and not _goes_on_from(gap, stretch.follows):
            continue
        if OTHER_CLAUSE.search(gap) or REPORTING.search(stretch.text[start : cue.end + 25]):
            return None
        # of the next sum: "5 miljoner kronor 2025 och årligen 7 miljoner kronor"
        dated = DATES.match(gap)
        to_next = len(gap) > 25 or dated and (AND_NEXT.search(gap) or JOINED.search(gap, dated.end()))
        if stretch.leads and to_next and len(stretch.text[cue.end : end]) < 25:
            return None
        return cue
    return None


def _goes_on_from(gap: str, follows: bool) -> bool:
    """Whether a year opens an end that the sum recurs in: ``5 miljoner 2025 och 7 miljoner 2026 och framåt``.

    A lone sum for a year ``och framåt`` may be all that there is.
    """
    dated = DATED.match(gap)
    return dated is not None and not gap[dated.end() :].strip() and (follows or "för" not in gap)


def from_after(stretch: Stretch, words: Cues) -> Cue | None:
    """``från och med 2026`` further on in the clause, unless it opens the next sum."""
    start, end = stretch.right
    for cue in words.find(stretch.small, start, min(end, start + FAR)):
        gap = stretch.text[start : cue.start]
        if not _dated_from(cue, stretch.text) or OTHER_CLAUSE.search(gap):
            continue
        year = YEAR.match(stretch.text, cue.end)
        to_next = stretch.text[year.end() : end] if year else ""
        if stretch.leads and len(to_next) < 30 and (DATED.match(gap) or AND_NEXT.search(gap)):
            return None
        if DATED.match(gap) and AND.search(gap):
            return None
        return cue
    return None


def from_before(stretch: Stretch, words: Cues) -> Cue | None:
    """``Från och med 2026`` before the sum, unless it is said of the sum before it."""
    start, end = stretch.left
    held = None
    for cue in words.find(stretch.small, start, end):
        if _dated_from(cue, stretch.text):
            held = cue
    if held is None or end - held.end > FAR:
        return None
    if stretch.follows and _from_after_claims(stretch, held) or DATED.match(stretch.text[slice(*stretch.right)]):
        return None
    return held


def _from_after_claims(stretch: Stretch, cue: Cue) -> bool:
    """Whether a cue between two sums belongs to the first: it follows that sum at once."""
    return not OPENS.search(stretch.text, stretch.left[0], cue.start)


def _dated_from(cue: Cue, text: str) -> bool:
    """Whether a year from which the sum lasts stands behind a cue."""
    if text[cue.start : cue.end].lower() == "från":
        if UNTIL.match(text, cue.end) or CARRIED.search(text[max(0, cue.start - 40) : cue.start]):
            return False
    return bool(YEAR.match(text, cue.end))


def yearly_before(stretch: Stretch, words: Cues) -> Cue | None:
    """The sentence opens with ``Årligen`` or ``Varje år``, or the word stands just before the sum."""
    start, end = stretch.left
    for cue in words.find(stretch.small, start, end):
        opens = not stretch.follows and cue.start - start < 3 and end - cue.end < FAR
        joined = JOINED.search(stretch.text[start : cue.start]) is not None
        of_earlier = stretch.follows and JOINED.search(stretch.text[cue.end : end])  # "5 2026 årligen och 6 2027"
        beside = end - cue.end < 25 and not of_earlier and (joined or not (stretch.follows and cue.start - start < 30))
        if (opens or beside) and not REPORTING.search(stretch.text[cue.start : end]):
            return cue
    return None


def adjective(stretch: Stretch, words: Cues) -> Cue | None:
    """A yearly sum by the word before its noun: ``ett årligt stöd på 5 miljoner``."""
    start, end = stretch.left
    cue = words.last(stretch.small, max(start, end - 80), end)
    return cue if cue and NOUN.fullmatch(stretch.text, cue.end, end) else None


def respective(stretch: Stretch, words: Cues) -> Cue | None:
    """``respektive`` between two years: the sum is for each, unless the sums are two as well."""
    start, end = stretch.right
    if stretch.follows and ABREAST.search(stretch.text, *stretch.left):
        return None  # "3 respektive 5 miljoner kronor 2026 respektive 2027"
    for cue in words.find(stretch.small, start, min(end, start + 60)):
        if BEFORE_YEAR.search(stretch.text, start, cue.start) and NEXT_YEAR.match(stretch.text, cue.end, end):
            return cue
    return None
