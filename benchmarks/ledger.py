"""What the ledger makes of hand-labelled rows and of ours, to the öre; and how long a hundred thousand postings take.

python benchmarks/ledger.py gold [--differences]      each labelled set posted from the gold and from our rows
python benchmarks/ledger.py speed [--postings N]      post N sums twice, on SQLite and on a PostgreSQL of its own
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from accuracy import ROOT, Labelled, labelled_sets

from belopp import batch, ledger, rulebook
from belopp.batch.examining import source_bytes
from belopp.extract import extract
from belopp.ledger import Material, Planned, from_rows, labelled_rows, plan
from belopp.model import Document, Row
from belopp.read import lay_out, parse

sys.path.insert(0, str(ROOT / "tests"))
# The columns that decide what is posted of a sum, and when.
DECISIVE = ("kind", "change", "low", "high", "currency", "modifier", "payer", "recipient", "area", "period", "per",
            "part_of", "same_as")  # fmt: skip
Rows = dict[str, list[Row]]


# ------------------------------------------------------------------------------------------- gold and ours


def documents(chosen: Labelled) -> dict[str, Document]:
    """The labelled documents, read as a run reads them."""
    found = {}
    for publication in batch.gather([str(chosen.folder)]):
        if publication.doc in chosen.docs:
            about = publication.listing
            document = parse(
                source_bytes(publication.path), id=publication.doc, path_hint=publication.doc,
                published=about.published, title=about.title, url=about.url,
            )  # fmt: skip
            found[publication.doc] = lay_out(document)
    return found


def planned(material: Material) -> dict[str, Planned]:
    """What is to be posted of it."""
    return plan(material.statements, {publication.doc: publication for publication in material.publications})


class Posted(NamedTuple):
    """What one statement is posted as: kind, period, currency, minor units."""

    kind: str
    period: str
    currency: str
    amount: int


def by_statement(found: Mapping[str, Planned]) -> dict[str, list[Posted]]:
    """By the amount that counts: its postings."""
    kept: dict[str, list[Posted]] = defaultdict(list)
    for item in found.values():
        for posting in item.postings:
            kept[item.commitment.key.amount_id].append(
                Posted(posting.kind, posting.period, posting.currency, posting.amount)
            )
    return {amount: sorted(postings) for amount, postings in kept.items()}


def compare(chosen: Labelled, *, tell: bool) -> None:
    """Post a labelled set from its gold and from our rows; say the sums, and name each difference."""
    book = rulebook.load()
    read = documents(chosen)
    gold = {doc: rows for doc, rows in labelled_rows(chosen.gold).items() if doc in read}
    ours = {doc: extract(document, book=book) for doc, document in read.items()}
    left, right = planned(from_rows(gold, read, book)), planned(from_rows(ours, read, book))
    sums = [ledger.total_posted(found) for found in (left, right)]
    one, other = by_statement(left), by_statement(right)
    postings = sum(map(len, one.values())), sum(map(len, other.values()))
    same = sum(one[amount] == other.get(amount) for amount in one)
    differing = sorted(amount for amount in one.keys() | other.keys() if one.get(amount) != other.get(amount))
    print(
        f"{chosen.name:9} gold {sums[0] / 100:>20,.2f} SEK in {postings[0]:4} postings, "
        f"ours {sums[1] / 100:>20,.2f} SEK in {postings[1]:4}; "
        f"{same:4} statements posted alike, {len(differing):3} otherwise",
        flush=True,
    )
    if tell:
        for amount in differing:
            print("  " + difference(amount, one, other, gold, ours))


def difference(
    amount: str, one: Mapping[str, Sequence[Posted]], other: Mapping[str, Sequence[Posted]], gold: Rows, ours: Rows
) -> str:
    """One statement that is posted otherwise, and in which columns the rows of its document differ."""
    doc, _, span = amount.rpartition(":")
    start = int(span.partition("-")[0])
    left = next((row for row in gold.get(doc, ()) if row.start == start), None)
    right = next((row for row in ours.get(doc, ()) if row.start == start), None)
    if left is None or right is None:
        why = "not in the gold" if left is None else "not found"
    else:
        columns = [name for name in DECISIVE if getattr(left, name) != getattr(right, name)]
        why = ", ".join(columns) or f"elsewhere: {elsewhere(gold.get(doc, []), ours.get(doc, []))}"
    return f"{amount}: gold {told(one.get(amount))}; ours {told(other.get(amount))} ({why})"


def elsewhere(gold: Sequence[Row], ours: Sequence[Row]) -> str:
    """What differs in other rows of the document that decide the posting of this one."""
    pairs = {row.start: row for row in ours}
    found = [
        f"{name} of {row.start}"
        for row in gold
        for name in ("part_of", "same_as", "kind", "low", "period", "area", "payer", "recipient")
        if row.start in pairs and getattr(row, name) != getattr(pairs[row.start], name)
    ]
    return ", ".join(found[:3]) or "in another document"


def told(postings: Sequence[Posted] | None) -> str:
    """Postings in words."""
    if not postings:
        return "nothing"
    return " + ".join(f"{p.amount / 100:,.2f} {p.currency} {p.kind} {p.period}".rstrip() for p in postings[:3])


# ------------------------------------------------------------------------------------------- speed


def sums(postings: int) -> Iterator[dict[str, str]]:
    """Sums in documents of twenty, each document with a total of half of them."""
    from conftest import funding

    for number in range(postings):
        doc, place = f"{number // 20:06}.md", number % 20
        about = {"area": f"område {number % 997}", "recipient": f"kommun {number % 290}"}
        if place == 0:
            yield funding(doc, 0, 55 * 1000, f"c-{number:08}-total", area="hela satsningen")
        part = {"part_of": 0} if place < 10 else {}
        yield funding(doc, 100 + place * 50, (place + 1) * 1000, f"c-{number:08}", **about, **part)


def measure(db: str, run: Path) -> None:
    """Post a run twice, and verify."""
    took, worked = [], []
    for _ in range(2):
        began, before = time.perf_counter(), time.process_time()
        done = ledger.post(run, db=db)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
        if done.batch:
            first = done
    began = time.perf_counter()
    verdict = ledger.verify(db, heads=[first.head])
    walked = time.perf_counter() - began
    began = time.perf_counter()
    ledger.status(db)
    added = time.perf_counter() - began
    assert not verdict.faults
    name = db.partition(":")[0] if "://" in db else "sqlite"
    print(
        f"{name:22} {first.postings:,} postings, {first.entries:,} entries: first post {took[0]:.1f} s "
        f"({worked[0]:.1f} s of processor), second {took[1]:.1f} s ({worked[1]:.1f} s); "
        f"verify {walked:.1f} s, status {added:.1f} s",
        flush=True,
    )


def speed(postings: int) -> None:
    """Measure on both databases; PostgreSQL is left out, and said to be, where it is not installed."""
    from conftest import PROGRAMS, Server, write_tables

    work = Path(tempfile.mkdtemp(prefix="belopp-speed-"))
    try:
        run = write_tables(work / "run", list(sums(postings)))
        measure(str(work / "ledger.db"), run)
        if not shutil.which("initdb", path=PROGRAMS):
            print("postgresql is not installed: left out", file=sys.stderr)
            return
        folder = Path(tempfile.mkdtemp(prefix="belopp-postgresql-"))
        server = Server(folder)
        try:
            server.await_start()
            measure(server.new(), run)
        finally:
            server.stop()
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(work)


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="The ledger measured: gold against ours, and speed.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("gold").add_argument("--differences", action="store_true", help="name each of them")
    commands.add_parser("speed").add_argument("--postings", type=int, default=100_000)
    chosen = parser.parse_args()
    if chosen.command == "speed":
        speed(chosen.postings)
        return 0
    work = Path(tempfile.mkdtemp())
    try:
        for labelled in labelled_sets(work):
            compare(labelled, tell=chosen.differences)
    finally:
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
