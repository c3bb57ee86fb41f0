"""Tells whose money is understood where no giver is named: the state's, or that of whom the text is about."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from belopp.actors.cast import Cast
from belopp.actors.local import LOCAL, actors_in, foundation_in, named_in
from belopp.actors.names import COLLECTIVE_NAMES, recogniser
from belopp.actors.proper import Named
from belopp.actors.receivers import NOBODY, Answer
from belopp.actors.tape import Tape
from belopp.model import PARAGRAPH, STATE, Reason
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, Span

RULE: Final = "payer.understood"
UNDERSTOOD: Final = Answer((STATE,), RULE, Span(0, 0))
ORGAN: Final = "payer.organ"
TOLD: Final = "payer.told"
PRIVATE: Final = "payer.private"
GRANT: Final = "payer.grant"
# Words for the state that a municipality's text may have beside its own money.
ASIDE: Final = re.compile(r"staten|statsbidrag|riksdag|myndighet")
# Agencies that others give money, too.
SCHOOLS: Final = ("universitet", "universitetet", "högskola", "högskolan", "sjukhuset")
GIVING: Final = re.compile("x{0,2}[ZO]")
FROM_STATE: Final = re.compile(r"\bstatsbidrag(?:et|en)?\b|\bfrån staten\b|\bav staten\b")
TO_IT: Final = "recipient.local"


class Purse(NamedTuple):
    """What a document's money is understood to be: which rule says so, by what, and whether the state is spoken of."""

    rule: str
    cue: Cue | None
    state: Cue | None


