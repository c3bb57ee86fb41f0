"""Words to lines: what stands on one height, wide gaps parting it into the cells of a table or columns of prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from belopp.read.pdf.words import SOFT, Word

_GAP: Final = 0.8  # of the size: a gap wider than this parts the cells of a line
_JUSTIFIED: Final = 2.5
_LEAST_WORDS: Final = 4
_DOTS: Final = re.compile(r"[.…_·]+")
_LED: Final = re.compile(r"[.…_·]{3,}$")
_LEAST_DOTS: Final = 3
_KEEPS_HYPHEN: Final = frozenset({"och", "eller", "samt", "respektive", "resp", "till", "men", "o"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line with no wide gap between them: a whole line of prose, or what one cell of a table holds."""

    text: str
    x0: float
    x1: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a ruled table that stands between lines (``rows``)."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float
    size: float
    rows: tuple[tuple[str, ...], ...] = ()
    led: bool = False  # whether dots lead the eye from one segment to the next

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(segment.x1 for segment in self.segments)

    @property
    def text(self) -> str:
        """Its words; three spaces stand for a wide gap, for no number goes on across those."""
        return "   ".join(segment.text for segment in self.segments)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words in lines, top to bottom; words that share half their height share a line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        row = next((row for row in reversed(rows[-3:]) if _shares(row[0], word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    lines = [_line(sorted(row, key=lambda word: word.x0)) for row in rows]
    return sorted(lines, key=lambda line: (line.top + line.bottom, line.x0))


def _shares(first: Word, word: Word) -> bool:
    overlap = min(first.bottom, word.bottom) - max(first.top, word.top)
    return overlap > 0.5 * min(first.size, word.size)


def _line(held: Sequence[Word]) -> Line:
    words = _without_leaders(held)
    size = median(word.size for word in words)
    groups: list[list[Word]] = []
    widest = (_JUSTIFIED if _is_justified(words, size) else _GAP) * size
    for word in words:
        if groups and word.x0 - groups[-1][-1].x1 <= widest:
            groups[-1].append(word)
        else:
            groups.append([word])
    segments = tuple(_segment(group) for group in groups)
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return Line(segments, top, bottom, size, led=len(words) < len(held))


def _is_justified(words: Sequence[Word], size: float) -> bool:
    """Whether a line of prose was stretched to the margin: its gaps are wide, but all the same."""
    if len(words) < _LEAST_WORDS or 2 * sum(word.text[:1].isalpha() for word in words) < len(words):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(words)]
    return max(gaps) <= _JUSTIFIED * size and max(gaps) < 1.4 * min(gaps)


def _without_leaders(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the rows of dots between them, which leave a gap."""
    dots = [_DOTS.fullmatch(word.text) is not None for word in words]
    count = sum(len(word.text) for word, dotted in zip(words, dots, strict=True) if dotted)
    left = [word._replace(text=_LED.sub("", word.text)) for word, dotted in zip(words, dots, strict=True) if not dotted]
    return left if count > _LEAST_DOTS and left else words


def _segment(words: Sequence[Word]) -> Segment:
    return Segment(
        " ".join(word.text for word in words), words[0].x0, max(w.x1 for w in words), all(word.bold for word in words)
    )


def joined(first: str, second: str) -> str:
    """Two lines of one text: a word that was divided at the end of the first is whole again.

    >>> joined("till vård-", "centraler"), joined("skol-", "och vårdsatsningar"), joined("EU-", "stöd")
    ('till vårdcentraler', 'skol- och vårdsatsningar', 'EU-stöd')
    >>> joined("åren 2024-", "2026"), joined("5 miljoner", "kronor"), joined("mil\\u00ad", "joner")
    ('åren 2024-2026', '5 miljoner kronor', 'miljoner')
    """
    if not first or not second:
        return first or second
    if first.endswith(SOFT):
        return first[:-1] + second
    before = first[-2:-1]
    if first.endswith("-") and before.isalnum():
        if second[0].islower() and before.isalpha():
            if second.split(None, 1)[0].strip(".,;:") in _KEEPS_HYPHEN:
                return f"{first} {second}"
            stem = first[:-1].rsplit(None, 1)[-1]
            return first + second if stem.isupper() else first[:-1] + second
        return first + second
    if first[-1] in "–/" and before.isdigit() and second[0].isdigit():
        return first + second
    return f"{first} {second}"
