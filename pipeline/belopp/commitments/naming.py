"""The names of commitments: a short hash of what the first publication that told of one says of it."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from typing import Final

from belopp.commitments.clusters import Clusters
from belopp.commitments.evidence import Judge
from belopp.commitments.statement import Statement
from belopp.commitments.store import Store
from belopp.tables import decimal_text

PREFIX: Final = "c-"
_BYTES: Final = 6
_UNDATED: Final = "9999"


def first_told(one: Statement) -> tuple[str, str, int]:
    """By what the first of several statements is known: its date, then its document, then its place."""
    return one.published or _UNDATED, one.doc, one.places[0][0]


def name_all(store: Store, clusters: Clusters, judge: Judge) -> array[int]:
    """By statement number the name of its commitment, as a whole number that :func:`written` writes.

    Commitments whose key is the same (a sum listed twice in one publication) are told apart by their order.
    """
    names = array("Q", [0]) * len(store)
    for root in range(len(store)):
        if clusters.root(root) == root:
            names[root] = _hash(key(_first(root, store, clusters), judge))
    _tell_apart(names, store, clusters, judge)
    for number in range(len(store)):
        names[number] = names[clusters.root(number)]
    return names


def written(name: int) -> str:
    """The name as the tables hold it.

    >>> written(255)
    'c-0000000000ff'
    """
    return f"{PREFIX}{name:012x}"


def key(one: Statement, judge: Judge) -> str:
    """What makes a commitment this one: what for, when, whose, to whom, how much, added or taken away, how often."""
    value = one.values[one.exact]
    area = judge.area(one)
    figures = (decimal_text(value.low), decimal_text(value.high), value.currency)
    names = ("|".join(one.payer), "|".join(one.recipient))
    return "\n".join(
        (area.canonical or " ".join(sorted(area.words)), one.period, *names, *figures, one.change, one.per)
    )


def _first(root: int, store: Store, clusters: Clusters) -> Statement:
    return min((store.read(number) for number in clusters.members(root)), key=first_told)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:_BYTES])


def _tell_apart(names: array[int], store: Store, clusters: Clusters, judge: Judge) -> None:
    roots = [root for root in range(len(store)) if clusters.root(root) == root]
    times = Counter(names[root] for root in roots)
    twins = [root for root in roots if times[names[root]] > 1]
    taken = set(times)
    for root in sorted(twins, key=lambda root: first_told(_first(root, store, clusters))):
        if times[names[root]] > 0:
            times[names[root]] = 0  # the first of them keeps the name
            continue
        nth, text = 2, key(_first(root, store, clusters), judge)
        while (other := _hash(f"{text}\n{nth}")) in taken:
            nth += 1
        taken.add(other)
        names[root] = other
