"""Finds the antecedent of what a sum's sentence takes up from one before it.

That is told by a noun or a pronoun (``En bro byggs. Arbetet kostar N``), which goes for texts where nobody speaks for
the state (elsewhere the title says it), or by a compound's last part (``fonden`` for ``energifond``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.adjuncts import adjuncts
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.clauses import finite_index
from belopp.area.deeds import done_to
from belopp.area.heads import heads
from belopp.area.loosely import WINNERS
from belopp.area.money import sums
from belopp.area.naming import DEFINITE, fuller_name
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.stretch import Phrase, Stretch
from belopp.area.untitled import BESIDE, SURE, named, until, untitled
from belopp.area.verbs import OPENING_ADVERBS
from belopp.area.whom import is_person
from belopp.area.worth import SIZED, says_how_much
from belopp.model import CELL
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

# What begins with one of these is told of what was just named.
PRONOUNS: Final = frozenset({"de", "den", "dessa", "det", "detta"})
# Of what was just named these say only that it is done, bought or paid for.
RESUMPTIVES: Final = frozenset(
    """affären arbetena arbetet avtalet bygget byggnationen entreprenaden investeringen kontraktet kostnaden
    kostnaderna köpet köpeskillingen köpesumman notan ombyggnaden ombyggnationen ordern prislappen prissumman
    projektet räkningen slutnotan stipendiesumman totalkostnaden upphandlingen upprustningen utbyggnaden""".split()
)
# "Av summan står Alfa för N": a part of what was just told of.
PARTED: Final = frozenset(
    """beloppet bidraget budgeten investeringen köpeskillingen köpesumman medlen notan pengarna potten summan
    totalkostnaden totalsumman""".split()
)
# Beside a pronoun and its verb these tell of nothing else.
AROUND: Final = BESIDE | OPENING_ADVERBS | frozenset("cirka kommunen regionen sammantaget tillsammans totalt".split())

COMPOUND: Final = 47.0  # what a compound scores that is taken up: a little more than the title
BACK: Final = 2  # sentences before, in which such a compound is looked for
# After one of these stands what the sum goes to: "stöttat fonden med N".
LEADS: Final = frozenset("stötta stöttar stöttat stöttade till tillförs".split())
COMES_TO: Final = SIZED | {"motsvarar", "om", "på"}
# The forms in which a compound may have stood.
FORMS: Final = ("", "a", "ar", "arna", "e", "en", "er", "erna", "et", "or", "orna")
STEM: Final = 4  # letters: less of a word is in many others
LONGER: Final = 3  # letters that a compound has more than its last part


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
    return best is not None and place.slice(best.span).lower() in RESUMPTIVES


def points_back(place: Place, readings: Readings) -> bool:
    """Whether the subject of a sum's sentence is what was just named: ``Tillsammans kostar de N``."""
    left = readings.stretch(Span(place.sentence.start, place.mentions[0].start), place.sentence)
    start = left.first_word()
    first = left.at(start)
    if first in RESUMPTIVES or first in WINNERS:
        return True
    if first == "av" and (left.at(start + 1) in PARTED or left.at(start + 1) in PRONOUNS):
        return left.at(start + 2) not in {"som", "där"} and "till" not in left.low[start:]
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


def taken_up(place: Place, readings: Readings) -> Iterator[Candidate]:
    """What ``Strategin omfattar N`` or ``bidrar till fonden med N`` takes up, unless the title has the word, too."""
    stretch = readings.stretch(place.sentence, place.sentence)
    for index in taking(stretch):
        if stem := bare_stem(stretch.at(index)):
            yield from compounds(place, readings, stem)


def taking(stretch: Stretch) -> Iterator[int]:
    """Where a noun may stand that takes up another: the subject that opens the sentence, who or what is given to."""
    first = stretch.first_word()
    if stretch.at(first + 1) in COMES_TO:
        yield first
    yield from (at + 1 for at, word in enumerate(stretch.low) if word in LEADS)


def bare_stem(word: str) -> str:
    """A noun without the ending of its definite form; nothing of any other word.

    >>> bare_stem("fonden"), bare_stem("läxhjälp"), bare_stem("beloppet")
    ('fond', '', '')
    """
    ending = next((one for one in DEFINITE if word.endswith(one)), "")
    stem = word.removesuffix(ending) if ending and word.isalpha() and not says_how_much(word) else ""
    return stem if len(stem) >= STEM else ""


def compounds(place: Place, readings: Readings, stem: str) -> Iterator[Candidate]:
    """The nearest compound that ends with a stem, with what belongs to it."""
    title = place.outline.title
    if title is not None and stem in place.lowered[title.start : title.end]:
        return
    forms = tuple(stem + one for one in FORMS)
    for distance, (_, span) in enumerate(place.outline.before(place.block, place.sentence, BACK)):
        if stem not in place.lowered[span.start : span.end]:
            continue
        said = readings.stretch(span, span)
        for index, word in enumerate(said.low):
            if word.endswith(forms) and word not in forms and len(word) >= len(stem) + LONGER:
                phrase = fuller_name(said, index, bare=False) or Phrase(index, index + 1)
                if accepted(said, phrase) and not is_person(said, phrase):
                    yield offer(said, phrase, "area.before", COMPOUND - distance / 2)
                    return
