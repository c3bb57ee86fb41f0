"""Whether a sentence tells of years that are over, so that what somebody gave or got in them has been paid."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import ITEM
from belopp.purpose.clause import has_verb
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

YEAR: Final = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
# "de senaste tre åren", "på 18 månader har", "hittills i år", "året dessförinnan"
OVER: Final = re.compile(
    r"(?<!\w)(?:i\s?fjol|sedan\s+starten|genom\s+åren|under\s+årens\s+lopp|förra\s+året|fjolåret|året\s+(?:innan|före|dessförinnan)|hittills"
    r"|de\s+senaste\s+(?:\w+\s+)?(?:åren|månaderna)|(?:på|under)\s+\w+\s+(?:månader|år)\s+har)(?!\w)"
)


# "Det var 4 miljoner", "Skåne toppar med", "Det är 4 miljoner mindre än": tells on of the same years
TOLD_ON: Final = re.compile(
    r"(?<!\w)(?:var|blev|omfattade|utgjorde|utgjordes|uppgick|gick|kom|fick|gav|stod|låg|toppar|toppade|räckte)(?!\w)"
    r"|(?<!\w)är\s[^.;]*\s(?:mer|mindre|högre|lägre|fler|färre)\s+än(?!\w)"
)
AHEAD: Final = re.compile(
    r"(?<!\w)(?:ska|skall|kommer|nu|i\s+år|nästa\s+år|framöver|planera\w*|föreslå\w*|beslut\w*|budget\w*)(?!\w)"
)


def is_spent(place: Place, span: Span) -> bool:
    """Whether a stretch, where nobody speaks for the state, is of a year before the one it was published in."""
    outline, text = place.outline, place.lowered
    if of_the_state(place.text):
        return False
    if OVER.search(text, *span):
        return True
    published = outline.document.published[:4]
    years = [found.group() for found in YEAR.finditer(text, *span)]
    return bool(published and years) and max(years) < published


def tells_on(place: Place) -> bool:
    """Whether a sentence goes on with what was told of years that are over, or lists it without a verb."""
    text, sentence = place.lowered, place.sentence
    if of_the_state(place.text) or AHEAD.search(text, *sentence):
        return False
    if place.kind == ITEM and not has_verb(text, *sentence):
        return True
    return TOLD_ON.search(text, *sentence) is not None
