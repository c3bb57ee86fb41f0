"""Post a run: what it says that the ledger does not know yet, in one batch or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from belopp.ledger import books
from belopp.ledger.books import Head, Known, Standing
from belopp.ledger.chain import Cell, Chain, digest
from belopp.ledger.connecting import writing
from belopp.ledger.planning import Assertion, Planned, Posting, plan
from belopp.ledger.problems import LedgerError
from belopp.ledger.runs import Run, keep_head, read_run
from belopp.ledger.schema import ASSERTIONS, BATCHES, DOCUMENTS, POSTINGS, STATEMENTS, VERSIONS
from belopp.ledger.statements import Publication, Statement
from belopp.ledger.why import CONTENT, why_changed, why_entered

# The cells of each kind of entry; ``astuple`` would copy every text of a hundred thousand.
_PUBLICATION: Final[Callable[[Publication], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Publication)))
_STATEMENT: Final[Callable[[Statement], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Statement)))
_POSTING: Final[Callable[[Posting], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Posting)))
_ASSERTION: Final[Callable[[Assertion], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Assertion)))

# A publication with what it states.
_Stated = tuple[Publication, list[Statement]]
# A version that is to be added: its commitment, what is planned of it (of a withdrawn one nothing), cells, fingerprint.
_Version = tuple[str, Planned | None, tuple[Cell, ...], str]

WITHDRAWN: Final = "withdrawn"


class _Added(NamedTuple):
    """How many commitments are new, superseded and withdrawn, and how many postings came."""

    new: int
    superseded: int
    withdrawn: int
    postings: int


@dataclass(frozen=True, slots=True)
class Posted:
    """What a post came to.

    ``batch`` is 0 when there was nothing new; ``head`` and ``last`` are the ledger's head and last batch as they stand.
    """

    ledger: str
    head: str
    last: int = 0
    batch: int = 0
    documents: int = 0
    corrected: int = 0
    commitments: int = 0
    superseded: int = 0
    withdrawn: int = 0
    postings: int = 0
    entries: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    unkept: str = field(default="")


def post(run: Path, *, db: str, horizon: int | None = None, reason: str = "") -> Posted:
    """Post the run in the folder ``run`` to the ledger at ``db``, and leave its head in the folder's ``run.json``.

    ``horizon`` is the last year of periods without an end (0: the last that each publication names); left out,
    the ledger keeps the one it has.  Raises :class:`NotARun` or :class:`LedgerError`; the ledger is then as it was.
    """
    found = read_run(run)
    with writing(db) as connection:
        done = post_run(connection, found, horizon=horizon, reason=reason)
    if not done.ledger:
        return done
    try:
        keep_head(run, done.ledger, done.last, done.head)
    except (OSError, ValueError) as error:
        return replace(done, unkept=str(error))
    return done


def post_run(connection: Connection, run: Run, *, horizon: int | None = None, reason: str = "") -> Posted:
    """Add what is new in ``run``, on a connection that :func:`writing` gave."""
    head = _head(connection)
    kept = head.horizon if horizon is None else horizon
    known = books.publications(connection)
    changed = list(_changed(run, known))
    refused = run.material.refused
    if not changed and kept == head.horizon:
        return Posted(head.ledger, head.hash, head.batch, refused=refused)
    chain = Chain(seq=head.seq, head=head.hash, batch=head.batch + 1)
    whys = _add_documents(chain, changed, known, run)
    standing = books.standings(connection)
    planned = _planned(connection, changed, kept)
    added = _add_commitments(connection, chain, planned, standing, whys, horizon=kept != head.horizon)
    ledger = head.ledger or secrets.token_hex(8)
    _close(chain, ledger, head, run, kept, reason)
    chain.write(connection)
    corrected = sum(publication.doc in known for publication, _ in changed)
    return Posted(
        ledger,
        chain.head,
        last=chain.batch,
        batch=chain.batch,
        documents=len(changed) - corrected,
        corrected=corrected,
        commitments=added.new,
        superseded=added.superseded,
        withdrawn=added.withdrawn,
        postings=added.postings,
        entries=chain.seq - head.seq,
        refused=refused,
    )


def _head(connection: Connection) -> Head:
    """The ledger's head, of which every entry must be."""
    head = books.head(connection)
    if books.last_entry(connection) != head.seq:
        raise LedgerError(
            "the ledger's last entries belong to no batch: it was changed from outside; belopp ledger verify"
        )
    return head


# ------------------------------------------------------------------------------------------ publications


def _digest(publication: Publication, statements: Iterable[Statement]) -> str:
    return digest([_PUBLICATION(publication), list(map(_STATEMENT, statements))])


