"""The gold is saved by document, sorted and whole; what another wrote meanwhile is kept or told of."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from belopp import gold
from belopp.gold import saving, sheets
from belopp.gold.journal import NAMES
from belopp.model import COLUMNS, Reason, Row

CORPUS = Path(__file__).parents[1] / "corpus" / "gold"
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCEPT = gold.Decision("accept", 0, 6)


def row(start: int = 0, *, doc: str = "a.md", text: str = "500 kr", **cells: object) -> Row:
    return replace(Row(doc, start, start + len(text), text, Decimal(500), Decimal(500)), **cells)  # type: ignore[arg-type]


def save(folder: Path, *rows: Row, base: tuple[Row, ...] = (), doc: str = "a.md", reviewer: str = "ek",
         decisions: tuple[gold.Decision, ...] = (ACCEPT,)) -> list[Row]:  # fmt: skip
    return gold.save(folder, doc, rows, base=base, reviewer=reviewer, when=WHEN, decisions=decisions)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    total = row(10, status="decided", payer=("EU", "staten"), area='vård, "skola" och\nomsorg', period="2025|2026")
    part = row(40, part_of=10, low=Decimal(300), high=Decimal("350.50"), modifier="approx", per="year", vat="excl")
    again = row(70, same_as=10, because=(Reason("kind", "x"),))
    save(tmp_path, again, part, total)
    assert gold.load(tmp_path) == {"a.md": [total, part, replace(again, because=())]}


def test_the_sheet_has_the_guides_columns_sorted_and_the_journal_its_lines(tmp_path: Path) -> None:
    save(tmp_path, row(30), row(4), doc="a.md")
    correct = gold.Decision("correct", 4, 10, "status", "decided", "proposed")
    save(tmp_path, row(1, doc="B.md"), doc="B.md", reviewer="al, m.", decisions=(correct, ACCEPT))
    lines = (tmp_path / "amounts.csv").read_bytes().decode().split("\n")
    assert lines[0] == ",".join(COLUMNS)
    assert [line.split(",")[:2] for line in lines[1:]] == [["B.md", "1"], ["a.md", "4"], ["a.md", "30"], [""]]
    assert (tmp_path / "journal.csv").read_text().splitlines() == [
        "time,reviewer,guide,doc,start,end,action,column,before,after,step",
        f"2026-03-01T12:00:00Z,ek,{gold.GUIDE},a.md,0,6,accept,,,,1",
        f'2026-03-01T12:00:00Z,"al, m.",{gold.GUIDE},B.md,4,10,correct,status,decided,proposed,2',
        f'2026-03-01T12:00:00Z,"al, m.",{gold.GUIDE},B.md,0,6,accept,,,,2',
    ]
    assert gold.read_journal(tmp_path)[1].decision == correct
    assert sorted(path.name for path in tmp_path.iterdir()) == ["amounts.csv", "journal.csv"]


def test_the_corpus_is_kept_to_the_byte(tmp_path: Path) -> None:
    for name in ("amounts.csv", "archive.csv"):
        (tmp_path / name).write_bytes((CORPUS / name).read_bytes())
    loaded = gold.load(tmp_path)
    doc, rows = next((doc, rows) for doc, rows in reversed(loaded.items()) if len(rows) > 1)
    gold.save(tmp_path, doc, rows, base=rows, reviewer="ek", when=WHEN, decisions=[ACCEPT])
    changed = [replace(rows[0], area="annat"), *rows[1:]]
    gold.save(tmp_path, doc, changed, base=rows, reviewer="ek", when=WHEN, decisions=[ACCEPT])
    gold.save(tmp_path, doc, rows, base=changed, reviewer="ek", when=WHEN, decisions=[ACCEPT])
    for name in ("amounts.csv", "archive.csv"):  # each document stays in its sheet
        assert (tmp_path / name).read_bytes() == (CORPUS / name).read_bytes()


def test_another_reviewers_rows_are_kept(tmp_path: Path) -> None:
    base = tuple(save(tmp_path, row(0), row(20)))
    save(tmp_path, row(0, area="vård"), row(20), row(40), base=base, reviewer="one")
    now = save(tmp_path, row(0), row(20, area="skola"), base=base, reviewer="two")
    assert now == [row(0, area="vård"), row(20, area="skola"), row(40)] == gold.load(tmp_path)["a.md"]


def test_a_row_that_both_removed_or_changed_alike_is_no_conflict(tmp_path: Path) -> None:
    base = tuple(save(tmp_path, row(0), row(20)))
    save(tmp_path, row(20, area="vård"), base=base)
    assert save(tmp_path, row(20, area="vård"), base=base) == [row(20, area="vård")]


@pytest.mark.parametrize(
    ("mine", "columns"), [((row(0, area="skola", period="2026"),), ("area", "period")), ((), ("row",))]
)
def test_a_row_that_two_change_is_told_and_nothing_is_written(
    tmp_path: Path, mine: tuple[Row, ...], columns: tuple[str, ...]
) -> None:
    base = tuple(save(tmp_path, row(0)))
    save(tmp_path, row(0, area="vård"), base=base)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(gold.Conflict, match=r"a\.md: someone else has changed 0-6 .*load the document again") as told:
        save(tmp_path, *mine, base=base)
    assert (told.value.spans, told.value.columns) == (((0, 6),), columns)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_an_editor_writes_during_a_save_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, row(0))
    sheet, real = tmp_path / "amounts.csv", saving._digest
    edits = iter([gold.sheet_text([row(0), row(7, doc="b.md")])])

    def looked_at(path: Path) -> bytes:
        for text in edits:
            sheet.write_text(text)
        return real(path)

    monkeypatch.setattr(saving, "_digest", looked_at)
    save(tmp_path, row(0), row(20), base=(row(0),))
    assert gold.load(tmp_path) == {"a.md": [row(0), row(20)], "b.md": [row(7, doc="b.md")]}
    assert len(gold.read_journal(tmp_path)) == 2


def test_saves_at_once_are_all_kept(tmp_path: Path) -> None:
    def one(number: int) -> None:
        doc = f"{number}.md"
        gold.save(tmp_path, doc, [row(number, doc=doc)], base=(), reviewer="ek", when=WHEN, decisions=[ACCEPT])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    assert len(gold.load(tmp_path)) == len(gold.read_journal(tmp_path)) == 40


def test_a_write_that_fails_leaves_sheet_and_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, row(0))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(gold.GoldError, match="No space left on device"):
        save(tmp_path, row(0), row(20), base=(row(0),))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("journal", "told"),
    [
        (b"time,who\n2026-03-01,ek\n", "no journal, which has the columns time, reviewer, .*; move it away"),
        (",".join(NAMES).encode() + b"\n\xff", r"cannot be read \('utf-8' .*\); mend its last lines"),
    ],
)
def test_to_what_is_no_journal_no_line_is_added(tmp_path: Path, journal: bytes, told: str) -> None:
    (tmp_path / "journal.csv").write_bytes(journal)
    with pytest.raises(gold.GoldError, match=told):
        save(tmp_path, row(0))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"journal.csv": journal}


@pytest.mark.parametrize("cut", [1, 3, 9, 40, 60])
def test_a_line_of_the_journal_cut_by_a_power_cut_is_passed_over(tmp_path: Path, cut: int) -> None:
    save(tmp_path, row(0))
    area = gold.Decision("correct", 0, 6, "area", "vård", 'en "annan"\nsak')
    save(tmp_path, row(0, area="sak"), base=(row(0),), decisions=(area,))
    path = tmp_path / "journal.csv"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert [note.decision for note in gold.read_journal(tmp_path)] == [ACCEPT]
    save(tmp_path, row(0, area="sak"), row(9), base=(row(0, area="sak"),), decisions=(area,))
    assert path.read_bytes() == whole


def test_an_id_never_becomes_a_path(tmp_path: Path) -> None:
    doc = "../../etc/passwd"
    save(tmp_path / "gold", row(0, doc=doc), doc=doc)
    assert list(gold.load(tmp_path / "gold")) == [doc]
    assert {path.parent for path in tmp_path.rglob("*.csv")} == {tmp_path / "gold"}
    with pytest.raises(gold.GoldError, match="cannot name a document"):
        save(tmp_path / "gold", doc="a\nb.md")


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("doc,start\na,0\n", "no column end"),
        (",".join((*COLUMNS, "note")) + "\n", "column note is not the guide's"),
        (gold.sheet_text([row()]).replace("funding", "gift"), "line 2: kind 'gift' is not in the guide"),
        (gold.sheet_text([row()]).replace(",500,", ",-5,"), "line 2: low '-5' is no plain decimal"),
        (gold.sheet_text([row()]).replace(",0,6,", ",6,6,"), "line 2: start '6', end '6' are no span"),
        (gold.sheet_text([row()]).replace("\na.md", "\na,b.md"), "line 2: more cells than columns"),
    ],
)
def test_a_sheet_that_would_lose_something_is_refused(tmp_path: Path, sheet: str, message: str) -> None:
    (tmp_path / "amounts.csv").write_text(sheet)
    with pytest.raises(gold.GoldError, match=message):
        save(tmp_path, row(0))
    assert (tmp_path / "amounts.csv").read_text() == sheet


@pytest.mark.parametrize(
    ("cells", "message"),
    [({"kind": "gift"}, "kind 'gift' is not in the guide"), ({"low": Decimal(-5)}, "low '-5' is no plain decimal"),
     ({"low": Decimal("NaN")}, "low 'NaN'"), ({"end": 0}, "start '0', end '0' are no span")],
)  # fmt: skip
def test_a_row_that_no_sheet_could_give_back_is_refused(tmp_path: Path, cells: dict[str, object], message: str) -> None:
    with pytest.raises(gold.GoldError, match=message):
        save(tmp_path, replace(row(0), **cells))  # type: ignore[arg-type]
    assert gold.load(tmp_path) == {}


def test_what_is_kept_in_mind_is_what_the_sheet_says(tmp_path: Path) -> None:
    odd = row(0, payer=("b|a",), recipient=("",), area="a\r\nb\u2028c", low=Decimal("5E+2"), high=Decimal("500.00"))
    saved = save(tmp_path, odd)
    assert saved == gold.load(tmp_path)["a.md"]
    sheets._known.clear()
    assert saved == gold.load(tmp_path)["a.md"]


def test_a_document_in_two_sheets_is_told(tmp_path: Path) -> None:
    for name in ("amounts.csv", "archive.csv"):
        (tmp_path / name).write_text(gold.sheet_text([row()]))
    with pytest.raises(gold.GoldError, match=r"a\.md has rows in amounts\.csv, too"):
        gold.load(tmp_path)


def test_nothing_is_there_before_the_first_save(tmp_path: Path) -> None:
    assert gold.load(tmp_path / "new") == {}
    assert gold.read_journal(tmp_path / "new") == []


def test_a_killed_save_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    save(tmp_path, row(0))
    program = f"""
import os
from datetime import UTC, datetime
from belopp import gold
os.replace = lambda *_: os._exit(9)
rows = gold.load({str(tmp_path)!r})["a.md"]
gold.save({str(tmp_path)!r}, "a.md", [], base=rows, reviewer="ek", when=datetime.now(UTC), decisions=[])
"""
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", program], check=False, env=environment)
    assert killed.returncode == 9
    assert gold.load(tmp_path) == {"a.md": [row(0)]}
    assert save(tmp_path, row(0), row(20), base=(row(0),)) == [row(0), row(20)]  # the lock went with the process
    assert sorted(path.name for path in tmp_path.iterdir()) == ["amounts.csv", "journal.csv"]
