"""Whether two stated sums can be one: equal, or the rougher of them a rounding of the other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from belopp.arithmetic import digits, half_unit
from belopp.commitments.statement import Statement, Value, exactness

# How far a hedged sum may be from the one meant, as a share of it, however few its digits are.
_MOST: Final = Decimal("0.1")
# A bare sum of fewer digits is meant as it stands: "1 500 miljoner" is not "1,55 miljarder".
_BARE: Final = 3


def meet(one: Statement, other: Statement) -> bool:
    """Whether the sum of the one can be that of the other, each as it is most exactly stated in a currency of both.

    "över 6 miljarder kronor" in two titles joins nothing when one text goes on with 6 394,5 and the other with 6 093.
    """
    if len(one.values) == len(other.values) == 1:
        return same_sum(one.values[0], other.values[0])
    mine, theirs = exact_sums(one.values), exact_sums(other.values)
    return any(same_sum(mine[currency], theirs[currency]) for currency in mine.keys() & theirs.keys())


def exact_sums(values: Iterable[Value]) -> dict[str, Value]:
    """The most exact of some mentions of one sum, by currency; of equals the first."""
    found: dict[str, Value] = {}
    for value in values:
        if value.currency not in found or exactness(value) > exactness(found[value.currency]):
            found[value.currency] = value
    return found


def equal(one: Statement, other: Statement) -> bool:
    """Whether a mention of the one states just the sum of a mention of the other."""
    return any(a[:3] == b[:3] for a in one.values for b in other.values)


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
    if one.low != one.high or other.low != other.high or (one.modifier and other.modifier):
        return False
    rough, exact = sorted((one, other), key=lambda value: (not value.modifier, digits(value.low)))
    return _rounds(rough, exact.low)


def _rounds(rough: Value, exact: Decimal) -> bool:
    """Whether a hedged sum may stand for another; a bare one must have three digits, and be its rounding."""
    unit = min(2 * half_unit(rough.low), _MOST * rough.low)
    nothing = Decimal(0)
    below, above = {
        "under": (unit, nothing),
        "at_most": (unit, nothing),
        "over": (nothing, unit),
        "at_least": (nothing, unit),
        "approx": (unit / 2, unit / 2),
        "": (unit / 2, unit / 2) if digits(rough.low) >= _BARE else (nothing, nothing),
    }[rough.modifier]
    return rough.low - below <= exact <= rough.low + above
