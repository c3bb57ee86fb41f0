"""What a run comes to, counted while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from belopp.batch.entries import STATUS, SUMS
from belopp.tables import CHANGED, DOCUMENTS, EMPTY, QUARANTINED, REVIEWED, Line, places

DOC, STAGE, REASON, FLAGS = places(DOCUMENTS, "doc", "stage", "reason", "flags")


@dataclass(slots=True)
class Outcome:
    """Counts of documents and sums; ``quarantined`` holds document, stage and reason of each such document.

    ``read`` and ``unchanged`` count what was gone through, the rest what the tables hold; ``earlier``
    and ``undated`` were left out for their dates; ``commitments`` is known at the end.  ``reviewed`` have the rows that
    a reviewer stands for, ``outdated`` are the documents whose text is another than the one reviewed.
    """

    documents: int = 0
    with_sums: int = 0
    sums: int = 0
    empty: int = 0
    quarantined: list[tuple[str, str, str]] = field(default_factory=list)
    read: int = 0
    unchanged: int = 0
    earlier: int = 0
    undated: int = 0
    commitments: int = 0
    reviewed: int = 0
    outdated: list[str] = field(default_factory=list)

    def add(self, lines: Iterable[Line]) -> None:
        """Count the lines that go into ``documents``."""
        for line in lines:
            self.documents += 1
            if line[FLAGS]:
                self._note(line)
            sums = line[SUMS]
            if isinstance(sums, int) and sums:
                self.with_sums += 1
                self.sums += sums
            elif line[STATUS] == EMPTY:
                self.empty += 1
            elif line[STATUS] == QUARANTINED:
                self.quarantined.append((str(line[DOC]), str(line[STAGE]), str(line[REASON])))

    def _note(self, line: Line) -> None:
        flags = str(line[FLAGS]).split("|")
        self.reviewed += REVIEWED in flags
        if CHANGED in flags:
            self.outdated.append(str(line[DOC]))


# Told of each document: the sums found so far, and the outcome so far.
Watcher = Callable[[int, Outcome], None]
