"""The running text behind a table: where the sum of a cell, or of its row, is stated in a sentence."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, TITLE, Mention
from belopp.purpose.clause import SUM, place_at
from belopp.sentences import Place

WORD: Final = re.compile(r"[^\W\d_]{5,}")
TOTAL: Final = re.compile(r"[\W_]*(?:totalt?|summa|sammanlagt)\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d[\d\s]*(?:,\d+)?")


class Source(NamedTuple):
    """A sum in running text, and how surely it is the cell's: 2 the same figure, 1 the same matter, 0 the same section."""

    place: Place
    strength: int


def source(place: Place) -> Source | None:
    """The sum of the section's text that a cell restates, goes on from, or stands under."""
    blocks, text, grid = place.outline.blocks, place.text, place.outline.grid(place.cell.level)
    label = grid.row_label(place.cell)
    stems = {_stem(word) for word in WORD.findall(text[label.start : label.end])} if label else set()
    own = _figure(text[place.cell.start : place.cell.end])
    row = {_figure(text[cell.start : cell.end]) for cell in grid.row(place.cell.row) if cell.column}
    sums = {_figure(text[cell.start : cell.end]) for line in grid.rows if _is_total(place, line) for cell in grid.row(line)}
    best: tuple[float, int, int] = (-1.0, 0, 0)
    chosen = None
    for index in section(place):
        block = blocks[index]
        shared = sum(stem in text[block.start : block.end].lower() for stem in stems)
        for found in SUM.finditer(text, block.start, block.end):
            figure = _figure(found.group())
            alike = (3 if figure == own else 2 if figure in row else 1) if shared else int(figure in sums) / 2
            if (alike, shared, found.start()) > best:
                best, chosen = (alike, shared, found.start()), found.span()
    if chosen is None:
        return None
    mention = Mention(*chosen, text[chosen[0] : chosen[1]], place.mention.low, place.mention.high, place.mention.currency)
    return Source(place_at(place.outline, *chosen, mention), min(2, int(best[0])))


def _stem(word: str) -> str:
    return word[: max(5, len(word) - 2)].lower()


def _is_total(place: Place, line: int) -> bool:
    cells = place.outline.grid(place.cell.level).row(line)
    return bool(cells) and TOTAL.match(place.text, cells[0].start, cells[0].end) is not None


def section(place: Place) -> list[int]:
    """The blocks of running text over a table, as far as the heading of its section."""
    found = []
    for index in range(place.block - 1, -1, -1):
        block = place.outline.blocks[index]
        if block.kind in (TITLE, HEADING) and (found or block.kind == TITLE):
            break
        if block.kind not in (CELL, BOILERPLATE, HEADING):
            found.append(index)
    return found[::-1]


def _figure(text: str) -> str:
    found = NUMBER.search(text)
    return re.sub(r"\s", "", found.group()) if found else ""
