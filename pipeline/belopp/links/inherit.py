"""Hands down what linked rows share: restatements agree, parts follow their total, totals gather their parts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from belopp.links.sheet import Sheet
from belopp.model import CELL, FUNDING, ITEM, Reason, Row
from belopp.rulebook import Rulebook

SHARED: Final = ("kind", "change", "status", "payer", "recipient", "area", "period", "per", "vat")
# Reasons that only stand in for an answer: what a linked row says of itself goes before them.
WEAK: Final = (
    "area.title",
    "area.heading",
    "area.document",
    "area.fallback",
    "period.heading",
    "period.bill",
    "period.proposal",
    "period.grant",
    "status.default",
    "recipient.title",
    "recipient.heading",
    "payer.understood",
    "status.body",
)

# What the label of a row or column says of its cells.
LABELLED: Final = ("recipient.row", "recipient.each")

# Years of the neighbourhood: the total that a part is said to belong to knows better.
NEAR: Final = ("period.before", "period.paragraph")

# What says that a sum raises another to its level.
RAISING: Final = ("part.result", "part.fronted", "part.level")


def hand_down(sheet: Sheet) -> list[Row]:
    """The rows with everything inherited, and their pointers as offsets."""
    if len(sheet.rows) == 1:
        return [_finish(sheet, 0)]
    for index in range(len(sheet.rows)):
        if sheet.first[index] is None:
            _agree(sheet, index)
            _take_years_of_cells(sheet, index)
    for index in _from_the_top(sheet):
        _take_years_of_increase(sheet, index)
        _follow(sheet, index)
    if any(parent is not None for parent in sheet.parent):
        _gather(sheet)
    for index in range(len(sheet.rows)):
        if sheet.first[index] is not None:
            _copy(sheet, index)
    if any(place.kind == CELL for place in sheet.places):
        _name_rows(sheet)
    return [_finish(sheet, index) for index in range(len(sheet.rows))]


def _weak(row: Row, column: str, rules: tuple[str, ...] = WEAK) -> bool:
    """Whether the rule that decided a column (the first named, unless it was inherited) is one of these."""
    first = inherited = ""
    for reason in row.because:
        if reason.column == column:
            first = first or reason.rule
            if reason.rule.startswith("inherit."):
                inherited = reason.rule
    return (inherited or first) in rules


def _date(sheet: Sheet, index: int, period: str, rule: str, source: Row | None = None) -> None:
    """Give a row its years, and note by which rule and from which other sum."""
    if rule not in sheet.book:
        return
    row = sheet.rows[index]
    reason = Reason("period", rule, source.start, source.end) if source else Reason("period", rule)
    sheet.rows[index] = replace(row, period=period, because=(*row.because, reason))


def _take_years_of_cells(sheet: Sheet, index: int) -> None:
    """``10 miljoner kronor årligen`` without a year holds for the years of the cells that restate it."""
    row = sheet.rows[index]
    if (row.period and not _weak(row, "period", NEAR)) or not sheet.funding(index):
        return
    cells = [i for i in sheet.restatements(index) if sheet.places[i].kind == CELL]
    years = sorted({sheet.rows[i].period for i in cells} - {""})
    if not years or not all(year.isdigit() for year in years):
        return
    whole = int(years[-1]) - int(years[0]) == len(years) - 1 and len(years) > 1
    _date(sheet, index, f"{years[0]}-{years[-1]}" if whole else "|".join(years), "inherit.cells", sheet.rows[cells[0]])


def _take_years_of_increase(sheet: Sheet, index: int) -> None:
    """``ökas med 20 miljoner från 2025 … till 134 miljoner``: the level holds for the years of the increase."""
    parent = sheet.parent[index]
    row = sheet.rows[index]
    raising = any(reason.rule in RAISING for reason in sheet.reasons[index])
    if parent is None or not row.period or not raising:
        return
    level = sheet.rows[parent]
    if row.period == level.period + "-" and _weak(level, "period"):
        _date(sheet, parent, row.period, "inherit.increase", row)
        return
    if not any(reason.rule == "part.result" for reason in sheet.reasons[index]):
        return
    if not level.period or _weak(level, "period", (*WEAK, *NEAR)):
        # "öka med 4 miljarder mellan 2024 och 2025, till 45": the level is that of the last year
        closed = re.fullmatch(r"\d{4}-(\d{4})", row.period) if not row.per else None
        _date(sheet, parent, closed[1] if closed else row.period, "inherit.increase", row)


def _agree(sheet: Sheet, index: int) -> None:
    """A first statement takes from its restatements in running text what it does not say itself."""
    twins = [i for i in sheet.restatements(index) if sheet.places[i].kind != CELL]
    if not twins or "inherit.restated" not in sheet.book:
        return
    row = sheet.rows[index]
    taken: dict[str, Row] = {}
    for column in SHARED:
        if column in ("change", "status"):  # each statement has a verb of its own
            continue
        for twin in twins:
            other = sheet.rows[twin]
            said = getattr(other, column)
            if not said:
                continue
            closes = column == "period" and row.period.endswith("-") and str(said).startswith(row.period)
            if closes or not getattr(row, column) or (_weak(row, column) and not _weak(other, column)):
                taken.setdefault(column, other)
    _take_over(sheet, index, taken, "inherit.restated")


def _take_over(sheet: Sheet, index: int, taken: dict[str, Row], rule: str) -> None:
    """Give a row columns of other rows of the same money; the rows they come from are the reason."""
    row = sheet.rows[index]
    changes = {column: getattr(other, column) for column, other in taken.items()}
    moved = {column for column, value in changes.items() if value != getattr(row, column)}
    if moved:
        kept = tuple(reason for reason in row.because if reason.column not in moved)
        new = tuple(
            Reason(column, rule, taken[column].start, taken[column].end) for column in SHARED if column in moved
        )
        sheet.rows[index] = replace(row, because=(*kept, *new), **changes)


def _from_the_top(sheet: Sheet) -> list[int]:
    parts = [i for i, parent in enumerate(sheet.parent) if parent is not None]
    return sorted(parts, key=lambda i: len(list(sheet.ancestors(i))))


def _own_section(sheet: Sheet, index: int, parent: int) -> bool:
    """Whether a part stands under a heading of its own, which says what it is for, and its total does not."""
    own = sheet.outline.headings(sheet.places[index].block)
    return _weak(sheet.rows[index], "area", ("area.heading",)) and not set(own) <= {
        *sheet.outline.headings(sheet.places[parent].block),
        sheet.places[parent].block,
    }


def _points_past(sheet: Sheet, index: int, parent: int) -> bool:
    """Whether a part's ``stödet`` points out of its paragraph, as its total of the same section does not."""
    row, over = sheet.rows[index], sheet.rows[parent]
    if not _weak(row, "area", ("area.before",)) or _weak(over, "area", (*WEAK, "area.before")):
        return False
    source = next(reason for reason in row.because if reason.column == "area")
    headings = [sheet.outline.headings(sheet.places[i].block) for i in (index, parent)]
    return headings[0] == headings[1] and sheet.outline.block_at(source.start) != sheet.places[index].block


