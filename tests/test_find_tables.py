"""Sums in table cells whose unit stands elsewhere: header, label, caption, text around, total row, body."""

from __future__ import annotations

import pytest

from belopp import rulebook
from belopp.find import mentions
from belopp.read import parse

BOOK = rulebook.load()


def cells(markdown: str) -> list[str]:
    """Each mention as its text and value, of a Markdown document."""
    document = parse(markdown.encode(), id="table.md")
    return [f"{mention.text} = {mention.low:f}" for mention in mentions(document, BOOK)]


def table(*rows: str) -> str:
    """A Markdown table of rows such as ``"Skåne | 5"``; the first is its head."""
    lines = [f"| {row} |" for row in rows]
    rule = "|".join(" --- " for _ in rows[0].split("|"))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]]) + "\n"


BODY = "Skola får 40 miljoner kronor och vård 7 miljoner kronor.\n\n"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (table("Region | Totalt (kronor)", "Skåne | 5 000", "**Summa** | **7 000**"), ["5 000 = 5000", "7 000 = 7000"]),
        (table("Insats (mnkr) | |", " | **2026** | **2027**", "Skola | 5 | 6"), ["5 = 5000000", "6 = 6000000"]),
        (table("Insats (mnkr) | |", " | 2026 | 2027", "Skola | 5 | 2026"), ["5 = 5000000", "2026 = 2026000000"]),
        (table("Råd | 2025 (mnkr) | 2026 (mnkr)", "Forte | 62 | -4,5"), ["62 = 62000000", "4,5 = 4500000"]),
        (table("År | EU-medel, mn€ | mnkr", "Norr | 2 | 0"), ["2 = 2000000", "0 = 0"]),
        (table(" | 2026", "Miljarder kronor | 40"), ["40 = 40000000000"]),
        ("Belopp i tusental kronor:\n\n" + table("Län | Stöd", "Skåne | 12"), ["12 = 12000"]),
        (table("Län | Stöd", "Skåne | 12", "Totalt | 12 tkr"), ["12 = 12000", "12 tkr = 12000"]),
        (table("Län | Stöd", "Skåne | 12") + "\nSiffror i miljoner kronor.\n", ["12 = 12000000"]),
        (table("Post | Belopp i 1 000 kr", "Bro | 12"), ["12 = 12000"]),
        (table("Post | 1000-tal kronor", "Bro | 12"), ["12 = 12000"]),
        (table("Post | Belopp i tusen kronor", "Bro | 12"), ["12 = 12000"]),
        (table("Post | Tusen kronor", "Bro | 12"), ["12 = 12000"]),
        (table("Post | Budget (t kr)", "Bro | 12"), ["12 = 12000"]),
        (table("Post | USD (miljoner)", "Bro | 12"), ["12 = 12000000"]),
        (table("Post | Kostnad (milj.)", "Bro | 12"), ["12 = 12000000"]),
        (table("Post | Antal (milj.)", "Bro | 12"), []),
        (table("MSEK | Not | 2024", "Resultat | 3 | 56", "Skatt | 4, 8 | (12)"), ["56 = 56000000", "12 = 12000000"]),
        (table("mnkr | (2024)", "Skola | ca 7", "Vård | ±0"), ["7 = 7000000", "0 = 0"]),
        (
            "# 100 000 till Läxklubben\n\nDen får 100 000 kronor. Det kommer 100 000 barn.\n\n## 100 000 barn\n",
            ["100 000 = 100000", "100 000 kronor = 100000"],
        ),
        ("Det kostar 5 kr.\n\n" + table("Län | Belopp", "Skåne | 1 200 000"), ["5 kr = 5", "1 200 000 = 1200000"]),
        (
            BODY + table("Område | 2026", "Skola | 40", "Vård | 7", "Tåg | 3"),
            [
                "40 miljoner kronor = 40000000",
                "7 miljoner kronor = 7000000",
                "40 = 40000000",
                "7 = 7000000",
                "3 = 3000000",
            ],
        ),
        (table("Stöd (mnkr) | Antal barn | 2026", "Skola | 300 | 5"), ["5 = 5000000"]),
        (table("Stöd | Belopp | Enhet", "Skola | 5 | tkr", "Vård | 6 | mnkr"), ["5 = 5000", "6 = 6000000"]),
        (table("Stöd | Belopp | Enhet", "Skola | 5 | 7 tkr"), ["7 tkr = 7000"]),
        (table("Blekinge | 8 281 730 kr", "Skåne | 5 kr"), ["8 281 730 kr = 8281730", "5 kr = 5"]),
        ("Det kostar 5 kr.\n\n" + table("Län | Antal", "Skåne | 12"), ["5 kr = 5"]),
        (table("Län | Belopp", "Skåne | 1 200 000"), []),
    ],
    ids=range(28),
)
def test_cells(markdown: str, expected: list[str]) -> None:
    assert cells(markdown) == expected


def test_a_hedge_may_stand_in_the_cell() -> None:
    document = parse(table("mnkr | 2024", "Skola | ca 7", "Vård | 8").encode(), id="table.md")
    assert [mention.modifier for mention in mentions(document, BOOK)] == ["approx", ""]


def test_boilerplate_and_links_hold_no_sum() -> None:
    assert cells("# Nytt\n\n[Läs om 5 miljoner kronor](/5-miljoner-kronor)\n") == []
