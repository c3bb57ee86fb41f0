"""Finds the noun that a figure bounds: ``intäkter som överstiger N``, ``ett jämförpris över N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import is_person
from belopp.area.worth import NOUN_LINKS, noun_before, says_how_much

# By these a sum is the bound of what stands before: "intäkter som överstiger N".
EXCEEDING: Final = frozenset("understigande understiger överskridande överskrider överstigande överstiger".split())
BOUNDS: Final = frozenset({"under", "över"})
# What may stand between such a bound and its noun.
BOUND_HEDGES: Final = grammar.HEDGES | BOUNDS | {"inte", "motsvarande", "på"}
BOUND_LINKS: Final = NOUN_LINKS | {"från", "vid"}
# Of these the whole tells: "den del av kostnaden som överstiger N".
PARTS: Final = frozenset({"del", "delen", "grund"})
UNTOLD: Final = frozenset({"inkomst", "inkomster", "underlag"})  # whose, or of what, is said elsewhere


def bounded(stretch: Stretch) -> Iterator[Candidate]:
    """``intäkter som överstiger N``, ``ett jämförpris över N``: the noun that the sum bounds, of rates and figures."""
    end = end_of_bounded(stretch)
    start = stretch.skip_light(noun_before(stretch, end, BOUND_LINKS)) if end else 0
    if stretch.at(start) in PARTS:
        start += 1 + (stretch.at(start + 1) == "av")  # "den del av kostnaden som överstiger"
    if start >= end or end - start > 6 or stretch.at(start)[0].isdigit() or is_no_bounded(stretch.at(end - 1)):
        return
    phrase = Phrase(start, end)
    if accepted(stretch, phrase) and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", 78.0)


def is_no_bounded(head: str) -> bool:
    """Whether the word before a bound says too little, or is a verb: ``har mobiliserat över N``."""
    return says_how_much(head) or head in UNTOLD or head.endswith("at")


def end_of_bounded(stretch: Stretch) -> int:
    """Where the noun ends that the sum bounds; 0 when it bounds none."""
    end = len(stretch.low)
    while end and stretch.at(end - 1) in BOUND_HEDGES:
        end -= 1
    if stretch.at(end - 1) in EXCEEDING:
        return next((at for at in range(end - 2, max(end - 7, -1), -1) if stretch.at(at) == "som"), end - 1)
    if stretch.low[end - 2 : end] == [",", "som"] and end < len(stretch.low):
        return end - 2  # "sanktionsavgifter, som lägst N"
    return 0 if BOUNDS.isdisjoint(stretch.low[end:]) else end
