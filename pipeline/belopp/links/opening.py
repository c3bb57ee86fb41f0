"""Finds totals that a text sets out: a list after a colon in a sentence, the sums that open the sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, rounds_to, sum_of
from belopp.links.years import apart, clash
from belopp.model import CELL, HEADING, ITEM, QUOTE

# How far over a total that is "över 1 miljard" the sums of its sections may come.
OVER = Decimal("1.25")


def mark_colon_lists(sheet: Sheet) -> None:
    """``1,3 miljarder för bredband: 600 i anslag, 600 från EU samt 100``: what follows a colon makes up the total."""
    for index, place in enumerate(sheet.places):
        if place.index or place.kind in (CELL, ITEM) or len(place.mentions) < 2:
            continue
        sentence = [i for i in range(index, len(sheet.rows)) if sheet.same_sentence(i, index)]
        for colon in re.finditer(r":\s", sheet.text[place.sentence.start : place.sentence.end]):
            at = place.sentence.start + colon.start()
            listed = [i for i in sentence if sheet.rows[i].start > at and sheet.funding(i)]
            whole = _told_before(sheet, listed, at) if len(listed) > 1 else None
            if whole is not None:
                for part in listed:
                    if sheet.first[part] is None and sheet.rows[part].change != "decrease":
                        sheet.adopt(part, whole, "part.completes")
                break


def _told_before(sheet: Sheet, listed: Sequence[int], at: int) -> int | None:
    """The nearest sum before a colon that the listed ones make up; one right before them also when rounded."""
    for earlier in range(listed[0] - 1, max(-1, listed[0] - 8), -1):
        if sheet.rows[earlier].end > at or not sheet.funding(earlier) or not sheet.running(earlier):
            continue
        near = sheet.places[listed[0]].block - sheet.places[earlier].block < 2
        exact = adds_up(sheet, listed, earlier)
        if exact or (near and earlier == listed[0] - 1 and rounds_to(sheet, listed, earlier)):
            return earlier
    return None


def mark_openings(sheet: Sheet) -> None:
    """A total of the title or the introduction, which the first sums of the sections under headings make up."""
    for index, place in enumerate(sheet.places):
        if not sheet.funding(index) or sheet.first[index] is not None or place.kind in (CELL, ITEM, HEADING, QUOTE):
            continue
        over = place.outline.headings(place.block)
        if any(place.outline.blocks[i].kind == HEADING for i in over):
            return
        opening = [i for i in sheet.openers if i > index and _may_open(sheet, i, index)]
        for parts in ([i for i in opening if not clash(sheet, i, index)], opening):
            if _set_out(sheet, parts, index):
                for part in parts:
                    sheet.adopt(part, index, "part.completes")
                break


def _may_open(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether a sum is the first of its section, and may be a part of a total told before all sections."""
    if not sheet.funding(index) or sheet.first[index] is not None:
        return False
    fits = sheet.value(index) < sheet.value(whole) and not apart(sheet, index, whole)
    return fits and sheet.rows[index].currency == sheet.rows[whole].currency and not sheet.besides(index)


def _set_out(sheet: Sheet, parts: Sequence[int], whole: int) -> bool:
    """Whether sums make up a total exactly or rounded, or come to a little over one that is itself "över"."""
    if len(parts) < 2 or not any(sheet.parent[i] is None for i in parts):
        return False
    if adds_up(sheet, parts, whole) or (len(parts) > 2 and rounds_to(sheet, parts, whole)):
        return True
    summed, value = sum_of(sheet, parts), sheet.value(whole)
    return len(parts) > 3 and sheet.rows[whole].modifier == "over" and value <= summed <= OVER * value


def opens_section(sheet: Sheet, index: int) -> bool:
    """Whether a sum stands in a heading, or is the first of the section under it."""
    return index in sheet.openers
