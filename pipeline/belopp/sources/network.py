"""The connection itself: made to the address that was checked, and watched so that no answer outlasts its time."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any, Final

import httpcore2
import httpx2

from belopp.sources.addresses import Resolver, checked
from belopp.sources.pacing import Clock
from belopp.sources.problems import Failed

KEEP_ALIVE: Final = 15.0
TRIED: Final = 3


class Watch:
    """One exchange under way: when it must be over, and how many bytes of its body have come in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = float("inf")
        self._seconds = 0.0
        self._head = b""
        self._in_body = False
        self.body = 0

    def begin(self, seconds: float) -> None:
        """A new exchange, which may take so many seconds in all."""
        self._until, self._seconds = self._clock.now() + seconds, seconds
        self._head, self._in_body, self.body = b"", False, 0

    def left(self, timeout: float | None) -> float:
        """The seconds that a single wait may take; raises :class:`Failed` when the time is up."""
        left = self._until - self._clock.now()
        if left <= 0:
            raise Failed(f"not done in {self._seconds:g} s: too slow")
        return left if timeout is None else min(left, timeout)

    def take(self, data: bytes) -> None:
        """Count what came in: of the answer's body only, for a Content-Length to be held against."""
        if self._in_body:
            self.body += len(data)
            return
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            rest = self._head[end + 4 :]
            if self._head[9:10] != b"1":  # 100 Continue and 103 Early Hints go before the answer itself
                self._head, self._in_body, self.body = b"", True, len(rest)
                return
            self._head = rest


class _Stream(httpcore2.NetworkStream):
    """A connection whose every wait is held against the watch: a slow drip makes no wait long, but the sum."""

    def __init__(self, stream: httpcore2.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._watch.left(timeout))
        self._watch.take(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._watch.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._watch.left(timeout)), self._watch)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connects to numeric addresses that were checked: between check and connection no name is looked up again."""

    def __init__(self, watch: Watch, *, resolver: Resolver, allow_private: bool) -> None:
        self._watch = watch
        self._resolver = resolver
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = checked(host, port, resolver=self._resolver, allow_private=self._allow_private)[:TRIED]
        for address in addresses[:-1]:
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue  # a host with IPv6 on a machine without it has another address to try
        return self._connected(addresses[-1], port, timeout, local_address, socket_options)

    def _connected(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.NetworkStream:
        wait = self._watch.left(timeout)
        return _Stream(self._sockets.connect_tcp(address, port, wait, local_address, socket_options), self._watch)


class Transport(httpx2.BaseTransport):
    """What httpx2 sends through: no proxy and no socket file of the environment, checked addresses alone."""

    def __init__(self, watch: Watch, *, resolver: Resolver, allow_private: bool) -> None:
        backend = _Backend(watch, resolver=resolver, allow_private=allow_private)
        self._pool = httpcore2.ConnectionPool(keepalive_expiry=KEEP_ALIVE, network_backend=backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()
