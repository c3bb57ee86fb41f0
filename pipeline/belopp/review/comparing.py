"""The run held against the gold and against another run, by document, and anew only where a row has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from belopp.model import Row
from belopp.review.desk import Desk
from belopp.review.findings import Listed, Stated, load_sums
from belopp.review.standing import Standing, span_of
from belopp.score import (
    CHANGED,
    CONFUSED,
    GAINED,
    LOST,
    Comparison,
    Entry,
    Figures,
    RowChange,
    compare,
    confusion,
    figures,
    joined,
    row_changes,
    sheet_of,
    sides,
)

GOLD: Final = "gold"
RUN: Final = "run"
ORDER: Final = (LOST, GAINED, CHANGED)
"""What is told of first."""

Rows = Sequence[Row]
Beside = tuple[str, Rows, Rows, bool]
"""A document, its rows on the other side and in the run, and whether the figures count it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not the same on both sides: how, in which document, and what each column said.

    ``stated`` is what the other run says of it, ``listed`` the document, if this run has it.
    """

    doc: str
    listed: Listed | None
    row: RowChange
    columns: tuple[tuple[str, str, str], ...]
    stated: Stated | None = None

    @property
    def before(self) -> Entry | None:
        """The row of the gold or of the other run."""
        return self.row.before

    @property
    def after(self) -> Entry | None:
        """The row of the run."""
        return self.row.after

    @property
    def entry(self) -> Entry:
        """The row itself: the run's where it has one."""
        found = self.row.after or self.row.before
        assert found is not None
        return found

    @property
    def is_of_another_text(self) -> bool:
        """Whether the other run read it in a text that this run's is not, so that its place is unknown."""
        if self.after is not None or self.listed is None or self.stated is None:
            return False
        return self.stated.sha256 != self.listed.sha256


@dataclass(eq=False)
class _Held:
    """A document as it was last compared."""

    doc: str
    before: Rows
    after: Rows
    made: Comparison | None = None
    found: list[Difference] | None = None

    @property
    def comparison(self) -> Comparison:
        """The two sides compared, when somebody first asks."""
        if self.made is None:
            self.made = compare(sheet_of(self.before), sheet_of(self.after), docs={self.doc})
        return self.made


@dataclass(frozen=True, slots=True)
class Told:
    """Of the documents that count the figures, and of each closed column how often what is taken for what."""

    figures: Figures
    confusions: Mapping[str, Mapping[tuple[str, str], int]]


@dataclass
class _Side:
    """What the run is held against, by document, and what came of it at which version of the gold."""

    version: int = -1
    held: dict[str, _Held] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    differences: list[Difference] = field(default_factory=list)
    told: Told | None = None


