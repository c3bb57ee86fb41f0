"""Finds the totals of lists: the sum that a lead-in, the text before or the title breaks down into items."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from belopp.links.sheet import Sheet
from belopp.links.sums import nearly_adds_up, rounds_to, sum_of
from belopp.links.years import clash
from belopp.model import HEADING, TITLE
from belopp.rulebook import Cue


class Total(NamedTuple):
    """The sum that a list breaks down, which rule says so, and by which words, if it has any."""

    whole: int
    rule: str
    cue: Cue | None = None


def mark_list(sheet: Sheet, group: Sequence[int]) -> None:
    """Items under a lead-in are parts of the total it states, or that the text before or the title states."""
    heads = [i for n, i in enumerate(group) if n == 0 or sheet.places[i].block != sheet.places[group[n - 1]].block]
    items = [i for i in heads if sheet.top(i)]
    if not items:
        return
    if _closes(sheet, items):
        *items, last = items
        total: Total | None = Total(last, "table.total")
    else:
        told = {sheet.canon(i) for i in group}  # a sum of the title that an item restates is one of them
        total = _list_total(sheet, items, sheet.outline.list_lead(sheet.places[items[0]].block), told)
    if total:
        for index in items:
            if not _outside(sheet, index, total.whole):
                sheet.adopt(index, *total)


def _closes(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether the last item alone is called a total, and is larger than any other."""
    *others, last = items
    called = [i for i in items if sheet.first_cue("table.total", i, sheet.places[i].left)]  # "Totalt värde 3,6" in each
    return len(others) > 1 and called == [last] and all(sheet.value(i) < sheet.value(last) for i in others)


def _outside(sheet: Sheet, index: int, whole: int) -> bool:
    """An item whose years begin before those of the total is no part of it."""
    years, over = sheet.years(index), sheet.years(whole)
    return bool(years and over) and not years <= over and not any(year.endswith("-") for year in over)


def _list_total(sheet: Sheet, items: Sequence[int], lead: int | None, told: set[int]) -> Total | None:
    """The sum that the items of a list break down, and what says so, from the surest evidence to the weakest."""
    near = [i for i in _near_totals(sheet, items, lead) if sheet.canon(i) not in told]
    summed = sum_of(sheet, items)
    fits = [i for i in near if sheet.interval(i).high >= summed]
    if not fits and lead is not None:
        return _exceeded(sheet, items, near, lead)
    if exact := [i for i in near if sheet.value(i) == summed and len(items) > 1]:
        if exact[0] != near[0] and "check.adds_up" in sheet.book:
            for index in items:
                sheet.explain(index, "part_of", "check.adds_up")
        return Total(exact[0], "part.list")
    close = [i for i in near if len(items) > 2 and nearly_adds_up(sheet, items, i)]
    if lead is None:
        return Total(close[0], "part.list") if close else None
    introduced = [i for i in fits if sheet.places[i].block == lead and not clash(sheet, i, items[0])]
    if found := [i for i in close if rounds_to(sheet, items, i)] or introduced or close:
        return Total(found[0], "part.list")
    return _called_total(sheet, fits, lead, summed)


def _called_total(sheet: Sheet, fits: Sequence[int], lead: int, summed: Decimal) -> Total | None:
    """The sum that the lead-in says is shared out as follows, or that is called a total and mostly made up."""
    block = sheet.outline.blocks[lead]
    if block.kind in (TITLE, HEADING):
        return None
    cue = sheet.book.cues("part.follows").first(sheet.lowered, block.start, block.end)
    if cue and fits:
        return Total(fits[0], "part.follows", cue)
    for whole in fits:
        cue = sheet.first_cue("part.total", whole, sheet.places[whole].before)
        if cue and sheet.places[whole].block >= lead - 2 and summed * 10 >= sheet.value(whole) * 7:
            return Total(whole, "part.total", cue)
    return None


def _exceeded(sheet: Sheet, items: Sequence[int], near: Sequence[int], lead: int) -> Total | None:
    """The one sum of a lead-in that says ``fördelas på följande``: the items are its parts though they exceed it."""
    inside = [i for i in near if sheet.places[i].block == lead]
    if len(inside) != 1 or any(sheet.value(i) > sheet.value(inside[0]) for i in items):
        return None
    block = sheet.outline.blocks[lead]
    cue = sheet.book.cues("exhausts.words").first(sheet.lowered, sheet.rows[inside[0]].end, block.end)
    return Total(inside[0], "part.follows", cue) if cue else None


def _near_totals(sheet: Sheet, items: Sequence[int], lead: int | None) -> list[int]:
    """The sums of the text just before a list, and of the title, nearest first."""
    near = []
    for earlier in range(items[0] - 1, -1, -1):
        place, row = sheet.places[earlier], sheet.rows[earlier]
        if not sheet.funding(earlier) or not sheet.running(earlier) or row.per not in ("", sheet.rows[items[0]].per):
            continue
        if lead is None or place.block >= lead - 3 or place.kind == TITLE:
            near.append(earlier)
    return near
