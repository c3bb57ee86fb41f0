"""Sums of money in bare strings: span, value, currency, hedge, per and VAT."""

from __future__ import annotations

import pytest

from belopp import rulebook
from belopp.find import find, has_money
from belopp.model import Mention

BOOK = rulebook.load()


def said(text: str) -> list[str]:
    """Each mention as its text and value."""
    return [f"{mention.text} = {value(mention)}" for mention in find(text)]


def value(mention: Mention) -> str:
    """A mention's value, with the currency unless it is kronor."""
    ends = str(mention.low) if mention.low == mention.high else f"{mention.low}..{mention.high}"
    return ends if mention.currency == "SEK" else f"{ends} {mention.currency}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det blir 384 miljoner kronor.", ["384 miljoner kronor = 384000000"]),
        ("Det blir 326\u00a0000\u202f000 kronor.", ["326\u00a0000\u202f000 kronor = 326000000"]),
        ("Det blir 2\u2009967 tkr.", ["2\u2009967 tkr = 2967000"]),
        ("Det blir 5 mil\u00adjoner kro\u00adnor.", ["5 mil\u00adjoner kro\u00adnor = 5000000"]),
        ("Det blir 5 miljoner\u200b kronor.", ["5 miljoner\u200b kronor = 5000000"]),
        ("Det blir **60 miljoner kronor**.", ["60 miljoner kronor = 60000000"]),
        ("Det blir 5\\-10 miljoner kronor.", ["5\\-10 miljoner kronor = 5000000..10000000"]),
        ("Det blir 160 miljarder\nkronor i år.", ["160 miljarder\nkronor = 160000000000"]),
        ("De får 1 miljon\n2 miljoner går vidare", ["1 miljon = 1000000", "2 miljoner = 2000000"]),
        ("Staten avsätta920 000 kronor.", ["920 000 kronor = 920000"]),
        ("Det blir 1,46miljarder kronor2 nu.", ["1,46miljarder kronor = 1460000000"]),
        ("Det blir 1, 5 miljarder kronor.", ["1, 5 miljarder kronor = 1500000000"]),
        ("Det blir 2,7 kronor miljoner.", ["2,7 kronor miljoner = 2700000"]),
        ("Det blir 2 miljoner i kronor.", ["2 miljoner i kronor = 2000000"]),
        ("Det blir 44 7 500 000 kronor.", ["44 7 500 000 kronor = 447500000"]),
        ("Det blir 2.500 kronor.", ["2.500 kronor = 2500"]),
        ("Det blir 5,000 kronor.", ["5,000 kronor = 5000"]),
        ("Det blir 1.145 miljarder kronor.", ["1.145 miljarder kronor = 1145000000"]),
        ("Det blir 28,486 miljarder kronor.", ["28,486 miljarder kronor = 28486000000"]),
        ("Under 2024 130 miljoner kronor.", ["130 miljoner kronor = 130000000"]),
        ("Under 2024, 150 miljoner kronor.", ["150 miljoner kronor = 150000000"]),
        ("Från 2022 till 71 000 kronor.", ["71 000 kronor = 71000"]),
        ("Boten höjs från 2000 till 4000 kronor.", ["2000 = 2000", "4000 kronor = 4000"]),
        ("Det blir niohundranittionio miljarder kronor.", ["niohundranittionio miljarder kronor = 999000000000"]),
        ("Det blir en halv miljard.", ["en halv miljard = 500000000"]),
        ("Det blir två och en halv miljon kronor.", ["två och en halv miljon kronor = 2500000"]),
        ("Det blir halvannan miljard.", ["halvannan miljard = 1500000000"]),
        ("Det blir 1 miljard 35 miljoner kronor.", ["1 miljard 35 miljoner kronor = 1035000000"]),
        ("Avgiften blir 9 kr 50 öre.", ["9 kr 50 öre = 9.5"]),
        ("Skatten blir 2 kronor och 20 öre.", ["2 kronor och 20 öre = 2.2"]),
        ("Biljetten kostar 500:- idag.", ["500:- = 500"]),
        ("Biljetten kostar 5–600 kronor.", ["5–600 kronor = 500..600"]),
        ("Månadslönen höjs med 2-3000 kronor.", ["2-3000 kronor = 2000..3000"]),
        ("Bidraget är 10–15 000 kronor.", ["10–15 000 kronor = 10000..15000"]),
        ("Bidraget är 25-30000 kr.", ["25-30000 kr = 25000..30000"]),
        ("Barn 7–12 100 kr, vuxna 7–12 500 kr.", ["100 kr = 100", "7–12 500 kr = 7000..12500"]),
        ("Det kostar 50 á 60 kr.", ["50 á 60 kr = 50..60"]),
        ("Priserna är 1–500 kronor.", ["1–500 kronor = 1..500"]),
        ("Det blir 5–50 miljoner kronor.", ["5–50 miljoner kronor = 5000000..50000000"]),
        ("Straffet blir dagsböter, 50 à 200 kronor.", ["200 kronor = 200"]),
        ("Det kostar 5 à 6 mnkr.", ["5 à 6 mnkr = 5000000..6000000"]),
        ("Klockan 18, 100 kr i entré.", ["100 kr = 100"]),
        ("Det blir 100, 150 och 200 mkr.", ["100 = 100000000", "150 = 150000000", "200 mkr = 200000000"]),
        ("Skolpengen är för F-3 65 432 kr och 4-6 71 234 kr.", ["65 432 kr = 65432", "71 234 kr = 71234"]),
        ("Till väg E4 300 miljoner kronor.", ["300 miljoner kronor = 300000000"]),
        ("Åren 2024-26 300 tkr.", ["300 tkr = 300000"]),
        ("Utgiftsområde 25 150,2 mdkr.", ["150,2 mdkr = 150200000000"]),
        ("Vinsten blev 66 (2017: 139) MSEK.", ["66 = 66000000", "139) MSEK = 139000000"]),
        ("Vinsten blev 66 MSEK (2017: 39).", ["66 MSEK = 66000000", "39 = 39000000"]),
        ("Utfallet blev 345 mnkr (budget 350).", ["345 mnkr = 345000000", "350 = 350000000"]),
        ("Utfallet blev 345 mnkr mot budgeterade 350.", ["345 mnkr = 345000000", "350 = 350000000"]),
        ("Stödet är 3 miljoner² per år.", ["3 miljoner = 3000000"]),
        ("Stödet är 12 miljoner kronor¹ per år.", ["12 miljoner kronor = 12000000"]),
        ("Böterna är ettusen kronor.", ["ettusen kronor = 1000"]),
        ("Det blir en miljon tvåhundratusen kronor.", ["en miljon tvåhundratusen kronor = 1200000"]),
        ("Det blir 1 miljon 200 tusen kronor.", ["1 miljon 200 tusen kronor = 1200000"]),
        ("Det blir 3 tusen miljoner kronor.", ["3 tusen miljoner kronor = 3000000000"]),
        ("Bidraget är kr. 150 000 för 2024.", ["150 000 = 150000"]),
        ("Skadeståndet bestäms till kronor 12 500.", ["12 500 = 12500"]),
        ("Myndigheten får högst l miljon kronor.", ["l miljon kronor = 1000000"]),
        ("Belopp (tkr): 45", ["45 = 45000"]),
        ("Summa i kronor: 45 000.", ["45 000 = 45000"]),
        ("Det blir 3&nbsp;000 kronor.", ["3&nbsp;000 kronor = 3000"]),
        ("Det blir 3&#160;000&thinsp;000 kronor.", ["3&#160;000&thinsp;000 kronor = 3000000"]),
        ("Det blir 3&#x202F;000 kronor.", ["3&#x202F;000 kronor = 3000"]),
        ("Det blir 3\u3000000\u2005000 kronor.", ["3\u3000000\u2005000 kronor = 3000000"]),
        ("Det blir \uff13\uff0c\uff15 miljoner kronor.", ["\uff13\uff0c\uff15 miljoner kronor = 3500000"]),
        ("Det blir 3\u00b7000\u00b7000 kronor.", []),
        ("Det blir <b>12</b> miljoner kronor.", ["12</b> miljoner kronor = 12000000"]),
        ("De får SEK 400-500 million.", ["400-500 million = 400000000..500000000"]),
        ("Stödet är €5 miljoner.", ["5 miljoner = 5000000 EUR"]),
        ("Mellan 5 och 10 miljoner euro.", ["5 och 10 miljoner euro = 5000000..10000000 EUR"]),
        ("Mellan 500 000 och 1 miljon kronor.", ["500 000 och 1 miljon kronor = 500000..1000000"]),
        ("Mellan 5 000 kr och 10 000 kr.", ["5 000 kr och 10 000 kr = 5000..10000"]),
        ("Det blir 9 000 – 17 000 kronor.", ["9 000 – 17 000 kronor = 9000..17000"]),
        ("Tre till fyra kronor räcker.", ["Tre till fyra kronor = 3..4"]),
        ("100 respektive 150 miljoner kronor.", ["100 = 100000000", "150 miljoner kronor = 150000000"]),
        ("Anslaget ökas med 2 744 respektive 2 180 mnkr.", ["2 744 = 2744000000", "2 180 mnkr = 2180000000"]),
        ("Höjs från 100 till 150 miljoner.", ["100 = 100000000", "150 miljoner = 150000000"]),
        ("Avdraget höjs med 5 000 till 15 000 kronor.", ["5 000 = 5000", "15 000 kronor = 15000"]),
        ("Det blev -11,2 (18,6) miljarder kronor.", ["11,2 = 11200000000", "18,6) miljarder kronor = 18600000000"]),
        ("Kassan blev SEK 1,6 (-1,4) miljarder.", ["1,6 = 1600000000", "1,4) miljarder = 1400000000"]),
        ("Kassan blev EUR 1,6 (1,4) miljarder i år.", ["1,6 = 1600000000 EUR", "1,4) miljarder = 1400000000 EUR"]),
        ("Resultatet blev 61 MSEK (62).", ["61 MSEK = 61000000", "62 = 62000000"]),
        ("Resultatet blev 8 mnkr (-5,2) i år.", ["8 mnkr = 8000000", "5,2 = 5200000"]),
        ("Resultatet blev 1 MSEK (0).", ["1 MSEK = 1000000", "0 = 0"]),
        ("Vinsten blev 0,01 kronor (0,10).", ["0,01 kronor = 0.01", "0,10 = 0.1"]),
        ("Stödet är 5 miljoner kronor (3).", ["5 miljoner kronor = 5000000"]),
        ("Stödet är 5 mnkr (2024).", ["5 mnkr = 5000000"]),
        ("Stödet är 500 000 kr (12) i stad (9).", ["500 000 kr = 500000"]),
        ("Priset är 500 kr (25 %).", ["500 kr = 500"]),
        ("Vinsten blev 3:37 SEK (3:29).", ["3:37 SEK = 3.37", "3:29 = 3.29"]),
        ("Aktien kostar SEK 112:50.", ["112:50 = 112.5"]),
        ("Anslaget 1:12 får 5 miljoner kronor.", ["5 miljoner kronor = 5000000"]),
        ("Från kl. 10:15 kronor räknas.", []),
        ("Frakten är €150,- och SEK 500:-.", ["150,- = 150 EUR", "500:- = 500"]),
        ("Höjs från 100  000 till 1 miljon kronor.", ["100  000 = 100000", "1 miljon kronor = 1000000"]),
        ("Det blir 2\u00a0\u00a0500\u00a0\u00a0000 kr.", ["2\u00a0\u00a0500\u00a0\u00a0000 kr = 2500000"]),
        ("Det blir 3  500 kr.", ["500 kr = 500"]),
        ("De får 750 000 kronor och 1 185 000 om de bor i norr.", ["750 000 kronor = 750000", "1 185 000 = 1185000"]),
        ("Av 9 miljoner euro går 4 miljoner hit.", ["9 miljoner euro = 9000000 EUR", "4 miljoner = 4000000 EUR"]),
        ("Av 90 000 kronor, varav högst 40 000 går hit.", ["90 000 kronor = 90000", "40 000 = 40000"]),
        ("Mellan cirka 20 till uppemot 90 miljoner.", ["20 till uppemot 90 miljoner = 20000000..90000000"]),
        ("Det blir 3 miljoner med stöd, och 4 till 5 miljoner utan.",
         ["3 miljoner = 3000000", "4 till 5 miljoner = 4000000..5000000"]),
        ("Böter på som lägst 1 000 och som högst 50 000 kronor.", ["1 000 = 1000", "50 000 kronor = 50000"]),
        ("Det gick inte att betala: priset är en krona.", ["en krona = 1"]),
        ("Avgiften höjs inte med mer än en krona.", ["en krona = 1"]),
        ("Det kostar inte längre en krona per liter.", ["en krona = 1"]),
        ("Det blir 0 kronor och noll kronor.", ["0 kronor = 0", "noll kronor = 0"]),
        ("# 200 NYA MILJONER TILL SKOLAN", ["200 NYA MILJONER = 200000000"]),
    ],
    ids=lambda part: part[:40] if isinstance(part, str) else "",
)  # fmt: skip
def test_sums(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Det bor 60 miljoner människor där.",
        "Antalet resande överstiger fem miljoner.",
        "En halv miljon av stadens invånare saknade el.",
        "Omkring 1,1 miljoner av dessa människor flydde.",
        "Det handlar om hundratals miljoner och flera miljarder.",
        "Några hundra miljoner kronor räcker inte.",
        "Regionen har inte betalat ut en krona.",
        "Han fick aldrig en krona i stöd.",
        "Skolan klarar sig utan att betala en krona.",
        "Kömiljarden och miljonprogrammet var miljardsatsningar.",
        "Motsvarande belopp gäller 2025, 50 procent.",
        "Bussen klarar Euro 6 i 20 år.",
        "Bussen är en Euro 6.",
        "Berget är 5 miljoner år gammalt.",
        "I länet bor 1,2 miljoner.",
        "Anslag i kronor 2024.",
        "Belopp anges i tusen kronor.",
        "Räknat i kronor 20 procent.",
        "Priser i kronor: 1. Vuxna och barn.",
        "Landslaget Tre Kronor vann med 5-2.",
        "Rapporten från SEK 2024 finns att läsa.",
        "Läs [om 30 miljoner kronor](https://example.se/30-miljoner-kronor) nu.",
        "Se https://example.se/5-miljoner-kronor och www.example.se/5 kr.",
        "Överenskommelsen (PDF) Pdf, 464 kB.",
        "The power of 1.8 billion.",
        "Bolaget Nordkabel EUR2 köptes av staten.",
        "Ring 08-405 10 00 eller läs SFS 2014:1075.",
        "9" * 5000 + " kronor",
        "",
        "kronor",
    ],
)
def test_no_sum(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("Det kostar sammanlagt drygt 5 miljoner kronor.", "over"),
        ("De får använda högst totalt 5 miljoner kronor.", "at_most"),
        ("Bidrag ges upp till ett tak på 5 000 kronor.", "at_most"),
        ("Stödet kan som mest lämnas med 5 000 kronor.", "at_most"),
        ("Det gäller 5 000 kronor eller mer.", "at_least"),
        ("Det kostar en knapp miljard.", "under"),
        ("En god och nära vård: 5 miljoner kronor.", ""),
        ("Under 5 år kostade det 5 miljoner kronor.", ""),
        ("Det kostar ytterligare 5 miljoner kronor.", ""),
    ],
)
def test_hedges(text: str, modifier: str) -> None:
    assert [mention.modifier for mention in find(text)] == [modifier]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Från och med 2026 avsätts 5 miljoner kronor årligen.", ["year"]),
        ("Det blir 6 miljoner kronor 2026 och 9 miljoner kronor från och med 2027.", ["", "year"]),
        ("Det blir 6 miljoner kronor för 2027 och från och med 2028 9 miljoner kronor.", ["", "year"]),
        ("Anslaget ökas med 20 mnkr fr.o.m. 2025, från 114 mnkr till 134 mnkr.", ["year", "", "year"]),
        ("Satsningen växer från 2025 till 2028 med 6 miljarder kronor.", [""]),
        ("Boten höjs från 2000 kronor till 4000 kronor.", ["", ""]),
        ("Stödet höjs från 223 till 365 kronor per dag.", ["day", "day"]),
        ("Beloppet höjs till 550 kronor per barn (tidigare 500 kr).", ["person", "person"]),
        ("De får 20 000 kronor per arbetstagare och år.", ["person"]),
        ("Hyran är 5 000 kr/mån.", ["month"]),
        ("Bidraget höjs med 1 500 kronor per månad för ett barn och med 2 000 kronor för två.", ["month", "month"]),
        ("Årligen betalas 15 miljarder kronor ut fel.", ["year"]),
        ("Skolan får 5 miljoner kronor och ska årligen redovisa hur de används.", [""]),
        ("De får 5 miljoner kronor 2025 och 2026.", [""]),
        ("De får 5 miljoner kronor för 2025 respektive 2026.", ["year"]),
        ("Avgiften för pass höjs till 500 kronor.", ["item"]),
        ("Sanktionsavgiften höjs till 500 kronor.", [""]),
        ("Avgifterna gav 5 miljoner kronor.", [""]),
        ("Bokslutet visade 5 miljoner kronor per den 31 december.", [""]),
    ],
)
def test_per(text: str, per: list[str]) -> None:
    assert [mention.per for mention in find(text)] == per


