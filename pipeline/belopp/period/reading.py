"""Reads the years that a stretch of a document names, those that are counted from a year told of before among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.period.tense import first_tense
from belopp.period.years import Years, read_lowered
from belopp.rulebook import Rulebook
from belopp.sentences import Outline

BARE: Final = ("period.year", "period.date", "period.until")
# "Läxrådet, som inrättades 2019, får", "uppdraget, som ska redovisas senast 2027": of a body, of an account
ORIGIN: Final = re.compile(
    r"""\b(?:som\s+(?:\w+\s+){0,2}(?:bilda|etablera|inrätta|grunda|starta|upprätta|instifta|inviga)des
      | (?:års|slut|del)?redovis(?!ar\b|ade\b)\w*)\s+(?:(?!mot\b)[^\W\d]+\s+){0,4}$""",
    re.VERBOSE,
)
ABOUT: Final = "period.relative.year"  # "under året": the year told of, else this one
BEFORE: Final = "period.relative.before"  # "föregående år": the year before it
SENTENCES: Final = 4  # before a sentence, in which the year may stand that it counts from
# "I årets budgetproposition", "vid årets ingång": no year of money
NO_YEAR: Final = re.compile(r"\s+(?:budgetprop|höstbudget|vårprop|proposition|ingång|början|utgång)")
# "Årets resultat", told in the first months of a year: of the year before.
ACCOUNT: Final = re.compile(r"\s+(?:resultat|bokslut|överskott|underskott|vinst|förlust|omsättning)\b")
ACCOUNTED: Final = "04"


def years_in(outline: Outline, start: int, end: int, book: Rulebook) -> list[Years]:
    """Every expression of years in a stretch of a document, left to right, read once for all of its sums."""

    def read() -> list[Years]:
        found = list(_read(outline, start, end, book))
        plain = [y for y in found if not outline.lowered.endswith("årets", y.start, y.end)]
        return plain or found  # "årets enkät visar att läxorna kostade 5 miljoner 2024"

    return outline.kept(("years", start, end, book), read)


def _read(outline: Outline, start: int, end: int, book: Rulebook) -> Iterator[Years]:
    text, here = outline.lowered, list[Years]()
    for years in read_lowered(text, start, end, outline.document.published, book):
        if years.rule in BARE and ORIGIN.search(text, start, years.start):
            continue
        found: Years | None = years
        if years.counts_back or years.rule in (ABOUT, BEFORE):
            found = _resolved(years, [*_told_before(outline, start, book), *here], outline, start, end)
        if found is not None:
            here.append(found)
            yield found


def _told_before(outline: Outline, start: int, book: Rulebook) -> list[Years]:
    """The years that the sentences before a stretch told of, in order."""
    block = outline.block_at(start)
    before = outline.before(block, outline.sentence_at(block, start), SENTENCES)
    return [y for _, sentence in reversed(before) if sentence.end <= start for y in years_in(outline, *sentence, book)]


def _resolved(years: Years, told: list[Years], outline: Outline, start: int, end: int) -> Years | None:
    """What is counted from another year, or is of the year told of, with its own year; ``None`` when there is none."""
    single = [y.period for y in told if y.single and not y.compares]
    if years.counts_back:
        return years._replace(period=f"{int(single[-1]) + int(years.period)}") if single else None
    published, text = outline.document.published, outline.lowered
    if NO_YEAR.match(text, years.end):
        return None
    if single and max(single) < published[:4] and first_tense(text, start, end) != "present":
        return years._replace(period=f"{int(max(single)) - (years.rule == BEFORE)}")
    if published[5:7] <= ACCOUNTED and ACCOUNT.match(text, years.end):
        return years._replace(period=f"{int(years.period) - 1}")
    return years
