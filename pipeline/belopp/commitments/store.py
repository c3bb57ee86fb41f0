"""The statements of a whole corpus, kept on disk: memory holds only their numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from belopp.commitments.statement import Statement, pack, unpack

# Statements read back most often are those of one block or cluster, one after the other.
_KEPT: Final = 2048


class Store:
    """Statements by number, from 0, in the order they were added; in a temporary file that goes when it is closed."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("pragma journal_mode = off")
        self._base.execute("create table statement (number integer primary key, packed blob not null)")
        self._count = 0
        self.read = lru_cache(maxsize=_KEPT)(self._read)

    def __len__(self) -> int:
        return self._count

    def add(self, statement: Statement) -> int:
        """Keep a statement; its number."""
        self._base.execute("insert into statement values (?, ?)", (self._count, pack(statement)))
        self._count += 1
        return self._count - 1

    def _read(self, number: int) -> Statement:
        (packed,) = self._base.execute("select packed from statement where number = ?", (number,)).fetchone()
        return unpack(packed)

    def all(self) -> Iterator[Statement]:
        """Every statement in order."""
        for (packed,) in self._base.execute("select packed from statement order by number"):
            yield unpack(packed)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()
