"""The tables: their cells, their contract, their files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from belopp import Block, Check, Document, Reason, Row, tables
from belopp.model import COLUMNS
from belopp.tables import AMOUNTS, CHECKS, DOCUMENTS, REASONS, TABLES, OutOfBounds, Record

TEXT = (
    "Avtalet omfattar 5 miljoner kronor,\nvarav 2 miljoner kronor till Umeå.\n\nDet är 5 miljoner. Avgiften är 10 kr.\n"
)
SHA = "0" * 64


def row(text: str, low: str, *, nth: int = 0, **columns: object) -> Row:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    value = Decimal(low)
    made = Row("a/b.md", start, start + len(text), text, value, value, status="decided", payer=("staten",))
    return replace(made, **columns)  # type: ignore[arg-type]


DOCUMENT = Document(
    "a/b.md",
    TEXT,
    "2024-09",
    "Avtal",
    "/a/b/",
    (Block(0, 70, "paragraph"), Block(72, len(TEXT), "paragraph")),
    "markdown",
)
TOTAL = row("5 miljoner kronor", "5E+6", because=(Reason("kind", "kind.funding", 8, 16), Reason("status", "default")))
PART = row("2 miljoner kronor", "2000000.0", recipient=("Umeå kommun", "Vindelns kommun"), part_of=TOTAL.start)
AGAIN = row("5 miljoner", "5000000", nth=1, same_as=TOTAL.start)
FEE = row("10 kr", "10", kind="rate", status="", payer=())
ROWS = [TOTAL, PART, AGAIN, FEE]
CHECK = Check(TOTAL.start, (PART.start,), "recipient", Decimal(5000000), Decimal(2000000), Decimal(3000000), "partial")


@pytest.fixture
def record() -> Record:
    return tables.record(DOCUMENT, ROWS, [CHECK], sha256=SHA)


def column(record: Record, name: str) -> list[object]:
    return [line[AMOUNTS.names.index(name)] for line in record.amounts]


def test_the_guides_columns_come_first_and_in_its_order() -> None:
    assert AMOUNTS.names[: len(COLUMNS)] == COLUMNS
    assert AMOUNTS.names[len(COLUMNS) :] == (
        "amount_id", "check", "role", "commitment_id", "sentence", "title", "published", "url", "page", "flags",
        "doc_sha256",
    )  # fmt: skip


def test_cells_of_a_row(record: Record) -> None:
    line = dict(zip(AMOUNTS.names, record.amounts[1], strict=True))
    assert line["low"] == line["high"] == "2000000"
    assert line["recipient"] == "Umeå kommun|Vindelns kommun"
    assert line["part_of"] == TOTAL.start
    assert line["same_as"] is None
    assert line["amount_id"] == f"a/b.md:{PART.start}-{PART.end}"
    assert line["sentence"] == "Avtalet omfattar 5 miljoner kronor, varav 2 miljoner kronor till Umeå."


def test_roles_and_verdicts_follow_restatements(record: Record) -> None:
    assert column(record, "role") == ["total", "part", "total", "single"]
    assert column(record, "check") == ["partial", "partial", "partial", ""]


def test_a_part_with_parts_is_a_subtotal_and_the_best_verdict_counts() -> None:
    rows = [TOTAL, PART, replace(FEE, kind="funding", status="decided", part_of=PART.start)]
    checks = [CHECK, replace(CHECK, total=PART.start, parts=(FEE.start,), verdict="proved")]
    made = tables.record(DOCUMENT, rows, checks, sha256=SHA)
    assert column(made, "role") == ["total", "subtotal", "part"]
    assert column(made, "check") == ["partial", "proved", "proved"]


def test_reasons_name_their_cue(record: Record) -> None:
    assert record.reasons == (
        ("a/b.md", TOTAL.start, "kind", "kind.funding", 8, 16, "omfattar"),
        ("a/b.md", TOTAL.start, "status", "default", None, None, ""),
    )


@pytest.mark.parametrize(("text", "status"), [("", "empty"), (" \n\u00a0", "empty"), ("Ord.", "ok")])
def test_a_document_without_text_is_empty(text: str, status: str) -> None:
    assert tables.record(Document("a.md", text), [], sha256=SHA).document[1:3] == (status, 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("0.0455", "0.0455"),
        ("100", "100"),
        ("12.50", "12.5"),
        ("-3", "-3"),
    ],
)
def test_decimal_text(value: str, text: str) -> None:
    assert tables.decimal_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["0.0000001", "1E+32", "NaN", "Infinity"])
def test_what_has_no_room_is_refused(value: str) -> None:
    with pytest.raises(OutOfBounds):
        tables.decimal_text(Decimal(value))


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), max_size=5))
def test_csv_reads_back_what_was_written(lines: list[list[str]]) -> None:
    assert list(csv.reader(StringIO(tables.csv_text(lines), newline=""))) == lines


@pytest.fixture
def folder(tmp_path: Path, record: Record) -> Path:
    failed = tables.quarantined("c.md", "read", "decode: no\ntext", about=("2024", "", ""))
    with tables.Writing(tmp_path) as writing:
        writing.write(tables.all_lines([record, failed]))
        writing.publish({"belopp": "1"})
    return tmp_path


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert described["$schema"].startswith("https://datapackage.org/profiles/2.")
    assert {resource["path"] for resource in described["resources"]} == {
        "amounts.csv", "documents.csv", "checks.csv", "commitments.csv", "reasons.csv", "amounts.parquet",
        "commitments.parquet",
    }  # fmt: skip


def test_frictionless_finds_a_changed_table_invalid(folder: Path) -> None:
    sheet = folder / "amounts.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("funding", "findung"), encoding="utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_folder_holds_the_tables_and_nothing_else(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "amounts.csv", "amounts.parquet", "checks.csv", "commitments.csv", "commitments.parquet", "datapackage.json",
        "documents.csv", "reasons.csv", "run.json",
    }  # fmt: skip
    assert b"\r" not in (folder / "documents.csv").read_bytes()


def test_parquet_holds_the_rows_of_the_csv(folder: Path) -> None:
    table = pq.read_table(folder / "amounts.parquet")
    assert table.schema.names == list(AMOUNTS.names)
    assert [str(table.schema.field(name).type) for name in ("low", "start", "part_of", "text")] == [
        "decimal128(38, 6)", "int64", "int64", "string",
    ]  # fmt: skip
    kept = [
        [
            tables.decimal_text(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
            for cell in line.values()
        ]
        for line in table.to_pylist()
    ]
    assert kept == [list(line.values()) for line in tables.read_csv(folder / "amounts.csv")]


def test_a_cell_longer_than_python_reads_unasked_is_read(tmp_path: Path) -> None:
    csv.field_size_limit(131_072)
    sentence = "läxhjälp " * 20_000
    (tmp_path / "reasons.csv").write_text(tables.csv_text([("doc", "cue"), ("a.md", sentence)]), encoding="utf-8")
    assert list(tables.read_csv(tmp_path / "reasons.csv")) == [{"doc": "a.md", "cue": sentence}]


def test_frames_read_back_satisfy_their_schemas(folder: Path) -> None:
    for table in TABLES:
        data = tables.read_frame(folder, table)
        assert tables.faults(data, table) == []
    amounts = tables.read_frame(folder, AMOUNTS)
    assert amounts["low"].sum() == Decimal(12000010)
    assert amounts["part_of"].dropna().tolist() == [TOTAL.start]


def test_tables_without_lines_are_whole_too(tmp_path: Path) -> None:
    with tables.Writing(tmp_path) as writing:
        writing.publish({})
    assert (tmp_path / "amounts.csv").read_text(encoding="utf-8") == ",".join(AMOUNTS.names) + "\n"
    assert pq.read_table(tmp_path / "amounts.parquet").num_rows == 0
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    assert all(tables.faults(tables.read_frame(tmp_path, table), table) == [] for table in TABLES)


def test_what_is_not_published_is_thrown_away(folder: Path, record: Record) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def stopped() -> None:
        with tables.Writing(folder) as writing:
            writing.write(tables.all_lines([record, record]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


BREACHES = [
    ("kind", "grant", "kind"),
    ("modifier", "about", "modifier"),
    ("currency", "kr", "currency"),
    ("period", "i år", "period"),
    ("published", "mars", "published"),
    ("end", 3, "as long as its span"),
    ("low", "9000000", "low must not be"),
    ("part_of", 4711, "part_of must point"),
    ("same_as", PART.start, "same_as must point"),
    ("status", "", "must have a status"),
    ("amount_id", "x:1-2", "amount_id must be"),
    ("sentence", "", "must not be empty"),
    ("doc_sha256", "abc", "doc_sha256"),
]


@pytest.mark.parametrize(("name", "cell", "why"), BREACHES, ids=[breach[0] for breach in BREACHES])
def test_the_schema_finds_each_breach_and_its_line(record: Record, name: str, cell: str | int, why: str) -> None:
    lines = [list(line) for line in record.amounts]
    lines[1][AMOUNTS.names.index(name)] = cell
    found = tables.faults(tables.frame(lines, AMOUNTS), AMOUNTS)
    assert any(position == 1 and why in told for position, told in found), found


@pytest.mark.parametrize(("name", "cell", "why"), BREACHES, ids=[breach[0] for breach in BREACHES])
def test_a_line_is_found_wrong_without_pandas_too(record: Record, name: str, cell: str | int, why: str) -> None:
    lines = [list(line) for line in record.amounts]
    lines[1][AMOUNTS.names.index(name)] = cell
    found = list(tables.breaches([tuple(line) for line in lines], AMOUNTS))
    assert any(position == 1 and why in told for position, told in found), found
    assert {place for place, _ in found} == {place for place, _ in tables.faults(tables.frame(lines, AMOUNTS), AMOUNTS)}


@pytest.mark.parametrize("kind", ["rate", "other"])
def test_only_funding_has_a_status(record: Record, kind: str) -> None:
    lines = [list(line) for line in record.amounts]
    lines[2][AMOUNTS.names.index("kind")] = kind
    assert [position for position, _ in tables.faults(tables.frame(lines, AMOUNTS), AMOUNTS)] == [2]


def test_a_repeated_row_is_found(record: Record) -> None:
    lines = [*record.amounts, record.amounts[0]]
    assert {position for position, _ in tables.faults(tables.frame(lines, AMOUNTS), AMOUNTS)} == {0, len(lines) - 1}
    assert {position for position, _ in tables.breaches(lines, AMOUNTS)} == {len(lines) - 1}


def test_a_sound_record_breaks_nothing(record: Record) -> None:
    assert tables.breach(record) == ""
    document = (*record.document[:7], "abc", *record.document[8:])
    assert tables.breach(record._replace(document=document)) == "documents.sha256 'abc': must look like [0-9a-f]{64}"


def test_checks_and_documents_have_their_contract(record: Record) -> None:
    wrong = [("a/b.md", 17, "45", "recipient", "5", "2", "2", "partial", None, None)]
    assert list(tables.breaches(wrong, CHECKS)) == [(0, "difference must be stated less summed")]
    assert "must be there once" in next(tables.breaches([*record.checks] * 2, CHECKS))[1]
    assert "difference" in tables.faults(tables.frame(wrong, CHECKS), CHECKS)[0][1]
    quarantined = [("a.md", "quarantined", 3, "", "", "", "", "", "", "", "")]
    assert "quarantined document" in next(tables.breaches(quarantined, DOCUMENTS))[1]
    assert "quarantined document" in tables.faults(tables.frame(quarantined, DOCUMENTS), DOCUMENTS)[0][1]
    assert tables.faults(tables.frame(record.reasons, REASONS), REASONS) == []


def test_the_documentation_tells_of_every_column() -> None:
    told = (Path(__file__).parents[1] / "docs" / "data-package.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = told.partition(f"## {table.file}\n")[2].partition("\n## ")[0]
        for column in table.columns:
            (line,) = [line for line in section.splitlines() if line.startswith(f"| `{column.name}` |")]
            assert column.about.replace("|", "\\|") in line
            assert all(f"`{word}`" in line for word in column.one_of)
