"""Finds the totals of tables: a total row, a row "varav", a sum of the text that a column adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from belopp.arithmetic import half_unit, total
from belopp.composing import lowered
from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, rounds_to, sum_of
from belopp.links.years import clash
from belopp.model import CELL, Block
from belopp.sentences import Span


def mark_table(sheet: Sheet, group: Sequence[int]) -> None:
    """The cells of a column are parts of its total row, or of a sum of the text that they add up to."""
    grid = sheet.outline.grid(sheet.places[group[0]].cell.level)
    columns: dict[int, list[int]] = {}
    for index in group:
        columns.setdefault(sheet.places[index].cell.column, []).append(index)
    is_total = sheet.book.cues("table.total")
    taken: set[int] = set()
    open_columns: list[list[int]] = []
    for column in columns.values():
        labels = {i: grid.row_label(sheet.places[i].cell) for i in column}
        totals = [i for i in column if is_total.first(lowered(grid.words_of(labels[i])))]
        cells = [i for i in column if i not in totals]
        _of_which_rows(sheet, cells, labels)
        whole = totals[-1] if totals else _told_before(sheet, cells, taken)
        if whole is None:
            open_columns.append(cells)
            continue
        taken.add(whole)
        label = labels[whole] if totals else None
        rule, said = "table.total" if totals else "part.table", Span(label.start, label.end) if label else None
        for index in cells:
            if sheet.first[index] is None or _own_year(sheet, index):
                sheet.adopt(index, whole, rule, said)
    for cells in open_columns:
        _told_beside(sheet, cells, taken)


def _told_beside(sheet: Sheet, cells: Sequence[int], taken: set[int]) -> None:
    """Of column totals that the text tells together, one that is proven lets the others be rounded."""
    blocks = {sheet.places[i].block for i in taken if sheet.running(i)}
    if not blocks:
        return
    summed, rounding = sum_of(sheet, cells), total(half_unit(sheet.value(i)) for i in cells)
    for whole in range(cells[0]):
        if sheet.places[whole].block not in blocks or whole in taken or not sheet.top(whole):
            continue
        if sheet.years(whole) == sheet.years(cells[0]) and abs(summed - sheet.value(whole)) <= rounding:
            taken.add(whole)
            for index in cells:
                sheet.adopt(index, whole, "part.table")
            return


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
    near, told = None, {sheet.canon(i) for i in cells}
    for earlier in range(cells[0] - 1, -1, -1):
        if not sheet.funding(earlier) or not sheet.running(earlier) or clash(sheet, earlier, cells[0]):
            continue
        if earlier in taken or sheet.canon(earlier) in told:
            continue
        if adds_up(sheet, cells, earlier):
            return earlier
        if near is None and len(cells) > 4 and rounds_to(sheet, cells, earlier) and _is_called_total(sheet, earlier):
            near = earlier
    return near if near is not None else _most_of_title(sheet, cells)


def _is_called_total(sheet: Sheet, index: int) -> bool:
    """Whether a sum stands for a whole text or is called a total: others may come near a column's by chance."""
    place = sheet.places[index]
    if place.is_heading or sheet.first_cue("part.total", index, place.left) is not None:
        return True
    return index == 0


def _most_of_title(sheet: Sheet, cells: Sequence[int]) -> int | None:
    """The only sum over a table of what each of many gets: the cells come to most of it, and to no more."""
    over = [i for i in range(cells[0]) if sheet.top(i) and sheet.running(i) and not clash(sheet, i, cells[0])]
    each = len(cells) > 4 and all(sheet.rows[i].recipient for i in cells)
    if len(over) != 1 or not each or len({sheet.rows[i].recipient for i in cells}) < len(cells):
        return None
    most = sheet.value(over[0]) * Decimal("0.75") <= sum_of(sheet, cells) <= sheet.interval(over[0]).high
    return over[0] if most else None
