"""Finds the total that words such as "av dessa" point back to, among the sums told of before."""

from __future__ import annotations

from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, sum_of


def nearest_larger(sheet: Sheet, index: int, *, same_sentence: bool = False) -> int | None:
    """The nearest sum before one, among the few before it or those of its sentence, that it can be a part of."""
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
    section = sheet.outline.headings(sheet.places[index].block)
    candidates: list[int] = []
    for earlier in range(index - 1, -1, -1):
        if sheet.rows[earlier].end > limit or not sheet.funding(earlier):
            continue
        there = sheet.places[earlier]
        beyond = bool(candidates) if there.is_heading else sheet.outline.headings(there.block) != section
        if beyond or len(candidates) > 6:
            break
        level = sheet.rows[earlier].low and not sheet.held_against(earlier) and not sheet.compared(earlier)
        if level and sheet.value(earlier) >= sheet.value(index):
            candidates.append(earlier)
    return candidates


def _of_run(sheet: Sheet, index: int, candidates: list[int]) -> int:
    """The total of the run of sums that the nearest of some belongs to, or that sum itself."""
    nearest = candidates[0]
    parent = sheet.parent[nearest]
    if parent is not None and not sheet.same_sentence(nearest, index):
        if _used_up(sheet, index, nearest):
            return nearest
        # "Av dessa går 6 … Av dessa går 4": both point at the total, if the parts still fit into it
        same_block = sheet.places[nearest].block == sheet.places[index].block
        if same_block and sum_of(sheet, [*sheet.children(parent), index]) <= sheet.interval(parent).high:
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
        if adds_up(sheet, run, whole):
            return True
    return False
