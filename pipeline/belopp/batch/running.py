"""A whole run: gather, examine what is new, hold the tables against their contract, and publish them."""

from __future__ import annotations

import fcntl
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from belopp import __version__, rulebook
from belopp.batch.examining import Result, Task
from belopp.batch.gathering import Publication, gather
from belopp.batch.memory import Memory, edition, library_versions
from belopp.batch.problems import Busy, WrongInput
from belopp.batch.working import examine_all
from belopp.tables import DOCUMENTS, EMPTY, QUARANTINED, TABLES, Record, Writing, all_lines, faults, frame, quarantined

# Records are held against the contract and written this many at a time: bounded memory, few row groups.
BATCH_DOCUMENTS: Final = 20_000
BATCH_ROWS: Final = 50_000
SAVE_SECONDS: Final = 5.0
LOCK: Final = ".lock"

STATUS: Final = DOCUMENTS.names.index("status")
SUMS: Final = DOCUMENTS.names.index("sums")
STAGE: Final = DOCUMENTS.names.index("stage")
REASON: Final = DOCUMENTS.names.index("reason")
SHA256: Final = DOCUMENTS.names.index("sha256")
PUBLISHED: Final = DOCUMENTS.names.index("published")


@dataclass(slots=True)
class Outcome:
    """What a run came to, growing while it goes on."""

    documents: int = 0
    with_sums: int = 0
    sums: int = 0
    empty: int = 0
    read: int = 0
    unchanged: int = 0
    earlier: int = 0
    undated: int = 0
    quarantined: list[tuple[str, str, str]] = field(default_factory=list)


Watcher = Callable[[int, Outcome], None]


def run(
    inputs: Sequence[str],
    *,
    out: Path,
    workers: int = 1,
    since: str = "",
    force: bool = False,
    rules: Path | None = None,
    watch: Callable[[int], Watcher] | None = None,
) -> Outcome:
    """Read the publications under ``inputs`` and write the tables of their sums to ``out``.

    ``since`` (``2024``, ``2024-09`` or ``2024-09-17``) keeps the publications dated then or later; one whose
    month or year alone is known is kept when its last day may be, an undated one is not.  ``force`` reads
    also what is unchanged.  ``watch`` is told how many documents there are, and what it returns is told
    of each one done.  Raises :class:`WrongInput`, :class:`Busy`, ``rulebook.BrokenRule`` or ``OSError`` (when
    ``out`` cannot be written); whatever it raises, KeyboardInterrupt too, the tables in ``out`` stay whole.
    """
    started = datetime.now(UTC)
    clock = time.monotonic()
    earliest = first_day(since)
    book = rulebook.load(rules)
    out.mkdir(parents=True, exist_ok=True)
    with alone(out), Memory(out, edition(book.digest), forget=force) as memory:
        publications = gather(inputs, leave_out=out)
        outcome = Outcome()
        seen = watch(len(publications)) if watch else None
        with Writing(out) as writing:
            records = examined(publications, memory, outcome, workers=workers, rules=rules)
            kept = chosen(watched(records, outcome, seen), earliest, outcome)
            for batch in batches(kept):
                writing.write(all_lines(counted(held_to_contract(batch), outcome)))
            memory.forget_all_but(publication.doc for publication in publications)
            writing.publish(
                {
                    "belopp": __version__,
                    "rules": book.digest,
                    "python": sys.version.split()[0],
                    "libraries": library_versions(),
                    "inputs": list(inputs),
                    "since": since,
                    "counts": {**asdict(outcome), "quarantined": len(outcome.quarantined)},
                    "workers": workers,
                    "started": started.isoformat(timespec="seconds"),
                    "seconds": round(time.monotonic() - clock, 3),
                }
            )
    return outcome


def examined(
    publications: Sequence[Publication], memory: Memory, outcome: Outcome, *, workers: int, rules: Path | None
) -> Iterator[Record]:
    """Every publication's record in order: the kept one where nothing changed, else a new one."""
    changed = [publication for publication in publications if not memory.unchanged(publication)]
    tasks = [Task(publication, memory.known(publication)) for publication in changed]
    results = examine_all(tasks, workers=workers, rules=rules)
    new = {publication.doc for publication in changed}
    saved = time.monotonic()
    for publication in publications:
        if publication.doc not in new:
            outcome.unchanged += 1
            yield memory.record(publication.doc)
            continue
        yield keep(memory, *next(results), outcome)
        if time.monotonic() - saved > SAVE_SECONDS:
            memory.save()
            saved = time.monotonic()