def understood(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whose a sum is that nobody is said to pay.

    In a text that does not speak of the state, it is that of the municipality or region that it speaks of first; one
    that speaks of a company, a foundation or a collection first leaves it open, and so does one without any ground for
    whose it is.  All else is the state's, but for what the sentence tells of elected bodies: also what an agency is
    named beside, or before all of them.
    """
    if RULE not in book:
        return NOBODY
    purse = place.outline.kept(("payer.purse", book), lambda: _purse(place, book))
    cue = purse.cue
    tape = cast.own_tape(place)
    if any(is_of_state(named) or _gives(named, at, tape) for at, named in tape.names.items()):
        return UNDERSTOOD
    if cue is None:
        grounded = purse.state or place.outline.kept(("payer.ground", book), lambda: _is_grounded(place, book))
        return UNDERSTOOD if grounded else NOBODY
    if purse.state is None:
        if place.outline.kept(("payer.agency", book), lambda: _opens_with_agency(place, cue, book)):
            return UNDERSTOOD
        return _its_own(place, cast, purse.rule, purse.rule, cue)
    if purse.rule in LOCAL and (organ := _decided_by(place, book)):
        return _its_own(place, cast, purse.rule, ORGAN, organ)
    if purse.rule in LOCAL and _state_is_aside(place, purse, book):
        spans = (place.sentence, *_lead(place))
        if not any(book.cues("payer.state").first(place.lowered, *span) for span in spans):
            return _its_own(place, cast, purse.rule, purse.rule, cue)
    return UNDERSTOOD._replace(also=(Reason("payer", "payer.state", purse.state.start, purse.state.end),))


def is_of_state(named: Named) -> bool:
    """Whether an actor's money is the state's: an agency that others give none."""
    return named.kind == "agency" and not named.name.endswith(SCHOOLS)


def _gives(named: Named, at: int, tape: Tape) -> bool:
    """Whether an agency is said to give, as a university may: ``Uppsala universitet satsar``."""
    return named.kind == "agency" and GIVING.match(tape.letters, at + 1) is not None


def _lead(place: Place) -> list[Span]:
    """The line over the list or table that a sum stands in."""
    lead = place.outline.lead_in(place.block)
    return [] if lead is None else [Span(place.outline.blocks[lead].start, place.outline.blocks[lead].end)]


def of_grant_to_it(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The municipality or region that a text is about, for what the sentence says that it has from the state.

    ``Region Skåne får mer. Av det är 30 miljoner kronor statsbidrag``
    """
    purse = place.outline.kept(("payer.purse", book), lambda: _purse(place, book))
    if (
        not {RULE, TO_IT} <= book.rules.keys()
        or purse.cue is None
        or purse.rule not in LOCAL
        or not _state_is_aside(place, purse, book)
    ):
        return NOBODY
    if not FROM_STATE.search(place.lowered, *place.sentence):
        return NOBODY
    return _its_own(place, cast, purse.rule, TO_IT, purse.cue)


def of_its_own(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The municipality or region that a text is about."""
    purse = place.outline.kept(("payer.purse", book), lambda: _purse(place, book))
    return _its_own(place, cast, purse.rule, purse.rule, purse.cue) if purse.cue and purse.rule in LOCAL else NOBODY


def _state_is_aside(place: Place, purse: Purse, book: Rulebook) -> bool:
    """Whether a text speaks of a municipality or region first, and of the state only below, or by what that gives."""
    return place.outline.kept(("payer.aside", book), lambda: _sets_state_aside(place, purse, book))


def _sets_state_aside(place: Place, purse: Purse, book: Rulebook) -> bool:
    if purse.cue is None or purse.state is None or purse.state.start < purse.cue.start:
        return False
    blocks = place.outline.blocks
    first = next((block.end for block in blocks if block.kind == PARAGRAPH), blocks[-1].end)
    told = book.cues("payer.state").find(place.lowered, 0, first)
    return purse.cue.start < first and all(ASIDE.match(place.lowered, cue.start, cue.end) for cue in told)


def of_grant(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The municipality or region that a text is about, for what it grants each: a scholarship, a club's support."""
    cue = _granted(place, book) if RULE in book and GRANT in book else None
    found = understood(place, cast, book) if cue else NOBODY
    return found._replace(rule=GRANT, cue=Span(cue.start, cue.end)) if cue and found.rule in LOCAL else NOBODY


def _granted(place: Place, book: Rulebook) -> Cue | None:
    """Where the sum's sentence, or a heading over it, speaks of grants."""
    over = (place.outline.blocks[index] for index in place.outline.headings(place.block))
    spans = (place.sentence, *(Span(block.start, block.end) for block in over))
    return next((cue for span in spans if (cue := book.cues(GRANT).first(place.lowered, *span))), None)


def not_its_own(paid: Answer, received: Answer) -> Answer:
    """Who pays, once it is known who receives: whoever the text is about has what it receives from the state.

    Who gives a foundation what it receives stays open.
    """
    if not {*paid.names} & {*received.names}:
        return paid
    if paid.rule == PRIVATE:
        return NOBODY
    return UNDERSTOOD if paid.rule in (*LOCAL, ORGAN, TOLD) else paid


def _its_own(place: Place, cast: Cast, whose: str, rule: str, cue: Cue) -> Answer:
    """The money of whom the text is about, and nobody's where that is a company; names are read once a document."""
    names: tuple[str, ...]
    if whose in LOCAL:
        names = (place.outline.kept(("payer.local", cast.book), lambda: named_in(place, cast, whose, cue)),)
    else:
        names = place.outline.kept(("payer.foundation", cast.book), lambda: foundation_in(place, cast, cue))
    return Answer(names, rule, Span(cue.start, cue.end))


def _decided_by(place: Place, book: Rulebook) -> Cue | None:
    """The elected body whose doings a sentence tells, when it does not tell of the state too."""
    organ = book.cues(ORGAN).first(place.lowered, *place.sentence) if ORGAN in book else None
    return None if organ and book.cues("payer.state").first(place.lowered, *place.sentence) else organ


def _purse(place: Place, book: Rulebook) -> Purse:
    state = place.outline.first(book.cues("payer.state"))
    found = [(cue, rule) for rule in LOCAL if rule in book and (cue := _first_local(place, rule, book)) is not None]
    private = place.outline.first(book.cues(PRIVATE)) if state is None else None
    if private:
        found.append((private, PRIVATE))
    if not found:
        return Purse(PRIVATE, None, state)
    cue, rule = min(found, key=lambda one: one[0].start)
    return Purse(rule, cue, state)


def _first_local(place: Place, rule: str, book: Rulebook) -> Cue | None:
    """Where a text first speaks of one municipality or region: "Lunds kommun", but not "varje kommun"."""
    outline, find, read = place.outline, recogniser(book).find, Span(0, 0)
    for cue in book.cues(rule).find(place.lowered):
        said = " ".join(place.lowered[cue.start : cue.end].split())
        if " " not in said or said in cue.rule.words:
            return cue
        if cue.start < read.end:  # a sentence may say "varje kommun" a thousand times
            continue
        read = outline.sentence_at(outline.block_at(cue.start), cue.start)
        if any(_is_one(named, rule) for named in find(outline.words(read))):
            return cue
    return None


def _is_one(named: Named, rule: str) -> bool:
    return named.kind == LOCAL[rule][0] and named.name not in COLLECTIVE_NAMES


def _is_grounded(place: Place, book: Rulebook) -> bool:
    """Whether a text that does not speak of the state names an agency, or tells of money as the state's is told of."""
    if place.outline.first(book.cues(RULE)) is not None:
        return True
    return any(
        is_of_state(named) or named.kind in ("party", "state")
        for named, _ in actors_in(place, len(place.outline.blocks), book)
    )


def _opens_with_agency(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether an agency is named before what the text is otherwise about: it tells of its own doings."""
    blocks = place.outline.block_at(cue.start) + 1
    return any(named.kind == "agency" and start < cue.start for named, start in actors_in(place, blocks, book))
