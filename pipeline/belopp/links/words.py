"""Finds totals by the words beside a sum: "varav", "av dessa", "resterande", "till totalt"."""

from __future__ import annotations

import re
from typing import Final

from belopp.links.sheet import Sheet
from belopp.model import HEADING, ITEM, TITLE
from belopp.period.sentence import WHAT_WAS
from belopp.rulebook import Cue
from belopp.sentences import Span

# "Av dessa går …", "…, och av dessa går …"
FRONTED: Final = re.compile(r"(?:^|[.,;:–(*]|\n|\b(?:och|samt|där|att|varav))\s*$")
AT_MOST: Final = re.compile(r"\W*(?:(?:Högst|Minst|Upp\s+till|Ca|Cirka)\s+)?")
# "en av de största givarna", "en del av det": no money told of before
COUNTED: Final = re.compile(
    r"\b(?:en|ett|någon|några|två|tre|fler|flera|del|delar|sidan|stöd|utveckling)\s*$", re.IGNORECASE
)


def mark_by_words(sheet: Sheet) -> None:
    """Give each sum the total that the words beside it name."""
    for index in range(1, len(sheet.rows)):  # the first sum has none before it to be a part of
        if not sheet.funding(index):
            continue
        for look in (_of_which, _continues, _of_these, _share, _rest, _small, _reserved, _increase_in_level, _fronted):
            if look(sheet, index):
                break
        _result_of_change(sheet, index)


def _of_which(sheet: Sheet, index: int) -> bool:
    """``varav 100 miljoner kronor``: of the nearest larger sum of the sentence."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.of_which", index, place.before)
    if cue is None:
        return False
    parent = _nearest_larger(sheet, index, same_sentence=True)
    if parent is None and place.index == 0:
        parent = _nearest_larger(sheet, index)
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
    before = index - 1
    if before < 0 or not sheet.same_sentence(before, index):
        return False
    parent = sheet.parent[before]
    if parent is None:
        return False
    gap = sheet.text[sheet.rows[before].end : sheet.rows[index].start]
    if re.search(r";|:\s|\b(?:utöver|jämfört|till\s+totalt)\b", gap):
        return False
    siblings = [i for i in sheet.children(parent) if i <= before and sheet.same_sentence(i, before)]
    if sheet.sum_of([*siblings, index]) > sheet.interval(parent).high and not _side_by_side(sheet, before, index, gap):
        return False
    return sheet.adopt(index, parent, "part.and", Span(sheet.rows[before].end, sheet.rows[index].start))


# "varav 100 miljoner från staten och 94 miljoner från regionerna"
BESIDE: Final = re.compile(r"\s+(?P<by>från|till|av)\s+[^,;:.()]+?\s(?:och|samt)\s+")


def _side_by_side(sheet: Sheet, before: int, index: int, gap: str) -> bool:
    """Whether ``och`` joins two parts told of alike: they belong together even when they exceed the total."""
    beside = BESIDE.fullmatch(gap)
    said = sheet.text[sheet.rows[index].end : sheet.rows[index].end + 8].split()
    worded = any(r.rule in ("part.of_which", "part.and") for r in sheet.reasons[before])
    return beside is not None and worded and said[:1] == [beside["by"]]


def _of_these(sheet: Sheet, index: int) -> bool:
    """``Av dessa går 100 miljoner``, ``250 miljoner av dessa``: of the total told of just before."""
    place = sheet.places[index]
    cue = _points_back(sheet, sheet.first_cue("part.of_these", index, place.before))
    if cue and re.fullmatch(r"\s+(?:totalt\s+|sammanlagt\s+)?", sheet.text[cue.end : place.mention.start]):
        return False  # "Av de 507 miljonerna": the total itself
    if cue is None and place.index:  # "Av de 250 miljonerna går 150 till A"
        until_last = Span(place.sentence.start, place.mentions[place.index - 1].start)
        named = sheet.last_cue("part.of_these", index, until_last)
        cue = named if named and place.mentions[place.index - 1].start - named.end < 12 else None
    if cue is None:
        beside = Span(place.mention.end, min(place.mention.end + 40, place.sentence.end))
        cue = sheet.first_cue("part.of_these", index, beside)
        if cue is None or cue.start - place.mention.end > 2:
            return False
    if _adding_total(sheet, index, cue):
        return True
    if place.index and cue.end >= place.mentions[place.index - 1].start - 12 and cue.end <= place.mention.start:
        return sheet.adopt(index, index - 1, "part.of_these", cue)
    parent = _named_total(sheet, index, cue)
    if parent is None:
        parent = total_before(sheet, index, min(cue.start, place.mention.start))
    if parent is None or _one_of_years(sheet, parent, index):
        return False
    return sheet.adopt(index, parent, "part.of_these", cue)


# How many sums back "av dessa" may point when it is arithmetic that tells which; more would fit by chance.
NEAR: Final = 3


def _adding_total(sheet: Sheet, index: int, cue: Cue) -> bool:
    """``A får 70, B får 90. Av dessa går 45 … och 25``: of the two sums pointed to, the one that the parts make up."""
    if "check.adds_up" not in sheet.book:
        return False
    run = [index]
    while run[-1] + 1 < len(sheet.rows) and sheet.same_sentence(index, run[-1] + 1) and sheet.top(run[-1] + 1):
        run.append(run[-1] + 1)
    candidates = sums_before(sheet, index, min(cue.start, sheet.places[index].mention.start))[:NEAR]
    near = [c for c in candidates if sheet.places[index].block - sheet.places[c].block < 2]
    fits = [c for c in near if len(run) > 1 and sheet.adds_up(run, c)]
    if len(near) < 2 or len(fits) != 1 or sheet.canon(fits[0]) == sheet.canon(near[0]):
        return False
    for part in run:
        if sheet.adopt(part, fits[0], "part.of_these", cue):
            sheet.explain(part, "part_of", "check.adds_up")
    return True


def _points_back(sheet: Sheet, cue: Cue | None) -> Cue | None:
    """The cue, unless it counts ("en av de största givarna") or belongs to a noun ("delar av det stöd som …")."""
    if cue is None or cue.end - cue.start > len("av dessa"):
        return cue
    before = sheet.text[max(0, cue.start - 14) : cue.start]
    return cue if FRONTED.search(before) and not COUNTED.search(before) else None


def _named_total(sheet: Sheet, index: int, cue: Cue) -> int | None:
    """``Av statens medel för 2024``: the sum of that payer for that year; ``av samma medel``: the last one's total."""
    said = sheet.text[cue.start : cue.end].casefold()
    if said.endswith("samma medel"):
        return sheet.parent[index - 1] if index else None
    if not said.endswith(("statens medel", "regionernas medel", "kommunernas medel")):
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
    parent = total_before(sheet, index, cue.start) if cue else None
    return parent is not None and sheet.adopt(index, parent, "part.share", cue)


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
        if not sheet.funding(earlier) or sheet.first[earlier] is not None:
            continue
        children = [i for i in sheet.children(earlier) if i not in run]
        if sheet.adds_up([*children, *run], earlier) or (len(run) > 1 and sheet.adds_up(run, earlier)):
            return run, earlier
        if sheet.parent[earlier] is None:
            run.insert(0, earlier)
    return [], None


