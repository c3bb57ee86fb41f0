"""Exports of the ledger: exact, adding up, disarmed and read back, and accepted by the programs they are for."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import resource
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from belopp import ledger
from belopp.cli import belopp, exporting
from belopp.cli import ledger as ledger_command
from belopp.ledger import LedgerError, export_sheets
from belopp.ledger import export as exports
from belopp.ledger.export import FORMS, export
from belopp.ledger.export_accounts import NOT_SAID, account_name, account_part
from belopp.ledger.export_books import read_books
from belopp.ledger.export_cells import escape, guard, is_kept, unescape, unguard
from belopp.ledger.export_sheets import DIALECTS, read_back
from belopp.ledger.export_tables import SHEETS
from belopp.ledger.reading import BY

if TYPE_CHECKING:
    from tests.conftest import Server, WriteRun, funding, require_program
else:
    from conftest import Server, WriteRun, funding, require_program

FORMULAS = [
    "=HYPERLINK(\"x\";\"y\")", "+46 8 123", "-3 procent", "@SUM(A1)", "\tflik", "\rvagn", "'=citerat", "''", "'s mål",
    "a;=b", "a\n=b\r\n+c", 'sade "hej", och gick', "_x000D_", "_x005F_", "\x0b\x1b[31m", "\ufeff=1", " =1",
    "date: 2024-99-99", "[2024-13-45]", "(=1)", "; kommentar | rest", "a  b", "å/ä/ö – «x»", "\\", '\\"', "\u202e",
    "vård, type:Z", "type: Z", "#REF!", "TRUE", "0012", "1e5",
]  # fmt: skip
POSTED: list[bytes] = []
OF_ORE = "12345678901234.56"


def rows() -> list[dict[str, str]]:
    """An agreement with a remainder, a decrease, a range, another currency, an amount that no double holds."""
    odd = [
        funding("x", at * 90, 7, f"odd{at}", area=text, payer=text, recipient=text, sentence=text, title=text)
        for at, text in enumerate(FORMULAS)
    ]
    return [
        funding("a", 0, 384, "total", payer="regionerna|staten", area="säker vård"),
        funding("a", 50, 284, "state", area="säker vård", part_of=0),
        funding("a", 90, 90, "regions", payer="regionerna", area="säker vård", part_of=0, recipient="Region Skåne"),
        funding("b", 0, 284, "state", area="säker vård", published="2024-09"),
        funding("b", 50, OF_ORE, "much", area="mycket", published="2024-09"),
        funding("b", 90, 1, "less", area="mindre", change="decrease", published="2024-09"),
        funding("b", 130, 5, "range", high=10, area="spann", published="2024-09"),
        funding("c", 0, "0.05", "euro", currency="EUR", recipient="SKR", published="", period="2023-2025"),
        funding("c", 50, 1200, "yen", currency="JPY", published="", period=""),
        *odd,
    ]


WHOLE = {
    "SEK": Decimal(384) + Decimal(OF_ORE) - 1 + 5 + 7 * len(FORMULAS),
    "EUR": Decimal("0.05"),
    "JPY": Decimal(1200),
}


@pytest.fixture
def books(db: str, write_run: WriteRun) -> str:
    """A ledger on each of the databases with all that an export may stumble over."""
    ledger.post(write_run(rows()), db=db)
    return db


@pytest.fixture
def sqlite(tmp_path: Path, write_run: WriteRun) -> str:
    """The same on SQLite, for what no database decides; posted once and copied."""
    db = tmp_path / "ledger.db"
    if not POSTED:
        ledger.post(write_run(rows()), db=str(db))
        POSTED.append(db.read_bytes())
    db.write_bytes(POSTED[0])
    return str(db)


def call(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(belopp, ["ledger", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def sums(lines: Iterable[Mapping[str, object]]) -> dict[str, Decimal]:
    """What counts now of lines of postings, by currency."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        assert isinstance(line["amount"], Decimal)
        if line["superseded_by"] is None:
            found[str(line["currency"])] += line["amount"]
    return dict(found)


def test_the_command_says_which_table_a_file_holds(sqlite: str, tmp_path: Path) -> None:
    out = tmp_path / "sources.csv"
    status, said, _ = call("export", "--db", sqlite, "--table", "sources", "--out", out)
    assert (status, said.partition(" posting")[0].rpartition(" ")[0]) == (0, f"{out}: sources of")


