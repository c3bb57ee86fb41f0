"""What changed in money between two runs: found, left out where nothing did, and printed for people and programs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from belopp.cli import belopp, exporting
from belopp.ledger.diff import BY, Change, Sum, difference
from belopp.ledger.diff_printing import summary

if TYPE_CHECKING:
    from tests.conftest import WriteRun, funding
else:
    from conftest import WriteRun, funding

BEFORE = [
    funding("a", 0, 384, "total", payer="regionerna|staten", area="säker vård"),
    funding("a", 50, 284, "state", area="säker vård", part_of=0),
    funding("b", 0, 600, "other", area="hjälpmedel", period="2025"),
    funding("b", 50, 7, "same", area="skola"),
]
AFTER = [
    *BEFORE[:1],
    {**BEFORE[1], "payer": "regionerna"},
    {**BEFORE[2], "low": "700", "high": "700", "period": "2026"},
    BEFORE[3],
    funding("c", 0, "0.50", "euro", area="=skola", currency="EUR"),
]


def call(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(belopp, ["ledger", "diff", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def runs(write_run: WriteRun) -> tuple[Path, Path]:
    return write_run(BEFORE, name="before"), write_run(AFTER, name="after")


def moved(changes: tuple[Change, ...]) -> set[tuple[str, str, str, int]]:
    return {("+".join(c.by), "/".join(c.group), c.currency, c.difference) for c in changes}


def test_what_moved_by_area_payer_and_year(runs: tuple[Path, Path]) -> None:
    found = difference(*runs)
    assert moved(found.changes) == {
        ("", "", "SEK", 10000),
        ("", "", "EUR", 50),
        ("area", "hjälpmedel", "SEK", 10000),
        ("area", "=skola", "EUR", 50),
        ("payer", "staten", "SEK", 10000 - 28400),
        ("payer", "regionerna", "SEK", 28400),
        ("payer", "staten", "EUR", 50),
        ("year", "2025", "SEK", -60000),
        ("year", "2026", "SEK", 70000),
        ("year", "2024", "EUR", 50),
    }
    assert (found.gained, found.lost, found.changed, found.refused) == (1, 0, 2, (0, 0))
    assert summary(found) == "991 → 1 091 SEK, – → 0.50 EUR; +1 −0 commitments, 2 posted otherwise"


def test_together_each_group_is_told_once(runs: tuple[Path, Path]) -> None:
    found = difference(*runs, together=True)
    assert moved(found.changes) == {
        ("", "", "SEK", 10000),
        ("", "", "EUR", 50),
        ("area+payer+year", "säker vård/staten/2024", "SEK", -28400),
        ("area+payer+year", "säker vård/regionerna/2024", "SEK", 28400),
        ("area+payer+year", "hjälpmedel/staten/2025", "SEK", -60000),
        ("area+payer+year", "hjälpmedel/staten/2026", "SEK", 70000),
        ("area+payer+year", "=skola/staten/2024", "EUR", 50),
    }


def test_the_same_money_is_no_difference(write_run: WriteRun) -> None:
    """Neither a total told in parts, nor other rules, nor the same commitment told again."""
    before = write_run([funding("a", 0, 10, "c")], name="before")
    again = [funding("a", 0, 10, "c"), funding("a", 50, 4, "x", part_of=0), funding("b", 0, 10, "c")]
    after = write_run(again, name="after", rules="b" * 64)
    assert not difference(before, after).found
    status, said, _ = call(before, after)
    assert (status, said) == (0, "no difference in money: 10 SEK\n")
    assert call(before, after, "--as", "csv")[1].count("\n") == 1
    assert difference(before, after, by=["commitment"]).found


def test_a_range_that_ends_elsewhere_is_a_difference(write_run: WriteRun) -> None:
    runs = [write_run([funding("a", 0, 5, "c", high=high)], name=str(high)) for high in (10, 12)]
    found = difference(runs[0], runs[1], by=["year"])
    assert [(c.difference, c.before, c.after) for c in found.changes] == [(0, Sum(500, 1000, 1), Sum(500, 1200, 1))] * 2
    status, said, _ = call(*runs, "--by", "year")
    assert status == 1
    assert " ".join(said.split()).endswith(
        "2024 5–10 5–12 0 to +2 SEK 5–10 → 5–12 SEK; +0 −0 commitments, 1 posted otherwise"
    )


def test_the_horizon_is_the_same_for_both(write_run: WriteRun) -> None:
    runs = [
        write_run([funding("a", 0, 5, "c", period="2024-", per="year"), *more], name=f"run{len(more)}")
        for more in ([], [funding("a", 50, 1, "d", period="2026")])
    ]
    assert moved(difference(*runs, by=["area"]).changes) == {("", "", "SEK", 1100), ("area", "vård", "SEK", 1100)}
    assert moved(difference(*runs, by=["area"], horizon=2025).changes) == {
        ("", "", "SEK", 100),
        ("area", "vård", "SEK", 100),
    }


def test_the_terminal_shows_the_greatest_first(runs: tuple[Path, Path]) -> None:
    status, said, told = call(*runs, "--by", "year", "--limit", "1")
    assert (status, told) == (1, "")
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    assert lines[0] == "by year before after difference"
    assert lines[2:] == [
        "2026 – 700 +700 SEK",
        "and 2 more (--limit 0)",
        "991 → 1 091 SEK, – → 0.50 EUR; +1 −0 commitments, 2 posted otherwise",
    ]


def test_csv_is_guarded_and_whole(runs: tuple[Path, Path]) -> None:
    status, said, _ = call(*runs, "--as", "csv", "--limit", "1")
    assert status == 1
    lines = list(csv.DictReader(io.StringIO(said)))
    assert len(lines) == 10
    assert {line["group"] for line in lines if line["by"] == "area"} == {"hjälpmedel", "'=skola"}
    assert next(line for line in lines if line["group"] == "regionerna")["difference"] == "284"
    status, said, _ = call(*runs, "--as", "csv", "--together", "--by", "area", "--by", "year")
    assert said.splitlines()[0].startswith("area,year,currency,before,after,difference")
    assert "hjälpmedel,2026,SEK,0,700,700,0,700,0,1" in said.splitlines()


def test_markdown_and_json(runs: tuple[Path, Path]) -> None:
    status, said, _ = call(*runs, "--as", "markdown", "--by", "payer")
    assert status == 1
    assert (
        "\n## By payer\n\n| | before | after | difference |\n|---|--:|--:|--:|\n| regionerna | – | 284 | +284 SEK |"
        in said
    )
    status, said, _ = call(*runs, "--as", "json", "--by", "area")
    assert status == 1
    found = json.loads(said)
    assert found["totals"][0]["after"] == "1091"
    assert found["changes"][2]["by"] == {"area": "hjälpmedel"}
    assert found["commitments"] == {"gained": 1, "lost": 0, "changed": 2}


def test_what_cannot_be_posted_is_told(write_run: WriteRun) -> None:
    before = write_run([funding("a", 0, 1, "c")], name="before")
    after = write_run([funding("a", 0, 1, "c"), funding("a", 50, "0.005", "d")], name="after")
    status, _, told = call(before, after)
    assert status == 0
    assert told == f"not counted: 1 of {after} (belopp ledger post names them)\n"


def test_a_folder_that_is_no_run_is_told(runs: tuple[Path, Path], tmp_path: Path) -> None:
    status, _, told = call(runs[0], tmp_path)
    assert status == 2
    assert "run.json: No such file or directory; give the --out folder of a finished belopp run" in told


def test_no_database_library_is_needed(runs: tuple[Path, Path]) -> None:
    code = (
        "import sys\nfor name in ('sqlalchemy', 'alembic', 'duckdb', 'openpyxl'): sys.modules[name] = None\n"
        "from belopp.cli import belopp\nbelopp.main(['ledger', 'diff', *sys.argv[1:]], standalone_mode=True)"
    )
    done = subprocess.run([sys.executable, "-c", code, *runs], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_command_knows_what_can_be_added_up_by() -> None:
    assert exporting._BY == BY
