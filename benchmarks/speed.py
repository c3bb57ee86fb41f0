"""How fast belopp is beside the floors and the tools one would otherwise pick, as ratios taken in one run.

    python benchmarks/speed.py ARCHIVE                        measure everything, print the tables
    python benchmarks/speed.py ARCHIVE --write                the same, kept in speed.json and docs/speed.md
    python benchmarks/speed.py ARCHIVE --part ours --write    one part anew, the others as they were kept
    python benchmarks/speed.py ARCHIVE --most 30              the growth up to thirty times the corpus
    python benchmarks/speed.py                                print what is kept (with --write: into docs/speed.md)

ARCHIVE is the unpacked folder of publications.  Each part is a process of its own, so that memory is its own.  Ratios
are of processor time, user and system, of all processes: they hold on a machine that is not quite quiet.  What other
tools need is installed into ``build/peers`` at the first run, from ``benchmarks/peers.txt``, pinned and hashed; a tool
that cannot be installed is left out and said so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import figures as telling
import measured
import profiling
from measured import Cost, Failed

from belopp.find import has_money
from belopp.read import parse

ROOT: Final = Path(__file__).resolve().parents[1]
HERE: Final = ROOT / "benchmarks"
FIGURES: Final = HERE / "speed.json"
PAGE: Final = ROOT / "docs" / "speed.md"
PEERS: Final = ROOT / "build" / "peers"
# One publication of the corpus that states sums, for the time to the first row.
ONE: Final = ROOT / "corpus" / "raw" / "pressmeddelanden"
STARTS: Final = 11
COPIES: Final = (1, 10, 30)
ROUNDS: Final = 5

# The slow tools are given drawn documents of so many MB, and their ratios are extrapolated.
SHARES: Final = {"quantulum3": 1.0, "recognizers-text": 0.2, "duckling": 0.2}
OUR_TOOLS: Final = ("scan", "belopp", "tokens", "entity ruler")
THEIR_TOOLS: Final = ("price-parser", "quantulum3", "recognizers-text", "duckling")


class Bench(NamedTuple):
    """What is measured: the archive, how large it may grow, and a checkout whose profile is taken beside ours."""

    archive: Path
    work: Path
    most: int
    before: Path | None


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def tools(bench: Bench) -> dict[str, Any]:
    """Every tool over the texts and over the drawn sentences."""
    sample = bench.work / "sample.json"
    _, drawn = measured.run([sys.executable, HERE / "sampling.py", bench.archive, "--json"])
    sample.write_text(drawn, encoding="utf-8")
    theirs = peers_python()
    found: dict[str, Any] = {}
    for name in (*OUR_TOOLS, *THEIR_TOOLS):
        python = sys.executable if name in OUR_TOOLS else theirs
        if python is None:
            continue
        share: list[str | Path] = ["--mb", str(SHARES[name])] if name in SHARES else []
        try:
            _, printed = measured.run([python, HERE / "peers.py", name, bench.archive, *share, "--sample", sample])
        except Failed as failure:
            say(f"{name} is left out: {failure}")
            continue
        found[name] = rounded(json.loads(printed))
        say(f"{name}: {found[name]['MB'] / found[name]['processor']:.3g} MB/s")
    return found


def peers_python() -> str | None:
    """The Python that has the other tools, made when it is not there; ``None`` when it cannot be."""
    python = PEERS / "bin" / "python"
    if not (PEERS / "ready").exists():
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
        try:
            measured.run([sys.executable, "-m", "venv", "--clear", PEERS])
            measured.run([python, *install, "-r", HERE / "peers.txt"])
        except Failed as failure:
            say(f"the other tools are left out, for they cannot be installed: {failure}")
            return None
        (PEERS / "ready").touch()
    return str(python)


def whole_run(bench: Bench, inputs: Path, workers: int) -> tuple[Cost, dict[str, Any]]:
    """One run of the command into a new folder; its cost, and what it counted."""
    out = bench.work / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "belopp", "run", inputs, "--out", out, "--workers", str(workers), "--quiet"]
    cost, _ = measured.run(command)
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
    return cost, {"documents": counts["documents"], "rows": counts["sums"]}


def ours(bench: Bench) -> dict[str, Any]:
    """Files to all tables, at one worker and at two by turns, for a machine's speed drifts; medians of a few runs."""
    costs: dict[int, list[Cost]] = {1: [], 2: []}
    counts: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for workers, taken in costs.items():
            cost, counts = whole_run(bench, bench.archive, workers)
            taken.append(cost)
    found = {str(workers): rounded({**measured.middle(taken)._asdict(), **counts}) for workers, taken in costs.items()}
    say(f"by workers: {found}")
    return found


def gated(bench: Bench) -> dict[str, Any]:
    """Documents with a word of money and those without, each by themselves, at one worker; and one alone: the start."""
    folders = {name: bench.work / name for name in ("one", "without", "with")}
    for number, path in enumerate(sorted(bench.archive.rglob("*.md"))):
        data = path.read_bytes()
        name = "with" if has_money(parse(data, id=path.name, blocks=False).text) else "without"
        for kept_in in ("one", name) if number == 0 else (name,):
            to = folders[kept_in] / path.relative_to(bench.archive)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(data)
    found = {}
    for name, folder in folders.items():
        taken = [whole_run(bench, folder, 1) for _ in range(ROUNDS)]
        size = sum(path.stat().st_size for path in folder.rglob("*.md")) / 1e6
        found[name] = rounded({**measured.middle([cost for cost, _ in taken])._asdict(), **taken[0][1], "MB": size})
        shutil.rmtree(folder)
    say(f"apart: {found}")
    return found


