"""Tables whose cells are drawn with lines: pdfplumber finds the lines, and the page's words go where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from belopp.read.grid import Cell, laid_out
from belopp.read.pdf.lines import Line, Segment, joined, lines_of
from belopp.read.pdf.words import Word

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

_FIGURES: Final = re.compile(r"[-–−]?[\d\s.,]+")
_GROUPED: Final = re.compile(r"[-–−]?(?:\d{1,3}(?: \d{3})*|\d+)(?:,\d+)?")
_SLACK: Final = 1.0
_APART: Final = " / "
Box = tuple[float, float, float, float]


def ruled(page: Page, words: Sequence[Word]) -> tuple[list[Line], list[Word]]:
    """The ruled tables of a page, each as a :class:`Line` with rows, and the words that stand in none."""
    found: list[Line] = []
    left = list(words)
    for table in page.find_tables():
        line, taken = _table(table, left)
        if line is not None:
            found.append(line)
            left = [word for word in left if id(word) not in taken]
    return found, left


def _table(table: Table, words: Sequence[Word]) -> tuple[Line | None, set[int]]:
    x0, top, x1, bottom = table.bbox
    frame = _Frame(table.cells)
    if len(frame.columns) < 2 or len(frame.tops) < 2:
        return None, set()
    held: dict[Box, list[Word]] = {}
    for word in words:
        if box := frame.box_of(word):
            held.setdefault(box, []).append(word)
    rows = [
        [Cell(words_of(held.get(box, ()), box), tall, wide) if box else Cell("") for box, tall, wide in row]
        for row in frame.rows()
    ]
    grid = _without_empty([row for row in map(tuple, laid_out(rows)) if any(row)])
    if sum(1 for row in grid if sum(map(bool, row)) > 1) < 2 or _holds_rows(grid):
        return None, set()
    inside = [word for some in held.values() for word in some]
    size = min((word.size for word in inside), default=10.0)
    return Line((Segment("", x0, x1, bold=False),), top, bottom, size, tuple(grid)), set(map(id, inside))


class _Frame:
    """The rules of one table: where its rows and columns begin, and which box each place lies in."""

    def __init__(self, cells: Sequence[Box]) -> None:
        boxes = sorted(set(cells), key=lambda box: (box[1], box[0]))
        self.columns = sorted({box[0] for box in boxes})
        self.tops = sorted({box[1] for box in boxes})
        row_of = {top: row for row, top in enumerate(self.tops)}
        column_of = {left: column for column, left in enumerate(self.columns)}
        self.first = {(row_of[box[1]], column_of[box[0]]): box for box in boxes}
        self.boxes = {place: box for start, box in self.first.items() for place in self._covered(start, box)}

    def _covered(self, start: tuple[int, int], box: Box) -> Iterator[tuple[int, int]]:
        tall, wide = self.span(box)
        for row in range(start[0], start[0] + tall):
            for column in range(start[1], start[1] + wide):
                yield row, column

    def span(self, box: Box) -> tuple[int, int]:
        """How many rows and columns a box goes over."""
        tall = bisect_left(self.tops, box[3] - _SLACK) - bisect_left(self.tops, box[1])
        wide = bisect_left(self.columns, box[2] - _SLACK) - bisect_left(self.columns, box[0])
        return max(tall, 1), max(wide, 1)

    def box_of(self, word: Word) -> Box | None:
        """The box that the middle of a word lies in."""
        across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        place = bisect_right(self.tops, down) - 1, bisect_right(self.columns, across) - 1
        box = self.boxes.get(place)
        return box if box and box[0] <= across <= box[2] and box[1] <= down <= box[3] else None

    def rows(self) -> Iterator[list[tuple[Box | None, int, int]]]:
        """Row by row each box that begins there with its span, and ``None`` for a place without one."""
        for row in range(len(self.tops)):
            line: list[tuple[Box | None, int, int]] = []
            for column in range(len(self.columns)):
                if box := self.first.get((row, column)):
                    line.append((box, *self.span(box)))
                elif (row, column) not in self.boxes:
                    line.append((None, 1, 1))
            yield line


def _holds_rows(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether single cells hold many rows, as where rules part the columns only: then places tell, not rules."""
    parts = max(words.count(_APART) + 1 if _APART in words else 1 for row in rows for words in row)
    return parts > max(2, len(rows) - 2) or (parts > 1 and len(rows) < 3)


def _without_empty(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without the columns that hold nothing at all: double rules make such."""
    width = max(map(len, rows), default=0)
    kept = [column for column in range(width) if any(column < len(row) and row[column] for row in rows)]
    return [tuple(row[column] if column < len(row) else "" for column in kept) for row in rows]


def words_of(words: Sequence[Word], box: Box) -> str:
    """What a cell holds: its lines one text, a number wrapped for want of room whole again.

    Numbers on lines of their own that would have had room beside each other stay apart.
    """
    lines = lines_of(words)
    texts = [" ".join(segment.text for segment in line.segments) for line in lines]
    if len(texts) > 1 and all(_FIGURES.fullmatch(text) for text in texts):
        return _number(texts) if _is_wrapped(lines, words, box) else _APART.join(texts)
    held = ""
    for text in texts:
        held = joined(held, text)
    return held


def _is_wrapped(lines: Sequence[Line], words: Sequence[Word], box: Box) -> bool:
    """Whether the first word of each line after the first had no room on the line before it."""
    margin = min(min(line.x0 - box[0], box[2] - line.x1) for line in lines)
    room = box[2] - box[0] - 2 * max(margin, 0.0)
    for before, line in pairwise(lines):
        first = min((word for word in words if line.top <= word.top <= line.bottom), key=lambda word: word.x0)
        space = 0.25 * line.size
        if before.x1 - before.x0 + space + first.x1 - first.x0 <= room:
            return False
    return True


def _number(texts: Sequence[str]) -> str:
    """Figures over several lines as one number: broken at a space between thousands, or anywhere.

    >>> _number(["326 000", "000"]), _number(["326 000 0", "00"]), _number(["12 345,", "50"])
    ('326 000 000', '326 000 000', '12 345,50')
    """
    spaced, tight = " ".join(texts), "".join(texts)
    if _GROUPED.fullmatch(spaced) or not _GROUPED.fullmatch(tight):
        return spaced
    return tight
