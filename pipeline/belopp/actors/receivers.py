"""Tells who receives a sum, from the frames of its own sentence and, failing these, from what stands around it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from belopp.actors import fitting, frames
from belopp.actors.bodies import UNNAMED
from belopp.actors.cast import Cast
from belopp.actors.going_on import is_of_assignment
from belopp.actors.proper import Named
from belopp.actors.tape import Tape
from belopp.model import STATE, Reason
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

ELEMENT: Final = re.compile(
    r"(?:d[xY]{1,3}(?=[UA])|d|Y(?=[AUG])|Y(?=[au][xY][AU])|[acglu][xY](?=[AU])|[au](?=[AU])|U(?=Y[AU])|G(?=[AU]))*([ACGLUYacgluy])"
)
GOVERNING: Final = frozenset(
    {
        "recipient.gives",
        "recipient.receives",
        "recipient.boosted",
        "recipient.appropriation",
        "recipient.support",
        "recipient.helps",
    }
)
CHANNELS: Final = ("Sida", "Kammarkollegiet", "Styrelsen för internationellt utvecklingssamarbete")
PER_ONE: Final = re.compile(r"\s+per\s+(?P<one>region|kommun)\b")
ALL_OF: Final = {"region": "regionerna", "kommun": "kommunerna"}
# "Utöver stödet till Unicef avsätts N": what stands beside the sum is not its own.
ASIDE: Final = re.compile(r"[–\s]*(?:Utöver|Förutom|Vid sidan (?:om|av))\b(?!\s+(?:det|detta|dessa|den)\b)")
BESIDE: Final = ("recipient.support", "recipient.appropriation", "recipient.to")
OWN_SUPPORT: Final = re.compile(r"o[^M]*[TK]x?[tf]x.*m")
# "Alfa får N 2026 och regeringen beräknar N 2027": the same measure's later years
RECKONED: Final = re.compile(r"\b(?:och|samt)\s+regeringen\s+beräknar\b")
RECKONED_ON: Final = GOVERNING | {"recipient.enables"}
GIVERS: Final = frozenset(("banken", "fonden", "lotteriet"))  # what is theirs they give
SPLIT: Final = "recipient.split"
BETWEEN: Final = re.compile(rf"i(?P<who>{frames.NAMES})")
DIVIDES: Final = re.compile(r"\b(?:[Ff]ördela|[Dd]ela)\w*")
COUNTRIES: Final = frozenset("Cc,oxd")
BARE: Final = re.compile(r"[o,=]{0,3}|ox")
EQUALLED: Final = re.compile(r"[o,=]{0,3}|ox|,?\(")  # "N dollar (högst N kronor) till Alfa"


class Answer(NamedTuple):
    """Recipients under the names that rows use, the rule that found them, and its cue's span."""

    names: tuple[str, ...]
    rule: str
    cue: Span
    told: tuple[str, ...] = ()  # the names in the text's order
    also: tuple[Reason, ...] = ()  # other rules without which the answer would be another


NOBODY: Final = Answer((), "", Span(0, 0))


