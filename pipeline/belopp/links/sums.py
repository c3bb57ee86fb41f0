"""Adds up the sums of linked rows, as a reader of the text would, and holds what they come to against a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from belopp.arithmetic import Interval, half_unit, total
from belopp.links.sheet import Sheet
from belopp.model import CELL, DECREASE
from belopp.years import closed_years

# "800 000 kronor vardera", not "vardera året"
EACH: Final = re.compile(r"\s+vardera\b(?!\s+(?:år|året|åren)\b)")
CLOSE: Final = Decimal("0.03")  # how far parts may be from the total that they round to, as a share of it


def sum_of(sheet: Sheet, indices: Sequence[int]) -> Decimal:
    """The sum of the rows' values; ``800 000 kronor vardera`` to two counts twice, a cell's minus is kept."""
    taken = {i for i in indices if sheet.places[i].kind == CELL and sheet.rows[i].change == DECREASE}
    if len(taken) == len(indices):  # a table of nothing but savings adds up by itself
        taken = set()
    return total(sheet.value(i) * (-1 if i in taken else _shares(sheet, i)) for i in indices)


def over_years(sheet: Sheet, indices: Sequence[int]) -> Decimal:
    """The sum of the rows' values over all their years: ``1 miljon per år under 2020-2029`` counts tenfold."""
    return total(sheet.value(i) * _times(sheet, i) for i in indices)


def _times(sheet: Sheet, index: int) -> int:
    """In how many years a sum is paid that comes again in each."""
    row = sheet.rows[index]
    return max(1, len(closed_years(row.period))) if row.per == "year" else 1


def _shares(sheet: Sheet, index: int) -> int:
    place, row = sheet.places[index], sheet.rows[index]
    return max(1, len(row.recipient)) if EACH.match(sheet.text, row.end, place.sentence.end) else 1


def adds_up(sheet: Sheet, indices: Sequence[int], whole: int) -> bool:
    """Whether the rows add up exactly to a total, as stated anywhere in the text, or do so over their years."""
    return sum_of(sheet, indices) in stated(sheet, whole) or _adds_up_over_years(sheet, indices, whole)


def _adds_up_over_years(sheet: Sheet, indices: Sequence[int], whole: int) -> bool:
    if sheet.rows[whole].per or all(sheet.rows[i].per != "year" for i in indices):
        return False
    return over_years(sheet, indices) in stated(sheet, whole)


def stated(sheet: Sheet, index: int) -> set[Decimal]:
    """The values under which the text states a sum: its own and those of its restatements in its currency."""
    canon, currency = sheet.canon(index), sheet.rows[index].currency
    again = sheet.restatements(canon)
    return {sheet.value(i) for i in (index, canon, *again) if sheet.rows[i].currency == currency}


def nearly_adds_up(sheet: Sheet, indices: Sequence[int], whole: int) -> bool:
    """Whether the rows add up to a total within what hedges and rounding allow."""
    spans = [sheet.interval(i) for i in indices]
    summed = Interval(total(s.low for s in spans), total(s.high for s in spans))
    return summed.meets(sheet.interval(whole))


def rounds_to(sheet: Sheet, indices: Sequence[int], whole: int) -> bool:
    """Whether a total is the sum of the rows rounded, or hedged by a little."""
    value, modifier = sheet.value(whole), sheet.rows[whole].modifier
    gap = sum_of(sheet, indices) - value
    if (modifier == "over" and gap < 0) or (modifier == "under" and gap > 0):
        return False
    return abs(gap) <= min(half_unit(value), value * CLOSE)
