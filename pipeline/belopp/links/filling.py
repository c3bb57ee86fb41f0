"""Settles by arithmetic what the text leaves open: the sum that fills what the stated parts leave of their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from belopp.arithmetic import digits
from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, stated, sum_of
from belopp.links.years import apart, clash
from belopp.model import CELL, ITEM

RULE: Final = "check.adds_up"
# "Nu betalas ytterligare 50 miljoner ut": more of the same money, when what is left of it is just that
MORE: Final = re.compile(r"\b(?:ytterligare|till|resterande|återstående|därtill|samt|vidare|medan)\b", re.IGNORECASE)
# How many sums after the stated parts may fill what they leave; more would fill anything.
FEW: Final = 3


def mark_filling(sheet: Sheet) -> None:
    """Sums beside the stated parts of a total that make up, with them, just that total are parts of it too."""
    if RULE not in sheet.book:
        return
    for whole in range(len(sheet.rows)):
        parts = sheet.children(whole) if sheet.first[whole] is None and sheet.funding(whole) else []
        left = {value - sum_of(sheet, parts) for value in stated(sheet, whole)} if parts else set()
        left = {value for value in left if value > 0}
        if left and not any(sheet.places[part].kind == CELL for part in parts):
            found = _in_list(sheet, parts, left) or _after(sheet, whole, parts, left) or _before(sheet, parts, left)
            for index in found:
                sheet.adopt(index, whole, RULE)


def _free(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether arithmetic may make a sum, or the one it repeats, a part of a total."""
    canon = sheet.canon(index)
    row, over = sheet.rows[canon], sheet.rows[whole]
    if (row.per, row.currency) != (over.per, over.currency) or row.change == "decrease":
        return False
    return sheet.addend(canon) and not sheet.besides(index) and not apart(sheet, canon, whole)


def _in_list(sheet: Sheet, parts: Sequence[int], left: set[Decimal]) -> list[int]:
    """``A – 140 miljoner + 40 miljoner``: the second sums of a list whose first ones are parts."""
    if any(sheet.places[part].kind != ITEM for part in parts):
        return []
    blocks = {sheet.places[part].block for part in parts}
    whole = sheet.canon(sheet.parent[parts[0]] or 0)
    first, last = min(parts), max(parts)
    found = [
        i
        for i in range(first, min(last + FEW, len(sheet.rows)))
        if sheet.places[i].block in blocks and sheet.first[i] is None and _free(sheet, i, whole)
    ]
    return found if found and sum_of(sheet, found) in left else []


def _after(sheet: Sheet, whole: int, parts: Sequence[int], left: set[Decimal]) -> list[int]:
    """``Av dessa har 750 fördelats. Nu betalas ytterligare 50 ut``: the next sums, in the same breath."""
    last = max(parts)
    if last < whole:
        return []
    run: list[int] = []
    for later in range(last + 1, min(last + 1 + FEW, len(sheet.rows))):
        near = sheet.places[later].block == sheet.places[last].block
        if not near or not _free(sheet, later, whole) or clash(sheet, later, whole):
            break
        run.append(later)
        if sum_of(sheet, run) in left:
            return run if _more_than_chance(sheet, run, parts) else []
    return []


def _more_than_chance(sheet: Sheet, run: Sequence[int], parts: Sequence[int]) -> bool:
    """Small round sums fill a remainder by chance: they must be called more of it, or be told in the same item."""
    place = sheet.places[run[0]]
    if place.kind == ITEM or sheet.same_sentence(run[0], parts[-1]) or MORE.search(place.slice(place.left)):
        return True
    return len(run) + len(parts) > 2 and digits(sum_of(sheet, run)) > 2


def _before(sheet: Sheet, parts: Sequence[int], left: set[Decimal]) -> list[int]:
    """``Fem miljoner har avsatts. Nu ges ytterligare fem, så att det blir 10``: what there was and what is added."""
    part = parts[0]
    if len(parts) != 1 or not part or not sheet.raises(part):
        return []
    before, whole = part - 1, sheet.canon(sheet.parent[part] or 0)
    near = sheet.places[before].block == sheet.places[part].block and before < part
    alike = sheet.rows[before].period == sheet.rows[whole].period and sheet.alike(before, part)
    return [before] if near and alike and sheet.value(before) in left and _free(sheet, before, whole) else []


def mark_whole_table(sheet: Sheet) -> None:
    """All cells of a table, years beside each other, that make up a sum of the text told for all those years."""
    if RULE not in sheet.book:
        return
    for group in sheet.tables:
        cells = [i for i in group if sheet.funding(i)]
        whole = _told_of_all(sheet, cells)
        if whole is None:
            continue
        for index in cells:
            parent = sheet.parent[sheet.canon(index)]
            sheet.adopt(index if parent is None else parent, whole, RULE)


def _told_of_all(sheet: Sheet, cells: Sequence[int]) -> int | None:
    """The sum of the text before a table that covers several years and that all of its cells add up to."""
    if len(cells) < 3 or len({sheet.places[i].cell.column for i in cells}) < 2:
        return None
    taken = {sheet.canon(i) for i in cells}
    for earlier in range(cells[0] - 1, -1, -1):
        several = len(sheet.years(earlier)) > 1 and not sheet.rows[earlier].per
        if several and sheet.funding(earlier) and sheet.running(earlier) and earlier not in taken:
            if adds_up(sheet, cells, earlier):
                return earlier
    return None
