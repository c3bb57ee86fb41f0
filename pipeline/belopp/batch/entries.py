"""What is kept of one document: its line of ``documents``, and its sums packed, for memory, workers and tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from belopp.tables import DOCUMENTS, QUARANTINED, Line, Record, csv_text, places

STATUS, SUMS, PUBLISHED = places(DOCUMENTS, "status", "sums", "published")
_AS_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Entry(NamedTuple):
    """A document's line; its ``amounts`` as JSON, its ``checks`` and ``reasons`` as CSV; the text made of it."""

    document: Line
    amounts: str = ""
    checks: str = ""
    reasons: str = ""
    text: str = ""

    @property
    def is_quarantined(self) -> bool:
        """Whether it was not read to the end."""
        return self.document[STATUS] == QUARANTINED

    @property
    def sums(self) -> int:
        """How many sums stand in it."""
        sums = self.document[SUMS]
        return sums if isinstance(sums, int) else 0


def entry_of(record: Record) -> Entry:
    """A record as it is kept.

    >>> kept = entry_of(Record(("a.md", "ok", 1), (("a.md", 4, None),), (), (("a.md", 4, 'said "so"'),)))
    >>> kept.reasons, amounts_of(kept.amounts)
    ('a.md,4,"said ""so\"""\\n', [('a.md', 4, None)])
    """
    if not record.amounts:
        return Entry(record.document, text=record.text)
    return Entry(
        record.document, _AS_JSON(record.amounts), csv_text(record.checks), csv_text(record.reasons), record.text
    )


def amounts_of(packed: str) -> list[Line]:
    """The lines of ``amounts`` from an entry."""
    lines: Sequence[Sequence[str | int | None]] = json.loads(packed)
    return list(map(tuple, lines))
