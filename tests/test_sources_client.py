"""The polite client: turns, robots.txt, retries, and every answer that is made to harm or to hold it up."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped,unused-ignore]
import httpx2
import pytest

from belopp.sources import Client, Failed, Limits, Passing, Refused, Resolver, addresses, resolve
from belopp.sources.client import NOT_MODIFIED, _next
from belopp.sources.unpacking import unpacked

if TYPE_CHECKING:
    from tests.conftest import require_program
    from tests.serving import Hands, Reply, Site, raw, visitor
else:
    from conftest import require_program
    from serving import Hands, Reply, Site, raw, visitor

MB = 1024 * 1024
PAGE = Reply(b"<html><title>Avtal</title><p>Staten ger 5 miljoner kronor.</p></html>")


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


def failure(client: Client, address: str) -> Failed:
    with pytest.raises(Failed) as caught:
        client.get(address)
    return caught.value


# ---------------------------------------------------------------- politeness


def test_one_request_a_second_and_a_name(site: Site) -> None:
    site.replies = {"/a": PAGE, "/b": PAGE}
    hands = Hands()
    with visitor(hands, contact="revision@example.org") as client:
        client.get(f"{site.url}/a")
        client.get(f"{site.url}/b")
    assert hands.naps == [1.0, 1.0]  # robots.txt takes its turn, too
    for _, headers in site.asked:
        assert headers["User-Agent"].startswith("belopp/")
        assert headers["User-Agent"].endswith(" (+revision@example.org)")


def test_an_answer_says_what_the_manifest_wants(site: Site) -> None:
    said = {"ETag": '"1"', "Last-Modified": "Tue, 17 Sep 2024 08:00:00 GMT", "Content-Type": "text/html; charset=utf-8"}
    site.replies["/a"] = PAGE._replace(headers=said)
    with visitor() as client:
        answer = client.get(f"{site.url}/a#avsnitt-2")
        assert answer == (f"{site.url}/a", 200, PAGE.body, *[said[name] for name in ("Content-Type", "ETag")],
                          said["Last-Modified"])  # fmt: skip
        again = client.get(f"{site.url}/a", etag=answer.etag)
        assert (again.status, again.body) == (NOT_MODIFIED, b"")


def test_cookies_are_not_sent_back(site: Site) -> None:
    site.replies["/a"] = PAGE._replace(headers={"Set-Cookie": "besökare=1; Path=/".encode().decode("latin-1")})
    with visitor() as client:
        client.get(f"{site.url}/a")
        client.get(f"{site.url}/a")
    assert not any("Cookie" in headers for _, headers in site.asked)


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.replies["/a"] = PAGE
    with visitor() as client:
        assert client.get(f"{site.url}/a").body == PAGE.body


# ---------------------------------------------------------------- robots.txt

ROBOTS = Reply(b"User-agent: *\nDisallow: /\n\nUser-agent: belopp\nDisallow: /intern/\nCrawl-delay: 5\n")


def test_robots_txt_is_kept_to(site: Site) -> None:
    site.replies = {"/robots.txt": ROBOTS, "/intern/a": PAGE, "/a": PAGE}
    hands = Hands()
    with visitor(hands) as client:
        refused = failure(client, f"{site.url}/intern/a")
        client.get(f"{site.url}/a")
        client.get(f"{site.url}/a")
    assert isinstance(refused, Refused)
    assert refused.reason == "the robots.txt of 127.0.0.1 does not allow it"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/a"]
    assert hands.naps == [1.0, 5.0]


def test_robots_txt_holds_at_each_redirect(site: Site) -> None:
    site.replies = {
        "/robots.txt": ROBOTS,
        "/a": Reply(status=302, headers={"Location": "/intern/a"}),
        "/intern/a": PAGE,
    }
    with visitor() as client:
        assert isinstance(failure(client, f"{site.url}/a"), Refused)
    assert site.paths() == ["/a"]


ODD = b"User-agent: *\nCrawl-delay: nan\nRequest-rate: 1/0\nCrawl-delay: -5\n"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_without_a_known_robots_txt_nothing_is_asked(site: Site, status: int) -> None:
    site.replies = {"/robots.txt": Reply(status=status), "/a": PAGE}
    with visitor() as client:
        assert f"cannot be had ({status} " in failure(client, f"{site.url}/a").reason
        asked = len(site.asked)
        failure(client, f"{site.url}/a")
    assert site.paths() == []
    assert len(site.asked) == asked  # it is not asked for again in the same run


@pytest.mark.parametrize("robots", [Reply(status=404), Reply(ODD), Reply(status=403), PAGE, Reply(b"\xff\xfe\0" * 999),
                                    Reply(b"Disallow\n" * 200_000)])  # fmt: skip
def test_a_robots_txt_that_forbids_nothing(site: Site, robots: Reply) -> None:
    site.replies = {"/robots.txt": robots, "/a": PAGE}
    with visitor() as client:
        assert client.get(f"{site.url}/a").body == PAGE.body


def test_a_robots_txt_that_wants_hours_between_requests(site: Site) -> None:
    site.replies = {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 86400\n"), "/a": PAGE}
    hands = Hands()
    with visitor(hands) as client:
        assert "wants 86,400 s between requests" in failure(client, f"{site.url}/a").reason
    assert sum(hands.naps) < 10
    assert site.paths() == []


# ---------------------------------------------------------------- what may pass


@pytest.mark.parametrize(("after", "nap"), [("7", 7.0), ("Fri, 20 Sep 2024 12:00:31 GMT", 30.0), ("soon", 1.0)])
def test_retry_after_is_honoured(site: Site, after: str, nap: float) -> None:
    site.replies["/a"] = [Reply(status=429, headers={"Retry-After": after}), PAGE]
    hands = Hands()
    with visitor(hands) as client:
        assert client.get(f"{site.url}/a").body == PAGE.body
    assert hands.naps == [1.0, nap]  # one second after robots.txt, then what was asked for


def test_nobody_waits_a_day(site: Site) -> None:
    site.replies = {"/a": Reply(status=503, headers={"Retry-After": "86400"}), "/b": PAGE}
    hands = Hands()
    with visitor(hands) as client:
        assert "asks to be left alone for 86,400 s more" in failure(client, f"{site.url}/a").reason
        failure(client, f"{site.url}/b")
    assert site.paths() == ["/a"]
    assert sum(hands.naps) < 10


def test_what_does_not_pass_is_given_up(site: Site) -> None:
    site.replies = {path: Reply(status=503) for path in "/a /b /c /d /e /f /g".split()}
    hands = Hands()
    with visitor(hands) as client:
        assert [failure(client, site.url + path).reason for path in site.replies][:5] == ["503 Service Unavailable"] * 5
        assert "left alone for this run" in failure(client, f"{site.url}/h").reason
    assert site.paths() == [path for path in "/a /b /c /d /e".split() for _ in range(4)]
    assert hands.naps[:5] == [1.0, 1.0, 2.0, 4.0, 8.0]  # backing off, further each time


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204, 206, 304, 999])
def test_other_statuses_fail_at_once(site: Site, status: int) -> None:
    site.replies["/a"] = Reply(status=status)
    with visitor() as client:
        found = failure(client, f"{site.url}/a")
    assert found.status == status
    assert str(status) in found.reason
    assert site.paths() == ["/a"]


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with visitor() as client:
        assert (
            "robots.txt of 127.0.0.1 cannot be had (no connection"
            in failure(client, f"http://127.0.0.1:{port}/").reason
        )


# ---------------------------------------------------------------- where it leads


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1 pass for an address of the public net; 127.0.0.2 stays what it is."""
    real = addresses.local_kind
    monkeypatch.setattr(addresses, "local_kind", lambda address: "" if address == "127.0.0.1" else real(address))


