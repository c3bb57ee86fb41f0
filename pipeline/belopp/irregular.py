"""Tell what is there but is no file to read: a pipe would be waited for, a device may never come to an end."""

from __future__ import annotations

import os
import stat
from typing import Final

_NAMES: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def irregular(path: str | os.PathLike[str], remedy: str = "save what comes through it as a file") -> str:
    """What lies at a path in place of a file and what to do about it; ``""`` for a file, a folder and nothing at all.

    >>> irregular("/dev/null"), irregular("/dev"), irregular("/dev/no-such")
    ('is a device and no file; save what comes through it as a file', '', '')
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):  # to open it says why
        return ""
    named = next((name for holds, name in _NAMES if holds(mode)), "")
    return named and f"is {named} and no file; {remedy}"
