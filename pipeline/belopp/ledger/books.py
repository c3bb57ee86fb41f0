"""What the ledger holds now: its head, the publications and statements that count, the commitments as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final, NamedTuple

from sqlalchemy import Connection, TableClause, column, func, select, table
from sqlalchemy import Table as Entries

from belopp.ledger.chain import GENESIS
from belopp.ledger.schema import ASSERTIONS, BATCHES, DOCUMENTS, ENTRIES, POSTINGS, STATEMENTS, VERSIONS
from belopp.ledger.statements import Publication, Statement

FIELDS: Final = tuple(field.name for field in fields(Statement))
_ABOUT: Final = tuple(field.name for field in fields(Publication))


def _view(name: str, entries: Entries) -> TableClause:
    return table(name, *(column(cell.name, cell.type) for cell in entries.columns))


CURRENT_DOCUMENTS: Final = _view("current_documents", DOCUMENTS)
CURRENT_VERSIONS: Final = _view("current_versions", VERSIONS)
CURRENT_POSTINGS: Final = _view("current_postings", POSTINGS)
CURRENT_ASSERTIONS: Final = _view("current_assertions", ASSERTIONS)


class Head(NamedTuple):
    """Where the ledger stands: its name, last batch, last entry, that entry's hash, and the stated horizon."""

    ledger: str = ""
    batch: int = 0
    seq: int = 0
    hash: str = GENESIS
    horizon: int = 0


class Known(NamedTuple):
    """A publication as it counts now, with the rules that read it."""

    seq: int
    version: int
    digest: str
    sha256: str
    statements: int
    rules: str


class Standing(NamedTuple):
    """A commitment as it stands now."""

    seq: int
    version: int
    state: str
    fingerprint: str


def head(connection: Connection) -> Head:
    """The last batch; that of an empty ledger is 0."""
    columns = BATCHES.c
    row = connection.execute(
        select(columns.ledger, columns.batch, columns.seq, columns.hash, columns.horizon)
        .order_by(columns.batch.desc())
        .limit(1)
    ).first()
    return Head(*row) if row else Head()


def last_entry(connection: Connection) -> int:
    """The highest number that any entry bears."""
    return max(connection.execute(select(func.max(entries.c.seq))).scalar() or 0 for entries in ENTRIES)


def publications(connection: Connection) -> dict[str, Known]:
    """The publications that count, by document."""
    columns = CURRENT_DOCUMENTS.c
    rules = select(BATCHES.c.batch, BATCHES.c.rules).subquery()
    found = connection.execute(
        select(
            columns.doc,
            columns.seq,
            columns.version,
            columns.digest,
            columns.sha256,
            columns.statements,
            rules.c.rules,
        ).join_from(CURRENT_DOCUMENTS, rules, rules.c.batch == columns.batch)
    )
    return {row[0]: Known(*row[1:]) for row in found}


def about(connection: Connection) -> dict[str, Publication]:
    """What is known of the publications that count."""
    found = connection.execute(select(*(CURRENT_DOCUMENTS.c[name] for name in _ABOUT)))
    return {row[0]: Publication(*row) for row in found}


def statements(connection: Connection, *, without: Mapping[str, object]) -> Iterator[Statement]:
    """The statements that count, save those of some documents."""
    found = connection.execute(
        select(*(STATEMENTS.c[name] for name in FIELDS)).join_from(
            STATEMENTS, CURRENT_DOCUMENTS, CURRENT_DOCUMENTS.c.seq == STATEMENTS.c.document
        )
    )
    place = FIELDS.index("doc")
    yield from (Statement(*row) for row in found if row[place] not in without)


def standings(connection: Connection) -> dict[str, Standing]:
    """Every commitment as it stands, by id; withdrawn ones too."""
    columns = CURRENT_VERSIONS.c
    found = connection.execute(
        select(columns.commitment_id, columns.seq, columns.version, columns.state, columns.fingerprint)
    )
    return {row[0]: Standing(*row[1:]) for row in found}
