"""Reads what the framing words of a heading or a title lead to: ``Uppdrag till A att V P``, ``Strategi för P``."""

from __future__ import annotations

from typing import Final

from belopp.area.accepting import accepted
from belopp.area.phrase import does, in_order, infinitive, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_ahead, actor_like

# Words for what is agreed on, asked for or proposed, and the prepositions that lead on to it.
CONTRACTS: Final = frozenset(
    """ansökan avtal bemyndigande förslag proposition uppdrag uppdraget utredning överenskommelse överenskommelsen
    överenskommelser""".split()
)
NAMES_IT: Final = frozenset({"att", "av", "för", "om", "på"})
MEANS: Final = frozenset({"befogenheter", "krav", "regler", "verktyg"})  # what they are for says more
REGARDS: Final = frozenset({"angående", "avseende", "gällande", "inför", "rörande", "utifrån"})
# What a mandate has made, never what it is made for: "ta fram metoder som kan motverka rasism".
MADE: Final = (
    "anpassningar", "arbetsformer", "arbetssätt", "förstudie", "förändringsarbete", "insatser", "kunskapsstöd",
    "material", "metoder", "pilotstudie", "regeländringar", "samordning", "statistik", "studie", "underlag",
    "undersökning",
)  # fmt: skip
# What a mandate asks of who administers the money: "administration, fördelning av medel och uppföljning av P".
HANDLING: Final = frozenset("administration fördelning handläggning hantering uppföljning utbetalning".split())


def framed_purpose(stretch: Stretch) -> Phrase | None:
    """What follows a framing word near the start: ``Uppdrag att V O``, ``Ny satsning på P``, ``statsbidrag för P``."""
    for index, word in enumerate(stretch.low[:14]):
        if index < 4 and word.endswith("strategi") and (named := planned(stretch, index + 1)):
            return named
        contract = word in CONTRACTS or word.endswith(("överenskommelse", "överenskommelsen"))
        if not (contract or word.startswith("statsbidrag") or index < 4 and stretch.is_frame(index)):
            continue
        if contract and word.endswith("en") and (named := agreement_named(stretch, index + 1)):
            return named
        if contract and (asked := mandated(stretch, index + 1)):
            return asked
        for place in range(index + 1, min(index + 9, len(stretch.low))):
            if names_it(stretch, index, place, contract):
                told = linked(stretch, place)
                if got := accepted(stretch, past_made(stretch, told) if contract else told):
                    cue = () if contract else (stretch.cue("area.frame", index),)
                    return got._replace(cues=(*cue, *got.cues))
    return None


def names_it(stretch: Stretch, frame: int, place: int, contract: bool) -> bool:
    """Whether the word at ``place`` leads from the framing word at ``frame`` to the purpose."""
    link = stretch.at(place)
    if contract and (link in REGARDS or link == "inom" and place == frame + 1):
        return link in REGARDS or stretch.opens(place)  # "överenskommelsen inom området psykisk hälsa"
    if link not in NAMES_IT and (contract or link != "med" or stretch.at(place - 1) == "enlighet"):
        return False
    return link == "att" or stretch.opens(place) or stretch.at(place + 1) == "att"


def planned(stretch: Stretch, index: int) -> Phrase | None:
    """What a strategy is for: ``Strategi för Sveriges utvecklingssamarbete med Kenya``."""
    return accepted(stretch, linked(stretch, index), money=True) if stretch.at(index) == "för" else None


def agreement_named(stretch: Stretch, index: int) -> Phrase | None:
    """The name that follows ``överenskommelsen`` at once: ``överenskommelsen God och nära vård``."""
    if index >= len(stretch.low) or not stretch.said[index][:1].isupper() or actor_ahead(stretch, index):
        return None
    return accepted(stretch, noun_phrase(stretch, index))


