"""The line of one commitment: its most exact statement, how far it has come, and what its sources say differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from belopp.commitments.evidence import Judge
from belopp.commitments.naming import first_told
from belopp.commitments.statement import Statement, Value, exactness
from belopp.model import CERTAINTY
from belopp.tables import Line, decimal_text

_HEDGES: Final = {"at_least": "at least ", "at_most": "at most ", "": ""}


def line(name: str, told: Sequence[Statement], parent: str, also_in: Iterable[str], judge: Judge) -> Line:
    """The cells of ``commitments`` for the statements of one commitment, in any order."""
    told = sorted(told, key=first_told)
    best = max(told, key=lambda one: exactness(one.values[one.exact]))  # of equals the first told
    value = best.values[best.exact]
    area, figure = judge.shown(one.area for one in (best, *told))
    dates = sorted(one.published for one in told if one.published)
    return (
        name,
        area,
        figure or None,
        _said(best, told, lambda one: one.period),
        _said(best, told, lambda one: "|".join(one.payer)),
        _said(best, told, lambda one: "|".join(one.recipient)),
        decimal_text(value.low),
        decimal_text(value.high),
        value.currency,
        value.modifier,
        best.change,
        max((one.status for one in told), key=CERTAINTY.index),
        best.per,
        best.amount_id(best.exact),
        "|".join(one.amount_id(position) for one in told for position in range(len(one.places))),
        len({one.doc for one in told}),
        dates[0] if dates else "",
        dates[-1] if dates else "",
        parent,
        disagreement(told),
        "|".join(also_in),
    )


def _said(best: Statement, told: Sequence[Statement], column: Callable[[Statement], str]) -> str:
    """What the most exact statement says in a column, or else the first that says anything."""
    return column(best) or next(filter(None, map(column, told)), "")


def disagreement(told: Sequence[Statement]) -> str:
    """What documents say differently, column by column, each with the documents that say it; silence is none."""
    if len(told) == 1:
        return ""
    columns: dict[str, Callable[[Statement], str]] = {
        "sum": _exact_sum,
        "period": lambda one: one.period,
        "payer": lambda one: "|".join(one.payer),
        "recipient": lambda one: "|".join(one.recipient),
        "change": lambda one: one.change or "level",
    }
    return "; ".join(filter(None, (_differing(column, said, told) for column, said in columns.items())))


def _exact_sum(one: Statement) -> str:
    """The sum as the document most exactly states it, when it is not hedged."""
    value = one.values[one.exact]
    return "" if value.modifier else sum_text(value)


def sum_text(value: Value) -> str:
    """A sum in words and figures.

    >>> from decimal import Decimal
    >>> sum_text(Value(Decimal(6300), Decimal(6300), "SEK", "over"))
    'over 6300 SEK'
    """
    ends = [decimal_text(value.low)] + ([decimal_text(value.high)] if value.high != value.low else [])
    hedge = _HEDGES.get(value.modifier, f"{value.modifier} ")
    return f"{hedge}{'–'.join(ends)} {value.currency}"


def _differing(column: str, said: Callable[[Statement], str], told: Sequence[Statement]) -> str:
    by: dict[str, list[str]] = {}
    for one in told:
        if words := said(one):
            by.setdefault(words, []).append(one.doc)
    if len(by) < 2:
        return ""
    return f"{column}: " + ", ".join(f"{words} in {' and '.join(sorted(set(docs)))}" for words, docs in by.items())
