"""The conductor: from a document to its rows and checks."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from belopp import actors, area, period, purpose, rulebook
from belopp.checks import check
from belopp.composing import as_read
from belopp.find import mentions as find_mentions
from belopp.links import link
from belopp.model import Check, Document, Reason, Row
from belopp.sentences import Outline, Place, place_mentions


class Extraction(NamedTuple):
    """The rows of a document by ``start``, and what arithmetic says of them."""

    rows: list[Row]
    checks: list[Check]


def extract(document: Document, *, book: rulebook.Rulebook | None = None) -> list[Row]:
    """Every sum of money that the document states, one :class:`Row` each, in text order.

    Raises ``TypeError`` for what is no :class:`Document`.
    """
    if not isinstance(document, Document):
        kind = type(document).__name__
        raise TypeError(f"belopp.extract takes a Document, not {kind}; of a file: belopp.extract(belopp.read(path))")
    return examine(document, book=book).rows


def examine(document: Document, *, book: rulebook.Rulebook | None = None, outline: Outline | None = None) -> Extraction:
    """The rows of a document and the checks of its totals; ``outline`` is the document's, for whom keeps it."""
    book = book or rulebook.load()
    if whole := as_read(document):
        found = examine(whole.document(document), book=book)
        rows = [whole.row(row, document.text) for row in found.rows]
        return Extraction(rows, [whole.check(check) for check in found.checks])
    mentions = find_mentions(document, book)
    if not mentions:
        return Extraction([], [])
    places = place_mentions(outline or Outline(document), mentions)
    rows = [describe(place, book) for place in places]
    linked = link(rows, places, book)
    checks = check(linked, document, book)
    places[0].outline.forget()
    return Extraction(with_reasons(linked, checks), checks)


def with_reasons(rows: list[Row], checks: list[Check]) -> list[Row]:
    """The rows, each total with the words that say what its parts must come to."""
    because: dict[int, list[Reason]] = {}
    for held in checks:
        for reason in held.because:
            told = because.setdefault(held.total, [])
            if reason not in told:
                told.append(reason)
    return [replace(row, because=(*row.because, *because[row.start])) if row.start in because else row for row in rows]


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
        what.per,
        mention.vat,
        None,
        None,
        (*mention.because, *what.because, *who.because, *why.because, *when.because),
    )
