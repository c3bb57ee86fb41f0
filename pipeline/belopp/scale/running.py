"""A whole job: the documents of an INPUT, portion by portion, to tables in Parquet that are all new or all old."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final, NamedTuple

from belopp import rulebook
from belopp.batch.editions import edition, versions
from belopp.batch.examining import LIMIT
from belopp.read import Listing
from belopp.scale import carrying, portions, reading, writing
from belopp.scale.claiming import claimed
from belopp.scale.hadoop import Folder, literal
from belopp.scale.keeping import Kept
from belopp.scale.portions import Given, Portion
from belopp.scale.problems import WrongJob
from belopp.scale.shapes import EXAMINED, written
from belopp.scale.steps import Steps
from belopp.scale.stopping import call_off, stoppable
from belopp.scale.writing import COLUMNS, Tally
from belopp.tables import RUN

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What belongs to the job and not to its reader; Spark passes over names that begin so.
WORK: Final = "_work"
STEPS: Final = "steps-"
# A portion's bytes for each core: some minutes' work.
PORTION: Final = 64_000_000
# The last tasks of one portion leave cores idle, which the next can use.
AT_ONCE: Final = 2

# Told of each portion done: how many are, of how many.
Watcher = Callable[[int, int], None]


class Made(NamedTuple):
    """The portions that the tables were made of, what those are as a corpus, and what the tables come to."""

    portions: list[str]
    corpus: str
    tally: Tally


def run(
    spark: SparkSession,
    input: str,
    out: str,
    *,
    rules: Path | None = None,
    limit: float = LIMIT,
    force: bool = False,
    portion: int = 0,
    ship: bool = True,
    watch: Watcher | None = None,
    lift: str = "",
) -> Tally:
    """Read the documents under ``input`` on a cluster and write the tables of their sums to ``out``.

    Both are paths of any file system that Spark reaches.  ``input`` holds Parquet with the columns ``doc``, ``text``
    or ``content``, and perhaps ``published``, ``title`` and ``url``, or documents as files.  ``out`` gets the folders
    ``amounts``, ``documents``, ``checks``, ``reasons``, ``commitments`` and ``text`` of Parquet, in the order of the
    documents, and ``run.json``, written last.  ``portion`` is the bytes of input after which what was found is safe
    (0: 64 MB a core); a job that is started again begins with the first portion that is not done, and an unchanged
    portion is not read again at all, unless with ``force``.  With ``ship`` belopp and its rules travel to the
    executors, else belopp must be installed there and ``rules`` be a folder of theirs.  ``lift`` is the claim on
    ``out`` of a job that was killed.

    Raises :class:`WrongJob` for what no job can be made of, ``rulebook.BrokenRule``, and pyspark's own errors.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    rulebook.load.cache_clear()  # they may have been changed since an earlier job of the session
    book = rulebook.load(rules)
    given = portions.given_in(Folder(spark, input))
    home = Folder(spark, out)
    _see_that_out_is_free(home, Folder(spark, input))
    made_by = f"{edition(book.digest)} {limit:g}"
    size = portion or PORTION * spark.sparkContext.defaultParallelism
    tag = f"belopp-{token_hex(4)}"

    def work() -> Made:
        if force:
            _forget(home)
        task = carrying.Task(carrying.send(spark, rules) if ship else "", str(rules or ""), book.digest)
        with tempfile.TemporaryDirectory(prefix="belopp-") as near:
            listed = reading.listings(given, Path(near))
        job = Job(spark, reading.marked(given, listed), listed, _examined_in(home), task, made_by, limit, tag)
        return job.make(home, size, watch, anew=force)

    with claimed(home, spark, lift=lift):
        made = stoppable(spark, tag, work)
        about = {
            **versions(book.digest),
            "spark": spark.version,
            "inputs": [input],
            "since": "",
            "corpus": made.corpus,
            "counts": _counts(made.tally),
            "started": started.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - clock, 3),
        }
        home.write(RUN, json.dumps(about, ensure_ascii=False, indent=2) + "\n")
        _forget(home, made.portions)
    return made.tally


def _counts(tally: Tally) -> Mapping[str, int]:
    counts = asdict(tally) | {"passed_over": len(tally.passed_over)}
    del counts["named"]
    return counts


