"""Coins written after a colon, as prices and shares are quoted: ``3:37 SEK``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from belopp.find.lexicon import Lexicon
from belopp.find.single import PRICE
from belopp.numerals import FIGURES, Number

_CLOCKS: Final = ("kl ", "kl. ", "klockan ")


def with_coins(text: str, found: Sequence[Number], words: Lexicon) -> Sequence[Number]:
    """The numbers of a text, two that a colon joins to a sum of money as one."""
    if ":" not in text:
        return found
    joined: list[Number] = []
    quoted = False  # "3:37 SEK (3:29)": what a quotation is compared with is one, too
    for number in found:
        if joined and _is_colon(text, joined[-1], number):
            first = joined[-1]
            compared = quoted and text[first.start - 1] == "(" and text[number.end : number.end + 1] == ")"
            if compared or _is_priced(text, first, number, words):
                worth = Decimal(f"{text[first.start : first.end]}.{text[number.start : number.end]}")
                joined[-1] = Number(first.start, number.end, worth, FIGURES)
                quoted = True
                continue
        joined.append(number)
    return joined


def _is_colon(text: str, first: Number, second: Number) -> bool:
    """Whether a colon joins one to three figures to two: no case number, time or verse goes on before or after."""
    if text[first.end : second.start] != ":" or second.end - second.start != 2 or first.end - first.start > 3:
        return False
    before = text[max(0, first.start - 8) : first.start]
    return (
        first.form == second.form == FIGURES
        and text[first.start : first.end].isdecimal()
        and text[second.start : second.end].isdecimal()
        and before[-1:] in {"", " ", "(", "\n"}
        and not before.lower().endswith(_CLOCKS)
    )


def _is_priced(text: str, first: Number, second: Number, words: Lexicon) -> bool:
    """Whether a currency stands right after the coins, or before the whole: ``SEK 3:37``."""
    unit = words.unit(text, second.end)
    if unit is not None:
        return unit.scale == 1 and bool(unit.currency) and unit.reasons[0].rule != PRICE
    return words.prefix(text, first.start) is not None
