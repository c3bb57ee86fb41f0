"""Passes over the words before a purpose that only frame it: ``det fortsatta arbetet med P``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.stretch import FRAME_ENDS, Cues, Stretch
from belopp.area.whom import actor_ahead, is_somebodys

# They lead from a framing word to the purpose.
FRAME_LINKS: Final = frozenset({"av", "för", "inom", "kring", "med", "mot", "om", "på", "till"})
# "omkostnader i samband med lanseringen av P"
CONNECTED: Final = ["i", "samband", "med"]


def skip_frame(stretch: Stretch, index: int) -> tuple[int, Cues]:
    """The index after articles and framing words (``det fortsatta arbetet med``), and the rules that say so."""
    cues: Cues = ()
    frames, changes = stretch.lexicon.frames, stretch.lexicon.changes
    index = stretch.skip_light(index)
    for _ in range(3):
        word = stretch.at(index)
        found = frame_at(stretch, index) if word in frames or word in changes or leads_to_frame(word) else None
        if found is None:
            break
        rule = "area.change" if stretch.at(found[0]) in changes else "area.frame"
        cues += (stretch.cue(rule, found[0]),)
        index = stretch.skip_light(found[1])
    return index, cues


@lru_cache(grammar.KNOWN)
def leads_to_frame(word: str) -> bool:
    """Whether a word may stand before a framing word, or has the end of one."""
    return word in grammar.PALE or word.endswith(("s", *FRAME_ENDS))


def frame_at(stretch: Stretch, index: int) -> tuple[int, int] | None:
    """A framing word with its preposition: its index, and the index after the preposition."""
    place = index
    while place < index + 4 and not stretch.is_frame(place):
        if past := past_change(stretch, place):
            return place, past
        word = stretch.at(place)
        # A pale adjective or a genitive of somebody may stand before it: "ett förstärkt stöd till", "SKR:s arbete med".
        if not (word in grammar.PALE or word.endswith("s") and is_somebodys(stretch, place)):
            return None
        place += 1
        if stretch.at(place) == "och" and stretch.at(place + 1).endswith("s") and is_somebodys(stretch, place + 1):
            place += 2  # "kommunernas och regionernas arbete med"
    if not stretch.is_frame(place):
        return None
    after = place + 1
    if stretch.at(after) == "och" and stretch.is_frame(after + 1):  # "insatser och åtgärder för"
        after += 2
    past = past_link(stretch, index, place, after)
    return (place, past) if past >= 0 else None


def past_change(stretch: Stretch, place: int) -> int:
    """The index past a noun that only says what is done, and its preposition (``förstärkning av``), or 0."""
    changes = stretch.lexicon.changes
    if stretch.at(place) in changes and stretch.at(place + 1) == "och":
        place += 2  # "förlängning och förstärkning av P"
    link = stretch.at(place + 1)
    if link not in changes.get(stretch.at(place), ()) or not stretch.opens(place + 1):
        return 0
    return 0 if link == "till" and actor_ahead(stretch, place + 2) else place + 2


def past_link(stretch: Stretch, index: int, place: int, after: int) -> int:
    """The index past the preposition that follows the framing word at ``place``, or -1 when none follows."""
    if stretch.at(after) == "att":
        return after
    if stretch.low[after : after + 3] == CONNECTED:
        return after + 3  # "omkostnader i samband med lanseringen av P"
    if stretch.at(place).startswith("överenskommelse") and stretch.at(after) in {"mellan", "med"}:
        about = stretch.low.index("om", after) if "om" in stretch.low[after : after + 12] else -1
        if about > 0 and stretch.opens(about):
            return about + 1  # "överenskommelsen mellan staten och SKR om P"
    chance = place > index and stretch.at(after) == "till" and stretch.at(place).startswith("möjlighet")
    if stretch.at(after) not in FRAME_LINKS or not (chance or stretch.opens(after)):  # "ökade möjligheter till P"
        return -1
    if stretch.at(after) == "till":
        people = stretch.at(stretch.skip_light(after + 1)) in stretch.lexicon.people
        if people or actor_ahead(stretch, after + 1):  # "kompensation till personer födda 1957" keeps its frame
            return -1
    return after + 1
