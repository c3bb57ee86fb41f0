"""Tables without rules: numbers whose right edges stand under each other make the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from belopp.read.lines import ends_sentence
from belopp.read.pdf.lines import Line, Segment, joined

_NUMBER: Final = re.compile(
    r"""[-–−+]?\s?(?:\d[\d .,\u00a0]*|[-–—])\s?
        (?:%|procent|(?:[mt]?kr|mnkr|mdkr|kronor|milj(?:oner|arder)?(?:\s(?:kr|kronor))?|SEK|euro|€)\.?)?\s?\*?""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\*?")
_GROUPS: Final = re.compile(r"\d{3}(?: \d{3})*(?:,\d+)?")
_UNFINISHED: Final = re.compile(r"(?:[-,/&]|\b(?:och|eller|samt|för|av|till|i|med|inom|m\.))$", re.IGNORECASE)
_HEAD_LINES: Final = 4
_LONGEST_RUN: Final = 300
_APART: Final = 3.2  # line heights: rows further apart are not of one table
_SAME_EDGE: Final = 0.45  # of the size

# Right edges first: that is how figures are set; then left edges, then middles.
_EDGES: Final[tuple[Callable[[Segment], float], ...]] = (
    lambda segment: segment.x1,
    lambda segment: segment.x0,
    lambda segment: (segment.x0 + segment.x1) / 2,
)


class Column(NamedTuple):
    """Where a column stands."""

    x0: float
    x1: float
    numbers: bool


class Stretch(NamedTuple):
    """Which lines of a flow are a table, and its rows, each with the place in the flow of the line it came from."""

    first: int
    last: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def tables(lines: Sequence[Line], contents: AbstractSet[int] = frozenset()) -> list[Stretch]:
    """The borderless tables among the lines of a flow, in order; none begins in a table of ``contents``."""
    found: list[Stretch] = []
    place = 0
    while place < len(lines):
        run = _run(lines, place) if place not in contents and _is_data(lines[place]) else []
        columns = _columns([lines[number] for number in run]) if len(run) > 1 else []
        if not columns:  # a run this long is no page of a publication; time must grow with its length only
            place = run[-1] + 1 if len(run) > _LONGEST_RUN else place + 1
            continue
        stretch = _stretch(lines, run, columns, found[-1].last if found else 0)
        found.append(stretch)
        place = stretch.last
    return found


def _is_number(segment: Segment) -> bool:
    return _NUMBER.fullmatch(segment.text.strip()) is not None


def _is_data(line: Line) -> bool:
    """Whether a line has a label and a number after it, far enough away to stand in a column of their own."""
    if line.rows or len(line.segments) < 2:
        return False
    numbers = [_is_number(segment) for segment in line.segments]
    if not any(numbers[1:]) or all(_YEAR.fullmatch(s.text.strip()) for s in line.segments[1:]):
        return False
    return not numbers[0] or sum(numbers) > 1


def _run(lines: Sequence[Line], first: int) -> list[int]:
    """The data lines from ``first`` on, with at most two other short lines between them."""
    run, place = [first], first + 1
    while place < len(lines) and place - run[-1] <= 3:
        before, line = lines[place - 1], lines[place]
        if line.rows or line.top - before.bottom > _APART * max(line.size, before.size):
            break
        if _is_data(line):
            run.append(place)
        elif len(line.segments) > 1 or (ends_sentence(line.text) and len(line.text) > 60):
            break
        place += 1
    return run


def _columns(lines: Sequence[Line]) -> list[Column]:
    """The columns: the clusters of edges of numbers, and what stands beside them."""
    numbers = [segment for line in lines for segment in line.segments[1:] if _is_number(segment)]
    size = median(line.size for line in lines)
    best: list[list[Segment]] = []
    for edge in _EDGES:
        groups = _clusters(numbers, edge, _SAME_EDGE * size)
        if not best or len(groups) < len(best):
            best = groups
    kept = [group for group in best if len(group) > 1 or len(group) * 3 > len(lines)]
    columns = [Column(min(s.x0 for s in group), max(s.x1 for s in group), numbers=True) for group in kept]
    if not columns or any(a.x1 > b.x0 + size for a, b in pairwise(columns)):
        return []
    first = columns[0].x0
    rest = [s for line in lines for s in line.segments if not _column_of(s, columns)]
    texts: list[Column] = []
    for segment in sorted(rest, key=lambda s: s.x0):
        if texts and segment.x0 < texts[-1].x1:
            texts[-1] = texts[-1]._replace(x1=max(texts[-1].x1, segment.x1))
        else:
            texts.append(Column(segment.x0, segment.x1, numbers=False))
    if not texts or texts[0].x0 > first:
        return []
    return sorted((*texts, *columns), key=lambda column: column.x0)


