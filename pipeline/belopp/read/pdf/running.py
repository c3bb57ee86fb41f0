"""What comes again at the edge of page after page, and page numbers: no part of what a publication says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from belopp.read.pdf.lines import Line
from belopp.years import YEAR_IN_FIGURES

_EDGE: Final = 0.13  # of the page's height
_MOST_LINES: Final = 4
_DIGITS: Final = re.compile(r"\d+")
_MONEY: Final = re.compile(r"\b(?:kr|kronor|[mt]kr|mnkr|miljoner|miljarder|belopp|euro|sek)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"(?:(?:sida|sidan|sid\.?|s\.|page)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?P<of>\s*(?:/|av|of|\()\s*\d{1,4}\s*\)?)?",
    re.IGNORECASE,
)


def body_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without page numbers and running headers and footers."""
    edges = [list(_edges(lines, height)) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(key for page in edges for key in {(top, _key(lines[place])) for lines, place, top in page})
    kept = []
    for lines, page in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for _, place, top in page:
            line = lines[place]
            again = seen[top, _key(line)]
            comes_again = again > 1 and 2 * again >= min(len(pages), 6) and not _MONEY.search(line.text)
            if comes_again or _is_page_number(lines, place, top=top):
                dropped.add(place)
        kept.append([line for place, line in enumerate(lines) if place not in dropped])
    return kept


def _edges(lines: Sequence[Line], height: float) -> Iterator[tuple[Sequence[Line], int, bool]]:
    """The places of the lines at the top and bottom edges that a gap sets apart from the page's body."""
    for top in (True, False):
        order = list(range(len(lines))) if top else list(range(len(lines) - 1, -1, -1))
        near = []
        for place in order[:_MOST_LINES]:
            line = lines[place]
            inside = line.bottom < _EDGE * height if top else line.top > (1 - _EDGE) * height
            if not inside or line.rows:
                break
            near.append(place)
        for count in range(len(near), 0, -1):  # up to the last one with a gap behind it
            if count == len(lines) or _gap(lines[near[count - 1]], lines[order[count]]) > 0.9:
                yield from ((lines, place, top) for place in near[:count])
                break


def _gap(line: Line, other: Line) -> float:
    """The white between two lines in heights of a line."""
    first, second = sorted((line, other), key=lambda held: held.top)
    return (second.top - first.bottom) / max(line.size, 0.1)


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _is_page_number(lines: Sequence[Line], place: int, *, top: bool) -> bool:
    """Whether a line at the edge holds nothing but a page's number, by itself or beside other words (``3 (12)``)."""
    line = lines[place]
    outermost = place == (0 if top else len(lines) - 1)
    found = _NUMBER.fullmatch(line.text.strip())
    if found is None or YEAR_IN_FIGURES.fullmatch(line.text.strip()):  # a year by itself is the publication's
        return False
    return outermost or found["of"] is not None
