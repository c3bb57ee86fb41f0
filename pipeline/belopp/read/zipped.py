"""Office documents are ZIP archives: which one it is, and what makes one too dangerous to open."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from belopp.read.problems import ANEW, DIVIDED, Unreadable

# What an archive may come to.  A document of a thousand pages has 10 MB of XML in some hundred members.
MOST_BYTES: Final = 150_000_000
MOST_MEMBERS: Final = 5_000
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled.main", "docx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main", "xlsx"),
)
_OTHERS: Final = (
    (b"presentationml", "PowerPoint"),
    (b"ms-excel.sheet.binary", "a binary Excel document"),
)
_DECLARATIONS: Final = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_XML: Final = (".xml", ".rels")


def format_of(data: bytes) -> str:
    """``docx`` or ``xlsx``.  Raises :class:`Unreadable` for any other archive, or one that is broken or a bomb."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bombs(members)
            names = {member.filename for member in members}
            if _TYPES in names:
                types = archive.read(_TYPES)
                found = next((form for mark, form in _MAIN if mark in types), "")
                if found:
                    _refuse_declarations(archive, members)
                    return found
                other = next((name for mark, name in _OTHERS if mark in types), "")
                raise Unreadable("format", f"{other or 'an unknown Office document'} is not read")
            if "mimetype" in names:
                raise Unreadable("format", "an OpenDocument or EPUB is not read")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("read", f"the archive is broken: {' '.join(str(error).split())}; {ANEW}") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Unreadable("read", f"the archive is broken: {error}; {ANEW}") from error
    raise Unreadable("format", "a ZIP archive is not read")


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    """No member unpacks to more than it declares: zipfile stops there."""
    if len(members) > MOST_MEMBERS:
        raise Unreadable("read", f"the archive has {len(members)} members; at most {MOST_MEMBERS} are read; {DIVIDED}")
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES:
        raise Unreadable("read", f"the archive unpacks to {size} bytes; at most {MOST_BYTES} are read; {DIVIDED}")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("read", "encrypted: the archive opens with a password only; save a copy without one")


def _refuse_declarations(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Office writes no document type declarations; they are there to fetch files or to blow up."""
    for member in members:
        if member.filename.lower().endswith(_XML):
            part = archive.read(member)  # to its end: any length of comments may stand before a declaration
            if any(mark in part for mark in _DECLARATIONS):
                raise Unreadable(
                    "read", f"{member.filename} declares a document type or entities, which is not read; {ANEW}"
                )
