"""Finds the campaign that a text is about, for which people collect money: ``Musikhjälpen``."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.cast import Cast
from belopp.actors.receivers import NOBODY, Answer
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

RULE: Final = "recipient.campaign"
OPENING: Final = 3  # blocks: the title, what stands under it, and the first paragraph
# "samlade en ryttare in", "har fått ihop", "bössan"; whoever does so collects for the campaign.
COLLECTS: Final = re.compile(
    r"\b(?:samla\w*|drog|drar|dragit|fick|fått|få|skrapa\w*)\b[^.]{0,60}?\b(?:in|ihop)\b|\binsamling\w*|\w*böss(?:a|an|or|orna)\b"
)


def collected(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The campaign, where the sentence tells of collecting."""
    found = of_campaign(place, cast, book)
    return found if found.names and COLLECTS.search(place.lowered, *place.sentence) else NOBODY


def of_campaign(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The campaign that the text's first lines name."""
    return place.outline.kept(("campaign", book), lambda: _first_named(place, book))


def _first_named(place: Place, book: Rulebook) -> Answer:
    blocks = place.outline.blocks[:OPENING]
    if RULE not in book or not blocks:
        return NOBODY
    cue = book.cues(RULE).first(place.lowered, blocks[0].start, blocks[-1].end)
    if cue is None:
        return NOBODY
    said = next(word for word in book.rules[RULE].words if word.casefold() == place.lowered[cue.start : cue.end])
    return Answer((said,), RULE, Span(cue.start, cue.end))
