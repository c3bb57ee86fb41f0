"""Publications whose rows a reviewer stands for: these take the place of what belopp would read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from belopp.checks import check
from belopp.extract import Extraction, with_reasons
from belopp.model import COLUMNS, Document, Reason, Row
from belopp.rulebook import Rulebook
from belopp.tables import guide_cells

_RULE: Final = "gold.reviewed"
_PLACE: Final = frozenset({"doc", "start", "end", "text", "high"})  # of a sum's value ``low`` speaks


class Reviewed(NamedTuple):
    """The rows that a reviewer stands for, in text order; ``sha256`` tells the bytes reviewed (``""``: not known)."""

    rows: tuple[Row, ...]
    sha256: str = ""

    @property
    def digest(self) -> str:
        """A digest that is another when a cell is."""
        told = repr((self.sha256, [guide_cells(row) for row in self.rows]))
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()

    def are_of(self, document: Document, sha256: str) -> bool:
        """Whether this is the text that was reviewed, as far as that is known: its bytes, and the rows' words in it."""
        if self.sha256 and self.sha256 != sha256:
            return False
        return all(document.text[row.start : row.end] == row.text for row in self.rows)


class Gold(NamedTuple):
    """What a folder of gold holds of whole publications, by document; ``folder`` as it was given."""

    folder: str
    documents: Mapping[str, Reviewed]


def flagged(document: Document, flag: str) -> Document:
    """The document with one more flag."""
    return document._replace(flags=(*document.flags, flag))


def extraction(document: Document, reviewed: Reviewed, book: Rulebook) -> Extraction:
    """The reviewer's rows, and what arithmetic says of them."""
    rows = [replace(row, because=tuple(_reasons(row))) for row in reviewed.rows]
    checks = check(rows, document, book)
    return Extraction(with_reasons(rows, checks), checks)


def _reasons(row: Row) -> Iterator[Reason]:
    for column, cell in zip(COLUMNS, guide_cells(row), strict=True):
        if cell not in ("", None) and column not in _PLACE:
            yield Reason(column, _RULE)
