"""Publications that the ledger holds and a run does not: told of, counted as before, and withdrawn on request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from belopp import batch, ledger, rulebook
from belopp.cli import belopp
from belopp.ledger import LedgerError
from belopp.ledger.connecting import reading

if TYPE_CHECKING:
    from tests.conftest import WriteRun, funding
else:
    from conftest import WriteRun, funding

STAYS = funding("a", 0, 100, "c-1")
MOVES = funding("b", 0, 40, "c-2", area="skola")
MOVED = funding("ny/b", 0, 45, "c-3", area="skola")


def posted(db: str) -> int:
    """All that counts, in kronor."""
    return sum(total.amount for total in ledger.status(db).whole) // 100


def post(run: Path, db: str, *options: str) -> list[str]:
    result = CliRunner().invoke(belopp, ["ledger", "post", str(run), "--db", db, *options])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_what_a_run_does_not_hold_is_told_and_counts_as_before(db: str, write_run: WriteRun) -> None:
    assert not any("as before" in line for line in post(write_run([STAYS, MOVES]), db))
    told = post(write_run([STAYS]), db)
    assert told[1] == "not in this run and counted as before: 1 publication, b; --withdraw those that are no more"
    assert posted(db) == 140


def test_one_that_was_moved_and_corrected_counts_once_when_the_old_place_is_withdrawn(
    db: str, write_run: WriteRun
) -> None:
    ledger.post(write_run([STAYS, MOVES]), db=db)
    done = ledger.post(write_run([STAYS, MOVED]), db=db, withdraw_absent=True)
    assert (done.documents, done.corrected, done.taken_back, done.withdrawn) == (1, 0, 1, 1)
    assert (done.absent.gone, posted(db)) == ((), 145)
    assert ledger.status(db).documents == 2
    gone = ledger.history(db, "c-2")[-1]
    assert (gone.version["state"], gone.postings) == ("withdrawn", ())
    assert str(gone.version["reason"]).startswith("withdrawn publication b; ")
    assert ledger.verify(db, heads=[done.head]).faults == ()
    assert ledger.post(write_run([STAYS, MOVED]), db=db, withdraw_absent=True).batch == 0


def test_one_publication_is_withdrawn_by_its_id_and_comes_back_with_a_run_that_has_it(
    db: str, write_run: WriteRun
) -> None:
    ledger.post(write_run([STAYS, MOVES, MOVED]), db=db)
    told = post(write_run([STAYS], name="less"), db, "--withdraw", "b", "--reason", "återkallad")
    assert "1 publication withdrawn" in told
    assert any("1 publication, ny/b;" in line for line in told)
    assert posted(db) == 145
    back = ledger.post(write_run([STAYS, MOVES, MOVED]), db=db)
    assert (back.corrected, posted(db)) == (1, 185)
    assert "publication b again" in str(ledger.history(db, "c-2")[-1].version["reason"])


def test_one_that_could_not_be_read_is_told_and_never_taken_for_gone(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([STAYS, MOVES]), db=db)
    told = post(write_run([STAYS], unread=["b"]), db, "--withdraw-absent")
    assert "could not be read this time and counted as before: 1 publication, b" in told
    assert posted(db) == 140


@pytest.mark.parametrize(
    ("doc", "why"),
    [("a", "--withdraw a: the run has it"), ("x", "--withdraw x: the ledger counts no such publication")],
)
def test_what_cannot_be_withdrawn_is_told_and_nothing_is_posted(
    db: str, write_run: WriteRun, doc: str, why: str
) -> None:
    head = ledger.post(write_run([STAYS, MOVES]), db=db).head
    with pytest.raises(LedgerError, match=why):
        ledger.post(write_run([STAYS, MOVED]), db=db, withdraw=["b", doc])
    assert (posted(db), ledger.status(db).head) == (140, head)


# ---------------------------------------------------------------- the same money across runs

EXACT = funding("a", 0, 1_560, "c-a", area="utbyggnad av nattåg", published="2024-02-01")
ROUGH = funding("b", 0, 1_500, "c-b", area="nattågens utbyggnad", modifier="over", published="2024-03-01")
OTHER = funding("b", 40, 70, "c-o", area="hotade grodarter", published="2024-03-01")


@pytest.mark.parametrize("order", [([EXACT], [ROUGH, OTHER]), ([ROUGH, OTHER], [EXACT])], ids=["exact", "rough"])
def test_the_same_money_in_two_runs_counts_once_though_each_gave_it_a_name_of_its_own(
    db: str, write_run: WriteRun, order: Sequence[list[dict[str, str]]]
) -> None:
    rules = rulebook.load().digest
    runs = [write_run(rows, name=f"run{number}", rules=rules) for number, rows in enumerate(order)]
    ledger.post(runs[0], db=db)
    done = ledger.post(runs[1], db=db)
    assert posted(db) == 1_560 + 70
    assert done.together
    sources = [source["doc"] for source in ledger.history(db, "a:0-11")[-1].sources]
    assert sources == ["a", "b"]
    assert [ledger.post(run, db=db).batch for run in (*runs, *runs)] == [0, 0, 0, 0]
    assert ledger.verify(db, heads=[done.head]).faults == ()


def test_a_publication_that_shares_money_with_another_run_says_so(db: str, write_run: WriteRun) -> None:
    rules = rulebook.load().digest
    ledger.post(write_run([ROUGH, OTHER], rules=rules), db=db)
    told = post(write_run([EXACT], name="later", rules=rules), db)
    assert "1 publication of other runs grouped anew: they tell of the same money" in told
    assert "grouped anew with run " in str(ledger.history(db, "b:40-49")[-1].version["reason"])


def test_runs_by_other_rules_than_those_at_hand_are_not_grouped_and_that_is_told(db: str, write_run: WriteRun) -> None:
    ledger.post(write_run([EXACT], rules="b" * 64), db=db)
    told = post(write_run([ROUGH], name="later", rules="b" * 64), db)
    assert any(line.startswith("the same money in them and in this run may count twice") for line in told)
    assert posted(db) == 1_560 + 1_500


TEXTS = {
    "a/budget.md": (
        "---\ntitle: Nattåg byggs ut\ndate: 2025-09-10\n---\n# Nattåg byggs ut\n\n"
        "Regeringen avsätter 1 560 miljoner kronor 2026 till utbyggnad av nattåg, varav 560 miljoner kronor går till "
        "Trafikverket.\n"
    ),
    "b/tal.md": (
        "---\ntitle: Tal om järnvägen\ndate: 2025-09-30\n---\n# Tal om järnvägen\n\n"
        "Över 1,5 miljarder kronor avsätts 2026 till nattågens utbyggnad. Dessutom får Boverket 45 miljoner kronor "
        "2026 för hotade grodarter.\n"
    ),
}


def counted(db: str) -> list[tuple[object, ...]]:
    """What counts, cell by cell, but for the numbers of the entries."""
    with reading(db) as connection:
        names = "commitment_id, kind, year, period, amount, high, currency, modifier, area, payer, recipient, status"
        return sorted(map(tuple, connection.execute(text(f"SELECT {names} FROM current_postings"))))


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")], ids="-".join)
def test_real_runs_one_after_the_other_come_to_what_one_run_over_all_does(tmp_path: Path, order: Sequence[str]) -> None:
    for name, words in TEXTS.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True)
        (tmp_path / "in" / name).write_text(words, encoding="utf-8")
    whole, parted = str(tmp_path / "whole.db"), str(tmp_path / "parted.db")
    batch.run([str(tmp_path / "in")], out=tmp_path / "all")
    ledger.post(tmp_path / "all", db=whole)
    for part in order:
        batch.run([str(tmp_path / "in" / part)], out=tmp_path / part)
        ledger.post(tmp_path / part, db=parted)
    assert counted(parted) == counted(whole)
    assert posted(parted) == 1_560_000_000 + 45_000_000
