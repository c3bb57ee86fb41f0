"""Describes the year or years that a sum is for.

``years`` reads the expressions of years, ``reading`` those of a stretch of a document. ``sentence`` settles which are
the sum's, with ``owners`` where a sentence has several of both, ``levels`` for what was and what is reached, and
``tense``; ``neighbours``, ``document`` and ``commencement`` tell what its own sentence leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from belopp.model import CELL, FUNDING, OTHER, RATE, Reason
from belopp.period.commencement import from_commencement, from_new_day, tells_of_rules
from belopp.period.document import (
    from_agreement,
    from_bill,
    from_grant,
    from_headings,
    from_long_span,
    from_text,
    from_year_above,
)
from belopp.period.neighbours import (
    from_account,
    from_lead_in,
    from_paragraph,
    from_period_meant,
    from_sentence_before,
    from_table,
    from_thing_before,
    from_use,
)
from belopp.period.sentence import counted, from_day, from_sentence
from belopp.period.years import Years, read_years
from belopp.rulebook import Rulebook
from belopp.sentences import Place
from belopp.years import YEAR_IN_FIGURES

# What is said of one year's budget goes on when the sum recurs.
ONE_YEAR: Final = ("period.bill", "period.heading", "period.proposal")

# "en permanent förstärkning om 10 miljoner", "100 miljoner i permanenta medel"; not "bygga ut permanent"
PERMANENT_BEFORE: Final = re.compile(r"\bpermanent(?:a|as)?\s+(?:\w+\s+){1,5}(?:på|om|med)\s+$")
PERMANENT_AFTER: Final = re.compile(r"\s+(?:i\s+)?permanent")

THIS_YEAR: Final = ("period.relative.this", "period.relative.year")
DATED: Final = re.compile(r"\W+(?:\w+\s+)?(?:19|20)\d\d")

__all__ = ["Period", "describe", "read_years"]


class Period(NamedTuple):
    """The years a sum is for, in the guide's form, and which rule found them."""

    period: str
    because: tuple[Reason, ...]


def describe(place: Place, kind: str, book: Rulebook) -> Period:
    """The years that the sentence, the one before it or the heading gives the sum."""
    for years in _looks(place, kind, book):
        if years is not None and years.rule in book:
            if years.rule in ONE_YEAR and years.single and _recurs(place):
                years = counted(years.period, place, book) or years._replace(period=f"{years.period}-")
            because = (Reason("period", years.rule, years.start, years.end), *_passed_over(place, years.rule, book))
            return Period(years.period, because)
    return Period("", tuple(_passed_over(place, "", book)))


def _recurs(place: Place) -> bool:
    """Whether the sum comes again each year: it is said to be yearly, or permanent."""
    if place.kind == CELL:  # a list of prices for a year is of that year
        return False
    if place.mention.per == "year" or PERMANENT_AFTER.match(place.lowered, *place.after):
        return True
    return PERMANENT_BEFORE.search(place.lowered[slice(*place.before)]) is not None


def _looks(place: Place, kind: str, book: Rulebook) -> Iterator[Years | None]:
    """What each look finds, the nearest first; each is taken only when those before it found nothing."""
    yield from_table(place, book)
    if kind == OTHER and not place.mention.per:
        yield from_day(place, book)
    found = from_sentence(place, book)
    if not (found and found.rule in THIS_YEAR and kind != FUNDING and tells_of_rules(place.outline, book)):
        yield found  # "den avgift som någon har betalat under året": of a rule, no year of its own
    yield from_lead_in(place, book)
    yield from_sentence_before(place, book)
    yield from_thing_before(place, book)
    yield from_period_meant(place, book)
    if kind != FUNDING:
        yield from_commencement(place, kind, book)
    yield from_paragraph(place, book)
    yield from_account(place, book)
    yield from_use(place, book)
    if kind != OTHER or place.kind == CELL:
        yield from_long_span(place, book)
        yield from_headings(place, book)
        yield from_agreement(place, book)
    else:
        yield from_year_above(place, book)
    if kind != OTHER:
        yield from_grant(place, book)
        yield from_bill(place, book)
    if kind != OTHER or not place.mention.per:
        yield from_text(place, book)
    if kind == RATE:
        yield from_new_day(place, book)
    if kind == FUNDING and tells_of_rules(place.outline, book):
        yield from_commencement(place, kind, book)


def _passed_over(place: Place, taken: str, book: Rulebook) -> Iterator[Reason]:
    """The years of the sentence that date no money: those of a budget bill, of birth, in names."""
    sentence, reach = place.sentence, 12  # how far behind a cue its year may begin and end
    if not YEAR_IN_FIGURES.search(place.text, sentence.start, sentence.end + reach):
        return
    for rule in ("period.bill", "period.not"):
        cue = book.cues(rule).first(place.lowered, *sentence) if rule != taken else None
        if cue and DATED.match(place.text[cue.end : cue.end + reach]):
            yield Reason("period", rule, cue.start, cue.end)
