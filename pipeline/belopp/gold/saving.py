"""Save a reviewer's decisions: the document's rows in its sheet and a line each in the journal, both or neither."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from belopp.gold.journal import ACTIONS, GUIDE, NAMES, Decision, Noted, end_of, journal_text, next_step, stamp
from belopp.gold.problems import Conflict, GoldError
from belopp.gold.sheets import JOURNAL, SHEET, parse_rows, read_rows, remember, row_of, sheet_paths, sheet_text
from belopp.model import COLUMNS, Row
from belopp.score.sheets import cells_of
from belopp.tables import csv_text, uninterrupted

_TRIES: Final = 5
_NEW: Final = (".gold-", ".new")

Rows = dict[tuple[int, int], Row]


def load(folder: str | Path) -> dict[str, list[Row]]:
    """The rows of every sheet of a folder of gold by document, in text order; empty when there is none yet.

    Raises :class:`GoldError` for a line that is no row, for a document with rows in two sheets, and for a path that is
    or leads through a file, where nothing could be saved.
    """
    in_the_way = next((path for path in (Path(folder), *Path(folder).parents) if path.exists()), None)
    if in_the_way is not None and not in_the_way.is_dir():
        raise GoldError(f"{in_the_way}: a file, and gold is kept in a folder; give the folder that its sheets lie in")
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
    saved = save_all(
        folder, {doc: rows}, base={doc: base}, reviewer=reviewer, when=when, decisions={doc: decisions}, guide=guide
    )
    return saved[doc]


def save_all(
    folder: str | Path,
    rows: Mapping[str, Iterable[Row]],
    *,
    base: Mapping[str, Iterable[Row]],
    reviewer: str,
    when: datetime,
    decisions: Mapping[str, Sequence[Decision]],
    guide: str = GUIDE,
) -> dict[str, list[Row]]:
    """As :func:`save`, for the rows, bases and decisions of several documents; one conflict stops all of them."""
    folder = Path(folder)
    notes = [Noted(stamp(when), reviewer, guide, doc, each) for doc in rows for each in decisions.get(doc, ())]
    _hold(rows, notes)
    changes = {doc: (_by_span(doc, base.get(doc, ())), _by_span(doc, mine)) for doc, mine in rows.items()}
    with _locked(folder):
        for _ in range(_TRIES):
            sheets, saved = _sheets_after(folder, changes)
            if _put(sheets, journal=folder / JOURNAL, notes=notes):
                return saved
    raise GoldError(f"{folder}: something else writes its sheets all the time; end that, then save again")


def _sheets_after(
    folder: Path, changes: Mapping[str, tuple[Rows, Rows]]
) -> tuple[dict[Path, tuple[bytes, bytes]], dict[str, list[Row]]]:
    """The bytes of each sheet concerned as they are and as they shall be, and each document's rows then."""
    paths = sheet_paths(folder)
    data = {path: path.read_bytes() for path in paths}
    held = {path: parse_rows(data[path], name=str(path)) for path in paths}
    holder = {row.doc: path for path, rows in held.items() for row in rows}
    sheets: dict[Path, tuple[bytes, bytes]] = {}
    saved: dict[str, list[Row]] = {}
    for path in {holder.get(doc, folder / SHEET) for doc in changes}:
        mine = {doc: change for doc, change in changes.items() if holder.get(doc, folder / SHEET) == path}
        theirs: dict[str, list[Row]] = {doc: [] for doc in mine}
        others: list[Row] = []
        for row in held.get(path, ()):
            theirs.get(row.doc, others).append(row)
        for doc, (old, new) in mine.items():
            saved[doc] = merge(doc, old, new, _by_span(doc, theirs[doc]))
        rows = sorted([*others, *(row for doc in mine for row in saved[doc])], key=lambda row: (row.doc, *_span(row)))
        after = sheet_text(rows).encode()
        remember(after, rows)
        sheets[path] = (data.get(path, b""), after)
    return sheets, saved


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
    """The document's rows by span, as a sheet gives them back: held to the guide, without reasons."""
    found: Rows = {}
    for row in rows:
        if row.doc != doc:
            raise GoldError(f"{row.doc}: its row {row.start}-{row.end} was to be saved with those of {doc}")
        if _span(row) in found:
            raise GoldError(f"{doc}: there are two rows for {row.start}-{row.end}; leave one out")
        try:
            found[_span(row)] = row_of(cells_of(row))
        except ValueError as error:
            raise GoldError(f"{doc} {row.start}-{row.end}: {error}") from error
    return found


def _hold(docs: Iterable[str], notes: Iterable[Noted]) -> None:
    for doc in docs:
        if not doc or any(ord(character) < ord(" ") for character in doc):
            raise GoldError(f"{doc!r} cannot name a document in the gold; give its file another name")
    for note in notes:
        if note.decision.action not in ACTIONS:
            raise GoldError(f"{note.decision.action!r} is no action of the journal; it has {', '.join(ACTIONS)}")


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


def _put(sheets: Mapping[Path, tuple[bytes, bytes]], *, journal: Path, notes: Sequence[Noted]) -> bool:
    """Put each sheet's new bytes in the place of the old and ``notes`` below the journal.

    ``False`` and nothing done when another was quicker: the lock keeps belopp's own saves apart, but an editor or git
    knows nothing of it, so the files are looked at once more.
    """
    staged: dict[Path, str] = {}
    try:
        for path, (_, new) in sheets.items():
            staged[path.resolve()] = _staged(path.resolve(), new)  # a link to a sheet stays a link
        with uninterrupted():
            if any(_digest(path) != hashlib.sha256(old).digest() for path, (old, _) in sheets.items()):
                return False
            length = _append(journal, notes)
            try:
                for path, name in staged.items():
                    os.replace(name, path)
            except OSError:
                if notes:
                    os.truncate(journal, length)
                raise
        return True
    finally:
        for name in staged.values():
            with suppress(FileNotFoundError):
                os.unlink(name)


def _staged(path: Path, data: bytes) -> str:
    """A file beside ``path``, written to the disk, to be renamed to it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_NEW[0], suffix=_NEW[1])
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    return name


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").digest()


def _append(path: Path, notes: Sequence[Noted]) -> int:
    """Add the lines of a step to the journal, under a head if it is new; returns its length before."""
    length = end_of(path)
    if notes:
        text = journal_text(notes, step=next_step(path, length))
        with path.open("r+b" if path.exists() else "wb") as file:
            file.truncate(length)
            file.seek(length)
            file.write(((csv_text([NAMES]) if not length else "") + text).encode())
            file.flush()
            os.fsync(file.fileno())
    return length


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
