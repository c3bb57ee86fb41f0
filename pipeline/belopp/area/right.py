"""Finds the purposes that follow a sum: ``N för P``, ``N till A för att V O``, ``N som ska gå till P``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import AID, is_fund, is_special_money, kind_of_aid
from belopp.area.candidate import Candidate, offer
from belopp.area.edges import verb_from
from belopp.area.lexicon import lexicon_of
from belopp.area.phrase import deed_to_name, in_order, noun_phrase
from belopp.area.steps import DOES, RUNS, Step, given_as, step_at
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_ahead, actor_like, is_person, named_to
from belopp.rulebook import Rulebook

# After one of these stands who gets the sum: "N tilldelas Skolverket för P".
GIVEN: Final = frozenset({"anvisas", "erhåller", "ges", "tilldelas", "tillförs"})
# After a comma they begin a thought of its own.
NEW_THOUGHT: Final = frozenset("dels där medan men och samtidigt skriver som säger varav vilka vilket".split())
# After a comma a capital tells that it is a full stop misprinted.
NEW_SENTENCE: Final = frozenset({"De", "Den", "Det", "En", "Ett", "Uppdraget"})
# After "som" they go on with what the money is for: "som ska gå till P".
GOES_ON: Final = frozenset(
    "används arbetar avser del en ett fördelas förstärkt går kompensation ska skall stöd syftar tillförs är".split()
)  # fmt: skip
LAND: Final = 38.5  # how well "för att stötta Ukraina" tells what a sum is for: less than the title
AIDED: Final = 60.0  # how well "i humanitärt stöd" tells what a sum is for
# From one of these on the text speaks of something else than the sum.
OVER: Final = frozenset("; belasta belastar eftersom gör medan redovisas samtidigt varav vilka vilken vilket".split())
# The budget's grants have numbers and names, which tell where a sum is taken from.
GRANTS: Final = frozenset({"anslag", "anslaget", "anslagspost", "anslagsposten"})
SOURCES: Final = frozenset("belasta belastar belastas från redovisas uppförda ur".split())
# The words after a sum that open or end anything besides the prepositions.
TELLING: Final = GIVEN | grammar.AIMS | OVER | {",", ".", "och", "ska", "skall", "som", "så"}


def right_of(stretch: Stretch) -> Iterator[Candidate]:
    """The purposes that follow a sum, in text order, each a little weaker than the one before."""
    index, met, after_actor, aided = 0, 0, False, False
    while (index := next_telling(stretch, index)) < len(stretch.low):
        if clause_over(stretch, index, after_actor):
            return
        if (helped := helping(stretch, index)) is not None:
            yield from help_given(stretch, index, helped, met)
            return
        if stretch.at(index) in GIVEN and (taker := noun_phrase(stretch, index + 1)):
            yield from work_given(stretch, taker, met, outright=stretch.at(index - 1) == "som")
            index, after_actor = past_taker(stretch, taker, after_actor)
            continue
        step = step_at(stretch, index, after_actor)
        if step is None:
            index += 1
            continue
        after_actor = after_actor or step.actor
        if step.phrase is None:
            meant = list(instead(stretch, index, step))
            aided = aided or any(one.score == AIDED for one in meant)
            yield from meant
        elif step.rule in stretch.book:
            score = score_of(stretch.book, step.rule) - 4 * met - (4 if index > 20 else 0) - step.penalty
            score = min(score, AIDED - 2) if aided else score  # "i humanitärt stöd för att lindra nöd": what aid is for
            yield offer(stretch, step.phrase, step.rule, score, stretch.cue(step.rule, index))
            met += step.penalty <= 0
        index = max(step.onward, index + 1)


@cache
def telling(book: Rulebook) -> frozenset[str]:
    """The only words after a sum that open or end anything; the others are passed over."""
    return TELLING | lexicon_of(book).openers.keys()


def next_telling(stretch: Stretch, index: int) -> int:
    """The next word that opens or ends anything, past what is only counted in: ``inklusive kostnader för P,``."""
    words = telling(stretch.book)
    while index < len(stretch.low) and stretch.low[index] not in words:
        counted = stretch.low[index] in {"exklusive", "inklusive"} and "," in stretch.low[index:]
        source = stretch.low[index] in GRANTS and taken_from(stretch, index)
        index = past_grant(stretch, index) if source else stretch.low.index(",", index) if counted else index + 1
    return index


def taken_from(stretch: Stretch, index: int) -> bool:
    """Whether the grant of the budget at ``index`` is where a sum comes from: ``från anslaget 4:7``, not ``till``."""
    return stretch.at(index + 1)[:1].isdigit() and not SOURCES.isdisjoint(stretch.low[:index])


def past_grant(stretch: Stretch, index: int) -> int:
    """Past the name of the budget's grant that a sum is taken from: ``anslaget 4:7 Bidrag till utveckling av P``."""
    for place in range(index + 2, len(stretch.low)):
        if stretch.low[place] in {",", ".", "som"} or stretch.low[place] == "för" and stretch.at(place + 1) == "att":
            return place
    return len(stretch.low)


