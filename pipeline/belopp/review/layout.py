"""The publication as it reads: its blocks in order, each cut at the sums in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from belopp.model import CELL, HEADING, ITEM, QUOTE, TITLE, Block, Document
from belopp.read.formats import MARKDOWN
from belopp.read.unmarked import BULLET, Seen, as_it_reads, bullet, cut
from belopp.review.standing import Standing


class Piece(NamedTuple):
    """What is seen of a stretch of a block: of a sum (with how it stands), between sums, or the mark of a new page."""

    seen: tuple[Seen, ...] = ()
    standing: Standing | None = None
    page: int | None = None


class Shown(NamedTuple):
    """A block with its pieces; ``tag`` is the element that it reads as, ``page`` the page that begins with it.

    Of a list's item ``mark`` is what stands before it, and nothing when it goes on with the item before.
    """

    place: int
    tag: str
    level: int
    kind: str
    pieces: tuple[Piece, ...]
    page: int | None = None
    mark: str = BULLET


class Stretch(NamedTuple):
    """Blocks that belong together: a list, the rows of a table, or one block."""

    kind: str
    blocks: tuple[Shown, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()


def blocks_of(document: Document) -> Sequence[Block]:
    """The document's blocks; of one without any, the whole text as one."""
    return document.blocks or (Block(0, len(document.text), "paragraph"),)


def block_at(document: Document, offset: int) -> Block:
    """The block that an offset lies in; between blocks the one before."""
    blocks = blocks_of(document)
    return blocks[max(0, bisect_right(blocks, offset, key=lambda block: block.start) - 1)]


def words_seen(document: Document, start: int, end: int) -> str:
    """A span's words as they are seen: of Markdown without the marks."""
    block = block_at(document, start)
    seen = as_it_reads(document.text, block.start, max(block.end, end), markdown=document.format == MARKDOWN)
    return "".join(each.text for each in cut(seen, start, end)) or document.text[start:end]


def stretches(document: Document, all_: Sequence[Standing]) -> Iterator[Stretch]:
    """The document in text order, lists and tables held together."""
    show = _Shower(document, all_).show

    def together(pair: tuple[int, Block]) -> object:
        index, block = pair
        if block.kind == ITEM:
            return ITEM
        return (CELL, block.level) if block.kind == CELL else index

    for _, group in groupby(enumerate(blocks_of(document)), key=together):
        held = list(group)
        kind = held[0][1].kind
        if kind == CELL:
            rows = groupby(held, key=lambda pair: pair[1].row)
            yield Stretch(CELL, rows=tuple(tuple(show(*pair) for pair in row) for _, row in rows))
        else:
            yield Stretch(kind, tuple(show(*pair) for pair in held if pair[1].start < pair[1].end))


def _first(starts: Sequence[int], shown: Sequence[Standing], start: int) -> int:
    """The first sum that reaches into a block, also one that opens before it."""
    first = bisect_left(starts, start)
    return first - 1 if first and shown[first - 1].row.end > start else first


def _unoverlapped(all_: Sequence[Standing]) -> list[Standing]:
    """The sums to mark; of two that overlap the gold's, then the first."""
    kept: list[Standing] = []
    for each in sorted(all_, key=lambda each: (each.gold is None, each.row.start, each.row.end)):
        place = bisect_left(kept, each.row.start, key=lambda other: other.row.start)
        before, after = kept[place - 1 : place], kept[place : place + 1]
        if any(other.row.end > each.row.start for other in before if place):
            continue
        if any(other.row.start < each.row.end for other in after):
            continue
        kept.insert(place, each)
    return kept


class _Shower:
    """The blocks of a document shown one by one."""

    def __init__(self, document: Document, all_: Sequence[Standing]) -> None:
        self.document = document
        self.blocks = blocks_of(document)
        self.sums = _unoverlapped(all_)
        self.starts = [each.row.start for each in self.sums]
        self.markdown = document.format == MARKDOWN

    def show(self, index: int, block: Block) -> Shown:
        """A block with its sums; a page's mark goes before it, in a list or a table into it."""
        tags = {TITLE: "h1", HEADING: f"h{min(6, max(2, block.level))}", ITEM: "li", QUOTE: "blockquote"}
        page = self._page(index, block)
        within = self.sums[_first(self.starts, self.sums, block.start) : bisect_left(self.starts, block.end)]
        pieces = tuple(self._pieces(block, within))
        if page is not None and block.kind in (ITEM, CELL):
            pieces = (Piece(page=page), *pieces)
        mark = bullet(self.document.text, block.start) if self.markdown and block.kind == ITEM else BULLET
        return Shown(index, tags.get(block.kind, "p"), block.level, block.kind, pieces, page, mark)

    def _page(self, index: int, block: Block) -> int | None:
        """The page that begins between the block before and this one."""
        pages = self.document.pages
        last = bisect_right(pages, block.start)
        first = bisect_left(pages, self.blocks[index - 1].end) if index else last
        return last if last > max(first, 1) else None

    def _pieces(self, block: Block, within: Sequence[Standing]) -> Iterator[Piece]:
        """What is seen of a block, parted at its sums and where a page begins in it."""
        text, pages = self.document.text, self.document.pages
        seen = as_it_reads(text, block.start, block.end, markdown=self.markdown)
        breaks = pages[bisect_right(pages, block.start) : bisect_left(pages, block.end)]
        at = block.start
        for each in within:
            start, end = max(at, each.row.start), min(block.end, each.row.end)
            if start < end:
                yield from self._between(seen, at, start, [page for page in breaks if at <= page < end])
                # a sum that is all marks is shown as it is written
                yield Piece(tuple(cut(seen, start, end)) or (Seen(start, end, text[start:end]),), each)
                at = end
        yield from self._between(seen, at, block.end, [page for page in breaks if at <= page])

    def _between(self, seen: Sequence[Seen], start: int, end: int, breaks: Sequence[int]) -> Iterator[Piece]:
        for page in breaks:
            stop = min(page, end)
            if start < stop:
                yield Piece(tuple(cut(seen, start, stop)))
            yield Piece(page=self.document.page_at(page))
            start = stop
        if start < end:
            yield Piece(tuple(cut(seen, start, end)))


def touched(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The indices of the blocks that any of the spans reaches into."""
    for index, block in enumerate(blocks_of(document)):
        if any(start < block.end and block.start < end for start, end in spans):
            yield index


def blocks_at(document: Document, all_: Sequence[Standing], indices: Sequence[int]) -> Iterator[Shown]:
    """Some blocks anew, by their indices."""
    shower = _Shower(document, all_)
    for index in indices:
        yield shower.show(index, shower.blocks[index])
