"""The gate before the finder: tells in next to no time that a text holds no word of money."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from belopp.rulebook import Rulebook

_STEMS: Final = ("ilj", "kr", "kron", "mdr", "mrd", "öre", "uro", "oll")
"""Stems that many words of money share: a search for one is a search for all of them."""
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\\\\]")


@cache
def _openings(book: Rulebook) -> tuple[re.Pattern[str], ...]:
    """One pattern for each stem or word; each begins with a literal, which :mod:`re` finds fastest."""
    words = {
        word for key, rule in book.rules.items() if key.startswith(("unit.", "currency.")) for word in rule.words
    }
    literals: set[str] = set()
    for word in words:
        stem = next((stem for stem in _STEMS if stem in word.casefold() and stem != "kr"), "")
        if stem:
            literals |= {stem, stem.upper()}
        else:
            last = word.split()[-1]
            literals |= {last, last.upper(), last.capitalize(), last.lower()} if not last.isupper() else {last}
    return tuple(re.compile(_opening(literal)) for literal in sorted(literals))


def _opening(literal: str) -> str:
    end = "" if literal.casefold() in _STEMS and literal.casefold() != "kr" else r"(?![^\W\d_])"
    return re.escape(literal) + (end if literal[-1].isalpha() else "")


def has_money(text: str, book: Rulebook) -> bool:
    """Whether ``text`` holds a word of money anywhere; one without a number is let through, none is held back."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return any(opening.search(text) for opening in _openings(book))
