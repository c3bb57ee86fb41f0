"""Turn the counts of a comparison into precision, recall, F1, their intervals and kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from belopp.model import VOCABULARIES
from belopp.score.cells import NEAR
from belopp.score.confusions import confusion
from belopp.score.intervals import Interval, Intervals, interval_text, intervals, share_text
from belopp.score.judging import ALWAYS_FILLED, FACETS, Comparison, Tally

METRICS: Final = ("mention", "mention exact", *FACETS, "row", "ledger row")
"""Every metric, in the order of the report."""

FILLED: Final = tuple(facet for facet in FACETS if facet not in ALWAYS_FILLED)
"""The metrics that are measured over the filled cells, too."""

ROUNDS: Final = 1000
SEED: Final = 20240101


@dataclass(frozen=True, slots=True)
class Filled:
    """Precision, recall and F1 over only the rows where the column is not empty."""

    precision: float | None
    recall: float | None
    f1: float | None
    right: int
    pred: int
    gold: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric, shares from 0.0 to 1.0; ``None`` where there is nothing to divide by.

    ``accuracy`` is the share of the ``aligned`` pairs that are right; a mention has none.  ``kappa`` is
    Cohen's, for the columns with closed vocabularies.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    f1_interval: Interval | None
    right: int
    pred: int
    gold: int
    accuracy: float | None = None
    accuracy_interval: Interval | None = None
    aligned: int = 0
    filled: Filled | None = None
    kappa: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All metrics of a comparison, and how they were made."""

    docs: int
    gold: int
    pred: int
    aligned: int
    exact: bool
    rounds: int
    seed: int
    measures: Mapping[str, Measure]
    warnings: tuple[str, ...] = ()

    def f1(self, metric: str) -> float | None:
        """The F1 of ``metric``; ``NAME filled`` is that over the filled cells.  :class:`KeyError` if unknown."""
        if metric in self.measures:
            return self.measures[metric].f1
        filled = self.measures[metric.removesuffix(" filled")].filled
        if filled is None:
            raise KeyError(metric)
        return filled.f1


def figures(comparison: Comparison, *, rounds: int = ROUNDS, seed: int = SEED) -> Figures:
    """Add up ``comparison``, with 95 % percentile intervals from ``rounds`` draws of whole documents.

    With fewer than two documents there is nothing to draw from, and no interval.
    """
    documents = comparison.documents
    if len(documents) < 2:
        rounds = 0
    per_metric = {m: [d.tallies[m] for d in documents] for m in METRICS} if documents else {}
    drawn = intervals(per_metric, rounds=rounds, seed=seed)
    return Figures(
        docs=len(documents),
        gold=sum(len(document.golds) for document in documents),
        pred=sum(len(document.preds) for document in documents),
        aligned=sum(len(document.pairs) for document in documents),
        exact=comparison.exact,
        rounds=rounds,
        seed=seed,
        measures={m: _measure(m, comparison, _total(tallies), drawn[m]) for m, tallies in per_metric.items()},
        warnings=comparison.warnings,
    )


def _measure(metric: str, comparison: Comparison, total: Tally, drawn: Intervals) -> Measure:
    precision, recall, f1 = _shares(total)
    return Measure(
        precision=precision,
        recall=recall,
        f1=f1,
        f1_interval=drawn[0],
        right=total.right,
        pred=total.pred,
        gold=total.gold,
        accuracy=_ratio(total.agreed, total.aligned),
        accuracy_interval=drawn[1],
        aligned=total.aligned,
        filled=_filled(metric, comparison),
        kappa=_kappa(metric, comparison) if metric in VOCABULARIES else None,
    )


def _filled(metric: str, comparison: Comparison) -> Filled | None:
    if metric not in FILLED:
        return None
    total = _total(document.tallies[f"{metric} filled"] for document in comparison.documents)
    return Filled(*_shares(total), total.right, total.pred, total.gold)


def _kappa(column: str, comparison: Comparison) -> float | None:
    """Cohen's kappa of a closed vocabulary over the aligned pairs: agreement beyond what chance gives."""
    counts = {words: len(pairs) for words, pairs in confusion(comparison, column).items()}
    rows = sum(counts.values())
    if not rows:
        return None
    observed = sum(n for (one, other), n in counts.items() if one == other) / rows
    ours, theirs = Counter[str](), Counter[str]()
    for (one, other), n in counts.items():
        ours[one] += n
        theirs[other] += n
    by_chance = sum(n * theirs[word] for word, n in ours.items()) / rows**2
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None


def _total(tallies: Iterable[Tally]) -> Tally:
    return Tally(*map(sum, zip(*tallies, strict=True)))


def _shares(tally: Tally) -> tuple[float | None, float | None, float | None]:
    return (
        _ratio(tally.right, tally.pred),
        _ratio(tally.right, tally.gold),
        _ratio(2 * tally.right, tally.pred + tally.gold),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


# ---------------------------------------------------------------------------------------------- reports


def as_json(result: Figures) -> dict[str, object]:
    """``result`` as plain values for JSON."""
    return {
        "docs": result.docs,
        "gold": result.gold,
        "pred": result.pred,
        "aligned": result.aligned,
        "alignment": _alignment(result),
        "bootstrap": {"rounds": result.rounds, "seed": result.seed},
        "metrics": {metric: _measure_as_json(metric, measure) for metric, measure in result.measures.items()},
        "warnings": list(result.warnings),
    }


def _measure_as_json(metric: str, measure: Measure) -> dict[str, object]:
    def pair(interval: Interval | None) -> list[float] | None:
        return list(interval) if interval else None

    plain: dict[str, object] = {name: getattr(measure, name) for name in ("precision", "recall", "f1")}
    plain["f1_ci"] = pair(measure.f1_interval)
    plain |= {name: getattr(measure, name) for name in ("right", "pred", "gold")}
    if not metric.startswith("mention"):
        plain["accuracy"] = measure.accuracy
        plain["accuracy_ci"] = pair(measure.accuracy_interval)
        plain["aligned"] = measure.aligned
    if measure.filled is not None:
        plain["filled"] = {name: getattr(measure.filled, name) for name in Filled.__slots__}
    if metric in VOCABULARIES:
        plain["kappa"] = measure.kappa
    return plain


def render_table(result: Figures) -> str:
    """``result`` as lines of plain text, one metric a line under a head."""
    head = (
        f"{result.docs} documents, {result.gold} gold rows, {result.pred} predicted, {result.aligned} aligned "
        f"({_alignment(result)}); 95 % intervals by document, {result.rounds} rounds"
    )
    titles = f"{'':15}    P     R    F1  interval        acc  interval       n   filled F1 (gold)   kappa"
    return "\n".join([head, titles, *(_line(metric, measure) for metric, measure in result.measures.items())])


def _line(metric: str, measure: Measure) -> str:
    line = f"{metric:15}{share_text(measure.precision)} {share_text(measure.recall)} {share_text(measure.f1)}"
    line += f"  {interval_text(measure.f1_interval)}"
    if not metric.startswith("mention"):
        line += f"   {share_text(measure.accuracy)}  {interval_text(measure.accuracy_interval)} {measure.aligned:5}"
    filled = f"   {share_text(measure.filled.f1)} ({measure.filled.gold})" if measure.filled else ""
    kappa = f"   {share_text(measure.kappa)}" if metric in VOCABULARIES else ""
    return f"{line}{filled:19}{kappa}".rstrip()


def _alignment(result: Figures) -> str:
    return "exact" if result.exact else f"overlap >= {NEAR}"
