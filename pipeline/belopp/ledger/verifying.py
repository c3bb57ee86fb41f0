"""Whether the ledger is what was posted: every entry against the chain, and the chain against heads kept outside."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, select, text

from belopp.ledger import books
from belopp.ledger.chain import GENESIS, Cell, link
from belopp.ledger.connecting import is_sqlite, reading
from belopp.ledger.schema import BATCHES, ENTRIES, METADATA, VERSIONS

_DEEDS: Final = ("no_update", "no_delete", "no_replace")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: the head, and the faults, the first bad entry first.  Without faults all is well."""

    ledger: str
    head: str
    batch: int
    entries: int
    compared: int
    faults: tuple[str, ...]


def verify(db: str, *, heads: Iterable[str] = ()) -> Verdict:
    """Walk the chain from the first entry to the last, and look for each of ``heads`` among those of the batches.

    A head that no batch bears means that the ledger was cut after it was taken, or is another ledger.
    """
    wanted = list(heads)
    with reading(db) as connection:
        head = books.head(connection)
        fault, walked, borne = _walk(connection)
        faults = [fault] if fault else []
        if not fault and walked != head.seq:
            faults.append(f"entry {head.seq + 1}: it and those after it belong to no batch")
        faults += [
            f"head {sought}: no batch ends with it; it was cut or changed since, or is another ledger"
            for sought in wanted
            if sought not in borne
        ]
        faults += _unguarded(connection)
        return Verdict(head.ledger, head.hash, head.batch, walked, len(wanted), tuple(faults))


def _walk(connection: Connection) -> tuple[str, int, set[str]]:
    """The first bad entry, if any; the last entry that was looked at; the heads of the batches before it."""
    before, last = GENESIS, 0
    borne: set[str] = set()
    for seq, name, cells, kept in heapq.merge(*(_entries(connection, table) for table in ENTRIES)):
        if seq != last + 1:
            return f"entry {last + 1}: it is missing; the next one is {_called(seq, name, cells)}", last, borne
        if link(before, name, cells) != kept:
            return f"{_called(seq, name, cells)}: it was changed, or what stood before it was", last, borne
        before, last = kept, seq
        if name == BATCHES.name:
            borne.add(kept)
    return "", last, borne


def _entries(connection: Connection, table: Table) -> Iterator[tuple[int, str, tuple[Cell, ...], str]]:
    """A table's entries by number: number, table, cells without their hash, hash."""
    found = connection.execution_options(stream_results=True).execute(select(table).order_by(table.c.seq))
    for row in found:
        *cells, kept = row
        yield cells[0], table.name, tuple(cells), kept


def _called(seq: int, name: str, cells: tuple[Cell, ...]) -> str:
    """An entry as people find it: its number, table, batch, and the document or commitment it is about."""
    columns = [column.name for column in METADATA.tables[name].columns]
    about = next(
        (cells[columns.index(key)] for key in ("amount_id", "commitment_id", "doc", "run") if key in columns), ""
    )
    if name == VERSIONS.name:
        about = cells[columns.index("commitment_id")]
    return f"entry {seq} ({name}, batch {cells[1]}, {about})"


def _unguarded(connection: Connection) -> Iterator[str]:
    """The tables whose triggers are gone or off: the entries may be right still, but nothing keeps them so."""
    if is_sqlite(connection):
        there = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))}
        wanted = {f"{table.name}_{deed}": table.name for table in ENTRIES for deed in _DEEDS}
    else:
        found = text("SELECT tgname FROM pg_catalog.pg_trigger WHERE tgenabled IN ('O', 'A')")
        there = {row[0] for row in connection.execute(found)}
        wanted = {f"{table.name}_no_change": table.name for table in ENTRIES}
    for name in sorted({table for trigger, table in wanted.items() if trigger not in there}):
        yield f"table {name}: what keeps its entries from being changed is gone; post to a copy that has its triggers"
