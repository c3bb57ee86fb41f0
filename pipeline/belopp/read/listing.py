"""The metadata that lie beside documents: a mirror's JSON indexes, and the manifest of what was fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from .dates import iso_of
from .problems import Unreadable

# What `belopp fetch` writes in a corpus folder, a JSON line a file: no .json, which would be taken for an index,
# and no .csv, which would be read for sums.
MANIFEST: Final = "manifest.jsonl"


class Listing(NamedTuple):
    """What an index says of one document: its title, its address and the day it was published (ISO, or ``""``)."""

    title: str = ""
    url: str = ""
    published: str = ""


def index(folder: str | Path) -> Mapping[str, Listing]:
    """The listings of the JSON indexes in a folder, one level down and beside it, by path relative to the folder.

    An index is a JSON list of objects with a ``url``; ``/tal/2024/05/namn/`` lists ``tal/2024/05/namn.md``.
    Other JSON is passed over.  What a manifest in the folder, or beside it, says of a fetched document goes before
    the indexes.  Raises :class:`Unreadable` at stage ``open`` for an index that is no JSON.
    """
    folder = Path(folder)
    listed: dict[str, Listing] = {}
    if not folder.is_dir():
        return listed
    beside = folder.resolve().with_suffix(".json")
    if beside.is_file():
        prefix = beside.stem + "/"
        listed.update((name.removeprefix(prefix), entry) for name, entry in _entries(beside) if name.startswith(prefix))
    for path in (*sorted(folder.glob("*/*.json")), *sorted(folder.glob("*.json"))):
        listed.update(_entries(path))
    prefix = folder.resolve().name + "/"
    for name, entry in _fetched(folder.resolve().parent / MANIFEST):
        if name.startswith(prefix):
            listed[name.removeprefix(prefix)] = entry
    listed.update(_fetched(folder / MANIFEST))
    return listed


def _entries(path: Path) -> Iterator[tuple[str, Listing]]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable("open", f"the index {path.name} is no JSON: {error}") from error
    if not isinstance(content, list):
        return
    for entry in content:
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            url = _text(entry["url"])
            yield _path_of(url) + ".md", Listing(_text(entry.get("title")), url, _day(entry.get("published")))


def _fetched(path: Path) -> Iterator[tuple[str, Listing]]:
    """What a manifest says of its documents; a line that was cut short is passed over, for the fetch tells of it."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and entry.get("role") == "document" and isinstance(entry.get("path"), str):
            url = _text(entry.get("url")) or _text(entry.get("final")) or _text(entry.get("source"))
            yield entry["path"], Listing(_text(entry.get("title")), url, _day(entry.get("published")))


def _path_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[2].strip("/") if "://" in url else url.strip("/")


def _text(stated: object) -> str:
    # JSON may hold half of a pair of UTF-16, which no table in UTF-8 can.
    return str(stated or "").encode("utf-8", "replace").decode("utf-8")


def _day(stated: object) -> str:
    # A plain ISO day is kept as it stands: thousands of them must not go through a parser of written dates.
    if not isinstance(stated, str) or not stated:
        return ""
    day = stated[:10]
    return day if len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdigit() else iso_of(stated)
