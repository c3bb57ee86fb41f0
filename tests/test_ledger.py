"""The ledger on both databases: posted once, never changed, superseded with a reason, and proved by its chain."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from belopp import batch, ledger
from belopp.cli import belopp
from belopp.ledger import LedgerError
from belopp.ledger.connecting import REVISION, address, writing
from belopp.ledger.schema import ENTRIES, METADATA

if TYPE_CHECKING:
    from tests.conftest import Server, WriteRun, funding
else:
    from conftest import Server, WriteRun, funding

AGREEMENT = [
    funding("a", 0, 384, "total", payer="regionerna|staten", area="säker vård"),
    funding("a", 50, 284, "state", area="säker vård", part_of=0),
    funding("a", 90, 100, "regions", payer="regionerna", area="säker vård", part_of=0),
]
REPORT = [funding("b", 0, 284, "state", area="säker vård"), funding("b", 50, 600, "other", area="hjälpmedel")]
WHOLE = (384 + 600) * 100


def posted(db: str) -> int:
    """All that counts, in öre."""
    (whole,) = ledger.status(db).whole or (ledger.Total("", "SEK", 0, 0, 0),)
    return whole.amount


def change(db: str, *deeds: str) -> None:
    """Do to the database what no user of belopp does, triggers or not."""
    url = address(db)
    if url.drivername == "sqlite":
        with sqlite3.connect(str(url.database)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for deed in deeds:
                connection.execute(deed)
        connection.close()
        return
    engine = create_engine(url)
    with engine.begin() as connection_:
        connection_.execute(text("SET session_replication_role = replica"))
        for deed in deeds:
            connection_.execute(text(deed))
    engine.dispose()


def call(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(belopp, ["ledger", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


# ---------------------------------------------------------------- posting


def test_the_same_run_twice_adds_nothing(db: str, write_run: WriteRun) -> None:
    run = write_run([*AGREEMENT, *REPORT])
    first, second = ledger.post(run, db=db), ledger.post(run, db=db)
    assert (first.batch, first.documents, first.commitments, first.postings) == (1, 2, 4, 3)
    assert (second.batch, second.entries, second.head) == (0, 0, first.head)
    assert posted(db) == WHOLE


@pytest.mark.parametrize("order", [(AGREEMENT, REPORT), (REPORT, AGREEMENT)], ids=["agreement first", "report first"])
def test_publications_of_several_runs_count_once_in_any_order(
    db: str, write_run: WriteRun, order: Sequence[list[dict[str, str]]]
) -> None:
    for number, rows in enumerate(order):
        ledger.post(write_run(rows, name=f"run{number}"), db=db)
    assert posted(db) == WHOLE
    state = ledger.history(db, "state")[-1]
    assert [source["doc"] for source in state.sources] == ["a", "b"]
    assert state.version["covered_by"] == "" if state.postings else state.version["covered_by"] == "total"


def test_a_run_without_funding_makes_an_empty_ledger(db: str, write_run: WriteRun) -> None:
    run = write_run([], silent=["tom"])
    assert call("post", run, "--db", db)[:2] == (
        0,
        "nothing new: every publication of the run is in the ledger as it is\n",
    )
    status, said, told = call("status", "--db", db)
    assert (status, told, "0 publications, 0 commitments posted" in said) == (0, "", True)
    assert call("verify", "--db", db)[0] == 0


@pytest.mark.parametrize("seed", range(8))
def test_publications_one_at_a_time_come_to_the_same_as_all_at_once(
    tmp_path: Path, write_run: WriteRun, seed: int
) -> None:
    chance = random.Random(seed)
    rows = [
        funding(f"d{doc}", place * 40, chance.choice([10, 20, 50, 100]), f"c{chance.randrange(9)}",
                area=chance.choice(["vård", "skola"]), period=chance.choice(["2024", "2024-2025", "2025-"]),
                per=chance.choice(["", "year"]), part_of=chance.choice(["", *range(0, place * 40, 40)]))
        for doc in range(4) for place in range(5)
    ]  # fmt: skip
    docs = sorted({row["doc"] for row in rows})
    counted = []
    for number, order in enumerate([[docs], *(chance.sample([[doc] for doc in docs], 4) for _ in range(2))]):
        db = str(tmp_path / f"{number}.db")
        for held in order:
            ledger.post(write_run([row for row in rows if row["doc"] in held], name="-".join(held)), db=db)
        with writing(db) as connection:
            names = "commitment_id, kind, year, period, amount, high, area, status"
            counted.append(sorted(map(tuple, connection.execute(text(f"SELECT {names} FROM current_postings")))))
        assert ledger.verify(db).faults == ()
    assert counted[0] == counted[1] == counted[2]


def test_a_corrected_publication_supersedes_what_it_said(db: str, write_run: WriteRun) -> None:
    run = write_run(AGREEMENT)
    ledger.post(run, db=db)
    corrected = [
        {**AGREEMENT[0], "low": "394", "high": "394", "doc_sha256": "c" * 64},
        {**AGREEMENT[1], "low": "294", "high": "294", "doc_sha256": "c" * 64},
        {**AGREEMENT[2], "doc_sha256": "c" * 64},
    ]
    done = ledger.post(write_run(corrected), db=db)
    assert (done.batch, done.corrected, done.superseded, done.commitments) == (2, 1, 2, 0)
    assert posted(db) == 394 * 100
    before, after = ledger.history(db, "state")
    assert after.version["supersedes"] == before.version["seq"]
    was = AGREEMENT[0]["doc_sha256"][:12]
    why = f"corrected publication a ({was} → cccccccccccc); low 284 → 294; high 284 → 294"
    assert after.version["reason"] == why
    assert [source["low"] for source in before.sources] == [28400]
    assert (before.batch["run"], before.batch["rules"]) == (f"{run.parent.name}/run", "a" * 64)
    assert ledger.verify(db, heads=[done.head]).faults == ()


def test_better_rules_supersede_and_what_is_gone_is_withdrawn(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    done = ledger.post(write_run([*AGREEMENT, REPORT[0]], rules="b" * 64), db=db)
    assert (done.withdrawn, done.corrected) == (1, 1)
    assert posted(db) == 384 * 100
    gone = ledger.history(db, "other")[-1]
    assert gone.version["state"] == "withdrawn"
    assert gone.version["reason"] == "other rules for b (aaaaaaaaaaaa → bbbbbbbbbbbb); state posted → withdrawn"
    assert gone.postings == ()
    back = ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    assert back.superseded == 1
    assert posted(db) == WHOLE


def test_a_publication_that_no_longer_states_funding_counts_no_more(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    ledger.post(write_run(AGREEMENT, silent=["b"]), db=db)
    assert posted(db) == 384 * 100
    assert ledger.post(write_run(AGREEMENT, silent=["b"]), db=db).batch == 0


def test_a_publication_that_a_run_does_not_hold_stays(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    assert ledger.post(write_run(AGREEMENT), db=db).batch == 0
    assert posted(db) == WHOLE


def test_what_two_runs_took_for_different_money_is_joined_by_a_run_over_both(db: str, write_run: WriteRun) -> None:
    exact, hedged = funding("a", 0, 284, "c-exact"), funding("b", 0, 280, "c-hedged", modifier="approx")
    ledger.post(write_run([exact], name="one"), db=db)
    ledger.post(write_run([hedged], name="two"), db=db)
    assert posted(db) == (284 + 280) * 100
    done = ledger.post(write_run([exact, {**hedged, "commitment_id": "c-exact"}], name="both"), db=db)
    assert (done.superseded, done.withdrawn, posted(db)) == (1, 1, 284 * 100)
    assert "b read or grouped otherwise" in str(ledger.history(db, "c-exact")[-1].version["reason"])


def test_sums_of_more_than_64_bits_are_added_up(db: str, write_run: WriteRun) -> None:
    rows = [funding("a", n * 40, 10**15, f"c{n}", change="decrease" if n == 7 else "") for n in range(150)]
    ledger.post(write_run(rows), db=db)
    assert posted(db) == 148 * 10**17


def test_a_commitment_moves_on_and_keeps_its_history(db: str, write_run: WriteRun) -> None:
    proposed = funding("bill", 0, 50, "c", status="proposed", published="2023-09-20")
    paid = funding("report", 0, 50, "c", status="paid", published="2024-12-20")
    ledger.post(write_run([proposed]), db=db)
    ledger.post(write_run([proposed, paid]), db=db)
    first, second = ledger.history(db, "c")
    assert (first.version["status"], second.version["status"]) == ("proposed", "paid")
    assert "new publication report" in str(second.version["reason"])
    assert "status proposed → paid" in str(second.version["reason"])
    assert (second.version["first_seen"], second.version["last_seen"]) == ("2023-09-20", "2024-12-20")
    assert posted(db) == 5000


def test_a_new_horizon_posts_the_years_to_it(db: str, write_run: WriteRun) -> None:
    run = write_run([funding("a", 0, 50, "c", period="2024-", per="year")])
    ledger.post(run, db=db)
    assert posted(db) == 50 * 100
    done = ledger.post(run, db=db, horizon=2026)
    assert (done.superseded, posted(db)) == (1, 150 * 100)
    assert ledger.post(run, db=db).batch == 0  # the ledger keeps the one it has
    assert ledger.history(db, "c")[-1].version["reason"] == "other horizon"


def test_both_databases_hold_the_same_to_the_last_ore(postgresql: Server, tmp_path: Path, write_run: WriteRun) -> None:
    rows = [
        *AGREEMENT,
        funding("ö", 0, "12345678901234.56", "big", area="å, ä & ö \x00 '\"\t|"),
        funding("ö", 90, "0.05", "small", currency="EUR", change="decrease", recipient="Region Skåne|SKR"),
    ]
    run = write_run(rows)
    kept = []
    for db in (str(tmp_path / "ledger.db"), postgresql.new()):
        ledger.post(run, db=db)
        with writing(db) as connection:
            own = {"batches", "alembic_version"}
            kept.append(
                {
                    table.name: [row[:-1] for row in connection.execute(table.select().order_by(table.c.seq))]
                    for table in ENTRIES
                    if table.name not in own
                }
            )
    assert kept[0] == kept[1]


# ---------------------------------------------------------------- never changed


def test_entries_cannot_be_changed_or_deleted(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run(AGREEMENT), db=db)
    own = {
        "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "postgresql+psycopg": "TRUNCATE {0}",
    }[address(db).drivername]
    engine = create_engine(address(db))
    for table in ENTRIES:
        for deed in ("UPDATE {0} SET batch = 9", "UPDATE {0} SET hash = hash", "DELETE FROM {0}", own):
            with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(text(deed.format(table.name)))
    engine.dispose()
    assert ledger.verify(db).faults == ()


def test_on_postgresql_the_rights_are_taken_back_too(postgresql: Server, write_run: WriteRun) -> None:
    postgresql.say(f"CREATE ROLE auditor LOGIN PASSWORD '{postgresql.password}'")
    postgresql.say("CREATE DATABASE audited OWNER auditor")
    db = postgresql.address("audited", user="auditor")
    run = write_run(AGREEMENT)
    ledger.post(run, db=db)
    engine = create_engine(address(db))
    for deed in ("UPDATE postings SET amount = 0", "DELETE FROM batches", "TRUNCATE versions"):
        with pytest.raises(DBAPIError, match="permission denied"), engine.begin() as connection:
            connection.execute(text(deed))
    engine.dispose()
    assert ledger.post(write_run([*AGREEMENT, *REPORT]), db=db).batch == 2
    assert posted(db) == WHOLE


def test_an_edited_entry_is_named(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    change(db, "UPDATE postings SET amount = amount + 1 WHERE commitment_id = 'other'")
    verdict = ledger.verify(db)
    assert re.match(
        r"entry \d+ \(postings, batch 1, other\): it was changed, or what stood before it", verdict.faults[0]
    )


def test_any_edit_in_any_table_is_told(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=db)
    for table in ENTRIES:
        last = f"WHERE seq = (SELECT max(seq) FROM {table.name})"
        change(db, f"UPDATE {table.name} SET batch = batch + 1 {last}")
        assert f"({table.name}, batch 2" in ledger.verify(db).faults[0]
        change(db, f"UPDATE {table.name} SET batch = batch - 1 {last}")


def test_a_deleted_entry_is_named(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run(AGREEMENT), db=db)
    change(db, "DELETE FROM statements WHERE seq = 3")
    assert ledger.verify(db).faults[0].startswith("entry 3: it is missing; the next one is entry 4 (statements")


def test_a_ledger_cut_at_its_end_is_found_by_the_head_kept_outside(db: str, write_run: WriteRun) -> None:
    first, second = write_run(AGREEMENT, name="one"), write_run(REPORT, name="two")
    ledger.post(first, db=db)
    ledger.post(second, db=db)
    change(db, *(f"DELETE FROM {table.name} WHERE batch = 2" for table in ENTRIES))
    if address(db).drivername == "sqlite":
        assert "what keeps its entries from being changed is gone" in ledger.verify(db).faults[0]
    else:
        assert ledger.verify(db).faults == ()
    status, said, _ = call("verify", second, "--db", db)
    assert status == 1
    assert "no batch ends with it" in said
    status, said, _ = call("verify", first, "--db", db)
    assert ("no batch ends with it" in said) is False


def test_entries_after_the_last_batch_are_told_and_not_posted_upon(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run(AGREEMENT), db=db)
    ledger.post(write_run(REPORT, name="two"), db=db)
    change(db, "DELETE FROM batches WHERE batch = 2")
    assert any("belong to no batch" in fault for fault in ledger.verify(db).faults)
    with pytest.raises(LedgerError, match="belong to no batch"):
        ledger.post(write_run([funding("x", 0, 1, "x")], name="three"), db=db)


# ---------------------------------------------------------------- the schema


def test_the_migrations_make_what_the_code_expects(db: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with writing(db) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_alembic_itself_makes_the_same_ledger(db: str, tmp_path: Path, write_run: WriteRun) -> None:
    from belopp.ledger.connecting import MIGRATIONS

    told = tmp_path / "alembic.ini"
    told.write_text(f"[alembic]\nscript_location = {MIGRATIONS}\n", encoding="utf-8")
    (tmp_path / "books").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "alembic", "-c", str(told), "-x", f"db={db}", "upgrade", "head"]
    subprocess.run(command, check=True, capture_output=True)
    assert ledger.post(write_run(AGREEMENT), db=db).batch == 1
    assert ledger.verify(db).faults == ()


def test_the_code_asks_for_the_last_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from belopp.ledger.connecting import MIGRATIONS

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_a_ledger_of_a_newer_belopp_is_told(db: str, write_run: WriteRun) -> None:
    run = write_run(AGREEMENT)
    ledger.post(run, db=db)
    change(db, "UPDATE alembic_version SET version_num = 'v9'")
    for deed in (lambda: ledger.post(run, db=db), lambda: ledger.status(db)):
        with pytest.raises(LedgerError, match="its schema is v9, this belopp knows v1; use the belopp that wrote it"):
            deed()


# ---------------------------------------------------------------- two at once


def test_posts_at_once_post_each_document_once(db: str, write_run: WriteRun) -> None:
    """Eight posts, each of a document of its own and one that all share, none of them with a ledger to begin with."""
    shared = [funding("shared", number * 40, number + 1, f"s{number}", area=f"område {number}") for number in range(50)]
    runs = [write_run([*shared, funding(f"d{n}", 0, 10, f"c{n}", area=f"eget {n}")], name=f"run{n}") for n in range(8)]
    gate = threading.Barrier(len(runs))

    def go(run: Path) -> ledger.Posted:
        gate.wait()
        return ledger.post(run, db=db)

    with ThreadPoolExecutor(len(runs)) as pool:
        done = list(pool.map(go, runs))
    assert sorted(item.batch for item in done) == list(range(1, 9))
    assert sum(item.documents for item in done) == 9
    assert posted(db) == (sum(range(1, 51)) + 80) * 100
    assert ledger.verify(db, heads=[item.head for item in done]).faults == ()


# ---------------------------------------------------------------- the command line


def test_the_commands(db: str, write_run: WriteRun) -> None:
    run = write_run([*AGREEMENT, *REPORT])
    status, said, told = call("post", run, "--db", db)
    assert (status, told) == (0, "")
    assert said.startswith(
        "batch 1: 2 new publications, 0 read otherwise; 4 new commitments, 0 superseded, 0 withdrawn; 3 postings\nhead "
    )
    status, said, _ = call("post", run, "--db", db)
    assert (status, said.startswith("nothing new: ")) == (0, True)
    status, said, _ = call("status", "--db", db)
    assert status == 0
    assert "984 SEK  3  posted in all" in said
    assert "600 SEK  1  hjälpmedel" in said
    status, said, _ = call("status", "--db", db, "--by", "role", "--as", "json")
    assert json.loads(said)["totals"]["role"][0]["group"] == "single"
    status, said, _ = call("verify", run, "--db", db)
    assert (status, "all well" in said) == (0, True)
    status, said, _ = call("verify", "--db", db)
    assert (status, "give RUN or --head to see that none is missing at the end" in said) == (0, True)
    status, said, _ = call("history", "b:0-10", "--db", db)
    assert status == 0
    assert "source 2024-02-01 b:0-10 284 kronor decided" in said
    assert "Regeringen avsätter 284 kronor." in said


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("status",), 2, "there is no ledger; post a run first"),
        (("history", "c"), 2, "there is no ledger"),
        (("verify",), 2, "there is no ledger"),
        (("post", "EMPTY"), 2, "give the --out folder of a finished belopp run"),
        (("verify", "--head", "abc"), 2, "write the 64 hexadecimal digits that verify prints"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    db: str, tmp_path: Path, arguments: Sequence[str], status: int, told: str
) -> None:
    (tmp_path / "empty").mkdir()
    arguments = [str(tmp_path / "empty") if argument == "EMPTY" else argument for argument in arguments]
    result = call(*arguments, "--db", db)
    assert result[0] == status
    assert told in result[2]
    assert len(result[2].strip().splitlines()) == 1


def test_an_unknown_or_ambiguous_commitment_is_told(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([funding("a", 0, 1, "c-12"), funding("a", 40, 2, "c-13", area="b")]), db=db)
    assert "several commitments begin with c-1: c-12, c-13" in call("history", "c-1", "--db", db)[2]
    assert "no commitment x%" in call("history", "x%", "--db", db)[2]
    assert call("history", "c-12", "--db", db)[0] == 0


def test_a_place_is_traced_to_what_the_last_version_of_its_publication_says_there(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([funding("a", 0, 100, "c-old")]), db=db)
    ledger.post(write_run([{**funding("a", 0, 120, "c-new"), "doc_sha256": "c" * 64}]), db=db)
    (step,) = ledger.history(db, "a:0-10")
    assert (step.version["commitment_id"], step.postings[0]["amount"]) == ("c-new", 120 * 100)
    ledger.post(write_run([], silent=["a"]), db=db)
    assert ledger.history(db, "a:0-10")[-1].version["state"] == "withdrawn"


def test_an_old_level_has_no_history_and_that_is_told(db: str, write_run: WriteRun) -> None:
    sentence = "Stödet höjs från 100 kronor till 150 kronor."
    rows = [funding("a", 17, 100, "c-old", sentence=sentence), funding("a", 33, 150, "c-new", sentence=sentence)]
    ledger.post(write_run(rows), db=db)
    assert posted(db) == 150 * 100
    status, said, told = call("history", "a:17-27", "--db", db)
    assert (status, said) == (2, "")
    assert "of a:17-27 nothing is posted: it is what was before" in told


def test_totals_that_are_contradicted_are_among_those_that_their_parts_exceed(db: str, write_run: WriteRun) -> None:
    rows = [funding("a", 0, 123, "total"), funding("a", 40, 150, "part", area="tandvård", part_of=0)]
    ledger.post(write_run(rows), db=db)
    assert ledger.history(db, "total")[-1].assertions[0]["verdict"] == "contradicted"
    assert "1 assertion, 1 of totals that their parts exceed" in call("status", "--db", db)[1]


@pytest.mark.parametrize(
    ("db", "told"),
    [
        ("mysql://somewhere/books", "a ledger is kept in sqlite or in postgresql+psycopg, not mysql"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/books", "see that the server is up and reachable"),
        ("://", "no database address"),
    ],
)
def test_a_database_that_cannot_be_is_told(write_run: WriteRun, db: str, told: str) -> None:
    status, _, said = call("post", write_run(AGREEMENT), "--db", db)
    assert (status, told in said) == (2, True), said


def test_a_password_is_not_shown(write_run: WriteRun) -> None:
    db = "postgresql+psycopg://auditor:geheim@127.0.0.1:1/books"
    assert "geheim" not in call("post", write_run(AGREEMENT), "--db", db)[2]


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, write_run: WriteRun) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Hej! " * 400, encoding="utf-8")
    status, _, said = call("post", write_run(AGREEMENT), "--db", file)
    assert (status, "it is no ledger: name another --db" in said) == (2, True)
    assert file.read_text(encoding="utf-8").startswith("Hej!")


def test_another_programs_tables_are_left_alone(tmp_path: Path, write_run: WriteRun) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as base:
        base.execute("create table batches (bread text)")
    status, _, said = call("post", write_run(AGREEMENT), "--db", file)
    assert (status, "another program's tables bear these names there: name another --db" in said) == (2, True)


def test_tables_that_do_not_belong_together_are_not_posted(tmp_path: Path, write_run: WriteRun) -> None:
    run = write_run(AGREEMENT)
    with (run / "amounts.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(AGREEMENT[0].values()) + "\n")
    status, _, said = call("post", run, "--db", tmp_path / "ledger.db")
    assert (status, "it is not the table that datapackage.json tells of" in said) == (2, True)
    assert not (tmp_path / "ledger.db").exists()


@pytest.mark.parametrize("name", ["sqlalchemy", "alembic"])
def test_the_missing_extra_is_named(
    tmp_path: Path, write_run: WriteRun, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    status, _, said = call("post", write_run(AGREEMENT), "--db", tmp_path / "ledger.db")
    assert (status, "pip install 'belopp[ledger]'" in said) == (2, True)


def test_the_missing_driver_is_named(write_run: WriteRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    status, _, said = call("post", write_run(AGREEMENT), "--db", "postgresql+psycopg://x@127.0.0.1:1/books")
    assert (status, "pip install 'belopp[postgresql]'" in said) == (2, True)


def test_a_sum_that_cannot_be_posted_is_named(db: str, write_run: WriteRun) -> None:
    run = write_run([*AGREEMENT, funding("c", 0, "0.001", "x")])
    status, _, told = call("post", run, "--db", db)
    assert (status, told) == (0, "not posted: c:0-12: 0.001 SEK is no whole number of minor units\n")


def test_a_sqlite_file_in_wal_mode_is_taken_out_of_it(tmp_path: Path, write_run: WriteRun) -> None:
    db = tmp_path / "ledger.db"
    ledger.post(write_run(AGREEMENT), db=str(db))
    with sqlite3.connect(db) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    ledger.post(write_run([*AGREEMENT, *REPORT]), db=str(db))
    with sqlite3.connect(db) as connection:
        expected = "wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete"
        assert connection.execute("PRAGMA journal_mode").fetchone() == (expected,)
    connection.close()


# ---------------------------------------------------------------- from the publications themselves

OUR_OWN: Mapping[str, str] = {
    # 240 = 150 + 90 by payer, and 60 + 120 + 60 by purpose
    "regeringen/avtal.md": """# Överenskommelse om barnhälsovård 2024

