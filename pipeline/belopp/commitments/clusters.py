"""Joins statements into commitments: the strongest evidence first, and never two that contradict each other."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from belopp.commitments.evidence import COMPANION, ENOUGH, WORTH_HELP, Judge, days_between
from belopp.commitments.statement import Statement
from belopp.commitments.store import Store

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    from belopp.commitments.blocks import Blocks

    Numbers = numpy.typing.NDArray[numpy.uint64]
    Documents = numpy.typing.NDArray[numpy.uint32]

# Pairs looked at together.
_PART: Final = 100_000
# The days of ten thousand years.
_DAY_BITS: Final = 22


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


class Pairs:
    """Pairs of statements that may be one money, each with how much speaks for it and the days between them.

    Twelve bytes a pair: a corpus has many more of them than of commitments.
    """

    def __init__(self) -> None:
        self._pairs = array("Q")
        self._ranks = array("I")

    def add(self, one: int, other: int, weight: int, days: int) -> None:
        """Keep a pair; one that is kept again changes nothing."""
        self._pairs.append(one << 32 | other)
        self._ranks.append(_rank(weight, days))

    def enough(self, documents: Documents) -> Iterator[tuple[int, int, int]]:
        """The pairs for which enough speaks: by themselves, or because other sums of their publications agree, too.

        Each comes with its rank, the strongest first; of equally strong ones those told within fewer days come
        first, then those of earlier documents.  ``documents`` tells the document of each statement by its number.
        """
        import numpy as np

        pairs, ranks = np.frombuffer(self._pairs, dtype=np.uint64), np.frombuffer(self._ranks, dtype=np.uint32)
        # Those of one document stand in one part: what is made of a part for a while needs little memory.
        parts = len(pairs) // _PART + 1
        part_of = documents[pairs >> 32] % parts
        parted = (np.flatnonzero(part_of == part) for part in range(parts))
        found = [_enough(pairs[part], ranks[part], documents) for part in parted]
        pairs, ranks = (np.concatenate(column) for column in zip(*found, strict=True))
        for place in np.lexsort((pairs, ranks)):
            pair = int(pairs[place])
            yield pair >> 32, pair & 0xFFFFFFFF, int(ranks[place])


def _enough(pairs: Numbers, ranks: Documents, documents: Documents) -> tuple[Numbers, Documents]:
    """Of some pairs those for which enough speaks, each once, and their ranks."""
    import numpy as np

    pairs, first = np.unique(pairs, return_index=True)
    help_ = np.uint32(_rank(0, 0) - _rank(COMPANION, 0))
    ranks = ranks[first] - help_ * _helped(pairs, documents)
    enough = ranks < _rank(ENOUGH - 1, 0)
    return pairs[enough], ranks[enough]


def _helped(pairs: Numbers, documents: Documents) -> numpy.typing.NDArray[numpy.bool_]:
    """Whether each pair has a companion: one of the same two documents that shares neither of its sums."""
    import numpy as np

    ends = pairs >> 32, pairs & 0xFFFFFFFF
    both = np.unique(documents[ends[0]].astype(np.uint64) << 32 | documents[ends[1]], return_inverse=True)[1]
    alike = np.bincount(both)[both]
    sharing = np.zeros(len(pairs), dtype=np.int64)
    for end in ends:
        _, which, times = np.unique(both.astype(np.uint64) << 32 | end, return_inverse=True, return_counts=True)
        sharing += times[which]
    return np.asarray(alike > np.maximum(sharing - 1, 1))


def _rank(weight: int, days: int) -> int:
    """A number of 29 bits that is the smaller the more speaks for a pair, and the fewer days lie between."""
    return (1 << 6) - weight << _DAY_BITS | days


def cluster(store: Store, blocks: Blocks, judge: Judge) -> Clusters:
    """Join the statements of a store."""
    pairs = Pairs()
    for one, other in blocks.pairs():
        mine, theirs = store.read(one), store.read(other)
        if weight := agreement(mine, theirs, judge):
            pairs.add(one, other, weight, days_between(mine, theirs))
    return join(((one, other) for one, other, _ in pairs.enough(blocks.documents())), store, judge)


def agreement(one: Statement, other: Statement, judge: Judge) -> int:
    """How much speaks for two statements; 0 for too little, or when they contradict each other."""
    if judge.contradict(one, other):
        return 0
    weight = judge.weigh(one, other)
    return weight if weight >= WORTH_HELP else 0


def join(pairs: Iterable[tuple[int, int]], store: Store, judge: Judge) -> Clusters:
    """Join the statements of a store by pairs that may be one money, the strongest first."""
    found = Clusters(len(store))
    for one, other in pairs:
        first, second = found.root(one), found.root(other)
        if first != second and not _split(found.members(first), found.members(second), store, judge):
            found.join(first, second)
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
