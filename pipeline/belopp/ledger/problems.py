"""What stops a command on the ledger; each message is one line that names the place, the cause and the remedy."""

from __future__ import annotations


class LedgerError(RuntimeError):
    """The ledger could not be opened, read or written; it is as it was before."""


class NotARun(ValueError):
    """A folder whose tables cannot be posted."""
