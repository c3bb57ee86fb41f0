"""The ledger's tables as the code sees them; the migrations make them, and a test holds the two against each other."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, UniqueConstraint

METADATA: Final = MetaData()


def _entry(name: str, *columns: Column[str] | Column[int], unique: tuple[tuple[str, ...], ...] = ()) -> Table:
    """A table of entries: each numbered in the ledger's one sequence, and chained to the entry before by its hash."""
    return Table(
        name,
        METADATA,
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("batch", BigInteger, nullable=False),
        *columns,
        Column("hash", Text, nullable=False),
        *(UniqueConstraint(*names, name=f"one_{name}_{'_'.join(names)}") for names in unique),
    )


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, index=index)


def _number(name: str, *, index: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=False, index=index)


def _pointer(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)


# What one `ledger post` added.  It is the last entry of its batch, so its hash is the ledger's head.
BATCHES: Final = _entry(
    "batches",
    _text("ledger"),
    _text("posted_at"),
    _text("run"),
    _text("run_digest"),
    _text("belopp"),
    _text("rules"),
    _number("horizon"),
    _text("reason"),
    _number("first_seq"),
    unique=(("batch",),),
)

# A publication as a batch found it; a corrected one, or one that better rules read otherwise, is a new version.
DOCUMENTS: Final = _entry(
    "documents",
    _text("doc"),
    _number("version"),
    _pointer("supersedes"),
    _text("reason"),
    _text("sha256"),
    _text("published"),
    _text("title"),
    _text("url"),
    _number("last_year"),
    _number("statements"),
    _text("digest"),
    unique=(("doc", "version"), ("supersedes",)),
)

# What that version of the publication says: a row of funding each, in minor units.
STATEMENTS: Final = _entry(
    "statements",
    _number("document", index=True),
    _text("amount_id"),
    _text("doc"),
    _number("start"),
    _number("end"),
    _text("text"),
    _number("low"),
    _number("high"),
    _text("currency"),
    _text("modifier"),
    _text("change"),
    _text("status"),
    _text("payer"),
    _text("recipient"),
    _text("area"),
    _text("period"),
    _text("per"),
    _pointer("part_of"),
    _pointer("same_as"),
    _text("commitment_id", index=True),
    _text("canonical"),
    _text("expenditure_area"),
    _text("breakdown"),
    _number("old_level"),
    _text("sentence"),
)

# A commitment as it stood after a batch; the one that nothing supersedes counts.
VERSIONS: Final = _entry(
    "versions",
    _text("commitment_id"),
    _number("version"),
    _pointer("supersedes"),
    _text("reason"),
    _text("state"),
    _text("role"),
    _text("parent"),
    _text("covered_by"),
    _text("amount_id"),
    _number("low"),
    _number("high"),
    _text("currency"),
    _text("modifier"),
    _text("change"),
    _text("status"),
    _text("payer"),
    _text("recipient"),
    _text("area"),
    _text("expenditure_area"),
    _text("period"),
    _text("per"),
    _number("horizon"),
    _text("first_seen"),
    _text("last_seen"),
    _text("sources"),
    _text("fingerprint"),
    unique=(("commitment_id", "version"), ("supersedes",)),
)

# The money: a commitment's sum for a year or period, or what the parts of a total leave unallocated.
POSTINGS: Final = _entry(
    "postings",
    _number("version", index=True),
    _text("commitment_id"),
    _text("kind"),
    _number("year"),
    _text("period"),
    _number("amount"),
    _number("high"),
    _text("currency"),
    _text("modifier"),
    _text("area"),
    _text("expenditure_area"),
    _text("payer"),
    _text("recipient"),
    _text("status"),
    _text("change"),
)

# A total held against a breakdown of it; never added to anything.
ASSERTIONS: Final = _entry(
    "assertions",
    _number("version", index=True),
    _text("commitment_id"),
    _text("doc"),
    _text("breakdown"),
    _text("parts"),
    _text("currency"),
    _number("stated"),
    _number("summed"),
    _number("unallocated"),
    _number("difference"),
    _text("verdict"),
    _number("posted"),
)

ENTRIES: Final = (DOCUMENTS, STATEMENTS, VERSIONS, POSTINGS, ASSERTIONS, BATCHES)