def numbers_with(text: str) -> list[str]:
    """The texts of the sums, but for their units."""
    return [mention.text.split(" ")[0] for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regionerna står för 100 miljoner kronor och staten för 284.", ["100", "284"]),
        ("Det finns 300 miljoner kronor, varav cirka 60 för läxor och cirka 240 för matte.", ["300", "60", "240"]),
        ("Av 3 miljarder kronor går 2 till skolan och 1 till vården.", ["3", "2", "1"]),
        ("Av 150 miljoner kronor bidrar Läxfonden med 50. Resten saknas.", ["150", "50"]),
        ("Skolan får 30 miljoner kronor, vården 20 och omsorgen 10.", ["30", "20", "10"]),
        ("Skolan får 290 miljoner, följt av Läxbyns kommun med 131.", ["290", "131"]),
        ("Det blir 500 miljoner kronor till skolan 2024 och 600 2025.", ["500", "600"]),
        ("Bidraget är 280 miljoner kronor år 1, 190 år 2 och 90 miljoner kronor år 3.", ["280", "190", "90"]),
        ("Det kostar 100 kronor för vuxna och 50 för barn.", ["100", "50"]),
        ("Resultatet försämrades med 11,7 och regionernas med 12,5 miljarder kronor.", ["11,7", "12,5"]),
        ("För 2024 begärs 10,6 och för 2025 11,2 miljarder kronor.", ["10,6", "11,2"]),
        ("Det är 20,1 mot tidigare 18,2 miljarder kronor.", ["20,1", "18,2"]),
        ("Biljetten kostar 10 kr (tidigare 9).", ["10", "9"]),
        ("Det ger 1,2 miljoner kronor för segern, 735 000 för andra plats.", ["1,2", "735"]),
        ("Segraren får 25 000 kronor, medan tvåan får 15 000 och trean 10 000 kronor.", ["25", "15", "10"]),
        ("Läxklubben tilldelas 85 000 kronor per år och Läxbyns Tennisklubb 50 000.", ["85", "50"]),
        ("Begäran löd på 1 600 kronor, det blev 1 350.", ["1", "1"]),
        ("Vinsten ökade från 1,5 mkr till 2,1.", ["1,5", "2,1"]),
        ("Upplåningen ökar till 150 från 120 miljarder.", ["150", "120"]),
        ("Det handlar om 800 miljoner, inte 600.", ["800", "600"]),
        ("Skolan fick 1,5 av 3 miljoner kronor.", ["1,5", "3"]),
        ("Utfallet blev 345 mnkr mot budget 400.", ["345", "400"]),
        ("Under 2024 satsas 300 miljoner kronor och 2025 200.", ["300", "200"]),
        ("Bidraget ökar med 3 miljarder i år och 1,5 nästa år.", ["3", "1,5"]),
        ("Det blev 6,8 – mot budgeterade 4,8 miljarder.", ["6,8", "4,8"]),
    ],
)
def test_a_unit_said_once_holds_for_the_clause_beside(text: str, expected: list[str]) -> None:
    assert numbers_with(text) == expected


