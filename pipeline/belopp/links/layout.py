"""Finds totals by the layout: the total row of a table, the sum that a list breaks down, the sums under headings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from belopp.arithmetic import half_unit
from belopp.composing import lowered
from belopp.links.sheet import Sheet
from belopp.links.years import clash
from belopp.model import CELL, HEADING, TITLE, Block
from belopp.rulebook import Cue
from belopp.sentences import Span

# ------------------------------------------------------------------ tables


def mark_table(sheet: Sheet, group: Sequence[int]) -> None:
    """The cells of a column are parts of its total row, or of a sum of the text that they add up to."""
    grid = sheet.outline.grid(sheet.places[group[0]].cell.level)
    columns: dict[int, list[int]] = {}
    for index in group:
        columns.setdefault(sheet.places[index].cell.column, []).append(index)
    taken: set[int] = set()
    for column in columns.values():
        is_total = sheet.book.cues("table.total")
        labels = {i: grid.row_label(sheet.places[i].cell) for i in column}
        totals = [i for i in column if is_total.first(lowered(grid.words_of(labels[i])))]
        cells = [i for i in column if i not in totals]
        _of_which_rows(sheet, cells, labels)
        whole = totals[-1] if totals else _told_before(sheet, cells, taken)
        if whole is None:
            continue
        taken.add(whole)
        label = labels[whole] if totals else None
        for index in cells:
            if sheet.first[index] is None or _own_year(sheet, index):
                rule = "table.total" if totals else "part.table"
                sheet.adopt(index, whole, rule, Span(label.start, label.end) if label else None)


def _own_year(sheet: Sheet, index: int) -> bool:
    """A cell that restates a sum of one year: the sum of the text is the part."""
    canon = sheet.canon(index)
    first = sheet.rows[canon]
    alone = [i for i in sheet.restatements(canon) if sheet.places[i].kind == CELL] == [index]
    return not first.per and (first.period == sheet.rows[index].period or (not first.period and alone))


def _of_which_rows(sheet: Sheet, cells: Sequence[int], labels: dict[int, Block | None]) -> None:
    """A row whose label begins with ``varav`` is a part of the row above it."""
    above = None
    for index in cells:
        label = labels[index]
        cue = sheet.book.cues("part.of_which").first(sheet.lowered, label.start, label.end) if label else None
        if above is not None and cue and label and cue.start - label.start < 4:
            sheet.adopt(index, above, "part.of_which", cue)
        else:
            above = index


def _told_before(sheet: Sheet, cells: Sequence[int], taken: set[int]) -> int | None:
    """A sum of the text that the cells of a column add up to, nearest first; rounding apart."""
    if len(cells) < 2:
        return None
    near = None
    for earlier in range(cells[0] - 1, -1, -1):
        if not sheet.funding(earlier) or not sheet.running(earlier) or clash(sheet, earlier, cells[0]):
            continue
        if earlier in taken or sheet.canon(earlier) in (sheet.canon(i) for i in cells):
            continue
        if sheet.adds_up(cells, earlier):
            return earlier
        if near is None and len(cells) > 4 and rounds_to(sheet, cells, earlier):
            near = earlier
    return near if near is not None else _most_of_title(sheet, cells)


def _most_of_title(sheet: Sheet, cells: Sequence[int]) -> int | None:
    """The only sum over a table of what each of many gets: the cells come to most of it, and to no more."""
    over = [i for i in range(cells[0]) if sheet.top(i) and sheet.running(i) and not clash(sheet, i, cells[0])]
    each = len(cells) > 4 and all(sheet.rows[i].recipient for i in cells)
    if len(over) != 1 or not each or len({sheet.rows[i].recipient for i in cells}) < len(cells):
        return None
    most = sheet.value(over[0]) * Decimal("0.75") <= sheet.sum_of(cells) <= sheet.interval(over[0]).high
    return over[0] if most else None


def rounds_to(sheet: Sheet, parts: Sequence[int], whole: int) -> bool:
    """Whether a total is the sum of its parts rounded, or hedged by a little."""
    gap = sheet.sum_of(parts) - sheet.value(whole)
    bound = min(half_unit(sheet.value(whole)), sheet.value(whole) * Decimal("0.03"))
    modifier = sheet.rows[whole].modifier
    if (modifier == "over" and gap < 0) or (modifier == "under" and gap > 0):
        return False
    return abs(gap) <= bound


# ------------------------------------------------------------------ lists


def mark_list(sheet: Sheet, group: Sequence[int]) -> None:
    """Items under a lead-in are parts of the total it states, or that the text before or the title states."""
    heads = [i for n, i in enumerate(group) if n == 0 or sheet.places[i].block != sheet.places[group[n - 1]].block]
    free = [i for i in heads if sheet.parent[i] is None and sheet.first[i] is None and sheet.funding(i)]
    called = [i for i in free if sheet.first_cue("table.total", i, sheet.places[i].left)]
    # "Totalt värde 3,6" in each is no total, and one smaller than what it would be the total of is none
    closing = len(free) > 2 and called == free[-1:] and all(sheet.value(i) < sheet.value(free[-1]) for i in free[:-1])
    whole_item = free[-1] if closing else None
    if whole_item is not None:
        free = free[:-1]
    if not free:
        return
    lead = sheet.outline.list_lead(sheet.places[free[0]].block)
    whole, rule, cue = _list_total(sheet, free, lead)
    if whole_item is not None:
        whole, rule, cue = whole_item, "table.total", None
    if whole is not None:
        for index in free:
            if not _outside(sheet, index, whole):
                sheet.adopt(index, whole, rule, cue)


def _outside(sheet: Sheet, index: int, whole: int) -> bool:
    """An item whose years begin before those of the total, or that is besides it, is no part of it."""
    years, over = sheet.years(index), sheet.years(whole)
    return bool(years and over) and not years <= over and not any(year.endswith("-") for year in over)


def _list_total(sheet: Sheet, free: Sequence[int], lead: int | None) -> tuple[int | None, str, Cue | None]:
    """The sum that the items of a list break down, and what says so, from the surest evidence to the weakest."""
    near = _near_totals(sheet, free, lead)
    summed = sheet.sum_of(free)
    fits = [i for i in near if sheet.interval(i).high >= summed]
    exact = [i for i in near if sheet.value(i) == summed and len(free) > 1]
    if not fits and lead is not None:
        return _exceeded(sheet, free, near, lead)
    close = [i for i in near if len(free) > 2 and sheet.nearly_adds_up(free, i)]
    if exact:
        if exact[0] != near[0] and "check.adds_up" in sheet.book:
            for index in free:
                sheet.explain(index, "part_of", "check.adds_up")
        return exact[0], "part.list", None
    block = sheet.outline.blocks[lead] if lead is not None else None
    if lead is None or block is None:
        return (close[0] if close else None), "part.list", None
    introduced = [i for i in fits if sheet.places[i].block == lead and not clash(sheet, i, free[0])]
    tight = [i for i in close if rounds_to(sheet, free, i)]
    if tight or introduced or close:
        return (tight or introduced or close)[0], "part.list", None
    if block.kind in (TITLE, HEADING):
        return None, "", None
    cue = sheet.book.cues("part.follows").first(sheet.lowered, block.start, block.end)
    if cue and fits:
        return fits[0], "part.follows", cue
    for whole in fits:
        cue = sheet.first_cue("part.total", whole, sheet.places[whole].before)
        if cue and sheet.places[whole].block >= lead - 2 and summed * 10 >= sheet.value(whole) * 7:
            return whole, "part.total", cue
    return None, "", None


def _exceeded(sheet: Sheet, free: Sequence[int], near: Sequence[int], lead: int) -> tuple[int | None, str, Cue | None]:
    """The one sum of a lead-in that says ``fördelas på följande``: the items are its parts though they exceed it."""
    inside = [i for i in near if sheet.places[i].block == lead]
    if len(inside) != 1 or any(sheet.value(i) > sheet.value(inside[0]) for i in free):
        return None, "", None
    block = sheet.outline.blocks[lead]
    cue = sheet.book.cues("exhausts.words").first(sheet.lowered, sheet.rows[inside[0]].end, block.end)
    return (inside[0], "part.follows", cue) if cue else (None, "", None)


def _near_totals(sheet: Sheet, free: Sequence[int], lead: int | None) -> list[int]:
    """The sums of the text just before a list, and of the title, nearest first."""
    near = []
    for earlier in range(free[0] - 1, -1, -1):
        place, row = sheet.places[earlier], sheet.rows[earlier]
        if not sheet.funding(earlier) or not sheet.running(earlier) or row.per not in ("", sheet.rows[free[0]].per):
            continue
        if lead is None or place.block >= lead - 3 or place.kind == TITLE:
            near.append(earlier)
    return near


# ------------------------------------------------------------------ sections


def mark_sections(sheet: Sheet) -> None:
    """The sums of an agreement's areas, each under its heading, are parts of the agreement's total."""
    found = _grand_total(sheet)
    if found is None:
        return
    grand, whole, says = found
    payers = set(sheet.rows[grand].payer)
    parts = [
        i
        for i in range(len(sheet.rows))
        if sheet.top(i)
        and sheet.canon(grand) != i
        and sheet.places[i].kind != TITLE
        and sheet.value(i) < sheet.value(grand)
        and set(sheet.rows[i].payer) <= (payers or set(sheet.rows[i].payer))
        and not sheet.besides(i)
    ]
    for index in parts:
        if cue := sheet.first_cue("part.inside", index, sheet.places[index].sentence):
            sheet.adopt(index, grand, "part.inside", cue)
    if sheet.sum_of(parts) > sheet.interval(grand).high:
        return
    over = sheet.outline.headings(sheet.places[grand].block)
    for index in parts:
        elsewhere = sheet.places[index].is_heading or sheet.outline.headings(sheet.places[index].block) != over
        if (elsewhere or sheet.adds_up(parts, grand)) and sheet.adopt(index, grand, "part.whole", whole):
            sheet.explain(index, "part_of", "part.amounts_to", says)


def _grand_total(sheet: Sheet) -> tuple[int, Cue, Cue] | None:
    """The sum that an agreement or package as a whole comes to, and the words that say so."""
    for index, place in enumerate(sheet.places):
        if not sheet.funding(index) or sheet.parent[index] is not None:
            continue
        whole = sheet.first_cue("part.whole", index, place.left)
        says = sheet.last_cue("part.amounts_to", index, place.left) if whole else None
        if whole and says:
            return index, whole, says
    return None
