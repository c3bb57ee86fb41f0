"""Reads the purpose of a table's cell: off its row's label, the table's caption, what leads in to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from belopp.area.accepting import accepted
from belopp.area.adjuncts import adjuncts
from belopp.area.aid import FORMS, NAMED_FUNDS
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.edges import phrase_end
from belopp.area.grants import programme
from belopp.area.headings import headings
from belopp.area.heads import heads
from belopp.area.labels import WHERE
from belopp.area.nearby import intentions
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.stretch import Phrase, Stretch
from belopp.area.titles import heading_purpose, nominal
from belopp.area.trimming import trim
from belopp.area.whom import actor_like, named_to
from belopp.model import CELL, HEADING, TITLE, Block
from belopp.sentences import Grid, Place, Span
from belopp.speaker import of_the_state

# In what a table counts, "(mnkr)" or "(procent av alla)", and marks of italics.
UNIT_NOTE: Final = re.compile(r"\s*\([^)]*(?:mnkr|kronor|mkr|procent|tkr)[^)]*\)|[_\\]+", re.IGNORECASE)
# In what a header's sums are told: "Total kostnad/år, kr", "Medellön i kronor per månad".
MEASURE: Final = re.compile(r"\s?/|,\s|\s(?:per|i\s(?:kronor|kr|mkr|mnkr|tkr|tusental|miljoner))\b")
# Compounds of these say what a column's sums are: "Medlemsbidrag", "Läxavgift".
SUMS: Final = (*FORMS, "anslag", "kostnad", "kostnader", "omsättning", "peng", "pris", "priser", "resultat", "taxa")
# A first column under one of these tells whose or of when its sums are, or at what size, never what for.
WHOSE: Final = frozenset(
    """användning bank distrikt kommun kommuner kund lag land län månad ort parti placering plats region regioner serie
    stad stift yrke ålder år årtal""".split()
)
WHOSE_ENDS: Final = (
    "aktör", "arbetsgivare", "arrangör", "bolag", "bostadstyp", "flygplats", "företag", "förbrukning", "förbund",
    "förening", "hushåll", "huvudman", "inkomst", "klubb", "lärosäte", "mottagare", "myndighet", "mäklare", "nämnd",
    "organisation", "storlek", "sökande", "universitet", "yrkesgrupp",
)  # fmt: skip
COLUMN: Final = 49.0  # what a column's header tells: more than the title and the headings
PARTS: Final = ("del", "delen")  # "Rörlig del"
# The row of the total says nothing of what the money is for.
TOTAL: Final = re.compile(r"(?:totalt?|summa|sammanlagt)\b", re.IGNORECASE)


def cell(place: Place, readings: Readings) -> Candidate | None:
    """The row's label, surer than all else; or the caption, the headings, the grant's name, what leads in."""
    grid = place.outline.grid(place.cell.level)
    row, caption = grid.row_label(place.cell), grid.caption()
    if row is not None and "area.row" in readings.book and not tells_whose(grid, row):
        if found := row_purpose(readings, past_caption(place, row, caption)):
            return told_apart(place, row, grid, found, readings)
    best = captioned(place, caption, readings) if caption is not None and "area.caption" in readings.book else None
    best = surest(headed(place, grid, readings), best)
    best = surest(headings(place, readings, best.score if best else 0.0), best)
    best = surest(programme(place, readings), best)
    return surest(lead_in(place, readings), best)


def captioned(place: Place, caption: Block, readings: Readings) -> Candidate | None:
    """What a table's caption says that its sums are for."""
    span = without_note(place.text, Span(caption.start, caption.end))
    found = heading_purpose(readings, span)
    return Candidate(50.0, found.span, "area.caption") if found else None


def headed(place: Place, grid: Grid, readings: Readings) -> Iterator[Candidate]:
    """What the column's header says of its sums, when the rows only tell whose they are: ``Medlemsbidrag 2021``."""
    header = grid.column_header(place.cell)
    if header is None or "area.column" not in readings.book:
        return
    stretch = readings.stretch(without_measure(place.text, Span(header.start, header.end)))
    phrase = noun_phrase(stretch, stretch.at(0) == "varav") if stretch.low else None
    head = stretch.head_word(phrase) if phrase else ""
    told = head not in SUMS or phrase is not None and len(stretch.content(phrase)) > 1  # "Total kostnad"
    if phrase and told and (head.endswith(SUMS) or head in PARTS):
        yield offer(stretch, Phrase(phrase.start, phrase.end), "area.column", COLUMN)


def tells_whose(grid: Grid, row: Block) -> bool:
    """Whether the first column's header says that its labels are somebody's names, places or sizes."""
    header = grid.column_header(row)
    words = re.split(r"[\s,(/]+", grid.words_of(header).lower(), maxsplit=3)
    word = words[1] if len(words) == 2 and words[0].endswith("ig") else words[0]  # "Årlig förbrukning"
    return word in WHOSE or word.endswith(WHOSE_ENDS)


def past_caption(place: Place, row: Block, caption: Block | None) -> Span:
    """The row's label without what the caption says already."""
    colon = place.text.find(":", row.start, row.end - 1)
    if colon < 0 or caption is None:
        return Span(row.start, row.end)
    opening = place.text[row.start : colon].strip(" *_\\\u00a0").lower()
    said = opening and opening in place.text[caption.start : caption.end].lower()
    return Span(colon + 1, row.end) if said else Span(row.start, row.end)


