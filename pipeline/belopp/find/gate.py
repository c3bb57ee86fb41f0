"""The gate before the finder: tells in next to no time that a text holds no word of money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from belopp.find.lexicon import TOO_SHORT
from belopp.rulebook import Rule, Rulebook

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STEMS: Final = ("ilj", "kron", "kr", "euro", "dollar")
"""Stems that many words of money share: to search for one is to search for all of them."""
_SHORT: Final = ("ilj", "kr")
"""Stems that abbreviations end with."""
_ABBREVIATED: Final = re.compile(r"[^aeiouyåäö]+(?:sek)?\.?$")
_NO_LETTER: Final = r"(?![^\W\d_¹²³⁰-⁹])"  # nor is a footnote's figure one: "kronor²"


_TELLING: Final = "€KUDNPRCJMTjzybpfuömdk–-"
"""Letters seldom met, each in many words of money: a word is looked for by the first of these that it holds."""


class _Sought(NamedTuple):
    """A letter, and the pattern of the words of money that it tells of, which decides once the letter is there.

    Of the pattern its two ways to search: to look one up for each letter of each text takes 7 % of the gate's time.
    """

    letter: str
    search: Callable[[str], re.Match[str] | None]
    finditer: Callable[[str], Iterator[re.Match[str]]]


@cache
def _gate(book: Rulebook) -> tuple[_Sought, ...]:
    """All words of money by few letters: ``j`` for ``miljon`` and ``mljn``, ``K`` for ``SEK`` and ``Kronor``.

    To look for a single letter costs least, and what stands around it is looked at only there.
    """
    stems: dict[str, set[_Form]] = {}
    for word in _words(book):
        for form in _forms(word):
            stems.setdefault(form.stem, set()).add(form)
    sought: dict[str, list[str]] = {}
    for stem in sorted(stems):
        letter = next((letter for letter in _TELLING if letter in stem), stem[0])
        alike = [form for other, forms in stems.items() if other.casefold() == stem.casefold() for form in forms]
        heads = {form.head.casefold() for form in alike if not form.tail}
        tails = {form.tail for form in stems[stem]}
        sought.setdefault(letter, []).append(_around(stem, stem.index(letter), tails, heads))
    patterns = {letter: re.compile(f"{re.escape(letter)}(?:{'|'.join(told)})") for letter, told in sought.items()}
    return tuple(_Sought(letter, pattern.search, pattern.finditer) for letter, pattern in patterns.items())


def _words(book: Rulebook) -> set[str]:
    """The words to look for; ``pund sterling`` is found by ``pund``, and other phrases by their last words."""
    phrases = {word for rule in book.rules.values() if _is_money(rule) for word in rule.words}
    phrases -= TOO_SHORT
    return {phrase.split()[-1] for phrase in phrases if len(phrase.split()) == 1 or phrases.isdisjoint(phrase.split())}


def _is_money(rule: Rule) -> bool:
    """Whether the rule's words may stand for money by themselves; "tusen" comes with a currency."""
    if rule.id.endswith(".misprint"):  # comes with a magnitude, or with a currency
        return False
    if rule.id.startswith("currency."):
        return True
    large = Decimal(rule.sets.get("scale", "0")) >= 1_000_000
    return rule.id.startswith("unit.") and (large or "currency" in rule.sets)


class _Form(NamedTuple):
    """A form of a word: the literal to look for, what stands before it, and what must follow it."""

    head: str
    stem: str
    tail: str = ""


def _forms(word: str) -> set[_Form]:
    """What to look for to find a word in all of its forms: one in capitals has no other.

    A headline may be set in capitals, an abbreviation has one as it pleases (``Mdr``, ``msek``); hardly any other name
    of money behind a number begins with one.
    """
    if word.isupper():
        return {_Form("", word)}
    forms = {word.lower(), word.upper()}
    if any(stem in word for stem in _STEMS):
        return {_split(form) for form in (*forms, word.capitalize())}
    return {_Form("", form) for form in (*forms, word, *((word.capitalize(),) if _ABBREVIATED.match(word) else ()))}


def _split(word: str) -> _Form:
    for stem in _STEMS:
        for form in (stem, stem.upper(), stem.capitalize()):
            head, found, tail = word.partition(form)
            if found:
                return _Form(head, form, tail)
    return _Form("", word)


def _around(stem: str, place: int, tails: Iterable[str], heads: Iterable[str]) -> str:
    """What must stand around the letter at ``place`` of a stem: what comes after it costs least to look at."""
    whole, after = re.escape(stem), re.escape(stem[place + 1 :])
    before = f"(?<={whole})" if place else ""
    alone = stem[0].isalpha() and not stem.isupper() and stem.casefold() not in _STEMS
    opened = _opened(stem) if alone else ""
    rest = "|".join(_ended(stem, tail, heads) for tail in sorted(tails, key=lambda tail: (-len(tail), tail)))
    close = _NO_LETTER if stem[-1].isalpha() or stem.isupper() else ""
    return f"{after}{before}{opened}{f'(?:{rest})' if rest else ''}{close}"


def _ended(stem: str, tail: str, heads: Iterable[str]) -> str:
    """What must follow a stem; an abbreviation that ends with it stands alone: SKR is no krona, a family no million.

    Compounds of other words are let through: "kömiljarden".
    """
    if tail or stem.casefold() not in _SHORT:
        return re.escape(tail)
    words = [head + stem for head in sorted(heads, key=lambda head: (len(head), head))]
    return "|".join(f"(?<={_any_case(word)}){_opened(word)}" for word in words)


def _opened(word: str) -> str:
    """That no letter stands before a word that ends here."""
    return rf"(?<![^\W\d_]{_any_case(word)})"


def _any_case(word: str) -> str:
    return f"(?i:{re.escape(word)})"


def has_money(text: str, book: Rulebook) -> bool:
    """Whether ``text`` holds a word of money anywhere; one without a number is let through, none is held back."""
    for mark in INVISIBLE:
        if mark in text:
            text = text.replace(mark, "")
    for letter, search, _ in _gate(book):  # noqa: SIM110 (any() over a generator costs twice as much here)
        if letter in text and search(text):
            return True
    return False


def hits(text: str, book: Rulebook) -> list[int]:
    """Where the words of money stand in a text without invisible characters, in order: an offset inside each."""
    found: list[int] = []
    for letter, _, finditer in _gate(book):
        if letter in text:
            found.extend([match.start() for match in finditer(text)])
    found.sort()
    return found