def _small(sheet: Sheet, index: int) -> bool:
    """``1 miljon får användas till administration``: of the money it administers."""
    place = sheet.places[index]
    cue = sheet.first_cue("part.small", index, place.after)
    parent = _nearest_larger(sheet, index) if cue else None
    if parent is None or sheet.places[parent].block != place.block:
        return False
    # "55 miljoner för utgifter och 19 miljoner för administration" are two of a kind
    if sheet.same_sentence(parent, index) and not re.search(r"\b(?:av|får)\b", place.slice(place.before)):
        return False
    return sheet.adopt(index, parent, "part.small", cue)


def _reserved(sheet: Sheet, index: int) -> bool:
    """``Högst 1 miljon kronor får användas till läger``: of the sum told of right before."""
    place = sheet.places[index]
    if not index or place.index or place.kind == ITEM or not AT_MOST.fullmatch(sheet.text, *place.left):
        return False
    cue = sheet.first_cue("part.reserved", index, place.after)
    if cue is None or len(sheet.text[place.mention.end : cue.start].split()) > 6:
        return False
    parent = sheet.canon(index - 1)
    near = place.block - sheet.places[index - 1].block < 2 and sheet.places[index - 1].kind != ITEM
    opens = AT_MOST.fullmatch(sheet.text, *sheet.places[index - 1].left)  # "9 miljoner ska gå till A. 8 ska gå till B."
    fits = sheet.value(parent) > sheet.value(index)
    return near and fits and not opens and sheet.adopt(index, parent, "part.reserved", cue)


