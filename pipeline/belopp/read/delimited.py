"""CSV to blocks: the lines themselves tell what parts the columns, and each cell keeps its place in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from belopp.model import BOILERPLATE, CELL, PARAGRAPH, TITLE, Block
from belopp.read.grid import stands_as_title, table_rows
from belopp.read.lines import trim

# The semicolon first: where the comma is the decimal mark it cannot part the columns.
_DELIMITERS: Final = (";", "\t", "|", ",")
_EXCEL = re.compile(r"\s*sep=(?P<delimiter>.)[ \t]*(?=\r|\n|$)", re.IGNORECASE)
_SAMPLE: Final = 60
_SAMPLE_CHARACTERS: Final = 20_000
Span = tuple[int, int]


def delimiter_of(text: str, *, named: bool = True) -> str:
    """What parts the columns of a text, or ``""`` when it is no table.

    Where the file's name does not say CSV (``named``), only semicolons in the same number on each of three
    lines or more will do.

    >>> delimiter_of("Region;tkr\\nNorr;4,5\\n"), delimiter_of('Region,tkr\\nNorr,"4,5"\\n')
    (';', ',')
    """
    if not named:
        line = text[: text.find("\n") + 1]
        if ";" not in line or len(line) > 2_000:
            return ""
        counts = [len(row) for row in _sample(text, ";")]
        return ";" if len(counts) > 2 and len(set(counts)) == 1 else ""
    if stated := _EXCEL.match(text):
        return stated["delimiter"]
    best, most = "", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _sample(text, delimiter) if len(row) > 1)
        if not widths:
            continue
        rows = widths.most_common(1)[0][1]
        agreement = rows / widths.total()
        if rows > 1 and agreement > 0.5 and rows * agreement > most:
            best, most = delimiter, rows * agreement
    return best


def _sample(text: str, delimiter: str) -> list[list[Span]]:
    """The first lines that hold anything, as far as they are whole."""
    rows = []
    for row in _rows(text[:_SAMPLE_CHARACTERS], delimiter):
        if any(first < last for first, last in row):
            rows.append(row)
        if len(rows) == _SAMPLE:
            break
    return rows[:-1] if len(text) > _SAMPLE_CHARACTERS and len(rows) > 1 else rows


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(
        rf"""(?:
            [ ]*+"(?P<quoted>(?:[^"]++|"")*+)"[ ]*+(?={mark}|\r|\n|\Z)
          | (?P<plain>[^{mark}\r\n]*+)
        )(?P<end>{mark}|\r\n?|\n|\Z)""",
        re.VERBOSE,
    )


def _rows(text: str, delimiter: str) -> Iterator[list[Span]]:
    """The spans of the cells, row by row; a quoted cell without its quotes."""
    field, row, place = _field(delimiter), list[Span](), 0
    while place <= len(text):
        found = field.match(text, place)
        if found is None:  # unreachable: the plain form takes what the quoted one does not
            break
        start, end = found.span("quoted" if found["quoted"] is not None else "plain")
        first, last = trim(text, start, end)
        row.append((first, last) if first < last else (start, start))
        if found["end"] == delimiter and found.end() > place:
            place = found.end()
            continue
        yield row
        row = []
        if found.end() >= len(text):
            break
        place = found.end()


def blocks_of(text: str) -> tuple[Block, ...]:
    """A table of cells that index the file, and the lines before and after it that fill one cell as prose.

    >>> held = "Medel 2024\\nRegion;tkr\\nNorr;4,5\\n"
    >>> [(block.kind, held[block.start : block.end]) for block in blocks_of(held)][:3]
    [('title', 'Medel 2024'), ('cell', 'Region'), ('cell', 'tkr')]
    """
    delimiter = delimiter_of(text) or ";"
    skipped = _EXCEL.match(text)
    rows = [row for row in _rows(text, delimiter) if any(first < last for first, last in row)]
    words = [[text[first:last] for first, last in row] for row in rows]
    begin, end = table_rows(words)
    blocks: list[Block] = []
    width = max((len(row) for row in rows[begin:end]), default=0)
    number = 0
    for place, row in enumerate(rows):
        if skipped and row[0][0] < skipped.end():
            blocks.append(Block(*trim(text, *skipped.span()), BOILERPLATE))
        elif begin <= place < end:
            blocks.extend(_cells(row, width, number))
            number += 1
        else:
            blocks.extend(_prose(text, row, titled=any(block.kind == TITLE for block in blocks), before=place < begin))
    return tuple(blocks)


def _cells(row: Sequence[Span], width: int, number: int) -> Iterator[Block]:
    last = row[-1][1]
    for column in range(width):
        start, end = row[column] if column < len(row) else (last, last)
        yield Block(start, end, CELL, 1, number, column)


def _prose(text: str, row: Sequence[Span], *, titled: bool, before: bool) -> Iterator[Block]:
    for start, end in row:
        if start < end:
            if before and not titled and stands_as_title(text[start:end]):
                yield Block(start, end, TITLE, 1)
            else:
                yield Block(start, end, PARAGRAPH)
