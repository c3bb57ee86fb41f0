"""What is compared of a statement: its words as stems, its names, its years; each text read once while it is in use."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from belopp.expenditure import Areas, area_words, stem
from belopp.years import years_of

# A name is told by its capital; the first word of a phrase has one anyway.
_NAME: Final = re.compile(r"(?<=\s)[^\W\d_a-zåäö][^\W_]+", re.UNICODE)
_LONG_WORD: Final = re.compile(r"[^\W\d_]{7,}")
# Words of every sentence that gives money, by how they begin; they tell nothing of what it is for.
_OF_MONEY: Final = re.compile(
    """
    ( anslag | använd | arbete | avgift | avsatt | avser | avsätt | avtal | belopp | beräkn | beslut | betal |
    bidrag | budget | dessutom | disponer | därutöver | finansi | fortsat | fortsätt | fördel | föresl |
    förslag | förstärk | genomför | huvudsaklig | inklusive | innebär | innevarande | insats | jämfört |
    kammarkoll | kostnad | kronor | landsting | medel | miljard | miljon | motsvar | myndighet | möjlig |
    närmare | närvarande | omfatt | omfång | period | permanent | redovis | regering | regioner | samlat |
    sammanl | sammantag | satsar | satsat | satsning | statlig | statsbidrag | stärk | svensk | sverig |
    syfte | särskil | tidigare | tilldel | tillför | tillkomm | tillskott | totalt | under | uppdra | uppgå
    | utbetal | utgift | utöka | varav | ytterlig | ändamål | årlig | åtgärd | överenskomm
    )
    """,
    re.VERBOSE,
)
_EVER: Final = 9999


class Area(NamedTuple):
    """What an area's words come to: the name of the canonical area, or ``""``, its words as stems, its names."""

    canonical: str
    words: frozenset[str]
    names: frozenset[str]


class Reader:
    """Reads the texts of statements, areas by the sheet of canonical ones."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self.area = lru_cache(maxsize=1 << 12)(self._area)

    def _area(self, text: str) -> Area:
        found = self._areas.find(text)
        return Area(found.name if found else "", frozenset(area_words(text)), names(text))


@lru_cache(maxsize=1 << 10)
def words(text: str) -> frozenset[str]:
    """The content words of a title as stems."""
    return frozenset(area_words(text))


@lru_cache(maxsize=1 << 10)
def subjects(text: str) -> frozenset[str]:
    """The words of a sentence that tell what it speaks of, as stems: long ones, but for those of every grant.

    >>> sorted(subjects("Regeringen avsätter därför 20 miljoner kronor till förskolan i glesbygden."))
    ['förskol', 'glesbygd']
    """
    return frozenset(filter(None, map(_subject, _LONG_WORD.findall(text.casefold()))))


@lru_cache(maxsize=1 << 14)
def _subject(word: str) -> str:
    """A long word as a stem, ``""`` for one of every grant."""
    return "" if _OF_MONEY.match(word) else stem(word)


@lru_cache(maxsize=1 << 12)
def names(text: str) -> frozenset[str]:
    """The names in a phrase, as stems: words with a capital, but for its first.

    >>> sorted(names("Uppdrag till Skolverket om Malmös skolor"))
    ['malmö', 'skolverk']
    """
    return frozenset(map(stem, _NAME.findall(text)))


@lru_cache(maxsize=1 << 10)
def first_and_last(period: str) -> tuple[int, int]:
    """The first and the last year of a period, open ends far away."""
    told = sorted(years_of(period))
    first = min(0 if year.startswith("-") else int(year[:4]) for year in told)
    last = max(_EVER if year.endswith("-") else int(year[-4:]) for year in told)
    return first, last


@lru_cache(maxsize=1 << 12)
def day(published: str) -> int:
    """A date of any precision as a number of days; the middle of a month or year when that is all that is known."""
    return date.fromisoformat(published + {4: "-07-01", 7: "-15", 10: ""}[len(published)]).toordinal()
