"""The gold's sheets: hand-labelled rows as CSV files that git shows line by line, and the way there and back."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from belopp.gold.problems import GoldError
from belopp.model import COLUMNS, LONGEST_CELL, VOCABULARIES, Row
from belopp.score.cells import decimal, offset
from belopp.score.sheets import MAY_LACK, in_guide
from belopp.tables import OutOfBounds, csv_text, guide_cells

JOURNAL: Final = "journal.csv"
"""Beside the sheets: who decided what, and when."""

_BESIDE: Final = frozenset({JOURNAL, "disputed.csv"})

SHEET: Final = "amounts.csv"
"""The sheet of a document that no other sheet has rows of."""


def sheet_paths(folder: Path) -> list[Path]:
    """The sheets of a folder of gold, by name: every CSV file but the journal and what adjudication left open."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.csv") if path.name not in _BESIDE and path.is_file())


def read_rows(path: Path) -> list[Row]:
    """The rows of one sheet.  Raises :class:`GoldError` with the line that is no row."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror or error}; check the path and who may read it") from error
    return parse_rows(data, name=str(path))


def parse_rows(data: bytes, *, name: str) -> list[Row]:
    """The rows in the bytes of a sheet; ``name`` is what an error calls it."""
    known = _known.get(hashlib.sha256(data).digest())
    if known is None:
        known = _parsed(data, name)
        remember(data, known)
    return list(known)


# A reviewer saves every few seconds, and a sheet is mostly what this process read or wrote last.
_known: dict[bytes, tuple[Row, ...]] = {}
_knowing = Lock()
_SHEETS_KNOWN: Final = 8


def remember(data: bytes, rows: Iterable[Row]) -> None:
    """Keep in mind that the bytes of a sheet hold these rows."""
    with _knowing:
        _known[hashlib.sha256(data).digest()] = tuple(rows)
        while len(_known) > _SHEETS_KNOWN:
            del _known[next(iter(_known))]


def _parsed(data: bytes, name: str) -> tuple[Row, ...]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), restval="", strict=True)
        _hold_columns(name, reader.fieldnames or ())
        return tuple(_row_at(name, reader.line_num, cells) for cells in reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise GoldError(f"{name}: {error}; save it as CSV in UTF-8, separated by commas") from error


def _hold_columns(name: str, present: Iterable[str]) -> None:
    names = list(present)
    lacking = [column for column in COLUMNS if column not in names and column not in MAY_LACK]
    foreign = [column for column in names if column not in COLUMNS]
    if lacking:
        raise GoldError(f"{name}: no column {', '.join(lacking)}; gold has the columns {', '.join(COLUMNS)}")
    if foreign:  # they would be lost at the next save
        raise GoldError(f"{name}: column {', '.join(foreign)} is not the guide's; keep it in a file of its own")


def _row_at(name: str, line: int, cells: Mapping[str | None, object]) -> Row:
    if None in cells:
        raise GoldError(f"{name} line {line}: more cells than columns; quote a cell that holds a comma")
    try:
        return row_of({str(column): str(cell) for column, cell in cells.items()})
    except ValueError as error:
        raise GoldError(f"{name} line {line}: {error}; mend the line or take it out") from error


def row_of(cells: Mapping[str, str]) -> Row:
    """The row that a line of a sheet says, cells by the guide's columns.

    Raises ``ValueError`` for what the guide does not allow.

    >>> row = row_of({"doc": "a.md", "start": "0", "end": "6", "text": "500 kr", "low": "500", "payer": "EU|staten"})
    >>> row.high, row.payer, row.part_of
    (Decimal('500'), ('EU', 'staten'), None)
    """
    said = {column: (cells.get(column) or "") for column in COLUMNS}
    low = _money("low", said["low"])
    high = _money("high", said["high"]) if said["high"] else low
    start, end = offset(said["start"]), offset(said["end"])
    if not said["doc"]:
        raise ValueError("it names no document")
    if not 0 <= start < end:
        raise ValueError(f"start {said['start']!r}, end {said['end']!r} are no span")
    if low > high:
        raise ValueError(f"low {said['low']} is above high {said['high']}")
    return Row(
        doc=said["doc"],
        start=start,
        end=end,
        text=said["text"],
        low=low,
        high=high,
        currency=said["currency"] or "SEK",
        modifier=_word("modifier", said),
        kind=_word("kind", {"kind": said["kind"] or "funding"}),
        change=_word("change", said),
        status=_word("status", said),
        payer=_names(said["payer"]),
        recipient=_names(said["recipient"]),
        area=said["area"],
        period=said["period"],
        per=_word("per", said),
        vat=_word("vat", said),
        part_of=_pointer("part_of", said),
        same_as=_pointer("same_as", said),
    )


def _money(column: str, cell: str) -> Decimal:
    value = decimal(cell)
    if value is None or value < 0:
        raise ValueError(f"{column} {cell!r} is no plain decimal from 0")
    return value


def _word(column: str, said: Mapping[str, str]) -> str:
    if not in_guide(column, said[column]):
        known = ", ".join(sorted(VOCABULARIES[column]))
        raise ValueError(f"{column} {said[column]!r} is not in the guide; it has {known}")
    return said[column]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _pointer(column: str, said: Mapping[str, str]) -> int | None:
    if not said[column]:
        return None
    start = offset(said[column])
    if start < 0:
        raise ValueError(f"{column} {said[column]!r} is no offset")
    return start


def sheet_text(rows: Iterable[Row]) -> str:
    """The sheet of ``rows`` as a file holds it: the guide's columns, by document and place, LF line ends.

    Raises :class:`GoldError` for a value that the tables have no room for.
    """
    ordered = sorted(rows, key=lambda row: (row.doc, row.start, row.end))
    try:
        return csv_text([COLUMNS]) + "".join(map(line_of, ordered))
    except OutOfBounds as error:
        raise GoldError(f"{error}; correct the value") from error


@lru_cache(maxsize=1 << 15)
def line_of(row: Row) -> str:
    """The line of a row in its sheet, with its line end."""
    return csv_text([guide_cells(row)])


def row_at(line: str) -> Row:
    r"""The row that a line of a sheet holds, the other way round from :func:`line_of`.

    Raises :class:`GoldError` when it is no such line.

    >>> row_at("a.md,0,6,500 kr,500,500,SEK,,other,,,,,skor,,,,,\n").area
    'skor'
    """
    try:
        (cells,) = csv.reader(io.StringIO(line, newline=""))
        return row_of(dict(zip(COLUMNS, cells, strict=True)))
    except (ValueError, csv.Error) as error:
        raise GoldError(f"{line[:80]!r} is no line of a sheet ({error})") from error
