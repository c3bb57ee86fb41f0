"""Reads what one word after a sum opens: a purpose, somebody who gets the money, or nothing."""

from __future__ import annotations

from typing import Final, NamedTuple

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import is_special_money
from belopp.area.edges import phrase_end, verb_from
from belopp.area.phrase import clause_purpose, deed_to_name, in_order, infinitive, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_ahead, actor_like, is_person, is_whose
from belopp.speaker import of_the_state

# Words between two sums that only go on with the same thing in other years: "10 miljoner 2025 och 20 miljoner 2026".
GLUE: Final = grammar.HEDGES | frozenset(
    """( ) , - / alltså anslagen anslaget att avsättas avsätts beräknar beräknas dagens det därefter därmed eller en ett
    från få får för föreslås i innebär jämfört kommer med mellan mer motsvarande nära nästa och om osäkerhetsintervall
    per perioden på regeringen respektive sammanlagt samt sedan sin tidigare till tillföras totalt under vardera varje
    vilket ytterligare år åren årlig årligen öka ökas ökning –""".split()
)
DOES: Final = frozenset(  # "organisationer som arbetar med P"
    {"ansvarar", "arbetar", "bidrar", "står", "syftar", "verkar"}
)
RUNS: Final = frozenset(  # "kommuner som erbjuder P"
    "anordnar bedriver driver erbjuder genomför organiserar stödjer stöder tillhandahåller upphandlar utför".split()
)
ENABLES: Final = frozenset({"avser", "finansierar", "möjliggör", "täcker"})  # "10 miljoner kronor som avser P"
# After "ska" these say how the money moves, not what it does.
MOVES: Final = frozenset("betala bli få fördela gå komma kunna uppgå vara".split())
# With the word before it a preposition may open nothing: "nu gällande", "baserat på".
NOT_OPENING: Final = frozenset({("nu", "gällande"), ("baserat", "på"), ("baserad", "på"), ("baserade", "på")})
# Forms of money in which a sum is given: "som medlemsavgift", "som bidrag till P".
GIVEN_AS: Final = (
    "avgift", "bidrag", "ersättning", "kompensation", "lån", "medel", "stipendier", "stipendium", "stöd", "vederlag",
    "återbetalning",
)  # fmt: skip
FRAMED: Final = -14.0  # how much better "i medel för P" is than "i P"
WHOSE: Final = 45.0  # how much less "för Skolverket" tells than "för skolan"


class Step(NamedTuple):
    """What a word after the sum opens: the rule, its purpose if any, where to read on, whether an actor was met."""

    rule: str
    phrase: Phrase | None
    onward: int
    actor: bool = False
    penalty: float = 0.0


def step_at(stretch: Stretch, index: int, after_actor: bool) -> Step | None:
    """What the word at ``index`` opens, ``None`` when it opens nothing."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word in {"ska", "skall"}:
        return step_of_deed(stretch, index)
    if after == "att" and (word == "för" or word in grammar.AIMS):
        aim = in_order(stretch, index + 2)
        if aim and is_special_money(stretch, aim):
            return Step("area.in-order", aim, aim.end)  # "för att erbjuda medmänskligt stöd"
        step = opened(stretch, "area.in-order", aim, index + 2)
        return step if step.phrase else step._replace(phrase=deed_to_name(stretch, index + 2), penalty=20.0)
    if word == "så" and after == "att":
        return opened(stretch, "area.so-that", clause_purpose(stretch, index + 2), index + 2)
    if word == "som" and after in RUNS and stretch.at(index + 2) != "verksamhet":
        run = noun_phrase(stretch, index + 2)
        got = run if run and is_special_money(stretch, run) else accepted(stretch, run)  # "medmänskligt stöd"
        return Step("area.relative", got, run.end if run else index + 2)
    if word == "som" and after in DOES:
        return opened(stretch, "area.relative", noun_phrase(stretch, index + 3), index + 2)
    if word == "som" and index == 0 and after in ENABLES:
        return opened(stretch, "area.relative", noun_phrase(stretch, index + 2), index + 2)
    if word == "som" and (form := given_as(stretch, index + 1)):
        return Step("area.as", form if says_more(stretch, form) else None, form.end)
    if word in {"i", "mot"} and not (after_actor or only_glue(stretch, index)):
        return None
    if word not in stretch.lexicon.openers or not stretch.opens(index) or (stretch.at(index - 1), word) in NOT_OPENING:
        return None
    return step_of_preposition(stretch, index, after_actor)


def opened(stretch: Stretch, rule: str, phrase: Phrase | None, onward: int) -> Step:
    """The step to a phrase if it is accepted, past it if not, from ``onward`` on without one."""
    return Step(rule, accepted(stretch, phrase), phrase.end if phrase else onward)


def only_glue(stretch: Stretch, index: int) -> bool:
    """Whether only years stand between the sum and the word."""
    return all(word in GLUE or word in grammar.TIME or word[0].isdigit() for word in stretch.low[:index])


def step_of_deed(stretch: Stretch, index: int) -> Step | None:
    """``En halv miljard ska korta vårdköerna``: what the money itself is to do."""
    verb = verb_from(stretch, index + 1, 2)
    if index > 8 or verb < 0 or stretch.at(verb).endswith("s") or stretch.at(verb) in MOVES:
        return None
    return opened(stretch, "area.so-that", infinitive(stretch, verb), index + 2)


def step_of_preposition(stretch: Stretch, index: int, after_actor: bool) -> Step:
    """What a preposition opens: a purpose, or somebody."""
    word, after = stretch.at(index), stretch.at(index + 1)
    rule = stretch.lexicon.openers[word]
    if word == "till" and actor_ahead(stretch, index + 1):
        start = stretch.skip_light(index + 1)
        return Step(rule, None, max(start, stretch.head(start, max(start + 1, phrase_end(stretch, start)))) + 1, True)
    phrase = noun_phrase(stretch, index + 1)
    if word == "till" and phrase and gets_it(stretch, phrase):
        return Step(rule, None, stretch.head(phrase.start, phrase.end) + 1, True)
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


def gets_it(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether ``till`` leads to a person, where nobody speaks for the state: ``80 000 kronor till en student``."""
    whom = Phrase(phrase.start, stretch.head(phrase.start, phrase.end) + 1)
    return is_person(stretch, whom) and not of_the_state(stretch.text)


def given_as(stretch: Stretch, index: int) -> Phrase | None:
    """``till FN-förbundet som obundet organisationsstöd``: the form of money in which a sum is given."""
    start = stretch.skip_light(index)
    for last in range(start, start + 3):
        if stretch.at(last).endswith(GIVEN_AS):
            return Phrase(start, last + 1)
        if not stretch.is_adjective(last) or stretch.at(last).endswith("s") or is_deed(stretch.at(last)):
            return None
    return None


def is_deed(word: str) -> bool:
    """Whether a word is a supine or a preterite: ``föreningar som sökt bidrag`` are not given any as such."""
    return grammar.is_finite(word) or word.endswith("it") or word in {"betalt", "delade", "haft", "sökt", "ansökt"}


def says_more(stretch: Stretch, form: Phrase) -> bool:
    """Whether a form of money by itself tells what a sum is for: neither ``stöd`` nor ``bidrag till A``."""
    bare = form.end - form.start == 1 and stretch.at(form.start) in GIVEN_AS
    leads_on = stretch.at(form.end) in {"för", "till", "av"} and stretch.opens(form.end)
    return not (bare or leads_on or stretch.at(form.end) == "som")
