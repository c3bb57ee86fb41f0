"""What a cell might hold instead: the other side's word, the neighbours', and names, years and headings nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from belopp.model import VOCABULARIES, Document, Row
from belopp.review.standing import Standing, cells
from belopp.rulebook import Rulebook
from belopp.sentences import Outline

MOST: Final = 9
_YEARS: Final = re.compile(r"\b((?:19|20)\d\d)(?:\s*[–—-]\s*((?:19|20)\d\d))?\b")
_NAME: Final = re.compile(r"\b[A-ZÅÄÖ][\wåäöÅÄÖ&-]+(?:\s+(?:[A-ZÅÄÖ][\w&-]+|län|kommun|och\s+[A-ZÅÄÖ][\w&-]+))*")
_PURPOSE: Final = re.compile(r"\b(?:till|för|om|inom|på)\s+((?:\w[\w-]*,?\s+){0,4}\w[\w-]*)")
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
    sentence = _sentence(standing.row, document)
    here = list(_in_text(column, sentence, book))
    if column in ("payer", "recipient"):
        yield from here[:3]
    around = _neighbours(column, standing, all_)
    yield from around[:4]
    yield from here
    yield from around[4:]
    if document is not None and column in ("area", "period"):
        for words in _headings(standing.row, document):
            yield from _in_text(column, words, book) if column == "period" else [_FRAMING.sub("", words)]
    if column in ("payer", "recipient"):
        yield from _COMMON
    if column == "period" and document is not None:
        yield document.published[:4]


def _sentence(row: Row, document: Document | None) -> str:
    if document is None:
        return ""
    outline = Outline(document)
    found = outline.sentence_at(outline.block_at(row.start), row.start)
    return document.text[found.start : found.end] if found else ""


def _in_text(column: str, sentence: str, book: Rulebook) -> Iterator[str]:
    if column == "period":
        for years in _YEARS.finditer(sentence):
            yield f"{years[1]}-{years[2]}" if years[2] else years[1]
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
            if not purpose[1][0].isdigit():  # "det handlar om 5,2 miljarder"
                yield purpose[1].rstrip(",")


def _neighbours(column: str, standing: Standing, all_: Sequence[Standing]) -> list[str]:
    """What the other sums say: its total first, then the nearest."""
    row = standing.row
    others = [each.row for each in all_ if each.id != standing.id and each.state != "rejected"]
    others.sort(key=lambda other: (other.start not in (row.part_of, row.same_as), abs(other.start - row.start)))
    return list(dict.fromkeys(cells(other).get(column, "") for other in others[:60]))


def _headings(row: Row, document: Document) -> Iterator[str]:
    outline = Outline(document)
    blocks = outline.blocks
    for index in reversed(outline.headings(outline.block_at(row.start))):
        yield document.text[blocks[index].start : blocks[index].end]
    yield document.title