def _increase_in_level(sheet: Sheet, index: int) -> bool:
    """``avsätts 120 miljoner, vilket är en ökning med 30``: the increase is a part of the level before it."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.increase", index, place.before)
    if cue is None or not index or sheet.rows[index - 1].change or sheet.value(index - 1) <= sheet.value(index):
        return False
    if WHAT_WAS.search(sheet.lowered, *place.before):
        return False  # "vilket är en ökning från tidigare år då stödet var 20": what was
    if re.search(r"\boch\s+(?:ett\s+)?$", sheet.text[place.before.start : cue.start]):
        return False  # "åtgärderna på 7 miljarder och tillskott om 0,7": two of a kind
    if not place.index:  # "Det är en ökning med 30 miljoner": of the level of the sentence before
        back = re.match(r"(?:det|detta|den)\s+(?:är|innebär|motsvarar)\b", place.slice(place.left), re.IGNORECASE)
        if not back or sheet.places[index - 1].block != place.block:
            return False
    return sheet.adopt(index, index - 1, "part.increase", cue)


def _fronted(sheet: Sheet, index: int) -> bool:
    """``Med de nya 7 miljarderna uppgår det totala stödet till 30``: what is fronted is in the total."""
    place = sheet.places[index]
    cue = sheet.first_cue("part.fronted", index, place.left) if place.index else None
    if cue is None or cue.start - place.sentence.start > 3:
        return False
    if sheet.last_cue("part.total", index, place.before) is None:
        return False
    for part in range(index - place.index, index):
        if sheet.value(part) < sheet.value(index):
            sheet.adopt(part, index, "part.fronted", cue)
    return True


def _result_of_change(sheet: Sheet, index: int) -> bool:
    """``ökas med 20 … till 134``: the increase is a part of the level it results in."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.result", index, place.before)
    if sheet.rows[index].change or not cue or place.mention.start - cue.end >= 60:
        return False
    for earlier in range(index - 1, index - 1 - place.index, -1):
        if sheet.rows[earlier].change == "increase" and sheet.value(earlier) < sheet.value(index):
            return sheet.adopt(earlier, index, "part.result", cue)
    return False


def _nearest_larger(sheet: Sheet, index: int, *, same_sentence: bool = False) -> int | None:
    for earlier in range(index - 1, max(-1, index - 14), -1):
        if same_sentence and not sheet.same_sentence(earlier, index):
            return None
        same_money = sheet.rows[earlier].currency == sheet.rows[index].currency
        if sheet.funding(earlier) and sheet.value(earlier) >= sheet.value(index) and same_money:
            return earlier
    return None


def total_before(sheet: Sheet, index: int, limit: int) -> int | None:
    """The total that ``av dessa`` points to: the total of the run of sums just before, or the last sum itself."""
    candidates = sums_before(sheet, index, limit)
    return _of_run(sheet, index, candidates) if candidates else None


def sums_before(sheet: Sheet, index: int, limit: int) -> list[int]:
    """The larger sums of the section before one, and that of the title when there is none, nearest first."""
    place = sheet.places[index]
    candidates: list[int] = []
    for earlier in range(index - 1, -1, -1):
        there = sheet.places[earlier]
        titled = there.kind in (TITLE, HEADING)
        if sheet.rows[earlier].end > limit or not sheet.funding(earlier):
            continue
        same_section = there.outline.headings(there.block) == place.outline.headings(place.block)
        if (titled and candidates) or not (titled or same_section) or len(candidates) > 6:
            break
        if sheet.value(earlier) >= sheet.value(index) and sheet.rows[earlier].low:
            candidates.append(earlier)
    return candidates


def _of_run(sheet: Sheet, index: int, candidates: list[int]) -> int:
    nearest = candidates[0]
    parent = sheet.parent[nearest]
    if parent is not None and not sheet.same_sentence(nearest, index):
        # "Av dessa går 6 … Av dessa går 4": both point at the total, if the parts still fit into it
        siblings = [*sheet.children(parent), index]
        same_block = sheet.places[nearest].block == sheet.places[index].block
        if _used_up(sheet, index, nearest):
            return nearest
        if same_block and sheet.sum_of(siblings) <= sheet.interval(parent).high:
            return sheet.canon(parent)
    whole = [c for c in candidates if sheet.same_sentence(c, nearest)]
    # Of several sums in the sentence pointed to, the first is the total ("totalt 384, varav 100 och 284").
    return whole[-1] if sheet.parent[nearest] == whole[-1] else nearest


def _used_up(sheet: Sheet, index: int, whole: int) -> bool:
    """Whether a sum and those right after it in its block make up another exactly."""
    run = [index]
    for later in range(index + 1, min(index + 5, len(sheet.rows))):
        if sheet.places[later].block != sheet.places[index].block or not sheet.top(later):
            break
        run.append(later)
        if sheet.adds_up(run, whole):
            return True
    return False


def _one_of_years(sheet: Sheet, parent: int, index: int) -> bool:
    """A yearly part of a series of yearly sums has no one total among them."""
    series = [i for i in range(len(sheet.rows)) if sheet.same_sentence(i, parent) and len(sheet.years(i)) == 1]
    return len(series) > 1 and sheet.rows[index].per == "year" and sheet.rows[parent].per != "year"
