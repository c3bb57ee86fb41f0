"""Proves the rows of a table: the cell under ``Totalt`` against the other cells of its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from belopp.checks.accounts import Accounts, Term, summed
from belopp.composing import lowered
from belopp.model import CELL, Block, Row


def across(accounts: Accounts) -> Iterator[tuple[Row, list[Term]]]:
    """Each sum in a total column with the sums beside it, where they add up; what else a row holds is no fault."""
    lines: dict[tuple[int, int], list[tuple[Block, Row]]] = defaultdict(list)
    for row in accounts.rows.values():
        cell = accounts.block(row)
        if cell.kind == CELL:
            lines[cell.level, cell.row].append((cell, row))
    for line in lines.values():
        totals = [row for cell, row in line if _is_total(accounts, cell)]
        if len(line) < 3 or len(totals) != 1:
            continue
        whole = totals[0]
        terms = [Term(row, row) for _, row in line if row is not whole and row.currency == whole.currency]
        if len(terms) > 1 and summed(terms) == whole.high:
            yield whole, terms


def _is_total(accounts: Accounts, cell: Block) -> bool:
    grid = accounts.outline.grid(cell.level)
    return accounts.book.cues("exhausts.row").first(lowered(grid.words_of(grid.column_header(cell)))) is not None
