"""A table's cells on a true grid: what spans rows or columns stands in each place, unless it is money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from belopp.read.lines import ends_sentence

_NUMBER: Final = re.compile(r"[\s*−–+-]*\d[\d\s.,]*\D{0,20}")
_YEAR: Final = re.compile(r"\W*(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\W*")
_SUM: Final = re.compile(
    r"(?<![\d.,])(?!(?:19|20)\d\d\s)\d[\d\s.,]{0,30}(?:kr\b|kronor|[mt]kr\b|mnkr|mdkr|milj|tusen|euro|eur\b|sek\b|€)",
    re.IGNORECASE,
)
_HEAD_ROWS: Final = 3
_WIDEST_TITLE: Final = 160
# Grids larger than this are not filled out to a rectangle: a few spans could make millions of places.
LARGEST: Final = 2_000_000


class Cell(NamedTuple):
    """A cell as the source has it: its words, the rows and columns that it spans, whether it is marked as a head."""

    words: str
    rows: int = 1
    columns: int = 1
    head: bool = False


def laid_out(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The words in each place of the grid, row by row.

    A label that spans several places stands in all of them, so that each sum below or beside it has its
    header; a number other than a year, a sum of money, and a line that spans the whole width stand once.

    >>> laid_out([[Cell("Region", rows=2), Cell("2024", columns=2)], [Cell("Bidrag"), Cell("Lån")]])
    [['Region', '2024', '2024'], ['Region', 'Bidrag', 'Lån']]
    """
    placed: list[list[tuple[int, Cell]]] = []
    taken: dict[int, int] = {}  # column → the first row that a cell above leaves free
    for number, cells in enumerate(rows):
        column = 0
        line = []
        for cell in cells:
            while taken.get(column, 0) > number:
                column += 1
            line.append((column, cell))
            below = min(number + cell.rows, len(rows))
            for over in range(column, column + cell.columns):
                taken[over] = below
            column += cell.columns
            if column * len(rows) > LARGEST:
                return [[cell.words for cell in cells] for cells in rows]
        placed.append(line)
    width = max(taken, default=-1) + 1
    grid = [[""] * width for _ in rows]
    for number, line in enumerate(placed):
        for column, cell in line:
            again = cell.words if _may_repeat(cell, number, width) else ""
            for row in range(number, min(number + cell.rows, len(rows))):
                for over in range(column, column + cell.columns):
                    grid[row][over] = grid[row][over] or again
            grid[number][column] = cell.words
    return grid


def _may_repeat(cell: Cell, row: int, width: int) -> bool:
    if (cell.rows == 1 and cell.columns == 1) or not cell.words or (cell.columns >= width > 1):
        return False
    if _YEAR.fullmatch(cell.words):
        return cell.head or row < _HEAD_ROWS
    return not _NUMBER.fullmatch(cell.words) and not _SUM.search(cell.words)


def table_rows(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """From which row to which the table itself goes, of a sheet with a title above and notes below it.

    >>> table_rows([["Medel 2024"], ["Region", "tkr"], ["Norr", "5"], ["Källa: vi själva"]])
    (1, 3)
    """
    filled = [number for number, row in enumerate(rows) if sum(map(bool, row)) > 1]
    return (filled[0], filled[-1] + 1) if filled else (0, 0)


def stands_as_title(words: str) -> bool:
    """Whether a line above a table is its title and not a sentence about it.

    >>> stands_as_title("Medel till vården 2024"), stands_as_title("Beloppen anges i tkr.")
    (True, False)
    """
    return len(words) <= _WIDEST_TITLE and not ends_sentence(words) and not words.endswith((":", ",", ";"))
