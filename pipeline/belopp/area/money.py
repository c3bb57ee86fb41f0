"""Finds the sums that a heading or a sentence nearby states: what stands around one is what it is for."""

from __future__ import annotations

import re
from typing import Final

from belopp.sentences import Span
from belopp.sizes import SIZE

# A sum with a figure or a small number in words, so that "flera miljoner" is none.
MONEY: Final = re.compile(
    rf"""(?: \d[\d\s,.\u00a0]{{0,30}} | \b(?:en|ett|en\ halv|halv|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv
           |femton|tjugo|trettio|fyrtio|femtio|hundra)\s+ )
        (?:{SIZE}|kronor|kr)(?!\w)
        (?: \s+ (?:svenska\s+)? (?:kronor|kr|sek|euro|dollar)\b )?""",
    re.IGNORECASE | re.VERBOSE,
)
# A unit stands in every sum, and is found much faster: by its first letter, then by what stands before that.
COUNTED: Final = re.compile(
    r"""[kmKM] (?<=[\s\d.,].) (?i:
        (?<=k) r(?:onor)?
      | (?<=m) (?: ilj(?:oner|on|arder|ard|\.)? | [nd]?kr | n?sek | d(?:rkr|r|sek) | rd(?:kr)? | ljn )
    ) (?!\w)""",
    re.VERBOSE,
)
FAR: Final = 64  # code points from which on a sum begins before its unit


def first_sum(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first sum that ``text[start:end]`` states."""
    unit = COUNTED.search(text, start, end)
    return MONEY.search(text, max(start, unit.start() - FAR), end) if unit else None


def sums(text: str, span: Span) -> list[re.Match[str]]:
    """The sums that a span of a text states."""
    first = first_sum(text, *span)
    return [first, *MONEY.finditer(text, first.end(), span.end)] if first else []
