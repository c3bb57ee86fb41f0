"""Which elements of a page a reader sees, and which panels he can unfold: the rest is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN: Final = frozenset(
    {
        "script", "style", "noscript", "template", "head", "nav", "footer", "select", "option", "input",
        "textarea", "svg", "math", "iframe", "object", "audio", "video", "canvas", "dialog", "map", "datalist",
        "del", "s", "strike",
    }
)  # fmt: skip
_ROLES: Final = frozenset({"navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLDS = re.compile(
    r"accordion|collaps|expand|toggle|(?<![a-z])(?:un)?fold|dragspel|disclosure|faq|tab-?panel", re.IGNORECASE
)
_CONSENT = re.compile(r"cookie|consent|gdpr|kakor|kakbanner", re.IGNORECASE)
_WHOLE_PAGE: Final = frozenset({"html", "body", "main", "article"})


def attributes_of(node: LexborNode) -> Mapping[str, str | None]:
    """The attributes of an element by name."""
    found: Mapping[str, str | None] = node.attributes
    return found


class Folds:
    """One page's panels: which elements its buttons unfold."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.controlled: set[str] = set()
        for node in tree.css("[aria-controls], [data-target], [data-bs-target]"):
            attributes = attributes_of(node)
            for name in ("aria-controls", "data-target", "data-bs-target"):
                self.controlled.update((attributes.get(name) or "").replace("#", " ").split())

    def opens(self, node: LexborNode, tag: str) -> bool:
        """Whether an element is an accordion, so that hidden parts of it are panels."""
        return tag == "details" or _FOLDS.search(_named(attributes_of(node))) is not None

    def unseen(self, node: LexborNode, tag: str, *, folded: bool = False, heading: bool = False) -> bool:
        """Whether an element is not read: hidden, furniture of the page, or struck out.

        ``folded`` within an accordion, whose hidden panels are read; ``heading`` within a heading, whose
        button holds its words.
        """
        if tag in _UNSEEN or tag.startswith(("_", "!", "-")):
            return True
        attributes = attributes_of(node)
        if tag == "button":
            return not (heading or (attributes.get("aria-expanded") is not None and "aria-controls" in attributes))
        if not attributes:
            return tag == "form" and node.css_first("h1, main, article") is None
        if (attributes.get("role") or "").lower() in _ROLES:
            return True
        panel = attributes.get("id") in self.controlled or attributes.get("role") == "tabpanel"
        if _HIDDEN.search(attributes.get("style") or "") and not panel:
            return True
        if "hidden" in attributes and not (panel or folded or self._unfolds(attributes)):
            return True
        # A whole page may sit in one form, or be named for the consent given.
        furniture = tag == "form" or (tag not in _WHOLE_PAGE and _CONSENT.search(_named(attributes)) is not None)
        return furniture and node.css_first("h1, main, article") is None

    def _unfolds(self, attributes: Mapping[str, str | None]) -> bool:
        return attributes.get("hidden") == "until-found" or _FOLDS.search(_named(attributes)) is not None


def _named(attributes: Mapping[str, str | None]) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
