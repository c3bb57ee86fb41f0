"""Finds the purposes that a preposition opens before a sum: ``För P avsätts N``, ``satsar på P hela N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import is_fund
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import aim_at, in_order, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_ahead, is_person, named_to

ADJUNCTS: Final = {  # the preposition that opens a sentence: its rule, and how well what it opens fits the sum
    "för": ("area.for", 72.0), "till": ("area.to", 72.0), "inom": ("area.within", 62.0), "på": ("area.on", 50.0),
    "i": ("area.in", 38.0),
}  # fmt: skip
TOLD_OF_ONE: Final = frozenset("betyder blir ger handlar innebär kostar motsvarar rör utgör".split())
THROUGH: Final = 45.5  # what "Genom P" scores: a little more than the title


def adjuncts(stretch: Stretch) -> Iterator[Candidate]:
    """``För P avsätts``, ``Inom P satsar``, ``För att V O föreslår``: the adjunct that opens a sentence."""
    start = stretch.first_word()
    word = stretch.at(start)
    if aim := aim_at(stretch, start):
        phrase, rule, score = innermost(stretch, aim), "area.in-order", 70.0
    elif word == "för" and stretch.at(start + 1) in {"en", "ett"} and of_one(stretch):
        return
    elif word in ADJUNCTS and stretch.opens(start) and not (word == "till" and actor_ahead(stretch, start + 1)):
        phrase = accepted(stretch, noun_phrase(stretch, start + 1))
        rule, score = ADJUNCTS[word]
    else:
        return
    if phrase is not None and rule in stretch.book and not is_person(stretch, phrase):
        yield offer(stretch, phrase, rule, score, stretch.cue(rule, start))


def of_one(stretch: Stretch) -> bool:
    """Whether a fee or a raise is told of one as an example: ``För en villa innebär det N``."""
    return any(stretch.at(at + 1) == "det" for at, word in enumerate(stretch.low) if word in TOLD_OF_ONE)


def through(stretch: Stretch) -> Iterator[Candidate]:
    """``Genom förlikningen åtog sig A att betala``: what the sum came about by, when nothing else is said of it."""
    start = stretch.first_word()
    if stretch.at(start) != "genom":
        return
    phrase = accepted(stretch, noun_phrase(stretch, start + 1))
    if phrase and grammar.is_finite(stretch.at(phrase.end)) and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.through", THROUGH, stretch.cue("area.through", start))


def innermost(stretch: Stretch, aim: int) -> Phrase | None:
    """``För att möjliggöra åtgärder för att få bort P``: of nested aims the innermost; the verb is at ``aim``."""
    phrase = accepted(stretch, in_order(stretch, aim))
    for place in range(aim, len(stretch.low) - 1):
        if grammar.is_finite(stretch.at(place)):
            break
        if inner := aim_at(stretch, place):
            phrase = accepted(stretch, in_order(stretch, inner)) or phrase
    return phrase


def loose(stretch: Stretch) -> Iterator[Candidate]:
    """Any other ``för P`` or ``till P`` before the sum, the nearest first."""
    met, first = 0, stretch.first_word()
    for index in range(len(stretch.low) - 1, -1, -1):
        word = stretch.at(index)
        if index == first and word == "för" and of_one(stretch):
            continue
        if aim := aim_at(stretch, index):
            rule, phrase = "area.in-order", accepted(stretch, in_order(stretch, aim))
        elif word in {"för", "på", "till", "inom"} and stretch.opens(index):
            if word == "till" and actor_ahead(stretch, index + 1):
                yield from funds(stretch, index + 1)
                continue
            rule, phrase = ADJUNCTS[word][0], accepted(stretch, noun_phrase(stretch, index + 1))
        else:
            continue
        if phrase is None or rule not in stretch.book or is_person(stretch, phrase):
            continue
        spent = word == "på" and any(one.startswith("satsa") for one in stretch.low[max(0, index - 3) : index])
        score = 60.0 if spent else {"för": 50.0, "till": 37.0}.get(word, 43.0) - 2 * met
        met += not spent
        yield offer(stretch, phrase, rule, score, stretch.cue(rule, index))


def funds(stretch: Stretch, index: int) -> Iterator[Candidate]:
    """``bidrar till Fonden för P med N``: a fund that money goes to is what it is for."""
    start = stretch.skip_light(index)
    end = named_to(stretch, start)
    beside = "med" in stretch.low[-4:] and end > start
    if beside and "area.taker" in stretch.book and is_fund(stretch.at(stretch.head(start, end))):
        yield offer(stretch, Phrase(start, end), "area.taker", 44.0)
