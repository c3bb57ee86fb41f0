"""The words of the rules that a reading asks for most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from belopp.rulebook import Actor, Rulebook

# The rules whose words open a purpose after a sum.
OPENING: Final = (
    "area.for", "area.to", "area.on", "area.in", "area.within", "area.against", "area.regarding",
)  # fmt: skip


class Lexicon(NamedTuple):
    """The words of the rules that a reading asks for most, in lower case; a rule that the book lacks has none."""

    heads: frozenset[str]
    frames: frozenset[str]
    changes: Mapping[str, frozenset[str]]  # a noun that only says what is done, to the prepositions after it
    anaphors: frozenset[str]
    money: frozenset[str]
    actors: frozenset[str]
    people: frozenset[str]
    means: frozenset[str]
    plain_headings: frozenset[str]
    openers: Mapping[str, str]  # a preposition that opens a purpose after a sum, to its rule
    names: Mapping[str, Actor]
    long_names: Mapping[str, tuple[str, ...]]  # those of three words or more, by their first word


@cache
def lexicon_of(book: Rulebook) -> Lexicon:
    """The lexicon of a rulebook."""
    return Lexicon(
        heads=words_of(book, "area.head"),
        frames=words_of(book, "area.frame"),
        changes=_linked(words_of(book, "area.change")),
        anaphors=words_of(book, "area.anaphor"),
        money=words_of(book, "area.money"),
        actors=words_of(book, "area.actor"),
        people=words_of(book, "area.people"),
        means=words_of(book, "area.means"),
        plain_headings=words_of(book, "area.plain-heading"),
        openers={word: rule for rule in OPENING for word in words_of(book, rule)},
        names=book.names,
        long_names=_long_names(book),
    )


def words_of(book: Rulebook, rule: str) -> frozenset[str]:
    """The words of a rule in lower case; none when the book lacks the rule."""
    found = book.rules.get(rule)
    return frozenset(word.lower() for word in found.words) if found else frozenset()


def _linked(pairs: frozenset[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for noun, link in map(str.split, pairs):
        found.setdefault(noun, set()).add(link)
    return {noun: frozenset(links) for noun, links in found.items()}


def _long_names(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in book.names:
        first, *rest = name.split()
        if len(rest) > 1:
            found.setdefault(first, []).append(name)
    return {first: tuple(names) for first, names in found.items()}
