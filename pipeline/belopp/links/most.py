"""Finds who gets most of what is shared out, or one of those who share it, and what is told of right after."""

from __future__ import annotations

import re
from typing import Final

from belopp.grammar import HEDGE
from belopp.links.adding import ALSO
from belopp.links.sheet import Sheet
from belopp.links.sums import sum_of
from belopp.links.years import apart
from belopp.model import CELL, ITEM, QUOTE, TITLE
from belopp.rulebook import Cue

# "Mest får A, 5 miljoner", "A är störst med 5 miljoner", "A har fått mest, nästan 5 miljoner"
BESIDE: Final = re.compile(rf"\s*[,:–(]?\s*(?:(?:med|på|om|totalt|sammanlagt|hela|{HEDGE})\s+){{0,3}}")
OPENS: Final = 12  # characters that may stand before words that open a sentence: "Allra mest"
# "Ett av projekten får 5 miljoner" of what goes to a number of them
ONE: Final = re.compile(r"\W*e(?:n|tt)\s+av\s+(?:de|dem|dessa|\w+(?:en|na))\b", re.IGNORECASE)
MANY: Final = re.compile(
    r"(?<![\d.,:])(?<!\d\s)\b(?:\d{1,3}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[a-zåäö]*ton)\s+"
    r"(?!(?:tusen|miljon|miljard|kron|euro|procent|mkr|mnkr|tkr|år|månad|veck|dag|timm|gång))(?:[^\W\d]+\s+)?(?!kron)[a-zåäö-]{4,}"
)
GETS: Final = re.compile(
    r"""\b(?:får|fick|fått|går|gick|gått|ges|gavs|tilldel(?:as|ades|ats)|bevilj(?:as|ades|ats)|avsätt(?:s|er)|avsatt(?:s|es)
    |fördel(?:as|ades|ats)|läggs|lades|lagts|använd(?:s|es|er)|sats(?:ar|as|ades|ats)|reserver(?:as|ades|ats)
    |finansier(?:as|ades|ats)|hamn(?:ar|ade)|tillf(?:aller|öll)|ansl(?:ås|ogs)|öronmärk(?:s|tes|ts)|följ[td]\s+av)\b""",
    re.VERBOSE,
)
# What is told of in the same breath and is of other money.
APART: Final = re.compile(
    r"\b(?:ytterligare|utöver|förutom|sedan\s+tidigare|tidigare|egen|eget|egna|årligen|sök\w*|ansök\w*|totalt|sammanlagt"
    r"|sammantaget|tillsammans|samtidigt|i\s+stället|istället|jämför\w*)\b"
)
FEW: Final = 10  # how many sums back the total may be
NEAR: Final = 2  # how many blocks back


def mark_most(sheet: Sheet) -> None:
    """Give a sum that is called the most of what is shared out its total, and those told of with it, too."""
    for index in range(1, len(sheet.rows)):
        if sheet.addend(index) and sheet.places[index].kind not in (CELL, ITEM, TITLE):
            _most(sheet, index) or _one_of_many(sheet, index) or _told_next(sheet, index)


def _most(sheet: Sheet, index: int) -> bool:
    """``38 miljoner delades ut. Mest fick A, 9 miljoner``: of the total told of just before."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.most", index, place.before)
    if cue is None or not (_beside(sheet, index, cue) or (not place.index and _opens(sheet, index, cue))):
        return False
    whole = _whole(sheet, index)
    return whole is not None and sheet.adopt(index, whole, "part.most", cue)


def _beside(sheet: Sheet, index: int, cue: Cue) -> bool:
    return BESIDE.fullmatch(sheet.lowered, cue.end, sheet.rows[index].start) is not None


def _opens(sheet: Sheet, index: int, cue: Cue) -> bool:
    return cue.start - sheet.places[index].sentence.start <= OPENS


def _one_of_many(sheet: Sheet, index: int) -> bool:
    """``9 miljoner har beviljats till 26 projekt. Ett av dem får 1 miljon``: of what all of them get."""
    place = sheet.places[index]
    found = ONE.match(sheet.text, *place.left)
    if place.index or found is None or not GETS.search(sheet.lowered, *place.sentence):
        return False
    whole = _whole(sheet, index)
    if whole is None or not MANY.search(sheet.lowered, *sheet.places[whole].sentence):
        return False
    return sheet.adopt(index, whole, "part.one_of", place.left)


def _told_next(sheet: Sheet, index: int) -> bool:
    """``Av dessa går 4 miljoner till A. Till B går 3 miljoner``: what follows in the same breath is shared out too."""
    place, last = sheet.places[index], index - 1
    whole = sheet.parent[last]
    if whole is None or sheet.places[last].block != place.block or not _fits(sheet, index, whole):
        return False
    if not sheet.linked_by(last, "part.of_these", "part.of_money", "part.most", "part.one_of", "part.next"):
        return False
    return gets(sheet, index) and sheet.adopt(index, whole, "part.next")


def gets(sheet: Sheet, index: int) -> bool:
    """Whether a sentence says that somebody gets a sum, and not besides what was told of."""
    place = sheet.places[index]
    said = sheet.lowered[place.left.start : place.left.end]
    return bool(GETS.search(sheet.lowered, *place.sentence)) and not APART.search(said) and not ALSO.search(said)


def _whole(sheet: Sheet, index: int) -> int | None:
    """The nearest larger sum just before one that it may be a part of, or the total of that one."""
    place = sheet.places[index]
    section = place.outline.headings(place.block)
    for earlier in range(index - 1, max(-1, index - FEW), -1):
        there = sheet.places[earlier]
        if there.kind in (CELL, QUOTE) and there.kind != place.kind or not sheet.funding(earlier):
            continue
        near = place.block - there.block <= NEAR or there.kind == TITLE
        if not near or (there.kind != TITLE and there.outline.headings(there.block) != section):
            break
        if sheet.value(earlier) <= sheet.value(index) or not _may_hold(sheet, index, earlier):
            continue
        shared = sheet.linked_by(earlier, "part.most", "part.next", "part.one_of")
        whole = sheet.parent[earlier] if shared else earlier
        return whole if whole is not None and _fits(sheet, index, whole) else None
    return None


def _may_hold(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether currency, recurrence and years let a sum be a part of another, which is no level that was."""
    row, over = sheet.rows[index], sheet.rows[whole]
    alike = (row.currency, row.per) == (over.currency, over.per) and row.change in ("", over.change)
    told = not sheet.old(whole) and not sheet.compared(whole)
    return alike and told and not apart(sheet, index, whole)


def _fits(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether a sum, with the parts that a total has already, is no more than it."""
    parts = [i for i in sheet.children(whole) if sheet.running(i)]
    most = sheet.interval(whole).high if sheet.rows[whole].modifier else sheet.value(whole)
    return _may_hold(sheet, index, whole) and sum_of(sheet, [*parts, index]) <= most
