"""Every publication's record, in order: the kept one where nothing changed, else a new one held to the contract."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from belopp.batch.choosing import PUBLISHED
from belopp.batch.examining import LIMIT, REPORT, Result, Task
from belopp.batch.gathering import Publication
from belopp.batch.memory import Memory
from belopp.batch.outcome import DOC, STATUS, Outcome, Watcher
from belopp.batch.working import examine_all
from belopp.tables import DOCUMENTS, QUARANTINED, TABLES, Record, all_lines, faults, frame, places, quarantined

(SHA256,) = places(DOCUMENTS, "sha256")

# New records are held against the contract and kept this many at a time, or this often.
GROUP: Final = 5_000
GROUP_SECONDS: Final = 5.0


class New(NamedTuple):
    """A record just made, with the bytes' SHA-256 to keep it under."""

    publication: Publication
    sha256: str
    record: Record


def records(
    publications: Sequence[Publication],
    memory: Memory,
    outcome: Outcome,
    *,
    workers: int,
    rules: Path | None = None,
    limit: float = LIMIT,
    only: Collection[str] | None = None,
    watch: Watcher | None = None,
) -> Iterator[Record]:
    """The record of each publication; with ``only``, the kept one of all but these.

    ``watch`` is told of each as it is done, before it is held to the contract.

    What is kept satisfied the contract when it was made, under the same code and rules.
    """
    group: list[Record | New] = []
    sums, began = 0, time.monotonic()
    for entry in _entries(publications, memory, outcome, workers=workers, rules=rules, limit=limit, only=only):
        group.append(entry)
        sums += len(entry.record.amounts if isinstance(entry, New) else entry.amounts)
        if watch:
            watch(sums, outcome)
        if len(group) == GROUP or time.monotonic() - began > GROUP_SECONDS:
            yield from _settled(group, memory)
            group, began = [], time.monotonic()
    yield from _settled(group, memory)


def _entries(
    publications: Sequence[Publication],
    memory: Memory,
    outcome: Outcome,
    *,
    workers: int,
    rules: Path | None,
    limit: float,
    only: Collection[str] | None,
) -> Iterator[Record | New]:
    changed = [each for each in publications if (not memory.unchanged(each) if only is None else each.doc in only)]
    tasks = [Task(publication, memory.known(publication), limit) for publication in changed]
    results = examine_all(tasks, workers=workers, rules=rules)
    new = {publication.doc for publication in changed}
    for publication in publications:
        if publication.doc not in new:
            outcome.unchanged += 1
            yield memory.record(publication.doc)
        else:
            yield _entry(*next(results), memory, outcome)


def _entry(task: Task, result: Result, memory: Memory, outcome: Outcome) -> Record | New:
    if result.record is None:
        outcome.unchanged += 1
        memory.touch(task.publication)
        return memory.record(task.publication.doc)
    outcome.read += 1
    return New(task.publication, result.sha256, result.record)


def _settled(group: Sequence[Record | New], memory: Memory) -> Iterator[Record]:
    """The group's records, the new ones kept: all but the quarantined, which are tried again at each run."""
    wrong = breaches(entry.record for entry in group if isinstance(entry, New))
    for entry in group:
        if not isinstance(entry, New):
            yield entry
        elif why := wrong.get(entry.publication.doc):
            yield refused(entry.record, why)
        else:
            if entry.record.document[STATUS] != QUARANTINED:
                memory.keep(entry.publication, entry.sha256, entry.record)
            yield entry.record
    memory.save()


def breaches(new: Iterable[Record]) -> Mapping[str, str]:
    """By document: the first thing in its lines that does not satisfy the tables' schemas."""
    wrong: dict[str, str] = {}
    lines = all_lines(new)
    for table in TABLES:
        if lines.get(table.name):
            (doc,) = places(table, "doc")
            for position, why in faults(frame(lines[table.name], table), table):
                wrong.setdefault(str(lines[table.name][position][doc]), f"{table.name}.{why}")
    return wrong


def refused(record: Record, why: str) -> Record:
    """The quarantine of a document whose lines break the contract."""
    document = record.document
    about = [str(cell) for cell in document[PUBLISHED:]]
    return quarantined(str(document[DOC]), "write", f"{why}; {REPORT}", sha256=str(document[SHA256]), about=about)
