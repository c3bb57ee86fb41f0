"""Sums in table cells that hold a bare number: the unit stands in a header, the caption or the sentence before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from belopp.composing import lowered
from belopp.find import hedges
from belopp.find.lexicon import Lexicon, Unit, lexicon
from belopp.find.view import view
from belopp.model import CELL, Block, Document, Mention, Reason
from belopp.numerals import Number, is_year, numbers, numbers_in_figures, plain
from belopp.rulebook import Rulebook
from belopp.sentences import Grid
from belopp.years import YEAR_IN_FIGURES

_BARE: Final = re.compile(
    r"[\s_|]*+(?:(?:ca\.?|cirka|drygt|knappt|högst|minst|max)\s)?"
    r"(?:[-–—−+±]?\s*(?:\d[\d .,’]{0,40})|\((?!(?:19|20)\d\d\))\s?[-–−]?\d[\d .,’]{0,40}\))"
    r"(?:\s*[¹²³⁴]|\s\d\)|\s+_+)?[\s_|]*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"\b(?:belopp|siffror|summor|samtliga|alla|anges?|avrundat|enhet)\b|^\W*\(?\*?\s*i\s", re.IGNORECASE
)
# A column or row of these counts something else, though the caption gives a unit of money.
_COUNT: Final = re.compile(
    r"\b(?:antal\w*|andel\w*|procent\w*|årsarbetskrafter|befolkning\w*|invånar\w*|folkmängd|platser)\b(?!.*\b(?:kronor|kr|mnkr|mkr|tkr)\b)|%",
    re.IGNORECASE,
)
# A column so headed tells of each row where it stands elsewhere.
_REFERENCE: Final = re.compile(
    r"\W*(?:not(?:er)?|nr|nummer|konto(?:nr)?|kod|id|d(?:iarie)?nr|sid(?:a|an)?|rad)\W*", re.IGNORECASE
)
# A column so headed holds money; if its numbers are large, they are in full.
_AMOUNT: Final = re.compile(
    r"\b(?:belopp\w*|medel\w*|tilldel\w*|bidrag\w*|statsbidrag\w*|summa|ersättning\w*|utbetal\w*)\b", re.IGNORECASE
)
# "Beloppen anges i miljoner kronor", said once of all tables
_DECLARED: Final = re.compile(
    r"\b(?:belopp|siffror|summor|priser|avgifter|taxor|kostnader)\w*\s+(?:\w+\s+){0,2}(?:ang\w+|uttryck\w+|redovisas|är)\s+i\s[^.;:]*",
    re.IGNORECASE,
)
# "Kostnad (milj.)": the header of a column need not say of what.
_MONEY: Final = re.compile(
    r"\b(?:belopp|medel|bidrag|kostnad|budget|anslag|utgift|inkomst|intäkt|ersättning|utbetal|summa)", re.IGNORECASE
)
# "Belopp i 1 000 kr", "1000-tal kronor"
_THOUSANDS: Final = re.compile(r"(?:^|\bi\s|[(,]\s?)(?P<figures>1[ ]?000-tals?|(?<=i )1[ ]?000)\s$")
_IN_FULL: Final = Decimal(50_000)
_WORD_START: Final = re.compile(r"(?<![^\W_])(?<!-)[^\W\d_]|[€$£]")
_REACH: Final = 3
"""Blocks before a table in which its unit is looked for."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A unit that the surroundings of a cell state, with the document's span of its words."""

    unit: Unit
    start: int
    end: int


