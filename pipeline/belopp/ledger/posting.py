"""Post a run: what it says that the ledger does not know yet, in one batch or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from belopp.ledger import books
from belopp.ledger.books import Head, Standing
from belopp.ledger.chain import Cell, Chain, digest
from belopp.ledger.connecting import writing
from belopp.ledger.grouping import beside, rules_of
from belopp.ledger.planning import Assertion, Planned, Posting, plan
from belopp.ledger.problems import LedgerError
from belopp.ledger.publications import Absent, Stated, absent, add_documents, changed, to_withdraw
from belopp.ledger.runs import Run, keep_head, read_run
from belopp.ledger.schema import ASSERTIONS, BATCHES, POSTINGS, VERSIONS
from belopp.ledger.why import CONTENT, why_changed

# The cells of each kind of entry; ``astuple`` would copy every text of a hundred thousand.
_POSTING: Final[Callable[[Posting], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Posting)))
_ASSERTION: Final[Callable[[Assertion], tuple[Cell, ...]]] = attrgetter(*(f.name for f in fields(Assertion)))

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
    ``taken_back`` publications were withdrawn, ``withdrawn`` commitments; ``absent`` are those that the run does not
    tell of and that still count, ``regrouped`` how many of them now share money with it that did not, or otherwise.
    ``together`` is false when the rules at hand are not the run's, so that they could not be grouped.
    """

    ledger: str
    head: str
    last: int = 0
    batch: int = 0
    documents: int = 0
    corrected: int = 0
    regrouped: int = 0
    taken_back: int = 0
    commitments: int = 0
    superseded: int = 0
    withdrawn: int = 0
    postings: int = 0
    entries: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    absent: Absent = field(default_factory=Absent)
    together: bool = True
    unkept: str = field(default="")


def post(
    run: Path,
    *,
    db: str,
    horizon: int | None = None,
    reason: str = "",
    withdraw: Collection[str] = (),
    withdraw_absent: bool = False,
) -> Posted:
    """Post the run in the folder ``run`` to the ledger at ``db``, and leave its head in the folder's ``run.json``.

    ``horizon`` is the last year of periods without an end (0: the last that each publication names); left out,
    the ledger keeps the one it has.  ``withdraw`` are ids of publications that no longer count, though an earlier
    run told of them; ``withdraw_absent`` withdraws all that this run's input no longer holds.  Raises
    :class:`NotARun` or :class:`LedgerError`; the ledger is then as it was.
    """
    found = read_run(run)
    with writing(db) as connection:
        done = post_run(
            connection, found, horizon=horizon, reason=reason, withdraw=withdraw, withdraw_absent=withdraw_absent
        )
    if not done.ledger:
        return done
    try:
        keep_head(run, done.ledger, done.last, done.head)
    except (OSError, ValueError) as error:
        return replace(done, unkept=str(error))
    return done


def post_run(
    connection: Connection,
    run: Run,
    *,
    horizon: int | None = None,
    reason: str = "",
    withdraw: Collection[str] = (),
    withdraw_absent: bool = False,
) -> Posted:
    """Add what is new in ``run``, on a connection that :func:`writing` gave."""
    head = _head(connection)
    kept = head.horizon if horizon is None else horizon
    known = books.publications(connection)
    lacking = absent(run, known)
    gone = to_withdraw(connection, run, lacking, withdraw, every=withdraw_absent)
    lacking = lacking.without(gone)
    others: list[Stated] = []
    book, together = None, True
    if any(lacking) and run.material.statements:
        book = rules_of(run)
        together = book is not None
    if book:
        run, others = beside(connection, run, (*lacking.gone, *lacking.unread), book)
    entered = [*changed(run, known), *others, *((publication, []) for publication in gone)]
    refused = run.material.refused
    if not entered and kept == head.horizon:
        return Posted(head.ledger, head.hash, head.batch, refused=refused, absent=lacking, together=together)
    chain = Chain(seq=head.seq, head=head.hash, batch=head.batch + 1)
    unheld = {publication.doc: "withdrawn publication" for publication in gone}
    unheld |= {publication.doc: f"grouped anew with run {run.name}:" for publication, _ in others}
    whys = add_documents(chain, entered, known, run, unheld)
    standing = books.standings(connection)
    planned = _planned(connection, entered, kept)
    added = _add_commitments(connection, chain, planned, standing, whys, horizon=kept != head.horizon)
    ledger = head.ledger or secrets.token_hex(8)
    _close(chain, ledger, head, run, kept, reason)
    chain.write(connection)
    corrected = sum(publication.doc in known for publication, _ in entered) - len(gone) - len(others)
    return Posted(
        ledger,
        chain.head,
        last=chain.batch,
        batch=chain.batch,
        documents=len(entered) - corrected - len(gone) - len(others),
        corrected=corrected,
        regrouped=len(others),
        taken_back=len(gone),
        commitments=added.new,
        superseded=added.superseded,
        withdrawn=added.withdrawn,
        postings=added.postings,
        entries=chain.seq - head.seq,
        refused=refused,
        absent=lacking,
        together=together,
    )


def _head(connection: Connection) -> Head:
    """The ledger's head, of which every entry must be."""
    head = books.head(connection)
    if books.last_entry(connection) != head.seq:
        raise LedgerError(
            "the ledger's last entries belong to no batch: it was changed from outside; belopp ledger verify"
        )
    return head


# ------------------------------------------------------------------------------------------- commitments


def _planned(connection: Connection, entered: Sequence[Stated], horizon: int) -> dict[str, Planned]:
    """The plan over all that counts: what the ledger had, with the changed publications in place of what they were."""
    new = {publication.doc: publication for publication, _ in entered}
    publications = {**books.about(connection), **new}
    statements = list(books.statements(connection, without=new))
    for _, stated in entered:
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
