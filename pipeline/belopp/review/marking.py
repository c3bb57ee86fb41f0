"""A block of the publication as markup: each sum marked with how it stands, each stretch with its place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from markupsafe import Markup

from belopp.model import ITEM
from belopp.read.unmarked import Seen
from belopp.review.layout import Piece, Shown

_ELEMENTS: Final = ("strong", "em", "code")


def element_of(shown: Shown, tag: str, w: Mapping[str, str]) -> Markup:
    """A block's element; a long publication has thousands, so no template is asked for each."""
    looks, number = f"b {shown.kind}", ""
    if shown.kind == ITEM:
        looks += f" level{shown.level}" + ("" if shown.mark else " more")
        number = f' value="{shown.mark[:-1]}"' if shown.mark.endswith(".") else ""
    return Markup(f'<{tag} class="{looks}"{number} id="b{shown.place}">{marked(shown, w)}</{tag}>')


def marked(shown: Shown, w: Mapping[str, str]) -> Markup:
    """What stands within a block's element."""
    return Markup("".join([_piece(piece, w) for piece in shown.pieces]))


def new_page(number: int, w: Mapping[str, str]) -> Markup:
    """The mark of where a page begins.

    >>> print(new_page(2, {"page": "Sida"}))
    <span class="page">Sida 2</span>
    """
    return Markup(f'<span class="page">{escape(w["page"])} {number}</span>')


def _piece(piece: Piece, w: Mapping[str, str]) -> str:
    if piece.page is not None:
        return new_page(piece.page, w)
    within = "".join(map(stretch_of, piece.seen))
    if piece.standing is None:
        return within
    standing = piece.standing
    looks = f"sum k-{standing.row.kind} st-{standing.state}"
    looks += " decided" if standing.decided else ""
    looks += " contradicted" if standing.verdict == "contradicted" else ""
    return f'<mark class="{escape(looks)}" data-id="{escape(standing.id)}">{within}</mark>'


def stretch_of(seen: Seen) -> str:
    """A stretch as an element that tells its offset, and its length where other words are seen.

    >>> print(stretch_of(Seen(6, 11, "<", ("strong", "link"))))
    <strong class="link" data-o="6" data-n="5">&lt;</strong>
    """
    words = escape(seen.text)
    if not seen.styles and not seen.is_other:
        return f'<span data-o="{seen.start}">{words}</span>'
    tag = next((style for style in seen.styles if style in _ELEMENTS), "span")
    looks = " ".join(style for style in seen.styles if style != tag)
    length = f' data-n="{seen.end - seen.start}"' if seen.is_other else ""
    dressed = f' class="{looks}"' if looks else ""
    return f'<{tag}{dressed} data-o="{seen.start}"{length}>{words}</{tag}>'
