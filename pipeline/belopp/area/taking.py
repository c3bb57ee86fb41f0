"""Finds the compound that a sentence takes up by its last part: ``fonden`` for ``energifond`` in the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.naming import DEFINITE, fuller_name
from belopp.area.readings import Readings
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import is_person
from belopp.area.worth import SIZED, says_how_much
from belopp.sentences import Place

TAKEN_UP: Final = 47.0  # what such a compound scores: a little more than the title
BACK: Final = 2  # sentences before, in which it is looked for
# After one of these stands what the sum goes to: "stöttat fonden med N".
LEADS: Final = frozenset("stötta stöttar stöttat stöttade till tillförs".split())
COMES_TO: Final = SIZED | {"motsvarar", "om", "på"}
# The forms in which a compound may have stood.
FORMS: Final = ("", "a", "ar", "arna", "e", "en", "er", "erna", "et", "or", "orna")
STEM: Final = 4  # letters: less of a word is in many others
LONGER: Final = 3  # letters that a compound has more than its last part


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
                    yield offer(said, phrase, "area.before", TAKEN_UP - distance / 2)
                    return