@cache
def score_of(book: Rulebook, rule: str) -> float:
    """How well a phrase that the rule finds beside a sum tells what it is for, as the rulebook has it."""
    return float(book.rules[rule].sets["score"])


def instead(stretch: Stretch, index: int, step: Step) -> Iterator[Candidate]:
    """What little a preposition without a purpose says: who (``till WFP``) or in what form (``i stöd
    till idrotten``)."""
    if step.rule not in stretch.book:
        return
    if step.actor and "area.taker" in stretch.book:
        start = stretch.skip_light(index + 1)
        if (end := named_to(stretch, start)) > start:
            fund = is_fund(stretch.at(stretch.head(start, end)))  # "till FN:s gröna klimatfond"
            yield offer(stretch, Phrase(start, end), "area.taker", 52.0 if fund else 28.0)
    if step.rule in {"area.for", "area.to"} and (aid := aid_to(stretch, index + 1)):
        yield offer(stretch, aid, step.rule, 45.0)
    if step.rule == "area.in":
        said = noun_phrase(stretch, index + 1)
        if said and is_special_money(stretch, said):
            bare = stretch.head_word(said) in {"stöd", "bistånd"} and stretch.at(said.end) != "till"
            yield offer(stretch, Phrase(said.start, said.end), step.rule, AIDED if bare else 52.0)
        elif said and stretch.at(said.start + 1) == "till" and accepted(stretch, said, actors=False, money=True):
            told = 45.0 if stretch.at(said.start).endswith(tuple(AID)) else 40.0  # "i bidrag till kommuner" tells less
            yield offer(stretch, Phrase(said.start, said.end), step.rule, told)


def aid_to(stretch: Stretch, index: int) -> Phrase | None:
    """``för ökat civilt stöd till Ukraina``: aid to somebody is what the money is for."""
    said = noun_phrase(stretch, index)
    if said is None:
        return None
    head = stretch.head(said.start, said.end)
    if stretch.at(head) not in AID or stretch.at(head + 1) != "till" or not actor_ahead(stretch, head + 2):
        return None
    return Phrase(kind_of_aid(stretch, head, said.start), said.end)


def work_given(stretch: Stretch, taker: Phrase, met: int, *, outright: bool) -> Iterator[Candidate]:
    """``tillförs myndigheternas arbete med P``, or ``outright`` ``N som tillförs P``: what is given to is P."""
    given = taker.cues or outright and not is_person(stretch, taker)
    if given and accepted(stretch, taker) and "area.to" in stretch.book:
        yield offer(stretch, taker, "area.to", (72.0 if taker.cues else 60.0) - 4 * met)


