"""Plain text to blocks: headings without marks, bullets, quotes and tables, told by length, stops and blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, TITLE, Block
from belopp.read import boilerplate
from belopp.read.lines import BLANK, Line, bare, line_at, pieces, place, spans_of_lines, trim

_FINAL_STOP = re.compile(r"[.:;,!][\"”’)\]*]*$")
_INNER_SENTENCE = re.compile(r"[a-zåäö)]\.\s+[A-ZÅÄÖ]")
_FROM = re.compile(
    r"(?:pressmeddelande|artikel|nyhet|debattartikel|tal|uttalande|webbnyhet)\sfrån\s[^.]{3,120}$", re.IGNORECASE
)
_GAP = re.compile(r"[ \u00a0]{3,}")
_WORD = re.compile(r"[^\W\d_]{4,}|\d{4}")
_COMMON = frozenset({"från", "inom", "under", "samt", "till", "eller", "efter", "mellan"})
_PREAMBLE = 15
_LONGEST_TITLE = 300
_LONGEST_HEADING = 160
_FULL = 55  # a line as long as this was wrapped for want of room
_Span = tuple[int, int]


class _Unit(NamedTuple):
    """A stretch of text that is one block in the end: what its marks say, before its neighbours are looked at."""

    block: Block
    indent: int
    text: str


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order, boilerplate marked.

    >>> page = "Nytt avtal\\n\\nStaten avsätter 5 mnkr.\\n\\nKontakta oss\\n\\nKontaktformulär"
    >>> [b.kind for b in blocks_of(page)]
    ['title', 'paragraph', 'boilerplate', 'boilerplate']
    """
    units = list(_units(text))
    return boilerplate.set_apart(text, _headed(units))


def _units(text: str) -> Iterator[_Unit]:
    run: list[_Span] = []
    table = 0
    for start, end in (*spans_of_lines(text), (len(text), len(text))):
        if text[start:end].strip(BLANK):
            run.append((start, end))
            continue
        for rows, lines in _tables(text, run):
            if rows:
                table += 1
                yield from _grid(text, rows, table)
            else:
                yield from _prose(text, [line_at(text, *span) for span in lines])
        run = []


def _tables(text: str, run: Sequence[_Span]) -> Iterator[tuple[list[list[_Span]], list[_Span]]]:
    """Part a run of lines into tables (rows of cell spans) and the other lines, in order."""
    rows: list[list[_Span]] = []
    held: list[_Span] = []  # the lines of ``rows``
    lines: list[_Span] = []
    for span in (*run, None):
        cells = _columns(text, *span) if span else []
        if span and len(cells) > 1 and (not rows or "\t" in text[slice(*span)] or len(cells) == len(rows[-1])):
            rows.append(cells)
            held.append(span)
            continue
        if len(rows) > 1:
            if lines:
                yield [], lines
            yield rows, []
            lines = []
        else:
            lines.extend(held)
        rows, held = [], []
        if span:
            lines.append(span)
    if lines:
        yield [], lines