def _follow(sheet: Sheet, index: int) -> None:
    """A part takes the period, the change, the area and a single recipient of its total where it has none."""
    parent = sheet.parent[index]
    if parent is None or "inherit.total" not in sheet.book:
        return
    row, over = sheet.rows[index], sheet.rows[parent]
    changes: dict[str, object] = {}
    because = list(row.because)
    listed = sheet.places[index].kind in (ITEM, CELL)
    since = _weak(over, "period", ("period.since",))  # "sedan 2022 … 30 miljarder" dates no part of it
    wider = any(reason.rule == "part.within" for reason in sheet.reasons[index])  # a frame that holds much else
    if (
        over.period
        and not since
        and (not row.period or _weak(row, "period", (*WEAK, *NEAR)))
        and over.period != row.period.rstrip("-")  # what is permanent goes on though its total is for the year
    ):
        changes["period"] = over.period
        because.append(Reason("period", "inherit.total", over.start, over.end))
    if not row.recipient and over.recipient and (listed or len(over.recipient) == 1):
        changes["recipient"] = over.recipient
        because.append(Reason("recipient", "inherit.total", over.start, over.end))
    if over.change == "increase" and not row.change:
        changes["change"] = over.change
        because.append(Reason("change", "inherit.total", over.start, over.end))
    if over.area and (
        not row.area
        or _points_past(sheet, index, parent)
        or (_weak(row, "area") and not wider and not _own_section(sheet, index, parent))
    ):
        changes["area"] = over.area
        because.append(Reason("area", "inherit.total", over.start, over.end))
    if changes:
        sheet.rows[index] = replace(row, because=tuple(because), **changes)  # type: ignore[arg-type]


