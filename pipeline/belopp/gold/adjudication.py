"""Two annotators' sheets made one: what agrees is taken, and what differs is listed for a decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from belopp.gold.problems import GoldError
from belopp.gold.sheets import row_of
from belopp.model import POINTERS, Row
from belopp.score import Comparison, Entry, differences
from belopp.score.changes import GAINED, LOST, SPAN, TEXT, Change
from belopp.tables import csv_text

A: Final = "A"
B: Final = "B"
_MONEY: Final = ("low", "high", "currency")
_PLACE: Final = ("start", "end", "text")


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing that the sheets differ in, and whose word is taken: ``A``, ``B`` or not yet any (``""``).

    ``what`` is a column, ``value``, ``span``, ``text``, or ``lost`` or ``gained`` of a row that only A or only B has.
    """

    doc: str
    start: int
    end: int
    text: str
    what: str
    a: str
    b: str
    choice: str = ""


NAMES: Final = tuple(field.name for field in fields(Dispute))

Choices = Mapping[tuple[str, int, int, str], str]


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows that stand, by document and place, and every dispute with its choice."""

    rows: tuple[Row, ...]
    disputes: tuple[Dispute, ...]

    @property
    def open(self) -> int:
        """How many disputes nobody has decided."""
        return sum(not dispute.choice for dispute in self.disputes)


def adjudicate(comparison: Comparison, *, prefer: str = "", choices: Choices | None = None) -> Merged:
    """The merger of the comparison's two sheets, A its first and B its second.

    A row is taken when nothing in it is disputed or all that is has a choice: of ``choices`` (see
    :func:`read_choices`), else of ``prefer``.  Pointers follow the rows that they lead to, whichever span is chosen.
    """
    disputes = tuple(_dispute(change, choices or {}, prefer) for change in differences(comparison).changes)
    at: dict[tuple[str, int, int, bool], dict[str, str]] = {}
    for dispute in disputes:
        key = (dispute.doc, dispute.start, dispute.end, dispute.what == GAINED)
        at.setdefault(key, {})[dispute.what] = dispute.choice
    return Merged(tuple(sorted(_rows(comparison, at), key=lambda row: (row.doc, row.start, row.end))), disputes)


def _dispute(change: Change, choices: Choices, prefer: str) -> Dispute:
    choice = choices.get((change.doc, change.start, change.end, change.what), "") or prefer
    return Dispute(change.doc, change.start, change.end, change.text, change.what, change.before, change.after, choice)


def _rows(comparison: Comparison, at: Mapping[tuple[str, int, int, bool], Mapping[str, str]]) -> Iterator[Row]:
    """The rows taken, pointing to where the rows they lead to now start."""
    units = list(_units(comparison, at))
    starts = {entry: int(cells["start"]) for entries, cells, _ in units for entry in entries}
    for _, cells, pointers in units:
        moved = {column: str(starts[target]) for column, target in pointers.items() if target in starts}
        try:
            yield row_of({**cells, **moved})
        except ValueError as error:
            raise GoldError(f"{cells['doc']} {cells['start']}-{cells['end']}: {error}; mend it in its sheet") from error


_Unit = tuple[tuple[Entry, ...], dict[str, str], dict[str, Entry]]


def _units(comparison: Comparison, at: Mapping[tuple[str, int, int, bool], Mapping[str, str]]) -> Iterator[_Unit]:
    """Each row taken: whose rows it was, its cells, and the rows of the sheets that its pointers lead to."""
    for document in comparison.documents:
        taken = set(document.pairs.values())
        for one in document.golds:
            other = document.pairs.get(one)
            said = at.get((one.doc, one.start, one.end, False), {})
            if "" in said.values() or said.get(LOST) == B:
                continue
            yield _unit(comparison, one, other, said)
        for other in document.preds:
            if other not in taken and at[other.doc, other.start, other.end, True][GAINED] == B:
                yield (other,), dict(other.cells), _targets(comparison, other, POINTERS, B)


def _unit(comparison: Comparison, one: Entry, other: Entry | None, said: Mapping[str, str]) -> _Unit:
    cells = dict(one.cells)
    theirs = [what for what, choice in said.items() if choice == B]
    pointers = _targets(comparison, one, [column for column in POINTERS if column not in theirs], A)
    if other is not None:
        for what in theirs:
            for column in _columns(what):
                cells[column] = other[column]
        pointers |= _targets(comparison, other, [column for column in POINTERS if column in theirs], B)
    return ((one,) if other is None else (one, other)), cells, pointers


def _columns(what: str) -> tuple[str, ...]:
    if what == "value":
        return _MONEY
    return _PLACE if what in (SPAN, TEXT) else (what,)


def _targets(comparison: Comparison, entry: Entry, columns: Iterable[str], whose: str) -> dict[str, Entry]:
    sheet = comparison.gold if whose == A else comparison.pred
    leads = {"part_of": sheet.parents, "same_as": sheet.firsts}
    return {column: leads[column][entry] for column in columns if entry in leads[column]}


# ---------------------------------------------------------------------------------------------- choices


def disputes_text(disputes: Iterable[Dispute]) -> str:
    """The disputes as CSV under a head, for someone to write A or B into the column ``choice``."""
    return csv_text([NAMES, *([getattr(dispute, name) for name in NAMES] for dispute in disputes)])


def read_choices(path: Path) -> dict[tuple[str, int, int, str], str]:
    """The choices written into a file of disputes.  Raises :class:`GoldError` for one that is neither A nor B."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(io.StringIO(file.read(), newline=""), restval=""))
        found = {
            (line["doc"], int(line["start"]), int(line["end"]), line["what"]): line["choice"].strip().upper()
            for line in lines
        }
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); give the disputed.csv that adjudicate wrote") from error
    for (doc, start, _, what), choice in found.items():
        if choice not in ("", A, B):
            raise GoldError(f"{path}: {choice!r} decides nothing ({what} of {doc} at {start}); write A or B")
    return found
