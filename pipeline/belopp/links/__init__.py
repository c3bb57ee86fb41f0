"""Links the rows of a document: parts to totals, restatements to first statements, and what they inherit.

A ``sheet`` holds the rows while they are linked. ``repeats`` finds what is stated again, by ``values``,
``statements``, ``topics`` and ``years`` that agree and the ``evidence`` for it, ``cells`` in tables. ``parts`` finds
the totals, from the surest evidence to the weakest: ``words``, ``levels``, ``pointing``, ``sharing`` and ``most`` by
what the text says, ``lists``, ``opening``, ``sections`` and ``tables`` by how it is laid out, ``adding`` and
``filling`` by arithmetic (``sums``). ``inherit`` hands down what linked rows share: ``gathering`` to totals,
``sequels`` to what only goes on, each column taken as ``taking`` says.
"""

from __future__ import annotations

from collections.abc import Sequence

from belopp.links.inherit import hand_down
from belopp.links.parts import mark_parts
from belopp.links.repeats import mark_repeats, mark_told_twice
from belopp.links.sheet import Sheet
from belopp.model import Row
from belopp.rulebook import Rulebook
from belopp.sentences import Place

__all__ = ["link"]


def link(rows: Sequence[Row], places: Sequence[Place], book: Rulebook) -> list[Row]:
    """The rows with ``part_of``, ``same_as`` and everything inherited settled; same order."""
    if not rows:
        return []
    sheet = Sheet(rows, places, book)
    mark_repeats(sheet)
    mark_parts(sheet)
    mark_told_twice(sheet)
    return hand_down(sheet)
