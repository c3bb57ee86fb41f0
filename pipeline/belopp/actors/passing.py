"""What the frames look past in a sentence: hedges, adverbs, and the words of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.sentences import Word

SKIPPED: Final = frozenset(
    "totalt sammanlagt sammantaget ytterligare cirka ca omkring drygt högst minst maximalt nära nästan knappt närmare"
    " årligen nu även också därför därmed dessutom således redan vardera extra särskilt motsvarande därutöver därtill"
    " vidare tidigare samtidigt svenska dock exempelvis framöver permanent igen hela runt ungefär framåt alltså"
    ' bland annat så därefter utöver både det” ” " “ » « * _ … dels nya mer'.split()
)
MONTHS: Final = frozenset(
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
# What may lead up to a year: "från och med 2026", "den 1 mars 2026", "och för åren 2026".
TOWARDS: Final = MONTHS | frozenset(
    "under för från fram till och med tom t.o.m fr.o.m i mellan år åren perioden budgetåret budgetåren per"
    " vart respektive samt av över bland annat hösten våren den senast , – -".split()
)
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
# Set phrases, by their first word.
PHRASES: Final = {
    "per": re.compile(r"(?i)per\s+(?:hel|kalender|budget)?år\b"),
    "i": re.compile(r"(?i)i\s+år\b"),
    "nästa": re.compile(r"(?i)nästa\s+år\b"),
    "varje": re.compile(r"(?i)varje\s+år\b"),
    "om": re.compile(r"(?i)om\s+året\b"),
    "upp": re.compile(r"(?i)upp\s+till\b"),
    "fram": re.compile(r"(?i)fram\s+till\b"),
    "till": re.compile(
        r"(?i)till\s+(?:följd\s+av|och\s+med|exempel|en\s+början|största\s+del|ett\s+(?:\w+\s+)?värde\s+(?:av|om|på))\b"
    ),
    "bland": re.compile(r"(?i)bland\s+annat\b"),
    "för": re.compile(r"(?i)för\s+(?:egen\s+del|närvarande|sin\s+medverkan)\b"),
    "under": re.compile(r"(?i)under\s+(?:de\s+)?(?:kommande|närmaste|följande)\s+(?:\w+\s+)?åren\b"),
    "stora": re.compile(r"(?i)stora\s+delar\s+av\b"),
    "delar": re.compile(r"(?i)delar\s+av\b"),
}


def dates_or_opens(low: str) -> bool:
    """Whether a word is a year, or the first of a set phrase."""
    return low in PHRASES or low[0] in "12" and YEAR.fullmatch(low) is not None


def passed_over(text: str, tokens: Sequence[Word], indexes: Sequence[int]) -> dict[int, int]:
    """Where the words of time and other set phrases begin, and where they end, told by their years and first words."""
    skipped: dict[int, int] = {}
    for index in indexes:
        word, start, end = tokens[index]
        if word[0].isdigit():
            skipped[tokens[_towards(tokens, index)].start] = end
        elif found := PHRASES[word.casefold()].match(text, start):
            skipped.setdefault(start, found.end())
    return skipped


def _towards(tokens: Sequence[Word], index: int) -> int:
    """The first of the words that lead up to a year: ``från och med den 1 mars 2026``."""
    word = tokens[index].text
    while index:
        before = tokens[index - 1].text.casefold()
        if not (before in TOWARDS or before.isdigit() and word in MONTHS):
            break
        index, word = index - 1, before
    return index
