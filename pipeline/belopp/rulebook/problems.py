"""What goes wrong with a rulebook."""

from __future__ import annotations


class BrokenRule(ValueError):
    """A rule file that cannot be used; the message names the file, the rule and the remedy."""
