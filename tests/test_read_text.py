"""Plain text: headings without marks, bullets, link titles, contacts and tables are told from the prose."""

# ruff: noqa: E501
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from belopp.read import parse, text_document

if TYPE_CHECKING:
    from tests.blocks import shown
else:
    from blocks import shown

ORGANISATION_PAGE = """Publicerad 7 mars 2022

Överenskommelse om stöd till biblioteken

Med överenskommelsen vill parterna stärka läsningen i hela landet.

Innehåll i överenskommelsen

Totalt omfattar överenskommelsen 84 miljoner kronor, varav staten står för 60 miljoner kronor.

Överenskommelse om stöd till biblioteken 2022 (PDF) Pdf, 464 kB.

Områden

Läsfrämjande arbete

För området avsätts 50 miljoner kronor.

Läsfrämjande arbete

Insatser för tillgängliga lokaler

Området omfattar 34 miljoner kronor.

Avtal om insatser för tillgängliga lokaler

Informationsansvarig

  • En Handläggare
    Sektionschef

Kontakta oss

Kontaktformulär"""

ARCHIVED_RELEASE = """Innehållet publicerades under perioden

-

En Minister har entledigats, kulturminister

-
Pressmeddelande från Kulturdepartementet

Regeringen sluter avtal om museerna

Publicerad Uppdaterad

Regeringen har slutit ett avtal om museerna.

- Det är ett viktigt avtal, säger kulturministern.

Totalt har 6,5 miljoner kronor avsatts och de fördelas så:


  • Samlingar 3 Mkr.
  • Lokaler, belysning och
    larm 2,5 Mkr.
  • Utredningar 1 Mkr."""

NEWSPAPER = """Nära 2 miljarder kronor till vägarna i länet

By on 29 januari, 2022
Arkivbild

Regeringen satsar ca 2 miljarder kronor på vägarna.

– Det behövs, säger infrastrukturministern.

Över 1 miljard kronor till broarna

Av pengarna går 1,2 miljarder kronor till broar.

Trafik | Sverige
Länsposten

Källa Regeringskansliet

You must be logged in to post a comment Login"""

