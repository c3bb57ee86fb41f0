"""What a fetch came to: of each address one outcome, and of all of them a tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

NEW: Final = "new"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"  # the server said so, or sent the same bytes
SETTLED: Final = "settled"  # not asked: what the index or feed says of it is as it was
FAILED: Final = "failed"
WOULD: Final = "would fetch"


class Outcome(NamedTuple):
    """What became of one address: its ``path`` in the corpus folder, or the ``reason`` when it failed."""

    source: str
    verdict: str
    path: str = ""
    reason: str = ""


class Tally:
    """The outcomes of one fetch, told to ``watch`` (with how many are done and how many are known of) as they come."""

    def __init__(self, watch: Watcher | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self.failed: list[Outcome] = []
        self.left_out = 0
        self.known = 0
        self._watch = watch

    def expect(self, number: int) -> None:
        """So many more addresses are known of."""
        self.known += number

    def tell(self, outcome: Outcome) -> Outcome:
        """One address is done."""
        self.counts[outcome.verdict] += 1
        if outcome.verdict == FAILED:
            self.failed.append(outcome)
        if self._watch:
            self._watch(outcome, self)
        return outcome

    @property
    def done(self) -> int:
        """How many addresses are done."""
        return self.counts.total()


# Told of each outcome, and of the tally with it.
Watcher = Callable[[Outcome, Tally], None]
