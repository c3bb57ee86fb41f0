"""The report: one file without script that shows what the run found, every figure linked to where it stands."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from belopp import batch, gold
from belopp.cli import belopp
from belopp.model import VOCABULARIES, Row
from belopp.report.changes import changes
from belopp.report.flows import Node, flows
from belopp.report.funds import LISTED, Fund, funds
from belopp.report.loading import Places, load, money
from belopp.report.words import speaking
from belopp.report.years import years
from belopp.review.words import words
from belopp.score import GAINED, KINDS, LOST, METRICS, compare, figures, read_sheet, sheet_of
from belopp.tables import read_csv

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

REPORT: Final = Path(__file__).parents[1] / "pipeline" / "belopp" / "report"
VOID: Final = frozenset({"meta", "br", "line", "path", "rect", "col"})
ELEMENTS: Final = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
    ),
    *(
        "p",
        "ul",
        "ol",
        "li",
        "div",
        "span",
        "b",
        "strong",
        "em",
        "code",
        "a",
        "mark",
        "del",
        "ins",
        "br",
        "details",
        "summary",
    ),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "g", "path", "line", "rect", "text"),
}

EVIL: Final = {
    '"><img src=x onerror=alert(1)>.md': """---
title: "</title><script>alert('title')</script>"
url: "javascript:alert(1)"
---
# Stöd </script><script>alert(2)</script>

Regeringen avsätter 30 miljoner kronor till <svg onload=alert(3)><a href="javascript:alert(4)">skolor</a></svg> 2025.
Av dessa går 10 miljoner kronor till <img src=x onerror=alert(5)> och 15 miljoner kronor till `"onmouseover=alert(6)`.

Totalt ges 100 miljoner kronor, varav 60 miljoner kronor till <b>vård</b> och
30 miljoner kronor till ' onfocus=alert(7).
""",
    "avtal/vard.md": """# Överenskommelse om vård 2024

Totalt uppgår överenskommelsen för 2024 till 384 miljoner kronor, varav regionerna står för 100 miljoner kronor och
staten för 284 miljoner kronor. \u202eKostnaden\u202c är 5 euro per dos.

| Region | 2024 | 2025 |
|---|---|---|
| Norr | 20 miljoner kronor | 30 miljoner kronor |
""",
    "page.html": "<title>Bidrag</title><p>Staten ger 5 miljoner kronor till kommunerna 2026.</p>",
    "trasig<script>.md": "Pengar \x00 här",
}


class Reader(HTMLParser):
    """What a page holds: its elements, attributes, anchors, links, and the text of each mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: Counter[str] = Counter()
        self.marks: dict[str, str] = {}
        self.text = ""
        self._mark = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        given = dict(attrs)
        if anchor := given.get("id"):
            self.ids[anchor] += 1
        if tag == "mark":
            self._mark = given.get("id") or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._mark = "" if tag == "mark" else self._mark

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data
        if self._mark:
            self.marks[self._mark] = self.marks.get(self._mark, "") + data


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    for name, text in EVIL.items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    batch.run([str(folder / "raw")], out=folder / "run")
    rows = gold.load(folder / "none")
    for entry in read_sheet(folder / "run").entries:
        rows.setdefault(entry.doc, []).append(gold.row_of(entry.cells))
    changed = [row for those in rows.values() for row in those]
    changed[1] = gold.row_of({**_cells(changed[1]), "area": "<script>alert(8)</script>", "kind": "other", "status": ""})
    changed[2] = gold.row_of({**_cells(changed[2]), "low": "1", "high": "1"})
    lost = gold.row_of({**_cells(changed[0]), "doc": "<script>alert(9)</script>.md", "text": "<b>x"})
    (folder / "gold.csv").write_text(gold.sheet_text([*changed[:-1], lost]), encoding="utf-8")
    return folder / "run"


def _cells(row: Row) -> dict[str, str]:
    (line,) = list(_csv(gold.sheet_text([row])))
    return line


def _csv(text: str) -> list[dict[str, str]]:
    import csv
    import io

    return list(csv.DictReader(io.StringIO(text, newline="")))


def made(run: Path, *more: str) -> str:
    out = run.parent / "report.html"
    told = invoke(run, "--out", str(out), "--bootstrap", "50", *more)
    assert told.exit_code == 0, told.output
    return out.read_text(encoding="utf-8")


def invoke(run: Path, *more: str) -> Result:
    return CliRunner().invoke(belopp, ["report", str(run), *more], catch_exceptions=False)


def with_gold(run: Path, *options: str) -> str:
    return made(run, "--gold", str(run.parent / "gold.csv"), "--against", str(run.parent / "gold.csv"), *options)


