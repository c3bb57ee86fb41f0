"""Sums in table cells that hold a bare number: the unit stands in a header, the caption or the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from belopp.model import Document, Mention
from belopp.rulebook import Rulebook


def bare_cells(document: Document, found: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The cells of the document's tables that state money without a unit of their own."""
    return []
