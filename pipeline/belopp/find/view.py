"""A block's text as the finder reads it: odd spaces plain, invisible characters gone, links blotted out."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BLOT: Final = "\x00"
"""Stands for each character of a link: it is neither a letter, a digit nor a space."""

_SPACES: Final = "\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u2000\u2001\u2004\u2005\u2006\u205f\u3000\u1680\t*"
_WIDE: Final = (("\uff0c", ","), ("\uff0e", "."))
"""The decimal signs that go with digits of full width."""
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff\\"
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]+|\\(?=[!-/:-@\[-`{-~])")
_LINK: Final = re.compile(
    r"""
    !? \[ [^\[\]\n]{0,1000} \] \( [^()\s]{0,2000} (?: \s [^()\n]{0,200} )? \)    # [text](target "title")
  | < (?: https?:// | mailto: ) [^<>\s]{1,2000} >
  | (?: https?:// | www\. ) [^\s<>()]{1,2000}
    """,
    re.VERBOSE,
)

_BLANK: Final = re.compile(
    r"""&(?:
        nbsp | e[mn]sp | thinsp | hairsp | numsp
      | \#0*(?: 160 | 8194 | 8195 | 8199 | 820[0-2] | 8239 )
      | \#[xX]0*(?: [aA]0 | 200[237-9aA] | 202[fF] )
    );""",
    re.VERBOSE,
)
"""A blank as HTML spells it: a page that was saved as text may hold it."""

_TAG: Final = re.compile(r"</?(?:b|strong|em|i|u|span)(?:\s[^<>]{0,200})?>")
"""A mark of type as HTML has it, which Markdown may hold."""


class View(NamedTuple):
    """The text to read, and where each of its characters stands in the document."""

    text: str
    base: int
    offsets: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The document's span of ``text[start:end]``."""
        if self.offsets is None:
            return self.base + start, self.base + end
        return self.base + self.offsets[start], self.base + self.offsets[end - 1] + 1


def view(text: str, start: int = 0, end: int | None = None) -> View:
    r"""The view of ``text[start:end]``.

    >>> view("5\u00a0mil\u00adjoner **kronor**").text
    '5 miljoner   kronor  '
    """
    piece = text[start : len(text) if end is None else end]
    if "](" in piece or "://" in piece or "www." in piece:
        piece = _LINK.sub(lambda found: BLOT * len(found[0]), piece)
    if "&" in piece:
        piece = _BLANK.sub(lambda found: " " + "\u200b" * (len(found[0]) - 1), piece)
    if "</" in piece:
        piece = _TAG.sub(lambda found: "\u200b" * len(found[0]), piece)
    for space in _SPACES:  # most are not there, which costs less to see than to translate every character
        piece = piece.replace(space, " ")
    for wide, sign in _WIDE:
        piece = piece.replace(wide, sign)
    if not any(map(piece.__contains__, _UNSEEN)):
        return View(piece, start)
    kept: list[str] = []
    offsets: list[int] = []
    done = 0
    for found in _INVISIBLE.finditer(piece):
        kept.append(piece[done : found.start()])
        offsets.extend(range(done, found.start()))
        done = found.end()
    kept.append(piece[done:])
    offsets.extend(range(done, len(piece)))
    return View("".join(kept), start, tuple(offsets))
