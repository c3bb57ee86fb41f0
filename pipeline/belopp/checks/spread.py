"""Proves the sum of one recipient or payer by the postings to it that are spread over a total's other breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from belopp.checks.accounts import Accounts, Term
from belopp.model import Row


def spread(
    accounts: Accounts, groups: Sequence[Sequence[Term]], names: Sequence[str]
) -> Iterator[tuple[Row, list[Term]]]:
    """Each part of a breakdown by payer or recipient, with the sums elsewhere under the total that are its own."""
    for group, name in zip(groups, names, strict=True):
        if name not in ("payer", "recipient"):
            continue
        others = [term.row for other in groups if other is not group for term in other]
        for term in group:
            who = getattr(term.row, name)
            if len(who) != 1 or accounts.parts.get(term.row.start) or not others:
                continue
            postings = list(_postings(accounts, others, name, who, {term.row.start}))
            if postings and None not in postings:
                yield term.row, [accounts.term(row, term.row) for row in postings if row is not None]


def _postings(
    accounts: Accounts, rows: Sequence[Row], name: str, who: tuple[str, ...], seen: set[int]
) -> Iterator[Row | None]:
    """The rows that are one actor's alone, each taken as high up as it is; ``None`` where a shared sum is undivided."""
    for row in rows:
        if row.start in seen:
            continue
        seen.add(row.start)
        names = getattr(row, name)
        if names == who:
            yield row
        elif parts := accounts.parts.get(row.start):
            yield from _postings(accounts, parts, name, who, seen)
        elif who[0] in names:
            yield None
