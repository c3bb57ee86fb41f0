"""The steps of a job, each written before the next begins: a job that is started again goes on after the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from belopp.scale.carrying import Task
from belopp.scale.hadoop import Folder
from belopp.scale.shapes import written

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Left in a table's folder when all of it is written; Spark passes over names that begin so.
DONE: Final = "_done"


class Steps:
    """The steps of one job: where their tables lie, and what executors can be told to do.

    ``folder`` belongs to one corpus under one edition of the rules: what is there and done is not done again.
    """

    def __init__(self, spark: SparkSession, folder: Folder, task: Task) -> None:
        self.spark = spark
        self.folder = folder
        self.task = task

    def kept(self, name: str, columns: Mapping[str, str], make: Callable[[], DataFrame]) -> DataFrame:
        """The table of a step: the one that an earlier job finished, else made now and written."""
        path = f"{self.folder.path}/{name}"
        if not self.folder.has(f"{name}/{DONE}"):
            make().write.mode("overwrite").parquet(path)
            self.folder.write(f"{name}/{DONE}", "")
        return self.spark.read.schema(written(columns)).parquet(path)