# ---------------------------------------------------------------- amounts add up, everywhere


def test_the_ledger_is_what_the_tests_say(books: str) -> None:
    assert {
        total.currency: ledger.to_major(total.amount, total.currency) for total in read_books(books).totals
    } == WHOLE


@pytest.mark.parametrize("form", ["csv", "csv excel-sv", "xlsx"])
def test_sheets_read_back_to_the_same_lines_as_the_typed_table(books: str, tmp_path: Path, form: str) -> None:
    import pyarrow.parquet as pq

    form, _, dialect = form.partition(" ")
    out, typed = tmp_path / f"ledger.{form}", tmp_path / "ledger.parquet"
    export(books, form=form, out=out, dialect=dialect)
    export(books, form="parquet", out=typed)
    found = list(read_back(out))
    assert found == pq.read_table(typed).to_pylist()
    assert sums(found) == WHOLE
    assert {line["area"] for line in found} >= set(FORMULAS)


@pytest.mark.parametrize("table", SHEETS)
def test_every_table_reads_back_unchanged(sqlite: str, tmp_path: Path, table: str) -> None:
    import pyarrow.parquet as pq

    out, typed, book = tmp_path / "l.csv", tmp_path / "l.parquet", tmp_path / "l.xlsx"
    export(sqlite, form="csv", out=out, table=table, history=True)
    export(sqlite, form="parquet", out=typed, table=table, history=True)
    export(sqlite, form="xlsx", out=book, history=True)
    lines = pq.read_table(typed).to_pylist()
    assert lines
    assert list(read_back(out)) == lines
    assert list(read_back(book, table=table)) == lines


def test_parquet_holds_money_as_decimal128(sqlite: str, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = tmp_path / "ledger.parquet"
    done = export(sqlite, form="parquet", out=out)
    schema = pq.read_schema(out)
    assert schema.field("amount").type == pa.decimal128(38, 6)
    assert schema.field("date").type == pa.date32()
    assert done.head in schema.metadata[b"belopp"].decode()


def test_duckdb_has_typed_tables_and_views_that_add_up(books: str, tmp_path: Path) -> None:
    import duckdb

    out = tmp_path / "ledger.duckdb"
    export(books, form="duckdb", out=out)
    with duckdb.connect(str(out), read_only=True) as connection:
        types = dict(
            connection.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'postings'"
            ).fetchall()
        )
        assert (types["amount"], types["date"], types["year"]) == ("DECIMAL(38,6)", "DATE", "BIGINT")
        for view in ("current_postings", "by_area", "by_payer", "by_year"):
            found = connection.execute(f"SELECT currency, sum(amount) FROM {view} GROUP BY currency").fetchall()
            assert dict(found) == WHOLE
        (posted,) = connection.execute("SELECT count(*) FROM assertions WHERE posted").fetchall()
        assert posted == (1,)
        assert connection.execute("SELECT sum(statements) FROM documents").fetchall() == [(len(rows()),)]


def test_both_databases_give_the_same_files(postgresql: Server, tmp_path: Path, write_run: WriteRun) -> None:
    run = write_run(rows())
    found = []
    for number, db in enumerate((str(tmp_path / "ledger.db"), postgresql.new())):
        ledger.post(run, db=db)
        tables = []
        for table in SHEETS:
            out = tmp_path / f"{table}{number}.csv"
            export(db, form="csv", out=out, table=table)
            own = ("posted_at", "ledger", "head", "hash", "run_digest")
            tables.append([{k: v for k, v in line.items() if k not in own} for line in read_back(out)])
        for form in ("beancount", "hledger"):
            out = tmp_path / f"{form}{number}"
            export(db, form=form, out=out)
            tables.append([{"": line} for line in undated(out.read_text(encoding="utf-8"))])
        found.append(tables)
    assert found[0] == found[1]


def undated(text: str) -> list[str]:
    """The lines that do not tell the ledger's name, its head or the day it was posted."""
    today = datetime.datetime.now(datetime.UTC).date()
    days = {str(today + datetime.timedelta(days=n)) for n in range(-1, 3)}
    return [line for line in text.splitlines()[2:] if line[:10] not in days]


