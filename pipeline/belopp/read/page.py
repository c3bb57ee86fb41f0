"""The text made of a page whose own bytes are no text, written down block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final, NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, TITLE, Block
from belopp.read import boilerplate
from belopp.read.lines import BLANK, bare, line_at, pieces, spans_of_lines

# NBSP stays: it tells digits that belong together from digits that do not.
SPACES = re.compile(r"[ \t\r\n\f]+")
# Where a word may be divided shows nothing, and a hyphen that keeps its line is a hyphen: "2024‑2026" is a range.
PLAIN = str.maketrans({"\u00ad": None, "\u200b": None, "\u2011": "-", "\v": " "})
DEEPEST: Final = 6  # the levels of headings that there are


class Page(NamedTuple):
    """What a page gives: its text, the blocks of it, what it says of title, date and address itself.

    ``pages`` are the offsets at which the pages of a paged document start, ``flags`` what was odd.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: str = ""
    url: str = ""
    pages: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()


class Writer:
    """Writes the text of one page and notes the blocks as it goes, one block or one table row a line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.size = 0
        self.table = 0
        self.titled = False
        self.level = 1  # of the last heading, one that is so by its bold type alone not counted

    def _write(self, words: str) -> int:
        start = self.size
        self.parts.append(words)
        self.size += len(words)
        return start

    def prose(self, words: str, kind: str, level: int, *, linked: bool = False, bold: Set[int] = frozenset()) -> None:
        """A heading, paragraph, item or quote; its lines are parted as those of any text are.

        What is nothing but links (``linked``) is the page's own.  ``bold`` are the lines that are so from end to end.
        """
        if not words.strip(BLANK):
            return
        start = self._write(words + "\n")
        for first, last, own, depth in self._parted(start, words, kind, level, frozenset() if linked else bold):
            if linked and own in (PARAGRAPH, ITEM):
                own, depth = BOILERPLATE, 0
            self.titled = self.titled or own == TITLE
            self.blocks.append(Block(first, last, own, depth))

    def _parted(
        self, offset: int, words: str, kind: str, level: int, bold: Set[int]
    ) -> Iterator[tuple[int, int, str, int]]:
        if kind in (TITLE, HEADING, BOILERPLATE):
            first, last = bare(words, 0, len(words))
            yield first + offset, last + offset, kind, level
            return
        lines = [line_at(words, *span) for span in spans_of_lines(words)]
        # A bold line is shown as Markdown writes it, so that it is a heading here when it is one there.
        lines = [
            line._replace(text=f"**{line.text}**") if n in bold else line for n, line in enumerate(lines) if line.text
        ]
        for piece in pieces(lines):
            first, last = bare(words, piece.start, piece.end)
            if first == last:
                continue
            if kind == PARAGRAPH and piece.kind != PARAGRAPH:
                depth = min(self.level + 1, DEEPEST) if piece.kind == HEADING else int(piece.kind == ITEM)
                yield first + offset, last + offset, piece.kind, depth
            else:
                yield first + offset, last + offset, kind, level

    def grid(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """A table, its cells parted by tabs; where each of its rows starts.  Short rows end in empty cells."""
        from belopp.read.grid import LARGEST

        self.table += 1
        width = max(map(len, rows), default=0)
        full = width * len(rows) <= LARGEST
        starts = []
        for number, cells in enumerate(rows):
            starts.append(self.size)
            count = width if full else len(cells)
            for column in range(count):
                words = cells[column] if column < len(cells) else ""
                start = self._write(words)
                self.blocks.append(Block(start, start + len(words), CELL, self.table, number, column))
                self._write("\t" if column + 1 < count else "\n")
        return starts

    def page(
        self,
        *,
        title: str = "",
        published: str = "",
        url: str = "",
        pages: tuple[int, ...] = (),
        flags: tuple[str, ...] = (),
    ) -> Page:
        """The page as written, the blocks that are its own furniture told from the publication's."""
        text = "".join(self.parts)
        blocks = boilerplate.set_apart(text, self.blocks)
        seen = next((text[block.start : block.end] for block in blocks if block.kind == TITLE), "")
        return Page(text, blocks, seen or title, published, url, pages, flags)
