"""Many documents, in this process or in several, their entries coming back in the order of the documents."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from belopp import rulebook
from belopp.batch import shielding
from belopp.batch.entries import Entry
from belopp.batch.examining import CLOCK, Task, bytes_of, examine_publication
from belopp.batch.publication import STDIN, UNKNOWN, Publication
from belopp.batch.reviewed import Reviewed
from belopp.read import Listing, Unreadable, read_bytes
from belopp.tables import quarantined, uninterrupted

# A chunk is worth its way to a worker and back, and short enough to wait for at Ctrl-C.
CHUNK_DOCUMENTS: Final = 64
CHUNK_BYTES: Final = 256_000
CHUNKS_AHEAD: Final = 4
# Bytes that wait to be read or for what is found in them: those of packed corpora lie in memory from the first.
BYTES_AHEAD: Final = 32_000_000
# Files up to this size are read ahead, so that those that wait take little memory.
MOST_AHEAD: Final = 1_000_000
# Files that take longer than so many seconds each are worth a thread: from the cache one takes a hundredth of it.
SLOW: Final = 0.001
# After so many seconds without news the workers are counted.
LOOK: Final = 1.0
DIED: Final = (
    "the process that read it died: out of memory, or a fault in a library; try fewer --workers, or divide the document"
)

Chunk = Sequence[Task]
Told = tuple[tuple[str, str, int, tuple[str, ...], str], str, float, bytes | None, str, Reviewed | None]
Sent = deque[tuple[Chunk, Future[list[Entry | None]]]]


def chunks(tasks: Iterable[Task]) -> Iterator[Chunk]:
    """Tasks in chunks of at most 64 documents and, but for larger single ones, 256 kB."""
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        weighs = weight(task)
        if chunk and (len(chunk) == CHUNK_DOCUMENTS or size + weighs > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(task)
        size += weighs
    if chunk:
        yield chunk


def weight(task: Task) -> int:
    """The bytes of a document, as far as they are known."""
    if task.data is None:
        return 0 if task.fault else max(task.publication.stamp.size, 0)
    return len(task.data)


def held(chunk: Chunk) -> int:
    """The bytes of a chunk's documents that lie in memory."""
    return sum(len(task.data) for task in chunk if task.data is not None)


def examine_all(
    tasks: Iterable[Task], *, workers: int, rules: Path | None = None
) -> Iterator[tuple[Task, Entry | None]]:
    """Each task with what was found, in order.  With one worker, or little to do, everything stays in this process.

    Tasks are taken a bounded number of chunks ahead; a worker reads the files of its chunks by itself.  One that dies
    takes no other document with it: its chunk is done again a document at a time, and the one that kills its worker is
    quarantined.
    """
    parts = chunks(tasks)
    first = list(islice(parts, 2))
    parts = chain(first, parts)
    if workers == 1 or len(first) < 2:
        book = rulebook.load(rules)
        try:
            with CLOCK.heard():
                for chunk in read_ahead(parts):
                    for task in chunk:
                        yield task, examine_publication(task, book)
        finally:
            shielding.dismiss()
        return
    for chunk, entries in _in_order(parts, workers, rules):
        yield from zip(chunk, entries, strict=True)


def read_ahead(parts: Iterable[Chunk]) -> Iterator[Chunk]:
    """The chunks with the bytes of their small files.

    Files that come at once, as those in the system's cache do, are read here, for a thread would take turns with this
    one at every call.  As soon as they are slow a thread reads them while those before are gone through.
    """
    parts = iter(parts)
    for part in parts:
        began = time.perf_counter()
        chunk = with_bytes(part)
        is_slow = time.perf_counter() - began > SLOW * len(part)
        yield chunk
        if is_slow:
            yield from _by_thread(parts)


def _by_thread(parts: Iterator[Chunk]) -> Iterator[Chunk]:
    with ThreadPoolExecutor(1, "read ahead") as reader:
        waiting: deque[Future[Chunk]] = deque()
        ahead: deque[int] = deque()
        try:
            for part in parts:
                waiting.append(reader.submit(with_bytes, part))
                ahead.append(held(part))
                while len(waiting) > CHUNKS_AHEAD or (sum(ahead) > BYTES_AHEAD and waiting):
                    ahead.popleft()
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def with_bytes(chunk: Chunk) -> Chunk:
    """The chunk with the bytes of its small files; one that cannot be read tells so when its turn comes."""
    return [task if task.data is not None or task.fault else _with_small_file(task) for task in chunk]


