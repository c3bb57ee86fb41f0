"""Untrusted documents are read in a child process: whatever it dies of, the batch goes on with a new one.

PDF, DOCX, XLSX and HTML go through libraries that a broken or hostile file may hang, blow up or crash.  One child
serves one thread of the batch, document after document; its own side is ``belopp.read.apart``.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Final

from belopp.model import Document
from belopp.read import Listing, Unreadable, apart, parse

# The address space of a child: what the largest of real documents takes is a tenth of it.
MEMORY: Final = 2_000_000_000
# A document may take this many times its processor time by the clock, for other processes run too.
PATIENCE: Final = 3.0
MOST_ANSWER: Final = 500_000_000
# What is read in this process, where nothing limits memory: five thousand pages.
MOST_TEXT: Final = 20_000_000
# The libraries let go of memory late: a child is replaced after so many documents.
DOCUMENTS: Final = 2_000
START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from belopp.read.apart import serve; serve(int(sys.argv[2]))"
)

_NAMED: Final = (".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".xlsx", ".xlsm")
# What is not all text before the first "<", a byte order mark of two or four bytes, or the header of a binary format.
_MARKED_UP: Final = re.compile(rb"[^!-;=-~]*<")
_BINARY: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"PK", b"\xd0\xcf\x11\xe0")
_HEAD: Final = 2_048
OUT_OF_MEMORY: Final = "the parser died: out of memory ({:g} GB); divide the document"
TOO_LONG: Final = "took longer than {:g} s; give a higher --limit, or divide the document"


class Died(Exception):
    """The child's end, in words; ``fresh`` when no earlier document can have had a part in it."""

    def __init__(self, why: str, *, fresh: bool) -> None:
        super().__init__(why)
        self.fresh = fresh


def is_untrusted(data: bytes, name: str) -> bool:
    """Whether the bytes may be in a format that is read apart; ``False`` is certain.

    >>> is_untrusted(b"%PDF-1.7", "a.md"), is_untrusted(b" <p>5 kr", "a.md"), is_untrusted(b"# 5 kr <b>", "a.md")
    (True, True, False)
    """
    if name.lower().endswith(_NAMED) or data.startswith(_BINARY):
        return True
    head = data[:_HEAD]
    if b"%" in head and b"%PDF-" in head:  # to look for one character costs a fifth
        return True
    return b"<" in data and (_MARKED_UP.match(head) is not None or not head.strip())


def looks_like(data: bytes) -> str:
    """The format that bytes nobody could read are in, as far as a look at them tells; else ``""``.

    >>> looks_like(b"%PDF-1.7 ..."), looks_like(b" <html>"), looks_like(b"5 kr")
    ('pdf', 'html', '')
    """
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(b"PK"):
        return "docx" if b"word/" in data else "xlsx" if b"xl/" in data else "zip"
    return "html" if _MARKED_UP.match(head) else ""


def read_apart(data: bytes, doc: str, listing: Listing, *, limit: float) -> Document:
    """The document of an id, as ``read.parse`` makes it without blocks that can be laid out later.

    ``limit`` is the processor time it may take, in seconds (0: any).  Raises :class:`Unreadable` as ``parse``
    does, and at stage ``read`` when the child died.
    """
    if not is_untrusted(data, doc):
        if len(data) > MOST_TEXT:
            raise Unreadable("read", f"the text has {len(data)} bytes; at most {MOST_TEXT} are read; divide it")
        return parse(data, id=doc, published=listing.published, title=listing.title, url=listing.url, blocks=False)
    try:
        return _child().read(data, doc, listing, limit)
    except Died as death:
        if death.fresh:
            raise Unreadable("read", str(death)) from death
    # What earlier documents left behind may have had a part in it: the document's own doing shows in a new child.
    try:
        return _child().read(data, doc, listing, limit)
    except Died as death:
        raise Unreadable("read", str(death)) from death


class Child:
    """A process that reads one document at a time."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.served = 0
        self._parent = os.getpid()
        # Its own group: Ctrl-C on the terminal is for the parent to decide on.
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, json.dumps(sys.path), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )

    def read(self, data: bytes, doc: str, listing: Listing, limit: float) -> Document:
        """Have one document read.  Raises :class:`Unreadable` or :class:`Died`."""
        task = {"id": doc, **listing._asdict(), "path_hint": doc, "cpu": limit, "wall": limit * PATIENCE}
        fresh, self.served = not self.served, self.served + 1
        try:
            answer = self._ask(json.dumps(task).encode(), data)
            why = self._why(limit) if answer is None else ""
        except BaseException:  # what it says next would answer this question
            self.end()
            raise
        if answer is None:
            self.end()
            raise Died(why, fresh=fresh or why == TOO_LONG.format(limit))
        if self.served >= DOCUMENTS:
            self.end()
        return self._told(answer, fresh=fresh)

    def _ask(self, task: bytes, data: bytes) -> bytes | None:
        """The child's answer, or ``None`` when it died before it was whole."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            for part in (task, data):
                self.process.stdin.write(apart.LENGTH.pack(len(part)))
                self.process.stdin.write(part)
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        head = self.process.stdout.read(apart.LENGTH.size)
        if len(head) < apart.LENGTH.size:
            return None
        (length,) = apart.LENGTH.unpack(head)
        if length > MOST_ANSWER:
            self.end()
            raise Unreadable("read", f"its text takes {length} bytes; at most {MOST_ANSWER} are read")
        answer = self.process.stdout.read(length)
        return answer if len(answer) == length else None

    def _told(self, answer: bytes, *, fresh: bool) -> Document:
        try:
            told = json.loads(answer)
            if apart.DOCUMENT in told:
                return apart.unpacked(told[apart.DOCUMENT])
            if apart.UNREADABLE in told:
                stage, reason = map(str, told[apart.UNREADABLE])
                raise Unreadable(stage, reason)
            if apart.FAULT in told:
                raise Unreadable("read", "the parser failed: {}: {}".format(*told[apart.FAULT]))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            self.end()
            raise Unreadable("read", f"the parser's answer makes no sense: {type(error).__name__}") from error
        self.end()
        raise Died(OUT_OF_MEMORY.format(self.memory / 1e9), fresh=fresh)

    def _why(self, limit: float) -> str:
        """What ended the process, in words."""
        code = self.process.wait()
        if code in (-signal.SIGALRM, -signal.SIGXCPU):
            return TOO_LONG.format(limit)
        if code == -signal.SIGKILL:  # the system has none left for anybody
            return OUT_OF_MEMORY.format(self.memory / 1e9)
        name = f"{signal.Signals(-code).name}, a fault in it or out of memory" if code < 0 else f"status {code}"
        return f"the parser died: {name}; save the document anew, or in another format"

    def is_ours(self) -> bool:
        """Whether this process began it: a fork leaves its parent's child alone."""
        return self._parent == os.getpid()

    def __del__(self) -> None:
        """End it with the thread whose it is."""
        if hasattr(self, "process"):
            self.end()

    def end(self) -> None:
        """End the process and let go of its pipes."""
        if self.process.returncode is None and self.is_ours():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has no reader
                    pipe.close()


class _Own(threading.local):
    """The child of each thread, for engines call from many, and its pipes answer one question after the other."""

    child: Child | None = None


_own = _Own()


def _child() -> Child:
    child = _own.child
    if child is None or not child.is_ours() or child.process.returncode is not None:
        child = _own.child = Child(MEMORY)
    return child


def dismiss() -> None:
    """End this thread's child, if it has one."""
    child, _own.child = _own.child, None
    if child is not None:
        child.end()
