"""Finds the sum of the text that a cell of a table restates."""

from __future__ import annotations

from belopp.composing import lowered
from belopp.links.sheet import Sheet
from belopp.links.years import covers
from belopp.model import CELL, HEADING


def cell_evidence(sheet: Sheet, a: int, b: int) -> tuple[int, str]:
    """A cell restates a sum of the text: its row is a total, or names the same thing for one of its years."""
    place = sheet.places[b]
    if sheet.places[a].kind == CELL:
        return 0, ""
    if is_total_cell(sheet, b):
        return 3, "same.total_row"
    years, own = sheet.years(a), sheet.years(b)
    if own and years and not (own & years) and not covers(sheet.rows[a].period, own):
        return 0, ""
    grid = place.outline.grid(place.cell.level)
    label = sheet.stems(grid.words_of(grid.row_label(place.cell)))
    sentence = sheet.stems(sheet.text[slice(*sheet.places[a].sentence)])
    told = sentence | sheet.topic(a) | sheet.stems(" ".join(sheet.rows[a].recipient)) | _headed(sheet, a)
    block = sheet.places[a].cell
    near = sheet.stems(sheet.text[block.start : block.end])
    score = 100 * len(label & told) + 50 * len((label & near) - told)
    if _row_restated(sheet, a, b):
        return max(score, 100), "same.cell"
    if own and own == years and _one_to_one(sheet, a, b) and (score >= 100 or len(grid.rows) - len(grid.head) == 1):
        return max(score, 100), "same.cell"
    return (score if score * 3 >= 100 * len(label) > 0 else 0), "same.cell"


def _headed(sheet: Sheet, index: int) -> frozenset[str]:
    """The content words of the heading of a sum's section; rows of a table are often named after the sections."""
    place = sheet.places[index]
    over = [place.outline.blocks[i] for i in place.outline.headings(place.block)]
    return sheet.stems(sheet.text[over[-1].start : over[-1].end]) if over and over[-1].kind == HEADING else frozenset()


def _row_restated(sheet: Sheet, a: int, b: int) -> bool:
    """Whether an earlier cell of the row restates a sum of the same paragraph, of which this is another year."""
    here = sheet.places[b].cell
    for index in range(b - 1, -1, -1):
        place = sheet.places[index]
        if place.kind != CELL or (place.cell.level, place.cell.row) != (here.level, here.row):
            return False
        if sheet.first[index] is not None:
            first = sheet.places[sheet.canon(index)]
            return first.block == sheet.places[a].block and sheet.rows[a].low == sheet.rows[b].low
    return False


def _one_to_one(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the text states the sum for that year once, and the column of the table holds it once."""
    place, row = sheet.places[b], sheet.rows[b]
    told = [
        i
        for i in sheet.statements.stating(b)
        if sheet.places[i].kind != CELL and sheet.rows[i].period == row.period and sheet.first[i] is None
    ]
    cells = [
        i
        for i in sheet.statements.stating(b)
        if sheet.places[i].kind == CELL
        and (sheet.places[i].cell.level, sheet.places[i].cell.column) == (place.cell.level, place.cell.column)
    ]
    return told == [a] and cells == [b]


def is_total_cell(sheet: Sheet, index: int) -> bool:
    """Whether a row is a cell of a table whose label calls its line a total."""
    place = sheet.places[index]
    if place.kind != CELL:
        return False
    grid = place.outline.grid(place.cell.level)
    return sheet.book.cues("table.total").first(lowered(grid.words_of(grid.row_label(place.cell)))) is not None
