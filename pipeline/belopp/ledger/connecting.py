"""The database behind a ledger: opened, locked for one writer at a time, its schema brought up, its errors told."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, ResourceClosedError

from belopp.ledger.problems import LedgerError

REVISION: Final = "v1"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
POSTGRESQL: Final = "postgresql"
# A post of a hundred thousand sums takes seconds; ten of them in a row are waited for.
PATIENCE_SECONDS: Final = 600
TURN_SECONDS: Final = 1
CONNECT_SECONDS: Final = 10
_LOCK: Final = 0x62656C6F7070  # "belopp": the one advisory lock that posts take
# Before it, two connections of a database in WAL mode could lose what was committed (sqlite.org/wal.html#walresetbug).
_SAFE_WAL: Final = (3, 51, 3)

_REMEDIES: Final = (
    ("database or disk is full", "make room on the disk, then post again"),
    ("disk i/o error", "the disk is full or failing: make room or mend it, then post again"),
    ("read-only transaction", "let the user of --db write to the database, or name another --db"),
    ("readonly database", "let the file and its folder be written to, or name another --db"),
    ("unable to open database file", "give a --db in a folder that is there and can be read and written"),
    ("is not a database", "it is no ledger: name another --db"),
    ("malformed", "the file is damaged: take the last copy of it, and post again what came after"),
    ("database is locked", "another program holds it: end that, then try again"),
    ("append-only", "post a run that corrects it instead"),
    ("permission denied", "let the user of --db create tables, and read and add to them"),
    ("authentication failed", "mend the user or password in --db"),
    ("no such table", "its tables were changed from outside: take the last copy of it, and post again what came after"),
    ("already exists", "another program's tables bear these names there: name another --db"),
    ('relation "', "its tables were changed from outside: take the last copy of it, and post again what came after"),
    ("does not exist", "mend the name in --db, or create it"),
    ("no space left", "make room on the server's disk, then post again"),
    ("could not extend file", "make room on the server's disk, then post again"),
)
_OTHERWISE: Final = {
    True: "see that the file is sound (belopp ledger verify): a post is in the ledger whole or not at all",
    False: "see that the server is up and reachable, then try again: a post is in the ledger whole or not at all",
}


def address(db: str) -> URL:
    """The URL of a ledger given as a path, ``sqlite:///…`` or ``postgresql+psycopg://…``.

    >>> address("outputs/ledger.db").render_as_string()
    'sqlite:///outputs/ledger.db'
    >>> address("postgresql://auditor@localhost/books").drivername
    'postgresql+psycopg'
    """
    if "://" not in db:
        return URL.create("sqlite", database=db)
    try:
        url = make_url(db)
    except ArgumentError as error:
        raise LedgerError(
            f"--db {db}: no database address; write a path or postgresql+psycopg://user@host/name"
        ) from error
    if url.drivername in (POSTGRESQL, "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise LedgerError(
            f"--db {shown(url)}: a ledger is kept in sqlite or in postgresql+psycopg, not {url.drivername}"
        )
    return url


def shown(url: URL) -> str:
    """How a ledger is named to people: a path, or the address without its password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def writing(db: str, *, bring_up: bool = True) -> Iterator[Connection]:
    """A transaction that may add to the ledger: alone, on today's schema, committed at the end or not at all.

    Without ``bring_up`` the schema is left as it is, for the migrations themselves.
    """
    url = address(db)
    if url.drivername == "sqlite":
        _make_room(url)
    with _told(url), _engine(url, "BEGIN IMMEDIATE").begin() as connection:
        if not is_sqlite(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if bring_up:
            _bring_up(connection, url)
        yield connection


@contextmanager
def reading(db: str) -> Iterator[Connection]:
    """One unchanging view of the ledger.  Raises :class:`LedgerError` when there is none."""
    url = address(db)
    missing = LedgerError(f"{shown(url)}: there is no ledger; post a run first: belopp ledger post outputs/run --db …")
    if url.drivername == "sqlite" and not Path(str(url.database)).is_file():
        raise missing
    with _told(url), _engine(url, "BEGIN").begin() as connection:
        if not is_sqlite(connection):
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        revision = _revision(connection)
        if not revision:
            raise missing
        if revision != REVISION:
            raise LedgerError(
                f"{shown(url)}: its schema is {revision}, this belopp knows {REVISION}; {_newer(revision)}"
            )
        yield connection


def is_sqlite(connection: Connection) -> bool:
    """Whether the ledger is an SQLite file."""
    return connection.dialect.name == "sqlite"


def _make_room(url: URL) -> None:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"{folder}: {error.strerror}; give a --db in a folder that can be written to") from error


