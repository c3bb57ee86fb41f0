"""Tells whether value, currency and kind allow that one sum states the money of another, exactly or rounded."""

from __future__ import annotations

from decimal import Decimal

from belopp.arithmetic import half_unit
from belopp.links.cells import is_total_cell
from belopp.links.sheet import Sheet
from belopp.model import CELL


def may_be_same(sheet: Sheet, a: int, b: int) -> bool:
    """Whether value, currency and kind allow that ``b`` restates ``a`` at all."""
    x, y = sheet.rows[a], sheet.rows[b]
    if x.currency != y.currency or sheet.same_sentence(a, b) or (x.kind != y.kind and sheet.places[b].kind != CELL):
        return False
    if _told_here(sheet, a, b):
        return False  # "600 miljoner i anslag, 600 från EU": one sentence tells of the same money once
    if (x.low, x.high) == (y.low, y.high):
        return True
    return _rounded(sheet, a, b)


def _told_here(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the sentence of ``b`` restates ``a`` before ``b`` does."""
    for earlier in range(b - 1, b - 1 - sheet.places[b].index, -1):
        if sheet.first[earlier] is not None and sheet.canon(earlier) == a and sheet.same_sentence(earlier, b):
            return sheet.places[earlier].kind != CELL
    return False


def _rounded(sheet: Sheet, a: int, b: int) -> bool:
    """One is the other rounded: "6,3 miljarder" of "6,37", a title's 1,6 miljarder of 1 610 miljoner."""
    coarse, fine = (a, b) if half_unit(sheet.value(a)) > half_unit(sheet.value(b)) else (b, a)
    row, exact = sheet.rows[coarse], sheet.value(fine)
    if row.low != row.high or sheet.rows[fine].low != sheet.rows[fine].high or not exact:
        return False
    loose = sheet.places[coarse].is_heading or sheet.quoted(coarse) or is_total_cell(sheet, fine)
    loose |= sheet.places[b].kind == CELL and coarse == b
    if not row.modifier and not loose:
        return False
    if (row.modifier == "over" and exact < row.low) or (row.modifier == "under" and exact > row.high):
        return False
    gap = abs(sheet.value(coarse) - exact)
    bound = Decimal("0.10") if row.modifier in ("over", "under") else Decimal("0.06")
    return 0 < gap <= 2 * half_unit(sheet.value(coarse)) and gap < bound * exact


def is_only(sheet: Sheet, a: int, b: int) -> bool:
    """Whether no other sum before could be the one rounded."""
    return not any(i != a and may_be_same(sheet, i, b) for i in sheet.statements.like(b))
