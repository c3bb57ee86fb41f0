"""The hash chain: every entry's hash covers its content and the entry before, so the last one covers the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, Table

from belopp.ledger.connecting import is_sqlite

Cell = str | int | None
Cells = tuple[Cell, ...]

GENESIS: Final = "0" * 64
_write: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def link(before: str, table: str, cells: Sequence[Cell]) -> str:
    """The hash of an entry, from the hash before it and its cells in the table's order, its own hash left out.

    >>> link(GENESIS, "postings", (1, 1, "stated", 38400000000))[:12]
    'b4b2bb23ba7d'
    """
    return hashlib.sha256(f"{before}{table}{_write(cells)}".encode()).hexdigest()


def digest(content: object) -> str:
    """The SHA-256 of anything made of texts, whole numbers, tuples and nothing."""
    return hashlib.sha256(_write(content).encode()).hexdigest()


class Chain:
    """Entries that are about to be added: numbered, chained and kept by table until they are written."""

    def __init__(self, *, seq: int, head: str, batch: int) -> None:
        self.seq = seq
        self.head = head
        self.batch = batch
        self._kept: dict[str, list[Cells]] = {}
        self._tables: dict[str, Table] = {}

    def add(self, table: Table, *cells: Cell) -> int:
        """Chain one entry; its number."""
        self.seq += 1
        content = (self.seq, self.batch, *cells)
        self.head = link(self.head, table.name, content)
        self._tables[table.name] = table
        self._kept.setdefault(table.name, []).append((*content, self.head))
        return self.seq

    def write(self, connection: Connection) -> None:
        """Add the entries to the database."""
        for name, rows in self._kept.items():
            _insert(connection, self._tables[name], rows)


def _insert(connection: Connection, table: Table, rows: Iterable[Cells]) -> None:
    """Many rows at once, by each database's fastest way."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
