"""Finds what a noun points back at that was named in a sentence before: ``stödet``, ``satsningen``, ``projektet``."""

from __future__ import annotations

import re
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.heads import heads, link_of
from belopp.area.lexicon import lexicon_of
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.stretch import Stretch
from belopp.model import ITEM
from belopp.sentences import Place, Span

# Under these a noun may have stood where it was first named: "ett program" for "programmet".
FORMS: Final = ("", "en", "et", "ar", "arna")
# In "en förstärkning med N" it is left out of what.
RAISE: Final = frozenset({"förstärkning", "höjning", "tillskott", "utökning", "ökning"})
# Definite forms of money that no sentence before need have named.
NOT_POINTING: Final = frozenset("anslagen anslaget budgeten kostnaden kostnaderna medlen".split())
FAR: Final = 20  # sentences before, as far back as a mandate is pointed at
# "ger ett uppdrag till A", "A får i uppdrag"
MANDATE_GIVEN: Final = re.compile(r"\b(?:ett|i) uppdrag\b")


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
        if word not in nouns or not word.endswith(grammar.DEFINITE) or word in NOT_POINTING:
            continue
        after = stretch.at(index + 1)
        if after not in {"på", "till", "för", "om", "inom", "av", "att"} or not stretch.opens(index + 1):
            found.add(word.removesuffix("na").removesuffix("ar").removesuffix("en").removesuffix("et"))
    raised = (word for index, word in enumerate(stretch.low) if word in RAISE and bare_raise(stretch, index))
    return frozenset(found.union(raised))


def bare_raise(stretch: Stretch, index: int) -> bool:
    """Whether ``en förstärkning med`` says how much more is given and leaves out of what."""
    return stretch.at(index - 1) in {"en", "ett"} and stretch.at(index + 1) in {"med", "på", "om"}


def of_the_lead(place: Place, readings: Readings) -> frozenset[str]:
    """What a list's introduction points back at: ``Stödet består av två delar:``."""
    lead = place.outline.lead_in(place.block) if place.kind == ITEM else None
    spans = place.outline.sentences(lead) if lead is not None else []
    return pointing_nouns(readings, spans[-1]) if spans else frozenset()


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
        said = place.text.find("uppdrag", *span) >= 0
        if said and (given := MANDATE_GIVEN.search(place.text, *span)):
            offered = heads(readings.stretch(span, span))
            found = [one for one in offered if one.score > 60 and one.span.start > given.end()]
            return found[0] if found else None
    return None
