"""The desk's differences and figures: what is told of first, where each leads, and that a decision moves them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from click.testing import CliRunner

from belopp import batch, gold
from belopp.cli import belopp
from belopp.model import COLUMNS
from belopp.review import Desk, ReviewError
from belopp.review.comparing import GOLD, RUN, Comparing, Difference
from belopp.review.desk import revision
from belopp.review.differing import Wanted
from belopp.review.paging import PAGE
from belopp.score import compare, figures, read_sheet

if TYPE_CHECKING:
    from tests.asking import ask
    from tests.conftest import another_run
else:
    from asking import ask
    from conftest import another_run

TEXTS: Final = {
    "nyheter/bibliotek.md": (
        "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor till biblioteken 2025. Av dessa går\n\n"
        "* 18 miljoner kronor till Kulturrådet\n* 12 miljoner kronor till Kungliga biblioteket\n"
    ),
    "nyheter/museer.md": "# Stöd till museerna\n\nRegeringen avsätter 9 miljoner kronor till museerna 2025.\n",
    "nyheter/parker.md": "# Stöd till parkerna\n\nRegeringen avsätter 7 miljoner kronor till parkerna 2025.\n",
}
LIBRARIES, MUSEUMS, PARKS = TEXTS
Lines = list[dict[str, str]]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    batch.run([str(tmp_path / "raw")], out=tmp_path / "run", workers=1)
    return tmp_path / "run"


@pytest.fixture
def desk(run: Path, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path / "gold", reviewer="ek", clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))


def key(desk: Desk, doc: str) -> str:
    return next(listed.key for listed in desk.findings.documents.values() if listed.doc == doc)


def decide(desk: Desk, doc: str, place: int = 0, **wish: Any) -> None:
    standing = desk.standings(key(desk, doc))[place]
    desk.decide(key(desk, doc), {"row": standing.id, "rev": revision(standing), **wish})


def told(found: list[Difference]) -> list[tuple[object, ...]]:
    return [(each.row.what, each.entry["text"], *(change[0] for change in each.columns)) for each in found]


def earlier(lines: Lines) -> Lines:
    """Of the libraries' three sums one is not there and one is otherwise; the museums have one more, at other words."""
    lost, changed, kept, museum, park = lines
    assert lost["doc"] == LIBRARIES
    start = TEXTS[MUSEUMS].index("museerna 2025")
    more = {**museum, "start": str(start), "end": str(start + 8), "text": "museerna", "sentence": "Mer <b>pengar</b>."}
    return [{**changed, "area": "böcker", "status": "paid"}, kept, museum, more, park]


# ------------------------------------------------------------------------------------------------ run against run


def test_losses_and_gains_come_before_what_changed(desk: Desk, run: Path) -> None:
    comparing = Comparing(desk, another_run(run, earlier))
    found = comparing.differences(RUN)
    assert told(found) == [
        ("lost", "museerna", "lost"),
        ("gained", "30 miljoner kronor", "gained"),
        ("changed", "18 miljoner kronor", "status", "area"),
    ]
    start = TEXTS[MUSEUMS].index("museerna 2025")
    gained, changed = found[1].entry, found[2].entry
    assert list(map(comparing.address, found)) == [
        f"/d/{key(desk, MUSEUMS)}?at={start}-{start + 8}",
        f"/d/{key(desk, LIBRARIES)}?row=r{gained.start}-{gained.end}",
        f"/d/{key(desk, LIBRARIES)}?row=r{changed.start}-{changed.end}",
    ]
    assert comparing.sentence(found[0]) == "Mer <b>pengar</b>."
    assert comparing.sentence(found[1]) == "Regeringen avsätter 30 miljoner kronor till biblioteken 2025."
    assert found[2].columns[1][1:] == ("böcker", changed["area"])


def test_where_the_texts_are_not_the_same_a_loss_has_no_place(desk: Desk, run: Path) -> None:
    def change(lines: Lines) -> Lines:
        start = str(TEXTS[PARKS].index("parkerna 2025"))
        another_text = {**lines[-1], "start": start, "end": str(int(start) + 8), "doc_sha256": "0" * 64}
        return [*lines, another_text, {**lines[-1], "doc": "nyheter/torg.md"}]

    other = another_run(run, change)
    comparing = Comparing(desk, other)
    found = comparing.differences(RUN)
    assert [each.row.what for each in found] == ["lost", "lost"]
    assert list(map(comparing.address, found)) == [f"/d/{key(desk, PARKS)}", ""]
    body = ask(desk, "/changes?with=run&lang=en", against=other).body
    assert body.count("the text is another now") == 1
    assert body.count("not in this run") == 1
    assert body.count("7 miljoner kronor") >= 2


