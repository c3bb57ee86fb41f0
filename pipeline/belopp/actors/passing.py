"""What the frames look past in a sentence: hedges, adverbs, and the words of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.adverbials import ADVERBS, FOLLOWING, LONGEST, adverbial_at
from belopp.sentences import Words
from belopp.years import MONTHS

SKIPPED: Final = ADVERBS | frozenset(
    "totalt sammanlagt sammantaget ytterligare cirka ca omkring drygt högst minst maximalt nära nästan knappt närmare"
    " årligen redan vardera extra särskilt motsvarande därutöver därtill vidare tidigare samtidigt svenska exempelvis"
    ' framöver permanent igen hela runt ungefär framåt bland annat så därefter utöver både såväl det” ” " “ » « * _ …'
    " dels nya mer resterande återstående".split()
)
# What may lead up to a year: "från och med 2026", "den 1 mars 2026", "och för åren 2026".
TOWARDS: Final = frozenset(MONTHS) | frozenset(
    "under för från fram till och med tom t.o.m fr.o.m i mellan år åren perioden budgetåret budgetåren per"
    " vart respektive samt av över bland annat hösten våren den senast , – -".split()
)
SHORTENED: Final = frozenset({"fr.o.m", "t.o.m"})
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
# Set phrases, by their first word: how their second may begin, and the whole.
PHRASES: Final = {
    "per": (("år", "helår", "kalenderår", "budgetår"), re.compile(r"(?i)per\s+(?:hel|kalender|budget)?år\b")),
    "i": (
        ("år", "budget", "vår", "höst", "ändringsbudget", "statsbudget"),
        re.compile(
            r"""(?ix) i\s+(?: år\b | (?:(?:höst|vår)?ändrings|höst|vår|stats)?budget(?:en|propositionen)?
                (?:\s+(?:för|år|\d{4})\b)*+ )(?![\w-])"""
        ),
    ),
    "nästa": (("år",), re.compile(r"(?i)nästa\s+år\b")),
    "varje": (("år",), re.compile(r"(?i)varje\s+år\b")),
    "om": (("året",), re.compile(r"(?i)om\s+året\b")),
    "upp": (("till",), re.compile(r"(?i)upp\s+till\b")),
    "fram": (("till",), re.compile(r"(?i)fram\s+till\b")),
    "till": (
        ("följd", "och", "största", "ett"),
        re.compile(
            r"""(?ix) till\s+(?: följd\s+av | och\s+med | största\s+del | ett\s+(?:\w+\s+)?värde\s+(?:av|om|på) )\b"""
        ),
    ),
    "för": (
        ("egen", "sin"),
        re.compile(r"(?i)för\s+(?:egen\s+del|sin\s+medverkan)\b"),
    ),
    "under": (
        ("de", "kommande", "närmaste", "följande"),
        re.compile(r"(?i)under\s+(?:de\s+)?(?:kommande|närmaste|följande)\s+(?:\w+\s+)?åren\b"),
    ),
    "stora": (("delar",), re.compile(r"(?i)stora\s+delar\s+av\b")),
    "delar": (("av",), re.compile(r"(?i)delar\s+av\b")),
}
NO_PHRASE: Final[tuple[tuple[str, ...], re.Pattern[str] | None]] = ((), None)


def dates_or_opens(low: str) -> bool:
    """Whether a word is a year, or the first of a set phrase."""
    return low in PHRASES or low in FOLLOWING or low[0] in "12" and YEAR.fullmatch(low) is not None


def passed_over(text: str, words: Words, indexes: Sequence[int]) -> dict[int, int]:
    """The first words of dates and of other set phrases, each with the offset where the phrase ends."""
    said, spans = words
    skipped: dict[int, int] = {}
    for index in indexes:
        if said[index][0].isdigit():
            skipped[_towards(said, index)] = spans[index][1]
        elif end := _past_phrase(text, words, index):
            skipped.setdefault(index, end)
    return skipped


def _past_phrase(text: str, words: Words, index: int) -> int:
    """Where the set phrase ends that begins at a word; 0 when none does."""
    said, spans = words
    low = [*map(str.casefold, said[index : index + LONGEST])]
    seconds, phrase = PHRASES.get(low[0], NO_PHRASE)
    if phrase and len(low) > 1 and low[1].startswith(seconds) and (found := phrase.match(text, spans[index][0])):
        return found.end()
    adverbs = adverbial_at(low, 0)
    return spans[index + adverbs - 1][1] if adverbs else 0


def _towards(said: Sequence[str], index: int) -> int:
    """The first of the words that lead up to a year: ``från och med den 1 mars 2026``."""
    word = said[index]
    while index:
        before = said[index - 1].casefold()
        if before == "." and index > 1 and said[index - 2].casefold() in SHORTENED:  # "fr.o.m. 2026"
            index, word = index - 2, said[index - 2]
            continue
        if not (before in TOWARDS or before.isdigit() and word in MONTHS):
            break
        index, word = index - 1, before
    return index
