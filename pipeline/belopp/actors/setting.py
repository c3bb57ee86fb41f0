"""Finds the recipient in what stands around a sum's sentence: its list, its table, its neighbours, its headings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.actors import frames
from belopp.actors.cast import Cast
from belopp.actors.names import Named, Recogniser, recogniser
from belopp.actors.receivers import NOBODY, Answer, answer, in_order
from belopp.actors.tape import Tape
from belopp.model import CELL, HEADING, ITEM, TITLE, Block, Mention
from belopp.rulebook import Rulebook
from belopp.sentences import Grid, Place, Span, words

# A sum, roughly, where only the describer's own sentence knows its mentions.
ROUGH_SUM: Final = re.compile(
    r"""(?:\d[\d\s,.]*|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio)\s)(?:halv\s)?
    (?:miljon\w*|miljard\w*|mnkr|mkr|Mkr|tkr|kronor|kr)\b""",
    re.VERBOSE,
)
LABEL: Final = re.compile(r"[*_\s]*(?P<label>[^\d:–|]*?[^\W\d])[*_]*\s*[:–-]?\s*(?=\d)")
DIVIDED: Final = re.compile(r"[*#\s]*(?:Fördelning|Så fördelas|Medlen fördelas|Pengarna fördelas)\b")
TOTAL: Final = re.compile(r"(?:totalt|summa|total|tot|sammanlagt|samtliga)\b", re.IGNORECASE)
# "Medlen tillförs Skolverket": the opener, then at most a verb or two, then the actor.
FOLLOWS: Final = re.compile(
    rf"[dTKx]{{1,2}}x{{0,3}}(?:[>O]e?x{{0,2}}(?P<cue>t)(?P<who>{frames.EITHER})|(?P<cue2>R)(?P<who2>{frames.NAMES}))"
)
GIVEN: Final = (frames.OWN_ANSLAG, frames.ANSLAG_TO, frames.SUPPORT_TO)
HEADED: Final = re.compile(rf"(?P<cue>[KTMR])[^tfAGLUC]{{0,3}}[tf](?P<who>{frames.EITHER})|(?P<owner>[aglu])x?K")


def around(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who receives a sum whose own sentence does not say."""
    if place.kind == CELL:
        return in_table(place, cast, book)
    if place.is_heading:
        return NOBODY
    looks = (
        (of_item, from_next, from_assignment, from_before, from_headings)
        if place.kind == ITEM
        else (from_next, of_item, from_assignment, from_before, from_headings)
    )
    return next((found for look in looks if (found := look(place, cast, book)).names), NOBODY)


