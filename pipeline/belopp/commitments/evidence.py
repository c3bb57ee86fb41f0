"""Whether two statements of different publications tell of the same money: what speaks against it, what for it.

A value alone says little: ten million kronor are given to many things.  Two statements are held to be the same money
when nothing that both say differs, what the money is for agrees, and enough else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from belopp.arithmetic import digits
from belopp.commitments.facts import Area, Reader, day, first_and_last, names, subjects, words
from belopp.commitments.statement import Statement
from belopp.commitments.sums import equal, meet
from belopp.expenditure import Areas
from belopp.model import STATE
from belopp.years import years_of

# What agreement of two statements is worth, and what it must come to before their money is held to be the same.
ENOUGH: Final = 5
SAME_AREA: Final = 3
NEAR_AREA: Final = 2
VAGUE_AREA: Final = 1
SAME_PERIOD: Final = 3
# The same sentence under the same title: a copy, or the publication once more at another address.
REPRINTED: Final = ENOUGH
# Another sum of the same two publications agrees, too: they tell of one agreement.
COMPANION: Final = 2
# A sum and its rounding: there are many sums near a round one.
ROUNDED: Final = 3
# What a pair must come to by itself to be another's companion, or to be helped by one.
WORTH_HELP: Final = ENOUGH - COMPANION

_NEAR: Final = 0.5
# Sentences speak of one thing when they share so many subjects, and so much of the shorter one's.
_SUBJECTS: Final = 3
_WORDING: Final = 0.5
_PARALLEL: Final = 0.6
# Letters of the words of an area from which on it tells one thing from another: "vården" and "kommunerna" do not.
_SPECIFIC: Final = 13
_SHARED: Final = 9
_DAYS: Final = 45
# Sums for no stated year are told again within so many days; those of three digits or more longer.
_AGAIN: Final = 300
_LONG_AGAIN: Final = 800
# The year after the money's a publication still speaks of it without saying so for as long.
_LATE: Final = 120
_UNKNOWN: Final = 1_000_000


class Judge:
    """Weighs statements against each other by the areas of a rulebook."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._read = Reader(areas)

    def area(self, statement: Statement) -> Area:
        """What a statement's area comes to."""
        return self._read.area(statement.area)

    def shown(self, texts: Iterable[str]) -> tuple[str, int]:
        """The area to show for a commitment, with its expenditure area: a canonical one if any is, else the words."""
        first = ""
        for text in texts:
            if name := self._read.area(text).canonical:
                return name, self._areas.expenditure_area(self._areas.by_name[name])
            first = first or text
        return first, 0

    def contradict(self, one: Statement, other: Statement) -> bool:
        """Whether what two statements say cannot be of the same money."""
        return (
            one.doc == other.doc
            or one.per != other.per
            or (one.change != other.change and "decrease" in (one.change, other.change))
            or (one.period != other.period and _apart(years_of(one.period), years_of(other.period), same=True))
            or (one.payer != other.payer and _apart(frozenset(one.payer), frozenset(other.payer)))
            or (one.recipient != other.recipient and _apart(frozenset(one.recipient), frozenset(other.recipient)))
            or not timely(one, other)
            or not meet(one, other)
            or _apart(self.area(one).names, self.area(other).names)
            or self._of_a_series(one, other)
        )

    def _of_a_series(self, one: Statement, other: Statement) -> bool:
        """Whether two titles differ where a series of like decisions does: in whom, or in what, they name."""
        mine, theirs = words(one.title), words(other.title)
        if _share(mine, theirs) < _PARALLEL or mine <= theirs or theirs <= mine:
            return False
        return _apart(names(one.title), names(other.title)) or self.area(one).words != self.area(other).words

    def weigh(self, one: Statement, other: Statement) -> int:
        """How much speaks for two statements that do not contradict each other; 0 when their areas differ."""
        agreed = self.areas_agree(one, other) or wordings_agree(one, other)
        if not agreed:
            return 0
        alike = len(subjects(one.sentence) & subjects(other.sentence))
        if agreed == VAGUE_AREA and alike < _SUBJECTS and most_digits(one, other) == 1:
            return 0  # "5 miljoner kronor" to the same agency, for "sjukvården" and for something in it
        return (
            agreed
            + SAME_PERIOD * bool(one.period and other.period)
            + bool(one.recipient and one.recipient == other.recipient)
            + bool(one.payer == other.payer and one.payer not in ((), (STATE,)))
            + min(3, most_digits(one, other) - 1)
            + (days_between(one, other) <= _DAYS)
            + (alike >= _SUBJECTS)
            + (alike >= 2 * _SUBJECTS)
            + (len(words(one.title) & words(other.title)) >= 2)
            + REPRINTED * reprinted(one, other)
            - ROUNDED * (not equal(one, other))
        )

    def areas_agree(self, one: Statement, other: Statement) -> int:
        """How well two areas agree: by name or all words, or by half of them; less when the words are vague."""
        mine, theirs = self.area(one), self.area(other)
        if mine.words == theirs.words:
            return SAME_AREA if sum(map(len, mine.words)) >= _SPECIFIC else NEAR_AREA
        if mine.canonical and mine.canonical == theirs.canonical:
            # Names of an area that others lie in are names of many things: "humanitärt bistånd", "humanitära insatser".
            specific = sum(map(len, words(mine.canonical))) >= _SPECIFIC and mine.canonical not in self._areas.parents
            return SAME_AREA if specific else NEAR_AREA
        if _share(mine.words, theirs.words) < _NEAR:
            return 0
        # "forskning om hälsa" and "forskning om kärnkraft" share half; what sets them apart is not in the other's text.
        if not (mine.words <= _told(other) or theirs.words <= _told(one)):
            return 0
        return NEAR_AREA if sum(map(len, mine.words & theirs.words)) >= _SHARED else VAGUE_AREA


