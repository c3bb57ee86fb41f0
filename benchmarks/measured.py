"""What a command costs as a whole process, children counted: time by the clock and of the processor, and memory."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

MB: Final = 1e6
# How often the memory of all processes of a command is added up, in seconds.
LOOK: Final = 0.2
# The packages whose versions are told beside Python's.
VERSIONS: Final = ("pyarrow", "numpy", "spacy")


class Cost(NamedTuple):
    """Seconds by the clock and of the processor; the most MB that one process, and that all at one time, have held."""

    clock: float
    processor: float
    one: float
    together: float


class Failed(Exception):
    """A command that did not end well: its status and the end of what it said."""


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> tuple[Cost, str]:
    """Run a command to its end; its cost, children counted, and what it printed.  Raises :class:`Failed`.

    The caller is best a small process: the system counts a child's memory from the moment of its fork.
    """
    began = perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    assert child.stdout is not None
    assert child.stderr is not None
    said: list[bytes] = []
    complaints = threading.Thread(target=lambda pipe=child.stderr: said.append(pipe.read()))
    looking = Looking(child.pid)
    for thread in (complaints, looking):
        thread.start()
    printed = child.stdout.read()
    complaints.join()
    _, status, usage = os.wait4(child.pid, 0)
    clock = perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    looking.stop()
    for pipe in (child.stdout, child.stderr):
        pipe.close()
    if child.returncode:
        raise Failed(f"{' '.join(map(str, command))} ended with status {child.returncode}: {said[0].decode()[-2000:]}")
    one = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MB
    cost = Cost(clock, usage.ru_utime + usage.ru_stime, one, max(one, looking.most))
    return cost, printed.decode()


class Looking(threading.Thread):
    """A thread that adds up, five times a second, what a process and all below it hold, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.most = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop; where there is no /proc, nothing is seen."""
        while not self._ended.wait(LOOK):
            self.most = max(self.most, sum(held(pid) for pid in tree(self.pid)))

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        self.join()


def tree(pid: int) -> Iterator[int]:
    """A process and those below it, by their numbers."""
    yield pid
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from tree(int(child))
    except OSError:  # it has ended meanwhile
        return


def held(pid: int) -> float:
    """The MB that a process holds, its share of what it holds with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / MB


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of several costs, each figure by itself.

    >>> middle([Cost(1, 3, 10, 20), Cost(2, 1, 12, 20), Cost(3, 2, 11, 20)])
    Cost(clock=2, processor=2, one=11, together=20)
    """
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def machine() -> dict[str, object]:
    """What the figures were taken on, and how busy it was."""
    busy = os.getloadavg()[0]
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "versions": {"Python": platform.python_version(), **{name: version(name) for name in VERSIONS}},
        "date": datetime.now(UTC).date().isoformat(),
        "load before": round(busy, 2),
    }


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
