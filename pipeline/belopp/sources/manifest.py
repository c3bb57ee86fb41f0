"""The manifest of a corpus folder: one JSON line a file, from where it came and when, and by what it is known again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from belopp.read.listing import MANIFEST
from belopp.sources.names import is_safe
from belopp.sources.problems import WrongSource

REMEDY: Final = "mend the line, or move the file away to fetch all anew"


class Kept(NamedTuple):
    """One file of the corpus, as its line in the manifest.

    ``path`` is relative to the folder, ``source`` the address asked and ``final`` where its redirects ended.
    ``role`` is ``document``, ``index`` or ``feed``; ``page`` the address of the page that an attachment hangs on.
    ``title``, ``published``, ``updated`` and ``url`` are what an index, feed or page says of it; ``content_type``
    is the format that the server said.  Times are UTC: ``fetched`` when the bytes came, ``asked`` when the server
    last said that they hold, ``complete`` when all that hangs on it was there (``""``: something failed).
    ``sha256`` and ``bytes`` are of the file as it lies.
    """

    path: str
    source: str
    role: str
    title: str
    published: str
    updated: str
    url: str
    page: str
    final: str
    content_type: str
    etag: str
    last_modified: str
    fetched: str
    asked: str
    complete: str
    bytes: int
    sha256: str


_TYPES: Final = {name: int if name == "bytes" else str for name in Kept._fields}


def line(kept: Kept) -> str:
    """The line of a file, without its end."""
    # ASCII, so that a line separator of Unicode in a title cannot end the line for some reader.
    return json.dumps(kept._asdict(), ensure_ascii=True)


def lines(found: Iterable[Kept]) -> bytes:
    """A whole manifest: a line a file, by path."""
    return "".join(line(kept) + "\n" for kept in sorted(found)).encode()


def entries(data: bytes) -> Mapping[str, Kept]:
    """The files of a manifest by source; of two lines about one the later holds.

    A last line without an end is one that was being written when the power went, and is left out.
    Raises :class:`WrongSource` for any other line that is not as it should be.
    """
    found: dict[str, Kept] = {}
    whole, _, _cut = data.rpartition(b"\n")
    for number, text in enumerate(whole.split(b"\n") if whole else (), 1):
        kept = _entry(text)
        if kept is None:
            raise WrongSource(f"{MANIFEST}: line {number} is no line of a manifest; {REMEDY}")
        found[kept.source] = kept
    return found


def _entry(text: bytes) -> Kept | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    said = {name: said.get(name, kind()) for name, kind in _TYPES.items()}
    if any(not isinstance(said[name], kind) for name, kind in _TYPES.items()):
        return None
    kept = Kept(**said)
    return kept if kept.source and is_safe(kept.path) else None
