"""Lines to flows: the order in which a reader goes through a page, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from belopp.read.pdf import borderless
from belopp.read.pdf.lines import Line

_LEAST_LINES: Final = 6
_LEAST_LETTERS: Final = 16
_FILLED: Final = 0.75


def flows(lines: Sequence[Line], *, depth: int = 2) -> list[list[Line]]:
    """The lines in runs to be read one after another: a page in two columns gives the left one first."""
    gutter = _gutter(lines) if depth else None
    if gutter is None:
        return [list(lines)] if lines else []
    across = _tables_across(lines, gutter)
    found: list[list[Line]] = []
    band: list[Line] = []
    for place, line in enumerate((*lines, None)):
        if line is not None and place not in across and not _crosses(line, gutter):
            band.append(line)
            continue
        for side in _sides(band, gutter):
            found.extend(flows(side, depth=depth - 1))
        band = []
        if line is not None:
            found.append([line])
    return _together(found)


def _crosses(line: Line, gutter: float) -> bool:
    return any(segment.x0 < gutter < segment.x1 for segment in line.segments)


def _tables_across(lines: Sequence[Line], gutter: float) -> set[int]:
    """The lines of tables that stand across both columns: their labels do not fill the left one, as its prose does."""
    left = min(line.x0 for line in lines)
    places: set[int] = set()
    for stretch in borderless.tables(lines):
        held = lines[stretch.first : stretch.last]
        labels = [line.segments[0].x1 - left for line in held if len(line.segments) > 1]
        if labels and max(labels) < _FILLED * (gutter - left):
            places.update(range(stretch.first, stretch.last))
    return places


def _together(found: Sequence[list[Line]]) -> list[list[Line]]:
    """Runs of full-width lines that follow each other are one flow."""
    merged: list[list[Line]] = []
    single = False
    for flow in found:
        if len(flow) == 1 and single and merged:
            merged[-1].extend(flow)
        else:
            merged.append(list(flow))
        single = len(flow) == 1
    return merged


def _sides(band: Sequence[Line], gutter: float) -> Iterator[list[Line]]:
    for left in (True, False):
        side = []
        for line in band:
            held = tuple(segment for segment in line.segments if (segment.x1 <= gutter) == left)
            if held:
                side.append(replace(line, segments=held))
        if side:
            yield side


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a white strip parts two columns of prose, if one does."""
    if len(lines) < _LEAST_LINES:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = right - left
    gaps = [(before.x1, after.x0, before, after) for line in lines for before, after in pairwise(line.segments)]
    if len(gaps) < _LEAST_LINES:
        return None
    best, most = None, 0
    for middle in sorted({round((start + end) / 2) for start, end, _, _ in gaps}):
        if not left + 0.2 * width < middle < right - 0.2 * width:
            continue
        across = [(before, after) for start, end, before, after in gaps if start <= middle <= end]
        if len(across) > most and len(across) >= _LEAST_LINES:
            best, most = float(middle), len(across)
    if best is None:
        return None
    crossing = sum(1 for line in lines if _crosses(line, best))
    pairs = [(before, after) for start, end, before, after in gaps if start <= best <= end]
    prose = all(median(_letters(pair[side].text) for pair in pairs) >= _LEAST_LETTERS for side in (0, 1))
    return best if prose and crossing < most else None


def _letters(text: str) -> int:
    return sum(mark.isalpha() for mark in text)
