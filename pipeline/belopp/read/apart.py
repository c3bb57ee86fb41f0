"""Reading in a process apart, the child's side: bytes come in, a document goes out, and only the child can die of it.

The parent's side is ``belopp.batch.shielding``.  What goes out is JSON: a parser that was taken over can say
nothing by it that its parent would run.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import struct
import sys
from contextlib import suppress
from typing import BinaryIO, Final

from belopp.model import Block, Document
from belopp.read import Unreadable, parse

LENGTH: Final = struct.Struct("!Q")
"""What stands before each message: the bytes of it."""

# The keys of an answer, one of them in each.
DOCUMENT: Final = "document"
UNREADABLE: Final = "unreadable"
NO_MEMORY: Final = "no memory"
FAULT: Final = "fault"
_HALVES: Final = re.compile("[\ud800-\udfff]")


def serve(memory: int) -> None:
    """Read one document after the other until the parent ends.  ``memory`` is the address space in bytes (0: any)."""
    source, answers = _only_pipes()
    _die_with_parent()
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, memory or resource.RLIM_INFINITY),
    ):
        with suppress(ValueError, OSError):  # not every system knows them all
            resource.setrlimit(limit, (most, most))
    while head := source.read(LENGTH.size):
        task = json.loads(source.read(*LENGTH.unpack(head)))
        data = source.read(*LENGTH.unpack(source.read(LENGTH.size)))
        _allow(task.pop("cpu"), task.pop("wall"))
        answer = _answer(data, task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(LENGTH.pack(len(answer)))
        answers.write(answer)
        answers.flush()


def _only_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of reach of what a library prints."""
    source, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return os.fdopen(source, "rb"), os.fdopen(answers, "wb")


def _die_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _allow(cpu: float, wall: float) -> None:
    """Let the system end this process when a document's time is up (0: never), whatever it is doing then."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    soft = int(spent + cpu) + 1 if cpu else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, wall)


def _answer(data: bytes, task: dict[str, str]) -> bytes:
    try:
        return json.dumps({DOCUMENT: packed(parse(data, blocks=False, **task))}).encode()
    except Unreadable as error:
        return json.dumps({UNREADABLE: [error.stage, error.reason]}).encode()
    except MemoryError:
        return json.dumps({NO_MEMORY: 1}).encode()
    except Exception as error:  # noqa: BLE001 (whatever a document does to us, the next one is read)
        return json.dumps({FAULT: [type(error).__name__, str(error)[:1_000]]}).encode()


def packed(document: Document) -> dict[str, object]:
    """A document as JSON has it.

    >>> held = Document("a", "5 kr", blocks=(Block(0, 4, "paragraph"),), pages=(0,), flags=("odd",))
    >>> unpacked(json.loads(json.dumps(packed(held)))) == held
    True
    """
    return document._asdict()


def unpacked(told: dict[str, object]) -> Document:
    """A document from :func:`packed`, halves of surrogate pairs in it replaced: no table can hold them.

    Raises ``ValueError`` for blocks that do not lie in its text.
    """
    told = {name: _HALVES.sub("\ufffd", value) if isinstance(value, str) else value for name, value in told.items()}
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    blocks = tuple(Block(*block) for block in lists.pop("blocks", ()))
    document = Document(**{**told, **lists, "blocks": blocks})  # type: ignore[arg-type]
    if any(not 0 <= block.start <= block.end <= len(document.text) for block in blocks):
        raise ValueError("a block lies outside the text")
    return document
