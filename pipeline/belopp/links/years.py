"""Tells whether sums can be for the same years."""

from __future__ import annotations

import re

from belopp.links.sheet import Sheet


def clash(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sums are for different years, an open end being a year of its own."""
    x, y = sheet.years(a), sheet.years(b)
    return bool(x and y) and not (x & y)


def apart(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sums are for years that cannot meet, open ends reaching as far as they go."""
    x, y = reach(sheet.rows[a].period), reach(sheet.rows[b].period)
    return x is not None and y is not None and (x[1] < y[0] or y[1] < x[0])


def reach(period: str) -> tuple[str, str] | None:
    """The first and the last year that a period takes in.

    >>> reach("2025|2027"), reach("-2026"), reach("2026-"), reach("")
    (('2025', '2027'), ('0000', '2026'), ('2026', '9999'), None)
    """
    years = re.findall(r"\d{4}", period)
    if not years:
        return None
    return ("0000" if period.startswith("-") else years[0]), ("9999" if period.endswith("-") else years[-1])


def covers(period: str, years: frozenset[str]) -> bool:
    """Whether an open period takes in the years."""
    if match := re.fullmatch(r"(\d{4})-", period):
        return all(year >= match[1] for year in years)
    if match := re.fullmatch(r"-(\d{4})", period):
        return all(year <= match[1] for year in years)
    return not period
