"""The years that a sum is for: how years are written, whose they are, and what the text around gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belopp.extract import extract
from belopp.model import Row
from belopp.period import read_years
from belopp.read import parse
from belopp.rulebook import load

EXPRESSIONS = [
    ("2026", ["2026"]),
    ("under 2024 och 2025", ["2024|2025"]),
    ("2025, 2026 och 2027", ["2025|2026|2027"]),
    ("2017 respektive för 2018", ["2017|2018"]),
    ("2024–2026", ["2024-2026"]),
    ("per år 2016-2019.", ["2016-2019"]),
    ("2022–23", ["2022-2023"]),
    ("mellan 2024 och 2026", ["2024-2026"]),
    ("från 1 oktober 2021 till 30 september 2022", ["2021-2022"]),
    ("perioden oktober 2021 – september 2022", ["2021-2022"]),
    ("under tiden den 1 februari – den 30 juni 2025", ["2025"]),
    ("läsåret 2025/26", ["2025-2026"]),
    ("från och med 2026", ["2026-"]),
    ("2026 och framåt", ["2026-"]),
    ("till och med 2026", ["-2026"]),
    ("mellan åren 2024 och 2026", ["2024-2026"]),
    ("jämfört med föregående år", []),
    ("i vårändringsbudgeten", ["2025"]),
    ("i vårändringsbudgeten för 2024", ["2024"]),
    ("i år och nästa år", ["2025", "2026"]),
    ("stödet för 2025 till 29,5 miljarder", ["2025"]),
    ("prop. 2023/24:1, SFS 2024:1252, S2022/04724", []),
    ("den 2010-12-01", ["2010"]),
    ("i 2025 års prisnivå", []),
    ("programmet 2028–20342025/26:FPM1", ["2028-2034"]),
    ("2 024 kronor", []),
]


@pytest.mark.parametrize(("text", "periods"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_years_are_read(text: str, periods: list[str]) -> None:
    assert [years.period for years in read_years(text, 0, len(text), "2025-03", load())] == periods


@given(st.integers(1990, 2060), st.integers(1, 30))
def test_a_span_of_years_keeps_its_ends(first: int, length: int) -> None:
    text = f"åren {first}–{first + length}"
    last = first + length
    expected = [f"{first}-{last}"] if last < 2070 else []
    assert [y.period for y in read_years(text, 0, len(text), "", load()) if y.rule == "period.span"] == expected


def rows(text: str, published: str = "") -> list[Row]:
    """The rows of a Markdown text."""
    return extract(parse(text.encode(), id="example.md", published=published))


SENTENCES = {
    "money left over": (
        "Skolan får 6 miljoner kronor 2025, varav 2 miljoner kronor är överförda från 2024.",
        ["2025", "2025"],
    ),
    "an older agreement": (
        "Tillägget omfattar 4 miljoner kronor och hör till överenskommelsen från december 2019.",
        [""],
    ),
    "yearly from then on": (
        "Skolan får 6 miljoner kronor 2025 och 5 miljoner kronor årligen därefter.",
        ["2025", "2026-"],
    ),
    "two years compared": (
        "Anslaget beräknas öka från 7 till 8 miljarder kronor mellan 2023 och 2026.",
        ["", "2026"],
    ),
    "a raise between two years": (
        "Därmed ökas anslaget med 3 miljarder kronor mellan 2023 och 2024.",
        ["2024"],
    ),
    "a decade is no year": (
        "Sedan 1990-talet har stödet uppgått till 3 miljoner kronor.",
        [""],
    ),
    "the same amount on to a year": (
        "För 2026 får A 200 miljoner kronor och 4 miljoner kronor 2027, därefter samma belopp till och med 2035.",
        ["2026", "2027-2035"],
    ),
    "the same amount in another year": (
        "Skolverket fick 5 miljoner kronor 2024 och regeringen beräknade samma belopp under 2025.",
        ["2024"],
    ),
    "the same period": (
        "A får 7 miljoner kronor per år 2025–2026 och B får 3 miljoner kronor per år för samma period.",
        ["2025-2026", "2025-2026"],
    ),
    "a verb after the year opens the next sum": (
        "Under 2025 får A 8 miljoner kronor och för 2026 föreslår regeringen att det ska bli 9 miljoner kronor.",
        ["2025", "2026"],
    ),
    "since, up to a day": ("Sedan mars 2022 har A fått 4 miljarder kronor (24 mars 2023).", ["2022-2023"]),
    "years counted from the first": (
        "En treårig satsning på 3 miljoner kronor per år från och med 2026 görs.",
        ["2026-2028"],
    ),
    "a series of years": ("Skolverket får 3 miljoner kronor 2025 och 4 miljoner kronor 2026.", ["2025", "2026"]),
    "a year that opens the next sum": (
        "Under 2025 tillförs 3 miljoner kronor och för 2026–2027 beräknas årligen 4 miljoner kronor.",
        ["2025", "2026-2027"],
    ),
    "more than another year": ("Det kostar 3 miljoner kronor, vilket är 1 miljon kronor mer än 2025.", ["", ""]),
    "money with something included": (
        "Det kostar 3 miljoner kronor inklusive moms 2025 och 4 miljoner kronor inklusive moms från 2026.",
        ["2025", "2026-"],
    ),
    "years that open the sentence": (
        "Under 2025 får Skolverket 3 miljoner kronor och Boverket 4 miljoner kronor.",
        ["2025", "2025"],
    ),
    "one year for each of two": ("För 2026 och 2027 beräknas 6 respektive 8 miljoner kronor.", ["2026", "2027"]),
    "two years for both": ("För 2026 och 2027 beräknas 6 och 8 miljoner kronor.", ["2026|2027", "2026|2027"]),
    "a year that goes on": (
        "Skolverket får 7 miljoner kronor 2026 och därefter 10 miljoner kronor årligen.",
        ["2026", "2027-"],
    ),
    "a year, a verb, and on": (
        "Skolan får 7 miljoner kronor avsatta år 2026 och därefter 10 miljoner kronor årligen.",
        ["2026", "2027-"],
    ),
    "an old level": ("För 2026 höjs stödet från 3 till 4 miljoner kronor.", ["", "2026"]),
    "an old level with its year": (
        "Stödet minskar från 56 miljarder kronor 2025 till 53 miljarder kronor 2026.",
        ["2025", "2026"],
    ),
    "what was told before": ("Stödet får den tidigare aviserade satsningen på 3 miljoner kronor 2026.", ["2026"]),
    "a year in a clause": ("Skolverket får 3 miljoner kronor till kommuner som under 2024 hade få lärare.", [""]),
    "a margin of error": (
        "Skadan var 3 miljoner kronor under 2021, med ett spann på 2–4 miljoner kronor.",
        ["2021", "2021"],
    ),
    "a bill, and a year of its own": (
        "I budgetpropositionen för 2026 får Skolverket 3 miljoner kronor 2027.",
        ["2027"],
    ),
    "a bill alone": ("I budgetpropositionen för 2026 får Skolverket 3 miljoner kronor årligen.", ["2026-"]),
    "a bill, and years counted of something else": (
        "I budgetpropositionen för 2026 får Skolverket 5 miljoner kronor per år, utöver en tvåårig satsning på läxor.",
        ["2026-"],
    ),
    "permanent, and years counted": (
        "I budgetpropositionen för 2026 får A 5 miljoner kronor permanent per år sett under två år.",
        ["2026-"],
    ),
    "a rise from a year on": ("En ökning från och med 2026 med 5 miljoner kronor ges till A.", ["2026-"]),
    "a rise compared with a year": (
        "För 2026 föreslås en höjning jämfört med föregående år med 5 miljoner kronor.",
        ["2026"],
    ),
    "beside what is of today": (
        "Under 2026 ska 4 miljoner kronor, att jämföras med dagens 3 miljoner kronor, gå till A och 5 miljoner till B.",
        ["2026", "", "2026"],
    ),
    "raised from what is of today": (
        "Taket kan jämföras med dagens tak och höjs 2026 till 5 miljoner kronor.",
        ["2026"],
    ),
    "the year before": (
        "Läxorna kostade 5 miljoner kronor 2024, ned från 6 miljoner kronor året innan (7 miljoner kronor 2022).",
        ["2024", "2023", "2022"],
    ),
    "set against another year": (
        "Hyran var 9 kronor per meter 2024, jämfört med 8 kronor per meter 2023.",
        ["2024", "2023"],
    ),
    "set against the same time": (
        "Läxorna kostade 5 miljoner kronor till och med mars, att jämföra med 4 miljoner kronor samma tid 2023.",
        ["", "2023"],
    ),
    "a bill beside its own sum": (
        "Underskottet blir 8 miljarder kronor i statens budget 2024 och 5 miljarder kronor 2025.",
        ["2024", "2025"],
    ),
    "an account for a year": ("Skolan redovisar för 2024 ett resultat på 5 miljoner kronor.", ["2024"]),
    "raised per piece, to what": (
        "Avgiften höjs med 2 kronor per liter till sammanlagt 9 kronor per liter 2026.",
        ["2026", "2026"],
    ),
    "the quarter of a year": ("Kv 3 2024 blev resultatet 5 miljoner kronor.", ["2024"]),
    "joined to a later year": (
        "Skolan får 3 miljoner kronor till läxhjälp och 4 miljoner kronor till lov 2026.",
        ["2026", "2026"],
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_years_go_to_their_sums(name: str) -> None:
    text, periods = SENTENCES[name]
    assert [row.period for row in rows(text)] == periods


AROUND = {
    "a column": ("| Område (mnkr) | 2026 | 2027 |\n|---|---|---|\n| Läxhjälp | 40 | 50 |", "", ["2026", "2027"]),
    "a heading": ("# Satsningar 2026\n\nSkolverket får 3 miljoner kronor.", "", ["2026"]),
    "a heading, for each year": ("# Satsningar 2026\n\nSkolverket får 3 miljoner kronor per år.", "", ["2026-"]),
    "a name with a year": ("# Inför Expo 2025\n\nSkolverket får 3 miljoner kronor.", "", [""]),
    "the sum before": ("För 2025 får Skolverket 9 miljoner kronor. Boverket får 3 miljoner kronor.", "", ["2025"] * 2),
    "a series, for each year": (
        "Skolan får 4 miljoner kronor 2025 och 5 miljoner kronor 2026. Av detta går 2 miljoner kronor per år till A.",
        "",
        ["2025", "2026", "2025-2026"],
    ),
    "then": (
        "Skolan får 216 miljoner kronor 2025. Därefter beräknas 433 miljoner kronor årligen.",
        "",
        ["2025", "2026-"],
    ),
    "a bill told of elsewhere": (
        "Skolverket får 3 miljoner kronor.\n\nFörslaget lämnas i budgetpropositionen för 2026.",
        "2025-09",
        ["2026"],
    ),
    "a bill of the past": (
        "Skolverket får 3 miljoner kronor.\n\nDet stod i budgetpropositionen för 2020.",
        "2025-09",
        [""],
    ),
    "money already given": (
        "Sverige har gett skolan 3 miljoner kronor.\n\nMer kommer i budgetpropositionen för 2026.",
        "2025-09",
        [""],
    ),
    "money given some time ago": (
        "Då tilldelade regeringen skolan 3 miljoner kronor.\n\nMer kommer i budgetpropositionen för 2026.",
        "2025-09",
        [""],
    ),
    "the year of an account": (
        "I redovisningen 2026 ska skolan höras. För detta avsätts 3 miljoner kronor.",
        "",
        [""],
    ),
    "what is given now": ("Under 2024 kom nya böcker. Nu avsätts ytterligare 3 miljoner kronor.", "", [""]),
    "a count of children is no sum": (
        "År 2024 föddes 2 miljoner spädbarn. Stödet på 3 miljoner kronor hjälper dem.",
        "",
        [""],
    ),
    "a span without names": ("# Satsningar 2026\n\nSkolverket får 3 miljoner kronor under tre år.", "", [""]),
    "a span named above": (
        "# Satsningar 2026–2028\n\nSkolverket får 3 miljoner kronor under tre år.",
        "",
        ["2026-2028"],
    ),
    "the day a rule begins": (
        "Avgiften höjs till 400 kronor. Ändringen träder i kraft den 1 juli 2026.",
        "",
        ["2026-"],
    ),
    "a rise from a day": (
        "Bidraget höjs med 70 kronor per dag. Ersättningarna höjs från och med den 1 januari 2026.",
        "",
        ["2026-"],
    ),
    "permanent money of a bill": (
        "Regeringen gör en permanent förstärkning med 20 miljoner kronor.\n\nDet sker i budgetpropositionen för 2026.",
        "2025-09",
        ["2026-"],
    ),
    "a level of today": (
        "Stödet uppgår i dagsläget till 4 miljoner kronor.\n\nDet framgår av budgetpropositionen för 2026.",
        "2025-09",
        [""],
    ),
    "a forecast begins with no rule": (
        "Priset väntas stiga med 400 kronor per vara. Ändringen träder i kraft den 1 juli 2026.",
        "",
        [""],
    ),
}


@pytest.mark.parametrize("name", AROUND)
def test_the_text_around_gives_years(name: str) -> None:
    text, published, periods = AROUND[name]
    assert [row.period for row in rows(text, published)] == periods


def test_every_period_says_which_rule_gave_it() -> None:
    for text, _ in SENTENCES.values():
        for row in rows(text):
            assert not row.period or any(reason.column == "period" for reason in row.because), row.text