class Comparing:
    """The run of a desk beside its gold and, with ``against``, beside another run.

    Raises :class:`ReviewError` when ``against`` is no finished run.  Every method may be called from any thread.
    """

    def __init__(self, desk: Desk, against: Path | None = None) -> None:
        self.desk = desk
        self.against = against
        self._other = load_sums(against) if against is not None else {}
        self._sides = {GOLD: _Side(), **({RUN: _Side()} if against is not None else {})}
        self._keys = {listed.doc: key for key, listed in desk.findings.documents.items()}
        self._lock = threading.RLock()

    @property
    def beside(self) -> tuple[str, ...]:
        """What the run can be held against."""
        return tuple(self._sides)

    def differences(self, side: str) -> list[Difference]:
        """The rows that differ: lost, then gained, then changed ones, each in the order of the documents."""
        with self._lock:
            return self._refreshed(side).differences

    def documents(self, side: str) -> int:
        """How many documents the figures count: of the gold those whose gold is whole."""
        with self._lock:
            return len(self._refreshed(side).whole)

    def told(self, side: str) -> Told | None:
        """The figures, with intervals, and the confusions of the documents that count; ``None`` when none counts."""
        with self._lock:
            held = self._refreshed(side)
            if held.told is None and held.whole:
                comparison = joined(held.held[doc].comparison for doc in held.whole)
                confusions = {column: _counts(confusion(comparison, column)) for column in CONFUSED}
                held.told = Told(figures(comparison), confusions)
            return held.told

    def address(self, found: Difference) -> str:
        """Where the document view shows it: its sum, or its place in the text; ``""`` for a file that the run lacks."""
        key = self._keys.get(found.doc)
        if key is None:
            return ""
        if found.after is not None:
            return f"/d/{key}?row=r{found.after.start}-{found.after.end}"
        if found.is_of_another_text:
            return f"/d/{key}"
        start, end = found.row.span
        for standing in self.desk.standings(key):
            if standing.gold is not None and span_of(standing.gold) == (start, end):
                return f"/d/{key}?row={standing.id}"
        return f"/d/{key}?at={start}-{end}"

    def sentence(self, found: Difference) -> str:
        """The sentence that the sum stands in, as a run's tables have it; of the gold's own rows none is known."""
        if found.after is None:
            return found.stated.sentence if found.stated is not None else ""
        place = (found.after.start, found.after.end)
        rows = self.desk.findings.rows.get(found.doc, ())
        return next((each.sentence for each in rows if span_of(each.row) == place), "")

    # ------------------------------------------------------------------------------------ what is held

    def _refreshed(self, side: str) -> _Side:
        held = self._sides[side]
        version = self.desk.version if side == GOLD else 0
        if held.version != version:
            held.version = version
            beside = list(self._beside_gold() if side == GOLD else self._beside_run())
            if self._taken(held, beside):
                found = [each for one in held.held.values() for each in self._differing(one, side)]
                held.differences = sorted(found, key=lambda each: (ORDER.index(each.row.what), each.doc))
                held.told = None
        return held

    def _taken(self, side: _Side, beside: Sequence[Beside]) -> bool:
        """Take the documents as they are now; whether any of them is another than before."""
        old, whole = side.held, tuple(doc for doc, _, _, is_whole in beside if is_whole)
        side.held = {}
        for doc, before, after, _ in beside:
            last = old.get(doc)
            same = last is not None and (last.before, last.after) == (before, after)
            side.held[doc] = last if last is not None and same else _Held(doc, before, after)
        changed = whole != side.whole or list(old.values()) != list(side.held.values())
        side.whole = whole
        return changed

    def _differing(self, held: _Held, side: str) -> list[Difference]:
        if held.found is None:
            stated = self._other.get(held.doc, {}) if side == RUN else {}
            key = self._keys.get(held.doc)
            listed = self.desk.findings.documents[key] if key is not None else None
            same = list(held.before) == list(held.after)
            held.found = [
                Difference(held.doc, listed, row, _columns(row, held.comparison), stated.get(row.span))
                for row in (() if same else row_changes(held.comparison))
            ]
        return held.found

    def _beside_gold(self) -> Iterator[Beside]:
        """Each document with gold: the gold's rows, the run's, and whether the gold is whole.

        Where it is not, only those of the run's rows are held against it that somebody has decided.
        """
        for key, listed in self.desk.findings.documents.items():
            all_ = self.desk.standings(key)
            whole = self.desk.is_settled(key)
            golds = [each.gold for each in all_ if each.gold is not None]
            rows = [each.row for each in self.desk.findings.rows.get(listed.doc, ())]
            if not whole:
                decided = {each.id for each in all_ if _is_decided(each)}
                rows = [row for row in rows if f"r{row.start}-{row.end}" in decided]
            if whole or golds or rows:
                yield listed.doc, golds, rows, whole

    def _beside_run(self) -> Iterator[Beside]:
        rows = self.desk.findings.rows
        for doc in dict.fromkeys((*(listed.doc for listed in self.desk.findings.documents.values()), *self._other)):
            before = [stated.row for stated in self._other.get(doc, {}).values()]
            after = [each.row for each in rows.get(doc, ())]
            if before or after:
                yield doc, before, after, True


def _counts(found: Mapping[tuple[str, str], Sequence[object]]) -> dict[tuple[str, str], int]:
    return {pair: len(rows) for pair, rows in found.items()}


def _is_decided(standing: Standing) -> bool:
    return standing.run is not None and (standing.gold is not None or standing.state == "rejected")


def _columns(row: RowChange, comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    return tuple((change.what, *sides(row, change, comparison)) for change in row.changes)