def test_what_is_lost_and_in_the_gold_leads_to_its_card(desk: Desk, run: Path) -> None:
    start = TEXTS[MUSEUMS].index("museerna 2025")
    desk.decide(key(desk, MUSEUMS), {"do": "add", "start": start - 28, "end": start - 4, "exact": True})
    (added,) = gold.load(desk.folder)[MUSEUMS]

    def change(lines: Lines) -> Lines:
        return [*lines, {**lines[-2], "start": str(added.start), "end": str(added.end), "text": added.text}]

    comparing = Comparing(desk, another_run(run, change))
    (found,) = comparing.differences(RUN)
    assert found.row.what == "lost"
    assert comparing.address(found) == f"/d/{key(desk, MUSEUMS)}?row=g{added.start}-{added.end}"


def test_a_folder_that_is_no_run_is_told(desk: Desk, run: Path, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="give the --out folder"):
        Comparing(desk, tmp_path)
    said = CliRunner().invoke(belopp, ["review", str(run), "--gold", str(tmp_path / "g"), "--against", str(tmp_path)])
    assert said.exit_code == 2
    assert "no finished run" in said.output


# ------------------------------------------------------------------------------------------------ run against gold


def test_of_a_gold_that_is_not_whole_only_what_is_decided_is_compared(desk: Desk) -> None:
    comparing = Comparing(desk)
    assert (comparing.beside, comparing.differences(GOLD), comparing.told(GOLD)) == ((GOLD,), [], None)
    decide(desk, LIBRARIES, 0, do="accept")
    decide(desk, LIBRARIES, 1, do="set", column="area", value="böcker")
    decide(desk, MUSEUMS, 0, do="reject")
    assert told(comparing.differences(GOLD)) == [
        ("gained", "9 miljoner kronor", "gained"), ("changed", "18 miljoner kronor", "area"),
    ]  # fmt: skip
    assert comparing.documents(GOLD) == 0
    decide(desk, LIBRARIES, 0, do="rest")
    assert comparing.documents(GOLD) == 1


def test_the_figures_are_the_scores_and_follow_each_decision(desk: Desk, run: Path) -> None:
    comparing = Comparing(desk)
    for doc in TEXTS:
        decide(desk, doc, do="rest")
    made = comparing.told(GOLD)
    assert made is not None
    assert {measure.f1 for measure in made.figures.measures.values()} == {1.0}
    decide(desk, LIBRARIES, 1, do="set", column="area", value="böcker")
    decide(desk, MUSEUMS, 0, do="reject")
    made = comparing.told(GOLD)
    assert made is not None
    score = figures(compare(read_sheet(desk.folder / gold.SHEET), read_sheet(run), docs=set(TEXTS)))
    assert made.figures.measures == score.measures
    assert made.figures.measures["mention"].f1_interval != (1.0, 1.0)
    assert comparing.told(GOLD) is made  # kept until a decision changes it
    desk.checks(key(desk, LIBRARIES))
    assert comparing.told(GOLD) is made


def test_the_pages_say_what_the_score_says(desk: Desk) -> None:
    for doc in TEXTS:
        decide(desk, doc, do="rest")
    decide(desk, MUSEUMS, 0, do="set", column="status", value="paid")
    decide(desk, PARKS, 0, do="set", column="status", value="proposed")
    body = ask(desk, "/figures?lang=sv").body
    made = Comparing(desk).told(GOLD)
    assert made is not None
    for measure in made.figures.measures.values():
        assert measure.f1 is not None
        assert measure.f1_interval is not None
        interval = "–".join(f"{end:.3f}" for end in measure.f1_interval).replace(".", ",")
        assert f'<b>{measure.f1:.3f}</b></td><td class="n">{interval}</td>'.replace(".", ",") in body
    (cell, _) = re.findall(r'class="n wrong"><a href="([^"]*)"', body)
    assert cell == "/changes?with=gold&amp;column=status&amp;before=paid&amp;after=decided"
    answer = ask(desk, cell.replace("&amp;", "&") + "&lang=sv").body
    assert answer.count('<li class="item change') == 1
    assert "<del><bdi>utbetalt</bdi></del>" in answer
    assert "<ins><bdi>beslutat</bdi></ins>" in answer


