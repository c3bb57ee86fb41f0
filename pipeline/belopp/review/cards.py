"""A sum as the page holds it: its cells, what differs, where it points, and a mark of how fresh that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from belopp.review.desk import revision
from belopp.review.standing import Standing, cells
from belopp.review.words import grouped

_PLACE: Final = ("doc", "start", "end", "text")


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of one sum; ``part`` and ``same`` are the id and the words of the sums that it points to."""

    standing: Standing
    part: tuple[str, str] = ("", "")
    same: tuple[str, str] = ("", "")

    @property
    def id(self) -> str:
        """The row's name on the page."""
        return self.standing.id

    @property
    def look(self) -> str:
        """One word for how it stands: what a reviewer did, or else how run and gold agree."""
        standing = self.standing
        return standing.state if standing.state == "rejected" else standing.decided or standing.state

    @property
    def json(self) -> str:
        """All that the page's script needs, as JSON on one line."""
        standing = self.standing
        shown = cells(standing.row)
        other = cells(standing.run) if standing.differs and standing.run is not None else {}
        return _AS_JSON.encode(
            {
                "id": standing.id,
                "rev": revision(standing),
                "start": standing.row.start,
                "end": standing.row.end,
                "text": standing.row.text,
                "state": standing.state,
                "decided": standing.decided,
                "rank": standing.rank,
                "verdict": standing.verdict,
                "weak": standing.weak if standing.state in ("open", "extra") else (),
                "differs": standing.differs,
                "cells": {name: cell for name, cell in shown.items() if cell and name not in _PLACE},
                "run": {name: other[name] for name in standing.differs},
                "part": self.part,
                "same": self.same,
            }
        )


_AS_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def cards_of(all_: Sequence[Standing]) -> list[Card]:
    """The cards of a document's sums, in their order."""
    by_start = {each.row.start: (each.id, each.row.text) for each in all_ if each.state != "rejected"}

    def target(start: int | None) -> tuple[str, str]:
        return by_start.get(start, ("", str(start))) if start is not None else ("", "")

    return [Card(each, target(each.row.part_of), target(each.row.same_as)) for each in all_]


def value_words(low: Decimal, high: Decimal, currency: str, language: str) -> str:
    """A sum or a range with its currency."""
    ends = grouped(low, language) if low == high else f"{grouped(low, language)}–{grouped(high, language)}"
    return f"{ends}\u00a0{'kr' if currency == 'SEK' and language == 'sv' else currency}"
