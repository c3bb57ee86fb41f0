"""The metadata that lie beside documents: a mirror's JSON indexes, and the manifest of what was fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from belopp.read.dates import iso_of
from belopp.read.problems import Unreadable

# What `belopp fetch` writes in a corpus folder, a JSON line a file: no .json, which would be taken for an index,
# and no .csv, which would be read for sums.
MANIFEST: Final = "manifest.jsonl"


class Listing(NamedTuple):
    """What an index says of one document: the day it was published (ISO, or ``""``), its title and its address."""

    published: str = ""
    title: str = ""
    url: str = ""


def index(folder: str | Path) -> Mapping[str, Listing]:
    """The listings of the JSON indexes in a folder, one level down and beside it, by path relative to the folder.

    An index is a JSON list of objects with a ``url``; ``/tal/2024/05/namn/`` lists ``tal/2024/05/namn.md``.
    Other JSON is passed over.  What a manifest in the folder, or beside it, says of a fetched document goes before
    the indexes.  Raises :class:`Unreadable` at stage ``open`` for an index that is no JSON.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return {}
    paths = [*folder.glob("*/*.json"), *folder.glob("*.json"), folder / MANIFEST]
    inside = {path.relative_to(folder).as_posix(): _listed(path.name, path) for path in paths}
    return together(inside, folder.resolve())


def is_index(name: str) -> bool:
    """Whether a file of that name, relative to its folder, may list the documents of the folder.

    >>> is_index("alla.json"), is_index("tal/alla.json"), is_index("tal/2024/alla.json"), is_index("manifest.jsonl")
    (True, True, False, True)
    """
    return name == MANIFEST or (name.endswith(".json") and name.count("/") <= 1)


def listed_in(name: str, content: bytes) -> Mapping[str, Listing]:
    """What an index or a manifest of that name says of its documents.  Raises as :func:`index` does."""
    return dict(_fetched(content) if name == MANIFEST else _entries(name, content))


def together(inside: Mapping[str, Mapping[str, Listing]], folder: Path) -> Mapping[str, Listing]:
    """What the indexes ``inside`` a folder, by name, and those beside it say: those higher up go before the others."""
    listed: dict[str, Listing] = {}
    beside = folder.with_suffix(".json")
    listed.update(_below(folder.with_suffix(""), _listed(beside.name, beside)))
    for name in sorted(inside, key=lambda name: (-name.count("/"), name.split("/"))):
        if name != MANIFEST:
            listed.update(inside[name])
    listed.update(_below(folder, _listed(MANIFEST, folder.parent / MANIFEST)))
    listed.update(inside.get(MANIFEST, {}))
    return listed


def _below(folder: Path, listed: Mapping[str, Listing]) -> Iterator[tuple[str, Listing]]:
    """What is listed beside a folder of the documents in it, by path relative to it."""
    prefix = folder.name + "/"
    return ((name.removeprefix(prefix), entry) for name, entry in listed.items() if name.startswith(prefix))


def _listed(name: str, path: Path) -> Mapping[str, Listing]:
    """What the file at a path lists; nothing when there is none."""
    if not path.is_file():
        return {}
    try:
        content = path.read_bytes()
    except OSError as error:
        if name == MANIFEST:  # the fetch tells of it
            return {}
        raise Unreadable("open", f"the index {name} cannot be read: {error}") from error
    return listed_in(name, content)


def _entries(name: str, content: bytes) -> Iterator[tuple[str, Listing]]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("open", f"the index {name.rpartition('/')[2]} is no JSON: {error}") from error
    if not isinstance(told, list):
        return
    for entry in told:
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            url = _text(entry["url"])
            yield _path_of(url) + ".md", Listing(day_of(entry.get("published")), _text(entry.get("title")), url)


def _fetched(content: bytes) -> Iterator[tuple[str, Listing]]:
    """What a manifest says of its documents; a line that was cut short is passed over, for the fetch tells of it."""
    for line in content.splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and entry.get("role") == "document" and isinstance(entry.get("path"), str):
            url = _text(entry.get("url")) or _text(entry.get("final")) or _text(entry.get("source"))
            yield entry["path"], Listing(day_of(entry.get("published")), _text(entry.get("title")), url)


def _path_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[2].strip("/") if "://" in url else url.strip("/")


def _text(stated: object) -> str:
    # JSON may hold half of a pair of UTF-16, which no table in UTF-8 can.
    return str(stated or "").encode("utf-8", "replace").decode("utf-8")


def day_of(stated: object) -> str:
    """A date that is told of a document as ISO text, of a time its day; ``""`` for what is none.

    >>> [day_of(told) for told in ("2024-09-17", "2024-09-17 10:00:00Z", "2024-09", "2024-02-31", "snart", None)]
    ['2024-09-17', '2024-09-17', '2024-09', '2024-02', '', '']
    """
    return iso_of(stated[:10]) or iso_of(stated) if isinstance(stated, str) else ""
