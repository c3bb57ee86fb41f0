"""Which statements are worth holding against each other: those that share a rounded sum and a word of their area."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from belopp.commitments.facts import Area, subjects
from belopp.commitments.statement import Statement, Value

# Compounds that begin alike are near each other: "äldreomsorg", "äldreomsorgen", "äldreomsorgslyftet".
_BEGINNING: Final = 7
# In a block of more statements than these each is held against its next neighbours only.
# Statements meet by the longest words of their areas and of their sentences.
_WORDS: Final = 4
_REACH: Final = 60
# An entry is a block's number above a statement's: 38 and 26 bits.
_NUMBER_BITS: Final = 26
_KEY_BITS: Final = 38


class Blocks:
    """The blocks that statements fall into: eight bytes an entry, some ten entries a statement."""

    def __init__(self) -> None:
        self._entries = array("Q")

    def add(self, number: int, statement: Statement, area: Area) -> None:
        """Put a statement into its blocks."""
        words = {word[:_BEGINNING] for word in longest(area.words)} | ({area.canonical} if area.canonical else set())
        sums = {text for value in statement.values for text in roundings(value)}
        keys = {_key(text, word) for text in sums for word in words}
        told = longest(subjects(statement.sentence))
        keys |= {_key(stated(value), word) for value in statement.values for word in told}
        self._entries.extend(key << _NUMBER_BITS | number for key in keys)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of numbers, the smaller first, that share a block; one that shares several comes several times."""
        import numpy as np

        np.frombuffer(self._entries, dtype=np.uint64).sort()  # in place
        block: list[int] = []
        key, mask = -1, (1 << _NUMBER_BITS) - 1
        for entry in self._entries:
            if entry >> _NUMBER_BITS != key:
                yield from _within(block)
                key, block = entry >> _NUMBER_BITS, []
            block.append(entry & mask)
        yield from _within(block)


def _within(block: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(block):
        for other in block[place + 1 : place + 1 + _REACH]:
            yield one, other


def _key(text: str, word: str) -> int:
    """A number for a sum and a word, the same in every run; that two may share one costs a look, nothing else."""
    mixed = zlib.crc32(text.encode()) << 32 | zlib.crc32(word.encode())
    return mixed % ((1 << _KEY_BITS) - 45)  # a prime, so that every bit counts


def longest(words: Iterable[str]) -> list[str]:
    """The longest of some words, which tell the most."""
    return sorted(words, key=lambda word: (-len(word), word))[:_WORDS]


def stated(value: Value) -> str:
    """A sum as text, the same for equal sums."""
    return f"{value.currency} {value.low.normalize()}"


def roundings(value: Value) -> set[str]:
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
    return {f"{value.currency} {each.normalize()}" for each in found}
