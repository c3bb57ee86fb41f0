"""A text as it is read: whole letters, whole words, one blank between two words; offsets stay its own.

Rules, actors and number words are written so.  A text from a Mac's file system or a PDF may spell a letter in two
characters (``a`` and a ring), one from the web part its words by soft hyphens, one from a mail its lines at 72
characters, and Markdown sets marks of bold type about a sum: it is composed for reading, and what is found in it is
put back where it stands in the text that was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, NamedTuple

from belopp.model import HEADING, TITLE, Block, Check, Document, Mention, Reason, Row

ACCENTS: Final = ("\u0308", "\u030a", "\u0301", "\u0300")
"""The marks of å, ä, ö, é and à: a text without any of them has whole letters."""
NO_BREAK: Final = ("\u00a0", "\u202f", "\u2009")
"""Blanks that are read as any other."""
_MARKS: Final = (*ACCENTS, "\u00ad")
# Between letters alone: at a word's end a soft hyphen would become part of what stands before it.
_APART: Final = re.compile(
    r"[^\W\d_] (?: [\u0300-\u036f]+ (?:\u00ad+ (?=[^\W\d_]))? | \u00ad+ (?=[^\W\d_]) )", re.VERBOSE
)
# Looked for first: a search for a class of few characters skips letters that have no mark.
_MARKED: Final = re.compile("[\u0300-\u036f\u00ad]+")
_BREAK: Final = re.compile(r"(?:\r\n?|\n)[ \t]*")
# What the layout sets between words: what must stand in a text that has any, where it stands, and as what it is read.
_LAID_OUT: Final = (
    ("*", re.compile(r"\*"), ""),
    ("\\", re.compile(r"\\(?=[!-/:-@\[-`{-~])"), ""),
    ("  ", re.compile(r"  (?<=\S  ) *(?=\S)"), " "),
    (" - ", re.compile(r"-(?<=\S -)(?= \S)"), "–"),
)
# "MSEK 61", "SEK 5 000", "Mkr 30-40", "SEK 5 miljoner"; not "30 mkr 5 gånger", "SEK 2024", "EUR 1,250" or "SEK 3:37"
_CODE: Final = re.compile(r"(?:SEK|Msek|kr|Kr|KR|EUR|Meur|Meuro|€|USD|GBP|NOK|DKK)[ \u00a0](?=\d)")
_SCALE: Final = 3  # letters before a code: "MSEK", "mdrkr"
_FRONTED: Final = re.compile(
    r"""
    (?<![\w$-]) (?<!\d\s) (?<!\)\s) (?<!miljon\s) (?<!miljoner\s) (?<!miljarder\s) (?<!tusen\s)
    (?<!ilj\.\s) (?<!mdr\.\s)
    (?P<unit> (?:[TMtm]|M[ND]|[Mm](?:[nd]|dr|rd))?(?:SEK|KR|kr) | Kr | [Kk]SEK | Msek  # KKR is a council
      | [Mm]?(?:EUR|USD|GBP|NOK|DKK) | M(?:euro?|€) ) [ \u00a0]
    (?P<number> (?!(?:19|20)\d\d\b(?![.,]\d)) \d{1,3} (?: (?:[ \u00a0.]\d{3})+ | \d* ) (?:,\d\d?)?
      (?: [-–]\d+(?:,\d+)? )? (?: [ \u00a0](?:miljon(?:er)?|million|miljard(?:er)?|billion|mdr|m[nd])\b )? )
    (?! \w | [.,]\d | :[\d-] | [ \u00a0](?:m|M|bn)\b | [-–]\d | \s?\(-?[\d,]+\)\s?mil )
    """,
    re.VERBOSE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NAME: Final = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]+")
_VOWEL: Final = re.compile(r"[aeiouyåäöé]")
_SIGNS: Final = re.compile(r"[\W\d_]+")
_HEADLINE: Final = 8  # letters: what is shorter may be an acronym
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
        title = composed(document.title)
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


def composed(text: str) -> Composed | None:
    r"""The text with whole letters and words, or ``None`` when it has no others that could be.

    >>> found = composed("tva\u030a kronor")
    >>> found.text, found.back(0, 3), found.back(3, 10)
    ('två kronor', (0, 4), (4, 11))
    """
    return _composed(text, _spelled(text))


def _spelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Every letter that is spelled with marks or has a soft hyphen after it, and the letter by itself."""
    if not any(map(text.__contains__, _MARKS)):
        return
    for marks in _MARKED.finditer(text):
        if found := _APART.match(text, max(marks.start() - 1, 0)):
            yield *found.span(), _whole(found[0])


