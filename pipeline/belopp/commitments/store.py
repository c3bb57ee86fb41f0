"""The statements of a whole corpus, kept on disk: memory holds only where they lie."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from tempfile import TemporaryFile
from typing import Final

from belopp.commitments.statement import Statement, unpack

# Statements read back most often are those of one block or cluster, one after the other.
_KEPT: Final = 2048


class Store:
    """Statements by number, from 0, in the order they were added; in a temporary file that goes when it is closed."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (it is open as long as the store is)
        self._ends = array("Q", (0,))
        self.read = lru_cache(maxsize=_KEPT)(self._read)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, packed: bytes) -> int:
        """Keep a statement, packed; its number.  None is added once one has been read."""
        self._file.write(packed)
        self._ends.append(self._ends[-1] + len(packed))
        return len(self) - 1

    def _read(self, number: int) -> Statement:
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return unpack(self._file.read(end - start))

    def all(self) -> Iterator[Statement]:
        """Every statement in order."""
        return map(self._read, range(len(self)))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
