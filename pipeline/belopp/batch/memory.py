"""What earlier runs found, kept in the OUT folder, so that an unchanged document is not read again."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from belopp import __version__
from belopp.batch.gathering import UNKNOWN, Publication, Stamp
from belopp.read import Listing
from belopp.tables import Record

FILE: Final = ".memory.sqlite"
LIBRARIES: Final = (
    "dateparser", "mammoth", "markdown-it-py", "openpyxl", "pandera", "pdfplumber", "pyarrow", "pypdfium2", "regex",
    "selectolax",
)  # fmt: skip
# A file changed this shortly before it was read could change once more within the clock's tick.
TICK_NS: Final = 2_000_000_000
_TABLES: Final = """
create table if not exists edition (digest text not null);
create table if not exists document (
    doc text primary key, size integer, mtime_ns integer, ctime_ns integer, listing text not null, sha256 text not null,
    record text not null
) without rowid;
create table if not exists made (doc text primary key, text text not null) without rowid;
"""


class Known(NamedTuple):
    """What is kept of a document beside its record."""

    stamp: Stamp
    listing: Listing
    sha256: str


class Memory:
    """The records of earlier runs over the same rules, code and libraries; any other edition is forgotten.

    A spoilt file is begun anew: everything in it can be found again.  What the disk has no room for, or
    cannot be written for another reason, raises ``OSError``.
    """

    def __init__(self, folder: Path, edition: str, *, forget: bool = False) -> None:
        self._path = folder / FILE
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
        self._base.executescript(_TABLES)
        if self._base.execute("select digest from edition").fetchall() != [(edition,)]:
            self._base.execute("delete from edition")
            self._base.execute("delete from document")
            self._base.execute("delete from made")
            self._base.execute("insert into edition values (?)", (edition,))
            self._base.commit()
        lines = self._base.execute("select doc, size, mtime_ns, ctime_ns, listing, sha256 from document")
        self._known = {
            doc: Known(Stamp(*stamp), Listing(*json.loads(listing)), sha256) for doc, *stamp, listing, sha256 in lines
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.save()
            else:
                with suppress(sqlite3.Error):  # what went wrong first is what is told
                    self._base.commit()
        finally:
            self._base.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """SQLite's own errors, told as any file's."""
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(errno.EIO, str(error), str(self._path)) from error

    def known(self, publication: Publication) -> str:
        """The SHA-256 of the bytes that the kept record was made of, if its listing is the same too; else ``""``."""
        kept = self._known.get(publication.doc)
        return kept.sha256 if kept and kept.listing == publication.listing else ""

    def unchanged(self, publication: Publication) -> bool:
        """Whether the file is, by its stamp, the very one that the kept record was made of."""
        kept = self._known.get(publication.doc)
        return kept is not None and publication.stamp != UNKNOWN and kept[:2] == publication[2:4]

    def holds(self, doc: str) -> bool:
        """Whether a record of the document is kept."""
        return doc in self._known

    def record(self, doc: str) -> Record:
        """The kept record."""
        with self._writing():
            found = self._base.execute("select record from document where doc = ?", (doc,)).fetchone()
        return unpack(found[0])

    def keep(self, publication: Publication, sha256: str, record: Record) -> None:
        """Keep what was found in a document."""
        listing = json.dumps(publication.listing, ensure_ascii=False)
        with self._writing():
            self._base.execute(
                "insert or replace into document values (?, ?, ?, ?, ?, ?, ?)",
                (publication.doc, *settled(publication.stamp), listing, sha256, pack(record)),
            )
            if record.text:
                self._base.execute("insert or replace into made values (?, ?)", (publication.doc, record.text))

    def text(self, doc: str) -> str:
        """The text made of a document, ``""`` for one whose text is the file itself."""
        with self._writing():
            found = self._base.execute("select text from made where doc = ?", (doc,)).fetchone()
        return str(found[0]) if found else ""

    def touch(self, publication: Publication) -> None:
        """Keep a new stamp for bytes that are the same."""
        with self._writing():
            self._base.execute(
                "update document set size = ?, mtime_ns = ?, ctime_ns = ? where doc = ?",
                (*settled(publication.stamp), publication.doc),
            )

    def save(self) -> None:
        """Have what was kept so far on file, so that a run that is stopped need not begin anew."""
        with self._writing():
            self._base.commit()

    def forget_all_but(self, docs: Iterable[str]) -> None:
        """Forget the documents that are gone."""
        gone = self._known.keys() - set(docs)
        with self._writing():
            for table in ("document", "made"):
                self._base.executemany(f"delete from {table} where doc = ?", [(doc,) for doc in gone])


def settled(stamp: Stamp) -> Stamp:
    """The stamp, or one that equals no file's if the file may still change within the clock's tick."""
    return stamp if max(stamp.mtime_ns, stamp.ctime_ns) < time.time_ns() - TICK_NS else UNKNOWN


def pack(record: Record) -> str:
    """A record as JSON, without its text."""
    return json.dumps(record[:-1], ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Record:
    """A record from :func:`pack`."""
    document, *rest = json.loads(text)
    amounts, checks, reasons = (tuple(map(tuple, lines)) for lines in rest)
    return Record(tuple(document), amounts, checks, reasons)


def edition(rules_digest: str) -> str:
    """A digest of everything but the documents that decides what a run writes: rules, code, Python, libraries."""
    parts = [rules_digest, __version__, code_digest(), sys.version, *library_versions().values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_digest() -> str:
    """A digest of the package's own source."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """The versions of the libraries that take part in reading and writing."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
