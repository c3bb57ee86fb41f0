"""The name of an account from the name of a payer, area or recipient, and back: one to one, in either program."""

from __future__ import annotations

import re
from typing import Final

# An account's part begins with a capital or a digit and holds letters, digits and hyphens, no more.
NOT_SAID: Final = "Not-said--"
_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_RUN: Final = re.compile(rf"[^{_LETTERS}0-9]+")
# The signs that names are full of, by a letter each; any other by its code.
_SIGNS: Final = {
    " ": "s", "-": "m", ",": "k", ".": "p", "|": "v", "/": "d", "&": "a", "(": "b", ")": "e", ":": "c", "–": "n",
    "'": "q", "”": "y", ";": "j", "+": "t", "%": "o",
}  # fmt: skip
_LETTER_OF: Final = {letter: sign for sign, letter in _SIGNS.items()}
_WRITTEN: Final = re.compile(r"--(?P<signs>(?:[mskpvdabecnqyjto]|u[0-9a-f]+z)+)-|(?P<space>-)")
_SIGN: Final = re.compile(r"u(?P<code>[0-9a-f]+)z|(?P<letter>[a-z])")


def account_part(name: str) -> str:
    """One part of an account's name from any text.

    A space between words is a hyphen; other signs stand between ``--`` and ``-``, by a letter each; the first
    letter becomes a capital, and a hyphen at the end says that it was one before.

    >>> account_part("god och nära vård"), account_part("Region Skåne"), account_part("regionerna|staten")
    ('God-och-nära-vård', 'Region-Skåne-', 'Regionerna--v-staten')
    >>> account_part("hälso- och sjukvård"), account_part("e-hälsa"), account_part("§ 3"), account_part("")
    ('Hälso--ms-och-sjukvård', 'E--m-hälsa', '0--ua7zs-3-', 'Not-said--')
    """
    if not name:
        return NOT_SAID
    written = _RUN.sub(_signs, name)
    first = written[0]
    raised = first.upper()
    if first.isdigit():
        return written
    if re.match(f"[{_LETTERS}]", first):
        if first.isupper() and first.lower() != first:
            return f"{written}-"
        if len(raised) == 1 and raised.lower() == first and raised != first and re.match(f"[{_LETTERS}]", raised):
            return raised + written[1:]
    return f"0{written}-"


def account_name(part: str) -> str:
    """The text that :func:`account_part` was given.  Raises ``ValueError`` for a part that it does not make.

    >>> account_name("God-och-nära-vård"), account_name("Region-Skåne-"), account_name("0--ua7zs-3-")
    ('god och nära vård', 'Region Skåne', '§ 3')
    """
    if part == NOT_SAID:
        return ""
    marked, body = _taken_apart(part)
    first = body[:1]
    if first == "0" and marked:
        body = body[1:]
    elif not first.isdigit() and not marked:
        body = first.lower() + body[1:]
    name = _WRITTEN.sub(_read, body)
    if account_part(name) != part:
        raise ValueError(f"{part}: no part of an account that belopp names")
    return name


def _taken_apart(part: str) -> tuple[bool, str]:
    """Whether a hyphen stands at the end that belongs to no sign, and the part without it."""
    ends = [found.end() for found in _WRITTEN.finditer(part) if found["signs"]]
    marked = part.endswith("-") and len(part) not in ends
    return marked, part[:-1] if marked else part


def _signs(run: re.Match[str]) -> str:
    if run[0] == " " and run.start() > 0 and run.end() < len(run.string):
        return "-"
    return "--" + "".join(_SIGNS.get(sign) or f"u{ord(sign):x}z" for sign in run[0]) + "-"


def _read(found: re.Match[str]) -> str:
    if found["space"]:
        return " "
    signs = _SIGN.finditer(found["signs"])
    return "".join(chr(int(sign["code"], 16)) if sign["code"] else _LETTER_OF[sign["letter"]] for sign in signs)
