"""Save a reviewer's decisions: the document's rows in its sheet and a line each in the journal, both or neither."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from belopp.gold.journal import ACTIONS, GUIDE, NAMES, Decision, Noted, journal_text, stamp
from belopp.gold.problems import Conflict, GoldError
from belopp.gold.sheets import JOURNAL, SHEET, parse_rows, read_rows, sheet_paths, sheet_text
from belopp.model import COLUMNS, Row
from belopp.tables import csv_text, uninterrupted

_TRIES: Final = 5
_NEW: Final = (".gold-", ".new")

Rows = dict[tuple[int, int], Row]


def load(folder: str | Path) -> dict[str, list[Row]]:
    """The rows of every sheet of a folder of gold by document, in text order; empty when there is none yet.

    Raises :class:`GoldError` for a line that is no row, and for a document with rows in two sheets.
    """
    found: dict[str, list[Row]] = {}
    holder: dict[str, Path] = {}
    for path in sheet_paths(Path(folder)):
        for row in read_rows(path):
            if holder.setdefault(row.doc, path) != path:
                raise GoldError(f"{path}: {row.doc} has rows in {holder[row.doc].name}, too; keep them in one sheet")
            found.setdefault(row.doc, []).append(row)
    return {doc: sorted(rows, key=_span) for doc, rows in sorted(found.items())}


def save(
    folder: str | Path,
    doc: str,
    rows: Iterable[Row],
    *,
    base: Iterable[Row],
    reviewer: str,
    when: datetime,
    decisions: Sequence[Decision],
    guide: str = GUIDE,
) -> list[Row]:
    """Make ``rows`` the document's gold rows and note the ``decisions``; returns the rows as they now stand.

    ``base`` are the gold rows that the reviewer started from (what :func:`load` or the last save gave, ``()`` for
    none).  Rows that someone else has changed since are kept; one that both changed differently is a
    :class:`Conflict`, and nothing is written.  The document's rows go to the sheet that has rows of it, else to
    ``amounts.csv``; the document's id never becomes a path.
    """
    folder = Path(folder)
    mine, old = _by_span(doc, rows), _by_span(doc, base)
    notes = [Noted(stamp(when), reviewer, guide, doc, decision) for decision in decisions]
    _hold(doc, notes)
    with _locked(folder):
        for _ in range(_TRIES):
            path = _sheet_of(folder, doc)
            data = path.read_bytes() if path.exists() else b""
            before = parse_rows(data, name=str(path)) if data else []
            merged = merge(doc, old, mine, _by_span(doc, (row for row in before if row.doc == doc)))
            text = sheet_text([*(row for row in before if row.doc != doc), *merged])
            if _put(path, text.encode(), expected=data, journal=folder / JOURNAL, lines=journal_text(notes)):
                return merged
    raise GoldError(f"{path}: it is being written by something else all the time; end that, then save again")


def merge(doc: str, base: Mapping[tuple[int, int], Row], mine: Rows, theirs: Rows) -> list[Row]:
    """The rows after both have changed ``base``, in text order.  Raises :class:`Conflict` where they disagree."""
    merged: list[Row] = []
    disputed: list[tuple[int, int]] = []
    columns: set[str] = set()
    for span in sorted({*base, *mine, *theirs}):
        old, ours, other = base.get(span), mine.get(span), theirs.get(span)
        if ours == other or other == old:
            chosen = ours
        elif ours == old:
            chosen = other
        else:
            disputed.append(span)
            columns.update(_differing(ours, other))
            continue
        if chosen is not None:
            merged.append(chosen)
    if disputed:
        raise Conflict(doc, tuple(disputed), tuple(column for column in COLUMNS if column in columns) or ("row",))
    return merged


def _differing(one: Row | None, other: Row | None) -> Iterator[str]:
    if one is not None and other is not None:
        yield from (column for column in COLUMNS if getattr(one, column) != getattr(other, column))


def _span(row: Row) -> tuple[int, int]:
    return row.start, row.end


def _by_span(doc: str, rows: Iterable[Row]) -> Rows:
    """The document's rows by span, without the reasons, which gold does not keep."""
    found: Rows = {}
    for row in rows:
        if row.doc != doc:
            raise GoldError(f"{row.doc}: its row {row.start}-{row.end} was to be saved with those of {doc}")
        if _span(row) in found:
            raise GoldError(f"{doc}: there are two rows for {row.start}-{row.end}; leave one out")
        found[_span(row)] = replace(row, because=())
    return found


def _hold(doc: str, notes: Iterable[Noted]) -> None:
    if not doc or any(ord(character) < ord(" ") for character in doc):
        raise GoldError(f"{doc!r} cannot name a document in the gold; give its file another name")
    for note in notes:
        if note.decision.action not in ACTIONS:
            raise GoldError(f"{note.decision.action!r} is no action of the journal; it has {', '.join(ACTIONS)}")


def _sheet_of(folder: Path, doc: str) -> Path:
    for path in sheet_paths(folder):
        if any(row.doc == doc for row in read_rows(path)):
            return path
    return folder / SHEET


# ---------------------------------------------------------------------------------------------- writing


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One save at a time in a folder; the lock goes with the process that holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)  # the folder itself: no file of ours for git to see
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            for left in folder.glob("*".join(_NEW)):  # by a save that was killed
                left.unlink()
            yield
        finally:
            os.close(handle)
    except OSError as error:
        raise GoldError(f"{folder}: {error.strerror or error}; check who may write there, and the space") from error


def _put(path: Path, data: bytes, *, expected: bytes, journal: Path, lines: str) -> bool:
    """Put ``data`` in the place of ``expected``, ``lines`` below the journal; ``False`` when another was quicker.

    The lock keeps belopp's own saves apart; an editor or git knows nothing of it, so the file is looked at once more.
    """
    path = path.resolve()  # a link to a sheet stays a link
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_NEW[0], suffix=_NEW[1])
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        with uninterrupted():
            if _digest(path) != hashlib.sha256(expected).digest():
                return False
            length = _append(journal, lines)
            try:
                if data != expected:
                    os.replace(name, path)
            except OSError:
                os.truncate(journal, length)
                raise
        return True
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").digest()


def _append(path: Path, text: str) -> int:
    """Add lines to the journal, under a head if it is new; returns its length before."""
    if not text:
        return path.stat().st_size if path.exists() else 0
    with path.open("ab") as file:
        length = file.tell()
        head = "" if length else csv_text([NAMES])
        if length and not path.read_bytes().endswith(b"\n"):  # as after a power cut
            head = "\n"
        file.write((head + text).encode())
        file.flush()
        os.fsync(file.fileno())
    return length


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
