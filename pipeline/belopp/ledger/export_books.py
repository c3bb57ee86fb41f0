"""What an export is made from: one unchanging view of the ledger, its versions and sources ready to be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from belopp.ledger import books
from belopp.ledger.books import CURRENT_ASSERTIONS, CURRENT_POSTINGS, Head
from belopp.ledger.connecting import address, reading, shown
from belopp.ledger.problems import LedgerError
from belopp.ledger.reading import Total
from belopp.ledger.schema import ASSERTIONS, BATCHES, DOCUMENTS, POSTINGS, STATEMENTS, VERSIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select, Table, TableClause

    Entry = Row[tuple[object, ...]]


@dataclass(frozen=True)
class Books:
    """The ledger as it is exported: what counts now, or with ``history`` every version of everything.

    ``totals`` are what counts now, by currency, as the database adds it up; ``versions`` and ``batches`` are
    keyed by their numbers, ``sources`` are a commitment's statements, of all versions, by date and place.
    """

    ledger: Head
    history: bool
    totals: tuple[Total, ...]
    batches: dict[int, Entry]
    documents: tuple[Entry, ...]
    versions: dict[int, Entry]
    postings: tuple[Entry, ...]
    assertions: tuple[Entry, ...]
    sources: dict[str, tuple[Entry, ...]]

    def sources_of(self, version: Entry) -> Iterator[Entry]:
        """The statements of a version, from the publications as they stood at its batch."""
        for source in self.sources.get(version.commitment_id, ()):
            if source.batch <= version.batch and (source.until is None or source.until > version.batch):
                yield source

    def key_of(self, version: Entry) -> Entry | None:
        """The most exact statement of a version: the one that it is posted by."""
        return next((source for source in self.sources_of(version) if source.amount_id == version.amount_id), None)

    def is_current(self, entry: Entry) -> bool:
        """Whether a posting or assertion counts now."""
        return self.versions[entry.version].superseded_by is None


def read_books(db: str, *, history: bool = False) -> Books:
    """All that an export needs, from one transaction.

    Raises :class:`LedgerError`, also when what was read does not add up to what the database says.
    """
    with reading(db) as connection:
        versions = {row.seq: row for row in connection.execute(_versioned(VERSIONS, history=history))}
        found = Books(
            ledger=books.head(connection),
            history=history,
            totals=_totals(connection),
            batches={row.batch: row for row in connection.execute(select(BATCHES).order_by(BATCHES.c.seq))},
            documents=tuple(connection.execute(_versioned(DOCUMENTS, history=history))),
            versions=versions,
            postings=_entries(connection, POSTINGS if history else CURRENT_POSTINGS),
            assertions=_entries(connection, ASSERTIONS if history else CURRENT_ASSERTIONS),
            sources=_sources(connection, history=history),
        )
    _check(found, shown(address(db)))
    return found


def _versioned(table: Table, *, history: bool) -> Select[tuple[object, ...]]:
    """The entries of a table whose entries supersede each other, and what superseded each."""
    later = table.alias("later")
    wanted = (
        select(
            table,
            later.c.seq.label("superseded_by"),
            later.c.batch.label("until"),
            later.c.reason.label("superseded_because"),
        )
        .select_from(table.outerjoin(later, later.c.supersedes == table.c.seq))
        .order_by(table.c.seq)
    )
    return wanted if history else wanted.where(later.c.seq.is_(None))


def _entries(connection: Connection, table: Table | TableClause) -> tuple[Entry, ...]:
    return tuple(connection.execute(select(table).order_by(table.c.seq)))


def _totals(connection: Connection) -> tuple[Total, ...]:
    columns = CURRENT_POSTINGS.c
    found = connection.execute(
        select(columns.currency, func.count(), func.sum(columns.amount), func.sum(columns.high))
        .group_by(columns.currency)
        .order_by(columns.currency)
    )
    return tuple(Total("", row[0], row[1], int(row[2]), int(row[3])) for row in found)


def _sources(connection: Connection, *, history: bool) -> dict[str, tuple[Entry, ...]]:
    later = DOCUMENTS.alias("later")
    wanted = (
        select(
            STATEMENTS,
            DOCUMENTS.c.version.label("document_version"),
            DOCUMENTS.c.published,
            DOCUMENTS.c.title,
            DOCUMENTS.c.url,
            DOCUMENTS.c.sha256,
            later.c.seq.label("superseded_by"),
            later.c.batch.label("until"),
        )
        .select_from(
            STATEMENTS.join(DOCUMENTS, DOCUMENTS.c.seq == STATEMENTS.c.document).outerjoin(
                later, later.c.supersedes == DOCUMENTS.c.seq
            )
        )
        .order_by(DOCUMENTS.c.published, STATEMENTS.c.doc, STATEMENTS.c.start, STATEMENTS.c.seq)
    )
    if not history:
        wanted = wanted.where(later.c.seq.is_(None))
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.commitment_id].append(row)
    # The databases do not order texts alike; the same ledger is to give the same file from both.
    order = sorted(found)
    return {name: tuple(sorted(found[name], key=_place)) for name in order}


def _place(source: Entry) -> tuple[str, str, int, int]:
    return source.published, source.doc, source.start, source.seq


def _check(found: Books, place: str) -> None:
    """What is exported adds up, per currency, to what the database says; or nothing is exported."""
    sums: dict[str, int] = defaultdict(int)
    for posting in found.postings:
        if found.is_current(posting):
            sums[posting.currency] += posting.amount
    said = {total.currency: total.amount for total in found.totals}
    if dict(sums) != said:
        raise LedgerError(
            f"{place}: its postings add up to {dict(sums)}, its own total is {said} (minor units); "
            "belopp ledger verify names the entry that is wrong"
        )
