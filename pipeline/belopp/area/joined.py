"""Finds what a verb acts on that ``och`` joins to the one that gives a sum: ``bygger ut P och avsätter N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.clauses import WILL, finite_index, object_of
from belopp.area.objects import NO_OBJECT, RAISES
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.verbs import clause_start
from belopp.area.whom import is_person

JOINED: Final = 56.0  # surer than the title
JOINTS: Final = frozenset({"och", "samt"})
# Verbs that say nothing but that money is given.
GIVES: Final = frozenset(
    "anslog anslår anvisar avsatte avsätter beräknar investerade investerar satsade satsar tillför tillförde".split()
)
# What money goes to that is given beside one of these: "bygger ut P och avsätter N".
BUILDS: Final = RAISES | frozenset(
    """breddar bygger etablerar fördjupar förlänger förnyar inför inrättar intensifierar moderniserar permanentar
    reformerar rustar startar utvecklar utvidgar utökade återinför återupprättar växlar""".split()
)
NO_DEED: Final = frozenset({"beräknas", "bedöms", "finns", "väntas"})
BESIDE: Final = grammar.HEDGES | frozenset("också därför nu totalt under ytterligare även".split())


def joined(stretch: Stretch) -> Iterator[Candidate]:
    """``bygger ut P och avsätter N``, ``föreslår att P förlängs och att N avsätts``: what is done besides giving."""
    end = back(stretch, len(stretch.low))
    if stretch.low[end - 2 : end] == ["och", "att"]:
        phrase = subject_before(stretch, end - 2)
    elif stretch.at(end - 1) in GIVES and stretch.at(joint := back(stretch, end - 1) - 1) in JOINTS:
        phrase = object_before(stretch.until(joint))
    else:
        return
    if (got := accepted(stretch, phrase)) and not is_person(stretch, got):
        yield offer(stretch, got, "area.subject", JOINED)


def by_means(left: Stretch, right: Stretch) -> Iterator[Candidate]:
    """``Med N stärks P``, ``Med N vill regeringen bygga ut P``: what is done with the sum that opens the sentence."""
    first = left.first_word()
    if left.at(first) != "med" or not BESIDE.issuperset(left.low[first + 1 :]):
        return
    verb = next((at for at, word in enumerate(right.low[:4]) if grammar.is_finite(word)), -1)
    phrase = done_with(right, verb) if verb >= 0 else None
    if (got := accepted(right, phrase)) and not is_person(right, got) and right.head_word(got) not in NO_OBJECT:
        yield offer(right, got, "area.subject", JOINED)


def done_with(right: Stretch, verb: int) -> Phrase | None:
    """What the verb after a sum acts on, or the subject of a passive one: ``kan P byggas ut``."""
    if right.at(verb + 1) in grammar.GIVERS:
        acting = right.at(verb) in BUILDS or right.at(verb) in WILL
        return object_of(right, verb) if acting else None
    phrase = noun_phrase(right, verb + 1)
    passive = right.at(phrase.end if phrase and right.at(verb) in WILL else verb)
    return phrase if passive.endswith("s") and passive not in NO_DEED else None


def back(stretch: Stretch, end: int) -> int:
    """The end without hedges, years and adverbs."""
    while end > 0 and (stretch.at(end - 1) in BESIDE or grammar.YEAR.match(stretch.at(end - 1))):
        end -= 1
    return end


def object_before(before: Stretch) -> Phrase | None:
    """What the verb of the clause acts on."""
    verb = finite_index(before)
    phrase = object_of(before, verb) if before.at(verb) in BUILDS and verb >= 0 else None
    return phrase if phrase and before.head_word(phrase) not in NO_OBJECT else None


def subject_before(stretch: Stretch, joint: int) -> Phrase | None:
    """The subject of the passive verb before the joint: ``att P förlängs``."""
    verb = next((at for at in range(joint - 1, 0, -1) if grammar.is_finite(stretch.at(at))), 0)
    if not verb or not stretch.at(verb).endswith("s"):
        return None
    phrase = noun_phrase(stretch, clause_start(stretch, verb))
    return phrase if phrase and phrase.end <= verb else None
