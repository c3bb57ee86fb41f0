"""The rows of a document as accounting sees them: stated totals, what breaks them down, and how often a sum counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from belopp.arithmetic import Interval, half_unit, interval, total
from belopp.composing import lowered
from belopp.links.sums import EACH
from belopp.model import CELL, FUNDING, ITEM, Block, Document, Row
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Span
from belopp.years import closed_years

YEAR: Final = "year"


class Term(NamedTuple):
    """A part as it counts in a sum: its row, its most exact statement, and how many times (below 0: it is taken away).

    ``years`` is how many of the times are years of one recurring sum.
    """

    row: Row
    said: Row
    times: int = 1
    years: int = 1

    @property
    def value(self) -> Decimal:
        """What it adds to the sum: the upper end of a range."""
        return self.said.high * self.times

    def span(self, grain: Decimal) -> Interval:
        """The values that it may add, when rounding hides no more than ``grain`` in what it is stated as."""
        ends = interval(self.said.low, self.said.high, self.said.modifier, grain=grain)
        low, high = ends.low * self.times, ends.high * self.times
        return Interval(min(low, high), max(low, high))

    def once(self) -> Term:
        """The same term, a recurring sum counted for one year."""
        return self._replace(times=self.times // self.years, years=1)


class Accounts:
    """A document's rows by start, each total with its parts, each sum with all its statements."""

    def __init__(self, rows: Sequence[Row], document: Document, book: Rulebook) -> None:
        self.document = document
        self.book = book
        self.rows = {row.start: row for row in rows}
        self.again: dict[int, list[Row]] = defaultdict(list)
        self.parts: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            if row.same_as is not None:
                self.again[row.same_as].append(row)
            elif row.part_of is not None and row.part_of in self.rows:
                self.parts[self.first(row.part_of)].append(row)

    @cached_property
    def outline(self) -> Outline:
        """Where everything stands; made only for a document that has totals."""
        return Outline(self.document)

    @cached_property
    def totals(self) -> list[Row]:
        """The stated totals in text order: the sums that others are parts of."""
        return [self.rows[start] for start in sorted(self.parts)]

    def first(self, start: int) -> int:
        """The first statement of the money stated at ``start``."""
        same = self.rows[start].same_as
        return start if same is None or same not in self.rows else same

    def statements(self, row: Row) -> list[Row]:
        """Every statement of a row's money in its currency and for its unit, the most exact first."""
        alike = [
            other
            for other in (row, *self.again[row.start])
            if other.currency == row.currency and (other is row or other.per == row.per)
        ]
        return sorted(alike, key=lambda said: (bool(said.modifier), said.low != said.high, half_unit(said.high)))

    def term(self, part: Row, whole: Row) -> Term:
        """A part as it counts in a total."""
        said = self.statements(part)[0]
        shares = max(1, len(part.recipient)) if EACH.match(self.document.text, said.end) else 1
        years = len(counted_years(part, whole)) or 1
        sign = -1 if part.change == "decrease" and whole.change != "decrease" else 1
        return Term(part, said, sign * shares * years, years)

    @cached_property
    def columns(self) -> dict[tuple[str, int, int], list[Row]]:
        """The sums of each column of each table, those of its total rows left out."""
        found: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
        for row in self.rows.values():
            cell = self.block(row)
            if cell.kind == CELL and row.kind == FUNDING:
                grid = self.outline.grid(cell.level)
                if self.book.cues("exhausts.row").first(lowered(grid.words_of(grid.row_label(cell)))) is None:
                    found[self.setting(row)].append(row)
        return found

    def block(self, row: Row) -> Block:
        """The block that a row stands in."""
        return self.outline.blocks[self.outline.block_at(row.start)]

    def sentence(self, row: Row) -> Span:
        """The sentence that a row stands in."""
        return self.outline.sentence_at(self.outline.block_at(row.start), row.start)

    def setting(self, row: Row) -> tuple[str, int, int]:
        """What a row is set out with: the column of a table, a list, or a sentence."""
        block = self.block(row)
        if block.kind == CELL:
            return CELL, block.level, block.column
        if block.kind == ITEM:
            lead = self.outline.lead_in(self.outline.block_at(row.start))
            return ITEM, -1 if lead is None else lead, 0
        return "sentence", *self.sentence(row)


def summed(terms: Sequence[Term]) -> Decimal:
    """The sum of some terms."""
    return total(term.value for term in terms)


def grain_of(terms: Sequence[Term], *beside: Row) -> Decimal:
    """The most that rounding hides in any of some parts: half a unit of the finest digit that one of them is stated to.

    Beside ``2 531`` the 100 of one list is 100, not anything from 50 to 150.
    """
    said = [*(term.said for term in terms), *beside]
    halves = [half_unit(row.high) for row in said if row.high and not row.modifier]
    return min(halves or [half_unit(row.high) for row in said])


def summed_span(terms: Sequence[Term], *beside: Row) -> Interval:
    """The values that the sum of some terms may have; ``beside`` them stands the total as stated."""
    grain = grain_of(terms, *beside)
    spans = [term.span(grain) for term in terms]
    return Interval(total(span.low for span in spans), total(span.high for span in spans))


def counted_years(part: Row, whole: Row) -> frozenset[int]:
    """The years for which a sum per year counts in a total that is not per year; empty when they are not said.

    >>> from dataclasses import replace
    >>> row = Row("a", 0, 1, "", Decimal(5), Decimal(5), per="year", period="2025-")
    >>> sorted(counted_years(row, replace(row, per="", period="2024-2027")))
    [2025, 2026, 2027]
    """
    if part.per != YEAR or whole.per:
        return frozenset()
    over, own = closed_years(whole.period), closed_years(part.period)
    if not part.period:
        return over
    if over and own and not own & over:
        return frozenset()
    if part.period.endswith("-") and part.period[:-1].isdigit():
        return frozenset(year for year in over if year >= int(part.period[:-1]))
    return own & over or own