def test_nothing_on_the_page_acts_or_leads_elsewhere(run: Path) -> None:
    page = with_gold(run)
    read = Reader(page)
    assert set(read.elements) <= ELEMENTS
    assert not read.open
    assert {
        name for _, name, _ in read.attributes if name.startswith("on") or name in ("style", "src", "action")
    } == set()
    assert all(value.startswith("#") for _, name, value in read.attributes if name in ("href", "xlink:href"))
    assert (read.elements["style"], page[: page.index("</head>")].count("<title")) == (1, 1)
    style = re.findall("<style>(.*?)</style>", page, re.DOTALL)[0]
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [value for _, name, value in read.attributes if name == "content" and "default-src" in value]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, "'title'"):
        assert f"alert({n})" in read.text, n
    assert "\u202e" not in page


def test_every_link_leads_to_one_place(run: Path) -> None:
    read = Reader(with_gold(run))
    assert {anchor for anchor, n in read.ids.items() if n > 1} == set()
    assert {value[1:] for _, name, value in read.attributes if name == "href"} <= set(read.ids)


def test_every_sum_is_marked_where_it_stands(run: Path) -> None:
    read = Reader(made(run))
    docs = [line["doc"] for line in read_csv(run / "documents.csv")]
    rows = list(read_csv(run / "amounts.csv"))
    assert len(rows) > 10
    for row in rows:
        assert read.marks[f"s{docs.index(row['doc']) + 1}-{row['start']}"] == row["text"]


def test_the_figures_are_those_of_the_score_and_of_the_checks(run: Path) -> None:
    page = with_gold(run)
    comparison = compare(read_sheet(run.parent / "gold.csv"), read_sheet(run))
    for metric, measure in figures(comparison, rounds=50).measures.items():
        (line,) = re.findall(f'<th scope="row">{speaking("en")(metric)}</th>.*?</tr>', page)
        assert f"<strong>{measure.f1:.3f}</strong>" in line
        assert measure.f1_interval is not None
        assert f"{measure.f1_interval[0]:.3f}–{measure.f1_interval[1]:.3f}" in line
    verdicts = Counter(line["verdict"] for line in read_csv(run / "checks.csv"))
    assert len(verdicts) > 1
    for verdict, n in verdicts.items():
        assert f'<span class="badge {verdict}">{verdict}</span> {n}</li>' in page
    assert "remainder 10\u00a0000\u00a0000" in page
    assert '<td class="doc">trasig&lt;script&gt;.md</td><td>read</td>' in page


def test_differences_come_losses_and_gains_first(run: Path) -> None:
    page = with_gold(run)
    section = page[page.index('id="from-gold"') :]
    assert section.index("Lost") < section.index("Gained") < section.index("Changed")
    assert "<b>kind</b></td><td><del>other</del></td><td><ins>funding</ins>" in section
    assert "<td><del>&lt;script&gt;alert(8)&lt;/script&gt;</del></td>" in section
    assert '<td class="n wrong"><a href="#c-kind-' in page


def test_the_same_run_gives_the_same_bytes_and_speaks_swedish(run: Path) -> None:
    assert made(run) == made(run)
    swedish = made(run, "--lang", "sv")
    assert '<html lang="sv">' in swedish
    assert "Vem betalar vem, för vad" in swedish
    assert "Dokument i karantän" in swedish


