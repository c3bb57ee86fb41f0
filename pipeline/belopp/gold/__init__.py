"""The gold: rows that a person stands for, the journal of who decided them, and their way to other tools and back.

``load`` and ``save`` keep a folder of gold; ``Decision`` is what a reviewer did, ``read_journal`` what all of them did.
"""

from __future__ import annotations

from belopp.gold.journal import ACTIONS, GUIDE, ROW, TEXT_READ, Decision, Noted, read_journal
from belopp.gold.problems import Conflict, GoldError
from belopp.gold.saving import load, save, save_all
from belopp.gold.sheets import JOURNAL, SHEET, line_of, read_rows, row_at, row_of, sheet_paths, sheet_text

__all__ = [
    "ACTIONS", "GUIDE", "JOURNAL", "ROW", "SHEET", "TEXT_READ",
    "Conflict", "Decision", "GoldError", "Noted", "line_of", "load", "read_journal", "read_rows", "row_at", "row_of",
    "save", "save_all", "sheet_paths", "sheet_text",
]  # fmt: skip
