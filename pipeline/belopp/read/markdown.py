"""Markdown to blocks: markdown-it-py finds the layout, and each block is set back on its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE, Block
from belopp.read import boilerplate
from belopp.read.front_matter import front_matter, fronted
from belopp.read.lines import (
    BLANK,
    Line,
    attributes,
    bare,
    ends_sentence,
    is_unmarked,
    line_at,
    opens_quote,
    pieces,
    place,
    spans_of_lines,
    trim,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CONTAINER = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_ITEM_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_ATX = re.compile(r"[ \t]*+(?:>[ \t]?)*+[ \t]*+#{1,6}[ \t]*")
_ATX_CLOSE = re.compile(r"[ \t]+#+[ \t]*$")
_PIPE = re.compile(r"\\\||\|")
_TAG = re.compile(
    r"<!--(?:.*?-->|.*)|<(?P<dead>script|style)\b(?:.*?</(?P=dead)\s*>|.*)|</?[A-Za-z!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|em|i|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE)
_LONG_HEADING = 200
# Whether a text holds more than headings, paragraphs and flat lists of ``* ``: any line that opens otherwise.
# The newline before each line, not ``^``, because a search for a literal is many times faster.
_INTRICATE = re.compile(
    r"""\n(?:
        [ \t\x0b\x0c] | [-+=>|`~<_:] | \#(?!\#{0,5}[ ]\S) | \d{1,9}[.)](?:[ \t\n]|$) | \[(?![^\[\]\n]+\]\()
      | \*(?!\*[^\s*] | [ ](?:[^\s*+=>|`~<_:\#\[0-9-] | \*\*[^\s*] | (?!\d{1,9}[.)](?:[ \t\n]|$))\d))
    )""",
    re.VERBOSE,
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order, boilerplate marked.

    >>> [(b.kind, b.level, b.start) for b in blocks_of("# Nytt avtal\\n\\n* 5 mnkr till vård\\n")]
    [('title', 1, 2), ('item', 1, 16)]
    """
    front = front_matter(text)
    start = front.end
    body = text[start:]
    lines = spans_of_lines(body)
    if start:
        lines = [(first + start, last + start) for first, last in lines]
    walk = _Walk(text, lines)
    blocks = list(walk.blocks(_parser().parse(body)) if _is_intricate(body) else walk.plain_blocks())
    if start:
        blocks[:0] = fronted(text, front, titled=any(block.kind == TITLE for block in blocks))
    return boilerplate.set_apart(text, blocks)


def _is_intricate(text: str) -> bool:
    return "\r" in text or "\0" in text or _INTRICATE.search("\n" + text) is not None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


class _Walk:
    """One pass over the tokens of one text: where in lists and tables it is, and which items begin on a line."""

    def __init__(self, text: str, lines: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.lines = lines
        self.lists: list[bool] = []  # for each open list, whether its dashes open speech
        self.marks = 0  # item marks still to strip from the line at hand
        self.quoted = 0
        self.table = 0
        self.level = 1  # of the last heading with marks
        self.begun = False

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks that the tokens set out."""
        for number, token in enumerate(tokens):
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(token.markup == "-" and self._is_speech(tokens, number))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.marks += 1
            elif kind == "list_item_close":
                self.marks = 0
            elif kind in ("blockquote_open", "blockquote_close"):
                self.quoted += 1 if kind == "blockquote_open" else -1
            elif kind == "table_open":
                yield from self._table(tokens, number)
            else:
                yield from self._content(token)

    def plain_blocks(self) -> Iterator[Block]:
        """The blocks of a text that :data:`_INTRICATE` passed over: those of markdown-it, at a tenth of its cost."""
        text, lines = self.text, self.lines
        number, count = 0, len(lines)
        while number < count:
            start, end = lines[number]
            number += 1
            if start == end:
                continue
            if text[start] == "#":
                self.lists = []
                level = text.index(" ", start) - start
                start += level + 1
                yield from self._headed(start, self._unclosed(start, end), level)
                continue
            listed = text.startswith("* ", start)
            self.lists = [False] if listed else []
            if listed:
                start += 2
            first = number
            while number < count and _goes_on(text, *lines[number]):
                number += 1
            if number == first and is_unmarked(text, start):  # as most are
                self.begun = True
                yield Block(*trim(text, start, end), ITEM if listed else PARAGRAPH, len(self.lists))
            else:
                yield from self._paragraph(
                    [line_at(text, start, end), *(line_at(text, *s) for s in lines[first:number])]
                )

    def _content(self, token: Token) -> Iterator[Block]:
        if token.type == "heading_open":
            yield from self._heading(token)
        elif token.type in ("paragraph_open", "code_block"):
            yield from self._paragraph(self._lines(token))
        elif token.type == "html_block":
            yield from self._html(token)
        elif token.type == "fence":
            block = place(self.text, *self._span(token), BOILERPLATE, 0)
            if block.start < block.end:
                yield block

    def _span(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 0)
        return self.lines[first][0], self.lines[max(first, last - 1)][1]

    def _lines(self, token: Token) -> list[Line]:
        """The lines of a token, list marks and ``>`` stripped."""
        first, last = token.map or (0, 0)
        found = []
        for number in range(first, min(last, len(self.lines))):
            start, end = self.lines[number]
            begin = start
            if self.quoted:
                begin = _CONTAINER.match(self.text, start, end).end()  # type: ignore[union-attr]
            while self.marks:
                self.marks -= 1
                begin = _CONTAINER.match(self.text, begin, end).end()  # type: ignore[union-attr]
                mark = _ITEM_MARK.match(self.text, begin, end)
                begin = mark.end() if mark else begin
            found.append(line_at(self.text, begin, end))
        return found

    def _heading(self, token: Token) -> Iterator[Block]:
        lines = self._lines(token)
        if token.markup in ("=", "-"):
            lines = lines[:-1]
            if len(lines) > 1 or any(ends_sentence(line.text) or len(line.text) > _LONG_HEADING for line in lines):
                yield from self._paragraph(lines)  # a sentence that someone underlined with dashes
                return
            start, end = lines[0].start, lines[0].end
        else:
            start, end = lines[0].start, lines[0].end
            start = _ATX.match(self.text, start, end).end()  # type: ignore[union-attr]
            end = self._unclosed(start, end)
        yield from self._headed(start, end, int(token.tag[1]))

    def _unclosed(self, start: int, end: int) -> int:
        """Where the words of a heading end that marks may close."""
        start, end = trim(self.text, start, end)
        close = _ATX_CLOSE.search(self.text, start, end) if self.text[end - 1] == "#" else None
        return close.start() if close else end

    def _headed(self, start: int, end: int, level: int) -> Iterator[Block]:
        start, end = bare(self.text, start, end)
        if start == end:
            return
        self.level = level
        title = level == 1 and not self.begun
        self.begun = True
        yield Block(start, end, TITLE if title else HEADING, level)

    def _paragraph(self, lines: Sequence[Line]) -> Iterator[Block]:
        run: list[Line] = []
        for line in (*lines, Line(0, 0, 0, "")):
            if line.text:
                run.append(line)
                continue
            if len(run) > 1 and all(row.text.startswith("|") and row.text.count("|") > 2 for row in run):
                yield from self._rows([(row.start, row.end) for row in run])
            else:
                yield from self._prose(run)
            run = []

    def _prose(self, lines: Sequence[Line]) -> Iterator[Block]:
        depth = len(self.lists)
        for piece in pieces(lines):
            kind, level = piece.kind, 0
            if kind == HEADING and not depth:
                level = min(self.level + 1, 6)
            elif kind == QUOTE or (depth and self.lists[-1]) or (self.quoted and kind != ITEM):
                kind = QUOTE
            elif depth or kind == ITEM:
                kind, level = ITEM, depth + (kind == ITEM) if depth else 1
            block = place(self.text, piece.start, piece.end, kind, level)
            if block.start < block.end:
                self.begun = True
                yield block

    def _is_speech(self, tokens: Sequence[Token], opened: int) -> bool:
        """Whether ``- `` at the head of a list's items opens speech: sentences, one of which says who says it."""
        said: list[str] = []
        for token in tokens[opened + 1 :]:
            if token.type == "bullet_list_close" and token.level == tokens[opened].level:
                break
            if token.type.endswith("list_open"):
                return False
            if token.type == "inline":
                said.append(token.content.replace("\n", " "))
        if not said or not all(opens_quote(words) for words in said):
            return False
        return len(said) == 1 or any(attributes(words) for words in said)

    def _table(self, tokens: Sequence[Token], opened: int) -> Iterator[Block]:
        rows: list[tuple[int, int]] = []
        for token in tokens[opened + 1 :]:
            if token.type == "table_close" and token.level == tokens[opened].level:
                break
            if token.type == "tr_open" and token.map:
                rows.append(self.lines[token.map[0]])
        self.marks = 0
        yield from self._rows(rows)

    def _rows(self, rows: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """The cells of the rows, a grid as wide as its widest row; the rule row is none of them."""
        grid = [_cells(self.text, *row) for row in rows]
        width = max(len(cells) for cells in grid)
        self.table += 1
        self.begun = True
        for row, cells in enumerate(grid):
            end = rows[row][1]
            for column in range(width):
                start, stop = cells[column] if column < len(cells) else (end, end)
                yield Block(start, stop, CELL, self.table, row, column)

    def _html(self, token: Token) -> Iterator[Block]:
        """The runs of text between the tags of raw HTML, those within inline tags kept together."""
        start, end = self._span(token)
        for tag in (*_TAG.finditer(self.text, start, end), None):
            if tag is not None and _INLINE_TAG.match(tag[0]):
                continue
            stop = tag.start() if tag else end
            block = place(self.text, start, stop, PARAGRAPH, 0)
            if block.start < block.end:
                self.begun = True
                yield block
            start = tag.end() if tag else end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a line of a plain text goes on with the paragraph or item before it."""
    return start < end and not text.startswith(("#", "* "), start)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a row's cells: parted by pipes that no backslash escapes, outer pipes left out."""
    held = text[start:end]
    begin = start + len(held) - len(held.lstrip(BLANK + ">"))
    end = start + len(held.rstrip(BLANK))
    if text.startswith("|", begin):
        begin += 1
    cells = []
    for pipe in _PIPE.finditer(text, begin, end):
        if pipe[0] == "|":
            cells.append(bare(text, begin, pipe.start()))
            begin = pipe.end()
    if begin < end:
        cells.append(bare(text, begin, end))
    return cells
