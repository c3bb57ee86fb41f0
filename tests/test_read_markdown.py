"""Markdown: each construct gives the blocks that a reader sees, at their places in the source."""

# ruff: noqa: E501
from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from belopp import extract
from belopp.read import parse
from belopp.read.front_matter import NONE, front_matter
from belopp.read.lines import spans_of_lines
from belopp.read.markdown import _is_intricate, _parser, _Walk, blocks_of

if TYPE_CHECKING:
    from tests.blocks import shown
else:
    from blocks import shown

CASES = {
    "title and paragraph": ("# Stöd till vården\n\nStaten ger 5 mnkr.\n", "title1 Stöd till vården|paragraph Staten ger 5 mnkr."),
    "later h1 is a heading": ("# Ett\n\nText.\n\n# Två\n", "title1 Ett|paragraph Text.|heading1 Två"),
    "heading levels, closing marks": ("# A\n\n### B ###\n", "title1 A|heading3 B"),
    "bold in a heading": ("## **Nya medel**\n", "heading2 Nya medel"),
    "bold line is a heading": ("## A\n\n**Så fördelas pengarna**\n\nText.", "heading2 A|heading3 Så fördelas pengarna|paragraph Text."),
    "bold line against its text": ("**Skolan**\nSkolan får 2 mnkr.", "heading2 Skolan|paragraph Skolan får 2 mnkr."),
    "bold sentence is no heading": ("**Staten ger 5 mnkr.**\n", "paragraph Staten ger 5 mnkr."),
    "bold label stays": ("**Vården** får 2 mnkr.", "paragraph **Vården** får 2 mnkr."),
    "setext heading": ("Avtalet\n=======\n\nText.", "title1 Avtalet|paragraph Text."),
    "setext heading that ends in a mark": ("Avtal #\n=======\n", "title1 Avtal #"),
    "underlined sentence is no heading": ("Lagen gäller från den 1 maj.\n-----\nText.", "paragraph Lagen gäller från den 1 maj.|paragraph Text."),
    "rule": ("Ett.\n\n---\n\nTvå.", "paragraph Ett.|paragraph Två."),
    "star items": ("Medlen delas:\n\n* 2 mnkr till A\n* 3 mnkr till B", "paragraph Medlen delas:|item1 2 mnkr till A|item1 3 mnkr till B"),
    "list against its sentence": ("Medlen delas:\n* 2 mnkr till A", "paragraph Medlen delas:|item1 2 mnkr till A"),
    "nested items": ("* Vården\n  + 2 mnkr till A\n    - 1 mnkr till a\n* Skolan", "item1 Vården|item2 2 mnkr till A|item3 1 mnkr till a|item1 Skolan"),
    "item of two paragraphs": ("* Vården\n\n  Den får 2 mnkr.\n", "item1 Vården|item1 Den får 2 mnkr."),
    "numbered items": ("1. 7000 euro\n2. 8000 euro", "item1 7000 euro|item1 8000 euro"),
    "items with a bracket": ("1) ett\n2) två", "item1 ett|item1 två"),
    "dot bullets in one paragraph": ("• 2 mnkr till A\n• 3 mnkr till\nB", "item1 2 mnkr till A|item1 3 mnkr till\nB"),
    "middle dot": ("· forskning", "item1 forskning"),
    "dash speech": ("– Vi satsar 2 mnkr, säger ministern.", "quote Vi satsar 2 mnkr, säger ministern."),
    "hyphen speech": ("- Vi satsar 2 mnkr, säger ministern.", "quote Vi satsar 2 mnkr, säger ministern."),
    "hyphen speech, two": ("- Det är bra.\n\n- Nu satsar vi, säger hon.", "quote Det är bra.|quote Nu satsar vi, säger hon."),
    "minus speech": ("\u2212 Vi satsar, säger ministern.", "quote Vi satsar, säger ministern."),
    "long dash speech": ("— Vi satsar, säger ministern.", "quote Vi satsar, säger ministern."),
    "hyphen items": ("- Skolverket 2 mnkr\n- Socialstyrelsen 3 mnkr", "item1 Skolverket 2 mnkr|item1 Socialstyrelsen 3 mnkr"),
    "dash items": ("– att stärka vården\n– att stärka skolan", "item1 att stärka vården|item1 att stärka skolan"),
    "block quote": ("> Staten ger 5 mnkr.\n> Det räcker.", "quote Staten ger 5 mnkr.|quote Det räcker."),
    "hard-wrapped paragraph": (
        "Regeringen avsätter under året sammanlagt 160 miljarder\nkronor för ändamålet och Socialstyrelsen ska fördela\ndem.",
        "paragraph Regeringen avsätter under året sammanlagt 160 miljarder\nkronor för ändamålet och Socialstyrelsen ska fördela\ndem.",
    ),
    "label list": (
        "Så fördelas medlen:\nNorra länet: 42 426 203 kronor\nSödra länet: 6 983 461 kronor",
        "paragraph Så fördelas medlen:|item1 Norra länet: 42 426 203 kronor|item1 Södra länet: 6 983 461 kronor",
    ),
    "short lines apart": ("Nr 33\nAvtal om stöd\nParis", "paragraph Nr 33|paragraph Avtal om stöd|paragraph Paris"),
    "digits over a line break": ("Staten ger 20\n000 kronor.", "paragraph Staten ger 20\n000 kronor."),
    "blank line of no-break spaces": ("Ett.\n\u00a0\nTvå.", "paragraph Ett.|paragraph Två."),
    "escaped marks": ("\\- Vi satsar, säger ministern.", "quote Vi satsar, säger ministern."),
    "code fence": ("```\nx = 5\n```\n\nText.", "boilerplate ```\nx = 5\n```|paragraph Text."),
    "indented text": ("Ett.\n\n    Staten ger 5 mnkr.", "paragraph Ett.|paragraph Staten ger 5 mnkr."),
    "raw HTML": ("<div>\n<p>Staten ger <b>5</b> mnkr.</p>\n</div>\n", "paragraph Staten ger <b>5</b> mnkr."),
    "HTML comment": ("<!-- 5 mnkr -->\n\nText.", "paragraph Text."),
    "link alone": ("[Satsning på 5 mnkr](/nytt/)\n\nText.", "boilerplate [Satsning på 5 mnkr](/nytt/)|paragraph Text."),
    "link items": ("* [Vården](#a)\n* [Skolan](#b)", "boilerplate [Vården](#a)|boilerplate [Skolan](#b)"),
    "image": ("![bild](/x.png)\n", "boilerplate ![bild](/x.png)"),
    "press contact": (
        "Text.\n\n## Presskontakt\n\nPressekreterare\n\nTfn 08-000 00 00\n\n## Fakta\n\nStaten ger 5 mnkr.",
        "paragraph Text.|boilerplate Presskontakt|boilerplate Pressekreterare|boilerplate Tfn 08-000 00 00|heading2 Fakta|paragraph Staten ger 5 mnkr.",
    ),
    "press line": ("För mer information och intervjuförfrågningar, kontakta pressekreterare.", "boilerplate För mer information och intervjuförfrågningar, kontakta pressekreterare."),
    "front matter": ("---\ntitle: Stöd\n---\n# Stöd\n", "boilerplate ---\ntitle: Stöd\n---|title1 Stöd"),
    "empty heading": ("# \n\nText.", "paragraph Text."),
    "carriage returns": ("# Stöd\r\n\r\nStaten ger\r\n5 mnkr.\r\n", "title1 Stöd|paragraph Staten ger\r\n5 mnkr."),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_blocks(source: str, expected: str) -> None:
    document = parse(source.encode(), id="a.md", format="markdown")
    assert document.text == source
    assert "|".join(shown(document)) == expected


TABLE = """# Medel

| **Nya medel (mnkr)** | | |
| --- | --- | --- |
|  | **2026** | 2027 |
| Vård \\| omsorg | 1 500 | -170 |
| Skola | 5 |
| Totalt | 1 505 | 0 | 9 |

Text.
"""


def test_table_is_a_grid_with_its_empty_cells() -> None:
    document = parse(TABLE.encode(), id="a.md")
    grid: dict[int, list[str]] = {}
    for block in document.blocks:
        if block.kind == "cell":
            assert block.level == 1
            row = grid.setdefault(block.row, [])
            assert block.column == len(row)
            row.append(document.text[block.start : block.end])
    assert list(grid.values()) == [
        ["Nya medel (mnkr)", "", "", ""],
        ["", "2026", "2027", ""],
        ["Vård \\| omsorg", "1 500", "-170", ""],
        ["Skola", "5", "", ""],
        ["Totalt", "1 505", "0", "9"],
    ]


def test_tables_are_numbered() -> None:
    two = "| A | B |\n| --- | --- |\n| 1 | 2 |\n\nText.\n\nA | B\n--- | ---\n3 | 4\n"
    cells = [block for block in blocks_of(two) if block.kind == "cell"]
    assert [(block.level, block.row, block.column) for block in cells] == [
        (table, row, column) for table in (1, 2) for row in (0, 1) for column in (0, 1)
    ]


def test_rows_without_a_rule_row_are_a_table() -> None:
    cells = [block for block in blocks_of("| A | 1 |\n| B | 2 |\n") if block.kind == "cell"]
    assert len(cells) == 4


def test_front_matter_gives_metadata_and_counts_in_the_offsets() -> None:
    source = '---\ntitle: "Stöd till vården"\ndate: 2024-09-17\nurl: https://example.se/a\n---\n\nStaten ger 5 mnkr.\n'
    document = parse(source.encode(), id="a.md")
    assert (document.title, document.published, document.url) == (
        "Stöd till vården",
        "2024-09-17",
        "https://example.se/a",
    )
    assert document.text[document.blocks[-1].start :].startswith("Staten ger 5 mnkr.")
    assert front_matter("---\nText utan fält\n---\n") == NONE


@pytest.mark.parametrize(
    ("fields", "title", "published"),
    [
        (
            'title: "Stöd till \\"nav\\" i norr"\npubDate: "2024-05-06"  # första',
            'Stöd till "nav" i norr',
            "2024-05-06",
        ),
        ("title: 'Läget''24'\npublished_at: 2024-05-06T08:00:00Z", "Läget'24", "2024-05-06"),
        ("title: >-\n  Stöd till\n  fler nav\ndatum: 6 maj 2024", "Stöd till fler nav", "2024-05-06"),
        ("title: Läget # utkast\ndate: 2024-05", "Läget", "2024-05"),
        ("tags:\n  - title: A\nrubrik: Nav\nlastmod: 2025-01-01\npubliceringsdatum: 2024-05-06", "Nav", "2024-05-06"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_front_matter_is_read_as_its_writer_means_it(fields: str, title: str, published: str, end: str) -> None:
    text = f"---\n{fields}\n---\nStaten ger 5 mnkr.\n".replace("\n", end)
    document = parse(text.encode(), id="a.md")
    assert (document.title, document.published) == (title, published)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"] == ["Staten ger 5 mnkr."]


def test_a_front_matter_may_be_toml() -> None:
    text = '+++\ntitle = "Stöd om 5 mnkr"\ndate = 2024-05-06T08:00:00+02:00\ndraft = false\n+++\n\nMer text.\n'
    document = parse(text.encode(), id="a.md")
    assert (document.format, document.title, document.published) == ("markdown", "Stöd om 5 mnkr", "2024-05-06")
    assert [row.text for row in extract(document)] == ["5 mnkr"]


LINES = (
    "", "", "", "Staten ger 5 mnkr.", "och 6 till", "# Rubrik", "## Rubrik ##", "# #", "### **Fet** rubrik ## ", "a) ett", "* a) ett", "####### sju", "#utan", "* 3 mnkr till A", "* punkt",
    "* **Fet** text", "*", "**Fet rad**", "***", "* * *", "- Vi satsar, säger hon.", "- sak", "+ plus", "1. ett", "2026. år", "350 mnkr",
    "– Ja, säger hon.", "---", "===", "| a | b |", "| --- | --- |", "> citat", "    indrag", " ett blanksteg", "```", "<div>", "[a](b)",
    "[a]: b", "[a](b) text", "* [a](b)", "* 1. x", "* # x", "\u00a0", "Text  ", "_kursiv_", ":--", "`kod`", "~~~", "\\- x",
)  # fmt: skip


def test_plain_texts_need_no_parser_and_get_the_same_blocks() -> None:
    chance = random.Random(20220307)
    plain = 0
    for _ in range(4000):
        pool = LINES if chance.random() < 0.3 else LINES[:21]
        source = "\n".join(chance.choice(pool) for _ in range(chance.randint(1, 9)))
        lines = spans_of_lines(source)
        parsed = list(_Walk(source, lines).blocks(_parser().parse(source)))
        ends = [0]
        for block in parsed:
            assert ends[-1] <= block.start <= block.end <= len(source), source
            ends.append(block.end)
        if not _is_intricate(source):
            plain += 1
            assert list(_Walk(source, lines).plain_blocks()) == parsed, source
    assert plain > 500
