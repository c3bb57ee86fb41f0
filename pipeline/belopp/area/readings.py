"""What was read of one document, kept while its outline lives and shared by all of its sums."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from belopp.area.stretch import UNREAD, Stretch
from belopp.area.words import Words, closed_up, in_small_letters, read_words
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Span

Found = TypeVar("Found")


def readings_of(outline: Outline, book: Rulebook) -> Readings:
    """The readings of a document by a rulebook."""
    return outline.kept(("area", book), lambda: Readings(outline, book))


class Readings:
    """One document as a rulebook reads it: its stretches, and whatever else is read once for several sums."""

    __slots__ = ("_kept", "_sentences", "_stretches", "book", "outline", "text")

    def __init__(self, outline: Outline, book: Rulebook) -> None:
        self.outline = outline
        self.book = book
        self.text = outline.document.text
        self._kept: dict[Hashable, Any] = {}
        self._sentences: dict[Span, Words] = {}
        self._stretches: dict[Span, Stretch] = {}

    def kept(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """What ``read`` finds, read only once for a key."""
        found: Found = self._kept.get(key, UNREAD)
        if found is UNREAD:
            found = self._kept[key] = read()
        return found

    def words(self, sentence: Span) -> Words:
        """The words of a sentence or a heading, brackets and all."""
        found = self._sentences.get(sentence)
        if found is None:
            found = self._sentences[sentence] = in_small_letters(self.outline.words(sentence))
        return found

    def stretch(self, span: Span, within: Span | None = None) -> Stretch:
        """The words of a span; of one ``within`` a sentence they are cut out of the sentence's."""
        found = self._stretches.get(span)
        if found is None:
            cut = self.words(span) if within is None or within == span else self._cut(span, self.words(within))
            goes_on = within is not None and span.start > within.start
            found = Stretch(self.text, cut if cut.plain else closed_up(cut, goes_on=goes_on), self.book)
            self._stretches[span] = found
        return found

    def _cut(self, span: Span, whole: Words) -> Words:
        spans = whole.spans
        first, last = bisect_left(spans, (span.start,)), bisect_left(spans, (span.end,))
        cut_before = first > 0 and spans[first - 1][1] > span.start
        if cut_before or last > first and spans[last - 1][1] > span.end:
            return read_words(self.text, span.start, span.end)  # a word goes over the edge: "kronor2"
        return whole.part(first, last)
