"""Sums in headings that leave the unit to the text below: ``100 000 i bidrag`` over ``Klubben får 100 000 kronor``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from belopp.composing import lowered
from belopp.find import hedges
from belopp.find.view import view
from belopp.model import HEADING, TITLE, Block, Document, Mention, Reason
from belopp.numerals import numbers_in_figures
from belopp.rulebook import Rulebook

_IN_FULL: Final = Decimal(10_000)
_GROUPED: Final = re.compile(r"\d[ \u00a0\u202f.]\d{3}(?!\d)")  # what is counted may well come to as many, but is named
# "100 000 till Läxklubben", "Läxklubben får 100 000"; not "15 000 sommarjobb", "10 000–15 000" or "100 000 kr"
_NOTHING_COUNTED: Final = re.compile(
    r"\s*(?:[.,;:!?)”\"]?\s*$|[,;:!?)”\"]\s|\s(?:till|i|för|åt|från|per|om\såret|årligen|extra|mer|mindre|och|ska|går)\b)"
)


def restated(document: Document, found: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The mentions, with each number of a heading that the text says again as kronor: all of them in text order."""
    said: dict[Decimal, Mention] = {}
    for mention in found:
        if mention.low >= _IN_FULL and mention.low == mention.high and mention.currency == "SEK":
            said.setdefault(mention.low, mention)
    if not said:
        return [*found]
    heads = [
        block
        for block in document.blocks
        if block.kind in (TITLE, HEADING) and _GROUPED.search(document.text, block.start, block.end)
    ]
    new = [mention for block in heads for mention in _in_heading(document, block, said, book)]
    taken = {mention.start for mention in found}
    return sorted((*found, *(each for each in new if each.start not in taken)), key=lambda mention: mention.start)


def _in_heading(document: Document, block: Block, said: dict[Decimal, Mention], book: Rulebook) -> Iterator[Mention]:
    seen = view(document.text, block.start, block.end)
    for number in numbers_in_figures(seen.text):
        again = said.get(number.value)
        if again is None or number.groups < 2 or not _NOTHING_COUNTED.match(seen.text, number.end):
            continue
        start, end = seen.place(number.start, number.end)
        if start <= again.start < end:
            continue
        hedge = hedges.hedge(lowered(seen.text), number.start, number.end, book)
        modifier = book.rules[hedge.rule].sets["modifier"] if hedge else ""
        because = {reason for reason in again.because if reason.column in ("low", "currency")}
        if hedge:
            because.add(Reason("modifier", hedge.rule, *seen.place(hedge.start, hedge.end)))
        text, value = document.text[start:end], again.low
        yield Mention(start, end, text, value, value, "SEK", modifier, because=tuple(sorted(because)))
