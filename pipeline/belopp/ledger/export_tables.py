"""The tables of an export: what a line of each is, its columns and their types, and its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from belopp.ledger.export_cells import FLAG, MONEY, TEXT, Value
from belopp.ledger.money import to_major

if TYPE_CHECKING:
    from belopp.ledger.export_books import Books, Entry

Line = tuple[Value, ...]
_NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})
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


# What the line of a posting or a commitment says of others: the version that made it, what that was told by, its batch.
_OF_VERSION: Final = (
    "version", "parent", "first_seen", "last_seen", "amount_id", "sources", "batch", "reason", "superseded_by",
)  # fmt: skip
_OF_KEY: Final = ("doc", "published", "title", "url", "sentence")
_OF_BATCH: Final = ("posted_at", "run", "rules")


def _postings(books: Books) -> Iterator[Line]:
    for posting in books.postings:
        version = books.versions[posting.version]
        key = books.key_of(version)
        told = {name: getattr(version, name) for name in _OF_VERSION}
        told |= {name: getattr(key, name) if key else "" for name in _OF_KEY}
        told |= _of_batch(books, version)
        told["role"] = posting.kind if posting.kind == "unallocated" else version.role
        told["date"] = full_date(version.first_seen)
        told["year"] = posting.year or None
        yield _cells(posting, _POSTINGS, told)


def _of_batch(books: Books, version: Entry) -> dict[str, Value]:
    """What the batch of a version says of itself, and why the version no longer holds."""
    batch = books.batches[version.batch]
    return {name: getattr(batch, name) for name in _OF_BATCH} | {"superseded_because": version.superseded_because or ""}


# ------------------------------------------------------------------------------------------- the others

_COMMITMENTS: Final = _columns(
    "entry:integer commitment_id version:integer supersedes:integer state role parent covered_by low:money high:money "
    "currency modifier change status payer recipient area expenditure_area period per horizon:integer first_seen "
    "last_seen amount_id sources batch:integer posted_at run rules reason superseded_by:integer superseded_because"
)


def _commitments(books: Books) -> Iterator[Line]:
    for version in books.versions.values():
        yield _cells(version, _COMMITMENTS, {"horizon": version.horizon or None} | _of_batch(books, version))


_ASSERTIONS: Final = _columns(
    "entry:integer commitment_id version:integer doc breakdown parts currency stated:money summed:money "
    "unallocated:money difference:money verdict posted:flag superseded_by:integer"
)


def _assertions(books: Books) -> Iterator[Line]:
    for held in books.assertions:
        version = books.versions[held.version]
        yield _cells(held, _ASSERTIONS, {"version": version.version, "superseded_by": version.superseded_by})


_SOURCES: Final = _columns(
    "entry:integer amount_id commitment_id doc document_version:integer start:integer end:integer text low:money "
    "high:money currency modifier change status payer recipient area period per part_of:integer same_as:integer "
    "old_level:flag sentence published title url sha256 superseded_by:integer"
)


def _sources(books: Books) -> Iterator[Line]:
    for sources in books.sources.values():
        for source in sources:
            yield _cells(source, _SOURCES)


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


def _cells(entry: Entry, columns: Sequence[tuple[str, str]], told: Mapping[str, Value] = _NOTHING) -> Line:
    """The cells of an entry in the columns of its table; ``told`` holds those that it does not say itself."""
    return tuple(told[name] if name in told else _cell(entry, name, kind) for name, kind in columns)


def _cell(entry: Entry, name: str, kind: str) -> Value:
    value: Value = getattr(entry, "seq" if name == "entry" else name)
    if kind == MONEY:
        return _money(getattr(entry, name), entry.currency)
    return bool(value) if kind == FLAG else value


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