def as_read(document: Document) -> Composed | None:
    """The text of a document as it is read, or ``None`` when it stands so.

    The lines of a block become one, and marks of bold type are not there.  A currency before its number is behind,
    and a headline in capitals is in the letters of the text.
    """
    return _unmarked(document) or turned(document.text) or _in_small(document)


def turned(text: str) -> Composed | None:
    """The text with every currency or unit of accounts behind its number, or ``None`` when none stands before one.

    >>> found = turned("Bidraget är Mkr 30.")
    >>> found.text, found.back(12, 18)
    ('Bidraget är 30 Mkr.', (16, 18))
    """
    return _composed(text, _turned(text))


def _unmarked(document: Document) -> Composed | None:
    text = document.text
    return _composed(text, sorted((*_broken(text, document.blocks), *_set_off(text), *_spelled(text))))


def _broken(text: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int, str]]:
    """Every break of lines within a block, which is read as a blank, and every other that no newline makes."""
    inside = [block for block in blocks if text.find("\n", block.start, block.end) >= 0]
    if not inside and "\r" not in text:
        return
    starts, ends = [block.start for block in inside], [block.end for block in inside]
    done = 0
    for found in _BREAK.finditer(text):
        start, end = found.span()
        if start > done and text[start - 1] == " ":  # one blank goes with it
            start -= 1
        done = end
        block = bisect_left(starts, start) - 1
        one_line = block >= 0 and start < ends[block]
        if one_line or "\r" in found[0]:
            yield start, end, " " if one_line else "\n"


def _set_off(text: str) -> Iterator[tuple[int, int, str]]:
    """Every mark, run of blanks and hyphen between words that is read otherwise than it stands, and how."""
    for sign, sought, said in _LAID_OUT:
        if sign in text:
            for found in sought.finditer(text):
                yield *found.span(), said


def _turned(text: str) -> Iterator[tuple[int, int, str]]:
    """Every currency or unit of accounts that stands before its number: it is read behind it, as most are written."""
    for code in _CODE.finditer(text):
        for start in range(max(0, code.start() - _SCALE), code.start() + 1):
            if found := _FRONTED.match(text, start):
                last = found.end() - 1
                yield start, found.start("number"), ""
                yield last, last + 1, f"{text[last]} {found['unit']}"
                break


def _in_small(document: Document) -> Composed | None:
    """The document with each word of its headlines in capitals as its text writes it: a name, an acronym or neither."""
    text = document.text
    heads = [(block.start, block.end) for block in document.blocks if block.kind in (TITLE, HEADING)]
    heads = [
        span for span in heads if text[slice(*span)].isupper() and len(_SIGNS.sub("", text[slice(*span)])) >= _HEADLINE
    ]
    if not heads:
        return None
    edges = (0, *(edge for span in heads for edge in span), len(text))
    rest = "\n".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    said, names = set(_LETTERS.findall(rest)), set(_NAME.findall(rest))
    found = ((word, start) for start, end in heads for word in _LETTERS.finditer(text, start, end))
    return _composed(text, [(*word.span(), _small(word[0], said, names, word.start() == at)) for word, at in found])


def _small(word: str, said: AbstractSet[str], names: AbstractSet[str], first: bool) -> str:
    plain, name = lowered(word), word.capitalize()
    if plain not in said:
        if word in said or not _VOWEL.search(plain):  # "SKR", "LSS"
            return word
        if name in names or name.removesuffix("s") in names:
            return name
    return name if first else plain


def _whole(piece: str) -> str:
    """A letter with its marks as one, and without the soft hyphen after it."""
    return unicodedata.normalize("NFC", piece.rstrip("\u00ad"))


def _composed(text: str, unread: Iterable[tuple[int, int, str]]) -> Composed | None:
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


def spaced(document: Document) -> Document:
    r"""The document with plain blanks for those that keep two words on a line; every offset stays its own.

    >>> spaced(Document("a.md", "5\u00a0miljoner till\u202fSkolverket")).text
    '5 miljoner till Skolverket'
    """
    text = document.text
    for blank in NO_BREAK:
        if blank in text:
            text = text.replace(blank, " ")
    return document if text is document.text else document._replace(text=text)


def lowered(text: str) -> str:
    """The text in lower case, each character in its place.

    >>> lowered("Två MILJONER"), len(lowered("İ"))
    ('två miljoner', 1)
    """
    return text.replace("İ", "i").lower()  # the one letter whose lower case is written in two characters