# ------------------------------------------------------------------------------------------------ the list


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["museerna", "30 miljoner kronor", "18 miljoner kronor"]),
        ({"document": "MUSEER"}, ["museerna"]),
        ({"document": "Stöd till biblioteken"}, ["30 miljoner kronor", "18 miljoner kronor"]),
        ({"kind": "gained"}, ["30 miljoner kronor"]),
        ({"column": "status"}, ["18 miljoner kronor"]),
        ({"column": "status", "before": "paid"}, ["18 miljoner kronor"]),
        ({"column": "status", "before": "proposed"}, []),
        ({"column": "status", "after": ""}, []),
        ({"column": "payer"}, []),
        (
            {"column": "<script>", "kind": "lost ", "before": "x"},
            ["museerna", "30 miljoner kronor", "18 miljoner kronor"],
        ),
    ],
)
def test_filters(desk: Desk, run: Path, asked: dict[str, str], expected: list[str]) -> None:
    found = Comparing(desk, another_run(run, earlier)).differences(RUN)
    wanted = Wanted.asked(asked)
    assert [each.entry["text"] for each in found if wanted.takes(each)] == expected
    assert Wanted.asked(wanted.address) == wanted


def test_the_list_comes_by_pages_and_htmx_gets_the_list_alone(desk: Desk, run: Path) -> None:
    def many(lines: Lines) -> Lines:
        return [*lines, *({**lines[0], "doc": f"nyheter/{n:03}.md"} for n in range(2 * PAGE + 3))]

    other = another_run(run, many)
    first = ask(desk, "/changes?with=run&lang=en&kind=lost", against=other).body
    assert first.count('<li class="item change lost') == PAGE
    assert "<h1>Differences</h1>" in first
    last = ask(desk, "/changes?with=run&page=3&kind=lost&lang=en", against=other, hx_request="true").body
    assert last.count('<li class="item change lost') == 3
    assert last.startswith('<section id="changes"')
    assert 'href="/changes?with=run&amp;kind=lost&amp;page=2" rel="prev"' in last


def test_without_a_gold_the_other_run_is_shown(desk: Desk, run: Path) -> None:
    other = another_run(run, earlier)
    assert ' value="run"' in ask(desk, "/changes", against=other).body
    assert ' value="gold"' in ask(desk, "/changes?with=gold", against=other).body
    assert ' value="gold"' in ask(desk, "/changes?with=run").body  # there is none
    decide(desk, MUSEUMS, 0, do="reject")
    assert ' value="gold"' in ask(desk, "/changes", against=other).body


def test_each_column_has_its_word(desk: Desk, run: Path) -> None:
    changes = {
        "low": "1", "high": "2", "currency": "EUR", "modifier": "over", "kind": "rate", "change": "increase",
        "status": "paid", "payer": "EU|staten", "recipient": "skolor", "area": "vägar", "period": "2031", "per": "day",
        "vat": "incl", "part_of": "", "same_as": "3", "text": "18 miljoner euro",
    }  # fmt: skip
    assert set(COLUMNS) == {*changes, "doc", "start", "end"}

    def change(lines: Lines) -> Lines:
        return [lines[0], {**lines[1], **changes}, *lines[2:]]

    other = another_run(run, change)
    body = ask(desk, "/changes?with=run&lang=sv", against=other).body
    columns = re.findall("<dt>(.*?)</dt>", body.split('<dialog id="help"')[0])
    assert columns == [
        "Ordalydelse", "Värde", "Förbehåll", "Slag", "Ändring", "Status", "Betalare", "Mottagare", "Ändamål", "År",
        "Per", "Moms", "Del av", "Samma som",
    ]  # fmt: skip
    assert "<del><bdi>EU, staten</bdi></del>" in body
    assert "<del><bdi>1–2\u00a0EUR</bdi></del>" in body
    assert "<ins><bdi>30 miljoner kronor</bdi></ins>" in body  # the total, by its words