Publicerad 7 mars 2024

Överenskommelsen om barnhälsovård omfattar för 2024 totalt 240 miljoner kronor, varav regionerna står för 90 miljoner
kronor och staten för 150 miljoner kronor.

## Hembesök

För hembesök avsätts 60 miljoner kronor.

## Vaccinationer

För vaccinationer avsätts 120 miljoner kronor.

## Föräldrastöd

För föräldrastöd avsätts 60 miljoner kronor.
""",
    # told again by another, and a grant of its own
    "skr/nyhet.md": """# Nytt avtal om barnhälsovård

Publicerad 9 mars 2024

Överenskommelsen om barnhälsovård omfattar för 2024 totalt 240 miljoner kronor.

Regeringen avsätter dessutom 35 miljoner kronor till Folkhälsomyndigheten för simundervisning 2024.
""",
}


def test_our_own_publications_post_each_krona_once(db: str, tmp_path: Path) -> None:
    for name, words in OUR_OWN.items():
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    batch.run([str(tmp_path / "corpus")], out=tmp_path / "out")
    done = ledger.post(tmp_path / "out", db=db)
    assert posted(db) == (240 + 35) * 10**6 * 100
    assert done.refused == ()
    (total,) = [row for row in ledger.status(db, by=("area",)).totals["area"] if row.amount == 35 * 10**8]
    assert total.postings == 1
    kept = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert kept["ledgers"][done.ledger] == {"batch": 1, "head": done.head}
    batch.run([str(tmp_path / "corpus")], out=tmp_path / "out", force=True)
    assert call("verify", tmp_path / "out", "--db", db)[0] == 0  # a later run keeps the head
    assert ledger.post(tmp_path / "out", db=db).batch == 0


def test_the_seeds_post_18_361_900_000_kronor(shared: Path, db: str, tmp_path: Path) -> None:
    """384 + 326 + 6 370 + 3 000 + 1 436 + 6 778 + 67.9 million; the agreement of 2022 once, from two publications."""
    batch.run([str(shared / "data" / "seeds")], out=tmp_path / "out")
    ledger.post(tmp_path / "out", db=db)
    assert posted(db) == 18_361_900_000 * 100
    agreement = [
        ledger.history(db, str(name))[-1]
        for name in _named(db, "SELECT commitment_id FROM current_versions WHERE low = 28400000000")
    ]
    assert len(agreement) == 1
    assert len({source["doc"] for source in agreement[0].sources}) == 2


def _named(db: str, query: str) -> list[object]:
    with writing(db) as connection:
        assert isinstance(connection, Connection)
        return [row[0] for row in connection.execute(text(query))]
