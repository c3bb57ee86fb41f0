"""Finds the purpose of a sum in the sentences near its own, and under the formal name of a grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.adjuncts import adjuncts
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.edges import phrase_end, shorten, trim
from belopp.area.headings import akin, of_mandate
from belopp.area.heads import heads, link_of
from belopp.area.money import first_sum, sums
from belopp.area.phrase import actor_ahead, in_order, infinitive, noun_phrase
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.stretch import SOFT, Phrase, Stretch, lexicon_of
from belopp.area.whom import accepted, is_person
from belopp.model import CELL, ITEM, TITLE
from belopp.sentences import Outline, Place, Span

# A sum that points at what was just said: "Därför föreslår regeringen", "Förslaget innebär", "för detta ändamål".
POINTER: Final = re.compile(
    r"""\b(?:därför|därmed|för\ detta|ändamålet|ändamål|förslaget\ innebär|satsningen|åtgärden|reformen|insatsen
        |denna\ satsning|av\ detta)\b""",
    re.VERBOSE,
)
POINTING: Final = (
    "därför", "därmed", "detta", "ändamål", "förslaget", "satsning", "åtgärden", "reformen", "insatsen",
)  # fmt: skip
# A sentence that goes on with the sums of the one before it: "Från och med 2024 beräknas …", "För 2027 avsätts …".
GOES_ON: Final = re.compile(
    r"""(?:Från\ och\ med|Fr\.o\.m\.|Från|För|Under|År|Åren|Därefter|Därutöver\ beräknas|Nästa\ år|Totalt|Sammanlagt)\b
        (?:\s+(?:år|åren|och|med|perioden|därefter|\d{4}|[-–]|framåt|till|respektive))*\s+
        (?:beräknas|avsätts|avsätter|föreslås|tillförs|avser|uppgår|tillkommer|föreslår|planeras|är|väntas|anslås|satsas|finns)\b""",
    re.VERBOSE,
)
# How much a grant comes to that the sentence before raised: "Det innebär att anslaget uppgår till N".
COMES_TO: Final = re.compile(r"\b(?:anslaget|tillskottet|förstärkningen)\s(?:uppgår|ökar|ökas|höjs|beräknas|blir)\b")
SAME_AIM: Final = re.compile(r"\b(?:för|till|i)\ssamma\s(?:syfte|ändamål)\b")
IT_IS: Final = re.compile(r"(?:Den|De)\s(?:kommer\satt\s)?(?:omfattar?|uppgår?|motsvarar?)\b")  # "Den uppgår till N"
# "Det stärker möjligheten …": says what a measure leads to, not what it is.
CONTINUED: Final = re.compile(r"(?:Det|Detta|Syftet|Därigenom|Därmed|På så sätt|De|Dessa|Målet)\b")
# A sentence after the sum's that tells of the same money.
OF_THE_MONEY: Final = re.compile(
    r"(?:De[ts]?|Dessa|Pengarna|Medlen|Stödet|Bidraget|Satsningen|Tillskottet|Anslaget|Förstärkningen|Syftet)\b"
)
PROGRAMME: Final = re.compile(r"\b[Ss]tatsbidrag(?:et|en)?\s+(?:till\s+\w+\s+)?(?=för\s)")
GRANT: Final = re.compile(r"\bstatsbidrag(?:et)?\b")
FORMS: Final = ("", "en", "et", "ar", "arna")
DEFINITE: Final = ("arna", "erna", "orna", "en", "et", "na", "n", "t")
FAR: Final = 20  # sentences before, as far back as a mandate is pointed at
MANDATE_GIVEN: Final = re.compile(r"\b(?:ett|i) uppdrag\b")
RAISE: Final = frozenset({"förstärkning", "höjning", "ökning", "tillskott", "utökning"})
NOT_POINTING: Final = frozenset("medlen anslaget anslagen kostnaden kostnaderna budgeten".split())


AFTER: Final = 36.0
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
    if "area.after" in readings.book and above < AFTER:
        yield from sentence_after(place, readings)


def sentences_before(place: Place, readings: Readings, above: float) -> Iterator[Candidate]:
    """What the sentences before this one set out to do."""
    if above >= NEXT:
        return
    sentence = place.slice(place.sentence)
    low = sentence.lower()
    points = 5 if any(map(low.__contains__, POINTING)) and POINTER.search(low) else 0
    same_aim = "samma" in sentence and SAME_AIM.search(sentence) is not None
    goes_on = same_aim or GOES_ON.match(sentence) is not None or IT_IS.match(sentence) is not None
    comes_to = above < OPENED and COMES_TO.search(low) is not None
    nouns = pointing_nouns(readings, place.sentence) | of_the_lead(place, readings)
    if of_mandate(low) and (meant := mandated(place, readings)):
        yield meant._replace(score=58.0, rule="area.before")
    if not nouns and not goes_on and not comes_to and AIMED + points + (6 if place.kind == ITEM else 0) <= above:
        return
    titled = title_of(place.outline)
    for distance, (block, span) in enumerate(place.outline.before(place.block, place.sentence, 4)):
        here = block == place.block
        away = 2 * distance + (0 if here else 4)
        if nouns and above < MEANT and (meant := meant_by(nouns, readings.stretch(span, span))):
            said_again = place.slice(meant.span).lower() in titled
            yield meant._replace(score=MEANT - (0 if said_again else away), rule="area.before")
        item = 6 if here and place.kind == ITEM else 0
        next_to = here and distance == 0 and (goes_on or comes_to and first_sum(place.text, *span) is not None)
        if not next_to and AIMED + points + item - away <= above:
            continue
        best = spoken_of(readings, span)
        if best is None:
            continue
        score = (AIMED if best.score >= 71 else 41.0 if best.score >= 70 else 38.0) + points + item
        score -= 3 if CONTINUED.match(place.text, span.start, span.end) else 0
        if next_to:
            score = NEXT
        yield best._replace(score=score - away, rule="area.before")


def of_the_lead(place: Place, readings: Readings) -> frozenset[str]:
    """What a list's introduction points back at: ``Stödet består av två delar:``."""
    lead = place.outline.lead_in(place.block) if place.kind == ITEM else None
    spans = place.outline.sentences(lead) if lead is not None else []
    return pointing_nouns(readings, spans[-1]) if spans else frozenset()


