"""The parts of a PDF written down as one text, with the offset at which each of its pages starts."""

from __future__ import annotations

from collections.abc import Sequence

from belopp.model import PARAGRAPH
from belopp.read.page import Page, Writer
from belopp.read.pdf.lines import joined
from belopp.read.pdf.prose import Part, Table


def write(parts: Sequence[Part | Table], count: int, *, flags: tuple[str, ...]) -> Page:
    """The page that the parts make; ``count`` is how many pages the PDF has."""
    writer = Writer()
    starts: dict[int, int] = {}
    for part in parts:
        if isinstance(part, Table):
            offsets = writer.grid([cells for _, cells in part.rows])
            for (page, _), offset in zip(part.rows, offsets, strict=True):
                starts.setdefault(page, offset)
        else:
            _write_part(writer, part, starts)
    return writer.page(pages=_filled(starts, count, writer.size), flags=flags)


def _write_part(writer: Writer, part: Part, starts: dict[int, int]) -> None:
    words = ""
    for page, more in part.words:
        longer = joined(words, more)
        starts.setdefault(page, writer.size + len(longer) - len(more))
        words = longer
    words = words.replace("\u00ad", "")
    writer.prose(words, part.kind, part.level if part.kind != PARAGRAPH else 0)


def _filled(starts: dict[int, int], count: int, size: int) -> tuple[int, ...]:
    """Where each page starts, one without words where the next one does."""
    pages = []
    following = size
    for page in range(count - 1, -1, -1):
        following = starts.get(page, following)
        pages.append(following)
    pages.reverse()
    return (0, *pages[1:]) if pages else ()
