"""The desk without a browser: who may come in, how rows stand beside gold, and what a decision writes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from click.testing import CliRunner

from belopp import batch, gold, rulebook
from belopp.cli import belopp
from belopp.gold import Decision
from belopp.gold.publications import Publications
from belopp.gold.trail import Trail
from belopp.model import Document, Row
from belopp.review import Desk, ReviewError, Stale
from belopp.review.desk import revision
from belopp.review.edits import corrected, read_value
from belopp.review.findings import Found, load_findings
from belopp.review.guard import LONGEST_BODY
from belopp.review.standing import Standing, standings
from belopp.review.suggesting import suggestions
from belopp.review.undoing import undone
from belopp.review.words import _WORDS, words

if TYPE_CHECKING:
    from tests.asking import HOST, ask
else:
    from asking import HOST, ask

WHEN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT: Final = (
    "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor till biblioteken 2025. Av dessa går\n\n"
    "* 18 miljoner kronor till Kulturrådet\n* 11 miljoner kronor till Kungliga biblioteket\n"
)
DOC: Final = "nyheter/bibliotek.md"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "raw" / DOC
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    batch.run([str(tmp_path / "raw")], out=tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def desk(run: Path, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)


def key(desk: Desk) -> str:
    return next(iter(desk.findings.documents))


def decide(desk: Desk, place: int = 0, **wish: Any) -> None:
    standing = desk.standings(key(desk))[place]
    desk.decide(key(desk), {"row": standing.id, "rev": revision(standing), **wish})


# ------------------------------------------------------------------------------------------------ the guard


def test_the_token_becomes_a_cookie_and_leaves_the_address(desk: Desk) -> None:
    answer = ask(desk, "/d/x?token=sesam&row=r1-2", cookie="")
    assert (answer.status, answer.headers["location"]) == (303, "/d/x?row=r1-2")
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("path", ["//evil.example/?token=sesam", "/\\evil.example?token=sesam"])
def test_the_way_from_the_token_leads_nowhere_else(desk: Desk, path: str) -> None:
    assert ask(desk, path, cookie="").headers["location"].startswith("/evil.example")


@pytest.mark.parametrize("cookie", ["", "desk=fel", "desk=", "other=sesam", 'desk="sesam', "desk=sésam"])
@pytest.mark.parametrize("path", ["/", "/?token=fel", "/static/desk.js", "/read?value=5"])
def test_nobody_comes_in_without_the_token(desk: Desk, path: str, cookie: str) -> None:
    assert ask(desk, path, cookie=cookie).status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:4711", "127.0.0.1", "127.0.0.1:80", "localhost:4711", ""]
)
def test_the_desk_answers_to_its_own_name(desk: Desk, host: str) -> None:
    assert ask(desk, host=host).status == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:4712"}, 403),
        ({"origin": f"https://{HOST}"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_length": str(LONGEST_BODY + 1)}, 413),
        ({"content_length": ""}, 413),
        ({"cookie": ""}, 403),
    ],
)
def test_a_decision_comes_from_the_desks_own_page(desk: Desk, headers: dict[str, str], status: int) -> None:
    standing = desk.standings(key(desk))[0]
    body = json.dumps({"do": "accept", "row": standing.id, "rev": revision(standing)}).encode()
    assert ask(desk, f"/d/{key(desk)}/decide", method="POST", body=body, **headers).status == status
    assert not (desk.folder / gold.SHEET).exists()
    assert ask(desk, f"/d/{key(desk)}/decide", method="POST", body=body).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(desk: Desk, method: str) -> None:
    assert ask(desk, method=method).status == 405


@pytest.mark.parametrize("path", ["/", "/changes", "/figures", "/d/0000000000000000", "/static/nothing", "/nowhere"])
def test_every_answer_bears_the_strict_policy(desk: Desk, path: str) -> None:
    headers = ask(desk, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    ["/d/..%2f..%2fetc%2fpasswd", "/d/nyheter/bibliotek.md", "/static/..%2fdesk.py", "/static/../desk.py", "/d/0"],
)
def test_no_name_in_an_address_becomes_a_path(desk: Desk, path: str) -> None:
    assert ask(desk, path).status == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"[" * 5000, b"\xff"])
def test_what_is_no_decision_is_refused(desk: Desk, body: bytes) -> None:
    assert ask(desk, f"/d/{key(desk)}/decide", method="POST", body=body).status == 400


def test_pages_have_no_script_or_style_of_their_own_and_ask_for_nothing_elsewhere(desk: Desk) -> None:
    decide(desk, do="set", column="area", value="böcker")
    decide(desk, do="rest")
    for path in ("/", f"/d/{key(desk)}", "/changes", "/figures"):
        answer = ask(desk, path)
        assert answer.status == 200
        body = answer.body
        assert "<style" not in body
        assert " style=" not in body
        assert body.count("<script") == 2  # both with a src
        assert " on" + "click" not in body
        assert "https://" not in body


def test_a_document_that_has_changed_shows_its_sentences(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "raw" / DOC).write_text("Något annat.", encoding="utf-8")
    body = ask(desk, f"/d/{key(desk)}").body
    assert "Regeringen avsätter 30 miljoner kronor till biblioteken 2025." in body
    assert "Något annat" not in body
    decide(desk, do="accept")
    with pytest.raises(ReviewError, match="run belopp again"):
        decide(desk, do="span", start=0, end=5)


def test_the_publications_of_a_run_are_found_wherever_one_stands(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    batch.run(["raw"], out=Path("outputs/run"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    here = Path("../outputs/run")
    desk = Desk(here, tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)
    document = desk.document(key(desk))
    assert document is not None
    assert document.text == Publications(here).document(DOC).text == TEXT


@pytest.mark.parametrize("given", ["raw", "raw/**/*.md", "r?w/nyheter/*.md", "**/*.md"])
def test_an_input_is_looked_for_where_the_documents_of_the_run_are(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    batch.run([given], out=Path("outputs/run"))
    other = tmp_path / "elsewhere"
    (other / "raw" / "nyheter").mkdir(parents=True)
    (other / "raw" / "nyheter" / "annat.md").write_text("Annat.", encoding="utf-8")
    monkeypatch.chdir(other)
    desk = Desk(Path("../outputs/run"), tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)
    document = desk.document(key(desk))
    assert document is not None
    assert document.text == Publications(Path("../outputs/run")).document(document.id).text == TEXT


def test_a_desk_is_not_opened_on_gold_that_is_no_folder(run: Path, tmp_path: Path) -> None:
    (tmp_path / "gold.csv").write_text("", encoding="utf-8")
    for given in ("gold.csv", "gold.csv/sheets"):
        with pytest.raises(gold.GoldError, match=r"gold\.csv: a file, and gold is kept in a folder"):
            Desk(run, tmp_path / given, reviewer="ek", clock=lambda: WHEN)


@pytest.fixture
def several(tmp_path: Path) -> Desk:
    """A desk of a table in thousands of kronor, a publication that could not be read and one with no words."""
    raw = tmp_path / "several"
    raw.mkdir()
    table = "Ändamål;Belopp (tkr);År\nSkola;1 500;2024\n" + "".join(f"Väg {n};2;2024\n" for n in range(1500))
    (raw / "data.csv").write_text(table, encoding="utf-8")
    (raw / "trasig.pdf").write_bytes(b"%PDF-1.4 ")
    (raw / "tom.txt").write_bytes(b"")
    batch.run([str(raw)], out=tmp_path / "several-run")
    return Desk(tmp_path / "several-run", tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)


def test_a_publication_that_could_not_be_read_says_why(several: Desk) -> None:
    keys = {each.doc: each.key for each in several.findings.documents.values()}
    body = ask(several, f"/d/{keys['trasig.pdf']}", accept_language="en").body
    assert '<p class="notice" lang="en">The publication could not be read: <bdi lang="en">the PDF is broken' in body
    assert body.count('class="notice"') == 1


def test_every_document_has_one_heading_of_the_first_level(desk: Desk, several: Desk) -> None:
    for each in (desk, several):
        for name, listed in each.findings.documents.items():
            assert ask(each, f"/d/{name}").body.count("<h1") == 1, listed.doc


def test_the_queue_says_what_a_bare_number_is_worth_and_groups_its_counts(several: Desk) -> None:
    body = ask(several, "/?document=data").body
    assert '<span class="worth">1\u00a0500\u00a0000\u00a0kr</span>' in body
    assert "<b>1\u00a0501</b>" in body


@pytest.mark.parametrize(("path", "said"), [("/nowhere", "Här finns ingen sida"), ("/d/0", "Dokumentet finns inte i")])
def test_what_is_not_there_is_told_in_the_readers_language(desk: Desk, path: str, said: str) -> None:
    answer = ask(desk, path)
    assert (answer.status, said in answer.body, "<html lang='sv'>" in answer.body) == (404, True, True)
    assert said not in ask(desk, path, accept_language="en").body


# ------------------------------------------------------------------------------------------------ decisions


def test_an_accepted_row_is_the_runs_and_its_journal_says_who(desk: Desk) -> None:
    decide(desk, do="accept")
    (row,) = gold.load(desk.folder)[DOC]
    assert row == replace(load_findings(desk.findings.folder).rows[DOC][0].row, because=())
    (noted,) = gold.read_journal(desk.folder)
    assert (noted.time, noted.reviewer, noted.guide) == ("2026-03-01T12:00:00Z", "ek", gold.GUIDE)


def test_everything_can_be_undone_in_turn(desk: Desk) -> None:
    document = key(desk)
    states = [[(each.state, each.row) for each in desk.standings(document)]]
    wishes: list[dict[str, Any]] = [
        {"do": "accept"}, {"do": "set", "column": "area", "value": "böcker"}, {"do": "span", "start": 39, "end": 54},
        {"do": "reject"}, {"do": "accept"}, {"do": "set", "column": "kind", "value": "other"}, {"do": "rest"},
    ]  # fmt: skip
    for wish in wishes:
        decide(desk, **wish)
        states.append([(each.state, each.row) for each in desk.standings(document)])
    while states:
        assert [(each.state, each.row) for each in desk.standings(document)] == states.pop()
        if states:
            desk.decide(document, {"do": "undo"})
    assert gold.load(desk.folder) == {}
    with pytest.raises(ReviewError, match="nothing to undo"):
        desk.decide(document, {"do": "undo"})
    assert {each.decided for each in desk.standings(document)} == {""}


def test_undo_goes_by_the_journal_also_at_a_desk_opened_later(run: Path, tmp_path: Path) -> None:
    def opened(reviewer: str = "ek") -> Desk:
        return Desk(run, tmp_path / "gold", reviewer=reviewer, clock=lambda: WHEN)

    document = key(opened())
    states: list[list[Any]] = []
    wishes: list[dict[str, Any]] = [
        {"do": "accept"}, {"do": "set", "column": "value", "value": "5–6 miljoner euro"},
        {"do": "span", "start": 42, "end": 57}, {"do": "set", "column": "kind", "value": "rate"}, {"do": "reject"},
        {"do": "set", "column": "area", "value": 'a, "b"'}, {"do": "rest"},
    ]  # fmt: skip
    for wish in wishes:
        desk = opened()
        states.append([(each.state, each.row, each.decided) for each in desk.standings(document)])
        decide(desk, **wish)
    with pytest.raises(ReviewError, match="nothing to undo"):
        opened("al").decide(document, {"do": "undo"})  # another's decisions are not his to undo
    while states:
        desk = opened()
        desk.decide(document, {"do": "undo"})
        assert [(each.state, each.row, each.decided) for each in desk.standings(document)] == states.pop()
    assert gold.load(tmp_path / "gold") == {}


def test_undo_leaves_what_another_decided_since(run: Path, tmp_path: Path) -> None:
    one, other = (Desk(run, tmp_path / "gold", reviewer=name, clock=lambda: WHEN) for name in ("ek", "al"))
    decide(one, 1, do="accept")
    decide(one, 0, do="set", column="status", value="proposed")
    other.refresh()
    decide(other, 0, do="accept")  # nothing changes, but someone stands for it
    before = (tmp_path / "gold" / gold.SHEET).read_bytes()
    with pytest.raises(Stale, match="al has decided the same row since"):
        one.decide(key(one), {"do": "undo"})
    other.decide(key(other), {"do": "undo"})
    assert (tmp_path / "gold" / gold.SHEET).read_bytes() == before
    one.decide(key(one), {"do": "undo"})
    assert [each.state for each in one.standings(key(one))] == ["open", "agreed", "open"]


def test_undo_leaves_what_an_editor_changed_since(desk: Desk) -> None:
    decide(desk, do="set", column="area", value="böcker")
    sheet = desk.folder / gold.SHEET
    changed = sheet.read_text(encoding="utf-8").replace("böcker", "tidskrifter")
    sheet.write_text(changed, encoding="utf-8")
    with pytest.raises(Stale, match="has been changed since"):
        desk.decide(key(desk), {"do": "undo"})
    assert sheet.read_text(encoding="utf-8") == changed
    assert desk.standings(key(desk))[0].row.area == "tidskrifter"


TABLE: Final = (
    "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor per år till biblioteken 2025-2026.\n\n"
    "| År | 2025 | 2026 |\n| --- | --- | --- |\n| Stöd, miljoner kronor | 30 | 30 |\n\nDe 30 miljonerna är nya.\n"
)


def repeating(tmp_path: Path) -> Desk:
    """A desk where a sum is said again in two cells and a sentence."""
    path = tmp_path / "raw" / DOC
    path.parent.mkdir(parents=True)
    path.write_text(TABLE, encoding="utf-8")
    batch.run([str(tmp_path / "raw")], out=tmp_path / "run", workers=1)
    first = replace(row(TABLE.index("30 miljoner"), "30 miljoner kronor"), doc=DOC, area="bibliotek", per="year",
                    period="2025-2026", payer=("staten",))  # fmt: skip
    cells = [TABLE.index("| 30 |") + 2, TABLE.index("| 30 |") + 7]
    repeats = [replace(first, start=at, end=at + 2, text="30", per="", period=year, same_as=first.start)
               for at, year in zip(cells, ("2025", "2026"), strict=True)]  # fmt: skip
    said = TABLE.index("30 miljonerna")
    repeats.append(replace(first, start=said, end=said + 13, text="30 miljonerna", modifier="approx",
                           same_as=first.start))  # fmt: skip
    gold.save(tmp_path / "gold", DOC, [first, *repeats], base=(), reviewer="ål", when=WHEN, decisions=[])
    return Desk(tmp_path / "run", tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("area", "böcker", ["böcker"] * 4),
        ("status", "proposed", ["proposed"] * 4),
        ("period", "2025-2027", ["2025-2027", "2025", "2026", "2025-2027"]),  # a cell keeps its column's year
        ("per", "month", ["month", "", "", "month"]),
        ("recipient", "Kulturrådet", [("Kulturrådet",)] * 4),
        ("modifier", "over", ["over", "", "", "approx"]),  # each keeps its own hedge
        ("currency", "EUR", ["EUR", "SEK", "SEK", "SEK"]),
        ("kind", "other", ["other"] * 4),
    ],
)
def test_what_is_corrected_in_a_first_statement_goes_for_its_repetitions(
    tmp_path: Path, column: str, value: str, expected: list[Any]
) -> None:
    desk = repeating(tmp_path)
    before = gold.load(desk.folder)[DOC]
    decide(desk, 0, do="set", column=column, value=value)
    rows = gold.load(desk.folder)[DOC]
    assert [getattr(row, column) for row in rows] == expected
    assert len({row.status for row in rows}) == 1
    noted = [(note.step, note.decision.action, note.decision.column) for note in gold.read_journal(desk.folder)]
    followed = sum(old != new for old, new in zip(before[1:], rows[1:], strict=True))
    assert {step for step, *_ in noted} == {1}
    assert sum(action == "repeat" and named == column for _, action, named in noted) == followed
    desk.decide(key(desk), {"do": "undo"})
    assert gold.load(desk.folder)[DOC] == before


def test_a_repetition_that_is_corrected_leaves_the_first(tmp_path: Path) -> None:
    desk = repeating(tmp_path)
    decide(desk, 3, do="set", column="area", value="böcker")
    assert [row.area for row in gold.load(desk.folder)[DOC]] == ["bibliotek"] * 3 + ["böcker"]


def test_parts_follow_their_total_when_its_start_moves(desk: Desk) -> None:
    decide(desk, 1, do="accept")
    total = desk.standings(key(desk))[0].row
    decide(desk, 0, do="span", start=total.start + 3, end=total.end)
    moved, part, other = desk.standings(key(desk))
    assert moved.row.text == "miljoner kronor"
    assert part.row.part_of == other.row.part_of == moved.row.start
    decide(desk, 0, do="reject")
    assert [each.row.part_of for each in desk.standings(key(desk))] == [None, None, None]
    assert gold.load(desk.folder)[DOC][0].part_of is None


def test_verdicts_are_live(desk: Desk) -> None:
    document = key(desk)
    assert [held.difference for held in desk.checks(document)] in ([], [Decimal(1_000_000)])
    decide(desk, 2, do="set", column="value", value="12 miljoner kronor")
    assert [held.verdict for held in desk.checks(document)] == ["proved"]
    assert {each.verdict for each in desk.standings(document)} == {"proved"}


def test_a_row_decided_elsewhere_is_not_overwritten(run: Path, tmp_path: Path) -> None:
    one, other = (Desk(run, tmp_path / "gold", reviewer=name, clock=lambda: WHEN) for name in ("ek", "al"))
    decide(one, do="set", column="status", value="proposed")
    with pytest.raises(Stale, match="status"):
        decide(other, do="set", column="status", value="paid")
    assert other.standings(key(other))[0].row.status == "proposed"
    decide(other, 1, do="accept")  # another row is nobody's but his
    assert len(gold.load(tmp_path / "gold")[DOC]) == 2
    one.refresh()
    assert one.standings(key(one))[1].decided == "accept"


@pytest.mark.parametrize("do", ["reject", "accept", "set", "span"])
@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({"do": "set", "column": "payer", "value": "EU"}, "payer"),
        ({"do": "reject"}, "decided elsewhere"),
        ({"do": "accept"}, "decided elsewhere"),
        ({"do": "span", "start": TEXT.index("30 m"), "end": TEXT.index(" kronor till b")}, "end"),
    ],
)
def test_whatever_another_desk_decided_is_seen_before_the_same_row_is_decided_here(
    run: Path, tmp_path: Path, theirs: dict[str, Any], said: str, do: str
) -> None:
    one, other = (Desk(run, tmp_path / "gold", reviewer=name, clock=lambda: WHEN) for name in ("ek", "al"))
    standing = other.standings(key(other))[0]
    span = {"start": standing.row.start, "end": standing.row.end + 5}
    wish: dict[str, Any] = {"do": do, "column": "status", "value": "paid", **span}
    seen = {"row": standing.id, "rev": revision(standing)}
    decide(one, **theirs)
    sheet, journal = gold.load(tmp_path / "gold"), gold.read_journal(tmp_path / "gold")
    with pytest.raises(Stale, match=said):
        other.decide(key(other), {**wish, **seen})
    assert (gold.load(tmp_path / "gold"), gold.read_journal(tmp_path / "gold")) == (sheet, journal)
    decide(other, **wish)  # as it is shown now, the key decides
    assert gold.read_journal(tmp_path / "gold")[-1].reviewer == "al"


def test_gold_that_cannot_be_read_or_written_is_told(desk: Desk) -> None:
    standing = desk.standings(key(desk))[0]
    body = json.dumps({"do": "accept", "row": standing.id, "rev": revision(standing)}).encode()
    desk.folder.mkdir()
    (desk.folder / gold.SHEET).write_text("a,b\n1,2\n", encoding="utf-8")
    answer = ask(desk, f"/d/{key(desk)}/decide", method="POST", body=body)
    assert answer.status == 422
    assert "no column" in json.loads(answer.body)["message"]
    answer = ask(desk, "/")
    assert answer.status == 500
    assert "no column" in answer.body
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_missed_sum_gets_the_row_that_the_reading_gives_it(desk: Desk) -> None:
    rows = desk.findings.rows[DOC]
    lost = rows[1].row
    desk.findings.rows[DOC] = [rows[0], rows[2]]  # type: ignore[index]
    desk.decide(key(desk), {"do": "add", "start": lost.start, "end": lost.start + 2})
    assert gold.load(desk.folder)[DOC] == [replace(lost, because=())]
    with pytest.raises(ReviewError, match="already"):
        desk.decide(key(desk), {"do": "add", "start": lost.start, "end": lost.end})
    with pytest.raises(ReviewError, match="states no sum"):
        desk.decide(key(desk), {"do": "add", "start": 2, "end": 6})


def test_a_whole_gold_makes_what_it_lacks_a_disagreement(run: Path, tmp_path: Path) -> None:
    rows = [found.row for found in load_findings(run).rows[DOC]]
    far = replace(rows[0], start=2, end=6, text="Stöd")
    gold.save(tmp_path / "gold", DOC, [rows[0], far], base=(), reviewer="ål", when=WHEN, decisions=[])
    desk = Desk(run, tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)
    assert [each.state for each in desk.standings(key(desk))] == ["missed", "agreed", "extra", "extra"]
    assert [each.rank for each in desk.standings(key(desk))] == [1, 4, 1, 1]
    desk.decide(key(desk), {"do": "rest"})  # the gold as it is
    assert [each.state for each in desk.standings(key(desk))] == ["missed", "agreed", "rejected", "rejected"]
    assert len(gold.load(tmp_path / "gold")[DOC]) == 2


# ------------------------------------------------------------------------------------------------ parts


def row(start: int = 0, text: str = "500 kr", **cells: Any) -> Row:
    return replace(Row("a.md", start, start + len(text), text, Decimal(500), Decimal(500), status="decided"), **cells)


def stand(*rows: Row) -> list[Standing]:
    return standings([Found(each) for each in rows], [], Trail())


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("kind", "rate", {"kind": "rate", "status": "", "change": "", "part_of": None}),
        ("payer", " staten| EU ||EU", {"payer": ("EU", "staten")}),
        ("period", "2024 – 2026", {"period": "2024-2026"}),
        ("period", "2025, 2026", {"period": "2025|2026"}),
        ("value", "5–10 miljoner euro", {"low": Decimal(5_000_000), "high": Decimal(10_000_000), "currency": "EUR"}),
        ("value", "4 500", {"low": Decimal(4500), "currency": "SEK"}),
        ("area", "  nya \u00a0vägar ", {"area": "nya vägar"}),
    ],
)
def test_a_cell_is_tidied_and_what_follows_is_set(column: str, value: str, expected: dict[str, object]) -> None:
    old = row(change="increase", part_of=90)
    new = corrected(old, column, value, all_=stand(old), book=rulebook.load())
    assert {name: getattr(new, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("period", "i år"), ("kind", "gåva"), ("currency", "kronor"), ("value", "många"), ("value", "5 kr och 6 kr"),
        ("doc", "b.md"), ("start", "4"), ("area", "x" * 600), ("area", "a\x00b"), ("part_of", "r9-15"),
        ("part_of", "0"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_hold_is_refused(column: str, value: str) -> None:
    with pytest.raises(ReviewError):
        corrected(row(), column, value, all_=stand(row()), book=rulebook.load())


def test_a_sum_is_no_part_of_its_own_part() -> None:
    total, part = row(0), row(20, part_of=0)
    all_ = stand(total, part)
    with pytest.raises(ReviewError, match="itself part"):
        corrected(total, "part_of", "r20-26", all_=all_, book=rulebook.load())
    again = row(40, same_as=0)
    new = corrected(row(60), "part_of", "r40-46", all_=[*all_, *stand(again)], book=rulebook.load())
    assert new.part_of == 0  # the first statement of the total


@pytest.mark.parametrize("typed", ["", "kronor", "5 kr 6 kr", "0x10", "1" * 600])
def test_what_is_no_one_sum_is_not_read(typed: str) -> None:
    assert read_value(typed, rulebook.load()) is None


def test_undoing_is_the_other_way_round() -> None:
    done = [
        Decision("correct", 4, 9, "area", "a", "b"), Decision("correct", 4, 9, "start", "4", "2"),
        Decision("correct", 2, 9, "end", "9", "12"),
    ]  # fmt: skip
    trail = Trail()
    trail.follow(noted(*done))
    assert trail.actions((2, 12)) == ["correct"] * 3
    trail.follow(noted(*map(undone, reversed(done)), step=2))
    assert trail.actions((4, 9)) == []
    assert trail.steps == []


def noted(*decisions: Decision, step: int = 1, reviewer: str = "ek") -> list[gold.Noted]:
    return [gold.Noted("", reviewer, gold.GUIDE, "a.md", each, step) for each in decisions]


def test_suggestions_hold_the_other_side_the_neighbours_and_the_words(desk: Desk) -> None:
    all_ = desk.standings(key(desk))
    document = desk.document(key(desk))
    given = suggestions("recipient", all_[1], all_, document, desk.book)
    assert "Kungliga biblioteket" in given
    assert "Kulturrådet" not in given  # what it holds now
    assert "2025" in suggestions(
        "period", replace(all_[1], row=replace(all_[1].row, period="")), all_, document, desk.book
    )


def test_what_is_of_another_year_is_suggested_last(tmp_path: Path) -> None:
    text = (
        "Regeringen ger 2 miljoner kronor till skogen 2025. Regeringen ger 3 miljoner kronor till havet 2024. "
        "Regeringen ger 4 miljoner kronor till Boverket 2025."
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    batch.run([str(tmp_path / "a.md")], out=tmp_path / "run")
    desk = Desk(tmp_path / "run", tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)
    decide(desk, 1, do="set", column="area", value="havets fiskar")
    all_, document = desk.standings(key(desk)), desk.document(key(desk))
    area = suggestions("area", replace(all_[2], row=replace(all_[2].row, area="?")), all_, document, desk.book)
    assert area.index("skogen") < area.index("havets fiskar")
    both = Document("a.md", "Medlen ökar från 2023 till 2024, och 5 miljoner kronor ges 2025 och 3 miljoner 2026.")
    row = Row("a.md", 37, 55, "5 miljoner kronor", Decimal(5_000_000), Decimal(5_000_000))
    far = replace(all_[2], run=None, row=row)
    assert suggestions("period", far, [far], both, desk.book)[:4] == ["2025", "2024", "2023", "2026"]
    emptied = replace(all_[2], run=None, row=replace(all_[2].row, period=""))
    assert suggestions("period", emptied, all_, document, desk.book) == ["2025", "2024"]


def test_a_cell_is_suggested_what_its_row_and_column_say(tmp_path: Path) -> None:
    head = "Stöd (miljoner kronor)\n\n| | 2024 | 2025 |\n| --- | --- | --- |\n"
    table = f"{head}| Norra hamnen | 12 | 14 |\n| Södra hamnen | 6 | 7 |\n"
    (tmp_path / "a.md").write_text(table, encoding="utf-8")
    batch.run([str(tmp_path / "a.md")], out=tmp_path / "run")
    desk = Desk(tmp_path / "run", tmp_path / "gold", reviewer="ek", clock=lambda: WHEN)
    all_, document = desk.standings(key(desk)), desk.document(key(desk))
    last = replace(all_[3], run=None, row=replace(all_[3].row, period="", recipient=(), area=""))
    assert suggestions("period", last, all_, document, desk.book)[0] == "2025"
    assert suggestions("recipient", last, all_, document, desk.book)[0] == "Södra hamnen"


def test_a_sum_is_no_suggestion_for_an_area(desk: Desk) -> None:
    document = Document("a.md", "Det handlar om 5,2 miljarder kronor till fler skolor.")
    row = Row("a.md", 15, 35, "5,2 miljarder kronor", Decimal(5_200_000_000), Decimal(5_200_000_000))
    standing = replace(desk.standings(key(desk))[0], row=row, run=row, gold=None)
    assert suggestions("area", standing, [standing], document, desk.book) == ["fler skolor"]
    document = Document(
        "a.md", "Till vägar och 5,2 miljarder kronor till broar, för att korta köer inom sjöfarten som i."
    )
    standing = replace(standing, row=replace(row, area="broar"), run=None)
    assert suggestions("area", standing, [standing], document, desk.book) == ["sjöfarten"]


def test_every_word_is_said_in_both_languages() -> None:
    assert all(one and other for one, other in _WORDS.values())
    assert words("sv").keys() == words("en").keys()


def test_the_command_names_what_is_no_run(tmp_path: Path) -> None:
    told = CliRunner().invoke(belopp, ["review", str(tmp_path)])
    assert told.exit_code == 2
    assert "no finished run" in told.output
    assert "give the --out folder" in told.output


def test_tables_of_another_belopp_are_told(run: Path) -> None:
    sheet = run / "amounts.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(",flags,", ",marks,", 1), encoding="utf-8")
    with pytest.raises(ReviewError, match="have no column flags, as of another belopp; run it again"):
        load_findings(run)
