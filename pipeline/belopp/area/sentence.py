"""Weighs the purposes that a sentence offers for one of its sums: to its right, to its left, at its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer, surest, weaker
from belopp.area.deeds import DONE_FOR, deeds
from belopp.area.heads import heads
from belopp.area.joined import JOINED, by_means
from belopp.area.left import left_of
from belopp.area.loosely import loosely
from belopp.area.phrase import infinitive, noun_phrase
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.steps import GLUE
from belopp.area.stretch import Phrase, Stretch
from belopp.area.untitled import SURE, alongside, untitled
from belopp.area.whom import actor_ahead, actor_like, is_person, is_somebodys_work
from belopp.area.worth import NO_PURPOSE
from belopp.model import FUNDING, OTHER
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

# What is set to a level: "gränsen höjs till 100 kronor i avgifter" is not about fees.
SET_TO: Final = re.compile(
    r"""\b(?: (?:höj|sänk|änd|öka|minska)\w*\s(?:\w+\s)?till | (?:går|ligger)\s(?:\w+\s)?vid
             | (?:över|under)stiger )\s""",
    re.VERBOSE,
)
COSTS: Final = re.compile(r"\bkostar\b")
GETS: Final = re.compile(r"\b(?:erhåller|fick|får|gavs|ges|tilldelades|tilldelas|tillförs)\b")
# By these a sum is said to be a thing, from either side: "N avser P", "Av dem utgör N P".
EQUATES: Final = frozenset({"avser", "utgör"})
SIGNS: Final = frozenset({"+", "-", "±", "–", "−", "minus", "plus"})  # "ett resultat på +5 miljoner"
COMPARED: Final = frozenset({"fler", "mer", "mera", "mindre"})
# After "är" a participle or another clause: "930 miljoner är avsatta".
NOT_EQUAL: Final = frozenset("avsatt avsatta avsedda den det en ett för tänkt öronmärkt öronmärkta".split())
BORROWED: Final = 39.0  # what the sum before is told says of the next one: more than such a title
PRICED: Final = SURE - 1  # "900 kronor för ett årskort": more than such a title, less than the subject
DONE: Final = 70.0  # what the sum itself is to act on: more than what follows that
TOLD: Final = 78.0  # what follows a sum so surely that only a head word before it can be surer


class Told(NamedTuple):
    """The surest purpose that a sentence offers a sum, and the surest that may be the next sum's too."""

    own: Candidate | None
    shared: Candidate | None  # not what this sum is said to be: "930 miljoner är kärnstöd"


def glued(place: Place, index: int, readings: Readings) -> bool:
    """Whether the text between a sum and the one before says nothing but years and how they go on."""
    between = Span(place.mentions[index - 1].end, place.mentions[index].start)
    words = readings.stretch(between, place.sentence).low
    return all(word in GLUE or word in grammar.TIME or word[0].isdecimal() for word in words)


def series(place: Place, readings: Readings) -> tuple[int, int]:
    """The first and last index of the sums that go on with the same thing as this one, in other years."""
    if len(place.mentions) == 1:
        return 0, 0
    return readings.kept(("series", place.mentions[0].start), lambda: _series(place, readings))[place.index]


def _series(place: Place, readings: Readings) -> list[tuple[int, int]]:
    """The series that each sum of a sentence belongs to."""
    many = len(place.mentions)
    firsts = [index for index in range(many) if index == 0 or not glued(place, index, readings)]
    runs = zip(firsts, [*firsts[1:], many], strict=True)
    return [(first, after - 1) for first, after in runs for _ in range(first, after)]


def told(place: Place, kind: str, readings: Readings) -> Told:
    """What the sentence says that this sum is for: of funding all sums of a series are told the same."""
    first, last = series(place, readings)
    index = first if kind == FUNDING else place.index
    key = "told", place.mentions[index].start, kind
    return readings.kept(key, lambda: _told(place, kind, first, last, readings))


def _told(place: Place, kind: str, first: int, last: int, readings: Readings) -> Told:
    mentions = place.mentions
    right_end = mentions[last + 1].start if last + 1 < len(mentions) else place.sentence.end
    right = readings.stretch(Span(mentions[last].end, right_end), place.sentence)
    left_start = mentions[first - 1].end if first else place.sentence.start
    left = readings.stretch(Span(left_start, mentions[first].start), place.sentence)
    between = left
    left = bare(own_clause(left) if first else left)
    best = surest(told_right(place, kind, right, last, readings))
    best = surest(done_by_it(left, right), best)
    sure = best is not None and best.score >= TOLD
    best = surest(heads(left), best) if sure else left_of(left, kind, best, opening=first == 0)
    if first == 0 and kind == FUNDING and (best is None or best.score < JOINED):
        best = surest(by_means(left, right), best)
    if (best is None or best.score < DONE_FOR) and not of_the_state(place.text):
        best = surest(deeds(left), best) if "area.subject" in left.book else best
    if (best is None or best.score < SURE) and not of_the_state(place.text):
        best = surest(untitled(left, right), best)
        best = surest(loosely(left, right), best)
    if first:
        before = told(Place(place.outline, place.block, place.sentence, mentions, first - 1), kind, readings).shared
        best = surest(weaker([before], 22.0), best) if before else best
        if before and not of_the_state(place.text):
            best = surest([before._replace(score=BORROWED)], best) if before.score >= SURE else best
            best = surest(alongside(between, before), best) if kind != FUNDING else best
        earlier = max(place.sentence.start, mentions[first - 1].start - 200)
        if kind == FUNDING and GETS.search(place.lowered, earlier, mentions[first - 1].start):
            best = surest(next_subject(between, before), best)
    return Told(surest(equals(right, left), best), best)


