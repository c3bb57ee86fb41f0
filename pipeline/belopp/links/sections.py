"""Finds the total of an agreement, whose parts stand each under a heading of its own."""

from __future__ import annotations

from belopp.links.sheet import Sheet
from belopp.links.sums import adds_up, sum_of
from belopp.model import TITLE
from belopp.rulebook import Cue


def mark_sections(sheet: Sheet) -> None:
    """The sums of an agreement's areas, each under its heading, are parts of the agreement's total."""
    found = _grand_total(sheet)
    if found is None:
        return
    grand, whole, says = found
    payers = set(sheet.rows[grand].payer)
    parts = [
        i
        for i in range(len(sheet.rows))
        if sheet.top(i)
        and sheet.canon(grand) != i
        and sheet.places[i].kind != TITLE
        and sheet.value(i) < sheet.value(grand)
        and set(sheet.rows[i].payer) <= (payers or set(sheet.rows[i].payer))
        and not sheet.besides(i)
    ]
    for index in parts:
        if cue := sheet.first_cue("part.inside", index, sheet.places[index].sentence):
            sheet.adopt(index, grand, "part.inside", cue)
    if sum_of(sheet, parts) > sheet.interval(grand).high:
        return
    over = sheet.outline.headings(sheet.places[grand].block)
    for index in parts:
        elsewhere = sheet.places[index].is_heading or sheet.outline.headings(sheet.places[index].block) != over
        if (elsewhere or adds_up(sheet, parts, grand)) and sheet.adopt(index, grand, "part.whole", whole):
            sheet.explain(index, "part_of", "part.amounts_to", says)


def _grand_total(sheet: Sheet) -> tuple[int, Cue, Cue] | None:
    """The sum that an agreement or package as a whole comes to, and the words that say so."""
    for index, place in enumerate(sheet.places):
        if not sheet.funding(index) or sheet.parent[index] is not None:
            continue
        whole = sheet.first_cue("part.whole", index, place.left)
        says = sheet.last_cue("part.amounts_to", index, place.left) if whole else None
        if whole and says:
            return index, whole, says
    return None
