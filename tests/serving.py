"""Servers of our own on loopback for what fetches: a site of pages, and sockets that answer as no server should."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from belopp.sources import Client, Clock, Limits

START = datetime(2024, 9, 20, 12, 0, tzinfo=UTC)


class Reply(NamedTuple):
    """What a path answers; with an ``ETag`` or ``Last-Modified`` among the headers it answers 304 to who has it."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}


class _Server(ThreadingHTTPServer):
    """A visitor that hangs up is no news, and what is written to the error stream would count as the program's."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Site:
    """A site on loopback: its replies by path, and what was asked of it."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.replies: dict[str, Reply | list[Reply]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers.items())))
                self.answer(site.reply(self.path))

            def answer(self, reply: Reply) -> None:
                status, body = reply.status, reply.body
                for question, answer in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
                    if reply.headers.get(answer) and self.headers.get(question) == reply.headers[answer]:
                        status, body = 304, b""
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server((address, 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def reply(self, path: str) -> Reply:
        """The reply of a path; of several the first, until only one is left."""
        found = self.replies.get(path, Reply(b"no such page", 404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def paths(self) -> list[str]:
        """The paths asked for, without the robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def wrap(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def raw(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that reads a request's head and leaves the rest to ``answer``."""
    server = socket.create_server(("127.0.0.1", 0))
    gone = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(65536)
                if not part:
                    return
                head += part
            if head.startswith(b"GET /robots.txt"):
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                answer(connection)

    def accept() -> None:
        while not gone.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        gone.set()
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


class Hands:
    """A clock moved by hand: sleeping moves it, and every look at it, if it ticks."""

    def __init__(self, *, tick: float = 0.0) -> None:
        self.seconds = 0.0
        self.tick = tick
        self.naps: list[float] = []

    def now(self) -> float:
        self.seconds += self.tick
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.naps.append(round(seconds, 3))
        self.seconds += seconds

    def utc(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def clock(self) -> Clock:
        return Clock(self.now, self.sleep, self.utc)


def visitor(hands: Hands | None = None, **options: object) -> Client:
    """A client that may visit loopback, by a clock moved by hand and with short waits."""
    settings = {"allow_private": True, "limits": Limits(read_seconds=5.0), **options}
    return Client(clock=(hands or Hands()).clock(), **settings)  # type: ignore[arg-type]
