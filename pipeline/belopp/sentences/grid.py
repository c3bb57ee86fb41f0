"""A table by its rows and columns: the headers and the labels that govern each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.model import Block, Document

YEAR_ROW: Final = re.compile(
    r"(?:(?:år|kr|kronor|mnkr|mkr|tkr)\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\W*(?:\(?[a-zåäö ]{2,20}\)?)?\W*",
    re.IGNORECASE,
)
YEAR_CELL: Final = re.compile(r"(?:(?:i|år|säsongen)\s+)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\W{0,3}")
YEAR_HEADER: Final = re.compile(
    r"(?:(?:budget|läs|verksamhets|räkenskaps|avtals)?år|säsong|period)(?:et|en)?\W{0,2}", re.IGNORECASE
)
# A figure; "4 veckor, kr" heads a column of them.
NUMBER_CELL: Final = re.compile(
    r"[*\s−–-]*\d[\d\s.,]*(?!\s*(?:timm|dag|dygn|veck|månad)[a-zåäö]*,?\s+\(?kr)(?:\D{0,20})"
)


class Grid:
    """A table's cells by row and column, with the headers and labels that govern each cell."""

    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        self.text = document.text
        self.cells = {(block.row, block.column): block for block in blocks}
        self.rows = sorted({row for row, _ in self.cells})
        self.columns = sorted({column for _, column in self.cells})
        self._filled: dict[int, list[Block]] = {row: [] for row in self.rows}
        for place in sorted(self.cells):
            block = self.cells[place]
            if self.words_of(block):
                self._filled[block.row].append(block)
        self.head = self._head_rows()

    def words_of(self, block: Block | None) -> str:
        """A cell's text without bold marks and white space around it."""
        return self.text[block.start : block.end].strip(" \t\n*_\\\u00a0") if block else ""

    def row(self, row: int) -> list[Block]:
        """The cells of a row that hold text, left to right."""
        return self._filled.get(row, [])

    def _head_rows(self) -> frozenset[int]:
        """The rows from the top that hold no number other than years: captions and column headers."""
        head = []
        for row in self.rows:
            values = [self.words_of(block) for block in self.row(row) if block.column > 0]
            if any(NUMBER_CELL.fullmatch(value) and not YEAR_ROW.fullmatch(value) for value in values):
                break
            head.append(row)
        # A table whose every row is a label would be all head; then only its first row is.
        return frozenset(head if len(head) < len(self.rows) else head[:1])

    def row_label(self, cell: Block) -> Block | None:
        """The first cell of the row that is a label, not a number."""
        for block in self.row(cell.row):
            if block.column < cell.column and not NUMBER_CELL.fullmatch(self.words_of(block)):
                return block
        return None

    def row_year(self, cell: Block) -> Block | None:
        """The cell of the row that stands in the column of years."""
        for block in self.row(cell.row):
            if block is not cell and YEAR_CELL.fullmatch(self.words_of(block)):
                header = self.column_header(block)
                if header is not None and YEAR_HEADER.fullmatch(self.words_of(header)):
                    return block
        return None

    def column_header(self, cell: Block) -> Block | None:
        """The nearest header above the cell in its column."""
        for row in sorted(self.head, reverse=True):
            block = self.cells.get((row, cell.column))
            if block and row < cell.row and self.words_of(block):
                return block
        return None

    def caption(self) -> Block | None:
        """The text of a head row whose only filled cell is its first."""
        for row in sorted(self.head):
            filled = self.row(row)
            if len(filled) == 1 and filled[0].column == 0 and len(self.columns) > 1:
                return filled[0]
        return None
