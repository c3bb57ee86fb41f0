"""Documents as Arrow record batches in, sums as Arrow record batches out: the core that any engine can call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from belopp import rulebook
from belopp.batch import shielding
from belopp.batch.columns import NAMELESS, abouts, contents, nameless, refuse_others
from belopp.batch.examining import LIMIT, examine_bytes
from belopp.batch.publication import MOST_BYTES, TOO_LARGE
from belopp.read import Listing
from belopp.rulebook import Rulebook
from belopp.tables import (
    AMOUNTS,
    CHECKS,
    DOCUMENTS,
    REASONS,
    Line,
    Record,
    Table,
    arrow_arrays,
    arrow_schema,
    quarantined,
)
from belopp.tables.arrays import column_array, offsets
from belopp.tables.columns import TEXT

if TYPE_CHECKING:
    import pyarrow

# What comes out together: so many documents, so many lines of theirs in all tables, or so long texts made of them.
MOST_DOCUMENTS: Final = 1_000
MOST_LINES: Final = 20_000
MOST_MADE: Final = 8_000_000
# The tables whose lines lie nested in a document's.
NESTED: Final = (AMOUNTS, CHECKS, REASONS)


def rows_of(
    batches: Iterable[pyarrow.RecordBatch], *, book: Rulebook | None = None, limit: float = LIMIT
) -> Iterator[pyarrow.RecordBatch]:
    """Every sum in the documents of ``batches``, in record batches of the columns of ``amounts``.

    The batches have the text columns ``doc`` and ``text``, and may have ``published``, ``title`` and ``url`` and
    the bytes of documents that are no text as ``content``.  ``commitment_id`` is empty: it is known when the whole
    corpus is.  A document that cannot be read has no rows; :func:`examined` tells why.  Documents keep their order.
    A batch that comes out holds the rows of at most 1,000 documents, and with more than one of them some 20,000 rows.
    Raises :class:`WrongInput` for batches without these columns, and ``TypeError`` for what are no batches.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"doc": ["a.md"], "text": ["Det kostar 3 miljoner kronor."]})
    >>> [rows["low"].to_pylist() for rows in rows_of([batch])]
    [[Decimal('3000000.000000')]]
    """
    for batch in examined(batches, book=book, limit=limit):
        if (rows := exploded(batch, AMOUNTS)).num_rows:
            yield rows


def examined(
    batches: Iterable[pyarrow.RecordBatch], *, book: Rulebook | None = None, limit: float = LIMIT
) -> Iterator[pyarrow.RecordBatch]:
    """What was found in each document of ``batches`` (as of :func:`rows_of`): a row a document, in their order.

    A row has the columns of ``documents``; ``amounts``, ``checks`` and ``reasons``, lists of that document's lines
    of these tables, for :func:`exploded` to lay out; and ``made``, the text that was made of bytes that are no text,
    into which offsets point.  Whatever a document does, it is quarantined and the next one is read.  ``limit`` is
    the seconds of processor time that one may take (0: any; in a thread that is not the main one any, too).
    """
    book = book or rulebook.load()
    group: list[Record] = []
    lines = made = 0
    try:
        for batch in _each(batches):
            for record in _records(batch, book, limit):
                group.append(record)
                lines += len(record.amounts) + len(record.checks) + len(record.reasons)
                made += len(record.text)
                if len(group) == MOST_DOCUMENTS or lines >= MOST_LINES or made >= MOST_MADE:
                    yield nested(group)
                    group, lines, made = [], 0, 0
        if group:
            yield nested(group)
    finally:
        shielding.dismiss()


def exploded(batch: pyarrow.RecordBatch, table: Table) -> pyarrow.RecordBatch:
    """The lines of one table from a batch of :func:`examined`; of ``documents`` those are the rows themselves."""
    import pyarrow as pa

    if table == DOCUMENTS:
        arrays = [batch.column(name) for name in table.names]
    else:
        arrays = batch.column(table.name).flatten().flatten()
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))


def examined_schema() -> pyarrow.Schema:
    """The Arrow schema of what :func:`examined` gives."""
    import pyarrow as pa

    nested = [pa.field(table.name, pa.list_(pa.struct(arrow_schema(table))), nullable=False) for table in NESTED]
    return pa.schema([*arrow_schema(DOCUMENTS), *nested, pa.field("made", pa.string(), nullable=False)])


def _each(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The batches; one that is given alone, or a table, would be gone through by its columns."""
    import pyarrow as pa

    for batch in batches if isinstance(batches, Iterable) else (batches,):
        if not isinstance(batch, pa.RecordBatch):
            raise TypeError(
                f"belopp takes documents as an iterable of pyarrow.RecordBatch, not of {type(batch).__name__}; "
                "give one batch as [batch], a table as table.to_batches()"
            )
        yield batch


def _records(batch: pyarrow.RecordBatch, book: Rulebook, limit: float) -> Iterator[Record]:
    refuse_others(batch.schema.names)
    for (doc, *about), cell in zip(abouts(batch), contents(batch), strict=True):
        data = b"" if cell is None else cell.as_py()
        listing = Listing(*about)
        sha256 = hashlib.sha256(data).hexdigest()
        if not doc:
            yield quarantined(nameless(sha256), "list", NAMELESS, about=listing)
        elif len(data) > MOST_BYTES:
            reason = TOO_LARGE.format(len(data), MOST_BYTES)
            yield quarantined(doc, "read", reason, about=listing)
        else:
            yield examine_bytes(data, doc, listing, book, limit=limit, sha256=sha256)


def nested(records: Sequence[Record]) -> pyarrow.RecordBatch:
    """Records as :func:`examined` gives them: a row a document, its lines in lists."""
    import pyarrow as pa

    arrays = arrow_arrays([record.document for record in records], DOCUMENTS)
    arrays += [_lists([getattr(record, table.name) for record in records], table) for table in NESTED]
    made = column_array([record.text for record in records], TEXT)
    return pa.RecordBatch.from_arrays([*arrays, made], schema=examined_schema())


def _lists(lines: Sequence[Sequence[Line]], table: Table) -> pyarrow.ListArray:
    """The lines of each document as one list of structs."""
    import pyarrow as pa

    flat = arrow_arrays([line for told in lines for line in told], table)
    items = pa.StructArray.from_arrays(flat, fields=list(arrow_schema(table)))
    starts = pa.Array.from_buffers(pa.int32(), len(lines) + 1, [None, pa.py_buffer(offsets(map(len, lines)))])
    return pa.ListArray.from_arrays(starts, items)
