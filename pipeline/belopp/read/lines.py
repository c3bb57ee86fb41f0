"""What Markdown and plain text share: a stretch of lines parted into the paragraphs, items and quotes it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from belopp.model import HEADING, ITEM, PARAGRAPH, QUOTE, Block

_BREAK = re.compile(r"\r\n?|\n")
# Characters that show nothing: a block neither starts nor ends with one.
BLANK = " \t\r\n\x0b\x0c\u00a0\u00ad\u2009\u200b\u200c\u200d\u202f\u2028\u2029\u2060\ufeff"
_MARK = re.compile(
    r"""(?P<mark>
        [•·▪‣◦●○■□\uf0b7][ \t\u00a0]*
      | (?:\d{1,2}|[a-zåäö])\)[ \t\u00a0]+
      | (?P<number>\d{1,2}\\?\.)[ \t\u00a0]+(?=[^\W\d]|["”'(])
      | \\?(?P<sign>-)[ \t\u00a0]+ | (?:[*+][ \t\u00a0]+)
      | (?P<dash>[–−—―])[ \t\u00a0]*(?=\S)
    )""",
    re.VERBOSE,
)
_ATTRIBUTION = re.compile(
    r"\b(?:säger|sade|sa|skriver|skrev|kommenterar|menar|berättar|förklarar|konstaterar|understryker|framhåller|betonar)\b"
)
_SENTENCE_END = re.compile(r"""[.!?…]["”’'»)\]*_]*$""")
_STOP = re.compile(r"""[.:;!?…]["”’'»)\]*_]*$""")
_UNFINISHED = re.compile(
    r"(?:[,–-]|\b(?:och|eller|samt|i|på|av|till|för|med|om|att|som|en|ett|den|det|de|från|under|via|hos|vid|per"
    r"|inom|mot|enligt|högst|minst|cirka|ca|drygt|totalt|är|har))$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^.:\d]{2,70}:\s+\S[^\n]{0,60}$")
_BOLD = re.compile(r"(?:\*\*|__)(?P<bold>[^*\n]+?)(?:\*\*|__):?$")
_WORD = re.compile(r"\w")
_SHORT = 40
_WIDEST = 100  # nobody wraps lines by hand wider than this


class Line(NamedTuple):
    """A line of the text without its newline and the blanks around it; ``indent`` is the width of those before it."""

    start: int
    end: int
    indent: int
    text: str


class Piece(NamedTuple):
    """A run of lines that the layout keeps together, and what its mark says it is."""

    start: int
    end: int
    kind: str
    indent: int
    text: str


def spans_of_lines(text: str) -> list[tuple[int, int]]:
    """Where each line starts and ends, newline left out: ``\\n``, ``\\r\\n`` and a lone ``\\r`` all end one.

    >>> spans_of_lines("ett\\r\\ntvå")
    [(0, 3), (5, 8)]
    """
    spans, start = [], 0
    if "\r" not in text:
        for line in text.split("\n"):
            spans.append((start, start + len(line)))
            start += len(line) + 1
        return spans
    for found in _BREAK.finditer(text):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(text)))
    return spans


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its ends; an empty one stays where it started."""
    while start < end and text[end - 1] in BLANK:
        end -= 1
    while start < end and text[start] in BLANK:
        start += 1
    return start, end


def line_at(text: str, start: int, end: int) -> Line:
    """The :class:`Line` of a span."""
    first, last = trim(text, start, end)
    if first == start:
        return Line(first, last, 0, text[first:last])
    indent = sum(4 if mark == "\t" else 1 for mark in text[start:first]) if first < last else 0
    return Line(first, last, indent, text[first:last])


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and without emphasis that wraps the whole of it: ``**2026**`` gives ``2026``."""
    first = start
    start, end = trim(text, start, end)
    if start == end:
        return first, first
    if text[start] not in "*_":
        return start, end
    for mark in ("***", "**", "__", "*", "_"):
        size = len(mark)
        if end - start > 2 * size and text.startswith(mark, start) and text.endswith(mark, start, end):
            inner = text[start + size : end - size]
            if mark not in inner and not inner.endswith("\\"):
                return trim(text, start + size, end - size)
    return start, end


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets apart."""
    return _SENTENCE_END.search(text) is not None


def attributes(text: str) -> bool:
    """Whether a line says who says it: ``…, säger ministern.``"""
    return _ATTRIBUTION.search(text) is not None


def opens_quote(text: str) -> bool:
    """Whether what follows a dash is speech: it opens with a capital (or a quoted word) and ends as a sentence.

    >>> opens_quote("Vi satsar, säger ministern."), opens_quote("att stärka vården"), opens_quote("Skolverket 5 mnkr")
    (True, False, False)
    """
    opening = text.lstrip("”\"»'*_")[:1]
    return opening.isupper() and (ends_sentence(text) or attributes(text))


def breaks_off(line: str, after: str, width: int) -> bool:
    """Whether the break between two lines is meant, and not only where a long line was wrapped at ``width``.

    >>> breaks_off("Nr 33", "Konvention om kulturarvet", 60), breaks_off("avsätts för", "20 miljoner", 18)
    (True, False)
    """
    if not _WORD.search(line):
        return True  # a lone dash
    opening = after.lstrip("”\"»'*_([")[:1]
    if opening.islower() or not opening:
        return False
    word = after.split(None, 1)[0]
    had_room = len(line) + 1 + len(word) + 15 <= width
    if _STOP.search(line):
        return had_room or width < 60 or len(line) > _WIDEST
    wrapped = len(line) >= _SHORT and (width <= 2 * _WIDEST or after.startswith("("))
    if wrapped or _UNFINISHED.search(line) or opening.isdigit():
        return False
    return had_room or width < 60


def is_unmarked(text: str, start: int = 0) -> bool:
    """Whether a line opens with a letter that numbers no item, so that it is a paragraph when it stands alone.

    >>> is_unmarked("Vi ger 5 mnkr."), is_unmarked("a) vård"), is_unmarked("– Vi ger, säger hon."), is_unmarked("")
    (True, False, False, False)
    """
    return text[start : start + 1].isalpha() and text[start + 1 : start + 2] != ")"


def pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    """Part consecutive lines at marks (``•``, ``– Vi …``), at breaks that are meant and at a bold line by itself.

    A dash that opens speech makes a quote and any other mark an item; a mark is outside its span.
    """
    if not lines:
        return
    if len(lines) == 1 and is_unmarked(lines[0].text):
        yield _piece(lines, PARAGRAPH)
        return
    width = max(len(line.text) for line in lines)
    marks = [_MARK.match(line.text) for line in lines]
    dashes = [m is not None and (m["dash"] is not None or m["sign"] == "-") for m in marks]
    tight = any(first and second for first, second in pairwise(dashes))
    labels = sum(_LABEL.match(line.text) is not None for line in lines) >= 2
    group: list[Line] = []
    kind, hang, dashed = PARAGRAPH, 0, False
    for line, mark, dash in zip(lines, marks, dashes, strict=True):
        if mark and mark["number"] and group and kind != ITEM and not _STOP.search(group[-1].text):
            mark = None  # "senast den⏎ 30. …": a number that a wrapped line happens to begin with
        if group and mark is None and not _parts(group[-1], line, kind, hang, width, labels=labels):
            group.append(line)
            continue
        if group:
            yield _piece(group, kind, dashed=dashed, tight=tight)
        group, kind, hang, dashed = [line], PARAGRAPH, 0, dash
        if mark is not None:
            kind, hang = ITEM, len(mark["mark"])
            group = [Line(line.start + mark.end(), line.end, line.indent, line.text[mark.end() :])]
        elif _BOLD.match(line.text) and not ends_sentence(line.text.rstrip("*_")) and len(line.text) <= 120:
            kind = HEADING
        elif labels and _LABEL.match(line.text):
            kind = ITEM
    if group:
        yield _piece(group, kind, dashed=dashed, tight=tight)


def _parts(before: Line, line: Line, kind: str, hang: int, width: int, *, labels: bool) -> bool:
    if kind == HEADING or _BOLD.match(line.text):
        return True
    if kind == ITEM and hang and line.indent >= before.indent + hang:
        return False
    if labels and _LABEL.match(line.text):
        return True
    return breaks_off(before.text, line.text, width)


def _piece(group: Sequence[Line], kind: str, *, dashed: bool = False, tight: bool = False) -> Piece:
    """The lines of ``group`` as one; an item whose mark is a dash is a quote when it is speech, to its last line.

    Where dashes stand in ``tight`` rows, only what says who says it is speech.
    """
    first = group[0]
    said = first.text if len(group) == 1 else " ".join([line.text for line in group])
    if dashed and kind == ITEM and opens_quote(said) and (not tight or attributes(said)):
        kind = QUOTE
    return Piece(first.start, group[-1].end, kind, first.indent, said)


def place(text: str, start: int, end: int, kind: str, level: int) -> Block:
    """A block over the span, without blanks or wrapping emphasis."""
    first, last = bare(text, start, end)
    return Block(first, last, kind, level)