CASES = {
    "page of an organisation": (
        ORGANISATION_PAGE,
        ("boilerplate Publicerad 7 mars 2022|title1 Överenskommelse om stöd till biblioteken"
        "|paragraph Med överenskommelsen vill parterna stärka läsningen i hela landet.|heading2 Innehåll i överenskommelsen"
        "|paragraph Totalt omfattar överenskommelsen 84 miljoner kronor, varav staten står för 60 miljoner kronor."
        "|boilerplate Överenskommelse om stöd till biblioteken 2022 (PDF) Pdf, 464 kB.|heading2 Områden|heading3 Läsfrämjande arbete"
        "|paragraph För området avsätts 50 miljoner kronor.|boilerplate Läsfrämjande arbete"
        "|heading3 Insatser för tillgängliga lokaler|paragraph Området omfattar 34 miljoner kronor."
        "|boilerplate Avtal om insatser för tillgängliga lokaler|boilerplate Informationsansvarig"
        "|boilerplate En Handläggare\n    Sektionschef|boilerplate Kontakta oss|boilerplate Kontaktformulär"),
    ),
    "archived release": (
        ARCHIVED_RELEASE,
        ("boilerplate Innehållet publicerades under perioden|boilerplate -|boilerplate En Minister har entledigats, kulturminister"
        "|boilerplate -|boilerplate Pressmeddelande från Kulturdepartementet|title1 Regeringen sluter avtal om museerna"
        "|boilerplate Publicerad Uppdaterad|paragraph Regeringen har slutit ett avtal om museerna."
        "|quote Det är ett viktigt avtal, säger kulturministern."
        "|paragraph Totalt har 6,5 miljoner kronor avsatts och de fördelas så:|item1 Samlingar 3 Mkr."
        "|item1 Lokaler, belysning och\n    larm 2,5 Mkr.|item1 Utredningar 1 Mkr."),
    ),
    "newspaper": (
        NEWSPAPER,
        ("title1 Nära 2 miljarder kronor till vägarna i länet|boilerplate By on 29 januari, 2022|boilerplate Arkivbild"
        "|paragraph Regeringen satsar ca 2 miljarder kronor på vägarna.|quote Det behövs, säger infrastrukturministern."
        "|heading2 Över 1 miljard kronor till broarna|paragraph Av pengarna går 1,2 miljarder kronor till broar."
        "|boilerplate Trafik | Sverige|boilerplate Länsposten|boilerplate Källa Regeringskansliet"
        "|boilerplate You must be logged in to post a comment Login"),
    ),
    "one sentence": ("Det kostar 3 miljoner kronor.", "paragraph Det kostar 3 miljoner kronor."),
    "one line without a stop": ("3 miljoner kronor till vården", "paragraph 3 miljoner kronor till vården"),
    "no blank lines": (
        "Nytt avtal om vården\nRegeringen avsätter nu sammanlagt 5 miljoner kronor till vården i hela landet, från norr till söder, under nästa år.\nFler platser\nPengarna ska gå till fler platser i vården och till att korta väntan.",
        "title1 Nytt avtal om vården|paragraph Regeringen avsätter nu sammanlagt 5 miljoner kronor till vården i hela landet, från norr till söder, under nästa år.|heading2 Fler platser|paragraph Pengarna ska gå till fler platser i vården och till att korta väntan.",
    ),
    "title over two lines": (
        "Fem miljoner kronor till vården av de\näldsta i landet\n\nStaten ger 5 mnkr.",
        "title1 Fem miljoner kronor till vården av de\näldsta i landet|paragraph Staten ger 5 mnkr.",
    ),
    "nested items": (
        "Medlen delas.\n\n  • Vården 3 mnkr\n      • sjukhus 2 mnkr\n      • kliniker 1 mnkr\n  • Skolan 4 mnkr",
        "paragraph Medlen delas.|item1 Vården 3 mnkr|item2 sjukhus 2 mnkr|item2 kliniker 1 mnkr|item1 Skolan 4 mnkr",
    ),
    "star items": ("Medlen delas.\n\n* 3 mnkr till A\n* 4 mnkr till B", "paragraph Medlen delas.|item1 3 mnkr till A|item1 4 mnkr till B"),
    "numbered items": ("Medlen delas.\n\n1. Vården 3 mnkr\n2. Skolan 4 mnkr", "paragraph Medlen delas.|item1 Vården 3 mnkr|item1 Skolan 4 mnkr"),
    "a number that begins a wrapped line": ("Redovisa senast den\n30. Sedan betalas 5 mnkr.", "paragraph Redovisa senast den\n30. Sedan betalas 5 mnkr."),
    "label lines at the end": (
        "Så mycket får länen.\n\nNorra länet: 5 mnkr\nSödra länet: 6 mnkr",
        "paragraph Så mycket får länen.|item1 Norra länet: 5 mnkr|item1 Södra länet: 6 mnkr",
    ),
    "mail addresses": ("Skicka underlaget hit:\n\nregistrator@exempel.se", "paragraph Skicka underlaget hit:|boilerplate registrator@exempel.se"),
    "cookies": ("Vi använder kakor på webbplatsen.\n\nStaten ger 5 mnkr.", "boilerplate Vi använder kakor på webbplatsen.|paragraph Staten ger 5 mnkr."),
    "blank": (" \n\u00a0\n\ufeff\n", ""),
    "empty": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_blocks(source: str, expected: str) -> None:
    document = text_document(source)
    assert document.format == "text"
    assert document.text == source
    assert "|".join(shown(document)) == expected


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("source", [ORGANISATION_PAGE, ARCHIVED_RELEASE, NEWSPAPER])
def test_newlines_change_no_block(source: str, newline: str) -> None:
    plain = text_document(source)
    other = text_document(source.replace("\n", newline))
    assert [b.kind for b in other.blocks] == [b.kind for b in plain.blocks]
    assert [block.replace(newline, "\n") for block in shown(other)] == shown(plain)


@pytest.mark.parametrize(
    "table",
    [
        "Region\t2024\t2025\nNorr\t5\t\nSyd\t6\t7",
        "Region      2024    2025\nNorr        5       0\nSyd         6       7",
    ],
    ids=["tabs", "blanks"],
)
def test_columns_are_cells(table: str) -> None:
    document = text_document(f"Medel i miljoner kronor.\n\n{table}\n\nText.")
    cells = [block for block in document.blocks if block.kind == "cell"]
    held = [document.text[block.start : block.end] for block in cells]
    assert held == ["Region", "2024", "2025", "Norr", "5", "" if "\t" in table else "0", "Syd", "6", "7"]
    assert [(block.row, block.column) for block in cells] == [(row, column) for row in range(3) for column in range(3)]
    assert {block.level for block in cells} == {1}


def test_title_and_date_of_a_page() -> None:
    document = parse(ORGANISATION_PAGE.encode(), id="sida.txt")
    assert (document.title, document.published, document.format) == (
        "Överenskommelse om stöd till biblioteken",
        "2022-03-07",
        "text",
    )
    assert parse(NEWSPAPER.encode(), id="tidning.txt").published == "2022-01-29"
    assert parse(ARCHIVED_RELEASE.encode(), id="arkiv.txt").title == "Regeringen sluter avtal om museerna"
