"""What reading raises when bytes cannot become a document, so that a batch can quarantine them and go on."""

from __future__ import annotations

from typing import Final

# What to do about a document that is broken, and about one that is too large.
ANEW: Final = "fetch it again, or save it anew"
DIVIDED: Final = "divide the document"


class Unreadable(Exception):
    """A file that cannot be read: at which ``stage`` (``open``, ``decode``, ``format``, ``read``) and the ``reason``.

    >>> str(Unreadable("format", "a ZIP archive is not read"))
    'format: a ZIP archive is not read'
    """

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(stage, reason)
        self.stage = stage
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}"
