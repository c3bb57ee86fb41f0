"""How time grows with the length of what is worked on: one long piece is held against as much in short ones."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

TIMES: Final = 8
# What is proportional takes as long in one piece as in eight, what is quadratic eight times as long.
MOST: Final = 3
TRIES: Final = 5


def grows_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Do ``work`` at ``size``, and eight times at an eighth of it, which must not be much quicker.

    Times are of the processor, the least of several tries: a machine that others share only ever adds to them.
    """
    part = size // TIMES
    work(part)
    whole = parts = float("inf")
    for _ in range(TRIES):
        parts = min(parts, took(lambda: [work(part) for _ in range(TIMES)]))
        whole = min(whole, took(lambda: work(size)))
        if whole <= MOST * parts:
            return
    raise AssertionError(f"{size} at once take {whole:.3g} s, {TIMES} times {part} take {parts:.3g} s")


def took(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