def _clusters(segments: Sequence[Segment], edge: Callable[[Segment], float], slack: float) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for segment in sorted(segments, key=edge):
        if groups and edge(segment) - edge(groups[-1][-1]) <= slack:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _column_of(segment: Segment, columns: Sequence[Column]) -> Column | None:
    """The column that a segment shares most of its width with."""
    shared = [(min(segment.x1, column.x1) - max(segment.x0, column.x0), column) for column in columns]
    most, column = max(shared, key=lambda pair: pair[0], default=(0.0, None))
    return column if most > 0 else None


def _stretch(lines: Sequence[Line], run: Sequence[int], columns: Sequence[Column], least: int) -> Stretch:
    head, between = _head(lines, run[0], columns, least)
    rows = _header_rows([lines[number] for number in head], columns)
    marked: list[tuple[int, list[str]]] = [(head[0], row) for row in rows]
    marked.extend((number, _cells(lines[number], columns)) for number in between)
    steps = [lines[below].top - lines[above].top for above, below in pairwise(run) if below == above + 1]
    pitch = median(steps or [below.top - above.top for above, below in pairwise(lines[run[0] : run[-1] + 1])])
    last = _end(lines, run, columns, pitch)
    data = set(run)
    waiting = ""
    for number in range(run[0], last):
        line = lines[number]
        cells = _cells(line, columns)
        if number in data:
            if waiting:
                cells[0] = joined(waiting, cells[0])
                waiting = ""
            marked.append((number, cells))
        elif _is_rest_of_number(line, columns, marked[-1][1]):
            column = next(place for place, words in enumerate(cells) if words)
            marked[-1][1][column] = joined(marked[-1][1][column], cells[column])
        elif _goes_on(lines, number, pitch, marked[-1][1][0]):
            marked[-1][1][0] = joined(marked[-1][1][0], line.text)
        elif _opens(lines, number, last, pitch):
            waiting = line.text
        else:
            marked.append((number, cells))
    return Stretch(head[0] if head else run[0], last, tuple((number, tuple(cells)) for number, cells in marked))


def _cells(line: Line, columns: Sequence[Column]) -> list[str]:
    cells = [""] * len(columns)
    for segment in line.segments:
        place = _place(segment, columns)
        cells[place] = f"{cells[place]} {segment.text}".strip()
    return cells


def _place(segment: Segment, columns: Sequence[Column]) -> int:
    column = _column_of(segment, columns)
    if column is not None:
        return columns.index(column)
    middle = (segment.x0 + segment.x1) / 2
    return min(range(len(columns)), key=lambda n: abs(middle - (columns[n].x0 + columns[n].x1) / 2))


def _end(lines: Sequence[Line], run: Sequence[int], columns: Sequence[Column], pitch: float) -> int:
    """The place after the table's last line: a wrapped rest of its last row is still of it."""
    last = run[-1] + 1
    first_number = min(column.x0 for column in columns if column.numbers)
    while last < len(lines) and last - run[-1] < 3:
        before, line = lines[last - 1], lines[last]
        close = line.top - before.top < 0.85 * pitch or line.segments[0].text[:1].islower()
        single = len(line.segments) == 1 and not line.rows
        near = line.top - before.bottom < 0.8 * line.size
        number = single and near and _GROUPS.fullmatch(line.text) is not None
        if not (number or (single and close and near and line.x1 < first_number)):
            break
        last += 1
    return last


