"""The running text behind a table: where the sum of a cell, or of its row, is stated in a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, TITLE, Mention
from belopp.purpose.clause import SUM, place_at
from belopp.sentences import Outline, Place, Span

WORD: Final = re.compile(r"[^\W\d_]{5,}")
TOTAL: Final = re.compile(r"[\W_]*(?:totalt?|summa|sammanlagt)\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d[\d\s]*(?:,\d+)?")


class Source(NamedTuple):
    """A sum in running text, and how surely it is the cell's: 2 the same figure, 1 the same matter, 0 the same section."""

    place: Place
    strength: int


def source(place: Place) -> Source | None:
    """The sum of the section's text that a cell restates, goes on from, or stands under."""
    text, grid = place.text, place.outline.grid(place.cell.level)
    label = grid.row_label(place.cell)
    stems = {_stem(word) for word in WORD.findall(text[label.start : label.end])} if label else set()
    own = _figure(text[place.cell.start : place.cell.end])
    row = {_figure(text[cell.start : cell.end]) for cell in grid.row(place.cell.row) if cell.column}
    spots, totals = survey(place.outline, place.cell.level)
    best: tuple[float, int, int] = (-1.0, 0, 0)
    chosen = None
    for near, span, figure in spots:
        shared = sum(stem in near for stem in stems)
        alike = (3 if figure == own else 2 if figure in row else 1) if shared else int(figure in totals) / 2
        if (alike, shared, span.start) > best:
            best, chosen = (alike, shared, span.start), span
    if chosen is None:
        return None
    mention = Mention(*chosen, text[chosen.start : chosen.end], place.mention.low, place.mention.high, place.mention.currency)
    return Source(place_at(place.outline, *chosen, mention), min(2, int(best[0])))


@lru_cache(maxsize=8)
def survey(outline: Outline, table: int) -> tuple[tuple[tuple[str, Span, str], ...], frozenset[str]]:
    """The sums of the running text over a table, each with its block's text and its figure, and the table's totals."""
    text, grid = outline.document.text, outline.grid(table)
    start = next(index for index, block in enumerate(outline.blocks) if block.kind == CELL and block.level == table)
    spots = []
    for index in section(outline, start):
        block = outline.blocks[index]
        near = text[block.start : block.end].lower()
        spots += [(near, Span(*m.span()), _figure(m.group())) for m in SUM.finditer(text, block.start, block.end)]
    lines = [grid.row(line) for line in grid.rows]
    totals = {_figure(text[cell.start : cell.end]) for cells in lines if cells and TOTAL.match(text, cells[0].start, cells[0].end) for cell in cells}
    return tuple(spots), frozenset(totals)


def _stem(word: str) -> str:
    return word[: max(5, len(word) - 2)].lower()


def section(outline: Outline, start: int) -> list[int]:
    """The blocks of running text before block ``start``, as far as the heading of its section."""
    found = []
    for index in range(start - 1, -1, -1):
        block = outline.blocks[index]
        if block.kind in (TITLE, HEADING) and (found or block.kind == TITLE):
            break
        if block.kind not in (CELL, BOILERPLATE, HEADING):
            found.append(index)
    return found[::-1]


def _figure(text: str) -> str:
    found = NUMBER.search(text)
    return re.sub(r"\s", "", found.group()) if found else ""
