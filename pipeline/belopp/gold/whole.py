"""The publications of a folder of gold that are reviewed to their end: a run may take their rows for its own."""

from __future__ import annotations

from pathlib import Path

from belopp.batch import Gold, Reviewed
from belopp.gold.journal import Noted, read_journal
from belopp.gold.problems import GoldError
from belopp.gold.saving import load
from belopp.gold.sheets import sheet_paths
from belopp.gold.trail import Trail


def whole(folder: str | Path) -> Gold:
    """The documents of a folder of gold that were finished at the desk, or labelled without it, with all their rows.

    A document that a reviewer has begun and not finished is not among them; one that was found to state no sum is,
    without rows.  Raises :class:`GoldError` for a folder without a sheet, and for a sheet or journal that is broken.
    """
    folder = Path(folder)
    notes: dict[str, list[Noted]] = {}
    for noted in read_journal(folder):
        notes.setdefault(noted.doc, []).append(noted)
    if not notes and not sheet_paths(folder):
        raise GoldError(f"{folder}: no sheet such as amounts.csv; give the folder that belopp review saves in")
    rows = load(folder)
    found: dict[str, Reviewed] = {}
    for doc in sorted({*rows, *notes}):
        trail = Trail()
        trail.follow(notes.get(doc, ()))
        if trail.settles(rows.get(doc, ())):
            found[doc] = Reviewed(tuple(rows.get(doc, ())), trail.sha256)
    return Gold(str(folder), found)
