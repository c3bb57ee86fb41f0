"""The documents of a portion as a frame of the columns that the core takes: from Parquet, or from files as they are."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from belopp.batch import WrongInput
from belopp.batch.arrow import nested
from belopp.batch.columns import ABOUT, CONTENT, TEXT, refuse_others
from belopp.batch.publication import MOST_BYTES, TOO_LARGE
from belopp.read import Listing, Unreadable, index
from belopp.read.listing import MANIFEST
from belopp.scale.hadoop import File, literal, whole_files
from belopp.scale.portions import Given, Portion
from belopp.scale.problems import WrongJob
from belopp.scale.shapes import EXAMINED, written
from belopp.tables import quarantined

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def listings(given: Given, folder: Path) -> Mapping[str, Listing]:
    """What the indexes of an INPUT say of its documents, by id; they are copied to a ``folder`` of this machine."""
    name = given.root.path.rpartition("/")[2]
    for one in given.indexes:
        given.root.fetch(one, folder / name / one)
    above = given.root.above()
    for one in (f"{Path(name).with_suffix('.json')}", MANIFEST) if given.indexes or not given.parquet else ():
        if above.has(one):
            above.fetch(one, folder / one)
    (folder / name).mkdir(parents=True, exist_ok=True)
    try:
        return index(folder / name)
    except Unreadable as error:
        raise WrongJob(f"{given.root.path}: {error.reason}; mend the index or move it away") from error


def marked(given: Given, listed: Mapping[str, Listing]) -> Given:
    """The INPUT with a mark at each file that an index lists: when that says something else, it is another file."""
    if not listed:
        return given
    files = (file._replace(listed=_mark(listed.get(doc_of(given, file)))) for file in given.files)
    return given._replace(files=tuple(files))


def _mark(told: Listing | None) -> str:
    return sha256("\0".join(told).encode()).hexdigest()[:16] if told else ""


def documents(spark: SparkSession, given: Given, portion: Portion, listed: Mapping[str, Listing]) -> DataFrame:
    """The documents of a portion, in the columns that ``belopp.batch.arrow.examined`` takes."""
    if given.parquet:
        return from_parquet(spark, portion)
    return from_files(spark, given, portion, listed)


def from_parquet(spark: SparkSession, portion: Portion) -> DataFrame:
    """The rows of Parquet files; other columns are passed over.  Raises :class:`WrongJob` where one is missing."""
    found = spark.read.option("mergeSchema", "true").parquet(*(literal(file.path) for file in portion.files))
    try:
        refuse_others(found.columns, portion.files[0].path)
    except WrongInput as error:
        raise WrongJob(str(error)) from error
    return found.select(*(name for name in (*ABOUT, TEXT, CONTENT) if name in found.columns))


def from_files(spark: SparkSession, given: Given, portion: Portion, listed: Mapping[str, Listing]) -> DataFrame:
    """Files with their bytes, and what indexes say of them; those too large to be read are left out."""
    import pyarrow as pa
    from pyspark.sql import functions as f

    paths = [literal(file.path) for file in portion.files]
    found = whole_files(spark).load(paths).where(f.col("length") <= MOST_BYTES)
    doc = f.substr("path", f.lit(len(given.root.path) + 2))
    named = found.select(doc.alias("doc"), CONTENT)
    if empty := [{"doc": doc_of(given, file), CONTENT: b""} for file in portion.files if not file.size]:
        named = named.union(spark.createDataFrame(pa.Table.from_pylist(empty)))  # which Spark passes over
    if not listed:
        return named
    wanted = {doc_of(given, file) for file in portion.files} & listed.keys()
    return named.join(f.broadcast(_told(spark, {doc: listed[doc] for doc in sorted(wanted)})), "doc", "left")


def doc_of(given: Given, file: File) -> str:
    """A document's id: its path relative to the INPUT folder."""
    return file.path.removeprefix(f"{given.root.path}/")


def _told(spark: SparkSession, listed: Mapping[str, Listing]) -> DataFrame:
    import pyarrow as pa

    columns = {"doc": list(listed), **{name: [getattr(one, name) for one in listed.values()] for name in ABOUT[1:]}}
    return spark.createDataFrame(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}))


def too_large(spark: SparkSession, given: Given, portion: Portion, listed: Mapping[str, Listing]) -> DataFrame | None:
    """The quarantine of the files that :func:`from_files` left out, as the core would tell of them."""
    import pyarrow as pa

    records = []
    for file in portion.files:
        if not given.parquet and file.size > MOST_BYTES:
            doc = doc_of(given, file)
            about = listed.get(doc, Listing())
            records.append(quarantined(doc, "read", TOO_LARGE.format(file.size, MOST_BYTES), about=about))
    return spark.createDataFrame(pa.Table.from_batches([nested(records)]), written(EXAMINED)) if records else None