@cache
def judge_of(areas: Areas) -> Judge:
    """The judge by some areas, the same for every document: what an area's words come to is read once."""
    return Judge(areas)


def wordings_agree(one: Statement, other: Statement) -> int:
    """How well the sentences of two statements agree, where their areas were put in other words."""
    mine, theirs = subjects(one.sentence), subjects(other.sentence)
    shared = mine & theirs
    if len(shared) < _SUBJECTS or _apart(names(one.title), names(other.title)):
        return 0
    least = min(sum(map(len, mine)), sum(map(len, theirs)))
    return NEAR_AREA if sum(map(len, shared)) >= _WORDING * least else 0


def reprinted(one: Statement, other: Statement) -> bool:
    """Whether two publications of one title state a sum in one sentence, word for word.

    One of too few words is no evidence: the cell of a table, ``10 miljoner kronor``.
    """
    if not one.title or one.title != other.title or one.sentence != other.sentence:
        return False
    return sum(map(len, words(one.sentence))) >= _SPECIFIC


def _told(one: Statement) -> frozenset[str]:
    """The words of a statement's sentence, area and title."""
    return words(one.sentence) | words(one.title) | words(one.area)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """The letters of the words that two texts share, of all letters of their words."""
    together = sum(map(len, one)) + sum(map(len, other))
    return 2 * sum(map(len, one & other)) / together if together else 0.0


def _apart(one: frozenset[str], other: frozenset[str], *, same: bool = False) -> bool:
    """Whether both say something and have nothing (``same``: not all) in common."""
    return bool(one and other and (one != other if same else not one & other))


def timely(one: Statement, other: Statement) -> bool:
    """Whether the dates let two statements be of the same money, where their periods do not say."""
    if one.period and other.period:
        return True
    if one.period or other.period:
        dated, silent = (one, other) if one.period else (other, one)
        if not silent.published:
            return True
        first, last = first_and_last(dated.period)
        late = 1 if days_between(one, other) <= _LATE else 0
        return first - 1 <= int(silent.published[:4]) <= last + late
    if not (one.published and other.published) and reprinted(one, other):
        return True
    return days_between(one, other) <= (_AGAIN if most_digits(one, other) < 3 else _LONG_AGAIN)


def most_digits(one: Statement, other: Statement) -> int:
    """The significant digits of the longer of two sums."""
    return max(digits(value.low) for value in (*one.values, *other.values))


def days_between(one: Statement, other: Statement) -> int:
    """The days between two publications, very many when the date of one is not known."""
    return abs(day(one.published) - day(other.published)) if one.published and other.published else _UNKNOWN
