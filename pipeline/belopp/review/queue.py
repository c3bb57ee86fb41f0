"""The queue: every sum that wants a decision, doubt first, as filtered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

    def takes(self, item: Item) -> bool:
        """Whether a sum is among those wanted."""
        standing = item.standing
        if not self.done and standing.rank == DONE:
            return False
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
    """How many sums wait in each rank."""
    found = dict.fromkeys(range(5), 0)
    for item in items:
        found[item.standing.rank] += 1
    return found
