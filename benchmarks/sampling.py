"""Sentences of hand-labelled documents, drawn by a seed: with sums in kronor, and with figures that are no money.

    python benchmarks/sampling.py ARCHIVE          print the drawn sentences with their sums, to be read by somebody
    python benchmarks/sampling.py ARCHIVE --json   the same for a program

The documents lie outside the checkout, and so must the sentences: only what draws them is kept here.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "data"
SEED: Final = 2026
SUMS: Final = 300

# No sentence reaches over the end of a line, and none ends with an abbreviation.
END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ–])|\n")
ABBREVIATED: Final = re.compile(r"\b(?:ca|kr|resp|nr|kl|prop|jfr|inkl|exkl|st|[a-zåäö]\.[a-zåäö]{1,2})\.$")
# Cells of tables say their unit elsewhere, and the titles of linked pages are by the guide no statements.
ASIDE: Final = re.compile(r"\||\]\(")


class Drawn(NamedTuple):
    """A sentence with the sums in kronor that it states, each as its low and high value."""

    text: str
    sums: tuple[tuple[Decimal, Decimal], ...]
    others: tuple[tuple[Decimal, Decimal], ...] = ()
    """What it states in other currencies: not asked for, but no false find either."""


class Labelled(NamedTuple):
    """A sum that somebody labelled in a document."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str


def sheets(archive: Path) -> Iterator[tuple[Path, Path]]:
    """Each sheet of labelled sums that is at hand, with the folder of its documents."""
    told = [
        (SHARED / "gold" / "seeds.csv", SHARED / "seeds"),
        (SHARED / "gold" / "releases.csv", archive),
        (ROOT / "corpus" / "gold" / "archive.csv", archive),
    ]
    return ((sheet, folder) for sheet, folder in told if sheet.exists())


def labelled(archive: Path) -> Iterator[tuple[str, list[Labelled]]]:
    """The text of every labelled document, with its sums in order."""
    for sheet, folder in sheets(archive):
        sums: dict[str, list[Labelled]] = defaultdict(list)
        with sheet.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                value = Decimal(row["low"]), Decimal(row["high"])
                sums[row["doc"]].append(Labelled(int(row["start"]), int(row["end"]), *value, row["currency"]))
        for doc in sorted(sums):
            yield (folder / doc).read_bytes().decode("utf-8-sig"), sorted(sums[doc])


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end.

    >>> text = "Vi ger 5 mnkr. I maj kom t.ex. Skolverket.\\nSlut"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Vi ger 5 mnkr.', 'I maj kom t.ex. Skolverket.', 'Slut']
    """
    start = 0
    for found in END.finditer(text):
        if text[found.start()] != "\n" and ABBREVIATED.search(text[start : found.start()][-8:]):
            continue
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def candidates(text: str, sums: list[Labelled]) -> Iterator[Drawn]:
    """The sentences of a document that hold a figure; those that cut through a labelled sum are left out."""
    for start, end in sentences(text):
        told = text[start:end].strip()
        if not re.search(r"\d", told) or ASIDE.search(told):
            continue
        inside = [each for each in sums if each.start < end and each.end > start]
        if all(start <= each.start and each.end <= end for each in inside):
            kronor = tuple((each.low, each.high) for each in inside if each.currency == "SEK")
            yield Drawn(told, kronor, tuple((each.low, each.high) for each in inside if each.currency != "SEK"))


def draw(archive: Path, *, seed: int = SEED, least: int = SUMS) -> list[Drawn]:
    """Sentences that state ``least`` sums in kronor or a few more, then as many that state no sum at all."""
    drawn = [sentence for text, sums in labelled(archive) for sentence in candidates(text, sums)]
    with_sums = sorted({each for each in drawn if each.sums})
    without = sorted({each for each in drawn if not each.sums and not each.others})
    chance = random.Random(seed)
    chance.shuffle(with_sums)
    chance.shuffle(without)
    chosen: list[Drawn] = []
    while with_sums and sum(len(each.sums) for each in chosen) < least:
        chosen.append(with_sums.pop())
    return chosen + without[: len(chosen)]


def main() -> None:
    """Print what is drawn."""
    parser = argparse.ArgumentParser(description="Sentences of labelled documents, drawn by a seed.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--json", action="store_true", help="for a program")
    asked = parser.parse_args()
    drawn = draw(asked.archive)
    if asked.json:
        print(json.dumps(drawn, ensure_ascii=False, default=str))
        return
    for number, (text, sums, others) in enumerate(drawn, 1):
        told = ", ".join(f"{low:,}" if low == high else f"{low:,} to {high:,}" for low, high in sums)
        print(f"{number}. [{told}]{f' and other currencies {len(others)}' if others else ''}\n   {text}")


if __name__ == "__main__":
    main()
