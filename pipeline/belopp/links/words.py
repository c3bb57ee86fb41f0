"""Finds totals by the words beside a sum: "varav", "av dessa", "resterande", "till totalt"."""

from __future__ import annotations

import re
from typing import Final

from belopp.links.levels import fronted, increase_in_level, more_than_before, result_of_change
from belopp.links.pointing import nearest_larger, sums_before, total_before
from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, sum_of
from belopp.model import ITEM
from belopp.rulebook import Cue
from belopp.sentences import Span

# "Av dessa går …", "…, och av dessa går …"
FRONTED: Final = re.compile(r"(?:^|[.,;:–(]|\n|\b(?:och|samt|där|att|varav))\s*$")
AT_MOST: Final = re.compile(r"\W*(?:(?:Högst|Minst|Upp\s+till|Ca|Cirka)\s+)?")
# "en av de största givarna", "en del av det": no money told of before
COUNTED: Final = re.compile(
    r"\b(?:en|ett|någon|några|två|tre|fler|flera|del|delar|sidan|stöd|utveckling)\s*$", re.IGNORECASE
)
GROUND: Final = re.compile(r"\s+(?:anledning|orsak|skäl)")  # "av detta skäl"
# "varav A, utöver B": other money begins
OTHER: Final = re.compile(r";|:\s|\b(?:utöver|jämfört|till\s+totalt)\b")
# "varav 100 miljoner från staten och 94 miljoner från regionerna"
BESIDE: Final = re.compile(r"\s+(?P<by>från|till|av)\s+[^,;:.()]+?\s(?:och|samt)\s+")
# "Av de 507 miljonerna": the total itself
HOLDS: Final = ("ingår", "innehåller")  # "i satsningen ingår 5 miljoner": what follows is no total
ITSELF: Final = re.compile(r"\s+(?:totalt\s+|sammanlagt\s+)?")
BY: Final = 12  # characters between words that point back and the total that they name: "av de totalt 250 miljonerna"
# How many sums back "av dessa" may point when it is arithmetic that tells which; more would fit by chance.
NEAR: Final = 3
# "1 miljon av det får gå till administration"
OUT_OF: Final = re.compile(r"\b(?:av|får)\b")
PAYERS: Final = ("statens medel", "regionernas medel", "kommunernas medel")


def mark_by_words(sheet: Sheet) -> None:
    """Give each sum the total that the words beside it name."""
    for index in range(1, len(sheet.rows)):  # the first sum has none before it to be a part of
        if not sheet.funding(index):
            continue
        for look in WORDS:
            if look(sheet, index):
                break
        result_of_change(sheet, index)


def _of_which(sheet: Sheet, index: int) -> bool:
    """``varav 100 miljoner kronor``: of the nearest larger sum of the sentence."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.of_which", index, place.before)
    if cue is None or sheet.old(index):
        return False
    parent = nearest_larger(sheet, index, same_sentence=True)
    if parent is None and place.index == 0 and sheet.text[cue.start : cue.end].casefold() != "där":
        parent = nearest_larger(sheet, index)
        if parent is not None and place.block - sheet.places[parent].block > 1:
            return False
    return parent is not None and not _sibling(sheet, parent, cue) and sheet.adopt(index, parent, "part.of_which", cue)


def _sibling(sheet: Sheet, earlier: int, cue: Cue) -> bool:
    """Of ``dels A, dels B`` neither is the other's total."""
    word = sheet.text[cue.start : cue.end].casefold()
    place = sheet.places[earlier]
    return word == "dels" and word in place.slice(place.before).casefold().split()


def _continues(sheet: Sheet, index: int) -> bool:
    """A later member of ``varav A och B`` belongs to the same total as long as the parts fit in it."""
    before, parent = index - 1, sheet.parent[index - 1]
    if parent is None or not sheet.same_sentence(before, index):
        return False
    gap = Span(sheet.rows[before].end, sheet.rows[index].start)
    if OTHER.search(sheet.text, *gap):
        return False
    siblings = [i for i in sheet.children(parent) if i <= before and sheet.same_sentence(i, before)]
    fits = sum_of(sheet, [*siblings, index]) <= sheet.interval(parent).high
    return (fits or _side_by_side(sheet, index, gap)) and sheet.adopt(index, parent, "part.and", gap)


