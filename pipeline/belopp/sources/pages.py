"""Single pages of any site, and the PDF files that hang on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from belopp.sources.addresses import given, parsed
from belopp.sources.asking import Errand, Wanted, completed, fetch
from belopp.sources.disguises import is_html
from belopp.sources.outcome import FAILED, SETTLED, Outcome, Tally
from belopp.sources.problems import Failed, Refused
from belopp.sources.skimming import Skimmed, skim

MOST_ATTACHMENTS: Final = 200
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
# regeringen.se writes «Rapporten (pdf 163 kB)» and links to an address that does not always end so.
_PDF_NAMED = re.compile(r"\s*\(\s*pdf\b[^)]*\)", re.IGNORECASE)


class Attachment(NamedTuple):
    """A PDF that a page links to: its absolute address, and the words of the link."""

    address: str
    title: str


def fetch_pages(errand: Errand, tally: Tally, addresses: Sequence[str], *, attachments: bool = True) -> None:
    """Fetch pages, each with the PDF files it links to.  Raises :class:`WrongSource` for what is no web address."""
    wanted = [Wanted(str(given(address)), "page") for address in addresses]
    tally.expect(len(wanted))
    met: set[str] = set()
    for one in wanted:
        fetch_page(errand, tally, one, met, attachments=attachments)


def fetch_page(errand: Errand, tally: Tally, wanted: Wanted, met: set[str], *, attachments: bool = True) -> None:
    """Fetch a page and, if it is HTML, its attachments; ``met`` holds what this fetch has asked for already."""
    if wanted.source in met:
        tally.expect(-1)
        return
    met.add(wanted.source)
    outcome, data = fetch(errand, wanted, complete=False, lists=attachments and wanted.expected == "page")
    tally.tell(outcome)
    if outcome.verdict in (FAILED, SETTLED):
        return
    whole = True
    if attachments and is_html(data):
        whole = _fetch_attachments(errand, tally, wanted, data, met)
    if whole and attachments:
        completed(errand, wanted.source)


def _fetch_attachments(errand: Errand, tally: Tally, wanted: Wanted, data: bytes, met: set[str]) -> bool:
    kept = errand.corpus.of(wanted.source)
    page = skim(data)
    base = kept.final if kept else wanted.source
    found = [one for one in attached(page, base=base) if one.address not in met]
    published = wanted.published or page.day
    tally.expect(min(len(found), MOST_ATTACHMENTS))
    whole = True
    for one in found[:MOST_ATTACHMENTS]:
        met.add(one.address)
        hung = Wanted(one.address, "pdf", title=one.title, published=published, page=wanted.source)
        whole = tally.tell(fetch(errand, hung)[0]).verdict != FAILED and whole
    if len(found) > MOST_ATTACHMENTS:
        reason = f"{len(found):,} attachments; those after the first {MOST_ATTACHMENTS} are not fetched"
        tally.expect(1)
        tally.tell(Outcome(wanted.source, FAILED, reason=reason))
        whole = False
    return whole


def attached(page: Skimmed, *, base: str) -> list[Attachment]:
    """The PDF files that an HTML page links to, each once, in its order.

    >>> page = skim(b'<a href="/a/b.pdf">Avtalet (pdf 163 kB)</a> <a href="c.html">c</a>')
    >>> attached(page, base="https://example.org/a/")
    [Attachment(address='https://example.org/a/b.pdf', title='Avtalet')]
    """
    start = parsed(base)
    with suppress(Failed):  # as browsers do: a base that is no web address is none
        start = parsed(page.base, base=start)
    found: dict[str, Attachment] = {}
    for link in page.links:
        try:
            url = parsed(link.href, base=start)
            address, path = str(url), url.path
        except Refused:
            # A link to a file: of this machine is told as refused; mail, scripts and telephones are no documents.
            if not link.href.lower().startswith("file:"):
                continue
            address = path = link.href
        except Failed:
            continue
        if _PDF.search(path) or _PDF_NAMED.search(link.words) or link.type == "application/pdf":
            found.setdefault(address, Attachment(address, _PDF_NAMED.sub("", link.words).strip()))
    return list(found.values())