def test_what_is_in_full_is_no_million() -> None:
    text = "Avgiften kan vara lägst 10 000 och högst 20 miljoner kronor."
    assert said(text) == ["10 000 = 10000", "20 miljoner kronor = 20000000"]


@pytest.mark.parametrize(
    "text",
    [
        "Hyran är [9 000] kronor, lägenhet 1201.",
        "Bron kostar [30] miljoner kronor, etapp 2.",
        "Bidraget är [30] miljoner kronor, den 20.",
        "Anslaget ökar med [30] miljoner kronor och platserna med 20.",
        "Anslaget ökar med [30] miljoner kronor och antalet platser med 20.",
        "Avgiften höjs med [100] kronor och gränsen med 3.",
        "Kommunen ger [30] miljoner kronor till 12 skolor, varav 10 för yngre barn.",
        "Kommunen köper bussar för [30] miljoner kronor, varav 12 går på el.",
        "Kommunen ger [30] miljoner kronor till bussar, varav 12 för skolor.",
        "Lagen vann med 3 och Läxbyn fick [3] miljoner kronor.",
        "Omsättningen var [30] miljoner kronor och marginalen 12,5 procent.",
        "Skolan får [30] miljoner kronor. Vården 20.",
        "Skatten höjs från [30] miljoner kronor till 12 kommuner.",
        "Priset är [30] miljoner kronor, inte 12 månader.",
        "Skolan får [3] miljoner kronor och staten för 284.",
    ],
)
def test_what_is_no_sum_takes_no_unit(text: str) -> None:
    number = text[text.index("[") + 1 : text.index("]")]
    assert [mention.text.startswith(number) for mention in find(text.replace("[", "").replace("]", ""))] == [True]


