"""Hold one sheet of rows against another: a run against the gold, an annotator against another, or two runs.

The usual order is :func:`read_sheet` twice, :func:`compare`, then :func:`figures` or :func:`differences`.
"""

from __future__ import annotations

from belopp.score.alignment import align
from belopp.score.changes import KINDS, Change, Differences, differences
from belopp.score.judging import FACETS, LEDGER, ROW, Comparison, DocumentComparison, compare
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
    "FACETS",
    "FILLED",
    "KINDS",
    "LEDGER",
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
    "Sheet",
    "SheetError",
    "align",
    "as_json",
    "compare",
    "differences",
    "figures",
    "read_docs",
    "read_sheet",
    "render_csv",
    "render_json",
    "render_markdown",
    "render_table",
    "render_terminal",
    "sheet_of",
]
