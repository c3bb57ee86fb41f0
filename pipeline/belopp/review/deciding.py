"""What a decision makes of a document's gold: the rows that shall stand, and the journal's lines that say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from belopp.gold import ROW, TEXT_READ, Decision, line_of
from belopp.model import CELL, COLUMNS, POINTERS, Document, Row
from belopp.review.layout import block_at
from belopp.review.standing import Standing, cells, span_of

REPEATED: Final = ("kind", "change", "status", "payer", "recipient", "area", "period", "per", "vat", "part_of")
"""The columns in which a repeated statement agrees with the first of its money; it keeps its own value and hedge."""

_TOGETHER: Final = frozenset({"kind", "change", "status", "part_of"})
# A table's cell that gives a recurring sum for one year keeps what is its own.
_OF_A_CELL: Final = frozenset({"recipient", "period", "per"})


@dataclass(frozen=True, slots=True)
class Change:
    """The document's gold rows after a decision, and the decisions to note; ``carried`` rows followed another."""

    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]
    carried: int = 0


def came(action: str, row: Row) -> Decision:
    """The decision that puts a row into the gold."""
    return Decision(action, *span_of(row), ROW, "", row_line(row))


def went(action: str, row: Row) -> Decision:
    """The decision that takes a row out of the gold."""
    return Decision(action, *span_of(row), ROW, row_line(row), "")


def row_line(row: Row) -> str:
    """A row as a cell of the journal holds it."""
    return line_of(replace(row, because=())).removesuffix("\n")


def accepted(golds: Sequence[Row], standing: Standing, *, take: str = "") -> Change:
    """The run's row as it is where the gold has none, or where ``take`` is ``run``; else what is there, confirmed."""
    if standing.gold is None:
        assert standing.run is not None
        return Change((*golds, standing.run), (came("accept", standing.run),))
    if take == "run" and standing.run is not None and standing.differs:
        return replaced(golds, standing.gold, standing.run)
    return Change(tuple(golds), (Decision("accept", *span_of(standing.gold)),))


def rejected(golds: Sequence[Row], standing: Standing) -> Change:
    """No row in the gold, and none that points to it; the journal's line stands at the span that the run gave it."""
    gone = standing.gold
    if gone is None:
        return Change(tuple(golds), (Decision("reject", *span_of(standing.row)),))
    home = standing.run or gone
    moved = replace(gone, start=home.start, end=home.end, text=home.text)
    freed, more = redirected([row for row in golds if span_of(row) != span_of(gone)], gone.start, None)
    return Change(tuple(freed), (*corrections(gone, moved), went("reject", moved), *more))


def added(golds: Sequence[Row], row: Row) -> Change:
    """The row of a sum that the run missed."""
    return Change((*golds, row), (came("add", row),))


def replaced(golds: Sequence[Row], old: Row, new: Row) -> Change:
    """The gold with a row changed, and the rows that pointed to it pointing to where it is now."""
    there = any(span_of(row) == span_of(old) for row in golds)
    rest = [row for row in golds if span_of(row) != span_of(old)]
    decisions = [*(() if there else (came("correct", old),)), *corrections(old, new)]
    if old.start != new.start:
        rest, more = redirected(rest, old.start, new.start)
        decisions += more
    return Change((*rest, new), tuple(decisions))


def repeated(change: Change, old: Row, new: Row, all_: Sequence[Standing], document: Document | None) -> Change:
    """The change with what it corrected in a first statement carried over to those that repeat it."""
    changed = {column for column in REPEATED if getattr(old, column) != getattr(new, column)}
    if changed & _TOGETHER:
        changed |= _TOGETHER
    rows, decisions, carried = list(change.rows), list(change.decisions), 0
    for standing in all_:
        row = standing.row
        if row.same_as != old.start or standing.state in ("rejected", "extra"):
            continue
        own = _OF_A_CELL if document is None or block_at(document, row.start).kind == CELL else frozenset[str]()
        cells_ = {
            column: getattr(new, column)
            for column in changed
            if column not in own or getattr(row, column) == getattr(old, column)
        }
        after = replace(row, **cells_)
        if after == row:
            continue
        rows = [each for each in rows if span_of(each) != span_of(row)] + [after]
        decisions += () if standing.gold is not None else (came("repeat", row),)
        decisions += (replace(each, action="repeat") for each in corrections(row, after))
        carried += 1
    return Change(tuple(rows), tuple(decisions), carried)


def rest(golds: Sequence[Row], all_: Iterable[Standing], sha256: str) -> Change:
    """What is left accepted: of the run where there is no whole gold, else the gold as it is.

    ``sha256`` is that of the bytes that the document was read from.
    """
    rows, decisions = list(golds), list[Decision]()
    for standing in all_:
        if standing.decided:
            continue
        if standing.state == "open" and standing.run is not None:
            rows.append(standing.run)
            decisions.append(came("accept", standing.run))
        else:
            decisions.append(Decision("reject" if standing.state == "extra" else "accept", *span_of(standing.row)))
    return Change(tuple(rows), (*decisions, Decision("finish", 0, 0, TEXT_READ, "", sha256)))


def corrections(old: Row, new: Row) -> Iterator[Decision]:
    """A decision for each column that differs, those of the span last."""
    was, now = cells(old), cells(new)
    for column in COLUMNS:
        if column not in ("doc", "start", "end") and was[column] != now[column]:
            yield Decision("correct", old.start, old.end, column, was[column], now[column])
    if old.start != new.start:
        yield Decision("correct", old.start, old.end, "start", str(old.start), str(new.start))
    if old.end != new.end:
        yield Decision("correct", new.start, old.end, "end", str(old.end), str(new.end))


def redirected(rows: Iterable[Row], start: int, to: int | None) -> tuple[list[Row], list[Decision]]:
    """The rows with what points to ``start`` pointing to ``to``."""
    made: list[Row] = []
    decisions: list[Decision] = []
    for row in rows:
        moved = {name: to for name in POINTERS if getattr(row, name) == start}
        new = replace(row, **moved) if moved else row  # type: ignore[arg-type]
        decisions += corrections(row, new)
        made.append(new)
    return made, decisions