def _is_rest_of_number(line: Line, columns: Sequence[Column], above: Sequence[str]) -> bool:
    """Whether a line is only the last groups of a number that the cell above had no room for."""
    if len(line.segments) != 1 or not _GROUPS.fullmatch(line.text):
        return False
    place = _place(line.segments[0], columns)
    return columns[place].numbers and _NUMBER.fullmatch(above[place]) is not None


def _goes_on(lines: Sequence[Line], number: int, pitch: float, label: str) -> bool:
    """Whether a label goes on from the row before: closer to it than rows are, or in the middle of a phrase."""
    line, before = lines[number], lines[number - 1]
    if line.x0 < before.x0 - 0.3 * line.size:  # further out than the row: the label of a section
        return False
    if line.text[:1].islower() or _UNFINISHED.search(label):
        return True
    after = lines[number + 1].top - line.top if number + 1 < len(lines) else pitch
    return line.top - before.top < 0.85 * pitch and line.top - before.top <= after


def _opens(lines: Sequence[Line], number: int, last: int, pitch: float) -> bool:
    """Whether a label is the first line of the next row's."""
    if number + 1 >= last:
        return False
    line, after = lines[number], lines[number + 1]
    return after.top - line.top < 0.85 * pitch or _UNFINISHED.search(line.text) is not None


def _head(lines: Sequence[Line], first: int, columns: Sequence[Column], least: int) -> tuple[list[int], list[int]]:
    """The places of the header's lines, over the columns and no sentences, and of labels below it."""
    label = next(column for column in columns if not column.numbers)
    head: list[int] = []
    labels: list[int] = []
    numbers = min(column.x0 for column in columns if column.numbers)
    for number in range(first - 1, max(least, first - 1 - _HEAD_LINES) - 1, -1):
        line, below = lines[number], lines[number + 1]
        apart = below.top - line.bottom > 2.2 * max(line.size, below.size)
        if line.rows or apart or ends_sentence(line.text) and len(line.segments) < 2:
            break
        if len(line.segments) == 1 and line.x1 < numbers and len(labels) < 2 and not _is_data(line):
            labels.insert(0, number)
            continue
        over = [segment for segment in line.segments if segment.x0 > label.x0 + 1 and _is_over(segment, columns)]
        if not over or len(line.segments) - len(over) > sum(1 for column in columns if not column.numbers):
            break
        if any(_is_number(s) and not _YEAR.fullmatch(s.text.strip()) for s in over):
            break
        head.insert(0, number)
    return head, [number for number in labels if head and number > head[-1]]


def _is_over(segment: Segment, columns: Sequence[Column]) -> bool:
    return any(column.numbers and segment.x0 < column.x1 + 8 and segment.x1 > column.x0 - 8 for column in columns)


def _header_rows(lines: Sequence[Line], columns: Sequence[Column]) -> list[list[str]]:
    """The header's cells: one that stands over several columns is in all of them, lines of one header are one."""
    rows: list[list[str]] = []
    wide_before = False
    counts = [sum(_is_over(segment, columns) for segment in line.segments) for line in lines]
    for number, line in enumerate(lines):
        cells = [""] * len(columns)
        wide = 0 < counts[number] < max(counts[number:])  # it stands over several of those beneath
        over = [segment for segment in line.segments if _is_over(segment, columns)]
        for segment in line.segments:
            places = [_head_place(segment, columns)]
            if wide and segment in over:
                places = [n for n, column in enumerate(columns) if column.numbers and _nearest(column, over) is segment]
            for place in places:
                cells[place] = f"{cells[place]} {segment.text}".strip()
        if rows and not wide_before and not wide:
            rows[-1] = [joined(above, below) for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        wide_before = wide
    return rows


def _nearest(column: Column, over: Sequence[Segment]) -> Segment:
    """Of the headers that stand over several columns, the one that a column is under."""
    return min(over, key=lambda segment: abs(segment.x0 + segment.x1 - column.x0 - column.x1))


def _head_place(segment: Segment, columns: Sequence[Column]) -> int:
    """A header's column: the one it overlaps most, else the one whose right edge it shares best."""
    if _column_of(segment, columns):
        return _place(segment, columns)
    return min(range(len(columns)), key=lambda n: abs(segment.x1 - columns[n].x1))
