"""A sum in its sentence, with what stands between it and the sums beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from belopp.find.single import Amount
from belopp.sentences import Span, split_sentences


class Stretch:
    """A sum in its sentence, with what stands between it and its neighbours; ``small`` is the text in small letters.

    ``follows`` and ``leads`` say whether a sum of the same sentence stands before it, and behind it.
    """

    __slots__ = ("amount", "follows", "index", "leads", "left", "right", "sentence", "small", "sums", "text")

    def __init__(self, text: str, small: str, sums: Sequence[Amount], index: int, bounds: Span) -> None:
        self.text, self.small, self.sums, self.index = text, small, sums, index
        self.amount = sums[index]
        start, end = bounds
        earlier = sums[index - 1].end if index else 0
        later = sums[index + 1].start if index + 1 < len(sums) else len(text)
        self.left = (max(start, earlier), self.amount.start)
        self.right = (self.amount.end, min(end, later))
        self.sentence = bounds
        self.follows = index > 0 and earlier > start
        self.leads = index + 1 < len(sums) and later < end


def stretches(text: str, small: str, sums: Sequence[Amount]) -> list[Stretch]:
    """The sums of a paragraph, each in its sentence."""
    sentences = split_sentences(text) or (Span(0, len(text)),)
    starts = [span.start for span in sentences]
    return [
        Stretch(text, small, sums, index, sentences[max(0, bisect_right(starts, amount.start) - 1)])
        for index, amount in enumerate(sums)
    ]
