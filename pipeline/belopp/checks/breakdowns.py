"""Groups the parts of a total into breakdowns: sets of which each should add up to it, never added together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

from belopp.arithmetic import digits
from belopp.checks.accounts import YEAR, Accounts, Term, summed_span
from belopp.checks.verdicts import adds_up, judge, room
from belopp.model import CELL, CONSISTENT, PROVED, Row
from belopp.years import closed_years

# Some of the parts make up 50 or 750 million by chance in one draw of a hundred; 384 they do not.
TELLING: Final = 3

AREA, PAYER, RECIPIENT = "area", "payer", "recipient"


def breakdowns(accounts: Accounts, whole: Row) -> list[list[Term]]:
    """The breakdowns of a total in text order; each part in its currency stands in one of them, and in no other."""
    terms = [accounts.term(part, whole) for part in accounts.parts[whole.start] if part.currency == whole.currency]
    found: list[list[Term]] = []
    if not terms or adds_up(accounts, terms, whole):
        return [terms] if terms else []
    if not _comes_out(accounts, terms, whole):
        terms = _with_restating_cells(accounts, terms, whole)
    for part in _by_year(terms, whole):
        found += _told_apart(accounts, part, whole)
    return sorted(found, key=lambda group: group[0].row.start)


def _by_year(terms: Sequence[Term], whole: Row) -> list[list[Term]]:
    """Parts of a sum per year that are each for one year count in that year's sum alone."""
    yearly = whole.per == YEAR and all(len(closed_years(term.row.period)) == 1 for term in terms)
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(term.row.period if yearly else "", []).append(term)
    return list(groups.values())


def _with_restating_cells(accounts: Accounts, terms: list[Term], whole: Row) -> list[Term]:
    """With the cells of their column that restate another sum (one a year, told in the text), if the column adds up."""
    settings = [accounts.setting(said) for term in terms for said in (term.row, *accounts.again[term.row.start])]
    cells = Counter(setting for setting in settings if setting[0] == CELL).most_common(1)
    if not cells or 2 * cells[0][1] < len(terms):
        return terms
    known = {whole.start, *(term.row.start for term in terms)}
    more = [row for row in accounts.columns[cells[0][0]] if not known & {row.start, row.same_as}]
    full = [*terms, *(accounts.term(row, whole) for row in more if row.currency == whole.currency)]
    return full if len(full) > len(terms) and _comes_out(accounts, full, whole) else terms


def _comes_out(accounts: Accounts, terms: Sequence[Term], whole: Row) -> bool:
    """Whether parts come to their total, exactly or within rounding and hedges."""
    return judge(accounts, terms, whole, exhaustive=False).verdict in (PROVED, CONSISTENT)


def _told_apart(accounts: Accounts, terms: Sequence[Term], whole: Row) -> list[list[Term]]:
    """First the sets that add up exactly, then what is left: one breakdown if it fits into the total, else several."""
    found: list[list[Term]] = []
    left = list(terms)
    while exact := _exact_set(accounts, left, whole):
        found.append(exact)
        left = [term for term in left if term not in exact]
    if not left:
        return found
    if summed_span(left).low <= room(accounts, whole).high:
        return [*found, left]
    return [*found, *_split(accounts, left, whole)]


def _exact_set(accounts: Accounts, left: Sequence[Term], whole: Row) -> list[Term]:
    """Parts set out together that add up exactly: all, those of one table, list, sentence or paragraph, or a run."""
    if not left:
        return []
    clusters = _by_setting(accounts, left)
    paragraphs = _by_paragraph(accounts, left)
    if adds_up(accounts, left, whole):
        return list(left)
    if max(digits(said.high) for said in accounts.statements(whole)) < TELLING:
        return []
    for group in (*clusters, *paragraphs, *_without_one(clusters)):
        if len(group) > 1 and adds_up(accounts, group, whole):  # one that is as large as its total says nothing
            return group
    return _run(accounts, left, whole)


