"""Whether two stated sums can be one: equal, or the rougher of them a rounding of the other."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from belopp.arithmetic import half_unit
from belopp.commitments.statement import Statement, Value, digits

# How far a hedged sum may be from the one meant, as a share of it, however few its digits are.
_MOST: Final = Decimal("0.1")


def meet(one: Statement, other: Statement) -> bool:
    """Whether a mention of the one can be the sum of a mention of the other."""
    return any(same_sum(a, b) for a in one.values for b in other.values)


def equal(one: Statement, other: Statement) -> bool:
    """Whether a mention of the one states just the sum of a mention of the other."""
    return any((a.low, a.high) == (b.low, b.high) for a in one.values for b in other.values)


@lru_cache(maxsize=1 << 13)
def same_sum(one: Value, other: Value) -> bool:
    """Whether two stated sums can be one.

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
    nothing = Decimal(0)
    below, above = {
        "under": (unit, nothing),
        "at_most": (unit, nothing),
        "over": (nothing, unit),
        "at_least": (nothing, unit),
        "approx": (unit / 2, unit / 2),
        "": (unit / 2, unit / 2) if digits(rough.low) > 1 else (nothing, nothing),
    }[rough.modifier]
    return rough.low - below <= exact <= rough.low + above
