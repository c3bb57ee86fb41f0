"""Finds totals by arithmetic: sums that make up another exactly where the text sets them out as its breakdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from belopp.links.opening import opens_section
from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, over_years, rounds_to, stated, sum_of
from belopp.links.years import apart, clash
from belopp.model import CELL, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE
from belopp.rulebook import Cue
from belopp.sentences import Place

# "Myndigheten ska också betala ut 300 miljoner" tells of other money
ALSO: Final = re.compile(r"\b(?:också|även|dessutom|därutöver|därtill|vidare)\b", re.IGNORECASE)
# "tillsammans med de 100 miljonerna" closes nothing
AND_THESE: Final = re.compile(r"\s+med\b")
BESIDE: Final = re.compile(r"\s(?:\w+\s)?")  # "totalt drygt 6 miljoner"
FURTHER: Final = re.compile(r"\b(?:och|samt|plus|men)\s+(?:ytterligare|dessutom|därutöver|därtill)\b")
NEAR: Final = 3  # sentences within which a total is broken down


def mark_closing_total(sheet: Sheet, index: int) -> None:
    """``Totalt avsätts därmed 1 025 miljoner`` closes a run of sums that adds up to it."""
    place = sheet.places[index]
    if sheet.parent[index] is not None or sheet.first[index] is not None or not sheet.funding(index):
        return
    cue = sheet.last_cue("part.total", index, place.left)
    if cue is None or AND_THESE.match(sheet.text, cue.end):
        return
    run: list[int] = []
    values, summed, yearly = stated(sheet, index), Decimal(0), Decimal(0)
    for earlier in range(index - 1, -1, -1):
        there = sheet.places[earlier]
        beyond = there.outline.headings(there.block) != place.outline.headings(place.block)
        if there.kind != TITLE and (beyond or _breath(place, there.block) > 3):
            break
        if not sheet.addend(earlier) or (apart(sheet, earlier, index) and not sheet.same_sentence(earlier, index)):
            continue
        if sheet.value(earlier) >= sheet.value(index):
            break
        run.append(earlier)
        summed += sum_of(sheet, run[-1:])
        yearly += over_years(sheet, run[-1:])
        made_up = len(run) > 1 and summed in values
        if made_up or (yearly != summed and yearly in values and not sheet.rows[index].per):
            _adopt_all(sheet, run[::-1], index, "part.total" if made_up else "part.yearly", cue)
            return
        if summed > 2 * max(values):  # more makes up nothing, rounded or not
            break
    _close_nearly(sheet, run, index, cue)
    _close_beside(sheet, index, cue)


def _breath(place: Place, block: int) -> int:
    """How many blocks a sum stands after another, a list being one."""
    kinds = [place.outline.blocks[i].kind for i in range(block, place.block)]
    return sum(kind != ITEM or after != ITEM for kind, after in pairwise([*kinds, ""]))


def _close_nearly(sheet: Sheet, run: Sequence[int], index: int, cue: Cue) -> None:
    """``ytterligare 450 … och 445, sammantaget nästan 900``: the sums of the paragraph, rounded."""
    here = [i for i in run if sheet.places[i].block == sheet.places[index].block]
    if len(here) > 1 and sheet.rows[index].modifier and rounds_to(sheet, here, index):
        _adopt_all(sheet, here, index, "part.total", cue)


def _close_beside(sheet: Sheet, index: int, cue: Cue) -> None:
    """``2 miljoner till varje skola, totalt 6 miljoner``: the sum beside is a part of the total told with it."""
    place = sheet.places[index]
    told_with = sheet.text[cue.start - 2 : cue.start] in (", ", "– ", "- ")
    if place.index and told_with and BESIDE.fullmatch(sheet.text, cue.end, place.mention.start):
        if sheet.addend(index - 1) and sheet.value(index - 1) < sheet.value(index):
            sheet.adopt(index - 1, index, "part.total", cue)


def mark_told_apart(sheet: Sheet) -> None:
    """``Totalt avsätts 9 miljoner. A får 3 och B får 4``: the sums of the next sentence that fit into a total."""
    for index in range(len(sheet.rows) - 2):
        place = sheet.places[index]
        cue = sheet.last_cue("part.total", index, place.left) if sheet.running(index) else None
        if cue is None or len(place.mentions) > 1 or not sheet.funding(index):
            continue
        run = _next_sentence(sheet, index)
        apart_from_it = len(run) < 2 or any(clash(sheet, index, i) or sheet.besides(i) for i in run)
        if not apart_from_it and sum_of(sheet, run) <= sheet.interval(index).high:
            _adopt_all(sheet, run, index, "part.told_apart", cue)


def _next_sentence(sheet: Sheet, index: int) -> list[int]:
    """The new sums of the next sentence that states any, near a sum in its paragraph or opening the next one."""
    place = sheet.places[index]
    if index + 1 == len(sheet.rows):
        return []
    there = sheet.places[index + 1]
    here = there.block == place.block
    if not (here or there.kind == place.kind == PARAGRAPH) or not _is_near(place, there, NEAR if here else 1):
        return []
    if ALSO.search(sheet.text, *there.sentence):
        return []
    run = list(range(index + 1, index + 1 + len(sheet.places[index + 1].mentions)))
    return run if all(map(sheet.addend, run)) else []


def _is_near(place: Place, there: Place, sentences: int) -> bool:
    """Whether a sum's sentence is one of the few before another's."""
    return (place.block, place.sentence) in place.outline.before(there.block, there.sentence, sentences)


def mark_completed(sheet: Sheet) -> None:
    """Sums that follow a total and, with its stated parts, make it up exactly are its parts."""
    for index in range(len(sheet.rows)):
        if (
            sheet.funding(index)
            and sheet.places[index].kind != CELL
            and (sheet.first[index] is None or _told_again(sheet, index))
        ):
            _complete(sheet, index) or (sheet.places[index].kind == TITLE and _complete(sheet, index, opening=True))


def _told_again(sheet: Sheet, index: int) -> bool:
    """Whether a sum of a quote or a title is told of again in the text, where its breakdown follows."""
    first = sheet.places[sheet.canon(index)]
    return sheet.running(index) and not sheet.quoted(index) and (first.kind == QUOTE or first.is_heading)


def _complete(sheet: Sheet, index: int, *, opening: bool = False) -> bool:
    """Find the run that completes a total; ``opening``: of the sums that open sections alone."""
    own = [i for i in sheet.children(index) if sheet.running(i)]
    run: list[int] = []
    for later in range(index + 1, min(index + 15, len(sheet.rows))):
        if later in own or not sheet.addend(later) or (opening and not opens_section(sheet, later)):
            continue
        if clash(sheet, index, later) and sheet.places[later].block == sheet.places[index].block:
            continue  # "50 miljoner 2023 … och 75 miljoner 2024": the same money in another year
        if not _follows(sheet, index, later, run) or (not run and _further(sheet, index, later)):
            break
        if sheet.quoted(later) and not sheet.quoted(index):
            continue
        run.append(later)
        before = [i for i in own if i < later]
        for parts in ([*before, *run], run):
            made_up = len(parts) > 1 and (adds_up(sheet, parts, index) or _rounded(sheet, parts, index))
            if made_up and _told_close(sheet, index, run):
                _adopt_all(sheet, run, index, "part.completes")
                return True
    return False


def _further(sheet: Sheet, index: int, later: int) -> bool:
    """``30 miljoner till A, och ytterligare 10 till B``: what is added to a sum is no part of it."""
    gap = sheet.lowered[sheet.rows[index].end : sheet.rows[later].start]
    return sheet.same_sentence(index, later) and FURTHER.search(gap) is not None


def _rounded(sheet: Sheet, parts: Sequence[int], index: int) -> bool:
    """Three sums or more of one sentence come to a hedged total by no chance: ``cirka 3,7 miljoner``."""
    told_in = {sheet.places[part].sentence for part in parts}
    return len(parts) > 2 and len(told_in) == 1 and bool(sheet.rows[index].modifier) and rounds_to(sheet, parts, index)


def _follows(sheet: Sheet, index: int, later: int, run: Sequence[int]) -> bool:
    """Whether a later sum may still belong to the breakdown of a total: in its section, or opening one below it."""
    place, there = sheet.places[index], sheet.places[later]
    if sheet.rows[later].low >= sheet.rows[index].low or clash(sheet, index, later):
        return False
    yearly = sheet.rows[later].per == "year" and not sheet.rows[index].per and len(sheet.years(later)) > 1
    if place.kind != TITLE and sheet.rows[later].per != sheet.rows[index].per and not yearly:
        return False
    if place.kind == ITEM:
        return there.block == place.block
    if not sheet.running(later):
        return False
    if there.outline.headings(there.block) == place.outline.headings(place.block) and place.kind != TITLE:
        return True
    beside = bool(run) and there.outline.headings(there.block) == sheet.outline.headings(sheet.places[run[-1]].block)
    return beside or opens_section(sheet, later) or (place.kind == TITLE and there.kind not in (HEADING, ITEM))


def _told_close(sheet: Sheet, index: int, run: Sequence[int]) -> bool:
    """By chance alone small round sums add up too: the run must begin in the next breath, or be set out by headings."""
    if sheet.places[index].kind == TITLE:
        rest = [i for i in range(run[-1] + 1, len(sheet.rows)) if sheet.top(i) and not sheet.quoted(i)]
        rest = [i for i in rest if _weighs(sheet, i, index)]
        return all(opens_section(sheet, i) for i in run) or not rest or _same_block(sheet, run)
    place = sheet.places[index]
    over = place.outline.headings(place.block)
    if any(sheet.places[i].outline.headings(sheet.places[i].block) != over for i in run):
        total = sheet.first_cue("part.total", index, place.left)
        ahead = all(place.outline.blocks[h].kind == TITLE for h in over)
        return (total is not None or ahead) and opens_section(sheet, run[0])
    if sheet.children(index) or sheet.same_sentence(index, run[0]):
        return True
    there = sheet.places[run[0]]
    near = there.block - place.block <= 1 or _is_near(place, there, NEAR)
    return near and not _also(sheet, run[0])


def _also(sheet: Sheet, index: int) -> bool:
    place = sheet.places[index]
    return ALSO.search(place.slice(place.left)) is not None


def _same_block(sheet: Sheet, run: Sequence[int]) -> bool:
    return len({sheet.places[i].block for i in run}) == 1


def complete_from_all(sheet: Sheet) -> None:
    """Where all other sums of a text make up its largest one exactly, they are its parts."""
    tops = [i for i in range(len(sheet.rows)) if sheet.addend(i) and sheet.places[i].kind != CELL]
    if len(tops) < 2:
        return
    whole = max(tops, key=sheet.value)
    others = [i for i in tops if i != whole and _weighs(sheet, i, whole)]
    parts = [*others, *(i for i in sheet.children(whole) if sheet.running(i))]
    if not others or not _stands_out(sheet, whole, others):
        return
    if any(clash(sheet, whole, i) or sheet.rows[i].per != sheet.rows[whole].per for i in others):
        return
    if sheet.places[whole].kind != TITLE and whole < others[0] and _also(sheet, others[0]):
        return
    titled = sheet.places[whole].kind == TITLE and len(parts) > 2 and rounds_to(sheet, parts, whole)
    if len(parts) > 1 and (adds_up(sheet, parts, whole) or titled):
        _adopt_all(sheet, others, whole, "part.completes")


def _weighs(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether a sum is more than a trifle of another; a price named on the way is no part of a breakdown."""
    return sheet.value(index) * 1000 >= sheet.value(whole)


