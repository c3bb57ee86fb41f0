"""The journal beside the gold: one line for each decision of a reviewer, in the order they were saved."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from belopp.gold.problems import GoldError
from belopp.gold.sheets import JOURNAL
from belopp.tables import csv_text

GUIDE: Final = "1"
"""The version of the annotation guide that is followed now: raised when what a column holds changes meaning."""

ACTIONS: Final = (
    "accept", "correct", "repeat", "reject", "add", "undo", "finish", "reopen", "adjudicate", "import",
)  # fmt: skip

NAMES: Final = ("time", "reviewer", "guide", "doc", "start", "end", "action", "column", "before", "after", "step")

ROW: Final = "row"
"""The column of a decision that put a row into the gold or took it out."""

TEXT_READ: Final = "sha256"
"""The column of a ``finish`` that says, as its cell, which bytes of the document were gone through."""


_HEAD: Final = ",".join(NAMES).encode()
_LAST: Final = 64  # bytes at the end of a journal that hold its last step


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer did to one row: of a correction also the column, and its cell before and after.

    ``start`` and ``end`` are the row's span before the decision (of an added row after it).  A decision that put the
    row into the gold, or took it out, has the column ``row`` and its line of the sheet as the cell; of one that only
    confirmed what was there the column is ``""``.  ``repeat`` is a correction that a row took over from the first
    statement of its money.
    """

    action: str
    start: int
    end: int
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the journal: a decision, who took it, when (ISO, UTC), by which version of the guide, and where.

    Lines of one save share a ``step``, a number that grows by one with each.
    """

    time: str
    reviewer: str
    guide: str
    doc: str
    decision: Decision
    step: int = 0


def stamp(when: datetime) -> str:
    """The moment as the journal writes it; a time without a zone is a ``ValueError``.

    >>> stamp(datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC))
    '2026-03-01T12:00:05Z'
    """
    if when.tzinfo is None:
        raise ValueError(f"{when} has no time zone; give an aware datetime")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def journal_text(notes: Iterable[Noted], *, step: int) -> str:
    """The lines of ``notes`` as one step, without a head."""
    return csv_text(
        (
            note.time,
            note.reviewer,
            note.guide,
            note.doc,
            note.decision.start,
            note.decision.end,
            note.decision.action,
            note.decision.column,
            note.decision.before,
            note.decision.after,
            step,
        )
        for note in notes
    )


def read_journal(folder: str | Path) -> list[Noted]:
    """The journal of a folder of gold, oldest line first; empty when there is none yet.

    A last line that a power cut left unfinished is passed over: what it tells of was not saved.
    """
    path = Path(folder) / JOURNAL
    if not path.is_file():
        return []
    try:
        head, *lines = whole_lines(path.read_bytes()) or [list(NAMES)]
        return [_noted(dict(zip(head, line, strict=True))) for line in lines]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); a journal has the columns {', '.join(NAMES)}") from error


def whole_lines(data: bytes) -> list[list[str]]:
    """The lines of a journal's bytes, the head first, without a last one that is not whole."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    unfinished = lines and (not data.endswith(b"\n") or len(lines[-1]) < len(NAMES))
    return lines[:-1] if unfinished else lines


def end_of(path: Path) -> int:
    """The length of a journal in bytes, without a last line that is not whole; 0 when there is none.

    Raises :class:`GoldError` for a file to which no line of a journal can be added.
    """
    if not path.exists():
        return 0
    with path.open("rb") as file:
        head = file.readline(2 * len(_HEAD)).removeprefix(codecs.BOM_UTF8)
        if head.rstrip(b"\r\n") != _HEAD and not _HEAD.startswith(head):
            raise GoldError(f"{path}: no journal, which has the columns {', '.join(NAMES)}; move it away")
        length = file.seek(0, os.SEEK_END)
        if not length or (file.seek(length - 1) >= 0 and file.read(1) == b"\n"):
            return length
        file.seek(0)
        data = file.read()
    try:
        whole = csv_text(whole_lines(data)).encode()
    except (UnicodeDecodeError, csv.Error) as error:
        raise GoldError(f"{path}: cannot be read ({error}); mend its last lines") from error
    return len(whole) if data.startswith(whole) else length


def _noted(line: dict[str, str]) -> Noted:
    decision = Decision(
        line["action"], int(line["start"]), int(line["end"]), line["column"], line["before"], line["after"]
    )
    return Noted(line["time"], line["reviewer"], line["guide"], line["doc"], decision, int(line["step"]))


def next_step(path: Path, length: int) -> int:
    """The number of the step to be written below the first ``length`` bytes of a journal."""
    if not length:
        return 1
    with path.open("rb") as file:
        file.seek(max(0, length - _LAST))
        said = file.read(min(length, _LAST)).rstrip(b"\r\n").rpartition(b",")[2]
    return int(said) + 1 if said.isdigit() else 1