def title_of(outline: Outline) -> str:
    """The words of the title, in lower case."""
    title = outline.title
    return outline.document.text[title.start : title.end].lower() if title else ""


def pointing_nouns(readings: Readings, sentence: Span) -> frozenset[str]:
    """The stems of a sentence's nouns that point back at something named before: ``stödet``, ``satsningen``."""
    return readings.kept(("pointing", sentence), lambda: _pointing_nouns(readings, sentence))


def _pointing_nouns(readings: Readings, sentence: Span) -> frozenset[str]:
    nouns, low = lexicon_of(readings.book).heads, readings.words(sentence).low
    if nouns.isdisjoint(low) and RAISE.isdisjoint(low):
        return frozenset()
    stretch, found = readings.stretch(sentence, sentence), set()
    for index, said in enumerate(stretch.low):
        word = said.removesuffix("s")  # "programmets ram"
        if word not in nouns or not word.endswith(("en", "et", "na")) or word in NOT_POINTING:
            continue
        after = stretch.at(index + 1)
        if after not in {"på", "till", "för", "om", "inom", "av", "att"} or not stretch.opens(index + 1):
            found.add(word.removesuffix("na").removesuffix("ar").removesuffix("en").removesuffix("et"))
    raised = (word for index, word in enumerate(stretch.low) if word in RAISE and bare_raise(stretch, index))
    return frozenset(found.union(raised))


def bare_raise(stretch: Stretch, index: int) -> bool:
    """Whether ``en förstärkning med`` says how much more is given and leaves out of what."""
    return stretch.at(index - 1) in {"en", "ett"} and stretch.at(index + 1) in {"med", "på", "om"}


