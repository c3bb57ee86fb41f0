"""RSS and Atom feeds: the pages that a feed announces, with the PDF files that hang on them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from time import strftime, struct_time
from typing import Final, NamedTuple

from belopp.sources import names
from belopp.sources.addresses import given, parsed
from belopp.sources.asking import Errand, Wanted, fetch
from belopp.sources.outcome import FAILED, Outcome, Tally
from belopp.sources.pages import fetch_page
from belopp.sources.problems import Failed
from belopp.sources.said import DAY, text_of

FOLDER: Final = "feeds"
MOST_BYTES: Final = 8 * 1024 * 1024
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
# Whatever the encoding: UTF-16 puts a NUL between the letters.
_ENTITY = re.compile(rb"<\0{0,3}!\0{0,3}E\0{0,3}N\0{0,3}T\0{0,3}I\0{0,3}T\0{0,3}Y", re.IGNORECASE)


class Announced(NamedTuple):
    """A page that a feed announces; ``published`` is an ISO day, ``updated`` an ISO time, either ``""``."""

    address: str
    title: str
    published: str
    updated: str
    enclosed: tuple[str, ...]


def fetch_feed(errand: Errand, tally: Tally, address: str, *, since: str = "", attachments: bool = True) -> None:
    """Fetch what a feed announces, from ``since`` (``2024-09``) on if that is given; undated pages are fetched.

    What the feed says nothing new of since it was fetched is not asked for.  Raises :class:`WrongSource` for
    what is no web address.
    """
    url = given(address)
    source = str(url)
    tally.expect(1)
    path = f"{FOLDER}/{names.of_page(url, '.xml')}"
    outcome, data = fetch(errand, Wanted(source, "feed", path, role="feed"), lists=True)
    if outcome.verdict == FAILED:
        tally.tell(outcome)
        return
    try:
        found = announced(data, base=source)
    except Failed as failed:
        tally.tell(Outcome(source, FAILED, reason=failed.reason))
        return
    tally.expect(-1)
    wanted = list(_wanted(tally, found, since))
    tally.expect(len(wanted))
    met: set[str] = set()
    for one in wanted:
        if one.expected == "page" or attachments:
            fetch_page(errand, tally, one, met, attachments=attachments)


def announced(data: bytes, *, base: str) -> list[Announced]:
    """The pages of a feed, each once; raises :class:`Failed` for bytes that are no feed.

    >>> announced(b'<rss version="2.0"><channel><item><title>Nytt</title><link>/a/</link><pubDate>'
    ...     b'Tue, 17 Sep 2024 00:30:00 +0200</pubDate></item></channel></rss>', base="https://example.org/rss")
    [Announced(address='https://example.org/a/', title='Nytt', published='2024-09-17', updated='', enclosed=())]
    """
    import feedparser  # type: ignore[import-untyped,unused-ignore]

    if len(data) > MOST_BYTES:
        raise Failed(f"{len(data):,} bytes: longer than any feed")
    if _ENTITY.search(data):
        raise Failed("the feed defines entities of its own, which no feed needs")
    # Bytes in a stream: a bare string might be taken for an address or a file to open.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise Failed(f"no RSS or Atom feed: {error}") from error
    if not feed.get("version") and not feed.get("entries"):
        raise Failed("no RSS or Atom feed")
    pages: dict[str, Announced] = {}
    for entry in feed.get("entries", ()):
        address = _absolute(entry.get("link"), base)
        if address:
            enclosed = (one.get("href") for one in entry.get("enclosures", ()) if _is_pdf(one))
            pages.setdefault(
                address,
                Announced(
                    address,
                    " ".join(_MARKUP.sub("", text_of(entry.get("title"))).split()),
                    _day(entry),
                    _time(entry.get("updated_parsed")) if "updated" in entry else "",
                    tuple(dict.fromkeys(filter(None, (_absolute(href, base) for href in enclosed)))),
                ),
            )
    return list(pages.values())


def _wanted(tally: Tally, found: list[Announced], since: str) -> Iterator[Wanted]:
    for page in found:
        last = max(page.published, page.updated)
        if last and last < since:
            tally.left_out += 1
            continue
        said = {"title": page.title, "published": page.published}
        yield Wanted(page.address, "page", **said, updated=page.updated, url=page.address, dated=True)
        for address in page.enclosed:
            yield Wanted(address, "pdf", **said, updated=page.updated, page=page.address, dated=True)


def _absolute(said: object, base: str) -> str:
    """The address as it is asked for; one that is not of the web as it stands, to be told as refused."""
    link = text_of(said).strip()
    if not link:
        return ""
    try:
        return str(parsed(link, base=parsed(base)))
    except Failed:
        return link


def _is_pdf(enclosure: dict[str, object]) -> bool:
    return enclosure.get("type") == "application/pdf" or text_of(enclosure.get("href")).lower().endswith(".pdf")


def _day(entry: dict[str, object]) -> str:
    """The day as the feed writes it: at half past midnight in Sweden it is yesterday in UTC."""
    said = text_of(entry.get("published")).strip()
    if DAY.match(said):
        return said[:10]
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _time(entry.get("published_parsed"))[:10]


def _time(said: object) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", said) if isinstance(said, struct_time) else ""