def past_taker(stretch: Stretch, taker: Phrase, after_actor: bool) -> tuple[int, bool]:
    """Past the receiver after ``tilldelas``: where to read on, and whether an actor was met by then."""
    if actor_like(stretch, taker.start, taker.end):
        return stretch.head(taker.start, taker.end) + 1, True
    return taker.end, after_actor  # "tilldelas den nationella strukturen för kunskapsstyrning": all of it receives


def helping(stretch: Stretch, index: int) -> Phrase | None:
    """In ``för att stödja regionerna i arbetet med P`` the purpose is P; ``None`` when nobody is helped there.

    When somebody is helped and the text does not say with what, the phrase is the helped one itself, which is
    no purpose and will not be accepted.
    """
    if stretch.at(index) != "för" or stretch.at(index + 1) != "att" or "area.in-order" not in stretch.book:
        return None
    phrase = in_order(stretch, index + 2)
    if phrase is None or not actor_like(stretch, phrase.start, phrase.end) or deed_to_name(stretch, index + 2):
        return None
    head = stretch.head(phrase.start, phrase.end)
    for place in range(head + 1, min(head + 5, len(stretch.low))):
        if (word := stretch.at(place)) in {"i", "med", "att"}:
            if inner := accepted(stretch, noun_phrase(stretch, place + (word != "att"))):
                return inner
    return phrase


def help_given(stretch: Stretch, index: int, helped: Phrase, met: int) -> Iterator[Candidate]:
    """What somebody is helped with, or the land that is helped."""
    cue = stretch.cue("area.in-order", index)
    if phrase := accepted(stretch, helped):
        yield offer(stretch, phrase, "area.in-order", 74.0 - 4 * met, cue)
    elif land := land_helped(stretch, index + 2, helped):
        yield offer(stretch, land, "area.in-order", LAND, cue)


def land_helped(stretch: Stretch, index: int, helped: Phrase) -> Phrase | None:
    """``för att stötta Ukraina``: to help a land is a purpose, to help an agency is none."""
    verb, named = verb_from(stretch, index, 3), stretch.lexicon.names.get(stretch.said[helped.start])
    land = named is not None and named.kind == "country" and helped.end == helped.start + 1
    return Phrase(verb, helped.end) if land and helped.start == verb + 1 else None


def clause_over(stretch: Stretch, index: int, actors_met: bool) -> bool:
    """Whether what follows speaks of something else than the sum."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word == ",":
        return clause_over_at_comma(stretch, index, after)
    if word == "och":
        if after in grammar.MODALS:
            return True  # "… och ska redovisa uppdraget": what the receiver does
        if stretch.at(index - 1) in {"från", "till"}:
            return False
        if after in grammar.PREPOSITIONS:
            return True
        years = grammar.YEAR.match(after) or after in {"framåt", "framöver", "därefter", "år", "åren"}
        return not (actors_met or years)
    if word == "som":
        pale = index and stretch.at(index - 1) in stretch.lexicon.anaphors  # "insatser som förbättrar P"
        pale = pale or stretch.low[index - 2 : index] == [",", "pengar"]  # "N, pengar som kommer att användas för P"
        goes_on = after in DOES or after in RUNS or pale or after in GOES_ON or index == 0
        return not goes_on and given_as(stretch, index + 1) is None
    return word in OVER or word == "." and index + 1 == len(stretch.low)


def clause_over_at_comma(stretch: Stretch, index: int, after: str) -> bool:
    """Whether a new thought begins after a comma."""
    if index + 1 < len(stretch.low) and stretch.said[index + 1] in NEW_SENTENCE:
        return True  # "under 2025, En redovisning ska": a full stop misprinted
    third = stretch.at(index + 2)
    if after == "samt" and third == "att":
        return True
    if after == "bland" and third == "annat" and stretch.at(index + 3) in {"en", "ett"}:
        return True  # "…, bland annat ett system för luftförsvar": only an example
    return after in NEW_THOUGHT and not (after == "som" and (third in DOES or third in RUNS))
