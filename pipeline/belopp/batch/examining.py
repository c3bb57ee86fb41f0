"""One document through the whole journey: its record for the tables, or its quarantine with stage and reason."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType, TracebackType
from typing import Final, NamedTuple

from belopp.batch import shielding
from belopp.batch.entries import Entry, entry_of
from belopp.batch.publication import MOST_BYTES, STDIN, TOO_LARGE, Publication, Source
from belopp.batch.reviewed import Reviewed, extraction, flagged
from belopp.extract import examine
from belopp.find import has_money
from belopp.irregular import irregular
from belopp.read import MADE, Listing, Unreadable, lay_out, read_bytes
from belopp.rulebook import Rulebook
from belopp.sentences import Outline
from belopp.tables import CHANGED, REVIEWED, OutOfBounds, Record, breach, quarantined, record

# The module that an exception came out of tells the stage; all but these describe.
STAGES: Final = {
    "read": "read",
    "find": "find",
    "numerals": "find",
    "links": "link",
    "arithmetic": "link",
    "checks": "check",
    "tables": "write",
    "commitments": "write",
}


# What to do about a quarantined document, by why it is.
OPENED: Final = {
    "No such file or directory": "mend the link or remove it",
    "Permission denied": "make the file readable",
}
CONVERTED: Final = {
    "decode": "save it as UTF-8 or, if it is no text, fetch it again",
    "format": "save it as PDF, DOCX, XLSX, CSV, HTML, Markdown or plain text",
}
REPORT: Final = "the fault is belopp's: report it with the document"

# The processor time that one document may take; nine in ten take a thousandth of a second.
LIMIT: Final = 60.0


class TookTooLong(BaseException):
    """A document's time is up.  No ``Exception``: no stage may take it for something of its own."""


class Task(NamedTuple):
    """A publication to read, the SHA-256 under which its entry is already known (or ``""``), its seconds, its bytes.

    Where the bytes were not read ahead they are read when its turn comes, unless ``fault`` says why they cannot be.
    ``reviewed`` are the rows that a reviewer stands for.
    """

    publication: Publication
    known: str = ""
    limit: float = LIMIT
    data: bytes | None = None
    fault: str = ""
    reviewed: Reviewed | None = None


def task_of(
    source: Source,
    publication: Publication,
    *,
    known: str = "",
    limit: float = LIMIT,
    reviewed: Reviewed | None = None,
) -> Task:
    """The publication that came last from a source, with its bytes where its file holds others, too."""
    if source.data is None or publication.fault:
        return Task(publication, known, limit, reviewed=reviewed)
    try:
        return Task(publication, known, limit, source.data(), reviewed=reviewed)
    except Unreadable as error:
        return Task(publication, known, limit, fault=error.reason, reviewed=reviewed)


def examine_publication(task: Task, book: Rulebook) -> Entry | None:
    """What is found in a publication; ``None`` when its bytes are those known.  Raises nothing of its making."""
    doc, listing = task.publication.doc, task.publication.listing
    try:
        data = bytes_of(task)
    except Unreadable as error:
        return Entry(quarantined(doc, error.stage, error.reason, about=listing).document)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == task.known:
        return None
    found = examine_bytes(data, doc, listing, book, limit=task.limit, sha256=sha256, reviewed=task.reviewed)
    try:
        return entry_of(found, book)
    except Exception as error:  # noqa: BLE001 (whatever one document does to us, the others are read)
        return Entry(_refused(data, doc, listing, *fault_of(error), sha256=sha256).document)


def bytes_of(task: Task) -> bytes:
    """A publication's bytes.  Raises :class:`Unreadable` at stage ``list`` or ``read`` when they cannot be had."""
    if task.publication.fault:
        raise Unreadable("list", task.publication.fault)
    if task.fault:
        raise Unreadable("read", task.fault)
    try:
        return source_bytes(task.publication.path) if task.data is None else task.data
    except OSError as error:
        why = error.strerror or str(error)
        raise Unreadable("read", f"{why}; {OPENED.get(why, 'see that it can be read')}") from error


