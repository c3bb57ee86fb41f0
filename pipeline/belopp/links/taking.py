"""How a row takes a column from another: which of its own answers give way, and what the reason is then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from belopp.links.sheet import Sheet
from belopp.model import Reason, Row

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
    "period.text",
    "status.default",
    "recipient.title",
    "recipient.heading",
    "payer.understood",
    "payer.state",
    "payer.told",
    "payer.municipality",
    "payer.region",
    "payer.private",
)
# Years of the neighbourhood: the total that a part is said to belong to knows better.
NEAR: Final = ("period.before", "period.paragraph")


def decided_by(row: Row, column: str, rules: tuple[str, ...]) -> bool:
    """Whether the rule that decided a column (the first named, unless it was inherited) is one of these."""
    first = inherited = ""
    for reason in row.because:
        if reason.column == column:
            first = first or reason.rule
            if reason.rule.startswith("inherit."):
                inherited = reason.rule
    return (inherited or first) in rules


def take_over(sheet: Sheet, index: int, taken: Mapping[str, Row], rule: str) -> None:
    """Give a row columns of other rows of the same money: where they come from is the reason, not what it said."""
    row = sheet.rows[index]
    changes = {column: getattr(other, column) for column, other in taken.items()}
    moved = {column for column, value in changes.items() if value != getattr(row, column)}
    if moved:
        kept = tuple(reason for reason in row.because if reason.column not in moved)
        new = tuple(
            Reason(column, rule, taken[column].start, taken[column].end) for column in SHARED if column in moved
        )
        sheet.rows[index] = replace(row, because=(*kept, *new), **changes)


def take_years(sheet: Sheet, index: int, period: str, rule: str, source: Row) -> None:
    """Give a row years that another sum tells; what it said itself stays among the reasons."""
    if rule in sheet.book:
        row = sheet.rows[index]
        reason = Reason("period", rule, source.start, source.end)
        sheet.rows[index] = replace(row, period=period, because=(*row.because, reason))
