"""A text is read with whole letters and whole words, ``å`` for ``a`` and a ring; offsets stay its own.

Rules, actors and number words are written so.  A text from a Mac's file system or a PDF may spell a letter in two
characters, and one from the web may part its words by soft hyphens, which nobody sees: it is composed for reading, and
what is found in it is put back where it stands in the text that was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from belopp.model import Block, Check, Document, Mention, Reason, Row

# The marks of å, ä, ö, é and à, and the soft hyphen: a text without any of them is read as it is.
_MARKS: Final = ("\u0308", "\u030a", "\u0301", "\u0300", "\u00ad")
# Between letters alone: at a word's end a soft hyphen would become part of what stands before it.
_SPELLED: Final = re.compile(
    r"""[^\W\d_] (?: [\u0300-\u036f]+ (?:\u00ad+ (?=[^\W\d_]))? | \u00ad+ (?=[^\W\d_]) )""", re.VERBOSE
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with whole letters and words, and where each of its characters (and its end) stands in the text given."""

    text: str
    offsets: tuple[int, ...]

    def forth(self, offset: int) -> int:
        """The place in the composed text of an offset into the text given."""
        return bisect_right(self.offsets, offset) - 1

    def block(self, block: Block, *, back: bool = False) -> Block:
        """A block of the text given as one of the composed text, or the other way ``back``."""
        if back:
            return block._replace(start=self.offsets[block.start], end=self.offsets[block.end])
        return block._replace(start=self.forth(block.start), end=self.forth(block.end))

    def document(self, document: Document) -> Document:
        """The document with the composed text."""
        blocks = tuple(map(self.block, document.blocks))
        title = composed(document.title)
        return document._replace(
            text=self.text,
            title=title.text if title else document.title,
            blocks=blocks,
            pages=tuple(map(self.forth, document.pages)),
        )

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """Reasons with the places in the text given."""
        return tuple(r._replace(start=self.offsets[r.start], end=self.offsets[r.end]) for r in reasons)

    def mention(self, mention: Mention, text: str) -> Mention:
        """A mention in the composed text as one in ``text``, which was given."""
        start, end = self.offsets[mention.start], self.offsets[mention.end]
        because = self.reasons(mention.because)
        return replace(mention, start=start, end=end, text=text[start:end], because=because)

    def row(self, row: Row, text: str) -> Row:
        """A row of the composed text as one of ``text``, which was given."""
        start, end = self.offsets[row.start], self.offsets[row.end]
        return replace(
            row,
            start=start,
            end=end,
            text=text[start:end],
            part_of=None if row.part_of is None else self.offsets[row.part_of],
            same_as=None if row.same_as is None else self.offsets[row.same_as],
            because=self.reasons(row.because),
        )

    def check(self, check: Check) -> Check:
        """A check of the composed text's sums as one of those in the text given."""
        return replace(
            check,
            total=self.offsets[check.total],
            parts=tuple(self.offsets[part] for part in check.parts),
            mend=None if check.mend is None else self.offsets[check.mend],
            because=self.reasons(check.because),
        )


def composed(text: str) -> Composed | None:
    r"""The text with whole letters and words, or ``None`` when it has no others that could be.

    >>> found = composed("tva\u030a kronor")
    >>> found.text, found.offsets[2:5]
    ('två kronor', (2, 4, 5))
    """
    for mark in _MARKS:  # a loop costs half of any() over a generator, and every text comes by
        if mark in text:
            return _composed(text)
    return None


def _composed(text: str) -> Composed | None:
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for found in _SPELLED.finditer(text):
        whole = unicodedata.normalize("NFC", found[0].rstrip("\u00ad"))
        start, end = found.span()
        parts += (text[done:start], whole)
        offsets.extend(range(done, start + 1))
        offsets.extend(range(end - len(whole) + 1, end))
        done = end
    parts.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    whole = "".join(parts)  # the same when the marks belong to no letter, or make none with theirs
    return Composed(whole, tuple(offsets)) if whole != text else None


def lowered(text: str) -> str:
    """The text in lower case, each character in its place.

    >>> lowered("Två MILJONER"), len(lowered("İ"))
    ('två miljoner', 1)
    """
    return text.replace("İ", "i").lower()  # the one letter whose lower case is written in two characters
