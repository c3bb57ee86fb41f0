"""The running text behind a table: where the sum of a cell, or of its row, is stated in a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, TITLE, Mention
from belopp.purpose.clause import place_at, sums
from belopp.sentences import Grid, Outline, Place, Span

WORD: Final = re.compile(r"[^\W\d_]{5,}|(?<!\w)[A-ZÅÄÖ][A-Za-zåäö]?[A-ZÅÄÖ]+(?!\w)")
TOTAL: Final = re.compile(r"[\W_]*(?:totalt?|summa|sammanlagt)\b", re.IGNORECASE)
MINUS: Final = "-–−"
BROKEN_DOWN: Final = 1.5  # the sum is what the column comes to
ROUNDED: Final = 100
NUMBER: Final = re.compile(r"\d[\d\s]*(?:,\d+)?")


class Source(NamedTuple):
    """A sum in running text, and how surely it is the cell's: 2 by figure or total, 1 by its matter, 0 by section."""

    place: Place
    strength: int


class Spot(NamedTuple):
    """A sum of the running text: its block, whether that is in the table's section, the text near it, its figure."""

    block: int
    here: bool
    near: str
    span: Span
    figure: str


def source(place: Place) -> Source | None:
    """The sum of the section's text that a cell restates, goes on from, or stands under."""
    text, grid = place.text, place.outline.grid(place.cell.level)
    label = grid.row_label(place.cell)
    stems = {_stem(word) for word in WORD.findall(text[label.start : label.end])} if label else set()
    own = _figure(text[place.cell.start : place.cell.end])
    row = {_figure(text[cell.start : cell.end]) for cell in grid.row(place.cell.row) if cell.column}
    table = place.cell.level
    spots, totals = place.outline.kept(("survey", table), lambda: survey(place.outline, table))
    best: tuple[float, bool, int, int] = (0.0, False, 0, -1_000_000)
    chosen = None
    for spot in spots:
        shared = sum(1 + (len(stem) > 8) for stem in stems if stem in spot.near)  # a long word says as much as two
        alike = 0.0 if spot.here else -1.0
        if shared >= (1 if spot.here or spot.figure == own else 2):  # far from the table one word in common is chance
            alike = 3.0 if spot.figure == own else 2.0 if spot.figure in row else 1.0
        if alike < BROKEN_DOWN and spot.figure in totals.get(place.cell.column, ()):
            if spot.here or len(spot.figure) > 2:  # far from the table a short figure is chance
                alike = BROKEN_DOWN
        # the nearest sum of the same matter, but a total where it is first stated
        rank = (alike, spot.here, shared, -spot.block if alike == BROKEN_DOWN else spot.block)
        if rank > best:  # the first sum of a block: a bill proposes before it reckons ahead
            best, chosen = rank, spot.span
    if chosen is None:
        return None
    mention = Mention(
        *chosen, text[chosen.start : chosen.end], place.mention.low, place.mention.high, place.mention.currency
    )
    return Source(place_at(place.outline, *chosen, mention), 2 if best[0] >= BROKEN_DOWN else int(max(0, best[0])))


def survey(outline: Outline, table: int) -> tuple[tuple[Spot, ...], dict[int, set[str]]]:
    """The sums of the document's running text, and what each column of the table comes to."""
    text, grid = outline.document.text, outline.grid(table)
    start = next(index for index, block in enumerate(outline.blocks) if block.kind == CELL and block.level == table)
    under = frozenset(section(outline, start))
    spots = []
    nearby: dict[int, str] = {}
    for stated in sums(outline):
        index = outline.block_at(stated.span.start)
        if index not in nearby:
            parts = (*(outline.blocks[head] for head in outline.headings(index)[-1:]), outline.blocks[index])
            nearby[index] = " ".join(text[one.start : one.end].lower() for one in parts)
        spots.append(Spot(index, index in under, nearby[index], stated.span, _figure(text[slice(*stated.span)])))
    return tuple(spots), {column: _totals(grid, column) for column in grid.columns if column}


def has_total(grid: Grid) -> bool:
    """Whether a row of a table is its total."""
    rows = (grid.row(line) for line in grid.rows if line not in grid.head)
    return any(cells and TOTAL.match(grid.text, cells[0].start, cells[0].end) for cells in rows)


def _totals(grid: Grid, column: int) -> set[str]:
    """The figures of a column's total rows, and what its other rows add up to."""
    added, named = Decimal(0), set()
    for line in grid.rows:
        cells = grid.row(line)
        own = grid.cells.get((line, column))
        if own is None or line in grid.head or not (figure := _figure(grid.words_of(own))):
            continue
        if TOTAL.match(grid.text, cells[0].start, cells[0].end):
            named.add(figure)
        else:
            sign = -1 if grid.words_of(own)[0] in MINUS else 1
            added += sign * Decimal(figure.replace(",", "."))
    slack = (-1, 0, 1) if added >= ROUNDED else (0,)  # the cells of a large total are rounded
    return named | {f"{(added + off).normalize():f}".replace(".", ",") for off in slack}


def _stem(word: str) -> str:
    return word[: max(3, len(word) - 2) if len(word) > 4 else 4].lower()


def section(outline: Outline, start: int) -> list[int]:
    """The blocks of running text before block ``start``, as far as the heading of its section."""
    found: list[int] = []
    for index in range(start - 1, -1, -1):
        block = outline.blocks[index]
        if block.kind in (TITLE, HEADING) and (found or block.kind == TITLE):
            break
        if block.kind not in (CELL, BOILERPLATE, HEADING):
            found.append(index)
    return found[::-1]


def _figure(text: str) -> str:
    found = NUMBER.search(text)
    return "".join(found[0].split()) if found else ""
