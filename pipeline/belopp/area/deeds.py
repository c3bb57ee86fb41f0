"""Finds what somebody does at a price, where nobody speaks for the state: ``köper P för N``, ``P, en affär på N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.candidate import Candidate, offer
from belopp.area.clauses import finite_index, object_of
from belopp.area.edges import verb_from
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.untitled import BESIDE, before_leading, counts, named
from belopp.area.whom import actor_like, is_person
from belopp.transfers import forms

DONE_FOR: Final = 55.0  # more than the noun before the sum: "köper mark av Alfa för N"
# What somebody does at a price.
TRADES: Final = forms("beställa", "förvärva", "köpa", "renovera", "upphandla") | frozenset(
    "bygga bygger byggde byggt hyr hyra hyrde rusta rustar rustade rustat sälja säljer sålde sålt".split()
)
# What the deed is called that a clause told of just before: "Nu byggs en skola, en investering på N".
TAKEN_UP: Final = frozenset("affär entreprenad investering kostnad nota satsning upprustning utgift åtgärd".split())
REACH: Final = 3  # words between "att" and its verb


def deeds(stretch: Stretch) -> Iterator[Candidate]:
    """What is bought, sold or built for the sum that the stretch leads to."""
    end = before_leading(stretch)
    if stretch.low[end - 3 : end - 1] == [",", "en"] and stretch.at(end - 1) in TAKEN_UP and end < len(stretch.low):
        phrase = told_of(stretch.until(end - 3))
    elif stretch.at(end - 1) == "för" and end > 2:
        verb = next((at for at in range(end - 2, -1, -1) if stretch.at(at) in TRADES), -1)
        phrase = object_after(stretch, verb) if verb >= 0 else None
    else:
        return
    if phrase and phrase.end < end:
        yield offer(stretch, phrase, "area.subject", DONE_FOR)


def told_of(stretch: Stretch) -> Phrase | None:
    """What a clause tells of: what is to be done to its subject, else the object of its verb."""
    verb = finite_index(stretch)
    if verb < 0:
        return None
    at = verb + 1 + counts(stretch, verb + 1)
    passive = noun_phrase(stretch, at) if stretch.at(verb) in grammar.MODALS else None
    if passive and stretch.at(passive.end).endswith("as") and named(stretch, passive):
        return passive  # "På tomten ska en skola byggas"
    return done_to(stretch, verb)


def done_to(stretch: Stretch, verb: int) -> Phrase | None:
    """The object of somebody's deed: ``Nu bygger kommunen P``, ``De har enats om att köpa P``."""
    phrase = object_of(stretch, verb)
    if phrase and (is_person(stretch, phrase) or actor_like(stretch, phrase.start, phrase.end)):
        phrase = noun_phrase(stretch, past_particles(stretch, phrase.end))
    if phrase and stretch.at(phrase.start) == "ja" and stretch.at(phrase.start + 1) == "till":
        phrase = noun_phrase(stretch, phrase.start + 2)  # "sa i går ja till en ny skola"
    if is_clean(stretch, phrase):
        return phrase
    att = next((at for at in range(verb + 1, len(stretch.low)) if stretch.at(at) == "att"), 0)
    inner = verb_from(stretch, att + 1, REACH) if att else -1
    return object_after(stretch, inner) if inner >= 0 else None


def object_after(stretch: Stretch, verb: int) -> Phrase | None:
    """What stands after a verb and its particles, past whoever does it."""
    phrase = counted(stretch, past_particles(stretch, verb + 1))
    if phrase and (is_person(stretch, phrase) or actor_like(stretch, phrase.start, phrase.end)):
        phrase = counted(stretch, past_particles(stretch, phrase.end))
    return phrase if is_clean(stretch, phrase) else None


def counted(stretch: Stretch, index: int) -> Phrase | None:
    """The noun phrase at ``index``, past how many there are, up to whom it is bought of or sold to."""
    phrase = noun_phrase(stretch, index + counts(stretch, index))
    if phrase is None:
        return None
    ends = (at for at in range(phrase.start + 1, phrase.end - 1) if stretch.at(at) in {"av", "från", "till"})
    end = next((at for at in ends if actor_like(stretch, at + 1, phrase.end)), phrase.end)
    return phrase._replace(end=end)


def is_clean(stretch: Stretch, phrase: Phrase | None) -> bool:
    """Whether a phrase is of words alone, and may be what a figure is about."""
    if phrase is None:
        return False
    return all(map(str.isalpha, stretch.low[phrase.start : phrase.end])) and named(stretch, phrase)


def past_particles(stretch: Stretch, index: int) -> int:
    """The index after the words that go with a verb: ``rustar kommunen upp``."""
    while stretch.at(index) in grammar.PARTICLES or stretch.at(index) in BESIDE:
        index += 1
    return index
