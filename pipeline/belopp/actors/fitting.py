"""Fits the frames onto the tape around a sum: the strongest that matches tells who receives it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from belopp.actors import frames
from belopp.actors.frames import Frame
from belopp.actors.tape import Tape
from belopp.rulebook import Rulebook


class Found(NamedTuple):
    """Letters ``first`` to ``last`` of a tape that name recipients, the rule, and the letter of its cue."""

    first: int
    last: int
    rule: str
    cue: int


# The strongest first, each with whether it stands before the sum.
ORDER: Final = (
    *(
        (frame, True)
        for frame in (
            frames.LABEL,
            frames.LABEL_ASIDE,
            frames.NEXT_RANKED,
            frames.RANKED,
            frames.LABEL_ITEM,
            frames.LABEL_NEXT,
            frames.LABEL_TO,
            frames.LABEL_OWNER,
            frames.LABEL_THROUGH,
            frames.LABEL_LED,
            frames.PAYS_TO,
            frames.COVERED,
            frames.OBJECT,
            frames.OBJECT_CALLED,
            frames.PAID,
            frames.INVERTED,
            frames.JOINED_SUBJECT,
            frames.SUBJECT,
        )
    ),
    *(
        (frame, False)
        for frame in (
            frames.AFTER_VERB,
            frames.AFTER_OBJECT,
            frames.TO_SUPPORT,
            frames.OF_HANDED,
            frames.TO,
            frames.WHO_GOT,
            frames.THANKS_TO,
            frames.TO_GET,
            frames.PASSIVE,
            frames.SPLIT,
            frames.USED_BY,
            frames.APPLIED,
            frames.REQUESTED,
            frames.OF_EACH,
            frames.OF_ANSLAG,
            frames.CONCERNS,
        )
    ),
    *(
        (frame, True)
        for frame in (
            frames.GIVEN_AWAY,
            frames.HANDED,
            frames.OWN_ANSLAG,
            frames.OWN_BUDGET,
            frames.BUDGET_FOR,
            frames.HAS_BUDGET,
            frames.ANSLAG_TO,
            frames.SUPPORT_TO,
            frames.SUPPORT_OF_WORK,
            frames.WORK_BOOSTED,
            frames.HELP,
            frames.HELP_WORK,
            frames.GRANTED,
            frames.BOOST,
            frames.BOOSTED,
            frames.OWN_BOOSTED,
            frames.SPENDS,
            frames.OPENING,
            frames.FOR_ONE,
            frames.FOR_OWN,
            frames.OWN_WORK,
            frames.FOR_EACH,
            frames.ASKED_FOR,
        )
    ),
    *(
        (frame, False)
        for frame in (
            frames.IN_ORDER_THAT,
            frames.THROUGH,
            frames.FOR_SUPPORT,
            frames.FOR_THEM,
            frames.TO_HELP,
            frames.TO_ENABLE,
            frames.TO_GIVE,
            frames.TO_BOOST,
            frames.MORE_FOR,
            frames.FOR_WORK,
            frames.FOR_ASSIGNMENT,
            frames.FOR_THEIR_WORK,
            frames.IN_PLACES,
        )
    ),
    *((frame, True) for frame in (frames.CAN_APPLY, frames.DONOR_TO, frames.DONOR_OF)),
    *((frame, False) for frame in (frames.APPLIED_FOR, frames.DISTRIBUTES)),
    *(
        (frame, True)
        for frame in (
            frames.GIVEN_THROUGH,
            frames.FAR_SUBJECT,
            frames.RELATIVE,
            frames.BOOSTED_BY,
            frames.TO_BEFORE,
            frames.ASSIGNED,
            frames.ASSIGNED_TO,
            frames.PAYS_OUT,
            frames.GAVE,
            frames.FOR_GIVING,
        )
    ),
    (frames.BOOSTED_AT, True),
    (frames.AT_FIRST, True),
    (frames.AT, False),
)
# What stands before a sentence's first sum alone, and what only before one that follows another.
OPENING: Final = (frames.FOR_GIVING, frames.FOR_OWN, frames.OWN_WORK, frames.LABEL_ITEM, frames.JOINED_SUBJECT)
FOLLOWING: Final = (frames.LABEL_NEXT, frames.LABEL_OWNER)
OF_THE_FIRST: Final = tuple(each for each in ORDER if each[0] not in FOLLOWING)
OF_THE_OTHERS: Final = tuple(each for each in ORDER if each[0] not in OPENING)


def search(tape: Tape, at: int, begin: int, end: int, book: Rulebook) -> Found | None:
    """The strongest frame around the sum at letter ``at``, between letters ``begin`` and ``end``."""
    named_before = frames.NAMED.search(tape.letters, begin, at) is not None
    named_after = frames.NAMED.search(tape.letters, at + 1, end) is not None
    if not named_before and not named_after:
        return None
    present = {"", *tape.letters}
    given_on = not begin and frames.GIVEN_TO_ANOTHER.match(tape.letters, 0, at + 3) is not None
    for frame, is_left in OF_THE_OTHERS if begin else OF_THE_FIRST:
        if given_on and frame is frames.OBJECT:
            continue
        if (named_before if is_left else named_after) and frame.needs in present and frame.rule in book:
            found = _before(frame, tape, begin, at) if is_left else _after(frame, tape, at, end)
            if found:
                return found
    return None


def paid_out(tape: Tape, at: int, begin: int, end: int, *, groups: bool) -> Found | None:
    """Who a rate is said outright to be paid to: ``kan betalas ut till en arbetsgivare``, ``Kommunerna får N``.

    ``groups``: also those who may get it, ``Föreningar kan få N``.
    """
    if found := _before(frames.PAID_OUT, tape, begin, at):
        return found
    for frame in (frames.OBJECT, frames.INVERTED, frames.SUBJECT, frames.COMPENSATED, frames.TO):
        found = _after(frame, tape, at, end) if frame is frames.TO else _before(frame, tape, begin, at)
        kinds = "AGL,o" if groups or frame is frames.TO else "AL,o"
        if found and all(letter in kinds for letter in tape.letters[found.first : found.last]):
            return found
    return None


def channel(tape: Tape, at: int, end: int) -> Found | None:
    """Through whom the sum goes: ``120 miljoner kronor till Gaza genom FN:s livsmedelsprogram``."""
    return _after(frames.THROUGH, tape, at, end) or _before(frames.GIVEN_THROUGH, tape, 0, at)


def _after(frame: Frame, tape: Tape, at: int, end: int) -> Found | None:
    match = frame.pattern.match(tape.letters[:end], at + 1)
    return _found(frame, match, 0)


def _before(frame: Frame, tape: Tape, begin: int, at: int) -> Found | None:
    """The match that begins last: the nearest to the sum."""
    piece = tape.letters[begin:at]
    best = None
    start = 0
    while match := frame.pattern.search(piece, start):
        best = match
        start = match.end(_group(match))
    return _found(frame, best, begin)


def _found(frame: Frame, match: re.Match[str] | None, shift: int) -> Found | None:
    if match is None:
        return None
    group = _group(match)
    cue = match.start(frame.cue or group)
    return Found(match.start(group) + shift, match.end(group) + shift, frame.rule, cue + shift)


def _group(match: re.Match[str]) -> str:
    return "who" if match["who"] else "other"
