"""Whether a small sum goes to a club that the text names: too little for an agency, but one grant to one receiver."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import ITEM
from belopp.purpose.clause import has_verb
from belopp.sentences import Place

LEAST: Final = 1000  # below it the sum is a fee or a price, whoever is named beside it
_NOUN: Final = r"(?:förening|klubb|sällskap|byalag|bygdegård|hembygdsgård|scoutkår)"
CLUB: Final = re.compile(
    rf"""
    (?<!\w) (?:
        [A-ZÅÄÖ][\w-]*s \s+ (?: [a-zåäö]+ \s+ )? [a-zåäö]*{_NOUN}(?:en|et)?(?!\w)    # "Åsens bygdegård"
      | (?: [A-ZÅÄÖ]?[a-zåäö]*{_NOUN} | Klubb | Förening ) (?:en|et) \s+ [”"]?[A-ZÅÄÖ]\w+    # "föreningen Ängen"
      | [A-ZÅÄÖ][\w-]+ \s+ (?: IF | IK | FK | BK | SK | FF | HK | GF | IBK ) (?!\w)    # "Åsens IF"
      | FC \s+ [A-ZÅÄÖ]\w+
    )
    """,
    re.VERBOSE,
)
# "medlemmar i Åsens IF", "ett stipendium från föreningen Ängen": somebody else is meant
_ELSEWHERE: Final = re.compile(r"(?<!\w)(?:i|hos|av|från|på|med|per|inom|för)\s+$")
_TO: Final = re.compile(r"(?<!\w)(?:till|\w*(?:stöd|bidrag)\w*\s+för)\s+$")
_GETS: Final = re.compile(
    r"(?<!\w)(?:får|fick|fått|erhåller|erhöll|tilldela(?:s|des|ts)|bevilja(?:s|des|ts))(?!\w|\s+in\s)"
)
_MUST: Final = re.compile(r"(?<!\w)(?!(?:extra|nästa|hela|årliga|bara|dela)\s)\w+a(?!\w)")  # "får betala"
_IS: Final = re.compile(r"\s+(?:är|blir|var|blev|uppgår\s+till|uppgick\s+till)\s+(?:\w+\s+)?")
_GIVES: Final = re.compile(
    r"(?<!\w)(?:ger|gav|gett|bevilja(?:r|de|t)|tilldela(?:r|de|t)|dela(?:r|de|t)\s+ut)(?!\w)",
)
_GRANT: Final = re.compile(r"(?:stöd|bidrag)\w*\s+(?:till|för)\s+$")
_MAY: Final = re.compile(r"(?<!\w)(?:kan|kunna|kunde|ansök\w*|sök(?:er|te|t|a))(?!\w)")
_LISTED: Final = re.compile(r"(?<!\w)(?:får|fick|fått|medel|bidrag\w*|stöd\w*|anslag\w*|tilldela\w*|bevilja\w*)(?!\w)")


def is_given_to_club(place: Place) -> bool:
    """Whether the sum is a grant to a club with a name: as subject, as object, or in a list of those who got."""
    mention, sentence = place.mention, place.sentence
    if mention.low < LEAST or mention.modifier == "at_most" or mention.per not in ("", "year"):
        return False
    if _MAY.search(place.lowered, sentence.start, mention.start):
        return False
    return any(_receives(place, club) for club in CLUB.finditer(place.text, *sentence))


def _receives(place: Place, club: re.Match[str]) -> bool:
    """Whether a club named in the sentence is the one that gets the sum."""
    text, start, sum_starts = place.lowered, place.sentence.start, place.mention.start
    if club.start() > sum_starts:  # "Nämnden ger 5 000 kronor till Åsens IF"
        between = text[place.mention.end : club.start()]
        return (
            len(between) < 40 and _TO.search(between) is not None and _GIVES.search(text, start, sum_starts) is not None
        )
    before = text[start : club.start()]
    if _TO.search(before) or (gives := _GIVES.search(before)) and not _ELSEWHERE.search(before[gives.end() :]):
        plain = _IS.fullmatch(text, club.end(), sum_starts) is not None and _GRANT.search(before) is not None
        return plain or not has_verb(text, club.end(), sum_starts)
    if _ELSEWHERE.search(before):
        return False
    gets = _GETS.search(text, club.end(), sum_starts)
    if gets is not None:
        return not (has_verb(text, gets.end(), sum_starts) or _MUST.search(text, gets.end(), sum_starts))
    return place.kind == ITEM and not before.strip(" -*–") and _is_listed(place)


def _is_listed(place: Place) -> bool:
    """Whether the line that introduces the list tells who got money."""
    lead = place.outline.lead_in(place.block)
    if lead is None:
        return False
    above = place.outline.blocks[lead]
    return _LISTED.search(place.lowered, above.start, above.end) is not None
