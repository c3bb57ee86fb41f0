"""Two annotators' sheets become one: what agrees is taken, what differs waits for a decision."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from belopp import gold
from belopp.cli import belopp
from belopp.gold.agreement import kappa
from belopp.model import Row

CORPUS = Path(__file__).parents[1] / "corpus" / "gold" / "amounts.csv"


def row(start: int, doc: str = "a.md", **cells: object) -> Row:
    known = Row(doc, start, start + 6, "500 kr", Decimal(500), Decimal(500), status="decided")
    return replace(known, **cells)  # type: ignore[arg-type]


def adjudicate(folder: Path, a: list[Row], b: list[Row], *more: str) -> Result:
    for name, rows in (("a.csv", a), ("b.csv", b)):
        (folder / name).write_text(gold.sheet_text(rows))
    out = folder / "merged"
    given = ["gold", "adjudicate", str(folder / "a.csv"), str(folder / "b.csv"), "--out", str(out), "--reviewer", "ek"]
    return CliRunner().invoke(belopp, [*given, "--bootstrap", "50", *more], catch_exceptions=False)


def taken(folder: Path) -> list[Row]:
    return [row for rows in gold.load(folder / "merged").values() for row in rows]


ONE = [row(0), row(20, area="vård", part_of=0), row(40), row(60), row(0, "b.md")]
OTHER = [row(0), row(20, area="skola", part_of=0), row(40, end=47, text="500 kr,"), row(80), row(0, "b.md")]


def test_what_agrees_is_taken_and_what_differs_is_listed(tmp_path: Path) -> None:
    told = adjudicate(tmp_path, ONE, OTHER)
    assert told.exit_code == 1
    assert told.output.splitlines()[-1] == "2 rows taken, 4 disputes, 4 undecided"
    assert taken(tmp_path) == [row(0), row(0, "b.md")]
    with (tmp_path / "merged" / "disputed.csv").open(newline="") as file:
        assert [(line["start"], line["what"], line["a"], line["b"]) for line in csv.DictReader(file)] == [
            ("20", "area", "vård", "skola"),
            ("40", "span", "40-46", "40-47 500 kr,"),
            ("60", "lost", "500 SEK", ""),
            ("80", "gained", "", "500 SEK"),
        ]


@pytest.mark.parametrize(("whose", "rows"), [("A", ONE), ("B", OTHER)])
def test_one_is_preferred(tmp_path: Path, whose: str, rows: list[Row]) -> None:
    told = adjudicate(tmp_path, ONE, OTHER, "--prefer", whose)
    assert told.exit_code == 0
    assert taken(tmp_path) == rows
    notes = gold.read_journal(tmp_path / "merged")
    assert [(note.reviewer, note.decision.column) for note in notes] == [
        ("ek", "area"), ("ek", "span"), ("ek", "lost"), ("ek", "gained"),
    ]  # fmt: skip


def test_merged_rows_take_the_place_of_no_annotators(tmp_path: Path) -> None:
    told = adjudicate(tmp_path, ONE, OTHER, "--out", str(tmp_path))
    assert told.exit_code == 2
    assert "where merged rows would take its place; give another --out" in told.output
    assert (tmp_path / "a.csv").read_text() == gold.sheet_text(ONE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_what_is_no_longer_decided_is_taken_out(tmp_path: Path) -> None:
    adjudicate(tmp_path, ONE[1:2], OTHER[1:2], "--prefer", "A")
    assert taken(tmp_path) == ONE[1:2]
    adjudicate(tmp_path, ONE[1:2], OTHER[1:2])
    assert taken(tmp_path) == []


def test_decisions_are_given_back(tmp_path: Path) -> None:
    adjudicate(tmp_path, ONE, OTHER)
    disputed = tmp_path / "merged" / "disputed.csv"
    lines = disputed.read_text().splitlines()
    (tmp_path / "mine.csv").write_text(
        "\n".join([lines[0], *(f"{line}{c}" for line, c in zip(lines[1:], "bAab", strict=True))])
    )
    told = adjudicate(tmp_path, ONE, OTHER, "--decided", str(tmp_path / "mine.csv"))
    assert told.exit_code == 0
    assert taken(tmp_path) == [row(0), OTHER[1], ONE[2], ONE[3], OTHER[3], row(0, "b.md")]
    (tmp_path / "mine.csv").write_text(disputed.read_text().replace(",B\n", ",C\n"))
    told = adjudicate(tmp_path, ONE, OTHER, "--decided", str(tmp_path / "mine.csv"))
    assert told.exit_code == 2
    assert "'C' decides nothing" in told.output


def test_pointers_follow_the_span_that_is_chosen(tmp_path: Path) -> None:
    a = [row(0), row(20, part_of=0), row(40, same_as=0)]
    b = [row(1, text="00 kr ", end=7), row(20, part_of=1), row(40)]
    adjudicate(tmp_path, a, b, "--prefer", "B")
    assert taken(tmp_path) == b
    adjudicate(tmp_path, a, b, "--prefer", "A")
    assert taken(tmp_path) == a


def test_the_gold_agrees_with_itself(tmp_path: Path) -> None:
    rows = gold.read_rows(CORPUS)
    told = adjudicate(tmp_path, rows, rows)
    assert told.exit_code == 0
    assert (tmp_path / "merged" / "amounts.csv").read_bytes() == CORPUS.read_bytes()
    assert "kind             200  1.000  1.000-1.000    1.000  1.000-1.000" in told.output
    assert f"{len(rows)} rows taken, 0 disputes, 0 undecided" in told.output


def test_agreement_is_told_by_column(tmp_path: Path) -> None:
    rows = gold.read_rows(CORPUS)
    other = [replace(row, kind="other") if n % 4 == 0 else row for n, row in enumerate(rows)]
    told = adjudicate(tmp_path, rows, other)
    (kind,) = [line.split() for line in told.output.splitlines() if line.startswith("kind ")]
    wrong = sum(row.kind != "other" for row in rows[::4])
    pairs = [(one.kind, two.kind) for one, two in zip(rows, other, strict=True)]
    assert kind[1:3] == ["200", f"{1 - wrong / 200:.3f}"]
    assert kind[4] == f"{kappa({pair: pairs.count(pair) for pair in set(pairs)}):.3f}"
    low, _, high = kind[5].partition("-")
    assert float(low) < float(kind[4]) < float(high)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({}, None),
        ({("a", "a"): 9}, None),
        ({("a", "b"): 5, ("b", "a"): 5}, -1.0),
        ({("a", "a"): 5, ("b", "b"): 5}, 1.0),
    ],
)
def test_kappa(pairs: dict[tuple[str, str], int], expected: float | None) -> None:
    assert kappa(pairs) == expected
