"""Tells whose money a sum is: the state's unless the sentence names another giver."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.cast import Cast
from belopp.actors.receivers import NOBODY, Answer, in_order
from belopp.actors.tape import Tape
from belopp.model import STATE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

GIVES: Final = frozenset("ZVT+")  # without one of these nobody but the one before is said to give
UNDERSTOOD: Final = Answer((STATE,), "payer.understood", Span(0, 0))
OTHERS: Final = "andra givare"
_GIVER = r"(?P<who>d*[ACGLU](?:(?:,|o|,o)d*[ACGLU])*)"
_FREE = r"(?<![tihmfnz/+])(?<![tihmfnz/+]d)"  # a name after a preposition is no subject
# "regionerna står för N", "bidrar regionerna med N", "avser Nordiska ministerrådet gå in med N"
DONOR: Final = re.compile(rf"{_FREE}{_GIVER}x?(?P<cue>Z)[^MS;]{{0,14}}$")
SUBJECT: Final = re.compile(rf"{_FREE}{_GIVER}[^MSACGLURtq;]{{0,4}}(?P<cue>[ZV])[^MACGLU;t]{{0,6}}$")
INVERTED: Final = re.compile(rf"(?P<cue>Z){_GIVER}[mf]?[^MS;t]{{0,3}}$")
STATE_GIVES: Final = re.compile(r"S[^MACGLU;]{0,4}(?P<cue>Z)[^M;]{0,6}$")
# "staten står för 200 och regionerna för 100": the verb is understood
ELLIPTIC: Final = re.compile(rf"^[o,]{{1,2}}{_GIVER}(?P<cue>[mf])$")
STATE_PAYS: Final = re.compile(r"S[^MACGLU;]{0,3}[VZ]|[VZ]S")
STATE_TOO: Final = re.compile(r"[o,]{1,2}S[mf]$")
# "Tillsammans med Danmark finansierar Sverige N"
TOGETHER: Final = re.compile(rf"(?P<cue>\+){_GIVER}[^M;]{{0,4}}(?:S[^M;]{{0,3}}Z|ZS)[^M;]{{0,12}}$")
FROM: Final = re.compile(r"(?:i?[xT]{0,2}T|x{0,2})(?P<cue>z)(?P<who>A(?:(?:,|o)A)*|a)")
OWN: Final = re.compile(r"(?P<who>[acl])(?P<cue>T)[^M;tACGLU]{0,4}$")


def payers(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whose money the sum is."""
    tape = cast.own_tape(place)
    own = _named(place, place.index, tape, cast, book)
    if own.names:
        return own
    return _of_parts(place, tape, cast, book) or _of_eu(place, cast, book) or understood(book)


def understood(book: Rulebook) -> Answer:
    """The state, where nobody else is said to pay."""
    return UNDERSTOOD if "payer.understood" in book else NOBODY


def of_rate(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The state, when it is said to pay a rate: ``Staten ersätter regionerna med 275 kronor per dos``."""
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    if at < 0 or "payer.contributes" not in book:
        return NOBODY
    found = STATE_PAYS.search(tape.letters, 0, at)
    return Answer((STATE,), "payer.contributes", tape.span(found.start())) if found else NOBODY


def _named(place: Place, index: int, tape: Tape, cast: Cast, book: Rulebook) -> Answer:
    """The giver that stands in a frame beside one sum of the sentence."""
    at = tape.at(place.mentions[index].start)
    if at < 0 or "payer.contributes" not in book:
        return NOBODY
    begin = tape.at(place.mentions[index - 1].start) + 1 if index else 0
    piece = tape.letters[begin:at]
    if GIVES.isdisjoint(piece) and not index:
        return _from(tape, at, cast, place, book)
    elliptic = index > 0 and ELLIPTIC.match(piece)
    if elliptic and _named(place, index - 1, tape, cast, book).names:
        return _answer(elliptic, begin, tape, cast, place)
    if "payer.together" in book and (shared := TOGETHER.search(piece)):
        others = _answer(shared, begin, tape, cast, place, "payer.together")
        return others._replace(names=tuple(sorted({*others.names, STATE}, key=str.casefold)))
    if (
        STATE_GIVES.search(piece)
        or index > 0
        and STATE_TOO.match(piece)
        and _named(place, index - 1, tape, cast, book).names
    ):
        return Answer((STATE,), "payer.contributes", tape.span(at))
    for pattern in (SUBJECT, DONOR, INVERTED, OWN):
        found = pattern.search(piece)
        if (
            found
            and pattern is OWN
            and found["who"] == "l"
            and "statsbidrag" in place.slice(tape.span(found.start("cue") + begin))
        ):
            continue  # "regionernas statsbidrag" is what they get
        if found and (given := _answer(found, begin, tape, cast, place)).names:
            return given
    return _from(tape, at, cast, place, book)


def _from(tape: Tape, at: int, cast: Cast, place: Place, book: Rulebook) -> Answer:
    """Whoever the money comes from: ``5 miljoner kronor från Alfa``."""
    found = FROM.match(tape.letters, at + 1) if "payer.from" in book else None
    return _answer(found, 0, tape, cast, place, "payer.from") if found else NOBODY


def _answer(
    found: re.Match[str], shift: int, tape: Tape, cast: Cast, place: Place, rule: str = "payer.contributes"
) -> Answer:
    named = tape.named(found.start("who") + shift, found.end("who") + shift)
    if any(one.kind == "agency" or one.genitive and rule == "payer.from" and one.kind != "eu" for one in named):
        return NOBODY
    return Answer(in_order([cast.display(one) for one in named]), rule, tape.span(found.start("cue") + shift))


def _of_parts(place: Place, tape: Tape, cast: Cast, book: Rulebook) -> Answer | None:
    """The givers of a total whose parts follow it: ``varav regionerna står för 100 och staten för 284``."""
    here = tape.at(place.mention.start)
    later = range(place.index + 1, len(place.mentions))
    if here < 0 or not later or "payer.parts" not in book:
        return None
    first = tape.at(place.mentions[later[0]].start)
    if "v" not in tape.letters[here + 1 : first]:
        return None
    given = [_named(place, index, tape, cast, book) for index in later]
    names = [name for answer in given for name in answer.names]
    if not names:
        return None
    if set(names) == {STATE}:
        state_pays = "S" in tape.letters[:here]
        return None if state_pays or len(given) > 1 else Answer((OTHERS, STATE), "payer.parts", given[0].cue)
    return Answer(tuple(sorted({*names, STATE}, key=str.casefold)), "payer.parts", given[0].cue)


def _of_eu(place: Place, cast: Cast, book: Rulebook) -> Answer | None:
    """The EU, when the sentence speaks of its money, or the title does and the sum is in euro."""
    if "payer.eu" not in book:
        return None
    cues = book.cues("payer.eu")
    if cue := cues.first(place.lowered, *place.sentence):
        if "medfinans" not in place.slice(place.sentence):
            return Answer(("EU",), "payer.eu", Span(cue.start, cue.end))
    if place.mention.currency == "EUR":
        blocks = place.outline.blocks
        for _, span in place.outline.before(place.block, place.sentence, 2):  # "Kommissionen beslutade om ..."
            first = cast.tape(span).names.get(0)
            if first and first.kind == "eu" and not first.genitive:
                return Answer(("EU",), "payer.eu", span)
        for index in place.outline.headings(place.block):
            if cue := cues.first(place.lowered, blocks[index].start, blocks[index].end):
                return Answer(("EU",), "payer.eu", Span(cue.start, cue.end))
    return None
