"""The texts behind a sheet: publications read again, found by their ids among what the folders list."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Final

from belopp.batch import Publication, WrongInput, data_of, gather
from belopp.batch.shielding import read_apart
from belopp.gold.problems import GoldError
from belopp.model import Document
from belopp.read import Unreadable, lay_out
from belopp.tables import DOCUMENTS, RUN, TEXT, read_csv
from belopp.tables.writing import text_name

_LIMIT: Final = 60.0


def inputs_now(run: Path, inputs: Iterable[str]) -> list[str]:
    """A run's inputs as they are found now: seen from here, or else from a folder that the run lies in.

    A run names its inputs as they were given to it, and whoever looks at it may stand elsewhere.  Where several places
    have what an input names, the first that holds one of the run's documents is taken.
    """
    places = [Path(), *run.resolve().parents]
    docs = _Docs(run)
    return [_found(given, places, docs) for given in inputs]


def _found(given: str, places: Sequence[Path], docs: _Docs) -> str:
    """An input as it is named from the place that has it; as it was given when none has."""
    start = _start(given)
    there: dict[Path, str] = {}
    for place in places:
        if (place / start).exists() and (start or place != Path(os.sep)):  # "**/*.md" from "/" is the whole disk
            there.setdefault((place / start).resolve(), str(place / given))
    named = list(there.values()) or [given]
    return named[0] if len(named) == 1 else next(filter(docs.are_under, named), named[0])


def _start(given: str) -> str:
    """The part of an input that must be there as it is written: of a pattern what stands before its first sign."""
    if not glob.has_magic(given) or os.path.exists(given):
        return given
    return os.path.join("", *takewhile(lambda part: not glob.has_magic(part), Path(given).parts))


class _Docs:
    """The documents of a run, read when there is a choice."""

    def __init__(self, run: Path) -> None:
        self._run = run

    @cached_property
    def _ids(self) -> frozenset[str]:
        path = self._run / DOCUMENTS.file
        return frozenset(line["doc"] for line in read_csv(path)) if path.is_file() else frozenset()

    def are_under(self, given: str) -> bool:
        """Whether an input, as it is found now, holds any of them."""
        try:
            return any(each.doc in self._ids for each in gather([given], leave_out=self._run))
        except WrongInput:
            return False


class Publications:
    """The publications of a run (its folder) or of a folder of publications.

    A document's id is looked up among what the folders list and never made a path of, but for the name of a kept
    text, which :func:`text_name` makes safe.
    """

    def __init__(self, source: str | Path) -> None:
        self.source = Path(source)
        self._run = self.source if (self.source / RUN).is_file() else None

    @cached_property
    def listed(self) -> dict[str, Publication]:
        """Every publication there is, by id.  Raises :class:`GoldError` when a folder is gone."""
        inputs = [str(self.source)]
        try:
            if self._run:
                inputs = [str(given) for given in json.loads((self._run / RUN).read_text(encoding="utf-8"))["inputs"]]
                inputs = inputs_now(self._run, inputs)
            return {each.doc: each for each in gather(inputs, leave_out=self._run)}
        except (OSError, ValueError, KeyError, TypeError) as error:
            where = f"{self.source}: its publications are not there" if self._run else str(self.source)
            raise GoldError(f"{where} ({error}); give the folder that they lie under now") from error

    def document(self, doc: str) -> Document:
        """The publication, read again; of one gone from a run the text that the run kept, without its layout.

        Raises :class:`GoldError` when there is neither, or it cannot be read.
        """
        try:
            found = self.listed.get(doc)
        except (GoldError, WrongInput):
            if self._run is None:
                raise
            found = None
        if found is None or found.fault or found.path == "-":
            return self._kept(doc)
        try:
            return lay_out(read_apart(data_of(found), doc, found.listing, limit=_LIMIT))
        except Unreadable as error:
            raise GoldError(f"{doc}: cannot be read ({error.reason}); leave it out") from error
        except OSError as error:
            raise GoldError(f"{doc}: {error.strerror or error}; check who may read {found.path}") from error

    def _kept(self, doc: str) -> Document:
        path = self.source / TEXT / text_name(doc)
        if self._run is None or not path.is_file() or not path.resolve().is_relative_to(self.source.resolve()):
            raise GoldError(f"{doc}: no such publication in {self.source}; give the folder that it lies under")
        with path.open(encoding="utf-8", newline="") as file:
            return Document(doc, file.read())
