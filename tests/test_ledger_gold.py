"""What the ledger makes of hand-labelled rows, and of ours, to the öre."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from belopp import batch, rulebook
from belopp.batch.examining import source_bytes
from belopp.extract import extract
from belopp.ledger import Planned, from_rows, labelled_rows, plan, read_run, total_posted
from belopp.ledger.statements import Material
from belopp.model import Document
from belopp.read import lay_out, parse

ROOT: Final = Path(__file__).parents[1]
CORPUS: Final = ROOT / "corpus"


def read_all(folder: Path) -> dict[str, Document]:
    found = {}
    for publication in batch.gather([str(folder)]):
        about = publication.listing
        document = parse(
            source_bytes(publication.path), id=publication.doc, path_hint=publication.doc,
            published=about.published, title=about.title, url=about.url,
        )  # fmt: skip
        found[publication.doc] = lay_out(document)
    return found


def planned(material: Material) -> dict[str, Planned]:
    return plan(material.statements, {publication.doc: publication for publication in material.publications})


def by_statement(found: Mapping[str, Planned]) -> dict[str, list[tuple[str, str, int]]]:
    """By the amount that counts: kind, period and öre of what it is posted as."""
    kept = defaultdict(list)
    for item in found.values():
        for posting in item.postings:
            kept[item.commitment.key.amount_id].append((posting.kind, posting.period, posting.amount))
    return kept


def test_the_gold_rows_of_the_seeds_post_18_361_900_000_kronor(shared: Path) -> None:
    gold = labelled_rows(shared / "data" / "gold" / "seeds.csv")
    found = planned(from_rows(gold, read_all(shared / "data" / "seeds"), rulebook.load()))
    assert total_posted(found) == 18_361_900_000 * 100


def test_our_rows_of_the_corpus_are_posted_as_the_gold_rows_are() -> None:
    documents, book = read_all(CORPUS / "raw"), rulebook.load()
    labelled = labelled_rows(CORPUS / "gold" / "amounts.csv")
    gold = {doc: labelled.get(doc, []) for doc in documents}
    ours = {doc: extract(document, book=book) for doc, document in documents.items()}
    left = by_statement(planned(from_rows(gold, documents, book)))
    right = by_statement(planned(from_rows(ours, documents, book)))
    alike = sum(right.get(amount) == postings for amount, postings in left.items())
    assert alike / len(left.keys() | right.keys()) >= 0.95


def test_a_run_posts_what_its_rows_post(tmp_path: Path) -> None:
    """The tables of a run, read back, plan the same as the rows in memory."""
    batch.run([str(CORPUS / "raw")], out=tmp_path / "out")
    documents, book = read_all(CORPUS / "raw"), rulebook.load()
    rows = {doc: extract(document, book=book) for doc, document in documents.items()}
    assert by_statement(planned(read_run(tmp_path / "out").material)) == by_statement(
        planned(from_rows(rows, documents, book))
    )


def test_a_labelled_sheet_is_read_as_rows() -> None:
    with (CORPUS / "gold" / "amounts.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = labelled_rows(CORPUS / "gold" / "amounts.csv")
    assert sum(map(len, rows.values())) == len(lines)
    (row,) = [row for row in rows[lines[0]["doc"]] if row.start == int(lines[0]["start"])]
    assert (str(row.low), "|".join(row.payer), row.area) == (lines[0]["low"], lines[0]["payer"], lines[0]["area"])
