"""Hands down what linked rows share: restatements agree, parts follow their total, totals gather their parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from belopp.links.gathering import gather
from belopp.links.sequels import go_on, keep_topic, take_year_of_figure, titled
from belopp.links.sheet import Sheet
from belopp.links.taking import NEAR, SHARED, WEAK, decided_by, take_over, take_years
from belopp.model import CELL, FUNDING, ITEM, PROPOSED, Reason, Row

# What the label of a row or column says of its cells.
LABELLED: Final = ("recipient.row", "recipient.each")
# "öka med 4 miljarder mellan 2024 och 2025, till 45": the level is that of the last year
CLOSED: Final = re.compile(r"\d{4}-(\d{4})")


def hand_down(sheet: Sheet) -> list[Row]:
    """The rows with everything inherited, and their pointers as offsets."""
    if len(sheet.rows) == 1:
        return [_finish(sheet, 0)]
    for index in range(1, len(sheet.rows)):
        go_on(sheet, index)
        take_year_of_figure(sheet, index)
    for index in range(len(sheet.rows)):
        if sheet.first[index] is None:
            _agree(sheet, index)
            _take_years_of_cells(sheet, index)
    for index in _from_the_top(sheet):
        _take_years_of_increase(sheet, index)
        _follow(sheet, index)
    if any(parent is not None for parent in sheet.parent):
        gather(sheet)
    if "inherit.onward" in sheet.book and not titled(sheet):
        keep_topic(sheet)
    for index in range(len(sheet.rows)):
        if sheet.first[index] is not None:
            _copy(sheet, index)
    if any(place.kind == CELL for place in sheet.places):
        _name_rows(sheet)
    return [_finish(sheet, index) for index in range(len(sheet.rows))]


def _agree(sheet: Sheet, index: int) -> None:
    """A first statement takes from its restatements in running text what it does not say itself."""
    restated = sheet.restatements(index)
    twins = [i for i in restated if sheet.places[i].kind != CELL]
    if not restated or "inherit.restated" not in sheet.book:
        return
    row = sheet.rows[index]
    taken: dict[str, Row] = {}
    for column in SHARED:
        if column not in ("change", "status"):  # each statement has a verb of its own
            others = (sheet.rows[twin] for twin in twins)
            if other := next((other for other in others if _says_more(row, other, column)), None):
                taken[column] = other
    cells = [sheet.rows[i] for i in restated if i not in twins]
    if not row.recipient and len({one.recipient for one in cells}) == 1 and decided_by(cells[0], "recipient", LABELLED):
        taken.setdefault("recipient", cells[0])
    take_over(sheet, index, taken, "inherit.restated")


def _says_more(row: Row, other: Row, column: str) -> bool:
    """Whether another statement of the same money says what a row leaves open, or only stands in for."""
    said = getattr(other, column)
    if not said:
        return False
    closes = column == "period" and row.period.endswith("-") and said.startswith(row.period)
    return closes or not getattr(row, column) or (decided_by(row, column, WEAK) and not decided_by(other, column, WEAK))


def _take_years_of_cells(sheet: Sheet, index: int) -> None:
    """``10 miljoner kronor årligen`` without a year holds for the years of the cells that restate it."""
    row = sheet.rows[index]
    if (row.period and not decided_by(row, "period", NEAR)) or not sheet.funding(index):
        return
    cells = [i for i in sheet.restatements(index) if sheet.places[i].kind == CELL]
    years = sorted({sheet.rows[i].period for i in cells} - {""})
    if not years or not all(year.isdigit() for year in years):
        return
    unbroken = int(years[-1]) - int(years[0]) == len(years) - 1 and len(years) > 1
    period = f"{years[0]}-{years[-1]}" if unbroken else "|".join(years)
    take_years(sheet, index, period, "inherit.cells", sheet.rows[cells[0]])


def _from_the_top(sheet: Sheet) -> list[int]:
    """The rows that are parts, those of the fewest totals first, so that each total has inherited before its parts."""
    parts = [i for i, parent in enumerate(sheet.parent) if parent is not None]
    return sorted(parts, key=lambda i: len(list(sheet.ancestors(i))))


def _take_years_of_increase(sheet: Sheet, index: int) -> None:
    """``ökas med 20 miljoner från 2025 … till 134 miljoner``: the level holds for the years of the increase."""
    parent, row = sheet.parent[index], sheet.rows[index]
    if parent is None or not row.period or not sheet.raises(index):
        return
    level = sheet.rows[parent]
    if row.period == level.period + "-" and decided_by(level, "period", WEAK):
        take_years(sheet, parent, row.period, "inherit.increase", row)
    elif sheet.linked_by(index, "part.result") and (not level.period or decided_by(level, "period", (*WEAK, *NEAR))):
        closed = CLOSED.fullmatch(row.period) if not row.per else None
        take_years(sheet, parent, closed[1] if closed else row.period, "inherit.increase", row)


def _follow(sheet: Sheet, index: int) -> None:
    """A part takes the period, the recipient, the change, the status and the area of its total where it has none."""
    parent = sheet.parent[index]
    if parent is None or "inherit.total" not in sheet.book:
        return
    row, over = sheet.rows[index], sheet.rows[parent]
    listed = sheet.places[index].kind in (ITEM, CELL)
    follows = {
        "period": _follows_in_years(row, over),
        "recipient": not row.recipient and len(over.recipient) == 1,
        "change": not row.change and over.change == "increase",
        "status": listed and over.status == PROPOSED and decided_by(row, "status", ("status.default",)),
        "area": _follows_in_area(sheet, index, parent),
    }
    if taken := [column for column, follow in follows.items() if follow]:
        because = (Reason(column, "inherit.total", over.start, over.end) for column in taken)
        changes = {column: getattr(over, column) for column in taken}
        sheet.rows[index] = replace(row, because=(*row.because, *because), **changes)


def _follows_in_years(row: Row, over: Row) -> bool:
    """Whether a part has its years from its total: it has none, or only those of the neighbourhood."""
    if not over.period or decided_by(over, "period", ("period.since",)):
        return False  # "sedan 2022 … 30 miljarder" dates no part of it
    if row.period and not decided_by(row, "period", (*WEAK, *NEAR)):
        return False
    return over.period != row.period.rstrip("-")  # what is permanent goes on though its total is for the year


def _follows_in_area(sheet: Sheet, index: int, parent: int) -> bool:
    """Whether a part is for what its total is for, as far as its own words say."""
    row = sheet.rows[index]
    if not sheet.rows[parent].area:
        return False
    if not row.area or _points_past(sheet, index, parent):
        return True
    wider = sheet.linked_by(index, "part.within")  # a frame that holds much else
    return decided_by(row, "area", WEAK) and not wider and not _own_section(sheet, index, parent)


def _points_past(sheet: Sheet, index: int, parent: int) -> bool:
    """Whether a part's ``stödet`` points out of its paragraph, as its total of the same section does not."""
    row, over = sheet.rows[index], sheet.rows[parent]
    if not decided_by(row, "area", ("area.before",)) or decided_by(over, "area", (*WEAK, "area.before")):
        return False
    source = next(reason for reason in row.because if reason.column == "area")
    headings = [sheet.outline.headings(sheet.places[i].block) for i in (index, parent)]
    return headings[0] == headings[1] and sheet.outline.block_at(source.start) != sheet.places[index].block


