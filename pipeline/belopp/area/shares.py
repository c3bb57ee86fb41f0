"""Tells what stands beside a purpose and is none of it: how a sum is parted, and who gets the next one."""

from __future__ import annotations

from typing import Final

from belopp.area.stretch import Stretch
from belopp.grammar import NUMERALS, PREPOSITIONS

# Before one of PARTS they tell how a sum is parted: "bidrag fördelade på två år", "fördelat mellan skolor".
DIVIDED: Final = frozenset({"fördelad", "fördelade", "fördelat", "uppdelad", "uppdelade", "uppdelat"})
PARTS: Final = frozenset({"enligt", "i", "mellan", "per", "på", "över"})
PART_YEARS: Final = frozenset({"halvåret", "kvartalet", "tertialet"})  # "Försäljningen för andra kvartalet"
EACH: Final = frozenset({"à", "á"})  # "stipendier à 5 000 kronor"
EVERYWHERE: Final = frozenset({"landet", "världen"})  # "flyktingar världen över", "museer landet runt"
# Before one of RECURRING they tell when money is given: "läxhjälp varje år", "läxhjälp kommande höst".
WHICH: Final = frozenset({"kommande", "nästkommande", "varannan", "varenda", "varje", "vart", "vartannat"})
RECURRING: Final = frozenset(
    """budgetår dag dygn gång helg höst jul kvartal kväll läsår mandatperiod månad sommar säsong termin timme vecka
    verksamhetsår vinter vår år andra tredje fjärde femte""".split()
)
IN_A_ROW: Final = frozenset({"rad", "sträck", "taget"})  # "läxhjälp tre år i rad"
UNITS: Final = ("kr", "kronor", "miljarder", "miljoner", "miljon")


def shares_out(stretch: Stretch, place: int) -> bool:
    """Whether a word tells how a sum is parted, for how many it is, or that it is for everywhere."""
    word, before, after = stretch.at(place), stretch.at(place - 1), stretch.at(place + 1)
    if word in EVERYWHERE:
        return after in {"runt", "över"} and before not in PREPOSITIONS
    if word in WHICH:
        return after in RECURRING
    return word in EACH or word == "dels" or word in DIVIDED and after in PARTS or in_a_row(stretch, place)


def in_a_row(stretch: Stretch, place: int) -> bool:
    """Whether a number tells for how long: ``tre år i rad``, ``två terminer framåt``."""
    if not (stretch.at(place) in NUMERALS or stretch.at(place).isdigit()):
        return False
    return stretch.at(place + 2) == "framåt" or stretch.at(place + 2) == "i" and stretch.at(place + 3) in IN_A_ROW


def leads_to_next(stretch: Stretch, place: int) -> bool:
    """Whether few words after a conjunction the next sum stands: what it joins on is another's."""
    first, last = stretch.spans[0][0], stretch.spans[-1][1]
    if len(stretch.low) - place > 5 or not PREPOSITIONS.isdisjoint(stretch.low[place:]):
        return False
    after_sum = stretch.text[max(0, first - 10) : first].rstrip().endswith(UNITS)
    return after_sum and stretch.text[last : last + 2].strip()[:1].isdigit()
