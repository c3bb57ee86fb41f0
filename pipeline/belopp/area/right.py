"""Finds the purposes that follow a sum: ``N för P``, ``N till A för att V O``, ``N som ska gå till P``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from belopp import grammar
from belopp.area.candidate import Candidate, offer
from belopp.area.edges import phrase_end, verb_from
from belopp.area.phrase import (
    actor_ahead,
    clause_purpose,
    deed_to_name,
    in_order,
    infinitive,
    named_to,
    noun_phrase,
)
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import (
    AID,
    accepted,
    actor_like,
    is_fund,
    is_special_money,
    is_whose,
    kind_of_aid,
)
from belopp.rulebook import Rulebook

OPENERS: Final = {
    "för": "area.for", "till": "area.to", "på": "area.on", "i": "area.in", "inom": "area.within", "mot": "area.against",
    "avseende": "area.regarding", "gällande": "area.regarding", "inför": "area.regarding",
}  # fmt: skip
# Words between two sums that only go on with the same thing in other years: "10 miljoner 2025 och 20 miljoner 2026".
GLUE: Final = frozenset(
    """, och samt till för under år åren per i från med fram därefter årligen årlig respektive mellan ytterligare
    cirka ca drygt totalt sammanlagt vardera beräknas beräknar föreslås avsätts ( ) – - / öka ökas ökning en på
    tidigare motsvarande upp mer därmed sedan varje perioden nästa högst minst nära knappt nästan det jämfört
    dagens om regeringen anslagen anslaget ett osäkerhetsintervall kommer att avsättas tillföras eller alltså
    vilket innebär sin få får""".split()
)
GIVEN: Final = frozenset({"tilldelas", "tillförs", "ges", "erhåller", "anvisas"})
DOES: Final = frozenset(  # "organisationer som arbetar med P"
    {"ansvarar", "arbetar", "bidrar", "syftar", "verkar", "står"}
)
RUNS: Final = frozenset(  # "kommuner som erbjuder P"
    "anordnar bedriver driver erbjuder genomför organiserar tillhandahåller upphandlar utför".split()
)
ENABLES: Final = frozenset({"finansierar", "möjliggör", "täcker"})  # "10 miljoner kronor som möjliggör P"
AIMS: Final = frozenset({"syfte", "syftet", "målet", "inriktningen", "avsikt"})
# After "ska" these say how the money moves, not what it does.
MOVES: Final = frozenset("gå kunna vara komma uppgå betala få fördela bli".split())
NEW_THOUGHT: Final = frozenset("dels vilket varav säger skriver där men medan samtidigt och som vilka".split())
NEW_SENTENCE: Final = frozenset({"De", "Den", "Det", "En", "Ett", "Uppdraget"})
GOES_ON: Final = frozenset(
    """ska skall går används syftar avser fördelas är arbetar ett en förstärkt stöd kompensation del""".split()
)  # fmt: skip
FRAMED: Final = -14.0  # how much better "i medel för P" is than "i P"
LAND: Final = 38.5  # how well "för att stötta Ukraina" tells what a sum is for: less than the title
WHOSE: Final = 45.0  # how much less "för Skolverket" tells than "för skolan"
# Forms of money in which a sum is given: "som medlemsavgift", "som bidrag till P".
FORMS: Final = ("avgift", "bidrag", "ersättning", "kompensation", "stöd", "vederlag", "återbetalning")
AIDED: Final = 60.0  # how well "i humanitärt stöd" tells what a sum is for
OVER: Final = frozenset("belasta belastar gör redovisas vilket vilken vilka varav ; medan eftersom samtidigt".split())


NOT_OPENING: Final = frozenset({("nu", "gällande"), ("baserat", "på"), ("baserad", "på"), ("baserade", "på")})
# The only words after a sum that open or end anything; the others are passed over.
TELLING: Final = GIVEN | AIMS | OVER | frozenset(OPENERS) | {",", "och", "som", ".", "ska", "skall", "så"}


class Step(NamedTuple):
    """What a word after the sum opens: the rule, its purpose if any, where to read on, whether an actor was met."""

    rule: str
    phrase: Phrase | None
    onward: int
    actor: bool = False
    penalty: float = 0.0


def right_of(stretch: Stretch) -> Iterator[Candidate]:
    """The purposes that follow a sum, in text order, each a little weaker than the one before."""
    index, met, after_actor, aided = 0, 0, False, False
    while (index := next_telling(stretch, index)) < len(stretch.low):
        if clause_over(stretch, index, after_actor):
            return
        if (helped := helping(stretch, index)) is not None:
            cue = stretch.cue("area.in-order", index)
            if phrase := accepted(stretch, helped):
                yield offer(stretch, phrase, "area.in-order", 74.0 - 4 * met, cue)
            elif land := land_helped(stretch, index + 2, helped):
                yield offer(stretch, land, "area.in-order", LAND, cue)
            return
        if stretch.at(index) in GIVEN and (work := noun_phrase(stretch, index + 1)) and work.cues:
            if accepted(stretch, work) and "area.to" in stretch.book:  # "tillförs myndigheternas arbete med P"
                yield offer(stretch, work, "area.to", 72.0 - 4 * met)
        if stretch.at(index) in GIVEN and (past := past_taker(stretch, index + 1)) is not None:
            index, after_actor = past[0], after_actor or past[1]
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


def given_as(stretch: Stretch, index: int) -> Phrase | None:
    """``till FN-förbundet som obundet organisationsstöd``: the form of money in which a sum is given."""
    start = stretch.skip_light(index)
    for last in range(start, start + 3):
        if stretch.at(last).endswith(FORMS):
            return Phrase(start, last + 1)
        if not stretch.is_adjective(last) or stretch.at(last).endswith("s") or is_deed(stretch.at(last)):
            return None
    return None


def is_deed(word: str) -> bool:
    """Whether a word is a supine or a preterite: ``föreningar som sökt bidrag`` are not given any as such."""
    return grammar.is_finite(word) or word.endswith("it") or word in {"betalt", "delade", "haft", "sökt", "ansökt"}


def says_more(stretch: Stretch, form: Phrase) -> bool:
    """Whether a form of money by itself tells what a sum is for: neither ``stöd`` nor ``bidrag till A``."""
    bare = form.end - form.start == 1 and stretch.at(form.start) in FORMS
    leads_on = stretch.at(form.end) in {"för", "till", "av"} and stretch.opens(form.end)
    return not (bare or leads_on or stretch.at(form.end) == "som")


def next_telling(stretch: Stretch, index: int) -> int:
    """The next word that opens or ends anything, past what is only counted in: ``inklusive kostnader för P,``."""
    while index < len(stretch.low) and stretch.low[index] not in TELLING:
        counted = stretch.low[index] in {"exklusive", "inklusive"} and "," in stretch.low[index:]
        index = stretch.low.index(",", index) if counted else index + 1
    return index


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


def past_taker(stretch: Stretch, index: int) -> tuple[int, bool] | None:
    """Past the receiver after ``tilldelas``: where to read on, and whether it is known for an actor."""
    taker = noun_phrase(stretch, index)
    if taker is None:
        return None
    if actor_like(stretch, taker.start, taker.end):
        return stretch.head(taker.start, taker.end) + 1, True
    return taker.end, False  # "tilldelas den nationella strukturen för kunskapsstyrning": all of it receives


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
    for place in range(head + 1, min(head + 4, len(stretch.low))):
        if (word := stretch.at(place)) in {"i", "med", "att"}:
            if inner := accepted(stretch, noun_phrase(stretch, place + (word != "att"))):
                return inner
    return phrase


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
    return after in NEW_THOUGHT and not (after == "som" and third in DOES)


def step_at(stretch: Stretch, index: int, after_actor: bool) -> Step | None:
    """What the word at ``index`` opens, ``None`` when it opens nothing."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word in {"ska", "skall"}:
        return step_of_deed(stretch, index)
    if after == "att" and (word == "för" or word in AIMS):
        step = _step(stretch, "area.in-order", in_order(stretch, index + 2), index + 2)
        return step if step.phrase else step._replace(phrase=deed_to_name(stretch, index + 2), penalty=20.0)
    if word == "så" and after == "att":
        return _step(stretch, "area.so-that", clause_purpose(stretch, index + 2), index + 2)
    if word == "som" and after in RUNS and stretch.at(index + 2) != "verksamhet":
        run = noun_phrase(stretch, index + 2)
        got = run if run and is_special_money(stretch, run) else accepted(stretch, run)  # "medmänskligt stöd"
        return Step("area.relative", got, run.end if run else index + 2)
    if word == "som" and after in DOES:
        return _step(stretch, "area.relative", noun_phrase(stretch, index + 3), index + 2)
    if word == "som" and index == 0 and after in ENABLES:
        return _step(stretch, "area.relative", noun_phrase(stretch, index + 2), index + 2)
    if word == "som" and (form := given_as(stretch, index + 1)):
        return Step("area.as", form if says_more(stretch, form) else None, form.end)
    if word in {"i", "mot"} and not (after_actor or only_glue(stretch, index)):
        return None
    if word not in OPENERS or not stretch.opens(index) or (stretch.at(index - 1), word) in NOT_OPENING:
        return None
    return step_of_preposition(stretch, index, after_actor)


