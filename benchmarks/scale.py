"""What a crawl of any size would cost on Spark: documents as dear as ours, on a cluster where things go wrong.

    python benchmarks/scale.py ARCHIVE --write             measure documents one by one, simulate, keep and tell it
    python benchmarks/scale.py --write                     simulate again from the kept costs
    python benchmarks/scale.py --per-core-hour 0.03        tell what is kept at another price

What is measured are seconds of one core on the machine that is named; all else (the crawl, the cluster, the prices) is
assumed, said in ``ASSUMED`` and ``Cluster`` and told.  The same seeds give the same figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import costs as measuring
import measured
from figures import Figures, markdown, put
from simulation import HOUR, Cluster, simulate

ROOT: Final = Path(__file__).resolve().parents[1]
FIGURES: Final = ROOT / "benchmarks" / "scale.json"
PAGE: Final = ROOT / "docs" / "scale.md"
SEEDS: Final = 9
GB: Final = 1_000.0
"""The text of the crawl: one TB."""
EXECUTORS: Final = (8, 32, 128, 512)
MANY: Final = 32
PARTITIONS: Final = (16, 128, 512, 2048)
TRAPS: Final = 200
"""Documents in one partition that take all the time one may take."""

# What nobody measured here.  Prices are rounded list prices of large clouds in northern Europe as they stood in 2025,
# for machines of general purpose with 4 GB a core (a core is a vCPU, as the measured one is), before tax and discounts.
ASSUMED: Final = {
    "text, GB": GB,
    "moving a GB from Java to Python and back, core-seconds": 30.0,
    "a core-hour, on demand, USD": 0.05,
    "a core-hour, spare capacity, USD": 0.02,
    "managed Spark beside it, a core-hour, USD": 0.0125,
    "a thousand requests to an object store, USD": 0.0004,
    "seconds a request takes": 0.02,
}


class Case(NamedTuple):
    """A cluster with a size of partition, by the name that it has in the table; ``trap``: a task's further seconds."""

    name: str
    cluster: Cluster
    mb: float = 128.0
    trap: float = 0.0


def cases(limit: float) -> Iterator[Case]:
    """What is simulated: more executors, other partitions, and what goes wrong alone and together."""
    usual = Cluster(MANY)
    sure = usual._replace(slow=0.0, lost=0.0, copies=0.0)
    for executors in EXECUTORS:
        yield Case(f"{executors} executors", usual._replace(executors=executors))
    for mb in PARTITIONS:
        yield Case(f"partitions of {mb} MB", usual, float(mb))
    yield Case("nothing goes wrong", sure)
    yield Case("slow executors alone", sure._replace(slow=usual.slow))
    yield Case("slow executors, copies of late tasks", sure._replace(slow=usual.slow, copies=usual.copies))
    yield Case("ten times as many executors lost", usual._replace(lost=10 * usual.lost))
    yield Case("portions of four tasks a core", usual._replace(portion=4 * MANY * usual.cores))
    for seconds in (limit, limit / 10):
        yield Case(f"a trap: {TRAPS} documents of {seconds:g} s beside each other", usual, trap=TRAPS * seconds)


