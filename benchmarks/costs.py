"""What documents cost, one by one: measured over an archive, and drawn again for a crawl of any size."""

from __future__ import annotations

import hashlib
import math
import random
import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from belopp.rulebook import Rulebook
    from belopp.tables import Line

    Seconds = npt.NDArray[np.float64]

# The costliest documents, from which the tail is drawn.
TAIL: Final = 100
# Documents that lie beside each other: of one kind and year, as a site's pages would be.
NEIGHBOURS: Final = 1_000
BATCH: Final = 256


class Costs(NamedTuple):
    """The measured costs of documents, in seconds of one core and in bytes.

    All but the costliest cost ``mean`` seconds with a ``deviation``; the ``share`` that is left follows a Pareto law
    from ``least`` seconds on with this ``exponent``, up to the ``limit`` at which a document is given up.  ``clumping``
    is how much neighbours have in common: the deviation of the logarithm of a neighbourhood's cost for a byte, beyond
    what chance makes of it.  ``size`` is a document's mean bytes.
    """

    mean: float
    deviation: float
    share: float
    least: float
    exponent: float
    clumping: float
    size: float
    limit: float


def costs_of(costs: Sequence[tuple[float, int]], *, limit: float) -> Costs:
    """Seconds and bytes of documents, in the order in which they lie beside each other."""
    seconds = sorted(cost for cost, _ in costs)
    usual, tail = seconds[:-TAIL], seconds[-TAIL:]
    size = statistics.fmean(size for _, size in costs)
    share = len(tail) / len(costs)
    means = statistics.fmean(usual), statistics.pstdev(usual)
    return Costs(*means, share, tail[0], exponent_of(tail), clumping_of(costs), size, limit)


def exponent_of(tail: Sequence[float]) -> float:
    """How heavy a tail is, by Hill: below 2 its spread, below 1 its mean has no end but the limit.

    >>> round(exponent_of([(1 - n / 1000) ** -0.5 for n in range(1000)]), 1)
    2.0
    """
    least = min(tail)
    return len(tail) / sum(math.log(cost / least) for cost in tail) if max(tail) > least else math.inf


def clumping_of(costs: Sequence[tuple[float, int]], *, together: int = NEIGHBOURS, seed: int = 1) -> float:
    """How much the cost for a byte of neighbouring documents differs, beyond what it would in any order."""

    def spread(ordered: Sequence[tuple[float, int]]) -> float:
        parts = [ordered[start : start + together] for start in range(0, len(ordered) - together + 1, together)]
        logs = [math.log(sum(cost for cost, _ in part) / sum(size for _, size in part)) for part in parts]
        return statistics.pvariance(logs) if len(logs) > 1 else 0.0

    chance = random.Random(seed)
    mixed = [spread(chance.sample(costs, len(costs))) for _ in range(5)]
    return math.sqrt(max(spread(costs) - statistics.fmean(mixed), 0.0))


# ------------------------------------------------------------------ measuring


def measure(archive: Path) -> dict[str, Any]:
    """What the documents of an archive cost: all of them as an engine examines them, and each by itself."""
    import enlarging

    from belopp import rulebook
    from belopp.batch.examining import LIMIT, examine_bytes
    from belopp.read import Listing

    book = rulebook.load()
    told = list(enlarging.documents(archive))
    whole, rows = as_an_engine(told)
    costs: list[tuple[float, int]] = []
    found: list[tuple[Line, ...]] = []
    for doc, text, *about in told:
        data = text.encode()
        began = process_time()
        sha256 = hashlib.sha256(data).hexdigest()
        record = examine_bytes(data, doc, Listing(*about), book, limit=LIMIT, sha256=sha256)
        costs.append((process_time() - began, len(data)))
        if record.amounts:
            found.append(record.amounts)
    # What an engine does besides, to and from Arrow, is laid on every document alike.
    besides = (whole - sum(cost for cost, _ in costs)) / len(costs)
    costs = [(max(cost + besides, cost / 2), size) for cost, size in costs]
    return {
        "documents": len(costs),
        "MB": round(sum(size for _, size in costs) / 1e6, 3),
        "seconds": round(whole, 3),
        "with sums": len(found),
        "rows": rows,
        "dearest": round(max(costs)[0], 4),
        "costs": {name: float(f"{value:.5g}") for name, value in costs_of(costs, limit=LIMIT)._asdict().items()},
        "grouping": grouped(found, book),
    }


def as_an_engine(told: Sequence[tuple[str, ...]]) -> tuple[float, int]:
    """Seconds of the processor for all documents through the core that engines call, and the sums found."""
    import pyarrow as pa
    from enlarging import COLUMNS

    from belopp import examined

    lines = iter(told)
    batches = []
    while group := list(islice(lines, BATCH)):
        batches.append(pa.RecordBatch.from_pydict(dict(zip(COLUMNS, zip(*group, strict=True), strict=True))))
    for _ in examined(batches[:1]):  # rules are loaded once a process
        pass
    began = process_time()
    rows = sum(sum(sums or 0 for sums in batch.column("sums").to_pylist()) for batch in examined(batches))
    return process_time() - began, rows


def grouped(found: Sequence[tuple[Line, ...]], book: Rulebook) -> dict[str, Any]:
    """What grouping the sums into commitments costs, and how unequal its blocks are."""
    from belopp.commitments import Commitments, cards_of, judge_of
    from belopp.commitments.blocks import Blocks

    began = process_time()
    with Commitments(book) as commitments:
        for lines in found:
            commitments.add(lines)
        commitments.settle()
        told = sum(1 for _ in commitments.lines())
    seconds = process_time() - began
    judge, blocks, sizes = judge_of(book.areas), Blocks(), Counter[int]()
    made = [(document, card) for document, lines in enumerate(found) for card in cards_of(lines, judge)]
    for number, (document, card) in enumerate(made):
        blocks.add(number, card, document=document)
        sizes.update(card.keys)
    return {
        "statements": len(made),
        "commitments": told,
        "seconds": round(seconds, 3),
        "entries": sizes.total(),
        "pairs": sum(1 for _ in blocks.pairs()),
        "largest block": sizes.most_common(1)[0][1] if sizes else 0,
    }


# ------------------------------------------------------------------ drawing


def partitions(costs: Costs, *, count: int, mb: float, chance: np.random.Generator) -> Seconds:
    """The seconds that each of ``count`` partitions of ``mb`` MB of text takes, drawn from the measured costs.

    Each holds so many documents at random, its tail drawn anew from the Pareto law, and is dearer or cheaper as a whole
    by the clumping: as if every partition came from one site.
    """
    import numpy as np

    documents = max(round(mb * 1e6 / costs.size), 1)
    many = chance.binomial(documents, costs.share, count)
    usual = documents - many
    drawn = np.maximum(chance.normal(usual * costs.mean, np.sqrt(usual) * costs.deviation), 0.0)
    tail = np.minimum(costs.least * (1 - chance.random(int(many.sum()))) ** (-1 / costs.exponent), costs.limit)
    ends = np.concatenate(([0], np.cumsum(tail)))
    stops = np.cumsum(many)
    drawn = drawn + ends[stops] - ends[stops - many]
    factors = np.exp(chance.normal(-(costs.clumping**2) / 2, costs.clumping, count))
    return np.asarray(drawn * factors, dtype=np.float64)
