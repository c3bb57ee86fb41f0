"""The session that a job is submitted through: any master, with settings for documents instead of numbers."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from belopp.scale.problems import NeedsSpark, WrongJob

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# A document may be long and takes a while: small splits, and few documents at a time on the way to Python.
SETTINGS: Final[Mapping[str, str]] = {
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.files.openCostInBytes": "16k",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.execution.arrow.maxBytesPerBatch": "33554432",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.session.timeZone": "UTC",
}
QUIET: Final[Mapping[str, str]] = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
# On one machine nothing need be reached from outside, and a task is tried again as it is on a cluster.
LOCAL: Final[Mapping[str, str]] = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
TRIES: Final = 4
# What to do when there is no session, when a job failed, and when it failed for want of a library.
REACH: Final = "; see that the master's address is right, that it answers, and that what --conf says holds"
AGAIN: Final = "; mend it and start the job again: it goes on from what is done"
NOT_THERE: Final = " on an executor; install belopp's libraries there, or send a Python that has them (docs/spark.md)"
# The end of a traceback from an executor's Python.
_RAISED: Final = re.compile(r"^(\w+(?:\.\w+)*(?:Error|Exception|Rule): .*)$", re.MULTILINE)
JAVA: Final = (
    "belopp spark needs Java 17 or later; on Debian: apt-get install openjdk-17-jre-headless; or set JAVA_HOME"
)


def begin(master: str = "", settings: Mapping[str, str] | None = None, *, python: str = "") -> SparkSession:
    """A session with a master (``""``: the one Spark is configured for, else ``local[*]``).

    ``settings`` are Spark's own and go before ours; ``python`` is the interpreter on the executors, this one where
    nothing is said.  Raises :class:`NeedsSpark` without pyspark or Java and :class:`WrongJob` when Spark refuses.
    """
    check()
    _quieten()
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = python or os.environ.get("PYSPARK_PYTHON") or sys.executable
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.update(_locale(os.environ))
    local = LOCAL if master.startswith("local") else {}
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", local["spark.driver.host"])
    builder = SparkSession.builder.appName("belopp")
    for key, value in {**SETTINGS, **QUIET, **local, **(settings or {})}.items():
        builder = builder.config(key, value)
    with told(f"--master {master or 'as configured'}", REACH):
        return (builder.master(tried_again(master)) if master else builder).getOrCreate()


def fit(spark: SparkSession) -> None:
    """Give a session that somebody else began, such as a notebook's, the settings that suit documents."""
    for key, value in SETTINGS.items():
        spark.conf.set(key, value)


@contextmanager
def session(master: str = "", settings: Mapping[str, str] | None = None, *, python: str = "") -> Iterator[SparkSession]:
    """A session as :func:`begin` makes it, ended with the block; within, what fails is a :class:`WrongJob`."""
    spark = begin(master, settings, python=python)
    from py4j.protocol import Py4JError

    try:
        with told("the job failed"):
            yield spark
    finally:
        with suppress(Py4JError, ConnectionError):  # what ends the driver may have ended Java first
            spark.stop()


def _locale(environment: Mapping[str, str]) -> Mapping[str, str]:
    """What to add for Java, which passes over a file with a name that the locale has no letters for.

    >>> _locale({"LANG": "sv_SE.UTF-8"}), _locale({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}), _locale({})
    ({}, {'LC_ALL': 'C.UTF-8'}, {'LC_ALL': 'C.UTF-8'})
    """
    said = next((name for name in map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG")) if name), "")
    return {} if said.lower().endswith(("utf-8", "utf8")) else {"LC_ALL": "C.UTF-8"}


def _quieten() -> None:
    """Pandas is not used, and what Spark has to say is said once."""
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    for name in ("DataFrameQueryContextLogger", "SQLQueryContextLogger"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def told(what: str, advice: str = AGAIN) -> Iterator[None]:
    """Say in one line what Spark says is wrong, and what to do about it."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        said = first_line(error)
        if "JAVA_GATEWAY" in said:
            raise NeedsSpark(f"{what}: Spark did not start, and said why above; {JAVA}{advice}") from error
        raise WrongJob(f"{what}: {said}{NOT_THERE if said.startswith('ModuleNotFoundError') else advice}") from error


def check() -> None:
    """See that pyspark and Java are there."""
    if find_spec("pyspark") is None:
        raise NeedsSpark("belopp spark needs pyspark, which is not installed; pip install 'belopp[spark]'")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=os.path.join(home, "bin") if home else None) is None:
        raise NeedsSpark(JAVA)


def tried_again(master: str) -> str:
    """A local master under which a task that fails is tried again, as on a cluster.

    >>> tried_again("local[2]"), tried_again("local"), tried_again("spark://host:7077"), tried_again("local[2,1]")
    ('local[2,4]', 'local[1,4]', 'spark://host:7077', 'local[2,1]')
    """
    if master == "local":
        return f"local[1,{TRIES}]"
    if master.startswith("local[") and "," not in master:
        return f"{master[:-1]},{TRIES}]"
    return master


def first_line(error: Exception) -> str:
    """What Spark says is wrong, without where in it that came to light; of an executor's Python its last words."""
    java = getattr(error, "java_exception", None)
    said = str(java.toString() if java is not None else error)
    if last := _RAISED.findall(said):
        return str(last[-1])
    return next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)
