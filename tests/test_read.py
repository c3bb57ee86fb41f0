"""Reading files: encodings, formats, dates, indexes, HTML, and what is refused."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import json
import re
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from belopp.model import Document
from belopp.read import (
    Listing,
    Unreadable,
    boilerplate,
    decode,
    index,
    lay_out,
    parse,
    read,
    read_bytes,
    text_document,
)
from belopp.read.boilerplate import is_boilerplate, is_contact, opens_contacts

if TYPE_CHECKING:
    from tests.blocks import shown
else:
    from blocks import shown
from belopp.read.dates import dated_in_text, iso_of, published_in_path, published_in_text
from belopp.read.formats import format_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("data", "text", "flags"),
    [
        ("på 5 kr".encode(), "på 5 kr", ()),
        (b"\xef\xbb\xbf# 5 kr", "# 5 kr", ()),
        ("på 5 kr\r\n".encode("cp1252"), "på 5 kr\r\n", ("cp1252",)),
        ("\ufeffpå 5 kr".encode("utf-16-le"), "på 5 kr", ("utf-16",)),
        ("\ufeffpå 5 kr".encode("utf-16-be"), "på 5 kr", ("utf-16",)),
        ("\ufeffpå 5 kr".encode("utf-32-le"), "på 5 kr", ("utf-32",)),
        ("på 5 kr".encode().decode("cp1252").encode(), "pÃ¥ 5 kr", ("mojibake",)),
        ("São Paulo ÃÄÖ".encode(), "São Paulo ÃÄÖ", ()),
        (b"", "", ()),
    ],
)
def test_decode(data: bytes, text: str, flags: tuple[str, ...]) -> None:
    assert decode(data) == (text, flags)


@pytest.mark.parametrize(
    ("data", "stage"),
    [
        (b"a\x00b", "decode"),
        (b"\xff\xfea", "decode"),
        (b"\x81\xe5", "decode"),
        (b"%PDF-1.7 ...", "read"),
        (b"PK\x03\x04...", "read"),
        (b"{\\rtf1 5 kr}", "format"),
    ],
)
def test_unreadable_says_stage_and_reason(data: bytes, stage: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(data, id="a.md")
    assert raised.value.stage == stage
    assert raised.value.reason


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(tmp_path / "saknas.md")
    assert raised.value.stage == "open"


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("# Rubrik\n", "a.txt", "markdown"),
        ("Text\n\n### Rubrik\n", "", "markdown"),
        ("| a | b |\n| --- | --- |\n", "a.txt", "markdown"),
        ("---\ntitle: A\n---\nText", "a.txt", "markdown"),
        ("**Fet** text", "a.md", "markdown"),
        ("**Fet** text", "a.txt", "text"),
        ("Rubrik\n\nText.", "a.md", "text"),
        ("#1 i Sverige", "", "text"),
        ("<!DOCTYPE html><p>5 kr</p>", "a.txt", "html"),
        ("<!-- a --><html><body>5 kr</body></html>", "", "html"),
        ("5 kr <b>nu</b>", "a.html", "html"),
        ("5 < 6 kr", "a.html", "text"),
    ],
)
def test_content_decides_the_format(text: str, hint: str, expected: str) -> None:
    assert format_of(text, path_hint=hint) == expected


@pytest.mark.parametrize("blank", [b"", b" \n\n", "\u00a0\r\n".encode(), b"\xef\xbb\xbf"])
def test_blank_files_are_documents_without_blocks(blank: bytes) -> None:
    document = parse(blank, id="tom.md")
    assert document.blocks == ()
    assert not document.text.strip()


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("7 mars 2022", "2022-03-07"),
        ("den 7 mars 2022", "2022-03-07"),
        ("29 januari, 2022", "2022-01-29"),
        ("1 sept. 2024", "2024-09-01"),
        ("september 2024", "2024-09"),
        ("2022-03-07", "2022-03-07"),
        ("2022-03-07T10:00:00+01:00", "2022-03-07"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ("31 februari 2022", ""),
        ("1,5", ""),
        ("5 miljoner", ""),
        ("", ""),
    ],
)
def test_iso_of(written: str, iso: str) -> None:
    assert iso_of(written) == iso


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Publicerad 7 mars 2022\n\nAvtal\n", "2022-03-07"),
        ("Avtal\n\nPublicerad: 2022-03-07 Uppdaterad: 2022-04-01\n", "2022-03-07"),
        ("Publicerat den 3 maj 2024 kl. 10.00", "2024-05-03"),
        ("Rapporten publicerades 7 mars 2022.", ""),
        ("Publicerad Uppdaterad", ""),
        ("Avtalet gäller till den\n30 juni 2022.", ""),
    ],
)
def test_published_in_text(text: str, published: str) -> None:
    assert published_in_text(text) == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("By on 29 januari, 2022\nArkivbild", "2022-01-29"),
        ("Av Redaktionen, 3 maj 2024", "2024-05-03"),
        ("Umeå, 3 maj 2024", "2024-05-03"),
        ("Uppdaterad 3 maj 2024", "2024-05-03"),
        ("av den 3 maj 2024 om stöd", ""),
        ("3 maj 2024.", ""),
    ],
)
def test_dated_in_text(text: str, published: str) -> None:
    assert dated_in_text(text) == published


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("nytt/2024/09/stod.md", "2024-09"),
        ("nytt/2024/09/17/stod.md", "2024-09-17"),
        ("2024/stod.md", "2024"),
        ("2022-03-07_avtal.txt", "2022-03-07"),
        ("nytt/20222/03/avtal.md", ""),
        ("2030-malen.md", ""),
        ("nytt/vecka-5-2026.md", ""),
    ],
)
def test_published_in_path(path: str, published: str) -> None:
    assert published_in_path(path) == published


def test_an_index_goes_before_the_page_and_the_page_before_its_path() -> None:
    page = b"Publicerad 7 mars 2022\n\nAvtal\n\nStaten ger 5 mnkr.\n"
    assert parse(page, id="2021/05/a.txt").published == "2022-03-07"
    assert parse(page, id="2021/05/a.txt", published="2022-03-08").published == "2022-03-08"
    assert parse(b"# Avtal\n", id="2021/05/a.md", path_hint="/arkiv/2019/2021/05/a.md").published == "2021-05"
    assert parse(b"# Avtal\n", id="a.md", title="Stort avtal").title == "Stort avtal"


def test_index_lists_by_path(tmp_path: Path) -> None:
    entries = [
        {"title": "Ett tal", "url": "/tal/2024/05/ett-tal/", "published": "2024-05-03", "types": ["1"]},
        {"title": "Utan dag", "url": "https://exempel.se/tal/2024/05/utan-dag/", "published": None},
    ]
    (tmp_path / "tal").mkdir()
    (tmp_path / "tal.json").write_text(json.dumps(entries), encoding="utf-8")
    (tmp_path / "koder.json").write_text('{"1": "Tal"}', encoding="utf-8")
    listed = index(tmp_path)
    assert listed["tal/2024/05/ett-tal.md"] == Listing("2024-05-03", "Ett tal", "/tal/2024/05/ett-tal/")
    assert listed["tal/2024/05/utan-dag.md"].published == ""
    assert len(listed) == 2
    assert index(tmp_path / "tal")["2024/05/ett-tal.md"].title == "Ett tal"
    assert index(tmp_path / "saknas") == {}


def test_an_index_may_lie_one_level_down(tmp_path: Path) -> None:
    (tmp_path / "lagar").mkdir()
    entry = '[{"url": "/lagar/remisser/2024/05/en-remiss/", "title": "En remiss", "published": "2024-05-02"}]'
    (tmp_path / "lagar" / "remisser.json").write_text(entry, encoding="utf-8")
    assert index(tmp_path)["lagar/remisser/2024/05/en-remiss.md"].published == "2024-05-02"


def test_a_broken_index_says_its_name(tmp_path: Path) -> None:
    (tmp_path / "tal.json").write_text("[{", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"tal\.json"):
        index(tmp_path)


def test_ids_are_relative_to_the_root(tmp_path: Path) -> None:
    page = tmp_path / "nytt" / "2024" / "09" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_bytes("# Stöd\r\n\r\nStaten ger 5 mnkr.\r\n".encode())
    document = read(page, root=tmp_path)
    assert (document.id, document.title, document.published) == ("nytt/2024/09/a.md", "Stöd", "2024-09")
    assert document.text == "# Stöd\r\n\r\nStaten ger 5 mnkr.\r\n"
    assert read(page).id == "a.md"
    assert read(page, root=tmp_path / "nytt" / ".." / "nytt").id == "2024/09/a.md"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_title_ends_with_its_line(newline: str) -> None:
    assert parse(newline.join(("# Stöd #", "", "Staten ger 5 mnkr.")).encode(), id="a.md").title == "Stöd"


def test_blocks_can_wait() -> None:
    data = b"# Avtal\n\nStaten ger 5 mnkr.\n"
    bare = parse(data, id="a.md", blocks=False)
    assert bare.blocks == ()
    assert lay_out(bare) == parse(data, id="a.md")
    assert lay_out(lay_out(bare)) == lay_out(bare)


PAGE = """<!DOCTYPE html><html><head><title>Stöd – Myndigheten</title>
<meta property="article:published_time" content="2024-09-17T08:00"><link rel="canonical" href="https://exempel.se/stod">
<style>p { color: red }</style></head><body><nav><ul><li><a href="/">Start 1 kr</a></li></ul></nav>
<main><h1>Stöd &amp; vård</h1><p class="lead">Staten ger 5&nbsp;miljoner
 kronor till <b>vården</b>.</p><p>– Det är bra, säger ministern.</p>
