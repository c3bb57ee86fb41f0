"""How a job ends when it is stopped: what it has asked of Spark is called off, and has ended when the job has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Found = TypeVar("Found")
# What was asked of Spark just after the rest was called off is called off so many seconds later.
_PAUSE: Final = 0.2


def stoppable(spark: SparkSession, tag: str, work: Callable[[], Found]) -> Found:
    """What ``work`` comes to, done by a thread that tags what it asks of Spark.

    The thread that waits for it can be stopped at any time, by Ctrl-C, and then stops it.
    """
    with ThreadPoolExecutor(1, initializer=spark.sparkContext.addJobTag, initargs=(tag,)) as pool:
        going = pool.submit(work)
        try:
            return going.result()
        except BaseException:
            call_off(spark, tag, [going])
            raise


def call_off(spark: SparkSession, tag: str, going: Sequence[Future[Any]]) -> None:
    """Have Spark end what bears a tag until no thread is left that asks for it; without Java none is."""
    from py4j.protocol import Py4JError

    for one in going:
        one.cancel()
    while wait(going, _PAUSE).not_done:
        with suppress(Py4JError):
            spark.sparkContext.cancelJobsWithTag(tag)