def meant_by(nouns: frozenset[str], stretch: Stretch) -> Candidate | None:
    """The purpose of the noun in an earlier sentence that a later ``stödet`` points back at."""
    for one in heads(stretch):
        noun = next((stretch.text[start:end].lower() for rule, start, end in one.cues if rule == "area.head"), "")
        if one.score > 45 and any(noun == stem + ending for stem in nouns for ending in FORMS):
            return one
    if told := compounded(nouns, stretch):
        return told
    raised = nouns & RAISE
    for index, word in enumerate(stretch.low) if raised else ():
        if word in raised and stretch.at(index + 1) == "av" and (phrase := noun_phrase(stretch, index + 2)):
            if len(stretch.content(phrase)) > 1 and accepted(stretch, phrase, actors=False, money=True):
                return offer(stretch, phrase, "area.before", 46.0)  # "en förstärkning av Operans anslag"
    return None


def compounded(nouns: frozenset[str], stretch: Stretch) -> Candidate | None:
    """The purpose of a compound that a later noun takes up: ``ett pilotprojekt om P`` for ``projektet``."""
    ends = tuple(stem + ending for stem in nouns if len(stem) > 5 for ending in FORMS)
    for index, word in enumerate(stretch.low) if ends else ():
        if word.endswith(ends) and word not in ends and (link := link_of(stretch, index)) > 0:
            if phrase := accepted(stretch, noun_phrase(stretch, link + 1)):
                return offer(stretch, phrase, "area.before", 46.0)
    return None


def mandated(place: Place, readings: Readings) -> Candidate | None:
    """What the work is for that a mandate was given in: ``ger ett uppdrag till A i arbetet för P``."""
    for _, span in place.outline.before(place.block, place.sentence, FAR):
        if given := MANDATE_GIVEN.search(place.text, span.start, span.end):
            offered = heads(readings.stretch(span, span))
            found = [one for one in offered if one.score > 60 and one.span.start > given.end()]
            return found[0] if found else None
    return None


def spoken_of(readings: Readings, span: Span) -> Candidate | None:
    """What a sentence speaks of: the purpose of its sum if it has one, else what it wants."""
    return readings.kept(("spoken", span), lambda: _spoken_of(readings, span))


def _spoken_of(readings: Readings, span: Span) -> Candidate | None:
    stated = sums(readings.text, span)
    stretch = readings.stretch(Span(span.start, stated[-1].start()) if stated else span, span)
    best = surest(right_of(readings.stretch(Span(stated[-1].end(), span.end), span))) if stated else None
    best = surest((*heads(stretch), *adjuncts(stretch)), best)
    best = best if stated else surest(intentions(stretch), best)
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
    before = [span for span in place.outline.sentences(place.block) if span.end <= place.sentence.start]
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
        if phrase and grammar.is_finite(stretch.at(phrase.end)) and not is_person(stretch, phrase):
            yield offer(stretch, phrase, "area.before", score)


