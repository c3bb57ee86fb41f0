"""Finds the purpose of a sum in the sentences near its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.adjuncts import adjuncts
from belopp.area.anaphora import COMPOUND, taken_up
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.headings import of_mandate
from belopp.area.heads import heads
from belopp.area.money import first_sum, sums
from belopp.area.phrase import in_order, infinitive, noun_phrase
from belopp.area.pointing import mandated, meant_by, of_the_lead, pointing_nouns
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.stretch import Stretch
from belopp.area.untitled import named
from belopp.area.whom import actor_ahead, is_person
from belopp.model import ITEM
from belopp.sentences import Outline, Place, Span
from belopp.speaker import of_the_state

# A sum that points at what was just said: "Därför föreslår regeringen", "Förslaget innebär", "för detta ändamål".
POINTER: Final = re.compile(
    r"""\b(?:därför|därmed|för\ detta|ändamålet|ändamål|förslaget\ innebär|satsningen|åtgärden|reformen|insatsen
        |denna\ satsning|av\ detta)\b""",
    re.VERBOSE,
)
# One of these stands in whatever POINTER finds, and is found faster.
POINTING: Final = (
    "detta", "därför", "därmed", "förslaget", "insatsen", "reformen", "satsning", "ändamål", "åtgärden",
)  # fmt: skip
# A sentence that goes on with the sums of the one before it: "Från och med 2024 beräknas …", "För 2027 avsätts …".
GOES_ON: Final = re.compile(
    r"""(?:Från\ och\ med|Fr\.o\.m\.|Från|För|Under|År|Åren|\d{4}|Därefter|Därutöver\ beräknas|Nästa\ år|Totalt
        |Sammanlagt)(?!\w)
        (?:\s+(?:år|åren|och|med|perioden|därefter|\d{4}|[-–]|framåt|till|respektive))*\s+
        (?:(?:kommer|ska|har)\s(?=\S+\s(?:miljoner|miljarder)\s)|(?:
            beräknas|avsätts|avsätter|föreslås|tillförs|avser|uppgår|uppgick|tillkommer|föreslår|planeras|är|väntas|anslås|satsas
            |finns)\b)""",
    re.VERBOSE,
)
# More of the same: "Utöver det avser regeringen att tillföra N", "Inledningsvis bidrar Sverige med N"
MORE: Final = re.compile(
    r"""(?:Utöver\sdet|Därutöver|Därtill|Inledningsvis|Efter\sförslag\sfrån\sregeringen)\s
        (?:(?:avser|har|kommer|ska|satsar|avsätter|bidrar|tillför|avsätts|tillförs|beräknas|föreslås|beräknar|föreslår
             |regeringen|Sverige|att|även|också|nu|föreslå|tillföra|avsätta|satsa|bidra|med|ytterligare|cirka|drygt
             |ca|totalt)\s)+
        \d""",
    re.VERBOSE,
)
# How much a grant comes to that the sentence before raised: "Det innebär att anslaget uppgår till N".
COMES_TO: Final = re.compile(r"\b(?:anslaget|tillskottet|förstärkningen)\s(?:uppgår|ökar|ökas|höjs|beräknas|blir)\b")
RAISED: Final = ("anslaget", "tillskottet", "förstärkningen")  # one of them stands in all that COMES_TO finds
# "till samma ändamål"
SAME_AIM: Final = re.compile(r"\b(?:för|till|i)\ssamma\s(?:syfte|ändamål)\b")
IT_IS: Final = re.compile(
    r"(?:Den|De)\s(?:kommer\satt\s)?(?:omfatta(?:de|r)?|uppgår?|uppgick|motsvara(?:de|r)?)\b"
)  # "Den uppgår till N"
# What a figure is held against the one before by: "Det är N sämre än i fjol", "Detta motsvarar N".
HELD_AGAINST: Final = re.compile(r"Det(?:ta)?\s(?:är|var|blir|blev|innebär|innebar|motsvarar|motsvarade)\b")
# "Det stärker möjligheten …": says what a measure leads to, not what it is.
CONTINUED: Final = re.compile(r"(?:Det|Detta|Syftet|Därigenom|Därmed|På så sätt|De|Dessa|Målet)\b")
# A sentence after the sum's that tells of the same money.
OF_THE_MONEY: Final = re.compile(
    r"(?:De[ts]?|Dessa|Pengarna|Medlen|Stödet|Bidraget|Satsningen|Tillskottet|Anslaget|Förstärkningen|Syftet)\b"
)
# What a text speaks of by the way: no money is for the times or the world.
VAGUE: Final = frozenset(
    """behovet behoven framtiden förutsättningarna förändringarna förändringen läget möjligheterna omvärlden
    omvärldsläget problemen problemet resultatet resultaten samhället situationen svaret tiden tiderna trenden
    utmaningarna utmaningen utvecklingen verkligheten vägen världen världsläget""".split()
)
AFTER: Final = 36.0  # what the sentence after says: less than all else
BACK: Final = 4  # sentences before, that are read
OPENED: Final = 47.0  # what a list item opens with
AIMED: Final = 42.0  # the best that a sentence before scores of itself
MEANT: Final = 61.0  # what a noun pointed back at
NEXT: Final = 66.0  # the sentence before one that goes on with it: nothing nearby scores more


def nearby(place: Place, readings: Readings, *, above: float = 0.0) -> Iterator[Candidate]:
    """Every purpose that the sentences nearby offer, but for those that cannot score above what is found."""
    for one in (*sentences_before(place, readings, above), *topics(place, readings, above)):
        # Without a word that points back it only stands in for an answer: what linked sums say goes before it.
        rule = "area.before" if one.score >= 45 else "area.fallback"
        if rule in readings.book:
            yield one._replace(rule=rule)
    if "area.before" in readings.book and above < COMPOUND:
        yield from taken_up(place, readings)
    if "area.after" in readings.book and above < AFTER:
        yield from sentence_after(place, readings)


def sentences_before(place: Place, readings: Readings, above: float) -> Iterator[Candidate]:
    """What the sentences before this one set out to do, or name so that it points back at it."""
    if above >= NEXT:
        return
    yield from aims_before(place, readings, above)
    if above < MEANT:
        yield from meant_before(place, readings)
    if of_mandate(place.small) and (meant := mandated(place, readings)):
        yield meant._replace(score=58.0, rule="area.before")


def aims_before(place: Place, readings: Readings, above: float) -> Iterator[Candidate]:
    """What each of the sentences before speaks of, the surer the nearer."""
    low = place.small
    points = 5 if any(map(low.__contains__, POINTING)) and POINTER.search(low) else 0
    continues = goes_on(place.slice(place.sentence))
    comes_to = above < OPENED and any(map(low.__contains__, RAISED)) and COMES_TO.search(low) is not None
    if not continues and not comes_to and AIMED + points + (6 if place.kind == ITEM else 0) <= above:
        return
    silent = True  # whether no sentence between has told of anything
    for distance, (block, span) in enumerate(place.outline.before(place.block, place.sentence, BACK)):
        here = block == place.block
        beside = points + (6 if here and place.kind == ITEM else 0) - away(distance, here)
        next_to = here and silent and (continues or comes_to and first_sum(place.text, *span) is not None)
        if (next_to or AIMED + beside > above) and (best := spoken_of(readings, span)):
            silent = False
            continued = CONTINUED.match(place.text, span.start, span.end) is not None
            yield best._replace(score=NEXT if next_to else aimed(best, continued) + beside, rule="area.before")
        silent = silent and first_sum(place.text, *span) is None


def goes_on(sentence: str) -> bool:
    """Whether a sentence only goes on with the sums of the one before it."""
    if "samma" in sentence and SAME_AIM.search(sentence):
        return True
    return GOES_ON.match(sentence) is not None or IT_IS.match(sentence) is not None or MORE.match(sentence) is not None


def held_against(sentence: str) -> bool:
    """Whether a sentence only says how much the figure of the one before is, or how much more or less."""
    return HELD_AGAINST.match(sentence) is not None


def away(distance: int, here: bool) -> int:
    """How much less is said by a sentence so many before this one, ``here`` when in its own paragraph."""
    return 2 * distance + (0 if here else 4)


def aimed(best: Candidate, continued: bool) -> float:
    """How well what a sentence before speaks of fits by itself; less when it only tells what that leads to."""
    score = AIMED if best.score >= 71 else 41.0 if best.score >= 70 else 38.0
    return score - 3 if continued else score


def meant_before(place: Place, readings: Readings) -> Iterator[Candidate]:
    """What a noun of this sentence points back at in those before: ``stödet``."""
    nouns = pointing_nouns(readings, place.sentence) | of_the_lead(place, readings)
    if not nouns:
        return
    titled = title_of(place.outline)
    for distance, (block, span) in enumerate(place.outline.before(place.block, place.sentence, BACK)):
        if not any(map(place.lowered[span.start : span.end].__contains__, nouns)):
            continue  # it names none of them, and need not be read
        if meant := meant_by(nouns, readings.stretch(span, span)):
            said_again = place.slice(meant.span).lower() in titled
            score = MEANT if said_again else MEANT - away(distance, block == place.block)
            yield meant._replace(score=score, rule="area.before")


def title_of(outline: Outline) -> str:
    """The words of the title, in lower case."""
    title = outline.title
    return outline.document.text[title.start : title.end].lower() if title else ""


def spoken_of(readings: Readings, span: Span) -> Candidate | None:
    """What a sentence speaks of: the purpose of its sum if it has one, else what it wants."""
    return readings.kept(("spoken", span), lambda: _spoken_of(readings, span))


def _spoken_of(readings: Readings, span: Span) -> Candidate | None:
    stated = sums(readings.text, span)
    stretch = readings.stretch(Span(span.start, stated[-1].start()) if stated else span, span)
    best = None
    for one, following in reversed(list(zip_longest(stated, stated[1:]))):
        end = following.start() if following else span.end
        best = best or surest(right_of(readings.stretch(Span(one.end(), end), span)))
    best = surest((*heads(stretch), *adjuncts(stretch)), best)
    if not stated or best is None or best.score <= 45:
        best = surest(intentions(stretch), best)
    return best if best and best.score > 45 else None


def intentions(stretch: Stretch) -> Iterator[Candidate]:
    """``vill öka P``, ``för att V O``, ``möjligt att inrätta P``: what a sentence without a sum wants."""
    for index, word in enumerate(stretch.low):
        if word in {"vill", "avser"}:
            phrase = infinitive(stretch, index + (2 if stretch.at(index + 1) in {"regeringen", "vi"} else 1))
            score = 71.0
        elif word == "att" and stretch.at(index - 1) != "så" and stretch.at(index + 1) != "inte":
            aims = stretch.at(index - 1) == "för"
            phrase = in_order(stretch, index + 1) if aims else infinitive(stretch, index + 1)
            score = 60.0 - (index - aims) / 10
        else:
            continue
        if phrase and accepted(stretch, phrase):
            yield offer(stretch, phrase, "area.before", score)


def topics(place: Place, readings: Readings, above: float) -> Iterator[Candidate]:
    """What the sentence before speaks of, or what a list item opens with: its subject."""
    if above >= OPENED:
        return
    before = place.outline.earlier(place.block, place.sentence)
    if not before:
        return
    scores = {before[-1]: 37.0}
    if place.kind == ITEM:
        scores[before[0]] = OPENED
    if place.text.startswith("Därför", place.sentence.start):
        scores[before[-1]] = 44.0
    for span, score in scores.items():
        if score <= above:
            continue
        stretch = readings.stretch(span, span)
        phrase = accepted(stretch, noun_phrase(stretch, 0))
        if phrase is None or (phrase.end - phrase.start == 1 and stretch.at(phrase.start) in VAGUE):
            continue
        if not of_the_state(place.text) and not named(stretch, phrase):
            continue  # a company or a court is no purpose
        if grammar.is_finite(stretch.at(phrase.end)) and not is_person(stretch, phrase):
            yield offer(stretch, phrase, "area.before", score)


def sentence_after(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Medlen ska användas till P``: the sentence after says it."""
    later = place.outline.onward(place.block, place.sentence.end)
    if later is None or not OF_THE_MONEY.match(place.text, later.start, later.end):
        return
    stretch = readings.stretch(later, later)
    for index, word in enumerate(stretch.low):
        phrase = None
        if word == "syftar" or stretch.at(index + 1) == "att" and word in {"för", "är"}:
            phrase = in_order(stretch, index + 2)
        elif word in {"till", "för"} and index > 1 and stretch.opens(index) and not actor_ahead(stretch, index + 1):
            phrase = noun_phrase(stretch, index + 1)
        if phrase and accepted(stretch, phrase) and not is_person(stretch, phrase):
            yield offer(stretch, phrase, "area.after", AFTER)
            return
