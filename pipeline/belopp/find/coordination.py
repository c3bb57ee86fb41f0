"""What a sum counts for holds for the sums beside it, too: "från N till N per dag", "N samt N till och med 2027"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.find.rates import is_rate
from belopp.find.single import Amount
from belopp.find.stretch import Stretch
from belopp.levels import FROM_LEVEL, TO_LEVEL
from belopp.model import Reason

FORMER: Final = re.compile(
    r"(?:\((?:tidigare|före|mot|i dag|från|nu)|\b(?:mot|från|jämfört\s+med)\s+(?:tidigare|dagens|nuvarande))"
    r"\s+(?:\w+\s+)?$"
)
# "5 kronor per aktie (4)", "… jämfört med 4 kronor", "…, en höjning från 4": what it was
WAS: Final = re.compile(
    r"\s\($|\b(?:jämfört\s+med|att\s+jämföra\s+med|i\s?stället\s+för|mot"
    r"|en\s+(?:höjning|sänkning|ökning|minskning)\s+(?:från|med))\s+(?:\w+\s+)?$"
)
RAISED_BY: Final = re.compile(r"\bmed\s+(?:\w+\s+){0,2}$")  # "höjs med 350 kronor till 1 300 kronor per månad"
REACHED: Final = re.compile(r"\s+till\s+(?:\w+\s+)?")
COMPARED: Final = re.compile(r"\b(?:och(?:\s+med)?|jämfört\s+med(?:\s+\w+)?|i\s?stället\s+för)\s+$")
SERIES: Final = re.compile(r"\b(?:samt|och)\s+(?:\w+\s+){0,2}$")
UNTIL: Final = re.compile(r"\s+(?:fram\s+)?(?:till\s+och\s+med|t\.o\.m\.)\s")
ABREAST: Final = re.compile(r"\s+(?:till|respektive|eller|och\s+(?:under|över)stigande)\s+(?:\w+\s+){0,2}")


def inherit(placed: Sequence[Stretch], found: list[Reason | None]) -> None:
    """What a sum's neighbour counts for holds for the sum too where the two are coordinated."""
    for index in range(len(found) - 2, -1, -1):
        here, later = placed[index], found[index + 1]
        gap = here.text[here.amount.end : here.sums[index + 1].start]
        own = found[index]
        if (own is None or own.rule == "per.fee") and later and later.rule != "per.from" and _levels(here, gap):
            found[index] = later
    for index in range(1, len(found)):
        here, earlier = placed[index], found[index - 1]
        gap = here.text[here.sums[index - 1].end : here.amount.start]
        if found[index] is None and earlier and here.follows and _continues(here, earlier, gap):
            found[index] = earlier
    for index in range(2, len(found)):  # "ökas med 20 fr.o.m. 2025, från 114 till 134": the level reached lasts too
        here, earlier = placed[index], found[index - 2]
        if found[index] or earlier is None or earlier.rule != "per.from" or earlier.start < here.sentence[0]:
            continue
        if REACHED.fullmatch(here.text, here.sums[index - 1].end, here.amount.start):
            found[index] = earlier


def _continues(here: Stretch, earlier: Reason, gap: str) -> bool:
    """``(tidigare N)`` gives the old rate; ``samt N till och med 2027`` goes on with a series of yearly sums."""
    if FORMER.search(gap):
        return True
    if TO_LEVEL.fullmatch(gap):
        return _is_old(here, here.sums[here.index - 1]) and (earlier.rule != "per.fee" or is_rate(here.amount))
    if earlier.rule in ("per.month", "per.day") and COMPARED.search(gap):
        return here.amount.scale == 1
    if earlier.rule != "per.fee" and is_rate(here.amount) and is_rate(here.sums[here.index - 1]) and WAS.search(gap):
        return ";" not in gap
    goes_on = earlier.rule == "per.year" and SERIES.search(gap) is not None
    return goes_on and UNTIL.match(here.text, *here.right) is not None


def _levels(here: Stretch, gap: str) -> bool:
    """``från N till N per dag``, ``med N till N per dag``, ``N respektive N per dag``."""
    if not ABREAST.fullmatch(gap):
        return False
    return gap.split()[0] != "till" or _is_old(here, here.amount) or _is_rise(here)


def _is_rise(here: Stretch) -> bool:
    start = here.amount.start
    return RAISED_BY.search(here.small, max(0, start - 30), start) is not None


def _is_old(here: Stretch, amount: Amount) -> bool:
    return FROM_LEVEL.search(here.small, max(0, amount.start - 30), amount.start) is not None
