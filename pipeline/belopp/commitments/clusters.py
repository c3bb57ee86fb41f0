"""Joins statements into commitments: the strongest evidence first, and never two that contradict each other."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from belopp.commitments.blocks import Blocks
from belopp.commitments.evidence import COMPANION, ENOUGH, WORTH_HELP, Judge, days_between
from belopp.commitments.statement import Statement
from belopp.commitments.store import Store


class Clusters:
    """Which commitment each statement belongs to: by number, the number of the commitment's first statement."""

    def __init__(self, count: int) -> None:
        self._root = array("i", range(count))
        self._members: dict[int, list[int]] = {}

    def root(self, number: int) -> int:
        """The first statement of a statement's commitment."""
        return self._root[number]

    def members(self, root: int) -> Sequence[int]:
        """The statements of a commitment, by number."""
        return self._members.get(root, (root,))

    def roots(self) -> Iterator[int]:
        """Every commitment, by its first statement, in order."""
        return (number for number, root in enumerate(self._root) if number == root)

    def joined(self) -> Sequence[int]:
        """The commitments of more than one statement."""
        return sorted(self._members)

    def join(self, one: int, other: int) -> None:
        """Make two commitments one."""
        first, second = sorted((self._root[one], self._root[other]))
        joined = sorted((*self.members(first), *self.members(second)))
        for number in self._members.pop(second, [second]):
            self._root[number] = first
        self._members[first] = joined


class Pair(NamedTuple):
    """Two statements that may be one money: how much speaks for it (negated), days between them, their numbers."""

    against: int
    days: int
    one: int
    other: int


def cluster(store: Store, blocks: Blocks, judge: Judge) -> Clusters:
    """Join the statements of a store."""
    found = Clusters(len(store))
    for pair in sorted(_pairs(store, blocks, judge)):
        one, other = found.root(pair.one), found.root(pair.other)
        if one != other and not _split(found.members(one), found.members(other), store, judge):
            found.join(one, other)
    return found


def _pairs(store: Store, blocks: Blocks, judge: Judge) -> Iterator[Pair]:
    """The pairs for which enough speaks: by themselves, or because other sums of their publications agree, too."""
    found = _agreeing(store, blocks, judge)
    by_documents: dict[tuple[str, str], list[Pair]] = {}
    for pair in found:
        documents = store.read(pair.one).doc, store.read(pair.other).doc
        by_documents.setdefault(documents, []).append(pair)
    for pairs in by_documents.values():
        ones, others = Counter(pair.one for pair in pairs), Counter(pair.other for pair in pairs)
        for pair in pairs:
            helped = len(pairs) > ones[pair.one] + others[pair.other] - 1  # some pair shares neither with this one
            if -pair.against + COMPANION * helped >= ENOUGH:
                yield pair._replace(against=pair.against - COMPANION * helped)


def _agreeing(store: Store, blocks: Blocks, judge: Judge) -> set[Pair]:
    found: set[Pair] = set()
    for one, other in blocks.pairs():
        mine, theirs = store.read(one), store.read(other)
        if not judge.contradict(mine, theirs) and (weight := judge.weigh(mine, theirs)) >= WORTH_HELP:
            found.add(Pair(-weight, days_between(mine, theirs), one, other))
    return found


def _split(ones: Sequence[int], others: Sequence[int], store: Store, judge: Judge) -> bool:
    """Whether a statement of one commitment contradicts one of the other."""
    mine, theirs = [store.read(one) for one in ones], [store.read(other) for other in others]
    if {one.doc for one in mine} & {other.doc for other in theirs}:
        return True
    return any(judge.contradict(one, other) for one in _shapes(mine) for other in _shapes(theirs))


def _shapes(statements: Sequence[Statement]) -> Sequence[Statement]:
    """One of each kind of statement: a commitment told a hundred times has a few."""
    return list({one[5:11] + one[11:13]: one for one in statements}.values())
