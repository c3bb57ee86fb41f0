"""What a cell might hold instead: the other side's word, the neighbours', and names, years and headings nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from belopp.model import CELL, VOCABULARIES, Document, Row
from belopp.review.standing import Standing, cells
from belopp.rulebook import Rulebook
from belopp.sentences import Outline
from belopp.years import closed_years

MOST: Final = 9
_YEARS: Final = re.compile(r"\b((?:19|20)\d\d)(?:\s*[–—-]\s*((?:19|20)\d\d))?\b")
_NAME: Final = re.compile(r"\b[A-ZÅÄÖ][\wåäöÅÄÖ&-]+(?:\s+(?:[A-ZÅÄÖ][\w&-]+|län|kommun|och\s+[A-ZÅÄÖ][\w&-]+))*")
# No number: "det handlar om 5,2 miljarder"; no deed: "för att korta köerna".
_PURPOSE: Final = re.compile(
    r"\b(?:till|för|om|inom|på)\s+(?!att\b)((?:(?!\d)\w[\w-]*,?\s+(?!för\s+att\b)){0,4}(?!\d)\w[\w-]*)"
)
_LEFT_OPEN: Final = re.compile(
    r"(?:,|\s+(?:och|eller|samt|till|för|om|inom|på|i|av|med|som|att|under|från|tillför|avsätter|den|det|de|en|ett))+$"
)
_UNITS: Final = frozenset({"Mkr", "MKR", "Mnkr", "Mdkr", "Tkr", "Kr", "SEK", "Mdr"})
_COMMON: Final = ("staten", "regionerna", "kommunerna", "SKR", "EU")
_FRAMING: Final = re.compile(
    r"^(?:överenskommelsen?(?: mellan .{1,60}?)? om|uppdrag att|satsning(?:en)? på|medel till)\s+", re.IGNORECASE
)


def suggestions(
    column: str, standing: Standing, all_: Sequence[Standing], document: Document | None, book: Rulebook
) -> list[str]:
    """At most nine values for a cell, the likeliest first; what it holds now is not among them."""
    now = cells(standing.row).get(column, "")
    given = _given(column, standing, all_, document, book)
    distinct = dict.fromkeys(" ".join(value.split()) for value in given)
    return [value for value in distinct if value and value != now][:MOST]


def _given(
    column: str, standing: Standing, all_: Sequence[Standing], document: Document | None, book: Rulebook
) -> Iterator[str]:
    for side in (standing.gold, standing.run):
        if side is not None:
            yield cells(side).get(column, "")
    if column in VOCABULARIES:
        yield from sorted(VOCABULARIES[column])
        return
    outline = Outline(document) if document is not None else None
    here = list(_here(column, standing.row, outline, book))
    if column == "period":
        yield from here  # what stands beside the sum before the years of others
    if column in ("payer", "recipient"):
        yield from here[:3]
    around = _neighbours(column, standing, all_, outline)
    yield from around[:4]
    yield from here
    yield from around[4:]
    if outline is not None and column in ("area", "period"):
        for words in _headings(standing.row, outline):
            yield from _in_text(column, words, book) if column == "period" else [_FRAMING.sub("", words)]
    if column in ("payer", "recipient"):
        yield from _COMMON
    if column == "period" and document is not None:
        yield document.published[:4]


def _here(column: str, row: Row, outline: Outline | None, book: Rulebook) -> Iterator[str]:
    """What the sum's own sentence gives, and of a table's cell its row's label and its column's header."""
    if outline is None:
        return
    at = outline.block_at(row.start)
    block, text = outline.blocks[at], outline.document.text
    if block.kind == CELL and column != "payer":
        grid = outline.grid(block.level)
        label, heads = grid.row_label(block), (grid.column_header(block), grid.row_year(block))
        for cell in (*heads, label) if column == "period" else (label,):
            words = grid.words_of(cell)
            yield from _in_text(column, words, book) if column == "period" else [words]
    sentence = outline.sentence_at(at, row.start)
    if column == "period":
        found = list(_YEARS.finditer(text, sentence.start, sentence.end))
        for years in sorted(found, key=lambda years: min(abs(years.start() - row.end), abs(years.end() - row.start))):
            yield _period(years)
        return
    yield from _in_text(column, text[sentence.start : sentence.end], book)


def _period(years: re.Match[str]) -> str:
    return f"{years[1]}-{years[2]}" if years[2] else years[1]


def _in_text(column: str, sentence: str, book: Rulebook) -> Iterator[str]:
    if column == "period":
        yield from map(_period, _YEARS.finditer(sentence))
    elif column in ("payer", "recipient"):
        for found in _NAME.finditer(sentence):
            name = " ".join(found[0].split())
            actor = book.names.get(name)
            if actor is not None:
                yield actor.canonical
            elif found.start() and name not in _UNITS:
                yield name
        for word in re.findall(r"[a-zåäö]+", sentence.lower()):
            if word in book.names:
                yield book.names[word].canonical
    elif column == "area":
        for purpose in _PURPOSE.finditer(sentence):
            yield _LEFT_OPEN.sub("", purpose[1])


def _neighbours(column: str, standing: Standing, all_: Sequence[Standing], outline: Outline | None) -> list[str]:
    """What the other sums say: its total first, then those that are not of other years, the nearest first."""
    row = standing.row
    others = [each.row for each in all_ if each.id != standing.id and each.state != "rejected"]

    def order(other: Row) -> tuple[bool, bool, int]:
        governs = other.start in (row.part_of, row.same_as)
        return not governs, _is_of_other_years(row, other, outline), abs(other.start - row.start)

    others.sort(key=order)
    return list(dict.fromkeys(cells(other).get(column, "") for other in others[:60]))


def _is_of_other_years(row: Row, other: Row, outline: Outline | None) -> bool:
    """Whether two sums are of years that have none in common; the cells of one row of a table are of one thing."""
    years, others = closed_years(row.period), closed_years(other.period)
    if not years or not others or years & others:
        return False
    if outline is None:
        return True
    one, two = (outline.blocks[outline.block_at(each.start)] for each in (row, other))
    return (one.kind, one.level, one.row) != (two.kind, two.level, two.row) or one.kind != CELL


def _headings(row: Row, outline: Outline) -> Iterator[str]:
    blocks, document = outline.blocks, outline.document
    for index in reversed(outline.headings(outline.block_at(row.start))):
        yield document.text[blocks[index].start : blocks[index].end]
    yield document.title
