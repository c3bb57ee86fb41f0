"""Describes what a sum is: its kind, what it counts for, whether it changes a level, and how settled it is.

``kind`` asks ``governing`` for the word that says what a sum is, by the ``families`` of rules and their ``lexicon``,
and what stands elsewhere: ``tabular`` in its table, ``earlier`` and ``told`` in the text; ``size``, ``limit``,
``cost``, ``public``, ``award`` and ``club`` tell what a sum may be that no word governs. ``change`` asks ``reach``
whether a word of change is said of the sum. ``status`` finds the verb that settles it, ``astray`` where such a verb
is said of something else; ``condition`` adds whose consent it takes, ``past`` and ``later`` whether its years are
over or still to come. All read the sentence by ``clause``, and a cell by the sentence that ``table`` finds for it.
"""

from __future__ import annotations

from typing import NamedTuple

from belopp.model import CELL, FUNDING, RATE, Reason
from belopp.purpose import change, kind, status
from belopp.purpose.table import source
from belopp.rulebook import Rulebook
from belopp.sentences import Place


class Purpose(NamedTuple):
    """The kind of a sum and what it counts for, and for funding its change and status."""

    kind: str
    change: str
    status: str
    per: str
    because: tuple[Reason, ...]


def describe(place: Place, book: Rulebook) -> Purpose:
    """What the text says the sum is: change and status are empty unless it is funding.

    >>> from belopp.find import mentions
    >>> from belopp.rulebook import load
    >>> from belopp.sentences import Outline, place_mentions
    >>> from belopp.read import text_document
    >>> text = text_document("Regeringen föreslår att anslaget ökas med 5 miljoner kronor.")
    >>> (place,) = place_mentions(Outline(text), mentions(text, load()))
    >>> describe(place, load())[:3]
    ('funding', 'increase', 'proposed')
    """
    what, because = kind.read(place, book)
    if what == RATE and not place.mention.per and kind.is_of_one(place, because):
        return Purpose(what, "", "", "item", (because, Reason("per", "per.one", because.start, because.end)))
    per = place.mention.per
    if what != FUNDING:
        return Purpose(what, "", "", per, (because,))
    found = source(place) if place.kind == CELL else None
    moved, why = change.read(place, book, found)
    settled, ground = status.read(place, book, found)
    return Purpose(what, moved, settled, per, (because, why, ground))
