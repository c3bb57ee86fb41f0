"""How belopp and its rules reach the executors: in one archive that travels with the job.

What an executor is sent to do brings itself along, for where it arrives there may be no belopp, or another: it looks
for the archive first and imports belopp from there.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from belopp.rulebook import BrokenRule, Rulebook, rules_folder

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

    Batches = Iterable[pyarrow.RecordBatch]

PACKAGE: Final = Path(__file__).parents[1]
# Zip keeps no earlier times: the same files make the same archive.
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def pack(path: Path, rules: Path | None = None) -> None:
    """Write an archive of the package and its rules; ``rules`` takes their place."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(PACKAGE.rglob("*.py")):
            _add(archive, source, f"belopp/{source.relative_to(PACKAGE).as_posix()}")
        for source in sorted(rules_folder().iterdir()):
            _add(archive, source, f"belopp/rules/{source.name}")
        for source in sorted((rules or rules_folder()).iterdir()):
            _add(archive, source, f"rules/{source.name}")


def _add(archive: zipfile.ZipFile, source: Path, name: str) -> None:
    if source.is_file():
        archive.writestr(zipfile.ZipInfo(name, _TIME), source.read_bytes(), zipfile.ZIP_DEFLATED)


def send(spark: SparkSession, rules: Path | None) -> str:
    """Give an archive to a session's executors; the name under which they find it unpacked.

    It lies with the session's own files, and as long as they: an executor may join late and ask for it then.
    """
    from pyspark import SparkFiles

    folder = Path(SparkFiles.getRootDirectory()) / "sent"
    folder.mkdir(exist_ok=True)
    packed = folder / f"{token_hex(8)}.zip"
    pack(packed, rules)
    name = f"belopp-{sha256(packed.read_bytes()).hexdigest()[:16]}"
    path = folder / f"{name}.zip"
    if path.exists():
        packed.unlink()
    else:
        packed.rename(path)
        spark.sparkContext.addArchive(f"{path.as_uri()}#{name}")
    return name


class Task(NamedTuple):
    """What executors can be told to do with the batches of a partition: a step of :func:`perform`.

    ``archive`` is the name of what was sent, ``""`` where belopp is installed on the executors; then ``rules`` may be
    a folder of theirs.  Either way their rules must have the ``digest``.
    """

    archive: str
    rules: str = ""
    digest: str = ""

    def of(self, step: str, **options: Any) -> Callable[[Batches], Iterator[pyarrow.RecordBatch]]:
        """A step as a function that Spark can send."""
        archive, rules, digest = self

        def work(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
            # It is sent by value, and must not need belopp before it has found it.
            import re
            import sys
            from importlib import import_module

            from pyspark import SparkFiles, TaskContext

            home = SparkFiles.get(archive) if archive else ""
            folder = f"{home}/rules" if archive else rules
            wanted = [home] if archive else []
            carried = [path for path in sys.path if re.search(r"/belopp-[0-9a-f]{16}$", path)]
            # The process may have served another job of the session, which brought another belopp or none.
            if carried != wanted:
                sys.path[:] = wanted + [path for path in sys.path if path not in carried]
                for name in [name for name in sys.modules if name.partition(".")[0] == "belopp"]:
                    del sys.modules[name]
            context = TaskContext.get()
            perform = import_module("belopp.scale.carrying").perform
            found: Iterator[pyarrow.RecordBatch] = perform(
                step, batches, folder, digest, context.partitionId(), context.attemptNumber(), options
            )
            return found

        return work


def perform(
    step: str, batches: Batches, rules: str, digest: str, partition: int, attempt: int, options: dict[str, Any]
) -> Iterator[pyarrow.RecordBatch]:
    """One step on one partition, on the executor."""
    from belopp.scale import examining, grouping

    def book() -> Rulebook:
        return rules_of(digest, Path(rules) if rules else None)

    match step:
        case "examine":
            return examining.examine(batches, book(), careful=attempt > 0, **options)
        case "state":
            return grouping.state(batches, book(), partition)
        case "meet":
            return grouping.meet(batches)
        case "weigh":
            return grouping.weigh(batches, book())
        case "help_companions":
            return grouping.help_companions(batches)
        case "hang_together":
            return grouping.hang_together(batches)
        case "settle":
            return grouping.settle(batches, book())
        case "tell_apart":
            return grouping.tell_apart(batches)
    raise ValueError(step)


def rules_of(digest: str, folder: Path | None) -> Rulebook:
    """The rules that the job was started with, from a folder of the executor or its belopp's own."""
    from belopp import rulebook

    if rulebook.load(folder).digest != digest:
        rulebook.load.cache_clear()  # they may have been read for an earlier job of the session
    book = rulebook.load(folder)
    if book.digest != digest:
        where = folder or rules_folder()
        raise BrokenRule(f"{where}: other rules on an executor than where the job was started; give both the same")
    return book
