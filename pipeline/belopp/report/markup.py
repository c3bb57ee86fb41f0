"""HTML put together so that text from the web stays text: everything that is not markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from belopp.report.loading import Places
from belopp.visible import visible

_VOID: Final = frozenset({"br", "meta", "line", "path", "rect", "col"})
_TOGETHER: Final = "\u00a0"
_NAME: Final = re.compile(r"[a-z][a-zA-Z0-9-]*")
_NUMBER: Final = '<td class="n"'
_ANCHOR: Final = re.compile(r"[a-z][a-z0-9-]*")


class Html(str):
    """Markup: what :func:`element` and :func:`text` make, and nothing else may be."""

    __slots__ = ()


Child = str | int | None
NOTHING: Final = Html("")


def text(said: object) -> Html:
    r"""Text as markup; characters that would steer the reader's screen are written out.

    >>> text("<b>5 & 6</b> \u202e")
    '&lt;b&gt;5 &amp; 6&lt;/b&gt; \\u202e'
    """
    return said if isinstance(said, Html) else Html(escape(_harmless(str(said))))


def _harmless(said: str) -> str:
    """The text without what would steer a screen; spaces that hold a number together stay."""
    return _TOGETHER.join(visible(part, lines=True) for part in said.split(_TOGETHER))


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element; ``class_`` stands for ``class`` and ``_`` for ``-`` in an attribute's name.

    An attribute that is ``None`` or ``False`` is left out, one that is ``True`` has no value.

    >>> element("td", "a < b", colspan=2, class_='x" onclick="y', data_n=None)
    '<td colspan="2" class="x&quot; onclick=&quot;y">a &lt; b</td>'
    """
    assert _NAME.fullmatch(name), name
    said = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{said}{'/' if name in ('line', 'path', 'rect') else ''}>")
    return Html(f"<{name}{said}>{join(children)}</{name}>")


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    # No attribute here runs, loads or styles anything: links lead within the page, and styles are classes.
    assert _NAME.fullmatch(name), name
    assert not name.startswith("on"), name
    assert name not in ("style", "src", "srcset", "action"), name
    assert name != "href" or str(value).startswith("#"), value
    return f" {name}" if value is True else f' {name}="{escape(_harmless(str(value)))}"'


def join(children: Iterable[Child]) -> Html:
    """Children one after another; ``None`` is nothing."""
    return Html("".join(text(child) for child in children if child is not None))


def link(anchor: str, *children: Child, **attributes: str) -> Html:
    """A link to an anchor of the page."""
    assert _ANCHOR.fullmatch(anchor), anchor
    return element("a", *children, href=f"#{anchor}", **attributes)


def to_publication(places: Places, doc: str) -> Html:
    """A link to a publication, named by its title; its id is told by what points at it."""
    named = places.named(doc)
    return link(places.publication(doc), named, **({"title": doc} if named != doc else {}))


def listing(heads: Iterable[Child], rows: Iterable[Iterable[Child]], **attributes: str) -> Html:
    """A table in a frame that scrolls by itself, named by its heads; a ``td`` or ``th`` is taken as it is."""
    titles, lines = list(heads), [[_cell(cell) for cell in row] for row in rows]
    head = element("thead", element("tr", *(_title(each, at, lines) for at, each in enumerate(titles))))
    label = ", ".join(str(each) for each in titles if each)
    body = element("tbody", *(element("tr", *line) for line in lines))
    return element(
        "div", element("table", head, body, **attributes), class_="wide", tabindex=0, role="group", aria_label=label
    )


def _title(said: Child, column: int, lines: Sequence[Sequence[Html]]) -> Html:
    """A column's title, to the right where numbers stand below it."""
    below = lines[0][column] if lines and column < len(lines[0]) else NOTHING
    if not said:  # over pictures, which say themselves what they show
        return element("td")
    return element("th", said, scope="col", class_="n" if below.startswith(_NUMBER) else None)


def _cell(cell: Child) -> Html:
    if isinstance(cell, Html) and cell.startswith(("<td", "<th")):
        return cell
    return element("td", cell)


def sum_cell(said: Child) -> Html:
    """A cell with a sum as the text has it, which stays on its line where the page is narrow."""
    return element("td", said, class_="said")


def number(said: Child) -> Html:
    """A cell with a number, set to the right."""
    return element("td", said, class_="n")
