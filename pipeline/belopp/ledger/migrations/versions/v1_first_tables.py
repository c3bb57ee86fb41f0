"""The first tables: entries that can only be added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v1"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = "the ledger is append-only: post a run that corrects it instead"
# table: its columns in order, and the groups of columns that name one entry
TABLES: dict[str, tuple[list[sa.Column[str] | sa.Column[int]], list[tuple[str, ...]]]] = {}
INDEXES = (
    ("statements", "document"),
    ("statements", "commitment_id"),
    ("postings", "version"),
    ("assertions", "version"),
)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _pointer(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=True) for name in names]


TABLES["batches"] = (
    [
        *_text("ledger", "posted_at", "run", "run_digest", "belopp", "rules"),
        *_number("horizon"),
        *_text("reason"),
        *_number("first_seq"),
    ],
    [("batch",)],
)
TABLES["documents"] = (
    [
        *_text("doc"),
        *_number("version"),
        *_pointer("supersedes"),
        *_text("reason", "sha256", "published", "title", "url"),
        *_number("last_year", "statements"),
        *_text("digest"),
    ],
    [("doc", "version"), ("supersedes",)],
)
TABLES["statements"] = (
    [
        *_number("document"),
        *_text("amount_id", "doc"),
        *_number("start", "end"),
        *_text("text"),
        *_number("low", "high"),
        *_text("currency", "modifier", "change", "status", "payer", "recipient", "area", "period", "per"),
        *_pointer("part_of", "same_as"),
        *_text("commitment_id", "canonical", "expenditure_area", "breakdown"),
        *_number("old_level"),
        *_text("sentence"),
    ],
    [],
)
TABLES["versions"] = (
    [
        *_text("commitment_id"),
        *_number("version"),
        *_pointer("supersedes"),
        *_text("reason", "state", "role", "parent", "covered_by", "amount_id"),
        *_number("low", "high"),
        *_text(
            "currency",
            "modifier",
            "change",
            "status",
            "payer",
            "recipient",
            "area",
            "expenditure_area",
            "period",
            "per",
        ),
        *_number("horizon"),
        *_text("first_seen", "last_seen", "sources", "fingerprint"),
    ],
    [("commitment_id", "version"), ("supersedes",)],
)
TABLES["postings"] = (
    [
        *_number("version"),
        *_text("commitment_id", "kind"),
        *_number("year"),
        *_text("period"),
        *_number("amount", "high"),
        *_text("currency", "modifier", "area", "expenditure_area", "payer", "recipient", "status", "change"),
    ],
    [],
)
TABLES["assertions"] = (
    [
        *_number("version"),
        *_text("commitment_id", "doc", "breakdown", "parts", "currency"),
        *_number("stated", "summed", "unallocated", "difference"),
        *_text("verdict"),
        *_number("posted"),
    ],
    [],
)


def upgrade() -> None:
    """Make the tables, then see to it that nothing in them can be changed."""
    for name, (columns, groups) in TABLES.items():
        op.create_table(
            name,
            sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("batch", sa.BigInteger, nullable=False),
            *columns,
            sa.Column("hash", sa.Text, nullable=False),
            *(sa.UniqueConstraint(*group, name=f"one_{name}_{'_'.join(group)}") for group in groups),
        )
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for name, (_, groups) in TABLES.items():
        guard(name, [("seq",), *groups])
    _views()


def _guard_sqlite(table: str, groups: list[tuple[str, ...]]) -> None:
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
    # INSERT OR REPLACE deletes what is in its way, and no DELETE trigger hears of it.
    there = " OR ".join(
        "EXISTS (SELECT 1 FROM {} WHERE {})".format(table, " AND ".join(f"{name} = NEW.{name}" for name in group))
        for group in groups
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    )


def _guard_postgresql(table: str, _groups: list[tuple[str, ...]]) -> None:
    if table == next(iter(TABLES)):
        op.execute(
            "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
    )
    # No foreign keys between the tables: their checks lock the row pointed at, which takes the right to update it.
    op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER")


def _views() -> None:
    op.execute(
        "CREATE VIEW current_versions AS SELECT * FROM versions AS v "
        "WHERE NOT EXISTS (SELECT 1 FROM versions AS later WHERE later.supersedes = v.seq)"
    )
    op.execute(
        "CREATE VIEW current_documents AS SELECT * FROM documents AS d "
        "WHERE NOT EXISTS (SELECT 1 FROM documents AS later WHERE later.supersedes = d.seq)"
    )
    for name in ("postings", "assertions"):
        op.execute(
            f"CREATE VIEW current_{name} AS SELECT p.* FROM {name} AS p JOIN versions AS v ON v.seq = p.version "
            "WHERE NOT EXISTS (SELECT 1 FROM versions AS later WHERE later.supersedes = v.seq)"
        )
