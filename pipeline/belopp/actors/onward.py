"""Finds the recipient in sentences near by that tell what becomes of the money: ``Medlen tillförs Skolverket``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.actors import fitting, frames
from belopp.actors.cast import ROUGH_SUM, Cast
from belopp.actors.going_on import names_nobody
from belopp.actors.receivers import NOBODY, Answer, answer
from belopp.model import BOILERPLATE, CELL, HEADING, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

# "Medlen tillförs Skolverket": the opener, then at most a verb or two, then the actor; "Med dessa medel ska A".
FOLLOWS: Final = re.compile(
    rf"""[dTKx]{{1,2}}(?:id?x{{0,2}}T|x{{0,3}}|xe)(?:
        [>O@R]e?x{{0,2}}(?P<cue>t|hx?)(?P<who>{frames.EITHER})
      | OnAx?t(?P<who4>{frames.EITHER})
      | (?P<cue2>[RE/&]|O[nh](?!.*t))(?P<who2>{frames.EITHER}))
      | m[dx]?Tx(?P<who3>[AL](?:oA)*)x
      | dx(?P<who5>[AL](?:,?oA)*)q[xe]{{0,2}}R""",
    re.VERBOSE,
)
# "Satsningen görs i form av statsbidrag till kommunerna"
IN_FORM: Final = re.compile(rf"T[xR]{{0,2}}(?:Oq|O?h|(?<=[xR])i)x{{0,3}}n?x{{0,2}}Tt(?P<who>{frames.EITHER})")
# "Skolverket ska fördela medlen till huvudmännen": they, else the agency; "Skolverket får rekvirera medlen";
# "Det är Skolverket som fördelar stödet till huvudmännen"
HANDS_OUT: Final = re.compile(
    rf"(?:dx)?(?P<who>A(?:(?:,|o)A)*)q?x{{0,2}}(?:RWe)?(?:O|RR)(?P<money>T)(?:t(?P<whom>{frames.EITHER}))?"
)
# "Socialstyrelsen ska betala ut medlen till regionerna", "Medlen är fördelade mellan skolorna och regionerna"
PAID_TO: Final = re.compile(
    rf"(?:O(?P<money>T)x?t|^(?P<first>T)(?:x{{0,3}}[>O]x?t|[^M;,/]{{0,10}}/))(?P<who>{frames.EITHER})"
)
THE_MONEY: Final = frozenset({"bidraget", "medlen", "pengarna", "statsbidraget", "stödet"})
LENT: Final = re.compile(r"garanti|\bram(?:en)?\b", re.IGNORECASE)  # nobody gets the money that a guarantee covers
USED: Final = re.compile("MRx?t")  # "N får användas till uppföljning"


def from_next(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """``Medlen tillförs Skolverket`` in the sentence after, when that states no sum of its own."""
    later = place.outline.onward(place.block, place.sentence.end)
    return following(later, place, cast, book) if later else NOBODY


def following(later: Span, place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who a sentence without a sum of its own says gets the money just told of."""
    if "recipient.follows" not in book:
        return NOBODY
    of_money = _speaks_of_money(later, place)
    cue = book.cues("recipient.follows").first(place.lowered, *later)
    goes_on_here = cue is not None and cue.start <= later.start + 1
    if not (of_money or goes_on_here) or ROUGH_SUM.search(place.text, *later):
        return NOBODY
    if of_money and (handed := _handed_out(later, place, cast)).names:
        return handed
    if not goes_on_here:
        return NOBODY
    tape = cast.tape(later)
    found = FOLLOWS.match(tape.letters) or IN_FORM.match(tape.letters)
    if not found:
        return NOBODY
    group = next(group for group, said in found.groupdict().items() if said and group.startswith("who"))
    return answer(fitting.Found(found.start(group), found.end(group), "recipient.follows", 0), tape, place, cast)


def _speaks_of_money(sentence: Span, place: Place) -> bool:
    """Whether a sentence speaks of money told of already: few do, and no others need be taken apart."""
    return any(map(place.lowered[sentence.start : sentence.end].__contains__, THE_MONEY))


def _handed_out(later: Span, place: Place, cast: Cast) -> Answer:
    tape = cast.tape(later)
    found = HANDS_OUT.match(tape.letters)
    if not found or place.slice(tape.span(found.start("money"))).lower() not in THE_MONEY:
        return NOBODY
    group = "whom" if found["whom"] else "who"
    frame = fitting.Found(found.start(group), found.end(group), "recipient.follows", found.start("money"))
    return answer(frame, tape, place, cast)


def from_applicants(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who a sentence near by says can apply for the money: ``Kommuner kan ansöka om stödet``."""
    if "recipient.applies" not in book or not names_nobody(place, cast) or is_lent(place):
        return NOBODY
    if USED.search(cast.own_tape(place).letters):
        return NOBODY
    applies = book.cues("recipient.applies")
    for span in _near(place):
        if applies.first(place.lowered, *span) is None:
            continue
        tape = cast.tape(span)
        for frame in frames.APPLY:
            if match := frame.pattern.search(tape.letters):
                found = fitting.Found(match.start("who"), match.end("who"), "recipient.applies", match.start("cue"))
                return answer(found, tape, place, cast)
    return NOBODY


def from_handed_out(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whom a sentence near by says that the money is paid out to: ``Socialstyrelsen ska betala ut medlen till A``."""
    if "recipient.follows" not in book or not names_nobody(place, cast) or is_lent(place):
        return NOBODY
    for span in _near(place):
        if not _speaks_of_money(span, place) or ROUGH_SUM.search(place.text, *span):
            continue
        tape = cast.tape(span)
        found = PAID_TO.search(tape.letters)
        money = found and max(found.start("money"), found.start("first"))
        if found and money is not None and place.slice(tape.span(money)).lower() in THE_MONEY:
            given = fitting.Found(*found.span("who"), "recipient.follows", money)
            return answer(given, tape, place, cast)
    return NOBODY


def _near(place: Place) -> Iterator[Span]:
    """The three sentences after and the three before, within the section."""
    outline = place.outline
    later = [span for span in outline.sentences(place.block) if span.start >= place.sentence.end]
    index = place.block + 1
    while len(later) < 3 and index < len(outline.blocks) and outline.blocks[index].kind not in (TITLE, HEADING):
        if outline.blocks[index].kind not in (CELL, BOILERPLATE):
            later += outline.sentences(index)
        index += 1
    yield from later[:3]
    for _, span in outline.before(place.block, place.sentence, 3):
        yield span


def is_lent(place: Place) -> bool:
    """Whether a sentence speaks of a guarantee or a frame."""
    return ("garanti" in place.small or "ram" in place.small) and LENT.search(place.text, *place.sentence) is not None
