"""Finds the one cell of a breakdown whose misprint would explain why it does not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.checks.accounts import Accounts, Term, summed
from belopp.model import CELL, Row

DIGITS: Final = re.compile(r"\d")


class Mend(NamedTuple):
    """The start of the sum to mend, and the value with which the breakdown adds up."""

    start: int
    value: Decimal


def mend(accounts: Accounts, terms: Sequence[Term], whole: Row, proved: frozenset[int] = frozenset()) -> Mend | None:
    """The only mend of the likeliest sort, or ``None`` when there is none or several are as likely.

    The sums ``proved`` otherwise, such as those of a row that adds up, are not to be mended.
    """
    stated = accounts.statements(whole)[0].start
    wanted = [(row, value) for row, value in _wanted(accounts, terms, whole) if row.start not in proved]
    for misprinted in MISPRINTS:
        fits = [Mend(row.start, value) for row, value in wanted if misprinted(row, value, _printed(accounts, row))]
        cells = [fit for fit in fits if fit.start != stated]  # of a cell and the total, the one of many
        if fits:
            return (cells or fits)[0] if len(cells or fits) == 1 else None
    return None


def _wanted(accounts: Accounts, terms: Sequence[Term], whole: Row) -> Iterator[tuple[Row, Decimal]]:
    """Each sum with the value that it would need for the breakdown to add up, all others being right."""
    stated = accounts.statements(whole)[0]
    gap = stated.high - summed(terms)
    yield stated, summed(terms)
    for term in terms:
        value = term.said.high + gap / term.times if term.times else Decimal(0)
        if value > 0 and value % 1 == term.said.high % 1:
            yield term.said, value


def _printed(accounts: Accounts, row: Row) -> str:
    """The sum as it is printed: all of its cell, of which the reading may have taken only a part."""
    cell = accounts.block(row)
    return accounts.document.text[cell.start : cell.end] if cell.kind == CELL else row.text


def _whole(value: Decimal) -> str:
    return f"{value:.0f}"


def joined(row: Row, value: Decimal, printed: str) -> bool:
    """``44 7 500 000`` of which only a part was read: the digits that stand there, taken together."""
    return row.high != value and "".join(DIGITS.findall(printed)) == _whole(value)


def group_lost(row: Row, value: Decimal, _printed: str) -> bool:
    """``447 500`` for ``447 500 000``: a group of three digits too few or too many."""
    return _one_more(_whole(row.high), _whole(value), 3) or _one_more(_whole(value), _whole(row.high), 3)


def swapped(row: Row, value: Decimal, _printed: str) -> bool:
    """``12 500`` for ``21 500``: two digits beside each other have changed places."""
    a, b = _whole(row.high), _whole(value)
    unlike = [i for i in range(min(len(a), len(b))) if a[i] != b[i]]
    return (
        len(a) == len(b)
        and len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and a[unlike[0]] == b[unlike[1]]
        and a[unlike[1]] == b[unlike[0]]
    )


def digit_lost(row: Row, value: Decimal, _printed: str) -> bool:
    """``4 500`` for ``45 500``: a digit too few or too many, not the first (any sum may lack that)."""
    return _one_more(_whole(row.high), _whole(value), 1, 1) or _one_more(_whole(value), _whole(row.high), 1, 1)


def digit_wrong(row: Row, value: Decimal, _printed: str) -> bool:
    """``407 500`` for ``447 500``: one digit is another."""
    a, b = _whole(row.high), _whole(value)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _one_more(short: str, long: str, count: int, first: int = 0) -> bool:
    """Whether one number is the other with ``count`` digits in a row taken out, from the ``first`` on."""
    if len(long) != len(short) + count:
        return False
    return any(long[:i] + long[i + count :] == short for i in range(first, len(short) + 1))


# From the surest sort of misprint to the weakest.
MISPRINTS: Final = (joined, group_lost, swapped, digit_lost, digit_wrong)
