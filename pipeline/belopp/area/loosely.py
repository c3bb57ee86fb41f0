"""Finds what a sum is about where its sentence says it only by the way: who pays for what, of what money it is a part.

These readings are tried where nobody speaks for the state and no surer one is found; most are hardly more than a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import does, infinitive, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.untitled import ENDS, SURE, before_leading, counts, named
from belopp.area.whom import is_person
from belopp.area.worth import COSTS

HARDLY: Final = 38.2  # what is hardly surer than a title that nobody speaks for the state in
# Whoever wins is who gets: what is won, or where, is what the sum is for.
WINNERS: Final = ("mästaren", "pristagaren", "pristagarna", "segraren", "segrarna", "vinnare", "vinnaren", "vinnarna")
WON: Final = frozenset({"av", "i", "på"})
CONSISTS: Final = frozenset("bestod består utgjorde utgjordes utgör utgörs".split())
GETS: Final = frozenset("beviljas erhåller fick får ges kostade kostar tilldelas".split())

GOES: Final = frozenset({"gick", "går"})
GIVEN: Final = frozenset("fick får ges".split())


def loosely(left: Stretch, right: Stretch) -> Iterator[Candidate]:
    """What is hardly surer than the title, on either side of a sum."""
    if "area.subject" in left.book:
        yield from won(left)
        yield from antecedent(left)
        yield from of_whoever(left)
        yield from given_to(left)
        yield from gone_to(left)
    if "area.in" in right.book:
        yield from taken_from(right, left)


def won(stretch: Stretch) -> Iterator[Candidate]:
    """``Vinnaren av Läxpriset får N``, ``Vinnarna i matteloppet``."""
    for index, word in enumerate(stretch.low[:-2]):
        if word.endswith(WINNERS) and stretch.at(index + 1) in WON:
            phrase = noun_phrase(stretch, index + 2)
            if phrase and not is_person(stretch, phrase):
                yield offer(stretch, phrase, "area.subject", SURE)
            return


def antecedent(stretch: Stretch) -> Iterator[Candidate]:
    """``Ett av projekten är en chatt för barn, som får N``: of what a relative clause tells the sum."""
    end = before_leading(stretch)
    som = next((at for at in range(end - 2, max(end - 6, 0), -1) if stretch.at(at) in {"som", "vars"}), 0)
    if stretch.at(end - 1) not in GETS and stretch.at(som) != "vars":
        return  # "ishallen, vars budget krymper med N"
    if stretch.at(som - 1) != ",":
        return
    for start in range(som - 2, max(som - 10, -1), -1):
        if start and stretch.at(start - 1) not in {"en", "ett", "är", "blir", "till", "på", "från"}:
            continue
        phrase = noun_phrase(stretch, start)
        if phrase and phrase.end == som - 1 and named(stretch, phrase):
            yield offer(stretch, phrase, "area.subject", SURE)
            return


def of_whoever(stretch: Stretch) -> Iterator[Candidate]:
    """``Den som löser läxkort ombord betalar N``: what whoever pays or gets does it to."""
    for index in range(len(stretch.low) - 2):
        if stretch.at(index) not in {"den", "de"} or stretch.at(index + 1) != "som":
            continue
        phrase = accepted(stretch, does(stretch, index + 1))
        if phrase and phrase.end < len(stretch.low) and not is_person(stretch, phrase):
            yield offer(stretch, phrase, "area.subject", HARDLY)
        return


def given_to(stretch: Stretch) -> Iterator[Candidate]:
    """``Dessutom får läxhjälpen N``: a field of work, nobody by name, that a verb of getting stands before."""
    end = len(stretch.low)
    while end and (stretch.at(end - 1) in grammar.HEDGES or not stretch.at(end - 1)[0].isalnum()):
        end -= 1
    verb = next((at for at in range(end - 2, max(end - 6, -1), -1) if stretch.at(at) in GIVEN), -1)
    phrase = noun_phrase(stretch, verb + 1) if verb >= 0 else None
    field = phrase and phrase.end == end and stretch.at(end - 1).endswith(grammar.DEFINITE_OR_AN)
    if phrase and field and stretch.said[phrase.start].islower() and named(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", SURE)


def gone_to(stretch: Stretch) -> Iterator[Candidate]:
    """``Till nya läxprojekt går N``, ``Ut i stipendier gick N``: what the sum goes to, though it be a form of money."""
    first = stretch.first_word()
    out = stretch.at(first) in {"in", "ut"}
    if stretch.at(first + out) != ("i" if out else "till"):
        return
    phrase = noun_phrase(stretch, first + out + 1)
    if phrase and stretch.at(phrase.end) in GOES and not is_person(stretch, phrase):
        if stretch.said[phrase.start].islower() and accepted(stretch, phrase, money=True):
            yield offer(stretch, phrase, "area.subject", SURE)


def taken_from(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``N av de felaktiga utbetalningarna``, ``N i form av P``, ``N genom att stänga P``, ``N till 35 läxprojekt``."""
    for index, word in enumerate(right.low):
        if word in ENDS or word == "." or word == "och" and grammar.is_finite(right.at(index + 1)):
            return
        if phrase := taken(right, left, index):
            yield offer(right, phrase, "area.in", SURE)
            return


def taken(right: Stretch, left: Stretch, index: int) -> Phrase | None:
    """What the word at ``index`` says that the sum is, or is taken from."""
    word, after = right.at(index), right.at(index + 1)
    if word == "av" and index == 0:
        of_which = after in {"de", "den", "det"} or not CONSISTS.isdisjoint(left.low)
        phrase = noun_phrase(right, right.skip_light(index + 1)) if of_which else None
        return phrase if phrase and len(right.content(phrase)) > 1 or named(right, phrase, actors=False) else None
    if word == "omfattar" and index == 0:
        phrase = noun_phrase(right, 1)  # "N omfattar den budget som klubbades"
        return phrase if phrase and not is_person(right, phrase) else None
    if index == 0 and left.at(len(left.low) - 1) in grammar.COPULAS and not word.endswith(("ade", "are")):
        phrase = noun_phrase(right, 0)  # "Av detta är N ett lån"
        return phrase if phrase and accepted(right, phrase, money=True) else None
    if word == "att" and index < 2 and not COSTS.isdisjoint(left.low):
        return accepted(right, infinitive(right, index + 1))  # "Det kostar N att riva P"
    if word == "form" and after == "av" and right.at(index - 1) == "i":
        return noun_phrase(right, index + 2)
    if word == "bort" and after == "från":
        return noun_phrase(right, index + 2)
    if word == "genom" and after == "att":
        return accepted(right, infinitive(right, index + 2))
    if word == "till" and counts(right, index + 1):
        phrase = noun_phrase(right, index + 2)
        return phrase if phrase and named(right, phrase) else None
    return None
