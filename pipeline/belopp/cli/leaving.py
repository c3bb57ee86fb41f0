"""How the program ends when it is stopped: at once where nothing is under way, else when that is tidied up."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

STATUSES: Final = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Terminated(KeyboardInterrupt):
    """The process was asked to end, as by ``kill`` or a shutdown: it ends as at Ctrl-C, with a status of its own."""


def listen() -> None:
    """Let Ctrl-C and termination end the program at once, with a word and without a traceback.

    An exception would not do: what is raised while a module is being imported may be swallowed.
    """
    for number in STATUSES:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    os.write(2, b"Stopped.\n")
    os._exit(STATUSES[signal.Signals(number)])


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


@contextmanager
def tidying() -> Iterator[None]:
    """Within, Ctrl-C raises KeyboardInterrupt and termination :class:`Terminated`: there is something to tidy up."""
    before = {number: signal.getsignal(number) for number in STATUSES}
    ours = [number for number, handler in before.items() if handler is _leave]
    for number in ours:
        signal.signal(number, _raise)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
