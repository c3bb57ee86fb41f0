"""What a table says of the figures in its cells: by the row's label, the column's header, or the heading over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from belopp.model import HEADING, TITLE, Block
from belopp.purpose.clause import has_verb
from belopp.purpose.families import COST, CRIME, LISTED, UNTOLD
from belopp.purpose.lexicon import lexicon
from belopp.purpose.table import has_total
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

PURPOSE_OF: Final = re.compile(r"(?<!\w)(?:om|för|till|mot)\s")  # a label "Utredning om avgifter"
# "Nya avgifter för bygglov": what a list is of, not "Beslut om stöd till dem som har höga avgifter"
NAMES_LIST: Final = re.compile(r"\W*(?:[\w-]+\s+){0,2}")


def cue_of_cell(place: Place, book: Rulebook) -> Cue | None:
    """The word that says what the figure of a cell is: that of its label, else what the table is a list of.

    A label that speaks of funding says nothing of the figure, and leaves nothing for the words over the table to say.
    """
    grid, kinds = place.outline.grid(place.cell.level), lexicon(book, "kind")
    if label := grid.row_label(place.cell):
        cue = kinds.last(place.lowered, label.start, label.end)
        if cue and cue.rule.id != COST:
            aimed = PURPOSE_OF.search(place.lowered, label.start, cue.start)
            return None if aimed or cue.rule.id in UNTOLD or cue.rule.id == CRIME else cue
    outline = place.outline
    if outline.kept(("total row", place.cell.level), lambda: has_total(grid)):
        return None
    for block in _over(place):
        first = partial(kinds.first, place.lowered, block.start, block.end)
        if cue := outline.kept(("kind over", block, book), first):
            if cue.rule.id in LISTED and block.kind not in (TITLE, HEADING, place.kind):
                continue  # a line of text names no list, but leaves the heading to name it
            return cue if cue.rule.id in LISTED and _names_list(place, block, cue) else None
    return None


def _over(place: Place) -> Iterator[Block]:
    """The column's header, the table's caption and corner, the line before it and the headings, nearest first."""
    outline, cell = place.outline, place.cell
    grid = outline.grid(cell.level)
    corner = [grid.cells[row, 0] for row in sorted(grid.head, reverse=True) if (row, 0) in grid.cells]
    for block in (grid.column_header(cell), *corner):
        if block:
            yield block
    yield from dict.fromkeys(reversed(outline.over(place.block)))


def _names_list(place: Place, block: Block, cue: Cue) -> bool:
    """Whether the word is what a heading or a header calls the figures under it."""
    if block.kind in (TITLE, HEADING):
        named = NAMES_LIST.fullmatch(place.lowered, block.start, cue.start) is not None
        return named and not has_verb(place.lowered, block.start, block.end)
    return True
