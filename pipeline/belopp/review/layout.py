"""The publication as it reads: its blocks in order, each cut at the sums in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, QUOTE, TITLE, Block, Document
from belopp.review.standing import Standing


class Piece(NamedTuple):
    """A stretch of a block's text, in a sum (with how it stands) or between sums."""

    offset: int
    text: str
    standing: Standing | None = None


class Shown(NamedTuple):
    """A block with its pieces; ``tag`` is the element that it reads as."""

    place: int
    tag: str
    level: int
    kind: str
    pieces: tuple[Piece, ...]
    page: int | None = None


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


def stretches(document: Document, all_: Sequence[Standing]) -> Iterator[Stretch]:
    """The document in text order, lists and tables held together."""
    shown = _unoverlapped(all_)
    starts = [each.row.start for each in shown]

    def show(index: int, block: Block) -> Shown:
        tag = {TITLE: "h1", HEADING: f"h{min(6, max(2, block.level))}", ITEM: "li", QUOTE: "blockquote"}
        pieces = pieces_of(
            document.text, block, shown[_first(starts, shown, block.start) : bisect_left(starts, block.end)]
        )
        kind = "boilerplate" if block.kind == BOILERPLATE else block.kind
        return Shown(index, tag.get(block.kind, "p"), block.level, kind, pieces, document.page_at(block.start))

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


def pieces_of(text: str, block: Block, within: Sequence[Standing]) -> tuple[Piece, ...]:
    """A block's text cut at its sums."""
    made: list[Piece] = []
    at = block.start
    for each in within:
        start, end = max(at, each.row.start), min(block.end, each.row.end)
        if start >= end:
            continue
        if at < start:
            made.append(Piece(at, text[at:start]))
        made.append(Piece(start, text[start:end], each))
        at = end
    if at < block.end:
        made.append(Piece(at, text[at : block.end]))
    return tuple(made)


def touched(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The indices of the blocks that any of the spans reaches into."""
    for index, block in enumerate(blocks_of(document)):
        if any(start < block.end and block.start < end for start, end in spans):
            yield index


def blocks_at(document: Document, all_: Sequence[Standing], indices: Sequence[int]) -> Iterator[Shown]:
    """Some blocks anew, by their indices."""
    shown = _unoverlapped(all_)
    starts = [each.row.start for each in shown]
    blocks = blocks_of(document)
    for index in indices:
        block = blocks[index]
        within = shown[_first(starts, shown, block.start) : bisect_left(starts, block.end)]
        yield Shown(index, "", block.level, block.kind, pieces_of(document.text, block, within))
