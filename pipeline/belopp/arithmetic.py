"""How exactly a stated sum is meant, and whether parts add up to a total."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

# How far a hedge lets the true sum lie from the stated one, as shares of the stated sum (below, above).
HEDGES: Final = {
    "": (Decimal(0), Decimal(0)),
    "approx": (Decimal("0.05"), Decimal("0.05")),
    "under": (Decimal("0.10"), Decimal(0)),
    "over": (Decimal(0), Decimal("0.10")),
    "at_least": (Decimal(0), Decimal("0.10")),
    "at_most": (Decimal("0.10"), Decimal(0)),
}


class Interval(NamedTuple):
    """The values a stated sum may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether one value lies in both.

        >>> Interval(Decimal(1), Decimal(3)).meets(Interval(Decimal(3), Decimal(4)))
        True
        """
        return self.low <= other.high and other.low <= self.high


@lru_cache(maxsize=1 << 12)
def digits(value: Decimal) -> int:
    """How many digits of a value tell: the noughts at its end do not.

    >>> digits(Decimal(384000000)), digits(Decimal(100000000)), digits(Decimal("4.50"))
    (3, 1, 2)
    """
    return len(value.normalize().as_tuple().digits)


@lru_cache(maxsize=1 << 12)
def half_unit(value: Decimal) -> Decimal:
    """Half a unit of the last non-zero digit, the most that rounding can hide.

    >>> half_unit(Decimal("6370000000"))
    Decimal('5000000')
    >>> half_unit(Decimal("5.95"))
    Decimal('0.005')
    """
    if not value:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    return (
        Decimal(5).scaleb(int(exponent) - 1).quantize(Decimal(1))
        if int(exponent) > 0
        else Decimal(5).scaleb(int(exponent) - 1)
    )


def interval(low: Decimal, high: Decimal, modifier: str = "", *, grain: Decimal | None = None) -> Interval:
    """What a stated sum may stand for, from rounding and its hedge; rounding hides ``grain`` at the most, if given.

    >>> interval(Decimal(1000), Decimal(1000), "approx")
    Interval(low=Decimal('450.00'), high=Decimal('1550.00'))
    """
    below, above = HEDGES[modifier]
    under, over = half_unit(low), half_unit(high)
    if grain is not None:
        under, over = min(under, grain), min(over, grain)
    return Interval(low - under - below * low, high + over + above * high)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum of the values; 0 of none."""
    return sum(values, Decimal(0))
