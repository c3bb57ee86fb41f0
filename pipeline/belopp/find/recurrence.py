"""What a sum recurs or counts for: per year, month, day, person or item; and whether value added tax is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple

from belopp.find import over, rates, yearly
from belopp.find.coordination import inherit
from belopp.find.single import Amount
from belopp.find.stretch import Stretch, stretches
from belopp.model import Reason
from belopp.rulebook import Cue, Cues, Rulebook
from belopp.sentences import Span

# "500 kronor. Priset är inklusive moms": of another sentence
SENTENCE_END: Final = re.compile(r"[.;]\s")
CLOSE: Final = 80  # characters behind a sum in which it is said whether value added tax is in it


class Ask(NamedTuple):
    """A question that tells that a sum recurs, and the rules of the words that it looks for."""

    put: Callable[[Stretch, Cues], Cue | None]
    sought: tuple[str, ...]


# The surest question first.
ASKS: Final = (
    Ask(rates.beside, rates.BESIDE),
    Ask(yearly.respective, ("per.respective",)),
    Ask(rates.each_thing, ("per.thing",)),
    Ask(rates.each, ("per.each",)),
    Ask(yearly.yearly_after, ("per.year",)),
    Ask(yearly.from_after, yearly.FROM),
    Ask(yearly.from_before, yearly.FROM),
    Ask(yearly.yearly_before, ("per.year",)),
    Ask(yearly.adjective, ("per.adjective",)),
    Ask(rates.thing_before, rates.BESIDE),
    Ask(rates.of_every, ("per.every",)),
    Ask(rates.at_each, ("per.at",)),
    Ask(rates.wage, rates.WAGES),
    Ask(rates.fee, ("per.fee",)),
)


def recurrences(
    text: str, small: str, sums: Sequence[Amount], book: Rulebook, *, lead: str = ""
) -> list[tuple[Reason | None, Reason | None]]:
    """For each sum the reason of its ``per`` and of its ``vat``.

    ``small`` is the text in small letters, ``lead`` the text that introduces a list item.
    """
    asks = _asks(small, _all_asks(book))
    taxed = book.cues("vat").may_stand(small)
    fee = over.in_lead(lead, book)
    if not asks and not taxed and fee is None:
        return [(None, None)] * len(sums)
    placed = stretches(text, small, sums)
    found = _found(placed, small, asks)
    if fee is not None:
        for index, stretch in enumerate(placed):
            if found[index] is None and rates.is_rate(stretch.amount):
                found[index] = Reason("per", fee.rule.id, stretch.amount.start, stretch.amount.start)
    return [(per, _vat(stretch, book) if taxed else None) for stretch, per in zip(placed, found, strict=True)]


@cache
def _all_asks(book: Rulebook) -> tuple[tuple[Ask, Cues], ...]:
    """The questions with the words that they look for in a rulebook."""
    return tuple((ask, book.cues(*ask.sought)) for ask in ASKS)


def _asks(small: str, among: Sequence[tuple[Ask, Cues]]) -> list[tuple[Ask, Cues]]:
    """The questions that a text in small letters holds a word for, in their order."""
    sought = {words: ask.sought for ask, words in among}  # several ask for the same words
    told = {words for words in sought if _is_told(sought[words], words, small)}
    return [each for each in among if each[1] in told] if told else []


def _is_told(sought: tuple[str, ...], words: Cues, small: str) -> bool:
    if sought == rates.BESIDE and "/" in small:  # "500 kr/st" stands for "per st"
        return True
    return words.may_stand(small) and (sought != yearly.FROM or any(map(small.__contains__, ("20", "19", "år"))))


def _found(placed: Sequence[Stretch], small: str, asks: Sequence[tuple[Ask, Cues]]) -> list[Reason | None]:
    """For each sum the reason of its ``per``; each sentence is asked what the paragraph holds words for."""
    sentence: Span | None = None
    held: Sequence[tuple[Ask, Cues]] = ()
    found: list[Reason | None] = []
    for stretch in placed:
        if stretch.sentence is not sentence:
            sentence = stretch.sentence
            held = _asks(small[sentence.start : sentence.end], asks)
        found.append(_per(stretch, held))
    if any(found):
        inherit(placed, found)
    return found


def _per(stretch: Stretch, asks: Sequence[tuple[Ask, Cues]]) -> Reason | None:
    for ask, words in asks:
        if (cue := ask.put(stretch, words)) is not None:
            return Reason("per", cue.rule.id, cue.start, cue.end)
    return None


def _vat(stretch: Stretch, book: Rulebook) -> Reason | None:
    start, end = stretch.right
    cue = book.cues("vat").first(stretch.small, start, min(end, start + CLOSE))
    if cue is None or SENTENCE_END.search(stretch.text, start, cue.start):
        return None
    return Reason("vat", cue.rule.id, cue.start, cue.end)
