"""The sums tree of a document: each stated total over its parts, with its verdict and what remains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from belopp.model import Check
from belopp.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Branch:
    """A sum, its parts, and each breakdown of it held against it."""

    standing: Standing
    parts: tuple[Branch, ...] = ()
    checks: tuple[Check, ...] = ()


def sums_tree(all_: Sequence[Standing], checks: Sequence[Check]) -> list[Branch]:
    """The totals that are part of no other, in text order; sums without parts that are no part are left out."""
    there = [each for each in all_ if each.state not in ("rejected", "extra")]
    by_start = {each.row.start: each for each in there}
    parts: dict[int, list[Standing]] = defaultdict(list)
    for each in there:
        if each.row.part_of in by_start and each.row.part_of != each.row.start:
            parts[each.row.part_of].append(each)
    held: dict[int, list[Check]] = defaultdict(list)
    for one in checks:
        held[one.total].append(one)

    def branch(standing: Standing, above: frozenset[int]) -> Branch:
        start = standing.row.start
        below = [part for part in parts[start] if part.row.start not in above]
        return Branch(
            standing, tuple(branch(part, above | {part.row.start}) for part in below), tuple(held.get(start, ()))
        )

    tops = [each for each in there if each.row.part_of not in by_start and each.row.start in parts]
    return [branch(each, frozenset({each.row.start})) for each in tops]


def remainder(branch: Branch) -> Decimal:
    """The total less its exact parts as they stand; parts in other currencies or units are not counted.

    Where parts follow several breakdowns the sum of all says nothing: the checks do.
    """
    whole = branch.standing.row
    return whole.high - sum((part.standing.row.high for part in branch.parts), Decimal(0))