def test_what_does_not_add_up_is_not_exported(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from belopp.ledger import export_books

    monkeypatch.setattr(export_books, "_totals", lambda _: (ledger.Total("", "SEK", 1, 1, 1),))
    with pytest.raises(LedgerError, match="belopp ledger verify names the entry"):
        export(sqlite, form="csv", out=tmp_path / "l.csv")
    assert not (tmp_path / "l.csv").exists()


# ---------------------------------------------------------------- sheets


@given(st.text(st.sampled_from("aå='+-@\t\r\n;, \u00a0\ufeff＝＋_x05FD") | st.characters(), max_size=12))
@settings(deadline=None)
@example("'")
@example("\t=")
@example(";'=")
@example("_x0041\r")
def test_guards_and_escapes_are_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert unescape(escape(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r＝＋")
    assert re.search(r"(?:^|[;,\t\r\n])[ \u00a0\ufeff]*[=+\-@＝＋]", guard(text)) is None


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_csv_file_is_a_formula_whatever_splits_it(
    sqlite: str, tmp_path: Path, dialect: str, separator: str
) -> None:
    out = tmp_path / "ledger.csv"
    export(sqlite, form="csv", out=out, dialect=dialect)
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file, delimiter=separator) for cell in line]
    with out.open(encoding="utf-8-sig", newline="") as file:  # quotes within a cell do not hold for everyone
        cells += [cell for line in re.split("[\r\n]", file.read()) for cell in line.split(separator)]
    amount = re.compile(r"-[0-9]+([.,][0-9]*)?")
    wrong = [cell for cell in cells if cell.strip(' "')[:1] in set("=+-@") - {""} and not amount.match(cell)]
    assert not wrong


def test_the_swedish_dialect(sqlite: str, tmp_path: Path) -> None:
    import pandas as pd

    out = tmp_path / "ledger.csv"
    done = export(sqlite, form="csv", out=out, dialect="excel-sv")
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfentry;commitment_id;")
    assert data.endswith(b"\r\n")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    found = {line["commitment_id"]: line["amount"] for line in lines}
    assert (found["euro"], found["less"], found["much"]) == ("0,05", "-1", "'12345678901234,56")
    assert "as text: SUM() passes them over" in done.told[0]
    frame = pd.read_csv(out, sep=";", decimal=",", encoding="utf-8-sig", dtype={"high": str})
    assert len(frame) == len(lines)
    plain = list(read_back(out))
    assert [line["area"] for line in plain if line["commitment_id"] == "state"] == ["säker vård"]


@pytest.mark.parametrize(("content", "column"), [("", "(none)"), ("a,b\n1,2\n", "a")])
def test_what_is_no_export_is_not_read_back(tmp_path: Path, content: str, column: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LedgerError, match=re.escape(f"an export has no column {column}; give a file of belopp ledger")):
        list(read_back(path))


def test_a_workbook_has_numbers_where_they_are_exact_and_no_formulas(sqlite: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "ledger.xlsx"
    done = export(sqlite, form="xlsx", out=out)
    book = load_workbook(out)
    assert book.sheetnames == list(SHEETS)
    kinds = Counter(cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line)
    assert set(kinds) <= {"s", "n", "d", "b"}  # no f, and no e for #REF!
    head, *lines = book["postings"].iter_rows()
    at = {cell.value: number for number, cell in enumerate(head)}
    amounts = {line[at["commitment_id"]].value: line[at["amount"]] for line in lines}
    assert (amounts["euro"].value, amounts["euro"].data_type) == (0.05, "n")
    assert (amounts["much"].value, amounts["much"].data_type) == (OF_ORE, "s")
    assert amounts["yen"].number_format == "#,##0"
    assert {line[at["date"]].value for line in lines} >= {datetime.datetime(2024, 2, 1), None}
    assert re.match(r"\d+ amounts have more digits", done.told[0])


@given(st.integers(-(10**17), 10**17))
def test_an_amount_that_is_kept_is_exact_in_a_double_of_fifteen_digits(minor: int) -> None:
    value = ledger.to_major(minor, "SEK")
    assert is_kept(value) == (Decimal(f"{float(value):.15g}") == value)


def test_a_text_that_no_cell_holds_is_told(tmp_path: Path, write_run: WriteRun) -> None:
    db = str(tmp_path / "ledger.db")
    ledger.post(write_run([funding("a", 0, 1, "c", sentence="ord " * 9000)]), db=db)
    with pytest.raises(
        LedgerError, match=r"the column sentence of postings has a text of 36,000 characters.*export it as csv"
    ):
        export(db, form="xlsx", out=tmp_path / "l.xlsx")
    assert not (tmp_path / "l.xlsx").exists()


def test_more_lines_than_a_sheet_holds_are_told(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_sheets, "MOST_LINES", 20)
    with pytest.raises(LedgerError, match="the table postings has more than the 19 lines that a sheet holds"):
        export(sqlite, form="xlsx", out=tmp_path / "l.xlsx")


# ---------------------------------------------------------------- journals


@given(st.text(st.sampled_from("aåÅZz09 -,.|_\u0130ßÿ§\x00um") | st.characters(codec="utf-8"), max_size=10))
@settings(deadline=None)
def test_account_names_are_valid_and_one_to_one(text: str) -> None:
    part = account_part(text)
    assert account_name(part) == text  # so no two names share an account
    assert re.fullmatch(r"(?=[A-ZÀ-ÖØ-Þ\u0100-\u024f0-9])[A-Za-zÀ-ÖØ-öø-\u024f0-9-]+", part)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("staten", "Staten"), ("Staten", "Staten-"), ("SKR", "SKR-"), ("hälso- och sjukvård", "Hälso--ms-och-sjukvård"),
        ("Öppna jämförelser", "Öppna-jämförelser-"), ("regionerna|SKR", "Regionerna--v-SKR"), ("", NOT_SAID),
    ],
)  # fmt: skip
def test_accounts_from_swedish_names(name: str, part: str) -> None:
    assert (account_part(name), account_name(part)) == (part, name)


