"""What kind of figure a sum is: funding, the rate for one unit, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.model import CELL, FUNDING, HEADING, ITEM, OTHER, RATE, TITLE, Reason
from belopp.purpose.clause import SUBORDINATE, aside, between, coordinated, following
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

SMALL: Final = {"SEK": Decimal(100_000)}  # below it (10 000 abroad) no agency is funded: a fee, a benefit, a threshold
UNITS: Final = frozenset({"person", "item", "month", "day"})
FUND: Final = "kind.funding"

Verdict = tuple[str, tuple[Reason, ...]]


def read(place: Place, book: Rulebook) -> Verdict:
    """The kind of a sum and the reason for it."""
    cue = governing(place, book)
    unit = place.mention.per in UNITS
    little = is_small(place)
    if cue is None and (unit or little):
        cue = from_section(place, book) if little else None
    if cue is None:
        return (RATE, (Reason("kind", "kind.unit"),)) if unit or little else (FUNDING, (Reason("kind", "kind.default"),))
    what = cue.rule.sets.get("kind", FUNDING)
    if what == FUNDING and (little or (unit and place.mention.low < 10**8)):
        what = RATE
    elif what == RATE and not (little or unit or cue.rule.id == "kind.rate.each"):
        what = OTHER if cue.rule.id == "kind.rate.charge" else FUNDING
    elif what == OTHER and cue.rule.id in ("kind.other.cost", "kind.other.value") and (little or unit):
        what = RATE
    return what, (Reason("kind", cue.rule.id, cue.start, cue.end),)


def is_small(place: Place) -> bool:
    """Whether the sum is too small to fund anybody with: a price, a benefit, a limit."""
    mention = place.mention
    if place.kind == CELL and not re.search(r"kr|öre|euro|dollar", mention.text, re.IGNORECASE):
        return False
    return mention.high < SMALL.get(mention.currency, Decimal(10_000))


def governing(place: Place, book: Rulebook) -> Cue | None:
    """The nearest word before the sum that says what it is, or after it when it is the subject."""
    text = place.text
    found = list(book.cues("kind").find(text, place.sentence.start, place.sentence.end))
    for index in range(place.index, -1, -1):
        after = following(place, index)
        right = [cue for cue in found if after.start <= cue.start < after.end and cue.rule.id.endswith(".after")]
        if right and not re.search(r"[;:.]|\b(?:för att|till|varav)\b", text[after.start : right[0].start]):
            return right[0]
        gap = between(place, index)
        left = [
            cue
            for cue in found
            if gap.start <= cue.start < gap.end and not aside(text, cue, place.mention.start, place.sentence.start)
        ]
        left = [cue for cue in left if not cue.rule.id.endswith(".after") or cue.start > gap.start]
        if left:
            return _heaviest(left)
        if not coordinated(place, index) and index:
            return None
    return None


def _heaviest(left: list[Cue]) -> Cue:
    """The last cue, but a named tax or crime effect outweighs a bare verb of funding after it."""
    return left[-1]


def from_section(place: Place, book: Rulebook) -> Cue | None:
    """The cue of the heading or lead-in over a small sum."""
    outline = place.outline
    if place.kind in (ITEM, CELL):
        lead = outline.lead_in(place.block)
        if lead is not None and outline.blocks[lead].kind not in (TITLE, HEADING):
            block = outline.blocks[lead]
            cue = book.cues("kind").last(place.text, block.start, block.end)
            return cue if cue and cue.rule.id != FUND else None
    return None
