"""Where a mention stands: its sentence, the headings over it, its place in a table.

The describers (purpose, actors, area, period) and the links all ask their questions of a :class:`Place`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

from belopp.composing import lowered
from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE, Block, Document, Mention

Found = TypeVar("Found")

# An abbreviation's stop ends no sentence: "bl.a. Skolverket", "t.o.m. 2026", "ca. 5 miljoner", "prop. 2023/24:1".
ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:bl\.\s?a|t\.\s?ex|m\.\s?m|m\.\s?fl|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|d\.\s?v\.\s?s|s\.\s?k|o\.\s?s\.\s?v|f\.\s?d"
    r"|e\.\s?d|i\.\s?e|p\.\s?g\.\s?a|o\.\s?d|ca|c:a|dvs|resp|inkl|exkl|kap|prop|dir|art|nr|st|kl|jfr|max|min|milj|mdr|tel|osv|etc|[a-zåäö])$",
    re.IGNORECASE,
)
SENTENCE_END: Final = re.compile(
    r"""
    [.!?…\n] (?:                                                 # one class first: the rest is passed over fast
        (?<=\n) \s*\n
      | (?<!\n) [.!?…]* [”"’»)\]]* (?: (?= \s+ [–—−\-•]? \s* ["”“»(\[*_]* [A-ZÅÄÖÉ0-9] ) | \s*$ )
    )
    """,
    re.VERBOSE,
)
# Latin-1 stands first as a class of its own: to look in a class is twice as fast as to ask what a letter is.
WORD: Final = re.compile(
    r"""[0-9A-Za-zª²³µ¹º¼½¾À-ÖØ-öø-ÿ]+[^\W_]*(?:[-/:.&’'\u00ad][^\W_]+)*
        |[^\w\s]
        |[^\W_]+(?:[-/:.&’'\u00ad][^\W_]+)*""",
    re.VERBOSE,
)


class Span(NamedTuple):
    """A stretch of the document's text."""

    start: int
    end: int


class Words(NamedTuple):
    """The words and marks of punctuation of a text in order, and their places."""

    said: list[str]
    spans: list[tuple[int, int]]


def words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words and marks of ``text[start:end]`` in order.

    >>> words("SKR:s arbete, t.ex. kl. 10").said
    ['SKR:s', 'arbete', ',', 't.ex', '.', 'kl', '.', '10']
    """
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    for piece in text[start:end].split(" "):
        stop = start + len(piece)
        if piece.isalnum():  # most words stand between two spaces, and need no pattern
            said.append(piece)
            spans.append((start, stop))
        else:
            for found in WORD.finditer(text, start, stop):
                said.append(found[0])
                spans.append(found.span())
        start = stop + 1
    return Words(said, spans)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of one block of text, without the white space around them.

    >>> text = "Det kostar t.ex. 5 kr. Sedan 10 kr."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Det kostar t.ex. 5 kr.', 'Sedan 10 kr.']
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for found in SENTENCE_END.finditer(text, start, stop):
        stop_at = found.start()
        # Five letters on end are no abbreviation, and most sentences end in them.
        if found.end() < stop and text[stop_at] == "." and not text[max(begin, stop_at - 5) : stop_at].isalnum():
            if ABBREVIATION.search(text[max(begin, stop_at - 12) : stop_at]):
                continue
        _keep(spans, text, begin, found.end())
        begin = found.end()
    _keep(spans, text, begin, stop)
    return tuple(spans)


def _keep(spans: list[Span], text: str, start: int, end: int) -> None:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        _keep(spans, text, start, cut)
        start = cut
    if bare := text[start:end].lstrip():
        start = end - len(bare)
        spans.append(Span(start, start + len(bare.rstrip())))


# Sums of one sentence are weighed against each other: a text without stops is cut, so that time grows with its length.
LONGEST: Final = 2_000

YEAR_ROW: Final = re.compile(
    r"(?:(?:år|kr|kronor|mnkr|mkr|tkr)\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\W*(?:\(?[a-zåäö ]{2,20}\)?)?\W*",
    re.IGNORECASE,
)
NUMBER_CELL: Final = re.compile(r"[*\s−–-]*\d[\d\s.,]*(?:\D{0,20})")


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


class Grid:
    """A table's cells by row and column, with the headers and labels that govern each cell."""

    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        self.text = document.text
        self.cells = {(block.row, block.column): block for block in blocks}
        self.rows = sorted({row for row, _ in self.cells})
        self.columns = sorted({column for _, column in self.cells})
        self._filled: dict[int, list[Block]] = {row: [] for row in self.rows}
        for place in sorted(self.cells):
            block = self.cells[place]
            if self.words_of(block):
                self._filled[block.row].append(block)
        self.head = self._head_rows()

    def words_of(self, block: Block | None) -> str:
        """A cell's text without bold marks and white space around it."""
        return self.text[block.start : block.end].strip(" \t\n*_\\\u00a0") if block else ""

    def row(self, row: int) -> list[Block]:
        """The cells of a row that hold text, left to right."""
        return self._filled.get(row, [])

    def _head_rows(self) -> frozenset[int]:
        """The rows from the top that hold no number other than years: captions and column headers."""
        head = []
        for row in self.rows:
            values = [self.words_of(block) for block in self.row(row) if block.column > 0]
            if any(NUMBER_CELL.fullmatch(value) and not YEAR_ROW.fullmatch(value) for value in values):
                break
            head.append(row)
        # A table whose every row is a label would be all head; then only its first row is.
        return frozenset(head if len(head) < len(self.rows) else head[:1])

    def row_label(self, cell: Block) -> Block | None:
        """The first cell of the row that is a label, not a number."""
        for block in self.row(cell.row):
            if block.column < cell.column and not NUMBER_CELL.fullmatch(self.words_of(block)):
                return block
        return None

    def column_header(self, cell: Block) -> Block | None:
        """The nearest header above the cell in its column."""
        for row in sorted(self.head, reverse=True):
            block = self.cells.get((row, cell.column))
            if block and row < cell.row and self.words_of(block):
                return block
        return None

    def caption(self) -> Block | None:
        """The text of a head row whose only filled cell is its first."""
        for row in sorted(self.head):
            filled = self.row(row)
            if len(filled) == 1 and filled[0].column == 0 and len(self.columns) > 1:
                return filled[0]
        return None


class Outline:
    """A document's blocks with what governs them, made once for all of its mentions."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = document.blocks or (Block(0, len(document.text), "paragraph"),)
        self._starts = [block.start for block in self.blocks]
        self._sentences: dict[int, tuple[Span, ...]] = {}
        self._words: dict[Span, Words] = {}
        self._kept: dict[Hashable, Any] = {}

    def kept(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """What ``read`` finds in the document, read once for a key and shared by all of its sums."""
        if key not in self._kept:
            self._kept[key] = read()
        found: Found = self._kept[key]
        return found

    def forget(self) -> None:
        """Let go of what was kept: readings point back at their outline, and such a ring waits for the collector."""
        self._kept.clear()

    @cached_property
    def title(self) -> Block | None:
        """The block of the title."""
        return next((block for block in self.blocks if block.kind == TITLE), None)

    @cached_property
    def lowered(self) -> str:
        """The document's text in small letters, each in its place: every span indexes it too."""
        return lowered(self.document.text)

    def block_at(self, offset: int) -> int:
        """The index of the block that holds ``offset`` (of the last block before it, if none does)."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        while index and self.blocks[index].start == self.blocks[index].end:  # an empty cell holds nothing
            index -= 1
        return index

    def sentences(self, block: int) -> tuple[Span, ...]:
        """The sentences of a block."""
        found = self._sentences.get(block)
        if found is None:
            here = self.blocks[block]
            found = self._sentences[block] = split_sentences(self.document.text, here.start, here.end)
        return found

    def headings(self, block: int) -> tuple[int, ...]:
        """The indices of the title and headings over a block, outermost first."""
        return self._chains[block]

    def words(self, sentence: Span) -> Words:
        """The words of a sentence, read once."""
        found = self._words.get(sentence)
        if found is None:
            found = self._words[sentence] = words(self.document.text, *sentence)
        return found

    @cached_property
    def _chains(self) -> list[tuple[int, ...]]:
        chains: list[tuple[int, ...]] = []
        over: tuple[int, ...] = ()
        for index, block in enumerate(self.blocks):
            if block.kind in (TITLE, HEADING):
                while over and self._level(over[-1]) >= self._level(index):
                    over = over[:-1]
                chains.append(over)
                over = (*over, index)
            else:
                chains.append(over)
        return chains

    def _level(self, index: int) -> int:
        block = self.blocks[index]
        return 0 if block.kind == TITLE else max(1, block.level)

    @cached_property
    def _grids(self) -> dict[int, Grid]:
        tables: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.kind == CELL:
                tables.setdefault(block.level, []).append(block)
        return {number: Grid(self.document, cells) for number, cells in tables.items()}

    def grid(self, table: int) -> Grid:
        """The table of that number."""
        return self._grids[table]

    def lead_in(self, block: int) -> int | None:
        """The block that introduces a list item or a table: the nearest one before it that is neither."""
        return self._leads[block]

    @cached_property
    def _leads(self) -> list[int | None]:
        leads: list[int | None] = []
        no_item: int | None = None
        no_cell: int | None = None
        for index, block in enumerate(self.blocks):
            kind = block.kind
            leads.append(no_item if kind == ITEM else no_cell if kind == CELL else None)
            if kind != BOILERPLATE:
                no_item = no_item if kind == ITEM else index
                no_cell = no_cell if kind == CELL else index
        return leads

    def list_lead(self, block: int) -> int | None:
        """The block that introduces a whole list or table: an item's own dash, read as a quote, introduces nothing."""
        lead = self.lead_in(block)
        while lead and self.blocks[lead].kind == QUOTE and self.blocks[lead - 1].kind == ITEM:
            lead = self.lead_in(lead - 1)
        return lead

    def after(self, block: int, end: int) -> Span | None:
        """The first sentence of a block that begins at or after an offset."""
        here = self.sentences(block)
        index = bisect_left(here, end, key=_start)
        return here[index] if index < len(here) else None

    def sentence_at(self, block: int, offset: int) -> Span:
        """The sentence of a block that holds an offset, or all of the block when none does."""
        here = self.sentences(block)
        index = bisect_right(here, offset, key=_start) - 1
        if index >= 0 and offset < here[index].end:
            return here[index]
        return Span(self.blocks[block].start, self.blocks[block].end)

    def earlier(self, block: int, sentence: Span) -> tuple[Span, ...]:
        """The sentences of a block before one, in order."""
        here = self.sentences(block)
        return here[: bisect_right(here, sentence.start, key=_end)]

    def following(self, block: int, sentence: Span) -> tuple[Span, ...]:
        """The sentences after one in its block and in the paragraph after it, in order."""
        here = self.sentences(block)
        after = here[bisect_left(here, sentence.end, key=_start) :]
        beside = block + 1 < len(self.blocks) and self.blocks[block + 1].kind == PARAGRAPH
        return (*after, *self.sentences(block + 1)) if beside else after

    def before(self, block: int, sentence: Span, most: int | None = None) -> list[tuple[int, Span]]:
        """The sentences before one, nearest first, as far as the heading of its section; at most so many."""
        earlier = self.earlier(block, sentence)
        found = [(block, span) for span in reversed(earlier if most is None else earlier[-most:])]
        index = self._spoken[block]
        while index >= 0 and self.blocks[index].kind not in (TITLE, HEADING):
            if most is not None and len(found) >= most:
                break
            found += [(index, span) for span in reversed(self.sentences(index))]
            index = self._spoken[index]
        return found[:most]

    @cached_property
    def _spoken(self) -> list[int]:
        """For each block the nearest one before it that is neither a cell nor boilerplate, else -1."""
        nearest, spoken = -1, []
        for index, block in enumerate(self.blocks):
            spoken.append(nearest)
            if block.kind not in (CELL, BOILERPLATE):
                nearest = index
        return spoken


class Place:
    """A mention where it stands: its block and sentence, and the other mentions of that sentence.

    The stages ask for these things many times a sum, so they are plain attributes.  ``text`` is the whole document's,
    ``lowered`` the same in small letters: every span indexes both.  ``cell`` is the block itself and ``kind`` its kind;
    ``left`` and ``right`` reach from the mention to the ends of its sentence, ``before`` and ``after`` no farther than
    to the mentions beside it.
    """

    __slots__ = (
        "after", "before", "block", "cell", "index", "is_heading", "is_quote", "kind", "left", "lowered", "mention",
        "mentions", "outline", "right", "sentence", "text",
    )  # fmt: skip

    def __init__(self, outline: Outline, block: int, sentence: Span, mentions: tuple[Mention, ...], index: int) -> None:
        self.outline, self.block, self.sentence, self.mentions, self.index = outline, block, sentence, mentions, index
        self.text = outline.document.text
        self.lowered = outline.lowered
        self.cell = outline.blocks[block]
        self.kind = kind = self.cell.kind
        self.is_heading = kind in (TITLE, HEADING)
        self.is_quote = kind == QUOTE
        self.mention = mention = mentions[index]
        self.left = Span(sentence.start, mention.start)
        self.right = Span(mention.end, sentence.end)
        self.before = Span(mentions[index - 1].end, mention.start) if index else self.left
        self.after = Span(mention.end, mentions[index + 1].start) if index + 1 < len(mentions) else self.right

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


def place_mentions(document: Document, mentions: Sequence[Mention]) -> list[Place]:
    """Each mention's :class:`Place`, in the order given (which must be text order)."""
    outline = Outline(document)
    spots: list[tuple[int, Span]] = []
    for mention in mentions:
        block = outline.block_at(mention.start)
        spots.append((block, outline.sentence_at(block, mention.start)))
    shared: dict[tuple[int, Span], list[Mention]] = {}
    for spot, mention in zip(spots, mentions, strict=True):
        shared.setdefault(spot, []).append(mention)
    together = {spot: tuple(each) for spot, each in shared.items()}
    return [
        Place(outline, block, sentence, each, each.index(mention))
        for (block, sentence), mention in zip(spots, mentions, strict=True)
        for each in (together[block, sentence],)
    ]