def test_offsets_and_reasons_hold_in_the_text() -> None:
    text = "Det\u00ad blir ca 5 mil\u00adjoner kro\u00adnor (inkl. moms) per år."
    (mention,) = find(text)
    assert text[mention.start : mention.end] == mention.text
    assert (mention.modifier, mention.per, mention.vat) == ("approx", "year", "incl")
    cues = {reason.column: text[reason.start : reason.end] for reason in mention.because}
    assert cues == {
        "low": "mil\u00adjoner",
        "currency": "kro\u00adnor",
        "modifier": "ca",
        "per": "per år",
        "vat": "inkl. moms",
    }


def test_every_reason_is_a_rule_of_the_book() -> None:
    text = "Från och med 2026 går en dryg miljard euro, 200 nya miljoner och 9 kr 50 öre per år till skolan."
    found = find(text)
    assert len(found) == 3
    for mention in found:
        assert mention.because
        assert all(reason.rule in BOOK for reason in mention.because)


def test_the_words_come_from_the_book() -> None:
    assert find("Det blir 5 mnkr.", book=BOOK.without("unit.mkr")) == []
    assert [m.modifier for m in find("Ca 5 mnkr.", book=BOOK.without("hedge.approx"))] == [""]
    assert find("Det blir 5 miljoner till skolan.", book=BOOK.without("understood.money")) == []


