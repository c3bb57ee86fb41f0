"""Lines in reading order to paragraphs, headings and tables, those that go over a page break whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from belopp.model import BOILERPLATE, HEADING, PARAGRAPH, TITLE
from belopp.read.lines import ends_sentence
from belopp.read.pdf import borderless
from belopp.read.pdf.lines import Line, joined

_BULLET: Final = re.compile(r"[•·▪‣◦●○■□\uf0b7\uf0a7–—-]\s|(?:\d{1,2}|[a-zåäö])[.)]\s")
_ROUND: Final = 0.5
_LARGER: Final = 1.12
_NOTE: Final = 0.92
_LONGEST_HEADING: Final = 200
_CLOSES: Final = re.compile(r"[.:;!?…][\"”’)\]]*$")


@dataclass(slots=True)
class Part:
    """A paragraph or heading while it is put together: its words page by page."""

    kind: str
    level: int
    words: list[tuple[int, str]]
    size: float
    bold: bool


@dataclass(slots=True)
class Table:
    """A table while it is put together: each row with the page that it is on."""

    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Type:
    """How the document's prose is set, which tells its headings."""

    size: float
    bold: bool
    sizes: tuple[float, ...]  # of the headings, largest first


def compose(pages: Sequence[Sequence[Sequence[Line]]]) -> list[Part | Table]:
    """The parts of a document, in order, from each page's flows."""
    type_ = _type(pages)
    parts: list[Part | Table] = []
    titled = False
    for number, page in enumerate(pages):
        for flow in page:
            first = True
            for part in _parts(flow, number, type_):
                if isinstance(part, Part) and part.kind == HEADING and part.level == 1:
                    part.kind = HEADING if titled or number else TITLE
                    titled = titled or part.kind == TITLE
                if first and number:
                    _notes_first(parts, type_)
                if not (parts and _goes_on(parts[-1], part, breaks=first)):
                    parts.append(part)
                first = False
    return parts


def _notes_first(parts: list[Part | Table], type_: _Type) -> None:
    """Move a paragraph that a page break leaves unfinished past the notes at the foot of its page."""
    place = len(parts)
    while place and isinstance(note := parts[place - 1], Part) and note.size < _NOTE * type_.size:
        place -= 1
    if 0 < place < len(parts):
        before = parts[place - 1]
        if isinstance(before, Part) and before.kind == PARAGRAPH and not _CLOSES.search(before.words[-1][1]):
            if before.words[0][0] == parts[place].words[0][0]:  # type: ignore[union-attr]
                parts.append(parts.pop(place - 1))


def _type(pages: Sequence[Sequence[Sequence[Line]]]) -> _Type:
    letters: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for flow in page:
            for line in flow:
                if not line.rows:
                    letters[_rounded(line.size), line.bold] += len(line.text)
    (size, bold), _ = letters.most_common(1)[0] if letters else ((10.0, False), 0)
    return _Type(size, bold, tuple(sorted({held for held, _ in letters if held >= _LARGER * size}, reverse=True)))


def _rounded(size: float) -> float:
    return round(size / _ROUND) * _ROUND


def _parts(flow: Sequence[Line], page: int, type_: _Type) -> Iterator[Part | Table]:
    """The paragraphs, headings and tables of one flow."""
    contents = _contents(flow)
    stretches = {stretch.first: stretch for stretch in borderless.tables(flow, contents)}
    right = max((line.x1 for line in flow), default=0.0)
    left = min((line.x0 for line in flow), default=0.0)
    pitch = _pitch(flow)
    group: list[Line] = []
    place = 0
    while place < len(flow):
        line = flow[place]
        stretch = stretches.get(place)
        if stretch or line.rows or place in contents or (group and _opens(group, line, pitch, right, left)):
            yield from _part(group, page, type_)
            group = []
        if stretch:
            yield Table([(page, cells) for _, cells in stretch.rows])
            place = stretch.last
            continue
        if place in contents:
            yield Part(BOILERPLATE, 0, [(page, line.text)], line.size, line.bold)
        elif line.rows:
            yield Table([(page, cells) for cells in line.rows])
        else:
            group.append(line)
        place += 1
    yield from _part(group, page, type_)


