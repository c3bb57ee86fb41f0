"""What grouping asks of a statement, on a card: made where its document is read, so that it is asked there alone."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from belopp.commitments.evidence import Judge
from belopp.commitments.facts import Area, day, subjects
from belopp.commitments.naming import key, nth_name
from belopp.commitments.statement import Statement, Value, pack, statements
from belopp.commitments.wholes import wholes_of
from belopp.tables import Line
from belopp.years import years_of

# Compounds that begin alike are near each other: "äldreomsorg", "äldreomsorgen", "äldreomsorgslyftet".
_BEGINNING: Final = 7
# Statements meet by the longest words of their areas and of their sentences.
_WORDS: Final = 4
# A block's number is of a sum and a word, 19 bits each.
HALF_BITS: Final = 19
_HALF: Final = (1 << HALF_BITS) - 1


class Card(NamedTuple):
    """A statement, packed, and by what it meets others.

    ``keys`` are its blocks, ``period`` and ``day`` numbers for its years and its day (0: not known), ``name`` that of
    its commitment, should it be the first to tell of it, ``whole`` the place among the statements of its document of
    the one that it is part of.
    """

    packed: bytes
    keys: Sequence[int]
    period: int
    day: int
    name: int
    whole: int | None


def cards_of(lines: Iterable[Line], judge: Judge) -> list[Card]:
    """The cards of the statements of one document, from its lines of ``amounts``, in text order."""
    told = list(statements(lines))
    return [
        Card(
            pack(one),
            sorted(keys_of(one, judge.area(one))),
            period_number(one),
            day_number(one),
            nth_name(key(one, judge)),
            whole,
        )
        for one, whole in zip(told, wholes_of(told), strict=True)
    ]


def pack_cards(cards: Iterable[Card]) -> bytes:
    """Cards as bytes for this Python's own use."""
    return marshal.dumps(list(map(tuple, cards)))


def unpack_cards(packed: bytes) -> list[Card]:
    """Cards from :func:`pack_cards`."""
    return list(map(Card._make, marshal.loads(packed)))


def keys_of(statement: Statement, area: Area) -> set[int]:
    """The blocks that a statement falls into, by their numbers: of 38 bits, the same in every run."""
    words = {word[:_BEGINNING] for word in longest(area.words)} | ({area.canonical} if area.canonical else set())
    sums = {text for value in statement.values for text in roundings(value)}
    told = longest(subjects(statement.sentence))
    return _keys(sums, words) | _keys({stated(value) for value in statement.values}, told)


def period_number(statement: Statement) -> int:
    """A number for a statement's years, 0 for none."""
    return zlib.crc32("|".join(sorted(years_of(statement.period))).encode()) if statement.period else 0


def day_number(statement: Statement) -> int:
    """A number for the day a statement was published, 0 when that is not known."""
    return day(statement.published) if statement.published else 0


def _keys(sums: Iterable[str], words: Iterable[str]) -> set[int]:
    """A number for each sum with each word, the same in every run; that two share one costs a look, nothing else."""
    starts = [(zlib.crc32(text.encode()) & _HALF) << HALF_BITS for text in sums]
    ends = [zlib.crc32(word.encode()) & _HALF for word in words]
    return {start | end for start in starts for end in ends}


def longest(words: Iterable[str]) -> list[str]:
    """The longest of some words, which tell the most."""
    return sorted(words, key=lambda word: (-len(word), word))[:_WORDS]


def stated(value: Value) -> str:
    """A sum as text, the same for equal sums."""
    return f"{value.currency} {value.low.normalize()}"


@lru_cache(maxsize=1 << 12)
def roundings(value: Value) -> frozenset[str]:
    """A sum as stated, and cut and raised to two digits and to one: sums that round to each other share one.

    >>> thousand = Decimal(6370)
    >>> sorted(roundings(Value(thousand, thousand, "SEK", "")))
    ['SEK 6.37E+3', 'SEK 6.3E+3', 'SEK 6.4E+3', 'SEK 6E+3', 'SEK 7E+3']
    """
    low = value.low
    found = {low}
    for kept in (1, 2):
        unit = Decimal(1).scaleb(low.adjusted() - kept + 1)
        found |= {(low / unit).to_integral_value(rounding) * unit for rounding in (ROUND_FLOOR, ROUND_CEILING)}
    return frozenset(f"{value.currency} {each.normalize()}" for each in found)
