"""The words of some rules as one pattern that a stage searches a text for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from belopp.composing import lowered
from belopp.rulebook.rule import Cue, Rule

LONG: Final = 600  # characters from which on only what stands around the stems is searched
REACH: Final = 200  # characters in which the words around a stem are looked for


class Cues:
    """The words of some rules as one pattern: leftmost, then longest, then in rule order.

    Every text is given in small letters, which the stages have at hand: to make them anew for each rule is dear.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        words = [(lowered(word), rule) for rule in rules for word in rule.words]
        words.sort(key=lambda pair: -len(pair[0]))  # stable: equal lengths keep the rules' order
        self._words = words
        self._stems = stems(word for word, _ in words)
        self._most = max((len(word.split()) for word, _ in words), default=0)
        self._open = [rule for word, rule in words if "*" in word]
        self._whole: dict[str, Rule] = {}
        for word, rule in words:
            self._whole.setdefault(" ".join(word.split()), rule)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The words in small letters, a group around each that is open; compiled when a stem of them has been met."""
        written = [(word_pattern(word), "*" in word) for word, _ in self._words]
        alternatives = "|".join(f"({pattern})" if is_open else pattern for pattern, is_open in written)
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])" if alternatives else r"(?!)")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Cue]:
        """Every cue in ``text[start:end]``, left to right, never overlapping."""
        if self.may_stand(text[start:end]):
            for begin, close in self._around(text, start, len(text) if end is None else end):
                for found in self._pattern.finditer(text, begin, close):
                    yield self._cue(found)

    def may_stand(self, text: str) -> bool:
        """Whether a stem of the words stands in a text: of ten sentences nine need no pattern."""
        for stem in self._stems:  # noqa: SIM110 (any() over a generator costs twice as much here)
            if stem in text:
                return True
        return False

    def stem_offsets(self, text: str, start: int = 0, end: int | None = None) -> list[int]:
        """Where the stems of the words stand in ``text[start:end]``, in order."""
        found = []
        for stem in self._stems:
            at = text.find(stem, start, end)
            while at >= 0:
                found.append(at)
                at = text.find(stem, at + 1, end)
        return sorted(found)

    def _around(self, text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The stretches that hold every cue: of a long text only what stands around the stems."""
        return ((start, end),) if end - start < LONG else self._around_stems(text, start, end)

    def _around_stems(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Around each stem as many words as a cue has at most; what overlaps is one stretch."""
        begin = close = start
        for at in self.stem_offsets(text, start, end):
            floor, ceiling = max(start, at - REACH), min(end, at + REACH)
            before, after = text[floor:at].rsplit(None, self._most), text[at:ceiling].split(None, self._most)
            first = floor + len(before[0]) if len(before) > self._most else start
            if first >= close:
                yield begin, close
                begin = first
            close = ceiling - len(after[-1]) if len(after) > self._most else end
        yield begin, close

    def _cue(self, found: re.Match[str]) -> Cue:
        which = found.lastindex
        rule = self._open[which - 1] if which else self._whole[" ".join(found[0].split())]
        return Cue(rule, *found.span())

    def first(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The leftmost cue in ``text[start:end]``."""
        stop = len(text) if end is None else end
        if stop - start > LONG:  # what a text tells of, it mostly tells at once
            early = self.first(text, start, start + LONG)
            if early and early.end < start + LONG - REACH:
                return early
        if self.may_stand(text[start:stop]):
            for begin, close in self._around(text, start, stop):
                if found := self._pattern.search(text, begin, close):
                    return self._cue(found)
        return None

    def last(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The rightmost cue in ``text[start:end]``."""
        if not self.may_stand(text[start:end]):
            return None
        return next(reversed([*self.find(text, start, end)]), None)


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """As few parts of the words as one of them stands in each: the longest part of a word, if none is there yet.

    >>> stems(["till och med", "bidraget", "statsbidrag*", "bidrag*", "per bidragstagare", "per dygn", "per dag"])
    ('per', 'till', 'bidrag')
    """
    found: list[str] = []
    parted = [word.replace("*", " ").split() for word in words]
    for parts in sorted(parted, key=lambda parts: max(map(len, parts))):
        if not any(stem in part for stem in found for part in parts):
            found.append(max(parts, key=len))
    return tuple(found)


def word_pattern(word: str) -> str:
    r"""The pattern of one rule word: ``*`` stands for any ending, a space for any white space.

    >>> word_pattern("till och med")
    'till\\s+och\\s+med'
    >>> word_pattern("avis*")
    'avis\\w*'
    >>> word_pattern("* kommun")
    '\\w*+\\s+kommun'
    """
    written = r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())
    return written.replace(r"\w*\s", r"\w*+\s")  # a letter given back would not be the white space that follows
