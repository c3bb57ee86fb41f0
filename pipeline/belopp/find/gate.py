"""The gate before the finder: tells in next to no time that a text holds no word of money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from belopp.rulebook import Rule, Rulebook

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STEMS: Final = ("ilj", "kron", "kr", "euro", "dollar")
"""Stems that many words of money share: to search for one is to search for all of them."""
_NO_LETTER: Final = r"(?![^\W\d_])"


class _Gate(NamedTuple):
    """Literals, each with the pattern that decides once the literal is there, and one pattern for all codes.

    ``literal in text`` costs least; a pattern of words in capitals scans fast because capitals are rare.
    """

    literals: tuple[tuple[str, re.Pattern[str]], ...]
    codes: re.Pattern[str]


@cache
def _gate(book: Rulebook) -> _Gate:
    words = {word.split()[-1] for rule in book.rules.values() if _is_money(rule) for word in rule.words}
    words -= {"mn", "md"}  # too short to be read without a currency after them
    codes = sorted((word for word in words if word.isupper()), key=lambda word: (-len(word), word))
    tails: dict[str, set[str]] = {}
    for word in words.difference(codes):
        for form in _forms(word):
            stem, tail = _split(form)
            tails.setdefault(stem, set()).add(tail)
    literals = tuple((stem, re.compile(_pattern(stem, ends))) for stem, ends in sorted(tails.items()))
    return _Gate(literals, re.compile(f"(?:{'|'.join(codes) or '(?!)'}){_NO_LETTER}"))


def _is_money(rule: Rule) -> bool:
    """Whether the rule's words may stand for money by themselves; "tusen" comes with a currency."""
    if rule.id.startswith("currency."):
        return rule.id != "currency.sek.misprint"  # comes with a magnitude
    large = Decimal(rule.sets.get("scale", "0")) >= 1_000_000
    return rule.id.startswith("unit.") and (large or "currency" in rule.sets)


def _forms(word: str) -> set[str]:
    """A word's forms; headlines may be set in capitals, but hardly the names of rare currencies."""
    if not any(stem in word for stem in _STEMS):
        return {word}
    return {word.lower(), word.capitalize(), word.upper()}


def _split(word: str) -> tuple[str, str]:
    """A word as the literal to look for and what must follow it."""
    for stem in _STEMS:
        for form in (stem, stem.upper(), stem.capitalize()):
            if form in word:
                return form, word.partition(form)[2]
    return word, ""


def _pattern(stem: str, ends: Iterable[str]) -> str:
    rest = "|".join(re.escape(end) for end in sorted(ends, key=lambda end: (-len(end), end)))
    close = _NO_LETTER if stem[-1].isalpha() else ""
    alone = r"(?<![^\W\d_].)" if stem[0].isalpha() and stem.casefold() not in _STEMS else ""
    return f"{re.escape(stem[0])}{alone}{re.escape(stem[1:])}(?:{rest}){close}"


def has_money(text: str, book: Rulebook) -> bool:
    """Whether ``text`` holds a word of money anywhere; one without a number is let through, none is held back."""
    for mark in INVISIBLE:
        if mark in text:
            text = text.replace(mark, "")
    gate = _gate(book)
    for literal, pattern in gate.literals:  # a loop: any() over a generator costs twice as much here
        if literal in text and pattern.search(text):
            return True
    return gate.codes.search(text) is not None


def hits(text: str, book: Rulebook) -> list[int]:
    """Where the words of money stand in a text without invisible characters, in order."""
    gate = _gate(book)
    found = [match.start() for match in gate.codes.finditer(text)]
    for literal, pattern in gate.literals:
        if literal in text:
            found.extend(match.start() for match in pattern.finditer(text))
    return sorted(found)
