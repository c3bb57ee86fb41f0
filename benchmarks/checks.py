"""How many totals the checks prove, how often chance alone would, and how long they take.

    python benchmarks/checks.py            measure and print
    python benchmarks/checks.py --write    measure, and keep the figures in benchmarks/checks.json

Needs ``../shared``.  Chance: the parts of a stated total are drawn anew from the sums of other documents, each with as
many digits as the sum it stands for, and the checks are asked again whether anything adds up to the total exactly.
The same for the reading: all sums of a document are drawn anew, and the links are asked what arithmetic makes a part.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from belopp import rulebook
from belopp.checks import check
from belopp.extract import describe, examine
from belopp.find import has_money, mentions
from belopp.gold.sheets import row_of
from belopp.links import link
from belopp.model import FUNDING, VERDICTS, Check, Document, Row
from belopp.read import Unreadable, index, lay_out, read, text_document
from belopp.sentences import Outline, Place, place_mentions

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "data"
FIGURES: Final = ROOT / "benchmarks" / "checks.json"
DRAWS: Final = 300
SEED: Final = 384
MANY: Final = 6


class Page(NamedTuple):
    """A document with its linked rows and their checks."""

    document: Document
    rows: list[Row]
    checks: list[Check]


def pages(folder: Path, book: rulebook.Rulebook) -> Iterator[Page]:
    """Every document of a folder that states a sum."""
    listings = index(folder)
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        told = listings.get(name)
        about = (told.published, told.title, told.url) if told else ("", "", "")
        try:
            document = read(path, root=folder, published=about[0], title=about[1], url=about[2], blocks=False)
        except Unreadable:
            continue
        if has_money(document.text, book=book):
            document = lay_out(document)
            rows, checks = examine(document, book=book)
            if rows:
                yield Page(document, rows, checks)


def best(checks: Sequence[Check]) -> dict[int, str]:
    """By the start of each assertion its best verdict."""
    ranks: dict[int, int] = {}
    for held in checks:
        rank = VERDICTS.index(held.verdict)
        ranks[held.total] = min(rank, ranks.get(held.total, rank))
    return {total: VERDICTS[rank] for total, rank in ranks.items()}


def verdicts(found: Sequence[Page]) -> dict[str, object]:
    """How many assertions there are, and how many of each verdict."""
    counts = Counter(verdict for page in found for verdict in best(page.checks).values())
    breakdowns = Counter(held.verdict for page in found for held in page.checks)
    total = counts.total()
    return {
        "documents with sums": len(found),
        "sums": sum(len(page.rows) for page in found),
        "assertions": total,
        "breakdowns": breakdowns.total(),
        "verdicts": {name: [counts[name], round(counts[name] / total, 4)] for name in VERDICTS},
        "breakdowns contradicted": breakdowns["contradicted"],
    }


# ------------------------------------------------------------------ chance


def digits(value: Decimal) -> int:
    """The number of digits before the point."""
    return len(f"{value:.0f}")


class Pool:
    """The sums of all documents by their number of digits, to be drawn from for another document."""

    def __init__(self, found: Sequence[Page], seed: int) -> None:
        self.random = random.Random(seed)
        self.sums: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
        for page in found:
            for row in page.rows:
                if row.kind == FUNDING and row.same_as is None and row.low:
                    self.sums[digits(row.high)].append((row.doc, row.high))

    def draw(self, row: Row) -> Decimal:
        """A sum of another document with as many digits."""
        near = self.sums[digits(row.high)]
        if all(doc == row.doc for doc, _ in near[:50]) and all(doc == row.doc for doc, _ in near):
            return row.high
        while True:
            doc, value = self.random.choice(near)
            if doc != row.doc:
                return value


def chance_of_proof(found: Sequence[Page], pool: Pool, book: rulebook.Rulebook) -> dict[str, object]:
    """By number of parts, how often redrawn parts would be proved."""
    drawn: Counter[int] = Counter()
    proved: Counter[int] = Counter()
    for page in found:
        for total in sorted({held.total for held in page.checks}):
            parts = {row.start for row in page.rows if row.part_of == total and row.same_as is None}
            if not parts:
                continue
            for _ in range(DRAWS):
                checks = check(redrawn(page.rows, parts, pool), page.document, book)
                drawn[len(parts)] += 1
                drawn_anew = (held for held in checks if held.total == total and parts & set(held.parts))
                proved[len(parts)] += any(held.verdict == "proved" for held in drawn_anew)
    return by_number(drawn, proved)


def redrawn(rows: Sequence[Row], parts: set[int], pool: Pool) -> list[Row]:
    """The rows with the values of some parts, and of what restates them, drawn anew."""
    values = {row.start: pool.draw(row) for row in rows if row.start in parts}
    made = []
    for row in rows:
        value = values.get(row.start if row.same_as is None else row.same_as)
        made.append(row if value is None else replace(row, low=value, high=value))
    return made


def by_number(drawn: Counter[int], hits: Counter[int]) -> dict[str, object]:
    """Draws, hits and their share by number, larger numbers taken together."""
    table: dict[str, list[float]] = {}
    for number in sorted(drawn):
        name = str(number) if number < MANY else f"{MANY} or more"
        cell = table.setdefault(name, [0, 0, 0])
        cell[0] += drawn[number]
        cell[1] += hits[number]
    for cell in table.values():
        cell[2] = round(cell[1] / cell[0], 5)
    several = sum(drawn[n] for n in drawn if n > 1), sum(hits[n] for n in drawn if n > 1)
    return {
        "by parts": table,
        "draws": drawn.total(),
        "share": round(hits.total() / drawn.total(), 5),
        "share of two parts or more": round(several[1] / several[0], 5),
        "most": max(cell[2] for cell in table.values()),
    }


def chance_of_reading(found: Sequence[Page], pool: Pool, book: rulebook.Rulebook, rounds: int) -> dict[str, object]:
    """How often a total is found by ``check.adds_up`` when every sum of a document is drawn anew."""
    draws = changed = parts = 0
    for page in found:
        if sum(row.kind == FUNDING for row in page.rows) < 3:
            continue
        described, places = described_rows(page.document, book)
        for _ in range(rounds):
            rows = [replace(row, low=value, high=value) for row, value in ((r, pool.draw(r)) for r in described)]
            linked = link(rows, places, book)
            told = [row for row in linked if any(reason.rule == "check.adds_up" for reason in row.because)]
            draws += 1
            changed += bool(told)
            parts += len(told)
    return {
        "documents drawn": draws,
        "with a part by arithmetic": changed,
        "share": round(changed / draws, 5),
        "parts": parts,
    }


def described_rows(document: Document, book: rulebook.Rulebook) -> tuple[list[Row], list[Place]]:
    """A document's rows before they are linked."""
    places = place_mentions(Outline(document), mentions(document, book))
    return [describe(place, book) for place in places], places