def growth(bench: Bench) -> dict[str, Any]:
    """The corpus once, ten times and, when asked for, thirty times, as Parquet, at one worker.

    The corpus once is run before, between and after the others, for a machine's speed drifts; medians.
    """
    larger = [each for each in COPIES[1:] if each <= bench.most]
    once, found, counts = [], {}, {}
    for copies in (1, *(each for most in larger for each in (most, 1))):
        file = bench.work / "corpus.parquet"
        measured.run([sys.executable, HERE / "enlarging.py", bench.archive, str(copies), file])
        cost, counts[copies] = whole_run(bench, file, 1)
        if copies == 1:
            once.append(cost)
        found[copies] = cost if copies > 1 else measured.middle(once)
        say(f"{copies} × the corpus: {rounded({**cost._asdict(), **counts[copies]})}")
    return {str(copies): rounded({**cost._asdict(), **counts[copies]}) for copies, cost in sorted(found.items())}


def cold(bench: Bench) -> dict[str, float]:
    """Seconds by the clock from the start of the command to its end, medians of warm runs."""
    publication = next(path for path in sorted(ONE.rglob("*.md")) if "kronor" in path.read_text(encoding="utf-8"))
    commands: dict[str, list[str | Path]] = {"belopp --help": ["--help"], "first row": ["run", publication, "--quiet"]}
    found = {}
    for name, command in commands.items():
        took = []
        for number in range(STARTS):
            out: list[str | Path] = ["--out", bench.work / f"one{number}"] if "run" in command else []
            took.append(measured.run([sys.executable, "-m", "belopp", *command, *out])[0].clock)
        found[name] = round(statistics.median(took[1:]), 3)
    say(f"cold: {found}")
    return found


def profiles(bench: Bench) -> dict[str, Any]:
    """Where the time of a whole run goes; and where it went before, when a checkout of then is given."""
    found = {}
    for name, checkout in (("before", bench.before), ("after", ROOT)):
        if checkout is not None:
            found[name] = {"commit": commit(checkout), **profiling.top_ten(bench.archive, checkout)}
            say(f"profile {name}: {found[name]['seconds']} s")
    return found


PARTS: Final[Mapping[str, Callable[[Bench], dict[str, Any]]]] = {
    "tools": tools,
    "ours": ours,
    "gated": gated,
    "cold": cold,
    "growth": growth,
    "profile": profiles,
}


# ------------------------------------------------------------------ what is kept


def rounded(found: dict[str, Any]) -> dict[str, Any]:
    """Figures without the digits that tell nothing."""
    return {name: float(f"{value:.5g}") if isinstance(value, float) else value for name, value in found.items()}


def commit(checkout: Path) -> str:
    """The commit of a checkout, ``""`` where there is none."""
    git = ["git", "-C", str(checkout), "rev-parse", "--short", "HEAD"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()


def about(archive: Path) -> dict[str, Any]:
    """The machine, the commit and the corpus."""
    sizes = [path.stat().st_size for path in archive.rglob("*.md")]
    corpus = {"documents": len(sizes), "MB": round(sum(sizes) / 1e6, 3)}
    return {"machine": {**measured.machine(), "commit": commit(ROOT)}, "corpus": corpus}


def kept() -> dict[str, Any]:
    """The figures of the last run that was kept."""
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    return found


def keep(found: dict[str, Any]) -> None:
    """Write the figures with their ratios, and the tables into their page."""
    found["ratios"] = [ratio._asdict() for ratio in telling.ratios(found)]
    FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(telling.filled(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """The parts asked for, and of the others what is kept."""
    earlier = kept()
    found = {**(earlier if asked.part else {}), **about(asked.archive)}
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(asked.archive, Path(work), asked.most, asked.before)
        for part in asked.part or PARTS:
            say(part)
            found[part] = PARTS[part](bench)
    if "profile" in found and asked.before is None and "before" in earlier.get("profile", {}):
        found["profile"] = {"before": earlier["profile"]["before"], **found["profile"]}
    return found


def main() -> int:
    """Measure, keep, print."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0], epilog="Example: python benchmarks/speed.py g0v --most 30 --write"
    )
    parser.add_argument("archive", type=Path, nargs="?", help="the unpacked folder; without it, what is kept is told")
    parser.add_argument("--part", action="append", choices=PARTS, help="measure this part alone; may be given again")
    parser.add_argument("--most", type=int, choices=COPIES, default=10, help="how large the corpus grows (10)")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="profile this checkout of belopp as well")
    parser.add_argument("--write", action="store_true", help=f"keep the figures: {FIGURES.name}, docs/{PAGE.name}")
    asked = parser.parse_args()
    if asked.archive and not asked.archive.is_dir():
        parser.error(f"{asked.archive}: no such folder; unpack the archive and give its folder")
    if not asked.archive and not FIGURES.exists():
        parser.error("nothing is kept yet; give the folder of the unpacked archive")
    os.environ["PYTHONPATH"] = str(ROOT / "pipeline")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is not compiled anew at each start
    found = measure(asked) if asked.archive else kept()
    if asked.write:
        keep(found)
    for table in telling.TABLES.values():
        print(f"{table(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
