"""Whether a sum is what people and households spend: a figure of the market, given by nobody to anybody."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import CELL
from belopp.purpose.size import SMALL
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

PUBLIC: Final = "public.spends"
SPENDS: Final = re.compile(
    r"\s(?:\w+\s+){0,3}?(?:lägg(?:er|a)|la|lade|lagt|spender\w+|konsumer\w+|(?:in)?köp(?:er|te|t|a)|handla(?:r|de|t)?"
    r"|betala(?:r|de|t)?|shoppa(?:r|de|t)?|(?:gör|gjorde|gjort)\s+av\s+med|gjorde\s+slut\s+på)(?!\w)"
)
# "Kunderna betalade 3 miljoner kronor till Rädda Barnen": what they give
TO_SOMEBODY: Final = re.compile(r"\s+(?:kronor\s+)?(?:till|i\s+(?:stöd|bidrag))\s")


def spent_by_public(place: Place, book: Rulebook) -> Cue | None:
    """The word for the people who spend a sum too large for one of them; no word for what it is stands in the sentence.

    >>> from belopp.find import mentions
    >>> from belopp.read import text_document
    >>> from belopp.rulebook import load
    >>> from belopp.sentences import Outline, place_mentions
    >>> text = text_document("I fjol lade hushållen 9 miljarder kronor på resor.")
    >>> (place,) = place_mentions(Outline(text), mentions(text, load()))
    >>> text.text[slice(*spent_by_public(place, load())[1:3])]
    'hushållen'
    """
    text, mention = place.lowered, place.mention
    if PUBLIC not in book or place.kind == CELL or mention.high < SMALL["SEK"] or TO_SOMEBODY.match(text, mention.end):
        return None
    who = book.cues(PUBLIC).last(text, *place.left)
    if who is None:
        return None
    after = SPENDS.search(text, who.end, mention.start) is not None
    return who if after or SPENDS.search(text, max(place.sentence.start - 1, who.start - 40), who.start) else None
