"""The tables of a job: each in the order of the documents, all moved to their place when the last one is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from belopp.scale.commitments import settle
from belopp.scale.hadoop import Folder, literal
from belopp.scale.problems import WrongJob
from belopp.scale.shapes import columns_of
from belopp.scale.steps import Steps
from belopp.tables import AMOUNTS, CHECKS, COMMITMENTS, DOCUMENTS, EMPTY, QUARANTINED, REASONS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MADE: Final = {"doc": "string", "text": "string"}
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    **{table.name: columns_of(table) for table in (DOCUMENTS, CHECKS, REASONS, AMOUNTS, COMMITMENTS)},
    "text": MADE,
}
# How many quarantined documents are named; the table names them all.
NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """What a job came to; ``named`` holds document, stage and reason of the first quarantined ones.

    ``portions`` counts those that the tables were made of, ``examined`` those of them that this job examined;
    ``passed_over`` are the documents that Spark before 4.3 does not list.
    """

    documents: int
    with_sums: int
    sums: int
    empty: int
    quarantined: int
    commitments: int
    named: tuple[tuple[str, str, str], ...] = ()
    portions: int = 0
    examined: int = 0
    passed_over: tuple[str, ...] = ()


def write(examined: DataFrame, steps: Steps) -> None:
    """Write every table among the steps of a job.  Raises :class:`WrongJob` for documents of one id."""
    see_that_ids_differ(examined)
    commitments, names = settle(examined, steps)
    by_doc = examined.orderBy("doc")
    tables = {
        DOCUMENTS.name: lambda: by_doc.select(*DOCUMENTS.names),
        CHECKS.name: lambda: _laid_out(examined, CHECKS.name),
        REASONS.name: lambda: _laid_out(examined, REASONS.name),
        AMOUNTS.name: lambda: _named(examined, names),
        COMMITMENTS.name: lambda: commitments,
        "text": lambda: examined.where("made <> ''").orderBy("doc").selectExpr("doc", "made text"),
    }
    for name, make in tables.items():
        steps.table(name, COLUMNS[name], make)


def see_that_ids_differ(examined: DataFrame) -> None:
    """Raise :class:`WrongJob` where two documents have one id."""
    twice = examined.groupBy("doc").count().where("count > 1").orderBy("doc").limit(1).toArrow().to_pylist()
    if twice:
        doc, times = twice[0].values()
        raise WrongJob(f"the document {doc} stands in INPUT {times} times; give each document an id of its own")


def _laid_out(examined: DataFrame, table: str) -> DataFrame:
    """The lines of a table that lie nested in the documents', in their order."""
    return examined.where(f"size({table}) > 0").select("doc", table).orderBy("doc").selectExpr(f"inline({table})")


def _named(examined: DataFrame, names: DataFrame) -> DataFrame:
    """The lines of ``amounts``, each sum that is funding with its commitment."""
    from pyspark.sql import functions as f

    entries = f.collect_list(f.struct("start", "commitment_id"))
    by_doc = names.groupBy("doc").agg(f.map_from_entries(entries).alias("of"))
    told = examined.where("size(amounts) > 0").select("doc", "amounts").join(by_doc, "doc", "left").orderBy("doc")
    lines = told.select("of", f.inline("amounts"))
    name = f.coalesce(f.try_element_at("of", f.col("start")), f.lit(""))
    return lines.withColumn("commitment_id", name).select(*AMOUNTS.names)


def publish(steps: Steps, home: Folder) -> None:
    """Move the tables to their place, those of an earlier job away."""
    for name in COLUMNS:
        steps.kept.unmark(name)
        home.move(steps.kept.path(name).removeprefix(f"{home.path}/"), name)


def tally(spark: SparkSession, home: Folder) -> Tally:
    """What the tables in a folder come to."""
    from pyspark.sql import functions as f

    lines = spark.read.parquet(literal(f"{home.path}/{DOCUMENTS.name}"))
    counted = lines.agg(
        f.count("*"),
        f.count_if(f.col("sums") > 0),
        f.coalesce(f.sum("sums"), f.lit(0)),
        f.count_if(f.col("status") == EMPTY),
        f.count_if(f.col("status") == QUARANTINED),
    )
    documents, with_sums, sums, empty, quarantined = map(int, counted.toArrow().to_pylist()[0].values())
    commitments = spark.read.parquet(literal(f"{home.path}/{COMMITMENTS.name}")).count()
    first = lines.where(f.col("status") == QUARANTINED).orderBy("doc").limit(NAMED)
    named = tuple((row["doc"], row["stage"], row["reason"]) for row in first.toArrow().to_pylist())
    return Tally(documents, with_sums, sums, empty, quarantined, commitments, named)
