"""Whether two statements of different publications tell of the same money: what speaks against it, what for it.

A value alone says little: ten million kronor are given to many things.  Two statements are held to be the same money
when nothing that both say differs, what the money is for agrees, and enough else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from belopp.arithmetic import half_unit
from belopp.commitments.statement import Statement, Value, digits
from belopp.expenditure import Areas, area_words

# What two statements must come to, and what each agreement is worth.
ENOUGH: Final = 6
SAME_AREA: Final = 3
NEAR_AREA: Final = 2
SAME_PERIOD: Final = 1
SAME_RECIPIENT: Final = 1
SAME_DAYS: Final = 1
_NEAR: Final = Decimal("0.5")
_DAYS: Final = 45
# How far the stated sum may be from the meant one, as a share of it, however few its digits are.
_MOST: Final = Decimal("0.1")


class Area(NamedTuple):
    """What an area's words come to: the name of the canonical area, or ``""``, and the words as stems."""

    canonical: str
    words: frozenset[str]


class Judge:
    """Weighs statements against each other by the areas of a rulebook."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._read = lru_cache(maxsize=1 << 12)(self._area)

    def _area(self, text: str) -> Area:
        found = self._areas.find(text)
        return Area(found.name if found else "", frozenset(area_words(text)))

    def area(self, statement: Statement) -> Area:
        """What a statement's area comes to."""
        return self._read(statement.area)

    def shown(self, texts: Iterable[str]) -> tuple[str, int]:
        """The area to show for a commitment, with its expenditure area: a canonical one if any is, else the words."""
        first = ""
        for text in texts:
            if area := self._areas.find(text):
                return area.name, self._areas.expenditure_area(area)
            first = first or text
        return first, 0

    def contradict(self, one: Statement, other: Statement) -> bool:
        """Whether what two statements say cannot be of the same money."""
        return (
            one.doc == other.doc
            or one.per != other.per
            or {one.change, other.change} in ({"increase", "decrease"}, {"", "decrease"})
            or _differ(one.period, other.period)
            or _apart(one.payer, other.payer)
            or _apart(one.recipient, other.recipient)
            or not meet(one, other)
        )

    def weigh(self, one: Statement, other: Statement) -> int:
        """How much speaks for two statements that do not contradict each other; 0 when their areas differ."""
        agreed = self.areas_agree(self.area(one), self.area(other))
        if not agreed:
            return 0
        return (
            agreed
            + SAME_PERIOD * bool(one.period and one.period == other.period)
            + SAME_RECIPIENT * bool(one.recipient and one.recipient == other.recipient)
            + SAME_DAYS * (days_between(one.published, other.published) <= _DAYS)
            + min(2, max(digits(value.low) for value in (*one.values, *other.values)) - 1)
        )

    def areas_agree(self, one: Area, other: Area) -> int:
        """How well two areas agree: by name or all words, or by half of them."""
        if (one.canonical and one.canonical == other.canonical) or one.words == other.words:
            return SAME_AREA
        shared = sum(map(len, one.words & other.words))
        together = sum(map(len, one.words)) + sum(map(len, other.words))
        return NEAR_AREA if 2 * shared >= _NEAR * together else 0


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(one and other and not set(one) & set(other))


def meet(one: Statement, other: Statement) -> bool:
    """Whether a mention of the one can be the sum of a mention of the other."""
    return any(same_sum(a, b) for a in one.values for b in other.values)


@lru_cache(maxsize=1 << 14)
def same_sum(one: Value, other: Value) -> bool:
    """Whether two stated sums can be one: equal, or the rougher one a rounding of the other.

    >>> exact = Value(Decimal(6370), Decimal(6370), "SEK", "")
    >>> rough = Value(Decimal(6300), Decimal(6300), "SEK", "over")
    >>> same_sum(exact, rough), same_sum(exact, rough._replace(modifier="under"))
    (True, False)
    """
    if one.currency != other.currency:
        return False
    if (one.low, one.high) == (other.low, other.high):
        return True
    if one.low != one.high or other.low != other.high:
        return False
    rough, exact = sorted((one, other), key=lambda value: (not value.modifier, digits(value.low)))
    return _rounds(rough, exact.low)


def _rounds(rough: Value, exact: Decimal) -> bool:
    """Whether a hedged sum may stand for another; a bare one must have two digits, and be its rounding."""
    unit = min(2 * half_unit(rough.low), _MOST * rough.low)
    below, above = {
        "under": (unit, Decimal(0)),
        "at_most": (unit, Decimal(0)),
        "over": (Decimal(0), unit),
        "at_least": (Decimal(0), unit),
        "approx": (unit, unit),
        "": (unit / 2, unit / 2) if digits(rough.low) > 1 else (Decimal(0), Decimal(0)),
    }[rough.modifier]
    return rough.low - below <= exact <= rough.low + above


def days_between(one: str, other: str) -> int:
    """The days between two dates of any precision, very many when one is not known."""
    if not one or not other:
        return 1_000_000
    return abs(_day(one) - _day(other))


@lru_cache(maxsize=1 << 12)
def _day(published: str) -> int:
    return date.fromisoformat(
        published + "-07-01"[len(published) - 4 :] if len(published) < 10 else published
    ).toordinal()
