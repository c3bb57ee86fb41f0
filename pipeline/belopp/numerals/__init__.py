"""Swedish numbers, in figures and in words: where they stand in a text and what they are worth.

Nothing here knows about money; :mod:`belopp.find` puts a unit to the numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.composing import lowered
from belopp.numerals.in_figures import figures, is_ambiguous, numbers_in_figures
from belopp.numerals.in_words import numbers_in_words, words
from belopp.numerals.number import FIGURES, WORDS, Number, is_year, plain

__all__ = [
    "FIGURES", "WORDS", "Number", "figures", "is_ambiguous", "is_year", "numbers", "numbers_in_figures", "plain",
    "words",
]  # fmt: skip

_ELL: Final = re.compile(r"(?<![\d.,]) l(?= mil(?:jon|jard)\b)")
_HALF: Final = Decimal("0.5")


def numbers(text: str, small: str = "") -> list[Number]:
    """Every number in a text, left to right; figures split by a misprint come as one.

    ``small`` is the text in small letters, for whom has it already.

    >>> [str(n.value) for n in numbers("6 778 eller 4,5 eller två och en halv")]
    ['6778', '4.5', '2.5']
    >>> [str(n.value) for n in numbers("under 2024 130")]
    ['2024', '130']
    >>> [str(n.value) for n in numbers("44 7 500 000")]
    ['447500000']
    >>> [str(n.value) for n in numbers("3 000000 samt 2 och en halv eller 2 1/2 miljoner")]
    ['3000000', '2.5', '2.5']
    """
    found = numbers_in_figures(text)
    if " l mil" in text:  # the letter for the figure one: "högst l miljon kronor"
        ones = [place.start() + 1 for place in _ELL.finditer(text)]
        found = sorted((*found, *(Number(start, start + 1, Decimal(1), FIGURES) for start in ones)))
    if said := numbers_in_words(small or lowered(text)):
        found = _with_halves(text, sorted((*found, *said))) if found else said
    return found


def _with_halves(text: str, found: list[Number]) -> list[Number]:
    """Figures and a half in words, ``2 och en halv``, as the one number that they are."""
    joined: list[Number] = []
    for number in found:
        half = number.form == WORDS and number.value == _HALF and number.end - number.start > len("halv")
        first = joined[-1] if half and joined else None
        if first and first.form == FIGURES and first.value % 1 == 0 and text[first.end : number.start] == " och ":
            joined[-1] = first._replace(end=number.end, value=first.value + number.value)
        else:
            joined.append(number)
    return joined
