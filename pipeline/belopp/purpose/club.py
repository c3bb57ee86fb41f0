"""Whether a small sum goes to a club that the text names: too little for an agency, but one grant to one receiver."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import ITEM
from belopp.purpose.clause import has_verb
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

# The verbs of getting and giving are those by which a sum finds who receives it.
GETS: Final = "recipient.receives"
GIVES: Final = "recipient.gives"
NEAR: Final = 160  # characters from the sum, within which the club is looked for
LEAST: Final = 1000  # below it the sum is a fee or a price, whoever is named beside it
_NOUN: Final = r"(?:förening|klubb|sällskap|byalag|bygdegård|hembygdsgård|scoutkår|jour|församling|teater)"
CLUB: Final = re.compile(
    rf"""
    (?<!\w) (?:
        [A-ZÅÄÖ][\w-]*s \s+ (?: [a-zåäö]+ \s+ )? [a-zåäö]*{_NOUN}(?:en|et)?(?!\w)    # "Åsens bygdegård"
      | (?: [A-ZÅÄÖ]?[a-zåäö]*{_NOUN} | Klubb | Förening ) (?:en|et) \s+ [”"]?[A-ZÅÄÖ]\w+    # "föreningen Ängen"
      | [A-ZÅÄÖ][\w-]+ \s+ (?: IF | IK | FK | BK | SK | FF | HK | GF | IBK ) (?!\w)    # "Åsens IF"
      | (?! (?:Varje|Ingen|Någon|Denna|Lokal|Ideell|En) \s )
        [A-ZÅÄÖ][\w-]+ \s+ [a-zåäö]{{3,}}(?:förening|klubb)(?!\w)    # "Åby ridklubb"
      | (?: FC | IF | IFK | IK | OK | BK | SK | GF | HK ) \s+ [A-ZÅÄÖ]\w+    # "OK Åsen"
      | [A-ZÅÄÖ][\w-]+ \s+ (?: [A-ZÅÄÖ][a-zåäö]*(?:jour|förening|teater) ) (?!\w)    # "Åsens Kvinnojour"
      | [A-ZÅÄÖ][a-zåäö-]+(?:fonden|jouren|föreningen|förbundet|missionen)(?!\w)    # "Läxhjälpsfonden"
    )
    """,
    re.VERBOSE,
)
# "föreningen", "teatergruppen": one that a text of no government has told of, where no rule for many is meant
THE_CLUB: Final = re.compile(
    rf"(?<!\w)[a-zåäö-]*(?:{_NOUN}|kår|grupp|festival|orkester|kör|projekt|förbund|muse|bolag)(?:en|n|et)(?!\w)",
    re.IGNORECASE,
)
# "medlemmar i Åsens IF", "ett stipendium från föreningen Ängen": somebody else is meant
_ELSEWHERE: Final = re.compile(r"(?<!\w)(?:i|hos|av|från|på|med|per|inom|för)\s+$")
_TO: Final = re.compile(r"(?<!\w)(?:till|\w*(?:stöd|bidrag)\w*\s+för)\s+(?:(?!medlem)\w+\s+)?$")
# "ett bidrag på 40 000 kronor till Filmfestivalen": one grant, to one that has a name
_ONE_GRANT: Final = re.compile(
    r"(?<!\w)(?:ett|en)\s+(?:\w+\s+){0,2}?\w*(?:bidrag|stöd|anslag|gåva|donation|check)\s+(?:på|om)\s+(?:\w+\s+)?$"
)
_TO_NAME: Final = re.compile(r"\s+(?:kronor\s+)?(?:går\s+|gick\s+)?till\s+(?:\w+\s+)?[A-ZÅÄÖ]\w")
_TO_ONE: Final = re.compile(
    r"\s+(?:kronor\s+)?(?:går\s+|gick\s+)?till\s+(?!(?:den|de|dem|det|varje|alla|familj\w*|\w*medlem\w*)\s)(?:\w+\s+)?\w{3,}(?:en|et|an|erna|arna)(?!\w)"
)
_IN: Final = re.compile(r"\s+in\s")  # "klubben får in 5 000 kronor": not from who grants it
_HANDS_OUT: Final = re.compile(r"(?<!\w)dela(?:r|de|t)\s+ut(?!\w)")
_MUST: Final = re.compile(r"(?<!\w)(?!(?:extra|nästa|hela|årliga|bara|dela)\s)\w+a(?!\w)")  # "får betala"
_IS: Final = re.compile(r"\s+(?:är|blir|var|blev|uppgår\s+till|uppgick\s+till)\s+(?:\w+\s+)?")
_GRANT: Final = re.compile(r"(?:stöd|bidrag)\w*\s+(?:till|för)\s+$")
_JOINS: Final = re.compile(r",?\s+(?:och|samt|medan)\s+|,\s+")
# "Byn har fått 60 000 kronor för att rusta lekplatsen": what the verb and the purpose beside the sum tell of one grant
_FOR: Final = re.compile(
    r"\s+(?:kronor\s+)?(?:(?:var|vardera)\s+)?(?:(?:i|som)\s+(?:bidrag|stöd|projektstöd|startbidrag|stipendium|anslag|pris|belöning)|för\s+(?:att|sitt|sin|sina|arbetet)|till"
    r"|från|av|ur)(?!\w)|\s+(?:var|vardera)?\s*[.,]|[.,]"
)
_GOT: Final = re.compile(r"(?:få|fick|tilldela|bevilja|belöna|erhå|erhö)\w*")  # "fått in", "får använda" is no grant
# Who gets as one of many, or as a person: a benefit, a wage, a prize of no body
_ANYBODY: Final = re.compile(
    r"(?<!\w)(?:du|ni|man|jag|hon|han|de|den|alla|varje|var|en|ett|många|flera|några?|ingen|som|\w*anställda|\w*medlem\w*|\w*pensionär\w*|\w*familj\w*"
    r"|\w*hushåll\w*|\w*(?:sköterska|sköterskor|läkare|lärare|chef|chefen|chefer|bönder|studenter|studerande|kunder|spelare|kvinna\w*|kvinnor|män|mannen)"
    r"|\w*(?:avtal|taxa|avgift|beslut|höjning|nivå|regel|lag)\w*|om|när|eftersom|att)(?!\w)"
)
_MAY: Final = re.compile(r"(?<!\w)(?:kan|kunna|kunde|ansök\w*|sök(?:er|te|t|a))(?!\w)")
_GRANTS: Final = re.compile(r"(?<!\w)(?:medel|bidrag\w*|stöd\w*|anslag\w*)(?!\w)")


def is_given_to_club(place: Place, book: Rulebook) -> bool:
    """Whether the sum is a grant to a club with a name: as subject, as object, or in a list of those who got."""
    mention, sentence = place.mention, place.sentence
    if mention.low < LEAST or mention.modifier == "at_most" or mention.per not in ("", "year"):
        return False
    start, end = max(sentence.start, mention.start - NEAR), min(sentence.end, mention.end + NEAR // 2)
    if _MAY.search(place.lowered, start, mention.start):
        return False
    if _ONE_GRANT.search(place.lowered, *place.left) and _TO_NAME.match(place.text, mention.end):
        return True
    states = place.outline.first(book.cues("payer.state")) is not None
    if not states and (_is_granted(place, book) or _is_one_grant(place)):
        return True
    known = (CLUB,) if states else (CLUB, THE_CLUB)
    return any(_receives(place, club, start, book) for said in known for club in said.finditer(place.text, start, end))


def _is_one_grant(place: Place) -> bool:
    """Whether the sum is one grant to one that the text tells of: ``ett bidrag på 40 000 kronor till bygdegården``."""
    text = place.lowered
    return _ONE_GRANT.search(text, *place.left) is not None and _TO_ONE.match(text, place.mention.end) is not None


def _is_granted(place: Place, book: Rulebook) -> bool:
    """Whether a body that the text tells of gets the sum once: ``Byn har fått 60 000 kronor för att bygga en bod``."""
    text, mention = place.lowered, place.mention
    start = max(place.sentence.start, mention.start - NEAR)
    if place.index or mention.per or not _FOR.match(text, mention.end):
        return False
    gets = book.cues(GETS).last(text, start, mention.start)
    if (
        gets is None
        or mention.start - gets.end > 12
        or _IN.match(text, gets.end)
        or not _GOT.fullmatch(text, gets.start, gets.end)
    ):
        return False
    who = text[start : gets.start] + text[gets.end : mention.start]  # "Därför får klubben 40 000 kronor"
    return bool(who.strip()) and _ANYBODY.search(who) is None


def _receives(place: Place, club: re.Match[str], start: int, book: Rulebook) -> bool:
    """Whether a club named near the sum, after ``start``, is the one that gets it."""
    text, sum_starts = place.lowered, place.mention.start
    if club.start() > sum_starts:  # "Nämnden ger 5 000 kronor till Åsens IF"
        between = text[place.mention.end : club.start()]
        if len(between) >= 40 or _TO.search(between) is None:
            return False
        opens = place.kind == ITEM and not text[place.sentence.start : sum_starts].strip(" -*–")
        return _giving(text, start, sum_starts, book) >= 0 or (opens and _is_listed(place, book))
    before = text[start : club.start()]
    given = _giving(text, start, club.start(), book)
    if _TO.search(before) or given >= 0 and not _ELSEWHERE.search(text[given : club.start()]):
        plain = _IS.fullmatch(text, club.end(), sum_starts) is not None and _GRANT.search(before) is not None
        return plain or not has_verb(text, club.end(), sum_starts)
    if _ELSEWHERE.search(before):
        return False
    gets = _getting(text, club.end(), sum_starts, book)
    if gets is not None:
        return not (has_verb(text, gets.end, sum_starts) or _MUST.search(text, gets.end, sum_starts))
    if place.kind == ITEM and start == place.sentence.start and not before.strip(" -*–"):
        return _is_listed(place, book)
    return _goes_on(place, club, start, book)


def _getting(text: str, start: int, end: int, book: Rulebook) -> Cue | None:
    """The first verb of getting."""
    return next((cue for cue in book.cues(GETS).find(text, start, end) if not _IN.match(text, cue.end)), None)


def _giving(text: str, start: int, end: int, book: Rulebook) -> int:
    """Where the first verb of giving ends; -1 without one."""
    gives, hands_out = book.cues(GIVES).first(text, start, end), _HANDS_OUT.search(text, start, end)
    return min([found for found in (gives and gives.end, hands_out and hands_out.end()) if found], default=-1)


def _goes_on(place: Place, club: re.Match[str], start: int, book: Rulebook) -> bool:
    """Whether the club only follows one that gets a sum: ``Åsens IF får 20 000 kronor och Ängens IF 10 000 kronor``."""
    text, sum_before = place.lowered, place.before.start
    if not start < sum_before <= club.start() or not _JOINS.fullmatch(text, sum_before, club.start()):
        return False
    return _getting(text, start, sum_before, book) is not None and text[club.end() : place.mention.start].isspace()


def _is_listed(place: Place, book: Rulebook) -> bool:
    """Whether the line that introduces the list tells who got money."""
    lead = place.outline.lead_in(place.block)
    if lead is None:
        return False
    above = place.outline.blocks[lead]
    if _GRANTS.search(place.lowered, above.start, above.end):
        return True
    return book.cues(GETS, GIVES).first(place.lowered, above.start, above.end) is not None