def _changed(run: Run, known: Mapping[str, Known]) -> Iterator[_Stated]:
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


def _add_documents(chain: Chain, changed: Sequence[_Stated], known: Mapping[str, Known], run: Run) -> dict[str, str]:
    """Add the publications with their statements; by document, why."""
    whys = {}
    for publication, statements in changed:
        before = known.get(publication.doc)
        why = whys[publication.doc] = why_entered(publication, before, run)
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


# ------------------------------------------------------------------------------------------- commitments


def _planned(connection: Connection, changed: Sequence[_Stated], horizon: int) -> dict[str, Planned]:
    """The plan over all that counts: what the ledger had, with the changed publications in place of what they were."""
    new = {publication.doc: publication for publication, _ in changed}
    publications = {**books.about(connection), **new}
    statements = list(books.statements(connection, without=new))
    for _, stated in changed:
        statements += stated
    return plan(statements, publications, horizon=horizon)


def _add_commitments(
    connection: Connection,
    chain: Chain,
    planned: Mapping[str, Planned],
    standing: Mapping[str, Standing],
    whys: Mapping[str, str],
    *,
    horizon: bool,
) -> _Added:
    """Add what is new of the commitments."""
    new = list(_moved(planned, standing))
    gone = [name for name, old in standing.items() if name not in planned and old.state != WITHDRAWN]
    old_cells = _old_cells(connection, {standing[name].seq for name, *_ in new if name in standing}, gone, standing)
    new += [(name, None, _gone(old_cells[name]), digest([WITHDRAWN, name])) for name in gone]
    postings = 0
    for name, found, cells, fingerprint in new:
        old = standing.get(name)
        why = why_changed(old_cells.get(name), cells, whys, horizon=horizon)
        version = chain.add(
            VERSIONS, name, old.version + 1 if old else 1, old.seq if old else None, why, *cells, fingerprint
        )
        if found:
            postings += len(found.postings)
            for posting in found.postings:
                chain.add(POSTINGS, version, name, *_POSTING(posting))
            for assertion in found.assertions:
                chain.add(ASSERTIONS, version, name, *_ASSERTION(assertion))
    superseded = sum(name in standing for name, found, *_ in new if found)
    return _Added(len(new) - superseded - len(gone), superseded, len(gone), postings)


def _moved(planned: Mapping[str, Planned], standing: Mapping[str, Standing]) -> Iterator[_Version]:
    """Each commitment that does not stand in the ledger as it is planned."""
    for name, item in planned.items():
        cells = _cells(item)
        fingerprint = digest([cells, list(map(_POSTING, item.postings)), list(map(_ASSERTION, item.assertions))])
        if name not in standing or standing[name].fingerprint != fingerprint:
            yield name, item, cells, fingerprint


def _cells(item: Planned) -> tuple[Cell, ...]:
    """A version's own cells, from ``state`` to ``sources``."""
    whole = item.commitment
    key = whole.key
    seen = sorted(filter(None, item.dates))
    return (
        item.state,
        item.role,
        item.parent,
        item.covered_by,
        key.amount_id,
        key.low,
        key.high,
        key.currency,
        key.modifier,
        key.change,
        whole.status,
        whole.payer,
        whole.recipient,
        whole.area,
        whole.expenditure_area,
        whole.period,
        whole.per,
        whole.horizon,
        seen[0] if seen else "",
        seen[-1] if seen else "",
        "|".join(statement.amount_id for statement in whole.statements),
    )


def _gone(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells of a commitment that no publication states any longer: what it was, without a place or a source."""
    return (WITHDRAWN, cells[1], "", "", *cells[4:-1], "")


def _old_cells(
    connection: Connection, seqs: set[int], gone: Iterable[str], standing: Mapping[str, Standing]
) -> dict[str, tuple[Cell, ...]]:
    """By commitment: the cells of the versions that are about to be superseded."""
    wanted = sorted(seqs | {standing[name].seq for name in gone})
    found: dict[str, tuple[Cell, ...]] = {}
    for at in range(0, len(wanted), 500):
        rows = connection.execute(
            select(VERSIONS.c.commitment_id, *(VERSIONS.c[name] for name in CONTENT)).where(
                VERSIONS.c.seq.in_(wanted[at : at + 500])
            )
        )
        found.update({row[0]: tuple(row[1:]) for row in rows})
    return found


def _close(chain: Chain, ledger: str, head: Head, run: Run, horizon: int, reason: str) -> None:
    posted_at = datetime.now(UTC).isoformat(timespec="seconds")
    chain.add(BATCHES, ledger, posted_at, run.name, run.digest, run.belopp, run.rules, horizon, reason, head.seq + 1)
