"""DOCX, XLSX and CSV: tracked changes, styles, notes; sheets, formats of numbers, spans; delimiters and quotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from belopp.extract import extract
from belopp.model import CELL, Document
from belopp.read import Unreadable, parse

if TYPE_CHECKING:
    from tests import making
    from tests.blocks import grid
    from tests.growth import grows_in_proportion
else:
    import making
    from blocks import grid
    from growth import grows_in_proportion

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def repacked(data: bytes, changes: Mapping[str, Any], new: Mapping[str, bytes] | None = None) -> bytes:
    """An archive with some of its members changed by a function, and with new ones."""

    def save(held: io.BytesIO) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for name in old.namelist():
                member = old.read(name)
                made.writestr(name, changes[name](member) if name in changes else member)
            for name, member in (new or {}).items():
                made.writestr(name, member)

    return making.saved(save)


def word(body: str) -> bytes:
    """A Word document whose body is this XML."""
    xml = f"<w:body {W}>{body}</w:body>"
    return repacked(
        making.docx([["a"]]),
        {"word/document.xml": lambda old: re.sub(rb"<w:body>.*</w:body>", xml.encode(), old, flags=re.DOTALL)},
    )


def run_of(words: str, tag: str = "w:t") -> str:
    return f"<w:r><{tag} xml:space='preserve'>{words}</{tag}></w:r>"


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


# ---------------------------------------------------------------------------------------------- DOCX


def test_tracked_deletions_are_never_counted_and_insertions_are() -> None:
    by = "w:id='1' w:author='A' w:date='2024-01-01T00:00:00Z'"
    body = (
        f"<w:p>{run_of('Regeringen ger ')}<w:del {by}>{run_of('5 miljoner kronor', 'w:delText')}</w:del>"
        f"<w:ins {by}>{run_of('7 miljoner kronor')}</w:ins>{run_of(' till skolor.')}</w:p>"
        f"<w:p><w:moveFrom {by}>{run_of('Regeringen ger 8 miljoner kronor till vård.')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo {by}>{run_of('Regeringen ger 9 miljoner kronor till vård.')}</w:moveTo></w:p>"
        f"<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Regeringen ger 10 miljoner kronor.</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {by}/></w:trPr><w:tc><w:p>{run_of('Skola')}</w:p></w:tc>"
        f"<w:tc><w:p>{run_of('11 miljoner kronor')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run_of('Vård')}</w:p></w:tc><w:tc><w:p><w:del {by}>{run_of('12', 'w:delText')}</w:del>"
        f"<w:ins {by}>{run_of('13')}</w:ins>{run_of(' miljoner kronor')}</w:p></w:tc></w:tr></w:tbl>"
    )
    document = parse(word(body), id="a.docx")
    assert [row.low for row in extract(document)] == [7_000_000, 9_000_000, 13_000_000]
    assert not re.search(r"\b(?:5|8|10|11|12) miljoner", document.text)


def test_headings_lists_quotes_and_contents() -> None:
    import docx

    made = docx.Document()
    made.add_heading("Avtal om vård", 0)
    made.add_paragraph("Avsnitt ett ..... 5", style="TOC Heading")
    made.add_heading("Delar", 1)
    made.add_paragraph("Regeringen ger 5 mnkr.", style="List Bullet")
    made.add_paragraph("Det är bra.", style="Quote")
    made.add_heading("Mer", 2)
    made.sections[0].header.paragraphs[0].text = "Sidhuvud 6 mnkr"
    made.sections[0].footer.paragraphs[0].text = "Sidfot 7 mnkr"
    document = parse(making.saved(made.save), id="a.docx")
    assert kinds(document) == [
        ("title", "Avtal om vård"),
        ("heading", "Delar"),
        ("item", "Regeringen ger 5 mnkr."),
        ("quote", "Det är bra."),
        ("heading", "Mer"),
    ]
    assert document.title == "Avtal om vård"


def test_a_reference_to_a_note_never_joins_a_number() -> None:
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    document = parse(
        word(f"<w:p>{run_of('År 2024')}{raised}{run_of(' ges 284')}{raised}{run_of(' mnkr.')}</w:p>"), id="a"
    )
    assert document.text == "År 2024 ges 284 mnkr.\n"


def test_merged_cells_of_a_word_table() -> None:
    import docx

    made = docx.Document()
    table = made.add_table(rows=4, cols=3)
    for row, cells in zip(
        table.rows, (["Insats", "mnkr", ""], ["", "2024", "2025"], ["Skola", "1", "2"], ["A", "3", "4"]), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    assert grid(parse(making.saved(made.save), id="a.docx")) == [
        ["Insats", "mnkr", "mnkr"], ["Insats", "2024", "2025"], ["Skola", "1", "2"], ["A", "3", "4"],
    ]  # fmt: skip


PLAIN = making.docx([["a"]])
MAIN, TYPES = "word/document.xml", "[Content_Types].xml"


@pytest.mark.parametrize(
    ("data", "stage", "reason"),
    [
        (PLAIN[:-300], "read", "the archive is broken"),
        (PLAIN[:2_000], "read", "the archive is broken"),
        (repacked(PLAIN, {MAIN: lambda _: b"<w:document"}), "read", "the DOCX is broken"),
        (repacked(PLAIN, {MAIN: lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old}), "read", f"{MAIN} declares"),
        (repacked(PLAIN, {}, {"word/big.xml": b" " * 200_000_000}), "read", "the archive unpacks to 200"),
        (repacked(PLAIN, {}, {f"m/{number}": b"" for number in range(6_000)}), "read", "the archive has 60"),
        (repacked(PLAIN, {TYPES: lambda _: b"<Types/>"}), "format", "an unknown Office document is not read"),
        (repacked(PLAIN, {TYPES: lambda _: b"presentationml"}), "format", "PowerPoint is not read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "read", "encrypted"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "format", "an old Office document is not read"),
    ],
    ids=["cut", "cut short", "broken xml", "doctype", "bomb", "members", "unknown", "powerpoint", "encrypted", "old"],
)
def test_what_cannot_be_read_says_why(data: bytes, stage: str, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(data, id="a.docx")
    assert raised.value.stage == stage
    assert raised.value.reason.startswith(reason)


def test_a_missing_library_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(Unreadable, match=r"pip install 'belopp\[formats\]'"):
        parse(making.docx([["a"]]), id="a.docx")


# ---------------------------------------------------------------------------------------------- XLSX


def sheets(*tables: tuple[str, list[list[Any]]], change: Any = None) -> Document:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if change:
            change(sheet)
    return parse(making.saved(book.save), id="a.xlsx")


def test_each_sheet_is_a_table_under_its_name() -> None:
    rows: list[list[Any]] = [["Region", "tkr"], ["Region Skåne", 5], ["Region Halland", 6.5]]
    document = sheets(
        ("Vård 2024", rows), ("Blad2", rows), ("Skola 2025", [["Bidrag till skolor"], [], *rows, ["Källa: vi"]])
    )
    assert [words for kind, words in kinds(document) if kind != CELL] == [
        "Vård 2024",
        "Bidrag till skolor",
        "Källa: vi",
    ]
    assert {block.level for block in document.blocks if block.kind == CELL} == {1, 2, 3}
    assert [row.low for row in extract(document)] == [5_000, 6_500] * 3


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (45_000, '#,##0 "kr"', "45 000 kr"),
        (45_000, "#,##0\\ [$kr-41D]", "45 000 kr"),
        (45_000, '#,##0.00 "mnkr";[Red]-#,##0.00 "mnkr"', "45 000 mnkr"),
        (1_234.5, "General", "1234,5"),
        (0.1 + 0.2, "0.0", "0,3"),
        (2_024, "General", "2024"),
        (-5, "0", "-5"),
        (45_000_000, "#,##0,", "45 000"),
        (0.25, "0%", "25 %"),
        (1e12, "0", "1 000 000 000 000"),
        (True, "General", ""),
    ],
)
def test_numbers_are_shown_as_their_reader_sees_them(value: Any, pattern: str, shown: str) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].number_format = pattern

    assert grid(sheets(("Blad1", [["a", "b"], ["c", value], ["d", "e"]]), change=change))[1][1] == shown


def test_merged_cells_and_hidden_sheets_and_formulas() -> None:
    rows: list[list[Any]] = [["Insats", "mnkr", None], [None, 2024, 2025], ["Skola", 1, 2], ["Summa", "=B3", "=C3"]]

    def change(sheet: Any) -> None:
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")
        sheet.sheet_state = "hidden" if sheet.title == "Dold" else "visible"

    document = sheets(("Blad1", rows), ("Dold", rows), change=change)
    assert grid(document)[:3] == [["Insats", "mnkr", "mnkr"], ["Insats", "2024", "2025"], ["Skola", "1", "2"]]
    assert document.flags == ("hidden sheets left out", "formulas without values")
    assert [(int(row.low), row.period) for row in extract(document)] == [(1_000_000, "2024"), (2_000_000, "2025")]


# ---------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize(
    "text",
    [
        "Region;2024 (tkr)\nRegion Skåne;4,5\nRegion Halland;1 000\nSumma;1 004,5\n",
        "Region\t2024 (tkr)\nRegion Skåne\t4,5\nRegion Halland\t1 000\nSumma\t1 004,5\n",
        'Region,2024 (tkr)\nRegion Skåne,"4,5"\nRegion Halland,1 000\n"Summa","1 004,5"\n',
        "sep=;\r\nRegion;2024 (tkr)\r\nRegion Skåne;4,5\r\nRegion Halland;1 000\r\nSumma;1 004,5",
        "Medel 2024\n\nRegion;2024 (tkr)\nRegion Skåne;4,5\nRegion Halland;1 000\nSumma;1 004,5\nKälla: vi själva\n",
        '"Region";"2024 (tkr)"\n"Region Skåne";" 4,5 "\n"Region Halland";"1 000"\n"Summa";"1 004,5"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv(text: str, encoding: str) -> None:
    document = parse(text.encode(encoding), id="a.csv")
    assert document.format == "csv"
    found = extract(document)
    assert [(row.text, int(row.low), row.recipient) for row in found] == [
        ("4,5", 4_500, ("Region Skåne",)),
        ("1 000", 1_000_000, ("Region Halland",)),
        ("1 004,5", 1_004_500, ("Region Halland", "Region Skåne")),
    ]
    assert all(document.text[row.start : row.end] == row.text for row in found)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Hej, du. Det kostar, tror jag, 5 kr.\nJaså, är det så.\n", "a.csv", "text"),
        ("En rad bara\n", "a.csv", "text"),
        ("a;b\n1;2\n3;4\n", "a.txt", "csv"),
        ("Det kostar; tror jag; 5 kr.\nJaså.\n", "a.txt", "text"),
        ("<html><body>5 kr</body></html>", "a.csv", "html"),
        ('a,b\n"en rad\ntill",5\n', "a.csv", "csv"),
        ('a;b\n"aldrig slut;5\n', "a.csv", "csv"),
    ],
)
def test_content_decides(text: str, name: str, form: str) -> None:
    document = parse(text.encode(), id=name)
    assert document.format == form
    assert bool(document.flags) == (not name.endswith({"text": ".txt", "html": ".html"}.get(form, form)))


@pytest.mark.parametrize("unit", [b'"a;"b;', b'"', b";", b"a;b\n"])
def test_csv_takes_time_that_grows_with_its_length(unit: bytes) -> None:
    grows_in_proportion(lambda size: parse(b"a;b\n" + unit * size, id="a.csv"), 40_000)
