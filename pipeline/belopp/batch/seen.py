"""Which documents came, and under which INPUT: each id once, noted on file so that ids do not pile up in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from belopp.batch.gathering import same_document
from belopp.batch.problems import WrongInput

# So many are noted at once.
TOGETHER: Final = 500


class Seen:
    """The documents that came, as the table ``seen`` of a database; gone when that is closed."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._waiting: list[tuple[str, str]] = []
        base.execute("create temp table seen (doc text primary key, given text) without rowid")

    def add(self, doc: str, given: str) -> None:
        """Note that a document lies under an INPUT.  Raises :class:`WrongInput`, at times later, for two of one id."""
        self._waiting.append((doc, given))
        if len(self._waiting) >= TOGETHER:
            self.note()

    def note(self) -> None:
        """Write down what waits.  Raises :class:`WrongInput` for a document that was seen before."""
        waiting, self._waiting = self._waiting, []
        self._base.execute("savepoint noting")
        try:
            self._base.executemany("insert into seen values (?, ?)", waiting)
        except sqlite3.IntegrityError:
            self._base.execute("rollback to noting")
            raise WrongInput(self._twice(waiting)) from None
        finally:
            self._base.execute("release noting")

    def _twice(self, waiting: Sequence[tuple[str, str]]) -> str:
        """What to say of the first document that was seen twice."""
        among: dict[str, str] = {}
        for doc, given in waiting:
            found = self._base.execute("select given from seen where doc = ?", (doc,)).fetchone()
            other = found[0] if found else among.get(doc)
            if other is not None:
                return same_document(doc, other, given)
            among[doc] = given
        raise AssertionError("no document was seen twice")
