"""What every line must satisfy before it is written: the contract of ``tables.contract``, without pandas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from belopp.tables.cells import Cell, Line, Record
from belopp.tables.columns import (
    AMOUNTS,
    CHECKS,
    DOCUMENTS,
    INTEGER,
    QUARANTINED,
    REASONS,
    TEXT,
    Column,
    Table,
    places,
)

_TOLD: Final = (DOCUMENTS, AMOUNTS, CHECKS, REASONS)
_AT: Final = {table.name: {name: place for place, name in enumerate(table.names)} for table in (AMOUNTS, CHECKS)}
_STATUS, _SUMS, _STAGE, _REASON = places(DOCUMENTS, "status", "sums", "stage", "reason")
Breach = tuple[int, str]


class Bound(NamedTuple):
    """What the cells of a column must satisfy: where it stands, whether a cell does, and what to say if not."""

    place: int
    name: str
    holds: Callable[[Cell], object]
    error: str


def breach(record: Record) -> str:
    """The first thing in a document's lines that breaks the contract, its table and column first; ``""`` for none.

    >>> breach(Record(("a.md", "ok", 0, "", "", "text", "", "0" * 64, "2024-13-45", "", "")))
    ''
    >>> breach(Record(("a.md", "ok", 0, "", "", "text", "", "0" * 64, "i går", "", "")))[:34]
    "documents.published 'i går': must "
    """
    if not (record.amounts or record.checks or record.reasons) and _is_sound(record.document):
        return ""  # nine documents of ten: no columns are made of a line by itself
    told = ((record.document,), record.amounts, record.checks, record.reasons)
    for table, lines in zip(_TOLD, told, strict=True):
        for _, why in breaches(lines, table) if lines else ():
            return f"{table.name}.{why}"
    return ""


def _is_sound(line: Line) -> bool:
    """Whether a line of ``documents`` satisfies the contract."""
    for bound in bounds(DOCUMENTS):  # a loop costs half of all() over a generator, and every document comes by
        if not bound.holds(line[bound.place]):
            return False
    return _has_one_end(line)


def breaches(lines: Sequence[Line], table: Table) -> Iterator[Breach]:
    """What is wrong with the lines of a table: the position of the line, and why."""
    if not lines:
        return
    columns = list(zip(*lines, strict=True))
    for bound in bounds(table):
        if not all(map(bound.holds, columns[bound.place])):
            for position, cell in enumerate(columns[bound.place]):
                if not bound.holds(cell):
                    yield position, f"{bound.name} {cell!r}: {bound.error}"
    yield from _RULES[table](lines)


@cache
def bounds(table: Table) -> tuple[Bound, ...]:
    """The bounds of each column that has any."""
    found = []
    for place, column in enumerate(table.columns):
        found += [Bound(place, column.name, holds, error) for holds, error in _bounds_of(column)]
    return tuple(found)


def _bounds_of(column: Column) -> Iterator[tuple[Callable[[Cell], object], str]]:
    if column.type == TEXT:
        if column.pattern:
            whole = re.compile(rf"(?:{column.pattern})\Z" if column.required else rf"(?:(?:{column.pattern})?)\Z")
            yield whole.match, f"must look like {column.pattern}"  # type: ignore[misc]
        elif column.one_of:
            allowed = frozenset(column.one_of if column.required else ("", *column.one_of))
            yield allowed.__contains__, f"must be one of {', '.join(column.one_of)}"
        elif column.required:
            yield bool, "must not be empty"
    elif column.type == INTEGER:
        yield (_is_count if column.required else _is_count_or_nothing), "must be a whole number, 0 or more"
    elif column.required:
        yield (lambda cell: cell not in (None, "")), "must not be empty"


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, int) and cell >= 0


def _is_count_or_nothing(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int) and cell >= 0)


def _document_breaches(lines: Sequence[Line]) -> Iterator[Breach]:
    for position, line in enumerate(lines):
        if not _has_one_end(line):
            yield position, "a quarantined document, and no other, has stage and reason and no number of sums"


def _has_one_end(line: Line) -> bool:
    """Whether a document was either read to the end, with a number of sums, or quarantined with stage and reason."""
    failed = line[_STATUS] == QUARANTINED
    return failed == bool(line[_STAGE]) == bool(line[_REASON]) == (line[_SUMS] is None)


def _amount_breaches(lines: Sequence[Line]) -> Iterator[Breach]:
    at = _AT[AMOUNTS.name]
    doc, start, end, low, high = (at[name] for name in ("doc", "start", "end", "low", "high"))
    first = {(line[doc], line[start]) for line in lines if line[at["same_as"]] is None}
    seen: set[Cell] = set()
    for position, line in enumerate(lines):
        funding = line[at["kind"]] == "funding"
        bare = not line[at["change"]] and not line[at["status"]] and line[at["part_of"]] is None
        held = (
            (
                len(str(line[at["text"]])) == _number(line[end]) - _number(line[start]),
                "text must be as long as its span",
            ),
            (_are_ends(line[low], line[high]), "low must not be negative nor above high"),
            (funding or not line[at["commitment_id"]], "only funding has a commitment_id"),
            (line[at["amount_id"]] == f"{line[doc]}:{line[start]}-{line[end]}", "amount_id must be doc:start-end"),
            (funding or bare, "only funding has change, status or part_of"),
            (not funding or line[at["status"]], "funding must have a status"),
            (_points(line, at["part_of"], first), "part_of must point to another sum of the document"),
            (_points(line, at["same_as"], first), "same_as must point to an earlier sum of the document"),
            (line[at["amount_id"]] not in seen, f"amount_id {line[at['amount_id']]!r}: must be there once"),
        )
        seen.add(line[at["amount_id"]])
        yield from ((position, why) for holds, why in held if not holds)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else -1


def _are_ends(low: Cell, high: Cell) -> bool:
    return Decimal(str(low)) >= 0 and (low == high or Decimal(str(low)) <= Decimal(str(high)))


def _points(line: Line, pointer: int, first: set[tuple[Cell, Cell]]) -> bool:
    """Whether a pointer is empty or the start of another sum of the document, one that restates nothing itself."""
    doc, start, target = line[0], line[1], line[pointer]
    return target is None or (target != start and (doc, target) in first)


def _check_breaches(lines: Sequence[Line]) -> Iterator[Breach]:
    at = _AT[CHECKS.name]
    seen: set[Line] = set()
    for position, line in enumerate(lines):
        stated, summed, difference = (Decimal(str(line[at[name]])) for name in ("stated", "summed", "difference"))
        if stated - summed != difference:
            yield position, "difference must be stated less summed"
        key = tuple(line[at[name]] for name in CHECKS.key)
        if key in seen:
            yield position, f"{', '.join(CHECKS.key)}: must be there once"
        seen.add(key)


def _nothing(_lines: Iterable[Line]) -> Iterator[Breach]:
    return iter(())


_RULES: Final[dict[Table, Callable[[Sequence[Line]], Iterator[Breach]]]] = {
    DOCUMENTS: _document_breaches,
    AMOUNTS: _amount_breaches,
    CHECKS: _check_breaches,
    REASONS: _nothing,
}
