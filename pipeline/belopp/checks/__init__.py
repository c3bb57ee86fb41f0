"""Checks the sums of a document: each stated total held against every breakdown that the text gives of it.

``accounts`` are the rows as accounting sees them, ``breakdowns`` the sets of parts that should add up to a total,
``exhausting`` whether a text says that they are all there is, ``verdicts`` what arithmetic says of them, and
``mending`` which misprint would explain what it does not. ``across`` proves the rows of a table, ``spread`` the sum
of one name by its postings in another breakdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from belopp.checks.accounts import Accounts, Term
from belopp.checks.across import across
from belopp.checks.breakdowns import breakdowns, named
from belopp.checks.exhausting import exhausted
from belopp.checks.mending import mend
from belopp.checks.spread import spread
from belopp.checks.verdicts import Judgement, judge
from belopp.model import CONSISTENT, CONTRADICTED, PROVED, Check, Document, Reason, Row
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
    proved = frozenset[int]()
    for whole, terms in across(accounts):
        held = _check(accounts, whole, terms, Judgement(PROVED, whole.high, whole.high), None)
        found[held.total, held.parts] = held
        proved |= {whole.start, *held.parts}
    for whole in accounts.totals:
        for held in _held(accounts, whole, proved):
            found.setdefault((held.total, held.parts), held)
    return [found[key] for key in sorted(found)]


def _held(accounts: Accounts, whole: Row, proved: frozenset[int]) -> Iterator[Check]:
    """The checks of one total; a sum ``proved`` otherwise is not taken for the misprint of a breakdown."""
    groups = breakdowns(accounts, whole)
    for terms in groups:
        reason = exhausted(accounts, terms, whole)
        judgement = judge(accounts, terms, whole, exhaustive=reason is not None)
        yield _check(accounts, whole, terms, judgement, reason, proved)
    for part, postings in spread(accounts, groups, [named(terms) for terms in groups]):
        judgement = judge(accounts, postings, part, exhaustive=False)
        if judgement.verdict in (PROVED, CONSISTENT):
            yield _check(accounts, part, postings, judgement, Reason("check", "check.spread"))


def _check(
    accounts: Accounts,
    whole: Row,
    terms: Sequence[Term],
    judgement: Judgement,
    reason: Reason | None,
    proved: frozenset[int] = frozenset(),
) -> Check:
    verdict, stated, summed = judgement
    mended = mend(accounts, terms, whole, proved) if verdict == CONTRADICTED else None
    return Check(
        accounts.first(whole.start),
        tuple(term.row.start for term in terms),
        named(terms),
        stated,
        summed,
        stated - summed,
        verdict,
        mended.start if mended else None,
        mended.value if mended else None,
        (reason,) if reason else (),
    )
