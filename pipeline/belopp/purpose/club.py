"""Whether a small sum goes to a club that the text names: too little for an agency, but one grant to one receiver."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import ITEM
from belopp.purpose.clause import has_verb
from belopp.sentences import Place

NEAR: Final = 160
"""How far from the sum, in characters, the club is looked for."""
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
_JOINS: Final = re.compile(r",?\s+(?:och|samt|medan)\s+|,\s+")
_MAY: Final = re.compile(r"(?<!\w)(?:kan|kunna|kunde|ansök\w*|sök(?:er|te|t|a))(?!\w)")
_LISTED: Final = re.compile(r"(?<!\w)(?:får|fick|fått|medel|bidrag\w*|stöd\w*|anslag\w*|tilldela\w*|bevilja\w*)(?!\w)")


def is_given_to_club(place: Place) -> bool:
    """Whether the sum is a grant to a club with a name: as subject, as object, or in a list of those who got."""
    mention, sentence = place.mention, place.sentence
    if mention.low < LEAST or mention.modifier == "at_most" or mention.per not in ("", "year"):
        return False
    start, end = max(sentence.start, mention.start - NEAR), min(sentence.end, mention.end + NEAR // 2)
    if _MAY.search(place.lowered, start, mention.start):
        return False
    return any(_receives(place, club, start) for club in CLUB.finditer(place.text, start, end))


def _receives(place: Place, club: re.Match[str], start: int) -> bool:
    """Whether a club named near the sum, after ``start``, is the one that gets it."""
    text, sum_starts = place.lowered, place.mention.start
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
    if place.kind == ITEM and start == place.sentence.start and not before.strip(" -*–"):
        return _is_listed(place)
    return _goes_on(place, club, start)


def _goes_on(place: Place, club: re.Match[str], start: int) -> bool:
    """Whether the club only follows one that gets a sum: ``Åsens IF får 20 000 kronor och Ängens IF 10 000 kronor``."""
    text, sum_before = place.lowered, place.before.start
    if not start < sum_before <= club.start() or not _JOINS.fullmatch(text, sum_before, club.start()):
        return False
    return _GETS.search(text, start, sum_before) is not None and text[club.end() : place.mention.start].isspace()


def _is_listed(place: Place) -> bool:
    """Whether the line that introduces the list tells who got money."""
    lead = place.outline.lead_in(place.block)
    if lead is None:
        return False
    above = place.outline.blocks[lead]
    return _LISTED.search(place.lowered, above.start, above.end) is not None