def bare_cells(document: Document, found: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The cells of the document's tables that state money without a unit of their own.

    A cell's unit is looked for in the cell beside it, its column's header, its row's label, the table's caption,
    the text before the table, its total row, and the note after it, in that order.
    """
    cells: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind == CELL:
            cells.setdefault(block.level, []).append(block)
    starts = [mention.start for mention in found]
    spans = [(table[0].start, table[-1].end) for table in cells.values()]
    inside = [range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans]
    tabled = {index for indices in inside for index in indices}
    body = [mention for index, mention in enumerate(found) if index not in tabled]
    mentions: list[Mention] = []
    for table, indices in zip(cells.values(), inside, strict=True):
        reader = _Table(document, table, [found[index] for index in indices], body, book)
        mentions.extend(reader.mentions())
    return mentions


class _Table:
    """One table while its bare cells are read."""

    def __init__(
        self,
        document: Document,
        cells: Sequence[Block],
        found: Sequence[Mention],
        body: Sequence[Mention],
        book: Rulebook,
    ) -> None:
        self.document, self.cells, self.body = document, cells, body
        self.words: Lexicon = lexicon(book)
        self.book = book
        self.grid = Grid(document, cells)
        starts = [cell.start for cell in cells]
        placed = [(cells[bisect_right(starts, mention.start) - 1], mention) for mention in found]
        self.stated_in = {(cell.row, cell.column): mention for cell, mention in placed}
        self.head = self._head_rows()
        self.units: dict[tuple[int, int, bool], _Stated | None] = {}

    def _head_rows(self) -> frozenset[int]:
        """The rows above the first one that holds a number other than years, or a sum."""
        head: list[int] = []
        for row in self.grid.rows:
            cells = [block for block in self.grid.row(row) if block.column > 0]
            seen = [view(self.document.text, block.start, block.end).text.strip() for block in cells]
            if any(_BARE.fullmatch(text) and not YEAR_IN_FIGURES.fullmatch(text) for text in seen):
                break
            if any((block.row, block.column) in self.stated_in for block in cells):
                break
            head.append(row)
        return frozenset(head if len(head) < len(self.grid.rows) else head[:1])

    def mentions(self) -> Iterator[Mention]:
        """The table's bare sums in text order."""
        bare = [(cell, number) for cell in self.cells if (number := self._number(cell))]
        if not bare:
            return
        shared = self._caption_unit() or self._unit_before()
        bare = [(cell, number) for cell, number in bare if not self._counts(cell)]
        last = None if shared else self._unit_after() or self._unit_in_body([number for _, number in bare])
        last = last or (None if shared else self._unit_declared())
        for cell, number in bare:
            stated = (
                self._unit_beside(cell)
                or self._column_unit(cell)
                or self._label_unit(cell)
                or shared
                or self._total_unit(cell)
                or last
                or self._amount_in_full(cell, bare)
            )
            if stated is not None:
                yield self._mention(cell, number, stated)

    def _number(self, cell: Block) -> Number | None:
        """The number of a cell that holds nothing else and heads no row or column."""
        if cell.row in self.head or cell.column == 0 or (cell.row, cell.column) in self.stated_in:
            return None
        seen = view(self.document.text, cell.start, cell.end)
        if not _BARE.fullmatch(seen.text):
            return None
        inside = numbers_in_figures(seen.text)
        if not inside or is_year(inside[0]) and self._is_year_row(cell.row):
            return None
        start, end = seen.place(inside[0].start, inside[0].end)
        return inside[0]._replace(start=start, end=end)

    def _is_year_row(self, row: int) -> bool:
        values = [self.grid.words_of(block) for block in self.grid.row(row) if block.column > 0]
        return all(YEAR_IN_FIGURES.fullmatch(value) for value in values)

    def _head_cells(self, column: int, below: int) -> Iterator[Block]:
        for row in sorted(self.head, reverse=True):
            block = self.grid.cells.get((row, column))
            if block and row < below and block.end > block.start:
                yield block

    def _unit_beside(self, cell: Block) -> _Stated | None:
        """The unit that the next cell of the row holds and nothing else: ``45 000 | tkr``."""
        beside = self.grid.cells.get((cell.row, cell.column + 1))
        if beside is None or beside.end == beside.start:
            return None
        stated = self._stated(beside.start, beside.end)
        return (
            stated if stated and self.document.text[stated.start : stated.end] == self.grid.words_of(beside) else None
        )

    def _column_unit(self, cell: Block) -> _Stated | None:
        return next((s for b in self._head_cells(cell.column, cell.row) if (s := self._stated(b.start, b.end))), None)

    def _label_unit(self, cell: Block) -> _Stated | None:
        label = self.grid.cells.get((cell.row, 0))
        return self._stated(label.start, label.end) if label and label.end > label.start else None

    def _caption_unit(self) -> _Stated | None:
        """The unit in a caption: a head row that fills one cell, or the header over the labels."""
        for row in sorted(self.head):
            filled = self.grid.row(row)
            for block in filled:
                if block.column == 0 or len(filled) == 1:
                    if stated := self._stated(block.start, block.end):
                        return stated
        return None

    def _unit_before(self) -> _Stated | None:
        """The unit that the text just before the table states without a number of its own."""
        first = self.cells[0].start
        blocks = self.document.blocks
        place = bisect_left(blocks, first, key=lambda block: block.start)
        before = [block for block in blocks[max(0, place - 2 * _REACH) : place] if block.end > block.start]
        for block in reversed(before[-_REACH:]):
            if block.kind == CELL:
                return None
            if stated := self._stated(block.start, block.end):
                return stated
        return None

    def _unit_declared(self) -> _Stated | None:
        """The unit that a sentence before the tables gives the sums of them all."""
        for block in self.document.blocks:
            if block.start >= self.cells[0].start:
                break
            if block.kind != CELL and (said := _DECLARED.search(self.document.text, block.start, block.end)):
                return self._stated(said.start(), said.end())
        return None

    def _unit_after(self) -> _Stated | None:
        last = self.cells[-1].end
        blocks = self.document.blocks
        place = bisect_left(blocks, last, key=lambda block: block.start)
        after = next((block for block in blocks[place : place + 3] if block.end > block.start), None)
        if after is None or after.kind == CELL or not _NOTE.search(self.document.text[after.start : after.start + 60]):
            return None
        return self._stated(after.start, after.end)

    def _unit_in_body(self, cells: Sequence[Number]) -> _Stated | None:
        """The magnitude with which at least two of the cells' numbers come back as sums in the body."""
        for scale in (Decimal(1_000_000), Decimal(1_000), Decimal(1)):
            values = {number.value * scale for number in cells if number.value > 0}
            same = {mention.low: mention for mention in self.body if mention.low in values}
            if len(same) > 1:
                mention = next(iter(same.values()))
                reasons = tuple(reason for reason in mention.because if reason.column in ("low", "currency"))
                return _Stated(Unit(0, scale, mention.currency, reasons), mention.start, mention.end)
        return None

    def _amount_in_full(self, cell: Block, bare: Sequence[tuple[Block, Number]]) -> _Stated | None:
        """Kronor in full: the header speaks of an amount and the column's numbers are large."""
        head = next(self._head_cells(cell.column, cell.row), None)
        if head is None or not (found := _AMOUNT.search(self.document.text, head.start, head.end)):
            return None
        column = [number.value for other, number in bare if other.column == cell.column]
        if sum(value >= _IN_FULL for value in column) * 2 < len(column):
            return None
        reason = Reason("low", "currency.sek")
        return _Stated(Unit(0, Decimal(1), "SEK", (reason, reason._replace(column="currency"))), *found.span())

    def _total_unit(self, cell: Block) -> _Stated | None:
        """The unit that another cell of the column states with its number, as a total row may."""
        for (row, column), mention in self.stated_in.items():
            if column == cell.column and row not in self.head:
                return self._stated(mention.start, mention.end, counted=True)
        return None

    def _stated(self, start: int, end: int, *, counted: bool = False) -> _Stated | None:
        """What :meth:`_read` finds in a text: every cell beneath a header asks for the header's unit."""
        asked = (start, end, counted)
        if asked not in self.units:
            self.units[asked] = self._read(start, end, counted=counted)
        return self.units[asked]

    def _read(self, start: int, end: int, *, counted: bool) -> _Stated | None:
        """The last unit in a text that no number stands before; with ``counted`` one with a number too."""
        seen = view(self.document.text, start, end)
        occupied = {number.end for number in numbers(seen.text)}
        found: _Stated | None = None
        past = 0
        for begin in _WORD_START.finditer(seen.text):
            unit = self.words.unit(seen.text, begin.start()) if begin.start() >= past else None
            if unit is None:
                continue
            past, first = unit.end, begin.start()
            if unit.scale == 1 and (thousands := _THOUSANDS.search(seen.text, max(0, first - 20), first)):
                unit, first = unit._replace(scale=Decimal(1000)), thousands.start("figures")
            elif not counted and len(seen.text[:first].rstrip()) in occupied:
                continue
            if (
                not unit.currency
                and unit.scale > 1000
                and (said := _MONEY.search(seen.text, max(0, first - 40), first))
            ):
                reason = Reason("currency", "understood.end", said.start(), said.end())
                unit = unit._replace(currency="SEK", reasons=(*unit.reasons, reason))
            if unit.currency:
                found = _Stated(unit, *seen.place(first, unit.end))
        return found

    def _counts(self, cell: Block) -> bool:
        """Whether the column or the row counts something other than money."""
        heads = [next(self._head_cells(cell.column, cell.row), None), self.grid.cells.get((cell.row, 0))]
        if heads[0] and _REFERENCE.fullmatch(self.document.text, heads[0].start, heads[0].end):
            return True
        return any(block and _COUNT.search(self.document.text[block.start : block.end]) for block in heads)

    def _mention(self, cell: Block, number: Number, stated: _Stated) -> Mention:
        value = plain(number.value * stated.unit.scale)
        reasons = {Reason(reason.column, reason.rule, stated.start, stated.end) for reason in stated.unit.reasons}
        text = self.document.text[number.start : number.end]
        modifier, before = "", lowered(self.document.text[cell.start : number.start])
        if any(map(str.isalpha, before)) and (
            hedge := hedges.hedge(before + text, len(before), len(before + text), self.book)
        ):
            modifier = self.book.rules[hedge.rule].sets["modifier"]
            reasons.add(hedge._replace(start=cell.start + hedge.start, end=cell.start + hedge.end))
        because = tuple(sorted(reasons))
        return Mention(number.start, number.end, text, value, value, stated.unit.currency, modifier, because=because)
