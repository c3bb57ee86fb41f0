"""The blocks of a document as a test writes them down."""

from __future__ import annotations

from belopp.model import CELL, Document


def shown(document: Document) -> list[str]:
    """Each block with its kind, its level and its text: ``heading2 Fakta``."""
    return [f"{block.kind}{block.level or ''} {document.text[block.start : block.end]}" for block in document.blocks]


def grid(document: Document) -> list[list[str]]:
    """The texts of the cells, row by row, table after table."""
    rows: dict[tuple[int, int], list[str]] = {}
    for block in document.blocks:
        if block.kind == CELL:
            rows.setdefault((block.level, block.row), []).append(document.text[block.start : block.end])
    return list(rows.values())
