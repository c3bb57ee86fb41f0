"""What the text says of a sum elsewhere than in its sentence: of a title's in the body, of a lone one right after."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import CELL, ITEM
from belopp.purpose.clause import restatements
from belopp.purpose.governing import find_cue
from belopp.purpose.lexicon import lexicon
from belopp.purpose.size import is_little
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

ALONE: Final = re.compile(r"\W*(?:(?<!\w)\w++\s+)?")  # "300 000 kronor.", "Nästan 300 000 kronor."
END: Final = re.compile(r"\W*")


def restated(place: Place, book: Rulebook) -> Place | None:
    """Where the body states the sum of a heading that has no word for it again, by a word for what it is."""
    little = is_little(place)
    if find_cue(place, book, little=little):
        return None
    spot = next(restatements(place), None)
    return spot if spot and find_cue(spot, book, little=little) else None


def told_alone(place: Place, book: Rulebook) -> Cue | None:
    """The word that says what a lone sum is, in the sentence after it."""
    if place.is_heading or place.kind in (ITEM, CELL) or not is_alone(place):
        return None
    later = place.outline.onward(place.block, place.sentence.end)
    return lexicon(book, "kind").first(place.lowered, *later) if later else None


def is_alone(place: Place) -> bool:
    """Whether a sentence is but a sum: ``300 000 kronor. Så mycket ska företaget betala.``"""
    text, mention = place.lowered, place.mention
    return bool(
        len(place.mentions) == 1
        and END.fullmatch(text, mention.end, place.sentence.end)
        and ALONE.fullmatch(text, place.sentence.start, mention.start)
    )
