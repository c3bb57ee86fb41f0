"""Which publications a post enters: those that are new or say something else, and those that are withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Final, NamedTuple

from sqlalchemy import Connection

from belopp.ledger import books
from belopp.ledger.books import Known
from belopp.ledger.chain import Cell, Chain, digest
from belopp.ledger.problems import LedgerError
from belopp.ledger.runs import Run
from belopp.ledger.schema import DOCUMENTS, STATEMENTS
from belopp.ledger.statements import Publication, Statement
from belopp.ledger.why import why_entered

# The cells of each kind of entry; ``astuple`` would copy every text of a hundred thousand.
_PUBLICATION: Final[Callable[[Publication], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Publication)))
_STATEMENT: Final[Callable[[Statement], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Statement)))

# A publication with what it states; of a withdrawn one nothing.
Stated = tuple[Publication, list[Statement]]


class Absent(NamedTuple):
    """The publications with funding in the ledger that a run lacks, and those that it could not read, by id."""

    gone: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def without(self, withdrawn: Collection[Publication]) -> Absent:
        """Those that still count when some are withdrawn."""
        taken = {publication.doc for publication in withdrawn}
        return Absent(*(tuple(doc for doc in docs if doc not in taken) for docs in self))


def absent(run: Run, known: Mapping[str, Known]) -> Absent:
    """What the ledger counts that the run does not tell of."""
    read = {publication.doc for publication in run.material.publications}
    docs = sorted(doc for doc, held in known.items() if held.statements and doc not in read)
    return Absent(tuple(doc for doc in docs if doc not in run.unread), tuple(doc for doc in docs if doc in run.unread))


def to_withdraw(
    connection: Connection, run: Run, found: Absent, names: Collection[str], *, every: bool
) -> list[Publication]:
    """The publications that are to be withdrawn: those of some ids, or ``every`` one that the run lacks.

    Raises :class:`LedgerError` for one that the run has still, and for one that the ledger does not count.
    """
    read = {publication.doc for publication in run.material.publications}
    for doc in names:
        if doc in read:
            raise LedgerError(
                f"--withdraw {doc}: the run has it; take it out of the run's input, run belopp run again and post that"
            )
        if doc not in (*found.gone, *found.unread):
            raise LedgerError(
                f"--withdraw {doc}: the ledger counts no such publication; take its id from "
                "belopp ledger export --table documents"
            )
    wanted = {*names, *(found.gone if every else ())}
    if not wanted:
        return []
    about = books.about(connection)
    return [replace(about[doc], last_year=0) for doc in sorted(wanted)]


def _digest(publication: Publication, statements: Iterable[Statement]) -> str:
    return digest([_PUBLICATION(publication), list(map(_STATEMENT, statements))])


def changed(run: Run, known: Mapping[str, Known]) -> Iterator[Stated]:
    """The publications of a run that say what the ledger does not have, with all that they state."""
    stated: dict[str, list[Statement]] = {publication.doc: [] for publication in run.material.publications}
    for statement in run.material.statements:
        stated[statement.doc].append(statement)
    for publication in run.material.publications:
        statements = stated[publication.doc]
        if _is_new(known.get(publication.doc), publication, statements):
            yield publication, statements


def _is_new(known: Known | None, publication: Publication, statements: list[Statement]) -> bool:
    """Whether the publication says what the ledger does not have; one that never stated funding is of no account."""
    if known is None:
        return bool(statements)
    if not statements and not known.statements:
        return False
    return known.digest != _digest(publication, statements)


def add_documents(
    chain: Chain, entered: Sequence[Stated], known: Mapping[str, Known], run: Run, unheld: Mapping[str, str]
) -> dict[str, str]:
    """Add the publications with their statements; by document, why.

    ``unheld`` are those of them that the run does not hold, with what becomes of them.
    """
    whys = {}
    for publication, statements in entered:
        doc = publication.doc
        before = known.get(doc)
        why = whys[doc] = f"{unheld[doc]} {doc}" if doc in unheld else why_entered(publication, before, run)
        document = chain.add(
            DOCUMENTS,
            publication.doc,
            before.version + 1 if before else 1,
            before.seq if before else None,
            why,
            publication.sha256,
            publication.published,
            publication.title,
            publication.url,
            publication.last_year,
            len(statements),
            _digest(publication, statements),
        )
        for statement in statements:
            chain.add(STATEMENTS, document, *_STATEMENT(statement))
    return whys
