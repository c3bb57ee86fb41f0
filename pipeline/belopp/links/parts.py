"""Settles which total each stated component belongs to, from the surest evidence to the weakest."""

from __future__ import annotations

from belopp.links.adding import complete_from_all, mark_closing_total, mark_completed, mark_told_apart, mark_year_series
from belopp.links.filling import mark_filling, mark_whole_table
from belopp.links.levels import mark_levels
from belopp.links.lists import mark_list
from belopp.links.most import mark_most
from belopp.links.opening import mark_colon_lists, mark_openings
from belopp.links.sections import mark_sections
from belopp.links.sharing import mark_shared
from belopp.links.sheet import Sheet
from belopp.links.tables import mark_table
from belopp.links.words import mark_by_words


def mark_parts(sheet: Sheet) -> None:
    """Settle ``part_of``: by words, by layout, by arithmetic; what is settled stays."""
    for index in range(len(sheet.rows)):
        if cue := sheet.besides(index):
            sheet.explain(index, "part_of", "part.besides", cue)
    if len(sheet.rows) == 1:
        return
    mark_by_words(sheet)
    mark_colon_lists(sheet)
    for group in sheet.tables:
        mark_table(sheet, group)
    for group in sheet.lists:
        mark_list(sheet, group)
    for index in range(len(sheet.rows)):
        mark_closing_total(sheet, index)
    mark_year_series(sheet)
    mark_openings(sheet)
    mark_completed(sheet)
    mark_told_apart(sheet)
    mark_whole_table(sheet)
    mark_levels(sheet)
    mark_filling(sheet)
    complete_from_all(sheet)
    mark_most(sheet)
    mark_sections(sheet)
    mark_shared(sheet)
