"""Which commitment is part of which: what the documents say of their sums, one tree out of all of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from decimal import Decimal

from belopp.commitments.clusters import Clusters
from belopp.commitments.statement import Statement
from belopp.commitments.store import Store


class Wholes:
    """By statement, the statement of the same document that it is part of; once settled, by commitment."""

    def __init__(self) -> None:
        self._of = array("i")
        self._settled: dict[int, tuple[int, ...]] = {}

    def add(self, wholes: Sequence[int | None], numbers: Sequence[int]) -> None:
        """Take in the statements of one document: by place what :func:`wholes_of` says of each, and its number."""
        self._of.extend(-1 if place is None else numbers[place] for place in wholes)

    def settle(self, store: Store, clusters: Clusters) -> None:
        """Find the wholes of each commitment, the tightest first; none is part of itself by any way."""
        for root in clusters.roots():
            found = {clusters.root(self._of[one]) for one in clusters.members(root) if self._of[one] >= 0}
            apart = [whole for whole in found if not self._leads(whole, root)]
            if len(apart) > 1:
                apart.sort(key=lambda whole: (_size(whole, store, clusters), whole))
            if apart:
                self._settled[root] = tuple(apart)

    def _leads(self, start: int, root: int) -> bool:
        """Whether a commitment is, or is part of, another by the tightest wholes found so far."""
        waiting, seen = [start], set()
        while waiting:
            at = waiting.pop()
            if at == root:
                return True
            if at not in seen:
                seen.add(at)
                waiting.extend(self._settled.get(at, ()))
        return False

    def of(self, root: int) -> tuple[int, ...]:
        """The commitments that one is part of, by their roots, the tightest first."""
        return self._settled.get(root, ())


def wholes_of(told: Sequence[Statement]) -> list[int | None]:
    """By statement of one document, the place among them of the one that it is part of."""
    by_start = {start: place for place, one in enumerate(told) for start, _ in one.places}
    return [by_start.get(one.part_of) for one in told]


def _size(root: int, store: Store, clusters: Clusters) -> Decimal:
    told = [store.read(number) for number in clusters.members(root)]
    return min(one.values[one.exact].high for one in told)
