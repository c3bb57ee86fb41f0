"""PDF to text: pdfium gives the words, their places give lines, columns, tables and paragraphs in reading order."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from belopp.read.page import Page
from belopp.read.pdf.columns import flows
from belopp.read.pdf.lines import Line, lines_of
from belopp.read.pdf.prose import Part, Table, compose
from belopp.read.pdf.ruled import ruled
from belopp.read.pdf.running import body_of
from belopp.read.pdf.words import Sheet, sheet_of
from belopp.read.pdf.writing import write
from belopp.read.problems import ANEW, DIVIDED, Unreadable

if TYPE_CHECKING:
    import pdfplumber
    import pypdfium2

MOST_PAGES: Final = 5_000
# More drawn paths than this are a map or a diagram, and take minutes to look through.
_MOST_PATHS: Final = 20_000
_LINE: Final = 6.0  # points: what is longer one way only is a line
_BOX: Final = 6  # segments that a box is drawn with
_LEAST: Final = 2
_PASSWORD: Final = 4  # pdfium's code for it
_NAMED: Final = 12


def page_of(data: bytes) -> Page:
    """The text of a PDF and its blocks, in reading order, and where each of its pages starts.

    Page numbers and what runs along the edge of every page are left out.  Raises :class:`Unreadable` at stage
    ``read`` for one that is encrypted, has no text layer (it was scanned), or cannot be opened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error) from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("read", f"the PDF has {len(document)} pages; at most {MOST_PAGES} are read; {DIVIDED}")
        return _read(document, data)
    finally:
        document.close()


def _unreadable(error: Exception) -> Unreadable:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return Unreadable("read", "encrypted: the PDF opens with a password only; save a copy without one")
    return Unreadable("read", f"the PDF is broken: {' '.join(str(error).split()).rstrip('.')}; {ANEW}")


def _read(document: pypdfium2.PdfDocument, data: bytes) -> Page:
    sheets, drawn = [], []
    for number in range(len(document)):
        page = document[number]
        try:
            sheet = sheet_of(page)
            sheets.append(sheet)
            figures = any(word.text[-1:].isdigit() for word in sheet.words)
            if figures and sheet.turned == page.get_rotation() and _is_drawn(page):
                drawn.append(number)
        finally:
            page.close()
    blank = [number for number, sheet in enumerate(sheets, 1) if not sheet.words]
    if len(blank) == len(sheets):
        raise Unreadable("read", "no text layer: the PDF holds pictures of pages only; have it read by an OCR program")
    pages, unruled = _lines(sheets, drawn, data)
    bodies = body_of(pages, [sheet.height for sheet in sheets])
    parts: list[Part | Table] = compose([flows(lines) for lines in bodies])
    return write(parts, len(sheets), flags=tuple(_flags(sheets, blank, unruled)))


def _flags(sheets: Sequence[Sheet], blank: Sequence[int], unruled: Sequence[int]) -> list[str]:
    flags = []
    for why, numbers in (("no text layer", blank), ("rules not read", unruled)):
        if numbers:
            named = ", ".join(map(str, numbers[:_NAMED])) + (", …" if len(numbers) > _NAMED else "")
            flags.append(f"{why} on page {named}")
    if any(sheet.slanted for sheet in sheets):
        flags.append("text at another angle left out")
    if any("\ufffd" in word.text for sheet in sheets for word in sheet.words):
        flags.append("characters without a meaning")
    return flags


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether a page has lines both ways, or boxes, enough for a table to be ruled with."""
    from pypdfium2 import raw

    across = down = boxes = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for count, drawn in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST_PATHS:
            return False
        if not raw.FPDFPageObj_GetBounds(drawn.raw, *map(ctypes.byref, edges)):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        wide, high = right - left > _LINE, top - bottom > _LINE
        across += wide and not high
        down += high and not wide
        if wide and high:  # a box, or many lines drawn in one go
            boxes += 1 if raw.FPDFPath_CountSegments(drawn.raw) <= _BOX else _LEAST
    return boxes >= _LEAST or min(across, down) >= _LEAST


def _lines(sheets: Sequence[Sheet], drawn: Sequence[int], data: bytes) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, its ruled tables among them, and the pages whose rules could not be read."""
    found = [lines_of(sheet.words) for sheet in sheets]
    if not drawn:
        return found, []
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity in a broken file
    unruled: list[int] = []
    try:
        with pdfplumber.open(BytesIO(data)) as pages:
            for number in drawn:
                try:
                    found[number] = _with_tables(sheets[number], pages.pages[number])
                except MemoryError:
                    raise
                except Exception:  # noqa: BLE001 (pdfminer stumbles over what pdfium mends; the words are there)
                    unruled.append(number + 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001
        unruled = [number + 1 for number in drawn]
    return found, unruled


def _with_tables(sheet: Sheet, page: pdfplumber.page.Page) -> list[Line]:
    try:
        found, left = ruled(page, sheet.words)
    finally:
        page.close()
    # A table goes where it begins, a line where its middle is.
    return sorted([*lines_of(left), *found], key=lambda line: line.top + (line.top if line.rows else line.bottom))
