"""One purpose that may be the sum's, and how the candidates of a text are written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from belopp.area.stretch import Cues, Phrase, Stretch
from belopp.sentences import Span


class Candidate(NamedTuple):
    """A purpose that may be the sum's: how well it sits (higher is better), where it stands, and why."""

    score: float
    span: Span
    rule: str
    cues: Cues = ()


def offer(stretch: Stretch, phrase: Phrase, rule: str, score: float, *cues: tuple[str, int, int]) -> Candidate:
    """A phrase of a stretch as a candidate."""
    return Candidate(score, stretch.span(phrase), rule, (*cues, *phrase.cues))


def surest(offered: Iterable[Candidate], best: Candidate | None = None) -> Candidate | None:
    """The candidate with the highest score, the first of equals; ``best`` is the best of those before."""
    for one in offered:
        if best is None or one.score > best.score:
            best = one
    return best


def weaker(offered: Iterable[Candidate], by: float) -> Iterator[Candidate]:
    """The candidates, each so much less sure."""
    for one in offered:
        yield one._replace(score=one.score - by) if by else one
