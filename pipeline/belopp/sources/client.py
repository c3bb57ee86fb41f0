"""The polite client: one address to one answer, by way of robots.txt, turns, redirects and retries, within limits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final, NamedTuple

import httpcore2
import httpx2

from belopp.sources.addresses import Resolver, parsed, resolve
from belopp.sources.network import Transport, Watch
from belopp.sources.pacing import MOST_WAIT, PAUSE, Clock, Pacing, seconds_asked
from belopp.sources.problems import Failed, Passing, Refused
from belopp.sources.robots import AGENT, MOST_BYTES, Robots
from belopp.sources.unpacking import ACCEPTED, unpacked

OK: Final = 200
NOT_MODIFIED: Final = 304
REDIRECTS: Final = (301, 302, 303, 307, 308)
MAY_PASS: Final = (408, 425, 429, 500, 502, 503, 504)
# So many documents in a row that a host could not give: it is left alone for the rest of the run.
PATIENCE: Final = 5
BACK_OFF: Final = 1.0
MOST_BACK_OFF: Final = 60.0


class Limits(NamedTuple):
    """What one document may cost: bytes (packed, and unpacked), seconds in all and for each read, hops, attempts.

    ``pause`` is the seconds between two requests to one host, ``wait`` the most that is waited when it wants more.
    """

    bytes: int = 64 * 1024 * 1024
    seconds: float = 180.0
    read_seconds: float = 30.0
    redirects: int = 5
    attempts: int = 4
    pause: float = PAUSE
    wait: float = MOST_WAIT


class Answer(NamedTuple):
    """What an address gave: ``body`` unpacked, or ``status`` 304 and none; ``address`` is where redirects ended."""

    address: str
    status: int
    body: bytes
    content_type: str
    etag: str
    last_modified: str


class Client:
    """Asks addresses one after another.  Close it, or use it in a ``with``."""

    def __init__(
        self,
        *,
        limits: Limits = Limits(),  # noqa: B008 (a frozen value)
        allow_private: bool = False,
        contact: str = "",
        clock: Clock = Clock(),  # noqa: B008 (a frozen value)
        resolver: Resolver = resolve,
    ) -> None:
        self.limits = limits
        self.clock = clock
        self.requests = 0
        self._pacing = Pacing(clock, pause=limits.pause, most_wait=limits.wait)
        self._robots = Robots(self._robots_txt, self._pacing)
        self._watch = Watch(clock)
        self._failures: dict[str, int] = {}
        self._http = httpx2.Client(
            transport=Transport(self._watch, resolver=resolver, allow_private=allow_private),
            headers={"User-Agent": agent(contact), "Accept-Encoding": ACCEPTED, "Accept-Language": "sv, en;q=0.5"},
            timeout=limits.read_seconds,
            follow_redirects=False,
            trust_env=False,
        )
        # Retries are told by what they come to; the library's own log would end up on the terminal.
        logging.getLogger("stamina").addHandler(logging.NullHandler())

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, address: str, *, etag: str = "", last_modified: str = "") -> Answer:
        """The document at an address, or word that it is as it was when it bore this ETag or Last-Modified.

        Raises :class:`Failed` with the reason: refused by robots.txt or for where it leads, an error status,
        too many bytes, hops or seconds, an answer cut short.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._followed(parsed(address), {name: value for name, value in conditions.items() if value})

    def _followed(self, url: httpx2.URL, headers: dict[str, str], *, robots: bool = False) -> Answer:
        seen = {str(url)}
        for _ in range(self.limits.redirects + 1):
            if not robots:
                self._robots.demand(url)
            response, body = self._asked(url, headers, robots=robots)
            if response.status_code not in REDIRECTS:
                said = response.headers
                return Answer(
                    str(url),
                    response.status_code,
                    body,
                    said.get("content-type", ""),
                    said.get("etag", ""),
                    said.get("last-modified", ""),
                )
            url = _next(url, response)
            if str(url) in seen:
                raise Failed("its redirects go in a circle")
            seen.add(str(url))
        raise Failed(f"more than {self.limits.redirects} redirects")

    def _robots_txt(self, url: httpx2.URL) -> bytes:
        return self._followed(url, {}, robots=True).body

    def _asked(self, url: httpx2.URL, headers: dict[str, str], *, robots: bool) -> tuple[httpx2.Response, bytes]:
        """One hop, asked again while its failure may pass; the waiting is the host's turn, kept by the pacing."""
        import stamina

        host = url.host
        if self._failures.get(host, 0) >= PATIENCE:
            raise Failed(f"{host} failed {PATIENCE} times in a row and is left alone for this run")
        attempts = stamina.retry_context(
            on=_may_pass,
            attempts=self.limits.attempts,
            timeout=None,
            wait_initial=BACK_OFF,
            wait_max=MOST_BACK_OFF,
            wait_jitter=0,
        )
        try:
            for attempt in attempts:
                with attempt:
                    try:
                        answer = self._exchange(url, headers, robots=robots)
                    except Passing as passing:
                        self._pacing.hold(host, max(passing.after, attempt.next_wait))
                        raise
            self._failures[host] = 0
        except Passing:
            self._failures[host] = self._failures.get(host, 0) + 1
            raise
        return answer

    def _exchange(self, url: httpx2.URL, headers: dict[str, str], *, robots: bool) -> tuple[httpx2.Response, bytes]:
        self._pacing.turn(url.host)
        self.requests += 1
        self._http.cookies.clear()
        with _told():
            self._watch.begin(self.limits.seconds)
            request = self._http.build_request("GET", url, headers=headers)
            response = self._http.send(request, stream=True)
            try:
                self._judge(response, conditional=bool(headers))
                if response.status_code != OK:
                    return response, b""
                return response, self._body(response, robots=robots)
            finally:
                response.close()

    def _judge(self, response: httpx2.Response, *, conditional: bool) -> None:
        status = response.status_code
        if status == OK or status in REDIRECTS or (status == NOT_MODIFIED and conditional):
            return
        if status in MAY_PASS:
            after = seconds_asked(response.headers.get("retry-after", ""), self.clock.utc())
            raise Passing(_named(status), status=status, after=after)
        raise Failed(_named(status), status=status)

    def _body(self, response: httpx2.Response, *, robots: bool) -> bytes:
        most = MOST_BYTES if robots else self.limits.bytes
        said = response.headers.get("content-length", "")
        length = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else -1
        if length > most and not robots:
            raise Failed(f"{length:,} bytes, more than {most:,}")
        encoding = response.headers.get("content-encoding", "")
        body = unpacked(response.iter_raw(), encoding=encoding, most=most, cut=robots)
        if 0 <= length < self._watch.body and "transfer-encoding" not in response.headers:
            raise Failed(f"its Content-Length says {length:,} bytes and more came: not known to be whole")
        return body