def _contents(flow: Sequence[Line]) -> frozenset[int]:
    """The places of a table of contents: dots lead from each title to a page, and no page goes before the last."""
    places: list[int] = []
    run: list[int] = []
    page = 0
    for place, line in enumerate((*flow, None)):
        last = line.segments[-1].text if line is not None and line.led else ""
        if last.isdecimal() and len(last) < 4 and int(last) >= page:
            run.append(place)
            page = int(last)
            continue
        if len(run) > 2:
            places.extend(run)
        run, page = [], 0
    return frozenset(places)


def _pitch(flow: Sequence[Line]) -> float:
    """From one line to the next within a paragraph."""
    steps = [b.top - a.top for a, b in pairwise(flow) if 0.3 * a.size < b.top - a.top < 2 * a.size]
    return min(median(steps), 1.5 * min(line.size for line in flow)) if steps else 12.0


def _opens(group: Sequence[Line], line: Line, pitch: float, right: float, left: float) -> bool:
    """Whether a line begins a paragraph of its own."""
    before = group[-1]
    step = line.top - before.top
    # The lines of a large heading, their letters as high as the prose's lines are apart, stand further from each other.
    loose = 1.6 if min(before.size, line.size) >= pitch else 1.35
    if step > loose * max(pitch, before.size) or step < -0.3 * line.size:
        return True
    if abs(line.size - before.size) > 0.12 * before.size or line.bold != before.bold:
        return True
    if _BULLET.match(line.text):
        return True
    if _BULLET.match(group[0].text) and line.x0 < group[0].x0 + 1 and _CLOSES.search(before.text):
        return True
    short = before.x1 < right - 0.2 * (right - left)
    if short and _CLOSES.search(before.text) and not line.text[:1].islower():
        return True
    return line.x0 > before.x0 + before.size and _CLOSES.search(before.text) is not None


def _part(group: Sequence[Line], page: int, type_: _Type) -> Iterator[Part]:
    words = ""
    for line in group:
        words = joined(words, line.text)
    if not words.strip():
        return
    size, bold = _rounded(group[0].size), all(line.bold for line in group)
    large = size >= _LARGER * type_.size
    set_off = large or (bold and not type_.bold)
    short = len(words) <= _LONGEST_HEADING and (not ends_sentence(words) or large and len(words) < 90)
    if set_off and short and not _BULLET.match(words) and any(mark.isalpha() for mark in words):
        level = type_.sizes.index(size) + 1 if large else len(type_.sizes) + 1
        yield Part(HEADING, min(level, 6), [(page, words)], size, bold)
    else:
        yield Part(PARAGRAPH, 0, [(page, words)], size, bold)


def _goes_on(before: Part | Table, part: Part | Table, *, breaks: bool) -> bool:
    """Whether a part only goes on with the one before it where a column or page breaks; then it is added to that."""
    if isinstance(before, Table) and isinstance(part, Table):
        return breaks and _continues(before, part)
    if not (isinstance(before, Part) and isinstance(part, Part)) or before.kind != part.kind:
        return False
    if part.kind != PARAGRAPH:  # a heading over two lines, set apart more widely than prose is
        return False
    text = part.words[0][1]
    unfinished = not _CLOSES.search(before.words[-1][1].rstrip("\u00ad"))
    opening = text.lstrip('”"(')[:1]
    if unfinished and (opening.islower() or opening.isdigit()) and not _BULLET.match(text):
        if breaks or before.words[-1][1].endswith(("\u00ad", "-")):
            before.words.extend(part.words)
            return True
    return False


def _continues(table: Table, part: Table) -> bool:
    """Add the rows of a table at the top of a page to the one at the foot of the page before, its header once."""
    width = len(table.rows[0][1])
    if any(len(cells) != width for _, cells in part.rows):
        return False
    head = 0
    while head < len(part.rows) and head < len(table.rows) and part.rows[head][1] == table.rows[head][1]:
        head += 1
    if not head and not any(mark.isdigit() for cell in part.rows[0][1][1:] for mark in cell):
        return False  # it has a header of its own
    table.rows.extend(part.rows[head:])
    return True
