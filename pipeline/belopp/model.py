"""The few frozen types that travel the whole journey: a document, a mention in it, a row about the mention.

Offsets everywhere are code points into ``Document.text``, 0-based, end exclusive.  Money is
:class:`decimal.Decimal` in units of its currency and never negative.  Nothing said is ``""`` or ``()``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

TITLE: Final = "title"
HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
ITEM: Final = "item"
QUOTE: Final = "quote"
CELL: Final = "cell"
BOILERPLATE: Final = "boilerplate"

FUNDING: Final = "funding"
RATE: Final = "rate"
OTHER: Final = "other"

INCREASE: Final = "increase"
DECREASE: Final = "decrease"

DECIDED: Final = "decided"
PROPOSED: Final = "proposed"
ESTIMATED: Final = "estimated"
PAID: Final = "paid"
# From the least certain to the last; a hand-labelled row may say none.
CERTAINTY: Final = ("", ESTIMATED, PROPOSED, DECIDED, PAID)

PROVED: Final = "proved"
CONSISTENT: Final = "consistent"
PARTIAL: Final = "partial"
CONTRADICTED: Final = "contradicted"
VERDICTS: Final = (PROVED, CONSISTENT, PARTIAL, CONTRADICTED)  # of a check, the best first

STATE: Final = "staten"


class Reason(NamedTuple):
    """Why a column holds what it holds: the rule, and the span of the cue in the text that fired it.

    ``start == end`` when the reason has no cue of its own (a default, an arithmetic proof).
    """

    column: str
    rule: str
    start: int = 0
    end: int = 0


class Block(NamedTuple):
    """A stretch of the text that the layout sets apart.

    ``level`` is 1-6 for a title or heading, the nesting depth (from 1) for an item, and for a cell the
    number of its table in the document (from 1).  ``row`` and ``column`` place a cell in its table's
    grid, from 0; they are -1 elsewhere.  Blocks come in text order and do not overlap; an empty cell
    is a block with ``start == end``.
    """

    start: int
    end: int
    kind: str
    level: int = 0
    row: int = -1
    column: int = -1


class Document(NamedTuple):
    """A publication: its text, made once, and what the reader knows about it.

    ``published`` is ISO text of the precision known (``2024-09-17``, ``2024-09``, ``2024`` or ``""``).
    ``pages`` are the offsets at which the pages of a paged document start, the first page's first.
    """

    id: str
    text: str
    published: str = ""
    title: str = ""
    url: str = ""
    blocks: tuple[Block, ...] = ()
    format: str = "text"
    flags: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        r"""The page that an offset lies on, from 1; ``None`` when the document has no pages.

        >>> Document("a.pdf", "5 kr\n6 kr\n", pages=(0, 5)).page_at(5), Document("a.md", "5 kr").page_at(0)
        (2, None)
        """
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that states a sum of money, read by itself: value, currency, hedge, unit and VAT."""

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    currency: str = "SEK"
    modifier: str = ""
    per: str = ""
    vat: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What the annotation guide's columns say of one mention, in the guide's order, and why.

    ``payer`` and ``recipient`` are tuples of names in case-insensitive alphabetical order; ``part_of``
    and ``same_as`` are the ``start`` of another mention of the document, or ``None``.
    """

    doc: str
    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    currency: str = "SEK"
    modifier: str = ""
    kind: str = FUNDING
    change: str = ""
    status: str = ""
    payer: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    area: str = ""
    period: str = ""
    per: str = ""
    vat: str = ""
    part_of: int | None = None
    same_as: int | None = None
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A stated total held against the sum of one breakdown of it.

    ``difference`` is stated less summed.  ``mend`` is the start of the one sum whose misprint would explain
    why a breakdown does not add up, and ``mended`` the value that it would have; ``because`` the words that
    say that the parts are all there are.
    """

    total: int
    parts: tuple[int, ...]
    breakdown: str
    stated: Decimal
    summed: Decimal
    difference: Decimal
    verdict: str
    mend: int | None = None
    mended: Decimal | None = None
    because: tuple[Reason, ...] = ()


COLUMNS: Final = (
    "doc", "start", "end", "text", "low", "high", "currency", "modifier", "kind", "change", "status",
    "payer", "recipient", "area", "period", "per", "vat", "part_of", "same_as",
)  # fmt: skip
# The columns with closed vocabularies, and their words; all but ``kind`` may say nothing.
VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "modifier": ("approx", "under", "over", "at_least", "at_most"),
        "kind": (FUNDING, RATE, OTHER),
        "change": (INCREASE, DECREASE),
        "status": (DECIDED, PROPOSED, ESTIMATED, PAID),
        "per": ("year", "month", "day", "person", "item"),
        "vat": ("incl", "excl"),
    }
)
POINTERS: Final = ("part_of", "same_as")  # the columns that name another row of the document
LONGEST_CELL: Final = 10**7  # characters read of a cell of CSV: a sentence without a stop may be a whole page
