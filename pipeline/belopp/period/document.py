"""Finds the years that a document as a whole gives its sums: headings, an agreement, a grant, a bill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from belopp.model import BOILERPLATE, CELL, HEADING, TITLE, Block
from belopp.period.reading import ABOUT, years_in
from belopp.period.tense import is_over
from belopp.period.years import Years, without_days
from belopp.rulebook import Cues, Rulebook
from belopp.sentences import Outline, Place, Span

# Money already given is none of a bill's.
PAID: Final = re.compile(
    r"\b(?:ha[rd]e?\s+(?:[\w,]+\s+){0,5}(?:ställt|gett|givit|bidragit|lämnat|betalat|utbetalat|donerat|stöttat|fått|satsats?|avsatts?|ökat|tillförts?|fördelats?)"
    r"|fick|bidrog|gav|kunde|\w+(?:ad|dd)es|(?:tilldel|bevilj|fördel|bet|sats|stött|don)ade|avsatte|tillförde|sköt)\b"
)
# "i forskningspropositionen satsas N", "till ett värde av N": no money of the budget bill's year
OF_ANOTHER: Final = re.compile(
    r"\b(?!(?:vårändrings|höständrings|ändrings)?budget|ekonomiska\b)\w+s?proposition(?:en)?\b|\b[Vv]ärdet?\b|\b[Vv]ärt\b"
)
FAR_BELOW: Final = 5  # blocks: a bill first named further below is that of something else
NAMED: Final = re.compile(r"(?<!\still)(?<!\si)\s[A-ZÅÄÖ]\w*\s+$")  # "Expo 2025" and "Agenda 2030" are names
LEAD: Final = 2  # paragraphs at the head of a text that say what it is about
# GRANTED is tried on the text as it stands, HELD_FOR and OF_A_SUM on it in small letters.
HELD_FOR: Final = re.compile(r"\s*(?:för|under|perioden|åren|budgetåret|budgetåren|kalenderåret)\b")
# "3 miljoner kronor till läxhjälp under 2026", "hittills under 2026", "beslutar att för 2026": of one sum alone
OF_A_SUM: Final = re.compile(r"\b(?:kronor|kr|mnkr|euro|dollar)\b[^.]*$|\b(?:hittills|att)\s+$")
GRANTED: Final = re.compile(r"Bidrag|Stöd\b")  # "Bidrag till Läxhjälpens Forum 2026"


def from_headings(place: Place, book: Rulebook) -> Years | None:
    """The years of the nearest heading, or of the title."""
    over = place.outline.headings(place.block)
    return place.outline.kept(("period.heading", over, book), lambda: _of_headings(place.outline, over, book))


def _of_headings(outline: Outline, over: tuple[int, ...], book: Rulebook) -> Years | None:
    text = outline.document.text
    for index in reversed(over):
        block = outline.blocks[index]
        for years in without_days(years_in(outline, block.start, block.end, book)):
            if years.rule == ABOUT:  # "Årets lärare": of what it says itself alone
                continue
            before = text[block.start : years.start]
            if years.rule == "period.year" and NAMED.search(before) and not GRANTED.match(before):
                continue
            event = book.cues("period.event").first(outline.lowered, block.start, years.start)
            return years._replace(period="", rule="period.event") if event else years._replace(rule="period.heading")
    return None


def from_year_above(place: Place, book: Rulebook) -> Years | None:
    """A figure that is no funding is of the one year that the heading names; not if it recurs or stands in brackets."""
    if place.mention.per or place.text.startswith("(", place.mention.start - 1):
        return None
    found = from_headings(place, book)
    return found if found and found.single else None


def from_long_span(place: Place, book: Rulebook) -> Years | None:
    """Several years that are counted but not named ("över en treårsperiod") leave the period open to none."""
    cue = book.cues("period.long").first(place.lowered, *place.sentence)
    if cue is None or place.mention.per == "year":
        return None
    above = from_headings(place, book)
    named = above.period if above and not above.single else ""
    return Years(cue.start, cue.end, named, "period.long")


def from_agreement(place: Place, book: Rulebook) -> Years | None:
    """The years that the agreement as a whole is said to hold for."""
    found = place.outline.kept(("period.agreement", book), lambda: _of_agreement(place.outline, book))
    return None if found and PAID.search(place.text, *place.sentence) else found


def _of_agreement(outline: Outline, book: Rulebook) -> Years | None:
    text, cues = outline.lowered, book.cues("period.agreement")
    for _, sentence in sentences_with(cues, outline):
        if cue := cues.first(text, *sentence):
            for years in without_days(years_in(outline, cue.end, sentence.end, book)):
                if years.start - cue.end < 90:
                    return years._replace(rule="period.agreement")
    return None


def from_grant(place: Place, book: Rulebook) -> Years | None:
    """The year right beside the name of the money that the text is about: "bidragsramarna för 2024"."""
    return place.outline.kept(("period.grant", book), lambda: _of_grant(place.outline, book))


def _of_grant(outline: Outline, book: Rulebook) -> Years | None:
    text, cues = outline.lowered, book.cues("period.grant")
    published = outline.document.published[:4]
    found: list[Years] = []
    for index in _blocks_with(cues, outline):
        block = outline.blocks[index]
        if block.kind == CELL:
            continue
        for cue in cues.find(text, block.start, block.end):
            years = years_in(outline, cue.start, min(cue.end + 14, block.end), book)
            found += [y for y in years if y.start <= cue.end + 1 and y.period[:4] >= published]
    alone = published and len({y.period for y in found}) == 1
    return found[0]._replace(rule="period.grant") if alone else None


def from_bill(place: Place, book: Rulebook) -> Years | None:
    """The year of the budget bill that a text is about, when it names one alone."""
    bills = place.outline.kept(("period.bill", book), lambda: _bills(place.outline, book))
    if not bills or OF_ANOTHER.search(place.text, *place.sentence) or PAID.search(place.text, *place.sentence):
        return None
    first = place.outline.block_at(bills[0].start)
    return bills[0] if first - place.block <= FAR_BELOW else None


def _bills(outline: Outline, book: Rulebook) -> list[Years]:
    """Where a text names the one budget bill that it names; nothing where it names several."""
    text, cues = outline.lowered, book.cues("period.bill")
    published = outline.document.published[:4]
    bills: list[Years] = []
    for index in _blocks_with(cues, outline):
        block = outline.blocks[index]
        if cues.first(text, block.start, block.end):
            said = years_in(outline, block.start, block.end, book)
            bills += [y for y in said if y.rule == "period.bill" and y.period >= published]
    alone = len({y.period for y in bills}) == 1
    return [y._replace(rule="period.proposal") for y in bills] if alone else []


def from_text(place: Place, book: Rulebook) -> Years | None:
    """The one year, or span, that a text names, when the first lines under its title tell of something for it."""
    found = place.outline.kept(("period.text", book), lambda: _of_text(place.outline, book))
    if found is None or years_in(place.outline, *place.sentence, book) or is_over(place, found):
        return None
    return found


def _of_text(outline: Outline, book: Rulebook) -> Years | None:
    if outline.title is None:
        return None
    told = [block for block in outline.blocks if block.kind not in (CELL, BOILERPLATE)]
    first = next(_dated(outline, told[: LEAD + 1], book), None)
    text = outline.lowered
    if first is None or not HELD_FOR.match(text, first.start, first.end):
        return None
    if OF_A_SUM.search(text, max(0, first.start - 60), first.start):
        return None
    alone = all(years.period == first.period for years in _dated(outline, told, book))  # the whole text is read last
    return first._replace(rule="period.text") if alone else None


def _dated(outline: Outline, told: Sequence[Block], book: Rulebook) -> Iterator[Years]:
    """The years, and spans, that some blocks name, in text order, but for those that they are held against."""
    for block in told:
        for years in without_days(years_in(outline, block.start, block.end, book)):
            if not years.compares and years.rule != ABOUT:
                yield years


def _blocks_with(cues: Cues, outline: Outline) -> Sequence[int]:
    """The blocks in which the words of some rules may stand: few of a document's."""
    return sorted({outline.block_at(at) for at in cues.stem_offsets(outline.lowered)})


def sentences_with(cues: Cues, outline: Outline) -> list[tuple[int, Span]]:
    """The sentences of running text in which the words of some rules may stand, each with its block."""
    spots = ((outline.block_at(at), at) for at in cues.stem_offsets(outline.lowered))
    told = ((block, at) for block, at in spots if outline.blocks[block].kind not in (TITLE, HEADING, CELL))
    return sorted({(block, outline.sentence_at(block, at)) for block, at in told})
