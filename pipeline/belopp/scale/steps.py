"""The steps of a job, each written before the next begins: a job that is started again goes on after the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from belopp.scale.carrying import Task
from belopp.scale.hadoop import Folder, literal
from belopp.scale.keeping import Kept
from belopp.scale.shapes import written

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Steps:
    """The steps of one job: where their tables lie, and what executors can be told to do.

    ``folder`` belongs to one corpus under one edition of the rules: what is there and done is not done again.
    """

    def __init__(self, spark: SparkSession, folder: Folder, task: Task) -> None:
        self.spark = spark
        self.kept = Kept(folder)
        self.task = task

    def table(self, name: str, columns: Mapping[str, str], make: Callable[[], DataFrame]) -> DataFrame:
        """The table of a step: the one that an earlier job finished, else made now and written."""
        path = self.kept.path(name)
        if not self.kept.has(name):
            make().write.mode("overwrite").parquet(path)
            self.kept.mark(name)
        return self.spark.read.schema(written(columns)).parquet(literal(path))
