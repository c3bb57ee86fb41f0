"""Which format a file is in: its content decides, the name only breaks a tie."""

from __future__ import annotations

import re
from typing import Final

from .problems import Unreadable

MARKDOWN: Final = "markdown"
TEXT: Final = "text"
HTML: Final = "html"

# Formats that no module here reads yet, by their first bytes; said by name in the quarantine.
_FOREIGN = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_MAGIC = tuple(magic for magic, _ in _FOREIGN)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|table|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
# Marks that only Markdown has.  Bullets, bold and links also stand in texts whose headings have no marks.
_MARKDOWN = re.compile(
    r"""^(?:
        [ ]{0,3}\#{1,6}[ \t]+\S                                                     # a heading
      | [ ]{0,3}\|?[ ]*:?-{3,}:?[ ]*(?:\|[ ]*:?-{3,}:?[ ]*)*\|[ ]*(?:-{3,}[ ]*)?\r?$  # the rule row of a table
      | (?:```|~~~)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_MARKED_UP = re.compile(r"\*\*\S[^\n]*\*\*|\[[^\]\n]+\]\([^)\s]+\)|^\S[^\n]*\r?\n(?:={3,}|-{3,})[ ]*\r?$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z_-]+[ \t]*:")


def refuse_foreign(data: bytes) -> None:
    """Raise :class:`Unreadable` at stage ``format`` when the bytes are of a format that is not read."""
    if data.startswith(_MAGIC):
        name = next(name for magic, name in _FOREIGN if data.startswith(magic))
        raise Unreadable("format", f"{name} is not read")


def format_of(text: str, *, path_hint: str = "") -> str:
    """The format of a decoded text: ``markdown``, ``text`` or ``html``.

    >>> format_of("# Rubrik"), format_of("Rubrik", path_hint="a.md"), format_of("<p>5 kr</p>")
    ('markdown', 'text', 'html')
    """
    if text.startswith("# ") or _FRONT_MATTER.match(text):
        return MARKDOWN
    if _HTML.match(text):
        return HTML
    if path_hint.lower().endswith((".html", ".htm")) and "</" in text:
        return HTML
    if _MARKDOWN.search(text):
        return MARKDOWN
    named_so = path_hint.lower().endswith((".md", ".markdown"))
    return MARKDOWN if named_so and _MARKED_UP.search(text) else TEXT
