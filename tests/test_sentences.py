"""Sentences, words and places in a table."""

from __future__ import annotations

import gc

import pytest

from belopp.area.readings import Readings
from belopp.extract import extract
from belopp.model import CELL, Document
from belopp.read import parse
from belopp.sentences import Outline, split_sentences, words

SENTENCES = [
    ("Det kostar 5 kr. Sedan 10 kr.", ["Det kostar 5 kr.", "Sedan 10 kr."]),
    ("Det gäller bl.a. Skolverket. Och fler.", ["Det gäller bl.a. Skolverket.", "Och fler."]),
    ("Stödet löper t.o.m. 2026. Därefter minskar det.", ["Stödet löper t.o.m. 2026.", "Därefter minskar det."]),
    ("Avgiften är 9,50 kr fr.o.m. 1 januari.", ["Avgiften är 9,50 kr fr.o.m. 1 januari."]),
    ("Räcker det? Nej!", ["Räcker det?", "Nej!"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sentences_end_at_stops_but_not_at_those_of_abbreviations(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_words_keep_genitives_of_abbreviations_and_hyphens_whole() -> None:
    assert words("SKR:s hälso- och sjukvård, 1177").said == [
        "SKR:s", "hälso", "-", "och", "sjukvård", ",", "1177",
    ]  # fmt: skip


TABLE = """# Medel till regionerna

Siffror i kronor.

| Stöd till skolan (mnkr) | | |
|---|---|---|
| | 2026 | 2027 |
| Läxhjälp | 40 | 50 |
| Lovskola | 10 | 20 |
"""


def table() -> tuple[Document, Outline]:
    document = parse(TABLE.encode(), id="tabell.md")
    return document, Outline(document)


def test_a_cell_knows_its_row_label_column_header_and_caption() -> None:
    document, outline = table()
    cell = next(b for b in document.blocks if document.text[b.start : b.end].strip() == "50")
    grid = outline.grid(cell.level)
    assert grid.words_of(grid.row_label(cell)) == "Läxhjälp"
    assert grid.words_of(grid.column_header(cell)) == "2027"
    assert grid.words_of(grid.caption()) == "Stöd till skolan (mnkr)"


def test_a_table_is_led_in_by_the_paragraph_before_it() -> None:
    document, outline = table()
    first = next(i for i, block in enumerate(document.blocks) if block.kind == CELL)
    lead = outline.lead_in(first)
    assert lead is not None
    assert document.text[document.blocks[lead].start :].startswith("Siffror i kronor")


def test_headings_govern_what_stands_below_them_until_the_next_of_their_level() -> None:
    document = parse(b"# A\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n", id="rubriker.md")
    outline = Outline(document)

    def over(text: str) -> list[str]:
        block = next(i for i, b in enumerate(document.blocks) if document.text[b.start : b.end] == text)
        return [document.text[document.blocks[h].start : document.blocks[h].end] for h in outline.headings(block)]

    assert over("b") == ["A", "B"]
    assert over("c") == ["A", "B", "C"]
    assert over("d") == ["A", "D"]


def test_what_is_read_of_a_document_goes_with_it() -> None:
    text = "# Stöd till bin\n\nBoverket får 3 miljoner kronor 2025 och 4 miljoner kronor 2026 för kupor.\n"
    gc.collect()
    gc.disable()
    try:
        assert len(extract(parse(text.encode(), id="bin.md", path_hint="bin.md"))) == 2
        assert not [one for one in gc.get_objects() if isinstance(one, Readings)]
    finally:
        gc.enable()
