"""Commitments by shuffles: the steps of grouping, each over rows that were brought together by the key they need.

Statements meet by block, pairs are weighed with both statements at hand, companions are counted by pair of documents,
what hangs together is settled in one place, and commitments of one key are named together.  What the executors do is
:mod:`belopp.scale.grouping`; here is which rows come to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from belopp.scale import shapes
from belopp.scale.joining import together
from belopp.scale.shapes import written
from belopp.scale.steps import Steps
from belopp.tables import COMMITMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyspark.sql import DataFrame


def settle(examined: DataFrame, steps: Steps) -> tuple[DataFrame, DataFrame]:
    """The lines of ``commitments``, and the name of each sum that is funding by ``doc`` and ``start``."""
    statements = steps.table("statements", shapes.STATEMENTS, lambda: _stated(examined, steps))
    pairs = steps.table("pairs", shapes.ENOUGH, lambda: _paired(statements, steps))
    settled = steps.table("settled", shapes.SETTLED, lambda: _settled(statements, pairs, steps))
    names = steps.table("names", shapes.NAMES, lambda: _named(settled, steps))
    return _lines(settled, names), _by_place(settled, names)


def _stated(examined: DataFrame, steps: Steps) -> DataFrame:
    by_doc = examined.where("size(amounts) > 0").select("doc", "amounts").repartitionByRange("doc")
    return _done(by_doc.sortWithinPartitions("doc"), "state", shapes.STATEMENTS, steps)


def _paired(statements: DataFrame, steps: Steps) -> DataFrame:
    entries = statements.selectExpr("explode(keys) key", "number", "document", "period", "day")
    met = _done(_gathered(entries, ["key"], ["number"]), "meet", shapes.PAIRS, steps).distinct()
    looks = (
        met.join(_told(statements, "one", "mine"), "one")
        .join(_told(statements, "other", "theirs"), "other")
        .select(*shapes.LOOKS)
    )
    weighed = _done(looks, "weigh", shapes.WEIGHED, steps)
    by_documents = _gathered(weighed, ["one_document", "other_document"], ["one", "other"])
    return _done(by_documents, "help_companions", shapes.ENOUGH, steps)


def _told(statements: DataFrame, end: str, says: str) -> DataFrame:
    return statements.selectExpr(f"number {end}", f"document {end}_document", f"packed {says}")


def _settled(statements: DataFrame, pairs: DataFrame, steps: Steps) -> DataFrame:
    from pyspark.sql import functions as f

    wholes = statements.where("whole is not null").selectExpr("number one", "whole other")
    least = together(pairs.select("one", "other").union(wholes), steps)
    of_one = pairs.groupBy("one").agg(f.collect_list(f.struct("other", "rank")).alias("pairs"))
    tied = (
        statements.join(least, "number", "left")
        .join(of_one, f.col("number") == f.col("one"), "left")
        .withColumn("least", f.coalesce("least", "number"))
        .select(*shapes.TOGETHER)
    )
    return _done(_gathered(tied, ["least"], ["number"]), "settle", shapes.SETTLED, steps)


def _named(settled: DataFrame, steps: Steps) -> DataFrame:
    twins = _gathered(settled.select(*shapes.TWINS), ["key"], ["told", "told_by", "told_at"])
    return _done(twins, "tell_apart", shapes.NAMES, steps)


def _lines(settled: DataFrame, names: DataFrame) -> DataFrame:
    """The lines of ``commitments`` with the names of each and of what it is part of, in the order of the numbers."""
    from pyspark.sql import functions as f

    wholes = settled.select("root", f.posexplode("wholes").alias("place", "whole"))
    of_wholes = names.selectExpr("root whole", "commitment_id name")
    named = wholes.join(of_wholes, "whole").groupBy("root").agg(f.collect_list(f.struct("place", "name")).alias("in_"))
    in_ = f.transform(f.array_sort("in_"), lambda one: one["name"])
    said = settled.drop("commitment_id", "parent", "also_in").join(names, "root").join(named, "root", "left")
    told = said.withColumn("in_", f.coalesce(in_, f.array().cast("array<string>")))
    parent, others = f.try_element_at("in_", f.lit(1)), f.array_join(f.expr("slice(in_, 2, size(in_))"), "|")
    return told.select(
        "root", *(
            f.coalesce(parent, f.lit("")).alias(name) if name == "parent"
            else others.alias(name) if name == "also_in"
            else f.col(name)
            for name in COMMITMENTS.names
        )
    ).orderBy("root").drop("root")  # fmt: skip


def _by_place(settled: DataFrame, names: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    places = settled.select("root", f.explode("places").alias("place"))
    return places.join(names, "root").select("place.doc", "place.start", "commitment_id")


def _gathered(frame: DataFrame, key: list[str], order: list[str]) -> DataFrame:
    """The rows with those of one key in one task, one after the other and in order."""
    return frame.repartition(*key).sortWithinPartitions(*key, *order)


def _done(frame: DataFrame, step: str, columns: Mapping[str, str], steps: Steps) -> DataFrame:
    return frame.mapInArrow(steps.task.of(step), written(columns))
