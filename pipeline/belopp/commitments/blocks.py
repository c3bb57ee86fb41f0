"""Which statements are worth holding against each other: those that share a rounded sum and a word of their area."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from belopp.commitments.facts import Area, day, subjects
from belopp.commitments.statement import Statement, Value
from belopp.years import years_of

if TYPE_CHECKING:
    import numpy
    import numpy.typing

# Compounds that begin alike are near each other: "äldreomsorg", "äldreomsorgen", "äldreomsorgslyftet".
_BEGINNING: Final = 7
# Statements meet by the longest words of their areas and of their sentences.
_WORDS: Final = 4
# In a large block each is held against so many of those published next, looking no further than so many.
_REACH: Final = 30
_LOOK: Final = 300
_SEEN: Final = 20_000
# An entry is a block's number, of a sum and a word, above a statement's: 19, 19 and 26 bits.
_NUMBER_BITS: Final = 26
_NUMBER: Final = (1 << _NUMBER_BITS) - 1
_HALF_BITS: Final = 19
_HALF: Final = (1 << _HALF_BITS) - 1


class TooMany(ValueError):
    """More statements than can be told apart by their numbers."""

    def __init__(self) -> None:
        super().__init__(
            f"the corpus holds more than {_NUMBER + 1:,} statements of funding, too many to be held against each other "
            "on one machine; divide it, by year say, or use belopp spark"
        )


class Blocks:
    """The blocks that statements fall into: eight bytes an entry, some ten entries a statement.

    What rules most pairs out is at hand for every statement: its document, its period and its day.
    """

    def __init__(self) -> None:
        self._entries = array("Q")
        self._documents = array("I")
        self._periods = array("I")
        self._days = array("i")

    def add(self, number: int, statement: Statement, area: Area, *, document: int) -> None:
        """Put a statement into its blocks; statements come in the order of their numbers.

        Raises :class:`TooMany` for a number of more than 26 bits.
        """
        if number > _NUMBER:
            raise TooMany
        self._documents.append(document)
        self._periods.append(period_number(statement))
        self._days.append(day_number(statement))
        self._entries.extend(key << _NUMBER_BITS | number for key in keys_of(statement, area))

    def documents(self) -> numpy.typing.NDArray[numpy.uint64]:
        """By statement, the number of its document."""
        import numpy as np

        return np.frombuffer(self._documents, dtype=np.uint32).astype(np.uint64)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of numbers, the smaller first, that share a block; seldom one of them twice.

        Blocks of one sum come one after the other, so that their statements are at hand.
        """
        import numpy as np

        np.frombuffer(self._entries, dtype=np.uint64).sort()  # in place
        seen: set[tuple[int, int]] = set()
        last = -1
        for key, entries in groupby(self._entries, lambda entry: entry >> _NUMBER_BITS):
            if key >> _HALF_BITS != last or len(seen) > _SEEN:
                last = key >> _HALF_BITS
                seen.clear()
            block = [entry & _NUMBER for entry in entries]
            for pair in within(block, self._documents, self._periods, self._days):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def within(
    block: list[int], documents: Sequence[int], periods: Sequence[int], days: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of one block that are worth a look, the smaller number first.

    ``block`` holds the numbers of its statements, ascending; the rest tell of a statement by its number.
    """
    if len(block) < 2:
        return
    block.sort(key=days.__getitem__)
    for place, one in enumerate(block, 1):
        document, period = documents[one], periods[one]
        left = _REACH
        for other in block[place : place + _LOOK]:
            if document != documents[other] and _may_agree(period, periods[other]):
                yield (one, other) if one < other else (other, one)
                left -= 1
                if not left:
                    break


def keys_of(statement: Statement, area: Area) -> set[int]:
    """The blocks that a statement falls into, by their numbers: of 38 bits, the same in every run."""
    words = {word[:_BEGINNING] for word in longest(area.words)} | ({area.canonical} if area.canonical else set())
    sums = {text for value in statement.values for text in roundings(value)}
    told = longest(subjects(statement.sentence))
    return _keys(sums, words) | _keys({stated(value) for value in statement.values}, told)


def period_number(statement: Statement) -> int:
    """A number for a statement's years, 0 for none."""
    return zlib.crc32("|".join(sorted(years_of(statement.period))).encode())


def day_number(statement: Statement) -> int:
    """A number for the day a statement was published, 0 when that is not known."""
    return day(statement.published) if statement.published else 0


def _may_agree(one: int, other: int) -> bool:
    """Whether two periods, as numbers, are the same or one is silent."""
    return not one or not other or one == other


def _keys(sums: Iterable[str], words: Iterable[str]) -> set[int]:
    """A number for each sum with each word, the same in every run; that two share one costs a look, nothing else."""
    ends = [zlib.crc32(word.encode()) & _HALF for word in words]
    return {(zlib.crc32(text.encode()) & _HALF) << _HALF_BITS | end for text in sums for end in ends}


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
