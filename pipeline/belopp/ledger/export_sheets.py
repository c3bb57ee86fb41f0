"""An export as CSV or as a workbook, and both read back to what the ledger holds."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from belopp.ledger.export_cells import (
    DATE,
    FLAG,
    INTEGER,
    LONGEST_TEXT,
    MONEY,
    Value,
    amount_text,
    escape,
    guard,
    is_kept,
    unescape,
    unguard,
)
from belopp.ledger.export_tables import SHEETS, TYPES, Sheet
from belopp.ledger.money import EXPONENTS
from belopp.ledger.problems import LedgerError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from belopp.ledger.export_books import Books

BOM: Final = "\ufeff"
MOST_LINES: Final = 1_048_576
_MOST_WRITTEN: Final = 8  # _x000D_, and an apostrophe
_WIDTHS: Final = {"sentence": 60, "area": 36, "title": 36, "doc": 30, "amount": 18, "high": 18, "payer": 20}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written: what is between cells and after lines, the decimal mark, a BOM or none."""

    separator: str = ","
    mark: str = "."
    bom: str = ""
    end: str = "\n"


# The second is what Excel and Calc with Swedish settings open by a double click.
DIALECTS: Final = {"": Dialect(), "excel-sv": Dialect(separator=";", mark=",", bom=BOM, end="\r\n")}


# ------------------------------------------------------------------------------------------- CSV


def write_csv(books: Books, path: Path, *, table: str = "postings", dialect: str = "") -> tuple[str, ...]:
    """Write one table as CSV; what is to be told of it."""
    form, sheet = DIALECTS[dialect], SHEETS[table]
    kinds = [kind for _, kind in sheet.columns]
    texts = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(form.bom + _csv_line(sheet.names, form))
        for line in sheet.lines(books):
            cells = [_csv_cell(cell, kind, form) for cell, kind in zip(line, kinds, strict=True)]
            texts += sum(kind == MONEY and cell[:1] == "'" for cell, kind in zip(cells, kinds, strict=True))
            file.write(_csv_line(cells, form))
    return _told(texts)


def _csv_cell(cell: Value, kind: str, form: Dialect) -> str:
    if cell is None:
        return ""
    if kind == FLAG:
        return "true" if cell else "false"
    if kind == MONEY:
        assert isinstance(cell, Decimal)
        # A program reads all the digits; Excel would drop some, so it gets them as a text.
        unkept = "'" if form.bom and not is_kept(cell) else ""
        return unkept + amount_text(cell, mark=form.mark)
    return guard(cell) if isinstance(cell, str) else str(cell)


def _csv_line(cells: Iterable[str], form: Dialect) -> str:
    return form.separator.join(map(_quoted, cells)) + form.end


