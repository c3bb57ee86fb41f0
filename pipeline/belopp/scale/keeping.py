"""Tables that outlive the job that wrote them: each is marked when all of it is there, and nothing without its mark."""

from __future__ import annotations

from typing import Final

from belopp.scale.hadoop import Folder

# Spark passes over names that begin so.
DONE: Final = "_done"


class Kept:
    """A folder of tables and, apart from them, their marks.

    A table's mark is made last and goes first, for few file systems remove or move a folder at once: what is left of
    one when a job is ended midway must not be taken for the whole.
    """

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def path(self, name: str) -> str:
        """Where a table lies, or is to be written."""
        return f"{self.folder.path}/{name}"

    def marked(self) -> list[str]:
        """The names of the tables that are whole."""
        return self.folder.below(DONE).names()

    def has(self, name: str) -> bool:
        """Whether a table is whole."""
        return self.folder.has(f"{DONE}/{name}")

    def says(self, name: str) -> str:
        """What a table's mark says."""
        return self.folder.read(f"{DONE}/{name}")

    def mark(self, name: str, says: str = "") -> None:
        """A table is whole from now on."""
        self.folder.write(f"{DONE}/{name}", says)

    def unmark(self, name: str) -> None:
        """A table is no longer to be trusted: it is to be moved, removed or written anew."""
        self.folder.remove(f"{DONE}/{name}")

    def forget(self, names: set[str]) -> None:
        """Remove all tables but those named."""
        for name in set(self.marked()) - names:
            self.unmark(name)
        for name in set(self.folder.names()) - names - {DONE}:
            self.folder.remove(name)

    def remove(self) -> None:
        """Remove all of it."""
        self.folder.remove(DONE)
        self.folder.remove()
