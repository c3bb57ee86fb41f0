"""Weighs the purposes that stand before a sum: every way to read them that may be surer than what is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from belopp.area.adjuncts import THROUGH, adjuncts, loose, through
from belopp.area.balances import balances
from belopp.area.bounds import bounded
from belopp.area.candidate import Candidate, surest, weaker
from belopp.area.heads import heads
from belopp.area.joined import JOINED, joined
from belopp.area.objects import RAISED_OUTRIGHT, measured, objects, supplied
from belopp.area.stretch import Stretch
from belopp.area.subjects import changed, subjects
from belopp.area.worth import amounting, given_away
from belopp.model import FUNDING


def left_of(stretch: Stretch, kind: str, best: Candidate | None, *, opening: bool) -> Candidate | None:
    """The surest purpose that stands before a sum, or ``best``; ``opening`` when the stretch begins the sentence."""
    for most, offered in readings_left(stretch, kind, opening):
        if best is None or best.score < most:
            best = surest(offered, best)
    return best


def readings_left(stretch: Stretch, kind: str, opening: bool) -> Iterator[tuple[float, Iterable[Candidate]]]:
    """The ways to read what stands before a sum, each with the most that it can score, none read yet."""
    funding = kind == FUNDING
    yield 82.0, heads(stretch)
    if opening:
        yield 72.0, weaker(adjuncts(stretch), 0.0 if funding else 30.0)
    if "area.subject" in stretch.book:
        yield RAISED_OUTRIGHT, objects(stretch)
        yield 62.0, supplied(stretch)
        if funding and opening:
            yield JOINED, joined(stretch)
        if not funding:
            yield 79.0, changed(stretch)
            yield 78.5, balances(stretch)
            yield 78.0, measured(stretch)
            yield 78.0, bounded(stretch)
        yield (66.0 if funding else 76.0) + len(stretch.low) / 50, subjects(stretch, kind, opening=opening)
        yield 54.0 if funding else 78.0, amounting(stretch, kind)
        yield 76.0, given_away(stretch)
    if opening and "area.through" in stretch.book:
        yield THROUGH, through(stretch)
    yield 60.0, weaker(loose(stretch), 0.0 if funding else 14.0)
