"""What one document says of one sum of money that someone gives: its first mention and those that restate it."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from belopp.arithmetic import digits
from belopp.tables import AMOUNTS, Line, places

_NAMES: Final = (
    "doc", "start", "end", "low", "high", "currency", "modifier", "change", "status", "payer", "recipient", "area",
    "period", "per", "part_of", "same_as", "sentence", "title", "published", "kind",
)  # fmt: skip
_AT: Final = dict(zip(_NAMES, places(AMOUNTS, *_NAMES), strict=True))


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
        """The position of the most exact of its mentions: unhedged, then of most digits, then the first."""
        if len(self.values) == 1:
            return 0
        return max(range(len(self.values)), key=lambda n: (*exactness(self.values[n]), -n))

    def amount_id(self, position: int) -> str:
        """The ``amount_id`` of one of its mentions."""
        start, end = self.places[position]
        return f"{self.doc}:{start}-{end}"


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
    funding = [line for line in lines if line[_AT["kind"]] == "funding"]
    told: dict[object, list[Line]] = {line[_AT["start"]]: [] for line in funding}
    for line in funding:
        first = line[_AT["same_as"]]
        told[first if first in told else line[_AT["start"]]].append(line)
    return [mentions for mentions in told.values() if mentions]


def _statement(mentions: Sequence[Line]) -> Statement:
    cells = {name: mentions[0][place] for name, place in _AT.items()}
    whole = cells["part_of"]
    return Statement(
        doc=str(cells["doc"]),
        published=str(cells["published"]),
        title=str(cells["title"]),
        sentence=str(cells["sentence"]),
        places=tuple((_whole(line[_AT["start"]]), _whole(line[_AT["end"]])) for line in mentions),
        values=tuple(_value(line) for line in mentions),
        change=str(cells["change"]),
        status=str(cells["status"]),
        payer=_names(cells["payer"]),
        recipient=_names(cells["recipient"]),
        area=str(cells["area"]),
        period=str(cells["period"]),
        per=str(cells["per"]),
        part_of=-1 if whole is None else _whole(whole),
    )


def _value(line: Line) -> Value:
    low, high, currency, modifier = (str(line[_AT[name]]) for name in ("low", "high", "currency", "modifier"))
    return Value(Decimal(low), Decimal(high), currency, modifier)


def _whole(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _names(cell: object) -> tuple[str, ...]:
    return tuple(name for name in str(cell).split("|") if name)


def pack(statement: Statement) -> bytes:
    """A statement as bytes for this process's own use."""
    return marshal.dumps(
        (*statement[:5], tuple((str(one.low), str(one.high), *one[2:]) for one in statement.values), *statement[6:])
    )


def unpack(packed: bytes) -> Statement:
    """A statement from :func:`pack`."""
    cells = marshal.loads(packed)
    values = tuple(Value(Decimal(low), Decimal(high), currency, hedge) for low, high, currency, hedge in cells[5])
    return Statement._make((*cells[:5], values, *cells[6:]))
