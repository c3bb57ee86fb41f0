"""``belopp pack``: the publications under INPUTs as one Parquet file, from which a run reads the same."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from belopp.batch.columns import packed_schema
from belopp.batch.examining import Task, bytes_of, task_of
from belopp.batch.gathering import each_once, sources_of
from belopp.batch.parquet import ENDING
from belopp.batch.problems import WrongInput
from belopp.batch.publication import Publication
from belopp.batch.seen import Seen
from belopp.batch.working import chunks, read_ahead
from belopp.read import Unreadable
from belopp.tables import flush, uninterrupted

if TYPE_CHECKING:
    import pyarrow

# What is written together, one row group: so many documents or, but for a larger single one, bytes.
GROUP_DOCUMENTS: Final = 1_000
GROUP_BYTES: Final = 8_000_000

Row = tuple[str, str | None, bytes | None, str | None, str | None, str | None]


@dataclass(slots=True)
class Packed:
    """What came of packing: how many documents, and id and reason of each that could not be read."""

    documents: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def pack(inputs: Sequence[str], out: Path, *, watch: Callable[[Packed], None] | None = None) -> Packed:
    """Write the publications under ``inputs`` to the Parquet file ``out``, which appears whole or not at all.

    It has the columns ``doc``, ``text`` (the file where it is UTF-8, byte for byte) or else ``content`` (its bytes),
    and what an index says: ``published``, ``title``, ``url``.  A document that cannot be read is left out, for a
    later packing.  ``watch`` is told of each row group.  Raises :class:`WrongInput`, also for two documents of one
    id, and ``OSError`` when ``out`` cannot be written.
    """
    import pyarrow.parquet as pq

    if out.suffix.lower() != ENDING:
        raise WrongInput(f"{out}: the name of what is packed must end in {ENDING}")
    packed = Packed()
    with replaced(out) as path, pq.ParquetWriter(path, packed_schema(), compression="zstd") as writer:
        for rows in groups(documents(inputs, packed)):
            writer.write_batch(batch_of(rows))
            packed.documents += len(rows)
            if watch:
                watch(packed)
    return packed


def documents(inputs: Sequence[str], packed: Packed) -> Iterator[tuple[Publication, bytes]]:
    """Each publication with its bytes; those that cannot be had are noted.  Raises :class:`WrongInput`."""
    for chunk in read_ahead(chunks(tasks(inputs))):
        for task in chunk:
            try:
                yield task.publication, bytes_of(task)
            except Unreadable as error:
                packed.left_out.append((task.publication.doc, error.reason))


def tasks(inputs: Sequence[str]) -> Iterator[Task]:
    """Each publication under INPUTs, to be read.  Raises :class:`WrongInput`, at times later, for two of one id."""
    sources = [source for given in each_once(inputs) for source in sources_of(given, None)]
    with closing(sqlite3.connect("")) as base:  # a file of SQLite's own
        seen = Seen(base)
        for source in sources:
            for publication in source.publications:
                seen.add(publication.doc, source.given)
                yield task_of(source, publication)
        seen.note()


def groups(found: Iterable[tuple[Publication, bytes]]) -> Iterator[list[Row]]:
    """The rows of documents in groups of a bounded size, which depends on the documents alone."""
    rows: list[Row] = []
    size = 0
    for publication, data in found:
        if rows and (len(rows) == GROUP_DOCUMENTS or size + len(data) > GROUP_BYTES):
            yield rows
            rows, size = [], 0
        rows.append(row_of(publication, data))
        size += len(data)
    if rows:
        yield rows


def row_of(publication: Publication, data: bytes) -> Row:
    r"""A document as the columns of ``packed_schema`` have it.

    >>> from belopp.batch.publication import UNKNOWN
    >>> from belopp.read import Listing
    >>> row_of(Publication("a.md", "", UNKNOWN, Listing("2024", "Avtal")), "5 kr\r\n".encode())
    ('a.md', '5 kr\r\n', None, '2024', 'Avtal', None)
    """
    published, title, url = (about or None for about in publication.listing)
    try:
        return publication.doc, data.decode(), None, published, title, url
    except UnicodeDecodeError:
        return publication.doc, None, data, published, title, url


def batch_of(rows: Sequence[Row]) -> pyarrow.RecordBatch:
    """The rows as one record batch."""
    import pyarrow as pa

    schema = packed_schema()
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(cells, field.type, from_pandas=False) for cells, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """The path of a file to write; it takes the place of ``out`` when it is whole, else it is thrown away."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        yield staged
        flush([staged])
        with uninterrupted():
            os.replace(staged, out)
    finally:
        with suppress(FileNotFoundError):
            staged.unlink()
