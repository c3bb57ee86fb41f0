"""What grouping asks of a statement, on a card: made where its document is read, so that it is asked there alone."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from belopp.arithmetic import digits
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
    ends, told = _named(area), list(map(_half, longest(subjects(statement.sentence))))
    keys: set[int] = set()
    for value in statement.values:
        stated, near = _sums(value)
        keys.update([stated | end for end in told])
        keys.update([start | end for start in near for end in ends])
    return keys


def period_number(statement: Statement) -> int:
    """A number for a statement's years, 0 for none."""
    return zlib.crc32("|".join(sorted(years_of(statement.period))).encode()) if statement.period else 0


def day_number(statement: Statement) -> int:
    """A number for the day a statement was published, 0 when that is not known."""
    return day(statement.published) if statement.published else 0


@lru_cache(maxsize=1 << 14)
def _half(text: str) -> int:
    """Half of a block's number, the same in every run; that two texts share one costs a look, nothing else."""
    return zlib.crc32(text.encode()) & _HALF


@lru_cache(maxsize=1 << 12)
def _named(area: Area) -> Sequence[int]:
    """The second halves of blocks by an area."""
    words = [word[:_BEGINNING] for word in longest(area.words)]
    return tuple({_half(word) for word in (*words, area.canonical) if word})


@lru_cache(maxsize=1 << 12)
def _sums(value: Value) -> tuple[int, Sequence[int]]:
    """The first halves of blocks by a sum: as it is stated, and by each of its roundings."""
    stated = f"{value.currency} {value.low.normalize()}"
    return _half(stated) << HALF_BITS, tuple([_half(text) << HALF_BITS for text in roundings(value)])


def longest(words: Iterable[str]) -> list[str]:
    """The longest of some words, which tell the most."""
    return sorted(words, key=lambda word: (-len(word), word))[:_WORDS]


def roundings(value: Value) -> frozenset[str]:
    """A sum as stated, and cut and raised to two digits and to one: sums that round to each other share one.

    >>> thousand = Decimal(6370)
    >>> sorted(roundings(Value(thousand, thousand, "SEK", "")))
    ['SEK 6.37E+3', 'SEK 6.3E+3', 'SEK 6.4E+3', 'SEK 6E+3', 'SEK 7E+3']
    """
    low = value.low
    found = {low}
    for kept in (1, 2)[: digits(low) - 1]:  # one of so few digits is its own rounding
        unit = Decimal(1).scaleb(low.adjusted() - kept + 1)
        found |= {low.quantize(unit, rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING)}
    return frozenset(f"{value.currency} {each.normalize()}" for each in found)
