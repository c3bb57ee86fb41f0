"""Finds what a sum is about where nobody speaks for the state, whose titles name it seldom: ``priset, N, gick till``.

These readings are less sure than those of ``left`` and ``right``, and surer than such a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.verbs import OPENING_ADVERBS
from belopp.area.whom import actor_like, is_person
from belopp.area.worth import says_how_much

SURE: Final = 47.0  # surer than any title
# Compounds of these say in what form somebody pays or gets: "betala N i sanktionsavgift", "fick N i elstöd".
FORMS: Final = (
    "arvode", "arvoden", "avgift", "avgifter", "avgångsvederlag", "besparingar", "bidrag", "bonus", "borgen", "böter",
    "ersättning", "ersättningar", "försäljning", "gåvor", "hyra", "hyror", "intäkter", "investeringar", "lön", "löner",
    "lån", "moms", "pension", "pensioner", "premier", "provision", "ränta", "räntor", "skadestånd", "skatt", "skatter",
    "stipendier", "stipendium", "stöd", "utdelning", "vinst", "vite", "återbäring",
)  # fmt: skip
# Alone they say nothing of what for.
BARE_FORMS: Final = frozenset("bidrag ersättning lån stöd".split())
INVESTS: Final = ("investera", "satsa")
ENDS: Final = frozenset({";", "medan", "men", "varav", "vilka", "vilken", "vilket"})
# Verbs that tell of the size of their subject.
LEVELS: Final = frozenset(
    """blev blir blivit gav ger gick går hamnade hamnar kosta kostade kostar landade landar ligger låg lyder löd
    motsvarade motsvarar nådde når omfattade omfattar passerade passerat passerar rymmer stannade stannar uppgick
    uppgår var varit är överskrider översteg överstiga överstiger""".split()
)
# Between such a verb and the sum.
BESIDE: Final = frozenset(
    """( ) bara dock då endast från för genomsnitt hela helåret i idag inte kan kvartalet med motsvarande nu om
    omräknat på redan sammanlagt sin sitt snitt till totalt under vid ytterligare ändå""".split()
).union(grammar.HEDGES, grammar.TIME)
LEADING: Final = frozenset({"om", "på", "sammanlagt", "totalt", "värd", "värda", "värt"})
REACH: Final = 7  # words between such a verb and the sum
GENERAL: Final = frozenset("del hälften mest minst resten störst".split())


def untitled(left: Stretch, right: Stretch) -> Iterator[Candidate]:
    """What is about as sure as a title would be, on either side of a sum."""
    if "area.in" in right.book:
        yield from paid_as(right, left)
    if "area.subject" in left.book:
        yield from beside(left)
        yield from charged(left)
        yield from sized(left)


def paid_as(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``N har kommunerna fått i statsbidrag``, ``N investerar bolaget i P``: what ``i`` opens, away from the sum."""
    invests = any(word.startswith(INVESTS) for word in (*left.low[-8:], *right.low[:8]))
    for index, word in enumerate(right.low):
        if word in ENDS or word == "." or word == "och" and grammar.is_finite(right.at(index + 1)):
            return
        if word not in {"i", "på"} or not right.opens(index) or (phrase := noun_phrase(right, index + 1)) is None:
            continue
        head = right.head_word(phrase)
        bare = head in BARE_FORMS and len(right.content(phrase)) == 1
        bare = bare or index == 0 and head in right.lexicon.money
        if word == "i" and head.endswith(FORMS) and not bare or invests and accepted(right, phrase):
            yield offer(right, phrase, "area.in", SURE + 1)
            return


def charged(stretch: Stretch) -> Iterator[Candidate]:
    """``åläggs en särskild avgift på N``, ``en läxavgift på 2 procent eller N``: the form of money that N is."""
    end = len(stretch.low)
    while end and (stretch.at(end - 1) in LEADING or stretch.at(end - 1) in grammar.HEDGES):
        end -= 1
    if stretch.low[end - 2 : end] == ["procent", "eller"]:
        end = next((at for at in range(end - 2, max(end - 5, 0), -1) if stretch.at(at) == "på"), 0)
    head = end - 1
    if end < 1 or end == len(stretch.low) or not stretch.at(head).endswith(FORMS):
        return
    word = stretch.at(head - 1)
    told = head > 0 and stretch.is_adjective(head - 1) and word not in grammar.NO_CONTENT | grammar.PALE
    told = told and not grammar.is_infinitive(word) or word.startswith("särskil")
    if told or stretch.at(head) not in BARE_FORMS:
        yield offer(stretch, Phrase(head - told, end), "area.subject", SURE)


def named(stretch: Stretch, phrase: Phrase | None) -> bool:
    """Whether a phrase may be what a figure is about: nobody, no word that points back or only says how much."""
    if phrase is None or is_person(stretch, phrase) or actor_like(stretch, phrase.start, phrase.end):
        return False
    head = stretch.head_word(phrase)
    if says_how_much(head) or stretch.at(phrase.start) in GENERAL or stretch.at(phrase.start) in grammar.TIME:
        return False
    kinds = [word for word in stretch.content(phrase) if not word.endswith("s") and word not in grammar.PALE]
    return accepted(stretch, phrase, money=len(kinds) > 1 or head not in stretch.lexicon.money) is not None


def beside(stretch: Stretch) -> Iterator[Candidate]:
    """``Läxpriset, i år på N, går till``, ``Vinsten per bok: N``: a noun with its sum in apposition."""
    end = len(stretch.low)
    while end and (stretch.at(end - 1) in LEADING or stretch.at(end - 1) in grammar.HEDGES):
        end -= 1
    if stretch.low[end - 2 : end] == ["i", "år"]:
        end -= 2
    if stretch.at(end - 1) not in {",", "("}:
        return
    start = stretch.first_word()
    if stretch.at(start) in grammar.PREPOSITIONS or stretch.at(start) in OPENING_ADVERBS:
        return
    phrase = noun_phrase(stretch, start)
    if phrase and phrase.end == end - 1 and named(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", SURE)


def sized(stretch: Stretch) -> Iterator[Candidate]:
    """``Saneringen på varje plats går på N``, ``där hyran i snitt låg på N``: the subject of a verb of size."""
    last = len(stretch.low) - 1
    verb = last
    while verb > last - REACH and (stretch.at(verb) in BESIDE or grammar.YEAR.match(stretch.at(verb))):
        verb -= 1
    if verb < 1 or stretch.at(verb) not in LEVELS:
        return
    first = verb
    while first and (grammar.is_finite(stretch.at(first - 1)) or grammar.is_infinitive(stretch.at(first - 1))):
        first -= 1  # "måste överstiga"
    for start in starts(stretch, first):
        phrase = noun_phrase(stretch, start)
        if phrase and phrase.end <= first <= phrase.end + 5 and named(stretch, phrase):
            if not any(map(grammar.is_finite, stretch.low[phrase.end : first])):
                yield offer(stretch, phrase, "area.subject", SURE)
                return


def starts(stretch: Stretch, verb: int) -> list[int]:
    """Where the subject of a verb may begin, the nearest clause first."""
    opens = {",", "att", "där", "eftersom", "men", "när", "och", "om", "vars"}
    return [at + 1 for at in range(verb - 1, -1, -1) if stretch.at(at) in opens] + [stretch.first_word()]
