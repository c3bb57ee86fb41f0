"""The portions of a corpus: some files each, examined in one go and then done for good, whatever ends the job."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from belopp.irregular import irregular
from belopp.read import ENDINGS
from belopp.read.listing import MANIFEST
from belopp.scale.hadoop import File, Folder
from belopp.scale.keeping import Kept
from belopp.scale.problems import WrongJob
from belopp.visible import visible

PARQUET: Final = ".parquet"
# A portion of very many small files takes long to list.
MOST_FILES: Final = 10_000


class Given(NamedTuple):
    """What an INPUT holds: the folder that documents are named from, and its files, all Parquet or none.

    ``indexes`` are the files, relative to the folder, that may list the documents with their titles and dates;
    ``passed_over`` are the documents that Spark does not list.
    """

    root: Folder
    files: tuple[File, ...]
    parquet: bool
    indexes: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


class Portion(NamedTuple):
    """Some files of an INPUT; its name is that of its folder."""

    name: str
    files: tuple[File, ...]


def given_in(folder: Folder) -> Given:
    """The files of an INPUT: those of a table in Parquet, or the documents themselves.

    Raises :class:`WrongJob` when there is nothing to read, or both.
    """
    if not folder.has():
        raise WrongJob(f"{folder.path}: no such file or folder; mend the name")
    files = tuple(folder.files())
    passed_over = _passed_over(folder, files)
    tables = tuple(file for file in files if file.path.lower().endswith(PARQUET) and not _is_set_aside(file, folder))
    documents = tuple(file for file in files if file.path.lower().endswith(ENDINGS))
    if tables and documents:
        both = " and ".join(file.path.rpartition("/")[2] for file in (tables[0], documents[0]))
        raise WrongJob(f"{folder.path}: holds both {both}; give a folder of Parquet or one of documents")
    if not tables and not documents:
        but = f", but {passed_over[0]}, which Spark passes over for its _" if passed_over else ""
        raise WrongJob(f"{folder.path}: no file that ends in {PARQUET}, {', '.join(ENDINGS)}{but}; mend the INPUT")
    if empty := [file.path for file in tables if not file.size]:
        raise WrongJob(f"{empty[0]}: is empty, and no Parquet; write it anew or remove it")
    _see_that_names_can_be_read(tables or documents)
    if not folder.is_folder():
        return Given(folder.above(), tables or documents, bool(tables))
    if tables:
        return Given(folder, tables, True)
    names = (file.path.removeprefix(f"{folder.path}/") for file in files)
    indexes = (name for name in names if name == MANIFEST or (name.endswith(".json") and name.count("/") < 2))
    return Given(folder, documents, False, tuple(indexes), passed_over)


def _is_set_aside(file: File, folder: Folder) -> bool:
    """Whether a table's part lies among what its writers keep for themselves: ``_temporary``, ``_delta_log``."""
    return "/_" in file.path.removeprefix(folder.path)


def _see_that_names_can_be_read(files: Iterable[File]) -> None:
    """Hadoop looks for the checksums of a file on a disk, in one of a name that it takes for an address."""
    for file in files:
        if file.path.startswith("file:") and ":" in file.path.rpartition("/")[2]:
            raise WrongJob(
                f"{file.path}: Hadoop reads no file with a colon in its name from a disk; rename it, or give what"
                " belopp pack makes of the folder"
            )


def _passed_over(folder: Folder, files: Iterable[File]) -> tuple[str, ...]:
    """The documents below a folder that Spark does not list, for they or a folder of theirs are called ``_...``.

    Raises :class:`WrongJob` for others on a disk that are not among the ``files`` that it does list, and for a pipe.
    """
    seen = {file.path for file in files}
    if not folder.is_folder():
        name = folder.path.rpartition("/")[2]
        return (name,) if name.startswith("_") and not seen else ()
    if folder.lists_all and not folder.path.startswith("file:"):
        return ()
    found: list[str] = []
    for name in folder.every_name():
        if not name.lower().endswith((PARQUET, *ENDINGS)):
            continue
        if "/_" in f"/{name}" and not folder.lists_all:
            found.append(name)
        elif folder.path.startswith("file:"):
            _see_that_it_is_listed(f"{folder.path}/{name}", seen)
    return tuple(sorted(name for name in found if not name.lower().endswith(PARQUET)))


def _see_that_it_is_listed(path: str, seen: Container[str]) -> None:
    """Java does not see, or say that it does not, a file on a disk with a name that is no text in its locale."""
    on_disk = path.removeprefix("file:")
    if odd := irregular(on_disk):
        raise WrongJob(f"{path}: {odd}")
    if path not in seen and os.path.isfile(on_disk):
        raise WrongJob(
            f"{visible(os.fsencode(on_disk).decode(errors='backslashreplace'))}: Java reads no file of this name,"
            " which is no UTF-8 or not of its locale; rename it, set LC_ALL=C.UTF-8, or give what belopp pack"
            " makes of the folder"
        )


def divided(files: Iterable[File], size: int, edition: str) -> Iterator[Portion]:
    """Files in portions of about so many bytes, in the order of their paths."""
    portion: list[File] = []
    weight = 0
    for file in files:
        portion.append(file)
        weight += file.size
        if weight >= size or len(portion) == MOST_FILES:
            yield _portion(portion, edition)
            portion, weight = [], 0
    if portion:
        yield _portion(portion, edition)


def _portion(files: Sequence[File], edition: str) -> Portion:
    return Portion(hashlib.sha256(told(files, edition).encode()).hexdigest()[:16], tuple(files))


def told(files: Iterable[File], edition: str) -> str:
    """What a portion was made of, as its mark says it."""
    return json.dumps({"edition": edition, "files": list(files)}, ensure_ascii=False)


def done(kept: Kept, files: Sequence[File], edition: str) -> dict[str, tuple[File, ...]]:
    """The portions that earlier jobs finished, by name, of files that are all as they were then."""
    now = set(files)
    found: dict[str, tuple[File, ...]] = {}
    for name in kept.marked():
        try:
            made_of = json.loads(kept.says(name))
        except ValueError:  # the job was ended as it made the mark
            continue
        before = tuple(File(*file) for file in made_of["files"])
        if made_of["edition"] == edition and now.issuperset(before):
            now.difference_update(before)
            found[name] = before
    return found
