"""Finds the recipients that the labels of a table or of a list name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Final

from belopp.actors import fitting, frames
from belopp.actors.bodies import looks_like_body
from belopp.actors.cast import Cast
from belopp.actors.headings import from_headings, of_budget
from belopp.actors.names import Recogniser, recogniser
from belopp.actors.phrase import COUNTS
from belopp.actors.proper import PLACE, Named
from belopp.actors.receivers import NOBODY, Answer, answer, in_order
from belopp.composing import lowered
from belopp.grammar import HEDGE, is_finite
from belopp.model import ITEM, STATE, Block
from belopp.rulebook import Rulebook
from belopp.sentences import Grid, Place, Span, words

# All up to the last letter before a figure; what follows that letter is never looked for anywhere else.
LABEL: Final = re.compile(rf"[*_\s]*+(?P<label>(?>[^\d:–|(]*[^\W\d_]))[*_]*\s*(?:[:–(,-]\s*)?(?:{HEDGE}\s*)?(?=\d)")
# "Skolnämnden - cirka": what leads on to the sum is not the label's.
LEADS_ON: Final = re.compile(rf"\s*[-:–(,]?\s*\b{HEDGE}$")
# What a list of those who get something is led by: "Följande klubbar:", "Pengarna går till fem tidningar:".
COUNTED: Final = re.compile(rf"\b(?:följande|dessa|\d+|{'|'.join(sorted(COUNTS))})\s", re.IGNORECASE)
LED_BY_GROUP: Final = re.compile("(?P<group>G)(?:R[^MACGLU]*)?:?$|[gl]x{0,2}b|Gqx{0,2}R[^MACGLU]*$")
# What tells that a list or table is of those who get something.
GRANTED: Final = re.compile(
    r"\b(?:får|fick|fått|bevilj\w+|delar|delade|dela|fördel\w+|\w*bidrag\w*|\w*stöd\w*|\w*medel|stipendi\w+|mottagare)\b"
)
TOTAL: Final = re.compile(r"(?:totalt|summa|total|tot|sammanlagt|samtliga)\b", re.IGNORECASE)


def of_label(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """A list item's own label, where the list tells what each one gets."""
    label = LABEL.match(place.text, place.cell.start, place.mention.start + 1)
    if not label or label.end() != place.mention.start or TOTAL.match(label["label"]) or "recipient.each" not in book:
        return NOBODY
    name = LEADS_ON.sub("", " ".join(label["label"].split()))
    if not labels_receive(place, cast, book) or any(map(is_finite, words(name).said)):
        return NOBODY
    first = name.partition(",")[0]
    if first != name and (looks_like_body(words(first).said) or _are_bodies(place)):
        name = first  # "Alfa AB, läxor för unga 5 miljoner"
    return Answer((name,), "recipient.each", Span(label.start("label"), label.end("label")))


