"""The texts behind a sheet: publications read again, found by their ids among what the folders list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from belopp.batch import Publication, WrongInput, data_of, gather
from belopp.batch.shielding import read_apart
from belopp.gold.problems import GoldError
from belopp.model import Document
from belopp.read import Unreadable, lay_out
from belopp.tables import RUN, TEXT
from belopp.tables.writing import text_name

_LIMIT: Final = 60.0


def inputs_now(run: Path, inputs: Iterable[str]) -> list[str]:
    """A run's inputs as they are found now: seen from here, or else from a folder that the run lies in.

    A run names its inputs as they were given to it, and whoever looks at it may stand elsewhere.
    """
    places = [Path(), *run.resolve().parents]
    return [next((str(place / given) for place in places if (place / given).exists()), given) for given in inputs]


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
