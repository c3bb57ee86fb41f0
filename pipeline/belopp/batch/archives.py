"""Tar and zip archives as corpora: gone through member by member, and nothing is unpacked on the disk."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, cast

from belopp.batch.problems import WrongInput
from belopp.batch.publication import TOO_LARGE
from belopp.read import Unreadable

TARS: Final = (".tar", ".tar.gz", ".tgz")
ZIPS: Final = (".zip",)
# What a header of a tar archive may hold: names and dates, a page of them.
MOST_HEAD: Final = 1_000_000
_BLOCK: Final = 512
LINK: Final = "a link, which leads nowhere in an archive; pack the file that it leads to"
_PACK_ANEW: Final = "pack it anew"
_BROKEN: Final = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Forward:
    """A file that is read forwards only, and in pieces of a bounded size: a header that says more is broken."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.last = b""

    def read(self, size: int) -> bytes:
        """The next bytes, fewer at the end; what was read last stays to be looked at."""
        if not 0 <= size <= MOST_HEAD:
            raise tarfile.ReadError(f"a header of {size} bytes")
        self.last = self._file.read(size)
        return self.last

    def tell(self) -> int:
        """Where the next bytes stand."""
        return self._file.tell()

    def seek(self, place: int) -> None:
        """Pass over what stands before a place."""
        if place < self._file.tell():
            raise tarfile.ReadError("a header that leads back")
        self._file.seek(place)

    def content(self, size: int) -> bytes:
        """So many bytes, whose number has been found fit; fewer at the end."""
        return self._file.read(size)


class Tar:
    """A tar archive, packed by gzip or not.  Its names come once, in its order, each with the chance to read it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._member: tarfile.TarInfo | None = None
        with refused(path):
            self._file = cast("IO[bytes]", (open if path.lower().endswith(".tar") else gzip.open)(path, "rb"))
        self._forward = Forward(self._file)

    def names(self) -> Iterator[str]:
        """The names of what is no folder.  Raises :class:`WrongInput` where the archive breaks off."""
        with refused(self._path):
            archive = tarfile.TarFile(fileobj=cast("IO[bytes]", self._forward))
            self._member = archive.next()
            while self._member is not None:
                if self._member.isfile() or self._member.issym() or self._member.islnk():
                    yield self._member.name
                self._member = self._following(archive)
            if self._forward.last != bytes(_BLOCK):
                raise tarfile.ReadError("it is cut short, or its headers are damaged")
            while self._forward.read(MOST_HEAD):  # at the very end stands the sum over what was packed
                pass

    def _following(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        """The next member, or ``None`` at the end or what is no header; the library's own way keeps all it has seen."""
        self._forward.seek(archive.offset)
        try:
            return tarfile.TarInfo.fromtarfile(archive)
        except tarfile.HeaderError:
            return None

    def data(self, most: int) -> bytes:
        """The bytes of the member named last, asked for once.  Raises :class:`Unreadable`, also for more than most."""
        member = self._member
        assert member is not None
        if not member.isfile():
            raise Unreadable("read", LINK)
        if member.issparse():
            raise Unreadable("read", f"a file with holes is not read; {_PACK_ANEW} without --sparse")
        fit(member.size, most)
        with refused(self._path):
            self._forward.seek(member.offset_data)
            return self._forward.content(member.size)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Zip:
    """A zip archive, in the way of :class:`Tar`; its table of contents is held in memory."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._member: zipfile.ZipInfo | None = None
        with refused(path):
            self._archive = zipfile.ZipFile(path)

    def names(self) -> Iterator[str]:
        """The names of what is no folder."""
        for member in self._archive.infolist():
            self._member = member
            if not member.is_dir():
                yield member.filename

    def data(self, most: int) -> bytes:
        """The bytes of the member named last.  Raises :class:`Unreadable`, also for more than most."""
        member = self._member
        assert member is not None
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable("read", LINK)
        if member.flag_bits & 1:
            raise Unreadable("read", f"encrypted; {_PACK_ANEW} without a password")
        fit(member.file_size, most)
        try:
            with self._archive.open(member) as file:
                return file.read(member.file_size)
        except _BROKEN as error:
            raise Unreadable("read", f"broken in the archive ({' '.join(str(error).split())}); {_PACK_ANEW}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()


def fit(size: int, most: int) -> None:
    """Raise :class:`Unreadable` for a member that is too large, by what the archive says of it."""
    if not 0 <= size <= most:
        raise Unreadable("read", TOO_LARGE.format(size, most))


@contextmanager
def refused(path: str) -> Iterator[None]:
    """Have what is wrong with an archive as a whole told as :class:`WrongInput`."""
    try:
        yield
    except PermissionError as error:
        raise WrongInput(f"{path}: {error.strerror}; make the file readable") from error
    except _BROKEN as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise WrongInput(f"{path}: a broken archive ({why}); fetch it again, or {_PACK_ANEW}") from error
