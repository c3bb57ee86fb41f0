"""Which format a file is in: its content decides; the name only breaks a tie, and is told of when it says otherwise."""

from __future__ import annotations

import os
import re
from typing import Final

from belopp.read import delimited
from belopp.read.problems import Unreadable

MARKDOWN: Final = "markdown"
TEXT: Final = "text"
HTML: Final = "html"
CSV: Final = "csv"
PDF: Final = "pdf"
DOCX: Final = "docx"
XLSX: Final = "xlsx"

# Formats that no module here reads, by their first bytes; said by name in the quarantine.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%!PS", "PostScript"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_KNOWN = (*_ZIP, *(magic for magic, _ in _FOREIGN))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# The stream that holds the whole document when Word or Excel has encrypted it.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
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
_MARKED_UP = re.compile(
    r"\*\*\S[^\n]*\*\*|\[[^\[\]\n]+\]\([^()\s]+[()]|^\S[^\n]*\r?\n(?:={3,}|-{3,})[ ]*\r?$", re.MULTILINE
)
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n[A-Za-z_-]+[ \t]*[:=]")

# A file is taken for a publication when its name ends so; other text goes through standard input.
ENDINGS: Final = (".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".csv")
# What a name promises.  Markdown and plain text pass for each other: many a text without marks is named .md.
_PROMISED: Final = {
    **dict.fromkeys((".md", ".markdown", ".txt"), (MARKDOWN, TEXT)),
    **dict.fromkeys((".html", ".htm", ".xhtml"), (HTML,)),
    **dict.fromkeys((".csv", ".tsv"), (CSV,)),
    **dict.fromkeys((".docx", ".docm", ".doc"), (DOCX,)),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), (XLSX,)),
    ".pdf": (PDF,),
}

_KEPT: Final = {
    form: tuple(ending for ending, promised in _PROMISED.items() if form in promised)
    for form in {form for promised in _PROMISED.values() for form in promised}
}


def format_of_bytes(data: bytes) -> str:
    """``pdf``, ``docx`` or ``xlsx`` by the bytes themselves, or ``""`` for what must be decoded as text first.

    Raises :class:`Unreadable` at stage ``format`` for bytes of a format that is not read, and at stage
    ``read`` for an Office document that is encrypted.

    >>> format_of_bytes(b"%PDF-1.7"), format_of_bytes(b"# Stod")
    ('pdf', '')
    """
    # Some programs put a mark or blank lines before the header, and readers of PDF allow that.
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-"):
        return PDF
    if not data.startswith(_KNOWN):
        return ""
    if data.startswith(_ZIP):
        from belopp.read import zipped

        return zipped.format_of(data)
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED_PACKAGE in data:
        raise Unreadable("read", "encrypted: the Office document opens with a password only; save a copy without one")
    name = next(name for magic, name in _FOREIGN if data.startswith(magic))
    raise Unreadable("format", f"{name} is not read")


def format_of(text: str, *, path_hint: str = "") -> str:
    """The format of a decoded text: ``markdown``, ``text``, ``html`` or ``csv``.

    >>> format_of("# Rubrik"), format_of("Rubrik", path_hint="a.md"), format_of("<p>5 kr</p>")
    ('markdown', 'text', 'html')
    >>> format_of("Region;tkr\\nNorr;5\\nSyd;6\\n"), format_of("Region,tkr\\nNorr,5", path_hint="a.csv")
    ('csv', 'csv')
    """
    named = path_hint.lower()
    if text.startswith("# ") or _FRONT_MATTER.match(text):
        return MARKDOWN
    if _HTML.match(text):
        return HTML
    if named.endswith((".html", ".htm", ".xhtml")) and "</" in text:
        return HTML
    if delimited.delimiter_of(text, named=named.endswith((".csv", ".tsv"))):
        return CSV
    if _MARKDOWN.search(text):
        return MARKDOWN
    named_so = named.endswith((".md", ".markdown"))
    return MARKDOWN if named_so and _MARKED_UP.search(text) else TEXT


def disagreement(path_hint: str, form: str) -> tuple[str, ...]:
    """A flag that records both when a file's name promises another format than its content is in.

    >>> disagreement("skr/avtal.pdf", "html"), disagreement("avtal.md", "text")
    (('extension pdf, content html',), ())
    """
    if path_hint.endswith(_KEPT.get(form, ())):
        return ()
    ending = os.path.splitext(path_hint)[1].lower()
    promised = _PROMISED.get(ending)
    return () if promised is None or form in promised else (f"extension {ending[1:]}, content {form}",)
