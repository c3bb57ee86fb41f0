"""How the sums of one document belong together: parts of totals, restatements, and what they inherit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from belopp.extract import extract
from belopp.links.topics import similar, stems
from belopp.links.years import reach
from belopp.model import CELL, FUNDING, Row
from belopp.read import parse, read
from belopp.sentences import Outline

RAW = Path(__file__).parents[1] / "corpus" / "raw"


def rows(text: str, published: str = "2025-09") -> list[Row]:
    """The rows of a Markdown text."""
    return extract(parse(text.encode(), id="example.md", published=published))


def pointers(found: list[Row], column: str) -> list[int | None]:
    """Which row, counted from 0, each row points to in a column."""
    places = {row.start: index for index, row in enumerate(found)}
    return [None if getattr(row, column) is None else places[getattr(row, column)] for row in found]


# A text, and for each of its sums the number of the sum that it is a part of.
PARTS = {
    "after a colon": (
        "Totalt finns 13 miljoner kronor för bredband: 6 miljoner i anslag, 6 miljoner från EU samt 1 miljon från A.",
        [None, 0, 0, 0],
    ),
    "the nearest that the list makes up": (
        (
            "# Stöd på 50 miljoner kronor\n\nA får 30 miljoner kronor och B får 20 miljoner kronor.\n\n"
            "Stödet till B fördelas: X 12 miljoner kronor och Y 8 miljoner kronor."
        ),
        [None, 0, 0, 2, 2],
    ),
    "sums that open sections": (
        (
            "# Satsning på 13 miljoner kronor 2026\n\nEn satsning görs.\n\n## Läxhjälp\n\nDet blir 6 miljoner kronor "
            "2026 och 7 miljoner kronor 2027.\n\n## Lovskola\n\nDet blir 4 miljoner kronor 2026 och 9 miljoner kronor "
            "2027.\n\n## Simskola\n\nDet blir 3 miljoner kronor 2026 och 1 miljon kronor 2027."
        ),
        [None, 0, None, 0, None, 0, None],
    ),
    "a difference": ("Paketet är på 9 miljoner kronor. Detta är 4 miljoner kronor mer än förra gången.", [None, None]),
    "columns with savings, one of them rounded": (
        (
            "Regeringen avsätter 50 miljoner kronor 2026. För 2027 och 2028 beräknas 61 respektive 70 miljoner "
            "kronor.\n\n| Miljoner kronor | 2026 | 2027 | 2028 |\n|---|---|---|---|\n| A | 40 | 75 | 90 |\n"
            "| B | 10 | 5 | 6 |\n| C | 0 | -20 | -26 |"
        ),
        [None, None, None, 0, 1, 2, 0, 1, 2, 0, 1, 2],
    ),
    "the same sum in each of the years": (
        (
            "Verket får använda 2 miljoner kronor 2025 och 3 miljoner kronor per år under 2026–2028. "
            "Sammantaget får 11 miljoner kronor användas."
        ),
        [2, 2, None],
    ),
    "two halves": (
        (
            "Det avsätts 20 miljoner kronor. Den ena delen är på 12 miljoner kronor. Den andra delen är på 8 miljoner "
            "kronor. Den andra delen är på 15 miljoner kronor."
        ),
        [None, 0, 0, None],
    ),
    "a line between two items": (
        "Paketet på 9 miljoner kronor innehåller:\n\n* A för 5 miljoner kronor.\n  - Så är det.\n* B för 4 miljoner.",
        [None, 0, 0],
    ),
    "most of the title": (
        (
            "# A avsätter 100 miljoner kronor\n\n| Region | Kronor |\n|---|---|\n| Region Skåne | 20 000 000 |\n"
            "| Region Gotland | 10 000 000 |\n| Region Halland | 20 000 000 |\n| Region Kalmar län | 20 000 000 |\n"
            "| Region Kronoberg | 20 000 000 |"
        ),
        [None, 0, 0, 0, 0, 0],
    ),
    "varav, and": (
        "Det avsätts 20 miljoner kronor, varav 12 miljoner kronor till A och 8 miljoner kronor till B.",
        [None, 0, 0],
    ),
    "av dessa": ("Det avsätts 20 miljoner kronor. Av dessa går 12 miljoner kronor till Skolverket.", [None, 0]),
    "the total itself": (
        "Det avsätts 20 miljoner kronor. Av de 20 miljoner kronorna går 12 miljoner kronor till A.",
        [None, None, 0],
    ),
    "one of the largest": (
        "A får 20 miljoner kronor. Sverige är en av de största givarna, med 12 miljoner kronor.",
        [None, None],
    ),
    "the largest share": (
        "Det avsätts 20 miljoner kronor. Den största delen, 12 miljoner kronor, går till A.",
        [None, 0],
    ),
    "that payer, that year": (
        (
            "Staten avsätter 20 miljoner kronor 2025 och 30 miljoner kronor 2026. "
            "Av statens medel för 2025 får A 5 miljoner kronor, exklusive moms, 2025."
        ),
        [None, None, 0],
    ),
    "a part with parts of its own": (
        (
            "Det finns 100 miljoner kronor, varav 40 miljoner kronor till skolan. "
            "Av dessa går 25 miljoner kronor till läxhjälp. Vidare går 15 miljoner kronor till lov."
        ),
        [None, 0, 1, 1],
    ),
    "what is left": (
        "A får 9 miljoner kronor. En utbetalning görs nu, 4 miljoner kronor, och resterande 5 miljoner kronor sedan.",
        [None, 0, 0],
    ),
    "an increase and its level": ("Anslaget ökas med 20 miljoner kronor till totalt 134 miljoner kronor.", [1, None]),
    "a level told of next": (
        "Stödet ökas med 5 miljoner kronor. Det innebär att stödet uppgår till 20 miljoner kronor.",
        [1, None],
    ),
    "fronted": ("Med de nya 5 miljoner kronor uppgår det totala stödet till 20 miljoner kronor.", [1, None]),
    "together with what comes after": (
        "Stödet ökas med 5 miljoner kronor. Tillsammans med tidigare medel på 9 miljoner kronor blir det bra.",
        [None, None],
    ),
    "a part of what is told next": (
        "A får 5 miljoner kronor. Bidraget är en del av stödet till skolan. Stödet till skolan är 20 miljoner kronor.",
        [1, None],
    ),
    "besides": (
        "För skolan avsätts 9 miljoner kronor. A får 4 miljoner kronor. Utöver detta får B 5 miljoner kronor.",
        [None, None, None],
    ),
    "also": ("Kommunerna får 9 miljoner kronor. De ska också få 4 miljoner kronor och 5 miljoner kronor.", [None] * 3),
    "a closing total": (
        "A får 5 miljoner kronor. B får 4 miljoner kronor. Totalt avsätts 9 miljoner kronor.",
        [2, 2, None],
    ),
    "a closing total after a list": (
        (
            "A får 5 miljoner kronor och sju uppdrag ges:\n\n* ett\n* två\n* tre\n* fyra\n* fem\n\n"
            "B får 4 miljoner kronor. Sammantaget avsätts 9 miljoner kronor."
        ),
        [2, 2, None],
    ),
    "headings that sum to the title, and next year": (
        (
            "# 5 miljoner kronor till skolan\n\n## A får 3 miljoner kronor\n\nA får 3 miljoner kronor för 2023. "
            "Det kostar även 3 miljoner kronor för 2024.\n\n## B får 2 miljoner kronor\n\nBra."
        ),
        [None, 0, 0, None, 0],
    ),
    "rounded": (
        "Först kom 450 miljoner kronor. Nu kommer 445 miljoner kronor. Sammantaget är det nästan 900 miljoner kronor.",
        [2, 2, None],
    ),
    "to two each": (
        "A får 3 miljoner kronor. Skolverket får 1,4 miljoner. Formas och Vinnova får 0,8 miljoner kronor vardera.",
        [None, 0, 0],
    ),
    "sections under a title": (
        "# 14 miljoner kronor till skolan\n\n## A får 5 miljoner kronor\n\nJa.\n\n## B får 9 miljoner kronor\n\nJa.",
        [None, 0, 0],
    ),
    "another year of the same": (
        (
            "Uppdragen är tillsammans en satsning på 9 miljoner kronor 2025. För 2026 beräknas 12 miljoner kronor.\n\n"
            "## A\n\nA får 4 miljoner kronor 2025.\n\n## B\n\nB får 5 miljoner kronor 2025."
        ),
        [None, None, 0, 0],
    ),
    "a list": (
        "För skolan avsätts 20 miljoner kronor:\n\n* 5 miljoner kronor till A.\n* 4 miljoner kronor till B.",
        [None, 0, 0],
    ),
    "a list that sums to the title": (
        (
            "# 9,1 miljoner kronor till skolan\n\nDet är en del av de 20 miljoner kronor som finns. De fördelas så:\n\n"
            "* A: 5 050 000 kronor\n* B: 3 050 000 kronor\n* C: 1 000 000 kronor"
        ),
        [None, None, 0, 0, 0],
    ),
    "a total row": ("| Skola | Kronor |\n|---|---|\n| A | 5 000 |\n| B | 4 000 |\n| Summa | 9 000 |", [2, 2, None]),
    "a column that sums to the text": (
        "Regeringen avsätter 9 miljoner kronor.\n\n| Skola | Mnkr |\n|---|---|\n| A | 5 |\n| B | 4 |",
        [None, 0, 0],
    ),
    "chance in another section": (
        (
            "## A\n\nA får 9 miljoner kronor.\n\n## B\n\nB får 4 miljoner kronor.\n\n"
            "## C\n\nC får 5 miljoner kronor.\n\n## D\n\nD får 70 miljoner kronor."
        ),
        [None] * 4,
    ),
    "a sum for each year": ("Ramen är 75 miljoner kronor för 2024–2026, 25 miljoner kronor per år.", [None, 0]),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts_point_to_their_total(name: str) -> None:
    text, parents = PARTS[name]
    assert pointers(rows(text), "part_of") == parents


REPEATS = {
    "title and body": (
        "# 5 miljoner kronor till läxhjälp\n\nSkolverket får 5 miljoner kronor för läxhjälp.",
        [None, 0],
    ),
    "additional in both": (
        "# Ytterligare 5 miljoner kronor till skolan\n\nSkolan får ytterligare 5 miljoner kronor.",
        [None, 0],
    ),
    "a heading over its section": (
        "## Halv miljard till skolan\n\nSkolan får ytterligare 500 miljoner kronor.",
        [None, 0],
    ),
    "a heading, and another year of its money": (
        "## A får 3 miljoner kronor\n\nA får 3 miljoner kronor för 2023. Det kostar 3 miljoner kronor för 2024.",
        [None, 0, None],
    ),
    "a heading again": (
        "Skolan får 2,5 miljarder kronor.\n\n## 2,5 miljarder till skolan\n\nDe 2,5 miljarder kronorna delas ut.",
        [None, 0, 0],
    ),
    "headings side by side": (
        (
            "# Stöd\n\n## A får tre miljoner kronor\n\nA får tre miljoner kronor.\n\n"
            "## B får tre miljoner kronor\n\nB får tre miljoner kronor."
        ),
        [None, 0, None, 2],
    ),
    "told of two bodies alike": (
        (
            "Skolverket får 5 miljoner kronor 2025. För 2026 beräknas 5 miljoner kronor för läxhjälp.\n\n"
            "Boverket får 5 miljoner kronor 2025. För 2026 beräknas 5 miljoner kronor för läxhjälp."
        ),
        [None] * 4,
    ),
    "a quote": ("Skolan får 82 miljoner kronor.\n\n– Nu får skolorna 82 miljoner kronor, säger ministern.", [None, 0]),
    "a quote, rounded": (
        "Skolan får 4,4 miljarder kronor.\n\n– Nästan 4,5 miljarder kronor räcker, säger hon.",
        [None, 0],
    ),
    "ytterligare": ("Skolan får 5 miljoner kronor. Ytterligare 5 miljoner kronor går till skolan.", [None, None]),
    "an unusual figure": (
        "Skolan får 507,5 miljoner kronor. Det är bra. Nu betalas 507,5 miljoner kronor ut till lov.",
        [None, 0],
    ),
    "another currency": ("Skolverket får 5 miljoner euro (55 miljoner kronor).", [None, 0]),
    "a part of another total": (
        (
            "Avtalet är på 20 miljoner kronor, varav regionerna ger 10 miljoner kronor.\n\n"
            "Det andra avtalet är på 17 miljoner kronor, där regionerna ger 10 miljoner kronor."
        ),
        [None, None, None, None],
    ),
    "cells of one year each": (
        (
            "Läxhjälpen får 5 miljoner kronor årligen 2026–2027.\n\n"
            "| Område (mnkr) | 2026 | 2027 |\n|---|---|---|\n| Läxhjälp | 5 | 5 |\n| Lovskola | 7 | 8 |"
        ),
        [None, 0, 0, None, None],
    ),
    "a row of one table row": (
        (
            "Förslaget beräknas minska skatteintäkterna 2026 med 220 miljoner kronor.\n\n"
            "| Offentligfinansiell effekt (mnkr) | 2026 | 2027 |\n|---|---|---|\n| Skatteintäkter | -220 | -440 |"
        ),
        [None, 0, None],
    ),
}


@pytest.mark.parametrize("name", REPEATS)
def test_restatements_point_to_the_first(name: str) -> None:
    text, firsts = REPEATS[name]
    assert pointers(rows(text), "same_as") == firsts


INHERITED = {
    "a part, its total's year": (
        "Det avsätts 20 miljoner kronor för 2026. Bra. Av dessa går 5 miljoner kronor till A.",
        ["2026"] * 2,
    ),
    "money that was added later": (
        "Med de nya 5 miljoner kronor uppgår det totala stödet sedan 2022 till 20 miljoner kronor.",
        ["", "2022-"],
    ),
    "a level, its increase's years": (
        "Anslaget ökas med 20 miljoner kronor från och med 2026, från 114 miljoner kronor till 134 miljoner kronor.",
        ["2026-", "", "2026-"],
    ),
    "a total, one sum a year": (
        "Skolan får 5 miljoner kronor 2026 och 4 miljoner kronor 2027, totalt 9 miljoner kronor.",
        ["2026", "2027", "2026-2027"],
    ),
    "a sum, its cells' years": (
        (
            "Läxhjälpen får 5 miljoner kronor årligen.\n\n"
            "| Mnkr | 2026 | 2027 |\n|---|---|---|\n| Läxhjälp | 5 | 5 |\n| Lov | 7 | 8 |"
        ),
        ["2026-2027", "2026", "2027", "2026", "2027"],
    ),
    "other money of the text": (
        "# 9 miljoner kronor till skolan\n\nSkolverket får 4 miljoner kronor 2026.\n\nBoverket får 3 miljoner kronor.",
        ["", "2026", ""],
    ),
}


@pytest.mark.parametrize("name", INHERITED)
def test_linked_sums_share_their_years(name: str) -> None:
    text, periods = INHERITED[name]
    assert [row.period for row in rows(text)] == periods


def test_what_a_part_points_back_past_its_total_for_is_that_of_the_total() -> None:
    text = (
        "# Nytt stöd om 520 miljoner till fisket\n\nDet delas på 220 miljoner för nät och 300 miljoner till hamnar."
        "\n\nStödet fördelas över flera: Unicef 120 miljoner kronor och Röda Korset 100 miljoner kronor."
    )
    assert [row.area for row in rows(text)][1:] == ["nät", "hamnar", "nät", "nät"]


DOCUMENTS = sorted(path for path in RAW.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(RAW).as_posix())
def test_pointers_keep_the_guide(path: Path) -> None:
    document = read(path, root=RAW)
    found = extract(document)
    by_start = {row.start: row for row in found}
    outline = Outline(document)
    for row in found:
        if row.part_of is not None:
            total = by_start[row.part_of]
            assert row.kind == total.kind == FUNDING
            assert total.same_as is None
            assert row.part_of not in (row.start, row.same_as)
        if row.same_as is not None:
            first = by_start[row.same_as]
            assert first.same_as is None
            assert (row.kind, row.status, row.area, row.part_of) == (
                first.kind,
                first.status,
                first.area,
                first.part_of,
            )
            if outline.blocks[outline.block_at(row.start)].kind == CELL and row.period != first.period:
                assert not row.per
        chain = set()
        while row.part_of is not None:
            assert row.start not in chain, "totals go in a circle"
            chain.add(row.start)
            row = by_start[row.part_of]


def test_helpers_of_linking() -> None:
    assert reach("2025-2027") == ("2025", "2027")
    assert similar(stems("läxhjälp i skolan"), stems("stöd till läxhjälp"))
    assert not similar(stems("läxhjälp"), stems("vägunderhåll"))
    assert sum((row.low for row in rows("A får 5 kronor.")), Decimal(0)) == 5