def bare(stretch: Stretch) -> Stretch:
    """What stands before a sum, without the ``mer än`` that only hedges it: ``en ram på mer än N``."""
    end = len(stretch.low)
    if stretch.at(end - 1) in SIGNS:
        return stretch.until(end - 1)
    if stretch.at(end - 1) != "än" or stretch.at(end - 2) not in COMPARED:
        return stretch
    return stretch.until(end - 2 - (stretch.at(end - 3) in {"lite", "något"}))


def told_right(place: Place, kind: str, right: Stretch, last: int, readings: Readings) -> Iterator[Candidate]:
    """The purposes after a sum or, when there is none, those after the next sum that are this one's too."""
    found = list(right_of(right))
    if last + 1 < len(place.mentions) and not any(one.score >= 50 for one in found):
        found += shared_right(place, last, readings)
    for one in found:  # "5 220 kr för en ensamstående"
        yield one if kind == FUNDING else one._replace(score=one.score - unlikelier(place, kind, one, readings))


def done_by_it(left: Stretch, right: Stretch) -> Iterator[Candidate]:
    """``Av pengarna ska N stärka elevhälsan``: what the sum is to act on."""
    verb = right.at(0)
    if verb.endswith("a") and grammar.is_infinitive(verb) and left.low[-1:] and left.low[-1] in {"bör", "ska", "skall"}:
        phrase = accepted(right, infinitive(right, 0))
        if phrase and "area.in-order" in right.book:
            yield offer(right, phrase, "area.in-order", DONE)


def unlikelier(place: Place, kind: str, one: Candidate, readings: Readings) -> float:
    """How much less a phrase after a rate or a market figure tells what it is about: often it tells who pays."""
    if one.rule == "area.in":
        beside = place.text[place.mention.end : one.span.start].split() == ["i"]
        beside = beside and not (kind != OTHER and COSTS.search(place.slice(place.before)))  # "kostar 14 kr i råvaror"
        # "12 miljarder kronor i varuexport", not "gränsen höjs till 100 kronor i avgifter"
        return 10.0 if not beside or SET_TO.search(place.slice(place.before)) else -20.0
    stretch = readings.stretch(one.span, place.sentence)
    before = place.text[max(0, one.span.start - 4) : one.span.start].split()
    counted = stretch.at(0) in grammar.NUMERALS or before and before[-1] in {"en", "ett"}  # "för tre eller fler barn"
    person = is_person(stretch, Phrase(0, len(stretch.low)))
    if not person and one.rule == "area.for" and not of_the_state(place.text):
        return max(one.score - PRICED, 0.0)
    return 50.0 if counted or person else 35.0


def next_subject(between: Stretch, before: Candidate | None) -> Iterator[Candidate]:
    """``Skolan får 5 miljoner och förskolan 6``: what stands between two sums is another subject of the same verb."""
    joint = 1 + (between.low[:2] in ([",", "och"], [",", "samt"]))
    if before is None or before.rule != "area.subject" or between.at(joint - 1) not in {",", "och", "samt"}:
        return
    phrase = noun_phrase(between, joint)
    if phrase and grammar.HEDGES.issuperset(between.low[phrase.end :]) and accepted(between, phrase):
        yield offer(between, phrase, "area.subject", before.score)


def own_clause(between: Stretch) -> Stretch:
    """What stands between two sums from the last joint on: the rest belongs to the sum before."""
    joints = [i for i, word in enumerate(between.low) if word in {",", "och", "samt", "dels", "varav", "medan", "men"}]
    return between.after(joints[-1] + 1) if joints else between


def shared_right(place: Place, last: int, readings: Readings) -> list[Candidate]:
    """The purpose after ``N till regionerna och N till kommunerna för P``, which is both sums'."""
    mentions = place.mentions
    gap = readings.stretch(Span(mentions[last].end, mentions[last + 1].start), place.sentence)
    start = next((i for i, word in enumerate(gap.low) if word == "till"), -1)
    joins = gap.at(len(gap.low) - 1) in {"och", "samt", ","} or GLUE.issuperset(gap.low[-2:])
    if not 0 <= start <= 3 or not joins or len(gap.low) > start + 9 or not actor_ahead(gap, start + 1):
        return []
    end = mentions[last + 2].start if last + 2 < len(mentions) else place.sentence.end
    after = right_of(readings.stretch(Span(mentions[last + 1].end, end), place.sentence))
    return [one._replace(score=one.score - 3) for one in after]


def equals(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``930 miljoner är kärnstöd``, ``Av detta utgör 19 miljarder civilt stöd``: the sum is said to be the thing."""
    if "area.equals" not in right.book:
        return
    first = 1 if right.at(0) == "," else 0
    if right.at(first) in EQUATES or right.at(first) == "är":
        first += 1
    elif left.at(len(left.low) - 1) not in EQUATES:
        return
    if right.at(first) in NOT_EQUAL or right.at(first).isdigit():
        return
    phrase = noun_phrase(right, first)
    if phrase is None or right.at(phrase.start - 1) == "av" or actor_like(right, phrase.start, phrase.end):
        return
    if is_somebodys_work(right, phrase):
        return  # "varav 20 miljoner avser Sidas verksamhet": who, not what
    if phrase.end - phrase.start == 1 and right.at(phrase.start).endswith(
        ("ade", "rda", "igt", "bart", "samt", "aktigt")
    ):
        return  # "är överförda", "är orimligt": a participle, an adjective
    if right.at(phrase.start) not in right.lexicon.anaphors and right.head_word(phrase) not in NO_PURPOSE:
        yield offer(right, phrase, "area.equals", 64.0)
