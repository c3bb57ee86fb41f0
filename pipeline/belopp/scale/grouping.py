"""What an executor does of grouping statements into commitments: each step over batches that hold whole groups.

The steps are those of ``belopp.commitments`` over one corpus in one process, cut where rows must meet by another key;
each is given the rows that share its key one after the other, in order, and keeps nothing between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from belopp.commitments.blocks import within
from belopp.commitments.cards import cards_of
from belopp.commitments.clusters import Clusters, Pairs, agreement, join
from belopp.commitments.evidence import Judge, days_between, judge_of
from belopp.commitments.naming import first_told, key, nth_name
from belopp.commitments.naming import written as name_written
from belopp.commitments.statement import unpack
from belopp.commitments.store import Store
from belopp.commitments.telling import line
from belopp.commitments.wholes import Wholes, wholes_of
from belopp.rulebook import Rulebook
from belopp.scale import shapes
from belopp.scale.shapes import batch_of, rows_in
from belopp.tables import AMOUNTS, COMMITMENTS, Line, arrow_arrays, decimal_text
from belopp.tables.columns import MONEY

if TYPE_CHECKING:
    import pyarrow

    Batches = Iterable[pyarrow.RecordBatch]

# What comes out together, and how much of whole groups is taken in at a time.
MOST_ROWS: Final = 10_000
# The statements of one task are numbered from its own on: more than one task can hold.
NUMBERS: Final = 40

_MONEY: Final = tuple(column.type == MONEY for column in AMOUNTS.columns)


def state(batches: Batches, book: Rulebook, task: int) -> Iterator[pyarrow.RecordBatch]:
    """The statements of documents that come by their ids, numbered in that order."""
    judge = judge_of(book.areas)
    number = task << NUMBERS

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal number
        for (amounts,) in rows_in(batches, ["amounts"]):
            cards = cards_of(map(_line, amounts), judge)
            for place, card in enumerate(cards):
                whole = None if card.whole is None else number + card.whole
                yield number + place, number, whole, card.period, card.day, card.keys, card.packed
            number += len(cards)

    return _batched(rows(), shapes.STATEMENTS)


def _line(cells: Mapping[str, Any]) -> Line:
    """A line of ``amounts`` from Arrow's: money as the tables write it."""
    return tuple(
        decimal_text(cell) if money else cell
        for cell, money in zip((cells[name] for name in AMOUNTS.names), _MONEY, strict=True)
    )


