"""Write a run's tables beside their place, then move them there together."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, Self

from belopp.irregular import irregular
from belopp.tables import package
from belopp.tables.cells import Line
from belopp.tables.columns import DOCUMENTS, QUARANTINED, TABLES, Table
from belopp.tables.sheets import arrow, arrow_schema, csv_text, read_csv

if TYPE_CHECKING:
    import pyarrow.parquet

STAGED: Final = ".staged"
LOCK: Final = ".lock"
PACKAGE: Final = "datapackage.json"
RUN: Final = "run.json"
TEXT: Final = "text"
# All that a run puts into its folder for others to read, in the order in which it is moved there.
PARQUETS: Final = tuple(table for table in TABLES if table.parquet)
FILES: Final = (*(table.file for table in TABLES), *(table.parquet for table in PARQUETS))
NAMES: Final = (*FILES, PACKAGE, RUN, TEXT)
LONGEST_NAME: Final = 250
# Room for the folder of the run before it: most systems know no path of more than 4,096 bytes.
LONGEST_PATH: Final = 2_000


class Writing:
    """The tables of one run, open for writing.

    They grow in a folder of their own inside ``folder`` and are moved to their names by
    :meth:`publish`; left without it, by an error or Ctrl-C, they are thrown away, and what was in
    ``folder`` before is there still.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staged = folder / STAGED
        self._sheets: dict[str, IO[str]] = {}
        self._parquets: dict[str, pyarrow.parquet.ParquetWriter] = {}

    def __enter__(self) -> Self:
        shutil.rmtree(self.staged, ignore_errors=True)  # of a run that was killed
        opened = False
        try:
            self.staged.mkdir(parents=True)
            for table in TABLES:
                sheet = (self.staged / table.file).open("w", encoding="utf-8", newline="")
                self._sheets[table.name] = sheet
                sheet.write(csv_text([table.names]))
            opened = True
            return self
        finally:
            if not opened:  # a signal or a full disk: nothing is entered, so nothing would be left either
                self.__exit__(None, None, None)

    def write(self, lines: Mapping[str, Sequence[Line]]) -> None:
        """Add lines to the tables named; those that have a Parquet file get one row group more."""
        for table in TABLES:
            if table.name in lines:
                self._sheets[table.name].write(csv_text(lines[table.name]))
                if table.parquet:
                    self._open_parquet(table).write_table(arrow(lines[table.name], table))

    def append(self, table: Table, sheet: str) -> None:
        """Add lines that are CSV already to a table that has no Parquet file."""
        self._sheets[table.name].write(sheet)

    def keep_text(self, doc: str, text: str) -> None:
        """Keep the text made of a document as ``text/<doc>.txt``: the offsets of its rows point into it."""
        path = self.staged / TEXT / text_name(doc)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # another document's text has the name of this one's folder
            path = self.staged / TEXT / digest_name(doc)
        path.write_text(text, encoding="utf-8", newline="")

    def _open_parquet(self, table: Table) -> pyarrow.parquet.ParquetWriter:
        # Not before the first lines are there: workers are forked until then, and pyarrow brings threads.
        import pyarrow.parquet as pq

        if table.name not in self._parquets:
            path = self.staged / table.parquet
            self._parquets[table.name] = pq.ParquetWriter(path, arrow_schema(table), compression="zstd")
        return self._parquets[table.name]

    def publish(self, about: Mapping[str, object]) -> None:
        """Close the tables, describe them, and move all of them to their names, ``run.json`` (``about``) last."""
        for table in PARQUETS:
            self._open_parquet(table)
        self._close()
        described = package.describe({name: measure(self.staged / name) for name in FILES})
        write_json(self.staged / PACKAGE, described)
        write_json(self.staged / RUN, about)
        names = [*FILES, PACKAGE, RUN]
        flush(self.staged / name for name in names)
        with uninterrupted():
            for name in names:
                os.replace(self.staged / name, self.folder / name)
            self._publish_texts()

    def _publish_texts(self) -> None:
        """The texts of this run take the place of all those before; the old ones go with what is staged."""
        if (self.folder / TEXT).is_dir():
            os.replace(self.folder / TEXT, self.staged / f"{TEXT}.before")
        if (self.staged / TEXT).is_dir():
            os.replace(self.staged / TEXT, self.folder / TEXT)

    def _close(self) -> None:
        for sheet in self._sheets.values():
            sheet.close()
        while self._parquets:
            self._parquets.popitem()[1].close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._close()
        finally:
            shutil.rmtree(self.staged, ignore_errors=True)


