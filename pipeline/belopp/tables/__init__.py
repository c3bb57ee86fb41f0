"""The tidy tables that review, diff, ledger and everything after a run read: their columns, files and contract.

``record`` makes a document's lines, ``arrow`` and ``frame`` tables of them, ``faults`` holds a frame against its
schema, ``Writing`` writes a run's folder and ``read_frame`` reads a table of one.
"""

from __future__ import annotations

from belopp.tables.breaches import breach, breaches
from belopp.tables.cells import (
    Line,
    OutOfBounds,
    Record,
    all_lines,
    decimal_text,
    guide_cells,
    quarantined,
    record,
)
from belopp.tables.columns import (
    AMOUNTS,
    CHANGED,
    CHECKS,
    COMMITMENTS,
    DOCUMENTS,
    EMPTY,
    OK,
    QUARANTINED,
    REASONS,
    REVIEWED,
    TABLES,
    Column,
    Table,
    places,
)
from belopp.tables.contract import faults, schema
from belopp.tables.sheets import arrow, arrow_arrays, arrow_schema, csv_text, frame, read_csv, read_frame
from belopp.tables.writing import LOCK, PACKAGE, RUN, TEXT, Writing, flush, odd_in, others_in, run_name, uninterrupted

__all__ = [
    "AMOUNTS", "CHANGED", "CHECKS", "COMMITMENTS", "DOCUMENTS", "EMPTY", "LOCK", "OK", "PACKAGE", "QUARANTINED",
    "REASONS", "REVIEWED", "RUN", "TABLES", "TEXT",
    "Column", "Line", "OutOfBounds", "Record", "Table", "Writing", "all_lines", "arrow", "arrow_arrays", "arrow_schema",
    "breach", "breaches", "csv_text", "decimal_text", "faults", "flush", "frame", "guide_cells", "odd_in",
    "others_in", "places", "quarantined", "read_csv", "read_frame", "record", "run_name", "schema", "uninterrupted",
]  # fmt: skip
