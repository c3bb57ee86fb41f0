"""What goes wrong on the way to a publication: for one address (told, and the rest go on) or for the whole command."""

from __future__ import annotations


class Failed(Exception):
    """An address that gave no document, and the reason in words; ``status`` is the server's, 0 without an answer.

    >>> str(Failed("404 Not Found", status=404))
    '404 Not Found'
    """

    def __init__(self, reason: str, *, status: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Refused(Failed):
    """An address that is not asked at all: by the site's robots.txt, or because of where it leads."""


class Passing(Failed):
    """A failure that may pass: asked again, after the seconds that the server wants (0: its own backing off)."""

    def __init__(self, reason: str, *, status: int = 0, after: float = 0.0) -> None:
        super().__init__(reason, status=status)
        self.after = after


class WrongSource(ValueError):
    """An address, kind or corpus folder that nothing can be fetched from or to; names cause and remedy."""


class Busy(RuntimeError):
    """Another fetch is writing to the same corpus folder."""
