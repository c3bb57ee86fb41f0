"""What was read of one document, kept while its outline lives and shared by all of its sums."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from belopp.area.stretch import Stretch
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Span, Word, words

Found = TypeVar("Found")
LONG: Final = 4000  # code points of a block from which on its words are not all read for one sentence's sake


def kept(outline: Outline, key: Hashable, read: Callable[[], Found]) -> Found:
    """What ``read`` finds of a purpose, read only once for an outline and a key."""
    return outline.kept(("area", key), read)


def stretch_of(outline: Outline, span: Span, book: Rulebook) -> Stretch:
    """The words of a span of the document."""

    def read() -> Stretch:
        return Stretch.from_words(outline.document.text, words_in(outline, span), book)

    return kept(outline, ("stretch", span, book), read)


def words_in(outline: Outline, span: Span) -> list[Word]:
    """The words of a span, cut out of its block's."""
    text = outline.document.text
    index = outline.block_at(span.start)
    block = outline.blocks[index]
    if span.start < block.start or span.end > block.end or block.end - block.start > LONG:
        return words(text, span.start, span.end)
    found = kept(outline, ("words", index), lambda: words(text, block.start, block.end))
    starts = kept(outline, ("starts", index), lambda: [word.start for word in found])
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    cut_before = first > 0 and found[first - 1].end > span.start
    if cut_before or last > first and found[last - 1].end > span.end:
        return words(text, span.start, span.end)  # a word goes over the edge: "kronor2"
    return found[first:last]
