"""Read a cell of a sheet as the score compares it: names as sets, years spelt out, areas as words."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Final

NEAR: Final = 0.5
"""From this share of common text or words on, two spans or two areas speak of the same thing."""

_LIST_OF_FUNCTION_WORDS: Final = """
att av bland de den denna deras dess dessa det detta eller en ett från för genom hos i inom kring med mellan
mot och om per på samt sin sina sitt som till under ur vid åt är över
"""
_FUNCTION_WORDS: Final = frozenset(_LIST_OF_FUNCTION_WORDS.split())

_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_OFFSET = re.compile(r"[0-9]{1,12}")
_WORD = re.compile(r"[^\W_]+")
_SPAN_OF_YEARS = re.compile(
    r"""(?P<first>[0-9]{4})
        [ ]?[-/\u2010-\u2014\u2212][ ]?     # hyphen, slash, dashes, minus
        (?P<last>[0-9]{4}|[0-9]{2})         # 2024-2026, 2024/25""",
    re.VERBOSE,
)


@lru_cache(maxsize=1 << 16)  # the same few words fill most cells of a large sheet
def tidy(cell: str) -> str:
    """``cell`` composed (NFC) and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def folded(cell: str) -> str:
    """``cell`` tidied and without case."""
    return tidy(cell).casefold()


def decimal(cell: str) -> Decimal | None:
    """The plain decimal in ``cell``, or ``None`` when it holds anything else.

    >>> decimal("326000000"), decimal("1.5e6")
    (Decimal('326000000'), None)
    """
    cell = cell.strip()
    return Decimal(cell) if _DECIMAL.fullmatch(cell) else None


def offset(cell: str) -> int:
    """The offset in ``cell``, or -1 when it holds none."""
    cell = cell.strip()
    return int(cell) if _OFFSET.fullmatch(cell) else -1


def parts(cell: str) -> list[str]:
    r"""The parts that ``|`` (or, from Markdown, ``\|``) separates."""
    return cell.replace("\\|", "|").split("|")


def names(cell: str, *, fold: bool = False) -> frozenset[str]:
    """The names in a payer or recipient cell, with ``fold`` without regard to case.

    >>> sorted(names("staten| regionerna"))
    ['regionerna', 'staten']
    """
    tidied = (folded(part) if fold else tidy(part) for part in parts(cell))
    return frozenset(name for name in tidied if name)


def words(cell: str) -> list[str]:
    """The words of an area, in order, without case and punctuation."""
    return _WORD.findall(folded(cell))


def same_area(one: str, other: str) -> bool:
    """Whether two areas share half of their content words.

    >>> same_area("utbyggnad av bredband", "bredband i glesbygd"), same_area("bredband", "")
    (True, False)
    """
    if not tidy(one) or not tidy(other):
        return tidy(one) == tidy(other)
    mine, theirs = set(words(one)) - _FUNCTION_WORDS, set(words(other)) - _FUNCTION_WORDS
    if not mine or not theirs:
        return words(one) == words(other)
    return 2 * len(mine & theirs) >= NEAR * (len(mine) + len(theirs))


def years(cell: str) -> frozenset[str]:
    """A period as a set of years; what is no closed span of years stands for itself.

    >>> sorted(years("2024-2026|2028-"))
    ['2024', '2025', '2026', '2028-']
    """
    found: set[str] = set()
    for part in re.split("[|,;]", cell.replace("\\|", "|")):
        stated = folded(part)
        if stated:
            found.update(_spelt_out(stated))
    return frozenset(found)


def _spelt_out(stated: str) -> list[str]:
    span = _SPAN_OF_YEARS.fullmatch(stated)
    if span is None:
        return [stated]
    first, last = int(span["first"]), int(span["last"])
    if len(span["last"]) == 2:
        last += first // 100 * 100
    if not first <= last <= first + 100:
        return [stated]
    return [str(year) for year in range(first, last + 1)]