def of_item(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """A list item's own label where the list tells what each one gets, else the line over the list."""
    label = LABEL.match(place.text, place.cell.start)
    if label and label.end() == place.mention.start and not TOTAL.match(label["label"]) and "recipient.each" in book:
        if _labels_receive(place, cast, book):
            return Answer(
                (" ".join(label["label"].split()),), "recipient.each", Span(label.start("label"), label.end("label"))
            )
    above = place.outline.lead_in(place.block)
    if above is None or place.outline.blocks[above].kind == TITLE or "recipient.lead_in" not in book:
        return NOBODY
    if place.outline.blocks[above].kind == HEADING and DIVIDED.match(place.text, place.outline.blocks[above].start):
        above -= 1
    if cast.tape(place.sentence, place.mentions).letters.startswith(
        "t"
    ):  # "Till en fond ... betalas N": its own recipient
        return NOBODY
    sentences = place.outline.sentences(above)
    return _of_sentence(sentences[-1], place, cast, book, "recipient.lead_in") if sentences else NOBODY


def _labels_receive(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the labels of a list are recipients: most are known actors or places, or its heading says so."""
    outline = place.outline
    labels = []
    for step in (-1, 1):
        index = place.block
        while 0 <= index < len(outline.blocks) and outline.blocks[index].kind == place.kind:
            block = outline.blocks[index]
            if (step == 1 or index != place.block) and (found := LABEL.match(place.text, block.start, block.end)):
                labels.append(found["label"])
            index += step
    if len(labels) > 2 and _mostly_known(labels, cast):
        return True
    if place.kind != ITEM:
        return False
    above = outline.lead_in(place.block)
    return (
        above is not None
        and book.cues("recipient.each").first(place.text, outline.blocks[above].start, outline.blocks[above].end)
        is not None
    )


def _mostly_known(labels: list[str], cast: Cast) -> bool:
    names = recogniser(cast.book)
    for label in set(labels) - cast.known.keys():
        cast.known[label] = is_known(label, names)
    known = [label for label in labels if cast.known[label]]
    plain = [label for label in labels if not TOTAL.match(label.strip(" *_"))]
    return len(plain) > 1 and 2 * len(known) > len(plain)


def is_known(label: str, names: Recogniser) -> bool:
    """Whether a label is nothing but the name of a listed actor or of a place that has a region or municipality."""
    bare = " ".join(label.split()).strip(" *_")
    if bare.casefold() in names.places:
        return True
    tokens = words(bare)
    found = names.find(tokens) if tokens else []
    return (
        bool(found)
        and found[0].first == 0
        and found[0].last == len(tokens)
        and found[0].actor is not None
        and found[0].kind != "group"
    )


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
    header = next(
        (
            grid.words_of(block)
            for r in sorted(grid.head)
            if (block := grid.cells.get((r, row.column))) and block.end > block.start
        ),
        "",
    )
    cue = book.cues("recipient.each").first(header) if "recipient.each" in book and len(words(header)) < 3 else None
    if _names_actors(grid, cell.level, row.column, cast) or _is_known_actor(label, book):
        return _known(label, row, cast, book)
    if cue:
        return Answer((label,), "recipient.each", Span(row.start, row.end))
    answer_ = _in_label(row, place, cast, book)
    if answer_.names:
        return answer_
    above = grid.column_header(cell)
    return _in_label(above, place, cast, book) if above else NOBODY


def _names_actors(grid: Grid, table: int, column: int, cast: Cast) -> bool:
    """Whether a table's column of labels mostly holds the names of actors or of their places."""
    if (table, column) not in cast.columns:
        labels = [grid.words_of(grid.cells.get((row, column))) for row in grid.rows if row not in grid.head]
        cast.columns[table, column] = _mostly_known(labels, cast)
    return cast.columns[table, column]


def _is_known_actor(label: str, book: Rulebook) -> Named | None:
    tokens = words(label)
    found = recogniser(book).find(tokens)
    return (
        found[0]
        if len(found) == 1
        and found[0].last == len(tokens)
        and not found[0].first
        and found[0].actor
        and found[0].kind not in ("group", "county")
        else None
    )


def _known(label: str, row: Block, cast: Cast, book: Rulebook) -> Answer:
    named = _is_known_actor(label, book)
    return Answer((cast.display(named),) if named else (label,), "recipient.row", Span(row.start, row.end))


def _in_label(block: Block, place: Place, cast: Cast, book: Rulebook) -> Answer:
    """An agency that a label speaks of, or what follows its ``till``: ``Medel till kommuner``, ``AI – Riksarkivet``."""
    tape = cast.tape(Span(block.start, block.end))
    agencies = [cast.display(name) for name in tape.names if name and name.kind in ("agency", "organisation")]
    if agencies:
        return Answer(in_order(agencies), "recipient.row", Span(block.start, block.end))
    found = re.search(rf"(?:(?P<cue>[TK])x?t|^t)(?P<who>{frames.EITHER})|^(?P<whole>{frames.NAMES})$", tape.letters)
    if not found or not re.search("[ACGLacgl]", found.group()):
        return NOBODY
    group = "who" if found["who"] else "whole"
    return answer(
        frames.Found(found.start(group), found.end(group), "recipient.row", found.start(group)), tape, place, cast
    )


def from_next(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """``Medlen tillförs Skolverket`` in the sentence after, when that states no sum of its own."""
    if "recipient.follows" not in book:
        return NOBODY
    later = [span for span in place.outline.sentences(place.block) if span.start >= place.sentence.end][:1]
    if not later or ROUGH_SUM.search(place.text, *later[0]):
        return NOBODY
    cue = book.cues("recipient.follows").first(place.text, *later[0])
    if cue is None or cue.start > later[0].start + 1:
        return NOBODY
    tape = cast.tape(later[0])
    found = FOLLOWS.match(tape.letters)
    if not found:
        return NOBODY
    group = "who" if found["who"] else "who2"
    return answer(frames.Found(found.start(group), found.end(group), "recipient.follows", 0), tape, place, cast)


def from_assignment(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whoever has the assignment that the sum is for: ``För uppdraget avsätts 3 miljoner kronor``."""
    if "recipient.assignment" not in book or not re.search(r"\b[Uu]ppdrag(?:et|en|ets)\b", place.slice(place.sentence)):
        return NOBODY
    names = in_order([cast.display(named) for named in cast.assignees(place)])
    return Answer(names, "recipient.assignment", Span(place.sentence.start, place.sentence.start))


def goes_on(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the sentence only goes on about money told of before: it names nobody and says ``anslaget`` or a year."""
    tape = cast.tape(place.sentence, place.mentions)
    if any(letter in tape.letters for letter in "AGLUaglu"):
        return False
    if re.search(r"[TK]t[xd]", tape.letters):  # "bidraget till samisk kultur": a support of its own
        return False
    opened = re.match(
        r"(?:För|Under|Från(?: och med)?|Fr\.o\.m\.|År|Åren)\s+(?:år\s+|åren\s+|perioden\s+)?\d{4}|Därefter\b",
        place.slice(place.sentence),
    )
    return bool(opened) or book.cues("recipient.before").first(place.text, *place.sentence) is not None


def from_before(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The recipient of the money that the sentences before told of."""
    if "recipient.before" not in book or not goes_on(place, cast, book):
        return NOBODY
    tape = cast.tape(place.sentence, place.mentions)
    if "Y" in tape.letters:  # "fonden fylls på ... stödet uppgår till N"
        at = tape.letters.index("Y")
        found = answer(frames.Found(at, at + 1, "recipient.before", at), tape, place, cast)
        if found.names:
            return found
    for count, (index, span) in enumerate(place.outline.before(place.block, place.sentence)):
        if count > 2 or index < place.block - 1:
            break
        found = _of_sentence(span, place, cast, book, "recipient.before")
        if found.names:
            return found
        if ROUGH_SUM.search(place.text, *span):
            break
    return NOBODY


def _of_sentence(span: Span, place: Place, cast: Cast, book: Rulebook, rule: str) -> Answer:
    """Who another sentence says receives its sum, or the appropriation or support that it speaks of."""
    tape = cast.tape(span, rough_sums(place.text, span))
    for start, at in reversed(tape.sums):
        before = [letter for offset, letter in tape.sums if offset < start]
        found = frames.search(tape, at, before[-1] + 1 if before else 0, len(tape.letters), book)
        if found:
            return answer(found, tape, place, cast)._replace(rule=rule)
    if tape.sums:
        return NOBODY
    return _spoken_of(tape, place, cast, rule)


def rough_sums(text: str, span: Span) -> list[Mention]:
    """The sums of another sentence, as far as their places matter."""
    return [
        Mention(found.start(), found.end(), found.group(), Decimal(0), Decimal(0))
        for found in ROUGH_SUM.finditer(text, *span)
    ]


def _spoken_of(tape: Tape, place: Place, cast: Cast, rule: str) -> Answer:
    for frame in (*GIVEN, frames.SUBJECT, frames.INVERTED) if rule == "recipient.lead_in" else GIVEN:
        if matches := list(frame.pattern.finditer(tape.letters)):
            match = matches[-1]
            found = frames.Found(match.start("who"), match.end("who"), rule, match.start("cue"))
            return answer(found, tape, place, cast)
    return NOBODY


def speaks_of_money(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the sentence is about some support or appropriation without saying whose, or goes on about one."""
    if "en del av" in place.slice(place.sentence):
        return False
    tape = cast.tape(place.sentence, place.mentions)
    own = any(letter in tape.letters for letter in "AGLUaglu") or re.search(r"[TK](?:t|f[^e])", tape.letters)
    return not own and ("T" in tape.letters or "K" in tape.letters) or goes_on(place, cast, book)


def from_headings(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The actor of a heading (``Kungliga Operan``, ``Ökat anslag till Lantmäteriet``) or of the title."""
    for index in reversed(place.outline.headings(place.block)):
        block = place.outline.blocks[index]
        rule = "recipient.title" if block.kind == TITLE else "recipient.heading"
        if rule not in book:
            continue
        span = Span(block.start, block.end)
        tape = cast.tape(span, rough_sums(place.text, span))
        whole = tape.letters in ("A", "L", "dA")
        found = HEADED.search(tape.letters)
        if whole or found and speaks_of_money(place, cast, book):
            first, last = (
                (0, len(tape.letters)) if whole or not found else found.span("who" if found["who"] else "owner")
            )
            return answer(frames.Found(first, last, rule, first), tape, place, cast)
    return NOBODY
