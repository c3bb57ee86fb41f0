"""Simple HTML to a text and its blocks: what a reader of the page sees, in the page's order, one block a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from ..model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE, Block
from . import boilerplate
from .dates import iso_of
from .lines import BLANK, bare, line_at, pieces, spans_of_lines

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN: Final = frozenset(
    {
        "script", "style", "noscript", "template", "head", "nav", "footer", "form", "button", "select", "option",
        "input", "textarea", "svg", "math", "iframe", "object", "audio", "video", "canvas", "dialog", "map", "datalist",
    }
)  # fmt: skip
_INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr", "img", "-text",
    }
)  # fmt: skip
_DATE_NAMES: Final = frozenset(
    {"article:published_time", "datepublished", "dcterms.issued", "dc.date", "dc.date.issued", "date", "pubdate"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# NBSP stays: it tells digits that belong together from digits that do not.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h([1-6])$")


class Page(NamedTuple):
    """What a page gives: its text, the blocks of it, and what its head says of title, date and address."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    published: str
    url: str


def page_of(source: str) -> Page:
    """The text that a reader of the page sees, and its blocks; offsets point into that text.

    >>> page = page_of("<h1>Nytt avtal</h1><p>Staten ger <b>5 mnkr</b>.</p><ul><li>3 mnkr till vård</ul>")
    >>> page.text
    'Nytt avtal\\nStaten ger 5 mnkr.\\n3 mnkr till vård\\n'
    >>> [(block.kind, block.level) for block in page.blocks]
    [('title', 1), ('paragraph', 0), ('item', 1)]
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    body = tree.css_first("main") or tree.body
    writer = _Writer()
    if body is not None:
        writer.walk(body, PARAGRAPH, 0)
        writer.close()
    text = "".join(writer.parts)
    blocks = boilerplate.set_apart(text, writer.blocks)
    seen = next((text[block.start : block.end] for block in blocks if block.kind == TITLE), "")
    title = seen or _named_title(tree.css_first("title"))
    return Page(text, blocks, title, _published(tree.css("meta, time")), _address(tree.css("link")))


class _Writer:
    """Writes the text of one page and notes the blocks as it goes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.size = 0
        self.table = 0
        self.titled = False
        self.kind, self.level = PARAGRAPH, 0
        self.run: list[str] = []  # inline text gathered for the block at hand
        self.prose = False  # whether any of it stands outside links

    def walk(self, node: LexborNode, kind: str, level: int, *, linked: bool = False) -> None:
        """Write what a node holds; inline text gathers in a run that the next block element closes."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._gather(child.text(deep=False), kind, level, linked=linked)
            elif tag == "br":
                self._gather("\n", kind, level, linked=True)
            elif _is_unseen(child, tag):
                continue
            elif tag in _INLINE:
                self.walk(child, kind, level, linked=linked or tag == "a")
            else:
                self.close()
                self._block(child, tag, kind, level)
                self.close()

    def _block(self, node: LexborNode, tag: str, kind: str, level: int) -> None:
        heading = _HEADING.match(tag)
        if heading:
            depth = int(heading[1])
            first = depth == 1 and not self.titled
            self.walk(node, TITLE if first else HEADING, depth)
        elif tag in ("ul", "ol", "menu"):
            self.walk(node, ITEM, level + 1 if kind == ITEM else 1)
        elif tag == "dd":
            self.walk(node, ITEM, 1)
        elif tag == "blockquote":
            self.walk(node, QUOTE, 0)
        elif tag == "figcaption":
            self.walk(node, BOILERPLATE, 0)
        elif tag == "table" and node.css_first("table table") is None:
            self._table(node)
        elif tag == "pre":
            self._gather(node.text().replace("\n", "\v"), kind, level, linked=False)
        else:
            self.walk(node, kind, level)

    def _gather(self, words: str, kind: str, level: int, *, linked: bool) -> None:
        if words == "\n":
            self.run.append("\v")
            return
        self.kind, self.level = kind, level
        self.run.append(words)
        self.prose = self.prose or (not linked and bool(words.strip(BLANK + "|·•,;-–")))

    def close(self) -> None:
        """End the block at hand: its lines (``<br>``) are parted as those of any text are."""
        # \v stands for a <br>, which no space in the source can be mistaken for.
        words = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in "".join(self.run).split("\v"))
        linked = not self.prose
        self.run, self.prose = [], False
        if not words.strip(BLANK):
            return
        start = self._write(words + "\n")
        for first, last, kind, level in self._parted(start, words):
            if linked and kind in (PARAGRAPH, ITEM):
                kind, level = BOILERPLATE, 0
            self.titled = self.titled or kind == TITLE
            self.blocks.append(Block(first, last, kind, level))

    def _parted(self, offset: int, words: str) -> Iterator[tuple[int, int, str, int]]:
        kind, level = self.kind, self.level
        if kind in (TITLE, HEADING, BOILERPLATE):
            first, last = bare(words, 0, len(words))
            yield first + offset, last + offset, kind, level
            return
        lines = [line for line in (line_at(words, *span) for span in spans_of_lines(words)) if line.text]
        for piece in pieces(lines):
            first, last = bare(words, piece.start, piece.end)
            if first == last:
                continue
            if kind == PARAGRAPH and piece.kind != PARAGRAPH:
                yield first + offset, last + offset, piece.kind, 1 if piece.kind == ITEM else 0
            else:
                yield first + offset, last + offset, kind, level

    def _write(self, words: str) -> int:
        start = self.size
        self.parts.append(words)
        self.size += len(words)
        return start

    def _table(self, table: LexborNode) -> None:
        """Write a table's caption as a paragraph and its cells as a grid, a spanned place as an empty cell."""
        for caption in table.css("caption"):
            self.walk(caption, PARAGRAPH, 0)
            self.close()
        self.table += 1
        spanned: dict[int, int] = {}  # column → rows that a cell above still reaches into
        rows = [row for row in table.css("tr") if not _is_unseen(row, "tr")]
        grid = [_grid_row([cell for cell in row.iter() if cell.tag in ("td", "th")], spanned) for row in rows]
        width = max((len(cells) for cells in grid), default=0)
        for number, cells in enumerate(grid):
            for column in range(width):
                words = cells[column] if column < len(cells) else ""
                start = self._write(words)
                self.blocks.append(Block(start, start + len(words), CELL, self.table, number, column))
                self._write("\t" if column + 1 < width else "\n")


