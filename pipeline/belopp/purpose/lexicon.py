"""The rules' words looked up token by token: as quick for five hundred words as for five."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, compress
from typing import Final, NamedTuple

from belopp.rulebook import Cue, Rule, Rulebook

TOKEN: Final = re.compile(r"(\w+(?:[-\u00ad]\w+)*)")
KNOWN: Final = 50_000  # a language has few words: most are asked for again
LETTERS: Final = 3  # of a beginning or an ending, that tell in which drawer it lies
FAMILIES: Final = ("kind", "change", "status")


class Entry(NamedTuple):
    """One word or phrase of a rule: its parts in lower case."""

    rule: Rule
    parts: tuple[str, ...]


class Heard(NamedTuple):
    """The words of a text in lower case, those that begin an entry, and gaps and words by turns with their edges."""

    words: list[str]
    known: list[tuple[int, tuple[Entry, ...]]]
    pieces: list[str]
    edges: list[int]


class Vocabulary:
    """The words of rules by their first part: whole, a beginning (``avsätt*``) or an ending (``*avgift``)."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries = [Entry(rule, tuple(word.lower().split())) for rule in rules for word in rule.words]
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._endings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._inside: list[tuple[str, int]] = []
        for order, entry in enumerate(self._entries):
            self._file(entry.parts[0], order)
        self._starts = {len(letters) for letters in self._beginnings}
        self._ends = {len(letters) for letters in self._endings}
        self.known = lru_cache(KNOWN)(self._beginning_with)

    def _file(self, head: str, order: int) -> None:
        stem = head.strip("*")
        if head.startswith("*") and head.endswith("*"):
            self._inside.append((stem, order))
        elif head.endswith("*"):
            self._beginnings[stem[:LETTERS]].append((stem, order))
        elif head.startswith("*"):
            self._endings[stem[-LETTERS:]].append((stem, order))
        else:
            self._whole[stem].append(order)

    def _beginning_with(self, token: str) -> tuple[Entry, ...]:
        """What a word is, or is the first part of: the longest first, then in the rules' order."""
        found = [(-len(self._entries[order].parts), order) for order in self._candidates(token)]
        return tuple(self._entries[order] for _, order in sorted(found))

    def _candidates(self, token: str) -> Iterator[int]:
        yield from self._whole.get(token, ())
        for size in self._starts:
            yield from (order for stem, order in self._beginnings.get(token[:size], ()) if token.startswith(stem))
        for size in self._ends:
            yield from (order for stem, order in self._endings.get(token[-size:], ()) if token.endswith(stem))
        yield from (order for stem, order in self._inside if stem in token)


class Lexicon:
    """Some rules of a vocabulary."""

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary | None = None) -> None:
        own = tuple(rules)
        self._own = frozenset(rule.id for rule in own)
        self._vocabulary = vocabulary or Vocabulary(own)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Cue]:
        """Every cue in ``text[start:end]``, left to right, longest first, never overlapping.

        >>> words = Lexicon((Rule("kind.rate", "", ("*avgift", "tak på")),))
        >>> [(cue.start, cue.end) for cue in words.find("en passavgift med tak på 5 kronor")]
        [(3, 13), (18, 24)]
        """
        return list(self._cues(text, start, end))

    def _cues(self, text: str, start: int, end: int | None) -> Iterator[Cue]:
        heard, own, free = _hear(text[start:end], self._vocabulary), self._own, 0
        for index, entries in heard.known:
            if index >= free:
                for rule, parts in entries:
                    if rule.id in own and (len(parts) == 1 or _follows(heard, index, parts)):
                        free = index + len(parts)
                        yield Cue(rule, start + heard.edges[2 * index + 1], start + heard.edges[2 * free])
                        break

    def first(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The leftmost cue in ``text[start:end]``."""
        return next(self._cues(text, start, end), None)

    def last(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The rightmost cue in ``text[start:end]``."""
        return next(reversed(self.find(text, start, end)), None)


# The three columns, and all sums of a sentence, ask about the same words: the last few answers are kept.
@lru_cache(maxsize=32)
def _hear(text: str, vocabulary: Vocabulary) -> Heard:
    pieces = TOKEN.split(text.replace("İ", "I").lower())  # no other letter grows when it is made small
    words = pieces[1::2]
    if "\u00ad" in text:
        words = [word.replace("\u00ad", "") for word in words]
    entries = list(map(vocabulary.known, words))
    known = list(compress(enumerate(entries), entries))
    return Heard(words, known, pieces, list(accumulate(map(len, pieces), initial=0)) if known else [])


def _follows(heard: Heard, index: int, parts: tuple[str, ...]) -> bool:
    """Whether the tokens from ``index`` are the phrase, with nothing but white space between them."""
    words = heard.words
    if index + len(parts) > len(words):
        return False
    for at, part in enumerate(parts[1:], index + 1):
        token = words[at]
        if not (token == part or (part.endswith("*") and token.startswith(part[:-1]))):
            return False
        if not heard.pieces[2 * at].isspace():
            return False
    return True


@cache
def _vocabulary(book: Rulebook) -> Vocabulary:
    """The words of every rule that describes what a sum is."""
    return Vocabulary(rule for key, rule in book.rules.items() if key.split(".")[0] in FAMILIES)


@cache
def lexicon(book: Rulebook, *prefixes: str) -> Lexicon:
    """The words of all rules of ``book`` that are one of ``prefixes`` or lie under it (all of them of our families)."""
    return Lexicon(
        (
            rule
            for key, rule in book.rules.items()
            if any(key == prefix or key.startswith(prefix + ".") for prefix in prefixes)
        ),
        _vocabulary(book),
    )
