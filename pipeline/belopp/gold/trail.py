"""The journal of one document read as a trail: what was decided of each row, by whom, and what they may take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from belopp.gold.journal import TEXT_READ, Decision, Noted
from belopp.model import Row

Span = tuple[int, int]

_BACK = ("undo", "reopen")
_OF_MANY = ("adjudicate", "import")  # done to whole sheets, elsewhere


class Act(NamedTuple):
    """An action on a row that stands: what, who took it, and in which step of the journal."""

    action: str
    reviewer: str
    step: int


class Step(NamedTuple):
    """What one key of a reviewer's did: the decisions of one save."""

    reviewer: str
    number: int
    decisions: tuple[Decision, ...]


@dataclass
class Trail:
    """By a row's span as it is now: the actions on it that stand, and the span that the run gave it.

    ``steps`` are those of the document that nobody has taken back, oldest first.  ``sha256`` tells the bytes that were
    gone through when it was finished, ``""`` when that is not known.
    """

    acts: dict[Span, list[Act]] = field(default_factory=dict)
    origins: dict[Span, Span] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    finished: bool | None = None
    sha256: str = ""

    def follow(self, notes: Iterable[Noted]) -> None:
        """Take more of the journal, oldest first.

        >>> trail = Trail()
        >>> def note(step, *decision): return Noted("", "ek", "1", "a.md", Decision(*decision), step)
        >>> trail.follow([note(1, "correct", 4, 9, "end", "9", "12"), note(2, "accept", 4, 12)])
        >>> trail.actions((4, 12)), trail.origins, len(trail.steps)
        (['correct', 'accept'], {(4, 12): (4, 9)}, 2)
        >>> trail.follow([note(3, "undo", 4, 12), note(4, "undo", 4, 12, "end", "12", "9")])
        >>> trail.actions((4, 9)), trail.origins, trail.steps
        ([], {(4, 9): (4, 9)}, [])
        """
        for (reviewer, number, _), group in groupby(notes, key=lambda note: (note.reviewer, note.step, note.time)):
            step = Step(reviewer, number, tuple(note.decision for note in group))
            for decision in step.decisions:
                self._note(decision, step)
            if all(decision.action in _BACK for decision in step.decisions):
                own = self.last_step(reviewer)
                if own is not None:
                    self.steps.remove(own)
            elif not any(decision.action in _OF_MANY for decision in step.decisions):
                self.steps.append(step)

    def _note(self, decision: Decision, step: Step) -> None:
        if decision.action in ("finish", "reopen"):
            self.finished = decision.action == "finish"
            self.sha256 = decision.after if decision.column == TEXT_READ else ""
            return
        taken = self.acts.pop((decision.start, decision.end), [])
        here = span_after(decision)
        if here != (decision.start, decision.end):
            self.origins[here] = self.origins.pop((decision.start, decision.end), (decision.start, decision.end))
        back = decision.action == "undo"
        self.acts[here] = taken[:-1] if back else [*taken, Act(decision.action, step.reviewer, step.number)]

    def actions(self, span: Span) -> list[str]:
        """The actions on a row that stand, oldest first."""
        return [act.action for act in self.acts.get(span, ())]

    def last(self, span: Span) -> str:
        """The last action on a row that stands, ``""`` when nobody decided it."""
        acts = self.acts.get(span)
        return acts[-1].action if acts else ""

    def knows(self, span: Span) -> bool:
        """Whether the journal speaks of the row at all."""
        return span in self.acts

    def settles(self, golds: Iterable[Row], sha256: str = "") -> bool:
        """Whether the document's gold is whole: finished by a reviewer, or there before any reviewer came.

        ``sha256`` are the document's bytes now: what was finished by others is to be gone through again.
        """
        if self.finished is not None:
            return self.finished and (not sha256 or not self.sha256 or sha256 == self.sha256)
        return any(not self.knows((gold.start, gold.end)) for gold in golds)

    def last_step(self, reviewer: str) -> Step | None:
        """What a reviewer did last and has not taken back."""
        return next((step for step in reversed(self.steps) if step.reviewer == reviewer), None)

    def later(self, step: Step) -> Act | None:
        """An action of someone else's, taken after a step on a row that the step was about."""
        for span in dict.fromkeys(map(span_after, step.decisions)):
            for act in reversed(self.acts.get(span, ())):
                if (act.reviewer, act.step) == (step.reviewer, step.number):
                    break
                return act
        return None


def span_after(decision: Decision) -> Span:
    """Where the row of a decision is after it."""
    if decision.column == "start" and decision.after.isdecimal():
        return int(decision.after), decision.end
    if decision.column == "end" and decision.after.isdecimal():
        return decision.start, int(decision.after)
    return decision.start, decision.end