<div style="display:none">Dolt 7 kr</div><p hidden>Dolt 8 kr</p><script>var x = "9 kr"</script>
<h2>Delar</h2>Lös text om 8 kr<ul><li>Ett 3 mnkr<ul><li>Under 1 mnkr</li></ul></li><li><p>Två 2 mnkr</p></li>
<li><a href="x">Länk 4 kr</a></li></ul>
<table><caption>Medel (mnkr)</caption><tr><th rowspan="2">Region</th><th colspan="2">År</th></tr>
<tr><th>2024<th>2025</tr><tr><td>Norr<td><p>5</p><td></tr></table>
<blockquote><p>Citat.</p></blockquote><p>Norra länet: 5 kr<br>Södra länet: 6 kr</p>
<form>Din e-post</form><h2>Kontakt</h2><p>En Handläggare, 08-000 00 00</p></main><footer>© 2024</footer></body></html>"""


def test_html_is_what_a_reader_sees() -> None:
    document = parse(PAGE.encode(), id="a.html")
    assert (document.title, document.published, document.url, document.format) == (
        "Stöd & vård", "2024-09-17", "https://exempel.se/stod", "html",
    )  # fmt: skip
    assert [line for line in shown(document) if not line.startswith("cell")] == [
        "title1 Stöd & vård",
        "paragraph Staten ger 5\u00a0miljoner kronor till vården.",
        "quote Det är bra, säger ministern.",
        "heading2 Delar",
        "paragraph Lös text om 8 kr",
        "item1 Ett 3 mnkr",
        "item2 Under 1 mnkr",
        "item1 Två 2 mnkr",
        "boilerplate Länk 4 kr",
        "paragraph Medel (mnkr)",
        "quote Citat.",
        "item1 Norra länet: 5 kr",
        "item1 Södra länet: 6 kr",
        "boilerplate Kontakt",
        "boilerplate En Handläggare, 08-000 00 00",
    ]
    cells = [block for block in document.blocks if block.kind == "cell"]
    assert [(b.row, b.column, document.text[b.start : b.end]) for b in cells] == [
        (0, 0, "Region"), (0, 1, "År"), (0, 2, "År"), (1, 0, "Region"), (1, 1, "2024"), (1, 2, "2025"), (2, 0, "Norr"), (2, 1, "5"), (2, 2, ""),
    ]  # fmt: skip
    assert "Dolt" not in document.text
    assert "9 kr" not in document.text


def test_html_without_a_body_of_text() -> None:
    assert parse(b"<html><body><script>1</script></body></html>", id="a.html").blocks == ()


def test_a_bare_string_keeps_its_text() -> None:
    assert text_document("<p>5 kr</p>").text == "<p>5 kr</p>"
    assert text_document("# Stöd\n\n5 mnkr.", id="x").title == "Stöd"


@pytest.mark.parametrize(
    "line",
    [
        "Publicerad 7 mars 2022", "Publicerad 2022-03-07 · Uppdaterad 2022-04-01", "Publicerad Uppdaterad", "By on 29 januari, 2022",
        "Arkivbild", "Foto: En Fotograf", "Källa Regeringskansliet", "Källa: Skolverket", "Avtalet 2022 (PDF) Pdf, 464 kB.",
        "Avtalet (pdf 52 kB)", "Trafik | Sverige", "You must be logged in to post a comment Login", "info@exempel.se", "https://exempel.se/a",
        "Pressmeddelande från Socialdepartementet", "Dela", "-", "Vi använder kakor på webbplatsen.", "[Läs mer](/a/b)",
        "[Stöd på 5 mnkr](/a) | [Mer](/b)", "Tfn 070-000 00 00", "Elcertifikat: En Handläggare 08-000 00 00",
        "För intervjuförfrågningar, kontakta ministerns pressekreterare.",
    ],
)  # fmt: skip
def test_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


def openings(parsed: Any, *, most: int = 3) -> set[str]:
    """The first letters of all that a parsed pattern matches; what is no literal stands as a space."""
    found = {""}
    for kind, told in parsed:
        match str(kind):
            case "LITERAL":
                step = {chr(told).lower()}
            case "AT":
                step = {""}
            case "SUBPATTERN":
                step = openings(told[-1])
            case "BRANCH":
                step = set().union(*(openings(each) for each in told[1]))
            case "MAX_REPEAT":
                step = openings(told[2]) | ({""} if told[0] == 0 else set())
            case _:
                step = {" "}
        found = {(before + after)[:most] for before in found for after in step}
    return found


def test_no_line_of_the_page_is_passed_over_for_how_it_opens() -> None:
    pattern = boilerplate._LINE
    parser = re._parser  # type: ignore[attr-defined]
    opens = {each for each in openings(parser.parse(pattern.pattern, pattern.flags)) if each[:1].isalpha()}
    assert {"pub", "by ", "ja", "dat", "x"} <= opens
    assert [each for each in sorted(opens) if not boilerplate._may_be_line(each)] == []


def test_no_heading_of_contacts_is_passed_over_for_how_it_opens() -> None:
    pattern = boilerplate._CONTACT_HEAD
    parser = re._parser  # type: ignore[attr-defined]
    assert openings(parser.parse(pattern.pattern, pattern.flags)) == boilerplate._CONTACT_OPENS


@pytest.mark.parametrize(
    "line",
    [
        "", "Regeringen avsätter 5 miljoner kronor.", "Källa till glädje. Staten ger stöd.", "Kakor och bröd blir dyrare.",
        "Publicerad forskning får 5 miljoner kronor", "Se [avtalet](/a) om 5 mnkr.", "Avgiften är 0,5 procent.", "Under 2024-2026 väntas mer.",
        "Presstödet höjs med 5 miljoner kronor, säger kulturministern.", "dnr S2022/04724", "Totalt 284 000 000",
        "Staten köper 07-020 200 000 kronor",
    ],
)  # fmt: skip
def test_not_boilerplate(line: str) -> None:
    assert not is_boilerplate(line)


def test_contacts() -> None:
    assert is_contact("En Handläggare, 08-000 00 00")
    assert not is_contact("Anslaget 1:10 ökar")
    assert all(
        map(
            opens_contacts,
            [
                "Kontakt",
                "Kontakta oss",
                "Presskontakt",
                "Kontaktpersoner:",
                "Relaterat",
                "Pressekreterare hos ministern",
            ],
        )
    )
    assert not any(map(opens_contacts, ["Kontakter mellan länder", "Relationer", "Dokumentation av avtalet"]))


def _gold(name: str) -> list[dict[str, str]]:
    path = SHARED / "gold" / name
    if not path.is_file():
        pytest.skip("the shared data is not here")
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _holds(document: Document, row: dict[str, str]) -> None:
    start, end = int(row["start"]), int(row["end"])
    assert document.text[start:end] == row["text"]
    holding = [block for block in document.blocks if block.start <= start and end <= block.end]
    assert [block.kind != "boilerplate" for block in holding] == [True], (row["doc"], row["text"])


def test_every_sum_of_the_seeds_lies_in_one_block() -> None:
    for row in _gold("seeds.csv"):
        _holds(read(SHARED / "seeds" / row["doc"], root=SHARED / "seeds"), row)


def test_every_sum_of_the_releases_lies_in_one_block() -> None:
    rows = _gold("releases.csv")
    wanted = {row["doc"] for row in rows}
    held: dict[str, Document] = {}
    with tarfile.open(SHARED / "g0v.tar.gz") as packed:
        for member in packed:
            name = member.name.partition("g0v/")[2]
            if name in wanted and (data := packed.extractfile(member)):
                held[name] = parse(data.read(), id=name)
            if len(held) == len(wanted):
                break
    for row in rows:
        _holds(held[row["doc"]], row)


@pytest.mark.parametrize("size", [-1, 0, 3, 8, 90])
def test_a_file_is_read_to_its_end_whatever_its_size_was_when_it_was_listed(size: int, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"5 kronor")
    assert read_bytes(str(tmp_path / "a.md"), size=size) == b"5 kronor"
