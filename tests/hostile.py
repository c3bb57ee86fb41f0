"""Documents of our own for the tests: sound ones in every format, and such as break, bloat or hang what reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Final

TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SUM: Final = "Staten ger 5 miljoner kronor till biblioteken 2024."


def zipped(members: Sequence[tuple[str, str | bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def docx(body: str = "", *, head: str = "", more: Sequence[tuple[str, str | bytes]] = ()) -> bytes:
    """A Word document; ``head`` goes before its root element."""
    text = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body or paragraph(SUM)}</w:body></w:document>'
    return zipped(
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", text), *more],
    )


def pdf(lines: Sequence[str] = (SUM,), *, password: str = "") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, invariant=1, encrypt=password or None)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * number, line)
    canvas.showPage()
    canvas.save()
    return held.getvalue()


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of objects as they are, the first one its root."""
    text, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return text + end % (size, table, size, len(text))


def xlsx(rows: Sequence[Sequence[object]] = (("Region", "Medel, tkr"), ("Norr", 5000), ("Syd", 6000))) -> bytes:
    from openpyxl import Workbook

    book, held = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(held)
    return held.getvalue()


CATALOG: Final = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE: Final = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"


def circular_pdf() -> bytes:
    return pdf_of([CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 3>>"])


def pdf_that_draws_itself() -> bytes:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 5/Resources<</XObject<</A 4 0 R>>>>>>"
    form += b"stream\n/A Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 4 0 R>>>>>>"
    return pdf_of([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, form])


def pdf_of_a_million_pages() -> bytes:
    return pdf_of([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", PAGE])


def bomb(size: int = 200_000_000) -> bytes:
    """A Word document that unpacks to ``size`` bytes, in a thousandth of them."""
    return docx(paragraph("a" * size))


def lying_bomb() -> bytes:
    """One that says of its text that it unpacks to a thousand bytes."""
    data = bytearray(docx(paragraph("a" * 20_000_000)))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    struct.pack_into("<I", data, entry + 24, 1_000)
    return bytes(data)


def crowd(members: int = 100_000) -> bytes:
    return docx(more=[(f"word/{number}.xml", "") for number in range(members)])


def nested(depth: int = 20) -> bytes:
    inner = docx(paragraph("Inuti: 7 miljoner kronor."))
    for _ in range(depth):
        inner = zipped([("inner.docx", inner)])
    return inner


def laughs(canary: str = "") -> str:
    """Declarations that blow up, and one that fetches."""
    fetched = f'<!ENTITY canary SYSTEM "{canary}"><!ENTITY % more SYSTEM "{canary}">%more;' if canary else ""
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [{fetched}<!ENTITY l0 "5 miljoner kronor ">{layers}]>'


def deep_html(depth: int = 100_000) -> bytes:
    return ("<html>" + "<div>" * depth + f"<p>{SUM}").encode()


def hostile() -> dict[str, bytes]:
    """By name: documents that must be quarantined, or read, without harm to any other."""
    whole_pdf, whole_docx = pdf(), docx()
    stream = zlib.compress(b"BT " + b"(5 kr) Tj " * 200_000)
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream)
    makers: dict[str, Callable[[], bytes]] = {
        "tom.md": lambda: b"",
        "blank.html": lambda: b" \n\t",
        "nollor.txt": lambda: b"\x00" * 1_000,
        "bild.pdf": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        "avkortad.pdf": lambda: whole_pdf[: len(whole_pdf) // 2],
        "avkortad.docx": lambda: whole_docx[: len(whole_docx) // 2],
        "ring.pdf": circular_pdf,
        "sig-själv.pdf": pdf_that_draws_itself,
        "miljon.pdf": pdf_of_a_million_pages,
        "lås.pdf": lambda: pdf(password="hemligt"),
        "ström.pdf": lambda: pdf_of([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, content]),
        "bomb.docx": lambda: bomb(160_000_000),
        "lögn.docx": lying_bomb,
        "folkhop.docx": lambda: crowd(6_000),
        "askar.docx": nested,
        "skratt.docx": lambda: docx(paragraph("&l11;"), head=laughs()),
        "skratt.html": f"{laughs()}<html><p>&l11;</p>".encode,
        "djup.html": lambda: deep_html(20_000),
        "siffror.md": lambda: b"Det kostar " + b"9" * 5_000 + b" kronor.",
        "ettor.txt": lambda: b"Det kostar 5 kr " + b"1 " * 3_000,
    }
    return {name: make() for name, make in makers.items()}


def healthy(number: int) -> tuple[str, bytes]:
    """The name and bytes of a sound document, each number another, the seven formats in turn."""
    million, year = 3 + number % 90, 2020 + number % 6
    title = f"Stöd nummer {number}"
    words = f"Regeringen avsätter {million} miljoner kronor {year}, varav {number % 3 + 1} till Kulturrådet."
    rows = (("Region", f"{year}, tkr"), ("Norr", 1_000 * million), ("Syd", 500), ("Summa", 1_000 * million + 500))
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    texts: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("md", f"# {title}\n\n{words}\n".encode),
        ("txt", lambda: f"{title}\n\n{words}\n".encode("cp1252")),
        ("html", f"<h1>{title}</h1><p>{words}</p><table>{table}</table>".encode),
        ("pdf", lambda: pdf([title, words])),
        ("docx", lambda: docx(paragraph(title) + paragraph(words))),
        ("xlsx", lambda: xlsx(rows)),
        ("csv", lambda: "\n".join(";".join(map(str, row)) for row in rows).encode()),
    )
    ending, make = texts[number % len(texts)]
    return f"{ending}/d{number:04}.{ending}", make()