def without_note(text: str, span: Span) -> Span:
    """The span without marks of italics and a note of the unit: ``_Satsningar i skolan (mnkr)_``."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip(" \t*_\\"))
    found = UNIT_NOTE.search(text, start + 2, span.end)
    return Span(start, found.start() if found else span.end)


def without_measure(text: str, span: Span) -> Span:
    """The span without a note of the unit and what its sums count for."""
    bare = without_note(text, span)
    found = MEASURE.search(text, bare.start + 2, bare.end)
    return Span(bare.start, found.start()) if found else bare


def lead_in(place: Place, readings: Readings) -> Iterator[Candidate]:
    """What the last sentence before the table speaks of."""
    lead = place.outline.lead_in(place.block)
    if lead is None or "area.before" not in readings.book or place.outline.blocks[lead].kind in (HEADING, TITLE, CELL):
        return
    spans = place.outline.sentences(lead)
    if spans:
        stretch = readings.stretch(spans[-1])
        best = surest((*heads(stretch), *adjuncts(stretch), *intentions(stretch)))
        if best is not None and best.score > 0:
            yield best._replace(score=40.0, rule="area.before")
        elif titled := over_table(readings, spans[-1]):
            yield titled


def over_table(readings: Readings, span: Span) -> Candidate | None:
    """What a line without a verb says of the table under it: ``Medellön i kronor per månad:``."""
    if readings.text[span.start : span.end].rstrip()[-1:] != ":" or of_the_state(readings.text):
        return None
    found = heading_purpose(readings, without_measure(readings.text, Span(span.start, span.end)))
    return found._replace(score=COLUMN - 1, rule="area.before") if found else None


def row_purpose(readings: Readings, span: Span) -> Candidate | None:
    """The purpose a row's label names; ``None`` for a county, an agency or a total."""
    return readings.kept(("row", span), lambda: _row_purpose(readings, span))


def _row_purpose(readings: Readings, span: Span) -> Candidate | None:
    piece = readings.text[span.start : span.end].strip(" *_\\\u00a0")
    stretch = readings.stretch(span)
    first = next((index for index, word in enumerate(stretch.low) if word[0].isalnum()), len(stretch.low))
    stretch = past_actor(stretch.after(first))
    if actor_like(stretch, 0, joint_of(stretch)):
        whole = Phrase(0, named_to(stretch, 0))
        least = 2 if stretch.at(0) == "fonden" else 1  # "Fonden" alone names none
        fund = whole.end >= least and stretch.head_word(whole).endswith(NAMED_FUNDS)
        return offer(stretch, whole, "area.row", 84.0) if fund else None
    if TOTAL.match(piece) or WHERE.fullmatch(piece) or piece in readings.book.names:
        return None
    if is_money_to_whom(stretch):
        return None
    phrase = nominal(stretch)
    if phrase is None:  # what frames a purpose may be all there is: "Tillkommande kostnader för lokaler"
        whole = Phrase(0, trim(stretch, 0, phrase_end(stretch, 0)))
        if not whole.end or stretch.head_word(whole) in stretch.lexicon.anaphors:
            return None
        phrase = accepted(stretch, whole, actors=False, money=True)
    if phrase is None or stretch.head_word(phrase) in {"effekt", "effekter"}:
        return None
    return offer(stretch, phrase, "area.row", 84.0)


def past_actor(stretch: Stretch) -> Stretch:
    """A label without somebody's name before what it is for: ``Boverket: byggfel``."""
    joint = joint_of(stretch)
    after = stretch.after(joint + 1)
    names = after.low and actor_like(stretch, 0, joint) and not actor_like(after, 0, len(after.low))
    return after if names else stretch


def joint_of(stretch: Stretch) -> int:
    """Where the first part of a label ends: ``Byggfel – Boverket``."""
    return next((index for index, word in enumerate(stretch.low) if word in {":", "–"}), len(stretch.low))


def is_money_to_whom(stretch: Stretch) -> bool:
    """Whether a label says only that somebody gets money (``Medel till kommuner``) or in what it counts."""
    if {stretch.at(0), stretch.at(len(stretch.low) - 1)} & {"kronor", "miljoner", "miljarder", "mnkr"}:
        return len(stretch.low) <= 2
    return (
        stretch.at(0) in stretch.lexicon.money and stretch.at(1) == "till" and actor_like(stretch, 2, len(stretch.low))
    )


def told_apart(place: Place, row: Block, grid: Grid, found: Candidate, readings: Readings) -> Candidate:
    """All of a row's label when another row's begins as it does: ``Läxhjälp: lokaler`` beside ``Läxhjälp: löner``."""
    colon = place.text.find(":", row.start, row.end)
    if found.span.start > colon or colon < 0:
        return found
    alike = readings.kept(("openings", place.cell.level), lambda: openings(place.text, grid))
    rest = without_note(place.text, Span(colon + 1, row.end))
    after = readings.stretch(rest)
    if alike[place.text[row.start : colon]] < 2 or not after.low or actor_like(after, 0, len(after.low)):
        return found
    return found._replace(span=Span(found.span.start, rest.end))


def openings(text: str, grid: Grid) -> Counter[str]:
    """How many of a table's rows begin with the same words before a colon."""
    firsts = [cells[0] for cells in map(grid.row, grid.rows) if cells]
    return Counter(text[first.start : max(text.find(":", first.start, first.end), first.start)] for first in firsts)
