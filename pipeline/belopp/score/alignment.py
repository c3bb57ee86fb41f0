"""Pair the rows of two sheets that speak of the same mention, before anything in them is judged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from belopp.score.cells import NEAR
from belopp.score.sheets import Entry


def align(golds: Sequence[Entry], preds: Iterable[Entry], *, exact: bool = False) -> dict[Entry, Entry]:
    """Pair the rows of one document one to one, gold to predicted, greatest overlap first.

    Spans must share half of their union (with ``exact``: be equal).  Of equal overlaps a pair with the
    same value goes first, then the earlier one.
    """
    ordered = sorted(preds, key=lambda pred: (pred.start, pred.end, pred.line))
    candidates = sorted(_candidates(golds, ordered, exact=exact), key=lambda candidate: candidate[0])
    pairs: dict[Entry, Entry] = {}
    taken: set[Entry] = set()
    for _, gold, pred in candidates:
        if gold not in pairs and pred not in taken:
            pairs[gold] = pred
            taken.add(pred)
    return pairs


def overlap(one: Entry, other: Entry) -> float:
    """The intersection of two spans over their union, 0.0 to 1.0."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def same_value(one: Entry, other: Entry) -> bool:
    """Whether two rows state the same sum: both ends and the currency, as decimals."""
    stated = one.low is not None and one.high is not None
    return stated and (one.low, one.high, one.currency) == (other.low, other.high, other.currency)


_Rank = tuple[float, bool, int, int, int, int]


def _candidates(golds: Iterable[Entry], preds: Sequence[Entry], *, exact: bool) -> Iterator[tuple[_Rank, Entry, Entry]]:
    """Every pair near enough, with its place in the queue; ``preds`` come by start."""
    starts = [pred.start for pred in preds]
    longest = max((pred.end - pred.start for pred in preds), default=0)
    for gold in golds:
        if gold.end <= gold.start:  # a span that could not be read
            continue
        reach = slice(bisect_left(starts, gold.start - longest), bisect_left(starts, gold.end))
        for pred in preds[reach]:
            share = overlap(gold, pred)
            if share >= (1.0 if exact else NEAR):
                rank = (-share, not same_value(gold, pred), gold.start, pred.start, gold.line, pred.line)
                yield rank, gold, pred
