"""Parquet files of documents: read row by row, and written by ``belopp pack``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from belopp.batch.archives import fit, refused
from belopp.batch.columns import ABOUT, CONTENT, TEXT, abouts, contents, refuse_others

if TYPE_CHECKING:
    import pyarrow

ENDING: Final = ".parquet"
# Rows laid open at a time, and what is read of a column at a time: a foreign row group may hold a million documents.
ROWS: Final = 64
PIECE: Final = 1 << 20
SHORT: Final = "it ends before its rows do: it was cut short or changed while it was read"


class Parquet:
    """A Parquet file of documents.  What is known of them comes once, in its order, each with the chance to read it."""

    def __init__(self, path: str) -> None:
        import pyarrow.parquet as pq

        self._path = path
        with refused(path):
            # Without threads: workers may be forked at any moment.
            self._file = pq.ParquetFile(path, buffer_size=PIECE, pre_buffer=False)
        self._columns = self._file.schema_arrow.names
        refuse_others(self._columns, path)
        self.rows: int = self._file.metadata.num_rows
        self._group = self._row = 0
        self._cells: Iterator[pyarrow.Scalar | None] | None = None
        self._next = 0

    def abouts(self) -> Iterator[tuple[str, ...]]:
        """What each row says of its document: id, date, title and address, ``""`` for nothing."""
        for group in range(self._file.num_row_groups):
            self._group, self._cells, self._next = group, None, 0
            left = self._file.metadata.row_group(group).num_rows
            with refused(self._path):
                told = (row for batch in self._batches(ABOUT) for row in abouts(batch))
                for place, row in enumerate(told):
                    self._row = place
                    yield row
                    left -= 1
                if left:  # pyarrow takes the end of the file for the end of the rows
                    raise EOFError(SHORT)

    def data(self, most: int) -> bytes:
        """The bytes of the document told of last, asked for once.  Raises :class:`Unreadable` for more than most."""
        if self._cells is None:
            self._cells = (cell for batch in self._batches((TEXT, CONTENT)) for cell in contents(batch))
        with refused(self._path):
            cell = next(islice(self._cells, self._row - self._next, None), SHORT)
            if isinstance(cell, str):
                raise EOFError(cell)
        self._next = self._row + 1
        if cell is None:
            return b""
        buffer = cell.as_buffer()
        fit(buffer.size, most)
        return bytes(buffer)

    def _batches(self, names: tuple[str, ...]) -> Iterator[pyarrow.RecordBatch]:
        wanted = [name for name in names if name in self._columns]
        yield from self._file.iter_batches(ROWS, row_groups=[self._group], columns=wanted, use_threads=False)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