def agent(contact: str = "") -> str:
    """The name that the client gives itself.

    >>> agent("https://example.org/audit").partition("/")[0], agent("a@example.org").endswith(" (+a@example.org)")
    ('belopp', True)
    """
    from belopp import __version__

    return f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")


def _may_pass(error: Exception) -> bool | float:
    # No wait of the library's own: the host's next turn, which other documents wait for too, is the wait.
    return 0.0 if isinstance(error, Passing) else False


def _next(url: httpx2.URL, response: httpx2.Response) -> httpx2.URL:
    location = response.headers.get("location", "")
    if not location:
        raise Failed(f"{_named(response.status_code)} without an address to go to")
    try:
        further = parsed(location, base=url)
    except Refused as refused:
        raise Refused(f"redirected: {refused.reason}") from refused
    if url.scheme == "https" and further.scheme == "http":
        raise Refused("redirected from https to http")
    return further


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"


@contextmanager
def _told() -> Iterator[None]:
    """The network's own errors in words; all but those of our making may pass."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise Passing(f"no answer in time ({type(error).__name__})") from error
    except httpcore2.ConnectError as error:
        raise Passing(f"no connection: {error}") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise Passing(f"cut short or no HTTP: {error}") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Failed(f"no HTTP: {error}") from error
