"""XLSX to text: each sheet a table, its numbers as a Swedish reader sees them, the lines above and below as prose."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from belopp.model import HEADING, PARAGRAPH, TITLE
from belopp.read.grid import Cell, laid_out, stands_as_title, table_rows
from belopp.read.page import PLAIN, SPACES, Page, Writer

if TYPE_CHECKING:
    from openpyxl.cell import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_GENERIC: Final = re.compile(r"(?:blad|sheet|ark|tabell|table)\s*\d*", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})\"")
# A formula whose value was never worked out: some programs leave that to Excel.
_UNCOMPUTED: Final = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"
)
_LITERAL: Final = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)')
_PLACES: Final = re.compile(r"[0#?](?:[0#?, ]*[0#?])?(?:\.(?P<decimals>[0#?]+))?(?P<thousands>,*)")
_CURRENCY: Final = re.compile(r"kr|kronor|sek|[mt]kr|mnkr|mdkr|€|eur|\$|usd|£|milj", re.IGNORECASE)
_PRECISION: Final = 15  # the digits that Excel keeps of a number
_SHEETS: Final = 200
_MERGES: Final = 10_000
_TALLEST, _WIDEST = 1_000, 200


class Range(NamedTuple):
    """Merged cells, by row and column from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


def page_of(data: bytes) -> Page:
    """The text of a workbook: each sheet that is not hidden, by its title or name, then its table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: validation, drawings, dates out of bounds
        return _page_of(data)


def _page_of(data: bytes) -> Page:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    writer, flags = Writer(), list[str]()
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(sheets) < len(book.worksheets):
            flags.append("hidden sheets left out")
        if len(sheets) > _SHEETS:
            flags.append(f"only the first {_SHEETS} sheets read")
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for sheet in sheets[:_SHEETS]:
                source = archive.read(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
                if _UNCOMPUTED.search(source) and "formulas without values" not in flags:
                    flags.append("formulas without values")
                _write_sheet(writer, sheet, source)
    finally:
        book.close()
    return writer.page(flags=tuple(flags))


def _write_sheet(writer: Writer, sheet: ReadOnlyWorksheet, source: bytes) -> None:
    sheet.reset_dimensions()  # what the file says of its size need not be true
    rows = _filled(_rows(sheet), list(_merged(source)))
    begin, end = table_rows(rows)
    above = [words for row in rows[:begin] for words in row if words]
    kind, level = (HEADING, 2) if writer.titled else (TITLE, 1)
    if above and stands_as_title(above[0]):
        writer.prose(above.pop(0), kind, level)
    elif rows and not _GENERIC.fullmatch(sheet.title.strip()):
        writer.prose(SPACES.sub(" ", sheet.title), kind, level)
    for words in above:
        writer.prose(words, PARAGRAPH, 0)
    if begin < end:
        left = min(column for row in rows[begin:end] for column, words in enumerate(row) if words)
        writer.grid([row[left:] for row in rows[begin:end]])
    for row in rows[end:]:
        writer.prose(" ".join(filter(None, row)), PARAGRAPH, 0)


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[str]]]:
    """The words of each row that has any, with its number from 1."""
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [shown(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if row:
            yield number, row


def _filled(rows: Iterator[tuple[int, list[str]]], merged: Sequence[Range]) -> list[list[str]]:
    """The rows, merged cells laid out as spans."""
    numbered = list(rows)
    if not merged:
        return [row for _, row in numbered]
    places = {number: place for place, (number, _) in enumerate(numbered)}
    spans = {(held.top, held.left): held for held in merged}
    covered: set[tuple[int, int]] = set()
    grid: list[list[Cell]] = []
    for number, row in numbered:
        cells = []
        for column, words in enumerate(row, 1):
            if (number, column) in covered:
                continue
            held = spans.get((number, column), Range(number, column, number, column))
            below = [n for n in range(number, min(held.bottom, number + _TALLEST) + 1) if n in places]
            wide = range(column, min(held.right, column + _WIDEST) + 1)
            covered.update((n, c) for n in below for c in wide)
            cells.append(Cell(words, len(below), len(wide)))
        grid.append(cells)
    return laid_out(grid)


def _merged(source: bytes) -> Iterator[Range]:
    from openpyxl.utils.cell import coordinate_to_tuple

    for found in islice(_MERGED.finditer(source), _MERGES):
        yield Range(*coordinate_to_tuple(found[1].decode()), *coordinate_to_tuple(found[2].decode()))


def shown(cell: ReadOnlyCell) -> str:
    """A cell as its reader sees it, in Swedish: ``1 234,5 tkr``, ``2024-09-17``, ``25 %``."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return number_shown(value, str(cell.number_format or ""))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return SPACES.sub(" ", str(value).translate(PLAIN)).strip()


def number_shown(value: float, pattern: str = "") -> str:
    """A number as its cell's format shows it: scaled, in per cent, with the unit that the format adds.

    Figures that the format would round off stay, and so does the whole number.

    >>> number_shown(1234567.5), number_shown(0.25, "0%"), number_shown(45000, '#,##0 "tkr"')
    ('1 234 567,5', '25 %', '45 000 tkr')
    >>> number_shown(45000000, '#,##0,'), number_shown(2024)
    ('45 000', '2024')
    """
    pattern = pattern.split(";")[0]
    if pattern == "General":
        pattern = ""
    units = [next(filter(None, found), "").strip() for found in _LITERAL.findall(pattern)]
    places = _PLACES.search(_LITERAL.sub("", pattern))
    exact = Decimal(format(value, f".{_PRECISION}g"))
    if places and places["thousands"]:
        exact = (exact / 1000 ** len(places["thousands"])).quantize(Decimal(1).scaleb(-len(places["decimals"] or "")))
    percent = " %" if "%" in _LITERAL.sub("", pattern) else ""
    if percent:
        exact *= 100
    unit = next((f" {unit}" for unit in units if _CURRENCY.fullmatch(unit)), "")
    return grouped(exact, years=not unit) + percent + unit


def grouped(value: Decimal, *, years: bool = True) -> str:
    """A number with spaces between its thousands and a comma before its decimals; four digits stand together.

    >>> grouped(Decimal("-1234567.50")), grouped(Decimal("2024"))
    ('-1 234 567,5', '2024')
    """
    whole, _, decimals = format(value, "f").partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) > (4 if years else 3):
        digits = f"{int(digits):,}".replace(",", " ")
    decimals = decimals.rstrip("0")
    return f"{sign}{digits},{decimals}" if decimals else f"{sign}{digits}"
