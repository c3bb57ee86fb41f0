"""A corpus in one file, Parquet, tar or zip: the same publications as in the folder that it was made of."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from belopp.batch.archives import TARS, ZIPS, Tar, Zip
from belopp.batch.columns import NAMELESS, nameless
from belopp.batch.parquet import ENDING, Parquet
from belopp.batch.problems import WrongInput
from belopp.batch.publication import MOST_BYTES, Publication, Source, opens_own_table, printable, stamp_of
from belopp.read import ENDINGS, Listing, Unreadable, is_index, listed_in, together
from belopp.tables import PACKAGE, RUN, TEXT

PACKED: Final = (ENDING, *TARS, *ZIPS)
MOST_INDEX: Final = 50_000_000
OUTSIDE: Final = "its name leads out of the archive; pack it below the folder"


def is_packed(path: str) -> bool:
    """Whether a file is a corpus of its own, by its name."""
    return path.lower().endswith(PACKED)


def packed_source(path: str) -> Source:
    """What a packed corpus holds.  Raises :class:`WrongInput` when it is broken or holds no documents' columns."""
    if path.lower().endswith(ENDING):
        table = Rows(path)
        return Source(path, table.publications(), table.number, table.data)
    archive = Archive(path)
    return Source(path, archive.publications(), archive.number, archive.data)


class Rows:
    """The publications in a Parquet file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = Parquet(path)

    def number(self) -> int:
        """How many publications there are."""
        return self._file.rows

    def publications(self) -> Iterator[Publication]:
        """Each row as a publication."""
        stamp = stamp_of(self._path)
        for doc, *about in self._file.abouts():
            listing = Listing(*about)
            if doc:
                yield Publication(doc, self._path, stamp, listing)
            else:
                doc = nameless(hashlib.sha256(self._file.data(sys.maxsize)).hexdigest())
                yield Publication(doc, self._path, stamp, listing, NAMELESS)
        self._file.close()

    def data(self) -> bytes:
        """The bytes of the publication that came last."""
        return self._file.data(MOST_BYTES)


class Archive:
    """The publications in a tar or zip archive: those that a run would find in the folder that it unpacks to.

    The archive is gone through twice, for an index may stand behind what it lists.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._open = partial(Zip if path.lower().endswith(ZIPS) else Tar, path)
        self._listed, self._runs, self._number = self._survey()
        self._archive = self._open()
        self._held: bytes | Unreadable | None = None
        self._is_outside = False

    def _survey(self) -> tuple[Mapping[str, Listing], frozenset[str], int]:
        """What the indexes say, in which folders a run's tables lie, and how many publications there are."""
        indexes: dict[str, Mapping[str, Listing]] = {}
        about_runs: dict[str, set[str]] = {RUN: set(), PACKAGE: set()}
        count = 0
        archive = self._open()
        try:
            for name in map(cleaned, archive.names()):
                if is_index(name):
                    indexes[name] = listed_in(name, archive.data(MOST_INDEX))
                folder, _, last = name.rpartition("/")
                about_runs.get(last, set()).add(folder)
                count += may_be_publication(name)
            listed = together(indexes, Path(without_ending(self._path)).resolve())
        except Unreadable as error:
            raise WrongInput(f"{self._path}: {name}: {error.reason}; mend the index or pack it away") from error
        finally:
            archive.close()
        return listed, frozenset(about_runs[RUN] & about_runs[PACKAGE]), count

    def number(self) -> int:
        """How many publications there are, belopp's own tables among them."""
        return self._number

    def publications(self) -> Iterator[Publication]:
        """Each member that is a publication, in the order of the archive."""
        stamp = stamp_of(self._path)
        for name in map(cleaned, self._archive.names()):
            self._held = None
            if may_be_publication(name) and not self._is_own(name):
                doc = printable(name)
                self._is_outside = ".." in name.split("/")
                yield Publication(doc, self._path, stamp, self._listed.get(doc, Listing()))
        self._archive.close()

    def _is_own(self, name: str) -> bool:
        """Whether belopp wrote it: one of its tables, or a text that a run keeps."""
        parts = name.split("/")
        if any(part == TEXT and "/".join(parts[:at]) in self._runs for at, part in enumerate(parts[:-1])):
            return True
        if not name.lower().endswith(".csv"):
            return False
        try:
            self._held = self._archive.data(MOST_BYTES)
        except Unreadable as error:
            self._held = error
            return False
        return opens_own_table(self._held)

    def data(self) -> bytes:
        """The bytes of the publication that came last."""
        if self._is_outside:
            raise Unreadable("read", OUTSIDE)
        if isinstance(self._held, Unreadable):
            raise self._held
        return self._archive.data(MOST_BYTES) if self._held is None else self._held


def cleaned(name: str) -> str:
    """A member's name as its path below the folder that it would be unpacked to.

    >>> cleaned("./skr//avtal.md"), cleaned("/skr/avtal.md"), cleaned("../avtal.md")
    ('skr/avtal.md', 'skr/avtal.md', '../avtal.md')
    """
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def may_be_publication(name: str) -> bool:
    """Whether a member's name is one of a publication: hidden ones and other endings are passed over."""
    return name.lower().endswith(ENDINGS) and not any(part.startswith(".") and part != ".." for part in name.split("/"))


def without_ending(path: str) -> str:
    """The folder that an archive is named for.

    >>> without_ending("corpus/tal.tar.gz"), without_ending("tal.zip")
    ('corpus/tal', 'tal')
    """
    ending = next(ending for ending in PACKED if path.lower().endswith(ending))
    return path[: -len(ending)]