@pytest.fixture
def inner() -> Iterator[Site]:
    """A site that must not be reached."""
    found = Site("127.0.0.2")
    found.replies["/"] = PAGE
    yield found
    found.close()
    assert found.asked == []


def stranger(resolver: Resolver = resolve) -> Client:
    return visitor(allow_private=False, resolver=resolver)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"]
)
def test_loopback_is_refused_unless_allowed(site: Site, host: str) -> None:
    site.replies["/a"] = PAGE
    with stranger() as client:
        refused = failure(client, f"http://{host}:{site.port}/a")
    assert isinstance(refused, (Refused, Passing)), refused
    assert "--allow-private allows it" in refused.reason or "has no address" in refused.reason
    assert site.asked == []


@pytest.mark.usefixtures("public")
def test_redirects_into_the_house_are_refused(site: Site, inner: Site) -> None:
    for location in (
        f"http://127.0.0.2:{inner.port}/",
        f"//127.0.0.2:{inner.port}/",
        f"http://0x7f000002:{inner.port}/",
        f"http://[::ffff:127.0.0.2]:{inner.port}/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        f"http://konto:hemligt@127.0.0.1:{site.port}/b",
        "http://",
        "",
    ):
        site.replies = {"/a": Reply(status=301, headers={"Location": location}), "/b": PAGE}
        site.asked.clear()
        with stranger() as client:
            found = failure(client, f"{site.url}/a")
        assert site.paths() == ["/a"], (location, found)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (["127.0.0.2"], "a loopback"),
        (["10.1.2.3"], "a private"),
        (["192.168.1.1"], "a private"),
        (["172.16.0.1"], "a private"),
        (["100.64.0.1"], "a private"),
        (["169.254.169.254"], "a link-local"),
        (["fe80::1%1"], "a link-local"),
        (["fd00::1"], "a private"),
        (["::"], "a local"),
        (["224.0.0.1"], "a local"),
        (["127.0.0.1", "10.1.2.3"], "a private"),  # one private address among public ones
    ],
)
@pytest.mark.usefixtures("public")
def test_dns_answers_into_the_house_are_refused(site: Site, answer: Sequence[str], kind: str) -> None:
    site.replies["/a"] = PAGE
    with stranger(resolver=lambda host, port: answer) as client:
        refused = failure(client, f"http://publik.example:{site.port}/a")
    assert isinstance(refused, Refused)
    assert kind in refused.reason
    assert site.asked == []


