"""Commitments: the same money, whichever publications tell of it, named and told of once.

``Commitments`` is filled with the lines of a corpus a document at a time, ``settle`` groups them, and then every
document's lines can be given their ``commitment_id`` and every commitment's line be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from belopp.commitments.blocks import Blocks, TooMany
from belopp.commitments.cards import Card, cards_of, pack_cards, unpack_cards
from belopp.commitments.clusters import Clusters, cluster
from belopp.commitments.evidence import judge_of
from belopp.commitments.naming import Names
from belopp.commitments.statement import Statement, mentions_of, statements
from belopp.commitments.store import Store
from belopp.commitments.telling import line
from belopp.commitments.wholes import Wholes
from belopp.rulebook import Rulebook
from belopp.tables import AMOUNTS, Line, places

__all__ = [
    "Card", "Commitments", "Statement", "TooMany", "cards_of", "judge_of", "pack_cards", "statements", "unpack_cards",
]  # fmt: skip

_DOC, _START, _ID = places(AMOUNTS, "doc", "start", "commitment_id")


class Commitments:
    """The commitments of a corpus.  Bounded memory: the statements themselves lie in a temporary file.

    Documents are added in the order of their ids; of pairs that agree equally well the earlier is then joined first.
    """

    def __init__(self, book: Rulebook) -> None:
        self._judge = judge_of(book.areas)
        self._store = Store()
        self._blocks = Blocks()
        self._wholes = Wholes()
        self._clusters = Clusters(0)
        self._names = Names()
        self._first: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def add(self, lines: Sequence[Line]) -> None:
        """Take in the lines of ``amounts`` of one document, each document once.  Raises :class:`TooMany`."""
        if lines:
            self.add_cards(str(lines[0][_DOC]), cards_of(lines, self._judge))

    def add_cards(self, doc: str, cards: Sequence[Card]) -> None:
        """Take in the cards of one document, each document once.  Raises :class:`TooMany`."""
        if not cards:
            return
        numbers = [self._store.add(card.packed) for card in cards]
        self._first[doc] = numbers[0]
        self._wholes.add([card.whole for card in cards], numbers)
        for number, card in zip(numbers, cards, strict=True):
            self._blocks.add(number, card, document=len(self._first))
            self._names.add(card.name)

    def settle(self) -> None:
        """Group what was added; afterwards nothing more can be."""
        self._clusters = cluster(self._store, self._blocks, self._judge)
        self._names.settle(self._store, self._clusters, self._judge)
        self._wholes.settle(self._store, self._clusters)

    def filled(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines of one document with the ``commitment_id`` of each sum that is funding."""
        names: dict[object, str] = {}
        first = self._first.get(str(lines[0][_DOC]), 0) if lines else 0
        for number, mentions in enumerate(mentions_of(lines), first):
            for one in mentions:
                names[one[_START]] = self._names.of(self._clusters.root(number))
        return tuple((*one[:_ID], names.get(one[_START], ""), *one[_ID + 1 :]) for one in lines)

    def lines(self) -> Iterator[Line]:
        """The lines of ``commitments``, in the order of their first documents."""
        for root, one in enumerate(self._store.all()):
            if self._clusters.root(root) == root:
                members = self._clusters.members(root)
                told = [one] if len(members) == 1 else [self._store.read(number) for number in members]
                parent, *others = [self._names.of(whole) for whole in self._wholes.of(root)] or [""]
                yield line(self._names.of(root), told, parent, others, self._judge)
