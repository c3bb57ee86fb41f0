"""A decision taken back by what the journal says of it, unless someone has gone on from there since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from belopp.gold import ROW, Decision, GoldError, row_at, row_of
from belopp.gold.trail import Span, Step, Trail, span_after
from belopp.model import Row
from belopp.review.deciding import Change
from belopp.review.problems import Stale
from belopp.review.standing import Standing, cells, span_of


def taken_back(golds: Iterable[Row], step: Step, trail: Trail) -> Change:
    """The gold rows as they were before a step, and the decisions that say so.

    Raises :class:`Stale` when a row of the step has been decided or changed by someone else since.
    """
    later = trail.later(step)
    if later is not None:
        raise Stale("no.later", name=later.reviewer)
    now = {span_of(row): row for row in golds}
    rows = {span: cells(row) for span, row in now.items()}
    try:
        for decision in reversed(step.decisions):
            _take_back(rows, decision)
        kept = [now[span] if span in now and cells(now[span]) == said else row_of(said) for span, said in rows.items()]
    except (KeyError, ValueError, GoldError) as error:
        raise Stale("no.changed") from error
    return Change(tuple(kept), tuple(undone(each) for each in reversed(step.decisions)))


def _take_back(rows: dict[Span, dict[str, str]], decision: Decision) -> None:
    """Put one row back; the journal and the sheet must agree on what it holds now."""
    here, before = span_after(decision), (decision.start, decision.end)
    if decision.action == "finish" or not decision.column:  # it confirmed what was there
        return
    if decision.column == ROW and not decision.before:
        if rows.pop(here) != cells(row_at(decision.after)):
            raise Stale("no.changed")
        return
    if decision.column == ROW:
        said = cells(row_at(decision.before))
    else:
        said = rows.pop(here)
        if said[decision.column] != decision.after:
            raise Stale("no.changed")
        said = {**said, decision.column: decision.before}
    if before in rows:
        raise Stale("no.changed")
    rows[before] = said


def undone(decision: Decision) -> Decision:
    """What takes a decision back."""
    if decision.action == "finish":
        return Decision("reopen", 0, 0)
    return Decision("undo", *span_after(decision), decision.column, decision.after, decision.before)


_NO_CELL: Final = ("", ROW, "start", "end", "text")


def foreseen(step: Step | None, all_: Sequence[Standing], trail: Trail) -> list[dict[str, Any]]:
    """What taking a step back will show of each row on the page, for the page to show at once."""
    if step is None:
        return []
    by_span = {span_of(each.row): each for each in all_}
    shown: list[dict[str, Any]] = []
    for span in dict.fromkeys(map(span_after, step.decisions)):
        standing = by_span.get(span)
        if standing is None:
            continue
        left = [act for act in trail.acts.get(span, ()) if (act.reviewer, act.step) != (step.reviewer, step.number)]
        about: dict[str, Any] = {"id": standing.id, "decided": left[-1].action if left else ""}
        own = [each for each in step.decisions if span_after(each) == span]
        if any(each.column == ROW for each in own) or standing.state == "rejected":
            about["state"] = "open" if standing.state != "rejected" or standing.gold is None else "agreed"
        about["cells"] = {each.column: each.before for each in reversed(own) if each.column not in _NO_CELL}
        shown.append(about)
    return shown
