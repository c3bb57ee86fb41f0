"""A document to read, and the places that documents come from: folders, files, standard input, packed corpora."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from belopp.read import Listing
from belopp.tables import TABLES

STDIN: Final = "-"

# Files larger than this are not even opened; an agreement of a thousand pages, pictures and all, has 50 MB.
MOST_BYTES: Final = 250_000_000
TOO_LARGE: Final = "the file has {} bytes; at most {} are read; divide it"

# The first three columns tell each of belopp's tables from any other.
LONGEST_HEAD: Final = 200
_HEADS: Final = tuple(",".join(table.names[:3]).encode() + b"," for table in TABLES)


class Stamp(NamedTuple):
    """By what a file is known to be unchanged without reading it: size and times of change, in nanoseconds."""

    size: int
    mtime_ns: int
    ctime_ns: int


UNKNOWN: Final = Stamp(-1, -1, -1)


class Publication(NamedTuple):
    """A document to read: its id, the file it lies in (``-``: standard input), that file's stamp, its listing.

    ``fault`` is why it cannot be had, or why a folder cannot be listed: then it stands for the documents that may lie
    in it.  ``gold`` is the digest of the rows that a reviewer stands for, where there are any.
    """

    doc: str
    path: str
    stamp: Stamp
    listing: Listing
    fault: str = ""
    gold: str = ""


class Source(NamedTuple):
    """An INPUT as it was given, the publications in it, to be gone through once, and a way to count them.

    Where the file holds others, too, ``data`` gives the bytes of the publication that came last, once: it raises
    ``Unreadable`` when they cannot be had.  Without it they lie at the publication's path.
    """

    given: str
    publications: Iterable[Publication]
    number: Callable[[], int]
    data: Callable[[], bytes] | None = None


def stamp_of(path: str) -> Stamp:
    """A file's stamp; of what is gone, unreadable or no file one that equals no file's: reading it will say so."""
    try:
        found = os.stat(path)
    except OSError:
        return UNKNOWN
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns) if stat.S_ISREG(found.st_mode) else UNKNOWN


def opens_own_table(head: bytes) -> bool:
    """Whether a CSV begins with the columns of one of belopp's own tables, or of its gold."""
    return head[:LONGEST_HEAD].removeprefix(b"\xef\xbb\xbf").replace(b'"', b"").startswith(_HEADS)


def printable(name: str) -> str:
    r"""A file's name as a document's id: bytes that are no UTF-8 are written out, for the tables are UTF-8.

    >>> printable("avtal.md"), printable("b\udcff.md")
    ('avtal.md', 'b\\xff.md')
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return name
