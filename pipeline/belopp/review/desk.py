"""The desk: last night's run beside the gold, and the one place where a reviewer's decision becomes gold."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from belopp import gold, rulebook
from belopp.checks import check
from belopp.gold import Conflict, Decision
from belopp.model import COLUMNS, Check, Document, Row
from belopp.review.edits import corrected, respanned
from belopp.review.findings import Findings, Listed, load_findings
from belopp.review.missed import missed_row
from belopp.review.problems import ReviewError, Stale
from belopp.review.standing import Standing, cells, is_settled, span_of, standings
from belopp.review.texts import Texts
from belopp.review.trail import Trail
from belopp.rulebook import Rulebook
from belopp.tables import VERDICTS

_POINTERS = ("part_of", "same_as")


@dataclass(frozen=True, slots=True)
class Step:
    """One decision as it was saved, so that it can be undone: what it put in the gold for what."""

    before: tuple[Row, ...]
    after: tuple[Row, ...]
    decisions: tuple[Decision, ...]


class Desk:
    """A run and a folder of gold, opened for one reviewer.

    ``clock`` gives the aware time that the journal notes.  Every method may be called from any thread.
    """

    def __init__(self, run: Path, gold_folder: Path, *, reviewer: str, clock: Callable[[], datetime]) -> None:
        self.findings: Findings = load_findings(run)
        self.folder = gold_folder
        self.reviewer = reviewer
        self.texts = Texts(self.findings)
        self._clock = clock
        self._lock = threading.RLock()
        self._golds: dict[str, list[Row]] = {}
        self._trails: dict[str, Trail] = {}
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._standings: dict[str, list[Standing]] = {}
        self._checks: dict[str, list[Check]] = {}
        self._stamp: object = None
        self.version = 0
        self.refresh()

    @property
    def book(self) -> Rulebook:
        """The rules in force."""
        return rulebook.load()

    # ------------------------------------------------------------------------------------ what there is

    def refresh(self) -> None:
        """Read the gold again if someone else has written it meanwhile."""
        with self._lock:
            stamp = self._stamp_now()
            if stamp == self._stamp:
                return
            self._golds = gold.load(self.folder)
            self._trails = defaultdict(Trail)
            for noted in gold.read_journal(self.folder):
                self._trails[noted.doc].follow([noted.decision])
            self._standings.clear()
            self._checks.clear()
            self._stamp = stamp
            self.version += 1

    def _stamp_now(self) -> object:
        paths = [*gold.sheet_paths(self.folder), self.folder / gold.JOURNAL]
        stats = [(path.name, path.stat()) for path in paths if path.exists()]
        return tuple((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in stats)

    def listed(self, key: str) -> Listed:
        """The document of a key.  Raises :class:`ReviewError` for none."""
        if key not in self.findings.documents:
            raise ReviewError("no such document in this run")
        return self.findings.documents[key]

    def document(self, key: str) -> Document | None:
        """The publication itself, ``None`` when it is no longer as it was when the run read it."""
        with self._lock:
            return self.texts.document(self.listed(key))

    def standings(self, key: str) -> list[Standing]:
        """How each sum of a document stands, in text order."""
        doc = self.listed(key).doc
        with self._lock:
            if doc not in self._standings:
                verdicts = self._verdicts(doc) if doc in self._checks else None
                self._standings[doc] = self._stand(doc, verdicts)
            return self._standings[doc]

    def _stand(self, doc: str, verdicts: dict[int, str] | None) -> list[Standing]:
        found, golds = self.findings.rows.get(doc, ()), self._golds.get(doc, ())
        return standings(found, golds, self._trails.get(doc) or Trail(), verdicts)

    def is_settled(self, key: str) -> bool:
        """Whether the document's gold is whole."""
        doc = self.listed(key).doc
        return is_settled(self._golds.get(doc, ()), self._trails.get(doc) or Trail())

    def checks(self, key: str) -> list[Check]:
        """The sums of a document as its rows stand now, added up."""
        doc = self.listed(key).doc
        with self._lock:
            if doc not in self._checks:
                document = self.document(key)
                rows = _standing_rows(self._stand(doc, None))
                self._checks[doc] = [] if document is None else check(rows, document, self.book)
                self._standings.pop(doc, None)
                self.version += 1
                if document is None:
                    del self._checks[doc]
                    return []
            return self._checks[doc]

    def _verdicts(self, doc: str) -> dict[int, str]:
        """By start: the best verdict of the sums that a row takes part in."""
        best: dict[int, int] = {}
        for held in self._checks[doc]:
            rank = VERDICTS.index(held.verdict)
            for start in (held.total, *held.parts):
                best[start] = min(rank, best.get(start, rank))
        return {start: VERDICTS[rank] for start, rank in best.items()}

    # ------------------------------------------------------------------------------------ what is decided

    def decide(self, key: str, wish: dict[str, Any]) -> None:
        """Do what a reviewer's key says and save it.

        ``wish["do"]`` is ``accept`` (with ``take``: ``gold`` or ``run``), ``reject``, ``set`` (``column``, ``value``),
        ``span`` (``start``, ``end``), ``add`` (``start``, ``end``), ``rest`` or ``undo``; all but the last three
        name the ``row`` and the ``rev`` that the reviewer saw.  Raises :class:`Stale` when somebody else was quicker,
        :class:`ReviewError` for what cannot be; the gold is then as it was.
        """
        with self._lock:
            do = str(wish.get("do"))
            if do == "undo":
                self._undo(key)
                return
            if do == "rest":
                self._save_step(key, *self._rest(key))
                return
            if do == "add":
                self._save_step(key, *self._added(key, _offset(wish, "start"), _offset(wish, "end"),
                                                  exact=bool(wish.get("exact"))))  # fmt: skip
                return
            standing = self._seen(key, str(wish.get("row")), str(wish.get("rev")))
            if do == "accept":
                change = self._accepted(key, standing, take=str(wish.get("take", "")))
            elif do == "reject":
                change = self._rejected(key, standing)
            elif do == "set":
                change = self._set(key, standing, str(wish.get("column")), str(wish.get("value", "")))
            elif do == "span":
                change = self._respanned(key, standing, _offset(wish, "start"), _offset(wish, "end"))
            else:
                raise ReviewError(f"{do} is no decision")
            self._save_step(key, *change)

    def _seen(self, key: str, id: str, rev: str) -> Standing:
        for standing in self.standings(key):
            if standing.id == id:
                if revision(standing) != rev:
                    raise Stale("the row has been decided elsewhere meanwhile; it is shown as it is now")
                return standing
        raise Stale("the row is gone: it has been decided elsewhere meanwhile")

    def _golds_of(self, key: str) -> list[Row]:
        return list(self._golds.get(self.listed(key).doc, ()))

    def _accepted(self, key: str, standing: Standing, *, take: str = "") -> tuple[list[Row], list[Decision]]:
        golds = self._golds_of(key)
        if standing.gold is None:
            assert standing.run is not None
            return [*golds, standing.run], [Decision("accept", *span_of(standing.run))]
        if take == "run" and standing.run is not None and standing.differs:
            return self._replaced(golds, standing.gold, standing.run)
        return golds, [Decision("accept", *span_of(standing.gold))]

    def _rejected(self, key: str, standing: Standing) -> tuple[list[Row], list[Decision]]:
        golds = self._golds_of(key)
        if standing.gold is None:
            return golds, [Decision("reject", *span_of(standing.row))]
        gone = standing.gold
        home = standing.run or gone
        decisions = list(_span_corrections(gone, home))
        kept = [row for row in golds if span_of(row) != span_of(gone)]
        freed, more = _redirected(kept, gone.start, None)
        return freed, [*decisions, Decision("reject", *span_of(home)), *more]

    def _set(self, key: str, standing: Standing, column: str, value: str) -> tuple[list[Row], list[Decision]]:
        new = corrected(standing.row, column, value, all_=self.standings(key), book=self.book)
        if new == standing.row and standing.state != "rejected":
            return self._golds_of(key), []
        return self._replaced(self._golds_of(key), standing.row, new)

    def _respanned(self, key: str, standing: Standing, start: int, end: int) -> tuple[list[Row], list[Decision]]:
        document = self._open_document(key)
        if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
            raise ReviewError("that is no span of the text")
        if any(span_of(each.row) == (start, end) for each in self.standings(key) if each.id != standing.id):
            raise ReviewError("another sum has that span already")
        new = respanned(standing.row, start, end, document.text[start:end], self.book)
        return self._replaced(self._golds_of(key), standing.row, new)

    def _replaced(self, golds: Sequence[Row], old: Row, new: Row) -> tuple[list[Row], list[Decision]]:
        """The gold with a row changed, and the rows that pointed to it pointing to where it is now."""
        rest = [row for row in golds if span_of(row) != span_of(old)]
        decisions = list(corrections(old, new))
        if old.start != new.start:
            rest, more = _redirected(rest, old.start, new.start)
            decisions += more
        return [*rest, new], decisions

    def _added(self, key: str, start: int, end: int, *, exact: bool) -> tuple[list[Row], list[Decision]]:
        document = self._open_document(key)
        row = missed_row(document, start, end, self.standings(key), self.book, exact=exact)
        return [*self._golds_of(key), row], [Decision("add", *span_of(row))]

    def _rest(self, key: str) -> tuple[list[Row], list[Decision]]:
        """Accept what is left: of the run where there is no whole gold, else the gold as it is."""
        golds, decisions = self._golds_of(key), list[Decision]()
        for standing in self.standings(key):
            if standing.decided:
                continue
            if standing.state == "open" and standing.run is not None:
                golds.append(standing.run)
            action = "reject" if standing.state == "extra" else "accept"
            decisions.append(Decision(action, *span_of(standing.row)))
        return golds, [*decisions, Decision("finish", 0, 0)]

    def _open_document(self, key: str) -> Document:
        document = self.document(key)
        if document is None:
            raise ReviewError("the publication is no longer as the run read it; run belopp again")
        return document

    # ------------------------------------------------------------------------------------ saving

    def _save_step(self, key: str, rows: list[Row], decisions: list[Decision]) -> None:
        if not decisions:
            return
        doc = self.listed(key).doc
        old = tuple(self._golds.get(doc, ()))
        self._save(key, rows, decisions)
        new = tuple(self._golds.get(doc, ()))
        before, after = set(old), set(new)
        self._steps[doc].append(Step(tuple(before - after), tuple(after - before), tuple(decisions)))

    def _save(self, key: str, rows: Iterable[Row], decisions: Sequence[Decision]) -> None:
        doc = self.listed(key).doc
        base = self._golds.get(doc, [])
        known = self._stamp_now() == self._stamp
        shown = _standing_rows(self.standings(key))
        try:
            merged = gold.save(
                self.folder,
                doc,
                [replace(row, because=()) for row in rows],
                base=base,
                reviewer=self.reviewer,
                when=self._clock(),
                decisions=decisions,
            )
        except Conflict as conflict:
            self._stamp = None
            self.refresh()
            raise Stale(f"{', '.join(conflict.columns)}: someone else has changed it; it is shown as it is now") \
                from conflict  # fmt: skip
        self._golds[doc] = merged
        self._trails.setdefault(doc, Trail()).follow(decisions)
        self._stamp = self._stamp_now() if known else None
        self._standings.pop(doc, None)
        self.version += 1
        if doc in self._checks and _standing_rows(self.standings(key)) != shown:
            del self._checks[doc]
            self.checks(key)

    def _undo(self, key: str) -> None:
        doc = self.listed(key).doc
        if not self._steps[doc]:
            raise ReviewError("there is nothing to undo in this document")
        step = self._steps[doc][-1]
        now = self._golds.get(doc, [])
        if not set(step.after) <= set(now):
            self._steps[doc].clear()
            raise Stale("it has been changed elsewhere meanwhile, so it cannot be undone")
        rows = [row for row in now if row not in set(step.after)] + list(step.before)
        self._save(key, rows, [undone(each) for each in reversed(step.decisions)])
        self._steps[doc].pop()


