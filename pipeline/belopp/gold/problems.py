"""What stops work on the gold; each message is one line that names the place, the cause and the remedy."""

from __future__ import annotations


class GoldError(RuntimeError):
    """The gold could not be read or written; it is as it was before."""


class Conflict(GoldError):
    """Someone else changed rows that this save changes too; nothing was written.

    ``spans`` are the rows' spans, ``columns`` what differs in them between the two.
    """

    def __init__(self, doc: str, spans: tuple[tuple[int, int], ...], columns: tuple[str, ...]) -> None:
        where = ", ".join(f"{start}-{end}" for start, end in spans)
        super().__init__(
            f"{doc}: someone else has changed {where} meanwhile ({', '.join(columns)}); load the document again"
        )
        self.doc = doc
        self.spans = spans
        self.columns = columns
