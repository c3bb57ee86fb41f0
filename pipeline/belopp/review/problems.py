"""What stops work at the desk; each message is one line that names the place, the cause and the remedy."""

from __future__ import annotations


class ReviewError(RuntimeError):
    """The desk cannot open, or cannot do what was asked; nothing was changed."""


class Stale(ReviewError):
    """The row is no longer as the reviewer saw it: someone else decided it meanwhile."""
