"""One commitment, from all that is stated of it: its most exact statement, its years, and how far it has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from belopp.arithmetic import interval
from belopp.ledger.money import to_major, to_minor
from belopp.ledger.statements import Publication, Statement
from belopp.ledger.years import Slice, is_open, slices
from belopp.model import CERTAINTY


@dataclass(frozen=True, slots=True)
class Commitment:
    """The same money wherever it is stated.

    ``key`` is the most exact statement, ``slices`` what it comes to in each year, ``sign`` -1 for a decrease;
    ``statements`` are ordered by date, document and place, old levels among them.
    """

    id: str
    key: Statement
    statements: tuple[Statement, ...]
    slices: tuple[Slice, ...]
    sign: int
    area: str
    expenditure_area: str
    payer: str
    recipient: str
    period: str
    per: str
    status: str
    horizon: int

    @property
    def low(self) -> int:
        """The sum over all years, in minor units."""
        return sum(piece.low for piece in self.slices)

    @property
    def high(self) -> int:
        """The upper end over all years."""
        return sum(piece.high for piece in self.slices)

    def bounds(self) -> tuple[int, int]:
        """The sums over all years that the statement may stand for, from its rounding and hedge."""
        currency = self.key.currency
        ends = interval(to_major(self.key.low, currency), to_major(self.key.high, currency), self.key.modifier)
        times = len(self.slices)
        return _minor(ends.low, currency) * times, _minor(ends.high, currency) * times


def _minor(value: Decimal, currency: str) -> int:
    exponent = to_minor(Decimal(1), currency)
    return int(value * exponent)


def commitments(
    statements: Iterable[Statement], publications: Mapping[str, Publication], *, horizon: int = 0
) -> dict[str, Commitment]:
    """The commitments by id.  Those of which only old levels are stated, ``från X``, are left out."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    first: dict[tuple[str, int], Statement] = {}
    for statement in statements:
        groups[statement.commitment_id].append(statement)
        first[statement.doc, statement.start] = statement
    found = {}
    for name, group in sorted(groups.items()):
        if not all(statement.old_level for statement in group):
            found[name] = _commitment(name, group, first, publications, horizon)
    return found


def _commitment(
    name: str,
    group: list[Statement],
    first_said: Mapping[tuple[str, int], Statement],
    publications: Mapping[str, Publication],
    horizon: int,
) -> Commitment:
    def dated(statement: Statement) -> tuple[str, str, int]:
        return publications[statement.doc].published, statement.doc, statement.start

    group.sort(key=dated)
    counted = [statement for statement in group if not statement.old_level]
    # Stable: the earliest of equals comes first.
    ranked = sorted(counted, key=lambda statement: _exactness(statement, first_said))
    key = ranked[0]
    period = _first(statement.period for statement in ranked)
    per = key.per or _per_of_total(key, first_said)
    last = horizon or max(publications[s.doc].last_year for s in counted if s.period == period)
    first = int(publications[key.doc].published[:4] or 0)
    return Commitment(
        id=name,
        key=key,
        statements=tuple(group),
        slices=slices(key.low, key.high, period, per, first=first, horizon=last),
        sign=-1 if key.change == "decrease" else 1,
        area=_first(s.canonical for s in ranked) or _first(s.area for s in ranked),
        expenditure_area=_first(s.expenditure_area for s in ranked),
        payer=_first(s.payer for s in ranked),
        recipient=_first(s.recipient for s in ranked),
        period=period,
        per=per,
        # a commitment moves on, and does not move back because a later text repeats it
        status=max((s.status for s in counted), key=CERTAINTY.index),
        horizon=last if per == "year" and is_open(period) else 0,
    )


def _per_of_total(part: Statement, first_said: Mapping[tuple[str, int], Statement]) -> str:
    """``50 miljoner årligen 2024-2026, varav 20 till regionerna``: the part is yearly as its total is."""
    total = first_said.get((part.doc, -1 if part.part_of is None else part.part_of))
    return total.per if total and total.per == "year" and total.period == part.period else ""


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _exactness(
    statement: Statement, first_said: Mapping[tuple[str, int], Statement]
) -> tuple[bool, bool, bool, bool, int, bool]:
    """Most exact first: a single unhedged sum with the most digits.

    After that comes a restatement of only a part (the cell of one year of what is given yearly), and after equally
    hedged ones what the sum comes to in another currency; of equals what restates another is the last.
    """
    first = None if statement.same_as is None else first_said.get((statement.doc, statement.same_as))
    return (
        first is not None and _terms(statement) != _terms(first),
        statement.low != statement.high,
        statement.modifier != "",
        first is not None and statement.currency != first.currency,
        -len(str(statement.low).rstrip("0")),
        statement.same_as is not None,
    )


def _terms(statement: Statement) -> tuple[str, str, str]:
    return statement.period, statement.recipient, statement.per