def _step(stretch: Stretch, rule: str, phrase: Phrase | None, onward: int) -> Step:
    return Step(rule, accepted(stretch, phrase), phrase.end if phrase else onward)


def only_glue(stretch: Stretch, index: int) -> bool:
    """Whether only years stand between the sum and the word."""
    return all(word in GLUE or word in grammar.TIME or word[0].isdigit() for word in stretch.low[:index])


def step_of_deed(stretch: Stretch, index: int) -> Step | None:
    """``En halv miljard ska korta vårdköerna``: what the money itself is to do."""
    verb = verb_from(stretch, index + 1, 2)
    if index > 8 or verb < 0 or stretch.at(verb).endswith("s") or stretch.at(verb) in MOVES:
        return None
    return _step(stretch, "area.so-that", infinitive(stretch, verb), index + 2)


def step_of_preposition(stretch: Stretch, index: int, after_actor: bool) -> Step:
    """What a preposition opens: a purpose, or somebody."""
    word, after = stretch.at(index), stretch.at(index + 1)
    rule = OPENERS[word]
    if word == "till" and actor_ahead(stretch, index + 1):
        start = stretch.skip_light(index + 1)
        return Step(rule, None, max(start, stretch.head(start, max(start + 1, phrase_end(stretch, start)))) + 1, True)
    phrase = noun_phrase(stretch, index + 1)
    if word == "till" and after != "att" and phrase and stretch.low[phrase.end : phrase.end + 2] == ["för", "att"]:
        # "till de regionala strukturerna för att V O": rather who than what
        return Step(rule, accepted(stretch, phrase), phrase.end, penalty=14.0)
    got = accepted(stretch, phrase, actors=word in {"i", "till", "på"})
    if word == "för" and not after_actor and got and not got.cues and is_whose(stretch, got):
        return Step(rule, got, got.end, penalty=WHOSE)  # "10 miljoner kronor för Skolverket": whose, not what for
    if word == "i" and got and any(rule == "area.frame" for rule, _, _ in got.cues):
        return Step(rule, got, got.end, penalty=FRAMED)  # "i medel för P": as good as "för P"
    # Past a receiver only: "till satsningar på kommuner för åtgärder inom P".
    onward = index + 1 if phrase is None else phrase.end if got else stretch.head(phrase.start, phrase.end) + 1
    met = word == "till" and phrase is not None and got is None and actor_like(stretch, phrase.start, phrase.end)
    return Step(rule, got, onward, actor=met and stretch.is_frame(index + 1))
