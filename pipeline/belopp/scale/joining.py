"""What hangs together: numbers tied by edges, however many machines the edges lie on.

Few edges are tied together by one task.  Of many, each task ties together what its own do; then stars are drawn until
no edge moves: every number to the least of its neighbours, from above and from below in turn (the alternating algorithm
of Kiveris and others, 2014), which takes a number of rounds that grows with the logarithm of the longest way.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from belopp.scale.shapes import FOREST, written
from belopp.scale.steps import Steps

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


# Edges that one task holds in some tens of megabytes, and ties together sooner than a round of shuffles begins.
FEW: Final = 200_000


def together(edges: DataFrame, steps: Steps, *, few: int = FEW) -> DataFrame:
    """Each number of some edges (``one``, ``other``) but the least ones, with the least that it hangs together with."""
    if edges.count() <= few:
        tied = edges.coalesce(1).mapInArrow(steps.task.of("hang_together"), written(FOREST))
        return steps.table("together", FOREST, lambda: tied)
    forest = steps.table(
        "together-0", FOREST, lambda: edges.mapInArrow(steps.task.of("hang_together"), written(FOREST))
    )
    before, now = None, _mark(forest)
    rounds = 0
    while now != before:
        rounds += 1
        forest = steps.table(f"together-{rounds}", FOREST, partial(_stars, forest))
        before, now = now, _mark(forest)
    return forest


def _stars(forest: DataFrame) -> DataFrame:
    """Every number tied to the least of its neighbours, from below and then from above."""
    return _from_above(_from_below(forest))


def _from_below(forest: DataFrame) -> DataFrame:
    """Every number's larger neighbours tied to its least one."""
    from pyspark.sql import functions as f

    ends = forest.select("number", "least").union(forest.select("least", "number")).toDF("at", "neighbour")
    least = ends.groupBy("at").agg(f.least(f.min("neighbour"), f.col("at")).alias("least"))
    return ends.where("neighbour > at").join(least, "at").select(f.col("neighbour").alias("number"), "least").distinct()


def _from_above(forest: DataFrame) -> DataFrame:
    """Every number and its smaller neighbours tied to the least of them."""
    from pyspark.sql import functions as f

    least = forest.groupBy("number").agg(f.min("least").alias("root"))
    tied = forest.join(least, "number").where("least > root").select(f.col("least").alias("number"), "root")
    return tied.union(least).distinct().toDF("number", "least")


def _mark(forest: DataFrame) -> tuple[object, ...]:
    """Numbers that two forests share only when they are one."""
    from pyspark.sql import functions as f

    code = f.xxhash64("number", "least").cast("decimal(38,0)")
    return tuple(forest.agg(f.count("*"), f.sum(code)).toArrow().to_pylist()[0].values())
