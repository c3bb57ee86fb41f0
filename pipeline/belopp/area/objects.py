"""Finds the object before a sum, of which the verb says that it is raised, given or set: ``förstärker P med N``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.accepting import BARE, accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import is_person
from belopp.area.worth import NO_PURPOSE
from belopp.transfers import forms

# Verbs by which more or less is given to something: what they act on is what the sum is for.
RAISES: Final = frozenset(
    """fördubblade fördubblar förstärka förstärker förstärkte höja höjde höjer minskar stärka stärker stärkte sänka
    sänker sänkte utökar öka ökar""".split()
)
# The same, told after "har".
RAISED_SO_FAR: Final = frozenset("fördubblat förstärkt höjt minskat stärkt sänkt utökat ökat".split())
RAISING: Final = RAISES | RAISED_SO_FAR
# What stands after one of these gets the sum: "tillförs det militära försvaret ytterligare N".
# Of these only what is no name: that is who gets.
GIVEN: Final = forms("anslå", "bevilja", "ge")
SUPPLIED: Final = GIVEN | frozenset("tilldelades tilldelas tillfördes tillföras tillförs".split())
# Of their object the sum is the size: "har uppskattat skadorna till N".
MEASURES: Final = frozenset(
    "beräknade beräknat bestämde bestämt fastställde fastställer fastställt uppskattade uppskattar uppskattat".split()
)
PAYS_FOR: Final = forms("bekosta", "finansiera", "sponsra", "stödja", "stötta")
RAISED_OUTRIGHT: Final = 77.0  # surer than the subject: "Bolaget höjer priset på ved med N"
# Objects that only frame what comes after the sum: "stärker myndigheternas arbete med N för att".
FRAMED: Final = frozenset({"arbete", "arbetet", "insatser", "insatserna", "satsningen", "stöd", "stödet"})
# Objects that the sum is never for.
NO_OBJECT: Final = (
    NO_PURPOSE
    | FRAMED
    | BARE
    | {"inkomster", "inkomsterna", "intäkter", "intäkterna"}
    | {"ambitionen", "ambitionerna", "ambitionsnivån", "farten", "takten", "tempot", "trycket"}
)


def objects(stretch: Stretch) -> Iterator[Candidate]:
    """``förstärker insatserna för P med``: what is raised by the sum."""
    if RAISING.isdisjoint(stretch.low) and "med" not in stretch.low[-3:]:
        return  # any other verb needs a "med" beside the sum
    said = enumerate(stretch.low)
    for index in [at for at, word in said if acts(word) or word in RAISED_SO_FAR and has_raised(stretch, at)]:
        phrase = accepted(stretch, acted_on(stretch, index))
        if phrase is None or is_person(stretch, phrase) or grammar.is_infinitive(stretch.at(phrase.start)):
            continue
        if stretch.head_word(phrase) in NO_OBJECT:
            continue  # "bedöms minska skatteintäkterna med": what follows from a measure, not the measure
        if score := sureness(stretch, index, phrase):
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", score)


def sureness(stretch: Stretch, index: int, phrase: Phrase) -> float:
    """How surely the verb at ``index`` says that the sum goes to its object; 0 when it does not."""
    word, after = stretch.low[index], stretch.at(phrase.end)
    apart = stretch.low[phrase.end : phrase.end + 2] == [",", "som"] and stretch.low[-2:] == [",", "med"]
    if apart or after in {"med", "till", "från"}:  # "förstärker P, som A får, med"
        if word in RAISING:
            return RAISED_OUTRIGHT
    elif word in RAISES and grammar.is_finite(word) and stretch.at(index + 1) not in grammar.GIVERS:
        return 52.0  # not "Därför stärker regeringen P genom ett sektorsbidrag på N"
    return 70.0 if after == "med" and len(stretch.low) - phrase.end <= 3 else 0.0  # "stöttar P med N"


@lru_cache(grammar.KNOWN)
def acts(word: str) -> bool:
    """Whether a word is a verb that may act on what the sum is for."""
    return word in RAISES or grammar.is_finite(word) and word not in grammar.MODALS


def has_raised(stretch: Stretch, index: int) -> bool:
    """Whether the supine at ``index`` tells that somebody has raised what follows: ``har regeringen nu ökat P``."""
    return "har" in stretch.low[max(0, index - 4) : index]


def acted_on(stretch: Stretch, verb: int) -> Phrase | None:
    """What the verb acts on; ``förstärka X med krav på P``: X, whatever comes with it."""
    if stretch.at(verb) not in RAISES:
        phrase = noun_phrase(stretch, verb + 1)
        if phrase and stretch.at(verb) in PAYS_FOR and stretch.at(phrase.end) in {"en", "ett"}:
            return noun_phrase(stretch, phrase.end)  # "Dessutom bekostar stiftelsen en professur med N"
        return phrase
    inverted = stretch.at(verb + 1) in grammar.GIVERS  # "Därför förstärker regeringen P med N"
    phrase = noun_phrase(stretch, verb + 1 + inverted)
    if phrase is None:
        return None
    joint = next((place for place in range(phrase.start + 1, phrase.end) if stretch.at(place) == "med"), 0)
    return Phrase(phrase.start, joint) if joint else phrase


def supplied(stretch: Stretch) -> Iterator[Candidate]:
    """``Nästa år tillförs det militära försvaret ytterligare N``: what the sum is given to."""
    for index, word in [(at, word) for at, word in enumerate(stretch.low) if word in SUPPLIED]:
        end = len(stretch.low)
        while stretch.at(end - 1) in grammar.HEDGES | {"ytterligare"}:
            end -= 1
        phrase = accepted(stretch, noun_phrase(stretch, index + 1))
        given = word in SUPPLIED - GIVEN or phrase and stretch.said[phrase.start].islower()
        if phrase and given and phrase.end >= end and not is_person(stretch, phrase):
            yield offer(stretch, Phrase(phrase.start, end), "area.subject", 62.0)


def measured(stretch: Stretch) -> Iterator[Candidate]:
    """``har uppskattat skadorna till``, ``fastställt basbeloppet till``: what is measured or set."""
    for index, word in enumerate(stretch.low):
        phrase = accepted(stretch, noun_phrase(stretch, past_date(stretch, index + 1))) if word in MEASURES else None
        if phrase and "till" in stretch.low[phrase.end :] and not is_person(stretch, phrase):
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", 78.0)


def past_date(stretch: Stretch, index: int) -> int:
    """The index after a day that stands there: ``fastställde den 6 september 2018 prisbasbeloppet till``."""
    if stretch.at(index) != "den" or not stretch.at(index + 1).isdigit() or stretch.at(index + 2) not in grammar.TIME:
        return index
    return index + 3 + bool(grammar.YEAR.match(stretch.at(index + 3)))