def _side_by_side(sheet: Sheet, index: int, gap: Span) -> bool:
    """Whether ``och`` joins two parts told of alike: they belong together even when they exceed the total."""
    beside = BESIDE.fullmatch(sheet.text, *gap)
    said = sheet.text[sheet.rows[index].end : sheet.rows[index].end + 8].split()
    worded = sheet.linked_by(index - 1, "part.of_which", "part.and")
    return beside is not None and worded and said[:1] == [beside["by"]]


def _of_these(sheet: Sheet, index: int) -> bool:
    """``Av dessa går 100 miljoner``, ``250 miljoner av dessa``: of the total told of just before."""
    place, cue = sheet.places[index], _pointer(sheet, index)
    if cue is None:
        return False
    if _adding_total(sheet, index, cue):
        return True
    if place.index and place.mentions[place.index - 1].start - BY <= cue.end <= place.mention.start:
        return sheet.adopt(index, index - 1, cue.rule.id, cue)
    parent = _named_total(sheet, index, cue)
    if parent is None:
        parent = total_before(sheet, index, min(cue.start, place.mention.start))
    if parent is None or _one_of_years(sheet, parent, index):
        return False
    return sheet.adopt(index, parent, cue.rule.id, cue)


def _pointer(sheet: Sheet, index: int) -> Cue | None:
    """The words that point back to a total: before the sum, before the total itself, or right behind the sum."""
    place = sheet.places[index]
    if cue := _points_back(sheet, sheet.first_cue("part.of_these", index, place.before)):
        holds = sheet.lowered.endswith(HOLDS, cue.start, cue.end)
        return cue if holds or not ITSELF.fullmatch(sheet.text, cue.end, place.mention.start) else None
    if (cue := sheet.first_cue("part.of_money", index, place.before)) and FRONTED.search(
        sheet.text, max(0, cue.start - 14), cue.start
    ):
        return cue
    if place.index:  # "Av de 250 miljonerna går 150 till A"
        total = place.mentions[place.index - 1].start
        cue = sheet.last_cue("part.of_these", index, Span(place.sentence.start, total))
        if cue and total - cue.end < BY:
            return cue
    end = place.mention.end
    cue = sheet.first_cue("part.of_these", index, Span(end, min(end + 40, place.sentence.end)))
    return cue if cue and cue.start - end <= 2 else None


def _adding_total(sheet: Sheet, index: int, cue: Cue) -> bool:
    """``A får 70, B får 90. Av dessa går 45 … och 25``: of the two sums pointed to, the one that the parts make up."""
    if "check.adds_up" not in sheet.book:
        return False
    run = [index]
    while run[-1] + 1 < len(sheet.rows) and sheet.same_sentence(index, run[-1] + 1) and sheet.top(run[-1] + 1):
        run.append(run[-1] + 1)
    candidates = sums_before(sheet, index, min(cue.start, sheet.places[index].mention.start))[:NEAR]
    near = [c for c in candidates if sheet.places[index].block - sheet.places[c].block < 2]
    fits = [c for c in near if len(run) > 1 and adds_up(sheet, run, c)]
    if len(near) < 2 or len(fits) != 1 or sheet.canon(fits[0]) == sheet.canon(near[0]):
        return False
    for part in run:
        if sheet.adopt(part, fits[0], "part.of_these", cue):
            sheet.explain(part, "part_of", "check.adds_up")
    return True


def _points_back(sheet: Sheet, cue: Cue | None) -> Cue | None:
    """The cue, unless it counts ("en av de största givarna"), tells why ("av dessa skäl") or belongs to a noun
    ("delar av det stöd som …")."""
    if cue is None or cue.end - cue.start > len("av dessa"):
        return cue
    before = sheet.text[max(0, cue.start - 14) : cue.start]
    if GROUND.match(sheet.text, cue.end) or COUNTED.search(before):
        return None
    return cue if FRONTED.search(before) else None


def _named_total(sheet: Sheet, index: int, cue: Cue) -> int | None:
    """``Av statens medel för 2024``: the sum of that payer for that year; ``av samma medel``: the last one's total."""
    said = sheet.text[cue.start : cue.end].casefold()
    if said.endswith("samma medel"):
        return sheet.parent[index - 1]
    if not said.endswith(PAYERS):
        return None
    row = sheet.rows[index]
    for earlier in range(index - 1, -1, -1):
        other = sheet.rows[earlier]
        if sheet.value(earlier) > row.high and other.period == row.period and other.payer == row.payer:
            own = sheet.parent[earlier] is None or sheet.rows[sheet.parent[earlier] or 0].period != row.period
            if own and sheet.funding(earlier):
                return earlier
    return None