def _stands_out(sheet: Sheet, whole: int, others: Sequence[int]) -> bool:
    """Whether a sum is set out as the total of a text: it comes first, or last and called a total."""
    if whole < others[0]:
        return True
    return whole > others[-1] and sheet.first_cue("part.level", whole, sheet.places[whole].left) is not None


def mark_year_series(sheet: Sheet) -> None:
    """``totalt 225,5 miljoner under 2026–2028`` and then one sum a year, or one sum each year."""
    for index in range(len(sheet.rows)):
        years = sheet.years(index)
        if len(years) < 2 or not sheet.funding(index) or sheet.first[index] is not None:
            continue
        if sheet.rows[index].per != "year":
            _mark_series(sheet, index, years)
        elif index + 1 < len(sheet.rows) and sheet.same_sentence(index, index + 1):
            _mark_total_of_years(sheet, index, len(years))


def _mark_total_of_years(sheet: Sheet, index: int, years: int) -> None:
    """``100 miljoner kronor per år 2024–2026, totalt 300``."""
    whole = index + 1
    cue = sheet.last_cue("part.total", whole, sheet.places[whole].before)
    if cue and sheet.funding(whole) and not sheet.rows[whole].per and sheet.value(index) * years == sheet.value(whole):
        sheet.adopt(index, whole, "part.yearly", cue)


def _mark_series(sheet: Sheet, index: int, years: frozenset[str]) -> None:
    series = []
    for later in range(index + 1, min(index + 12, len(sheet.rows))):
        if sheet.parent[later] is not None or not sheet.funding(later) or not sheet.running(later):
            continue
        yearly = sheet.rows[later].per == "year" and sheet.years(later) in (years, frozenset())
        if yearly and sheet.value(later) * len(years) == sheet.value(index):
            sheet.adopt(later, index, "part.yearly")
            return
        if len(sheet.years(later)) == 1 and sheet.years(later) <= years:
            series.append(later)
            if len(series) == len(years) and adds_up(sheet, series, index):
                _adopt_all(sheet, series, index, "part.years")
                return


def _adopt_all(sheet: Sheet, parts: Sequence[int], whole: int, rule: str, cue: Cue | None = None) -> None:
    for part in parts:
        sheet.adopt(part, whole, rule, cue)