def _own_section(sheet: Sheet, index: int, parent: int) -> bool:
    """Whether a part stands under a heading of its own, which says what it is for, and its total does not."""
    own = sheet.outline.headings(sheet.places[index].block)
    return decided_by(sheet.rows[index], "area", ("area.heading",)) and not set(own) <= {
        *sheet.outline.headings(sheet.places[parent].block),
        sheet.places[parent].block,
    }


def _copy(sheet: Sheet, index: int) -> None:
    """A restatement repeats the first mention's columns; a table cell keeps its own year."""
    if "inherit.same" not in sheet.book:
        return
    row, first = sheet.rows[index], sheet.rows[sheet.canon(index)]
    own: set[str] = set()
    if first.status == PROPOSED and sheet.linked_by(index, "same.granted"):  # what was asked for is granted now
        own.add("status")
    if sheet.places[index].kind == CELL and row.period:
        own |= {"period", "per"}
        if len(first.recipient) > 1 and len(row.recipient) == 1:
            own.add("recipient")
    take_over(sheet, index, {column: first for column in SHARED if column not in own}, "inherit.same")
    if "per" in own:  # money of one year; a price of each year is of one thing still
        sheet.rows[index] = replace(sheet.rows[index], per="" if first.kind == FUNDING else row.per)


def _name_rows(sheet: Sheet) -> None:
    """The sums of a table's row have its label's recipient; else the new ones that of the first that has one."""
    if "inherit.row" not in sheet.book:
        return
    lines: dict[tuple[int, int], list[int]] = {}
    for index, place in enumerate(sheet.places):
        if place.kind == CELL and sheet.funding(index):
            lines.setdefault((place.cell.level, place.cell.row), []).append(index)
    for line in lines.values():
        if len({sheet.rows[index].recipient for index in line}) == 1:
            continue
        named = [index for index in line if decided_by(sheet.rows[index], "recipient", LABELLED)]
        if not all(_in_own_row(sheet, index) for index in named):  # the columns name them
            continue
        first = next(sheet.rows[index] for index in (*named, *line) if sheet.rows[index].recipient)
        for index in line:
            if named or sheet.first[index] is None:  # a restatement has the recipient of the money it restates
                take_over(sheet, index, {"recipient": first}, "inherit.row")


def _in_own_row(sheet: Sheet, index: int) -> bool:
    """Whether the words that name a cell's recipient stand in its own row."""
    place = sheet.places[index]
    row = place.outline.grid(place.cell.level).row(place.cell.row)
    spans = [(reason.start, reason.end) for reason in sheet.rows[index].because if reason.column == "recipient"]
    return any(row[0].start <= start and end <= row[-1].end for start, end in spans)


def _finish(sheet: Sheet, index: int) -> Row:
    row = sheet.rows[index]
    first, parent = sheet.first[index], sheet.parent[index]
    if first is not None and parent is None:
        parent = sheet.parent[sheet.canon(index)]
    part_of = sheet.rows[sheet.canon(parent)].start if parent is not None and row.kind == FUNDING else None
    same_as = sheet.rows[sheet.canon(index)].start if first is not None else None
    if (part_of, same_as) == (row.part_of, row.same_as) and not sheet.reasons[index]:
        return row
    return replace(row, part_of=part_of, same_as=same_as, because=(*row.because, *sheet.reasons[index]))