def linked(stretch: Stretch, place: int) -> Phrase | None:
    """The phrase that the link at ``place`` (``om``, ``att``, ``för att``) leads to."""
    if stretch.at(place) == "för" and stretch.at(place + 1) == "att":
        place += 1
    if stretch.at(place) != "att":
        phrase = noun_phrase(stretch, past_handling(stretch, place + 1))
        if phrase and stretch.at(phrase.end) == "att" and stretch.at(phrase.end - 1) in MEANS:
            return infinitive(stretch, phrase.end + 1)  # "för bättre verktyg att V O"
        return phrase
    if stretch.at(place + 1) == "," and "," in stretch.low[place + 2 :]:
        place = stretch.low.index(",", place + 2)  # "Uppdrag att, inom ramen för X, genomföra en analys"
    return infinitive(stretch, place + 1)


def past_handling(stretch: Stretch, index: int) -> int:
    """The index after what is done with money: ``administration, fördelning av medel och uppföljning av``."""
    place = index
    while stretch.at(place) in HANDLING:
        index = place = place + 1
        if stretch.at(place) == "av":
            index = place = place + 1 + (stretch.at(place + 1) in stretch.lexicon.money)
        if stretch.at(place) in {",", "och", "samt"} and stretch.at(place + 1) in HANDLING:
            place += 1
    return index


def mandated(stretch: Stretch, index: int) -> Phrase | None:
    """The deed that somebody is asked for: ``Uppdrag till Myndigheten för P att V O``."""
    aim = stretch.low.index("att", index) if "att" in stretch.low[index : index + 16] else -1
    if stretch.at(index) not in {"till", "åt"} or aim < 0 or stretch.at(aim - 1) == "för":
        return None
    phrase = linked(stretch, aim)
    if phrase and actor_like(stretch, phrase.start, phrase.end):
        head = stretch.head(phrase.start, phrase.end)
        for place in range(head + 1, min(head + 4, len(stretch.low))):
            if stretch.at(place) in {"i", "med", "vid"}:
                return accepted(stretch, noun_phrase(stretch, place + 1))  # "att bistå OECD vid P"
    return accepted(stretch, past_made(stretch, phrase))


def past_made(stretch: Stretch, phrase: Phrase | None) -> Phrase | None:
    """What a study, a method or a material is made for: ``arbetssätt för att V P``, ``en förstudie avseende P``."""
    if phrase is None:
        return None
    place = phrase.end
    if stretch.low[place - 2 : place] == ["om", "hur"]:
        place -= 2  # "en förstudie om hur P kan utvecklas"
    if place - phrase.start > 2 or not stretch.at(place - 1).endswith(MADE):
        return phrase
    ahead = stretch.low[place : place + 3]
    inner = None
    if ahead[:2] == ["för", "att"] or ahead == ["i", "syfte", "att"]:
        inner = in_order(stretch, stretch.low.index("att", place) + 1)
    elif ahead in (["med", "fokus", "på"], ["till", "följd", "av"]):
        inner = noun_phrase(stretch, place + 3)
    elif ahead[:2] == ["om", "hur"]:
        inner = noun_phrase(stretch, place + 2)
    elif ahead[:1] == ["som"]:
        inner = does(stretch, place)
    elif ahead and ahead[0] in REGARDS:
        inner = noun_phrase(stretch, place + 1)
    return accepted(stretch, inner) or phrase


def past_receiver(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """After ``Ökat anslag till A`` the ``för P``, ``i syfte att V P`` or ``som V P``."""
    for index in range(phrase.start, phrase.end):
        if stretch.at(index) == "till" and actor_ahead(stretch, index + 1):
            for place in range(index + 1, len(stretch.low)):
                word, told = stretch.at(place), None
                if word == "för" and stretch.opens(place):
                    return accepted(stretch, noun_phrase(stretch, place + 1))
                if word == "att" and stretch.at(place - 1) in {"för", "syfte"}:
                    told = in_order(stretch, place + 1)
                elif word == "som":
                    told = does(stretch, place)
                if got := accepted(stretch, told):
                    return got
    return None
