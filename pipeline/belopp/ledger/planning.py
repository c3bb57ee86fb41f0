"""What is to be posted: each commitment once, a total by one of its breakdowns, with what that leaves unallocated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from belopp.ledger.commitment import Commitment, commitments
from belopp.ledger.forest import Breakdown, Forest, forest
from belopp.ledger.statements import Publication, Statement
from belopp.ledger.years import Slice
from belopp.model import CONTRADICTED

STATED: Final = "stated"
UNALLOCATED: Final = "unallocated"
POSTED: Final = "posted"
COVERED: Final = "covered"
_ROLES: Final = {(False, False): "single", (True, False): "total", (True, True): "subtotal", (False, True): "part"}


@dataclass(frozen=True, slots=True)
class Posting:
    """Money for one year (0: no single one) or period, in minor units; a decrease is negative.

    ``kind`` is ``stated``, or ``unallocated`` for what a total's parts leave over.  ``high`` is the other end of
    a range, else the same as ``amount``.
    """

    kind: str
    year: int
    period: str
    amount: int
    high: int
    currency: str
    modifier: str
    area: str
    expenditure_area: str
    payer: str
    recipient: str
    status: str
    change: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stated total held against one breakdown of it, in minor units.

    ``posted`` is 1 for the breakdown by which the total is posted: then ``summed`` is what lies beneath it in
    the ledger, and ``stated == summed + unallocated + difference``.  A difference is negative where the parts
    exceed a hedged or rounded total.
    """

    doc: str
    breakdown: str
    parts: str
    currency: str
    stated: int
    summed: int
    unallocated: int
    difference: int
    verdict: str
    posted: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A commitment with its place in the ledger: its total, the total that covers it, its postings and assertions.

    ``state`` is ``posted`` when it stands in the tree that is posted, ``covered`` when its money is in the
    postings of ``covered_by`` already; ``dates`` are those of the publications that state it.
    """

    commitment: Commitment
    role: str
    state: str
    parent: str
    covered_by: str
    postings: tuple[Posting, ...]
    assertions: tuple[Assertion, ...]
    dates: tuple[str, ...] = ()


def plan(
    statements: Iterable[Statement], publications: Mapping[str, Publication], *, horizon: int = 0
) -> dict[str, Planned]:
    """What is to be posted of all that is stated, by commitment.

    ``horizon`` is the last year of periods without an end; by default (0) the last that the publication names.
    The same statements in any order give the same plan.
    """
    stated = sorted(statements, key=lambda statement: (statement.doc, statement.start))
    found = commitments(stated, publications, horizon=horizon)
    joined = forest(found, stated, publications)
    posted: dict[str, tuple[Posting, ...]] = {}
    balances: dict[str, Assertion] = {}
    for name in found:
        if name not in joined.owner:
            _post(name, name, joined, posted, balances)
    dates = {doc: publication.published for doc, publication in publications.items()}
    return {name: _planned(name, joined, posted, balances, dates) for name in found}


def total_posted(planned: Mapping[str, Planned], currency: str = "SEK") -> int:
    """All that a plan posts in one currency, in minor units."""
    return sum(posting.amount for item in planned.values() for posting in item.postings if posting.currency == currency)


def _post(
    name: str, root: str, joined: Forest, posted: dict[str, tuple[Posting, ...]], balances: dict[str, Assertion]
) -> list[Slice]:
    """Post a commitment and what lies beneath it; all of it as signed slices."""
    whole = joined.commitments[name]
    posted[name] = ()
    way = next((way for way in joined.breakdowns.get(name, ()) if way.verdict != CONTRADICTED), None)
    if way is None:
        posted[name] = tuple(_posting(whole, STATED, piece) for piece in whole.slices)
        return _signed(whole, whole.slices)
    beneath: list[Slice] = []
    counted: list[Slice] = []
    for part in way.parts:
        if joined.root(part) != root:  # its money is in another total's tree, where it is counted
            counted += _within(whole, _signed(joined.commitments[part], joined.commitments[part].slices))
        elif part not in posted:
            below = _post(part, root, joined, posted, balances)
            beneath += below
            counted += _within(whole, below)
    rest = _rest(whole, counted)
    posted[name] = tuple(_posting(whole, UNALLOCATED, piece) for piece in rest)
    balances[name] = _balance(whole, way, counted, rest)
    return beneath + _signed(whole, rest)


def _signed(whole: Commitment, slices: Iterable[Slice]) -> list[Slice]:
    return [piece._replace(low=whole.sign * piece.low, high=whole.sign * piece.high) for piece in slices]


def _within(whole: Commitment, slices: list[Slice]) -> list[Slice]:
    """Of slices that run over more years than their total those of the total's years, signed as the total is."""
    named = {piece.year for piece in whole.slices} - {0}
    inside = [piece for piece in slices if piece.year in named] or slices
    return _signed(whole, inside)