def revision(standing: Standing) -> str:
    """A few characters that are others when the row is decided or changed."""
    import hashlib

    said = repr((standing.state, standing.decided, standing.row, standing.run))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _standing_rows(all_: Iterable[Standing]) -> list[Row]:
    """The rows that count as the document stands, one a start."""
    kept = {each.row.start: each.row for each in all_ if each.state not in ("rejected", "extra")}
    return [kept[start] for start in sorted(kept)]


def _offset(wish: dict[str, Any], name: str) -> int:
    value = wish.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ReviewError(f"{name} is no offset")
    return value


def corrections(old: Row, new: Row) -> Iterable[Decision]:
    """A decision for each column that differs, those of the span last."""
    was, now = cells(old), cells(new)
    for column in COLUMNS:
        if column not in ("doc", "start", "end", "text") and was[column] != now[column]:
            yield Decision("correct", old.start, old.end, column, was[column], now[column])
    yield from _span_corrections(old, new)


def _span_corrections(old: Row, new: Row) -> Iterable[Decision]:
    if old.start != new.start:
        yield Decision("correct", old.start, old.end, "start", str(old.start), str(new.start))
    if old.end != new.end:
        yield Decision("correct", new.start, old.end, "end", str(old.end), str(new.end))


def _redirected(rows: Iterable[Row], start: int, to: int | None) -> tuple[list[Row], list[Decision]]:
    """The rows with what points to ``start`` pointing to ``to``."""
    made: list[Row] = []
    decisions: list[Decision] = []
    for row in rows:
        moved = {name: to for name in _POINTERS if getattr(row, name) == start}
        new = replace(row, **moved) if moved else row  # type: ignore[arg-type]
        decisions += corrections(row, new)
        made.append(new)
    return made, decisions


def undone(decision: Decision) -> Decision:
    """What takes a decision back."""
    if decision.action == "finish":
        return Decision("reopen", 0, 0)
    start, end = decision.start, decision.end
    if decision.column == "start":
        start = int(decision.after)
    elif decision.column == "end":
        end = int(decision.after)
    return Decision("undo", start, end, decision.column, decision.after, decision.before)
