"""Months and years as texts write them, and the years that a period names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
SHORT_MONTHS: Final = ("jan", "febr", "feb", "apr", "aug", "sept", "sep", "okt", "nov", "dec")
YEAR_IN_FIGURES: Final = re.compile(r"(?:19|20)\d\d")
_SPAN: Final = re.compile(r"([0-9]{4})-([0-9]{4})")


@lru_cache(maxsize=1 << 10)
def years_of(period: str) -> frozenset[str]:
    """The years of a period, as a row or a commitment holds it; an open end stands for itself.

    >>> sorted(years_of("2024-2026|2028-")), years_of("")
    (['2024', '2025', '2026', '2028-'], frozenset())
    """
    found: set[str] = set()
    for part in filter(None, period.split("|")):
        span = _SPAN.fullmatch(part)
        found |= {str(year) for year in range(int(span[1]), int(span[2]) + 1)} if span else {part}
    return frozenset(found)


def closed_years(period: str) -> frozenset[int]:
    """The years of a period without an open end; one with an open end names none.

    >>> sorted(closed_years("2024-2026|2028")), closed_years("2026-"), closed_years("")
    ([2024, 2025, 2026, 2028], frozenset(), frozenset())
    """
    named = years_of(period)
    return frozenset(map(int, named)) if all(map(str.isdigit, named)) else frozenset()