def _grid_row(cells: list[LexborNode], spanned: dict[int, int]) -> list[str]:
    """The words of a row's cells by column; ``spanned`` carries row spans on to the next row."""
    row: list[str] = []
    waiting = list(cells)
    while waiting or spanned.get(len(row), 0):
        if spanned.get(len(row), 0):
            spanned[len(row)] -= 1
            row.append("")
            continue
        cell = waiting.pop(0)
        for more in range(_span(cell, "colspan")):
            spanned[len(row)] = _span(cell, "rowspan") - 1
            row.append("" if more else _SPACES.sub(" ", _cell_text(cell)).strip(BLANK))
    return row


def _cell_text(node: LexborNode) -> str:
    words = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            words.append(child.text(deep=False))
        elif not _is_unseen(child, tag):
            inner = _cell_text(child)
            words.append(inner if tag in _INLINE else f" {inner} ")
    return "".join(words)


def _span(cell: LexborNode, name: str) -> int:
    stated = cell.attributes.get(name) or ""
    return min(max(int(stated), 1), 100) if stated.isdecimal() else 1


def _is_unseen(node: LexborNode, tag: str) -> bool:
    if tag in _UNSEEN or tag.startswith(("_", "!", "-")):
        return True
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _named_title(node: LexborNode | None) -> str:
    return _SPACES.sub(" ", node.text()).strip() if node is not None else ""


def _published(nodes: list[LexborNode]) -> str:
    """The date that the head or a ``<time>`` of the page gives for its publication."""
    for node in nodes:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name in _DATE_NAMES:
            stated = iso_of(attributes.get("content") or attributes.get("datetime") or "")
            if stated:
                return stated
    times = {iso_of(node.attributes.get("datetime") or "") for node in nodes if node.tag == "time"} - {""}
    return times.pop() if len(times) == 1 else ""


def _address(links: list[LexborNode]) -> str:
    return next((link.attributes.get("href") or "" for link in links if link.attributes.get("rel") == "canonical"), "")
