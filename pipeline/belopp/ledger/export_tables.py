"""The tables of an export: what a line of each is, its columns and their types, and its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from belopp.ledger.export_cells import TEXT, Value
from belopp.ledger.money import to_major

if TYPE_CHECKING:
    from belopp.ledger.export_books import Books, Entry

Line = tuple[Value, ...]
_YEARS: Final = range(1000, 2999)  # what beancount takes for a year


@dataclass(frozen=True)
class Sheet:
    """One table of an export: its name, its columns with their types, and how its lines come from the ledger."""

    name: str
    columns: tuple[tuple[str, str], ...]
    lines: Callable[[Books], Iterator[Line]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(name for name, _ in self.columns)


def _columns(said: str) -> tuple[tuple[str, str], ...]:
    """Columns from ``name name:type …``; text is what is not told otherwise."""
    pairs = (word.partition(":") for word in said.split())
    return tuple((name, kind or TEXT) for name, _, kind in pairs)


def _money(minor: int, currency: str) -> Decimal:
    return to_major(minor, currency)


def full_date(published: str) -> date | None:
    """The day of a publication; the first of its month or year where no more is known, nothing where nothing is.

    >>> full_date("2024-09"), full_date("")
    (datetime.date(2024, 9, 1), None)
    """
    try:
        found = date.fromisoformat(published + "0000-01-01"[len(published) :])
    except ValueError:
        return None
    return found if found.year in _YEARS else None


# ------------------------------------------------------------------------------------------- postings

_POSTINGS: Final = _columns(
    "entry:integer commitment_id version:integer kind role date:date year:integer period amount:money high:money "
    "currency modifier change status area expenditure_area payer recipient parent first_seen last_seen amount_id doc "
    "published title url sentence sources batch:integer posted_at run rules reason superseded_by:integer "
    "superseded_because"
)


def _postings(books: Books) -> Iterator[Line]:
    for posting in books.postings:
        version = books.versions[posting.version]
        batch, key = books.batches[version.batch], books.key_of(version)
        yield (
            posting.seq,
            posting.commitment_id,
            version.version,
            posting.kind,
            posting.kind if posting.kind == "unallocated" else version.role,
            full_date(version.first_seen),
            posting.year or None,
            posting.period,
            _money(posting.amount, posting.currency),
            _money(posting.high, posting.currency),
            posting.currency,
            posting.modifier,
            posting.change,
            posting.status,
            posting.area,
            posting.expenditure_area,
            posting.payer,
            posting.recipient,
            version.parent,
            version.first_seen,
            version.last_seen,
            version.amount_id,
            *((key.doc, key.published, key.title, key.url, key.sentence) if key else ("",) * 5),
            version.sources,
            version.batch,
            batch.posted_at,
            batch.run,
            batch.rules,
            version.reason,
            version.superseded_by,
            version.superseded_because or "",
        )


# ------------------------------------------------------------------------------------------- the others

_COMMITMENTS: Final = _columns(
    "entry:integer commitment_id version:integer supersedes:integer state role parent covered_by low:money high:money "
    "currency modifier change status payer recipient area expenditure_area period per horizon:integer first_seen "
    "last_seen amount_id sources batch:integer posted_at run rules reason superseded_by:integer superseded_because"
)


def _commitments(books: Books) -> Iterator[Line]:
    for version in books.versions.values():
        batch = books.batches[version.batch]
        yield (
            version.seq,
            version.commitment_id,
            version.version,
            version.supersedes,
            version.state,
            version.role,
            version.parent,
            version.covered_by,
            _money(version.low, version.currency),
            _money(version.high, version.currency),
            version.currency,
            version.modifier,
            version.change,
            version.status,
            version.payer,
            version.recipient,
            version.area,
            version.expenditure_area,
            version.period,
            version.per,
            version.horizon or None,
            version.first_seen,
            version.last_seen,
            version.amount_id,
            version.sources,
            version.batch,
            batch.posted_at,
            batch.run,
            batch.rules,
            version.reason,
            version.superseded_by,
            version.superseded_because or "",
        )


_ASSERTIONS: Final = _columns(
    "entry:integer commitment_id version:integer doc breakdown parts currency stated:money summed:money "
    "unallocated:money difference:money verdict posted:flag superseded_by:integer"
)


def _assertions(books: Books) -> Iterator[Line]:
    for held in books.assertions:
        version = books.versions[held.version]
        sums = (held.stated, held.summed, held.unallocated, held.difference)
        yield (
            held.seq,
            held.commitment_id,
            version.version,
            held.doc,
            held.breakdown,
            held.parts,
            held.currency,
            *(_money(minor, held.currency) for minor in sums),
            held.verdict,
            bool(held.posted),
            version.superseded_by,
        )


_SOURCES: Final = _columns(
    "entry:integer amount_id commitment_id doc document_version:integer start:integer end:integer text low:money "
    "high:money currency modifier change status payer recipient area period per part_of:integer same_as:integer "
    "old_level:flag sentence published title url sha256 superseded_by:integer"
)


def _sources(books: Books) -> Iterator[Line]:
    for sources in books.sources.values():
        for source in sources:
            yield (
                source.seq,
                source.amount_id,
                source.commitment_id,
                source.doc,
                source.document_version,
                source.start,
                source.end,
                source.text,
                _money(source.low, source.currency),
                _money(source.high, source.currency),
                source.currency,
                source.modifier,
                source.change,
                source.status,
                source.payer,
                source.recipient,
                source.area,
                source.period,
                source.per,
                source.part_of,
                source.same_as,
                bool(source.old_level),
                source.sentence,
                source.published,
                source.title,
                source.url,
                source.sha256,
                source.superseded_by,
            )


_DOCUMENTS: Final = _columns(
    "entry:integer doc version:integer supersedes:integer published title url sha256 statements:integer batch:integer "
    "reason superseded_by:integer"
)


def _documents(books: Books) -> Iterator[Line]:
    for entry in books.documents:
        yield _cells(entry, _DOCUMENTS)


_BATCHES: Final = _columns(
    "entry:integer batch:integer ledger posted_at run run_digest belopp rules horizon:integer reason first_seq:integer "
    "hash"
)


def _batches(books: Books) -> Iterator[Line]:
    for entry in books.batches.values():
        yield _cells(entry, _BATCHES)


def _cells(entry: Entry, columns: tuple[tuple[str, str], ...]) -> Line:
    return tuple(entry.seq if name == "entry" else getattr(entry, name) for name, _ in columns)


_TOTALS: Final = _columns("currency postings:integer amount:money high:money ledger head")


def _totals(books: Books) -> Iterator[Line]:
    """What counts now, whatever else is exported: the lines of ``postings`` that nothing supersedes add up to it."""
    for total in books.totals:
        sums = (_money(total.amount, total.currency), _money(total.high, total.currency))
        yield (total.currency, total.postings, *sums, books.ledger.ledger, books.ledger.hash)


SHEETS: Final[Mapping[str, Sheet]] = MappingProxyType(
    {
        sheet.name: sheet
        for sheet in (
            Sheet("postings", _POSTINGS, _postings),
            Sheet("totals", _TOTALS, _totals),
            Sheet("commitments", _COMMITMENTS, _commitments),
            Sheet("assertions", _ASSERTIONS, _assertions),
            Sheet("sources", _SOURCES, _sources),
            Sheet("documents", _DOCUMENTS, _documents),
            Sheet("batches", _BATCHES, _batches),
        )
    }
)
# By a column's name, which has one type wherever it stands: what a sheet's cells are read back as.
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {name: kind for sheet in SHEETS.values() for name, kind in sheet.columns}
)
