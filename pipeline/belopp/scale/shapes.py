"""The tables that pass between the steps of a job: their columns, for Arrow and for Spark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from belopp.tables import AMOUNTS, CHECKS, COMMITMENTS, DOCUMENTS, REASONS, Table
from belopp.tables.columns import DIGITS, FRACTION, INTEGER, MONEY, TEXT

if TYPE_CHECKING:
    import pyarrow

_TYPES: Final = {TEXT: "string", INTEGER: "bigint", MONEY: f"decimal({DIGITS},{FRACTION})"}


def columns_of(table: Table) -> Mapping[str, str]:
    """The columns of one of belopp's tables with their types in Spark.

    >>> dict(list(columns_of(CHECKS).items())[3:6])
    {'breakdown': 'string', 'stated': 'decimal(38,6)', 'summed': 'decimal(38,6)'}
    """
    return {column.name: _TYPES[column.type] for column in table.columns}


def written(columns: Mapping[str, str]) -> str:
    """Columns as Spark reads a schema."""
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def _lines_of(table: Table) -> str:
    """A list of a table's lines, as the type of one column."""
    return f"array<struct<{', '.join(f'`{name}`: {kind}' for name, kind in columns_of(table).items())}>>"


EXAMINED: Final = {
    **columns_of(DOCUMENTS),
    **{table.name: _lines_of(table) for table in (AMOUNTS, CHECKS, REASONS)},
    "made": "string",
}
# A sum that one document states: its number (ascending by document), the number of its document and that of the
# statement it is part of; by what it finds others (period, day, keys), and what it says.
STATEMENTS: Final = {
    "number": "bigint", "document": "bigint", "whole": "bigint", "period": "bigint", "day": "bigint",
    "keys": "array<bigint>", "packed": "binary",
}  # fmt: skip
ENTRIES: Final = {"key": "bigint", "number": "bigint", "document": "bigint", "period": "bigint", "day": "bigint"}
PAIRS: Final = {"one": "bigint", "other": "bigint"}
LOOKS: Final = {
    **PAIRS, "one_document": "bigint", "other_document": "bigint", "mine": "binary", "theirs": "binary"
}  # fmt: skip
WEIGHED: Final = {**PAIRS, "one_document": "bigint", "other_document": "bigint", "weight": "bigint", "days": "bigint"}
ENOUGH: Final = {**PAIRS, "rank": "bigint"}
# Each number with the least one that it hangs together with.
FOREST: Final = {"number": "bigint", "least": "bigint"}
TOGETHER: Final = {
    "least": "bigint", "number": "bigint", "document": "bigint", "packed": "binary",
    "pairs": "array<struct<other: bigint, rank: bigint>>",
}  # fmt: skip
# A commitment by the number of its first statement: what names it, who told of it first, where it is stated,
# the commitments it is part of, and its line without the names.
SETTLED: Final = {
    "root": "bigint", "key": "string", "told": "string", "told_by": "string", "told_at": "bigint",
    "places": "array<struct<doc: string, start: bigint>>", "wholes": "array<bigint>", **columns_of(COMMITMENTS),
}  # fmt: skip
TWINS: Final = {"key": "string", "told": "string", "told_by": "string", "told_at": "bigint", "root": "bigint"}
NAMES: Final = {"root": "bigint", "commitment_id": "string"}

_ARROW: Final[Mapping[str, str]] = {"bigint": "int64", "string": "string", "binary": "binary"}


def batch_of(rows: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> pyarrow.RecordBatch:
    """Rows of whole numbers, texts, bytes and lists of them as a record batch."""
    import pyarrow as pa

    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(each, _arrow(kind)) for each, kind in zip(cells, columns.values(), strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _arrow(kind: str) -> pyarrow.DataType:
    import pyarrow as pa

    if kind.startswith("array<struct<"):
        fields = [field.split(": ") for field in kind[len("array<struct<") : -2].split(", ")]
        return pa.list_(pa.struct([(name, _arrow(inner)) for name, inner in fields]))
    if kind.startswith("array<"):
        return pa.list_(_arrow(kind[len("array<") : -1]))
    return getattr(pa, _ARROW[kind])()


def rows_in(batches: Iterable[pyarrow.RecordBatch], columns: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    """The rows of batches, the columns named, one after the other."""
    names = list(columns)
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
