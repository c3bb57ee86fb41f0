"""The rule book's words of money, compiled once a book: magnitudes, currencies and what follows a bare sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from belopp.model import Reason
from belopp.rulebook import Rule, Rulebook
from belopp.sizes import SHORT

MISPRINT: Final = "currency.sek.misprint"  # read behind a magnitude only
TOO_SHORT: Final = frozenset({"mn", "md", "mio", "mio."})
"""Magnitudes that are read only where a currency stands beside them."""

_GAP: Final = 3
_PREPOSITION: Final = re.compile(r"\s(?:i|till)\s(?=kronor)")  # a misprint: "2 miljoner i kronor"
# "tre kr. per påse", "5 mdr. 2026": the stop of an abbreviation; before a capital it is the sentence's
_STOP: Final = re.compile(r"\.(?=[,;:)]|\s+(?:[a-zåäö]|(?:19|20)\d\d\b))")
_MORE: Final = re.compile(r"\.?\s?(?:m|fl)\b")  # "SEK 300 m.m.": what goes with it
_AFTER: Final = r"(?![^\W\d_¹²³⁰-⁹]|-[^\W\d_])"  # a footnote's figure may be glued to a unit: "kronor2", "kronor²"


class Unit(NamedTuple):
    """What follows a number and makes it money, or may: its end, its worth, its currency ("" when none is named)."""

    end: int
    scale: Decimal
    currency: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Some rules' words as one pattern that is matched at a place, and the rule of each word."""

    pattern: re.Pattern[str]
    rules: dict[str, Rule]

    def at(self, text: str, start: int) -> tuple[Rule, int] | None:
        """The rule of the word that starts at ``start``, and the word's end."""
        found = self.pattern.match(text, start)
        return (self.rules[_key(found[0])], found.end()) if found else None


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()


def _pattern(words: Iterable[str]) -> str:
    """One alternation, longest first; a word in capitals is matched in capitals only."""
    alternatives = []
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        escaped = r"\s+".join(re.escape(part) for part in word.split())
        alternatives.append(f"(?-i:{escaped})" if word.isupper() else escaped)
    return "|".join(alternatives) or "(?!)"


