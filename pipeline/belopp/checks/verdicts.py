"""What arithmetic says of a breakdown: proved, consistent, partial or contradicted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.arithmetic import HEDGES, Interval, interval, total
from belopp.checks.accounts import Accounts, Term, grain_of, summed, summed_span
from belopp.model import CELL, CONSISTENT, CONTRADICTED, PARTIAL, PROVED, Row

# Parts that nothing says to be all, and that fall short by more than this, leave a remainder, however round the sums.
SHORT: Final = Decimal("0.03")

# "nära 11 miljarder" is not 11, whatever adds up to 11; a bound (högst 11) is stated exactly.
LOOSE: Final = frozenset({"approx", "under", "over"})


class Judgement(NamedTuple):
    """A verdict, and the statement of the total that the parts were held against."""

    verdict: str
    stated: Decimal
    summed: Decimal


def room(accounts: Accounts, whole: Row) -> Interval:
    """What a total may stand for, by its most exact statement."""
    said = accounts.statements(whole)[0]
    return interval(said.low, said.high, said.modifier)


def _room_beside(accounts: Accounts, terms: Sequence[Term], said: Row) -> Interval:
    """What a stated total may stand for; one in a column of cells is stated as finely as they are."""
    column = accounts.setting(said)
    beside = column[0] == CELL and all(accounts.setting(term.said) == column for term in terms)
    return interval(said.low, said.high, said.modifier, grain=grain_of(terms, said) if beside else None)


def adds_up(accounts: Accounts, terms: Sequence[Term], whole: Row) -> bool:
    """Whether parts add up exactly to a total as it is stated anywhere."""
    return _statement(accounts, terms, whole) is not None


def _statement(accounts: Accounts, terms: Sequence[Term], whole: Row) -> Row | None:
    high = summed(terms)
    for said in accounts.statements(whole):
        if said.high == high and (said.low == said.high or said.low == total(t.said.low * t.times for t in terms)):
            return said
    return None


def judge(accounts: Accounts, terms: Sequence[Term], whole: Row, *, exhaustive: bool) -> Judgement:
    """The verdict on one breakdown; ``exhaustive`` when the text says that its parts are all there are."""
    if said := _statement(accounts, terms, whole):
        # "100 miljoner, varav 100 till A": nothing is added, and two round sums are alike by chance in one of ten draws
        added = len(terms) > 1 or terms[0].times > 1
        exact = not {said.modifier, *(term.said.modifier for term in terms)} & LOOSE
        return Judgement(PROVED if added and exact else CONSISTENT, said.high, summed(terms))
    said = accounts.statements(whole)[0]
    span, over = summed_span(terms, said), _room_beside(accounts, terms, said)
    figures = said.high, summed(terms)
    if span.low > over.high:
        return Judgement(PARTIAL if _raises(terms, whole) else CONTRADICTED, *figures)
    if span.high < over.low:
        return Judgement(CONTRADICTED if exhaustive and not _raises(terms, whole) else PARTIAL, *figures)
    if not exhaustive and _short(terms, said):
        return Judgement(PARTIAL, *figures)
    return Judgement(CONSISTENT, *figures)


def _raises(terms: Sequence[Term], whole: Row) -> bool:
    """``höjs med 50 till 150``: an increase is a part of the level it results in, of which it says no more."""
    return not whole.change and any(term.row.change == "increase" for term in terms)


def _short(terms: Sequence[Term], said: Row) -> bool:
    """Whether parts leave a remainder that a reader would name: ``20 miljoner, varav 15`` is not 20 rounded."""
    gap = said.low - summed(terms)
    below = HEDGES[said.modifier][0] + total(HEDGES[term.said.modifier][1] for term in terms) / len(terms)
    return gap > 0 and (len(terms) == 1 or gap > (SHORT + below) * said.low)
