"""A run's tables as the report reads them, and where each sum stands on the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from belopp.report.words import Say
from belopp.tables import AMOUNTS, CHECKS, COMMITMENTS, DOCUMENTS, RUN, Table, read_csv

Line = Mapping[str, str]


class NotARun(ValueError):
    """A folder without the tables of a run."""


@dataclass(frozen=True)
class Run:
    """The tables of a run as lines of text, and what ``run.json`` says of it."""

    folder: Path
    about: Mapping[str, object]
    documents: list[Line]
    amounts: list[Line]
    checks: list[Line]
    commitments: list[Line]

    @cached_property
    def by_id(self) -> dict[str, Line]:
        """The sums by ``amount_id``."""
        return {line["amount_id"]: line for line in self.amounts}


def load(folder: Path) -> Run:
    """The tables of a run's folder.  Raises :class:`NotARun` when it lacks one."""
    try:
        about = json.loads((folder / RUN).read_text(encoding="utf-8"))
        commitments = _lines(folder, COMMITMENTS) if (folder / COMMITMENTS.file).is_file() else []
        documents, amounts, checks = (_lines(folder, table) for table in (DOCUMENTS, AMOUNTS, CHECKS))
        return Run(folder, about, documents, amounts, checks, commitments)
    except (OSError, ValueError) as error:
        why = f"no {Path(error.filename).name}" if isinstance(error, FileNotFoundError) else error
        raise NotARun(f"{folder}: no finished run ({why}); give the folder that belopp run wrote to") from error


def _lines(folder: Path, table: Table) -> list[Line]:
    lines: list[Line] = list(read_csv(folder / table.file))
    if lines and (missing := [name for name in table.names if name not in lines[0]]):
        raise ValueError(f"{table.file} has no column {missing[0]}, as of another belopp: run it again")
    return lines


@dataclass
class Places:
    """Names for the places on the page that links lead to; a document's id is never one of them."""

    numbers: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def named(self, doc: str) -> str:
        """A publication as people know it: by its title, or, without one, by its id."""
        return self.titles.get(doc) or doc

    def publication(self, doc: str) -> str:
        """The anchor of a publication."""
        return f"d{self.numbers.setdefault(doc, len(self.numbers) + 1)}"

    def sum(self, doc: str, start: object) -> str:
        """The anchor of the sum that starts there."""
        return f"s{self.publication(doc)[1:]}-{int(str(start))}"


def money(value: Decimal | str | int, say: Say) -> str:
    """A sum, or a count, with its digits in groups of three, kept together.

    >>> from belopp.report.words import speaking
    >>> money("-1234567.5", speaking("sv")).replace(chr(160), "_")
    '−1_234_567,5'
    """
    return f"{Decimal(value):,f}".replace(",", "\u00a0").replace(".", say(".")).replace("-", "−")


def worth(line: Line, say: Say) -> str:
    """A row's value as people read it."""
    ends = dict.fromkeys((line["low"], line["high"]))
    return f"{'–'.join(money(end, say) for end in ends)}\u00a0{say(line['currency'])}"


def names(cell: str) -> str:
    """The names in a cell as people write them.

    >>> names("EU|staten")
    'EU, staten'
    """
    return ", ".join(cell.split("|"))


def starts(cell: str) -> Iterable[int]:
    """The offsets that a cell lists."""
    return [int(part) for part in cell.split("|") if part]
