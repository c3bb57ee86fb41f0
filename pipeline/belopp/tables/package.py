"""``datapackage.json``: the tables described so that others' tools can read and check them (Data Package 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from belopp.tables.columns import AMOUNTS, COMMITMENTS, DOCUMENTS, INTEGER, MONEY, TABLES, TEXT, Column, Table

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME: Final = "belopp-run"
# By table: a column, and the table and column where each of its cells is found ("" is the table itself).
DOC_KEY: Final = (("doc", DOCUMENTS.name, "doc"),)
FOREIGN: Final = {
    DOCUMENTS.name: (),
    AMOUNTS.name: (*DOC_KEY, ("commitment_id", COMMITMENTS.name, "commitment_id")),
    COMMITMENTS.name: (("amount_id", AMOUNTS.name, "amount_id"), ("parent", "", "commitment_id")),
}
_TYPES: Final = {TEXT: "string", INTEGER: "integer", MONEY: "number"}


def describe(files: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    """The descriptor of a run's tables; ``files`` gives each file's bytes and SHA-256.

    The hashes also tell a reader whether the files that lie there belong together.
    """
    resources = [_resource(table, *files[table.file]) for table in TABLES]
    parquets = [_parquet(table, *files[table.parquet]) for table in TABLES if table.parquet]
    return {
        "$schema": PROFILE,
        "name": NAME,
        "title": "Sums of money in publications",
        "description": "Written by belopp; run.json tells of the run itself.",
        "resources": [*resources, *parquets],
    }


def _resource(table: Table, size: int, digest: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": table.file,
        "title": table.about,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table),
    }


def _parquet(table: Table, size: int, digest: str) -> dict[str, Any]:
    return {
        "name": f"{table.name}-parquet",
        "path": table.parquet,
        "title": f"{table.about} The same rows as {table.file}.",
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": size,
        "hash": f"sha256:{digest}",
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys := [_foreign_key(*key) for key in FOREIGN.get(table.name, DOC_KEY)]:
        schema["foreignKeys"] = keys
    return schema


def _foreign_key(field: str, resource: str, named: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": [named]}}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.about}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.one_of:
        constraints["enum"] = list(column.one_of)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        field["constraints"] = constraints
    return field
