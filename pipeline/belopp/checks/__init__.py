"""Checks the sums of a document: each stated total held against every breakdown that the text gives of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from belopp.checks.accounts import Accounts, Term
from belopp.checks.breakdowns import breakdowns, named
from belopp.checks.exhausting import exhausted
from belopp.checks.mending import mend
from belopp.checks.spread import spread
from belopp.checks.verdicts import CONSISTENT, CONTRADICTED, PROVED, Judgement, judge
from belopp.model import Check, Document, Reason, Row
from belopp.rulebook import Rulebook

__all__ = ["check"]


def check(rows: Sequence[Row], document: Document, book: Rulebook) -> list[Check]:
    """Every breakdown of every stated total of a document, by the total's start and then by that of its first part.

    ``rows`` are linked, in text order, ours or hand-labelled.  A document without parts costs nothing.

    >>> from belopp.read import text_document
    >>> from belopp.extract import extract
    >>> from belopp.rulebook import load
    >>> page = text_document("Staten avsätter 9 mnkr, varav 5 mnkr till Skolverket och 4 mnkr till Boverket.")
    >>> [(held.breakdown, held.verdict) for held in check(extract(page), page, load())]
    [('recipient', 'proved')]
    """
    if all(row.part_of is None for row in rows):
        return []
    accounts = Accounts(rows, document, book)
    found: dict[tuple[int, tuple[int, ...]], Check] = {}
    for whole in accounts.totals:
        for held in _held(accounts, whole):
            found.setdefault((held.total, held.parts), held)
    return [found[key] for key in sorted(found)]


def _held(accounts: Accounts, whole: Row) -> Iterator[Check]:
    groups = breakdowns(accounts, whole)
    names = [named(terms) for terms in groups]
    for terms, name in zip(groups, names, strict=True):
        reason = exhausted(accounts, terms, whole)
        judgement = judge(accounts, terms, whole, exhaustive=reason is not None)
        yield _check(accounts, whole, terms, name, judgement, reason)
    for part, postings in spread(accounts, whole, groups, names):
        judgement = judge(accounts, postings, part, exhaustive=False)
        if judgement.verdict in (PROVED, CONSISTENT):
            yield _check(accounts, part, postings, named(postings), judgement, Reason("check", "check.spread"))


def _check(
    accounts: Accounts, whole: Row, terms: Sequence[Term], name: str, judgement: Judgement, reason: Reason | None
) -> Check:
    verdict, stated, summed = judgement
    mended = mend(accounts, terms, whole) if verdict == CONTRADICTED else None
    return Check(
        whole.start,
        tuple(term.row.start for term in terms),
        name,
        stated,
        summed,
        stated - summed,
        verdict,
        mended.start if mended else None,
        mended.value if mended else None,
        (reason,) if reason else (),
    )
