"""Two sheets are aligned, judged and counted as the annotation guide's referee does it."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from belopp.model import COLUMNS, Row
from belopp.score import (
    CHANGED,
    SheetError,
    as_json,
    compare,
    differences,
    figures,
    read_docs,
    read_sheet,
    render_table,
    row_changes,
    sheet_of,
    sides,
)
from belopp.score.cells import names, same_area, words, years
from belopp.score.intervals import intervals
from belopp.score.judging import Tally
from belopp.score.sheets import cells_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
REFEREE = SHARED / "tools" / "score.py"
GOLD = SHARED / "data" / "gold"

needs_shared = pytest.mark.skipif(
    not (REFEREE.is_file() and GOLD.is_dir()), reason="the referee and its gold (../shared) are not beside the checkout"
)


def row(start: int, **columns: object) -> Row:
    stated = {"doc": "a.md", "text": "5 mnkr", "low": 5_000_000} | columns
    low = Decimal(str(stated["low"]))
    span = {"start": start, "end": stated.get("end", start + len(str(stated["text"])))}
    return Row(**(stated | span | {"low": low, "high": low}))  # type: ignore[arg-type]


def write(path: Path, lines: Iterable[dict[str, str]], *, separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=separator)
        writer.writeheader()
        writer.writerows(lines)
    return path


def f1(golds: Sequence[Row], preds: Sequence[Row], metric: str, *, exact: bool = False) -> float | None:
    return figures(compare(sheet_of(golds), sheet_of(preds), exact=exact), rounds=0).f1(metric)


# ------------------------------------------------------------------------------------------------ cells


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2022", {"2022"}),
        ("2024-2026", {"2024", "2025", "2026"}),
        ("2024–26", {"2024", "2025", "2026"}),
        ("2025|2027", {"2025", "2027"}),
        ("2026-", {"2026-"}),
        ("2026-2024", {"2026-2024"}),
        ("", set()),
    ],
)
def test_a_period_is_a_set_of_years(period: str, expected: set[str]) -> None:
    assert years(period) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("utbyggnad av bredband", "bredband i glesbygd", True),
        ("utbyggnad av bredband", "stöd till bredband", True),
        ("kortare köer", "köer till vården i hela landet", False),
        ("", "", True),
        ("", "bredband", False),
        ("och", "och", True),
        ("och", "eller", False),
    ],
)
def test_areas_are_near_when_they_share_half_their_words(one: str, other: str, same: bool) -> None:
    assert same_area(one, other) is same


def test_names_are_a_set_and_words_a_list() -> None:
    assert names("staten| EU\\|regionerna|") == {"staten", "EU", "regionerna"}
    assert names("Malmö Kommun", fold=True) == names("malmö kommun", fold=True)
    assert words("God, nära vård!") == ["god", "nära", "vård"]


# -------------------------------------------------------------------------------------------- alignment


def test_greatest_overlap_is_paired_first_and_each_row_once() -> None:
    golds = [row(10, end=20), row(20, end=30)]
    preds = [row(10, end=16), row(10, end=19), row(20, end=30)]
    comparison = compare(sheet_of(golds), sheet_of(preds))
    pairs = {(gold.start, gold.end): (pred.start, pred.end) for gold, pred in comparison.documents[0].pairs.items()}
    assert pairs == {(10, 20): (10, 19), (20, 30): (20, 30)}


def test_of_equal_overlaps_the_same_value_goes_first() -> None:
    golds = [row(10, low=7, end=20)]
    preds = [row(10, low=5, end=20), row(10, low=7, end=20)]
    assert f1(golds, preds, "value") == pytest.approx(2 / 3)


def test_exact_alignment_wants_equal_spans() -> None:
    golds, preds = [row(10, end=20)], [row(10, end=19)]
    assert f1(golds, preds, "mention") == 1.0
    assert f1(golds, preds, "mention exact") == 0.0
    assert f1(golds, preds, "mention", exact=True) == 0.0


def test_rows_of_other_documents_are_never_paired() -> None:
    assert f1([row(10)], [row(10, doc="b.md")], "mention") == 0.0


# ---------------------------------------------------------------------------------------------- judging


@pytest.mark.parametrize(
    ("facet", "gold", "pred", "right"),
    [
        ("payer", {"payer": ("EU", "staten")}, {"payer": ("staten", "EU")}, True),
        ("payer", {"payer": ("staten",)}, {"payer": ("Staten",)}, False),
        ("recipient", {"recipient": ("Malmö kommun",)}, {"recipient": ("Malmö Kommun",)}, True),
        ("area", {"area": "bredband"}, {"area": "utbyggt bredband"}, True),
        ("area strict", {"area": "bredband"}, {"area": "utbyggt bredband"}, False),
        ("period", {"period": "2024-2025"}, {"period": "2024|2025"}, True),
        ("status", {"status": "decided"}, {"status": "paid"}, False),
        ("row", {"per": "year"}, {"per": ""}, True),
        ("row", {"area": "bredband"}, {"area": "skola"}, False),
        ("ledger row", {"status": "decided"}, {"status": "paid"}, True),
        ("ledger row", {"payer": ("staten",)}, {"payer": ("EU",)}, False),
    ],
)
def test_what_is_right_in_a_pair(facet: str, gold: dict[str, object], pred: dict[str, object], right: bool) -> None:
    assert f1([row(10, **gold)], [row(10, **pred)], facet) == float(right)


def test_value_is_low_high_and_currency_as_decimals(tmp_path: Path) -> None:
    gold = cells_of(row(10))
    pred = gold | {"low": "5000000.00", "high": "", "currency": "sek"}
    comparison = compare(
        read_sheet(write(tmp_path / "gold.csv", [gold])), read_sheet(write(tmp_path / "pred.csv", [pred]))
    )
    assert figures(comparison).f1("value") == 1.0


def test_part_of_may_lead_to_another_statement_of_the_same_money() -> None:
    golds = [row(0), row(50, same_as=0), row(100, part_of=0)]
    preds = [row(0), row(50, same_as=0), row(100, part_of=50)]
    assert f1(golds, preds, "part_of") == 1.0
    assert f1(golds, preds, "part_of strict") == pytest.approx(2 / 3)
    assert f1(golds, [row(0), row(50, same_as=0), row(100)], "part_of filled") == 0.0


def test_same_as_in_a_circle_ends() -> None:
    golds = [row(0, same_as=50), row(50, same_as=0), row(100, part_of=0)]
    assert f1(golds, golds, "row") == 1.0


def test_a_ledger_row_missed_or_claimed_counts_against() -> None:
    golds = [row(0), row(50, kind="rate")]
    preds = [row(0), row(50)]
    measure = figures(compare(sheet_of(golds), sheet_of(preds))).measures["ledger row"]
    assert (measure.right, measure.pred, measure.gold) == (1, 2, 1)


def test_filled_counts_only_cells_that_hold_something() -> None:
    golds = [row(0, modifier="approx"), row(50), row(100)]
    preds = [row(0), row(50), row(100, modifier="under")]
    filled = figures(compare(sheet_of(golds), sheet_of(preds))).measures["modifier"].filled
    assert filled is not None
    assert (filled.right, filled.pred, filled.gold, filled.f1) == (0, 1, 1, 0.0)


def test_kappa_is_none_without_choice_and_one_in_agreement() -> None:
    golds = [row(0), row(50, kind="rate")]
    measures = figures(compare(sheet_of(golds), sheet_of(golds))).measures
    assert measures["kind"].kappa == 1.0
    assert measures["vat"].kappa is None


def test_no_rows_at_all_give_no_figures_and_a_document_without_rows_counts() -> None:
    empty = sheet_of([])
    assert figures(compare(empty, empty)).measures == {}
    listed = figures(compare(empty, empty, docs={"a.md"}))
    assert (listed.docs, listed.f1("mention")) == (1, None)


def test_docs_leave_other_documents_out_and_say_so() -> None:
    comparison = compare(sheet_of([row(0), row(0, doc="b.md")]), sheet_of([row(0)]), docs={"a.md"})
    assert figures(comparison).f1("mention") == 1.0
    assert any("left out" in warning for warning in comparison.warnings)


def test_an_unknown_metric_is_a_key_error() -> None:
    result = figures(compare(sheet_of([row(0)]), sheet_of([row(0)])))
    for metric in ("mentions", "mention filled", "value filled"):
        with pytest.raises(KeyError):
            result.f1(metric)


# ----------------------------------------------------------------------------------------------- sheets


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_whatever_its_separator(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path / "a.csv", [cells_of(row(3, area="god, nära vård; hemma"))], separator=separator)
    (entry,) = read_sheet(path, strict=True).entries
    assert (entry.start, entry["area"]) == (3, "god, nära vård; hemma")


def test_a_runs_folder_is_read_by_its_amounts(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [row(3, low=4, payer=("EU", "staten")), row(30, part_of=3)]
    columns = {column: [cells_of(r)[column] for r in rows] for column in COLUMNS}
    amounts = pa.table(
        columns
        | {
            "low": pa.array([r.low for r in rows], pa.decimal128(38, 4)),
            "high": pa.array([r.high for r in rows], pa.decimal128(38, 4)),
            "start": [r.start for r in rows],
            "end": [r.end for r in rows],
            "part_of": [r.part_of for r in rows],
            "same_as": pa.array([None, None], pa.int64()),
            "payer": [list(r.payer) for r in rows],
        }
    )
    (tmp_path / "run").mkdir()
    pq.write_table(amounts, tmp_path / "run" / "amounts.parquet")
    read = read_sheet(tmp_path / "run", strict=True)
    assert not differences(compare(sheet_of(rows), read)).found
    assert [entry["low"] for entry in read.entries] == ["4", "5000000"]
    write(tmp_path / "run" / "amounts.csv", [cells_of(r) for r in rows])
    assert read_sheet(tmp_path / "run").name.endswith("amounts.csv")


def test_every_sheet_of_a_folder_of_gold_counts(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    write(gold / "amounts.csv", [cells_of(row(3))])
    write(gold / "more.csv", [cells_of(replace(row(3), doc="b.md")), cells_of(replace(row(30, part_of=3), doc="b.md"))])
    (gold / "journal.csv").write_text("time,reviewer,guide,doc,start,end,action,column,before,after,step\n")
    (gold / "disputed.csv").write_text("doc,start,end,text,what,a,b,choice\n")
    read = read_sheet(gold, strict=True)
    assert (len(read.entries), sorted(read.docs), len(read.parents)) == (3, ["a.md", "b.md"], 1)
    (gold / "more.csv").write_text((gold / "more.csv").read_text().replace(",area,", ",aera,"))
    with pytest.raises(SheetError, match=r"more\.csv: no column area"):
        read_sheet(gold)
    write(gold / "more.csv", [cells_of(row(30))])
    with pytest.raises(SheetError, match=r"more\.csv: a\.md has rows in .*amounts\.csv, too"):
        read_sheet(gold)
    (gold / "run.json").write_text("{}")  # of a run the amounts alone
    assert len(read_sheet(gold).entries) == 1


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"doc,start\na.md,3\n", "no column end"),
        (b"", "no column doc"),
        (b"\xff\xfe\x00", "decode"),
    ],
)
def test_what_is_no_sheet_is_named_with_cause(tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "no-sheet.csv"
    path.write_bytes(content)
    with pytest.raises(SheetError, match=cause) as caught:
        read_sheet(path)
    assert "no-sheet.csv" in str(caught.value)


def test_missing_files_folders_and_broken_parquet_are_named(tmp_path: Path) -> None:
    (tmp_path / "b.parquet").write_bytes(b"PAR1 not so")
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "b.parquet"):
        with pytest.raises(SheetError, match=path.name):
            read_sheet(path)
    with pytest.raises(SheetError, match=r"docs\.txt"):
        read_docs(tmp_path / "docs.txt")


def test_a_row_without_span_or_value_stops_the_gold_and_warns_in_a_prediction(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells_of(row(3)) | {"start": "x", "low": "1e6"}])
    with pytest.raises(SheetError, match="line 2: start 'x'"):
        read_sheet(path, strict=True)
    assert len(read_sheet(path).warnings) == 2


def test_oddities_are_warned_of(tmp_path: Path) -> None:
    odd = cells_of(row(3)) | {"kind": "gift", "part_of": "77"}
    warnings = read_sheet(write(tmp_path / "a.csv", [odd, odd]), strict=True).warnings
    assert len(warnings) == 5
    assert "kind 'gift' is not in the guide" in warnings[0]
    assert "start of no mention" in warnings[1]
    assert "2 rows for a.md 3-9" in warnings[4]


# ------------------------------------------------------------------------------------------ the referee


def _perturbed(lines: list[dict[str, str]], seed: int) -> list[dict[str, str]]:
    """``lines`` with rows dropped, doubled, moved and every column now and then wrong; the same for a seed."""
    rng = random.Random(seed)
    wrong = [
        lambda r: r | {"low": r["low"] + "0"},
        lambda r: r | {"high": r["high"] + ".0", "currency": r["currency"].lower()},
        lambda r: r | {"currency": "EUR"},
        lambda r: r | {"modifier": rng.choice(["approx", "over", "", "odd"])},
        lambda r: r | {"kind": rng.choice(["funding", "rate", "other", "Funding"])},
        lambda r: r | {"status": rng.choice(["decided", "proposed", ""])},
        lambda r: r | {"change": rng.choice(["increase", "decrease", ""])},
        lambda r: r | {"payer": "|".join(reversed(r["payer"].split("|")))},
        lambda r: r | {"payer": "", "recipient": r["recipient"].upper()},
        lambda r: r | {"recipient": "staten|" + r["recipient"]},
        lambda r: r | {"area": " ".join(r["area"].split()[1:])},
        lambda r: r | {"area": r["area"] + " och stöd till bredband"},
        lambda r: r | {"period": rng.choice(["2024–2026", "2024/25", "2025|2026", r["period"]])},
        lambda r: r | {"per": rng.choice(["year", ""]), "vat": rng.choice(["incl", ""])},
        lambda r: r | {"part_of": rng.choice(["", r["start"], r["same_as"], rng.choice(lines)["start"]])},
        lambda r: r | {"same_as": rng.choice(["", rng.choice(lines)["start"], "none"])},
        lambda r: r | {"start": str(int(r["start"]) + rng.randint(-4, 4))},
        lambda r: r | {"end": str(int(r["end"]) + rng.randint(-12, 12))},
        lambda r: r | {"text": "något annat", "doc": rng.choice([r["doc"], "only-predicted.md"])},
        lambda r: r | {"low": "ett", "start": ""},
    ]
    out = []
    for line in lines:
        if rng.random() < 0.07:
            continue
        for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 5])):
            try:
                line = rng.choice(wrong)(line)
            except ValueError:  # a start already emptied cannot be moved
                continue
        out += [line] * (2 if rng.random() < 0.05 else 1)
    rng.shuffle(out)
    return out


def _gold_lines(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _referee(*arguments: object) -> str:
    command = [sys.executable, str(REFEREE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


CASES = [
    ("releases.csv", 1, "releases.docs", False),
    ("releases.csv", 2, None, True),
    ("seeds.csv", 3, None, False),
    ("seeds.csv", 4, None, True),
]


@needs_shared
@pytest.mark.parametrize(("name", "seed", "docs", "exact"), CASES, ids=str)
def test_figures_agree_with_the_referee_to_the_last_digit(
    tmp_path: Path, name: str, seed: int, docs: str | None, exact: bool
) -> None:
    pred = write(tmp_path / "pred.csv", _perturbed(_gold_lines(name), seed), separator=",;\t"[seed % 3])
    options = [*(["--docs", GOLD / docs] if docs else []), *(["--exact"] if exact else [])]
    sampling = ["--bootstrap", 200, "--seed", seed]
    theirs = json.loads(_referee(GOLD / name, pred, "--json", *sampling, *options))

    listed = read_docs(GOLD / docs) if docs else None
    comparison = compare(read_sheet(GOLD / name, strict=True), read_sheet(pred), docs=listed, exact=exact)
    ours = json.loads(json.dumps(as_json(figures(comparison, rounds=200, seed=seed))))
    assert len(ours.pop("warnings")) == len(theirs.pop("warnings"))
    assert ours == theirs
    assert render_table(figures(comparison, rounds=200, seed=seed)) == _referee(
        GOLD / name, pred, *sampling, *options
    ).removesuffix("\n")

    listed_lines = _referee(GOLD / name, pred, "--disagree", *options).splitlines()
    renamed = {"lost": "missed", "gained": "spurious"}
    mine = [
        (change.doc, f"{change.start}-{change.end}", renamed.get(change.what, change.what))
        for change in differences(comparison, as_scored=True).changes
    ]
    assert mine == [tuple(line.split("\t")[:3]) for line in listed_lines]


@needs_shared
@pytest.mark.parametrize("name", ["seeds.csv", "releases.csv"])
def test_the_gold_against_itself_is_right_and_without_difference(name: str) -> None:
    gold = read_sheet(GOLD / name, strict=True)
    assert not gold.warnings
    comparison = compare(gold, gold)
    assert not differences(comparison).found
    assert {measure.f1 for measure in figures(comparison, rounds=0).measures.values()} == {1.0}


@pytest.mark.parametrize(("documents", "rounds"), [(2, 40), (30, 200)])
def test_intervals_are_the_middle_of_pythons_own_draws(
    documents: int, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("belopp.score.intervals._CELLS", 7 * documents)  # several blocks of draws
    source = random.Random(5)
    tallies = [Tally(*(source.randrange(9) for _ in range(5))) for _ in range(documents)]
    drawn = random.Random(11)
    shares = []
    for _ in range(rounds):
        right, pred, gold, *_ = (sum(counts) for counts in zip(*drawn.choices(tallies, k=documents), strict=True))
        shares += [2 * right / (pred + gold)] if pred + gold else []
    ordered = sorted(shares)
    low, high = ordered[round(0.025 * (len(ordered) - 1))], ordered[round(0.975 * (len(ordered) - 1))]
    assert intervals({"mention": tallies}, rounds=rounds, seed=11)["mention"][0] == (low, high)
    assert intervals({"mention": tallies}, rounds=0, seed=11) == {"mention": (None, None)}


def test_pointers_are_told_by_the_words_they_lead_to() -> None:
    total, other, part = row(0, part_of=None), row(20, text="900 kr"), row(40, part_of=0)
    comparison = compare(sheet_of([total, other, part]), sheet_of([total, other, replace(part, part_of=20)]))
    (changed,) = row_changes(comparison)
    assert (changed.what, changed.changes[0].what) == (CHANGED, "part_of")
    assert sides(changed, changed.changes[0], comparison) == (total.text, "900 kr")
