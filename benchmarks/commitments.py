"""How long grouping takes and how much memory it holds: sums of our own, drawn as in an archive of releases.

Run: python benchmarks/commitments.py [SUMS]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from belopp import rulebook, tables
from belopp.commitments import Commitments
from belopp.model import VOCABULARIES, Document, Row
from belopp.tables import Line

WORDS = (
    "bredband skola förskola vård omsorg tåg väg bro hamn skog fiske jordbruk forskning kultur idrott museum bibliotek "
    "polis domstol försvar beredskap bistånd klimat energi kärnkraft vindkraft vatten avlopp bostad hyra pension barn "
    "äldre unga kvinnor företag export turism rymd hälsa cancer psykiatri tandvård läkemedel sjuksköterska lärare elev"
).split()


def publications(sums: int) -> Iterator[tuple[Line, ...]]:
    """The lines of publications of one to five sums each, one sum in eight told before in another."""
    draw = random.Random(1)
    told: list[Row] = []
    made = number = 0
    while made < sums:
        day = f"{draw.randint(2005, 2025)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        rows, text = [], ""
        for _ in range(draw.randint(1, 5)):
            row = draw.choice(told) if told and draw.random() < 0.125 else new(draw)
            told = [*told[-5000:], row] if draw.random() < 0.02 or len(told) < 50 else told
            start = len(text) + 20
            sentence = f"Regeringen avsätter {row.text} till {row.area} under {row.period or 'kommande år'}. "
            rows.append(replace(row, doc=f"{number}.md", start=start, end=start + len(row.text)))
            text += sentence
        document = Document(f"{number}.md", text, published=day, title=f"Pengar till {rows[0].area}")
        yield tables.record(document, rows, sha256="0" * 64).amounts
        made += len(rows)
        number += 1


def new(draw: random.Random) -> Row:
    """A sum: a round one as often as in life, for a purpose of two to four words."""
    value = Decimal(draw.choice((1, 2, 5, 10, 20, 50, 100, draw.randint(1, 999)))) * 10 ** draw.choice((5, 6, 6, 7))
    year = draw.choice(("", *map(str, range(2005, 2027))))
    area = f"{draw.choice(WORDS)}{draw.choice(WORDS)} för {draw.choice(WORDS)}{draw.choice(WORDS)}"
    text = f"{value} kronor"
    status = draw.choice(VOCABULARIES["status"])
    return Row("", 0, len(text), text, value, value, status=status, payer=("staten",), area=area, period=year)


def main() -> None:
    """Group and tell."""
    sums = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    book = rulebook.load()
    import numpy  # noqa: F401 (so that its own memory is not counted)

    before, spent = peak(), 0.0
    with Commitments(book) as commitments:
        for lines in publications(sums):
            began = time.process_time()
            commitments.add(lines)
            spent += time.process_time() - began
        added, began = peak(), time.process_time()
        commitments.settle()
        settled = time.process_time() - began
        began = time.process_time()
        told = several = 0
        for line in commitments.lines():
            told += 1
            several += int(line[15] or 0) > 1
        written = time.process_time() - began
    print(f"{sums:,} sums: {told:,} commitments, {several:,} told by several publications")
    print(f"seconds of processor time: {spent:.1f} taken in, {settled:.1f} grouped, {written:.1f} told")
    print(f"memory above what was there before: {added - before:.0f} MB taken in, {peak() - before:.0f} MB at most")


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
