"""How each row of a document stands: the run's and the gold's side of it, what differs, and whether it is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from belopp.gold.trail import Span, Trail
from belopp.model import COLUMNS, Row
from belopp.review.findings import WEAK, Found
from belopp.score import align, sheet_of
from belopp.tables import guide_cells

CONTRADICTED: Final = 0
DISAGREES: Final = 1
DOUBTED: Final = 2
OPEN: Final = 3
DONE: Final = 4

_COMPARED: Final = ("start", "end", *COLUMNS[4:])


@dataclass(frozen=True, slots=True)
class Standing:
    """One sum at the desk.

    ``row`` is what is shown: the gold's row where there is one, else the run's.  ``state`` is ``open`` (the run's,
    nobody decided), ``extra`` (the run's, not in a gold that is whole), ``missed`` (the gold's alone), ``agreed``,
    ``differs`` or ``rejected``; ``decided`` is the reviewer's last action on it, or ``""``.
    """

    id: str
    row: Row
    run: Row | None
    gold: Row | None
    state: str
    decided: str = ""
    differs: tuple[str, ...] = ()
    verdict: str = ""
    weak: tuple[str, ...] = ()
    doubt: int = 0

    @property
    def rank(self) -> int:
        """Its place in the queue: contradicted, disagreeing, doubted, open, done."""
        if self.decided:
            return DONE
        if self.verdict == "contradicted":
            return CONTRADICTED
        if self.state in ("extra", "missed", "differs"):
            return DISAGREES
        if self.state == "open":
            return DOUBTED if self.doubt >= WEAK else OPEN
        return DONE


def span_of(row: Row) -> Span:
    """The row's span."""
    return row.start, row.end


def cells(row: Row) -> dict[str, str]:
    """The guide's columns of a row as the texts of its cells."""
    return dict(zip(COLUMNS, map(_cell, guide_cells(row)), strict=True))


def _cell(cell: str | int | None) -> str:
    return "" if cell is None else str(cell)


def standings(
    found: Sequence[Found],
    golds: Sequence[Row],
    trail: Trail,
    verdicts: Mapping[int, str] | None = None,
    sha256: str = "",
) -> list[Standing]:
    """Every sum of a document in text order, however it came to be there.

    ``verdicts`` by start are those of the rows as they stand; without them the run's hold.  ``sha256`` are the bytes
    that the run read.
    """
    pairs = paired(found, golds, trail)
    settled = trail.settles(golds, sha256)
    moved = _moves(found, pairs, trail)
    made = [_of_run(each, pairs.get(span_of(each.row)), trail, moved, settled=settled) for each in found]
    matched = {span_of(gold) for gold in pairs.values()}
    made += [_of_gold(gold, trail) for gold in golds if span_of(gold) not in matched]
    if verdicts is not None:
        said = [(each, verdicts.get(each.row.start, "")) for each in made]
        made = [each if each.verdict == verdict else replace(each, verdict=verdict) for each, verdict in said]
    return sorted(made, key=lambda each: (each.row.start, each.row.end, each.id))


def paired(found: Sequence[Found], golds: Sequence[Row], trail: Trail) -> dict[Span, Row]:
    """The gold row of each of the run's rows, by the run's span: moved from it, equal to it, or overlapping by half."""
    pairs: dict[Span, Row] = {}
    runs = {span_of(each.row): each.row for each in found}
    for gold in golds:
        origin = trail.origins.get(span_of(gold), span_of(gold))
        if origin in runs and origin not in pairs:
            pairs[origin] = gold
    taken = {span_of(gold) for gold in pairs.values()}
    left = [gold for gold in golds if span_of(gold) not in taken and trail.last(span_of(gold)) != "add"]
    free = [row for span, row in runs.items() if span not in pairs and trail.last(span) != "reject"]
    if left and free:
        one, other = sheet_of(left).entries, sheet_of(free).entries
        by_line = {entry.line: gold for entry, gold in zip(one, left, strict=True)}
        for entry, match in align(one, other).items():
            pairs[match.start, match.end] = by_line[entry.line]
    return pairs


def _moves(found: Sequence[Found], pairs: Mapping[Span, Row], trail: Trail) -> dict[int, int | None]:
    """Where the starts that the run's rows point to are now; ``None`` for a row that was rejected."""
    moved: dict[int, int | None] = {}
    for each in found:
        span = span_of(each.row)
        if span in pairs:
            if pairs[span].start != span[0]:
                moved[span[0]] = pairs[span].start
        elif trail.last(span) == "reject":
            moved.setdefault(span[0], None)
    return moved


def _of_run(
    found: Found, gold: Row | None, trail: Trail, moved: Mapping[int, int | None], *, settled: bool
) -> Standing:
    span = span_of(found.row)
    run = _repointed(found.row, moved)
    name = f"r{span[0]}-{span[1]}"
    about = {"verdict": found.verdict, "weak": found.weak, "doubt": found.doubt}
    if gold is None:
        rejected = trail.last(span) == "reject"
        state = "rejected" if rejected else "extra" if settled else "open"
        return Standing(name, run, run, None, state, "reject" if rejected else "", **about)  # type: ignore[arg-type]
    differs = differing(run, gold)
    state = "differs" if differs else "agreed"
    decided = trail.last(span_of(gold))
    return Standing(name, gold, run, gold, state, decided, differs, **about)  # type: ignore[arg-type]


def _of_gold(gold: Row, trail: Trail) -> Standing:
    span = span_of(gold)
    return Standing(f"g{span[0]}-{span[1]}", gold, None, gold, "missed", trail.last(span))


def _repointed(row: Row, moved: Mapping[int, int | None]) -> Row:
    if row.part_of in moved or row.same_as in moved:
        return replace(
            row,
            part_of=moved.get(row.part_of, row.part_of) if row.part_of is not None else None,
            same_as=moved.get(row.same_as, row.same_as) if row.same_as is not None else None,
        )
    return row


def differing(one: Row, other: Row) -> tuple[str, ...]:
    """The columns in which two rows differ, reasons apart."""
    return tuple(column for column in _COMPARED if getattr(one, column) != getattr(other, column))