def examine_bytes(
    data: bytes,
    doc: str,
    listing: Listing,
    book: Rulebook,
    *,
    limit: float,
    sha256: str,
    reviewed: Reviewed | None = None,
) -> Record:
    """The record of one document's bytes.  Raises nothing of its making: it is quarantined, with stage and reason."""
    try:
        with CLOCK.within(limit):
            found = _record(data, doc, listing, book, limit=limit, sha256=sha256, reviewed=reviewed)
        if not (wrong := breach(found)):
            return found
        stage, reason = "write", f"{wrong}; {REPORT}"
    except Unreadable as error:
        remedy = CONVERTED.get(error.stage)  # at stage read the reason itself says what to do
        stage, reason = "read", f"{error}; {remedy}" if remedy else error.reason
    except OutOfBounds as error:
        stage, reason = "write", f"{error}; mend the number in the document"
    except TookTooLong as error:
        stage = stage_of(error.__traceback__)
        reason = f"took longer than {limit:g} s; give a higher --limit, or divide the document"
    except Exception as error:  # noqa: BLE001 (whatever one document does to us, the others are read)
        stage, reason = fault_of(error)
    return _refused(data, doc, listing, stage, reason, sha256=sha256)


def _refused(data: bytes, doc: str, listing: Listing, stage: str, reason: str, *, sha256: str) -> Record:
    return quarantined(doc, stage, reason, form=shielding.looks_like(data), sha256=sha256, about=listing)


def _record(
    data: bytes,
    doc: str,
    listing: Listing,
    book: Rulebook,
    *,
    limit: float,
    sha256: str,
    reviewed: Reviewed | None,
) -> Record:
    document = shielding.read_apart(data, doc, listing, limit=limit)
    made = document.text if document.format in MADE else ""
    if reviewed is not None:
        if reviewed.are_of(document, sha256):
            document = lay_out(flagged(document, REVIEWED))
            rows, checks = extraction(document, reviewed, book)
            return record(document, rows, checks, sha256=sha256, made=made)
        document = flagged(document, CHANGED)
    if not has_money(document.text, book=book):  # nine documents of ten: their layout tells nothing
        return record(document, [], [], sha256=sha256, made=made)
    document = lay_out(document)
    outline = Outline(document)
    rows, checks = examine(document, book=book, outline=outline)
    return record(document, rows, checks, sha256=sha256, made=made, outline=outline)


class Timer(NamedTuple):
    """So many seconds of this process's time, from where a ``with`` begins to where it ends."""

    seconds: float

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Clock:
    """What calls off a document whose processor time is up.  Only a process's main thread can be called off."""

    def __init__(self) -> None:
        self._hearing = 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear the clock while many documents are gone through: to begin with each anew costs what a short one does."""
        if self._hearing or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGPROF, self._late)
        self._hearing = threading.get_ident()
        try:
            yield
        finally:
            self._hearing = 0
            signal.signal(signal.SIGPROF, before)

    def within(self, seconds: float) -> AbstractContextManager[object]:
        """Have :class:`TookTooLong` raised when what follows takes more processor time than ``seconds`` (0: any)."""
        if self._hearing == threading.get_ident():
            return Timer(seconds)  # of 0 seconds it never tells
        if not seconds or threading.current_thread() is not threading.main_thread():
            return nullcontext()
        return self._heard_once(seconds)

    @contextmanager
    def _heard_once(self, seconds: float) -> Iterator[None]:
        with self.heard(), Timer(seconds):
            yield

    @staticmethod
    def _late(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLong


CLOCK: Final = Clock()


def source_bytes(path: str) -> bytes:
    """A file's bytes (``-``: standard input's).  Raises :class:`Unreadable` for more than 250 MB, and for a pipe."""
    if path == STDIN:
        if sys.stdin is None:
            raise Unreadable("read", "standard input is closed; send the text through it: belopp run - < FILE")
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Unreadable("read", TOO_LARGE.format(f"more than {MOST_BYTES}", MOST_BYTES))
        return data
    if odd := irregular(path):
        raise Unreadable("read", odd)
    size = os.stat(path).st_size
    if size > MOST_BYTES:
        raise Unreadable("read", TOO_LARGE.format(size, MOST_BYTES))
    return read_bytes(path)


def fault_of(error: Exception) -> tuple[str, str]:
    """The stage and the reason of a fault of our own."""
    return stage_of(error.__traceback__), f"{type(error).__name__}: {error}; {REPORT}"


def stage_of(trace: TracebackType | None) -> str:
    """The stage at which an exception was raised, by the last of our modules that tells."""
    stage = "describe"
    while trace:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name.startswith("belopp."):
            stage = STAGES.get(name.split(".")[1], stage)
        trace = trace.tb_next
    return stage
