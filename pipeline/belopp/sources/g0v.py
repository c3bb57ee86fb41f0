"""The open mirror of the government's website: JSON indexes of what it has published, and a Markdown file a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from belopp.sources import names
from belopp.sources.addresses import given
from belopp.sources.asking import Errand, Wanted, fetch
from belopp.sources.outcome import FAILED, SETTLED, Outcome, Tally
from belopp.sources.problems import WrongSource
from belopp.sources.said import DAY, text_of

BASE: Final = "https://g0v.se"
KIND: Final = "pressmeddelanden"
UPDATED: Final = "api/latest_updated.json"
CODES: Final = "api/codes.json"
_SAFE: Final = "/:@!$&'()*+,;=~"
_KIND = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")


class Listed(NamedTuple):
    """A page as an index lists it; days are ISO or ``""``."""

    title: str
    url: str
    published: str
    updated: str


def fetch_g0v(errand: Errand, tally: Tally, *, since: str, kinds: Sequence[str] = (KIND,), base: str = BASE) -> None:
    """Fetch the mirror's pages of some kinds that were published or updated on ``since`` (``2024-09``) or later.

    A kind is the name of an index: ``pressmeddelanden``, ``rattsliga-dokument/proposition``.  What the index
    says nothing new of since it was fetched is not asked for.  Raises :class:`WrongSource` for a kind or base
    that cannot be one.
    """
    base = str(given(base)).rstrip("/")
    for kind in kinds:
        if not _KIND.fullmatch(kind):
            raise WrongSource(f"{kind}: no kind of the mirror; write it as {KIND} or rattsliga-dokument/proposition")
    updated = _last_updated(errand, base)
    _index(errand, tally, base, CODES, updated)
    for kind in dict.fromkeys(kinds):
        path = f"{kind}.json"
        outcome, data = _index(errand, tally, base, path, updated)
        if outcome.verdict == FAILED or not data:
            continue
        listed, faults = entries(data)
        wanted = list(_wanted(tally, base, listed, since))
        tally.expect(len(faults) + len(wanted))
        for fault in faults:
            tally.tell(Outcome(f"{base}/{path}", FAILED, reason=fault))
        for one in wanted:
            tally.tell(fetch(errand, one)[0])


def entries(data: bytes) -> tuple[list[Listed], list[str]]:
    """The pages that an index lists, each once, and what is wrong with the entries that list none.

    >>> entries(b'[{"title": "A", "url": "/tal/a/", "published": "2024-09-17", "updated": null}, {}]')
    ([Listed(title='A', url='/tal/a/', published='2024-09-17', updated='')], ['entry 2 of the index has no url'])
    """
    content = json.loads(data)
    if not isinstance(content, list):
        return [], ["the index is no list"]
    listed: dict[str, Listed] = {}
    faults = []
    for number, entry in enumerate(content, 1):
        url = text_of(entry.get("url")) if isinstance(entry, dict) else ""
        if not url.strip("/"):
            faults.append(f"entry {number} of the index has no url")
            continue
        page = Listed(text_of(entry.get("title")), url, _day(entry.get("published")), _day(entry.get("updated")))
        listed.setdefault(url, page)
    return list(listed.values()), faults


def _last_updated(errand: Errand, base: str) -> str:
    """When the mirror says that it was last updated; ``""`` when it does not, and then each index is asked for."""
    outcome, data = fetch(errand, _file(base, UPDATED), lists=True)
    if outcome.verdict == FAILED:
        return ""
    said = json.loads(data)
    return text_of(said.get("latest_updated")) if isinstance(said, dict) else ""


def _index(errand: Errand, tally: Tally, base: str, path: str, updated: str) -> tuple[Outcome, bytes]:
    """An index's bytes: those kept, when the mirror was not updated since they came."""
    source = f"{base}/{path}"
    kept = errand.corpus.of(source)
    if kept and updated and kept.updated == updated and not errand.recheck:
        data = errand.corpus.bytes_of(kept)
        if data is not None:
            return Outcome(source, SETTLED, path), data
    outcome, data = fetch(errand, _file(base, path, updated), lists=True)
    if outcome.verdict == FAILED:
        tally.expect(1)
        tally.tell(outcome)
    return outcome, data


def _file(base: str, path: str, updated: str = "") -> Wanted:
    return Wanted(f"{base}/{path}", "json", path, updated=updated, role="index")


def _wanted(tally: Tally, base: str, listed: Sequence[Listed], since: str) -> Iterator[Wanted]:
    for page in listed:
        if max(page.published, page.updated) < since:
            tally.left_out += 1
            continue
        # What the index writes plainly and what it writes with %C3%B6 is one address.
        path = unquote(page.url.strip("/"))
        yield Wanted(
            f"{base}/{quote(path, safe=_SAFE)}.md",
            "markdown",
            names.of_mirror(path),
            title=page.title,
            published=page.published,
            updated=page.updated,
            url=page.url,
            dated=True,
        )


def _day(said: object) -> str:
    text = said[:10] if isinstance(said, str) else ""
    return text if DAY.fullmatch(text) else ""