def keep(memory: Memory, task: Task, result: Result, outcome: Outcome) -> Record:
    """A new record, kept for the next run unless it is a quarantine: that is tried again each time."""
    publication, (sha256, record) = task.publication, result
    if record is None:
        outcome.unchanged += 1
        memory.keep(publication, sha256, None)
        return memory.record(publication.doc)
    outcome.read += 1
    if record.document[STATUS] != QUARANTINED:
        memory.keep(publication, sha256, record)
    return record


def watched(records: Iterator[Record], outcome: Outcome, seen: Watcher | None) -> Iterator[Record]:
    """The records, each told to the watcher as it passes."""
    found = 0
    for record in records:
        found += len(record.amounts)
        if seen:
            seen(found, outcome)
        yield record


def chosen(records: Iterator[Record], earliest: str, outcome: Outcome) -> Iterator[Record]:
    """The records of publications that may be dated ``earliest`` (a day, or ``""``) or later.

    A quarantined document whose date is not known stays, for nobody knows that it is older.
    """
    for record in records:
        published = str(record.document[PUBLISHED])
        if earliest and not published and record.document[STATUS] != QUARANTINED:
            outcome.undated += 1
        elif earliest and published and last_day(published) < earliest:
            outcome.earlier += 1
        else:
            yield record


def first_day(since: str) -> str:
    """The first day of a year, month or day, as text that compares with :func:`last_day`.

    >>> first_day("2024-09"), last_day("2024-09"), last_day("2024")
    ('2024-09-01', '2024-09-31', '2024-12-31')
    """
    if not since:
        return ""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", since):
        raise WrongInput(f"--since {since}: write a year, month or day such as 2024, 2024-09 or 2024-09-17")
    day = since + "-01-01"[len(since) - 4 :]
    try:
        datetime.strptime(day, "%Y-%m-%d")
    except ValueError as error:
        raise WrongInput(f"--since {since}: there is no such day; write one such as 2024-09-17") from error
    return day


def last_day(published: str) -> str:
    """The last day that a date of any precision may mean."""
    return published + "-12-31"[len(published) - 4 :]


def batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Records in batches that depend on the documents alone, so that Parquet's row groups do too."""
    batch: list[Record] = []
    rows = 0
    for record in records:
        batch.append(record)
        rows += len(record.amounts)
        if len(batch) == BATCH_DOCUMENTS or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    yield batch


def held_to_contract(batch: list[Record]) -> list[Record]:
    """The batch with every document quarantined whose lines do not satisfy the tables' schemas."""
    wrong: dict[str, str] = {}
    lines = all_lines(batch)
    for table in TABLES:
        doc = table.names.index("doc")
        if lines[table.name]:
            for position, why in faults(frame(lines[table.name], table), table):
                wrong.setdefault(str(lines[table.name][position][doc]), f"{table.name}.{why}")
    return [_refused(record, wrong[doc]) if (doc := str(record.document[0])) in wrong else record for record in batch]


def _refused(record: Record, why: str) -> Record:
    document = record.document
    about = tuple(str(cell) for cell in document[PUBLISHED:])
    return quarantined(str(document[0]), "write", why, sha256=str(document[SHA256]), about=about)


def counted(batch: list[Record], outcome: Outcome) -> list[Record]:
    """The batch, added to the outcome."""
    for record in batch:
        document = record.document
        outcome.documents += 1
        outcome.sums += len(record.amounts)
        outcome.with_sums += bool(record.amounts)
        outcome.empty += document[STATUS] == EMPTY
        if document[STATUS] == QUARANTINED:
            outcome.quarantined.append((str(document[0]), str(document[STAGE]), str(document[REASON])))
    return batch


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold the folder's lock; the system gives it back however the process ends."""
    handle = os.open(out / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = os.read(handle, 20).decode("ascii", "replace")
            raise Busy(f"{out}: process {other} is writing there; wait for it or choose another --out") from error
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
