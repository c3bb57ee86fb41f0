"""Tells by the words over a list or a table what each sum counts for: ``kr per timme``, ``Månadshyra``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.composing import lowered
from belopp.find.rates import BESIDE, NO_FEE, NO_FEE_WORD, NO_ITEM, RATE_LIMIT, WAGES
from belopp.model import CELL, HEADING, PARAGRAPH, TITLE, Block, Document, Mention, Reason
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Grid

TAIL: Final = 60  # characters at the end of a line in which it says what it leads to
LED: Final = re.compile(r"(?:,?\s+(?:i\s+)?(?:kronor|kr|inkl\w*\s+moms|exkl\w*\s+moms))?[\s:.()*_]*")
# "Fördelning per län": how money is shared out, not what it counts for
SHARED: Final = re.compile(
    r"per\s+(?:år|helår|kalenderår|läsår)?(?:län|kommun|region|landsting|myndighet|lärosäte|skola|förening|organisation|område|ändamål"
    r"|verksamhet|nämnd|förvaltning|projekt|part|givare|mottagare|land|sektor|bransch)(?!\w)"
)
PER_SLASH: Final = re.compile(r"/\s?(?=[a-zåäö]{3})")  # "kr/mån": as if "per" were written
# "Nya avgifter för bygglov", "Åsens badhus: priser": what a heading names; not "Stöd till dem som har höga avgifter"
NAMED: Final = re.compile(r"\A(?:[^:]*:)?\W*(?:(?!(?:om|för|till|mot)\s)[\w-]+\s+){0,2}")
# "Medelpris": of one, however dear
AVERAGE: Final = re.compile(r"(?:medel|snitt|genomsnitts|median)\w*pris")


class Ask(NamedTuple):
    """A block over a table's sums, and whether it is asked for a unit or for a fee."""

    block: Block
    units: bool


def unit_over(words: str, book: Rulebook) -> Cue | None:
    """The unit that a header or a line over sums names, by its place in ``words``: ``Månadshyra``, ``kr per timme``."""
    small = lowered(words)
    if cue := book.cues(*WAGES).first(small):
        return cue
    spelt = PER_SLASH.sub(" per ", small) if "/" in small else small
    cue = book.cues(*BESIDE).last(spelt)
    if cue is None or NO_ITEM.match(spelt, cue.start) or SHARED.match(spelt, cue.start):
        return None
    return Cue(cue.rule, min(cue.start, len(words)), min(cue.end, len(words)))


def fee_over(words: str, book: Rulebook) -> Cue | None:
    """The fee or price that a header, or a line at its end, speaks of: ``en höjning av tillsynsavgiften``."""
    small = lowered(words)
    cue = book.cues("per.fee", "per.fees").last(small, max(0, len(small) - TAIL)) if small else None
    if cue is None or NO_FEE_WORD.match(words, cue.start) or NO_FEE.search(words[cue.end :].rstrip(": \n")):
        return None
    return cue


def in_lead(lead: str, book: Rulebook) -> Cue | None:
    """What the line that introduces a list says that each of its sums counts for, at its end."""
    return (_unit_at_end(lead, book) or fee_over(lead, book)) if lead else None


def _unit_at_end(lead: str, book: Rulebook) -> Cue | None:
    """The unit with which a line ends: ``Så mycket debiteras per timme:``."""
    cut = max(0, len(lead) - TAIL)
    unit = unit_over(lead[cut:], book)
    return Cue(unit.rule, cut + unit.start, cut + unit.end) if unit and LED.fullmatch(lead, cut + unit.end) else None


def headed(document: Document, found: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The mentions, those in cells of tables with what the words over them say that they count for."""
    tables: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind == CELL:
            tables.setdefault(block.level, []).append(block)
    told = {each.start: each for cells in tables.values() for each in _of_table(document, cells, found, book)}
    return [told.get(mention.start, mention) for mention in found]


def _of_table(
    document: Document, cells: Sequence[Block], found: Sequence[Mention], book: Rulebook
) -> Iterator[Mention]:
    """Those sums of a table that its words say the unit of."""
    starts = [mention.start for mention in found]
    inside = found[bisect_left(starts, cells[0].start) : bisect_left(starts, cells[-1].end)]
    bare = [mention for mention in inside if not mention.per]
    if not bare:
        return
    grid, begins = Grid(document, cells), [cell.start for cell in cells]
    before, known = list(_before(document, cells[0])), dict[Ask, Reason | None]()
    for mention in bare:
        cell = cells[bisect_right(begins, mention.start) - 1]
        over = (*_heads(grid, cell), *before)
        asks = (Ask(block, units) for units in (True, False) for block in over)
        why = next((why for ask in asks if (why := _told(document, ask, book, known))), None)
        if why and mention.high <= _limit(document.text, why):
            per = book.rules[why.rule].sets["per"]
            yield replace(mention, per=per, because=tuple(sorted({*mention.because, why})))


def _heads(grid: Grid, cell: Block) -> Iterator[Block]:
    """What stands over a cell and beside it: its column's header, its row's label, the header over the labels."""
    corner = (grid.cells[row, 0] for row in sorted(grid.head, reverse=True) if (row, 0) in grid.cells)
    yield from (block for block in (grid.column_header(cell), grid.row_label(cell), *corner) if block)


def _before(document: Document, first: Block) -> Iterator[Block]:
    """The line before a table, the heading before that, and the title."""
    place = bisect_left(document.blocks, first.start, key=lambda block: block.start)
    near = [block for block in document.blocks[max(0, place - 3) : place] if block.end > block.start]
    for block in reversed(near):
        if block.kind == CELL:
            break
        yield block
        if block.kind in (TITLE, HEADING):
            break
    yield from (block for block in document.blocks[:1] if block.kind == TITLE)


def _told(document: Document, ask: Ask, book: Rulebook, known: dict[Ask, Reason | None]) -> Reason | None:
    """What the words of a block say that the sums under it count for; each is asked once."""
    if ask not in known:
        start, end = ask.block.start, ask.block.end
        words = document.text[start:end]
        if not ask.units:
            cue = fee_over(words, book)
            if cue and ask.block.kind != PARAGRAPH and not NAMED.fullmatch(words, 0, cue.start):
                cue = None
        else:
            cue = unit_over(words, book) if ask.block.kind == CELL else _unit_at_end(words, book)
        known[ask] = cue and Reason("per", cue.rule.id, start + cue.start, start + cue.end)
    return known[ask]


def _limit(text: str, why: Reason) -> Decimal:
    """How large a sum may be to be of one: a price on the average may be that of a house."""
    return RATE_LIMIT * (1000 if AVERAGE.match(lowered(text[why.start : why.end])) else 1)