def test_the_gate_lets_every_sum_through() -> None:
    words = {word for rule in BOOK.rules.values() for word in rule.words if rule.id.startswith(("unit.", "currency."))}
    forms = {form for word in words for form in (word, word.lower(), word.upper())}
    forms |= {
        word.capitalize() for word in words if word in {"mdr", "mrd", "mljr", "tsek", "mnkr", "miljoner", "kronor"}
    }
    texts = [text for form in forms for text in (f"5 {form}", f"5{form}.", f"5 {form}² nu", f"{form} 5")]
    closed = [text for text in texts if not has_money(text)]
    assert closed  # "5 mn", "5 nya"
    assert [text for text in closed if len(find(f"{text} ; det blev 5 kronor")) > 1] == []


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("Kräver kontroll före Europa och kronologi i familjen: miljö.", False),
        ("SKR har 21 regioner; i rskr. 2020/21:5 nämns varje familj på en disk.", False),
        ("5 TKR, 5Mkr", True),
        ("5 MKr", True),
        ("5 mnKR", True),
        ("5milj", True),
        ("5 Milj.", True),
        ("5 Mdr", True),
        ("5 msek", True),
        ("LÅN PÅ 5 PUND", True),
        ("5 kr²", True),
        ("5:–", True),
        ("kömiljarden", True),
        ("Det kostar 5 kr.", True),
        ("MILJONER", True),
        ("mil\u00adjarder", True),
        ("5 yen", True),
        ("NOK 5", True),
        ("", False),
        ("Huset är 12 m högt och Bn 3 bor i det.", False),  # a million only where a currency stands before
    ],
)
def test_gate(text: str, money: bool) -> None:
    assert has_money(text) is money
