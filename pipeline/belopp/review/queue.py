"""The queue: every sum that wants a decision, doubt first, as filtered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from belopp.review.desk import Desk
from belopp.review.findings import Listed
from belopp.review.standing import DONE, Standing


class Item(NamedTuple):
    """A sum in the queue and the document that it stands in."""

    listed: Listed
    standing: Standing


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue shows; ``""`` is anything.  Document, area and payer are parts of words, in any case."""

    document: str = ""
    area: str = ""
    payer: str = ""
    verdict: str = ""
    column: str = ""
    done: bool = False

    def among(self, items: Sequence[Item]) -> Sequence[Item]:
        """Those that are wanted of the sums in the order of the queue, whose last are those that are done."""
        waiting = items if self.done else items[: bisect_left(items, DONE, key=_rank)]
        return waiting if self == Filters(done=self.done) else [item for item in waiting if self.takes(item)]

    def takes(self, item: Item) -> bool:
        """Whether a sum is among those wanted, done or not."""
        standing = item.standing
        if self.verdict and standing.verdict != self.verdict:
            return False
        if self.column and self.column not in standing.differs and not (
            self.column == "row" and standing.state in ("extra", "missed")
        ):  # fmt: skip
            return False
        return (
            _within(self.area, standing.row.area)
            and _within(self.payer, "|".join(standing.row.payer))
            and _within(self.document, f"{item.listed.doc}\n{item.listed.title}")
        )


def _within(wanted: str, said: str) -> bool:
    return not wanted or wanted.casefold() in said.casefold()


def in_order(desk: Desk) -> list[Item]:
    """Every sum by rank, then by doubt, then in the order of the run."""
    items = list(everything(desk))
    items.sort(key=lambda item: (item.standing.rank, -item.standing.doubt if item.standing.rank else 0))
    return items


def everything(desk: Desk) -> Iterable[Item]:
    """Every sum of the run and its gold, in the order of the run."""
    for key, listed in desk.findings.documents.items():
        for standing in desk.standings(key):
            yield Item(listed, standing)


def next_document(desk: Desk, after: str) -> Item | None:
    """The first sum that waits in another document than ``after``; of equal rank a later document goes first."""
    order = {key: place for place, key in enumerate(desk.findings.documents)}
    here = order.get(after, -1)
    best: tuple[tuple[int, bool, int], Item] | None = None
    for item in everything(desk):
        place = order[item.listed.key]
        rank = (item.standing.rank, place < here, place)
        if item.standing.rank < DONE and place != here and (best is None or rank < best[0]):
            best = (rank, item)
    return best[1] if best else None


def counts(items: Sequence[Item]) -> dict[int, int]:
    """How many sums in the order of the queue are of each rank."""
    ends = [bisect_right(items, rank, key=_rank) for rank in range(DONE + 1)]
    return {rank: end - start for rank, (start, end) in enumerate(pairwise([0, *ends]))}


def _rank(item: Item) -> int:
    return item.standing.rank
