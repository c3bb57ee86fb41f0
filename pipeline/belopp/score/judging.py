"""Judge each aligned pair column by column, and count what is right in each document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from belopp.model import FUNDING
from belopp.score.alignment import align, same_value
from belopp.score.cells import folded, names, same_area, tidy, words, years
from belopp.score.sheets import Entry, Sheet, joined_sheets

FACETS: Final = (
    "value", "modifier", "kind", "change", "status", "payer", "recipient", "area", "area strict", "period", "per",
    "vat", "part_of", "part_of strict", "same_as",
)  # fmt: skip
"""What is judged of a pair, in the order of the guide's columns."""

ROW: Final = ("value", "kind", "change", "status", "payer", "recipient", "area", "period", "part_of")
"""The facets that must all be right for a row to be right."""

LEDGER: Final = ("value", "payer", "recipient", "area", "period")
"""The facets that must all be right for a row to be booked right."""

ALWAYS_FILLED: Final = frozenset({"value", "kind"})
STRICT: Final[Mapping[str, str]] = {"area strict": "area", "part_of strict": "part_of"}

Verdict = Mapping[str, bool]


class Tally(NamedTuple):
    """Counts that add up over documents: right among all rows, and among the ``aligned`` ones."""

    right: int
    pred: int
    gold: int
    agreed: int = 0
    aligned: int = 0


