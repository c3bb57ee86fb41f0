"""Which publications a run reads: the files under its INPUTs, each with its id and what an index says of it."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from belopp.batch.problems import WrongInput
from belopp.read import Listing, Unreadable, index
from belopp.tables import PACKAGE, RUN, TABLES, TEXT

ENDINGS: Final = (".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".csv")
STDIN: Final = "-"
STDIN_DOC: Final = "stdin"


class Stamp(NamedTuple):
    """By what a file is known to be unchanged without reading it: size and times of change, in nanoseconds."""

    size: int
    mtime_ns: int
    ctime_ns: int


UNKNOWN: Final = Stamp(-1, -1, -1)

# The first three columns tell each of belopp's tables from any other.
LONGEST_HEAD: Final = 200
_HEADS: Final = tuple(",".join(table.names[:3]).encode() + b"," for table in TABLES)


class Publication(NamedTuple):
    """A file to read: its document id, where it lies (``-``: standard input), its stamp, its listing.

    ``fault`` is why a folder cannot be listed: it stands for the documents that may lie in it.
    """

    doc: str
    path: str
    stamp: Stamp
    listing: Listing
    fault: str = ""


def gather(inputs: Sequence[str], *, leave_out: Path | None = None) -> list[Publication]:
    """The publications under INPUTs (folders, files, patterns such as ``corpus/**/*.md``, ``-``), by id.

    Folders are searched to the bottom; hidden files and folders, other endings, what lies in ``leave_out``
    and what belopp wrote itself (its tables and gold as CSV, the texts of a run) are passed over.  A link
    that leads nowhere is among them, as is a folder below an INPUT that cannot be listed (with its
    ``fault``): reading tells.  Raises :class:`WrongInput` for an INPUT that is not there or not readable,
    and for two INPUTs that would give one document id.
    """
    found: dict[str, tuple[str, Publication]] = {}
    for given in inputs:
        for publication in _under(given, leave_out):
            if publication.doc in found:
                other = found[publication.doc][0]
                raise WrongInput(
                    f"{other} and {given} both give the document {publication.doc}; give one of them, "
                    "or a folder above both"
                )
            found[publication.doc] = (given, publication)
    return [found[doc][1] for doc in sorted(found)]


def _under(given: str, leave_out: Path | None) -> Iterator[Publication]:
    if given == STDIN:
        yield Publication(STDIN_DOC, STDIN, UNKNOWN, Listing())
    elif os.path.isdir(given):
        listed = listings(given)
        faults: dict[str, str] = {}
        for path in _walk(given, os.path.realpath(leave_out) if leave_out else "", faults):
            yield _publication(path, given, listed)
        if given in faults:
            raise WrongInput(f"{given}: {faults[given]}; make the folder readable or give another INPUT")
        yield from _unlisted(faults, given)
    elif os.path.isfile(given):
        if not given.lower().endswith(ENDINGS):
            raise WrongInput(
                f"{given}: belopp reads {', '.join(ENDINGS)}; send other text through: belopp run - < FILE"
            )
        if is_own_table(given):
            raise WrongInput(f"{given}: a table that belopp wrote, no publication; give the publications it tells of")
        yield _publication(given, os.path.dirname(given) or ".", {})
    elif glob.has_magic(given):
        yield from _matching(given)
    else:
        raise WrongInput(f"{given}: no such file or folder; mend the name")


def _matching(pattern: str) -> Iterator[Publication]:
    parts = Path(pattern).parts
    plain = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    root = str(Path(*parts[:plain])) if plain else "."
    faults: dict[str, str] = {}
    found = dict.fromkeys(_expand(root if plain else "", parts[plain:], faults))
    paths = [path for path in found if path.lower().endswith(ENDINGS) and _readable(path) and not is_own_table(path)]
    if not paths and not faults:
        raise WrongInput(f"{pattern}: matches no file that ends in {', '.join(ENDINGS)}; mend the pattern")
    listed = listings(root)
    for path in paths:
        yield _publication(path, root, listed)
    yield from _unlisted(faults, root)


def _expand(folder: str, parts: Sequence[str], faults: dict[str, str]) -> Iterator[str]:
    """The paths that a pattern's parts lead to; ``**`` follows no link, for a link may lead back up."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _expand(folder, rest or ("*",), faults)
        for entry in _entries(folder, faults):
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                yield from _expand(os.path.join(folder, entry.name), parts, faults)
    elif not glob.has_magic(part):
        path = os.path.join(folder, part)
        if rest and os.path.isdir(path):
            yield from _expand(path, rest, faults)
        elif not rest and os.path.lexists(path):
            yield path
    else:
        for entry in _entries(folder, faults):
            if fnmatch.fnmatch(entry.name, part) and (part.startswith(".") or not entry.name.startswith(".")):
                path = os.path.join(folder, entry.name)
                if not rest:
                    yield path
                elif os.path.isdir(path):
                    yield from _expand(path, rest, faults)


