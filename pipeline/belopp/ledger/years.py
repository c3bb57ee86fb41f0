"""Which years a stated sum is for, and how much of it each year."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SPAN: Final = re.compile(r"(?P<first>[0-9]{4})?(?P<to>-)?(?P<last>[0-9]{4})?")
# A period that runs on for longer than this was misread; it is posted once, not a hundred times.
LONGEST: Final = 60


class Slice(NamedTuple):
    """Money for one period: ``year`` when that is one year, else 0; ``low`` and ``high`` in minor units."""

    year: int
    period: str
    low: int
    high: int


def years(period: str, *, first: int = 0, horizon: int = 0) -> tuple[int, ...]:
    """The years of a period in order; an open end runs to ``horizon``, an open start from ``first``.

    >>> years("2024-2026"), years("2024|2026"), years("2026-", horizon=2028), years("-2025", first=2024), years("")
    ((2024, 2025, 2026), (2024, 2026), (2026, 2027, 2028), (2024, 2025), ())
    """
    found: set[int] = set()
    for span in filter(None, period.split("|")):
        match = _SPAN.fullmatch(span)
        if not match:
            continue
        start = int(match["first"] or 0)
        end = int(match["last"] or 0)
        if not match["to"]:
            end = start
        start = start or min(first or end, end)
        end = end or max(horizon, start)
        if end - start <= LONGEST:
            found.update(range(start, end + 1))
    return tuple(sorted(found))


def is_open(period: str) -> bool:
    """Whether the period runs on without a stated end.

    >>> is_open("2026-"), is_open("2026|2027"), is_open("-2027")
    (True, False, False)
    """
    return period.endswith("-")


def slices(low: int, high: int, period: str, per: str, *, first: int = 0, horizon: int = 0) -> tuple[Slice, ...]:
    """One slice a year for a sum per year, else one for the whole period.

    >>> [slice.period for slice in slices(5, 5, "2026-", "year", horizon=2027)]
    ['2026', '2027']
    >>> slices(5, 5, "2024-2026", "")
    (Slice(year=0, period='2024-2026', low=5, high=5),)
    """
    named = years(period, first=first, horizon=horizon)
    if per == "year" and named:
        return tuple(Slice(year, str(year), low, high) for year in named)
    single = named[0] if len(named) == 1 and not is_open(period) else 0
    return (Slice(single, period, low, high),)