def _engine(url: URL, begin: str) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE_SECONDS})

    @event.listens_for(engine, "connect")
    def settle(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # or the driver would begin and commit as it sees fit
        connection.execute("PRAGMA synchronous = EXTRA")
        if sqlite3.sqlite_version_info < _SAFE_WAL and begin != "BEGIN":
            if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                connection.execute("PRAGMA journal_mode = DELETE")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        _begin(driver, begin)

    return engine


def _begin(connection: sqlite3.Connection, begin: str) -> None:
    """Begin a transaction, in turn.  The wait is in short stretches, so that Ctrl-C is heard meanwhile."""
    until = time.monotonic() + PATIENCE_SECONDS
    connection.execute(f"PRAGMA busy_timeout = {TURN_SECONDS * 1000}")
    while True:
        try:
            connection.execute(begin)
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")


def _revision(connection: Connection) -> str:
    """The revision of the schema; empty when the tables are not there."""
    if is_sqlite(connection):
        there = text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    else:
        there = text("SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('alembic_version')")
    if not connection.execute(there).scalar_one():
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _bring_up(connection: Connection, url: URL) -> None:
    found = _revision(connection)
    if found == REVISION:
        return
    from alembic.command import upgrade
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        upgrade(config, "head")
    except CommandError as error:
        raise LedgerError(
            f"{shown(url)}: its schema is {found}, this belopp knows {REVISION}; {_newer(found)}"
        ) from error


def _newer(found: str) -> str:
    return "post to it once to bring it up" if found < REVISION else "use the belopp that wrote it, or a newer one"


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """Turn what the database says into one line with its cause and a remedy."""
    failures: tuple[type[Exception], ...] = (DBAPIError, *_driver_errors(url))
    try:
        yield
    except failures as error:
        raise LedgerError(f"{shown(url)}: {_said(error, url)}") from error
    except ResourceClosedError as error:
        raise LedgerError(f"{shown(url)}: the connection was lost; {_OTHERWISE[False]}") from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        if "psycopg" not in str(error):
            raise
        raise LedgerError(f"{shown(url)}: psycopg is not installed; pip install 'belopp[postgresql]'") from error


def _driver_errors(url: URL) -> tuple[type[Exception], ...]:
    """What the driver raises where SQLAlchemy does not stand between: bulk copies."""
    if url.drivername == "sqlite":
        return (sqlite3.Error,)
    try:
        from psycopg import Error
    except ModuleNotFoundError:
        return ()
    return (Error,)


def _said(error: Exception, url: URL) -> str:
    """The database's own words on one line, and what to do about them."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    # PostgreSQL's primary message, without the row that was being copied
    words = getattr(getattr(cause, "diag", None), "message_primary", None) or str(cause)
    said = " ".join(words.split())
    low = said.casefold()
    remedy = next((remedy for sign, remedy in _REMEDIES if sign in low), "")
    # A connection may be lost when the server has committed already, before it can say so.
    return (
        f"{said}; {remedy}; the ledger is as it was" if remedy else f"{said}; {_OTHERWISE[url.drivername == 'sqlite']}"
    )
