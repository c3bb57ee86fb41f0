"""Tells whether a text says that a breakdown is all there is of its total: ``fördelas på följande``, a total row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.checks.accounts import Accounts, Term
from belopp.model import CELL, HEADING, ITEM, TITLE, Reason, Row
from belopp.rulebook import Cue

# "… 5 miljoner till A och ett stöd till B": what comes after the last sum has none
MORE: Final = re.compile(
    r"(?:\b(?:och|samt|men|plus)|,)\s+(?:dels\s+)?(?:en|ett|medel|stöd|bidrag|insatser|resten|resterande|återstoden|övriga?)\b",
    re.IGNORECASE,
)
# "bland annat 5 miljoner till A", "till exempel": some of what there is
SOME: Final = re.compile(
    r"\b(?:bland\s+annat|bl\.\s?a\.?|till\s+exempel|t\.\s?ex\.?|däribland|exempelvis|främst|inklusive|framför\s+allt|cirka\s+hälften)(?!\w)",
    re.IGNORECASE,
)


def exhausted(accounts: Accounts, terms: Sequence[Term], whole: Row) -> Reason | None:
    """The words that say so, as a reason for the total's ``check``; ``None`` when nothing does."""
    if accounts.block(terms[0].row).kind == CELL:
        return _total_row(accounts, terms, whole)
    if len(terms) < 2 or _goes_on(accounts, terms):
        return None
    return _said(accounts, terms, whole)


def _total_row(accounts: Accounts, terms: Sequence[Term], whole: Row) -> Reason | None:
    """The label of the total's row, when it stands in the column of its parts."""
    for said in (whole, *accounts.again[whole.start]):
        cell = accounts.block(said)
        if cell.kind != CELL or accounts.setting(said) != accounts.setting(terms[0].row):
            continue
        label = accounts.outline.grid(cell.level).row_label(cell)
        cue = (
            accounts.book.cues("exhausts.row").first(accounts.outline.lowered, label.start, label.end)
            if label
            else None
        )
        if cue:
            return Reason("check", cue.rule.id, cue.start, cue.end)
    return None


def _goes_on(accounts: Accounts, terms: Sequence[Term]) -> bool:
    """Whether the list or sentence of the parts names more than has a sum, or sums of other totals between them."""
    text, last = accounts.document.text, terms[-1].row
    kinds = {accounts.block(term.row).kind for term in terms}
    if kinds == {ITEM}:
        return _items_without_sum(accounts, terms)
    sentence = accounts.sentence(last)
    return MORE.search(text, last.end, sentence.end) is not None


def _items_without_sum(accounts: Accounts, terms: Sequence[Term]) -> bool:
    """Whether the list holds an item that is no part."""
    outline = accounts.outline
    at = [outline.block_at(term.row.start) for term in terms]
    level = min(outline.blocks[i].level for i in at)
    first, last = min(at), max(at)
    while first > 0 and outline.blocks[first - 1].kind == ITEM:
        first -= 1
    while last + 1 < len(outline.blocks) and outline.blocks[last + 1].kind == ITEM:
        last += 1
    items = [i for i in range(first, last + 1) if outline.blocks[i].kind == ITEM and outline.blocks[i].level <= level]
    return any(i not in at for i in items)


def _said(accounts: Accounts, terms: Sequence[Term], whole: Row) -> Reason | None:
    """The exhausting words between a total and the first of its parts, in the text that introduces them."""
    text, first = accounts.document.text, terms[0].row
    outline = accounts.outline
    block = outline.block_at(first.start)
    lead = outline.lead_in(block)
    here = outline.blocks[block if lead is None else lead]
    if here.kind in (TITLE, HEADING):
        return None
    start = accounts.sentence(first).start if lead is None else here.start
    end = first.start if lead is None else here.end
    start = max([start, *(said.end for said in accounts.statements(whole) if start <= said.end <= end)])
    cue = _last(accounts, start, end)
    if cue is None or SOME.search(text, cue.start, end) or SOME.search(text, max(0, cue.start - 40), cue.start):
        return None
    return Reason("check", cue.rule.id, cue.start, cue.end)


def _last(accounts: Accounts, start: int, end: int) -> Cue | None:
    return accounts.book.cues("exhausts.words").last(accounts.outline.lowered, start, end)
