"""Markdown as a reader sees it: the marks are out of sight, and every word keeps its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Without one of these a text reads as it is written.
_MARKS: Final = re.compile(r"[*_\[`\\&<]|\n[ \t]*>")
_QUOTED: Final = re.compile(r"(?<=\n)[ \t]*>[ \t]?(?:>[ \t]?)*")
_RULES: Final = ("newline", "escape", "backticks", "emphasis", "link", "image", "autolink", "entity")
STYLES: Final = ("strong", "em", "code", "link", "image")
"""How words may be seen; a word may have several."""

BULLET: Final = "•"
_NUMBERED: Final = re.compile(r"(?<![^ \t>])(?P<number>\d{1,9})[.)][ \t*_]+\Z")  # "3. ", also before bold words


class Seen(NamedTuple):
    """A stretch of the source from ``start`` to ``end``, what is seen of it, and in which styles."""

    start: int
    end: int
    text: str
    styles: tuple[str, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether other words are seen than the source has, as of an entity."""
        return len(self.text) != self.end - self.start


class _Marked(NamedTuple):
    """What the marks of a text are: stretches that are not seen or as other words, and where styles go on and off."""

    hidden: list[tuple[int, int, str]]
    turns: list[tuple[int, str, int]]


def as_it_reads(text: str, start: int, end: int, *, markdown: bool = True) -> list[Seen]:
    """What is seen of ``text`` from ``start`` to ``end``, in order; of Markdown without its marks.

    >>> [(seen.start, seen.text, seen.styles) for seen in as_it_reads("Vi ger **5** mnkr, 3 \\\\* 2 &amp; mer", 0, 36)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(0, 'Vi ger ', ()), (9, '5', ('strong',)), (12, ' mnkr, 3 ', ()), (22, '* 2 ', ()), (26, '&', ()),
     (31, ' mer', ())]
    """
    words = text[start:end]
    if not markdown or _MARKS.search(words) is None:
        return [Seen(start, end, words)] if words else []
    return [seen._replace(start=seen.start + start, end=seen.end + start) for seen in _seen(words)]


@lru_cache(maxsize=1 << 13)
def _seen(words: str) -> tuple[Seen, ...]:
    marked = _marked(words)
    turns = sorted(marked.turns)
    cuts = sorted({at for at, _, _ in turns} | {at for first, last, _ in marked.hidden for at in (first, last)})
    hidden = {first: (last, instead) for first, last, instead in marked.hidden}
    edges = [0, *(at for at in cuts if 0 < at < len(words)), len(words)]
    made: list[Seen] = []
    deep: dict[str, int] = {}
    turn = at = 0
    while at < len(words):
        while turn < len(turns) and turns[turn][0] <= at:
            deep[turns[turn][1]] = deep.get(turns[turn][1], 0) + turns[turn][2]
            turn += 1
        styles = tuple(style for style in STYLES if deep.get(style, 0) > 0)
        if at in hidden:
            stop, instead = hidden[at]
            if instead:
                made.append(Seen(at, stop, instead, styles))
        else:
            stop = edges[bisect_right(edges, at)]
            made.append(Seen(at, stop, words[at:stop], styles))
        at = stop
    return tuple(made)


def _marked(words: str) -> _Marked:
    """The marks that CommonMark finds."""
    marked = _Marked([(found.start(), found.end(), "") for found in _QUOTED.finditer(words)], [])
    env: dict[str, Any] = {"marked": marked, "places": []}
    tokens: list[Token] = []
    reader = _reader()
    reader.inline.parse(words, reader, env, tokens)
    for token, place in env["places"]:  # of each * and _: what it came to in the end
        name, _, edge = token.type.partition("_")
        if edge in ("open", "close"):
            marked.turns.append((place + (edge == "open"), name, 1 if edge == "open" else -1))
        if not token.content:
            marked.hidden.append((place, place + 1, ""))
    return marked


@cache
def _reader() -> MarkdownIt:
    """CommonMark's inline rules, raw HTML apart, each telling what it took from where."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False})
    reader.inline.ruler2.disable("fragments_join")
    active = reader.inline.ruler.get_active_rules()
    rules = dict(zip(active, reader.inline.ruler.getRules(""), strict=True))
    for name in _RULES:
        reader.inline.ruler.at(name, _telling(name, rules[name]))
    return reader


def _telling(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def told(state: StateInline, silent: bool) -> bool:
        if silent or state.env.setdefault("state", state) is not state:  # looking ahead, or within an image's words
            return rule(state, silent)
        start, held = state.pos, len(state.tokens)
        closing = _closing(name, state)
        if not rule(state, silent):
            return False
        _note(name, state, start, closing, state.tokens[held:])
        return True

    return told


def _closing(name: str, state: StateInline) -> int:
    """Where the words of a link or an image that may begin here end."""
    if name == "link" and state.src[state.pos] == "[":
        return int(state.md.helpers.parseLinkLabel(state, state.pos, True))
    if name == "image" and state.src.startswith("![", state.pos):
        return int(state.md.helpers.parseLinkLabel(state, state.pos + 1, False))
    return -1


def _note(name: str, state: StateInline, start: int, closing: int, new: Sequence[Token]) -> None:
    """Note what a rule made of the source from ``start`` to where the state is now."""
    end, marked = state.pos, state.env["marked"]
    if name == "emphasis":
        state.env["places"] += zip(new[-(end - start) :], range(start, end), strict=True)
    elif name == "entity":
        marked.hidden.append((start, end, new[-1].content))
    elif name == "escape" and (new[-1].type == "hardbreak" or len(new[-1].content) == 1):
        marked.hidden.append((start, start + 1, ""))
    elif name in ("link", "image"):
        first = start + (1 if name == "link" else 2)
        marked.hidden.extend([(start, first, ""), (closing, end, "")])
        marked.turns.extend([(first, name, 1), (closing, name, -1)])
    elif name == "autolink":
        _wrapped(marked, start, end, 1, "link")
    elif name == "backticks" and new and new[-1].type == "code_inline":
        _wrapped(marked, start, end, (end - start - len(new[-1].content)) // 2, "code")  # a space may go with the mark


def _wrapped(marked: _Marked, start: int, end: int, width: int, style: str) -> None:
    marked.hidden.extend([(start, start + width, ""), (end - width, end, "")])
    marked.turns.extend([(start + width, style, 1), (end - width, style, -1)])


def cut(seen: Sequence[Seen], start: int, end: int) -> Iterator[Seen]:
    """What is seen between two places; a word that stands for others is not cut."""
    for each in seen:
        if each.is_other:
            if start <= each.start < end:
                yield each
            continue
        first, last = max(start, each.start), min(end, each.end)
        if first < last:
            yield Seen(first, last, each.text[first - each.start : last - each.start], each.styles)


def bullet(text: str, start: int) -> str:
    r"""What stands before the item of a list that starts there; nothing when it goes on with the item before.

    >>> text = "* ett\n2. två\n\n   mer"
    >>> bullet(text, 2), bullet(text, 9), bullet(text, 17)
    ('•', '2.', '')
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    number = _NUMBERED.search(before)
    return f"{number['number']}." if number else BULLET if before.strip(" \t>") else ""
