"""What the ledger says: its totals, and the history of one commitment back to the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, TableClause, case, func, literal, select

from belopp.ledger import books
from belopp.ledger.books import CURRENT_ASSERTIONS, CURRENT_DOCUMENTS, CURRENT_POSTINGS, CURRENT_VERSIONS
from belopp.ledger.connecting import reading
from belopp.ledger.planning import COVERED, UNALLOCATED
from belopp.ledger.posting import WITHDRAWN
from belopp.ledger.problems import LedgerError
from belopp.ledger.schema import ASSERTIONS, BATCHES, DOCUMENTS, POSTINGS, STATEMENTS, VERSIONS
from belopp.model import CONTRADICTED

Cell = str | int | None
Line = dict[str, Cell]
_CARRY: Final = 10**9
BY: Final = ("area", "payer", "recipient", "year", "role", "status", "expenditure_area")


@dataclass(frozen=True, slots=True)
class Total:
    """What the postings of one group come to: ``amount`` to ``high`` in minor units; they differ where ranges stand."""

    group: str
    currency: str
    postings: int
    amount: int
    high: int


@dataclass(frozen=True, slots=True)
class Status:
    """The ledger at a glance; ``totals`` by dimension, the greatest first."""

    ledger: str
    head: str
    batch: int
    entries: int
    horizon: int
    documents: int
    posted: int
    covered: int
    withdrawn: int
    assertions: int
    differing: int
    whole: tuple[Total, ...]
    totals: dict[str, tuple[Total, ...]]


def status(db: str, *, by: tuple[str, ...] = ("area", "payer", "year", "role")) -> Status:
    """Totals of what counts now, by the dimensions asked for (of :data:`BY`)."""
    with reading(db) as connection:
        head = books.head(connection)
        states = _counts(connection, CURRENT_VERSIONS, CURRENT_VERSIONS.c.state)
        return Status(
            ledger=head.ledger,
            head=head.hash,
            batch=head.batch,
            entries=head.seq,
            horizon=head.horizon,
            documents=_counts(connection, CURRENT_DOCUMENTS, _tells()).get("1", 0),
            posted=sum(states.values()) - states.get(COVERED, 0) - states.get(WITHDRAWN, 0),
            covered=states.get(COVERED, 0),
            withdrawn=states.get(WITHDRAWN, 0),
            assertions=sum(_counts(connection, CURRENT_ASSERTIONS, literal("all")).values()),
            differing=_counts(connection, CURRENT_ASSERTIONS, _differs()).get("1", 0),
            whole=_totals(connection, literal("")),
            totals={name: _totals(connection, _dimension(name)) for name in by},
        )


def _tells() -> ColumnElement[str]:
    """Of publications: whether they state any funding; one that was withdrawn does not."""
    return case((CURRENT_DOCUMENTS.c.statements > 0, "1"), else_="0")


def _differs() -> ColumnElement[str]:
    """Of assertions: whether the parts exceed the total, within its hedge or beyond (then it is not posted by them)."""
    columns = CURRENT_ASSERTIONS.c
    exceeded = (columns.difference != 0) & (columns.posted == 1)
    return case((exceeded | (columns.verdict == CONTRADICTED), "1"), else_="0")


def _counts(connection: Connection, table: TableClause, key: ColumnElement[str]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(select(key, func.count()).select_from(table).group_by(key))}


def _dimension(name: str) -> ColumnElement[str]:
    """What postings are added up by.  A posting's role is its commitment's; what a total leaves over has its own."""
    columns = CURRENT_POSTINGS.c
    if name == "role":
        return case((columns.kind == UNALLOCATED, UNALLOCATED), else_=CURRENT_VERSIONS.c.role)
    if name == "year":  # a sum for several years, or an open one, stands under its period
        return columns.period
    return columns[name]


def _sum(column: ColumnElement[int]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """A sum in two halves: SQLite adds in 64 bits, and stops where they overflow."""
    return func.sum(column // _CARRY), func.sum(column % _CARRY)


def _totals(connection: Connection, key: ColumnElement[str]) -> tuple[Total, ...]:
    columns = CURRENT_POSTINGS.c
    versions = CURRENT_VERSIONS.c
    found = connection.execute(
        select(key, columns.currency, func.count(), *_sum(columns.amount), *_sum(columns.high))
        .join_from(CURRENT_POSTINGS, CURRENT_VERSIONS, versions.seq == columns.version)
        .group_by(key, columns.currency)
    )
    totals = [
        Total(str(row[0]), row[1], row[2], int(row[3]) * _CARRY + int(row[4]), int(row[5]) * _CARRY + int(row[6]))
        for row in found
    ]
    return tuple(
        sorted(totals, key=lambda total: (total.currency != "SEK", total.currency, -total.amount, total.group))
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One version of a commitment: the batch that brought it, its cells, its postings and assertions, its sources."""

    batch: Line
    version: Line
    postings: tuple[Line, ...]
    assertions: tuple[Line, ...]
    sources: tuple[Line, ...]


