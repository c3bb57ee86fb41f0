"""The corpus folder: each document's bytes as they came, written whole or not at all, and the manifest beside them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from belopp.irregular import irregular
from belopp.read.listing import MANIFEST
from belopp.sources import names
from belopp.sources.manifest import Kept, entries, line, lines
from belopp.sources.problems import Busy, Failed, WrongSource

# Hidden, so that no run reads them.
LOCK: Final = ".fetch.lock"
PARTS: Final = ".fetch.parts"


class Corpus:
    """A corpus folder that is being fetched to, or looked at (then nothing is written)."""

    def __init__(self, folder: Path, *, writes: bool) -> None:
        self.folder = folder
        self._writes = writes
        self._kept = dict(_read_manifest(folder))
        self._taken = {names.folded(kept.path): kept.source for kept in self._kept.values()}
        self._number = 0
        self._journal = -1

    def of(self, source: str) -> Kept | None:
        """What is kept of an address."""
        return self._kept.get(source)

    def bytes_of(self, kept: Kept) -> bytes | None:
        """The bytes kept, if they lie there as the manifest says; damaged or lost ones are to be fetched anew."""
        try:
            data = (self.folder / kept.path).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == kept.sha256 else None

    def name_for(self, source: str, wanted: str) -> str:
        """The path for a document: the one wanted, or a marked one where another document has that."""
        return wanted if self._taken.get(names.folded(wanted), source) == source else names.marked(wanted, source)

    def keep(self, kept: Kept, data: bytes) -> None:
        """Write a document's bytes, then its line: a crash between them leaves a file that the next run writes again.

        Raises :class:`Failed` when the path leads out of the folder by a link, ``OSError`` when there is no room.
        """
        before = self._kept.get(kept.source)
        self._write(kept.path, data)
        self.note(kept)
        if before and before.path != kept.path:
            self._taken.pop(names.folded(before.path), None)
            (self.folder / before.path).unlink(missing_ok=True)

    def note(self, kept: Kept) -> None:
        """Write what is now known of a document whose bytes lie there."""
        assert self._writes
        if self._journal < 0:
            self._journal = os.open(self.folder / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        _write_all(self._journal, (line(kept) + "\n").encode())
        os.fsync(self._journal)
        self._kept[kept.source] = kept
        self._taken[names.folded(kept.path)] = kept.source

    def close(self) -> None:
        """Leave the manifest in order: one line a file, by path."""
        if self._journal < 0:
            return
        os.close(self._journal)
        self._journal = -1
        self._write(MANIFEST, lines(self._kept.values()))

    def _write(self, name: str, data: bytes) -> None:
        assert self._writes
        target = self.folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise Failed(f"{name}: a file lies where its folder should") from error
        if not target.parent.resolve().is_relative_to(self.folder.resolve()):
            raise Failed(f"{name} would leave the corpus folder by a link")
        if target.is_dir():
            raise Failed(f"{name}: a folder lies where it should")
        parts = self.folder / PARTS
        parts.mkdir(exist_ok=True)
        self._number += 1
        part = parts / f"{os.getpid()}-{self._number}"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            _write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(part, target)
        _sync(target.parent)


@contextmanager
def opened(folder: Path, *, writes: bool = True) -> Iterator[Corpus]:
    """The corpus folder for one fetch: locked, what a crash left behind cleared, the manifest in order at the end.

    Without ``writes`` it is only looked at, and need not exist.  Raises :class:`Busy` when another fetch is
    writing to it, :class:`WrongSource` for a manifest that is broken or a path that is no folder.
    """
    if not writes:
        yield Corpus(folder, writes=False)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise WrongSource(f"{folder} is no folder; give another --out") from error
    for name in (LOCK, PARTS, MANIFEST):
        if odd := irregular(folder / name, "remove it"):
            raise WrongSource(f"{folder / name}: {odd}")
    with _alone(folder):
        shutil.rmtree(folder / PARTS, ignore_errors=True)
        _drop_cut_line(folder / MANIFEST)
        corpus = Corpus(folder, writes=True)
        try:
            yield corpus
        finally:
            corpus.close()
            shutil.rmtree(folder / PARTS, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"{folder}: another fetch is writing there; wait for it or choose another --out") from error
        yield
    finally:
        os.close(handle)


def _read_manifest(folder: Path) -> Mapping[str, Kept]:
    path = folder / MANIFEST
    if odd := irregular(path, "remove it"):
        raise WrongSource(f"{path}: {odd}")
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    try:
        return entries(data)
    except WrongSource as error:
        raise WrongSource(f"{folder}: {error}") from error


def _drop_cut_line(path: Path) -> None:
    """Take away a last line without an end, so that the next one does not grow together with it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    if data and not data.endswith(b"\n"):
        os.truncate(path, data.rfind(b"\n") + 1)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