def compile_words(rules: Iterable[Rule]) -> Words:
    """The words of some rules; a word of two rules belongs to the first."""
    owner: dict[str, Rule] = {}
    written: list[str] = []
    for rule in rules:
        for word in rule.words:
            owner.setdefault(_key(word), rule)
            written.append(word)
    return Words(re.compile(f"(?:{_pattern(written)}){_AFTER}", re.IGNORECASE), owner)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that :mod:`belopp.find` knows by word."""

    scales: Words
    fronted: Words
    """Scales so short that they are one only where a currency stands before the number: ``€3.5m``."""
    between: Words
    currencies: Words
    before: re.Pattern[str]
    before_rules: dict[str, Rule]
    opening: frozenset[str]
    """The first two letters of the words of units, in small letters: most numbers are seen to have none by the next."""
    closing: frozenset[str]
    """What the codes and signs before a number end with."""

    def unit(self, text: str, start: int) -> Unit | None:
        """The unit that follows a number which ends at ``start``, if any, with the stop that shortens it."""
        unit = self._unit(text, start)
        if unit is None:
            return None
        bare = unit.end - (text[unit.end - 1] == ".")
        if text[bare : bare + 1] != ".":
            return unit
        shortened = text[max(0, bare - 4) : bare].lower().endswith(SHORT) and _STOP.match(text, bare)
        return unit._replace(end=bare + 1 if shortened else bare)

    def fronted_unit(self, text: str, start: int, front: tuple[Rule, int, int]) -> Unit:
        """The unit of a number that ends at ``start`` and has only the currency before it: ``SEK 300``, ``€3.5m``."""
        named, begin, end = front
        reason = Reason("low", named.id, begin, end)
        currency, scale = reason._replace(column="currency"), Decimal(named.sets.get("scale", "1"))
        place = _skip(text, start)
        short = self.fronted.at(text, place)
        if short is None or _MORE.match(text, short[1]):
            return Unit(start, scale, named.sets["currency"], (reason, currency))
        rule, last = short
        worth = Reason("low", rule.id, place, last)
        return Unit(last, scale * Decimal(rule.sets["scale"]), named.sets["currency"], (worth, currency))

    def _unit(self, text: str, start: int) -> Unit | None:
        place = _skip(text, start)
        opening = text[place : place + 2].lower()
        if opening not in self.opening and opening[:1] not in self.opening:
            return None
        scaled = self.scales.at(text, place)
        adjective = None if scaled else self.between.at(text, place)  # "200 nya miljoner"
        if adjective is not None:
            place = _skip(text, adjective[1])
            scaled = self.scales.at(text, place)
        if scaled is None:
            return self._plain(text, place)
        rule, end = scaled
        scale, currency = Decimal(rule.sets["scale"]), rule.sets.get("currency", "")
        reasons: tuple[Reason, ...] = (Reason("low", rule.id, place, end),)
        if adjective is not None:
            reasons = (*reasons, Reason("low", adjective[0].id, place - 1, place - 1))
        named = self.currency(text, end)
        if named is None:
            return Unit(end, scale, currency, reasons)
        kind, begin, end = named
        reasons += (Reason("currency", kind.id, begin, end),)
        return Unit(end, scale / Decimal(kind.sets.get("minor", "1")), kind.sets["currency"], reasons)

    def _plain(self, text: str, place: int) -> Unit | None:
        named = self.currencies.at(text, place)
        if named is None:
            return None
        rule, end = named
        scale = Decimal(1) / Decimal(rule.sets.get("minor", "1"))
        reasons = (Reason("low", rule.id, place, end), Reason("currency", rule.id, place, end))
        if rule.id == MISPRINT:
            return None
        place = _skip(text, end)
        opened = text[place : place + 1] == "("  # "USD (miljoner)" over a column
        after = self.scales.at(text, place + opened)
        if after and "currency" not in after[0].sets and not (opened and text[after[1] : after[1] + 1] != ")"):
            # "2,7 kronor miljoner"
            return Unit(after[1], scale * Decimal(after[0].sets["scale"]), rule.sets["currency"], reasons)
        return Unit(end, scale, rule.sets["currency"], reasons)

    def currency(self, text: str, start: int) -> tuple[Rule, int, int] | None:
        """The currency named after a magnitude that ends at ``start``: its rule and span."""
        place = _skip(text, start)
        if found := self.currencies.at(text, place):
            return found[0], place, found[1]
        if (odd := _PREPOSITION.match(text, start)) and (found := self.currencies.at(text, odd.end())):
            return found[0], odd.end(), found[1]
        return None

    def prefix(self, text: str, end: int) -> tuple[Rule, int, int] | None:
        """The currency code or sign that stands before a number which starts at ``end``."""
        found = self.before.search(text, max(0, end - 12), end)
        return (self.before_rules[found[1].casefold()], found.start(1), found.end(1)) if found else None


def _skip(text: str, start: int) -> int:
    gap = text[start : start + _GAP]
    return start + len(gap) - len(gap.lstrip())


@cache
def lexicon(book: Rulebook) -> Lexicon:
    """The lexicon of a rule book."""
    currencies = [rule for key, rule in book.rules.items() if key.startswith("currency.")]
    codes = {
        word: rule for rule in currencies for word in rule.words if word.isupper() or not any(map(str.isalpha, word))
    }
    codes = {word: rule for word, rule in codes.items() if not word.startswith((":", ","))}
    scales = [rule for key, rule in book.rules.items() if key.startswith("unit.") and "scale" in rule.sets]
    fronted = [rule for key, rule in book.rules.items() if key.startswith("fronted.")]
    written = "|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True)) or "(?!)"
    between = [rule for key, rule in book.rules.items() if key == "unit.between"]
    words = [word for rule in (*scales, *between, *currencies) for word in rule.words]
    return Lexicon(
        compile_words(scales),
        compile_words(fronted),
        compile_words(between),
        compile_words(currencies),
        # A word after a number is that number's unit: "30 mkr 2 gånger".
        re.compile(rf"(?<![\w$])(?<!\d\s)(?<!\d)({written})\s?$"),
        {word.casefold(): rule for word, rule in codes.items()},
        frozenset(word[:2].lower() for word in words),
        frozenset(code[-1] for code in codes),
    )