def _gather(sheet: Sheet) -> None:
    """A total whose parts all have recipients, and exhaust it, has their union; payers likewise."""
    if "inherit.parts" not in sheet.book:
        return
    for index in reversed(range(len(sheet.rows))):
        if sheet.first[index] is not None or not sheet.funding(index):
            continue
        for breakdown in _breakdowns(sheet, index):
            row = sheet.rows[index]
            changes: dict[str, object] = {}
            recipients = _union(name for i in breakdown for name in sheet.rows[i].recipient)
            if _says_only_where(row, recipients, sheet.book) and all(sheet.rows[i].recipient for i in breakdown):
                changes["recipient"] = recipients
            payers = _union(name for i in breakdown for name in sheet.rows[i].payer)
            if len(payers) > 1 and all(sheet.rows[i].payer for i in breakdown) and len(row.payer) < 2:
                changes["payer"] = payers
            if period := _years_together(sheet, index, breakdown):
                changes["period"] = period
            if changes:
                because = tuple(Reason(column, "inherit.parts") for column in changes)
                sheet.rows[index] = replace(row, because=(*row.because, *because), **changes)  # type: ignore[arg-type]
                break


def _says_only_where(row: Row, recipients: tuple[str, ...], book: Rulebook) -> bool:
    """Whether a total names nobody, or only the countries where its parts' recipients work: ``stöd till Syrien``."""
    countries = _countries(book)
    return countries.issuperset(row.recipient) and (not row.recipient or countries.isdisjoint(recipients))


@cache
def _countries(book: Rulebook) -> frozenset[str]:
    return frozenset(actor.canonical for actor in book.actors if actor.kind == "country")


def _years_together(sheet: Sheet, index: int, breakdown: list[int]) -> str:
    """The years of a total's parts: the same for all, or one each, without a gap."""
    row = sheet.rows[index]
    periods = {sheet.rows[i].period for i in breakdown}
    if len(periods) == 1 and not row.period:
        return periods.pop()
    years = sorted(period for period in periods if period.isdigit())
    if len(years) != len(breakdown) or row.per or (row.period and row.period not in periods):
        return ""
    if len(years) == 1:
        return years[0]
    return f"{years[0]}-{years[-1]}" if int(years[-1]) - int(years[0]) == len(years) - 1 else ""


def _breakdowns(sheet: Sheet, index: int) -> list[list[int]]:
    """The sets of parts that exhaust a total: those of one sentence, those of one list, or all."""
    children = sheet.children(index)
    if not children:
        return []
    sets: list[list[int]] = [children]
    by_sentence: dict[object, list[int]] = {}
    for child in children:
        by_sentence.setdefault(sheet.places[child].block, []).append(child)
    sets += list(by_sentence.values())
    exhausting = [group for group in sets if len(group) > 1 and sheet.nearly_adds_up(group, index)]
    # "100 miljoner kronor, varav 100 miljoner kronor till regionerna"
    return exhausting or [[child] for child in children if sheet.rows[child].low == sheet.rows[index].low]


def _union(names: object) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=str.casefold))  # type: ignore[call-overload]


def _copy(sheet: Sheet, index: int) -> None:
    """A restatement repeats the first mention's columns; a table cell keeps its own year."""
    if "inherit.same" not in sheet.book:
        return
    row, first = sheet.rows[index], sheet.rows[sheet.canon(index)]
    own: set[str] = set()
    if sheet.places[index].kind == CELL and row.period:
        own = {"period", "per"}
        if len(first.recipient) > 1 and len(row.recipient) == 1:
            own.add("recipient")
    _take_over(sheet, index, {column: first for column in SHARED if column not in own}, "inherit.same")
    if own:
        sheet.rows[index] = replace(sheet.rows[index], per="")


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
        named = [index for index in line if _weak(sheet.rows[index], "recipient", LABELLED)]
        if not all(_in_own_row(sheet, index) for index in named):  # the columns name them
            continue
        first = next(sheet.rows[index] for index in (*named, *line) if sheet.rows[index].recipient)
        for index in line:
            if named or sheet.first[index] is None:  # a restatement has the recipient of the money it restates
                _take_over(sheet, index, {"recipient": first}, "inherit.row")


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
