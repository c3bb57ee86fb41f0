"""What runs found, kept in the OUT folder: what is unchanged is not read again, and tables are written from here."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from belopp.batch.entries import Entry
from belopp.batch.publication import UNKNOWN, Publication, Stamp
from belopp.batch.seen import Seen
from belopp.tables import DOCUMENTS, QUARANTINED, Line

FILE: Final = ".memory.sqlite"
# A file changed this shortly before it was read could change once more within the clock's tick.
TICK_NS: Final = 2_000_000_000
# What is kept of so many documents goes into the file at once.
TOGETHER: Final = 500
GROUP: Final = 5_000
# Of a new file: what is kept of a document with sums has ten thousand bytes, which smaller pages would tear apart.
PAGE: Final = 32_768
# documents.csv's own columns are kept as they are; those of a document with sums, packed, apart.
_CELLS: Final = ", ".join(f'"{name}"' for name in DOCUMENTS.names)
_TABLES: Final = f"""
create table edition (digest text not null);
create table document (
    {_CELLS}, size integer, mtime_ns integer, ctime_ns integer, heard text not null, primary key (doc)
) without rowid;
create table found (doc text primary key, amounts blob, checks text, reasons text, cards blob) without rowid;
create table made (doc text primary key, text text not null) without rowid;
"""
_NAMES: Final = ("edition", "document", "found", "made")


class Known(NamedTuple):
    """What is known of a document: whether it is the very same file, its bytes' SHA-256 (``""``: not to be trusted)."""

    unchanged: bool
    sha256: str
    sums: int


NOTHING: Final = Known(False, "", 0)


class Kept(NamedTuple):
    """What is kept of a document with sums beside its ``amounts``."""

    doc: str
    published: str
    checks: str
    reasons: str
    cards: bytes


