"""What one sheet takes for what another has: the aligned rows by the words that the two have in a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from belopp.score.cells import folded
from belopp.score.judging import Comparison
from belopp.score.sheets import Entry

CONFUSED: Final = ("kind", "status", "change", "modifier", "per")
"""The columns whose confusions are shown."""

Pairs = Sequence[tuple[Entry, Entry]]


def confusion(comparison: Comparison, column: str) -> Mapping[tuple[str, str], Pairs]:
    """The aligned pairs by what the first and the second sheet have in a column, without regard to case."""
    written: dict[tuple[str, str], list[tuple[Entry, Entry]]] = defaultdict(list)
    for document in comparison.documents:
        for pair in document.pairs.items():
            written[pair[0].cells[column], pair[1].cells[column]].append(pair)
    found: dict[tuple[str, str], list[tuple[Entry, Entry]]] = defaultdict(list)
    for (one, other), pairs in written.items():
        found[folded(one), folded(other)] += pairs
    return found


def confused_words(found: Iterable[tuple[str, str]]) -> list[str]:
    """The words of a confusion in order, those of both sheets."""
    return sorted({word for pair in found for word in pair})