def test_every_word_has_its_swedish() -> None:
    said = {
        node.args[0].value
        for path in REPORT.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    assert len(said) > 20
    swedish, english = speaking("sv"), speaking("en")
    same = {"Status", "Precision", "Kappa", "per"}
    assert {word for word in said if swedish(word) == english(word)} <= same
    assert {metric for metric in METRICS if swedish(metric) == metric} == {"status", "per"}


def test_figures_are_written_as_swedish_writes_them(run: Path) -> None:
    page = with_gold(run, "--lang", "sv")
    assert re.search(r'<th scope="row">hela raden</th><td class="n">[01],\d{3}</td>', page)
    assert not re.search(r"<td[^>]*>[\d.]*\d\.\d{3}\b", page)


def test_öre_and_counts_are_written_as_swedish_writes_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Avgiften är 1 250,50 kronor per år.", encoding="utf-8")
    batch.run([str(tmp_path)], out=tmp_path / "run")
    assert '<td class="n">1\u00a0250,5\u00a0kr</td>' in made(tmp_path / "run", "--lang", "sv")
    assert '<td class="n">1\u00a0250.5\u00a0SEK</td>' in made(tmp_path / "run")
    assert money(-1000, speaking("sv")) == "−1\u00a0000"


def test_closed_words_are_said_in_swedish_wherever_they_stand(run: Path) -> None:
    swedish = speaking("sv")
    known = {word for words in VOCABULARIES.values() for word in words if word}
    assert {word for word in known if swedish(word) == word} == {"person"}
    page = with_gold(run, "--lang", "sv")
    assert "<b>slag</b></td><td><del>annat</del></td><td><ins>anslag</ins>" in page
    assert '<th scope="row">anslag</th>' in page  # of a confusion
    assert not known & set(re.findall(r"<(?:th|del|ins|b)\b[^>]*>([a-z_]+)", page)) - {"person"}


def test_sums_of_publications_without_gold_are_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Staten ger 5 miljoner kronor till kommunerna 2025.", encoding="utf-8")
    batch.run([str(tmp_path / "a.md"), str(tmp_path / "b.md")], out=tmp_path / "run")
    rows = [gold.row_of(line) for line in read_csv(tmp_path / "run" / "amounts.csv")]
    (tmp_path / "gold.csv").write_text(gold.sheet_text(rows[:1]), encoding="utf-8")
    (tmp_path / "docs.txt").write_text("a.md\n", encoding="utf-8")
    given = ("--gold", str(tmp_path / "gold.csv"), "--bootstrap", "0")
    said = "Sums that count as wrong, as the gold has no row for their publications: 1, in 1."
    assert said in made(tmp_path / "run", *given)
    assert said not in made(tmp_path / "run", *given, "--docs", str(tmp_path / "docs.txt"))


def test_every_bar_of_the_timeline_says_what_it_stands_for(run: Path) -> None:
    page = made(run, "--lang", "sv")
    bars = re.findall(r'<a href="#year-\d+">(<title>[^<]*</title>)?<path', page)
    assert len(bars) > 1
    assert all(re.fullmatch(r"<title>[^<]+, [a-zå]+: [\d\u00a0]+ kr</title>", bar) for bar in bars)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_report_and_desk_call_the_same_thing_the_same(language: str) -> None:
    desk, say = words(language), speaking(language)
    metrics = [metric for metric in METRICS if metric != "span"]
    said = {metric: desk.get(f"metric.{metric}", desk.get(metric, "")) for metric in metrics}
    said |= {kind: desk.get(f"what.{kind}", desk.get(kind, "")) for kind in KINDS if kind not in (LOST, GAINED)}
    said |= {word: desk[word] for column in ("kind", "change", "modifier", "per", "vat") for word in
             VOCABULARIES[column] if word}  # fmt: skip
    said |= {status: desk[f"status.{status}"] for status in VOCABULARIES["status"] if status}
    assert {word: say(word).casefold() for word in said} == {word: each.casefold() for word, each in said.items()}


def test_a_publication_is_named_by_its_title_and_a_sum_by_its_words(run: Path) -> None:
    page = with_gold(run)
    docs = {line["doc"]: line["title"] for line in read_csv(run / "documents.csv") if line["title"]}
    listed = dict(re.findall(r'<a href="#d\d+" title="([^"]+)">([^<]+)</a>', page))
    assert listed
    assert listed.items() <= {escape(doc): escape(title) for doc, title in docs.items()}.items()
    assert '<th scope="col">Sum</th><th scope="col" class="n">Value</th><th scope="col">Area</th>' in page
    assert not re.search(r"<th\b[^>]*></th>", page)
    assert re.search(r'class="sum">[^<]*kronor</a><span class="about"> [\d\u00a0]+\u00a0SEK · ', page)


def test_what_changed_is_read_as_people_write_it() -> None:
    old = Row(
        "a.md", 0, 6, "5 Mkr.", Decimal(5_000_000), Decimal(5_000_000), payer=("EU", "staten"), period="2025|2026"
    )
    new = replace(old, low=Decimal(6_000_000), high=Decimal(6_000_000), payer=("EU",), period="2025")
    page = changes(compare(sheet_of([old]), sheet_of([new])), Places(), speaking("sv"))
    assert re.findall("<del>([^<]*)</del>", page) == ["5\u00a0000\u00a0000\u00a0kr", "EU, staten", "2025, 2026"]


@pytest.mark.parametrize(("most", "logarithmic"), [(90, False), (90_000, True)])
def test_one_great_sum_does_not_flatten_the_bars_of_the_others(tmp_path: Path, most: int, logarithmic: bool) -> None:
    pytest.importorskip("vl_convert")
    sums = {2021: 3, 2022: 8, 2023: most, 2024: 5}
    said = " ".join(f"Staten ger {value} miljoner kronor till skog {year}." for year, value in sums.items())
    (tmp_path / "a.md").write_text(said, encoding="utf-8")
    batch.run([str(tmp_path / "a.md")], out=tmp_path / "run")
    drawn, _ = funds(load(tmp_path / "run"))
    page = years(drawn, Places(), speaking("en"))
    assert ("each line is ten times the one below it" in page) is logarithmic
    assert len(re.findall(r'class="bar decided"', page)) == 4
    assert re.findall(r"<title>(\d+), decided", page) == [str(year) for year in sums]  # in time, as one goes through
    ticks = [int(tick) for tick in re.findall(r'class="tick"[^>]*>([\d\u00a0]+)<', page.replace("\u00a0", ""))]
    lines = [tick for tick in ticks if tick not in sums]
    if logarithmic:
        assert lines == [1, 10, 100, 1000, 10_000, 100_000]
    else:
        assert lines[:2] == [0, 20]
    assert f"decided {most:,}\u00a0000\u00a0000\u00a0SEK".replace(",", "\u00a0") in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("gone", "The text is not at hand"),
        ("moved", "The text has changed since the run"),
        ("few", "beyond the first 0"),
    ],
)
def test_without_the_text_the_sentences_are_shown(run: Path, tmp_path: Path, change: str, said: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.md").write_text(
        "Staten ger 5 miljoner kronor till kommunerna. Sedan ges 6 miljoner kronor.", encoding="utf-8"
    )
    batch.run([str(raw)], out=tmp_path / "run")
    if change == "gone":
        (raw / "a.md").unlink()
    elif change == "moved":
        (raw / "a.md").write_text("Nytt. Staten ger 5 miljoner kronor.", encoding="utf-8")
    page = made(tmp_path / "run", *(["--publications", "0"] if change == "few" else []))
    assert said in page
    assert Reader(page).marks == {"s1-11": "5 miljoner kronor", "s1-56": "6 miljoner kronor"}


