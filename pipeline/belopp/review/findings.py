"""What a run found, as the desk starts its day: its documents, their rows with verdicts, reasons and doubts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from belopp.gold import row_of
from belopp.model import FUNDING, Reason, Row
from belopp.review.problems import ReviewError
from belopp.tables import AMOUNTS, DOCUMENTS, PACKAGE, REASONS, RUN, read_csv

WEAK: Final = 4
"""From this much doubt on a row is among those with weak reasons."""

# What a column rests on when nothing in the text spoke for it, and how much doubt that is.
_UNSPOKEN: Final[Mapping[str, int]] = {"kind.default": 1, "payer.understood": 1, "status.default": 1}
_AMBIGUOUS: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the run, the verdict of its arithmetic, the columns that rest on little (weakest first); its words."""

    row: Row
    verdict: str = ""
    weak: tuple[str, ...] = ()
    doubt: int = 0
    sentence: str = ""


class Listed(NamedTuple):
    """A document of the run: a key that is safe in an address, and what ``documents.csv`` says of it."""

    key: str
    doc: str
    status: str
    format: str
    published: str
    title: str
    url: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """A finished run: its folder and inputs, its documents by key, its rows and reasons by document id."""

    folder: Path
    inputs: tuple[str, ...]
    documents: Mapping[str, Listed]
    rows: Mapping[str, Sequence[Found]]
    reasons: Mapping[str, Mapping[int, Sequence[Reason]]]


def key_of(doc: str) -> str:
    """The name of a document in an address: it says nothing of a path.

    >>> key_of("../../etc/passwd")
    '3754d6cb3a38e118'
    """
    return hashlib.sha256(doc.encode()).hexdigest()[:16]


def load_findings(folder: Path) -> Findings:
    """Read the tables of a run's folder.  Raises :class:`ReviewError` when it is not one."""
    with _finished(folder):
        about = json.loads((folder / RUN).read_bytes())
        listed = [_listed(line) for line in read_csv(folder / DOCUMENTS.file)]
        reasons = _reasons(folder)
        rows: dict[str, list[Found]] = defaultdict(list)
        for line in read_csv(folder / AMOUNTS.file):
            row = row_of(line)
            why = reasons.get(row.doc, {}).get(row.start, ())
            rows[row.doc].append(_found(row, line["check"], line["flags"], why, line["sentence"]))
    return Findings(folder, tuple(about.get("inputs", ())), {each.key: each for each in listed}, rows, reasons)


class Stated(NamedTuple):
    """A row as another run has it, its sentence, and the digest of the text that it was read in."""

    row: Row
    sentence: str
    sha256: str


def load_sums(folder: Path) -> dict[str, dict[tuple[int, int], Stated]]:
    """The rows of a run's folder by document and span.  Raises :class:`ReviewError` when it is not one."""
    found: dict[str, dict[tuple[int, int], Stated]] = defaultdict(dict)
    with _finished(folder):
        for line in read_csv(folder / AMOUNTS.file):
            row = row_of(line)
            found[row.doc][row.start, row.end] = Stated(row, line["sentence"], line["doc_sha256"])
    return found


@contextmanager
def _finished(folder: Path) -> Iterator[None]:
    """What is read within is of a finished run, or that is told."""
    try:
        if not (folder / PACKAGE).is_file():
            raise FileNotFoundError(PACKAGE)
        yield
    except KeyError as error:
        raise ReviewError(
            f"{folder}: its tables have no column {error.args[0]}, as of another belopp; run it again"
        ) from error
    except (OSError, ValueError) as error:
        raise ReviewError(f"{folder}: no finished run ({error}); give the --out folder of a belopp run") from error


def _listed(line: Mapping[str, str]) -> Listed:
    names = ("doc", "status", "format", "published", "title", "url", "sha256", "reason")
    return Listed(key_of(line["doc"]), *(line[name] for name in names))


def _reasons(folder: Path) -> dict[str, dict[int, list[Reason]]]:
    found: dict[str, dict[int, list[Reason]]] = defaultdict(lambda: defaultdict(list))
    for line in read_csv(folder / REASONS.file):
        cue = (int(line["cue_start"]), int(line["cue_end"])) if line["cue_start"] else (0, 0)
        found[line["doc"]][int(line["start"])].append(Reason(line["column"], line["rule"], *cue))
    return found


def _found(row: Row, verdict: str, flags: str, why: Sequence[Reason], sentence: str) -> Found:
    weak = weaknesses(row, why, ambiguous="ambiguous" in flags.split("|"))
    ordered = sorted(weak, key=lambda column: -weak[column])
    return Found(row, verdict, tuple(ordered), sum(weak.values()), sentence)


def weaknesses(row: Row, why: Sequence[Reason], *, ambiguous: bool = False) -> dict[str, int]:
    """How much doubt there is about each column that rests on little: on a default, on nothing, on a guess.

    >>> from decimal import Decimal
    >>> row = Row("a", 0, 4, "5 kr", Decimal(5), Decimal(5), payer=("staten",), area="vård", period="2024")
    >>> weaknesses(row, [Reason("kind", "kind.default"), Reason("payer", "payer.understood")])
    {'kind': 1, 'payer': 1}
    """
    found: dict[str, int] = {"value": _AMBIGUOUS} if ambiguous else {}
    for reason in why:
        if reason.rule in _UNSPOKEN and (reason.column == "kind" or row.kind == FUNDING):
            found[reason.column] = _UNSPOKEN[reason.rule]
    if row.kind == FUNDING and not row.payer:
        found["payer"] = 2
    if not row.area:
        found["area"] = 2
    if row.kind == FUNDING and not row.period:
        found["period"] = 1
    return found
