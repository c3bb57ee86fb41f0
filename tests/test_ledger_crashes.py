"""A ledger outlives what befalls its writer: kill -9, a full disk, a file that cannot be written, a lost connection."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from belopp import ledger
from belopp.ledger import LedgerError
from belopp.ledger.connecting import address, writing

if TYPE_CHECKING:
    from tests.conftest import Server, WriteRun, funding
else:
    from conftest import Server, WriteRun, funding

FORK = multiprocessing.get_context("fork")
BELOPP = [sys.executable, "-m", "belopp"]


def rows(amount: int, number: int = 60) -> list[dict[str, str]]:
    """A publication that states ``number`` sums; with another amount it is a corrected one."""
    sha = f"{amount:064x}"
    return [
        funding(
            "a", n * 40, amount + n, f"c{n}", area=f"område {n}", doc_sha256=sha, sentence="Regeringen avsätter. " * 20
        )
        for n in range(number)
    ]


def worth(amount: int, number: int = 60) -> int:
    return sum(amount + n for n in range(number)) * 100


def standing(db: str) -> tuple[int, int, str]:
    """Batches, öre and head, once no writer is left: a server may be about to commit for one that is dead."""
    with writing(db):
        pass
    found = ledger.status(db)
    return found.batch, found.whole[0].amount, found.head


def killed_at(run: Path, db: str, seconds: float) -> bool:
    """Post in a process of its own that is killed after so long; whether it was still at it."""
    process = FORK.Process(target=ledger.post, args=(run,), kwargs={"db": db})
    process.start()
    time.sleep(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def took(run: Path, db: str) -> float:
    """Post, and tell how many seconds it took."""
    began = time.monotonic()
    ledger.post(run, db=db)
    return time.monotonic() - began


def kill_often(db: str, write_run: WriteRun, times: int) -> None:
    """After each kill the ledger is as before or as after, and whole; then the post is done, and the next begins."""
    chance = random.Random(times)
    ledger.post(write_run(rows(1)), db=db)
    usual = took(write_run(rows(2)), db)
    batch, _, head = standing(db)
    midway = 0
    for amount in range(3, 3 + times):
        run = write_run(rows(amount))
        midway += killed_at(run, db, chance.uniform(0, usual * 1.2))
        found = standing(db)
        assert found[:2] in {(batch, worth(amount - 1)), (batch + 1, worth(amount))}, amount
        assert (found[0] == batch) == (found[2] == head)
        if amount % 10 == 0:  # the chain holds all that came before, so now and then is enough
            assert ledger.verify(db, heads=[head]).faults == ()
        spent = took(run, db)
        if found[0] == batch:  # there was something to post; one that was slow by chance would let too few be killed
            usual = min(usual, spent)
        batch, whole, head = standing(db)
        assert (batch, whole) == (amount, worth(amount))
    assert ledger.verify(db, heads=[head]).faults == ()
    assert midway > times / 4, "too few were killed at their work to prove anything"


def test_a_killed_post_leaves_the_ledger_as_before_or_after(db: str, write_run: WriteRun) -> None:
    kill_often(db, write_run, 15)


@pytest.mark.long
def test_three_hundred_killed_posts_leave_the_ledger_as_before_or_after(db: str, write_run: WriteRun) -> None:
    kill_often(db, write_run, 300)


def test_a_post_killed_while_it_makes_the_ledger_leaves_none_or_a_whole_one(db: str, write_run: WriteRun) -> None:
    run = write_run(rows(1))
    for seconds in (0.01, 0.03, 0.06, 0.1):
        killed_at(run, db, seconds)
    ledger.post(run, db=db)
    assert standing(db)[1] == worth(1)
    assert ledger.verify(db).faults == ()


def test_ctrl_c_is_heard_while_a_post_waits_for_its_turn(tmp_path: Path, write_run: WriteRun) -> None:
    db = str(tmp_path / "ledger.db")
    run = write_run(rows(1))
    with writing(db):
        command = [*BELOPP, "ledger", "post", str(run), "--db", db]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(3)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "Stopped.\n")


# ---------------------------------------------------------------- nowhere to write


def told_by_cli(run: Path, db: str, **options: object) -> str:
    """What ``belopp ledger post`` says in its one line of error, with status 2."""
    command = [*BELOPP, "ledger", "post", str(run), "--db", db]
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert result.returncode == 2, result.stdout + result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    return str(result.stderr)


def test_a_full_disk_is_told_and_the_ledger_is_as_before(tmp_path: Path, write_run: WriteRun) -> None:
    db = tmp_path / "ledger.db"
    ledger.post(write_run(rows(1)), db=str(db))
    before = standing(str(db))
    run = write_run(rows(2, 2000), name="more")
    room = db.stat().st_size + 100_000

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    said = told_by_cli(run, str(db), preexec_fn=little_room)
    assert "make room" in said
    assert "the ledger is as it was" in said
    assert standing(str(db)) == before
    assert ledger.verify(str(db), heads=[before[2]]).faults == ()
    ledger.post(run, db=str(db))
    assert standing(str(db))[1] == worth(2, 2000)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of a few hundred kilobytes; only root may mount one, others are told so."""
    folder = Path(tempfile.mkdtemp(prefix="belopp-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k,mode=777", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        if mounted.returncode:
            pytest.skip("a small file system cannot be mounted here")
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)
        folder.rmdir()


def test_a_really_full_disk_under_sqlite(small_disk: Path, write_run: WriteRun) -> None:
    db = str(small_disk / "ledger.db")
    ledger.post(write_run(rows(1, 20)), db=db)
    before = standing(db)
    assert "make room" in told_by_cli(write_run(rows(2, 2000), name="more"), db)
    assert standing(db) == before
    assert ledger.verify(db).faults == ()


def test_a_really_full_disk_under_postgresql(small_disk: Path, postgresql: Server, write_run: WriteRun) -> None:
    if postgresql.owner:
        import shutil

        shutil.chown(small_disk, postgresql.owner)
    postgresql.say(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    db = postgresql.new()
    try:
        ledger.post(write_run(rows(1, 20)), db=db)
        before = standing(db)
        name = str(address(db).database)
        postgresql.say("ALTER TABLE statements SET TABLESPACE small", database=name)
        said = told_by_cli(write_run(rows(2, 2000), name="more"), db)
        assert "make room on the server's disk" in said
        assert standing(db) == before
        assert ledger.verify(db).faults == ()
    finally:
        postgresql.say(f"DROP DATABASE {address(db).database} WITH (FORCE)")
        postgresql.say("DROP TABLESPACE small")


def _post_as_nobody(run: Path, db: str, said: multiprocessing.connection.Connection) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        ledger.post(run, db=db)
        said.send("posted")
    except LedgerError as error:
        said.send(str(error))


def test_a_file_that_cannot_be_written_is_told(write_run: WriteRun) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        db = Path(folder) / "ledger.db"
        ledger.post(write_run(rows(1)), db=str(db))
        before = standing(str(db))
        db.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        run = Path(folder) / "run"
        write_run(rows(2)).rename(run)
        ours, theirs = FORK.Pipe()
        process = FORK.Process(target=_post_as_nobody, args=(run, str(db), theirs))
        process.start()
        process.join()
        said = ours.recv()
        assert said.startswith(f"{db}: attempt to write a readonly database; let the file and its folder be written to")
        db.chmod(0o644)
        assert standing(str(db)) == before


def test_a_database_that_may_only_be_read_is_told(postgresql: Server, write_run: WriteRun) -> None:
    db = postgresql.new()
    ledger.post(write_run(rows(1)), db=db)
    before = standing(db)
    name = address(db).database
    postgresql.say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    said = told_by_cli(write_run(rows(2)), db)
    assert "read-only transaction; let the user of --db write to the database" in said
    postgresql.say(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    assert standing(db) == before


def test_a_lost_connection_is_told_and_the_ledger_is_as_before(postgresql: Server, write_run: WriteRun) -> None:
    db = postgresql.new()
    ledger.post(write_run(rows(1)), db=db)
    before = standing(db)
    run = write_run(rows(2))
    said: list[str] = []

    def go() -> None:
        try:
            ledger.post(run, db=db)
        except LedgerError as error:
            said.append(str(error))

    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory'"
    with writing(db):  # the post waits for us, and its connection is cut meanwhile
        thread = threading.Thread(target=go)
        thread.start()
        until = time.monotonic() + 30
        while not (found := postgresql.say(waiting)) and time.monotonic() < until:
            time.sleep(0.02)
        postgresql.say(f"SELECT pg_terminate_backend({found[0][0]})")
        thread.join()
    assert "see that the server is up and reachable, then try again" in said[0]
    assert "\n" not in said[0]
    assert standing(db) == before
    assert ledger.post(run, db=db).batch == 2
