"""Which statements are worth holding against each other: those that share a rounded sum and a word of their area."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from belopp.commitments.cards import HALF_BITS, Card

if TYPE_CHECKING:
    import numpy
    import numpy.typing

# In a large block each is held against so many of those published next, looking no further than so many.
_REACH: Final = 30
_LOOK: Final = 300
_SEEN: Final = 20_000
# An entry is a block's number, of a sum and a word, above a statement's: 19, 19 and 26 bits.
_NUMBER_BITS: Final = 26
_NUMBER: Final = (1 << _NUMBER_BITS) - 1


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

    def add(self, number: int, card: Card, *, document: int) -> None:
        """Put a statement into its blocks; statements come in the order of their numbers.

        Raises :class:`TooMany` for a number of more than 26 bits.
        """
        if number > _NUMBER:
            raise TooMany
        self._documents.append(document)
        self._periods.append(card.period)
        self._days.append(card.day)
        self._entries.extend([key << _NUMBER_BITS | number for key in card.keys])

    def documents(self) -> numpy.typing.NDArray[numpy.uint32]:
        """By statement, the number of its document."""
        import numpy as np

        return np.frombuffer(self._documents, dtype=np.uint32)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of numbers, the smaller first, that share a block; seldom one of them twice.

        Blocks of one sum come one after the other, so that their statements are at hand.  The entries are let go of:
        pairs are asked for once.
        """
        seen: set[tuple[int, int]] = set()
        last = -1
        for key, entries in groupby(self._met(), lambda entry: entry >> _NUMBER_BITS):
            if key >> HALF_BITS != last or len(seen) > _SEEN:
                last = key >> HALF_BITS
                seen.clear()
            block = [entry & _NUMBER for entry in entries]
            for pair in within(block, self._documents, self._periods, self._days):
                if pair not in seen:
                    seen.add(pair)
                    yield pair

    def _met(self) -> Iterator[int]:
        """The entries of blocks, one after the other, that more than one statement falls into: most hold one."""
        import numpy as np

        entries = np.frombuffer(self._entries, dtype=np.uint64)
        self._entries = array("Q")
        entries.sort()  # in place
        alike = entries[1:] ^ entries[:-1] <= _NUMBER
        met = np.zeros(len(entries), dtype=bool)
        met[1:] = alike
        met[:-1] |= alike
        return iter(entries[met].data)


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


def _may_agree(one: int, other: int) -> bool:
    """Whether two periods, as numbers, are the same or one is silent."""
    return not one or not other or one == other
