"""Hands on what a sentence leaves unsaid that only goes on from the sum before it: ``För 2026 beräknas 4``."""

from __future__ import annotations

import re
from typing import Final

from belopp.area.money import first_sum
from belopp.area.nearby import goes_on, held_against
from belopp.links.sheet import Sheet
from belopp.links.taking import WEAK, decided_by, take_over, take_years
from belopp.model import CELL, FUNDING, HEADING, TITLE
from belopp.speaker import of_the_state

# What only stands near a sum: the sum that it goes on with knows better, unless that has no better ground itself.
NEARBY: Final = ("area.before", "area.fallback")
# A sentence itself tells what its sum is for by these; by the others nothing but the title does.
TOLD: Final = ("area.for", "area.head", "area.in", "area.on", "area.subject", "area.to")
UNTOLD: Final = ("area.document", "area.title")
# "Det är nästan 20 miljoner", "Det motsvarar 300 kronor"; not "Det är rimligt att skolan betalar 3 miljoner"
FIGURE: Final = re.compile(r"Det(?:ta)?(?:\s(?!att\b|dag\b|nu\b)[^\W\d]+){1,6}\s[-–−]?")


def go_on(sheet: Sheet, index: int) -> None:
    """``Läxhjälpen får 3 miljoner. För 2026 beräknas 4``: the sum of another year is for what the one before is for."""
    place, row = sheet.places[index], sheet.rows[index]
    last = index - 1 - place.index
    if last < 0 or "inherit.onward" not in sheet.book:
        return
    if not sheet.funding(index):
        _compare(sheet, index, last)
        return
    if row.area and not decided_by(row, "area", (*NEARBY, "area.document")) or not goes_on(place.slice(place.sentence)):
        return
    there = sheet.places[last]
    right_before = (there.block, there.sentence) in place.outline.before(place.block, place.sentence, 1)
    if there.block != place.block and not (right_before and there.kind == place.kind):
        return
    run = [sheet.rows[i] for i in range(last - there.index, last + 1)]
    told = run[-1]
    alike = all((one.kind, one.area) == (FUNDING, told.area) for one in run)
    if alike and told.area and not decided_by(told, "area", NEARBY):
        take_over(sheet, index, {"area": told}, "inherit.onward")


def _compare(sheet: Sheet, index: int, last: int) -> None:
    """``Resultatet blev 29 miljoner. Det är 20 miljoner sämre än i fjol``: a figure held against the one before."""
    place, row, there = sheet.places[index], sheet.rows[index], sheet.places[last]
    told = sheet.rows[last]
    weak = not row.area or decided_by(row, "area", (*NEARBY, *WEAK)) and not decided_by(told, "area", (*NEARBY, *WEAK))
    right_before = there.block == place.block and told.kind == row.kind and weak and place.index == 0
    if right_before and held_against(place.slice(place.sentence)):
        if (there.block, there.sentence) in place.outline.before(place.block, place.sentence, 1):
            take_over(sheet, index, {"area": told}, "inherit.onward")


def take_year_of_figure(sheet: Sheet, index: int) -> None:
    """``2024 blev resultatet 29 miljoner. Det är 20 miljoner sämre``: of the year of what it is held against."""
    place, row = sheet.places[index], sheet.rows[index]
    last = index - 1 - place.index
    if last < 0 or row.period and not decided_by(row, "period", WEAK):
        return
    sentence, first = place.sentence, place.mentions[0].start
    if not held_against(place.slice(sentence)) or not FIGURE.fullmatch(place.text, sentence.start, first):
        return
    there = sheet.places[last]
    if decided_by(row, "period", ("period.old",)) or (there.block, there.sentence) not in place.outline.before(
        place.block, place.sentence, 1
    ):
        return
    told = [sheet.rows[i] for i in range(last - there.index, last + 1) if sheet.rows[i].period]
    latest = max(told, key=lambda one: one.period, default=None)
    if latest and all(one.period.isdigit() for one in told) and not decided_by(latest, "period", WEAK):
        take_years(sheet, index, latest.period, "inherit.figure", latest)


def titled(sheet: Sheet) -> bool:
    """Whether a title tells what its sums are for: somebody speaks for the state, or it states a sum."""
    text, title = sheet.places[0].text, sheet.outline.title
    if of_the_state(text) or title is None:
        return True
    return first_sum(text, title.start, title.end) is not None


def keep_topic(sheet: Sheet) -> None:
    """Where nobody speaks for the state a sum of which only the title tells is rather for what the last one was for."""
    last = -1
    for index, row in enumerate(sheet.rows):
        place = sheet.places[index]
        if place.kind in (CELL, TITLE, HEADING):
            continue
        if decided_by(row, "area", TOLD):
            last = index
        elif last >= 0 and row.kind == sheet.rows[last].kind and decided_by(row, "area", UNTOLD):
            if sheet.outline.headings(place.block) == sheet.outline.headings(sheet.places[last].block):
                take_over(sheet, index, {"area": sheet.rows[last]}, "inherit.onward")
