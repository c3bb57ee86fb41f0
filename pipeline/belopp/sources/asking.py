"""One wanted document: asked for if it may be new or changed, judged, and kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from belopp.sources import names
from belopp.sources.addresses import parsed
from belopp.sources.client import NOT_MODIFIED, Answer, Client
from belopp.sources.corpus import Corpus
from belopp.sources.disguises import Expected, disguise, ending_of
from belopp.sources.manifest import Kept
from belopp.sources.outcome import CHANGED, FAILED, NEW, SETTLED, UNCHANGED, WOULD, Outcome
from belopp.sources.problems import Failed


class Wanted(NamedTuple):
    """A document to fetch: its address, the path it will have, and what an index, feed or page says of it.

    Without a ``path`` it has one of its address and of what its bytes are.  ``dated`` says that who lists
    it tells by ``published`` and ``updated`` when it changes.
    """

    source: str
    expected: Expected
    path: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    url: str = ""
    page: str = ""
    role: str = "document"
    dated: bool = False


class Errand(NamedTuple):
    """What every question of one fetch shares.  With ``recheck`` what seems settled is asked about, too."""

    client: Client
    corpus: Corpus
    recheck: bool = False
    dry: bool = False


def fetch(errand: Errand, wanted: Wanted, *, complete: bool = True, lists: bool = False) -> tuple[Outcome, bytes]:
    """Fetch one document; its outcome, and its bytes if there are any.

    ``complete=False`` leaves it to :func:`completed` to say that all that hangs on it is there.  What ``lists``
    other documents is asked for on a dry run, too, and not kept then.
    """
    kept = errand.corpus.of(wanted.source)
    data = errand.corpus.bytes_of(kept) if kept else None
    if kept and data is not None and not errand.recheck and settled(kept, wanted):
        return Outcome(wanted.source, SETTLED, kept.path), data
    if errand.dry and not lists:
        return Outcome(wanted.source, WOULD, _path(errand, wanted, data or b"<html>")), data or b""
    known = kept if data is not None else None
    try:
        answer = errand.client.get(
            wanted.source, etag=known.etag if known else "", last_modified=known.last_modified if known else ""
        )
        if answer.status != NOT_MODIFIED and (why := disguise(answer, asked=wanted.source, expected=wanted.expected)):
            raise Failed(why)
        return _taken(errand, wanted, kept, data, answer, complete=complete)
    except Failed as failed:
        return Outcome(wanted.source, FAILED, reason=failed.reason), b""


def settled(kept: Kept, wanted: Wanted) -> bool:
    """Whether a document need not be asked for: whoever lists it says the same of it, and its day was over.

    What was asked for on the very day of its last change may have changed again since.
    """
    same = (kept.title, kept.published, kept.updated) == (wanted.title, wanted.published, wanted.updated)
    last = max(wanted.published, wanted.updated)[:10]
    return wanted.dated and same and bool(kept.complete) and bool(last) and kept.asked[:10] > last


def completed(errand: Errand, source: str) -> None:
    """Note that all that hangs on an index, feed or page is there."""
    kept = errand.corpus.of(source)
    if kept and not errand.dry:
        errand.corpus.note(kept._replace(complete=stamp(errand.client.clock.utc())))


def stamp(time: datetime) -> str:
    """A time as the manifest writes it.

    >>> stamp(datetime(2024, 9, 17, 8, 30, 5))
    '2024-09-17T08:30:05Z'
    """
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _taken(
    errand: Errand, wanted: Wanted, kept: Kept | None, data: bytes | None, answer: Answer, *, complete: bool
) -> tuple[Outcome, bytes]:
    now = stamp(errand.client.clock.utc())
    if answer.status == NOT_MODIFIED and kept and data is not None:
        body, fetched = data, kept.fetched
        etag, last_modified = answer.etag or kept.etag, answer.last_modified or kept.last_modified
        content_type, final = kept.content_type, kept.final
    else:
        body, fetched = answer.body, now
        etag, last_modified, content_type, final = (
            answer.etag,
            answer.last_modified,
            answer.content_type,
            answer.address,
        )
    same = data == body
    if errand.dry:
        return Outcome(wanted.source, UNCHANGED if same else WOULD, _path(errand, wanted, body)), body
    new = Kept(
        path=kept.path if kept and same else _path(errand, wanted, body),
        source=wanted.source,
        role=wanted.role,
        title=wanted.title,
        published=wanted.published,
        updated=wanted.updated,
        url=wanted.url,
        page=wanted.page,
        final=final,
        content_type=content_type,
        etag=etag,
        last_modified=last_modified,
        fetched=kept.fetched if kept and same else fetched,
        asked=now,
        complete=now if complete else "",
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )
    if same:
        errand.corpus.note(new)
        return Outcome(wanted.source, UNCHANGED, new.path), body
    errand.corpus.keep(new, body)
    return Outcome(wanted.source, CHANGED if kept else NEW, new.path), body


def _path(errand: Errand, wanted: Wanted, body: bytes) -> str:
    path = wanted.path or names.of_page(parsed(wanted.source), ending_of(body))
    return errand.corpus.name_for(wanted.source, path)
