"""An HTML page skimmed in one pass for what fetching wants of it: titles, links, its day, and whether it says much.

No tree is built: some pages are made so that their tree outgrows any memory, and fetching has no child process
to lose.  The publication itself is read later, by ``belopp.read``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from belopp.read import Unreadable, decode

# One tag or comment; quoted values may hold anything but angle brackets.  Possessive: no way back, linear time.
_TAG: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <[!?][^<>]*+>?
      | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<rest>(?:[^<>"']|"[^"<>]*"|'[^'<>]*'|["'])*+)>?""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s=/"'<>]++)\s*+(?:=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]++)))?""")
_BANNER: Final = re.compile(r"cookie|consent|kakor|gdpr", re.IGNORECASE)
_DAY: Final = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_DATED: Final = ("article:published_time", "dc.date.issued", "dcterms.issued", "datepublished", "date")
_SILENT: Final = frozenset({"script", "style", "template", "svg"})
_AROUND: Final = frozenset({"header", "nav", "footer", "aside", "dialog"})
_EMPTY: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ENDS: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _SILENT}
MOST_TEXT: Final = 2_000
MOST_WORDS: Final = 500


class Link(NamedTuple):
    """A link as it stands on the page: where to, the format it names, its words."""

    href: str
    type: str
    words: str


class Skimmed(NamedTuple):
    """What a page shows: ``text`` is the beginning of all of it, ``rest`` that without navigation and banners."""

    title: str
    heading: str
    day: str
    base: str
    text: str
    rest: str
    links: tuple[Link, ...]


def skim(data: bytes) -> Skimmed:
    """Skim an HTML page's bytes.

    >>> page = skim(b'<title>Avtal</title><nav>Meny</nav><h1>Avtalet</h1> <a href="a.pdf">Hela <b>avtalet</b></a>')
    >>> page.title, page.heading, page.rest, page.links
    ('Avtal', 'Avtalet', 'Avtalet Hela avtalet', (Link(href='a.pdf', type='', words='Hela avtalet'),))
    """
    source = _decoded(data)
    pass_ = _Pass()
    place = 0
    while tag := _TAG.search(source, place):
        pass_.say(source[place : tag.start()])
        place = tag.end()
        name = (tag["name"] or "").lower()
        if not name:
            continue
        if tag["end"]:
            pass_.close(name)
        elif name in _SILENT:
            ends = _ENDS[name].search(source, place)
            place = ends.start() if ends else len(source)
        else:
            pass_.open(name, _attributes(tag["rest"]) if "=" in tag["rest"] else {})
    pass_.say(source[place:])
    return pass_.skimmed()


class _Pass:
    """What has been seen so far."""

    def __init__(self) -> None:
        self._title: list[str] = []
        self._heading: list[str] = []
        self._text: list[str] = []
        self._rest: list[str] = []
        self._said = self._said_rest = 0
        self._day = self._base = ""
        self._links: list[Link] = []
        self._link: tuple[str, str] | None = None
        self._words: list[str] = []
        self._around = ""  # the element that is passed over as navigation or banner, and how deep in its kind
        self._depth = 0
        self._in = ""

    def open(self, name: str, said: Mapping[str, str]) -> None:
        if self._around:
            self._depth += name == self._around
        elif name not in _EMPTY and (name in _AROUND or _is_banner(name, said)):
            self._around, self._depth = name, 1
        if name in ("title", "h1") and not (self._title if name == "title" else self._heading):
            self._in = name
        elif name == "a":
            self._end_link()
            if said.get("href"):
                self._link = said["href"].strip(), said.get("type", "").strip().lower()
        elif name == "base" and not self._base:
            self._base = said.get("href", "").strip()
        elif name in ("meta", "time") and not self._day:
            self._date(name, said)

    def close(self, name: str) -> None:
        if name == self._around:
            self._depth -= 1
            if not self._depth:
                self._around = ""
        if name == self._in:
            self._in = ""
        if name == "a":
            self._end_link()

    def say(self, text: str) -> None:
        if not text or text.isspace():
            return
        if self._in:
            (self._title if self._in == "title" else self._heading).append(text[:MOST_WORDS])
        if self._in == "title":
            return
        if self._link and len(self._words) < MOST_WORDS:
            self._words.append(text[:MOST_WORDS])
        if self._said < MOST_TEXT:
            self._text.append(text[:MOST_TEXT])
            self._said += len(text)
        if not self._around and self._said_rest < MOST_TEXT:
            self._rest.append(text[:MOST_TEXT])
            self._said_rest += len(text)

    def skimmed(self) -> Skimmed:
        self._end_link()
        return Skimmed(
            _plain(self._title, MOST_WORDS),
            _plain(self._heading, MOST_WORDS),
            self._day,
            self._base,
            _plain(self._text, MOST_TEXT),
            _plain(self._rest, MOST_TEXT),
            tuple(self._links),
        )

    def _end_link(self) -> None:
        if self._link:
            self._links.append(Link(*self._link, _plain(self._words, MOST_WORDS)))
        self._link, self._words = None, []

    def _date(self, name: str, said: Mapping[str, str]) -> None:
        key = said.get("property") or said.get("name") or said.get("itemprop") or ""
        value = said.get("datetime", "") if name == "time" else said.get("content", "") if key.lower() in _DATED else ""
        day = _DAY.match(value)
        self._day = day.group(1) if day else ""


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def _is_banner(name: str, said: Mapping[str, str]) -> bool:
    return name not in ("html", "body", "main") and bool(
        _BANNER.search(said.get("id", "")) or _BANNER.search(said.get("class", ""))
    )


def _plain(parts: list[str], most: int) -> str:
    return " ".join(html.unescape(" ".join(parts)).split())[:most]


def _decoded(data: bytes) -> str:
    try:
        return decode(data)[0]
    except Unreadable:
        return data.decode("latin-1")