def labels_receive(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the labels of a list are recipients: most are known actors or places, or its heading says so."""
    return place.outline.kept(("labels receive", _run(place)), lambda: _receive(place, cast, book))


def _run(place: Place) -> int:
    """The first of the blocks of its kind that a sum's block stands among."""
    blocks = place.outline.blocks
    return place.outline.kept("runs", lambda: _runs(blocks))[place.block]


def _runs(blocks: Sequence[Block]) -> list[int]:
    """For each block the first one of the blocks of its kind that it stands among."""
    runs: list[int] = []
    for index, block in enumerate(blocks):
        runs.append(runs[-1] if index and blocks[index - 1].kind == block.kind else index)
    return runs


def of_body(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """A list item's label that is a body's name: ``Åby ridklubb, nya hinder 5 000 kr``."""
    found = of_label(place, cast, book) if place.kind == ITEM and _are_bodies(place) else NOBODY
    return found if found.names and looks_like_body(words(found.names[0]).said) else NOBODY


def _labels(place: Place) -> list[str]:
    """The labels of the list that a sum stands in."""
    blocks = takewhile(lambda block: block.kind == place.kind, islice(place.outline.blocks, _run(place), None))
    found = (LABEL.match(place.text, block.start, block.end) for block in blocks)
    return [label["label"] for label in found if label]


def _are_bodies(place: Place) -> bool:
    """Whether most labels of a list of grants begin with what looks like the name of a company, a club or the like."""
    key = "are bodies", _run(place)
    return place.outline.kept(key, lambda: _tells_of_grants(place) and _mostly_bodies(_labels(place)))


def _receive(place: Place, cast: Cast, book: Rulebook) -> bool:
    outline = place.outline
    labels = _labels(place)
    if len(labels) > 2 and _mostly_known(labels, cast):
        return True
    if place.kind != ITEM:
        return False
    if _are_bodies(place):
        return True
    above = outline.lead_in(place.block)
    if above is None:
        return False
    lead = Span(outline.blocks[above].start, outline.blocks[above].end)
    return book.cues("recipient.each").first(place.lowered, *lead) is not None or _leads_to_group(above, place, cast)


def _leads_to_group(above: int, place: Place, cast: Cast) -> bool:
    """Whether the line over a list ends in those whom its items name: ``Pengarna går till fem tidningar:``."""
    for sentence in place.outline.sentences(above)[-1:]:
        tape = cast.tape_of_another(sentence)
        if found := LED_BY_GROUP.search(tape.letters):
            at = found.start("group")
            return at < 0 or COUNTED.match(place.text, tape.span(at).start) is not None
    return False


def _tells_of_grants(place: Place) -> bool:
    """Whether the title, a heading, or the line over a list or table tells that somebody gets something."""
    return any(GRANTED.search(place.lowered, over.start, over.end) for over in place.outline.over(place.block))


def _mostly_bodies(labels: Sequence[str]) -> bool:
    """Whether most labels begin with what looks like the name of a company, a club or another body."""
    plain = [label.partition(",")[0] for label in labels if not TOTAL.match(label.strip(" *_"))]
    return 2 * sum(looks_like_body(words(label).said) for label in plain) > len(plain) > 1


def _mostly_known(labels: list[str], cast: Cast) -> bool:
    names = recogniser(cast.book)
    plain = sum(not TOTAL.match(label.strip(" *_")) for label in labels)
    others = len(labels) - plain // 2  # when so many are unknown, most are
    for label in labels if plain > 1 else ():
        if label not in cast.known:
            cast.known[label] = is_known(label, names)
        others -= not cast.known[label]
        if not others:
            return False
    return plain > 1


def is_known(label: str, names: Recogniser) -> bool:
    """Whether a label is nothing but the name of a listed actor or of a place that has a region or municipality."""
    bare = " ".join(label.split()).strip(" *_")
    if bare.casefold() in names.places:
        return True
    tokens = words(bare)
    if not tokens.said or not names.may_end(tokens.said[-1]):
        return False
    found = names.find(tokens)
    return (
        bool(found)
        and found[0].first == 0
        and found[0].last == len(tokens.said)
        and found[0].actor is not None
        and found[0].kind != "group"
    )


def giver_in_table(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whom a table's row label names, where a header says that the labels pay."""
    grid = place.outline.grid(place.cell.level)
    row = grid.row_label(place.cell)
    giving = _givers(_over_labels(row, grid), grid, place.cell, book) if row else None
    label = " ".join(grid.words_of(row).split())
    if row is None or giving is None or TOTAL.match(label):
        return NOBODY
    names = _known(label, row, cast, book).names if _is_known_actor(label, book) else (label,)
    return Answer(names, "recipient.givers", giving)


def _over_labels(row: Block, grid: Grid) -> Block | None:
    """The header over a table's labels."""
    heads = (grid.cells.get((r, row.column)) for r in sorted(grid.head))
    return next((block for block in heads if block and block.end > block.start), None)


def in_table(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The recipient that a table's row label or column header names."""
    cell = place.cell
    grid = place.outline.grid(cell.level)
    row = grid.row_label(cell)
    if row is None or "recipient.row" not in book:
        return NOBODY
    label = " ".join(grid.words_of(row).split())
    if TOTAL.match(label):
        return NOBODY
    header = _over_labels(row, grid)
    if giving := _givers(header, grid, cell, book):
        found = from_headings(place, cast, book)
        return found if found.names else Answer((), "recipient.givers", giving)
    if _names_actors(place, grid, row.column, cast) or _is_known_actor(label, book):
        return _known(label, row, cast, book)
    if rule := _receivers(header, grid, book):
        return Answer((label,), rule, Span(row.start, row.end))
    answer_ = _in_label(row, place, cast)
    if answer_.names:
        return answer_
    above = grid.column_header(cell)
    answer_ = _in_label(above, place, cast) if above else NOBODY
    return answer_ if answer_.names else of_budget(place, cast, book)


def _receivers(header: Block | None, grid: Grid, book: Rulebook) -> str:
    """The rule by which the header over a table's labels calls them what receives: ``Förening``, ``Mottagare``."""
    said = grid.words_of(header) if header else ""
    rules = ("recipient.each", "recipient.column") if said and len(words(said).said) < 3 else ()
    return next((rule for rule in rules if rule in book and book.cues(rule).first(lowered(said))), "")


def _givers(header: Block | None, grid: Grid, cell: Block, book: Rulebook) -> Span | None:
    """The header that says that a table's labels pay: ``Finansiär`` over them, ``Medlemsbidrag`` over the sum."""
    for block in (header, grid.column_header(cell)) if "recipient.givers" in book else ():
        if block and (cue := book.cues("recipient.givers").first(lowered(grid.words_of(block)))):
            return Span(block.start + cue.start, block.start + cue.end)
    return None


def _names_actors(place: Place, grid: Grid, column: int, cast: Cast) -> bool:
    """Whether a table's column of labels mostly holds the names of actors or of their places."""
    table = place.cell.level
    if (table, column) not in cast.columns:
        labels = [grid.words_of(grid.cells.get((row, column))) for row in grid.rows if row not in grid.head]
        bodies = _tells_of_grants(place) and _mostly_bodies(labels)
        cast.columns[table, column] = bodies or _mostly_known(labels, cast)
    return cast.columns[table, column]


def _is_known_actor(label: str, book: Rulebook) -> Named | None:
    tokens = words(label)
    found = recogniser(book).find(tokens)
    return (
        found[0]
        if len(found) == 1
        and found[0].last == len(tokens.said)
        and not found[0].first
        and found[0].actor
        and found[0].kind not in ("group", "county", PLACE)
        else None
    )


def _known(label: str, row: Block, cast: Cast, book: Rulebook) -> Answer:
    named = _is_known_actor(label, book)
    if named and named.kind == "state" and label.casefold() != STATE:
        named = None  # a party that governs with others: here it gets its own
    return Answer((cast.display(named),) if named else (label,), "recipient.row", Span(row.start, row.end))


def _in_label(block: Block, place: Place, cast: Cast) -> Answer:
    """An agency that a label speaks of, or what follows its ``till``: ``Medel till kommuner``, ``AI – Riksarkivet``."""
    tape = cast.tape(Span(block.start, block.end))
    agencies = [cast.display(name) for name in tape.names.values() if name.kind in ("agency", "organisation")]
    if agencies:
        return Answer(in_order(agencies), "recipient.row", Span(block.start, block.end))
    found = re.search(rf"(?:(?P<cue>[TK])x?t|^t)(?P<who>{frames.EITHER})|^(?P<whole>{frames.NAMES})$", tape.letters)
    if not found or not re.search("[ACGLacgl]", found.group()):
        return NOBODY
    group = "who" if found["who"] else "whole"
    return answer(
        fitting.Found(found.start(group), found.end(group), "recipient.row", found.start(group)), tape, place, cast
    )
