"""A text as it is read, and where each of its characters stands in the text that was given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, NamedTuple

from belopp.composing.letters import spelled
from belopp.model import Block, Check, Document, Mention, Reason, Row

_AT: Final = attrgetter("at")
_START: Final = attrgetter("start")


class Run(NamedTuple):
    """Characters of a composed text from ``at`` on: those of the text given from ``start`` to ``end``.

    One for one, or, when ``whole``, all of them for all.
    """

    at: int
    start: int
    end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A text as it is read, and the runs of characters that it is made of, in their order."""

    text: str
    runs: tuple[Run, ...]

    def forth(self, offset: int) -> int:
        """The place in the composed text of an offset into the text given."""
        index = bisect_right(self.runs, offset, key=_START) - 1
        if index < 0:
            return 0
        at, start, end, whole = self.runs[index]
        if offset < end and not whole:
            return at + offset - start
        after = self.runs[index + 1].at if index + 1 < len(self.runs) else len(self.text)
        return at if offset == start else after

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text given of a stretch of the composed text."""
        first = self._back(start)
        return first, self._back(end - 1, ends=True) if end > start else first

    def _back(self, place: int, *, ends: bool = False) -> int:
        """Where a character of the composed text starts or ``ends`` in the text given; past the last one, its end."""
        at, start, end, whole = self.runs[bisect_right(self.runs, place, key=_AT) - 1]
        if whole:
            return end if ends or place > at else start
        return min(start + place - at + ends, end)

    def block(self, block: Block, *, back: bool = False) -> Block:
        """A block of the text given as one of the composed text, or the other way ``back``."""
        places = self.back(block.start, block.end) if back else (self.forth(block.start), self.forth(block.end))
        return block._replace(start=places[0], end=places[1])

    def document(self, document: Document) -> Document:
        """The document with the composed text."""
        blocks = tuple(map(self.block, document.blocks))
        title = compose(document.title, spelled(document.title))
        return document._replace(
            text=self.text,
            title=title.text if title else document.title,
            blocks=blocks,
            pages=tuple(map(self.forth, document.pages)),
        )

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """Reasons with the places in the text given."""
        return tuple(Reason(r.column, r.rule, *self.back(r.start, r.end)) for r in reasons)

    def mention(self, mention: Mention, text: str) -> Mention:
        """A mention in the composed text as one in ``text``, which was given."""
        start, end = self.back(mention.start, mention.end)
        return replace(mention, start=start, end=end, text=text[start:end], because=self.reasons(mention.because))

    def row(self, row: Row, text: str) -> Row:
        """A row of the composed text as one of ``text``, which was given."""
        start, end = self.back(row.start, row.end)
        return replace(
            row,
            start=start,
            end=end,
            text=text[start:end],
            part_of=None if row.part_of is None else self._back(row.part_of),
            same_as=None if row.same_as is None else self._back(row.same_as),
            because=self.reasons(row.because),
        )

    def check(self, check: Check) -> Check:
        """A check of the composed text's sums as one of those in the text given."""
        return replace(
            check,
            total=self._back(check.total),
            parts=tuple(self._back(part) for part in check.parts),
            mend=None if check.mend is None else self._back(check.mend),
            because=self.reasons(check.because),
        )


def compose(text: str, unread: Iterable[tuple[int, int, str]]) -> Composed | None:
    """The text with each of the stretches ``unread`` as it is read."""
    stretches = [*unread]
    if not stretches:
        return None
    parts: list[str] = []
    runs: list[Run] = []
    at = done = 0
    for start, end, said in (*stretches, (len(text), len(text), "")):
        if start > done:
            parts.append(text[done:start])
            runs.append(Run(at, done, start, whole=False))
            at += start - done
        if said:
            parts.append(said)
            runs.append(Run(at, start, end, whole=True))
            at += len(said)
        done = end
    whole = "".join(parts)  # the same when the marks belong to no letter, or make none with theirs
    return Composed(whole, tuple(runs)) if whole != text and whole else None
