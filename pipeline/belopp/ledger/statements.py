"""What the publications say, as the ledger takes it in: one statement for each row of funding, in minor units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.ledger.money import Unpostable, to_minor
from belopp.model import FUNDING

Cells = Mapping[str, str]

# "höjs från 100 miljoner kronor till 150": what stands before the old level, and what stands after it
_FROM: Final = re.compile(
    r"""\bfrån \s+ (?: (?: nuvarande | dagens | tidigare | nivån
        | ca | cirka | omkring | runt | ungefär | drygt | knappt | nära | nästan | över ) \s+ )* $""",
    re.VERBOSE | re.IGNORECASE,
)
_TO: Final = re.compile(
    r"^ \s* (?:kronor|kr|mkr|tkr|miljoner|miljarder)? [^.;:]{0,60}? \btill \s+ (?:[^\W\d]+ \s+){0,3} \d",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR: Final = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Publication:
    """A document as the run read it.  ``last_year`` is the last year that any of its sums is for (0: none)."""

    doc: str
    sha256: str
    published: str = ""
    title: str = ""
    url: str = ""
    last_year: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of funding.  ``low`` and ``high`` are minor units of ``currency`` and never negative.

    ``canonical`` and ``expenditure_area`` are what the commitment's area is called across documents;
    ``breakdown`` names the breakdowns that the sum belongs to, joined by ``|``: ``area`` is one of its total,
    ``391:area`` one of the sum at 391, of which the text does not make it a part but which adds up exactly;
    ``old_level`` is 1 for the ``från X`` of a change from X to Y.
    """

    amount_id: str
    doc: str
    start: int
    end: int
    text: str
    low: int
    high: int
    currency: str = "SEK"
    modifier: str = ""
    change: str = ""
    status: str = ""
    payer: str = ""
    recipient: str = ""
    area: str = ""
    period: str = ""
    per: str = ""
    part_of: int | None = None
    same_as: int | None = None
    commitment_id: str = ""
    canonical: str = ""
    expenditure_area: str = ""
    breakdown: str = ""
    old_level: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to post: publications, their statements in text order, and rows that cannot be posted, and why."""

    publications: tuple[Publication, ...]
    statements: tuple[Statement, ...]
    refused: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def material(
    amounts: Iterable[Cells],
    *,
    documents: Iterable[Cells] = (),
    checks: Iterable[Cells] = (),
    commitments: Iterable[Cells] = (),
) -> Material:
    """Statements from a run's tables, each an iterable of lines by column name.

    Gold rows will do for ``amounts``: columns beyond the guide's may be missing, save ``commitment_id``.  A
    funding row without one is refused, as is one whose sum is no whole number of minor units.
    """
    rows = list(amounts)
    known = {line["commitment_id"]: line for line in commitments}
    breakdowns = _breakdowns(checks)
    old = _old_levels(rows)
    found: list[Statement] = []
    refused: list[tuple[str, str]] = []
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += 1
        if row["kind"] != FUNDING:
            continue
        try:
            found.append(_statement(row, known, breakdowns, old=_place(row) in old))
        except Unpostable as error:
            refused.append((amount_id(row), str(error)))
    return Material(_publications(rows, documents), tuple(found), tuple(refused), dict(counts))


def amount_id(row: Cells) -> str:
    """The id of a row, also of a gold row, which has no column for it."""
    return row.get("amount_id") or f"{row['doc']}:{row['start']}-{row['end']}"


def _place(row: Cells) -> tuple[str, int]:
    return row["doc"], int(row["start"])


def _statement(
    row: Cells, commitments: Mapping[str, Cells], breakdowns: Mapping[tuple[str, int], list[_Membership]], *, old: bool
) -> Statement:
    commitment = row.get("commitment_id", "")
    if not commitment:
        raise Unpostable("it has no commitment_id")
    about = commitments.get(commitment, {})
    currency = row["currency"]
    part_of = int(row["part_of"]) if row["part_of"] else None
    return Statement(
        amount_id=amount_id(row),
        doc=row["doc"],
        start=int(row["start"]),
        end=int(row["end"]),
        text=_clean(row["text"]),
        low=to_minor(Decimal(row["low"]), currency),
        high=to_minor(Decimal(row["high"]), currency),
        currency=currency,
        modifier=row["modifier"],
        change=row["change"],
        status=row["status"],
        payer=_clean(row["payer"]),
        recipient=_clean(row["recipient"]),
        area=_clean(row["area"]),
        period=row["period"],
        per=row["per"],
        part_of=part_of,
        same_as=int(row["same_as"]) if row["same_as"] else None,
        commitment_id=commitment,
        canonical=_clean(about.get("area", "")),
        expenditure_area=about.get("expenditure_area", ""),
        breakdown=_named(breakdowns.get(_place(row), ()), part_of),
        old_level=int(old),
        sentence=_clean(row.get("sentence", "")),
    )


def _clean(text: str) -> str:
    # PostgreSQL has no room for it, and the two databases are to hold the same.
    return text.replace("\x00", "␀")


class _Membership(NamedTuple):
    """That a sum is a part in one breakdown of a total; ``across`` when that adds up exactly, of several parts."""

    total: int
    name: str
    across: bool


def _breakdowns(checks: Iterable[Cells]) -> dict[tuple[str, int], list[_Membership]]:
    """By document and part: the breakdowns that hold it, numbered where two of one total are alike."""
    seen: dict[tuple[str, int, str], int] = defaultdict(int)
    found: dict[tuple[str, int], list[_Membership]] = defaultdict(list)
    for check in checks:
        doc, total, name = check["doc"], int(check["total"]), check["breakdown"] or "parts"
        seen[doc, total, name] += 1
        number = seen[doc, total, name]
        parts = check["parts"].split("|")
        across = check.get("verdict") == "proved" and len(parts) > 1
        for part in parts:
            found[doc, int(part)].append(_Membership(total, name if number == 1 else f"{name}#{number}", across))
    return found


def _named(memberships: Iterable[_Membership], part_of: int | None) -> str:
    """The breakdowns as a statement holds them: of its own total by name, of another one by start and name."""
    return "|".join(
        name if total == part_of else f"{total}:{name}"
        for total, name, across in memberships
        if total == part_of or across
    )


def _publications(rows: Iterable[Cells], documents: Iterable[Cells]) -> tuple[Publication, ...]:
    """The documents that were read, also those without sums; of gold rows those that have any."""
    last: dict[str, int] = {}
    about: dict[str, Cells] = {}
    for row in rows:
        years = [int(year) for year in _YEAR.findall(row["period"])]
        last[row["doc"]] = max([last.get(row["doc"], 0), *years])
        about.setdefault(row["doc"], {**row, "sha256": row.get("doc_sha256", "")})
    about.update({line["doc"]: line for line in documents if line["status"] in ("ok", "empty")})
    return tuple(
        Publication(
            doc,
            line["sha256"],
            line.get("published", ""),
            _clean(line.get("title", "")),
            _clean(line.get("url", "")),
            last.get(doc, 0),
        )
        for doc, line in sorted(about.items())
    )


def _old_levels(rows: Iterable[Cells]) -> set[tuple[str, int]]:
    """The rows that state what was before: ``från 100 miljoner kronor till 150 miljoner kronor``."""
    found = set()
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        sentence = row.get("sentence", "")
        if "från" not in sentence.casefold():
            continue
        text = " ".join(row["text"].split())
        at = sentence.find(text, seen.get((row["doc"], sentence, text), 0))
        if at < 0:
            continue
        seen[row["doc"], sentence, text] = at + 1  # the same words may come again in the sentence
        if _FROM.search(sentence[:at]) and _TO.search(sentence[at + len(text) :]):
            found.add(_place(row))
    return found
