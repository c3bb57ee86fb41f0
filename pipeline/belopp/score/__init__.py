"""Hold one sheet of rows against another: a run against the gold, an annotator against another, or two runs.

The usual order is :func:`read_sheet` twice, :func:`compare`, then :func:`figures` or :func:`differences`.
"""

from __future__ import annotations

from belopp.score.alignment import align
from belopp.score.changes import (
    CHANGED,
    GAINED,
    KINDS,
    LOST,
    Change,
    Differences,
    RowChange,
    differences,
    row_changes,
    sides,
)
from belopp.score.confusions import CONFUSED, confused_words, confusion
from belopp.score.judging import FACETS, LEDGER, ROW, Comparison, DocumentComparison, compare, joined
from belopp.score.measures import (
    FILLED,
    METRICS,
    ROUNDS,
    SEED,
    Figures,
    Filled,
    Measure,
    as_json,
    figures,
    render_table,
)
from belopp.score.rendering import render_csv, render_json, render_markdown, render_terminal
from belopp.score.sheets import Entry, Sheet, SheetError, read_docs, read_sheet, sheet_of

__all__ = [
    "CHANGED",
    "CONFUSED",
    "FACETS",
    "FILLED",
    "GAINED",
    "KINDS",
    "LEDGER",
    "LOST",
    "METRICS",
    "ROUNDS",
    "ROW",
    "SEED",
    "Change",
    "Comparison",
    "Differences",
    "DocumentComparison",
    "Entry",
    "Figures",
    "Filled",
    "Measure",
    "RowChange",
    "Sheet",
    "SheetError",
    "align",
    "as_json",
    "compare",
    "confused_words",
    "confusion",
    "differences",
    "figures",
    "joined",
    "read_docs",
    "read_sheet",
    "render_csv",
    "render_json",
    "render_markdown",
    "render_table",
    "render_terminal",
    "row_changes",
    "sheet_of",
    "sides",
]
