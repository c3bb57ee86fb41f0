"""Finds what a sum is about in the sentence before, which its own takes up: ``En bro byggs. Arbetet kostar N``.

Where somebody speaks for the state the title says it; elsewhere the sentence before does.
"""

from __future__ import annotations

from typing import Final

from belopp import grammar
from belopp.area.adjuncts import adjuncts
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.clauses import finite_index, object_of
from belopp.area.heads import heads
from belopp.area.loosely import WINNERS
from belopp.area.money import sums
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.stretch import Phrase, Stretch
from belopp.area.untitled import BESIDE, SURE, named, until, untitled
from belopp.area.verbs import OPENING_ADVERBS
from belopp.area.whom import actor_like, is_person
from belopp.model import CELL
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

# What begins with one of these is told of what was just named.
PRONOUNS: Final = frozenset({"de", "den", "dessa", "det", "detta"})
# Of what was just named these say only that it is done, bought or paid for.
TAKES_UP: Final = frozenset(
    """affären arbetena arbetet avtalet bygget byggnationen entreprenaden investeringen kontraktet kostnaden
    kostnaderna köpet köpeskillingen köpesumman notan ombyggnaden ombyggnationen ordern prislappen prissumman
    projektet räkningen slutnotan stipendiesumman totalkostnaden upphandlingen upprustningen utbyggnaden""".split()
)
# Beside a pronoun and its verb these tell of nothing else.
AROUND: Final = BESIDE | OPENING_ADVERBS | frozenset("cirka kommunen regionen sammantaget tillsammans totalt".split())


def same_topic(place: Place, best: Candidate | None, readings: Readings) -> Candidate | None:
    """What the sentence before tells of, when this one only goes on about it."""
    if place.kind == CELL or place.is_heading or "area.before" not in readings.book or of_the_state(place.text):
        return None
    if not (says_only_that(place, best) if is_own(place, best) else points_back(place, readings)):
        return None
    for _, span in place.outline.before(place.block, place.sentence, 1):
        if meant := readings.kept(("topic", span), lambda span=span: topic(readings, span)):  # type: ignore[misc]
            return meant._replace(rule="area.before", score=max(best.score if best else 0.0, SURE))
    return None


def is_own(place: Place, best: Candidate | None) -> bool:
    """Whether a purpose stands in the sum's own sentence."""
    return best is not None and place.sentence.start <= best.span.start and best.span.end <= place.sentence.end


def says_only_that(place: Place, best: Candidate | None) -> bool:
    """Whether the noun that a sum is told of only takes up what was just named: ``affären``."""
    return best is not None and place.slice(best.span).lower() in TAKES_UP


def points_back(place: Place, readings: Readings) -> bool:
    """Whether the subject of a sum's sentence is what was just named: ``Tillsammans kostar de N``."""
    left = readings.stretch(Span(place.sentence.start, place.mentions[0].start), place.sentence)
    first = left.at(left.first_word())
    if first in TAKES_UP or first in WINNERS:
        return True
    if PRONOUNS.isdisjoint(left.low):
        return False
    return all(word in PRONOUNS or word in AROUND or is_verb(word) for word in left.low)


def is_verb(word: str) -> bool:
    """Whether a word is a verb in any form."""
    return grammar.is_finite(word) or grammar.is_infinitive(word) or word.endswith(("at", "it"))


def topic(readings: Readings, span: Span) -> Candidate | None:
    """What a sentence tells of: the purpose of its sum if it has one, else its subject or what is done to."""
    stated = sums(readings.text, span)
    if stated:
        left = readings.stretch(Span(span.start, stated[0].start()), span)
        right = readings.stretch(Span(stated[-1].end(), span.end), span)
        best = surest((*right_of(right), *heads(left), *adjuncts(left), *untitled(left, right)))
        return best if best and best.score > SURE - 2 else None
    stretch = readings.stretch(span, span)
    verb = finite_index(stretch)
    if verb < 0:
        return None
    subject = until(noun_phrase(stretch, stretch.first_word()), verb)
    if subject and subject.end <= verb and named(stretch, subject):
        return offer(stretch, subject, "area.before", SURE)
    told = surest(heads(stretch))
    if told and told.score > SURE:
        return told
    phrase = done_to(stretch, verb)
    return offer(stretch, phrase, "area.before", SURE) if phrase else None


def done_to(stretch: Stretch, verb: int) -> Phrase | None:
    """The object of somebody's deed: ``Nu bygger kommunen P``."""
    phrase = object_of(stretch, verb)
    if phrase and (is_person(stretch, phrase) or actor_like(stretch, phrase.start, phrase.end)):
        phrase = noun_phrase(stretch, past_particles(stretch, phrase.end))
    clean = phrase and all(word.isalpha() for word in stretch.low[phrase.start : phrase.end])
    return phrase if clean and named(stretch, phrase) else None


def past_particles(stretch: Stretch, index: int) -> int:
    """The index after the words that go with a verb: ``rustar kommunen upp``."""
    while stretch.at(index) in grammar.PARTICLES or stretch.at(index) in BESIDE:
        index += 1
    return index