def text_name(doc: str) -> str:
    """Where below ``text/`` a document's text is kept: its id and ``.txt``.

    A name too long for that, or one that would lead out of the folder, gives way to a digest.

    >>> text_name("skr/2024/avtal.pdf"), len(text_name("x" * 250 + ".pdf")), len(text_name("skr/" * 1000 + "avtal.pdf"))
    ('skr/2024/avtal.pdf.txt', 68, 68)
    """
    parts = doc.split("/")
    safe = all(part not in ("", ".", "..") and len(part.encode()) <= LONGEST_NAME for part in parts)
    short = len(doc.encode()) <= LONGEST_PATH
    return f"{doc}.txt" if safe and short and "\0" not in doc else digest_name(doc)


def digest_name(doc: str) -> str:
    """Where below ``text/`` a document's text is kept when it cannot be called after it."""
    return hashlib.sha256(doc.encode()).hexdigest() + ".txt"


def others_in(folder: Path, *, begun: bool = False) -> str:
    """A name in a folder that a run's own would take the place of, and that no run wrote; ``""`` for none.

    In a folder that a run wrote to, or has ``begun`` to, that can be a file among the texts alone.
    """
    if begun or _is_described(folder):
        return _other_text(folder)
    return next((name for name in NAMES if os.path.lexists(folder / name)), "")


def odd_in(folder: Path) -> str:
    """The first of a run's own names in a folder that is a pipe or a device, and what to do; ``""`` for none.

    To open it would be to wait for ever.
    """
    odd = ((folder / name, irregular(folder / name, "remove it")) for name in (*NAMES, STAGED, LOCK))
    return next((f"{path}: {why}" for path, why in odd if why), "")


def _is_described(folder: Path) -> bool:
    try:
        described = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(described, dict) and described.get("name") == package.NAME


def _other_text(folder: Path) -> str:
    """The first file below ``text/`` that is not the text of a document in the tables, or ``text`` that is a file."""
    texts = folder / TEXT
    if not texts.is_dir():
        return TEXT if os.path.lexists(texts) else ""
    found = (path for path in texts.rglob("*") if path.is_symlink() or not path.is_dir())
    others = {path.relative_to(folder).as_posix() for path in found} - _texts_of(folder / DOCUMENTS.file)
    return min(others, default="")


def _texts_of(documents: Path) -> set[str]:
    """The names of the texts that were made of the documents in a table."""
    from belopp.read import MADE  # here alone: who only looks at tables reads nothing

    lines = read_csv(documents) if documents.is_file() else ()
    docs = [line["doc"] for line in lines if line["format"] in MADE and line["status"] != QUARANTINED]
    return {f"{TEXT}/{name}" for doc in docs for name in (text_name(doc), digest_name(doc))}


def measure(path: Path) -> tuple[int, str]:
    """A file's size in bytes and its SHA-256."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """JSON for people and programs: UTF-8, indented, LF ends."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def flush(paths: Iterable[Path]) -> None:
    """Have the files' contents on the disk before their names are: a power cut leaves old or new, never empty."""
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and termination back for the milliseconds that something indivisible takes."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_name(folder: Path) -> str:
    """What a run's folder is called, with the folder above: most runs are called ``run``.

    >>> run_name(Path("/project/outputs/run"))
    'outputs/run'
    """
    return Path(*folder.resolve().parts[-2:]).as_posix()