def history(db: str, commitment: str) -> tuple[Step, ...]:
    """The versions of a commitment, oldest first, each with the sentences behind it.

    ``commitment`` is an id, the beginning of one, or the id of an amount (``doc:start-end``).  Raises
    :class:`LedgerError` when the ledger has none, or several that begin so, or states only what was before.
    """
    with reading(db) as connection:
        name = _named(connection, commitment, db)
        versions = _lines(connection, VERSIONS, VERSIONS.c.commitment_id == name)
        if not versions:
            raise LedgerError(
                f"{db}: of {commitment} nothing is posted: it is what was before, the X of a change from X to Y; "
                "ask for the Y"
            )
        return tuple(_step(connection, version) for version in versions)


def _named(connection: Connection, wanted: str, db: str) -> str:
    like = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    ids = VERSIONS.c.commitment_id
    found = [row[0] for row in connection.execute(select(ids).where(ids.like(like, escape="\\")).distinct().limit(6))]
    if wanted in found:
        return wanted
    if not found:
        # The place of an amount outlives its correction: what the last version of the publication says there counts.
        said = STATEMENTS.c
        last = select(said.commitment_id).where(said.amount_id == wanted).order_by(said.seq.desc()).limit(1)
        found = [row[0] for row in connection.execute(last)]
    if len(found) == 1:
        return str(found[0])
    if found:
        raise LedgerError(
            f"{db}: several commitments begin with {wanted}: {', '.join(found[:5])}; write more of the id"
        )
    raise LedgerError(
        f"{db}: no commitment {wanted}; take an id from commitments.csv, or the amount_id of a row of funding from "
        "amounts.csv"
    )


def _lines(connection: Connection, table: TableClause, where: ColumnElement[bool]) -> tuple[Line, ...]:
    found = connection.execute(select(table).where(where).order_by(table.c.seq))
    return tuple(dict(row) for row in found.mappings())


def _step(connection: Connection, version: Line) -> Step:
    seq, number = version["seq"], version["batch"]
    (batch,) = _lines(connection, BATCHES, BATCHES.c.batch == number)
    return Step(
        batch=batch,
        version=version,
        postings=_lines(connection, POSTINGS, POSTINGS.c.version == seq),
        assertions=_lines(connection, ASSERTIONS, ASSERTIONS.c.version == seq),
        sources=_sources(connection, version),
    )


def _sources(connection: Connection, version: Line) -> tuple[Line, ...]:
    """The statements of a version, from the publications as they stood at its batch, by date."""
    later = DOCUMENTS.alias("later")
    superseded = (
        select(later.c.seq).where(later.c.supersedes == DOCUMENTS.c.seq, later.c.batch <= version["batch"]).exists()
    )
    wanted = (
        select(STATEMENTS, DOCUMENTS.c.published, DOCUMENTS.c.title, DOCUMENTS.c.url, DOCUMENTS.c.sha256)
        .join_from(STATEMENTS, DOCUMENTS, DOCUMENTS.c.seq == STATEMENTS.c.document)
        .where(STATEMENTS.c.commitment_id == version["commitment_id"])
        .where(DOCUMENTS.c.batch <= version["batch"])
        .where(~superseded)
        .order_by(DOCUMENTS.c.published, STATEMENTS.c.doc, STATEMENTS.c.start)
    )
    return tuple(dict(row) for row in connection.execute(wanted).mappings())
