"""Joins the numbers that are one sum: two ends of a range, kronor and öre, figures and the same in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from belopp.find.lexicon import Unit
from belopp.find.single import DASH, MILLION, Amount
from belopp.numerals import WORDS, Number, is_year

LISTED: Final = re.compile(r"\d\s?[,–-]\s?$|\b(?:den|punkt|artikel|kapitel)\s$")
BETWEEN: Final = re.compile(r"\b(?:mellan|between)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# "mellan ca 30 till uppemot 200 miljoner"
ENDS: Final = re.compile(r"\s+(?:och|and|till)\s+(?:(?:upp\s*emot|uppåt|ca|cirka)\s+)?", re.IGNORECASE)
LEVELS: Final = re.compile(r"\bfrån\b[^.;]*$|\bmed\s+(?:[^\W\d]+\s+){0,3}$", re.IGNORECASE)
AND: Final = re.compile(r"\s+(?:och\s+)?")
TO: Final = re.compile(r"\s+(?:till|[àáa])\s+")
TIMES: Final = re.compile(r"\s+[àáa]\s+")
MANY: Final = 3  # "5 à 10 kronor" is a range, "50 dagsböter, 50 à 200 kronor" tells of each
CLOSE: Final = 3
BRACKET: Final = re.compile(r"\s?\(\s?(?:(?:19|20)\d\d\s?:\s)?[-–−]?")


def join_decimals(text: str, found: Sequence[Number], plain: list[Amount | None]) -> None:
    """A space has slipped in after the decimal comma: ``1, 5 miljarder`` (but not in ``1, 5 och 8 miljarder``)."""
    for index in range(1, len(plain)):
        amount, first, second = plain[index], found[index - 1], found[index]
        if amount is None or amount.scale < MILLION or second.start != amount.start or plain[index - 1] is not None:
            continue
        written = f"{text[first.start : first.end]}.{text[second.start : second.end]}"
        if text[first.end : second.start] != ", " or not re.fullmatch(r"\d{1,2}\.(?:\d|0\d\d?)", written):
            continue
        if LISTED.search(text[max(0, first.start - 10) : first.start]):
            continue
        value = Decimal(written) * amount.scale
        plain[index] = amount._replace(start=first.start, low=value, high=value)


def join_parts(text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None]) -> None:
    """``1 miljard 35 miljoner kronor``, ``en miljon tvåhundratusen kronor`` and ``9 kr 50 öre`` are one sum each."""
    for index in range(1, len(plain)):
        first, second, unit = plain[index - 1], plain[index], units[index - 1]
        if second is None or unit is None or second.low != second.high:
            continue
        size = found[index - 1].value * unit.scale
        gap = text[first.end if first else unit.end : second.start]
        if unit.scale >= MILLION and not unit.currency:
            in_words = found[index].form == WORDS and second.scale == 1
            joined = gap == " " and second.low < unit.scale and (second.scale >= 1000 or in_words)
        else:
            cents = first is not None and second.scale < 1 <= first.scale and first.currency == second.currency
            joined = cents and second.low < 1 and AND.fullmatch(gap) is not None
        if joined and (first is None or first.low == first.high):
            reasons = (*(first.reasons if first else unit.reasons), *second.reasons)
            plain[index] = second._replace(
                start=found[index - 1].start, low=size + second.low, high=size + second.low, reasons=reasons
            )
            plain[index - 1] = None


def join_ranges(text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None]) -> None:
    """A true range is one sum with two ends: ``5–10 miljoner kronor``, ``mellan 5 och 10 miljoner kronor``."""
    for index in range(1, len(plain)):
        amount, first = plain[index], found[index - 1]
        if amount is None or plain[index - 1] is None and units[index - 1] is not None:
            continue
        before, unit = plain[index - 1], units[index - 1]
        if before is not None and (before.currency != amount.currency or before.low != before.high or unit is None):
            continue
        second = found[index]
        gap = text[before.end if before else first.end : second.start]
        if not _is_range(text, (first, second), gap, before) or _too_far(first, second, amount):
            continue
        low = before.low if before else first.value * lower_scale(first, second, amount)
        if low >= amount.high:
            continue
        if before is None and DASH.fullmatch(gap):
            if _spans_label(first, second):
                value = second.value % 1000 * amount.scale
                plain[index] = amount._replace(start=second.end - len("000"), low=value, high=value)
                continue
            low *= _left_out(first, second)
        plain[index] = amount._replace(start=first.start, low=low)
        plain[index - 1] = None


def _is_range(text: str, ends: tuple[Number, Number], gap: str, before: Amount | None) -> bool:
    first, second = ends
    left = text[max(0, first.start - 40) : first.start]
    if DASH.fullmatch(gap):
        return True
    if ENDS.fullmatch(gap) and BETWEEN.search(left):
        return True
    if TIMES.fullmatch(gap) and second.value > MANY * first.value:  # "50 dagsböter à 200 kronor": of one
        return False
    # "från 9,50 till 12 kronor" and "höjs med 5 000 till 15 000 kronor" are two sums each
    return before is None and TO.fullmatch(gap) is not None and not LEVELS.search(left)


def _spans_label(first: Number, second: Number) -> bool:
    """Whether the numbers of a label end where a sum begins: ``barn 7–12 100 kr`` are no 12,100 kronor."""
    odd = second.groups == 2 and second.value % 500 != 0 and second.value % 1 == 0
    return odd and first.groups == 1 and first.value < second.value // 1000 < 100


def _left_out(first: Number, second: Number) -> Decimal:
    """The thousands or hundreds that the first number of a range leaves to the second: ``10–15 000``, ``5–600``."""
    if first.groups > 1 or first.value % 1 or not 0 < first.value < 1000:
        return Decimal(1)
    if second.groups > 1 or second.value >= 10_000:
        size = Decimal(1000) ** max(second.groups - 1, 1)
        leading, exact = second.value / size, second.value % (size / 2) == 0
    else:
        size = Decimal(10) ** second.value.adjusted()
        leading, exact = second.value / size, size >= 100 and second.value - first.value * size <= CLOSE * size
        exact = exact and leading % 1 == 0
    if not exact or first.value >= leading or first.value == 1 and leading > 2:  # "1–500 kronor" begins with one
        return Decimal(1)
    return size


def _too_far(first: Number, second: Number, amount: Amount) -> bool:
    """A year before a sum, or a number of something else, opens no range."""
    if is_year(first):
        return not (is_year(second) or 500 < second.value < 10000 and amount.scale == 1)
    return False


def lower_scale(first: Number, second: Number, amount: Amount) -> Decimal:
    """``mellan 500 000 och 1 miljon``: the first number is in full already."""
    in_full = amount.scale >= MILLION and first.value > 100 * second.value
    return Decimal(1) if in_full else amount.scale


def join_spelled_out(text: str, plain: list[Amount | None]) -> None:
    """``hundratiotusen (110 000) kronor`` is one sum, said twice."""
    for index in range(1, len(plain)):
        first, second = plain[index - 1], plain[index]
        if first and second and first.low == first.high == second.low == second.high:
            if BRACKET.fullmatch(text[first.end : second.start]) and ")" in text[second.start : second.end]:
                plain[index - 1], plain[index] = None, second._replace(start=first.start)
