"""What tests share: programs and shared data that may be missing, and publications of our own to run on."""

from __future__ import annotations

import csv
import glob
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SHARED: Final = ROOT.parent / "shared"


# Where Debian puts what only a server's owner calls.
PROGRAMS: Final = os.pathsep.join([os.environ.get("PATH", ""), *sorted(glob.glob("/usr/lib/postgresql/*/bin"))[::-1]])
WriteRun = Callable[..., Path]


def require_program(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where ``BELOPP_REQUIRE=all`` is set."""
    path = shutil.which(name, path=PROGRAMS)
    if path is None:
        missing(f"the program {name} is not installed")
    return path or ""


def missing(what: str) -> None:
    """Skip the test for want of something, or fail it where ``BELOPP_REQUIRE=all`` says that nothing may be wanting."""
    if os.environ.get("BELOPP_REQUIRE") == "all":
        pytest.fail(f"BELOPP_REQUIRE=all, but {what}")
    pytest.skip(what)


@pytest.fixture
def shared() -> Path:
    """The shared data beside the checkout; a clone elsewhere has none, and the skip says so."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: tests on shared data are skipped")
    return SHARED


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small corpus of our own: an agreement, a release with its index, a page without sums."""
    folder = tmp_path / "corpus"
    texts = {
        "pressmeddelanden/2024/09/stod.md": (
            "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor 2025, varav 10 miljoner kronor till "
            "Kulturrådet.\n"
        ),
        "skr/avtal.txt": (
            "Överenskommelse om bättre vård\n\nPublicerad 7 mars 2022\n\nÖverenskommelsen omfattar totalt 50 miljoner "
            "kronor.\n• 20 miljoner kronor går till regionerna\n• 30 miljoner kronor går till kommunerna\n"
        ),
        "utan.md": "# Ett besök\n\nMinistern besökte Kiruna.\n",
        "tom.md": " \n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# ---------------------------------------------------------------- databases


class Server:
    """A PostgreSQL server of our own on loopback, and the addresses of databases on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_hex(8)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.owner = "postgres" if os.getuid() == 0 else None
        initdb, postgres = require_program("initdb"), require_program("postgres")
        secret = folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        if self.owner:
            for path in (folder, secret):
                shutil.chown(path, self.owner)
        data = folder / "data"
        subprocess.run(
            [initdb, "-D", str(data), "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256",
             f"--pwfile={secret}", "--no-sync"],
            check=True, capture_output=True, cwd=folder, user=self.owner, group=self.owner,
        )  # fmt: skip
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [postgres, "-D", str(data), "-p", str(self.port), *options],
                stdout=log, stderr=log, cwd=folder, user=self.owner, group=self.owner,
            )  # fmt: skip
        self.count = 0

    def address(self, name: str, *, user: str = "postgres") -> str:
        return f"postgresql+psycopg://{user}:{self.password}@127.0.0.1:{self.port}/{name}"

    def say(self, words: str, *, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement on a connection of its own; the rows it gives, if any."""
        import psycopg

        address = self.address(database).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            done = connection.execute(words.encode())
            return done.fetchall() if done.description else []

    def await_start(self) -> None:
        import psycopg

        until = time.monotonic() + 30
        while True:
            try:
                self.say("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def new(self) -> str:
        """The address of a database of its own."""
        self.count += 1
        name = f"books{self.count}"
        self.say(f"CREATE DATABASE {name}")
        return self.address(name)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)  # at once, whoever is connected
        self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server started for the tests; without PostgreSQL's programs they are skipped, or fail where all is required."""
    require_program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="belopp-postgresql-"))
    server = Server(folder)
    try:
        server.await_start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, on each of the two databases."""
    if request.param == "sqlite":
        return str(tmp_path / "books" / "ledger.db")
    return str(request.getfixturevalue("postgresql").new())


# ---------------------------------------------------------------- runs of our own


def funding(doc: str, start: int, kronor: int | str, commitment: str, **cells: object) -> dict[str, str]:
    """A row of funding as ``amounts.csv`` has it; ``cells`` replace what is usual."""
    text = f"{kronor} kronor"
    usual = {
        "doc": doc, "start": start, "end": start + len(text), "text": text, "low": kronor, "high": kronor,
        "currency": "SEK", "modifier": "", "kind": "funding", "change": "", "status": "decided", "payer": "staten",
        "recipient": "", "area": "vård", "period": "2024", "per": "", "vat": "", "part_of": "", "same_as": "",
        "amount_id": f"{doc}:{start}-{start + len(text)}", "commitment_id": commitment,
        "sentence": f"Regeringen avsätter {text}.", "title": "Avtal", "published": "2024-02-01", "url": "",
        "doc_sha256": hashlib.sha256(doc.encode()).hexdigest(),
    }  # fmt: skip
    return {name: str(cell) for name, cell in {**usual, **cells}.items()}


def write_tables(
    folder: Path,
    rows: Sequence[Mapping[str, str]],
    *,
    rules: str = "a" * 64,
    checks: Sequence[Mapping[str, object]] = (),
    silent: Sequence[str] = (),
    unread: Sequence[str] = (),
) -> Path:
    """Write the folder of a run from its rows: the tables and columns that the ledger reads.

    ``silent`` are documents without sums, ``unread`` quarantined ones.
    """
    folder.mkdir(exist_ok=True)
    about = {row["doc"]: row for row in rows}
    lines = [
        {"doc": doc, "status": "ok", "sha256": row["doc_sha256"], **{c: row[c] for c in ("published", "title", "url")}}
        for doc, row in sorted(about.items())
    ]
    lines += [
        {"doc": doc, "status": status, "sha256": "0" * 64, "published": "", "title": "", "url": ""}
        for status, docs in (("ok", silent), ("quarantined", unread))
        for doc in docs
    ]
    tables: dict[str, tuple[Sequence[Mapping[str, object]], Sequence[str]]] = {
        "amounts.csv": (rows, list(funding("d", 0, 1, "c"))),
        "documents.csv": (lines, ["doc", "status", "sha256", "published", "title", "url"]),
        "checks.csv": (checks, ["doc", "total", "parts", "breakdown"]),
    }
    for file, (content, columns) in tables.items():
        with (folder / file).open("w", encoding="utf-8", newline="") as sheet:
            writer = csv.DictWriter(sheet, columns, lineterminator="\n", quoting=csv.QUOTE_ALL)  # a lone \r, too
            writer.writeheader()
            writer.writerows(content)
    resources = [
        {"path": file, "hash": f"sha256:{hashlib.sha256((folder / file).read_bytes()).hexdigest()}"} for file in tables
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps({"belopp": "0", "rules": rules}), encoding="utf-8")
    return folder


def another_run(run: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> Path:
    """Another run beside the first, ``before``, whose rows are changed."""
    other = run.with_name("before")
    shutil.copytree(run, other)
    with (run / "amounts.csv").open(encoding="utf-8", newline="") as sheet:
        lines = list(csv.DictReader(sheet))
    with (other / "amounts.csv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(change([dict(line) for line in lines]))
    return other


@pytest.fixture
def write_run(tmp_path: Path) -> WriteRun:
    """A function that writes the folder of a run from rows; the same name is the same folder."""

    def write(rows: Sequence[Mapping[str, str]], *, name: str = "run", **options: Any) -> Path:
        return write_tables(tmp_path / name, rows, **options)

    return write
