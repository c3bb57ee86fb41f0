"""What changed in money between two runs: what each of them would post, added up and held against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from belopp.ledger.planning import Planned, Posting, plan
from belopp.ledger.runs import Run, read_run

BY: Final = ("area", "payer", "recipient", "year", "status", "expenditure_area", "commitment")
USUAL: Final = ("area", "payer", "year")


@dataclass(frozen=True, slots=True)
class Sum:
    """What some postings come to, in minor units: ``amount`` to ``high``, which differ where ranges stand."""

    amount: int = 0
    high: int = 0
    postings: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A group that does not come to the same in both runs; ``by`` and ``group`` are empty for all that is posted."""

    by: tuple[str, ...]
    group: tuple[str, ...]
    currency: str
    before: Sum
    after: Sum

    @property
    def difference(self) -> int:
        """What the later run posts more, in minor units; of ranges that differ at their upper end only, 0."""
        return self.after.amount - self.before.amount

    @property
    def moved(self) -> bool:
        """Whether the money differs; the same sum in more or fewer postings does not."""
        return (self.before.amount, self.before.high) != (self.after.amount, self.after.high)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs, what each posts in all by currency, what differs, and how many commitments came, went and changed.

    ``refused`` are the rows of each run that cannot be posted.
    """

    before: str
    after: str
    totals: tuple[Change, ...]
    changes: tuple[Change, ...]
    gained: int
    lost: int
    changed: int
    refused: tuple[int, int]

    @property
    def found(self) -> bool:
        """Whether any money moved."""
        return bool(self.changes)


def difference(
    before: Path, after: Path, *, by: Iterable[str] = USUAL, together: bool = False, horizon: int = 0
) -> Difference:
    """What the run in ``after`` would post otherwise than that in ``before``, by each of ``by`` or by all of them.

    Both are posted as if to an empty ledger; no database is needed.  ``horizon`` is the last year of yearly sums
    without an end (0: the last that each publication names).  Raises :class:`NotARun`.
    """
    runs = [read_run(folder) for folder in (before, after)]
    old, new = (_planned(run, horizon) for run in runs)
    ways = [tuple(by)] if together else [(name,) for name in by]
    everything = _held(old, new, ())
    held = [*everything, *(change for way in ways for change in _held(old, new, way))]
    return Difference(
        before=str(before),
        after=str(after),
        totals=everything,
        changes=tuple(change for change in held if change.moved),
        gained=len(new.keys() - old.keys()),
        lost=len(old.keys() - new.keys()),
        changed=sum(set(old[name].postings) != set(new[name].postings) for name in old.keys() & new.keys()),
        refused=(len(runs[0].material.refused), len(runs[1].material.refused)),
    )


def _planned(run: Run, horizon: int) -> dict[str, Planned]:
    about = {publication.doc: publication for publication in run.material.publications}
    return plan(run.material.statements, about, horizon=horizon)


def _held(before: Mapping[str, Planned], after: Mapping[str, Planned], by: tuple[str, ...]) -> tuple[Change, ...]:
    """Every group of either plan, the greatest differences first."""
    old, new = _sums(before, by), _sums(after, by)
    found = [
        Change(by, group, currency, old.get((group, currency), Sum()), new.get((group, currency), Sum()))
        for group, currency in {**old, **new}
    ]
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[bool, str, int, int, tuple[str, ...]]:
    high = change.after.high - change.before.high
    return change.currency != "SEK", change.currency, -abs(change.difference), -abs(high), change.group


def _sums(planned: Mapping[str, Planned], by: tuple[str, ...]) -> dict[tuple[tuple[str, ...], str], Sum]:
    sums: dict[tuple[tuple[str, ...], str], Sum] = defaultdict(Sum)
    for name, item in planned.items():
        for posting in item.postings:
            key = tuple(_dimension(posting, name, way) for way in by), posting.currency
            so_far = sums[key]
            sums[key] = Sum(so_far.amount + posting.amount, so_far.high + posting.high, so_far.postings + 1)
    return dict(sums)


def _dimension(posting: Posting, commitment: str, way: str) -> str:
    if way == "commitment":
        return commitment
    return posting.period if way == "year" else str(getattr(posting, way))  # several years stand as their period
