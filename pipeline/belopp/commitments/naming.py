"""The names of commitments: a short hash of what the first publication that told of one says of it."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping
from typing import Final

from belopp.commitments.clusters import Clusters
from belopp.commitments.evidence import Judge
from belopp.commitments.statement import Statement
from belopp.commitments.store import Store
from belopp.tables import decimal_text

PREFIX: Final = "c-"
_BYTES: Final = 6
_UNDATED: Final = "9999"


def first_told(one: Statement) -> tuple[str, str, int]:
    """By what the first of several statements is known: its date, then its document, then its place."""
    return one.published or _UNDATED, one.doc, one.places[0][0]


class Names:
    """The names of commitments, as whole numbers: by statement first, once settled by commitment."""

    def __init__(self) -> None:
        self._names = array("Q")

    def add(self, name: int) -> None:
        """Take in a statement, in the order of their numbers: the name of its commitment, should it be the first."""
        self._names.append(name)

    def settle(self, store: Store, clusters: Clusters, judge: Judge) -> None:
        """Name each commitment for the statement that was the first to tell of it."""
        first = {root: _first(root, store, clusters) for root in clusters.joined()}
        own = array("Q", self._names)
        for root, number in first.items():
            own[root] = self._names[number]
        self._names = own
        self._tell_apart(first, store, clusters, judge)

    def _tell_apart(self, first: Mapping[int, int], store: Store, clusters: Clusters, judge: Judge) -> None:
        """Give commitments of one key (a sum listed twice in one publication) names by their order."""
        names, taken, twice = self._names, set[int](), set[int]()
        for root in clusters.roots():
            (twice if names[root] in taken else taken).add(names[root])
        twins = [(store.read(first.get(root, root)), root) for root in clusters.roots() if names[root] in twice]
        for one, root in sorted(twins, key=lambda twin: first_told(twin[0])):
            if names[root] in twice:  # the first of them keeps the name
                twice.remove(names[root])
                continue
            nth = 2
            while (other := nth_name(key(one, judge), nth)) in taken:
                nth += 1
            taken.add(other)
            names[root] = other

    def of(self, root: int) -> str:
        """The name of a commitment."""
        return written(self._names[root])


def _first(root: int, store: Store, clusters: Clusters) -> int:
    """The statement that was the first to tell of a commitment."""
    return min(clusters.members(root), key=lambda number: first_told(store.read(number)))


def written(name: int) -> str:
    """The name as the tables hold it.

    >>> written(255)
    'c-0000000000ff'
    """
    return f"{PREFIX}{name:012x}"


def key(one: Statement, judge: Judge) -> str:
    """What makes a commitment this one: what for, when, whose, to whom, how much, added or taken away, how often."""
    value = one.values[one.exact]
    area = judge.area(one)
    figures = (decimal_text(value.low), decimal_text(value.high), value.currency)
    names = ("|".join(one.payer), "|".join(one.recipient))
    return "\n".join(
        (area.canonical or " ".join(sorted(area.words)), one.period, *names, *figures, one.change, one.per)
    )


def nth_name(key: str, nth: int = 1) -> int:
    """The name of the first, second ... commitment of one key, by what was told first."""
    text = key if nth == 1 else f"{key}\n{nth}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:_BYTES])