@dataclass(frozen=True, slots=True)
class DocumentComparison:
    """One document in two sheets: its rows, the pairs, a verdict for each pair (by its gold row), the counts."""

    doc: str
    golds: tuple[Entry, ...]
    preds: tuple[Entry, ...]
    pairs: Mapping[Entry, Entry]
    verdicts: Mapping[Entry, Verdict]
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sheets compared, document by document in the order of their ids."""

    gold: Sheet
    pred: Sheet
    documents: tuple[DocumentComparison, ...]
    exact: bool
    warnings: tuple[str, ...] = ()


def compare(gold: Sheet, pred: Sheet, *, docs: Collection[str] | None = None, exact: bool = False) -> Comparison:
    """Align and judge the rows of ``pred`` against those of ``gold``.

    With ``docs`` exactly those documents count, also ones without any row; without it every document of
    either sheet.  With ``exact`` only equal spans are aligned, else also such as share half of their union.
    """
    counted = frozenset(docs) if docs is not None else gold.docs | pred.docs
    golds, preds = _by_document(gold.entries, counted), _by_document(pred.entries, counted)
    documents = tuple(
        _compare_document(doc, tuple(golds[doc]), tuple(preds[doc]), (gold, pred), exact=exact)
        for doc in sorted(counted)
    )
    warnings = (*gold.warnings, *pred.warnings, *_outside(gold, pred, docs), *_moved(documents))
    return Comparison(gold, pred, documents, exact, warnings)


def joined(comparisons: Iterable[Comparison]) -> Comparison:
    """Comparisons of one document or some each, none of which stands in two of them, as one; there is at least one."""
    parts = list(comparisons)
    return Comparison(
        joined_sheets(part.gold for part in parts),
        joined_sheets(part.pred for part in parts),
        tuple(sorted((document for part in parts for document in part.documents), key=lambda held: held.doc)),
        parts[0].exact,
        tuple(warning for part in parts for warning in part.warnings),
    )


def _by_document(entries: Iterable[Entry], counted: Collection[str]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = {doc: [] for doc in counted}
    for entry in entries:
        if entry.doc in grouped:
            grouped[entry.doc].append(entry)
    return grouped


def _compare_document(
    doc: str, golds: tuple[Entry, ...], preds: tuple[Entry, ...], sheets: tuple[Sheet, Sheet], *, exact: bool
) -> DocumentComparison:
    pairs = align(golds, preds, exact=exact)
    backwards = {pred: gold for gold, pred in pairs.items()}
    verdicts = {gold: judge(gold, pred, backwards, sheets) for gold, pred in pairs.items()}
    equal_spans = len(pairs if exact else align(golds, preds, exact=True))
    tallies = _tallies(golds, preds, pairs, verdicts, equal_spans)
    return DocumentComparison(doc, golds, preds, pairs, verdicts, tallies)


# ---------------------------------------------------------------------------------------------- judging


def judge(gold: Entry, pred: Entry, backwards: Mapping[Entry, Entry], sheets: tuple[Sheet, Sheet]) -> Verdict:
    """Which facets of an aligned pair agree; ``backwards`` leads from a predicted row to its gold row."""

    def points(column: str, *, strict: bool = False) -> bool:
        return _same_target(gold, pred, column, backwards, sheets, strict=strict)

    verdict = {column: folded(gold[column]) == folded(pred[column]) for column in _BY_WORD}
    verdict |= {facet: near(gold[STRICT.get(facet, facet)], pred[STRICT.get(facet, facet)]) for facet, near in _NEAR}
    verdict["value"] = same_value(gold, pred)
    verdict["part_of"] = points("part_of")
    verdict["part_of strict"] = points("part_of", strict=True)
    verdict["same_as"] = points("same_as")
    return verdict


_BY_WORD: Final = ("modifier", "kind", "change", "status", "per", "vat")
_NEAR: Final[tuple[tuple[str, Callable[[str, str], bool]], ...]] = (
    ("payer", lambda one, other: names(one) == names(other)),
    ("recipient", lambda one, other: names(one, fold=True) == names(other, fold=True)),
    ("area", same_area),
    ("area strict", lambda one, other: words(one) == words(other)),
    ("period", lambda one, other: years(one) == years(other)),
)


def _same_target(
    gold: Entry,
    pred: Entry,
    column: str,
    backwards: Mapping[Entry, Entry],
    sheets: tuple[Sheet, Sheet],
    *,
    strict: bool,
) -> bool:
    """Whether two pointers lead to one mention or, unless ``strict``, to statements of the same money."""
    if not gold[column].strip() or not pred[column].strip():
        return gold[column].strip() == pred[column].strip()
    wanted = target(sheets[0], gold, column)
    pointed = target(sheets[1], pred, column)
    reached = backwards.get(pointed) if pointed is not None else None
    if wanted is None or reached is None:
        return False
    return wanted is reached or (not strict and sheets[0].first_statement(wanted) is sheets[0].first_statement(reached))


def target(sheet: Sheet, entry: Entry, column: str) -> Entry | None:
    """The row that the ``part_of`` or ``same_as`` of ``entry`` points to, if there is one."""
    return (sheet.parents if column == "part_of" else sheet.firsts).get(entry)


# --------------------------------------------------------------------------------------------- counting


def _tallies(
    golds: tuple[Entry, ...],
    preds: tuple[Entry, ...],
    pairs: Mapping[Entry, Entry],
    verdicts: Mapping[Entry, Verdict],
    equal_spans: int,
) -> dict[str, Tally]:
    def over_all(right: int) -> Tally:
        return Tally(right, len(preds), len(golds), right, len(pairs))

    tallies = {
        "mention": Tally(len(pairs), len(preds), len(golds)),
        "mention exact": Tally(equal_spans, len(preds), len(golds)),
    }
    for facet in FACETS:
        tallies[facet] = over_all(sum(verdict[facet] for verdict in verdicts.values()))
        if facet not in ALWAYS_FILLED:
            tallies[f"{facet} filled"] = _filled_tally(facet, golds, preds, pairs, verdicts)
    tallies["row"] = over_all(sum(all(verdict[facet] for facet in ROW) for verdict in verdicts.values()))
    tallies["ledger row"] = _ledger_tally(golds, preds, pairs, verdicts)
    return tallies


def _filled_tally(
    facet: str,
    golds: Iterable[Entry],
    preds: Iterable[Entry],
    pairs: Mapping[Entry, Entry],
    verdicts: Mapping[Entry, Verdict],
) -> Tally:
    column = STRICT.get(facet, facet)

    def filled(entry: Entry) -> bool:
        return bool(tidy(entry[column]))

    right = sum(verdict[facet] and filled(gold) and filled(pairs[gold]) for gold, verdict in verdicts.items())
    return Tally(right, sum(map(filled, preds)), sum(map(filled, golds)))


def _ledger_tally(
    golds: Iterable[Entry], preds: Iterable[Entry], pairs: Mapping[Entry, Entry], verdicts: Mapping[Entry, Verdict]
) -> Tally:
    """Of the gold's funding: a predicted row counts when it claims to be funding or stands for funding."""
    due = [gold for gold in golds if _is_funding(gold)]
    stands_for_funding = {pairs[gold] for gold in due if gold in pairs}
    right = sum(gold in pairs and all(verdicts[gold][facet] for facet in LEDGER) for gold in due)
    claimed = sum(_is_funding(pred) or pred in stands_for_funding for pred in preds)
    return Tally(right, claimed, len(due), right, len(stands_for_funding))


def _is_funding(entry: Entry) -> bool:
    return folded(entry["kind"]) == FUNDING


# --------------------------------------------------------------------------------------------- warnings


def _outside(gold: Sheet, pred: Sheet, docs: Collection[str] | None) -> list[str]:
    if docs is not None:
        left_out = [(sheet, sum(entry.doc not in docs for entry in sheet.entries)) for sheet in (gold, pred)]
        return [f"{sheet.name}: {n} rows are of documents not listed: left out" for sheet, n in left_out if n]
    known = gold.docs
    unknown = [entry.doc for entry in pred.entries if entry.doc not in known]
    if not unknown:
        return []
    where = f"{len(unknown)} rows are of {len(set(unknown))} documents that {gold.name} has no row for"
    return [f"{pred.name}: {where}: all counted as wrong (list the documents that count with --docs)"]


def _moved(documents: Iterable[DocumentComparison]) -> list[str]:
    moved = sum(
        (gold.start, gold.end) == (pred.start, pred.end) and tidy(gold["text"]) != tidy(pred["text"])
        for document in documents
        for gold, pred in document.pairs.items()
    )
    return [f"{moved} aligned mentions have the same offsets but other words: is it the same text?"] if moved else []