def _share(sheet: Sheet, index: int) -> bool:
    """``Den största delen, 400 miljoner``: of the total told of just before."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.share", index, place.before)
    if cue is None:
        return False
    last = _last_share(sheet, index)
    parent = total_before(sheet, index, cue.start) if last is None else sheet.parent[last]
    if parent is None:
        return False
    shares = [i for i in sheet.children(parent) if sheet.linked_by(i, "part.share")]
    fits = last is None or sum_of(sheet, [*shares, index]) <= sheet.interval(parent).high
    return fits and sheet.adopt(index, parent, "part.share", cue)


def _last_share(sheet: Sheet, index: int) -> int | None:
    """``Den ena delen är 15 miljoner. Den andra är 4``: the sum of the paragraph that was last called a share."""
    for earlier in range(index - 1, -1, -1):
        if sheet.places[earlier].block != sheet.places[index].block:
            break
        if sheet.linked_by(earlier, "part.share"):
            return earlier
    return None


def _rest(sheet: Sheet, index: int) -> bool:
    """``Resterande 4 miljoner``: what is left of the total whose parts were told of."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.rest", index, place.before)
    if cue is None:
        return False
    parts, parent = _exhausted(sheet, index)
    if parent is None:
        parts, parent = [index], total_before(sheet, index, place.mention.start)
    if parent is not None:
        for part in parts:
            sheet.adopt(part, parent, "part.rest", cue)
    return True


def _exhausted(sheet: Sheet, index: int) -> tuple[list[int], int | None]:
    """The sums before a rest that, with it, make up an earlier total exactly; and that total."""
    run = [index]
    for earlier in range(index - 1, -1, -1):
        if not sheet.funding(earlier) or sheet.first[earlier] is not None or sheet.held_against(earlier):
            continue
        children = [i for i in sheet.children(earlier) if i not in run]
        for first in range(len(run)):  # "Av 90 går 50 till A: 25 till B och 25 till C. Resten, 40, …"
            last = run[first:]
            sets = (parts for parts in ([*children, *last], last) if len(parts) > 1)
            if any(adds_up(sheet, parts, earlier) for parts in sets):
                return last, earlier
        if sheet.parent[earlier] is None:
            run.insert(0, earlier)
    return [], None


def _small(sheet: Sheet, index: int) -> bool:
    """``1 miljon får användas till administration``: of the money it administers."""
    place = sheet.places[index]
    cue = sheet.first_cue("part.small", index, place.after)
    parent = nearest_larger(sheet, index) if cue else None
    if parent is None or sheet.places[parent].block != place.block:
        return False
    # "55 miljoner för utgifter och 19 miljoner för administration" are two of a kind
    if sheet.same_sentence(parent, index) and not OUT_OF.search(sheet.text, *place.before):
        return False
    return sheet.adopt(index, parent, "part.small", cue)


def _reserved(sheet: Sheet, index: int) -> bool:
    """``Högst 1 miljon kronor får användas till läger``: of the sum told of right before."""
    place = sheet.places[index]
    if place.index or place.kind == ITEM or not AT_MOST.fullmatch(sheet.text, *place.left):
        return False
    cue = sheet.first_cue("part.reserved", index, place.after)
    if cue is None or len(sheet.text[place.mention.end : cue.start].split()) > 6:
        return False
    parent = sheet.canon(index - 1)
    near = place.block - sheet.places[index - 1].block < 2 and sheet.places[index - 1].kind != ITEM
    opens = AT_MOST.fullmatch(sheet.text, *sheet.places[index - 1].left)  # "9 miljoner ska gå till A. 8 ska gå till B."
    fits = sheet.value(parent) > sheet.value(index)
    return near and fits and not opens and sheet.adopt(index, parent, "part.reserved", cue)


def _one_of_years(sheet: Sheet, parent: int, index: int) -> bool:
    """A yearly part of a series of yearly sums has no one total among them."""
    series = [i for i in range(len(sheet.rows)) if sheet.same_sentence(i, parent) and len(sheet.years(i)) == 1]
    return len(series) > 1 and sheet.rows[index].per == "year" and sheet.rows[parent].per != "year"


# The words beside a sum, the surest first.
WORDS: Final = (
    _of_which, increase_in_level, more_than_before, _continues, _of_these, _share, _rest, _small, _reserved, fronted,
)  # fmt: skip
