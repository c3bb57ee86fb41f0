"""Finds the parts of what is shared out: "72 skolor delar på 600 miljoner", "6 miljoner av 7", "därutöver 100"."""

from __future__ import annotations

import re
from typing import Final

from belopp.grammar import HEDGE
from belopp.links.adding import ALSO
from belopp.links.most import MANY, gets
from belopp.links.sheet import Sheet
from belopp.links.sums import stated, sum_of
from belopp.links.years import apart, clash
from belopp.model import CELL, HEADING, ITEM, TITLE
from belopp.rulebook import Cue

NEAR: Final = 1  # how many blocks on a sum may be a part that names no recipient
# "6 miljoner kronor har betalats ut, av drygt 7 miljoner"; not "av sökta 7"
OUT_OF: Final = re.compile(rf"[^.;:()\d]{{0,60}}(?<!del)[\s,]av\s+(?:(?:de|totalt|sammanlagt|sammantaget|{HEDGE})\s+)*")
BESIDE: Final = re.compile(
    r"\W*(?:därutöver|därtill|utöver\s+(?:det|detta|dessa)|dessutom|till\s+detta)\b", re.IGNORECASE
)
# What comes besides a total, and what remains of it later: "Ytterligare 12 projekt får 3 miljoner"
BESIDES: Final = re.compile(r"\b(?:ytterligare|återst[åo]r|kvarst[åo]r|finns\s+kvar)\b", re.IGNORECASE)


def mark_shared(sheet: Sheet) -> None:
    """Give what is shared out the parts that the text names after it."""
    for index in range(len(sheet.rows)):
        if sheet.funding(index) and sheet.places[index].kind != CELL:
            _out_of(sheet, index) or _with_the_rest(sheet, index)
    for index in range(len(sheet.rows)):
        if sheet.funding(index) and sheet.running(index):
            _share_out(sheet, index)
    _mark_section(sheet)


def _out_of(sheet: Sheet, index: int) -> bool:
    """``6 miljoner har betalats ut, av drygt 7 miljoner``: the first is a part of the second."""
    place = sheet.places[index]
    if not place.index or not OUT_OF.fullmatch(sheet.lowered, *place.before):
        return False
    return sheet.value(index - 1) < sheet.value(index) and sheet.adopt(index - 1, index, "part.out_of", place.before)


def _with_the_rest(sheet: Sheet, index: int) -> bool:
    """``Ramen är 800. Därutöver kommer 80 från avgifter``, after a total of 880: they make it up."""
    place, before = sheet.places[index], index - 1
    if place.index or before < 1 or not BESIDE.match(sheet.text, *place.left):
        return False
    pair = [before, index]
    if not all(map(sheet.top, pair)) or place.block - sheet.places[before].block > 1:
        return False
    for whole in range(before - 1, -1, -1):
        if sheet.besides(index) and sheet.places[whole].kind != TITLE:
            continue  # "A får 4. Utöver detta får B 5": only a title takes in both
        if sheet.top(whole) and sum_of(sheet, pair) in stated(sheet, whole) and not clash(sheet, whole, index):
            for part in pair:
                sheet.adopt(part, whole, "part.completes")
            return True
    return False


def _share_out(sheet: Sheet, index: int) -> None:
    """``72 skolor delar på 600 miljoner. Störst är stödet till A, 40 miljoner``: what each gets of it."""
    cue = _shared_out(sheet, index)
    if cue is None or any(sheet.same_sentence(i, index) and sheet.addend(i) for i in range(index + 1, len(sheet.rows))):
        return
    near = [sheet.places[i].block <= sheet.places[index].block + NEAR for i in range(len(sheet.rows))]
    far = cue.rule.id == "part.shared"
    parts = [i for i in range(index + 1, len(near)) if (far or near[i]) and _is_share(sheet, i, index, near[i])]
    if sum_of(sheet, [*sheet.children(index), *parts]) <= sheet.interval(index).high:
        for part in parts:
            sheet.adopt(part, index, cue.rule.id, cue)


def _shared_out(sheet: Sheet, index: int) -> Cue | None:
    """The words that say that a sum is shared out, or that a number of recipients were granted it."""
    place = sheet.places[index]
    if cue := sheet.last_cue("part.shared", index, place.left) or sheet.first_cue("part.shared", index, place.after):
        return cue
    cue = sheet.first_cue("part.granted", index, place.sentence)
    return cue if cue and MANY.search(sheet.lowered, *place.sentence) else None


def _is_share(sheet: Sheet, index: int, whole: int, near: bool) -> bool:
    """Whether a sum says what one of those who share a total gets."""
    row, over, place = sheet.rows[index], sheet.rows[whole], sheet.places[index]
    if not sheet.addend(index) or row.change or row.per != over.per or place.kind == CELL:
        return False
    if ALSO.search(sheet.text, *place.left) or BESIDES.search(sheet.text, *place.left):
        return False
    named = row.recipient and row.recipient != over.recipient
    listed = place.kind == ITEM and not place.index  # "Skolan: 5 miljoner (ansökte om 9)"
    told = near and not row.recipient and gets(sheet, index)  # "En förening får 5 miljoner"
    return bool(named or listed or told) and sheet.value(index) < sheet.value(whole) and not apart(sheet, index, whole)


def _mark_section(sheet: Sheet) -> None:
    """The sums of a section called ``Så fördelas medlen`` are parts of the total that was told before it."""
    sections: dict[int, list[int]] = {}
    for index in filter(sheet.addend, range(len(sheet.rows))):
        place = sheet.places[index]
        for over in place.outline.headings(place.block):
            if place.outline.blocks[over].kind == HEADING and place.kind != CELL:
                sections.setdefault(over, []).append(index)
    for over, parts in sections.items():
        block = sheet.outline.blocks[over]
        cue = sheet.book.cues("part.section").first(sheet.lowered, block.start, block.end)
        before = [i for i in range(parts[0]) if sheet.top(i) and sheet.rows[i].end <= block.start] if cue else []
        if len(parts) > 1 and len(before) == 1 and _is_spent(sheet, parts, before[0]):
            for part in parts:
                sheet.adopt(part, before[0], "part.section", cue)


def _is_spent(sheet: Sheet, parts: list[int], whole: int) -> bool:
    """Whether the sums of a section fit into a total, and none is of another kind or time."""
    over = sheet.rows[whole]
    alike = all(sheet.rows[i].per == over.per and not apart(sheet, i, whole) for i in parts)
    return alike and not over.change and sum_of(sheet, parts) <= sheet.interval(whole).high
