"""Whole letters, blanks and small letters: what a text is made of, each in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from belopp.model import Document

ACCENTS: Final = ("\u0308", "\u030a", "\u0301", "\u0300")
"""The marks of å, ä, ö, é and à: a text without any of them has whole letters."""
NO_BREAK: Final = ("\u00a0", "\u202f", "\u2009")
"""Blanks that are read as any other."""
_MARKS: Final = (*ACCENTS, "\u00ad")
# Between letters alone: at a word's end a soft hyphen would become part of what stands before it.
_APART: Final = re.compile(
    r"[^\W\d_] (?: [\u0300-\u036f]+ (?:\u00ad+ (?=[^\W\d_]))? | \u00ad+ (?=[^\W\d_]) )", re.VERBOSE
)
# Looked for first: a search for a class of few characters skips letters that have no mark.
_MARKED: Final = re.compile("[\u0300-\u036f\u00ad]+")


def spelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Every letter that is spelled with marks or has a soft hyphen after it, and the letter by itself."""
    if not any(map(text.__contains__, _MARKS)):
        return
    for marks in _MARKED.finditer(text):
        if found := _APART.match(text, max(marks.start() - 1, 0)):
            yield *found.span(), _composed(found[0])


def _composed(piece: str) -> str:
    """A letter with its marks as one, and without the soft hyphen after it."""
    return unicodedata.normalize("NFC", piece.rstrip("\u00ad"))


def spaced(document: Document) -> Document:
    r"""The document with plain blanks for those that keep two words on a line; every offset stays its own.

    >>> spaced(Document("a.md", "5\u00a0miljoner till\u202fSkolverket")).text
    '5 miljoner till Skolverket'
    """
    text = document.text
    for blank in NO_BREAK:
        if blank in text:
            text = text.replace(blank, " ")
    return document if text is document.text else document._replace(text=text)


def lowered(text: str) -> str:
    """The text in lower case, each character in its place.

    >>> lowered("Två MILJONER"), len(lowered("İ"))
    ('två miljoner', 1)
    """
    return text.replace("İ", "i").lower()  # the one letter whose lower case is written in two characters
