"""Read a sheet of rows for the score: a CSV, a Parquet file, a run's folder, or rows still in memory."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from belopp.model import COLUMNS, LONGEST_CELL, VOCABULARIES, Row
from belopp.score.cells import decimal, folded, offset

MAY_LACK: Final = frozenset({"change"})  # sheets from before the guide had the column
_TABLES: Final = ("amounts.csv", "amounts.parquet")
_OF_A_RUN: Final = ("run.json", "documents.csv")
_FAULTS_SHOWN: Final = 20


class SheetError(Exception):
    """A sheet that cannot be read as one; the message names the file, the cause and the remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One row as its sheet has it: the cells as text, and span and value read from them.

    A span or value that cannot be read is -1 or ``None``.  Two entries are equal only when they are the
    same row of the same sheet.
    """

    line: int
    doc: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def value(self) -> str:
        """The value as people read it: ``5000000 SEK`` or ``5000000..10000000 SEK``."""
        amount = f"{self.low}" if self.low == self.high else f"{self.low}..{self.high}"
        return f"{amount} {self.currency}".rstrip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, and for those that point to another row of their document, that row."""

    name: str
    entries: tuple[Entry, ...]
    parents: Mapping[Entry, Entry] = field(repr=False)
    firsts: Mapping[Entry, Entry] = field(repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def docs(self) -> frozenset[str]:
        """The documents that have a row here; gathered anew each time."""
        return frozenset(entry.doc for entry in self.entries)

    def first_statement(self, entry: Entry) -> Entry:
        """The first statement of the money that ``entry`` states, by ``same_as``."""
        passed: set[Entry] = set()
        while entry in self.firsts and entry not in passed:
            passed.add(entry)
            entry = self.firsts[entry]
        return entry


def read_sheet(path: str | Path, *, strict: bool = False) -> Sheet:
    """Read the CSV or Parquet file ``path``, the amounts of the run whose folder it is, or a folder of gold.

    A CSV may be separated by comma, semicolon or tab.  Of a folder of gold every sheet counts.  With ``strict``
    a row without a document, span or value is a :class:`SheetError`; otherwise it is a warning.
    """
    tables = _tables(Path(path))
    sheets = [_read(table, strict=strict) for table in tables]
    return sheets[0] if len(sheets) == 1 else _one(sheets, Path(path))


def _read(path: Path, *, strict: bool) -> Sheet:
    cells = list(_parquet(path) if path.suffix == ".parquet" else _csv(path))
    entries = tuple(_entry(line, row) for line, row in cells)
    faults = [f"{path} line {entry.line}: {fault}" for entry in entries for fault in _faults(entry)]
    if faults and strict:
        more = [f"and {len(faults) - _FAULTS_SHOWN} more"] if len(faults) > _FAULTS_SHOWN else []
        raise SheetError("\n".join([*faults[:_FAULTS_SHOWN], *more, "Mend these rows or leave them out."]))
    return _sheet(str(path), entries, faults)


def sheet_of(rows: Iterable[Row], *, name: str = "rows") -> Sheet:
    """The sheet that the extractor's ``rows`` would make.

    >>> row = Row("a.md", 0, 6, "500 kr", Decimal(500), Decimal(500), payer=("EU", "staten"))
    >>> sheet_of([row]).entries[0]["payer"]
    'EU|staten'
    """
    return _sheet(name, tuple(_entry(line, cells_of(row)) for line, row in enumerate(rows, start=2)), [])


def cells_of(row: Row) -> dict[str, str]:
    """The guide's columns of ``row`` as the text of a CSV's cells."""
    return {column: _cell(getattr(row, column)) for column in COLUMNS}


def joined_sheets(sheets: Iterable[Sheet]) -> Sheet:
    """The rows of several sheets as those of one, under the name of the first."""
    parts = list(sheets)
    return Sheet(
        parts[0].name if parts else "",
        tuple(entry for part in parts for entry in part.entries),
        {entry: parent for part in parts for entry, parent in part.parents.items()},
        {entry: first for part in parts for entry, first in part.firsts.items()},
        tuple(warning for part in parts for warning in part.warnings),
    )


def read_docs(path: str | Path) -> frozenset[str]:
    """The documents' ids listed in ``path``, one a line; :class:`SheetError` when it is not readable."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SheetError(f"{path}: {_cause(error)}. Give a text file in UTF-8 with one document id a line.") from error
    return frozenset(line.strip() for line in lines if line.strip())


# ------------------------------------------------------------------------------------------------ files


def _tables(path: Path) -> list[Path]:
    """The file itself, the amounts of a run's folder, or the sheets of a folder of gold."""
    if not path.is_dir():
        return [path]
    amounts = [path / name for name in _TABLES if (path / name).is_file()][:1]
    if amounts and any((path / name).is_file() for name in _OF_A_RUN):
        return amounts
    found = sorted(sheet for sheet in path.glob("*.csv") if _is_sheet(sheet)) or amounts
    if found:
        return found
    raise SheetError(
        f"{path}: the folder has no {' or '.join(_TABLES)} and no other sheet. "
        "Give the --out folder of a finished run, or a folder of gold."
    )


def _is_sheet(path: Path) -> bool:
    """Whether a file of a folder of gold holds rows: a journal and a list of disputes state no value."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return "low" in re.split(r"[,;\t]", file.readline().replace('"', "").strip())
    except (OSError, UnicodeDecodeError):
        return True  # reading it tells why it cannot be read


def _one(sheets: Sequence[Sheet], path: Path) -> Sheet:
    """The sheets of a folder as one; a document keeps to one of them, for its rows point to each other."""
    holder: dict[str, str] = {}
    for sheet in sheets:
        for doc in sorted(sheet.docs):
            if holder.setdefault(doc, sheet.name) != sheet.name:
                raise SheetError(f"{sheet.name}: {doc} has rows in {holder[doc]}, too. Keep them in one sheet.")
    return replace(joined_sheets(sheets), name=str(path))


def _csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;\t", key=header.count), restval="")
            _require_columns(path, reader.fieldnames or ())
            for row in reader:
                yield reader.line_num, {column: row.get(column) or "" for column in COLUMNS}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SheetError(f"{path}: {_cause(error)}. Give a CSV in UTF-8 with the guide's columns.") from error


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _require_columns(path, file.schema_arrow.names)
            present = [column for column in COLUMNS if column in file.schema_arrow.names]
            table = file.read(columns=present)
    except (OSError, pa.ArrowException) as error:
        raise SheetError(f"{path}: {_cause(error)}. Give the Parquet file of a finished run.") from error
    for line, row in enumerate(table.to_pylist(), start=2):
        yield line, {column: _cell(row.get(column)) for column in COLUMNS}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, (tuple, list)):
        return "|".join(str(name) for name in value)
    return str(value)


def _require_columns(path: Path, present: Sequence[str]) -> None:
    lacking = [column for column in COLUMNS if column not in present and column not in MAY_LACK]
    if lacking:
        raise SheetError(f"{path}: no column {', '.join(lacking)}. A sheet has the columns {', '.join(COLUMNS)}.")


def _cause(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


# ------------------------------------------------------------------------------------------------- rows


def _entry(line: int, cells: Mapping[str, str]) -> Entry:
    low = decimal(cells["low"])
    return Entry(
        line=line,
        doc=cells["doc"].strip(),
        start=offset(cells["start"]),
        end=offset(cells["end"]),
        low=low,
        high=decimal(cells["high"]) if cells["high"].strip() else low,
        currency=cells["currency"].strip().upper(),
        cells=cells,
    )


def _sheet(name: str, entries: tuple[Entry, ...], faults: Sequence[str]) -> Sheet:
    at: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        at[entry.doc, entry.start].append(entry)
    parents, firsts = _targets(entries, "part_of", at), _targets(entries, "same_as", at)
    oddities = [
        f"{name} line {entry.line}: {oddity}" for entry in entries for oddity in _oddities(entry, parents, firsts)
    ]
    spans = Counter((entry.doc, entry.start, entry.end) for entry in entries)
    doubles = [f"{name}: {n} rows for {doc} {start}-{end}" for (doc, start, end), n in spans.items() if n > 1]
    return Sheet(name, entries, parents, firsts, (*faults, *oddities, *doubles))


def _targets(
    entries: Iterable[Entry], column: str, at: Mapping[tuple[str, int], Sequence[Entry]]
) -> dict[Entry, Entry]:
    """Where each row's pointer leads: of several rows at one start, to the longest other one."""
    found: dict[Entry, Entry] = {}
    for entry in entries:
        start = offset(entry[column])
        others = [other for other in at.get((entry.doc, start), ()) if other is not entry] if start >= 0 else []
        if others:
            found[entry] = max(others, key=lambda other: other.end)
    return found


def _faults(entry: Entry) -> Iterator[str]:
    if not entry.doc:
        yield "no doc"
    if not 0 <= entry.start < entry.end:
        yield f"start {entry['start']!r}, end {entry['end']!r} are no span"
    for column, value in (("low", entry.low), ("high", entry.high)):
        if value is None:
            yield f"{column} {entry[column]!r} is no plain decimal"


def in_guide(column: str, cell: str) -> bool:
    """Whether a cell of a column with a closed vocabulary holds a word of it, or nothing where it may.

    >>> in_guide("vat", "incl"), in_guide("vat", ""), in_guide("vat", "net"), in_guide("kind", "")
    (True, True, False, False)
    """
    return cell in VOCABULARIES[column] or not cell and column != "kind"


def _oddities(entry: Entry, parents: Mapping[Entry, Entry], firsts: Mapping[Entry, Entry]) -> Iterator[str]:
    for column in VOCABULARIES:
        if not in_guide(column, folded(entry[column])):
            yield f"{column} {entry[column]!r} is not in the guide"
    for column, targets in (("part_of", parents), ("same_as", firsts)):
        if entry[column].strip() and entry not in targets:
            yield f"{column} {entry[column]!r} is the start of no mention"
