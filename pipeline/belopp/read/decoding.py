"""The first step of reading: bytes become the one text that every offset points into."""

from __future__ import annotations

import codecs
import re

from belopp.read.problems import Unreadable

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", ()),
    (codecs.BOM_UTF32_LE, "utf-32-le", ("utf-32",)),
    (codecs.BOM_UTF32_BE, "utf-32-be", ("utf-32",)),
    (codecs.BOM_UTF16_LE, "utf-16-le", ("utf-16",)),
    (codecs.BOM_UTF16_BE, "utf-16-be", ("utf-16",)),
)
_MARKED = tuple(mark for mark, _, _ in _MARKS)
# "kronor fÃ¶r vÃ¥rd": UTF-8 that someone saved as cp1252 before we saw it.
_MOJIBAKE = re.compile("Ã[\u00a0-\u00bf\u0080-\u009f…„–œ˜‹]|â€[\u009d“”™]|\ufffd")
# Controls that turn the order of what is shown: "3 000" may be shown as "000 3".
_TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def oddities(text: str) -> tuple[str, ...]:
    r"""What is odd about a text whatever bytes it came from: ``mojibake``, ``bidi`` (shown in another order).

    >>> oddities("f\xc3\xb6r 5 kr"), oddities("\u202e5 kr")
    (('mojibake',), ('bidi',))
    """
    found: tuple[str, ...] = ()
    if text.isascii():
        return found
    if ("Ã" in text or "€" in text or "\ufffd" in text) and _MOJIBAKE.search(text):
        found = ("mojibake",)
    for mark in _TURNED:  # a loop costs half of any() over a generator, and every text comes by
        if mark in text:
            return (*found, "bidi")
    return found


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a file: its byte order mark, else strict UTF-8, else cp1252; and flags that say what was odd.

    Newlines stay as they are and a leading mark is dropped, so offsets into the text hold in the file.
    The flags are ``utf-16``, ``utf-32`` and ``cp1252``, and those of :func:`oddities`.  Raises :class:`Unreadable` at
    stage ``decode`` for bytes that are no text in any of these.

    >>> decode("för 5 kr\\r\\n".encode("cp1252"))
    ('för 5 kr\\r\\n', ('cp1252',))
    >>> decode(b"\\xef\\xbb\\xbf5 kr")
    ('5 kr', ())
    """
    if data.startswith(_MARKED):
        mark, encoding, flags = next(each for each in _MARKS if data.startswith(each[0]))
        return _decode_as(data[len(mark) :], encoding, flags)
    if b"\x00" in data:
        raise Unreadable("decode", "the file holds NUL bytes: it is no text, or UTF-16 without its mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, "cp1252", ("cp1252",))
    return text, oddities(text)


def _decode_as(data: bytes, encoding: str, flags: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("decode", f"neither UTF-8 nor {encoding}: byte {error.start} does not fit") from error
    return text, (*flags, *oddities(text))
