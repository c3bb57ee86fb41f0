"""What every annotation tool has in common: marks on a text with a label and links, each with its quote beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from belopp.gold.problems import GoldError
from belopp.gold.sheets import row_of
from belopp.model import COLUMNS, POINTERS, VOCABULARIES, Row
from belopp.score.sheets import cells_of

CELLS: Final = tuple(column for column in COLUMNS if column not in {"doc", "start", "end", "kind", *POINTERS})
"""The columns that a mark holds as cells; the others are its place, its label and its links."""

CLOSED: Final = tuple(column for column in CELLS if column in VOCABULARIES)
OPEN: Final = tuple(column for column in CELLS if column not in VOCABULARIES)
_CONTEXT: Final = 40
_LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One row as a tool holds it: a key of its own, its place, the words that stood there, its label, cells and links.

    A link is the key of another mark.  One that leads to no mark stands among the cells as the offset that it was.
    """

    key: str
    start: int
    end: int
    quote: str
    kind: str
    cells: Mapping[str, str]
    part_of: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A publication as a tool holds it: its id, the text that the marks' offsets count in, and the marks."""

    doc: str
    text: str
    marks: tuple[Mark, ...]


def key_of(start: int, end: int) -> str:
    """The key of a mark: its span."""
    return f"{start}-{end}"


def marked(doc: str, text: str, rows: Sequence[Row]) -> Marked:
    """The marks of a publication's rows on its ``text``.  Raises :class:`GoldError` for rows of another text."""
    wrong = [row for row in rows if text[row.start : row.end] != row.text]
    if wrong:
        row = wrong[0]
        raise GoldError(
            f"{doc}: {len(wrong)} of {len(rows)} rows quote other words than stand there "
            f"({row.text!r} at {row.start}); "
            "move them with belopp gold import, or give the text that they were made on"
        )
    at: dict[int | None, Row] = {
        row.start: row for row in sorted(rows, key=lambda row: row.end)
    }  # of two at one start, the longer
    return Marked(doc, text, tuple(_mark(row, at) for row in rows))


def _mark(row: Row, at: Mapping[int | None, Row]) -> Mark:
    said = cells_of(row)
    links = dict.fromkeys(POINTERS, "")
    loose: dict[str, str] = {}
    for column, start in zip(POINTERS, (row.part_of, row.same_as), strict=True):
        if start in at:
            links[column] = key_of(at[start].start, at[start].end)
        elif start is not None:
            loose[column] = str(start)
    cells = {column: said[column] for column in CELLS if said[column]} | loose
    return Mark(key_of(row.start, row.end), row.start, row.end, row.text, row.kind, cells, **links)


def rows_of(given: Marked, text: str | None = None) -> tuple[list[Row], list[str]]:
    """The rows of the marks, in text order, and what had to be done to them, in words.

    ``text`` is the publication as it reads now, if it is at hand: a mark whose quote has moved in it goes along when
    the quote, or the quote with what stood before it, is there once.  Raises :class:`GoldError` for a quote that is
    gone or stands in several places, and for a mark that is no row.
    """
    told: list[str] = []
    placed: dict[str, Mark] = {}
    for mark in given.marks:
        if mark.key in placed:
            raise GoldError(f"{given.doc}: two marks are called {mark.key}; leave one out")
        placed[mark.key] = _placed(given, mark, given.text if text is None else text, told)
    rows = [_row(given.doc, mark, placed, told) for mark in placed.values()]
    return sorted(rows, key=lambda row: (row.start, row.end)), told


def _placed(given: Marked, mark: Mark, text: str, told: list[str]) -> Mark:
    """The mark where its quote stands in ``text``."""
    if text[mark.start : mark.end] == mark.quote:
        return mark
    stood = given.text[mark.start : mark.end] == mark.quote
    before = given.text[max(0, mark.start - _CONTEXT) : mark.start] if stood else ""
    start = anchor(text, mark.quote, before=before)
    where = f"{given.doc} {mark.start}-{mark.end}"
    if start is None:
        raise GoldError(
            f"{where}: the text has changed, and {mark.quote!r} stands in it {text.count(mark.quote)} times; "
            "mark it anew, or give the text that it was marked in"
        )
    told.append(f"{where}: the text has changed; {mark.quote!r} now stands at {start}")
    return replace(mark, start=start, end=start + len(mark.quote))


def anchor(text: str, quote: str, *, before: str = "") -> int | None:
    """Where ``quote`` stands in ``text`` when it is there once, or once after the end of ``before``.

    >>> anchor("5 kr blev 6 kr.", "6 kr"), anchor("5 kr + 5 kr", "5 kr"), anchor("5 kr + 5 kr", "5 kr", before=" kr + ")
    (10, None, 7)
    """
    places = list(_places(text, quote))
    while len(places) != 1 and len(before) >= _LEAST:
        found = [place for place in places if text[:place].endswith(before)]
        if len(found) == 1:
            return found[0]
        before = before[(len(before) + 1) // 2 :]
    return places[0] if len(places) == 1 else None


def quoted(whole: str, start: int, end: int, said: object) -> str:
    """The words of a mark: those that stand at its place, unless the tool says that they were others.

    Tools write white space their own way: it does not count.
    """
    here = whole[start:end]
    if not isinstance(said, str) or said.replace("\\n", " ").split() == here.split():
        return here
    return said


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _row(doc: str, mark: Mark, placed: Mapping[str, Mark], told: list[str]) -> Row:
    cells = {column: mark.cells[column] for column in (*CELLS, *POINTERS) if mark.cells.get(column)}
    place = {"doc": doc, "start": str(mark.start), "end": str(mark.end), "text": mark.quote, "kind": mark.kind}
    if "low" not in cells:
        cells |= _value(mark.quote)
        told.append(f"{doc} {mark.start}-{mark.end}: new; its value {cells.get('low', '')} is read from {mark.quote!r}")
    for column, key in zip(POINTERS, (mark.part_of, mark.same_as), strict=True):
        if key:
            if key not in placed:
                raise GoldError(
                    f"{doc} {mark.start}-{mark.end}: {column} leads to {key}, which is no mark; mend the link"
                )
            cells[column] = str(placed[key].start)
    try:
        return row_of({**cells, **place})
    except ValueError as error:
        raise GoldError(f"{doc} {mark.start}-{mark.end} {mark.quote!r}: {error}; mend it in the tool") from error


def _value(quote: str) -> dict[str, str]:
    """The value of a mark that was added in the tool, which knows only the words."""
    from belopp.find import find

    for mention in find(quote):
        said = {"low": mention.low, "high": mention.high}
        return {**{column: f"{value:f}" for column, value in said.items()}, "currency": mention.currency}
    return {}


def by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by document, in the order of the ids and of the text."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.doc, row.start, row.end)):
        found.setdefault(row.doc, []).append(row)
    return found


def cells_in(given: object) -> dict[str, str]:
    """The cells in what a tool gives back, of which only texts under the guide's names are taken."""
    if not isinstance(given, dict):
        return {}
    return {column: str(given[column]) for column in (*CELLS, *POINTERS) if isinstance(given.get(column), (str, int))}