def _columns(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line: parted by tabs, else by three blanks or more; one cell for a line of prose."""
    held = text[start:end].rstrip(BLANK)
    if not held or ("\t" in held and "\t" not in held.lstrip(" \t") and held.count("\t") < 2):
        return [(start, end)]
    if "\t" in held:
        gaps = [(start + at, start + at + 1) for at, mark in enumerate(text[start:end]) if mark == "\t"]
        begin = start
    else:
        begin, end = trim(text, start, end)
        gaps = [found.span() for found in _GAP.finditer(text, begin, end)]
    cells = []
    for first, last in gaps:
        cells.append(bare(text, begin, first))
        begin = last
    cells.append(bare(text, begin, end))
    marked = text[slice(*cells[0])] in ("•", "·", "-", "–", "*")
    return [(start, end)] if marked else cells


def _grid(text: str, rows: Sequence[Sequence[tuple[int, int]]], table: int) -> Iterator[_Unit]:
    width = max(len(cells) for cells in rows)
    for row, cells in enumerate(rows):
        last = cells[-1][1]
        for column in range(width):
            start, end = cells[column] if column < len(cells) else (last, last)
            yield _Unit(Block(start, end, CELL, table, row, column), 0, text[start:end])


def _prose(text: str, lines: Sequence[Line]) -> Iterator[_Unit]:
    for piece in pieces(lines):
        block = place(text, piece.start, piece.end, piece.kind, 2 if piece.kind == HEADING else 0)
        if block.start < block.end:
            yield _Unit(block, piece.indent, text[block.start : block.end])


def _headed(units: Sequence[_Unit]) -> list[Block]:
    """The units as blocks, those that stand as titles, headings, link titles and preambles told from the prose."""
    own = [boilerplate.is_boilerplate(unit.text) for unit in units]
    for number in range(_preamble(units)):
        own[number] = True
    first = next((number for number, mine in enumerate(own) if not mine), -1)
    heads = [not own[number] and _is_headlike(unit, wrapped=number == first) for number, unit in enumerate(units)]
    last_prose = max((n for n, unit in enumerate(units) if not own[n] and not heads[n]), default=-1)
    blocks: list[Block] = []
    headings: list[str] = []
    depth, before = 2, ""
    indents: list[int] = []
    for number, unit in enumerate(units):
        block = unit.block
        if block.kind != ITEM:
            indents = []
        if own[number]:
            kind, level = BOILERPLATE, 0
        elif heads[number]:
            following = next((n for n in range(number + 1, len(units)) if not own[n]), -1)
            ends = following < 0 or heads[following]
            kind, level = _kind_of_head(unit, headings, before, ends=ends, prose_after=number < last_prose)
            if kind == HEADING:
                depth = 3 if before == HEADING and depth == 2 else depth
                level = depth
            if kind in (TITLE, HEADING):
                headings.append(unit.text)
        elif block.kind == ITEM:
            kind, level = ITEM, _depth(indents, unit.indent)
        else:
            kind, level = block.kind, block.level
        if kind != BOILERPLATE:
            before = kind
        elif heads[number]:
            before = BOILERPLATE
        blocks.append(Block(block.start, block.end, kind, level, block.row, block.column))
    return blocks


def _kind_of_head(
    unit: _Unit, headings: Sequence[str], before: str, *, ends: bool, prose_after: bool
) -> tuple[str, int]:
    """What a short line without a stop is: title, heading, the title of a link at a section's end, or just a line."""
    if headings and any(_same(unit.text, earlier) for earlier in headings):
        return BOILERPLATE, 0
    if len(headings) > 1 and ends and before not in (HEADING, TITLE) and _shares_words(unit.text, headings[-1]):
        return BOILERPLATE, 0
    if not prose_after:
        lonely = not headings and not before
        return (PARAGRAPH, 0) if lonely or any(mark.isdigit() for mark in unit.text) else (BOILERPLATE, 0)
    return (TITLE, 1) if not headings and not before else (HEADING, 2)


def _preamble(units: Sequence[_Unit]) -> int:
    """How many units stand before the title because a ``Pressmeddelande från …`` line comes first."""
    for number, unit in enumerate(units[:_PREAMBLE]):
        if _FROM.match(unit.text):
            return number + 1
        if len(unit.text) > 120 or unit.text.endswith("."):
            return 0
    return 0


def _is_headlike(unit: _Unit, *, wrapped: bool) -> bool:
    """Whether a unit is short and without a stop, as headings are; the title may be long and go over lines."""
    text = unit.text
    if unit.block.kind == HEADING:
        return True
    longest, breaks = (_LONGEST_TITLE, 3) if wrapped else (_LONGEST_HEADING, int(text.find("\n") >= _FULL))
    if unit.block.kind != PARAGRAPH or len(text) > longest or text.count("\n") > breaks:
        return False
    if _FINAL_STOP.search(text) or _INNER_SENTENCE.search(text):
        return False
    opening = text.lstrip("”\"»'–- (")[:1]
    return opening.isupper() or opening.isdigit()


def _same(text: str, other: str) -> bool:
    return text.casefold().strip(BLANK + ".:") == other.casefold().strip(BLANK + ".:")


def _shares_words(text: str, heading: str) -> bool:
    """Whether a line says its section's heading over again in other words, as the title of a link does.

    >>> _shares_words("Överenskommelse om stöd till säkrare vård", "Insatser för säkrare vård")
    False
    >>> _shares_words("Avtal om insatser för en säkrare vård", "Insatser för säkrare vård")
    True
    """
    words, others = ([w for w in _WORD.findall(held.casefold()) if w not in _COMMON] for held in (text, heading))
    few, many = sorted((words, others), key=len)
    shared = sum(any(w.startswith(o[:8]) or o.startswith(w[:8]) for o in many) for w in few)
    return len(few) > 1 and shared >= 0.75 * len(few)


def _depth(indents: list[int], indent: int) -> int:
    """How deep an item with this indent lies among the items before it; keeps ``indents`` up to date."""
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent > indents[-1] + 1:
        indents.append(indent)
    return len(indents)
