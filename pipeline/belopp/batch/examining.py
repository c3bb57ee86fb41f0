"""One document through the whole journey: its record for the tables, or its quarantine with stage and reason."""

from __future__ import annotations

import hashlib
import os
import sys
from types import TracebackType
from typing import Final, NamedTuple

from belopp.batch.gathering import STDIN, Publication
from belopp.extract import examine
from belopp.find import has_money
from belopp.read import Unreadable, lay_out, parse
from belopp.rulebook import Rulebook
from belopp.tables import OutOfBounds, Record, quarantined, record

# The module that an exception came out of tells the stage; all but these describe.
STAGES: Final = {
    "read": "read",
    "find": "find",
    "numerals": "find",
    "links": "link",
    "arithmetic": "link",
    "checks": "check",
    "tables": "write",
}


class Task(NamedTuple):
    """A publication to read, and the SHA-256 under which its record is already known (or ``""``)."""

    publication: Publication
    known: str = ""


class Result(NamedTuple):
    """What became of a task: the bytes' SHA-256 (``""`` if they could not be had), and the record.

    ``record`` is ``None`` when the bytes are those already known.
    """

    sha256: str
    record: Record | None


def examine_publication(task: Task, book: Rulebook) -> Result:
    """Read a publication and find its sums.  Raises nothing of a document's making: it is quarantined."""
    publication, listing = task.publication, task.publication.listing
    about = (listing.published, listing.title, listing.url)
    try:
        data = read_bytes(publication.path)
    except OSError as error:
        return Result("", quarantined(publication.doc, "read", error.strerror or str(error), about=about))
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == task.known:
        return Result(sha256, None)
    try:
        document = parse(
            data,
            id=publication.doc,
            path_hint=publication.doc,
            published=listing.published,
            title=listing.title,
            url=listing.url,
            blocks=False,
        )
        if has_money(document.text, book=book):  # in nine documents of ten it is not, and their layout tells nothing
            document = lay_out(document)
            rows, checks = examine(document, book=book)
        else:
            rows, checks = [], []
        return Result(sha256, record(document, rows, checks, sha256=sha256))
    except Unreadable as error:
        stage, reason = "read", str(error)
    except OutOfBounds as error:
        stage, reason = "write", str(error)
    except Exception as error:  # noqa: BLE001 (whatever one document does to us, the others are read)
        stage, reason = stage_of(error.__traceback__), f"{type(error).__name__}: {error}"
    return Result(sha256, quarantined(publication.doc, stage, reason, sha256=sha256, about=about))


def read_bytes(path: str) -> bytes:
    """A file's bytes (``-``: standard input's); plain system calls, for tens of thousands of small files."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    handle = os.open(path, os.O_RDONLY)
    try:
        parts = []
        while part := os.read(handle, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(handle)


def stage_of(trace: TracebackType | None) -> str:
    """The stage at which an exception was raised, by the last of our modules that tells."""
    stage = "describe"
    while trace:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name.startswith("belopp."):
            stage = STAGES.get(name.split(".")[1], stage)
        trace = trace.tb_next
    return stage
