"""Totals held against their parts: verdicts, breakdowns, misprints, and what arithmetic settles for the reading."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from belopp.arithmetic import interval
from belopp.checks import check
from belopp.extract import examine, extract
from belopp.model import Check, Document, Row
from belopp.read import parse, read
from belopp.rulebook import load
from belopp.tables import CHECKS, read_csv
from belopp.tables.cells import check_cells, record, verdicts_of

if TYPE_CHECKING:
    from tests.growth import grows_in_proportion
else:
    from growth import grows_in_proportion

ROOT = Path(__file__).parents[1]


def page(text: str) -> Document:
    """A Markdown text as a document."""
    return parse(text.encode(), id="example.md", published="2025-09")


def told(text: str) -> list[tuple[str, str, list[str], str]]:
    """Each check of a text: the total and its parts as stated, what they differ in, the verdict."""
    rows, checks = examine(page(text))
    texts = {row.start: row.text for row in rows}
    return [(texts[c.total], c.breakdown, [texts[part] for part in c.parts], c.verdict) for c in checks]


def table(cells: dict[str, str], total: str, *, label: str = "Summa") -> str:
    """A table by region with a total row."""
    lines = "".join(f"| {name} | {sum_} |\n" for name, sum_ in cells.items())
    return f"Så fördelas medlen.\n\n| Region | Kronor |\n|---|---|\n{lines}| {label} | {total} |\n"


# A text and, for each of its checks, the total, the breakdown, the parts and the verdict.
VERDICTS = {
    "proved, two parts": (
        "Staten avsätter 9 miljoner kronor, varav 5 miljoner kronor till Skolverket och 4 miljoner kronor till Formas.",
        [("9 miljoner kronor", "recipient", ["5 miljoner kronor", "4 miljoner kronor"], "proved")],
    ),
    "partial: a remainder": (
        "Staten avsätter 20 miljoner kronor, varav 15 miljoner kronor till Skolverket.",
        [("20 miljoner kronor", "", ["15 miljoner kronor"], "partial")],
    ),
    "consistent: a hedge": (
        (
            "Satsningen är på nära 11 miljarder kronor, varav 6,37 miljarder kronor till läxhjälp, nära 3 miljarder "
            "kronor till lovskola och 1,72 miljarder kronor till simskola."
        ),
        [
            (
                "11 miljarder kronor",
                "area",
                ["6,37 miljarder kronor", "3 miljarder kronor", "1,72 miljarder kronor"],
                "consistent",
            )
        ],
    ),
    "contradicted: more than the total": (
        (
            "Avtalet omfattar 384 miljoner kronor, varav 100 miljoner kronor från regionerna och 294 miljoner kronor "
            "från staten."
        ),
        [("384 miljoner kronor", "payer", ["100 miljoner kronor", "294 miljoner kronor"], "contradicted")],
    ),
    "contradicted: less than a total that the parts exhaust": (
        (
            "För skolan avsätts 90 miljoner kronor. Medlen fördelas på följande:\n\n* 51 miljoner kronor till "
            "Skolverket.\n* 12 miljoner kronor till Boverket."
        ),
        [("90 miljoner kronor", "recipient", ["51 miljoner kronor", "12 miljoner kronor"], "contradicted")],
    ),
    "contradicted: a list that exceeds what is said to be distributed": (
        (
            "Avtalet omfattar totalt 50 miljoner kronor som fördelas på följande:\n\n* 30 miljoner kronor till "
            "Skolverket.\n* 40 miljoner kronor till Boverket."
        ),
        [("50 miljoner kronor", "recipient", ["30 miljoner kronor", "40 miljoner kronor"], "contradicted")],
    ),
    "partial: an item of the list has no sum": (
        (
            "För skolan avsätts 90 miljoner kronor. Medlen fördelas på följande:\n\n* 51 miljoner kronor till "
            "Skolverket.\n* 12 miljoner kronor till Boverket.\n* Ett stöd till Formas."
        ),
        [("90 miljoner kronor", "recipient", ["51 miljoner kronor", "12 miljoner kronor"], "partial")],
    ),
    "partial: an increase in the level that it results in": (
        "Anslaget höjs med 50 miljoner kronor till 150 miljoner kronor 2026.",
        [("150 miljoner kronor", "", ["50 miljoner kronor"], "partial")],
    ),
    "consistent: a part as large as its total adds nothing": (
        "Det avsätts 100 miljoner kronor, varav 100 miljoner kronor till regionerna.",
        [("100 miljoner kronor", "", ["100 miljoner kronor"], "consistent")],
    ),
    "a sum per year over several years": (
        "Ramen är 75 miljoner kronor för åren 2024–2026, 25 miljoner kronor per år.",
        [("75 miljoner kronor", "", ["25 miljoner kronor"], "proved")],
    ),
    "a sum per year and then its total": (
        "Staten avsätter 100 miljoner kronor per år 2024–2026, totalt 300 miljoner kronor.",
        [("300 miljoner kronor", "", ["100 miljoner kronor"], "proved")],
    ),
    "by year": (
        (
            "Staten avsätter 300 miljoner kronor för åren 2024–2026 till läxhjälp. Det blir 100 miljoner kronor 2024, "
            "120 miljoner kronor 2025 och 80 miljoner kronor 2026."
        ),
        [
            (
                "300 miljoner kronor",
                "year",
                ["100 miljoner kronor", "120 miljoner kronor", "80 miljoner kronor"],
                "proved",
            )
        ],
    ),
    "to two each": (
        (
            "Staten avsätter 5,2 miljoner kronor: 2 miljoner kronor till Skolverket samt 1,6 miljoner kronor vardera "
            "till Formas och Vinnova."
        ),
        [("5,2 miljoner kronor", "recipient", ["2 miljoner kronor", "1,6 miljoner kronor"], "proved")],
    ),
    "two breakdowns, and one payer by what is spread over the areas": (
        (
            "# Stöd till skolan 2022\n\nAvtalet omfattar totalt 384 miljoner kronor, varav regionerna står för 100 "
            "miljoner kronor och staten för 284 miljoner kronor.\n\n## Läxhjälp\n\nStaten avsätter 194 miljoner kronor "
            "2022.\n\n## Lovskola\n\nDet avsätts totalt 190 miljoner kronor 2022, varav regionerna står för 100 "
            "miljoner kronor och staten för 90 miljoner kronor."
        ),
        [
            ("384 miljoner kronor", "payer", ["100 miljoner kronor", "284 miljoner kronor"], "proved"),
            ("384 miljoner kronor", "area", ["194 miljoner kronor", "190 miljoner kronor"], "proved"),
            ("100 miljoner kronor", "", ["100 miljoner kronor"], "consistent"),
            ("284 miljoner kronor", "area", ["194 miljoner kronor", "90 miljoner kronor"], "proved"),
            ("190 miljoner kronor", "payer", ["100 miljoner kronor", "90 miljoner kronor"], "proved"),
        ],
    ),
    "an earmark in one paragraph, two halves in the next": (
        (
            "Staten avsätter 295 miljoner kronor till skolan. Av dessa öronmärks 53 miljoner kronor för läxhjälp.\n\n"
            "Avtalet består av två delar. Den ena delen är 250 miljoner kronor och går till kommunerna. Den andra "
            "delen är 44 miljoner kronor och går till Skolverket."
        ),
        [
            ("295 miljoner kronor", "", ["53 miljoner kronor"], "partial"),
            ("295 miljoner kronor", "recipient", ["250 miljoner kronor", "44 miljoner kronor"], "consistent"),
        ],
    ),
    "the rows of a table, and its columns": (
        (
            "| Skola | EU, kronor | Staten, kronor | Totalt, kronor |\n|---|---|---|---|\n| Norra | 1 210 | 2 140 | "
            "3 350 |\n| Södra | 1 100 | 1 005 | 2 105 |\n| Summa | 2 310 | 3 145 | 5 455 |"
        ),
        [
            ("3 350", "", ["1 210", "2 140"], "proved"),
            ("2 105", "", ["1 100", "1 005"], "proved"),
            ("2 310", "area", ["1 210", "1 100"], "proved"),
            ("3 145", "area", ["2 140", "1 005"], "proved"),
            ("5 455", "area", ["3 350", "2 105"], "proved"),
            ("5 455", "", ["2 310", "3 145"], "proved"),
        ],
    ),
    "nothing is a part of anything": ("Det avsätts 5 miljoner kronor. Bra. Priset är 10 kronor.", []),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_verdicts(name: str) -> None:
    text, expected = VERDICTS[name]
    found = told(text)
    if name.startswith("the rows of a table"):  # what a cell is for is the describers' matter
        assert [(t, p, v) for t, _, p, v in sorted(found)] == [(t, p, v) for t, _, p, v in sorted(expected)]
    else:
        assert found == expected


def test_a_difference_is_stated_less_summed() -> None:
    (held,) = examine(page("Staten avsätter 20 miljoner kronor, varav 15 miljoner kronor till Skolverket.")).checks
    assert (held.stated, held.summed, held.difference) == (Decimal(20_000_000), Decimal(15_000_000), Decimal(5_000_000))


def test_restatements_are_not_added_twice() -> None:
    text = (
        "# 5 miljoner kronor till Skolverket\n\nStaten avsätter 9 miljoner kronor, varav 5 miljoner kronor till "
        "Skolverket och 4 miljoner kronor till Boverket."
    )
    assert [(parts, verdict) for _, _, parts, verdict in told(text)] == [
        (["5 miljoner kronor", "4 miljoner kronor"], "proved")
    ]


ROW = Row("a.md", 0, 1, "", Decimal(100), Decimal(100))


def rows_of(*sums: tuple[int, dict[str, object]]) -> list[Row]:
    """Rows of some values, one after another, with columns of their own."""
    made = []
    for start, (value, columns) in enumerate(sums):
        made.append(replace(ROW, start=start, end=start + 1, low=Decimal(value), high=Decimal(value), **columns))  # type: ignore[arg-type]
    return made


def verdicts(rows: list[Row]) -> list[tuple[tuple[int, ...], str]]:
    """The parts and verdict of each check of rows that stand in a text of no meaning."""
    return [(held.parts, held.verdict) for held in check(rows, Document("a.md", "x" * len(rows)), load())]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(300, {}), (100, {"part_of": 0}), (200, {"part_of": 0})], [((1, 2), "proved")]),
        ([(300, {}), (100, {"part_of": 0}), (200, {"part_of": 0, "currency": "EUR"})], [((1,), "partial")]),
        ([(300, {}), (100, {"part_of": 0, "currency": "EUR"})], []),
        ([(300, {}), (350, {"part_of": 0}), (50, {"part_of": 0, "change": "decrease"})], [((1, 2), "proved")]),
        ([(331, {}), (109, {"part_of": 0}), (210, {"part_of": 0})], [((1, 2), "partial")]),
        ([(331, {}), (109, {"part_of": 0}), (230, {"part_of": 0})], [((1, 2), "contradicted")]),
        ([(300, {"modifier": "approx"}), (109, {"part_of": 0}), (204, {"part_of": 0})], [((1, 2), "consistent")]),
        ([(301, {"modifier": "at_most"}), (109, {"part_of": 0}), (180, {"part_of": 0})], [((1, 2), "consistent")]),
        ([(301, {"modifier": "under"}), (109, {"part_of": 0}), (194, {"part_of": 0})], [((1, 2), "contradicted")]),
        ([(301, {"modifier": "over"}), (109, {"part_of": 0}), (204, {"part_of": 0})], [((1, 2), "consistent")]),
        (
            [
                (50, {"per": "year", "period": "2025-2026"}),
                (20, {"part_of": 0, "per": "year", "period": "2025"}),
                (30, {"part_of": 0, "per": "year", "period": "2025"}),
                (45, {"part_of": 0, "per": "year", "period": "2026"}),
            ],
            [((1, 2), "proved"), ((3,), "partial")],
        ),
        (
            [(384, {}), (100, {"part_of": 0}), (284, {"part_of": 0}), (194, {"part_of": 0}), (190, {"part_of": 0})],
            [((1, 2, 3, 4), "contradicted")],
        ),
    ],
)
def test_what_counts_in_a_sum(
    rows: list[tuple[int, dict[str, object]]], expected: list[tuple[tuple[int, ...], str]]
) -> None:
    assert verdicts(rows_of(*rows)) == expected


CELLS = {
    "Region Skåne": "447 500 000",
    "Region Halland": "92 310 000",
    "Region Kalmar län": "61 205 000",
    "Region Gotland": "13 480 000",
}


def test_a_table_by_region_proves_itself_against_its_total_row() -> None:
    assert [verdict for *_, verdict in told(table(CELLS, "614 495 000"))] == ["proved"]


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("44 7 500 000", None),  # mended in the reading already
        ("447 50 0 000", "447500000"),  # the digits are all there
        ("447 500", "447500000"),  # a group lost
        ("4 475 000 000", "447500000"),  # a digit too many
        ("47 500 000", "447500000"),  # a digit too few
        ("474 500 000", "447500000"),  # two digits swapped
    ],
)
def test_the_cell_that_would_mend_a_table_is_named(printed: str, mended: str | None) -> None:
    rows, (held,) = examine(page(table({**CELLS, "Region Skåne": printed}, "614 495 000")))
    if mended is None:
        assert (held.verdict, held.mend) == ("proved", None)
        assert rows[0].low == Decimal(447_500_000)
    else:
        assert (held.verdict, held.mend, held.mended) == ("contradicted", rows[0].start, Decimal(mended))


def test_of_several_misprints_as_likely_none_is_named() -> None:
    (held,) = examine(page(table({"Norra": "5 213", "Södra": "1 144"}, "6 457"))).checks
    assert (held.verdict, held.mend) == ("contradicted", None)


# ------------------------------------------------------------------ what arithmetic settles for the reading

# A text whose words leave open what a sum is a part of; the sum, and the total that adds up with it.
OPEN = {
    "ytterligare, inside": (
        (
            "# 5 miljoner kronor till Boverket\n\nDet avsätts 80 miljoner kronor. Av dessa har 75 miljoner kronor "
            "fördelats till Skolverket. Nu ges ytterligare 5 miljoner kronor till Boverket."
        ),
        "5 miljoner kronor",
        "80 miljoner kronor",
    ),
    "av dessa, the sum before the nearest": (
        (
            "Staten avsätter 70 miljoner kronor till skolan. Till vården går 90 miljoner kronor. Av dessa medel går 45 "
            "miljoner kronor till Skolverket och 25 miljoner kronor till Skolinspektionen."
        ),
        "25 miljoner kronor",
        "70 miljoner kronor",
    ),
    "which total a list belongs to": (
        (
            "# 100 miljoner kronor till skolan\n\nFör läxhjälp avsätts 40 miljoner kronor. Satsningen fördelas på:\n\n"
            "* 55 miljoner kronor till Skolverket.\n* 45 miljoner kronor till Boverket."
        ),
        "45 miljoner kronor",
        "100 miljoner kronor",
    ),
    "the second sum of an item": (
        (
            "Skolan får 30 miljoner kronor:\n\n* Skolverket – 14 miljoner kronor och 4 miljoner kronor\n"
            "* Boverket – 12 miljoner kronor"
        ),
        "4 miljoner kronor",
        "30 miljoner kronor",
    ),
}


@pytest.mark.parametrize("name", OPEN)
def test_of_two_readings_the_one_that_adds_up_wins_and_says_so(name: str) -> None:
    text, part, whole = OPEN[name]
    rows = extract(page(text))
    by_text = {row.text: row for row in reversed(rows)}
    assert by_text[part].part_of == by_text[whole].start
    assert "check.adds_up" in {reason.rule for reason in by_text[part].because if reason.column == "part_of"}


@pytest.mark.parametrize(
    "text",
    [
        "Det ges 80 miljoner kronor. Av dessa har 75 miljoner kronor fördelats. Nu ges ytterligare 6 miljoner kronor.",
        "Skolan får 90 miljoner kronor. Skolverket får 60 miljoner kronor. Dessutom ges 100 miljoner kronor.",
    ],
)
def test_what_does_not_add_up_stays_beside(text: str) -> None:
    rows = extract(page(text))
    assert len(rows) == 3  # no row is dropped
    assert rows[-1].part_of is None


# ------------------------------------------------------------------ tables and commands


def test_checks_reach_the_tables() -> None:
    document = page("Staten avsätter 9 miljoner kronor, varav 5 miljoner kronor till A och 4 miljoner kronor till B.")
    rows, checks = examine(document)
    made = record(document, rows, checks, sha256="0" * 64)
    assert len(made.checks) == 1
    assert len(made.checks[0]) == len(CHECKS.names)
    assert verdicts_of(rows, checks) == {row.start: "proved" for row in rows}


def test_a_mend_has_its_cells() -> None:
    five = Decimal(5)
    held = Check(0, (1,), "", five, five, Decimal(0), "contradicted", 1, Decimal("7.50"))
    assert check_cells("a.md", held)[-2:] == (1, "7.5")


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run over two publications of our own."""
    folder = tmp_path_factory.mktemp("checks")
    (folder / "in").mkdir()
    (folder / "in" / "avtal.md").write_text(VERDICTS["contradicted: more than the total"][0], encoding="utf-8")
    (folder / "in" / "stod.md").write_text(table({**CELLS, "Region Skåne": "447 500"}, "614 495 000"), encoding="utf-8")
    (folder / "in" / "bra.md").write_text(VERDICTS["proved, two parts"][0], encoding="utf-8")
    call("run", folder / "in", "--out", folder / "out", "--quiet")
    return folder / "out"


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "belopp", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_shows_each_check(run_folder: Path) -> None:
    result = call("checks", run_folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert "it would add up if 447 500 at" in result.stdout
    assert result.stdout.splitlines()[-1] == "3 checks, 1 proved, 2 contradicted"


def test_the_command_chooses_by_verdict_and_document_and_prints_csv(run_folder: Path) -> None:
    result = call("checks", run_folder, "--verdict", "contradicted", "--doc", "st*", "--as", "csv")
    lines = list(csv.DictReader(result.stdout.splitlines()))
    assert [(line["doc"], line["verdict"], line["mended"]) for line in lines] == [
        ("stod.md", "contradicted", "447500000")
    ]
    assert list(lines[0]) == list(CHECKS.names)
    assert call("checks", run_folder, "--as", "csv").stdout == (run_folder / "checks.csv").read_text(encoding="utf-8")


def test_the_command_wants_a_run(tmp_path: Path) -> None:
    result = call("checks", tmp_path)
    assert result.returncode == 2
    assert "no checks.csv in it; give the folder that belopp run wrote to" in result.stderr


def test_the_check_and_role_columns_fill_by_themselves(run_folder: Path) -> None:
    found = {
        (line["doc"], line["text"]): (line["role"], line["check"]) for line in read_csv(run_folder / "amounts.csv")
    }
    assert found["bra.md", "9 miljoner kronor"] == ("total", "proved")
    assert found["bra.md", "5 miljoner kronor"] == ("part", "proved")
    assert found["stod.md", "614 495 000"] == ("total", "contradicted")


def test_explain_tells_the_arithmetic(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(VERDICTS["contradicted: more than the total"][0], encoding="utf-8")
    shown = call("explain", f"{path}:17").stdout
    assert "contradicted by payer: 384 miljoner kronor of 100 miljoner kronor + 294 miljoner kronor" in shown
    assert "10 000 000 too much" in shown


# ------------------------------------------------------------------ intervals, time, chance, labelled documents


def test_beside_finer_sums_a_round_one_is_no_rounder() -> None:
    assert interval(Decimal(100), Decimal(100), grain=Decimal("0.5")) == (Decimal("99.5"), Decimal("100.5"))


@pytest.mark.parametrize("extra", ["", "Av dessa går 17 miljoner kronor till läxhjälp.\n\n"])
def test_a_document_with_800_sums_takes_time_in_proportion(extra: str) -> None:
    @cache
    def read(sums: int) -> tuple[list[Row], Document]:
        cells = {f"Ort {n}": f"{1_000_003 + 7_919 * n}" for n in range(sums)}
        document = page(f"Staten avsätter 990 miljoner kronor.\n\n{extra}{table(cells, '990000000')}")
        return extract(document), document

    def prove(sums: int) -> list[Check]:
        return check(*read(sums), load())

    assert len(read(800)[0]) > 800
    assert any(len(held.parts) == 800 for held in prove(800))
    grows_in_proportion(prove, 800)


def test_chance_would_prove_less_than_one_draw_in_a_hundred() -> None:
    kept = json.loads((ROOT / "benchmarks" / "checks.json").read_text(encoding="utf-8"))
    assert kept["chance"]["draws"] >= 10_000
    assert kept["chance"]["share"] < 0.01
    assert kept["chance"]["share of two parts or more"] < 0.01
    assert kept["chance of reading"]["share"] < 0.001
    assert kept["seconds"]["500"] < 1


def gold(sheet: Path) -> dict[str, list[Row]]:
    """The rows of a gold sheet by document."""
    found: dict[str, list[Row]] = {}
    with sheet.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            many = {name: tuple(filter(None, line[name].split("|"))) for name in ("payer", "recipient")}
            starts = {name: int(line[name]) if line[name] else None for name in ("part_of", "same_as")}
            values = {"low": Decimal(line["low"]), "high": Decimal(line["high"])}
            place = {"start": int(line["start"]), "end": int(line["end"])}
            row = Row(**{**line, **many, **starts, **values, **place})  # type: ignore[arg-type]
            found.setdefault(row.doc, []).append(row)
    return found


def assertions(checks: list[Check]) -> dict[int, str]:
    """The best verdict of each total."""
    order = ("proved", "consistent", "partial", "contradicted")
    best: dict[int, str] = {}
    for held in checks:
        best[held.total] = min(best.get(held.total, held.verdict), held.verdict, key=order.index)
    return best


def compared(sheet: Path, folder: Path) -> Iterator[tuple[dict[int, str], dict[int, str]]]:
    """For each labelled document the verdicts from our rows, and those from the gold's."""
    for doc, rows in gold(sheet).items():
        document = read(folder / doc, root=folder)
        yield assertions(examine(document).checks), assertions(check(rows, document, load()))


def test_verdicts_agree_with_those_of_the_gold_rows_of_the_corpus(
    record_property: Callable[[str, object], None],
) -> None:
    pairs = list(compared(ROOT / "corpus" / "gold" / "amounts.csv", ROOT / "corpus" / "raw"))
    every = [(ours.get(total), true.get(total)) for ours, true in pairs for total in ours.keys() | true.keys()]
    same = sum(a == b for a, b in every)
    record_property("assertions with the same verdict", f"{same} of {len(every)}")
    assert same >= 0.9 * len(every)


def test_every_assertion_of_the_seeds_has_a_verdict_and_none_is_contradicted(shared: Path) -> None:
    pairs = list(compared(shared / "data" / "gold" / "seeds.csv", shared / "data" / "seeds"))
    assert all(ours == true for ours, true in pairs)
    assert sum(len(ours) for ours, _ in pairs) == 15
    assert not any("contradicted" in ours.values() for ours, _ in pairs)
    for path in (shared / "data" / "seeds").iterdir():
        document = read(path)
        rows, checks = examine(document)
        made = record(document, rows, checks, sha256="0" * 64)
        totals = {line[17] for line in made.amounts} - {None}
        assert totals <= {held.total for held in checks}


def test_the_sums_of_one_recipient_are_proved_by_what_is_spread_over_the_areas(shared: Path) -> None:
    (path,) = (shared / "data" / "seeds").glob("003_*")
    rows, checks = examine(read(path))
    values = {row.start: row.low / 1_000_000 for row in rows}
    told = {values[held.total]: [values[part] for part in held.parts] for held in checks if held.verdict == "proved"}
    assert told[Decimal(5725)] == [2409, 2531, 400, 100, 100, 100, 85]
    assert told[Decimal(6778)] == [5725, 1000, 53]
    assert told[Decimal(1000)] == [750, 150, 100]


def test_kept_agreement_is_nine_tenths() -> None:
    kept = json.loads((ROOT / "benchmarks" / "checks.json").read_text(encoding="utf-8"))["agreement"]
    same, every = (sum(kept[name]["assertions"][n] for name in ("seeds", "releases", "corpus")) for n in (0, 1))
    assert same >= 0.9 * every
