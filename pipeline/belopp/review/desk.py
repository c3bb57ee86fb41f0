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
from belopp.gold.trail import Trail
from belopp.model import VERDICTS, Check, Document, Row
from belopp.review import deciding
from belopp.review.deciding import Change
from belopp.review.edits import corrected, respanned
from belopp.review.findings import Findings, Listed, load_findings
from belopp.review.missed import missed_row
from belopp.review.problems import ReviewError, Stale
from belopp.review.standing import Standing, differing, span_of, standings
from belopp.review.texts import Texts
from belopp.review.undoing import foreseen, taken_back
from belopp.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Done:
    """What a wish came to: whether anything was noted, and how many rows followed the one that was corrected."""

    noted: bool
    carried: int = 0


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
            notes: dict[str, list[gold.Noted]] = defaultdict(list)
            for noted in gold.read_journal(self.folder):
                notes[noted.doc].append(noted)
            self._trails = {}
            for doc, those in notes.items():
                self._trails[doc] = Trail()
                self._trails[doc].follow(those)
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
            raise ReviewError("no.document")
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
                self._standings[doc] = self._stand(self.listed(key), verdicts)
            return self._standings[doc]

    def _stand(self, listed: Listed, verdicts: dict[int, str] | None) -> list[Standing]:
        doc = listed.doc
        found, golds = self.findings.rows.get(doc, ()), self._golds.get(doc, ())
        return standings(found, golds, self._trails.get(doc) or Trail(), verdicts, listed.sha256)

    def is_settled(self, key: str) -> bool:
        """Whether the document's gold is whole."""
        listed = self.listed(key)
        return (self._trails.get(listed.doc) or Trail()).settles(self._golds.get(listed.doc, ()), listed.sha256)

    def checks(self, key: str) -> list[Check]:
        """The sums of a document as its rows stand now, added up."""
        doc = self.listed(key).doc
        with self._lock:
            if doc not in self._checks:
                document = self.document(key)
                rows = _standing_rows(self._stand(self.listed(key), None))
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

    def decide(self, key: str, wish: dict[str, Any]) -> Done:
        """Do what a reviewer's key says and save it.

        ``wish["do"]`` is ``accept`` (with ``take``: ``gold`` or ``run``), ``reject``, ``set`` (``column``, ``value``),
        ``span`` (``start``, ``end``), ``add`` (``start``, ``end``), ``rest`` or ``undo``; all but the last three
        name the ``row`` and the ``rev`` that the reviewer saw.  Raises :class:`Stale` when somebody else was quicker,
        :class:`ReviewError` for what cannot be; the gold is then as it was.
        """
        with self._lock:
            shown = self.standings(key)
            self.refresh()
            change = self._undone(key) if wish.get("do") == "undo" else self._change(key, wish, shown)
            if change.decisions:
                self._save(key, change)
            return Done(bool(change.decisions), change.carried)

    def _change(self, key: str, wish: dict[str, Any], shown: Sequence[Standing]) -> Change:
        do, golds, all_ = str(wish.get("do")), self._golds.get(self.listed(key).doc, []), self.standings(key)
        if do == "rest":
            return deciding.rest(golds, all_, self.listed(key).sha256)
        if do == "add":
            start, end, exact = _offset(wish, "start"), _offset(wish, "end"), bool(wish.get("exact"))
            return deciding.added(golds, missed_row(self._open(key), start, end, all_, self.book, exact=exact))
        standing = self._seen(key, str(wish.get("row")), str(wish.get("rev")), shown)
        if do == "accept":
            return deciding.accepted(golds, standing, take=str(wish.get("take", "")))
        if do == "reject":
            return deciding.rejected(golds, standing)
        if do == "set":
            return self._set(key, standing, str(wish.get("column")), str(wish.get("value", "")))
        if do == "span":
            return self._respanned(key, standing, _offset(wish, "start"), _offset(wish, "end"))
        raise ReviewError("no.do", do=do)

    def _seen(self, key: str, id: str, rev: str, shown: Sequence[Standing]) -> Standing:
        """The row, if it stands as the reviewer saw it; ``shown``: how rows stood before the gold was read anew."""
        for standing in self.standings(key):
            if standing.id == id:
                if revision(standing) == rev:
                    return standing
                columns = next((differing(old.row, standing.row) for old in shown if revision(old) == rev), ())
                raise Stale("no.columns", columns=columns) if columns else Stale("no.decided")
        raise Stale("no.gone")

    def _set(self, key: str, standing: Standing, column: str, value: str) -> Change:
        golds, all_, old = self._golds.get(self.listed(key).doc, []), self.standings(key), standing.row
        new = corrected(old, column, value, all_=all_, book=self.book)
        if new == old and standing.state != "rejected":
            return Change(tuple(golds), ())
        return deciding.repeated(deciding.replaced(golds, old, new), old, new, all_, self.document(key))

    def _respanned(self, key: str, standing: Standing, start: int, end: int) -> Change:
        document = self._open(key)
        if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
            raise ReviewError("no.span")
        if any(span_of(each.row) == (start, end) for each in self.standings(key) if each.id != standing.id):
            raise ReviewError("no.span_taken")
        new = respanned(standing.row, start, end, document, self.book)
        return deciding.replaced(self._golds.get(document.id, []), standing.row, new)

    def _undone(self, key: str) -> Change:
        """The reviewer's own last decision on the document taken back, be it from before the desk was opened."""
        self.refresh()
        doc = self.listed(key).doc
        trail = self._trails.get(doc) or Trail()
        step = trail.last_step(self.reviewer)
        if step is None:
            raise ReviewError("no.undo")
        try:
            return taken_back(self._golds.get(doc, ()), step, trail)
        except Stale:
            self._stamp = None
            self.refresh()
            raise

    def foreseen(self, key: str) -> list[dict[str, Any]]:
        """What an undo will show of each row that it is about."""
        trail = self._trails.get(self.listed(key).doc) or Trail()
        return foreseen(trail.last_step(self.reviewer), self.standings(key), trail)

    def _open(self, key: str) -> Document:
        document = self.document(key)
        if document is None:
            raise ReviewError("no.publication")
        return document

    # ------------------------------------------------------------------------------------ saving

    def _save(self, key: str, change: Change) -> None:
        doc = self.listed(key).doc
        base = self._golds.get(doc, [])
        known = self._stamp_now() == self._stamp
        shown = _standing_rows(self.standings(key))
        try:
            merged = gold.save(
                self.folder,
                doc,
                [replace(row, because=()) for row in change.rows],
                base=base,
                reviewer=self.reviewer,
                when=self._clock(),
                decisions=change.decisions,
            )
        except Conflict as conflict:
            self._stamp = None
            self.refresh()
            raise Stale("no.columns", columns=conflict.columns) from conflict
        self._golds[doc] = merged
        self._follow(doc, change.decisions)
        self._stamp = self._stamp_now() if known else None
        self._standings.pop(doc, None)
        self.version += 1
        if doc in self._checks and _standing_rows(self.standings(key)) != shown:
            del self._checks[doc]
            self.checks(key)

    def _follow(self, doc: str, decisions: Sequence[Decision]) -> None:
        """The trail goes on; others may have written steps meanwhile, which :meth:`refresh` reads."""
        trail = self._trails.setdefault(doc, Trail())
        number = max((step.number for step in trail.steps), default=0) + 1
        trail.follow(gold.Noted("", self.reviewer, gold.GUIDE, doc, each, number) for each in decisions)


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
        raise ReviewError("no.offset", name=name)
    return value
