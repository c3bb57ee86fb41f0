"""The tables as files and frames: CSV text, Arrow tables, pandas frames, and back from CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from belopp.model import LONGEST_CELL
from belopp.tables.arrays import arrow_type, column_array
from belopp.tables.cells import Line
from belopp.tables.columns import INTEGER, MONEY, TEXT, Column, Table

if TYPE_CHECKING:
    import pandas
    import pyarrow


def csv_text(lines: Iterable[Sequence[str | int | None]]) -> str:
    r"""Lines as CSV with LF ends; nothing (``None``) is an empty cell.

    Python's own writer takes twice as long, quotes a carriage return in some of its versions only, and a lone empty
    cell.

    >>> csv_text([("a", None, 5), ("b,c", "", "d\r")])
    'a,,5\n"b,c",,"d\r"\n'
    """
    return "".join(map(_csv_line, lines))


def _csv_line(cells: Iterable[str | int | None]) -> str:
    texts = ["" if cell is None else str(cell) for cell in cells]
    line = ",".join(texts)
    # few lines need quotes: their cells need not be looked at one by one
    if '"' in line or "\n" in line or "\r" in line or line.count(",") >= len(texts):
        line = ",".join(['"' + text.replace('"', '""') + '"' if _needs_quotes(text) else text for text in texts])
    return line + "\n"


def _needs_quotes(text: str) -> bool:
    return "," in text or '"' in text or "\n" in text or "\r" in text


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a table as texts by column name."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def arrow_schema(table: Table) -> pyarrow.Schema:
    """The Arrow schema of a table: int64, decimal128(38, 6) and string; only what may be nothing is nullable."""
    import pyarrow as pa

    return pa.schema(
        [pa.field(column.name, arrow_type(column.type), nullable=_may_be_nothing(column)) for column in table.columns]
    )


def _may_be_nothing(column: Column) -> bool:
    return column.type != TEXT and not column.required


def arrow_arrays(lines: Sequence[Line], table: Table) -> list[pyarrow.Array]:
    """Lines as one Arrow array for each column of their table."""
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(table.columns)
    return [column_array(cells, column.type) for column, cells in zip(table.columns, columns, strict=True)]


def arrow(lines: Sequence[Line], table: Table) -> pyarrow.Table:
    """Lines as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_arrays(arrow_arrays(lines, table), schema=arrow_schema(table))


def frame(lines: Sequence[Sequence[str | int | None]], table: Table) -> pandas.DataFrame:
    """Lines as a pandas frame: ``string`` text, ``Int64`` numbers (``<NA>`` for nothing), money (``None``)."""
    import pandas as pd

    columns = list(zip(*lines, strict=True)) if lines else [()] * len(table.columns)
    return pd.DataFrame(
        {column.name: _series(column.type, cells) for column, cells in zip(table.columns, columns, strict=True)}
    )


def _series(kind: str, cells: Sequence[str | int | None]) -> pandas.Series[str] | pandas.Series[int]:
    import pandas as pd

    if kind == INTEGER:
        return pd.Series([pd.NA if cell in (None, "") else int(cell) for cell in cells], dtype="Int64")
    if kind == MONEY:
        return pd.Series([_money(cell) for cell in cells], dtype=object)
    return pd.Series([str(cell) for cell in cells], dtype="string")


def _money(cell: str | int | None) -> Decimal | None:
    return None if cell in (None, "") else Decimal(str(cell))


def read_frame(folder: Path, table: Table) -> pandas.DataFrame:
    """A table of a finished run, as :func:`frame` gives it.

    Raises ``FileNotFoundError`` when the run has no such table and ``KeyError`` when it lacks a column.
    """
    return frame([[line[name] for name in table.names] for line in read_csv(folder / table.file)], table)