@pytest.mark.usefixtures("public")
def test_the_connection_is_made_to_the_address_that_was_checked(site: Site, inner: Site) -> None:
    asked = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    site.replies = {"/robots.txt": Reply(b"User-agent: *\n"), "/a": PAGE}  # one connection for both
    with stranger(resolver=rebinding) as client:
        # The name is unknown to the system's own resolver: a connection by name would fail.
        assert client.get(f"http://ombunden.example:{site.port}/a").body == PAGE.body
    assert asked == ["ombunden.example"]
    assert site.asked[-1][1]["Host"] == f"ombunden.example:{site.port}"


def test_a_name_without_an_address() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with visitor(resolver=nowhere) as client:
        assert "finns-inte.example has no address" in failure(client, "http://finns-inte.example/").reason


def test_from_https_to_http_is_refused() -> None:
    response = httpx2.Response(301, headers={"Location": "http://example.org/a"})
    with pytest.raises(Refused, match="from https to http"):
        _next(httpx2.URL("https://example.org/a"), response)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of our own for tls.example, with its key in the same file."""
    path, key = tmp_path / "tls.pem", tmp_path / "key.pem"
    subprocess.run(
        [require_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", path, "-subj", "/CN=tls.example", "-addext", "subjectAltName=DNS:tls.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "reason"),
    [("tls.example", True, ""), ("tls.example", False, "no connection"), ("annan.example", True, "no connection")],
)
def test_https_is_checked_against_the_name_though_connected_by_number(
    site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool, reason: str
) -> None:
    secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secret.load_cert_chain(certificate)
    site.wrap(secret)
    site.replies["/a"] = PAGE
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    else:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    limits = Limits(attempts=1, read_seconds=5)
    with visitor(resolver=lambda host, port: ["127.0.0.1"], limits=limits) as client:
        address = f"https://{host}:{site.port}/a"
        if reason:
            assert reason in failure(client, address).reason
            assert site.asked == []
        else:
            assert client.get(address).body == PAGE.body


def test_circles_and_chains_of_redirects(site: Site) -> None:
    site.replies = {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}) for n in range(99)}
    site.replies["/a"] = Reply(status=307, headers={"Location": "/b"})
    site.replies["/b"] = Reply(status=308, headers={"Location": "/a"})
    with visitor() as client:
        assert failure(client, f"{site.url}/a").reason == "its redirects go in a circle"
        assert failure(client, f"{site.url}/0").reason == "more than 5 redirects"
    assert len(site.paths()) == 2 + 6


# ---------------------------------------------------------------- what comes


def sending(head: str, *parts: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + b"".join(parts))

    return answer


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(4096):  # 256 MB, which a client that reads it all would take
        connection.sendall(bytes(65536))


def endless_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(4096):
        connection.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")


def endless_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(500_000):
        connection.sendall(b"X-%d: a\r\n" % number)


@pytest.mark.parametrize(("answer", "reason"), [(endless, "more than 1,048,576 bytes"),
                                                (endless_chunks, "more than 1,048,576 bytes"),
                                                (endless_head, "cut short or no HTTP")])  # fmt: skip
def test_an_endless_answer_is_left(answer: Callable[[socket.socket], None], reason: str) -> None:
    with raw(answer) as address, visitor(limits=Limits(bytes=MB, attempts=1, read_seconds=5)) as client:
        assert reason in failure(client, f"{address}/").reason


def test_a_body_that_says_it_is_too_long_is_not_begun(site: Site) -> None:
    with raw(sending("HTTP/1.1 200 OK\nContent-Length: 99999999999")) as address, visitor() as client:
        assert "99,999,999,999 bytes, more than" in failure(client, f"{address}/").reason


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "]
)
def test_a_slow_drip_is_left(head: bytes) -> None:
    def answer(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):
            connection.sendall(head)
            while True:
                connection.sendall(b"a")
                if gone.wait(0.001):
                    return

    gone = threading.Event()
    hands = Hands(tick=0.5)  # each look at the clock is half a second later
    try:
        with raw(answer) as address, visitor(hands, limits=Limits(seconds=60, attempts=1, read_seconds=5)) as client:
            assert failure(client, f"{address}/").reason == "not done in 60 s: too slow"
    finally:
        gone.set()
    assert hands.seconds < 100


def test_a_server_that_says_nothing_is_left() -> None:
    asked = []

    def answer(connection: socket.socket) -> None:
        asked.append(1)
        connection.recv(1)  # until the client has gone

    with raw(answer) as address, visitor(limits=Limits(read_seconds=0.05, attempts=3)) as client:
        assert failure(client, f"{address}/").reason == "no answer in time (ReadTimeout)"
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (sending("HTTP/1.1 200 OK\nContent-Length: 1000", b"a" * 999), "cut short or no HTTP"),
        (sending("HTTP/1.1 200 OK\nContent-Length: 10", b"a" * 999), "says 10 bytes and more came"),
        (
            sending("HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: 10", b"a" * 11),
            "says 10 bytes and more",
        ),
        (sending("HTTP/1.1 200 OK\nContent-Length: -1", b"a"), "no HTTP"),
        (sending("HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2", b"ab"), "no HTTP"),
        (sending("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"5\r\nabcde\r\n"), "cut short or no HTTP"),
        (sending("SSH-2.0-OpenSSH_9.6"), "no HTTP"),
        (sending("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzip.compress(bytes(9999))[:-9]), "cut short"),
        (sending("HTTP/1.1 200 OK\nContent-Encoding: gzip", b"no gzip"), "packed wrongly"),
        (sending("HTTP/1.1 200 OK\nContent-Encoding: zstd", b"a"), "packed as zstd, which was not asked for"),
        (lambda connection: connection.close(), "cut short or no HTTP"),
    ],
)
def test_a_lying_answer_is_told(answer: Callable[[socket.socket], None], reason: str) -> None:
    with raw(answer) as address, visitor(limits=Limits(attempts=2, read_seconds=1)) as client:
        assert reason in failure(client, f"{address}/").reason


def test_an_honest_answer_is_taken() -> None:
    hints = "HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: 10"
    with raw(sending(hints, b"a" * 10)) as address, visitor() as client:
        assert client.get(f"{address}/").body == b"a" * 10


# ---------------------------------------------------------------- what it unpacks to

BOMB = 200 * MB


def bomb(kind: str) -> bytes:
    if kind == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join(packer.process(bytes(MB)) for _ in range(BOMB // MB)) + bytes(packer.finish())
    return gzip.compress(bytes(BOMB), 6)


@pytest.mark.parametrize("kind", ["gzip", "br", "gzip, gzip", "br, gzip"])
def test_a_bomb_is_stopped_on_the_bytes_it_produces(kind: str) -> None:
    body = bomb(kind.partition(",")[0])
    if "," in kind:
        body = gzip.compress(body)
    assert len(body) < BOMB // 900
    tracemalloc.start()
    try:
        with pytest.raises(Failed, match="more than 1,048,576 bytes unpacked from"):
            unpacked([body], encoding=kind, most=MB)
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()


def test_a_bomb_on_the_wire(site: Site) -> None:
    site.replies["/a"] = Reply(gzip.compress(bytes(8 * MB)), headers={"Content-Encoding": "gzip"})
    with visitor(limits=Limits(bytes=MB)) as client:
        assert "more than 1,048,576 bytes unpacked" in failure(client, f"{site.url}/a").reason


def test_packed_seven_times_over_is_left() -> None:
    with pytest.raises(Failed, match="packed 7 times over"):
        unpacked([b""], encoding=", ".join(["gzip"] * 7), most=MB)


TEXT = "Överenskommelsen omfattar 50 miljoner kronor. ".encode() * 20_000
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 512),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW.compress(TEXT) + RAW.flush()),
        ("br", brotli.compress(TEXT)),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 65536])
def test_what_is_packed_rightly_is_unpacked(encoding: str, body: bytes, size: int) -> None:
    if size == 1 and len(body) > 5_000:
        size = 501
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    assert unpacked(parts, encoding=encoding, most=2 * MB) == TEXT


def test_a_brotli_body_cut_short_is_told() -> None:
    with pytest.raises(Passing, match="cut short"):
        unpacked([brotli.compress(TEXT)[:-3]], encoding="br", most=2 * MB)
