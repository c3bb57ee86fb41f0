"""A run with gold: a publication reviewed to its end has the reviewer's rows, until its text changes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from belopp import gold, ledger
from belopp.cli import belopp
from belopp.gold.whole import whole
from belopp.review import Desk
from belopp.review.desk import revision
from belopp.tables import read_csv

WHEN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOC: Final = "nyheter/bibliotek.md"
TEXT: Final = (
    "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor till biblioteken 2025. Av dessa går\n\n"
    "* 18 miljoner kronor till Kulturrådet\n* 12 miljoner kronor till Kungliga biblioteket\n"
)
OTHER: Final = "nyheter/broar.md"
BRIDGES: Final = "# Nya broar\n\nRegeringen avsätter 7 miljoner kronor till nya broar 2025.\n"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "raw" / DOC, TEXT)
    write(tmp_path / "raw" / OTHER, BRIDGES)
    assert run().exit_code == 0
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(0, len(text)))  # long ago, so that it is known again without being read


def run(*options: str) -> Result:
    return CliRunner().invoke(belopp, ["run", "raw", "--out", "run", "--workers", "1", *options])


def opened() -> Desk:
    return Desk(Path("run"), Path("gold"), reviewer="ek", clock=lambda: WHEN)


def decide(desk: Desk, place: int = 0, doc: str = DOC, **wish: Any) -> None:
    key = next(key for key, listed in desk.findings.documents.items() if listed.doc == doc)
    standing = desk.standings(key)[place]
    desk.decide(key, {"row": standing.id, "rev": revision(standing), **wish})


def review(*, area: str = "folkbibliotek") -> None:
    desk = opened()
    decide(desk, do="set", column="area", value=area)
    decide(desk, do="rest")


def lines(table: str, doc: str = DOC) -> list[dict[str, str]]:
    return [dict(line) for line in read_csv(Path("run") / f"{table}.csv") if doc in line.get("doc", doc)]


def areas(doc: str = DOC) -> list[str]:
    return [line["area"] for line in lines("amounts", doc)]


def test_a_reviewed_publication_has_the_rows_of_its_reviewer(work: Path) -> None:
    ours = areas(OTHER)
    review()
    result = run("--gold", "gold")
    assert result.exit_code == 0, result.output
    assert "1 document with a reviewer's rows" in result.stdout
    assert "1 document read, 1 unchanged" in result.stdout
    assert areas()[0] == "folkbibliotek"
    assert areas(OTHER) == ours
    assert {line["flags"] for line in lines("amounts")} == {"reviewed"}
    assert [line["flags"] for line in lines("documents")] == ["reviewed"]
    assert {line["rule"] for line in lines("reasons") if line["column"] != "check"} == {"gold.reviewed"}
    assert {line["rule"] for line in lines("reasons", OTHER)}.isdisjoint({"gold.reviewed"})
    assert [line["verdict"] for line in lines("checks")] == ["proved"]
    assert "folkbibliotek" in {line["area"] for line in lines("commitments")}
    assert json.loads(Path("run/run.json").read_text())["gold"] == "gold"


def test_what_is_corrected_is_added_up_anew(work: Path) -> None:
    desk = opened()
    decide(desk, 2, do="set", column="value", value="11 000 000")
    decide(desk, do="rest")
    assert run("--gold", "gold").exit_code == 0
    (check,) = lines("checks")
    assert (check["verdict"], check["difference"]) != ("proved", "0")


def test_nothing_is_read_again_until_the_gold_changes_or_is_left_out(work: Path) -> None:
    ours = Path("run/amounts.csv").read_bytes()
    review()
    run("--gold", "gold")
    assert "0 documents read, 2 unchanged" in run("--gold", "gold").stdout
    review(area="skolbibliotek")
    assert "1 document read, 1 unchanged" in run("--gold", "gold").stdout
    assert areas()[0] == "skolbibliotek"
    assert "1 document read, 1 unchanged" in run().stdout
    assert Path("run/amounts.csv").read_bytes() == ours


def test_a_publication_that_changed_since_is_told_of_and_reviewed_again(work: Path) -> None:
    review()
    write(work / "raw" / DOC, TEXT + "\nDärtill får Region Skåne 2 miljoner kronor.\n")
    result = run("--gold", "gold")
    assert f"warning: {DOC}: changed since it was reviewed" in result.stderr
    assert (len(areas()), areas()[0]) == (4, "biblioteken")
    assert [line["flags"] for line in lines("documents")] == ["changed-since-review"]
    desk = opened()
    assert {each.state for each in desk.standings(next(iter(desk.findings.documents)))} >= {"open", "differs"}
    decide(desk, do="rest")
    assert "changed" not in run("--gold", "gold").stderr
    assert (len(areas()), areas()[0]) == (4, "folkbibliotek")


def test_a_publication_that_is_begun_or_opened_again_has_its_own_rows(work: Path) -> None:
    desk = opened()
    decide(desk, do="set", column="area", value="folkbibliotek")
    assert "no document of the run was reviewed to its end" in run("--gold", "gold").stderr
    decide(desk, do="rest")
    assert set(whole("gold").documents) == {DOC}
    decide(desk, do="undo")
    assert set(whole("gold").documents) == set()
    run("--gold", "gold")
    assert areas()[0] == "biblioteken"


def test_one_found_to_state_no_sum_has_none(work: Path) -> None:
    desk = opened()
    decide(desk, doc=OTHER, do="reject")
    decide(desk, doc=OTHER, do="rest")
    assert run("--gold", "gold").exit_code == 0
    assert areas(OTHER) == []
    assert [(line["status"], line["sums"]) for line in lines("documents", OTHER)] == [("ok", "0")]
    write(work / "raw" / OTHER, BRIDGES.replace("7", "8"))
    assert f"{OTHER}: changed" in run("--gold", "gold").stderr
    assert len(areas(OTHER)) == 1


def test_gold_labelled_without_the_desk_counts_as_long_as_its_words_stand(work: Path) -> None:
    rows = [gold.row_of(line) for line in lines("amounts")]
    write(work / "gold" / "amounts.csv", gold.sheet_text(replace(row, area="läsning") for row in rows))
    assert run("--gold", "gold").exit_code == 0
    assert areas() == ["läsning"] * 3
    write(work / "raw" / DOC, "\n" + TEXT)
    assert f"{DOC}: changed" in run("--gold", "gold").stderr
    assert areas()[0] == "biblioteken"


def test_two_workers_write_the_same_tables(work: Path) -> None:
    review()
    for number in range(200):
        write(work / "raw" / f"{number}.md", BRIDGES)
    run("--gold", "gold", "--force")
    assert run("--gold", "gold", "--force").exit_code == 0
    one = {path.name: path.read_bytes() for path in Path("run").glob("*.csv")}
    assert run("--gold", "gold", "--force", "--workers", "2").exit_code == 0
    assert {path.name: path.read_bytes() for path in Path("run").glob("*.csv")} == one
    assert areas()[0] == "folkbibliotek"


def test_the_ledger_takes_what_was_reviewed(work: Path) -> None:
    def posted(*options: str) -> Sequence[int]:
        done = CliRunner().invoke(belopp, ["ledger", "post", "run", "--db", "ledger.db"])
        assert done.exit_code == 0, done.output
        return [total.amount // 100 for total in ledger.status("ledger.db").whole]

    assert posted() == [37_000_000]
    desk = opened()
    for place, value in enumerate(("40 000 000", "28 000 000")):
        decide(desk, place, do="set", column="value", value=value)
    decide(desk, do="rest")
    run("--gold", "gold")
    assert posted() == [47_000_000]
    (first, *_) = lines("amounts")
    told = [str(each.version["reason"]) for each in ledger.history("ledger.db", first["commitment_id"])]
    assert f"{DOC} as reviewed" in told[-1]
    assert ledger.verify("ledger.db").faults == ()


def test_a_document_tried_again_has_its_reviewers_rows(work: Path) -> None:
    review()
    (work / "raw" / DOC).unlink()
    (work / "raw" / DOC).symlink_to(work / "nowhere")
    run("--gold", "gold")
    assert [line["status"] for line in lines("documents")] == ["quarantined"]
    (work / "raw" / DOC).unlink()
    write(work / "raw" / DOC, TEXT)
    assert CliRunner().invoke(belopp, ["quarantine", "retry", "run"]).exit_code == 0
    assert areas()[0] == "folkbibliotek"
    assert json.loads(Path("run/run.json").read_text())["gold"] == "gold"


def test_a_score_of_the_golds_own_rows_says_so(work: Path) -> None:
    review()
    run("--gold", "gold")
    told = CliRunner().invoke(belopp, ["score", "gold", "run", "--bootstrap", "0"])
    assert "1 of its documents have the gold's own rows" in told.stderr
    run()
    assert "own rows" not in CliRunner().invoke(belopp, ["score", "gold", "run", "--bootstrap", "0"]).stderr


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("notes.txt", "", "no sheet such as amounts.csv"),
        ("amounts.csv", "doc,start\na.md,0\n", "no column end"),
        ("journal.csv", "time\nyesterday\ntoday\n", "cannot be read"),
    ],
)
def test_gold_that_is_none_stops_the_run(work: Path, name: str, text: str, why: str) -> None:
    before = Path("run/amounts.csv").read_bytes()
    write(work / "gold" / name, text)
    result = run("--gold", "gold")
    assert (result.exit_code, why in result.stderr) == (2, True), result.stderr
    assert Path("run/amounts.csv").read_bytes() == before
