"""What can be wrong with a job before any document is read, in words for the one who started it."""

from __future__ import annotations


class NeedsSpark(RuntimeError):
    """Spark cannot be started: pyspark or Java is missing; the message says what to install."""


class WrongJob(ValueError):
    """An INPUT, an OUT or a setting that no job can be made of; the message names it, the cause and the remedy."""