def _see_that_out_is_free(home: Folder, source: Folder) -> None:
    """Raise :class:`WrongJob` for an OUT in the INPUT, or one with tables that no job of ours wrote."""
    if f"{home.path}/".startswith(f"{source.path}/"):
        raise WrongJob(f"{home.path}: lies in the INPUT {source.path}; give the tables a folder of their own")
    if inner := [name for name in (*COLUMNS, WORK) if f"{source.path}/".startswith(f"{home.path}/{name}/")]:
        raise WrongJob(f"{source.path}: lies in {inner[0]}, which the job writes anew; name another INPUT or OUT")
    taken = sorted({*COLUMNS, RUN} & set(home.names()))
    ours = home.has(WORK) or "spark" in _about(home)
    if taken and not ours:
        raise WrongJob(f"{home.path}: holds {taken[0]}, which belopp spark did not write; name another OUT")


def _examined_in(home: Folder) -> Kept:
    """What was found in the portions, kept from job to job."""
    return Kept(home.below(f"{WORK}/examined"))


def _forget(home: Folder, names: Iterable[str] = ()) -> None:
    """Remove the steps of all jobs, and all portions but those of some names, which the INPUT still holds."""
    _examined_in(home).forget(set(names))
    for name in home.below(WORK).names():
        if name.startswith(STEPS):
            Kept(home.below(f"{WORK}/{name}")).remove()


def _is_written(home: Folder, corpus: str) -> bool:
    """Whether the tables in a folder are all there, and were made of just these portions."""
    return _about(home).get("corpus") == corpus and set(COLUMNS) <= set(home.names())


def _about(home: Folder) -> Mapping[str, object]:
    """What the last job said of its tables; nothing where it was ended before, or as it said it."""
    try:
        about = json.loads(home.read(RUN)) if home.has(RUN) else {}
    except ValueError:
        return {}
    return about if isinstance(about, dict) else {}


class Job:
    """The portions of one INPUT, and where what was found in them is kept."""

    def __init__(
        self,
        spark: SparkSession,
        given: Given,
        listed: Mapping[str, Listing],
        kept: Kept,
        task: carrying.Task,
        made_by: str,
        limit: float,
        tag: str,
    ) -> None:
        self._spark, self._given, self._listed, self._kept = spark, given, listed, kept
        self._task, self._made_by, self._limit, self._tag = task, made_by, limit, tag

    def make(self, home: Folder, size: int, watch: Watcher | None, *, anew: bool) -> Made:
        """Examine what is new, and write the tables unless they are there, made of the same."""
        names, new = self.examine(size, watch)
        corpus = sha256(json.dumps(names).encode()).hexdigest()[:16]
        if anew or not _is_written(home, corpus):
            steps = Steps(self._spark, home.below(f"{WORK}/{STEPS}{corpus}"), self._task)
            writing.write(self.examined(names), steps)
            home.remove(RUN)
            writing.publish(steps, home)
        tally = writing.tally(self._spark, home)
        passed_over = self._given.passed_over
        return Made(names, corpus, replace(tally, portions=len(names), examined=new, passed_over=passed_over))

    def examine(self, size: int, watch: Watcher | None = None) -> tuple[list[str], int]:
        """Examine what no earlier job has: the names of all portions, and how many of them are new."""
        done = portions.done(self._kept, self._given.files, self._made_by)
        known = {file for files in done.values() for file in files}
        left = [file for file in self._given.files if file not in known]
        new = list(portions.divided(left, size, self._made_by))
        with ThreadPoolExecutor(AT_ONCE, initializer=self._spark.sparkContext.addJobTag, initargs=(self._tag,)) as pool:
            going = [pool.submit(self._examine, portion) for portion in new]
            try:
                for nth, ended in enumerate(as_completed(going), 1):
                    ended.result()
                    if watch:
                        watch(nth, len(new))
            except BaseException:
                call_off(self._spark, self._tag, going)
                raise
        return sorted([*done, *(portion.name for portion in new)]), len(new)

    def _examine(self, portion: Portion) -> None:
        found = reading.documents(self._spark, self._given, portion, self._listed).mapInArrow(
            self._task.of("examine", limit=self._limit, are_files=not self._given.parquet), written(EXAMINED)
        )
        others = reading.too_large(self._spark, self._given, portion, self._listed)
        found = found if others is None else found.union(others)
        found.write.mode("overwrite").parquet(self._kept.path(portion.name))
        self._kept.mark(portion.name, portions.told(portion.files, self._made_by))

    def examined(self, names: list[str]) -> DataFrame:
        """What was found in the documents of some portions."""
        paths = (literal(self._kept.path(name)) for name in names)
        return self._spark.read.schema(written(EXAMINED)).parquet(*paths)
