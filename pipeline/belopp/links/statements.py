"""The sums of one document by their value: where each is stated, and which may state it again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from belopp.model import CELL, HEADING, QUOTE, Row
from belopp.sentences import Place

# How far a rounded sum may lie from the exact one, as shares of it.
LEAST: Final = Decimal("0.9")
MOST: Final = Decimal("1.12")
# A text that states one sum more often than this is a list: its first and its nearest statements are looked at.
MANY: Final = 32


class Statements:
    """The rows of a document by their value; ``first`` is, for each row, the one that it is known to restate."""

    def __init__(self, rows: Sequence[Row], places: Sequence[Place], first: Sequence[int | None]) -> None:
        self._rows, self._places, self._first = rows, places, first

    def stating(self, index: int) -> list[int]:
        """The rows of the document with the same value as a row, itself among them, in text order."""
        return self._all[self._rows[index].low]

    def in_headings(self, index: int) -> list[int]:
        """The rows in headings with the same value as a row, in text order."""
        return self._headings.get(self._rows[index].low, [])

    def like(self, index: int) -> list[int]:
        """The earlier first statements that a row may restate, exactly or rounded, in text order.

        No cell of a table is restated: what one says is told of in the text before or not at all.
        """
        row = self._rows[index]
        values = self._told_values if self._is_rough(index) else self._rough_values
        least, most = row.low * LEAST, max(row.low, row.high) * MOST
        near = {row.low, *values[bisect_left(values, least) : bisect_right(values, most)]}
        found = sorted(i for value in near for i in self._unrestated(value, index))
        return found if len(found) <= 2 * MANY else [*found[:MANY], *found[-MANY:]]

    def _unrestated(self, value: Decimal, index: int) -> list[int]:
        """The rows before one that state a value first; those that restate another are dropped for good."""
        told = self._open.get(value, [])
        end = bisect_left(told, index)
        found = [i for i in told[:end] if self._first[i] is None]
        told[:end] = found
        return found

    def _is_rough(self, index: int) -> bool:
        """Whether a sum may stand for another that is not quite as large: it is hedged, a headline, said, or a cell."""
        place = self._places[index]
        return bool(self._rows[index].modifier) or place.is_heading or place.kind in (QUOTE, CELL)

    def _by_value(self, indices: Iterable[int]) -> dict[Decimal, list[int]]:
        found: dict[Decimal, list[int]] = {}
        for index in indices:
            found.setdefault(self._rows[index].low, []).append(index)
        return found

    @cached_property
    def _all(self) -> dict[Decimal, list[int]]:
        return self._by_value(range(len(self._rows)))

    @cached_property
    def _headings(self) -> dict[Decimal, list[int]]:
        return self._by_value(i for i, place in enumerate(self._places) if place.kind == HEADING)

    @cached_property
    def _told(self) -> dict[Decimal, list[int]]:
        return self._by_value(i for i, place in enumerate(self._places) if place.kind != CELL)

    @cached_property
    def _open(self) -> dict[Decimal, list[int]]:
        """What is told, as far as it is not known to restate something; a value stays told when all its rows do."""
        return {value: list(found) for value, found in self._told.items()}

    @cached_property
    def _told_values(self) -> list[Decimal]:
        return sorted(self._told)

    @cached_property
    def _rough_values(self) -> list[Decimal]:
        return sorted({self._rows[i].low for found in self._told.values() for i in found if self._is_rough(i)})
