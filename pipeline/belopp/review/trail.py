"""The journal of one document read as a trail: what was decided of each row, and where its span has moved from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from belopp.gold import Decision

Span = tuple[int, int]


@dataclass
class Trail:
    """By a row's span as it is now: the actions on it that stand, and the span that the run gave it."""

    actions: dict[Span, list[str]] = field(default_factory=dict)
    origins: dict[Span, Span] = field(default_factory=dict)
    finished: bool | None = None

    def follow(self, decisions: Iterable[Decision]) -> None:
        """Take more of the journal, oldest first.

        >>> trail = Trail()
        >>> trail.follow([Decision("correct", 4, 9, "end", "9", "12"), Decision("accept", 4, 12)])
        >>> trail.actions, trail.origins
        ({(4, 12): ['correct', 'accept']}, {(4, 12): (4, 9)})
        >>> trail.follow([Decision("undo", 4, 12), Decision("undo", 4, 12, "end", "12", "9")])
        >>> trail.actions, trail.origins
        ({(4, 9): []}, {(4, 9): (4, 9)})
        """
        for decision in decisions:
            span = (decision.start, decision.end)
            if decision.action in ("finish", "reopen"):
                self.finished = decision.action == "finish"
                continue
            taken = self.actions.pop(span, [])
            here = self._moved(span, decision)
            self.actions[here] = taken[:-1] if decision.action == "undo" else [*taken, decision.action]

    def _moved(self, span: Span, decision: Decision) -> Span:
        """Where the row is after the decision."""
        if decision.column not in ("start", "end") or not decision.after.isdecimal():
            return span
        edge = int(decision.after)
        here = (edge, span[1]) if decision.column == "start" else (span[0], edge)
        self.origins[here] = self.origins.pop(span, span)
        return here

    def last(self, span: Span) -> str:
        """The action on a row that stands, ``""`` when nobody decided it."""
        return (self.actions.get(span) or [""])[-1]

    def knows(self, span: Span) -> bool:
        """Whether the journal speaks of the row at all."""
        return span in self.actions