def _quoted(cell: str) -> str:
    """The cell within quotes if any reader could take it for more than one."""
    if any(mark in cell for mark in '",;\t\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _told(texts: int) -> tuple[str, ...]:
    if not texts:
        return ()
    amounts = "1 amount has" if texts == 1 else f"{texts:,} amounts have"
    return (f"{amounts} more digits than a spreadsheet keeps and stand as text: SUM() passes them over",)


# ------------------------------------------------------------------------------------------- xlsx


def write_xlsx(books: Books, path: Path) -> tuple[str, ...]:
    """Write every table as a sheet of a workbook; what is to be told of it.

    Raises :class:`LedgerError` when a sheet cannot hold the lines, or a cell the text.
    """
    from openpyxl import Workbook

    for sheet in SHEETS.values():
        _check_fit(sheet, books)
    book = Workbook(write_only=True)
    texts = 0
    try:
        for sheet in SHEETS.values():
            texts += _write_sheet(book.create_sheet(sheet.name), sheet, books)
        book.save(path)
    except BaseException as error:
        _abandon(book)
        if type(error).__module__.startswith("lxml"):  # through which openpyxl writes where it is installed
            raise OSError(f"the disk is full or failing ({error})") from error
        raise
    return _told(texts)


def _abandon(book: Workbook) -> None:
    """Close the half-written sheets: left to themselves they would complain on the terminal at the end."""
    for page in book.worksheets:
        for part in (page, getattr(page, "_writer", None)):
            with suppress(Exception):
                part.close()  # type: ignore[union-attr]


def _check_fit(sheet: Sheet, books: Books) -> None:
    """See to it that a sheet holds the lines and its cells the texts: openpyxl would cut them without a word."""
    for count, line in enumerate(sheet.lines(books), 2):
        if count > MOST_LINES:
            raise LedgerError(
                f"the table {sheet.name} has more than the {MOST_LINES - 1:,} lines that a sheet holds; "
                "export it as csv, parquet or duckdb"
            )
        for name, cell in zip(sheet.names, line, strict=True):
            if (
                isinstance(cell, str)
                and len(cell) * _MOST_WRITTEN > LONGEST_TEXT
                and len(escape(guard(cell))) > LONGEST_TEXT
            ):
                raise LedgerError(
                    f"the column {name} of {sheet.name} has a text of {len(cell):,} characters, {cell[:40]!r}…, and a "
                    f"cell holds {LONGEST_TEXT:,}; export it as csv, parquet or duckdb"
                )


def _write_sheet(page: WriteOnlyWorksheet, sheet: Sheet, books: Books) -> int:
    """Write one sheet; how many amounts stand as text in it."""
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for number, name in enumerate(sheet.names, 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 14)
    page.append(_heads(page, sheet.names))
    currency = sheet.names.index("currency") if "currency" in sheet.names else None
    texts = 0
    for line in sheet.lines(books):
        unit = "" if currency is None else str(line[currency])
        cells = [_xlsx_cell(page, cell, unit) for cell in line]
        texts += sum(isinstance(was, Decimal) and not is_kept(was) for was in line)
        page.append(cells)
    return texts


def _heads(page: WriteOnlyWorksheet, names: Iterable[str]) -> list[WriteOnlyCell]:
    from openpyxl.styles import Font

    cells = [_typed_cell(page, name, "s") for name in names]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _xlsx_cell(page: WriteOnlyWorksheet, cell: Value, unit: str) -> object:
    if isinstance(cell, str):
        text = escape(guard(cell))
        # openpyxl takes what begins with = for a formula, which the guard prevents, and #REF! for an error
        return _typed_cell(page, text, "s") if text[:1] == "#" else text or None
    if not isinstance(cell, Decimal):
        return cell
    if not is_kept(cell):
        return guard(amount_text(cell))
    made = _typed_cell(page, amount_text(cell), "n")  # the digits are written as they are: no float comes near them
    made.number_format = "#,##0" + ("." + "0" * EXPONENTS.get(unit, 2)).rstrip(".")
    return made


def _typed_cell(page: WriteOnlyWorksheet, text: str, kind: str) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value=text)
    cell.data_type = kind
    return cell


# ------------------------------------------------------------------------------------------- read back


def read_back(path: Path, *, table: str = "postings") -> Iterator[dict[str, Value]]:
    """The lines of an exported CSV file or workbook by column name, as they were before they were guarded.

    Amounts are Decimals, dates dates, what was empty in a column of numbers ``None``; the dialect of a CSV file is
    told by its first character.  ``table`` is the sheet of a workbook.  Raises :class:`LedgerError` for a file that
    is no export.
    """
    lines = _xlsx_lines(path, table) if path.suffix == ".xlsx" else _csv_lines(path)
    names = [str(name) for name in next(lines, [])]
    if unknown := [name for name in names if name not in TYPES] or ([] if names else ["(none)"]):
        raise LedgerError(f"{path}: an export has no column {unknown[0]}; give a file of belopp ledger export")
    for line in lines:
        line += [None] * (len(names) - len(line))  # a workbook leaves the empty cells at a line's end out
        yield {name: _value(cell, TYPES[name]) for name, cell in zip(names, line, strict=True)}


def _csv_lines(path: Path) -> Iterator[list[Value]]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as file:
        bom = file.read(1) == BOM
        file.seek(0)
        form = DIALECTS["excel-sv" if bom else ""]
        for number, line in enumerate(csv.reader(file, delimiter=form.separator)):
            yield [cell.removeprefix(BOM) if number == 0 else cell for cell in line]


def _xlsx_lines(path: Path, table: str) -> Iterator[list[Value]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        for line in book[table].iter_rows(values_only=True):
            yield [unescape(cell) if isinstance(cell, str) else cell for cell in line]
    finally:
        book.close()


def _value(cell: object, kind: str) -> Value:
    said = "" if cell is None else str(cell)
    if kind == MONEY:
        return Decimal(said.removeprefix("'").replace(",", ".")) if said else None
    if kind == INTEGER:
        return int(said) if said else None
    if kind == FLAG:
        return said.casefold() == "true"
    if kind == DATE:
        if isinstance(cell, datetime):
            return cell.date()
        return date.fromisoformat(said) if said else None
    return unguard(said)
