"""Rows and figures of every labelled document, kept in ``outputs/baseline`` and held against floors.

    python benchmarks/accuracy.py            measure, print a table, compare with the floors (exit 1 below one)
    python benchmarks/accuracy.py --write    measure, and write the rows and figures as the new baseline

The corpus of the checkout is always measured, and the texts of other publishers in it; the seeds, the releases and
further documents of the archive (``corpus/gold/archive.csv`` and those beside it) when ``../shared`` is there.
A run goes through ``belopp run`` itself, so what is measured is what a user gets.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from belopp.model import COLUMNS
from belopp.score import as_json, compare, figures, read_docs, read_sheet

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "data"
BASELINE: Final = ROOT / "outputs" / "baseline"
# Documents of the archive: labelled by hand and held against while rules were mended, more of them, those whose rows a
# run made and a reading corrected, and labelled ones never looked at.
OF_THE_ARCHIVE: Final = ("archive", "further", "corrected", "unseen")
METRICS: Final = (
    "mention", "mention exact", "value", "modifier", "kind", "change", "status", "payer", "recipient", "area",
    "period", "per", "vat", "part_of", "same_as", "row", "ledger row",
)  # fmt: skip


class Labelled(NamedTuple):
    """A labelled set: its name, its gold sheet, and the list of documents that count."""

    name: str
    gold: Path
    docs: frozenset[str]
    folder: Path


def labelled_sets(work: Path) -> Iterator[Labelled]:
    """The sets at hand; the releases are taken out of their archive into ``work``."""
    corpus = ROOT / "corpus"
    gold = corpus / "gold"
    yield Labelled("corpus", gold / "amounts.csv", read_docs(gold / "documents.txt"), corpus / "raw")
    yield Labelled("others", gold / "others.csv", read_docs(gold / "others.txt"), corpus / "others")
    if not SHARED.is_dir():
        print(f"no {SHARED.relative_to(ROOT.parent)}: the seeds and the releases are left out", file=sys.stderr)
        return
    seeds = SHARED / "seeds"
    yield Labelled("seeds", SHARED / "gold" / "seeds.csv", frozenset(p.name for p in seeds.iterdir()), seeds)
    folder = work / "g0v"
    releases = SHARED / "gold" / "releases.csv"
    sets = [Labelled("releases", releases, read_docs(releases.with_suffix(".docs")), folder)]
    for name in OF_THE_ARCHIVE:
        sheet = gold / f"{name}.csv"
        sets.append(Labelled(name, sheet, read_docs(sheet.with_suffix(".txt")), folder))
    with tarfile.open(SHARED / "g0v.tar.gz") as archive:
        wanted = {f"g0v/{doc}" for each in sets for doc in each.docs}
        chosen = [m for m in archive if m.name in wanted or (m.name.count("/") == 1 and m.name.endswith(".json"))]
        archive.extractall(work, members=chosen, filter="data")
    yield from sets


def run(folder: Path, out: Path) -> Path:
    """Run the program over a folder; the path of its sheet of amounts."""
    command = [sys.executable, "-m", "belopp", "run", str(folder), "--out", str(out), "--quiet"]
    subprocess.run(command, check=True)
    return out / "amounts.csv"


def measure(chosen: Labelled, sheet: Path) -> dict[str, object]:
    """Every figure of a set, as ``belopp score --json`` gives them."""
    told = as_json(figures(compare(read_sheet(chosen.gold, strict=True), read_sheet(sheet), docs=chosen.docs)))
    # That the run holds other documents too is known, and the warning names a folder that is gone tomorrow.
    return {name: value for name, value in told.items() if name != "warnings"}


def keep_rows(sheet: Path, target: Path, docs: frozenset[str]) -> None:
    """Write the guide's columns of the rows of some documents, and nothing else of them."""
    with sheet.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in csv.DictReader(file) if row["doc"] in docs)


def lines(name: str, result: dict[str, object]) -> Iterator[str]:
    """A table row a metric: F1, and the F1 of filled cells where that says more."""
    metrics = result["metrics"]
    assert isinstance(metrics, dict)
    for metric in METRICS:
        found = metrics[metric]
        filled = found.get("filled")
        shown = "     -" if not filled or filled["f1"] is None else f"{filled['f1']:6.3f}"
        yield f"{name:10}{metric:15}{found['f1']:6.3f} {shown}"


def fallen(results: dict[str, dict[str, object]]) -> list[str]:
    """The floors that a measured F1 lies below."""
    floors = tomllib.loads((BASELINE / "floors.toml").read_text(encoding="utf-8"))
    said = []
    for name, wanted in floors.items():
        metrics = results.get(name, {}).get("metrics")
        if not isinstance(metrics, dict):
            continue
        for metric, floor in wanted.items():
            found = metrics[metric.removesuffix(" filled")]
            f1 = found["filled"]["f1"] if metric.endswith(" filled") else found["f1"]
            if f1 < floor:
                said.append(f"{name}: {metric} is {f1:.4f}, below its floor of {floor}")
    return said


def main() -> int:
    """Measure all sets at hand; 1 when a figure fell below its floor."""
    parser = argparse.ArgumentParser(description="Rows and figures of every labelled document.")
    parser.add_argument("--write", action="store_true", help="keep the rows and figures as the new baseline")
    write = parser.parse_args().write
    results: dict[str, dict[str, object]] = {}
    sheets: dict[Path, Path] = {}
    work = Path(tempfile.mkdtemp())
    try:
        for chosen in labelled_sets(work):
            sheet = sheets.get(chosen.folder) or run(chosen.folder, work / f"tables-{chosen.name}")
            sheets[chosen.folder] = sheet
            results[chosen.name] = measure(chosen, sheet)
            print("\n".join(lines(chosen.name, results[chosen.name])), flush=True)
            if write:
                keep_rows(sheet, BASELINE / f"{chosen.name}.csv", chosen.docs)
    finally:
        shutil.rmtree(work)
    if write:
        text = json.dumps(results, ensure_ascii=False, indent=1, sort_keys=True)
        (BASELINE / "figures.json").write_text(text + "\n", encoding="utf-8")
    below = fallen(results)
    print("\n".join(below), file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
