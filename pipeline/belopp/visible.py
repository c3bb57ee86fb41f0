"""Make text from the web safe to print: what would steer a terminal or reorder a line is written out instead."""

from __future__ import annotations

import re
from typing import Final

# Read as spaces by people, but not printable to Python: no-break, thin, narrow and figure spaces.
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>&|~#]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""``text`` with control, bidirectional and other unprintable characters written as ``\uXXXX``.

    Odd spaces become plain ones.  With ``lines`` newlines and tabs stay; without, every run of white
    space becomes one space, so that the result is a single line.

    >>> print(visible("3\u00a0miljoner \u202ekronor\x1b[2J"))
    3 miljoner \u202ekronor\u001b[2J
    >>> visible("one\r\n two"), visible("one\r\ntwo", lines=True)
    ('one two', 'one\ntwo')
    """
    kept = "\n\t" if lines else ""
    text = text.replace("\r\n", "\n") if lines else " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(_written(c) if c not in kept else c for c in text)


def in_markdown(text: str) -> str:
    r"""``text`` made :func:`visible` on one line, with a backslash before what Markdown would take for its own marks.

    >>> print(in_markdown("*3* | 5 ~"))
    \*3\* \| 5 \~
    """
    return _MARKDOWN.sub(lambda found: "\\" + found[0], visible(text))


def _written(character: str) -> str:
    if character.isprintable():
        return character
    if character in _SPACES:
        return " "
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
