"""A body unpacked as it comes in, piece by piece, so that a small bomb is stopped on the bytes it has produced."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from belopp.sources.problems import Failed, Passing

# What is asked for, and all that is understood.
ACCEPTED: Final = "gzip, br"
PIECE: Final = 1 << 18
LAYERS: Final = 2

Unpacker = Callable[[Iterable[bytes]], Iterator[bytes]]


def unpacked(parts: Iterable[bytes], *, encoding: str = "", most: int, cut: bool = False) -> bytes:
    """The body of ``parts`` under a Content-Encoding, at most so many bytes; with ``cut`` the rest is left unread.

    Raises :class:`Failed` when there is more or it cannot be unpacked, :class:`Passing` when it ends too soon.

    >>> unpacked([zlib.compress(b"3 mnkr")], encoding="deflate", most=100)
    b'3 mnkr'
    >>> unpacked([zlib.compress(bytes(10**6))], encoding="deflate", most=1000)
    Traceback (most recent call last):
    belopp.sources.problems.Failed: more than 1,000 bytes unpacked from 991
    """
    came = 0

    def counted() -> Iterator[bytes]:
        nonlocal came
        for part in parts:
            came += len(part)
            if came > most and not cut:
                raise Failed(f"more than {most:,} bytes")
            yield part

    pieces: Iterator[bytes] = counted()
    layers = [
        layer for layer in (name.strip().lower() for name in encoding.split(",")) if layer not in ("", "identity")
    ]
    if len(layers) > LAYERS:
        raise Failed(f"packed {len(layers)} times over")
    for layer in reversed(layers):
        if layer not in _UNPACKERS:
            raise Failed(f"packed as {layer[:40]}, which was not asked for")
        pieces = _UNPACKERS[layer](pieces)
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise Failed(f"more than {most:,} bytes unpacked from {came:,}" if layers else f"more than {most:,} bytes")
    return bytes(body)


def _gunzip(parts: Iterable[bytes]) -> Iterator[bytes]:
    return _inflate(parts, zlib.MAX_WBITS | 16)


def _deflate(parts: Iterable[bytes]) -> Iterator[bytes]:
    # Some servers send a bare deflate stream, without the frame that the name stands for.
    rest = iter(parts)
    start = b""
    while len(start) < 2 and (part := next(rest, None)) is not None:
        start += part
    framed = len(start) >= 2 and start[0] & 15 == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    return _inflate(chain((start,), rest), zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def _inflate(parts: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(wbits)
    seen = False
    try:
        for part in parts:
            seen = seen or bool(part)
            while part:
                if stream.eof:  # a gzip file may have several members, and zeros after them
                    part = part.lstrip(b"\0")
                    stream = zlib.decompressobj(wbits) if part else stream
                    continue
                yield stream.decompress(part, PIECE)
                part = stream.unused_data if stream.eof else stream.unconsumed_tail
        # The window may still hold some: at most a piece, for everything before it was asked for.
        while not stream.eof and (piece := stream.decompress(b"", PIECE)):
            yield piece
    except zlib.error as error:
        raise Failed(f"packed wrongly: {error}") from error
    if seen and not stream.eof:
        raise Passing("cut short: the packed body has no end")


def _unbrotli(parts: Iterable[bytes]) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped,unused-ignore]

    stream = brotli.Decompressor()
    seen = False
    try:
        for part in parts:
            piece = stream.process(part, output_buffer_limit=PIECE)
            seen = seen or bool(part)
            while piece:
                yield piece
                piece = stream.process(b"", output_buffer_limit=PIECE)
    except brotli.error as error:
        raise Failed(f"packed wrongly: {error}") from error
    if seen and not stream.is_finished():
        raise Passing("cut short: the packed body has no end")


_UNPACKERS: Final[dict[str, Unpacker]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