def meet(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """The pairs worth a look among statements that come by block and number."""

    def rows() -> Iterator[tuple[int, int]]:
        for _, block in groupby(rows_in(batches, shapes.ENTRIES), itemgetter(0)):
            _, numbers, *told = zip(*block, strict=True)
            for one, other in within(list(range(len(numbers))), *told):
                yield numbers[one], numbers[other]

    return _batched(rows(), shapes.PAIRS)


def weigh(batches: Batches, book: Rulebook) -> Iterator[pyarrow.RecordBatch]:
    """The pairs for which anything speaks, with how much, and the days between them."""
    judge = judge_of(book.areas)

    def rows() -> Iterator[tuple[int, ...]]:
        for *ends, mine, theirs in rows_in(batches, shapes.LOOKS):
            one, other = unpack(mine), unpack(theirs)
            if weight := agreement(one, other, judge):
                yield (*ends, weight, days_between(one, other))

    return _batched(rows(), shapes.WEIGHED)


def help_companions(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """The pairs for which enough speaks, among pairs that come by their two documents."""

    def rows() -> Iterator[tuple[int, int, int]]:
        for chunk in _chunks(rows_in(batches, shapes.WEIGHED), itemgetter(2, 3)):
            yield from _enough(chunk)

    return _batched(rows(), shapes.ENOUGH)


def _enough(weighed: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int, int]]:
    import numpy as np

    document_of = {number: document for row in weighed for number, document in ((row[0], row[2]), (row[1], row[3]))}
    numbers = sorted(document_of)
    place = {number: place for place, number in enumerate(numbers)}
    documents = np.unique([document_of[number] for number in numbers], return_inverse=True)[1].astype(np.uint32)
    pairs = Pairs()
    for one, other, _, _, weight, days in weighed:
        pairs.add(place[one], place[other], weight, days)
    return ((numbers[one], numbers[other], rank) for one, other, rank in pairs.enough(documents))


def hang_together(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Each number of the edges that a task holds, with the least number that they tie it to."""
    least: dict[int, int] = {}

    def find(number: int) -> int:
        while (above := least.setdefault(number, number)) != number:
            least[number] = number = least[above]
        return number

    for edge in rows_in(batches, shapes.PAIRS):
        lower, higher = sorted(map(find, edge))
        least[higher] = lower
    return _batched(((number, found) for number in least if (found := find(number)) != number), shapes.FOREST)


def settle(batches: Batches, book: Rulebook) -> Iterator[pyarrow.RecordBatch]:
    """The commitments of statements that come by what hangs together, and by number; all but their names."""
    import pyarrow as pa

    judge = judge_of(book.areas)
    own = len(shapes.SETTLED) - len(COMMITMENTS.names)
    head = dict(list(shapes.SETTLED.items())[:own])
    for chunk in _chunks(rows_in(batches, shapes.TOGETHER), itemgetter(0)):
        rows = list(_settled(chunk, judge))
        arrays = [
            *batch_of([row[:own] for row in rows], head).columns,
            *arrow_arrays([row[own:] for row in rows], COMMITMENTS),
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=list(shapes.SETTLED))


def _settled(chunk: Sequence[tuple[Any, ...]], judge: Judge) -> Iterator[tuple[Any, ...]]:
    store, wholes = Store(), Wholes()
    try:
        for _, document in groupby(chunk, itemgetter(0, 2)):
            packed = [row[3] for row in document]
            wholes.add(wholes_of(list(map(unpack, packed))), list(map(store.add, packed)))
        numbers = [row[1] for row in chunk]
        clusters = join(_strongest_first(chunk), store, judge)
        wholes.settle(store, clusters)
        for root in clusters.roots():
            yield _commitment(root, numbers, clusters, store, wholes, judge)
    finally:
        store.close()


def _strongest_first(chunk: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    place = {row[1]: place for place, row in enumerate(chunk)}
    pairs = [(pair["rank"], place[row[1]], place[pair["other"]]) for row in chunk for pair in row[4] or ()]
    return ((one, other) for _, one, other in sorted(pairs))


def _commitment(
    root: int, numbers: Sequence[int], clusters: Clusters, store: Store, wholes: Wholes, judge: Judge
) -> tuple[Any, ...]:
    told = [store.read(number) for number in clusters.members(root)]
    first = min(told, key=first_told)
    return (
        numbers[root],
        key(first, judge),
        *first_told(first),
        [{"doc": one.doc, "start": start} for one in told for start, _ in one.places],
        [numbers[whole] for whole in wholes.of(root)],
        *line("", told, "", (), judge),
    )


def tell_apart(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """The names of commitments that come by key, and of one key by who told of them first."""

    def rows() -> Iterator[tuple[int, str]]:
        for text, twins in groupby(rows_in(batches, shapes.TWINS), itemgetter(0)):
            for nth, twin in enumerate(twins, 1):
                yield twin[-1], name_written(nth_name(text, nth))

    return _batched(rows(), shapes.NAMES)


def _chunks(
    rows: Iterable[tuple[Any, ...]], group: Callable[[tuple[Any, ...]], object]
) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in lists of whole groups: a list ends with the group that makes it long enough."""
    chunk: list[tuple[Any, ...]] = []
    for _, members in groupby(rows, group):
        chunk += members
        if len(chunk) >= MOST_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _batched(rows: Iterator[Sequence[Any]], columns: Mapping[str, str]) -> Iterator[pyarrow.RecordBatch]:
    while held := list(islice(rows, MOST_ROWS)):
        yield batch_of(held, columns)
