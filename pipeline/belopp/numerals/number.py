"""A number of a text: where it stands, what it is worth and how it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

LONGEST: Final = 18
"""Digits before the decimal sign; a longer number is no sum of money."""

FIGURES: Final = "figures"
WORDS: Final = "words"


class Number(NamedTuple):
    """A number in a text: its span, its worth, and whether it stands in figures or in words.

    ``groups`` counts the digit groups (1 for ``384``, 3 for ``284 000 000``).
    """

    start: int
    end: int
    value: Decimal
    form: str
    groups: int = 1


def plain(value: Decimal) -> Decimal:
    """The same value, written without exponent or trailing noughts.

    >>> plain(Decimal("4.50")), plain(Decimal("1E+2"))
    (Decimal('4.5'), Decimal('100'))
    """
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == value else value.normalize()


def is_year(number: Number) -> bool:
    """Whether the number may be a calendar year: four figures, ungrouped, from 1900 to 2099."""
    return number.form == FIGURES and number.groups == 1 and number.value in _YEARS


_YEARS: Final = frozenset(Decimal(year) for year in range(1900, 2100))
