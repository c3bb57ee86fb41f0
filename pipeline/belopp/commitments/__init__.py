"""Commitments: the same money, whichever publications tell of it, named and told of once.

``Commitments`` is filled with the lines of a corpus a document at a time, ``settle`` groups them, and then every
document's lines can be given their ``commitment_id`` and every commitment's line be written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from belopp.commitments.blocks import Blocks
from belopp.commitments.clusters import Clusters, cluster
from belopp.commitments.evidence import Judge
from belopp.commitments.naming import name_all, written
from belopp.commitments.statement import Statement, statements
from belopp.commitments.store import Store
from belopp.commitments.telling import line
from belopp.commitments.wholes import Wholes
from belopp.rulebook import Rulebook
from belopp.tables import AMOUNTS, Line, places

__all__ = ["Commitments", "Statement", "statements"]

_START, _ID = places(AMOUNTS, "start", "commitment_id")


class Commitments:
    """The commitments of a corpus.  Bounded memory: the statements themselves lie in a temporary file.

    The order in which documents are added decides nothing but the order of the lines.
    """

    def __init__(self, book: Rulebook) -> None:
        self._judge = Judge(book.areas)
        self._store = Store()
        self._blocks = Blocks()
        self._wholes = Wholes()
        self._clusters = Clusters(0)
        self._names: array[int] = array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def add(self, lines: Sequence[Line]) -> None:
        """Take in the lines of ``amounts`` of one document, each document once."""
        told = list(statements(lines))
        numbers = self._store.add(told)
        self._wholes.add(told, numbers)
        for number, one in zip(numbers, told, strict=True):
            self._blocks.add(number, one, self._judge.area(one))

    def settle(self) -> None:
        """Group what was added; afterwards nothing more can be."""
        self._clusters = cluster(self._store, self._blocks, self._judge)
        self._names = name_all(self._store, self._clusters, self._judge)
        self._wholes.settle(self._store, self._clusters)

    def filled(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines of one document with the ``commitment_id`` of each sum that is funding."""
        names = self._by_start(lines)
        return tuple((*one[:_ID], names.get(one[_START], ""), *one[_ID + 1 :]) for one in lines)

    def _by_start(self, lines: Sequence[Line]) -> Mapping[object, str]:
        names: dict[object, str] = {}
        for number, one in self._store.of(str(lines[0][0])) if lines else ():
            for start, _ in one.places:
                names[start] = written(self._names[number])
        return names

    def lines(self) -> Iterator[Line]:
        """The lines of ``commitments``, in the order of their first documents."""
        for root in range(len(self._store)):
            if self._clusters.root(root) == root:
                told = [self._store.read(number) for number in self._clusters.members(root)]
                parent, *others = [written(self._names[whole]) for whole in self._wholes.of(root)] or [""]
                yield line(written(self._names[root]), told, parent, others, self._judge)