@pytest.mark.parametrize("part", ["", "staten", "Not-said", "A--", "A--x-", "A--ua7z", "0", "Å:b", "A b"])
def test_a_part_that_no_name_has_is_told(part: str) -> None:
    if part in ("Not-said", "0"):  # these are the accounts of names, though not of that one
        assert account_name(part) in ("not said", "0")
        return
    with pytest.raises(ValueError, match="no part of an account"):
        account_name(part)


def check(form: str, path: Path) -> subprocess.CompletedProcess[str]:
    """What the program itself says of a journal."""
    program = require_program({"beancount": "bean-check", "hledger": "hledger"}[form])
    command = (
        [program, str(path)] if form == "beancount" else [program, "-f", str(path), "check", "--strict", "ordereddates"]
    )
    # hledger reads files as the locale says, and belopp writes UTF-8
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})


def accepted(form: str, path: Path) -> bool:
    checked = check(form, path)
    return (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.parametrize("history", [False, True])
def test_beancount_accepts_it_and_adds_it_up_alike(books: str, tmp_path: Path, history: bool) -> None:
    out = tmp_path / "ledger.beancount"
    export(books, form="beancount", out=out, history=history)
    assert accepted("beancount", out)
    assert added(out.read_text(encoding="utf-8")) == WHOLE


@pytest.mark.parametrize("history", [False, True])
def test_hledger_accepts_it_and_adds_it_up_alike(books: str, tmp_path: Path, history: bool) -> None:
    out = tmp_path / "ledger.journal"
    export(books, form="hledger", out=out, history=history)
    assert accepted("hledger", out)
    assert added(out.read_text(encoding="utf-8")) == WHOLE
    listed = subprocess.run(
        [require_program("hledger"), "-f", out, "balance", "--depth", "1", "--no-total", "--layout=bare", "-O", "csv",
         "Expenses"],
        capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    found = {line["commodity"]: Decimal(line["balance"]) for line in csv.DictReader(io.StringIO(listed.stdout))}
    assert found == WHOLE


def added(text: str) -> dict[str, Decimal]:
    """What the lines of a journal post to accounts of expenses, by currency."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for amount, currency in re.findall(r"^ +Expenses:\S+  (-?[\d.]+) ([A-Z]{3})$", text, re.MULTILINE):
        found[currency] += Decimal(amount)
    return dict(found)


@pytest.mark.parametrize(("form", "told"), [("beancount", "Balance failed"), ("hledger", "balance assertion")])
def test_a_journal_that_was_changed_is_refused(sqlite: str, tmp_path: Path, form: str, told: str) -> None:
    out = tmp_path / "ledger.txt"
    export(sqlite, form=form, out=out)
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("284.00 SEK\n", "285.00 SEK\n").replace("-284.00", "-285.00"), encoding="utf-8")
    checked = check(form, out)
    assert checked.returncode != 0
    assert told in checked.stdout + checked.stderr


def test_a_journal_tells_where_each_posting_comes_from(sqlite: str, tmp_path: Path) -> None:
    out = tmp_path / "ledger.beancount"
    export(sqlite, form="beancount", out=out)
    text = out.read_text(encoding="utf-8")
    posting = next(part for part in text.split("\n\n") if 'commitment: "state"' in part)
    assert posting.startswith('2024-02-01 * "" "säker vård"\n')
    for line in (
        'document: "a"', 'sentence: "Regeringen avsätter 284 kronor."', 'document-2: "b"', 'published-2: "2024-09"',
        "Expenses:Allocated:Säker-vård:Not-said--  284.00 SEK", "Income:Staten  -284.00 SEK",
    ):  # fmt: skip
        assert f"\n  {line}" in posting
    assert "\n  Expenses:Unallocated:Säker-vård:Not-said--  10.00 SEK\n" in text
    assert "; total total: stated 384.00 SEK, summed 374.00 SEK, unallocated 10.00 SEK; by" in text


def test_undated_postings_bear_the_first_day_of_their_period(sqlite: str, tmp_path: Path) -> None:
    out = tmp_path / "ledger.hledger"
    export(sqlite, form="hledger", out=out)
    posting = next(part for part in out.read_text(encoding="utf-8").split("\n\n") if "commitment: euro" in part)
    assert posting.startswith("2023-01-01 * ")
    assert "; undated: no publication of it has a date" in posting


@pytest.mark.parametrize("form", ["beancount", "hledger"])
def test_an_empty_ledger_is_a_journal_too(tmp_path: Path, write_run: WriteRun, form: str) -> None:
    db, out = str(tmp_path / "ledger.db"), tmp_path / "ledger.txt"
    ledger.post(write_run([funding("a", 0, 1, "c")]), db=db)
    ledger.post(write_run([], silent=["a"]), db=db)
    assert export(db, form=form, out=out).postings == 0
    assert accepted(form, out)


def test_what_is_no_currency_is_told(tmp_path: Path, write_run: WriteRun) -> None:
    db = str(tmp_path / "ledger.db")
    ledger.post(write_run([funding("a", 0, 1, "c", currency="kr.")]), db=db)
    with pytest.raises(LedgerError, match=r"posting \d+ of c is in 'kr\.', which is no currency code"):
        export(db, form="hledger", out=tmp_path / "l")


# ---------------------------------------------------------------- versions


def test_the_history_has_every_version_and_the_same_total(db: str, tmp_path: Path, write_run: WriteRun) -> None:
    proposed = funding("bill", 0, 50, "c", status="proposed", published="2023-09-20")
    ledger.post(write_run([proposed, funding("gone", 0, 9, "d")]), db=db)
    corrected = {**proposed, "low": "60", "high": "60", "doc_sha256": "c" * 64}
    paid = funding("report", 0, 60, "c", status="paid", published="2024-12-20")
    ledger.post(write_run([corrected, paid], silent=["gone"]), db=db)
    out = tmp_path / "ledger.csv"
    export(db, form="csv", out=out)
    (line,) = read_back(out)
    assert (line["amount"], line["status"], line["version"], line["superseded_by"]) == (60, "paid", 2, None)
    assert line["sources"] == "bill:0-9|report:0-9"
    export(db, form="csv", out=out, history=True)
    lines = {(line["commitment_id"], line["version"]): line for line in read_back(out)}
    assert set(lines) == {("c", 1), ("c", 2), ("d", 1)}
    assert str(lines["c", 1]["superseded_because"]).startswith("corrected publication bill")
    assert str(lines["d", 1]["superseded_because"]).endswith("state posted → withdrawn")
    assert (lines["c", 1]["sentence"], lines["c", 1]["amount"]) == ("Regeringen avsätter 50 kronor.", 50)
    out = tmp_path / "ledger.journal"
    for form in ("beancount", "hledger"):
        export(db, form=form, out=out, history=True)
        text = out.read_text(encoding="utf-8")
        assert added(text) == {"SEK": Decimal(60)}
        assert len(re.findall(r"^\d{4}-\d\d-\d\d [*!] [\"(]", text, re.MULTILINE)) == 5
        assert accepted(form, out)


# ---------------------------------------------------------------- files and the command line


@pytest.mark.parametrize("form", FORMS)
def test_the_command_writes_every_form_whole_or_not_at_all(sqlite: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out" / "ledger"
    out.parent.mkdir()
    status, said, _ = call("export", "--as", form, "--out", out, "--db", sqlite)
    assert status == 0
    assert f"\nposted in all: {WHOLE['SEK']:,} SEK\n".replace(",", " ") in said
    before = out.read_bytes()
    status, _, told = call("export", "--as", form, "--out", out, "--db", tmp_path / "none.db")
    assert status == 2
    assert "there is no ledger" in told
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["ledger"]


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_the_old_file(
    sqlite: str, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "ledger"
    out.parent.mkdir()
    out.write_text("old")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LedgerError, match=r"No space left on device; give --out in a folder that .* has room"):
        export(sqlite, form=form, out=out)
    assert out.read_text() == "old"
    assert [path.name for path in out.parent.iterdir()] == ["ledger"]


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_fills_while_it_is_written_is_one_line(sqlite: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out" / "ledger"
    out.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "belopp", "ledger", "export", "--as", form, "--out", out, "--db", sqlite],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: {out}: ")
    assert done.stderr.endswith("can be written to and has room; nothing was written\n")
    assert done.stderr.count("\n") == 1
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("ending", "start"),
    [("csv", b"entry,"), ("xlsx", b"PK"), ("parquet", b"PAR1"), ("beancount", b"; belopp"), ("journal", b"; belopp")],
)
def test_the_ending_tells_the_form(sqlite: str, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"ledger.{ending}"
    assert call("export", "--out", out, "--db", sqlite)[0] == 0
    assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--out", "ledger.txt"], "ledger.txt: its ending tells no form; give --as csv, xlsx"),
        (["--out", "ledger.xlsx", "--table", "sources"], "--table sources: a xlsx file holds the whole ledger"),
        (["--out", "ledger.xlsx", "--dialect", "excel-sv"], "--dialect excel-sv: it is for --as csv, not xlsx"),
        (["--out", "none/ledger.csv"], "No such file or directory; give --out in a folder that is there"),
        (["--out", ".", "--as", "csv"], "it is a folder; give --out the name of a file"),
    ],
)
def test_wrong_usage_is_told(
    sqlite: str, tmp_path: Path, arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, said = call("export", *arguments, "--db", sqlite)
    assert status == 2
    assert told in said


@pytest.mark.parametrize(("form", "module"), [("xlsx", "openpyxl"), ("duckdb", "duckdb")])
def test_a_missing_extra_is_named(
    sqlite: str, tmp_path: Path, form: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda name: None)
    status, _, said = call("export", "--as", form, "--out", tmp_path / "l", "--db", sqlite)
    assert status == 2
    assert f"{module} is not installed; --as {form} needs it: pip install 'belopp[export]'" in said


def test_the_commands_know_the_forms_the_tables_and_what_is_added_up_by() -> None:
    assert exporting._FORMS == FORMS
    assert ledger_command._DIMENSIONS == BY
    assert set(exporting._TABLES) == set(SHEETS)
    assert set(exporting._ENDINGS.values()) == set(FORMS)


# ---------------------------------------------------------------- the documentation


def documented() -> list[tuple[str, str]]:
    text = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", text, re.MULTILINE)


def test_the_documentation_names_every_table_and_option() -> None:
    text = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert all(f"| `{table}` |" in text for table in SHEETS)
    options = {option for option in exporting.export.params + exporting.diff.params if option.opts[0][:2] == "--"}
    unsaid = {option.opts[0] for option in options} - {"--out", "--db", "--horizon", "--limit", "--colour", "--by"}
    assert all(option in text for option in unsaid)


@pytest.mark.parametrize(("name", "part"), documented())
def test_accounts_are_named_as_documented(name: str, part: str) -> None:
    assert (account_part(name), account_name(part)) == (part, name)
