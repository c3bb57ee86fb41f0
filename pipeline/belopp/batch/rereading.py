"""One publication read again after a run, wherever it lies."""

from __future__ import annotations

from belopp.batch.examining import source_bytes
from belopp.batch.packed import is_packed, packed_source
from belopp.batch.publication import Publication
from belopp.read import Unreadable


def data_of(publication: Publication) -> bytes:
    """A publication's bytes; a packed corpus is gone through until it comes.

    Raises :class:`Unreadable`, ``WrongInput`` for a broken archive, or ``OSError``.
    """
    if not is_packed(publication.path):
        return source_bytes(publication.path)
    source = packed_source(publication.path)
    if source.data is not None:
        for each in source.publications:
            if each.doc == publication.doc:
                return source.data()
    raise Unreadable("read", f"it is no longer in {publication.path}; run anew")