def in_sentence(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who the sum's own sentence says receives it."""
    tape = cast.own_tape(place)
    own = _own(place, place.index, tape, cast, book)
    if own.names:
        return _paired(place, place.index, own)
    before = _from_before(place, tape, cast, book)
    return before if before.names else _from_after(place, tape, cast, book)


def _own(place: Place, index: int, tape: Tape, cast: Cast, book: Rulebook) -> Answer:
    at = tape.at(place.mentions[index].start)
    if at < 0:
        return NOBODY
    begin = tape.at(place.mentions[index - 1].start) + 1 if index else 0
    later = place.mentions[index + 1 : index + 2]
    end = tape.at(later[0].start) if later else len(tape.letters)
    found = fitting.search(tape, at, begin, end if end > at else len(tape.letters), book)
    if found is None and SPLIT in book:
        found = _shared_out(place, tape, at)
    if (
        found is None
        or index == 0
        and found.last < at
        and found.rule in BESIDE
        and ASIDE.match(place.text, *place.sentence)
    ):
        return NOBODY
    if index == 0 and found.rule == "recipient.of" and "R" in tape.letters[:at]:
        return NOBODY  # "Slottet får 5 miljoner av Boverket": who gives it
    if index and found.rule == "recipient.ranked" and not _own(place, index - 1, tape, cast, book).names:
        return NOBODY  # "Region Skåne toppar med 48 miljoner, följd av Region Halland": it pays, too
    given = answer(found, tape, place, cast)
    handed = tape.letters.find("O", begin, at)
    if handed >= 0 and found.rule == "recipient.assigned":
        return NOBODY
    if given.names and handed >= 0:  # whoever only hands the sum on is not its recipient
        given = given._replace(also=(*given.also, Reason("recipient", tape.cues[handed], *tape.span(handed))))
    if given.names and COUNTRIES.issuperset(tape.letters[found.first : found.last]):
        through = fitting.channel(tape, at, end if end > at else len(tape.letters))
        if through and through.rule in book and (channel := answer(through, tape, place, cast)).names:
            return channel
    return given


def _shared_out(place: Place, tape: Tape, at: int) -> fitting.Found | None:
    """Those between whom the sum is divided, right after it: ``har fördelat 5 miljoner mellan länsstyrelserna``."""
    shared = BETWEEN.match(tape.letters, at + 1)
    if not shared or place.slice(tape.span(at + 1)) != "mellan":
        return None
    if not DIVIDES.search(place.text, place.sentence.start, tape.span(at).start):
        return None
    return fitting.Found(*shared.span("who"), SPLIT, at + 1)


def answer(found: fitting.Found, tape: Tape, place: Place, cast: Cast) -> Answer:
    """The names that a frame found, as rows give them."""
    names: list[str] = []
    through = found.rule == "recipient.through"
    for element in ELEMENT.finditer(tape.letters, found.first, found.last):
        index = element.start(1)
        named = tape.names.get(index)
        chosen = (named,) if named else _pointed_at(tape.span(index), place, cast)
        for one in chosen:
            if not (through and (one.kind == "country" or one.name in CHANNELS)):
                names += cast.display(one).split("|")
    first, last = min(found.first, found.cue), max(found.last, found.cue + 1)
    also = tuple(
        Reason("recipient", rule, *tape.span(index))
        for index, rule in tape.cues.items()
        if first <= index < last and rule != found.rule
    )
    return Answer(in_order(names), found.rule, tape.span(found.cue), tuple(dict.fromkeys(names)), also)


def _pointed_at(word: Span, place: Place, cast: Cast) -> tuple[Named, ...]:
    """Who ``myndigheten`` is: of an assignment's money whoever has that, else whoever was named last."""
    said = place.slice(word).casefold()
    if said.startswith("myndighet") and is_of_assignment(place):
        given = cast.assignees(place)
        if given and (len(given) > 1) == said.startswith("myndigheterna"):
            return given
    found = cast.antecedent(place, word.start, said)
    called = said if said in UNNAMED else said.removesuffix("s")
    return found or ((Named(0, 1, called, "agency"),) if called in UNNAMED - GIVERS else ())


def in_order(names: list[str]) -> tuple[str, ...]:
    """Names once each, in case-insensitive alphabetical order, the state left out."""
    found = {*names} - {STATE}
    return tuple(sorted(found, key=lambda name: (name.casefold(), name)) if len(found) > 1 else found)


def _from_before(place: Place, tape: Tape, cast: Cast, book: Rulebook) -> Answer:
    """What an earlier sum of the sentence hands on: ``Riksarkivet får 20 miljoner 2026, 40 miljoner 2027``."""
    here = tape.at(place.mention.start)
    for index in range(place.index - 1, -1, -1):
        start = tape.at(place.mentions[index].start)
        earlier = _own(place, index, tape, cast, book)
        if not earlier.names:
            continue
        between = tape.letters[start + 1 : here].replace("M", "")
        after = tape.letters[here + 1 : here + 4]
        pair = _paired(place, index, earlier)
        if pair is not earlier:
            return pair
        if OWN_SUPPORT.search(between):  # "… med 5 miljoner och statsbidraget för läxhjälp med 6 miljoner"
            return NOBODY
        gap = place.text[place.mentions[index].end : place.mention.start]
        reckoned = RECKONED.search(gap) is not None
        governed = earlier.rule in GOVERNING and "S" not in between or reckoned and earlier.rule in RECKONED_ON
        if governed or (
            earlier.rule not in ("recipient.label", "recipient.does", "recipient.work", "recipient.enables")
            and "S" not in between
            and between[-1:] in ("o", ",", "=", "")
            and not after.startswith(("t", "it"))
        ):
            return earlier
        return NOBODY
    return NOBODY


def _from_after(place: Place, tape: Tape, cast: Cast, book: Rulebook) -> Answer:
    """What a coordinated later sum shares: ``10 respektive 15 miljoner kronor till Skolverket``."""
    if place.index + 1 >= len(place.mentions):
        return NOBODY
    here, later = tape.at(place.mention.start), tape.at(place.mentions[place.index + 1].start)
    if here < 0 or later < 0 or not EQUALLED.fullmatch(tape.letters[here + 1 : later]):
        return NOBODY
    return _own(place, place.index + 1, tape, cast, book)


def _paired(place: Place, index: int, given: Answer) -> Answer:
    """Of two named for ``100 respektive 10 miljoner kronor`` the one that this sum is for."""
    first = index if index + 1 < len(place.mentions) and place.index <= index + 1 else -1
    if len(given.told) != 2 or first < 0:
        return given
    between = place.text[place.mentions[first].end : place.mentions[first + 1].start]
    if "respektive" not in between or len(between) > 40:
        return given
    return given._replace(names=(given.told[place.index - first],))


def for_rate(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who the text says outright that a rate is paid to."""
    tape = cast.own_tape(place)
    each = PER_ONE.match(place.text, place.mention.end)
    if each and "recipient.each" in book and "T" in tape.letters:  # "Bidraget är N per region"
        return Answer((ALL_OF[each["one"]],), "recipient.each", Span(*each.span("one")))
    # The state's rules say what one may get: "Företag kan få N"; a board or a club tells whom it gives that.
    groups = place.outline.first(book.cues("payer.state")) is None
    for index in range(place.index, -1, -1):
        at = tape.at(place.mentions[index].start)
        begin = tape.at(place.mentions[index - 1].start) + 1 if index else 0
        later = place.mentions[index + 1 : index + 2]
        end = tape.at(later[0].start) if later else len(tape.letters)
        found = fitting.paid_out(tape, at, begin, end, groups=groups) if at >= 0 else None
        if found and found.rule in book:
            return answer(found, tape, place, cast)
        if not BARE.fullmatch(tape.letters[begin:at]):
            break
    return NOBODY
