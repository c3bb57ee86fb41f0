"""``belopp score`` and ``belopp diff``: what they print, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from belopp.cli.judging import diff, score
from belopp.model import COLUMNS

HEAD = ",".join(COLUMNS)
FIVE = "a.md,10,16,5 mnkr,5000000,5000000,SEK,,funding,,decided,staten,,bredband,2024,,,,"
TWO = "a.md,30,36,2 mnkr,2000000,2000000,SEK,,funding,,decided,staten,,bredband,2024,,,10,"
PAID = TWO.replace("decided", "paid")


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    for name, rows in {"gold": [FIVE, TWO], "same": [FIVE, TWO], "paid": [FIVE, PAID], "less": [FIVE]}.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    (tmp_path / "broken.csv").write_text(f"{HEAD}\n{FIVE.replace('10,16', '16,10')}\n", encoding="utf-8")
    (tmp_path / "docs.txt").write_text("a.md\nempty.md\n", encoding="utf-8")
    return tmp_path


def run_score(sheets: Path, *arguments: str) -> Result:
    return CliRunner().invoke(score, [str(sheets / "gold.csv"), *arguments])


def run_diff(sheets: Path, *arguments: str) -> Result:
    return CliRunner().invoke(diff, [str(sheets / "gold.csv"), *arguments])


def test_score_prints_a_line_for_each_metric(sheets: Path) -> None:
    result = run_score(sheets, str(sheets / "paid.csv"), "--docs", str(sheets / "docs.txt"))
    assert result.exit_code == 0
    assert result.stdout.startswith("2 documents, 2 gold rows, 2 predicted, 2 aligned")
    assert "\nstatus         0.500 0.500 0.500" in result.stdout


def test_score_as_json_is_unrounded(sheets: Path) -> None:
    result = run_score(sheets, str(sheets / "less.csv"), "--json", "--bootstrap", "0")
    assert json.loads(result.stdout)["metrics"]["mention"]["f1"] == 2 / 3


@pytest.mark.parametrize(
    ("floors", "status"),
    [
        (["mention=0.98", "row=0.5"], 0),
        (["mention=1", "status=0.51"], 1),
        (["mention-exact=1"], 0),
        (["part_of-filled=1"], 0),
        (["status-filled=0.9"], 1),
        (["vat-filled=0"], 1),  # nothing to measure is no pass
        (["mention=1.01"], 2),
        (["mention=nan"], 2),
        (["mention=high"], 2),
        (["mention"], 2),
        (["mentions=0.5"], 2),
        (["value-filled=0.5"], 2),
    ],
)
def test_score_keeps_floors(sheets: Path, floors: list[str], status: int) -> None:
    options = [part for floor in floors for part in ("--at-least", floor)]
    assert run_score(sheets, str(sheets / "paid.csv"), *options).exit_code == status


def test_a_floor_that_is_left_out_is_asked_for(sheets: Path) -> None:
    result = run_score(sheets, str(sheets / "paid.csv"), "--at-least", "row")
    assert "'row' has no share from 0 to 1; write for example row=0.95" in result.stderr


def test_score_names_the_metric_below_its_floor(sheets: Path) -> None:
    result = run_score(sheets, str(sheets / "paid.csv"), "--at-least", "status=0.9")
    assert "status: F1 0.5000 is below 0.9" in result.stderr


def test_score_wants_a_sound_gold_but_bears_with_a_prediction(sheets: Path) -> None:
    broken, gold = str(sheets / "broken.csv"), str(sheets / "gold.csv")
    tolerated = CliRunner().invoke(score, [gold, broken])
    assert tolerated.exit_code == 0
    assert "warning:" in tolerated.stderr
    refused = CliRunner().invoke(score, [broken, gold])
    assert refused.exit_code == 2
    assert "broken.csv line 2: start '16', end '10' are no span" in refused.stderr
    assert CliRunner().invoke(score, [gold, str(sheets / "none.csv")]).exit_code == 2


def test_score_refuses_what_is_no_sheet(sheets: Path) -> None:
    result = run_score(sheets, str(sheets / "docs.txt"))
    assert result.exit_code == 2
    assert "docs.txt: no column doc" in result.stderr


def test_diff_is_silent_and_well_when_nothing_differs(sheets: Path) -> None:
    result = run_diff(sheets, str(sheets / "same.csv"))
    assert (result.exit_code, result.stdout) == (0, "+0 −0 rows, in 0 of 1 documents\n")


@pytest.mark.parametrize("form", ["terminal", "csv", "markdown", "json"])
def test_diff_shows_the_change_and_exits_with_1(sheets: Path, form: str) -> None:
    result = run_diff(sheets, str(sheets / "paid.csv"), "--as", form)
    assert result.exit_code == 1
    assert "decided" in result.stdout
    assert "paid" in result.stdout


def test_diff_looks_only_at_the_columns_wanted(sheets: Path) -> None:
    assert run_diff(sheets, str(sheets / "paid.csv"), "--column", "area").exit_code == 0
    assert run_diff(sheets, str(sheets / "less.csv"), "--column", "lost").exit_code == 1
    assert run_diff(sheets, str(sheets / "less.csv"), "--column", "price").exit_code == 2


def test_diff_refuses_a_broken_sheet(sheets: Path) -> None:
    assert run_diff(sheets, str(sheets / "broken.csv")).exit_code == 2


def test_diff_colours_when_told(sheets: Path) -> None:
    assert "\x1b[" in run_diff(sheets, str(sheets / "less.csv"), "--colour", "always").stdout
    assert "\x1b[" not in run_diff(sheets, str(sheets / "less.csv")).stdout