def _rest(whole: Commitment, counted: Iterable[Slice]) -> list[Slice]:
    """What the parts leave of a total, year by year where they are told apart; never less than nothing."""
    taken: dict[int, int] = defaultdict(int)
    upper: dict[int, int] = defaultdict(int)
    for piece in counted:
        taken[piece.year] += piece.low
        upper[piece.year] += piece.high
    own = whole.slices
    if len(own) > 1 and set(taken) <= {piece.year for piece in own}:
        left = [piece._replace(low=piece.low - taken[piece.year], high=piece.high - upper[piece.year]) for piece in own]
    else:
        low, high = whole.low - sum(taken.values()), whole.high - sum(upper.values())
        left = [Slice(own[0].year if len(own) == 1 else 0, whole.period, low, high)]
    return [piece._replace(high=max(piece.low, piece.high)) for piece in left if piece.low > 0]


def _posting(whole: Commitment, kind: str, piece: Slice) -> Posting:
    return Posting(
        kind=kind,
        year=piece.year,
        period=piece.period,
        amount=whole.sign * piece.low,
        high=whole.sign * piece.high,
        currency=whole.key.currency,
        modifier=whole.key.modifier,
        area=whole.area,
        expenditure_area=whole.expenditure_area,
        payer=whole.payer,
        recipient=whole.recipient,
        status=whole.status,
        change=whole.key.change,
    )


def _balance(whole: Commitment, way: Breakdown, counted: Iterable[Slice], rest: Iterable[Slice]) -> Assertion:
    summed, unallocated = sum(piece.low for piece in counted), sum(piece.low for piece in rest)
    return _assertion(whole, way, summed, unallocated, posted=1)


def _assertion(whole: Commitment, way: Breakdown, summed: int, unallocated: int, *, posted: int) -> Assertion:
    sign = whole.sign
    return Assertion(
        doc=way.doc,
        breakdown=way.name,
        parts="|".join(way.parts),
        currency=whole.key.currency,
        stated=sign * whole.low,
        summed=sign * summed,
        unallocated=sign * unallocated,
        difference=sign * (whole.low - summed - unallocated),
        verdict=way.verdict,
        posted=posted,
    )


def _planned(
    name: str,
    joined: Forest,
    posted: Mapping[str, tuple[Posting, ...]],
    balances: Mapping[str, Assertion],
    dates: Mapping[str, str],
) -> Planned:
    whole = joined.commitments[name]
    balance = balances.get(name)
    ways = [
        _assertion(whole, way, way.summed, 0, posted=0)
        for way in joined.breakdowns.get(name, ())
        if balance is None or (way.doc, way.name) != (balance.doc, balance.breakdown)
    ]
    covered_by = name
    while covered_by not in posted:
        covered_by = joined.owner[covered_by]
    return Planned(
        commitment=whole,
        role=_ROLES[name in joined.breakdowns, name in joined.owner],
        state=POSTED if covered_by == name else COVERED,
        parent=joined.owner.get(name, ""),
        covered_by="" if covered_by == name else covered_by,
        postings=posted.get(name, ()),
        assertions=tuple([balance, *ways] if balance else ways),
        dates=tuple(sorted({dates[statement.doc] for statement in whole.statements})),
    )
