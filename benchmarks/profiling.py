"""Where the time of a whole run goes: the ten functions that cost most by themselves, and of belopp's with their calls.

The profiler goes by the clock, so only a quiet machine gives seconds that mean something.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import measured

TOP: Final = 10
# What holds half the run tells nothing about it.
MOST: Final = 0.5


def top_ten(archive: Path, checkout: Path) -> dict[str, Any]:
    """Profile ``belopp run`` over an archive in one process; under the profiler it takes about twice as long."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "pipeline")}
    with TemporaryDirectory() as work:
        kept = Path(work) / "profile"
        program = ("-m", "cProfile", "-o", kept, "-m", "belopp")
        options = ("--out", Path(work) / "out", "--workers", "1", "--quiet")
        measured.run([sys.executable, *program, "run", archive, *options], env=environment)
        functions = sorted(lines(marshal.loads(kept.read_bytes())), key=lambda line: str(line["where"]))
    total = sum(line["own"] for line in functions)
    stages = [line for line in functions if NAMED.match(line["where"]) and line["cumulative"] < MOST * total]
    return {
        "seconds": round(total, 1),
        "own": sorted(functions, key=lambda line: -line["own"])[:TOP],
        "cumulative": sorted(stages, key=lambda line: -line["cumulative"])[:TOP],
    }


# A function of belopp that has a name: what the interpreter and other libraries call is told with their callers.
NAMED: Final = re.compile(r"belopp/\S+ \w+$")

Profile = dict[tuple[str, int, str], tuple[int, int, float, float, object]]
"""By file, line and name: calls that are no recursion, all calls, seconds by itself and with what it calls."""


def lines(profile: Profile) -> Iterator[dict[str, Any]]:
    """Each function with its calls and seconds."""
    for (file, _, name), (_, calls, own, cumulative, _) in profile.items():
        yield {
            "where": place(file, name),
            "calls": calls,
            "own": round(own, 2),
            "cumulative": round(cumulative, 2),
        }


def place(file: str, name: str) -> str:
    """A function's name with its file's, from the package on; no folder of the machine is told.

    >>> place("/opt/x/belopp/find/numbers.py", "read"), place("~", "<built-in method len>")
    ('belopp/find/numbers.py read', '<built-in method len>')
    >>> place("/usr/lib/python3.11/re/_compiler.py", "compile"), place("<string>", "make")
    ('re/_compiler.py compile', 'make')
    """
    if not file.endswith(".py"):
        return re.sub(r" at 0x[0-9a-f]+", "", name)
    parts = Path(file).parts
    own = "belopp" in parts
    start = len(parts) - 1 - parts[::-1].index("belopp") if own else max(len(parts) - 2, 0)
    kept = [part for part in parts[start:] if not part.startswith("python3")]
    return f"{'/'.join(kept)} {name}"
