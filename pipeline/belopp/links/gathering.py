"""Gathers the payers, recipients and years of a total from the parts that exhaust it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from belopp.links.sheet import Sheet
from belopp.links.sums import nearly_adds_up
from belopp.model import Reason, Row
from belopp.rulebook import Rulebook

RULE: Final = "inherit.parts"


def gather(sheet: Sheet) -> None:
    """A total whose parts all have recipients, and exhaust it, has their union; payers and years likewise."""
    if RULE not in sheet.book:
        return
    for index in reversed(range(len(sheet.rows))):  # a part may be a total itself, and gathers before its own total
        if sheet.first[index] is None and sheet.funding(index):
            _gather_one(sheet, index)


def _gather_one(sheet: Sheet, index: int) -> None:
    row = sheet.rows[index]
    for breakdown in _breakdowns(sheet, index):
        parts = [sheet.rows[part] for part in breakdown]
        told: dict[str, Any] = {
            "recipient": _recipients(row, parts, sheet.book),
            "payer": _payers(row, parts),
            "period": _years_together(row, parts),
        }
        if taken := {column: value for column, value in told.items() if value}:
            because = tuple(Reason(column, RULE) for column in taken)
            sheet.rows[index] = replace(row, because=(*row.because, *because), **taken)
            return


def _breakdowns(sheet: Sheet, index: int) -> list[list[int]]:
    """The sets of parts that exhaust a total: all of them, or those of one paragraph or item."""
    children = sheet.children(index)
    if not children:
        return []
    by_block: dict[int, list[int]] = {}
    for child in children:
        by_block.setdefault(sheet.places[child].block, []).append(child)
    sets = (children, *by_block.values())
    exhausting = [group for group in sets if len(group) > 1 and nearly_adds_up(sheet, group, index)]
    # "100 miljoner kronor, varav 100 miljoner kronor till regionerna"
    return exhausting or [[child] for child in children if sheet.rows[child].low == sheet.rows[index].low]


def _recipients(row: Row, parts: Sequence[Row], book: Rulebook) -> tuple[str, ...]:
    """Who receive the parts, for a total that names nobody, or only the countries where they work: ``till Syrien``."""
    countries = _countries(book)
    if not countries.issuperset(row.recipient) or not all(part.recipient for part in parts):
        return ()
    recipients = _union(part.recipient for part in parts)
    return recipients if not row.recipient or countries.isdisjoint(recipients) else ()


@cache
def _countries(book: Rulebook) -> frozenset[str]:
    return frozenset(actor.canonical for actor in book.actors if actor.kind == "country")


def _payers(row: Row, parts: Sequence[Row]) -> tuple[str, ...]:
    """Who pay the parts, when they are several and the total names one at the most."""
    if len(row.payer) > 1 or not all(part.payer for part in parts):
        return ()
    payers = _union(part.payer for part in parts)
    return payers if len(payers) > 1 else ()


def _union(names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({name for each in names for name in each}, key=str.casefold))


def _years_together(row: Row, parts: Sequence[Row]) -> str:
    """The years of a total's parts: the same for all, or one each, without a gap."""
    periods = {part.period for part in parts}
    if len(periods) == 1 and not row.period:
        return periods.pop()
    years = sorted(period for period in periods if period.isdigit())
    if len(years) != len(parts) or row.per or (row.period and row.period not in periods):
        return ""
    if len(years) == 1:
        return years[0]
    return f"{years[0]}-{years[-1]}" if int(years[-1]) - int(years[0]) == len(years) - 1 else ""