def test_the_bands_hold_the_money(run: Path) -> None:
    drawn, foreign = funds(load(run))
    assert drawn
    assert all(fund.line["currency"] == "SEK" for fund in drawn)
    page = flows(drawn, Places(), speaking("en"))
    titles = re.findall(r"<title>([^<>]*): ([\d\u00a0]+) SEK</title>", page)
    bands = sum(int(value.replace("\u00a0", "")) for name, value in titles if "→" in name)
    assert bands == 2 * sum(fund.value for fund in drawn)
    assert foreign == 0


def test_what_is_part_of_another_sum_is_not_drawn_twice(run: Path) -> None:
    drawn, _ = funds(load(run))
    assert Counter(fund.value for fund in drawn)[Decimal(384_000_000)] == 1
    assert Decimal(284_000_000) not in {fund.value for fund in drawn}


def test_too_many_actors_are_drawn_together() -> None:
    line = {"doc": "a", "start": "1", "low": "1", "high": "1", "currency": "SEK", "amount_id": "a:1-2"}
    many = [Fund(f"p{n:03}", f"a{n:03}", f"r{n:03}", "2024", "decided", Decimal(n + 1), line) for n in range(99)]
    page = flows(many, Places(), speaking("en"))
    assert page.count('class="node n0"') == 9
    assert page.count('class="node n1"') == 15
    assert Node(0, "a", 0, 1).left < Node(1, "a", 0, 1).left < Node(2, "a", 0, 1).left


def test_lists_are_bounded_and_say_so(run: Path) -> None:
    line = {"doc": "a", "start": "1", "low": "1", "high": "1", "currency": "SEK", "amount_id": "a:1-2"}
    many = [Fund("staten", "vård", "", "2024", "decided", Decimal(1), line)] * (LISTED + 7)
    page = flows(many, Places(), speaking("en"))
    assert page.count('href="#s1-1"') == LISTED
    assert "and 7 smaller ones" in page
    assert "The trees of 2 more publications, with less in doubt, are left out." in made(run, "--publications", "0")


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    told = invoke(tmp_path, "--out", str(tmp_path / "x.html"))
    assert told.exit_code == 2
    assert "give the folder that belopp run wrote to" in told.output
    assert not (tmp_path / "x.html").exists()


def test_tables_of_another_belopp_are_told(run: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(run, older)
    sheet = older / "commitments.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("also_in", "twice_in", 1), encoding="utf-8")
    told = invoke(older, "--out", str(tmp_path / "x.html"))
    assert told.exit_code == 2
    assert "commitments.csv has no column also_in, as of another belopp: run it again" in told.output


def test_a_missing_library_is_named(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "altair", None)
    told = invoke(run, "--out", str(tmp_path / "x.html"))
    assert told.exit_code == 2
    assert "pip install 'belopp[review]'" in told.output
