"""A whole run: one at a time in its folder, from the INPUTs to tables that are all new or all old."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from belopp import rulebook
from belopp.batch.choosing import chosen, first_day, is_late
from belopp.batch.editions import edition, versions
from belopp.batch.entries import amounts_of
from belopp.batch.examining import LIMIT
from belopp.batch.gathering import each_once, sources_of
from belopp.batch.memory import FILE, Kept, Memory
from belopp.batch.outcome import Outcome, Watcher
from belopp.batch.problems import Busy, WrongInput
from belopp.batch.recording import Recording
from belopp.batch.reviewed import Gold
from belopp.commitments import Commitments, TooMany, unpack_cards
from belopp.read import ENDINGS
from belopp.rulebook import Rulebook
from belopp.tables import (
    AMOUNTS,
    CHECKS,
    COMMITMENTS,
    DOCUMENTS,
    LOCK,
    QUARANTINED,
    REASONS,
    RUN,
    Line,
    Writing,
    odd_in,
    others_in,
    read_csv,
)

# Lines are written this many at a time: bounded memory, few row groups.
BATCH_ROWS: Final = 10_000
LEDGERS: Final = "ledgers"


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
    gold: Gold | None = None,
    watch: Callable[[Callable[[], int]], Watcher] | None = None,
) -> Outcome:
    """Read the publications under ``inputs`` and write the tables of their sums to ``out``.

    ``since`` (``2024``, ``2024-09`` or ``2024-09-17``) keeps the publications dated then or later; one whose
    month or year alone is known is kept when its last day may be, an undated one is not.  ``force`` reads
    also what is unchanged.  A document that takes more than ``limit`` seconds of processor time is
    quarantined (0: no limit).  With ``only`` the documents of these ids are read again and of the others what is
    known stays, changed or not; there is no run to add to when the rules or the code have changed.  A publication of
    ``gold`` has the rows that a reviewer stands for, as long as its text is the one that was reviewed.

    INPUTs without any document are refused where ``out`` has some, and so is an ``out`` with others' files under the
    names of the tables.  ``watch`` is handed a way to count the
    documents, and what it returns is told of each one done.  Raises :class:`WrongInput`, :class:`Busy`,
    ``rulebook.BrokenRule`` or ``OSError`` (when ``out`` cannot be written); whatever it raises,
    KeyboardInterrupt too, the tables in ``out`` stay whole.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    earliest = first_day(since)
    book = rulebook.load(rules)
    sources = [source for given in each_once(inputs) for source in sources_of(given, out)]
    spare_others(out)
    out.mkdir(parents=True, exist_ok=True)
    with alone(out), Memory(out, edition(book.digest), forget=force) as memory, Writing(out) as writing:
        outcome = Outcome()
        watcher = watch(lambda: sum(source.number() for source in sources)) if watch else None
        recording = Recording(memory, outcome, limit=limit, only=only, reviewed=gold and gold.documents, watch=watcher)
        present = recording.record(sources, workers=workers, rules=rules)
        spare(out, present, inputs)
        if only is not None:
            whole(out, memory)
        memory.forget_unseen()
        write(memory, writing, outcome, book, earliest=earliest)
        counts = {**asdict(outcome), "quarantined": len(outcome.quarantined), "outdated": len(outcome.outdated)}
        about = {"inputs": list(inputs), "since": since, "counts": counts, "workers": workers}
        if gold:
            about["gold"] = gold.folder
        took = {"started": started.isoformat(timespec="seconds"), "seconds": round(time.monotonic() - clock, 3)}
        writing.publish({**versions(book.digest), **about, **took, **kept_heads(out)})
    return outcome


def write(memory: Memory, writing: Writing, outcome: Outcome, book: Rulebook, *, earliest: str) -> None:
    """Write the tables.  A sum's line waits for its commitment, known when all documents have been gone through."""
    for lines in memory.documents():
        kept = chosen(lines, earliest, outcome)
        outcome.add(kept)
        writing.write({DOCUMENTS.name: kept})
    for doc, published, text in memory.texts():
        if is_late(published, earliest):
            writing.keep_text(doc, text)
    with Commitments(book) as commitments:
        for one in memory.with_sums():
            if is_late(one.published, earliest):
                writing.append(CHECKS, one.checks)
                writing.append(REASONS, one.reasons)
                state(commitments, one)
        commitments.settle()
        late = (packed for published, packed in memory.amounts() if is_late(published, earliest))
        for group in batches(commitments.filled(amounts_of(packed)) for packed in late):
            writing.write({AMOUNTS.name: group})
        for group in groups(commitments.lines()):
            outcome.commitments += len(group)
            writing.write({COMMITMENTS.name: group})


def state(commitments: Commitments, one: Kept) -> None:
    """Hand on what a document states.  Raises :class:`WrongInput` when that is more than can be held together."""
    try:
        commitments.add_cards(one.doc, unpack_cards(one.cards))
    except TooMany as error:
        raise WrongInput(str(error)) from error


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


def spare(out: Path, present: int, inputs: Sequence[str]) -> None:
    """Refuse to empty the tables of an earlier run for INPUTs that hold nothing: a mistaken name, a disk not there."""
    if not present and _holds_documents(out / DOCUMENTS.file):
        raise WrongInput(
            f"{', '.join(inputs)}: no document that ends in {', '.join(ENDINGS)}, so the tables in {out} are kept; "
            "mend the INPUT, or remove the folder of tables if its documents are gone for good"
        )


def spare_others(out: Path) -> None:
    """Refuse a folder in which what no run wrote, such as gold or somebody's texts, would give way to the tables.

    A pipe in a table's place is refused, too.
    """
    if odd := odd_in(out):
        raise WrongInput(odd)
    if name := others_in(out, begun=(out / FILE).exists()):
        raise WrongInput(
            f"{out}: holds {name}, which belopp run did not write; move it away, or give the tables another --out"
        )


def whole(out: Path, memory: Memory) -> None:
    """Refuse to add to a run of which too little is known: the rules, the code or the folder are not what they were."""
    lines = read_csv(out / DOCUMENTS.file)
    lost = list(memory.unseen(line["doc"] for line in lines if line["status"] != QUARANTINED))
    if lost:
        raise WrongInput(
            f"{out}: {len(lost)} of its documents, {lost[0]} among them, must be read again, for the rules, belopp or "
            "the INPUT changed; use belopp run"
        )


def _holds_documents(path: Path) -> bool:
    return path.is_file() and next(read_csv(path), None) is not None


def batches(found: Iterable[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of documents in batches that depend on the documents alone, so that Parquet's row groups do too."""
    batch: list[Line] = []
    for lines in found:
        batch += lines
        if len(batch) >= BATCH_ROWS:
            yield batch
            batch = []
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
