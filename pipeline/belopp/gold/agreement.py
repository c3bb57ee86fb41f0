"""How far two annotators agree: the share of equal cells and Cohen's kappa by column, with 95 % intervals."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from belopp.model import VOCABULARIES
from belopp.score import FACETS, ROUNDS, SEED, Comparison, figures
from belopp.score.cells import folded
from belopp.score.intervals import Interval, interval_text, share_text

MENTION: Final = "mention"

_Pairs = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one column, over the ``pairs`` of rows that both have: the share that agrees, and kappa beyond chance.

    Of ``mention`` the share is F1: twice the rows that both have over the rows of both.  ``kappa`` is ``None`` for
    open columns and where chance alone explains all; the intervals where there are too few documents to draw from.
    """

    column: str
    pairs: int
    share: float | None
    share_interval: Interval | None
    kappa: float | None = None
    kappa_interval: Interval | None = None


def agreement(comparison: Comparison, *, rounds: int = ROUNDS, seed: int = SEED) -> list[Agreement]:
    """The agreement on mentions and then on each column; intervals from ``rounds`` draws of whole documents."""
    told = figures(comparison, rounds=rounds, seed=seed)
    if not told.measures:
        return []
    mention = told.measures[MENTION]
    found = [Agreement(MENTION, told.aligned, mention.f1, mention.f1_interval)]
    for column in FACETS:
        measure = told.measures[column]
        interval = _kappa_interval(_confusions(comparison, column), rounds, seed) if column in VOCABULARIES else None
        found.append(
            Agreement(column, measure.aligned, measure.accuracy, measure.accuracy_interval, measure.kappa, interval)
        )
    return found


def _confusions(comparison: Comparison, column: str) -> list[_Pairs]:
    return [
        _Pairs((folded(one[column]), folded(other[column])) for one, other in document.pairs.items())
        for document in comparison.documents
    ]


def kappa(pairs: Mapping[tuple[str, str], int]) -> float | None:
    """Cohen's kappa of counted pairs; ``None`` without any, or when both always say one same thing.

    >>> kappa({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})
    0.4
    """
    total = sum(pairs.values())
    if not total:
        return None
    observed = sum(n for (one, other), n in pairs.items() if one == other) / total
    ours, theirs = _Margin(), _Margin()
    for (one, other), n in pairs.items():
        ours[one] += n
        theirs[other] += n
    by_chance = sum(n * theirs[word] for word, n in ours.items()) / total**2
    return round((observed - by_chance) / (1 - by_chance), 12) if by_chance < 1 else None


_Margin = Counter[str]


def _kappa_interval(documents: Sequence[_Pairs], rounds: int, seed: int) -> Interval | None:
    """The middle 95 % of the kappas of drawn documents."""
    if len(documents) < 2:
        return None
    rng = random.Random(seed)
    drawn = [kappa(_added(rng.choices(documents, k=len(documents)))) for _ in range(rounds)]
    ordered = sorted(each for each in drawn if each is not None)
    last = len(ordered) - 1
    return (ordered[round(0.025 * last)], ordered[round(0.975 * last)]) if ordered else None


def _added(documents: Iterable[_Pairs]) -> _Pairs:
    total = _Pairs()
    for pairs in documents:
        for pair, n in pairs.items():
            total[pair] += n
    return total


def render(told: Sequence[Agreement]) -> str:
    """The agreement as lines of plain text, one column a line under a head."""
    lines = [f"{'':15}pairs  share  interval       kappa  interval"]
    for each in told:
        line = f"{each.column:15}{each.pairs:5}  {share_text(each.share)}  {interval_text(each.share_interval)}"
        if each.column in VOCABULARIES:
            line += f"    {share_text(each.kappa)}  {interval_text(each.kappa_interval)}"
        lines.append(line.rstrip())
    return "\n".join(lines)
