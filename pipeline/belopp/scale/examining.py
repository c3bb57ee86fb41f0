"""What an executor does with documents: each examined, in a child where one of them killed the process that read it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from belopp.batch.arrow import examined, examined_schema, nested
from belopp.batch.columns import CONTENT, abouts, contents, nameless
from belopp.batch.publication import opens_own_table
from belopp.batch.working import DIED
from belopp.rulebook import Rulebook
from belopp.tables import quarantined

if TYPE_CHECKING:
    import pyarrow

    Batches = Iterable[pyarrow.RecordBatch]

# Documents that share a child, as long as none of them kills it.
TOGETHER: Final = 32
_FAULT: Final = 3


def examine(
    batches: Batches, book: Rulebook, *, limit: float, are_files: bool, careful: bool
) -> Iterator[pyarrow.RecordBatch]:
    """What was found in each document of ``batches``, as ``belopp.batch.arrow.examined`` gives it.

    Among documents that ``are_files`` those that belopp wrote itself are passed over.  ``careful`` is for a task that
    is tried again: what ended the first try may have been a document, and that one is to be quarantined as a run on
    one machine would.
    """
    documents = map(_without_own_tables, batches) if are_files else batches

    def find(given: Batches) -> Iterator[pyarrow.RecordBatch]:
        return examined(given, book=book, limit=limit)

    return _in_children(documents, find) if careful else find(documents)


def _without_own_tables(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """All but the CSV files that belopp wrote itself: they are no publications."""
    import pyarrow as pa

    kept = [
        not (str(doc).lower().endswith(".csv") and cell.is_valid and opens_own_table(cell.as_py()))
        for doc, cell in zip(batch.column("doc").to_pylist(), batch.column(CONTENT), strict=True)
    ]
    return batch if all(kept) else batch.filter(pa.array(kept, pa.bool_()))


def _in_children(
    batches: Batches, find: Callable[[Batches], Iterator[pyarrow.RecordBatch]]
) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, TOGETHER):
            some = batch.slice(start, TOGETHER)
            found = _in_child(some, find)
            if found is None:
                for place in range(some.num_rows):
                    one = some.slice(place, 1)
                    found = _in_child(one, find)
                    yield from [_killer(one)] if found is None else found
            else:
                yield from found


def _in_child(
    batch: pyarrow.RecordBatch, find: Callable[[Batches], Iterator[pyarrow.RecordBatch]]
) -> list[pyarrow.RecordBatch] | None:
    """What a process of its own found in a batch; nothing when it died."""
    import pyarrow as pa

    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _serve(batch, find, sink)
    os.close(sink)
    with os.fdopen(source, "rb") as answer:
        told = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == _FAULT:
        return list(find([batch]))  # no document's doing: let it be seen
    return list(pa.ipc.open_stream(told)) if status == 0 else None


def _serve(batch: pyarrow.RecordBatch, find: Callable[[Batches], Iterator[pyarrow.RecordBatch]], sink: int) -> None:
    """Answer with what is found, and end: the child's whole life."""
    import pyarrow as pa

    status = _FAULT
    try:
        with os.fdopen(sink, "wb") as answer, pa.ipc.new_stream(answer, examined_schema()) as stream:
            for found in find([batch]):
                stream.write_batch(found)
        status = 0
    finally:
        os._exit(status)


def _killer(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """The quarantine of the one document of a batch."""
    ((doc, *about),) = abouts(batch)
    (cell,) = contents(batch)
    doc = doc or nameless(sha256(b"" if cell is None else cell.as_py()).hexdigest())
    return nested([quarantined(doc, "read", DIED, about=about)])
