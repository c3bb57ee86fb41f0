"""HTML to a text and its blocks: what a reader of the page sees or can unfold, in its order, one block a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, NamedTuple

from belopp.model import BOILERPLATE, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE
from belopp.read.dates import iso_of
from belopp.read.grid import Cell, laid_out
from belopp.read.inline import INLINE, Run
from belopp.read.lines import BLANK
from belopp.read.nesting import shallow
from belopp.read.page import DEEPEST, SPACES, Page, Writer
from belopp.read.seen import Folds, attributes_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DATE_NAMES: Final = frozenset(
    {"article:published_time", "datepublished", "dcterms.issued", "dc.date", "dc.date.issued", "date", "pubdate"}
)
_HEADING = re.compile(r"h([1-6])$")
_FIGURE: Final = re.compile(r"[\s*−–-]*\d[\d\s.,]*\D{0,20}")
# The declarations of entities that XHTML and SVG may hold: no parser of HTML knows them, and none is expanded.
_SUBSET: Final = re.compile(
    r"\A\s*+(?:<\?xml\b[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+)*+<!doctype\b[^\[>]*+\[.*?\]\s*+>",
    re.IGNORECASE | re.DOTALL,
)
_WIDEST_SPAN: Final = 100
_TALLEST_SPAN: Final = 65_534
_LONGEST_TERM: Final = 80
_MOST_NODES: Final = 50


class _Setting(NamedTuple):
    """What the elements around a node make of it."""

    kind: str = PARAGRAPH
    level: int = 0
    linked: bool = False
    bold: bool = False
    folds: bool = False  # within an accordion, whose panels are hidden until somebody unfolds them
    tabled: bool = False  # within a figure that holds a table, so that its caption is the table's


def page_of(source: str) -> Page:
    """The text that a reader of the page sees, and its blocks; offsets point into that text.

    >>> page = page_of("<h1>Nytt avtal</h1><p>Staten ger <b>5 mnkr</b>.</p><ul><li>3 mnkr till vård</ul>")
    >>> page.text
    'Nytt avtal\\nStaten ger 5 mnkr.\\n3 mnkr till vård\\n'
    >>> [(block.kind, block.level) for block in page.blocks]
    [('title', 1), ('paragraph', 0), ('item', 1)]
    """
    from selectolax.lexbor import LexborHTMLParser

    source, flags = shallow(_SUBSET.sub("", source))
    tree = LexborHTMLParser(source)
    body = tree.css_first("main") or tree.css_first("[role=main]") or tree.body
    walker = _Walker(Folds(tree), _figures(tree))
    if body is not None:
        walker.walk(body)
    return walker.writer.page(
        title=_named_title(tree.css_first("title")),
        published=_published(tree.css("meta, time")),
        url=_address(tree.css("link")),
        flags=flags,
    )


class _Walker:
    """One pass over a tree without recursion, however deep it nests."""

    def __init__(self, folds: Folds, figures: AbstractSet[int]) -> None:
        self.writer = Writer()
        self.folds = folds
        self.figures = figures
        self.run = Run()
        self.setting = _Setting()  # of the run's first words
        self.prose = False  # whether any of the run stands outside links

    def walk(self, top: LexborNode) -> None:
        """Write what a node holds; inline text gathers in a run that the next block element closes."""
        waiting: list[tuple[LexborNode | None, _Setting, bool]] = [(top.child, _Setting(), True)]
        while waiting:
            node, setting, closes = waiting.pop()
            if node is None:
                if closes:
                    self.close()
                continue
            waiting.append((node.next, setting, closes))
            tag = node.tag or ""
            if tag == "-text":
                self._gather(node.text(deep=False), setting)
            elif tag == "br":
                self.run.end_line()
            elif self.folds.unseen(node, tag, folded=setting.folds, heading=setting.kind in (TITLE, HEADING)):
                continue
            elif tag in ("sup", "sub"):
                self._note(setting)
                self.run.raise_or_lower(node, tag)
            elif tag in INLINE:
                linked, bold = setting.linked or tag == "a", setting.bold or tag in ("b", "strong")
                waiting.append((node.child, setting._replace(linked=linked, bold=bold), False))
            else:
                self.close()
                inner = self._inside(node, tag, setting)
                if inner is not None:
                    waiting.append((node.child, inner, True))

    def _gather(self, words: str, setting: _Setting) -> None:
        self.run.add(words, bold=setting.bold)
        if words.strip(BLANK):
            self._note(setting)
            self.prose = self.prose or (not setting.linked and bool(words.strip(BLANK + "|·•,;-–")))

    def _note(self, setting: _Setting) -> None:
        self.setting = setting

    def close(self) -> None:
        """End the block at hand."""
        bold, words, linked = self.run.all_bold(), self.run.taken(), not self.prose
        self.prose = False
        if words.strip(BLANK):
            self.writer.prose(words, self.setting.kind, self.setting.level, linked=linked, bold=bold)

    def _inside(self, node: LexborNode, tag: str, setting: _Setting) -> _Setting | None:
        """The setting of what a block element holds, or ``None`` when it is already written."""
        setting = setting._replace(folds=setting.folds or self.folds.opens(node, tag))
        if heading := _HEADING.match(tag):
            return self._under_heading(setting, int(heading[1]))
        if tag in ("summary", "button"):  # what somebody presses to unfold a panel is its heading
            depth = min(self.writer.level + 1, DEEPEST)
            return setting._replace(kind=HEADING, level=depth)
        if tag in ("ul", "ol", "menu"):
            return setting._replace(kind=ITEM, level=setting.level + 1 if setting.kind == ITEM else 1)
        if tag == "blockquote":
            return setting._replace(kind=QUOTE, level=0)
        if tag == "figure":
            return setting._replace(tabled=node.mem_id in self.figures)
        if tag == "figcaption":
            return setting._replace(kind=PARAGRAPH if setting.tabled else BOILERPLATE, level=0)
        if tag == "dl" and (pairs := _pairs(node, self.folds)):
            self.writer.grid(pairs)
            return None
        if tag == "dd":
            return setting._replace(kind=ITEM, level=1)
        if tag == "table" and not _is_layout(node):
            self._table(node, setting)
            return None
        if tag == "pre":
            self.run.add_lines(node.text())
            self._note(setting)
            self.prose = True
            return None
        return setting

    def _under_heading(self, setting: _Setting, depth: int) -> _Setting:
        self.writer.level = depth
        title = depth == 1 and not self.writer.titled
        return setting._replace(kind=TITLE if title else HEADING, level=depth)

    def _table(self, table: LexborNode, setting: _Setting) -> None:
        """Write a table's caption as a paragraph and its cells as a grid."""
        rows: list[LexborNode] = []
        feet: list[LexborNode] = []
        for child in _children(table):
            tag = child.tag or ""
            if tag == "caption":
                words = Run.of(child, self.folds)
                self.writer.prose(words, PARAGRAPH, 0)
            elif self.folds.unseen(child, tag, folded=setting.folds):
                continue
            elif tag == "tr":
                rows.append(child)
            elif tag in ("thead", "tbody", "tfoot"):
                found = (row for row in _children(child) if row.tag == "tr" and not self.folds.unseen(row, "tr"))
                (feet if tag == "tfoot" else rows).extend(found)
        cells = ([cell for cell in _children(row) if cell.tag in ("td", "th")] for row in rows + feet)
        grid = laid_out([[self._cell(cell) for cell in row] for row in cells])
        if any(map(any, grid)):
            self.writer.grid(grid)

    def _cell(self, cell: LexborNode) -> Cell:
        words = SPACES.sub(" ", Run.of(cell, self.folds)).strip(BLANK)
        rows = _TALLEST_SPAN if cell.attributes.get("rowspan") == "0" else _span(cell, "rowspan", _TALLEST_SPAN)
        return Cell(words, rows, _span(cell, "colspan", _WIDEST_SPAN), cell.tag == "th")


