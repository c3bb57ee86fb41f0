"""The first half of a run: every publication's entry in the memory, the kept one where nothing changed."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from belopp.batch.examining import LIMIT, Task, task_of
from belopp.batch.memory import NOTHING, Known, Memory
from belopp.batch.outcome import Outcome, Watcher
from belopp.batch.publication import Publication, Source
from belopp.batch.reviewed import Reviewed
from belopp.batch.working import examine_all

# What was found is on file this often, for a run that is stopped to go on from.
SAVED_SECONDS: Final = 5.0


class Recording:
    """One going-through of the publications; with ``only``, the kept entry stands for all but these.

    ``reviewed`` are publications whose rows a reviewer stands for, by document.  ``watch`` is told of each publication
    as it is done.
    """

    def __init__(
        self,
        memory: Memory,
        outcome: Outcome,
        *,
        limit: float = LIMIT,
        only: Collection[str] | None = None,
        reviewed: Mapping[str, Reviewed] | None = None,
        watch: Watcher | None = None,
    ) -> None:
        self._memory = memory
        self._outcome = outcome
        self._limit = limit
        self._only = only
        self._reviewed = reviewed or {}
        self._watch = watch
        self._sums = 0
        self._present = 0

    def record(self, sources: Iterable[Source], *, workers: int, rules: Path | None = None) -> int:
        """Bring the memory up to date; how many documents there are, folders that cannot be listed apart.

        Raises :class:`WrongInput` for two publications of one id.
        """
        saved = time.monotonic()
        for task, entry in examine_all(self._tasks(sources), workers=workers, rules=rules):
            if entry is None:
                self._memory.touch(task.publication)
                self._unchanged(self._memory.look_up(task.publication))
            else:
                self._memory.keep(task.publication, entry)
                self._outcome.read += 1
                self._done(entry.sums)
            if time.monotonic() - saved > SAVED_SECONDS:
                self._memory.save()
                saved = time.monotonic()
        self._memory.save()
        return self._present

    def _tasks(self, sources: Iterable[Source]) -> Iterator[Task]:
        """What is to be read; of the rest it is noted that it is there."""
        for source in sources:
            for listed in source.publications:
                reviewed = self._reviewed.get(listed.doc)
                publication = listed._replace(gold=reviewed.digest) if reviewed else listed
                known = self._known(publication)
                if known is None:
                    continue
                self._memory.see(publication.doc, source.given)
                self._present += not publication.fault
                if known.unchanged:
                    self._unchanged(known)
                else:
                    yield task_of(source, publication, known=known.sha256, limit=self._limit, reviewed=reviewed)

    def _known(self, publication: Publication) -> Known | None:
        """What is known of a publication; ``None`` for one that is none of this run's business."""
        if self._only is None:
            return self._memory.look_up(publication)
        return NOTHING if publication.doc in self._only else self._memory.holds(publication.doc)

    def _unchanged(self, known: Known) -> None:
        self._outcome.unchanged += 1
        self._done(known.sums)

    def _done(self, sums: int) -> None:
        self._sums += sums
        if self._watch:
            self._watch(self._sums, self._outcome)
