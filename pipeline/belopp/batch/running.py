"""A whole run: one at a time in its folder, from the INPUTs to tables that are all new or all old."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from belopp import __version__, rulebook
from belopp.batch.choosing import chosen, first_day
from belopp.batch.examining import LIMIT
from belopp.batch.gathering import ENDINGS, Publication, gather
from belopp.batch.memory import Memory, edition, library_versions
from belopp.batch.outcome import DOC, Outcome, Watcher
from belopp.batch.problems import Busy, WrongInput
from belopp.batch.recording import records
from belopp.commitments import Commitments
from belopp.read import MADE
from belopp.rulebook import Rulebook
from belopp.tables import (
    AMOUNTS,
    COMMITMENTS,
    DOCUMENTS,
    QUARANTINED,
    RUN,
    Line,
    Record,
    Writing,
    all_lines,
    places,
    read_csv,
)

# Records are written this many at a time: bounded memory, few row groups.
BATCH_DOCUMENTS: Final = 20_000
BATCH_ROWS: Final = 50_000
LOCK: Final = ".lock"
LEDGERS: Final = "ledgers"
(FORMAT,) = places(DOCUMENTS, "format")


def run(
    inputs: Sequence[str],
    *,
    out: Path,
    workers: int = 1,
    since: str = "",
    force: bool = False,
    rules: Path | None = None,
    limit: float = LIMIT,
    only: Collection[str] | None = None,
    watch: Callable[[int], Watcher] | None = None,
) -> Outcome:
    """Read the publications under ``inputs`` and write the tables of their sums to ``out``.

    ``since`` (``2024``, ``2024-09`` or ``2024-09-17``) keeps the publications dated then or later; one whose
    month or year alone is known is kept when its last day may be, an undated one is not.  ``force`` reads
    also what is unchanged.  A document that takes more than ``limit`` seconds of processor time is
    quarantined (0: no limit).  With ``only`` the documents of these ids are read again and of the others what is
    known stays, changed or not; there is no run to add to when the rules or the code have changed.

    INPUTs without any document are refused where ``out`` has some.  ``watch`` is told how many documents
    there are, and what it returns is told of each one done.  Raises :class:`WrongInput`, :class:`Busy`,
    ``rulebook.BrokenRule`` or ``OSError`` (when ``out`` cannot be written); whatever it raises,
    KeyboardInterrupt too, the tables in ``out`` stay whole.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    earliest = first_day(since)
    book = rulebook.load(rules)
    publications = gather(inputs, leave_out=out)
    out.mkdir(parents=True, exist_ok=True)
    spare(out, publications, inputs)
    with alone(out), Memory(out, edition(book.digest), forget=force) as memory, Writing(out) as writing:
        outcome = Outcome()
        if only is not None:
            publications = [each for each in publications if each.doc in only or memory.holds(each.doc)]
            whole(out, publications)
        memory.forget_all_but(publication.doc for publication in publications)
        watcher = watch(len(publications)) if watch else None
        found = records(
            publications, memory, outcome, workers=workers, rules=rules, limit=limit, only=only, watch=watcher
        )
        write(chosen(found, earliest, outcome), memory, writing, outcome, book)
        about = {
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
            **kept_heads(out),
        }
        writing.publish(about)
    return outcome


def write(found: Iterable[Record], memory: Memory, writing: Writing, outcome: Outcome, book: Rulebook) -> None:
    """Write the tables.  A sum's line waits for its commitment, known when all documents have been gone through."""
    with Commitments(book) as commitments:
        with_sums: list[str] = []
        for batch in batches(found):
            outcome.add(batch)
            writing.write({name: lines for name, lines in all_lines(batch).items() if name != AMOUNTS.name})
            for record in batch:
                if record.document[FORMAT] in MADE and (text := memory.text(str(record.document[DOC]))):
                    writing.keep_text(str(record.document[DOC]), text)
                if record.amounts:
                    commitments.add(record.amounts)
                    with_sums.append(str(record.document[DOC]))
        commitments.settle()
        for batch in batches(memory.record(doc) for doc in with_sums):
            lines = [line for record in batch for line in commitments.filled(record.amounts)]
            writing.write({AMOUNTS.name: lines})
        for group in groups(commitments.lines()):
            outcome.commitments += len(group)
            writing.write({COMMITMENTS.name: group})


def groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in groups of a bounded size, the last one smaller."""
    waiting = iter(lines)
    while group := list(islice(waiting, BATCH_ROWS)):
        yield group


def kept_heads(out: Path) -> dict[str, object]:
    """The heads that ledgers left in the folder's ``run.json``: a later run there must not wipe out the proof."""
    try:
        about = json.loads((out / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {LEDGERS: about[LEDGERS]} if isinstance(about, dict) and LEDGERS in about else {}


def spare(out: Path, publications: Sequence[Publication], inputs: Sequence[str]) -> None:
    """Refuse to empty the tables of an earlier run for INPUTs that hold nothing: a mistaken name, a disk not there."""
    if all(publication.fault for publication in publications) and _holds_documents(out / DOCUMENTS.file):
        raise WrongInput(
            f"{', '.join(inputs)}: no document that ends in {', '.join(ENDINGS)}, so the tables in {out} are kept; "
            "mend the INPUT, or remove the folder of tables if its documents are gone for good"
        )


def whole(out: Path, publications: Sequence[Publication]) -> None:
    """Refuse to add to a run of which too little is known: the rules, the code or the folder are not what they were."""
    known = {publication.doc for publication in publications}
    lines = read_csv(out / DOCUMENTS.file)
    lost = [line["doc"] for line in lines if line["doc"] not in known and line["status"] != QUARANTINED]
    if lost:
        raise WrongInput(
            f"{out}: {len(lost)} of its documents, {lost[0]} among them, must be read again, for the rules, belopp or "
            "the INPUT changed; use belopp run"
        )


def _holds_documents(path: Path) -> bool:
    return path.is_file() and next(read_csv(path), None) is not None


def batches(found: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in batches that depend on the documents alone, so that Parquet's row groups do too."""
    batch: list[Record] = []
    rows = 0
    for record in found:
        batch.append(record)
        rows += len(record.amounts)
        if len(batch) == BATCH_DOCUMENTS or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


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