def _with_small_file(task: Task) -> Task:
    publication, size = task.publication, task.publication.stamp.size
    if publication.path == STDIN:
        return _with_standard_input(task)
    if publication.fault or not 0 <= size <= MOST_AHEAD:
        return task
    try:
        return task._replace(data=read_bytes(publication.path, size=size))
    except OSError:
        return task


def _with_input(chunk: Chunk) -> Chunk:
    """The chunk with what came in by standard input: of that, unlike of files, a worker has none of its own."""
    return [_with_standard_input(task) if task.publication.path == STDIN else task for task in chunk]


def _with_standard_input(task: Task) -> Task:
    """The task with what came in, for a worker has another standard input, in which there is nothing."""
    try:
        return task._replace(data=bytes_of(task))
    except Unreadable as error:
        return task._replace(fault=error.reason)


def _in_order(
    parts: Iterator[Chunk], workers: int, rules: Path | None
) -> Iterator[tuple[Chunk, Sequence[Entry | None]]]:
    """What was found in each chunk, a bounded number of chunks ahead of the one asked for."""
    again: deque[Chunk] = deque()
    ready = map(_with_input, parts)
    while True:
        sent: Sent = deque()
        try:
            with working(workers, rules) as pool:
                while True:
                    while _has_room(sent, workers) and (again or _take(ready, again)):
                        sent.append((again[0], pool.submit(_examine_told, list(map(_told, again[0])), rules)))
                        again.popleft()
                    if not sent:
                        return
                    entries = _awaited(sent[0][1], pool)
                    yield sent.popleft()[0], entries
        except BrokenProcessPool:
            suspect = sent.popleft()[0] if sent else again.popleft()
            again.extendleft(chunk for chunk, _ in reversed(sent))
            yield suspect, [_examine_alone(task, rules) for task in suspect]


def _has_room(sent: Sent, workers: int) -> bool:
    """Whether another chunk may be sent: a bounded number of them is under way, and of bytes."""
    if len(sent) < workers:
        return True
    return len(sent) < workers * CHUNKS_AHEAD and sum(held(chunk) for chunk, _ in sent) < BYTES_AHEAD


def _take(ready: Iterator[Chunk], again: deque[Chunk]) -> bool:
    """Put the next chunk, if there is one, with those to be sent."""
    chunk = next(ready, None)
    if chunk is not None:
        again.append(chunk)
    return chunk is not None


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
        _cut_off(pool, set(multiprocessing.active_children()) - others)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _awaited(future: Future[list[Entry | None]], pool: ProcessPoolExecutor) -> list[Entry | None]:
    """What a worker found.  Raises ``BrokenProcessPool`` also for a worker that died while it told what it found."""
    while not wait([future], LOOK).done:
        workers = list(pool._processes.values())  # noqa: SLF001 - it tells of no worker's end otherwise
        if not all(worker.is_alive() for worker in workers):
            _cut_off(pool, workers)
    return future.result()


def _cut_off(pool: ProcessPoolExecutor, workers: Iterable[BaseProcess]) -> None:
    """End the workers, and what one of them may have begun to tell: the pool would wait for the rest of it for ever."""
    for worker in workers:
        worker.terminate()
    told: Any = pool._result_queue  # noqa: SLF001 - nothing else lets go of what was begun
    told._writer.close()  # noqa: SLF001


def _begin(rules: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    rulebook.load(rules)


def _end_with_the_run() -> None:
    """End when the first process does, whatever it died of: else a worker would wait, and hold the folder's lock."""
    if first := multiprocessing.parent_process():
        first.join()
        os._exit(1)


def _told(task: Task) -> Told:
    """What a worker needs of a task, as plain values: named tuples take three times as long to go there and be made."""
    doc, path, stamp, listing, lost, _ = task.publication
    about = (doc, path, stamp.size, tuple(listing), lost)
    return about, task.known, task.limit, task.data, task.fault, task.reviewed


def _task_of(told: Told) -> Task:
    (doc, path, size, listing, lost), known, limit, data, fault, reviewed = told
    stamp = UNKNOWN._replace(size=size)
    return Task(Publication(doc, path, stamp, Listing(*listing), lost), known, limit, data, fault, reviewed)


def _examine_told(chunk: Sequence[Told], rules: Path | None) -> list[Entry | None]:
    book = rulebook.load(rules)
    with CLOCK.heard():
        return [examine_publication(task, book) for task in with_bytes(list(map(_task_of, chunk)))]


def _examine_alone(task: Task, rules: Path | None) -> Entry | None:
    try:
        with working(1, rules) as pool:
            return _awaited(pool.submit(_examine_told, [_told(task)], rules), pool)[0]
    except BrokenProcessPool:
        return Entry(quarantined(task.publication.doc, "read", DIED, about=task.publication.listing).document)