def _figures(tree: LexborHTMLParser) -> set[int]:
    """The figures that hold a table, and all else that does: no element above a table is climbed twice."""
    above: set[int] = set()
    for table in tree.css("figure table"):
        node = table.parent
        while node is not None and node.mem_id not in above:
            above.add(node.mem_id)
            node = node.parent
    return above


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _holds(top: LexborNode, *tags: str) -> bool:
    """Whether an element of one of these tags lies anywhere within."""
    waiting = [top.child]
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        if node.tag in tags:
            return True
        waiting.extend((node.next, node.child))
    return False


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only arranges the page: it says so, or holds headings or another table."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none"):
        return True
    return _holds(table, "table", "h1", "h2")


def _span(cell: LexborNode, name: str, most: int) -> int:
    stated = (cell.attributes.get(name) or "").strip()
    return min(max(int(stated), 1), most) if stated.isdecimal() and len(stated) < 9 else 1


def _pairs(node: LexborNode, folds: Folds) -> list[list[str]]:
    """The terms of a ``<dl>`` with their short values, a table row each, when some value is a number."""
    rows: list[list[str]] = []
    for child in _terms(node):
        if folds.unseen(child, child.tag or ""):
            continue
        if not _is_small(child):
            return []
        words = SPACES.sub(" ", Run.of(child, folds)).strip(BLANK)
        if len(words) > _LONGEST_TERM:
            return []
        if child.tag == "dt" or not rows:
            rows.append([words])
        else:
            rows[-1].append(words)
    numbered = any(_FIGURE.fullmatch(words) for row in rows for words in row[1:])
    return rows if numbered and all(len(row) > 1 for row in rows) else []


def _terms(node: LexborNode) -> Iterator[LexborNode]:
    """The ``<dt>`` and ``<dd>`` of a list, those that a ``<div>`` holds together too."""
    for child in _children(node):
        for held in _children(child) if child.tag == "div" else (child,):
            if held.tag in ("dt", "dd"):
                yield held


def _is_small(top: LexborNode) -> bool:
    """Whether an element holds a few nodes only: it is asked of every term, however they nest."""
    waiting, count = [top.child], 0
    while waiting:
        node = waiting.pop()
        if node is not None:
            count += 1
            if count > _MOST_NODES or node.tag in ("dl", "table", "ul", "ol"):
                return False
            waiting.extend((node.next, node.child))
    return True


def _named_title(node: LexborNode | None) -> str:
    return SPACES.sub(" ", node.text()).strip() if node is not None else ""


def _published(nodes: list[LexborNode]) -> str:
    """The date that the head or a ``<time>`` of the page gives for its publication."""
    for node in nodes:
        attributes = attributes_of(node)
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name in _DATE_NAMES:
            stated = iso_of(attributes.get("content") or attributes.get("datetime") or "")
            if stated:
                return stated
    times = {iso_of(node.attributes.get("datetime") or "") for node in nodes if node.tag == "time"} - {""}
    return times.pop() if len(times) == 1 else ""


def _address(links: list[LexborNode]) -> str:
    return next((link.attributes.get("href") or "" for link in links if link.attributes.get("rel") == "canonical"), "")
