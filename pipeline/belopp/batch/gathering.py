"""Which publications a run reads: the files under its INPUTs, each with its id and what an index says of it."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from belopp.batch.packed import PACKED, is_packed, packed_source
from belopp.batch.problems import WrongInput
from belopp.batch.publication import (
    LONGEST_HEAD,
    STDIN,
    UNKNOWN,
    Publication,
    Source,
    opens_own_table,
    printable,
    stamp_of,
)
from belopp.irregular import irregular
from belopp.read import ENDINGS, Listing, Unreadable, index
from belopp.tables import PACKAGE, RUN, TEXT

STDIN_DOC: Final = "stdin"
UNLISTED: Final = Listing()


def gather(inputs: Sequence[str], *, leave_out: Path | None = None) -> list[Publication]:
    """The publications under INPUTs (folders, files, patterns such as ``corpus/**/*.md``, packed corpora, ``-``).

    They come in the order of their ids.  Folders are searched to the bottom; hidden files and folders, other endings,
    what lies in ``leave_out`` and what belopp wrote itself (its tables and gold as CSV, the texts of a run) are
    passed over.  A link that leads nowhere is among them, as are pipes and devices, and a folder below an INPUT that
    cannot be listed (with its ``fault``): reading tells.  Raises :class:`WrongInput` for an INPUT that is not there or
    not readable, and for two INPUTs that would give one document id.
    """
    found: dict[str, tuple[str, Publication]] = {}
    for given in each_once(inputs):
        for publication in chain.from_iterable(source.publications for source in sources_of(given, leave_out)):
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


def sources_of(given: str, leave_out: Path | None) -> list[Source]:
    """What a folder, a file, a pattern or ``-`` stands for: a pattern of packed corpora for one source each.

    Raises :class:`WrongInput`.
    """
    if given == STDIN:
        return [Source(given, [Publication(STDIN_DOC, STDIN, UNKNOWN, UNLISTED)], lambda: 1)]
    if os.path.isdir(given):
        return [_folder(given, os.path.realpath(leave_out) if leave_out else "")]
    if os.path.isfile(given):
        return [_file(given)]
    if glob.has_magic(given):
        return _matching(given)
    if odd := irregular(given):
        through = "" if is_packed(given) else f", or send it through: belopp run - < {given}"
        raise WrongInput(f"{given}: {odd}{through}")
    raise WrongInput(f"{given}: no such file or folder; mend the name")


def _file(given: str) -> Source:
    if is_packed(given):
        return packed_source(given)
    if not given.lower().endswith(ENDINGS):
        raise WrongInput(
            f"{given}: belopp reads {', '.join((*ENDINGS, *PACKED))}; send other text through: belopp run - < FILE"
        )
    if is_own_table(given):
        raise WrongInput(f"{given}: a table that belopp wrote, no publication; give the publications it tells of")
    return Source(given, [_publication(given, os.path.dirname(given) or ".", {})], lambda: 1)


def _folder(given: str, leave_out: str) -> Source:
    """The publications of a folder, which is listed while they are gone through."""
    faults: dict[str, str] = {}
    _entries(given, faults)
    if faults:
        raise WrongInput(f"{given}: {faults[given]}; make the folder readable or give another INPUT")
    return _source(given, given, partial(_walk, given, leave_out))


def _source(given: str, root: str, find: Callable[[dict[str, str]], Iterable[str]]) -> Source:
    """The publications at the paths that ``find`` gives, which is handed a place for the folders it cannot list."""
    listed = listings(root)

    def publications() -> Iterator[Publication]:
        faults: dict[str, str] = {}
        for path in find(faults):
            yield _publication(path, root, listed)
        for folder, why in faults.items():
            yield Publication(doc_of(folder, root), folder, UNKNOWN, UNLISTED, f"{why}; make the folder readable")

    def number() -> int:
        faults: dict[str, str] = {}
        return sum(1 for _ in find(faults)) + len(faults)

    return Source(given, publications(), number)


def _matching(pattern: str) -> list[Source]:
    parts = Path(pattern).parts
    plain = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    root = str(Path(*parts[:plain])) if plain else "."

    def matches(faults: dict[str, str]) -> Iterable[str]:
        return dict.fromkeys(_expand(root if plain else "", parts[plain:], faults))

    def find(faults: dict[str, str]) -> Iterable[str]:
        return [path for path in matches(faults) if _is_wanted(path)]

    faults: dict[str, str] = {}
    if not os.path.isdir(root):  # a mistyped name must not empty the tables
        raise WrongInput(f"{pattern}: there is no folder {root}; mend the pattern")
    if is_packed(pattern):
        if paths := sorted(path for path in matches(faults) if os.path.isfile(path)):
            return [packed_source(path) for path in paths]
    elif find(faults) or faults:
        return [_source(pattern, root, find)]
    raise WrongInput(f"{pattern}: matches no file that ends in {', '.join((*ENDINGS, *PACKED))}; mend the pattern")


def packed_below(inputs: Iterable[str]) -> str:
    """The first packed corpus in the folders among INPUTs, or ``""``: a folder's packed corpora are not looked into."""
    for folder in filter(os.path.isdir, inputs):
        for path, _, names in os.walk(folder):
            if not _is_run(path) and (found := min(filter(is_packed, names), default="")):
                return os.path.join(path, found)
    return ""


def _is_wanted(path: str) -> bool:
    """Whether a file may be a publication: of a known ending, no folder, and not belopp's own."""
    return path.lower().endswith(ENDINGS) and _readable(path) and not is_own_table(path)


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
    """Whether a path is a file or should be: a pipe, and a link that leads nowhere, are not passed over in silence."""
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path)) or bool(irregular(path))


def listings(folder: str) -> Mapping[str, Listing]:
    """What the indexes of a folder say of its documents, by id."""
    try:
        return index(folder)
    except Unreadable as error:
        raise WrongInput(f"{folder}: {error.reason}; mend the index or move it away") from error


def _walk(folder: str, leave_out: str, faults: dict[str, str]) -> Iterator[str]:
    """The paths of the publications below a folder, in their order, one folder's names in memory at a time."""
    for entry in sorted(_entries(folder, faults), key=_path_order):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            # A name is compared first: to follow each folder's path to its end takes as long as to list it.
            is_out = leave_out.endswith(os.sep + entry.name) and os.path.realpath(entry.path) == leave_out
            if not is_out and not (entry.name == TEXT and _is_run(folder)):
                yield from _walk(entry.path, leave_out, faults)
        elif entry.name.lower().endswith(ENDINGS) and (entry.is_file(follow_symlinks=False) or _readable(entry.path)):
            if not is_own_table(entry.path):
                yield entry.path


def _path_order(entry: os.DirEntry[str]) -> str:
    # As the paths of all that lies in it sort: "a-b.md" before "a/b.md".
    return entry.name + os.sep if entry.is_dir(follow_symlinks=False) else entry.name


def is_own_table(path: str) -> bool:
    """Whether a file is a CSV that opens with the columns of one of belopp's own tables, or of its gold."""
    if not path.lower().endswith(".csv") or irregular(path):
        return False
    try:
        with open(path, "rb") as file:
            return opens_own_table(file.read(LONGEST_HEAD))
    except OSError:
        return False


def _is_run(folder: str) -> bool:
    return all(os.path.isfile(os.path.join(folder, name)) for name in (RUN, PACKAGE))


def _publication(path: str, root: str, listed: Mapping[str, Listing]) -> Publication:
    doc = doc_of(path, root)
    return Publication(doc, path, stamp_of(path), listed.get(doc, UNLISTED))


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
    return printable(relative)
