"""Folders on any file system that Spark reaches: the local disk, HDFS, S3, ABFS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from belopp.scale.problems import WrongJob
from belopp.scale.session import first_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrameReader, SparkSession

# Which names are passed over, as by a local run.  Spark asks since 4.3; before, it passes over those with "_", too.
HIDDEN: Final = ("ignoredPathSegmentRegex", r"^\.")
ASKS: Final = (4, 3)


class File(NamedTuple):
    """A file below a folder: its full path, its size in bytes and when it was last changed, in milliseconds.

    ``listed`` is a mark of what an index says of it.
    """

    path: str
    size: int
    changed: int
    listed: str = ""


class Folder:
    """A folder of a Hadoop file system; names are relative to it."""

    def __init__(self, spark: SparkSession, path: str) -> None:
        self._spark = spark
        self._jvm: Any = spark.sparkContext._jvm  # noqa: SLF001 (pyspark has no other way to its file systems)
        given = self._jvm.org.apache.hadoop.fs.Path(path)
        try:
            self._files = given.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())  # noqa: SLF001
        except Exception as error:
            raise WrongJob(f"{path}: {first_line(error)}; mend the path, or give Spark its file system") from error
        # Without the slash of a file system's or a bucket's root, so that names can follow one.
        self.path: str = self._files.makeQualified(given).toString().rstrip("/")

    def _at(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(f"{self.path}/{name}")

    def below(self, name: str) -> Folder:
        """A folder in this one."""
        return Folder(self._spark, f"{self.path}/{name}")

    def above(self) -> Folder:
        """The folder that this one, or this file, lies in; the root of a file system lies in itself."""
        parent = self._at("").getParent()
        return self if parent is None else Folder(self._spark, parent.toString())

    def has(self, name: str = "") -> bool:
        """Whether a file or folder of that name is there."""
        return bool(self._files.exists(self._at(name)))

    def is_folder(self) -> bool:
        """Whether this is one."""
        return self.has() and bool(self._files.getFileStatus(self._at("")).isDirectory())

    def names(self) -> list[str]:
        """What lies in the folder, by name; nothing where there is no folder."""
        if not self.has():
            return []
        return sorted(entry.getPath().getName() for entry in self._files.listStatus(self._at("")))

    def read(self, name: str) -> str:
        """The text of a small file."""
        stream = self._files.open(self._at(name))
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, name: str, text: str) -> None:
        """Write a small file, in place of any there."""
        stream = self._files.create(self._at(name), True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def glance(self, name: str) -> tuple[str, int] | None:
        """The text of a small file and when it was changed, in milliseconds; nothing if it is there no longer."""
        from py4j.protocol import Py4JJavaError

        try:
            return self.read(name), int(self._files.getFileStatus(self._at(name)).getModificationTime())
        except Py4JJavaError:
            if self.has(name):
                raise
            return None

    def fetch(self, name: str, to: Path) -> None:
        """Copy a file to this machine."""
        to.parent.mkdir(parents=True, exist_ok=True)
        target = self._jvm.org.apache.hadoop.fs.Path(to.as_uri())
        self._files.copyToLocalFile(False, self._at(name), target, True)

    def remove(self, name: str = "") -> None:
        """Remove a file, or a folder with what is in it; nothing where there is none."""
        self._files.delete(self._at(name), True)

    def move(self, name: str, to: str) -> None:
        """Give a folder another name within this one, in place of any there; not at once on every file system."""
        self.remove(to)
        if not self._files.rename(self._at(name), self._at(to)):
            raise WrongJob(f"{self.path}: {name} cannot be moved to {to}; see that OUT can be written to")

    def files(self) -> Iterator[File]:
        """Every file below, hidden ones apart; listed by the executors where they are many."""
        found = whole_files(self._spark).option("recursiveFileLookup", "true").load(literal(self.path))
        rows = found.selectExpr("path", "length", "unix_millis(modificationTime) changed").toArrow().to_pylist()
        files = {row["path"]: File(row["path"], row["length"], row["changed"]) for row in rows}
        there = found._jdf.inputFiles()  # noqa: SLF001 (each name that pyspark's own gives costs a call to Java)
        if len(there) > len(files):  # Spark makes no rows of files without bytes
            paths = (unquote(name).replace(":///", ":/", 1) for name in there)
            files.update({path: File(path, 0, 0) for path in paths if path not in files})
        yield from (files[path] for path in sorted(files))

    @property
    def lists_all(self) -> bool:
        """Whether Spark passes over no other names than it is told to."""
        return tuple(map(int, self._spark.version.split(".")[:2])) >= ASKS

    def every_name(self) -> Iterator[str]:
        """The name of every file below, those apart that a local run lists no more than Spark does: of ``.``.

        It takes as long again as to list the files.
        """
        if self.path.startswith("file:"):  # where Java sees no name that is no text in its locale
            yield from _on_disk(self.path.removeprefix("file:"))
            return
        found = self._files.listFiles(self._at(""), True)
        while found.hasNext():
            name = found.next().getPath().toString().removeprefix(f"{self.path}/")
            if "/." not in f"/{name}":
                yield name


def whole_files(spark: SparkSession) -> DataFrameReader:
    """What reads files as they are, each as a row, by folders or paths."""
    return spark.read.format("binaryFile").option(*HIDDEN)


def _on_disk(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.relpath(os.path.join(place, name), folder) for name in names if not name.startswith("."))


def literal(path: str) -> str:
    r"""A path as a pattern that matches it alone.

    >>> literal("s3a://b/a [1].md")
    's3a://b/a \\[1\\].md'
    """
    return "".join(f"\\{sign}" if sign in "\\[]{}*?" else sign for sign in path)
