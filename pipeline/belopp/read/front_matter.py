"""The front matter of a page: fields between fences above its text, as YAML (``---``) or TOML (``+++``) has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from belopp.model import BOILERPLATE, Block
from belopp.model import TITLE as TITLE_BLOCK
from belopp.read.lines import bare

_FENCED: Final = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n?|\n)(?P<body>(?:[^\r\n]*(?:\r\n?|\n)){1,100}?)"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\r\n?|\n|$)"
)
_KEY: Final = re.compile(r"^(?P<key>[A-Za-zÅÄÖåäö_-]++)[ \t]*+[:=][ \t]*", re.MULTILINE)
# What follows a key; the first way that fits to the end of the line, but for a comment, is meant.
_VALUE: Final = re.compile(
    r"""(?:
        [|>][-+0-9]{0,2}[ \t]*(?:\r\n?|\n)[ \t]+(?P<folded>[^\r\n]*(?:(?:\r\n?|\n)[ \t]+[^\r\n]*)*)
      | "(?P<double>(?:[^"\\\r\n]|\\[^\r\n])*+)"
      | '(?P<single>(?:[^'\r\n]|'')*+)'
      | ["']*(?P<plain>[^\r\n]*?)["']*
    )(?:(?:[ \t]+|(?<![^ \t]))\#[^\r\n]*)?[ \t]*(?=[\r\n]|\Z)""",
    re.VERBOSE,
)
_ESCAPED: Final = re.compile(r"\\(.)")
# The names of a field, however they are joined: pubDate, published_at.
TITLE: Final = ("title", "titel", "rubrik")
DATE: Final = (
    "published", "publicerad", "publiceringsdatum", "pubdate", "publishdate", "publisheddate", "datepublished",
    "publishedat", "date", "datum",
)  # fmt: skip
URL: Final = ("url", "link")


class Field(NamedTuple):
    """A field of a front matter: its key in small letters without marks, its value, and where that stands."""

    key: str
    value: str
    start: int
    end: int


class FrontMatter(NamedTuple):
    """The fields of a front matter, and the offset at which it ends (0 without one)."""

    fields: tuple[Field, ...] = ()
    end: int = 0

    def field(self, keys: tuple[str, ...]) -> Field | None:
        """The field of the first of these keys that says something."""
        said = {field.key: field for field in reversed(self.fields) if field.value}
        return next((said[key] for key in keys if key in said), None)

    def says(self, keys: tuple[str, ...]) -> str:
        """The value of the first of these keys that says something, else ``""``.

        >>> front_matter("---\\npubDate: 2022-03-07 # sic\\n---\\n").says(DATE)
        '2022-03-07'
        """
        field = self.field(keys)
        return field.value if field else ""


NONE: Final = FrontMatter()


def front_matter(text: str) -> FrontMatter:
    """The simple fields above a text: of nested ones, and of lists, nothing is told.

    >>> front_matter("---\\ntitle: 'Avtal 2022'\\n---\\nText")
    FrontMatter(fields=(Field(key='title', value='Avtal 2022', start=12, end=22),), end=28)
    """
    if not text.startswith(("---", "+++")):
        return NONE
    found = _FENCED.match(text)
    fields = tuple(_fields(text, *found.span("body"))) if found else ()
    return FrontMatter(fields, found.end()) if found and fields else NONE


def _fields(text: str, start: int, end: int) -> Iterator[Field]:
    for key in _KEY.finditer(text, start, end):
        if (value := _VALUE.match(text, key.end(), end)) and (way := value.lastgroup):
            name = re.sub("[_-]", "", key["key"].lower())
            yield Field(name, _unfolded(value[way], way), *value.span(way))


def _unfolded(written: str, way: str) -> str:
    """What a value says, as it is written in a way of ``_VALUE``."""
    if way == "double":
        return _ESCAPED.sub(r"\1", written)
    if way == "single":
        return written.replace("''", "'")
    return " ".join(written.split()) if way == "folded" else written


def fronted(text: str, front: FrontMatter, *, titled: bool) -> list[Block]:
    """The blocks of a front matter: the page's own, but for the title that stands nowhere else."""
    edges, named = [0, front.end], None if titled else front.field(TITLE)
    if named:
        edges[1:1] = named.start, named.end
    blocks = []
    for number, (start, end) in enumerate(pairwise(edges)):
        first, last = bare(text, start, end)
        if first < last:
            blocks.append(Block(first, last, TITLE_BLOCK, 1) if number == 1 else Block(first, last, BOILERPLATE))
    return blocks