def simulated(told: measuring.Costs, case: Case) -> dict[str, Any]:
    """A case over some seeds: medians, and the worst time."""
    import numpy as np

    moving = ASSUMED["moving a GB from Java to Python and back, core-seconds"] * case.mb / 1000
    count = round(GB * 1000 / case.mb)
    runs = []
    for seed in range(SEEDS):
        drawn = measuring.partitions(told, count=count, mb=case.mb, chance=np.random.default_rng(seed)) + moving
        drawn[count // 2] += case.trap
        runs.append((simulate(drawn.tolist(), case.cluster, seed=seed), float(drawn.sum()), float(drawn.max())))
    cores = case.cluster.executors * case.cluster.cores

    def middle(figure: Callable[[Any], float]) -> float:
        return float(f"{statistics.median(figure(run) for run in runs):.4g}")

    return {
        "cores": cores,
        "tasks": count,
        "minutes": middle(lambda run: run[0].seconds / 60),
        "worst": float(f"{max(run[0].seconds for run in runs) / 60:.4g}"),
        "at best": middle(lambda run: run[1] / cores / 60),
        "core-hours": middle(lambda run: run[0].paid / HOUR),
        "wasted": middle(lambda run: run[0].wasted / run[0].worked),
        "dearest": middle(lambda run: run[2]),
        "lost": middle(lambda run: run[0].lost),
        "copied": middle(lambda run: run[0].copied),
    }


# ------------------------------------------------------------------ what is told


def bill(found: Figures, price: float) -> list[tuple[str, float]]:
    """What a GB and a TB cost, in core-seconds, core-hours and money at a price for a core-hour; all prices assumed."""
    kept, usual = found["measured"], found["simulated"][f"{MANY} executors"]
    a_gb = 1000 * kept["seconds"] / kept["MB"]
    grown = GB * 1000 / kept["MB"]
    grouping = kept["grouping"]["seconds"] * grown / HOUR
    hours = usual["core-hours"] + grouping
    files = kept["documents"] * grown
    return [
        ("core-seconds to examine a GB of text, measured", a_gb),
        ("GB an hour and core", HOUR / a_gb),
        ("core-hours to examine a TB, when nothing goes wrong", a_gb * GB / HOUR),
        (f"core-hours paid for on {usual['cores']} cores, simulated", usual["core-hours"]),
        ("core-hours for commitments, were they as cheap as here", grouping),
        (f"**USD for a TB** at {price:g} a core-hour", hours * price),
        ("USD with managed Spark beside it", hours * (price + ASSUMED["managed Spark beside it, a core-hour, USD"])),
        ("USD on spare capacity", hours * ASSUMED["a core-hour, spare capacity, USD"]),
        ("million documents in a TB, were they as ours", files / 1e6),
        ("million sums in them", kept["rows"] * grown / 1e6),
        ("core-hours of waiting, were each a file of its own", files * ASSUMED["seconds a request takes"] / HOUR),
        ("USD for these requests", files / 1000 * ASSUMED["a thousand requests to an object store, USD"]),
    ]


def of_bill(found: Figures) -> str:
    """What it costs, at the price that was asked for."""
    return markdown(["", ""], bill(found, found.get("price", ASSUMED["a core-hour, on demand, USD"])))


def of_cases(found: Figures) -> str:
    """What was simulated."""
    columns = ("cores", "tasks", "minutes", "worst", "at best", "core-hours", "dearest")
    head = ["", "cores", "tasks", "minutes", "worst", "at best", "core-hours", "s, dearest task", "wasted"]
    cases = found["simulated"].items()
    return markdown(head, [[name, *(case[each] for each in columns), f"{case['wasted']:.1%}"] for name, case in cases])


def of_blocks(found: Figures) -> str:
    """How the largest block of commitments grows: one task's work, at thirty pairs an entry."""
    from belopp.commitments.blocks import _REACH

    kept = found["measured"]["grouping"]
    a_pair = kept["seconds"] / kept["pairs"]
    lines: list[list[object]] = []
    for name, size in (("here", found["measured"]["MB"]), ("1 GB", 1e3), ("100 GB", 1e5), ("1 TB", 1e6)):
        grown = size / found["measured"]["MB"]
        entries = kept["largest block"] * grown
        pairs = entries * min(_REACH, entries / 2)
        lines.append([name, round(kept["statements"] * grown), round(entries), pairs / 1e6, pairs * a_pair / 60])
    return markdown(
        ["", "statements", "in the largest block", "million pairs of it", "minutes for it, one task"], lines
    )


def of_assumed(found: Figures) -> str:
    """What nobody measured."""
    usual = Cluster(MANY)._asdict()
    told = {f"cluster: {name.replace('_', ' ')}": value for name, value in usual.items() if name != "executors"}
    return markdown(["", ""], list({**ASSUMED, **told}.items()))


def of_measured(found: Figures) -> str:
    """What was measured."""
    kept, machine, told = found["measured"], found["machine"], found["measured"]["costs"]
    return (
        f"{machine['date']}, {machine['processor']}, Python {machine['versions']['Python']}, "
        f"load before {machine['load before']}: "
        f"{kept['documents']:,} documents, {kept['MB']:.1f} MB, {kept['seconds']:.1f} core-seconds; "
        f"{kept['with sums']:,} ({kept['with sums'] / kept['documents']:.1%}) state {kept['rows']:,} sums. "
        f"The dearest document takes {kept['dearest']:.2g} s; from {1000 * told['least']:.3g} ms on costs follow a "
        f"Pareto law with exponent {told['exponent']:.2g}. The cost for a byte of a thousand neighbouring documents "
        f"varies by a factor of e^±{told['clumping']:.2f} beyond chance."
    )


TABLES: Final[dict[str, Callable[[Figures], str]]] = {
    "measured": of_measured,
    "bill": of_bill,
    "cases": of_cases,
    "blocks": of_blocks,
    "assumed": of_assumed,
}


def main() -> int:
    """Measure when asked to, simulate, tell."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0], epilog="Example: python benchmarks/scale.py --per-core-hour 0.03"
    )
    parser.add_argument("archive", type=Path, nargs="?", help="the unpacked folder, to measure its documents anew")
    parser.add_argument("--write", action="store_true", help=f"keep the figures: {FIGURES.name}, docs/{PAGE.name}")
    parser.add_argument("--per-core-hour", type=float, metavar="USD", help="another price than the assumed one")
    asked = parser.parse_args()
    if asked.archive and not asked.archive.is_dir():
        parser.error(f"{asked.archive}: no such folder; unpack the archive and give its folder")
    if not asked.archive and not FIGURES.exists():
        parser.error("no costs are kept yet; give the folder of the unpacked archive")
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    if asked.archive:
        found = {"machine": measured.machine(), "measured": measuring.measure(asked.archive)}
    if asked.archive or asked.write:
        told = measuring.Costs(**found["measured"]["costs"])
        found |= {"assumed": ASSUMED, "simulated": {case.name: simulated(told, case) for case in cases(told.limit)}}
    if asked.write:
        FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), TABLES, found), encoding="utf-8")
    if asked.per_core_hour is not None:
        found["price"] = asked.per_core_hour
    print("\n\n".join(table(found) for table in TABLES.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
