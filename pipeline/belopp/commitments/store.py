"""The statements of a whole corpus, kept on disk: memory holds only their numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from belopp.commitments.statement import Statement, pack, unpack

# Statements read back most often are those of one block or cluster, one after the other.
_KEPT: Final = 4096


class Store:
    """Statements by number, from 0, in the order they were added; in a temporary file that goes when it is closed."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("pragma journal_mode = off")
        self._base.execute(
            "create table statement (number integer primary key, doc text not null, packed text not null)"
        )
        self._base.execute("create index by_doc on statement (doc)")
        self._count = 0
        self.read = lru_cache(maxsize=_KEPT)(self._read)

    def __len__(self) -> int:
        return self._count

    def add(self, statements: Iterable[Statement]) -> Sequence[int]:
        """Keep the statements of a document; their numbers."""
        lines = [(number, one.doc, pack(one)) for number, one in enumerate(statements, self._count)]
        self._base.executemany("insert into statement values (?, ?, ?)", lines)
        self._count += len(lines)
        return [number for number, _, _ in lines]

    def _read(self, number: int) -> Statement:
        (packed,) = self._base.execute("select packed from statement where number = ?", (number,)).fetchone()
        return unpack(packed)

    def of(self, doc: str) -> Iterator[tuple[int, Statement]]:
        """The statements of one document, each with its number."""
        lines = self._base.execute("select number, packed from statement where doc = ? order by number", (doc,))
        for number, packed in lines.fetchall():
            yield number, unpack(packed)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()