class Memory:
    """The entries of this run and of earlier ones over the same rules, code and libraries; others are forgotten.

    A spoilt file is begun anew: everything in it can be found again.  What the disk has no room for, or
    cannot be written for another reason, raises ``OSError``.
    """

    def __init__(self, folder: Path, edition: str, *, forget: bool = False) -> None:
        self._path = folder / FILE
        self._waiting: list[tuple[Publication, Entry]] = []
        if forget:
            self._path.unlink(missing_ok=True)
        try:
            self._open(edition)
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            with self._writing():
                self._open(edition)

    def _open(self, edition: str) -> None:
        self._base = sqlite3.connect(self._path)
        self._base.execute("pragma synchronous = off")
        self._base.execute(f"pragma page_size = {PAGE}")
        if not self._is_of(edition):
            for name in _NAMES:
                self._base.execute(f"drop table if exists {name}")
            self._base.executescript(_TABLES)
            self._base.execute("insert into edition values (?)", (edition,))
            self._base.commit()
        self._seen = Seen(self._base)
        self._new = not self._base.execute("select count(*) from (select 1 from document limit 1)").fetchone()[0]

    def _is_of(self, edition: str) -> bool:
        named = self._base.execute("select name from sqlite_master where name = 'edition'").fetchall()
        return bool(named) and self._base.execute("select digest from edition").fetchall() == [(edition,)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.save()
            else:
                with suppress(OSError):  # what went wrong first is what is told
                    self.save()
        finally:
            self._base.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """SQLite's own errors, told as any file's."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> OSError:
        return OSError(errno.EIO, str(error), str(self._path))

    def look_up(self, publication: Publication) -> Known:
        """What is known of a publication from an earlier run; its SHA-256 if what was heard of it is the same, too."""
        if self._new:
            return NOTHING
        with self._writing():
            found = self._base.execute(
                "select size, mtime_ns, ctime_ns, heard, sha256, sums from document where doc = ? and status <> ?",
                (publication.doc, QUARANTINED),
            ).fetchone()
        if found is None or found[3] != _heard(publication):
            return NOTHING
        same = publication.stamp != UNKNOWN and found[:3] == tuple(publication.stamp)
        return Known(same, found[4], found[5])

    def holds(self, doc: str) -> Known | None:
        """What is known of a document whatever became of it since; ``None`` for nothing."""
        with self._writing():
            found = self._base.execute("select sha256, sums from document where doc = ?", (doc,)).fetchone()
        return found and Known(True, found[0], found[1] or 0)

    def see(self, doc: str, given: str) -> None:
        """Note that a document lies under an INPUT.  Raises :class:`WrongInput`, at times later, for two of one id."""
        try:  # a context manager would take as long as all else
            self._seen.add(doc, given)
        except sqlite3.Error as error:
            raise self._told(error) from error

    def keep(self, publication: Publication, entry: Entry) -> None:
        """Keep what was found in a document."""
        self._waiting.append((publication, entry))
        if len(self._waiting) >= TOGETHER:
            self._settle()

    def touch(self, publication: Publication) -> None:
        """Keep a new stamp for bytes that are the same."""
        with self._writing():
            self._base.execute(
                "update document set size = ?, mtime_ns = ?, ctime_ns = ? where doc = ?",
                (*settled(publication.stamp, time.time_ns()), publication.doc),
            )

    def _settle(self) -> None:
        """Write what waits to be kept.  A quarantined document has no stamp, for it is tried again at each run."""
        waiting, self._waiting = self._waiting, []
        now = time.time_ns()
        with self._writing():
            if not self._new:
                for table in ("found", "made"):
                    self._base.executemany(f"delete from {table} where doc = ?", [(one.doc,) for one, _ in waiting])
            self._base.executemany(
                f"insert or replace into document values ({', '.join('?' * (len(DOCUMENTS.names) + 4))})",
                [
                    (
                        *entry.document,
                        *(UNKNOWN if entry.is_quarantined else settled(publication.stamp, now)),
                        _heard(publication),
                    )
                    for publication, entry in waiting
                ],
            )
            self._base.executemany(
                "insert or replace into found values (?, ?, ?, ?, ?)",
                [
                    (one.doc, entry.amounts, entry.checks, entry.reasons, entry.cards)
                    for one, entry in waiting
                    if entry.amounts
                ],
            )
            self._base.executemany(
                "insert or replace into made values (?, ?)",
                [(one.doc, entry.text) for one, entry in waiting if entry.text],
            )

    def _note(self) -> None:
        """Write down what was seen.  Raises :class:`WrongInput` for a document that was seen before."""
        with self._writing():
            self._seen.note()

    def forget_unseen(self) -> None:
        """Forget the documents that are gone; a new memory holds none but those that came."""
        self._note()
        self._settle()
        if self._new:
            return
        with self._writing():
            for table in ("document", "found", "made"):
                self._base.execute(f"delete from {table} where doc not in (select doc from seen)")

    def unseen(self, docs: Iterable[str]) -> Iterator[str]:
        """Which of some documents lie under no INPUT."""
        self._note()
        for doc in docs:
            if not self._base.execute("select 1 from seen where doc = ?", (doc,)).fetchone():
                yield doc

    def documents(self) -> Iterator[list[Line]]:
        """The lines of ``documents`` in the order of their ids, some thousands at a time."""
        with self._writing():
            lines = self._base.execute(f"select {_CELLS} from document order by doc")
            while group := lines.fetchmany(GROUP):
                yield group

    def with_sums(self) -> Iterator[Kept]:
        """What is kept of each document with sums, in the order of their ids."""
        with self._writing():
            lines = self._base.execute(
                "select doc, published, checks, reasons, cards from found join document using (doc) order by doc"
            )
            yield from map(Kept._make, lines)

    def amounts(self) -> Iterator[tuple[str, bytes]]:
        """The date and the ``amounts``, packed, of each document with sums, in the order of their ids."""
        with self._writing():
            yield from self._base.execute("select published, amounts from found join document using (doc) order by doc")

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Id, date and text of each document whose text was made, in the order of their ids."""
        with self._writing():
            yield from self._base.execute(
                "select doc, published, made.text from made join document using (doc) order by doc"
            )

    def save(self) -> None:
        """Have what was kept so far on file, so that a run that is stopped need not begin anew."""
        self._note()
        self._settle()
        with self._writing():
            self._base.commit()


def _heard(publication: Publication) -> str:
    """What the indexes and a reviewer say of a publication, as one text."""
    return "\0".join((*publication.listing, publication.gold))


def settled(stamp: Stamp, now: int) -> Stamp:
    """The stamp, or one that equals no file's if the file may still change within the clock's tick."""
    return stamp if max(stamp.mtime_ns, stamp.ctime_ns) < now - TICK_NS else UNKNOWN
