"""The words within one block of HTML, gathered as they stand; a raised mark never joins the number before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from belopp.read.lines import BLANK
from belopp.read.page import PLAIN, SPACES

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from belopp.read.seen import Folds

INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "ruby", "samp", "small", "span", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr", "img", "-text",
    }
)  # fmt: skip
# "284 miljoner kronor¹", "[2]", "3)", "*": a mark that sends the reader to a note.
_NOTE: Final = re.compile(r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|\*{1,3}|[†‡§])[\])]?(?:\s*,\s*[\[(]?\d{1,3}[\])]?)*")
_METRE: Final = re.compile(r"(?:^|[^\w])[kcdm]?m$")
_POWERS: Final = {"2": "²", "3": "³"}
_SLASH: Final = ("/", "⁄")


class Run:
    """Inline text on its way to becoming one block."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.line = 0
        self.light: set[int] = set()  # the lines with words that are not bold

    def add(self, words: str, *, bold: bool = False) -> None:
        """Words as the source has them, its line breaks as good as spaces."""
        self.parts.append(words.translate(PLAIN))
        if not bold and words.strip(BLANK):
            self.light.add(self.line)

    def end_line(self) -> None:
        """A ``<br>``; ``\\v`` stands for it, which no space in the source can be mistaken for."""
        self.parts.append("\v")
        self.line += 1

    def add_lines(self, words: str) -> None:
        """Words whose line breaks are meant."""
        self.parts.append(words.translate(PLAIN).replace("\n", "\v"))
        self.light.update(range(self.line, self.line + words.count("\n") + 1))
        self.line += words.count("\n")

    def raise_or_lower(self, node: LexborNode, tag: str) -> None:
        """What a ``<sup>`` or ``<sub>`` holds: parted from a number before it, a mark of a note left out."""
        following = node.next
        after = following.text(deep=False) if following is not None and following.tag == "-text" else ""
        words = " ".join(node.text().split())
        self.parts.append(raised(words, "".join(self.parts[-4:])[-12:], after, note=tag == "sup"))

    def all_bold(self) -> frozenset[int]:
        """Which of the lines gathered are bold from end to end, counted from 0."""
        return frozenset(range(self.line + 1)) - self.light

    def taken(self) -> str:
        """The lines gathered, single spaces in them; the run is empty then."""
        lines = "".join(self.parts).split("\v")
        self.parts, self.line, self.light = [], 0, set()
        return "\n".join(SPACES.sub(" ", line).strip(" ") for line in lines)

    @classmethod
    def of(cls, top: LexborNode, folds: Folds) -> str:
        """The words of a table cell or a term: what blocks it holds are parted by spaces."""
        run = cls()
        waiting: list[tuple[LexborNode | None, str]] = [(top.child, "")]
        while waiting:
            node, after = waiting.pop()
            if node is None:
                run.parts.append(after)
                continue
            waiting.append((node.next, after))
            tag = node.tag or ""
            if tag == "-text":
                run.add(node.text(deep=False))
            elif tag == "br":
                run.end_line()
            elif folds.unseen(node, tag):
                continue
            elif tag in ("sup", "sub"):
                run.raise_or_lower(node, tag)
            else:
                inline = tag in INLINE
                if not inline:
                    run.end_line()
                waiting.append((node.child, "" if inline else "\v"))
        return one_line(run.taken())


def one_line(words: str) -> str:
    """The lines of a cell as one: two numbers under each other stay two, but for the thousands of one.

    >>> one_line("Region\\nSkåne"), one_line("326 000\\n000"), one_line("100\\n200"), one_line("5\\nmnkr")
    ('Region Skåne', '326 000 000', '100 / 200', '5 mnkr')
    """
    held = ""
    for line in words.split("\n"):
        if not line:
            continue
        both = held[-1:].isdigit() and line[0].isdigit() and not line.startswith("000")
        held = f"{held}{' / ' if both else ' '}{line}" if held else line
    return held


def raised(words: str, before: str, after: str = "", *, note: bool = True) -> str:
    """What to write for raised (or lowered) words between what stands before and after them.

    >>> raised("1", "år 2024"), raised("2", "500 m"), raised("1", "5", "/"), raised("2", "CO", note=False)
    ('', '²', ' 1', '2')
    """
    if not words:
        return ""
    joins_number = before[-1:].isdigit() and words[:1].isalnum()
    if after.startswith(_SLASH) or before.endswith(_SLASH):  # one half, written as 1 over 2
        return f" {words}" if joins_number else words
    if note and words in _POWERS and _METRE.search(before):
        return _POWERS[words]
    if note and _NOTE.fullmatch(words):
        return "" if before.strip() else f"{words} "
    return f" {words}" if joins_number else words
