"""PDF: reading order, divided words, page numbers, wrapped numbers, raised marks, turned pages, what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from belopp.extract import extract
from belopp.model import CELL, Document
from belopp.read import Unreadable, parse

if TYPE_CHECKING:
    from tests import making
    from tests.blocks import grid
else:
    import making
    from blocks import grid

LOREM = "Regeringen bedömer att vården i hela landet behöver stärkas och att regionerna därför ska få stöd framöver. "


def read(data: bytes) -> Document:
    return parse(data, id="fil.pdf")


def normal(*texts: str) -> list[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    style = getSampleStyleSheet()["Normal"]
    return [Paragraph(text, style) for text in texts]


def ruled(rows: list[list[Any]], widths: list[float], *more: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    table = Table(rows, colWidths=widths)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *more])
    return table


def lines(*rows: tuple[float, float, str], size: float = 11, right: bool = False) -> bytes:
    """A page with words at given places, the left (or right) edge and the height from the foot given."""

    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", size)
        for x, y, words in rows:
            (canvas.drawRightString if right and words[:1].isdigit() else canvas.drawString)(x, y, words)

    return making.drawn(draw)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "the PDF is broken"),
        (b"%PDF-1.7\n" + b"\x00" * 5_000, "the PDF is broken"),
        (making.pdf(making.table(), rules=True)[:2_000], "the PDF is broken"),
        (making.drawn(lambda canvas: canvas.rect(10, 10, 300, 300, fill=1)), "no text layer"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(data)
    assert raised.value.stage == "read"
    assert raised.value.reason.startswith(reason)


def test_encrypted_and_scanned_are_not_without_sums() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = making.drawn(
        lambda c: c.drawString(72, 700, "5 mnkr"), encrypt=StandardEncryption("hemligt", strength=128)
    )
    with pytest.raises(Unreadable, match="read: encrypted"):
        read(locked)
    opens = StandardEncryption("", "hemligt", strength=128)  # whoever has it may read it
    assert "5 mnkr" in read(making.drawn(lambda c: c.drawString(72, 700, "5 mnkr"), encrypt=opens)).text


def test_a_page_without_text_among_others_is_flagged() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 700, "Regeringen ger 5 miljoner kronor.")
        canvas.showPage()
        canvas.rect(10, 10, 300, 300, fill=1)
        canvas.showPage()
        canvas.drawString(72, 700, "Regeringen ger 6 miljoner kronor.")

    document = read(making.drawn(draw))
    assert document.flags == ("no text layer on page 2",)
    assert [document.page_at(row.start) for row in extract(document)] == [1, 3]


def test_rules_that_cannot_be_read_do_not_lose_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from belopp.read import pdf

    def fails(*_: object) -> None:
        raise ValueError

    data = making.pdf(making.table(), rules=True, above=300)
    monkeypatch.setattr(pdf, "ruled", fails)
    document = read(data)
    assert document.flags == ("rules not read on page 1, 2",)
    assert len(extract(document)) == 22


def test_the_name_is_told_of_when_it_says_otherwise() -> None:
    assert parse(b"<html><body><p>5 mnkr</p></body></html>", id="a.pdf").flags == ("extension pdf, content html",)
    document = parse(making.pdf(making.table(), rules=False), id="a.html")
    assert (document.format, document.flags) == ("pdf", ("extension html, content pdf",))
    assert parse(b"\xef\xbb\xbf\n" + making.pdf(making.table(), rules=False), id="a").format == "pdf"


def test_two_columns_are_read_one_after_the_other() -> None:
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    def save(held: Any) -> None:
        frames = [Frame(50, 50, 240, 700), Frame(310, 50, 240, 700)]
        made = BaseDocTemplate(held)
        made.addPageTemplates(PageTemplate(frames=frames))
        made.build(normal(*(f"Del {n}. " + LOREM * 5 + f"Det kostar {n} miljoner kronor." for n in range(1, 9))))

    found = extract(read(making.saved(save)))
    assert [row.low for row in found] == [number * 1_000_000 for number in range(1, 9)]


def test_justified_lines_are_prose() -> None:
    def draw(canvas: Any) -> None:
        written = canvas.beginText(72, 700)
        written.setFont("Helvetica", 11)
        written.setWordSpace(13)
        for line in ("Regeringen avsätter 326 000 miljoner", "kronor till den skola som", "mest behöver det 2025."):
            written.textLine(line)
        canvas.drawText(written)

    document = read(making.drawn(draw))
    assert document.text == ("Regeringen avsätter 326 000 miljoner kronor till den skola som mest behöver det 2025.\n")


def test_divided_words_are_whole() -> None:
    text = read(
        lines(
            (72, 700, "Regeringen ger 5 mil\u00ad"),
            (72, 686, "joner kronor till vård-"),
            (72, 672, "centraler och till skol-"),
            (72, 658, "och vårdsatsningar åren 2024–"),
            (72, 644, "2026 enligt EU-"),
            (72, 630, "stödet."),
        )
    ).text  # fmt: skip
    assert text == (
        "Regeringen ger 5 miljoner kronor till vårdcentraler och till skol- och vårdsatsningar åren 2024–2026 enligt "
        "EU-stödet.\n"
    )


def test_page_numbers_and_running_headers_are_left_out() -> None:
    def edges(canvas: Any, number: int) -> None:
        canvas.drawString(72, 805, "Promemoria")
        canvas.drawRightString(520, 805, f"{number} (4)")
        canvas.drawString(72, 30, "Socialdepartementet")

    flow = normal(*(LOREM * 7 + f"Regeringen avsätter {n} miljoner kronor till skolan 2025." for n in range(1, 20)))
    document = read(making.platypus(flow, edges))
    assert len(document.pages) > 2
    assert not any(words in document.text for words in ("Promemoria", "Socialdepartementet", "(4)"))
    assert [row.low for row in extract(document)] == [number * 1_000_000 for number in range(1, 20)]
    for start in document.pages[1:]:  # a sentence goes on over the page break
        assert document.text[start - 1] in " \n"
    numbered = read(making.platypus(flow))
    assert numbered.text == document.text


def test_a_sum_over_a_page_break_is_whole() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 100, "Regeringen avsätter 326")
        canvas.drawCentredString(300, 30, "Sida 1 av 2")
        canvas.showPage()
        canvas.drawString(72, 760, "miljoner kronor till skolan 2025.")
        canvas.drawCentredString(300, 30, "Sida 2 av 2")

    document = read(making.drawn(draw))
    (row,) = extract(document)
    assert (row.text, int(row.low), document.page_at(row.start)) == ("326 miljoner kronor", 326_000_000, 1)
    assert document.pages == (0, document.text.index("miljoner"))


def test_notes_at_the_foot_do_not_part_a_sentence_and_a_year_is_no_page_number() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 800, "2024")
        canvas.drawString(72, 700, LOREM[:60])
        canvas.drawString(72, 120, "Regeringen avsätter 326")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 90, "1 Noten säger att 7 miljoner kronor har betalats ut.")
        canvas.showPage()
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 760, "miljoner kronor till skolan 2025.")

    document = read(making.drawn(draw))
    assert document.text.startswith("2024\n")
    assert [(int(row.low), document.page_at(row.start)) for row in extract(document)] == [
        (7_000_000, 1),
        (326_000_000, 1),
    ]


def test_raised_marks_never_join_a_number() -> None:
    document = read(
        making.platypus(
            normal(
                "År 2024<super>1</super> ges 284 miljoner kronor<super>2</super> till 5 000<super>3</super> skolor om "
                "30 m<super>2</super>."
            )
        )
    )
    assert document.text.startswith("År 2024 ges 284 miljoner kronor till 5 000 skolor om 30 m²")
    assert [(int(row.low), row.period) for row in extract(document)] == [(284_000_000, "2024")]


def test_numbers_wrapped_in_a_cell_are_whole_and_others_stay_apart() -> None:
    rows = [
        ["Region", "Kronor"],
        normal("Region Skåne") + normal("326 000 000"),
        normal("Region Jämtland Härjedalen") + normal("12 000 000"),
        ["Region Halland", "100\n200"],
    ]
    found = read(making.platypus([*normal("Fördelning 2024."), ruled(rows, [90, 50])]))
    assert grid(found) == [
        ["Region", "Kronor"],
        ["Region Skåne", "326 000 000"],
        ["Region Jämtland Härjedalen", "12 000 000"],
        ["Region Halland", "100 / 200"],
    ]
    assert [row.low for row in extract(found)] == [326_000_000, 12_000_000]


def test_rules_between_columns_or_rows_only() -> None:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    rows = [
        ["Region", "Belopp 2024 (tkr)"],
        ["Region Skåne", "45 000"],
        ["Region Halland", "5 000"],
        ["Summa", "50 000"],
    ]
    for rules in (
        [("BOX", (0, 0), (-1, -1), 1, colors.black), ("LINEAFTER", (0, 0), (0, -1), 1, colors.black),
         ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)],
        [("LINEBELOW", (0, 0), (-1, -1), 1, colors.black)],
        [("BOX", (0, 0), (-1, -1), 1, colors.black), ("LINEBELOW", (0, 0), (-1, -1), 1, colors.black)],
        [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey), ("BACKGROUND", (0, 2), (-1, 2), colors.whitesmoke)],
        [("BOX", (0, 0), (-1, -1), 1, colors.black), ("BOX", (0, 0), (-1, 0), 1, colors.black)],
    ):  # fmt: skip
        table = Table(rows, colWidths=[200, 120])
        table.setStyle([("ALIGN", (1, 0), (1, -1), "RIGHT"), *rules])
        assert grid(read(making.platypus([table]))) == rows, rules


def test_spans_of_a_ruled_table_stand_in_each_place() -> None:
    rows = [["Insats", "Miljoner kronor", ""], ["", "2024", "2025"], ["Skola", "10", "12,5"], ["Alla", "7", ""]]
    table = ruled(rows, [100, 60, 60], ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 3), (2, 3)))
    assert grid(read(making.platypus([table]))) == [
        ["Insats", "Miljoner kronor", "Miljoner kronor"],
        ["Insats", "2024", "2025"],
        ["Skola", "10", "12,5"],
        ["Alla", "7", ""],
    ]


def test_a_borderless_table_has_its_headers_and_wrapped_labels() -> None:
    document = read(
        lines(
            (72, 720, "Fördelning av medel till regionerna 2024."),
            (300, 690, "Belopp"), (400, 690, "Varav"),
            (72, 677, "Region"), (300, 677, "(tkr)"), (400, 677, "statligt (tkr)"),
            (72, 655, "Region Skåne"), (335, 655, "45 000"), (435, 655, "1 000"),
            (72, 635, "Region Jämtland"), (72, 624, "Härjedalen"), (335, 635, "5 000"), (435, 635, "500"),
            (72, 604, "Region Halland"), (335, 604, "120"), (435, 604, "20"),
            (72, 584, "Summa"), (335, 584, "50 120"), (435, 584, "1 520"),
            (72, 540, "Medlen betalas ut av Kammarkollegiet efter rekvisition."),
            right=True,
        )
    )  # fmt: skip
    assert grid(document) == [
        ["Region", "Belopp (tkr)", "Varav statligt (tkr)"],
        ["Region Skåne", "45 000", "1 000"],
        ["Region Jämtland Härjedalen", "5 000", "500"],
        ["Region Halland", "120", "20"],
        ["Summa", "50 120", "1 520"],
    ]


def test_a_header_over_several_columns_is_over_each() -> None:
    document = read(
        lines(
            (72, 700, "Insats"), (330, 700, "Miljoner kronor"),
            (290, 685, "2024"), (360, 685, "2025"), (430, 685, "2026"),
            (72, 670, "Skola"), (312, 670, "10"), (384, 670, "12,5"), (452, 670, "100"),
            (72, 655, "Vård"), (312, 655, "1 000"), (384, 655, "7"), (452, 655, "20"),
            right=True,
        )
    )  # fmt: skip
    assert grid(document)[0] == ["Insats", *["Miljoner kronor"] * 3] or grid(document)[0][1:] == ["Miljoner kronor"] * 3
    assert [(int(row.low / 100_000), row.period) for row in extract(document)] == [
        (100, "2024"), (125, "2025"), (1000, "2026"), (10_000, "2024"), (70, "2025"), (200, "2026"),
    ]  # fmt: skip


def test_a_table_across_two_columns_of_prose() -> None:
    prose = ("Regeringen bedömer att vården i", "hela landet behöver stärkas och", "att regionerna därför ska få stöd",
             "för att utveckla arbetet de", "kommande åren i hela landet", "och i varje kommun för sig")  # fmt: skip
    sides = [
        (x, top - 14 * number, f"{side} {words.lower()}")
        for top in (780, 400) for x, side in ((60, "Vänster"), (320, "Höger")) for number, words in enumerate(prose)
    ]  # fmt: skip
    rows = [
        ["Region", "2024 (tkr)", "2025 (tkr)"],
        ["Region Skåne", "45 000", "46 000"],
        ["Region Halland", "50", "6 000"],
    ]
    cells = [(60 + 150 * n, 640 - 16 * k, words) for k, row in enumerate(rows) for n, words in enumerate(row)]
    document = read(lines(*sides, *cells))
    assert grid(document) == rows
    assert [block.kind for block in document.blocks if block.kind != CELL] == ["paragraph"] * 4
    before = document.text[: document.text.index("Region\t")]
    assert before.rindex("Vänster") < before.index("Höger")


def test_labels_of_sections_and_units_of_their_own() -> None:
    document = read(
        lines(
            (60, 700, "Ändamål"), (300, 700, "Belopp 2025"), (400, 700, "Enhet"),
            (60, 685, "Utgiftsområde 9"),
            (75, 670, "Vård"), (340, 670, "12 000"), (400, 670, "tkr"),
            (60, 655, "Utgiftsområde 16"),
            (75, 640, "Skola"), (340, 640, "3"), (400, 640, "mnkr"),
            right=True,
        )
    )  # fmt: skip
    assert [row[0] for row in grid(document)] == ["Ändamål", "Utgiftsområde 9", "Vård", "Utgiftsområde 16", "Skola"]
    assert [(int(row.low), row.period) for row in extract(document)] == [(12_000_000, "2025"), (3_000_000, "2025")]


def test_dots_lead_to_a_sum_and_to_a_page() -> None:
    dots = "." * 40
    sums = read(lines((72, 700, "Fördelning i tkr:"), *((72, 680 - 15 * n, f"Region {name} {dots} {n + 1}5 000")
                for n, name in enumerate(("Skåne", "Halland", "Blekinge")))))  # fmt: skip
    assert [row.low for row in extract(sums)] == [15_000_000, 25_000_000, 35_000_000]
    contents = read(lines((72, 700, "Innehåll (tkr)"), *((72, 680 - 15 * n, f"Avsnitt {name} {dots} {n + 1}5")
                    for n, name in enumerate(("ett", "två", "tre")))))  # fmt: skip
    assert extract(contents) == []


def test_a_turned_page_and_a_watermark() -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        for number, (label, value) in enumerate(
            [("Region", "tkr"), ("Region Skåne", "45 000"), ("Region Halland", "5 000")]
        ):
            canvas.drawString(72, 500 - 18 * number, label)
            canvas.drawRightString(400, 500 - 18 * number, value)
        canvas.translate(300, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "UTKAST")

    document = read(making.drawn(draw))
    assert grid(document) == [["Region", "tkr"], ["Region Skåne", "45 000"], ["Region Halland", "5 000"]]
    assert document.flags == ("text at another angle left out",)


def test_headings_by_their_size() -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    styles = getSampleStyleSheet()
    flow = [
        Paragraph("Budget för vården 2025", styles["Title"]),
        *normal(LOREM * 3),
        Paragraph("Skolan", styles["Heading2"]),
        *normal("• Regeringen ger 5 mnkr.", "• Regeringen ger 6 mnkr.", LOREM * 3),
    ]
    document = read(making.platypus(flow))
    assert document.title == "Budget för vården 2025"
    assert [block.kind for block in document.blocks] == ["title", "paragraph", "heading", "item", "item", "paragraph"]


def test_prose_with_figures_is_no_table() -> None:
    document = read(
        making.platypus(normal(*[LOREM + f"Det blir {n} 000 kronor, 12 procent och {n} skolor." for n in range(9)]))
    )
    assert not any(block.kind == CELL for block in document.blocks)
