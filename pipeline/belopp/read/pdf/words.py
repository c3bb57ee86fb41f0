"""A PDF page's characters, as pdfium gives them, to words with their places, upright and top left first."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median_low
from typing import TYPE_CHECKING, Final, NamedTuple

from belopp.read.inline import raised

if TYPE_CHECKING:
    import pypdfium2

SOFT: Final = "\u00ad"
# What pdfium puts for a hyphen at the end of a line.
_HYPHENS: Final = frozenset({"\x02", "\ufffe", "\u2010", "\u2011"})
_NO_CHARACTER: Final = frozenset({"\x00", "\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\uffff"})
_CLOSE: Final = 0.28  # of the size: a gap wider than this parts words
_SMALLER: Final = 0.8
_RAISED: Final = 0.12


class Word(NamedTuple):
    """A word and its box in points from the page's top left corner, the page turned upright."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The height of its letters' box."""
        return self.bottom - self.top


class _Glyph(NamedTuple):
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    place: int


class Sheet(NamedTuple):
    """One page: its words in the order of the file, its size, by how many degrees it was turned, what was left out."""

    words: tuple[Word, ...]
    width: float
    height: float
    turned: int
    slanted: int


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    """The words of a page.  Text at another angle than most of it, a watermark say, is counted and left out."""
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        count = text.count_chars()
        codes = [raw.FPDFText_GetUnicode(text, place) for place in range(count)]
        angles = _angles(text, codes)
        turned = Counter(round(angle / 90) % 4 * 90 for angle in angles.values()).most_common(1)
        turn = turned[0][0] if turned else page.get_rotation()
        box = page.get_mediabox()
        glyphs = list(_glyphs(text, codes, angles, turn, box))
        words = tuple(_words(glyphs, lambda place: _is_bold(text, place)))
    finally:
        text.close()
    wide, high = box[2] - box[0], box[3] - box[1]
    if turn % 180:
        wide, high = high, wide
    slanted = sum(1 for angle in angles.values() if not _upright(angle, turn))
    return Sheet(words, wide, high, turn, slanted)


def _angles(text: pypdfium2.PdfTextPage, codes: Sequence[int]) -> dict[int, float]:
    """By place: the angle in degrees at which each stretch between spaces is written."""
    from pypdfium2 import raw

    angle_of = raw.FPDFText_GetCharAngle
    found, begins = {}, True
    for place, code in enumerate(codes):
        blank = code <= 32 or code == 0xA0
        if begins and not blank:
            found[place] = -math.degrees(angle_of(text, place)) % 360  # pdfium's angles go clockwise
        begins = blank
    return found


def _upright(angle: float, turn: int) -> bool:
    return abs((angle - turn + 180) % 360 - 180) < 10


def _glyphs(
    text: pypdfium2.PdfTextPage,
    codes: Sequence[int],
    angles: dict[int, float],
    turn: int,
    box: tuple[float, float, float, float],
) -> Iterator[_Glyph]:
    from pypdfium2 import raw

    rectangle = raw.FS_RECTF()
    place_of = ctypes.byref(rectangle)
    left, low, right, high = box
    angle = float(turn)
    for place, code in enumerate(codes):
        angle = angles.get(place, angle)
        mark = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if mark in _NO_CHARACTER or not _upright(angle, turn):
            continue
        mark = "-" if mark in _HYPHENS else mark
        if mark.isspace() or mark < " ":
            yield _Glyph(" ", 0, 0, 0, 0, place)
            continue
        if not raw.FPDFText_GetLooseCharBox(text, place, place_of):
            continue
        x0, x1, y0, y1 = rectangle.left, rectangle.right, rectangle.bottom, rectangle.top
        if turn == 0:
            yield _Glyph(mark, x0 - left, x1 - left, high - y1, high - y0, place)
        elif turn == 90:
            yield _Glyph(mark, y0 - low, y1 - low, x0 - left, x1 - left, place)
        elif turn == 180:
            yield _Glyph(mark, right - x1, right - x0, y0 - low, y1 - low, place)
        else:
            yield _Glyph(mark, high - y1, high - y0, right - x1, right - x0, place)


def _words(glyphs: Sequence[_Glyph], is_bold: Callable[[int], bool]) -> Iterator[Word]:
    """The glyphs in words: a space, a gap or another line parts them."""
    held: list[_Glyph] = []
    texts: list[str] = []
    for number, glyph in enumerate(glyphs):
        if glyph.text == " ":
            # A raised mark may have a space of the reader's own making before it.
            following = glyphs[number + 1] if number + 1 < len(glyphs) else None
            if held and following and _is_raised(held[0], held[-1], following):
                continue
            yield from _word(held, texts, is_bold)
            held, texts = [], []
        elif held and _is_raised(held[0], held[-1], glyph):
            texts.append(raised(glyph.text, "".join(texts)))
        elif held and _goes_on(held[-1], glyph):
            held.append(glyph)
            texts.append(glyph.text)
        else:
            yield from _word(held, texts, is_bold)
            held, texts = [glyph], [glyph.text]
    yield from _word(held, texts, is_bold)


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(before.bottom - before.top, 0.1)
    overlap = min(before.bottom, glyph.bottom) - max(before.top, glyph.top)
    if overlap <= 0.5 * min(size, glyph.bottom - glyph.top):
        return False
    # The letters of a ligature all have the box of the whole.
    return glyph.x0 > before.x0 - 0.1 * size and glyph.x0 - before.x1 < _CLOSE * size


def _is_raised(first: _Glyph, before: _Glyph, glyph: _Glyph) -> bool:
    """Whether a glyph is a small raised one close behind what is written full size."""
    size = first.bottom - first.top
    return (
        glyph.text.isalnum()
        and glyph.bottom - glyph.top < _SMALLER * size
        and first.bottom - glyph.bottom > _RAISED * size
        and glyph.bottom > first.top
        and -0.3 * size < glyph.x0 - before.x1 < size
    )


def _word(held: Sequence[_Glyph], texts: Sequence[str], is_bold: Callable[[int], bool]) -> Iterator[Word]:
    if held:
        words = "".join(texts)
        words = words[:-1].replace(SOFT, "") + words[-1:]
        # The ring of an å may reach above what the other letters of the size have.
        top, bottom = median_low(glyph.top for glyph in held), median_low(glyph.bottom for glyph in held)
        yield Word(words, held[0].x0, max(g.x1 for g in held), top, bottom, is_bold(held[0].place))


def _is_bold(text: pypdfium2.PdfTextPage, place: int) -> bool:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, place, buffer, 128, ctypes.byref(flags))
    name = buffer.raw[: max(0, min(length, 128))].lower()
    return b"bold" in name or b"black" in name or b"heavy" in name
