"""How far a figure would move with other documents: whole documents drawn anew, and the middle of what that gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from belopp.score.judging import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Interval = tuple[float, float]
Intervals = tuple[Interval | None, Interval | None]
"""Of the F1 and of the accuracy."""

_CELLS: Final = 1 << 22  # so many counts are held at once


def intervals(per_metric: Mapping[str, Sequence[Tally]], *, rounds: int, seed: int) -> dict[str, Intervals]:
    """Of every metric the interval of its F1 and of its accuracy, all from the same draws.

    Each metric has a tally for each document, in the same order.  The sums are of whole numbers, so that nothing
    depends on the order in which they are added up.
    """
    import numpy as np

    # Many metrics share a column of counts (all have the same rows to find): each is summed once.
    columns = {metric: tuple(zip(*tallies, strict=True)) for metric, tallies in per_metric.items()}
    distinct = list({column for five in columns.values() for column in five})
    place = {column: n for n, column in enumerate(distinct)}
    if not distinct or not rounds:
        return dict.fromkeys(per_metric, (None, None))
    sums = _drawn(np.array(distinct, dtype=np.float64).T, rounds, seed)
    found = {}
    for metric, five in columns.items():
        right, pred, gold, agreed, aligned = (sums[:, place[column]] for column in five)
        found[metric] = (_middle(2 * right, pred + gold), _middle(agreed, aligned))
    return found


def _drawn(counts: Numbers, rounds: int, seed: int) -> Numbers:
    """The sum of each column of ``counts`` (a line for each document) in each draw."""
    import numpy as np

    at_once = max(1, _CELLS // len(counts))
    draws = _draws(len(counts), rounds, seed)
    parts = []
    while drawn := list(islice(draws, at_once)):
        parts.append(np.array(drawn, dtype=np.float64) @ counts)
    return np.concatenate(parts)


def _draws(documents: int, rounds: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """How often each document is drawn: as ``random.Random(seed).choices`` draws, which the same state makes faster."""
    import numpy as np

    state = random.Random(seed).getstate()[1]
    generator = np.random.RandomState()
    generator.set_state(("MT19937", np.array(state[:-1], dtype=np.uint32), state[-1], 0, 0.0))
    for _ in range(rounds):
        chosen = (generator.random_sample(documents) * documents).astype(np.int64)
        yield np.bincount(chosen, minlength=documents)


def _middle(parts: Numbers, wholes: Numbers) -> Interval | None:
    """The middle 95 % of the draws that gave a figure."""
    import numpy as np

    some = wholes > 0
    ordered = np.sort(parts[some] / wholes[some])
    if not ordered.size:
        return None
    last = ordered.size - 1
    return float(ordered[round(0.025 * last)]), float(ordered[round(0.975 * last)])


def share_text(share: float | None) -> str:
    """A share in a column of figures; a dash where there is none."""
    return "    -" if share is None else f"{share:5.3f}"


def interval_text(interval: Interval | None) -> str:
    """Both ends of an interval in a column of figures; a dash where there is none."""
    return "     -     " if interval is None else f"{interval[0]:5.3f}-{interval[1]:5.3f}"
