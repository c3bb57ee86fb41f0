"""Gold in the forms of other annotation tools, each with a way there and a way back to the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from belopp.gold.exchange.marks import Mark, Marked, anchor, by_document, marked, rows_of

FORMS: Final = ("labelstudio", "doccano", "prodigy", "brat", "docbin")


class Form(Protocol):
    """What the module of a form offers: to write publications into a folder, and to read them from there."""

    def write(self, given: Iterable[Marked], out: Path) -> None:
        """Write the publications into the folder."""

    def read(self, path: Path) -> Iterator[Marked]:
        """Read the publications of a folder that was written, or of the file that the tool exported."""


def form(name: str) -> Form:
    """The form of that name, of :data:`FORMS`."""
    assert name in FORMS
    return cast(Form, import_module(f"belopp.gold.exchange.{name}"))


__all__ = ["FORMS", "Form", "Mark", "Marked", "anchor", "by_document", "form", "marked", "rows_of"]
