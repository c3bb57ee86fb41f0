"""What a run is made by: the versions that it tells of, and a digest of all that decides what it writes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from belopp import __version__

LIBRARIES: Final = (
    "dateparser", "mammoth", "markdown-it-py", "openpyxl", "pdfplumber", "pyarrow", "pypdfium2", "regex", "selectolax",
)  # fmt: skip


def versions(rules_digest: str) -> Mapping[str, object]:
    """The versions of belopp, its rules, Python and libraries, as ``run.json`` tells of them."""
    return {
        "belopp": __version__,
        "rules": rules_digest,
        "python": sys.version.split()[0],
        "libraries": _library_versions(),
    }


def edition(rules_digest: str) -> str:
    """A digest of everything but the documents that decides what a run writes: rules, code, Python, libraries."""
    parts = [rules_digest, __version__, code_digest(), sys.version, *_library_versions().values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_digest() -> str:
    """A digest of the package's own source."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _library_versions() -> dict[str, str]:
    """The versions of the libraries that take part in reading and writing."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
