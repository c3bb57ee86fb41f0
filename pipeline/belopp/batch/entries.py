"""What is kept of one document: its line of ``documents``, and its sums packed, for memory, workers and tables."""

from __future__ import annotations

import marshal
from typing import NamedTuple

from belopp.commitments import cards_of, judge_of, pack_cards
from belopp.rulebook import Rulebook
from belopp.tables import DOCUMENTS, QUARANTINED, Line, Record, csv_text, places

STATUS, SUMS, PUBLISHED = places(DOCUMENTS, "status", "sums", "published")


class Entry(NamedTuple):
    """A document's line; its ``amounts`` packed, its ``checks`` and ``reasons`` as CSV; the text made of it.

    ``cards`` tell of its sums what grouping them into commitments asks.
    """

    document: Line
    amounts: bytes = b""
    checks: str = ""
    reasons: str = ""
    text: str = ""
    cards: bytes = b""

    @property
    def is_quarantined(self) -> bool:
        """Whether it was not read to the end."""
        return self.document[STATUS] == QUARANTINED

    @property
    def sums(self) -> int:
        """How many sums stand in it."""
        sums = self.document[SUMS]
        return sums if isinstance(sums, int) else 0


def entry_of(record: Record, book: Rulebook) -> Entry:
    """A record as it is kept."""
    if not record.amounts:
        return Entry(record.document, text=record.text)
    return Entry(
        record.document,
        marshal.dumps(record.amounts),
        csv_text(record.checks),
        csv_text(record.reasons),
        record.text,
        pack_cards(cards_of(record.amounts, judge_of(book.areas))),
    )


def amounts_of(packed: bytes) -> tuple[Line, ...]:
    """The lines of ``amounts`` from an entry."""
    lines: tuple[Line, ...] = marshal.loads(packed)
    return lines
