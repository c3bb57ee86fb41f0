"""Which publications a run reads: the files under its INPUTs, each with its id and what an index says of it."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
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
    """A document to read: its id, the file it lies in (``-``: standard input), its stamp, its listing.

    ``fault`` is why it cannot be had, or why a folder cannot be listed: then it stands for the documents that may lie
    in it.  ``data`` are its bytes where the file holds others, too.
    """

    doc: str
    path: str
    stamp: Stamp
    listing: Listing
    fault: str = ""
    data: bytes | None = None


class Source(NamedTuple):
    """An INPUT as it was given, the publications in it, to be gone through once, and how many they are."""

    given: str
    documents: int
    publications: Iterable[Publication]


def gather(inputs: Sequence[str], *, leave_out: Path | None = None) -> list[Publication]:
    """The publications under INPUTs (folders, files, patterns such as ``corpus/**/*.md``, ``-``), by id.

    Folders are searched to the bottom; hidden files and folders, other endings, what lies in ``leave_out``
    and what belopp wrote itself (its tables and gold as CSV, the texts of a run) are passed over.  A link
    that leads nowhere is among them, as is a folder below an INPUT that cannot be listed (with its
    ``fault``): reading tells.  Raises :class:`WrongInput` for an INPUT that is not there or not readable,
    and for two INPUTs that would give one document id.
    """
    found: dict[str, tuple[str, Publication]] = {}
    for given in each_once(inputs):
        for publication in files_under(given, leave_out).publications:
            if publication.doc in found:
                raise WrongInput(same_document(publication.doc, found[publication.doc][0], given))
            found[publication.doc] = (given, publication)
    return [found[doc][1] for doc in sorted(found)]


def each_once(inputs: Sequence[str]) -> Sequence[str]:
    """The INPUTs.  Raises :class:`WrongInput` when one is given twice, for all of its documents would be."""
    for place, given in enumerate(inputs):
        if given in inputs[:place]:
            raise WrongInput(f"{given}: this INPUT is given twice; give it once")
    return inputs


def same_document(doc: str, one: str, other: str) -> str:
    """What to say when two INPUTs, or one of them twice, give one document id."""
    if one == other:
        return f"{one}: holds the document {doc} twice; give each an id of its own"
    return f"{one} and {other} both give the document {doc}; give one of them, or a folder above both"


def files_under(given: str, leave_out: Path | None) -> Source:
    """The files that a folder, a file, a pattern or ``-`` stands for.  Raises :class:`WrongInput`."""
    if given == STDIN:
        return Source(given, 1, [Publication(STDIN_DOC, STDIN, UNKNOWN, Listing())])
    if os.path.isdir(given):
        faults: dict[str, str] = {}
        paths = sorted(_walk(given, os.path.realpath(leave_out) if leave_out else "", faults))
        if given in faults:
            raise WrongInput(f"{given}: {faults[given]}; make the folder readable or give another INPUT")
        return _source(given, given, paths, faults)
    if os.path.isfile(given):
        if not given.lower().endswith(ENDINGS):
            raise WrongInput(
                f"{given}: belopp reads {', '.join(ENDINGS)}; send other text through: belopp run - < FILE"
            )
        if is_own_table(given):
            raise WrongInput(f"{given}: a table that belopp wrote, no publication; give the publications it tells of")
        return Source(given, 1, [_publication(given, os.path.dirname(given) or ".", {})])
    if glob.has_magic(given):
        return _matching(given)
    raise WrongInput(f"{given}: no such file or folder; mend the name")


def _source(given: str, root: str, paths: Sequence[str], faults: Mapping[str, str]) -> Source:
    listed = listings(root)
    found = (_publication(path, root, listed) for path in paths)
    return Source(given, len(paths) + len(faults), chain(found, _unlisted(faults, root)))


def _matching(pattern: str) -> Source:
    parts = Path(pattern).parts
    plain = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    root = str(Path(*parts[:plain])) if plain else "."
    faults: dict[str, str] = {}
    found = dict.fromkeys(_expand(root if plain else "", parts[plain:], faults))
    paths = [path for path in found if path.lower().endswith(ENDINGS) and _readable(path) and not is_own_table(path)]
    if not paths and not faults:
        raise WrongInput(f"{pattern}: matches no file that ends in {', '.join(ENDINGS)}; mend the pattern")
    return _source(pattern, root, paths, faults)


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
    prefix = root if root.endswith(os.sep) else root + os.sep
    relative = path[len(prefix) :]
    if not path.startswith(prefix) or os.sep != "/" or "/." in path[len(prefix) - 1 :] or "//" in relative:
        relative = os.path.relpath(path, root).replace(os.sep, "/")
    try:
        relative.encode()
    except UnicodeEncodeError:
        return os.fsencode(relative).decode("utf-8", "backslashreplace")
    return relative
