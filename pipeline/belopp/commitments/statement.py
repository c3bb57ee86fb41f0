"""What one document says of one sum of money that someone gives: its first mention and those that restate it."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from belopp.arithmetic import digits
from belopp.model import FUNDING
from belopp.tables import AMOUNTS, Line, places

_NAMES: Final = (
    "doc", "published", "title", "sentence", "change", "status", "payer", "recipient", "area", "period", "per",
)  # fmt: skip
_SAID: Final = itemgetter(*places(AMOUNTS, *_NAMES))
_STATED: Final = itemgetter(*places(AMOUNTS, "low", "high", "currency", "modifier"))
_START, _END, _KIND, _PART_OF, _SAME_AS = places(AMOUNTS, "start", "end", "kind", "part_of", "same_as")


class Value(NamedTuple):
    """A sum as one mention states it."""

    low: Decimal
    high: Decimal
    currency: str
    modifier: str


Place: TypeAlias = tuple[int, int]


class Statement(NamedTuple):
    """One sum of money of one document: where it is stated, each time with its value, and what is said of it.

    ``places`` and ``values`` go together, the first mention first; ``part_of`` is the start of the total that
    it is a component of, -1 for none.
    """

    doc: str
    published: str
    title: str
    sentence: str
    places: tuple[Place, ...]
    values: tuple[Value, ...]
    change: str
    status: str
    payer: tuple[str, ...]
    recipient: tuple[str, ...]
    area: str
    period: str
    per: str
    part_of: int

    @property
    def exact(self) -> int:
        """The position of the most exact of its mentions: unhedged, in the first currency, of most digits, the first.

        Another currency tells what the sum came to at the rate of a day.
        """
        if len(self.values) == 1:
            return 0
        return max(range(len(self.values)), key=self._rank)

    def _rank(self, position: int) -> tuple[bool, bool, bool, int, int]:
        value = self.values[position]
        unhedged, single, size = exactness(value)
        return unhedged, single, value.currency == self.values[0].currency, size, -position

    def amount_id(self, position: int) -> str:
        """The ``amount_id`` of one of its mentions."""
        start, end = self.places[position]
        return f"{self.doc}:{start}-{end}"


_VALUES: Final = Statement._fields.index("values")


@lru_cache(maxsize=1 << 12)
def exactness(value: Value) -> tuple[bool, bool, int]:
    """How exactly a sum is stated; the greater, the more so."""
    return not value.modifier, value.low == value.high, max(digits(value.low), digits(value.high))


def statements(lines: Iterable[Line]) -> Iterator[Statement]:
    """The statements of one document, from its lines of ``amounts``, in text order."""
    for mentions in mentions_of(lines):
        yield _statement(mentions)


def mentions_of(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of one document that are funding, those that state the same money together, the first mention first."""
    funding = [line for line in lines if line[_KIND] == FUNDING]
    told: dict[object, list[Line]] = {line[_START]: [] for line in funding}
    for line in funding:
        first = line[_SAME_AS]
        told[first if first in told else line[_START]].append(line)
    return [mentions for mentions in told.values() if mentions]


def _statement(mentions: Sequence[Line]) -> Statement:
    doc, published, title, sentence, change, status, payer, recipient, *what_for = map(str, _SAID(mentions[0]))
    area, period, per = what_for
    whole = mentions[0][_PART_OF]
    return Statement(
        doc,
        published,
        title,
        sentence,
        tuple([(_whole(line[_START]), _whole(line[_END])) for line in mentions]),
        tuple(map(_value, mentions)),
        change,
        status,
        _names(payer),
        _names(recipient),
        area,
        period,
        per,
        -1 if whole is None else _whole(whole),
    )


def _value(line: Line) -> Value:
    low, high, currency, modifier = map(str, _STATED(line))
    least = Decimal(low)
    return Value(least, least if high == low else Decimal(high), currency, modifier)


def _whole(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _names(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def pack(statement: Statement) -> bytes:
    """A statement as bytes for this process's own use."""
    cells = list(statement)
    cells[_VALUES] = [(str(low), str(high), currency, hedge) for low, high, currency, hedge in statement.values]
    return marshal.dumps(cells)


def unpack(packed: bytes) -> Statement:
    """A statement from :func:`pack`."""
    cells = marshal.loads(packed)
    cells[_VALUES] = tuple([Value(Decimal(low), Decimal(high), *said) for low, high, *said in cells[_VALUES]])
    return Statement(*cells)
