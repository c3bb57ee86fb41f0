"""The publications behind the rows: each is read again from where the run read it, if it is still the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Final

from belopp.batch import Publication, WrongInput, data_of, gather
from belopp.gold.publications import inputs_now
from belopp.model import Document
from belopp.read import Unreadable, parse
from belopp.review.findings import Findings, Listed

_KEPT: Final = 64


class Texts:
    """The run's publications, found once under its inputs; no name from an address ever becomes a path."""

    def __init__(self, findings: Findings) -> None:
        self._found: dict[str, Publication] = {}
        for given in inputs_now(findings.folder, findings.inputs):
            try:
                gathered = gather([given], leave_out=findings.folder)
            except WrongInput:  # moved away since the run: its documents show their sentences alone
                continue
            self._found.update({found.doc: found for found in gathered if not found.fault})
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def document(self, listed: Listed) -> Document | None:
        """The document as the run read it; ``None`` when its file is gone, changed or not readable."""
        if listed.doc in self._kept:
            self._kept.move_to_end(listed.doc)
            return self._kept[listed.doc]
        document = self._read(listed)
        if document is not None:
            self._kept[listed.doc] = document
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return document

    def _read(self, listed: Listed) -> Document | None:
        found = self._found.get(listed.doc)
        if found is None or found.path == "-":
            return None
        try:
            data = data_of(found)
            if hashlib.sha256(data).hexdigest() != listed.sha256:
                return None
            return parse(
                data,
                id=listed.doc,
                published=listed.published,
                title=listed.title,
                url=listed.url,
            )
        except (OSError, Unreadable, WrongInput):
            return None
