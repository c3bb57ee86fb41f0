"""Many documents, in this process or in several, their records coming back in the order of the documents."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from belopp import rulebook
from belopp.batch import shielding
from belopp.batch.examining import Result, Task, examine_publication
from belopp.tables import quarantined, uninterrupted

# A chunk is worth its way to a worker and back, and short enough to wait for at Ctrl-C.
CHUNK_DOCUMENTS: Final = 64
CHUNK_BYTES: Final = 256_000
CHUNKS_AHEAD: Final = 4

Chunk = Sequence[Task]


def chunks(tasks: Iterable[Task]) -> Iterator[Chunk]:
    """Tasks in chunks of at most 64 documents and, but for larger single ones, 256 kB."""
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        weight = max(task.publication.stamp.size, 0)
        if chunk and (len(chunk) == CHUNK_DOCUMENTS or size + weight > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(task)
        size += weight
    if chunk:
        yield chunk


def examine_all(tasks: Sequence[Task], *, workers: int, rules: Path | None = None) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in order.  With one worker, or little to do, everything stays in this process.

    A worker that dies takes no other document with it: its chunk is done again a document at a time,
    and the one that kills its worker is quarantined.
    """
    parts = list(chunks(tasks))
    if workers == 1 or len(parts) < 2:
        book = rulebook.load(rules)
        try:
            for task in tasks:
                yield task, examine_publication(task, book)
        finally:
            shielding.dismiss()
        return
    for chunk, results in _in_order(parts, min(workers, len(parts)), rules):
        yield from zip(chunk, results, strict=True)


def _in_order(parts: Sequence[Chunk], workers: int, rules: Path | None) -> Iterator[tuple[Chunk, list[Result]]]:
    """The chunks' results, a bounded number of chunks ahead of the one asked for."""
    waiting = deque(parts)
    while waiting:
        sent: deque[tuple[Chunk, Future[list[Result]]]] = deque()
        try:
            with working(workers, rules) as pool:
                while waiting or sent:
                    while waiting and len(sent) < workers * CHUNKS_AHEAD:
                        sent.append((waiting[0], pool.submit(_examine_chunk, waiting[0], rules)))
                        waiting.popleft()
                    results = sent[0][1].result()
                    yield sent.popleft()[0], results
        except BrokenProcessPool:
            suspect = sent.popleft()[0] if sent else waiting.popleft()
            waiting.extendleft(chunk for chunk, _ in reversed(sent))
            yield suspect, [_examine_alone(task, rules) for task in suspect]


@contextmanager
def working(workers: int, rules: Path | None) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, forked where that is possible, so that they share the rules already compiled."""
    rulebook.load(rules)
    others = set(multiprocessing.active_children())
    way = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context = multiprocessing.get_context(way)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(rules,))
    try:
        with uninterrupted():  # what runs at a fork swallows a Ctrl-C, or leaves the pool half made
            pool.submit(bool)  # with the first task the workers are forked
        yield pool
    except BrokenProcessPool:
        raise
    except BaseException:  # Ctrl-C, or the tables cannot be written: nobody waits for what is under way
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(rules: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    rulebook.load(rules)


def _examine_chunk(chunk: Chunk, rules: Path | None) -> list[Result]:
    book = rulebook.load(rules)
    return [examine_publication(task, book) for task in chunk]


def _examine_alone(task: Task, rules: Path | None) -> Result:
    try:
        with working(1, rules) as pool:
            return pool.submit(_examine_chunk, [task], rules).result()[0]
    except BrokenProcessPool:
        listing = task.publication.listing
        about = (listing.published, listing.title, listing.url)
        reason = (
            "the process that read it died: out of memory, or a fault in a library; "
            "try fewer --workers, or divide the document"
        )
        return Result("", quarantined(task.publication.doc, "read", reason, about=about))
