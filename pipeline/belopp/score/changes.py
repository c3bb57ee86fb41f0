"""List what differs between two sheets: rows gained and lost, spans moved, columns changed, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from belopp.model import POINTERS
from belopp.score.alignment import same_value
from belopp.score.cells import tidy
from belopp.score.judging import FACETS, STRICT, Comparison, DocumentComparison, target
from belopp.score.sheets import Entry

LOST: Final = "lost"
GAINED: Final = "gained"
CHANGED: Final = "changed"
SPAN: Final = "span"
TEXT: Final = "text"

_COLUMNS: Final = tuple(facet for facet in FACETS if facet not in STRICT)

KINDS: Final = (LOST, GAINED, SPAN, TEXT, *_COLUMNS)
"""What can differ: a whole row, its span, the words in an unchanged span, or a column (``value`` is three)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; the span and ``text`` are those of the first sheet, of a gained row the second's."""

    doc: str
    start: int
    end: int
    what: str
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that only one sheet has (``lost``, ``gained``), or that each has otherwise (``changed``), and how."""

    what: str
    before: Entry | None
    after: Entry | None
    changes: tuple[Change, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands: in the first sheet, of a gained row in the second."""
        return self.changes[0].start, self.changes[0].end


@dataclass(frozen=True, slots=True)
class Differences:
    """All changes between two sheets, by document and place, and how much was compared."""

    before: str
    after: str
    documents: int
    rows_before: int
    rows_after: int
    changes: tuple[Change, ...]

    @property
    def found(self) -> bool:
        """Whether the sheets differ at all."""
        return bool(self.changes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many changes there are of each kind, in the order of :data:`KINDS`."""
        counted = Counter(change.what for change in self.changes)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    @property
    def changed_documents(self) -> int:
        """How many documents have a change."""
        return len({change.doc for change in self.changes})


def differences(comparison: Comparison, *, kinds: Collection[str] = KINDS, as_scored: bool = False) -> Differences:
    """What differs between the two sheets of ``comparison``, of the ``kinds`` wanted.

    A column differs when its cells do, white space apart and pointers by the mention they lead to.  With
    ``as_scored`` only what the score counts as wrong: near areas and the order of names are forgiven.
    """
    found = (change for row in row_changes(comparison, as_scored=as_scored) for change in row.changes)
    return Differences(
        before=comparison.gold.name,
        after=comparison.pred.name,
        documents=len(comparison.documents),
        rows_before=sum(len(document.golds) for document in comparison.documents),
        rows_after=sum(len(document.preds) for document in comparison.documents),
        changes=tuple(change for change in found if change.what in kinds),
    )


def row_changes(comparison: Comparison, *, as_scored: bool = False) -> Iterator[RowChange]:
    """The rows that differ, by document and place; ``as_scored`` as :func:`differences` has it."""
    for document in comparison.documents:
        yield from sorted(_of(document, comparison, as_scored=as_scored), key=lambda row: row.span)


def sides(row: RowChange, change: Change, comparison: Comparison) -> tuple[str, str]:
    """What a column says before and after, as text; of a pointer the words of the sum that it leads to."""
    if change.what not in POINTERS or row.before is None or row.after is None:
        return change.before, change.after
    ours, theirs = target(comparison.gold, row.before, change.what), target(comparison.pred, row.after, change.what)
    return tidy(ours["text"]) if ours else change.before, tidy(theirs["text"]) if theirs else change.after


def _of(document: DocumentComparison, comparison: Comparison, *, as_scored: bool) -> Iterator[RowChange]:
    for gold in document.golds:
        pred = document.pairs.get(gold)
        if pred is None:
            yield RowChange(LOST, gold, None, (_change(gold, LOST, gold.value, ""),))
            continue
        columns = (
            [column for column in _COLUMNS if not document.verdicts[gold][column]]
            if as_scored
            else list(_differing(gold, pred, comparison, document.pairs))
        )
        if changes := tuple(_changed(gold, pred, columns)):
            yield RowChange(CHANGED, gold, pred, changes)
    matched = set(document.pairs.values())
    for pred in document.preds:
        if pred not in matched:
            yield RowChange(GAINED, None, pred, (_change(pred, GAINED, "", pred.value),))


def _changed(gold: Entry, pred: Entry, columns: Iterable[str]) -> Iterator[Change]:
    if (gold.start, gold.end) != (pred.start, pred.end):
        yield _change(gold, SPAN, f"{gold.start}-{gold.end}", f"{pred.start}-{pred.end} {tidy(pred['text'])}")
    for column in columns:
        before, after = (gold.value, pred.value) if column == "value" else (gold[column], pred[column])
        yield _change(gold, column, tidy(before), tidy(after))


def _differing(gold: Entry, pred: Entry, comparison: Comparison, pairs: Mapping[Entry, Entry]) -> Iterator[str]:
    """The columns that are not written the same in both rows."""
    if (gold.start, gold.end) == (pred.start, pred.end) and tidy(gold["text"]) != tidy(pred["text"]):
        yield TEXT
    for column in _COLUMNS:
        if column == "value":
            same = same_value(gold, pred)
        elif column in POINTERS:
            same = _same_pointer(gold, pred, column, comparison, pairs)
        else:
            same = tidy(gold[column]) == tidy(pred[column])
        if not same:
            yield column


def _same_pointer(gold: Entry, pred: Entry, column: str, comparison: Comparison, pairs: Mapping[Entry, Entry]) -> bool:
    """Whether both are written the same, or lead to one mention whose start has moved."""
    ours, theirs = target(comparison.gold, gold, column), target(comparison.pred, pred, column)
    led_together = ours is not None and theirs is not None and pairs.get(ours) is theirs
    return led_together or gold[column].strip() == pred[column].strip()


def _change(entry: Entry, what: str, before: str, after: str) -> Change:
    return Change(entry.doc, entry.start, entry.end, what, before, after, tidy(entry["text"]))
