"""The front matter of a Markdown text: its fields, and the blocks that it makes."""

from __future__ import annotations

import re
from itertools import pairwise

from belopp.model import BOILERPLATE, TITLE, Block
from belopp.read.lines import bare  # fmt: skip

_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?P<body>(?:[^\r\n]*(?:\r\n?|\n)){1,100}?)(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)"
)
_FIELD = re.compile(r"^(?P<key>[A-Za-zÅÄÖåäö_-]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_TITLE = re.compile(
    r"""^tit(?:le|el)[ \t]*:[ \t]*["']*(?P<title>[^\s|>"'][^\r\n]*?)["']*[ \t]*\r?$""", re.MULTILINE | re.IGNORECASE
)


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The simple fields of a YAML front matter, keys in lower case, and the offset at which it ends (0 without one).

    >>> front_matter("---\\ntitle: Avtal 2022\\ndate: 2022-03-07\\n---\\nText")
    ({'title': 'Avtal 2022', 'date': '2022-03-07'}, 43)
    """
    if not text.startswith("---"):
        return {}, 0
    found = _FRONT_MATTER.match(text)
    if not found or not _FIELD.search(found["body"]):
        return {}, 0
    fields = {field["key"].lower(): field["value"].strip("\"'") for field in _FIELD.finditer(found["body"])}
    return fields, found.end()


def fronted(text: str, stop: int, *, titled: bool) -> list[Block]:
    """The blocks of a front matter: the page's own, but for the title that stands nowhere else."""
    edges, named = [0, stop], None if titled else _TITLE.search(text, 0, stop)
    if named:
        edges[1:1] = named.span("title")
    blocks = []
    for number, (start, end) in enumerate(pairwise(edges)):
        first, last = bare(text, start, end)
        if first < last:
            blocks.append(Block(first, last, TITLE, 1) if number == 1 else Block(first, last, BOILERPLATE))
    return blocks
