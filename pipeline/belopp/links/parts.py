"""Finds totals: which sum each stated component belongs to, by the words that say so and by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.links.sheet import Sheet
from belopp.model import HEADING, QUOTE, TITLE, Block
from belopp.rulebook import Cue
from belopp.sentences import Span

COORDINATION: Final = re.compile(r"[\s,]*(?:(?:och|samt|respektive|,|plus|dels)\s+)?", re.IGNORECASE)


def mark_parts(sheet: Sheet) -> None:
    """Settle ``part_of`` from the surest evidence to the weakest; what is settled stays."""
    for index in range(len(sheet.rows)):
        if sheet.funding(index):
            _by_cue(sheet, index)
    for group in sheet.tables:
        _table(sheet, group)
    for group in sheet.lists:
        _list(sheet, group)
    for index in range(len(sheet.rows)):
        if sheet.funding(index):
            _closing_total(sheet, index)
    _year_series(sheet)
    _completed(sheet)
    _sections(sheet)


# ------------------------------------------------------------------ words beside the sum


def _by_cue(sheet: Sheet, index: int) -> None:
    for look in (_of_which, _continues, _of_these, _rest, _small, _increase_in_level, _result_of_change):
        if look(sheet, index):
            return


def _of_which(sheet: Sheet, index: int) -> bool:
    """``varav 100 miljoner kronor``: of the nearest larger sum of the sentence."""
    place = sheet.places[index]
    cue = sheet.book.cues("part.of_which").last(sheet.text, *place.before)
    if cue is None:
        return False
    parent = _nearest_larger(sheet, index, same_sentence=True)
    if parent is None and place.index == 0:
        parent = _nearest_larger(sheet, index)
    return parent is not None and not _sibling(sheet, parent, cue) and sheet.adopt(index, parent, "part.of_which", cue)


def _of_these(sheet: Sheet, index: int) -> bool:
    """``Av dessa går 100 miljoner``, ``250 miljoner av dessa``: of the total told of just before."""
    place = sheet.places[index]
    cues = sheet.book.cues("part.of_these")
    cue = cues.first(sheet.text, *place.before)
    if cue is None and place.index:  # "Av de 250 miljonerna går 150 till A"
        named = cues.last(sheet.text, place.sentence.start, place.mentions[place.index - 1].start)
        cue = named if named and place.mentions[place.index - 1].start - named.end < 12 else None
    if cue is None:
        cue = cues.first(sheet.text, place.mention.end, min(place.mention.end + 40, place.sentence.end))
        if cue is None or cue.start - place.mention.end > 2:
            return False
    if place.index and cue.end >= place.mentions[place.index - 1].start - 12 and cue.end <= place.mention.start:
        return sheet.adopt(index, index - 1, "part.of_these", cue)
    parent = _total_before(sheet, index, min(cue.start, place.mention.start))
    if parent is None or _one_of_years(sheet, parent, index):
        return False
    return sheet.adopt(index, parent, "part.of_these", cue)


def _rest(sheet: Sheet, index: int) -> bool:
    """``Resterande 4 miljoner``: what is left of the total whose parts were told of."""
    place = sheet.places[index]
    cue = sheet.book.cues("part.rest").last(sheet.text, *place.before)
    if cue is None:
        return False
    parent = _total_before(sheet, index, place.mention.start)
    if parent is not None:
        sheet.adopt(index, parent, "part.rest", cue)
    return True


def _small(sheet: Sheet, index: int) -> bool:
    """``1 miljon får användas till administration``: of the money it administers."""
    place = sheet.places[index]
    cue = sheet.book.cues("part.small").first(sheet.text, *place.after)
    parent = _nearest_larger(sheet, index) if cue else None
    if parent is None or sheet.places[parent].block != place.block:
        return False
    return sheet.adopt(index, parent, "part.small", cue)


def _increase_in_level(sheet: Sheet, index: int) -> bool:
    """``avsätts 120 miljoner, vilket är en ökning med 30``: the increase is a part of the level before it."""
    place = sheet.places[index]
    cue = sheet.book.cues("part.increase").last(sheet.text, *place.before)
    if cue is None or not place.index or sheet.rows[index - 1].change or sheet.value(index - 1) <= sheet.value(index):
        return False
    return sheet.adopt(index, index - 1, "part.increase", cue)


def _nearest_larger(sheet: Sheet, index: int, *, same_sentence: bool = False) -> int | None:
    for earlier in range(index - 1, -1, -1):
        if same_sentence and not sheet.same_sentence(earlier, index):
            return None
        if (
            sheet.funding(earlier)
            and sheet.value(earlier) >= sheet.value(index)
            and _same_money_unit(sheet, earlier, index)
        ):
            return earlier
        if index - earlier > 12:
            return None
    return None


def _same_money_unit(sheet: Sheet, a: int, b: int) -> bool:
    return sheet.rows[a].currency == sheet.rows[b].currency


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
    if re.search(r"[;:]|\b(?:utöver|jämfört|till\s+totalt)\b", gap):
        return False
    siblings = [i for i in sheet.children(parent) if i <= before and sheet.same_sentence(i, before)]
    if sheet.sum_of([*siblings, index]) > sheet.interval(parent).high:
        return False
    return sheet.adopt(index, parent, "part.and", Span(sheet.rows[before].end, sheet.rows[index].start))


def _total_before(sheet: Sheet, index: int, limit: int) -> int | None:
    """The total that ``av dessa`` points to: the total of the run of sums just before, or the last sum itself."""
    place = sheet.places[index]
    candidates: list[int] = []
    for earlier in range(index - 1, -1, -1):
        there = sheet.places[earlier]
        if sheet.rows[earlier].end > limit or not sheet.funding(earlier):
            continue
        if there.kind in (TITLE, HEADING) and candidates:
            break
        if there.outline.headings(there.block) != place.outline.headings(place.block) and there.kind not in (
            TITLE,
            HEADING,
        ):
            break
        if sheet.value(earlier) > sheet.value(index) or (
            sheet.value(earlier) == sheet.value(index) and sheet.rows[earlier].low
        ):
            candidates.append(earlier)
        if len(candidates) > 6:
            break
    if not candidates:
        return None
    nearest = candidates[0]
    parent = sheet.parent[nearest]
    if parent is not None and not sheet.same_sentence(nearest, index) and sheet.places[nearest].block == place.block:
        # "Av dessa går 6 … Av dessa går 4": both point at the total, if the parts still fit into it
        siblings = [*sheet.children(parent), index]
        if sheet.sum_of(siblings) <= sheet.interval(parent).high:
            return sheet.canon(parent)
    whole = [c for c in candidates if sheet.same_sentence(c, nearest)]
    # Of several sums in the sentence pointed to, the first is the total ("totalt 384, varav 100 och 284").
    return whole[-1] if sheet.parent[nearest] == whole[-1] else nearest


def _one_of_years(sheet: Sheet, parent: int, index: int) -> bool:
    """A yearly part of a series of yearly sums has no one total among them."""
    series = [i for i in range(len(sheet.rows)) if sheet.same_sentence(i, parent) and len(sheet.years(i)) == 1]
    return len(series) > 1 and sheet.rows[index].per == "year" and sheet.rows[parent].per != "year"


def _result_of_change(sheet: Sheet, index: int) -> bool:
    """``ökas med 20 … till 134``: the increase is a part of the level it results in."""
    place = sheet.places[index]
    cue = sheet.book.cues("part.result").last(sheet.text, place.sentence.start, place.mention.start)
    if cue is None or sheet.rows[index].change or place.mention.start - cue.end > 60:
        return False
    for earlier in range(index - 1, -1, -1):
        if not sheet.same_sentence(earlier, index):
            return False
        if sheet.rows[earlier].end <= cue.start and sheet.rows[earlier].change == "increase":
            return sheet.value(earlier) < sheet.value(index) and sheet.adopt(earlier, index, "part.result", cue)
    return False


# ------------------------------------------------------------------ tables and lists


def _table(sheet: Sheet, group: Sequence[int]) -> None:
    """The cells of a column are parts of its total row, or of a sum of the text that they add up to."""
    grid = sheet.outline.grid(sheet.places[group[0]].cell.level)
    columns: dict[int, list[int]] = {}
    for index in group:
        columns.setdefault(sheet.places[index].cell.column, []).append(index)
    for column in columns.values():
        is_total = sheet.book.cues("table.total")
        labels = {i: grid.row_label(sheet.places[i].cell) for i in column}
        totals = [i for i in column if is_total.first(grid.words_of(labels[i]))]
        cells = [i for i in column if i not in totals]
        _of_which_rows(sheet, cells, labels)
        whole = totals[-1] if totals else _told_before(sheet, cells)
        if whole is None:
            continue
        label = labels[whole] if totals else None
        for index in cells:
            if sheet.first[index] is None:
                rule = "table.total" if totals else "part.table"
                sheet.adopt(index, whole, rule, Span(label.start, label.end) if label else None)


def _of_which_rows(sheet: Sheet, cells: Sequence[int], labels: dict[int, Block | None]) -> None:
    """A row whose label begins with ``varav`` is a part of the row above it."""
    above = None
    for index in cells:
        label = labels[index]
        cue = sheet.book.cues("part.of_which").first(sheet.text, label.start, label.end) if label else None
        if above is not None and cue and label and cue.start - label.start < 4:
            sheet.adopt(index, above, "part.of_which", cue)
        else:
            above = index


def _told_before(sheet: Sheet, cells: Sequence[int]) -> int | None:
    """A sum of the text that the cells of a column add up to, nearest first; rounding apart."""
    if len(cells) < 2:
        return None
    for earlier in range(cells[0] - 1, -1, -1):
        if not sheet.funding(earlier) or not sheet.running(earlier) or _clash(sheet, earlier, cells[0]):
            continue
        if sheet.adds_up(cells, earlier) or (len(cells) > 4 and sheet.nearly_adds_up(cells, earlier)):
            return earlier
    return None


def _clash(sheet: Sheet, a: int, b: int) -> bool:
    x, y = sheet.years(a), sheet.years(b)
    return bool(x and y) and not (x & y)


def _list(sheet: Sheet, group: Sequence[int]) -> None:
    """Items under a lead-in are parts of the total it states, or that the text before or the title states."""
    heads = [i for n, i in enumerate(group) if n == 0 or sheet.places[i].block != sheet.places[group[n - 1]].block]
    free = [i for i in heads if sheet.parent[i] is None and sheet.first[i] is None and sheet.funding(i)]
    last = free[-1] if free else None
    label = "" if last is None else sheet.text[sheet.places[last].cell.start : sheet.rows[last].start]
    whole_item = last if last is not None and len(free) > 2 and sheet.book.cues("table.total").first(label) else None
    if whole_item is not None:
        free = free[:-1]
    if not free:
        return
    lead = sheet.outline.lead_in(sheet.places[free[0]].block)
    whole, rule, cue = _list_total(sheet, free, lead)
    if whole_item is not None:
        whole, rule, cue = whole_item, "table.total", None
    if whole is not None:
        for index in free:
            sheet.adopt(index, whole, rule, cue)


def _list_total(sheet: Sheet, free: Sequence[int], lead: int | None) -> tuple[int | None, str, Cue | None]:
    """The sum that the items of a list break down, and what says so, from the surest evidence to the weakest."""
    near = _near_totals(sheet, free, lead)
    summed = sheet.sum_of(free)
    fits = [i for i in near if sheet.interval(i).high >= summed]
    exact = [i for i in near if sheet.value(i) == summed and len(free) > 1]
    close = [i for i in near if len(free) > 2 and sheet.nearly_adds_up(free, i)]
    if exact:
        return exact[0], "part.list", None
    block = sheet.outline.blocks[lead] if lead is not None else None
    if lead is None or block is None:
        return (close[0] if close else None), "part.list", None
    introduced = [i for i in fits if sheet.places[i].block == lead and not _clash(sheet, i, free[0])]
    if introduced or close:
        return (introduced or close)[0], "part.list", None
    if block.kind in (TITLE, HEADING):
        return None, "", None
    cue = sheet.book.cues("part.follows").first(sheet.text, block.start, block.end)
    if cue and fits:
        return fits[0], "part.follows", cue
    for whole in fits:
        cue = sheet.book.cues("part.total").first(sheet.text, *sheet.places[whole].before)
        if cue and sheet.places[whole].block >= lead - 2 and summed * 10 >= sheet.value(whole) * 7:
            return whole, "part.total", cue
    return None, "", None


def _near_totals(sheet: Sheet, free: Sequence[int], lead: int | None) -> list[int]:
    """The sums of the text just before a list, and of the title, nearest first."""
    near = []
    for earlier in range(free[0] - 1, -1, -1):
        place, row = sheet.places[earlier], sheet.rows[earlier]
        if not sheet.funding(earlier) or not sheet.running(earlier) or row.per not in ("", sheet.rows[free[0]].per):
            continue
        if lead is None or place.block >= lead - 3 or place.kind == TITLE:
            near.append(earlier)
    return near


# ------------------------------------------------------------------ arithmetic


def _closing_total(sheet: Sheet, index: int) -> None:
    """``Totalt avsätts därmed 1 025 miljoner`` closes a run of sums that adds up to it."""
    place = sheet.places[index]
    if sheet.parent[index] is not None or sheet.first[index] is not None:
        return
    cue = sheet.book.cues("part.total").last(sheet.text, place.sentence.start, place.mention.start)
    if cue is None:
        return
    run: list[int] = []
    for earlier in range(index - 1, -1, -1):
        there = sheet.places[earlier]
        if there.block < place.block - 3 and there.kind != TITLE:
            break
        if not sheet.funding(earlier) or sheet.parent[earlier] is not None or sheet.first[earlier] is not None:
            continue
        if sheet.value(earlier) >= sheet.value(index):
            break
        run.insert(0, earlier)
        if len(run) > 1 and (sheet.adds_up(run, index)):
            for part in run:
                sheet.adopt(part, index, "part.total", cue)
            return


def _completed(sheet: Sheet) -> None:
    """Sums that follow a total in its section and, with its stated parts, make it up exactly are its parts."""
    for index in range(len(sheet.rows)):
        if sheet.funding(index) and sheet.places[index].kind != TITLE and sheet.running(index):
            _complete(sheet, index)


def _complete(sheet: Sheet, index: int) -> None:
    place = sheet.places[index]
    own = [i for i in sheet.children(index) if sheet.running(i)]
    run: list[int] = []
    for later in range(index + 1, min(index + 15, len(sheet.rows))):
        there = sheet.places[later]
        if not sheet.running(later) or there.outline.headings(there.block) != place.outline.headings(place.block):
            break
        if later in own or sheet.first[later] is not None or not sheet.funding(later):
            continue
        if sheet.parent[later] is not None:
            continue
        if sheet.rows[later].low >= sheet.rows[index].low or _clash(sheet, index, later):
            break
        if there.kind == QUOTE and place.kind != QUOTE:
            continue
        run.append(later)
        before = [i for i in own if i < later]
        if len(before) + len(run) > 1 and sheet.adds_up([*before, *run], index) and _told_close(sheet, index, run):
            for part in run:
                sheet.adopt(part, index, "part.completes")
            return


def _told_close(sheet: Sheet, index: int, run: Sequence[int]) -> bool:
    """By chance alone small round sums add up too: the run must begin in the next breath."""
    near = sheet.places[run[0]].block - sheet.places[index].block <= 1
    return near or bool(sheet.children(index))


def _year_series(sheet: Sheet) -> None:
    """``totalt 225,5 miljoner under 2026–2028`` and then one sum a year, or one sum each year."""
    for index in range(len(sheet.rows)):
        years = sheet.years(index)
        if (
            len(years) < 2
            or not sheet.funding(index)
            or sheet.rows[index].per == "year"
            or sheet.first[index] is not None
        ):
            continue
        series = []
        for later in range(index + 1, min(index + 12, len(sheet.rows))):
            if sheet.parent[later] is not None or not sheet.funding(later) or not sheet.running(later):
                continue
            row = sheet.rows[later]
            if (
                row.per == "year"
                and sheet.years(later) == years
                and sheet.value(later) * len(years) == sheet.value(index)
            ):
                sheet.adopt(later, index, "part.yearly")
                break
            if len(sheet.years(later)) == 1 and sheet.years(later) <= years:
                series.append(later)
                if len(series) == len(years) and sheet.adds_up(series, index):
                    for part in series:
                        sheet.adopt(part, index, "part.years")
                    break


def _sections(sheet: Sheet) -> None:
    """The sums of an agreement's areas, each under its heading, are parts of the agreement's total."""
    found = _grand_total(sheet)
    if found is None:
        return
    grand, whole, says = found
    payers = set(sheet.rows[grand].payer)
    parts = [
        i
        for i in range(len(sheet.rows))
        if sheet.funding(i)
        and sheet.first[i] is None
        and sheet.parent[i] is None
        and sheet.canon(grand) != i
        and sheet.places[i].kind != TITLE
        and sheet.value(i) < sheet.value(grand)
        and set(sheet.rows[i].payer) <= (payers or set(sheet.rows[i].payer))
    ]
    for index in parts:
        if cue := sheet.book.cues("part.inside").first(sheet.text, *sheet.places[index].sentence):
            sheet.adopt(index, grand, "part.inside", cue)
    if sheet.sum_of(parts) > sheet.interval(grand).high:
        return
    over = sheet.outline.headings(sheet.places[grand].block)
    for index in parts:
        elsewhere = sheet.outline.headings(sheet.places[index].block) != over
        if (elsewhere or sheet.adds_up(parts, grand)) and sheet.adopt(index, grand, "part.whole", whole):
            sheet.explain(index, "part_of", "part.amounts_to", says)


def _grand_total(sheet: Sheet) -> tuple[int, Cue, Cue] | None:
    """The sum that an agreement or package as a whole comes to, and the words that say so."""
    for index, place in enumerate(sheet.places):
        if not sheet.funding(index) or sheet.parent[index] is not None:
            continue
        whole = sheet.book.cues("part.whole").first(sheet.text, place.sentence.start, place.mention.start)
        says = sheet.book.cues("part.amounts_to").last(sheet.text, place.sentence.start, place.mention.start)
        if whole and says:
            return index, whole, says
    return None