# ------------------------------------------------------------------ agreement and time


def labelled(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Each labelled set: its name, its gold sheet and the folder of its documents."""
    yield "seeds", SHARED / "gold" / "seeds.csv", SHARED / "seeds"
    yield "releases", SHARED / "gold" / "releases.csv", folder
    yield "corpus", ROOT / "corpus" / "gold" / "amounts.csv", ROOT / "corpus" / "raw"
    yield "archive", ROOT / "corpus" / "gold" / "archive.csv", folder


def agreement(folder: Path, book: rulebook.Rulebook) -> dict[str, object]:
    """Of the assertions of our rows or of the gold's, how many have the same verdict from both; so too of all rows."""
    from belopp.tables.cells import verdicts_of

    figures: dict[str, object] = {}
    for name, sheet, documents in labelled(folder):
        same = asserted = alike = rows_told = 0
        listings = index(documents)
        for doc, gold in gold_rows(sheet).items():
            told = listings.get(doc)
            page = read(documents / doc, root=documents, published=told.published if told else "")
            ours, checks = examine(page, book=book)
            theirs = check(gold, page, book)
            a, b = best(checks), best(theirs)
            asserted += len(a.keys() | b.keys())
            same += sum(a.get(total) == b.get(total) for total in a.keys() | b.keys())
            mine, true = verdicts_of(ours, checks), verdicts_of(gold, theirs)
            alike += sum(mine.get(row.start) == true.get(row.start) for row in gold)
            rows_told += len(gold)
        figures[name] = {
            "assertions": [same, asserted, round(same / asserted, 4)],
            "rows": [alike, rows_told, round(alike / rows_told, 4)],
        }
    return figures


def gold_rows(sheet: Path) -> dict[str, list[Row]]:
    """The rows of a gold sheet by document."""
    found: dict[str, list[Row]] = defaultdict(list)
    with sheet.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found[line["doc"]].append(row_of(line))
    return found


def many_sums(count: int) -> str:
    """A text of our own with one total and very many parts, none of which add up."""
    lines = "".join(f"| Ort {n} | {1_000_003 + 7_919 * n} |\n" for n in range(count))
    return f"Staten avsätter 990 miljoner kronor.\n\n| Ort | Kronor |\n|---|---|\n{lines}| Summa | 990000000 |\n"


def seconds(book: rulebook.Rulebook) -> dict[str, float]:
    """What the checks take of a document with 500 sums, and with 2,000."""
    took = {}
    for count in (500, 2000):
        page = text_document(many_sums(count))
        rows = examine(page, book=book).rows
        began = time.process_time()
        check(rows, page, book)
        took[str(count)] = round(time.process_time() - began, 3)
    return took


def main() -> int:
    """Measure everything; 1 when chance proves a hundredth of any number of parts, or a document is slow."""
    parser = argparse.ArgumentParser(description="What the checks prove, what chance would, and the time they take.")
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/checks.json")
    write = parser.parse_args().write
    if not SHARED.is_dir():
        print("no ../shared beside the checkout", file=sys.stderr)
        return 2
    book = rulebook.load()
    with tempfile.TemporaryDirectory() as work:
        with tarfile.open(SHARED / "g0v.tar.gz") as archive:
            archive.extractall(work, filter="data")
        folder = Path(work) / "g0v"
        found = list(pages(folder, book))
        result: dict[str, object] = {"archive": verdicts(found), "agreement": agreement(folder, book)}
    pool = Pool(found, SEED)
    chance = chance_of_proof(found, pool, book)
    result |= {"chance": chance, "chance of reading": chance_of_reading(found, pool, book, 20)}
    result["seconds"] = took = seconds(book)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    print(text)
    if write:
        FIGURES.write_text(text + "\n", encoding="utf-8")
    return int(chance["most"] >= 0.01 or took["500"] >= 1)


if __name__ == "__main__":
    sys.exit(main())
