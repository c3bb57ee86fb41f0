"""Tells from its words whether a text speaks for the state, or somebody else tells of money in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Whoever names one of these speaks for the state, or of its papers.
OF_THE_STATE: Final = (
    "departement", "i uppdrag", "kommittédirektiv", "lagrådsremiss", "minister", "ministrar", "promemori",
    "proposition", "regeringen beslutar", "regeringen föreslår", "statsbudget",
)  # fmt: skip
FEW_LINES: Final = 250  # code points
# These a newspaper or a municipality may name once; who speaks for the state comes back to them.
NAMES_THE_STATE: Final = (
    "eu:s", "föreslås", "förordning", "regering", "riksdag", "statens", "statlig", "strategi", "sverige", "uppdrag",
    "utredning", "överenskommelse",
)  # fmt: skip


@lru_cache(4)
def of_the_state(text: str) -> bool:
    """Whether somebody speaks for the state in a text: its papers are named, or the state itself more than once (in a
    few lines once)."""
    small = text.lower()
    least = 1 if len(small) < FEW_LINES else 2
    return any(map(small.__contains__, OF_THE_STATE)) or sum(map(small.count, NAMES_THE_STATE)) >= least
