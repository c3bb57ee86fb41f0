"""A sum that the run missed: its row as the reading would have it, or as its neighbours suggest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from belopp.extract import extract
from belopp.find import find
from belopp.model import DECIDED, FUNDING, Document, Row
from belopp.review.edits import read_value
from belopp.review.layout import words_seen
from belopp.review.problems import ReviewError
from belopp.review.standing import Standing, span_of
from belopp.rulebook import Rulebook
from belopp.sentences import Outline

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


def missed_row(
    document: Document, start: int, end: int, all_: Sequence[Standing], book: Rulebook, *, exact: bool
) -> Row:
    """The row of a sum from ``start`` to ``end``; unless ``exact``, of the sum that is stated around there.

    Raises :class:`ReviewError` when no sum is stated there, or the run has it already.
    """
    if not 0 <= start < end <= len(document.text):
        raise ReviewError("no.span")
    start, end = whole_tokens(document.text, start, end)
    read = _as_read(document, start, end, book, exact=exact)
    if read is None:
        if not exact:
            start, end = _grown(document, start, end, book)
        read = _as_suggested(document, start, end, all_, book)
    taken = [each for each in all_ if each.state != "rejected" and span_of(each.row) == span_of(read)]
    if taken:
        raise ReviewError("no.row_already")
    starts = {each.row.start for each in all_ if each.state != "rejected"}
    return replace(
        read,
        part_of=read.part_of if read.part_of in starts else None,
        same_as=read.same_as if read.same_as in starts else None,
        because=(),
    )


def whole_tokens(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole tokens that a span touches.

    >>> whole_tokens("ger 30 miljoner kronor.", 5, 14)
    (4, 15)
    """
    first, last = max(0, start - 100), min(len(text), end + 100)
    touched = [found for found in _TOKEN.finditer(text, first, last) if found.start() < end and start < found.end()]
    return (touched[0].start(), touched[-1].end()) if touched else (start, end)


def _as_read(document: Document, start: int, end: int, book: Rulebook, *, exact: bool) -> Row | None:
    """The row that the reading gives the place, if it gives one."""
    for row in extract(document, book=book):
        if span_of(row) == (start, end) or (not exact and row.start < end and start < row.end):
            return row
    return None


def _grown(document: Document, start: int, end: int, book: Rulebook) -> tuple[int, int]:
    """The sum that is stated around a number, if one is."""
    outline = Outline(document)
    sentence = outline.sentence_at(outline.block_at(start), start)
    if sentence is not None:
        for mention in find(document.text[sentence.start : sentence.end], book=book):
            if sentence.start + mention.start < end and start < sentence.start + mention.end:
                return sentence.start + mention.start, sentence.start + mention.end
    return start, end


def _as_suggested(document: Document, start: int, end: int, all_: Sequence[Standing], book: Rulebook) -> Row:
    """A row with the value that the words state, and the rest as the nearest sum has it."""
    text = document.text[start:end]
    seen = words_seen(document, start, end)
    value = read_value(seen, book)
    if value is None:
        digits = re.sub(r"\D", "", seen)
        if not digits or len(digits) > 18:
            raise ReviewError("no.sum", text=text[:80])
        low = high = Decimal(digits)
        currency, modifier = "SEK", ""
    else:
        low, high, currency, modifier = value.low, value.high, value.currency, value.modifier
    near = min((each.row for each in all_), key=lambda row: abs(row.start - start), default=None)
    made = Row(document.id, start, end, text, low, high, currency, modifier, FUNDING, status=DECIDED)
    if near is None:
        return made
    return replace(made, kind=near.kind, change=near.change, status=near.status, payer=near.payer,
                   recipient=near.recipient, area=near.area, period=near.period, part_of=near.part_of)  # fmt: skip
