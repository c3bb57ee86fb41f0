"""The rules' words looked up token by token: as quick for five hundred words as for five."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from belopp.adverbials import FOLLOWING, adverbial_at
from belopp.rulebook import Cue, Rule, Rulebook, stems
from belopp.sentences import Span

TOKEN: Final = re.compile(r"(\w+(?:-\w+)*)")
OUTSIDE: Final = re.compile(r"[^\w-]")
QUOTED: Final = "\"'”“»’"
KNOWN: Final = 50_000  # a language has few words: most are asked for again
LETTERS: Final = 3  # of a beginning or an ending, that tell in which drawer it lies
FAMILIES: Final = ("kind", "change", "status")


class Entry(NamedTuple):
    """One word or phrase of a rule: how many words it is, those after the first in lower case, the first's letters."""

    rule: Rule
    size: int
    rest: list[str]
    letters: int


class Opening(NamedTuple):
    """The entries that a word begins, the longest first, and, if all of them are phrases, what may be said next.

    ``next_begins`` are how it may begin.
    """

    entries: tuple[Entry, ...]
    next_words: frozenset[str] | None
    next_begins: tuple[str, ...]


class Openings(dict[str, Opening | None]):
    """What each word begins, read when the word is first met."""

    def __init__(self, read: Callable[[str], Opening | None]) -> None:
        self._read = read

    def __missing__(self, word: str) -> Opening | None:
        if len(self) > KNOWN:
            self.clear()
        found = self[word] = self._read(word)
        return found


class Heard(NamedTuple):
    """The entries said in a text by the number of their first word, and where its gaps and words by turns begin."""

    said: list[tuple[int, list[Entry]]]
    edges: list[int]


class Vocabulary:
    """The words of rules by their first part: whole, a beginning (``avsätt*``) or an ending (``*avgift``)."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries: list[Entry] = []
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._endings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._inside: list[tuple[str, int]] = []
        for rule in rules:
            for word in rule.words:
                first, *rest = word.lower().split()
                self._file(first, len(self._entries))
                self._entries.append(Entry(rule, 1 + len(rest), rest, len(first)))
        self._starts = {len(letters) for letters in self._beginnings}
        self._ends = {len(letters) for letters in self._endings}
        self.known = Openings(self._beginning_with)

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

    def _beginning_with(self, token: str) -> Opening | None:
        """What a word is, or is the first part of: the longest first, then in the rules' order."""
        candidates = self._candidates(token)
        if not candidates:
            return None
        found = sorted((-entry.size, -entry.letters, order) for order in candidates if (entry := self._entries[order]))
        entries = tuple(self._entries[order] for _, _, order in found)
        if any(entry.size == 1 for entry in entries):
            return Opening(entries, None, ())
        seconds = {entry.rest[0] for entry in entries}
        begins = tuple(word[:-1] for word in seconds if word.endswith("*"))
        return Opening(entries, frozenset(seconds), begins)

    def _candidates(self, token: str) -> list[int]:
        found = list(self._whole.get(token, ()))
        for size in self._starts:
            if drawer := self._beginnings.get(token[:size]):
                found += [order for stem, order in drawer if token.startswith(stem)]
        for size in self._ends:
            if drawer := self._endings.get(token[-size:]):
                found += [order for stem, order in drawer if token.endswith(stem)]
        return found + [order for stem, order in self._inside if stem in token]


class Lexicon:
    """Some rules of a vocabulary; every text is given in small letters."""

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary | None = None) -> None:
        own = tuple(rules)
        self._own = frozenset(rule.id for rule in own)
        self._stems = stems(word.lower() for rule in own for word in rule.words)
        self._vocabulary = vocabulary or Vocabulary(own)

    def find(self, text: str, start: int = 0, end: int | None = None, *, whole: Span | None = None) -> list[Cue]:
        """Every cue in ``text[start:end]``, left to right, longest first, never overlapping.

        ``whole`` is the sentence around it, whose words are read once for all that is asked of it.

        >>> words = Lexicon((Rule("kind.rate", "", ("*avgift", "tak på")),))
        >>> [(cue.start, cue.end) for cue in words.find("en passavgift med tak på 5 kronor")]
        [(3, 13), (18, 24)]
        """
        stop = len(text) if end is None else end
        begin, end = (start, stop) if whole is None or _splits(text, start) or _splits(text, stop) else whole
        said, edges = _hear(text[begin:end], self._vocabulary)
        own, free, found = self._own, 0, []
        for index, entries in said:
            first = begin + edges[2 * index + 1]
            if first >= stop:
                break
            if index >= free and start <= first:
                for entry in entries:
                    if entry.rule.id in own and (last := begin + edges[2 * (index + entry.size)]) <= stop:
                        free = index + entry.size
                        found.append(Cue(entry.rule, first, last))
                        break
        return found

    def first(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The leftmost cue in ``text[start:end]``; without the stem of a word there is none."""
        piece = text[start:end]
        if not any(map(piece.__contains__, self._stems)):
            return None
        return next(iter(self.find(text, start, end)), None)

    def last(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The rightmost cue in ``text[start:end]``."""
        return next(reversed(self.find(text, start, end)), None)


def _splits(text: str, at: int) -> bool:
    """Whether an edge may lie within a word."""
    return 0 < at < len(text) and not (OUTSIDE.match(text, at - 1) or OUTSIDE.match(text, at))


# The three columns, and all sums of a sentence, ask about the same words: the last few answers are kept.
@lru_cache(maxsize=32)
def _hear(text: str, vocabulary: Vocabulary) -> Heard:
    pieces = TOKEN.split(text)  # a gap and a word by turns
    words = pieces[1::2]
    following = [*words[1:], ""]
    known = enumerate(map(vocabulary.known.__getitem__, words))
    said = []
    for index, (entries, next_words, next_begins) in [(at, opening) for at, opening in known if opening]:  # one in ten
        follows = following[index]
        here = _parted(words, index, entries, pieces) if follows in FOLLOWING else []
        if next_words is None or follows in next_words or follows.startswith(next_begins):
            here += [
                each
                for each in entries  # a common word begins dozens of phrases: first whether the next word can be theirs
                if each.size == 1
                or (each.rest[0] == follows or each.rest[0][-1] == "*")
                and _follows(words, index + 1, each.rest, pieces)
            ]
        if here:
            said.append((index, here))
    return Heard(said, list(accumulate(map(len, pieces), initial=0)) if said else [])


def _parted(words: list[str], index: int, entries: tuple[Entry, ...], pieces: list[str]) -> list[Entry]:
    """The phrases that a word begins and goes on with after an adverbial: ``betalades i dag ut``, as long as said."""
    adverbs = adverbial_at(words, index + 1)
    start = index + 1 + adverbs
    parted = (each for each in entries if adverbs and each.size > 1 and _follows(words, start, each.rest, pieces))
    return [each._replace(size=each.size + adverbs) for each in parted]


def _follows(words: list[str], index: int, rest: list[str], pieces: list[str]) -> bool:
    """Whether the words from ``index`` are the rest of a phrase, with but space and quotation marks before each."""
    following = words[index : index + len(rest)]
    if following != rest and not (len(following) == len(rest) and all(map(_is_part, following, rest))):
        return False
    return all(piece.rstrip(QUOTED).isspace() for piece in pieces[2 * index : 2 * (index + len(rest)) : 2])


def _is_part(word: str, part: str) -> bool:
    return word == part or (part.endswith("*") and word.startswith(part[:-1]))


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