def _by_setting(accounts: Accounts, terms: Iterable[Term]) -> list[list[Term]]:
    """The parts of each table, list or sentence."""
    return _grouped(terms, lambda term: accounts.setting(term.row))


def _by_paragraph(accounts: Accounts, terms: Iterable[Term]) -> list[list[Term]]:
    return _grouped(terms, lambda term: accounts.outline.block_at(term.row.start))


def _grouped(terms: Iterable[Term], by: Callable[[Term], object]) -> list[list[Term]]:
    groups: dict[object, list[Term]] = {}
    for term in terms:
        groups.setdefault(by(term), []).append(term)
    return list(groups.values())


def _without_one(clusters: Sequence[list[Term]]) -> list[list[Term]]:
    """All but one cluster; one of several tables or sentences is often another breakdown, or another year."""
    if len(clusters) > 30:
        return []
    return [[t for other in clusters if other is not one for t in other] for one in clusters if len(clusters) > 2]


def _run(accounts: Accounts, terms: Sequence[Term], whole: Row) -> list[Term]:
    """Three or more parts right after each other that add up exactly; fewer do so by chance."""
    wanted = {said.high for said in accounts.statements(whole)}
    sums = list(accumulate((term.value for term in terms), initial=Decimal(0)))
    starts: dict[Decimal, int] = {}
    for end, value in enumerate(sums):
        for stated in wanted:
            begin = starts.get(value - stated)
            if begin is not None and end - begin > 2 and adds_up(accounts, terms[begin:end], whole):
                return list(terms[begin:end])
        starts.setdefault(value, end)
    return []


def _split(accounts: Accounts, terms: Sequence[Term], whole: Row) -> list[list[Term]]:
    """Parts that exceed their total together: those of each table, list, sentence, year or paragraph for themselves."""
    once = [term.once() for term in terms]
    if once != list(terms) and summed_span(once).low <= room(accounts, whole).high:
        return [once]
    clusters = _by_setting(accounts, terms)
    own = [group for group in clusters if len(group) > 1 or accounts.setting(group[0].row)[0] == CELL]
    rest = [term for group in clusters if group not in own for term in group]
    groups = [*own, rest] if rest else own
    if len(groups) > 1:
        return groups
    years = {term.row.period for term in terms}
    if len(years) > 1 and "" not in years and len(closed_years(whole.period)) < 2:
        return [[term for term in terms if term.row.period == year] for year in sorted(years)]
    # "Av dessa öronmärks 53 …" and, a paragraph further down, "Den ena delen är 250, den andra 44 …"
    paragraphs = _by_paragraph(accounts, terms)
    fit = all(summed_span(group).low <= room(accounts, whole).high for group in paragraphs)
    return paragraphs if fit and any(len(group) > 1 for group in paragraphs) else groups


def named(terms: Sequence[Term]) -> str:
    """What the parts differ in: ``area``, ``payer``, ``recipient``, ``year``, or nothing for a single part.

    >>> from decimal import Decimal
    >>> rows = [Row("a", n, n + 1, "", Decimal(5), Decimal(5), area="vård", payer=(who,)) for n, who in enumerate("AB")]
    >>> named([Term(row, row) for row in rows])
    'payer'
    """
    rows = [term.row for term in terms]
    if len(rows) < 2:
        return ""
    told: dict[str, list[object]] = {
        RECIPIENT: [row.recipient for row in rows],
        PAYER: [row.payer for row in rows],
        YEAR: [row.period for row in rows],
        AREA: [_purpose(row) for row in rows],
    }
    counts = {name: len(set(cells)) if all(cells) else 0 for name, cells in told.items()}
    best = max((AREA, PAYER, RECIPIENT, YEAR), key=lambda name: counts[name])
    return best if counts[best] > 1 else ""


def _purpose(row: Row) -> str:
    """What a sum is for; an area that only names who receives it says nothing else."""
    return "" if row.area.casefold() in {name.casefold() for name in row.recipient} else row.area