def _entries(folder: str, faults: dict[str, str]) -> list[os.DirEntry[str]]:
    """What lies in a folder; of one that cannot be listed nothing, and why is written to ``faults``."""
    try:
        with os.scandir(folder or ".") as entries:
            return list(entries)
    except OSError as error:
        faults[folder or "."] = error.strerror or str(error)
        return []


def _readable(path: str) -> bool:
    """Whether a path is a file or should be: a link that leads nowhere is not passed over in silence."""
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))


def _unlisted(faults: Mapping[str, str], root: str) -> Iterator[Publication]:
    for folder, why in faults.items():
        yield Publication(doc_of(folder, root), folder, UNKNOWN, Listing(), f"{why}; make the folder readable")


def listings(folder: str) -> Mapping[str, Listing]:
    """What the indexes of a folder say of its documents, by id."""
    try:
        return index(folder)
    except Unreadable as error:
        raise WrongInput(f"{folder}: {error.reason}; mend the index or move it away") from error


def _walk(folder: str, leave_out: str, faults: dict[str, str]) -> Iterator[str]:
    for entry in _entries(folder, faults):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            left_out = leave_out and os.path.realpath(entry.path) == leave_out
            if not left_out and not (entry.name == TEXT and _is_run(folder)):
                yield from _walk(entry.path, leave_out, faults)
        elif entry.name.lower().endswith(ENDINGS) and (entry.is_file(follow_symlinks=False) or _readable(entry.path)):
            if not is_own_table(entry.path):
                yield entry.path


def is_own_table(path: str) -> bool:
    """Whether a file is a CSV that opens with the columns of one of belopp's own tables, or of its gold."""
    if not path.lower().endswith(".csv"):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(LONGEST_HEAD)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").replace(b'"', b"").startswith(_HEADS)


def _is_run(folder: str) -> bool:
    return all(os.path.isfile(os.path.join(folder, name)) for name in (RUN, PACKAGE))


def _publication(path: str, root: str, listed: Mapping[str, Listing]) -> Publication:
    doc = doc_of(path, root)
    try:
        stat = os.stat(path)
    except OSError:  # gone or unreadable since it was listed: reading it will say so
        return Publication(doc, path, UNKNOWN, listed.get(doc, Listing()))
    return Publication(doc, path, Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns), listed.get(doc, Listing()))


def doc_of(path: str, root: str) -> str:
    r"""The document id of a file under a folder: its relative path with ``/``.

    Bytes in a name that are no UTF-8 are written out, for the tables are UTF-8.

    >>> doc_of("corpus/raw/skr/avtal.md", "corpus/raw"), doc_of("./a.md", "."), doc_of("x/b\udcff.md", "x")
    ('skr/avtal.md', 'a.md', 'b\\xff.md')
    """
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    return os.fsencode(relative).decode("utf-8", "backslashreplace")
