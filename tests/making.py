"""Publications of our own in every format that is read, made while the tests run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final

REGIONS: Final = (
    "Region Stockholm", "Region Uppsala", "Region Sörmland", "Region Östergötland", "Region Jönköpings län",
    "Region Kronoberg", "Region Kalmar län", "Region Gotland", "Region Blekinge", "Region Skåne", "Region Halland",
    "Västra Götalandsregionen", "Region Värmland", "Region Örebro län", "Region Västmanland", "Region Dalarna",
    "Region Gävleborg", "Region Västernorrland", "Region Jämtland Härjedalen", "Region Västerbotten",
    "Region Norrbotten",
)  # fmt: skip
SUMS: Final = tuple(12_000 + (number * 7_919 + 4_321) % 88_000 for number in range(len(REGIONS)))
TITLE: Final = "Medel till förlossningsvård"
LEAD: Final = "Regeringen fördelar medel till regionerna för förlossningsvård."


def figure(value: int) -> str:
    """A whole number with spaces between its thousands."""
    return f"{value:,}".replace(",", " ")


def table(*, unit: str = "tkr", year: str = "2024") -> list[list[str]]:
    """A table by region: a head, 21 rows and a total."""
    rows = [[region, figure(value)] for region, value in zip(REGIONS, SUMS, strict=True)]
    return [["Region", f"Belopp {year} ({unit})"], *rows, ["Summa", figure(sum(SUMS))]]


def markdown(rows: Sequence[Sequence[str]]) -> bytes:
    """A title, a sentence and a table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return (f"# {TITLE}\n\n{LEAD}\n\n" + "\n".join(lines) + "\n").encode()


def html(rows: Sequence[Sequence[str]]) -> bytes:
    """The same in HTML."""
    cells = "".join("<tr>" + "".join(f"<td>{words}</td>" for words in row) + "</tr>" for row in rows)
    return f"<!doctype html><body><h1>{TITLE}</h1><p>{LEAD}</p><table>{cells}</table></body>".encode()


def docx(rows: Sequence[Sequence[str]]) -> bytes:
    """The same in Word."""
    import docx as word

    document = word.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(LEAD)
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    return saved(document.save)


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """The same in Excel, its numbers as numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([TITLE], [LEAD], [], *rows):
        figures = [words.replace(" ", "") for words in row]
        sheet.append([int(f) if f.isdecimal() else words for f, words in zip(figures, row, strict=True)])
    return saved(book.save)


def csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The same as CSV, parted by semicolons."""
    lines = [[TITLE, ""], [LEAD, ""], *rows]
    return "".join(";".join(row) + "\r\n" for row in lines).encode("utf-8-sig")


def pdf(rows: Sequence[Sequence[str]], *, rules: bool, above: float = 12) -> bytes:
    """The same in PDF, with or without rules, the table ``above`` points below the sentence."""
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, Spacer, Table

    styles = getSampleStyleSheet()
    made = Table([list(row) for row in rows], colWidths=[220, *[110] * (len(rows[0]) - 1)])
    made.setStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT")])
    if rules:
        made.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    return platypus([Paragraph(TITLE, styles["Title"]), Paragraph(LEAD, styles["Normal"]), Spacer(1, above), made])


def platypus(flow: Sequence[Any], edges: Callable[[Any, int], None] | None = None) -> bytes:
    """A PDF of reportlab's flowables; ``edges`` draws what stands at the edges of a page, its number given."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    def draw(canvas: Any, _template: Any) -> None:
        canvas.setFont("Helvetica", 8)
        if edges:
            edges(canvas, canvas.getPageNumber())
        else:
            canvas.drawCentredString(A4[0] / 2, 30, str(canvas.getPageNumber()))

    held = BytesIO()
    SimpleDocTemplate(held, pagesize=A4, invariant=1).build(list(flow), onFirstPage=draw, onLaterPages=draw)
    return held.getvalue()


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF drawn by hand on reportlab's canvas."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    held = BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=1, **options)
    draw(canvas)
    canvas.save()
    return held.getvalue()


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """The bytes that a library writes."""
    held = BytesIO()
    save(held)
    return held.getvalue()


FORMATS: Final[dict[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {
    "tabell.md": markdown,
    "tabell.html": html,
    "linjerad.pdf": lambda rows: pdf(rows, rules=True),
    "olinjerad.pdf": lambda rows: pdf(rows, rules=False),
    "delad.pdf": lambda rows: pdf(rows, rules=True, above=300),
    "delad-olinjerad.pdf": lambda rows: pdf(rows, rules=False, above=300),
    "tabell.docx": docx,
    "tabell.xlsx": xlsx,
    "tabell.csv": csv,
}
