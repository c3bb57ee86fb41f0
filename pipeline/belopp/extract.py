"""The conductor: from a document to its rows and checks."""

from __future__ import annotations

from typing import NamedTuple

from belopp import actors, area, period, purpose, rulebook
from belopp.find import mentions as find_mentions
from belopp.links import link
from belopp.model import Check, Document, Row
from belopp.sentences import Place, place_mentions


class Extraction(NamedTuple):
    """The rows of a document by ``start``, and what arithmetic says of them."""

    rows: list[Row]
    checks: list[Check]


def extract(document: Document, *, book: rulebook.Rulebook | None = None) -> list[Row]:
    """Every sum of money that the document states, one :class:`Row` each, in text order."""
    return examine(document, book=book).rows


def examine(document: Document, *, book: rulebook.Rulebook | None = None) -> Extraction:
    """The rows of a document and the checks of its totals."""
    book = book or rulebook.load()
    mentions = find_mentions(document, book)
    if not mentions:
        return Extraction([], [])
    places = place_mentions(document, mentions)
    rows = [describe(place, book) for place in places]
    return Extraction(link(rows, places, book), [])


def describe(place: Place, book: rulebook.Rulebook) -> Row:
    """The row of one mention, from what stands around it."""
    mention = place.mention
    what = purpose.describe(place, book)
    who = actors.describe(place, what.kind, book)
    why = area.describe(place, what.kind, book)
    when = period.describe(place, what.kind, book)
    return Row(
        place.outline.document.id,
        mention.start,
        mention.end,
        mention.text,
        mention.low,
        mention.high,
        mention.currency,
        mention.modifier,
        what.kind,
        what.change,
        what.status,
        who.payer,
        who.recipient,
        why.area,
        when.period,
        mention.per,
        mention.vat,
        None,
        None,
        (*mention.because, *what.because, *who.because, *why.because, *when.because),
    )
