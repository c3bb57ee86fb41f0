"""Finds restatements: the same money in the title and again in the body, a quote or a table."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Final

from belopp.grammar import HEDGE
from belopp.links.evidence import evidence, is_under
from belopp.links.sheet import Sheet
from belopp.links.sums import sum_of
from belopp.links.values import may_be_same
from belopp.links.years import clash
from belopp.model import HEADING, TITLE
from belopp.rulebook import Cue
from belopp.sentences import Span

# "250 miljoner euro (ca 2,7 miljarder kronor)", "15 miljoner kronor, eller 1,3 miljoner dollar",
# "9 000 euro (dock högst 95 000 kronor)"
CONVERSION: Final = re.compile(
    rf"""\s*(?:\(|,|–)?\s*(?:dock\s+)?(?:vilket\s+|som\s+)?(?:i\s+dagsläget\s+)?
    (?:motsvarar?|motsvarande|eller|alltså|dvs\.?|det\s+vill\s+säga|beräknas\s+till)?\s*
    (?:{HEDGE}\s+){{0,2}}""",
    re.VERBOSE,
)
# "7 miljoner euro i 2025 års priser (motsvarande 8 miljoner euro i löpande priser)"
OTHER_PRICES: Final = re.compile(
    rf"\s+i\s+\d{{4}}\s+års\s+(?:fasta\s+)?priser(?:\s+i\s+åtaganden)?,?\s*\(?(?:motsvarande\s+)?(?:{HEDGE}\s+)?"
)

# "från 10 till 12 miljoner euro, vilket motsvarar en ökning från 110 till 132 miljoner kronor"
PAIR: Final = re.compile(
    r"(?:\s+till\s+[^.;,]{1,40})?,?\s*\(?(?:vilket\s+|som\s+)?(?:i\s+dagsläget\s+)?motsvara(?:r|nde)\s+"
    rf"(?:(?:en\s+)?(?:ökning|höjning|minskning|sänkning)\s+)?(?:med|från)\s+(?:{HEDGE}\s+)?"
)
ROUNDING: Final = Decimal("0.05")


def mark_repeats(sheet: Sheet) -> None:
    """Settle ``same_as``: conversions, then titles and headings, then the rest of the text."""
    for index in range(1, len(sheet.rows)):
        _convert(sheet, index) or _restate(sheet, index)


def mark_told_twice(sheet: Sheet) -> None:
    """Two equal parts of a total that has no room for both are the same money, told twice."""
    for whole in range(len(sheet.rows)):
        parts = sheet.children(whole) if sheet.first[whole] is None else []
        told: dict[Decimal, int] = {}
        for part in filter(sheet.running, parts):
            earlier = told.setdefault(sheet.rows[part].low, part)
            if earlier == part or sum_of(sheet, [earlier, part]) <= sheet.interval(whole).high:
                continue
            if _told_alike(sheet, earlier, part):
                sheet.repeat(part, earlier, "same.no_room")


def _told_alike(sheet: Sheet, earlier: int, later: int) -> bool:
    """Whether two sums, in sentences of their own, go to one body for the same years, the second not called more."""
    if sheet.same_sentence(earlier, later) or clash(sheet, earlier, later) or _contrast(sheet, later):
        return False
    one, other = sheet.rows[earlier], sheet.rows[later]
    return (one.high, one.recipient, one.change, one.per) == (other.high, other.recipient, other.change, other.per)


def _convert(sheet: Sheet, index: int) -> bool:
    """Whether a sum only gives the one right before it in another currency, or in other prices."""
    before = index - 1
    if not sheet.same_sentence(before, index):
        return False
    gap = Span(sheet.rows[before].end, sheet.rows[index].start)
    alike = sheet.rows[before].currency == sheet.rows[index].currency
    if (OTHER_PRICES if alike else CONVERSION).fullmatch(sheet.text, *gap):
        return sheet.repeat(index, before, "same.conversion", gap)
    return _convert_pair(sheet, index)


def _convert_pair(sheet: Sheet, index: int) -> bool:
    """Whether two sums give the two before them in another currency: ``med 2 till 12 euro, vilket motsvarar …``."""
    first, last, after = index - 2, index - 1, index + 1
    if first < 0 or after == len(sheet.rows) or not sheet.same_sentence(first, after):
        return False
    rows = sheet.rows[first : after + 1]
    joins = [sheet.text[one.end : other.start].split() for one, other in pairwise(rows)]
    if joins[0] != joins[2] or not PAIR.fullmatch(sheet.text, rows[1].end, rows[2].start):
        return False
    one, other, *converted = (row.currency for row in rows)
    if one != other or converted[0] != converted[1] or one == converted[0] or not _alike(*(row.low for row in rows)):
        return False
    gap = Span(rows[1].end, rows[2].start)
    return sheet.repeat(after, last, "same.conversion", gap) | sheet.repeat(index, first, "same.conversion", gap)


def _alike(one: Decimal, other: Decimal, first: Decimal, last: Decimal) -> bool:
    """Whether two sums are to each other as two others are, but for what rounding does."""
    return abs(one * last - other * first) <= other * first * ROUNDING


def _restate(sheet: Sheet, index: int) -> bool:
    best, rank, rule = None, 0, ""
    if (heading := _heading_again(sheet, index)) is not None:
        return sheet.repeat(index, heading, "same.title")
    like = [earlier for earlier in sheet.statements.like(index) if may_be_same(sheet, earlier, index)]
    cue = _contrast(sheet, index) if like else None
    for earlier in like:
        if cue and not _both_new(sheet, earlier, index):
            sheet.explain(index, "same_as", "same.other", cue)
            continue
        score, why = evidence(sheet, earlier, index)
        if score > rank:
            best, rank, rule = earlier, score, why
    return best is not None and sheet.repeat(index, best, rule)


def _heading_again(sheet: Sheet, index: int) -> int | None:
    """A heading over the sum that itself restates a sum of the text."""
    for earlier in reversed(sheet.statements.in_headings(index)):
        if earlier < index and sheet.first[earlier] is not None and is_under(sheet, earlier, index):
            return earlier
    return None


def _contrast(sheet: Sheet, b: int) -> Cue | None:
    """``ytterligare`` right before the sum, or ``dessutom`` in its clause, tells of other money."""
    place = sheet.places[b]
    cue = sheet.last_cue("same.other", b, place.before)
    if cue and sheet.text[cue.start : cue.end].casefold() == "ytterligare" and place.mention.start - cue.end > 25:
        return None  # "tar ett ytterligare kliv framåt med 250 miljoner"
    return cue


def _both_new(sheet: Sheet, a: int, b: int) -> bool:
    """``Ytterligare 50 miljoner`` under a title, or after a sentence, that speaks of the same additional 50."""
    place = sheet.places[b]
    titled = sheet.places[a].kind in (TITLE, HEADING) or sheet.quoted(b)
    return titled or (_contrast(sheet, a) is not None and place.block != sheet.places[a].block)
