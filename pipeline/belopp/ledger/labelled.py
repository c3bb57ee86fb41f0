"""Rows of documents as something to post without a run: hand-labelled ones are checked and grouped as ours are."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from belopp.checks import check
from belopp.commitments import Commitments
from belopp.gold.sheets import row_of
from belopp.ledger.statements import Cells, Material, material
from belopp.model import COLUMNS, Document, Row
from belopp.rulebook import Rulebook
from belopp.tables import AMOUNTS, CHECKS, COMMITMENTS, DOCUMENTS, Line, Table, record


def from_rows(rows: Mapping[str, Sequence[Row]], documents: Mapping[str, Document], book: Rulebook) -> Material:
    """What the rows of some documents have to post, by document in text order; ``plan`` takes it from there.

    Checks and commitments are made from the rows given, so gold rows are judged by themselves.
    """
    records = [
        record(documents[doc], found, check(found, documents[doc], book), sha256="0" * 64)
        for doc, found in sorted(rows.items())
    ]
    with Commitments(book) as commitments:
        for one in records:
            if one.amounts:
                commitments.add(one.amounts)
        commitments.settle()
        amounts = [line for one in records for line in commitments.filled(one.amounts)]
        told = list(commitments.lines())
    return material(
        list(_cells(amounts, AMOUNTS)),
        documents=_cells([one.document for one in records], DOCUMENTS),
        checks=_cells([line for one in records for line in one.checks], CHECKS),
        commitments=_cells(told, COMMITMENTS),
    )


def labelled_rows(sheet: Path) -> dict[str, list[Row]]:
    """The rows of a sheet with the guide's columns, by document in text order.

    Raises ``OSError``, ``KeyError`` for a missing column, and ``ValueError`` for a cell that the guide does not allow.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    with sheet.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            found[cells["doc"]].append(row_of({name: cells[name] for name in COLUMNS}))
    return {doc: sorted(rows, key=lambda row: row.start) for doc, rows in sorted(found.items())}


def _cells(lines: Sequence[Line], table: Table) -> Iterator[Cells]:
    for line in lines:
        yield {name: "" if cell is None else str(cell) for name, cell in zip(table.names, line, strict=True)}
