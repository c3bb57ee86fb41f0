"""An export with the types of its columns: Parquet for one table, DuckDB for all of them and views over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from belopp.ledger.export_cells import DATE, FLAG, INTEGER, MONEY, TEXT
from belopp.ledger.export_tables import SHEETS, Line, Sheet
from belopp.tables.columns import DIGITS, FRACTION

if TYPE_CHECKING:
    import pyarrow

    from belopp.ledger.export_books import Books

_AT_ONCE: Final = 20_000
_NOW: Final = "CREATE VIEW current_postings AS SELECT * FROM postings WHERE superseded_by IS NULL"
_BY: Final = (
    "CREATE VIEW by_{0} AS SELECT {0}, currency, count(*) AS postings, sum(amount) AS amount "
    "FROM current_postings GROUP BY ALL ORDER BY currency, amount DESC, {0}"
)
_VIEWS: Final = (_NOW, *(_BY.format(name) for name in ("area", "payer", "recipient", "year", "status")))


def write_parquet(books: Books, path: Path, *, table: str = "postings") -> tuple[str, ...]:
    """Write one table as Parquet: amounts as decimal128(38, 6), the ledger and its head in the file's metadata."""
    from pyarrow.parquet import ParquetWriter

    sheet = SHEETS[table]
    head = {"ledger": books.ledger.ledger, "head": books.ledger.hash, "history": books.history, "table": table}
    schema = _schema(sheet).with_metadata({"belopp": json.dumps(head)})
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for part in _batched(sheet.lines(books)):
            writer.write_table(_arrow(part, schema))
    return ()


def write_duckdb(books: Books, path: Path) -> tuple[str, ...]:
    """Write every table into one DuckDB file, with views of what counts now by area, payer and the like."""
    import duckdb

    try:
        _fill(books, path)
    except duckdb.Error as error:
        raise OSError(" ".join(str(error).split())) from error
    return ()


def _fill(books: Books, path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        for sheet in SHEETS.values():
            connection.execute(f"CREATE TABLE {sheet.name} ({', '.join(_ddl(sheet))})")
            schema = _schema(sheet)
            for part in _batched(sheet.lines(books)):
                connection.register("part", _arrow(part, schema))
                connection.execute(f"INSERT INTO {sheet.name} SELECT * FROM part")
                connection.unregister("part")
        for view in _VIEWS:
            connection.execute(view)
        connection.execute("CHECKPOINT")


def _ddl(sheet: Sheet) -> Iterator[str]:
    types = {TEXT: "VARCHAR", INTEGER: "BIGINT", MONEY: f"DECIMAL({DIGITS}, {FRACTION})", DATE: "DATE", FLAG: "BOOLEAN"}
    for name, kind in sheet.columns:
        yield f'"{name}" {types[kind]}{" PRIMARY KEY" if name == "entry" else ""}'


def _schema(sheet: Sheet) -> pyarrow.Schema:
    import pyarrow as pa

    types = {
        TEXT: pa.string(),
        INTEGER: pa.int64(),
        MONEY: pa.decimal128(DIGITS, FRACTION),
        DATE: pa.date32(),
        FLAG: pa.bool_(),
    }
    return pa.schema([pa.field(name, types[kind]) for name, kind in sheet.columns])


def _arrow(lines: Sequence[Line], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow as pa

    columns = zip(*lines, strict=True)
    return pa.table([pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)], schema=schema)


def _batched(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
