"""What kind of figure a sum is: funding, the rate for one unit, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.model import CELL, FUNDING, HEADING, ITEM, OTHER, RATE, TITLE, Block, Reason
from belopp.purpose.clause import aside, between, coordinated, following
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

SMALL: Final = {"SEK": Decimal(100_000)}  # below it (10 000 abroad) no agency is funded: a fee, a benefit, a threshold
UNITS: Final = frozenset({"person", "item", "month", "day"})
AFTERWARDS: Final = frozenset({"kind.other.crime", "kind.other.after"})
FUND: Final = "kind.funding"

# Goods worth a sum are funding when they are given away.
GIFT: Final = re.compile(r"doner|donation|skänk|stödpaket|stöd(?:et)? till|ändringsbudget|materielstöd|militärt stöd", re.IGNORECASE)
# "Förslaget beräknas kosta": a cost that the state takes on.
REFORM: Final = re.compile(r"(?<!\w)(?:förslag|reform|satsning|åtgärd|förläng|insats|projekt|uppdrag|förstärkning)\w*", re.IGNORECASE)
# "betalar hela beloppet upp till 2 000 kronor": a noun, then the ceiling.
CEILING: Final = re.compile(r"(?<!\w)(?:för|på|av|över)\s+(?:\w+\s+)?\w+\s+upp\s+till\s+$", re.IGNORECASE)
PAYS: Final = re.compile(r"(?<!\w)(?:betala|betalar|få|får|fick|ges|erhåller)(?!\w)", re.IGNORECASE)

Verdict = tuple[str, tuple[Reason, ...]]


def read(place: Place, book: Rulebook) -> Verdict:
    """The kind of a sum and the reason for it."""
    cue = governing(place, book)
    unit = place.mention.per in UNITS
    little = is_small(place)
    if place.kind == CELL and (label := from_label(place, book)):
        cue = label
    elif little and "kind.other.limit" in book and (found := CEILING.search(place.text, place.sentence.start, place.mention.start)):
        return OTHER, (Reason("kind", "kind.other.limit", *found.span()),)
    elif cue is None and little:
        cue = from_section(place, book)
    if cue is None or (cue.rule.id == FUND and place.kind == CELL):
        return (RATE, (Reason("kind", "kind.unit"),)) if unit or little else (FUNDING, (Reason("kind", "kind.default"),))
    return weigh(place, cue, little, unit), (Reason("kind", cue.rule.id, cue.start, cue.end),)


def weigh(place: Place, cue: Cue, little: bool, unit: bool) -> str:
    """The kind that a cue gives a sum of this size and unit."""
    what, rule, high = cue.rule.sets.get("kind", FUNDING), cue.rule.id, place.mention.high
    each = place.mention.per in ("person", "item") or (unit and high < 10**8)
    if what == FUNDING:
        return RATE if little or each else FUNDING
    if rule == "kind.rate.charge":
        return RATE if little or each or high < 10**6 else OTHER
    if rule == "kind.other.value" and GIFT.search(place.text, place.sentence.start, place.sentence.end):
        return FUNDING
    if rule == "kind.other.value" and any(GIFT.search(place.text, span.start, span.end) for span in over(place)):
        return FUNDING
    if rule in ("kind.other.cost", "kind.other.value") and (little or each):
        return RATE
    if rule == "kind.other.cost" and REFORM.search(place.text, place.sentence.start, place.mention.start):
        return FUNDING
    return what


def over(place: Place) -> list[Block]:
    """The headings over a sum, and the line that introduces its list."""
    blocks = place.outline.blocks
    lead = place.outline.lead_in(place.block)
    return [blocks[index] for index in (*place.outline.headings(place.block), *(() if lead is None else (lead,)))]


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
        right = [cue for cue in found if after.start <= cue.start < after.end and cue.rule.id in AFTERWARDS]
        if right and not re.search(r"[;:.]|\b(?:för att|till|varav)\b", text[after.start : right[0].start]):
            return right[0]
        gap = between(place, index)
        left = [
            cue
            for cue in found
            if gap.start <= cue.start < gap.end and not aside(text, cue, place.mention.start, place.sentence.start)
        ]
        left = [cue for cue in left if cue.rule.id != "kind.other.after" and not _paid_over(place, cue)]
        if left:
            return next((cue for cue in left if cue.rule.id == "kind.rate.each"), left[-1])
        if not coordinated(place, index) and index:
            return None
    return None


def _paid_over(place: Place, cue: Cue) -> bool:
    """Whether a limit only says who is meant: ``patienter som når gränsen betalar 900 kronor``."""
    return cue.rule.id == "kind.other.limit" and PAYS.search(place.text, cue.end, place.mention.start) is not None


def from_section(place: Place, book: Rulebook) -> Cue | None:
    """The cue of the heading or lead-in over a small sum."""
    outline = place.outline
    if place.kind in (ITEM, CELL):
        lead = outline.lead_in(place.block)
        if lead is not None and outline.blocks[lead].kind not in (TITLE, HEADING):
            block = outline.blocks[lead]
            cue = book.cues("kind").last(place.text, block.start, block.end)
            return cue if cue and cue.rule.id not in (FUND, "kind.other.cost", "kind.other.need") else None
    return None


def from_label(place: Place, book: Rulebook) -> Cue | None:
    """The cue in the label of a cell's row, unless it speaks of funding."""
    label = place.outline.grid(place.cell.level).row_label(place.cell)
    cue = book.cues("kind").last(place.text, label.start, label.end) if label else None
    return cue if cue and cue.rule.id not in (FUND, "kind.other.cost", "kind.other.need") else None
