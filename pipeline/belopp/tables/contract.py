"""What every table must satisfy, as pandera schemas: the tests hold tables, and ``tables.breaches``, against them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from belopp.tables.columns import AMOUNTS, CHECKS, COMMITMENTS, DOCUMENTS, INTEGER, MONEY, REASONS, TEXT, Column, Table

if TYPE_CHECKING:
    import pandas
    import pandera.pandas as pa

_DTYPES: Final = {TEXT: "string", INTEGER: "Int64", MONEY: "object"}


def faults(data: pandas.DataFrame, table: Table) -> list[tuple[int, str]]:
    """What is wrong with a table's frame: the position of the line, and why.  Empty when it satisfies its schema.

    Raises ``SchemaErrors`` when the frame is not of the table's columns and types at all.
    """
    from pandera.errors import SchemaErrors

    try:
        schema(table).validate(data, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any():
            raise
        # A check of the whole line is reported once for each of its cells.
        of_line = (cases["schema_context"] == "DataFrameSchema") & ~cases["check"].eq("multiple_fields_uniqueness")
        cell = cases["column"].astype(str) + " " + cases["failure_case"].map(repr) + ": "
        why = cell.mask(of_line, "") + cases["check"].astype(str)
        return sorted(set(zip(cases["index"].astype(int), why, strict=True)))
    return []


@cache
def schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table, for frames as ``frame`` and ``read_frame`` give them."""
    import pandera.pandas as pa

    own = {
        AMOUNTS: _amount_checks,
        DOCUMENTS: _document_checks,
        CHECKS: _check_checks,
        COMMITMENTS: _commitment_checks,
        REASONS: list,
    }
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in table.columns},
        checks=own[table](),
        strict=True,
        ordered=True,
        unique=list(table.key) if len(table.key) > 1 else None,
        name=table.name,
    )


def _column(column: Column) -> pa.Column:
    import pandera.pandas as pa

    checks = []
    if column.required and column.type == TEXT:
        checks.append(pa.Check.str_length(min_value=1, error="must not be empty"))
    if column.one_of:
        allowed = column.one_of if column.required else ("", *column.one_of)
        checks.append(pa.Check.isin(allowed, error=f"must be one of {', '.join(column.one_of)}"))
    if column.pattern:
        whole = rf"(?:{column.pattern})\Z" if column.required else rf"(?:{column.pattern})?\Z"
        checks.append(pa.Check.str_matches(whole, error=f"must look like {column.pattern}"))
    if column.type == INTEGER:
        checks.append(pa.Check.ge(0))
    return pa.Column(
        _DTYPES[column.type],
        checks,
        nullable=column.type in (INTEGER, MONEY) and not column.required,
        unique=column.unique,
        description=column.about,
    )


def _amount_checks() -> list[pa.Check]:
    import pandera.pandas as pa

    def span(data: pandas.DataFrame) -> pandas.Series[bool]:
        return (data["end"] - data["start"]) == data["text"].str.len()

    def identity(data: pandas.DataFrame) -> pandas.Series[bool]:
        place = data["doc"] + ":" + data["start"].astype("string") + "-" + data["end"].astype("string")
        return data["amount_id"] == place

    def bare(data: pandas.DataFrame) -> pandas.Series[bool]:
        empty = (data["change"] == "") & (data["status"] == "") & data["part_of"].isna()
        return (data["kind"] == "funding") | empty

    def status(data: pandas.DataFrame) -> pandas.Series[bool]:
        return (data["kind"] != "funding") | (data["status"] != "")

    def committed(data: pandas.DataFrame) -> pandas.Series[bool]:
        return (data["kind"] == "funding") | (data["commitment_id"] == "")

    return [
        pa.Check(span, error="text must be as long as its span"),
        pa.Check(_ends, error="low must not be negative nor above high"),
        pa.Check(committed, error="only funding has a commitment_id"),
        pa.Check(identity, error="amount_id must be doc:start-end"),
        pa.Check(bare, error="only funding has change, status or part_of"),
        pa.Check(status, error="funding must have a status"),
        pa.Check(lambda data: _points(data, "part_of"), error="part_of must point to another sum of the document"),
        pa.Check(lambda data: _points(data, "same_as"), error="same_as must point to an earlier sum of the document"),
    ]


def _ends(data: pandas.DataFrame) -> pandas.Series[bool]:
    return (data["low"] <= data["high"]) & (data["low"] >= 0)


def _points(data: pandas.DataFrame, column: str) -> pandas.Series[bool]:
    """Whether a pointer is empty or the start of another sum of the document, one that restates nothing itself."""
    import pandas as pd

    first = data[data["same_as"].isna()]
    known = set(zip(first["doc"], first["start"], strict=True))
    places = zip(data["doc"], data["start"], data[column], strict=True)
    found = [target is pd.NA or (target != start and (doc, target) in known) for doc, start, target in places]
    return pd.Series(found, index=data.index, dtype=bool)


def _document_checks() -> list[pa.Check]:
    import pandera.pandas as pa

    def told(data: pandas.DataFrame) -> pandas.Series[bool]:
        failed = data["status"] == "quarantined"
        return (failed == (data["stage"] != "")) & (failed == (data["reason"] != "")) & (failed == data["sums"].isna())

    return [pa.Check(told, error="a quarantined document, and no other, has stage and reason and no number of sums")]


def _check_checks() -> list[pa.Check]:
    import pandera.pandas as pa

    def subtracted(data: pandas.DataFrame) -> pandas.Series[bool]:
        return data["stated"] - data["summed"] == data["difference"]

    return [pa.Check(subtracted, error="difference must be stated less summed")]


def _commitment_checks() -> list[pa.Check]:
    import pandera.pandas as pa

    def sourced(data: pandas.DataFrame) -> pandas.Series[bool]:
        import pandas as pd

        found = [one in told for one, told in zip(data["amount_id"], data["sources"], strict=True)]
        return pd.Series(found, index=data.index, dtype=bool)

    def counted(data: pandas.DataFrame) -> pandas.Series[bool]:
        return (data["documents"] >= 1) & (data["documents"] <= data["sources"].str.count(r"\|") + 1)

    def apart(data: pandas.DataFrame) -> pandas.Series[bool]:
        return data["parent"] != data["commitment_id"]

    def seen(data: pandas.DataFrame) -> pandas.Series[bool]:
        return (data["first_seen"] == "") == (data["last_seen"] == "")

    def budgeted(data: pandas.DataFrame) -> pandas.Series[bool]:
        return data["expenditure_area"].isna() | data["expenditure_area"].between(1, 27)

    return [
        pa.Check(_ends, error="low must not be negative nor above high"),
        pa.Check(sourced, error="the most exact statement must be among the sources"),
        pa.Check(counted, error="there must be a document, and no more of them than sources"),
        pa.Check(apart, error="a commitment must not be part of itself"),
        pa.Check(seen, error="first_seen and last_seen must both be known or both unknown"),
        pa.Check(budgeted, error="an expenditure area must be 1 to 27"),
    ]
