"""The benchmarks' own arithmetic, and that the pages tell what is kept; nothing is timed here."""

from __future__ import annotations

import doctest
import importlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def found_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmarks are programs that lie beside each other, no package."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


def benchmark(name: str) -> Any:
    """One of them as a module."""
    return importlib.import_module(name)


@pytest.mark.parametrize(
    "name", ["costs", "enlarging", "figures", "measured", "peers", "profiling", "sampling", "simulation"]
)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(benchmark(name)).failed == 0


@pytest.mark.parametrize("name", ["speed", "scale"])
def test_a_page_tells_what_is_kept(name: str) -> None:
    kept = json.loads((ROOT / "benchmarks" / f"{name}.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    tables = benchmark("figures" if name == "speed" else "scale").TABLES
    assert all(f"<!-- {table} -->" in page for table in tables)
    assert benchmark("figures").put(page, tables, kept) == page


def test_a_target_is_met_or_not_as_it_is_measured() -> None:
    kept = {"corpus": {"MB": 40.0}, "tools": {"scan": {"MB": 40.0, "processor": 0.5}}}
    told = {
        seconds: {ratio.what: ratio.met for ratio in benchmark("figures").ratios({**kept, "ours": run(seconds)})}
        for seconds in (5.0, 5.1)
    }
    assert told[5.0]["a whole run, in scans"]
    assert not told[5.1]["a whole run, in scans"]


def run(seconds: float) -> dict[str, Any]:
    """What a whole run at one worker came to."""
    return {"1": {"processor": seconds, "clock": seconds, "one": 200.0, "rows": 0}}


def test_copies_of_the_corpus_differ_in_their_sums_alone() -> None:
    told = [("a.md", "År 2024 ges 30,5 miljoner och 1 200 kronor.", "2024-03-01", "Titel", "")]
    first, *others = benchmark("enlarging").copied(told, 4)
    assert first[1] == told[0][1]
    assert len({text for _, text, *_ in others}) == 3
    for _, text, *about in others:
        assert text.startswith("År 2024 ges ")
        assert [len(word) for word in text.split()] == [len(word) for word in told[0][1].split()]
        assert about == list(told[0][2:])


# ------------------------------------------------------------------ the simulated cluster


def drawn(count: int, seed: int) -> list[float]:
    """Costs of tasks, skewed."""
    chance = random.Random(seed)
    return [chance.lognormvariate(3, 1) for _ in range(count)]


@pytest.mark.parametrize("portion", [0, 40])
@pytest.mark.parametrize("lost", [0.0, 20.0])
def test_all_work_is_done_whatever_is_lost(lost: float, portion: int) -> None:
    cluster = benchmark("simulation").Cluster(8, lost=lost, portion=portion)
    costs = drawn(300, 1)
    ended = benchmark("simulation").simulate(costs, cluster, seed=3)
    assert ended.worked - ended.wasted >= sum(costs)
    assert ended.paid >= ended.worked
    assert bool(ended.lost) == bool(lost)
    assert ended == benchmark("simulation").simulate(costs, cluster, seed=3)


def test_a_copy_helps_against_a_slow_executor_and_not_against_a_dear_task() -> None:
    simulation = benchmark("simulation")
    sure = simulation.Cluster(40, cores=1, slow=0.05, slowness=20.0, lost=0.0, copies=0.0)
    copying = sure._replace(copies=0.8)
    alike, dear = [60.0] * 40, [60.0] * 39 + [3000.0]
    assert simulation.simulate(alike, copying, seed=1).seconds < simulation.simulate(alike, sure, seed=1).seconds / 3
    assert simulation.simulate(dear, copying, seed=1).seconds >= 3000.0


def test_partitions_cost_what_their_documents_do() -> None:
    import numpy as np

    costs = benchmark("costs")
    measured = [(0.001 + 0.002 * (number % 7 == 0), 1000) for number in range(20_000)]
    measured[500] = (0.5, 1000)
    told = costs.costs_of(measured, limit=60.0)
    seconds = costs.partitions(told, count=2000, mb=4.0, chance=np.random.default_rng(1))
    assert seconds.mean() == pytest.approx(4000 * sum(cost for cost, _ in measured) / 20_000, rel=0.1)