def sentence_after(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Medlen ska användas till P``: the sentence after says it."""
    later = [span for span in place.outline.sentences(place.block) if span.start >= place.sentence.end]
    if not later or not OF_THE_MONEY.match(place.text, later[0].start, later[0].end):
        return
    stretch = readings.stretch(later[0], later[0])
    for index, word in enumerate(stretch.low):
        phrase = None
        if word == "syftar" or stretch.at(index + 1) == "att" and word in {"för", "är"}:
            phrase = in_order(stretch, index + 2)
        elif word in {"till", "för"} and index > 1 and stretch.opens(index) and not actor_ahead(stretch, index + 1):
            phrase = noun_phrase(stretch, index + 1)
        if phrase and accepted(stretch, phrase) and not is_person(stretch, phrase):
            yield offer(stretch, phrase, "area.after", AFTER)
            return


# ---------------------------------------------------------------------- names given elsewhere in the document


def programme(place: Place, readings: Readings) -> Iterator[Candidate]:
    """The formal name of the grant that the document is about: ``statsbidraget för P``."""
    apart = place.is_heading or place.kind == CELL
    if "area.programme" not in readings.book or not (apart or names_grant(place.slice(place.sentence).lower())):
        return
    title = place.outline.title
    found = readings.kept("programme", lambda: grant_named(readings))
    if found is None:
        return
    if apart:
        kin = title is not None and akin(place.text[title.start : title.end], place.slice(found.span))
        score = 0.0 if not kin else 81.0 if place.kind == TITLE else 50.0
    else:
        score = 0.0 if names_others(readings, found) else 53.0
    if score:
        yield found._replace(score=score)


def names_others(readings: Readings, grant: Candidate) -> bool:
    """Whether the document names other grants too, so that ``statsbidraget`` alone may be any of them."""
    return readings.kept("other grants", lambda: _names_others(readings.text, grant.span))


def _names_others(text: str, grant: Span) -> bool:
    name = [bare(word) for word in text[grant.start : grant.end].lower().split()]
    reach = 2 * (grant.end - grant.start) + 20
    for one in PROGRAMME.finditer(text):
        said = text[one.end() : one.end() + reach].lower().split()[1 : len(name) + 1]  # past "för"
        if len(said) < len(name) or not all(map(str.startswith, said, name)):
            return True
    return False


def bare(word: str) -> str:
    """A word without the ending of the definite form: ``läxhjälpen`` and ``läxhjälp`` name one grant."""
    ending = next((ending for ending in DEFINITE if word.endswith(ending) and len(word) - len(ending) > 3), "")
    return word.removesuffix(ending)


def names_grant(sentence: str) -> bool:
    """Whether a sentence, in lower case, speaks of a grant to whom it may concern."""
    return "statsbidrag" in sentence and GRANT.search(sentence) is not None


def grant_named(readings: Readings) -> Candidate | None:
    """The first formal name of a grant in a document."""
    for found in PROGRAMME.finditer(readings.text):
        ends = readings.text.find("\n\n", found.end(), found.end() + 200)  # a title has no full stop
        stretch = readings.stretch(Span(found.end(), ends if ends >= 0 else min(found.end() + 200, len(readings.text))))
        if stretch.opens(0) and (phrase := accepted(stretch, noun_phrase(stretch, 1))):
            return offer(stretch, phrase, "area.programme", 53.0, ("area.programme", found.start(), found.end()))
    return None


def first_named(place: Place, best: Candidate, readings: Readings) -> Candidate | None:
    """The fuller name under which a heading or the same block first named what is now only ``verkstaden``."""
    word = place.slice(best.span)
    if "area.first-named" not in readings.book or len(word) < 6:
        return None
    if not word.replace("-", "").isalpha():
        return None
    stems = {word[: -len(ending)].lower() for ending in DEFINITE if word.lower().endswith(ending)}
    if not stems:
        return None
    blocks = [place.outline.blocks[index] for index in reversed(place.outline.headings(place.block))]
    for span in (Span(place.cell.start, place.sentence.start), *(Span(block.start, block.end) for block in blocks)):
        named = place.slice(span).lower().replace(SOFT, "")
        if not any(map(named.__contains__, stems)):
            continue
        stretch = readings.stretch(span)
        for index, low in enumerate(stretch.low):
            if low in stems or low.removesuffix("ar") in stems or low.removesuffix("er") in stems:
                subject = best.rule == "area.subject"  # "Avgiften": only what it is for says more
                fuller = fuller_name(stretch, index, bare=subject or span.start == place.cell.start)
                if fuller is not None:
                    return offer(stretch, fuller, "area.first-named", best.score, *best.cues)
    return None


def fuller_name(stretch: Stretch, index: int, *, bare: bool) -> Phrase | None:
    """The noun at ``index`` with its own adjectives and what follows it, if that says more than the noun.

    ``bare`` when its adjectives by themselves do not say more.
    """
    start = index
    while start and describes(stretch, start - 1, start < index):
        start -= 1
    start += stretch.at(start) == "och"
    end = trim(stretch, start, shorten(stretch, start, phrase_end(stretch, start)))
    pale = any(stretch.at(place) in grammar.PALE for place in range(start, index))
    goes_on = end > index + 1 and stretch.at(index + 1) in grammar.PREPOSITIONS
    says_more = goes_on or not bare and start < index
    return Phrase(start, end) if end > start + 1 and says_more and not pale else None


def describes(stretch: Stretch, index: int, joined: bool) -> bool:
    """Whether the word belongs to the adjectives before a noun (``personcentrerade och sammanhållna``)."""
    word = stretch.at(index)
    if word == "och":
        return joined
    if grammar.is_finite(word) or grammar.is_infinitive(word) or word in grammar.ARTICLES:
        return False
    return stretch.is_adjective(index)
