"""A table by region gives the same rows whatever format it comes in, each found again in the text that was made."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from belopp.batch import WrongInput, gather, run
from belopp.cli import belopp
from belopp.extract import examine
from belopp.model import CELL, Document, Row
from belopp.read import MADE, parse

if TYPE_CHECKING:
    from tests import making
else:
    import making

Told = tuple[Decimal, str, str, str, tuple[str, ...], tuple[str, ...], str, str, Decimal | None]
CSV_COLUMNS = ("low", "currency", "kind", "status", "payer", "recipient", "area", "period", "check", "role")


def told(rows: list[Row]) -> list[Told]:
    """What rows say, offsets apart: a part by the value of its total."""
    value = {row.start: row.low for row in rows}
    return [
        (r.low, r.currency, r.kind, r.status, r.payer, r.recipient, r.area, r.period,
         None if r.part_of is None else value[r.part_of])
        for r in rows
    ]  # fmt: skip


def document(name: str, rows: list[list[str]]) -> Document:
    return parse(making.FORMATS[name](rows), id=name)


@pytest.mark.parametrize("name", making.FORMATS)
def test_a_table_by_region_gives_the_same_rows(name: str) -> None:
    found = document(name, making.table())
    rows, checks = examine(found)
    assert [found.text[row.start : row.end] for row in rows] == [row.text for row in rows]
    assert [row.low for row in rows] == [value * 1000 for value in (*making.SUMS, sum(making.SUMS))]
    assert [row.recipient for row in rows[:-1]] == [(region,) for region in making.REGIONS]
    assert set(rows[-1].recipient) == set(making.REGIONS)
    assert {row.part_of for row in rows[:-1]} == {rows[-1].start}
    assert {(row.area, row.period, row.payer) for row in rows} == {("förlossningsvård", "2024", ("staten",))}
    assert [(check.total, len(check.parts), check.verdict) for check in checks] == [(rows[-1].start, 21, "proved")]
    assert told(rows) == told(examine(document("tabell.md", making.table())).rows)


def test_a_line_that_begins_below_a_title_is_no_name_in_any_format() -> None:
    title = "Regeringen stöttar odlare efter torka och frost"
    body = (
        "Skyfall i norr har gett odlare stora kostnader. Därför föreslår regeringen att Jordbruksverket får 7 miljoner "
        "kronor för att täcka dessa kostnader."
    )
    forms = {
        "a.md": f"# {title}\n\n{body}\n",
        "a.txt": f"{title}\n\n{body}\n",
        "a.html": f"<h1>{title}</h1><p>{body}</p>",
    }
    areas = {name: [row.area for row in examine(parse(form.encode(), id=name)).rows] for name, form in forms.items()}
    assert areas == {name: ["Skyfall i norr"] for name in forms}


def test_a_table_over_two_pages_is_one_and_each_row_has_its_page() -> None:
    for name in ("delad.pdf", "delad-olinjerad.pdf"):
        found = document(name, making.table())
        assert {block.level for block in found.blocks if block.kind == CELL} == {1}
        pages = [found.page_at(row.start) for row in examine(found).rows]
        assert pages == sorted(pages, key=lambda page: page or 0)
        assert set(pages) == {1, 2}


@pytest.mark.parametrize("name", making.FORMATS)
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (["Region", "2024 (tkr)"], 1_000),
        (["Region (mnkr)", "2024"], 1_000_000),
        (["Region", "Miljoner kronor 2024"], 1_000_000),
        (["Region", "Kronor 2024"], 1),
    ],
)
def test_the_unit_comes_from_the_header(name: str, head: list[str], unit: int) -> None:
    rows = examine(document(name, [head, *making.table()[1:]])).rows
    assert [row.low for row in rows] == [value * unit for value in (*making.SUMS, sum(making.SUMS))]
    assert {row.period for row in rows} == {"2024"}


@pytest.mark.parametrize("name", making.FORMATS)
def test_the_unit_of_the_cell_goes_before_the_header(name: str) -> None:
    rows = [["Region", "2024 (mnkr)"], ["Region Skåne", "45 000 tkr"], ["Region Halland", "12"], ["Summa", "57"]]
    assert [row.low for row in examine(document(name, rows)).rows] == [45_000_000, 12_000_000, 57_000_000]


@pytest.mark.parametrize("name", making.FORMATS)
@pytest.mark.parametrize(
    ("lead", "rows"),
    [
        ("Beloppen anges i tusental kronor.", [["Region", "2024"], ["Region Skåne", "45"], ["Region Halland", "12"]]),
        ("Så fördelas medlen.", [["Region", "2024"], ["Region Skåne", "45"], ["Summa", "45 tkr"]]),
    ],
    ids=["sentence before", "total row"],
)
def test_the_unit_comes_from_the_text_before_or_the_total(
    name: str, lead: str, rows: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LEAD", lead)
    assert [int(row.low) for row in examine(document(name, rows)).rows] == [
        int(row[1].split()[0]) * 1_000 for row in rows[1:]
    ]


@pytest.mark.parametrize("name", making.FORMATS)
def test_each_column_has_its_year(name: str) -> None:
    rows = [["Insats (mnkr)", "2024", "2025", "2026"], ["Skola", "10", "12", "100"], ["Vård", "5", "6", "70"]]
    found = examine(document(name, rows)).rows
    assert [(int(row.low / 1_000_000), row.period, row.area) for row in found] == [
        (10, "2024", "Skola"), (12, "2025", "Skola"), (100, "2026", "Skola"),
        (5, "2024", "Vård"), (6, "2025", "Vård"), (70, "2026", "Vård"),
    ]  # fmt: skip


def corpus(folder: Path) -> Path:
    folder.mkdir()
    for name, make in making.FORMATS.items():
        (folder / name).write_bytes(make(making.table()))
    return folder


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_keeps_the_text_that_offsets_point_into(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    outcome = run([str(folder)], out=tmp_path / "out")
    assert (outcome.documents, outcome.sums, outcome.quarantined) == (len(making.FORMATS), 22 * len(making.FORMATS), [])
    texts = tree(tmp_path / "out" / "text")
    amounts = lines(tmp_path / "out" / "amounts.csv")
    forms = {line["doc"]: line["format"] for line in lines(tmp_path / "out" / "documents.csv")}
    assert set(texts) == {f"{name}.txt" for name, form in forms.items() if form in MADE}
    assert set(forms.values()) == MADE | {"markdown", "csv"}
    for line in amounts:
        made = texts.get(line["doc"] + ".txt")
        text = made.decode() if made is not None else (folder / line["doc"]).read_bytes().decode("utf-8-sig")
        assert text[int(line["start"]) : int(line["end"])] == line["text"]
        assert bool(line["page"]) == line["doc"].endswith(".pdf")
    by_document = {name: [[line[c] for c in CSV_COLUMNS] for line in amounts if line["doc"] == name] for name in forms}
    assert all(found == by_document["tabell.md"] for found in by_document.values())


def test_texts_are_the_same_again_and_go_with_their_documents(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    run([str(folder)], out=tmp_path / "out")
    first = tree(tmp_path / "out" / "text")
    assert run([str(folder)], out=tmp_path / "out").unchanged == len(making.FORMATS)
    assert tree(tmp_path / "out" / "text") == first
    run([str(folder)], out=tmp_path / "anew", workers=2)
    assert tree(tmp_path / "anew" / "text") == first
    (folder / "tabell.docx").unlink()
    run([str(folder)], out=tmp_path / "out")
    del first["tabell.docx.txt"]
    assert tree(tmp_path / "out" / "text") == first


def test_what_belopp_wrote_is_no_publication(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    names = sorted(making.FORMATS)
    run([str(folder)], out=folder)  # the tables and texts beside the publications themselves
    assert [publication.doc for publication in gather([str(folder)])] == names
    assert run([str(folder)], out=folder).unchanged == len(names)
    for name in ("amounts.csv", "documents.csv", "checks.csv", "reasons.csv", "commitments.csv"):
        (folder / f"kopia av {name}").write_bytes((folder / name).read_bytes())
    (folder / "gold.csv").write_text("\ufeffdoc,start,end,text,low\na.md,1,2,5 kr,5\n", encoding="utf-8")
    (folder / "text.md").write_text("5 kr", encoding="utf-8")
    assert [publication.doc for publication in gather([str(folder)])] == sorted([*names, "text.md"])
    assert [publication.doc for publication in gather([str(folder / "*.csv")])] == ["tabell.csv"]
    with pytest.raises(WrongInput, match="a table that belopp wrote"):
        gather([str(folder / "amounts.csv")])


def test_a_folder_named_text_is_like_any_other_where_there_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.csv").write_text("doc;start\n1;2\n", encoding="utf-8")
    assert [publication.doc for publication in gather([str(tmp_path)])] == ["text/a.csv"]


def test_texts_whose_names_are_in_the_way_or_too_long(tmp_path: Path) -> None:
    page = making.html(making.table())
    long = "x" * 248 + ".html"
    for name in ("a.html", "a.html.txt/b.html", long):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page)
    outcome = run([str(tmp_path / "in")], out=tmp_path / "out")
    assert (outcome.documents, outcome.quarantined) == (3, [])
    texts = tree(tmp_path / "out" / "text")
    assert len(texts) == 3
    assert set(texts.values()) == {parse(page, id="a").text.encode()}


def test_what_cannot_be_read_is_quarantined_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bild.pdf").write_bytes(making.drawn(lambda canvas: canvas.rect(10, 10, 300, 300)))
    (folder / "bruten.docx").write_bytes(making.docx([["a"]])[:500])
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "sida.pdf").write_bytes(making.html(making.table()))
    outcome = run([str(folder)], out=tmp_path / "out")
    assert len(outcome.quarantined) == 2
    told = {line["doc"]: line for line in lines(tmp_path / "out" / "documents.csv")}
    assert told["bild.pdf"]["stage"] == "read"
    assert told["bild.pdf"]["reason"].startswith("no text layer")
    assert told["bruten.docx"]["reason"].startswith("the archive is broken")
    assert told["tom.pdf"]["status"] == "empty"
    assert (told["sida.pdf"]["sums"], told["sida.pdf"]["flags"]) == ("22", "extension pdf, content html")


@pytest.mark.parametrize("name", ["linjerad.pdf", "tabell.docx", "tabell.xlsx", "tabell.csv", "tabell.html"])
def test_show_and_explain_read_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(making.FORMATS[name](making.table()))
    shown = CliRunner().invoke(belopp, ["show", str(path), "--as", "csv"])
    assert shown.exit_code == 0
    rows = list(csv.DictReader(shown.output.splitlines()))
    assert [row["text"] for row in rows] == [making.figure(value) for value in (*making.SUMS, sum(making.SUMS))]
    whole = CliRunner().invoke(belopp, ["show", str(path)])
    assert whole.exit_code == 0
    assert making.LEAD.split()[0] in whole.output
    told = CliRunner().invoke(belopp, ["explain", f"{path}:{rows[9]['start']}"])
    assert told.exit_code == 0
    assert "Region Skåne" in told.output


def test_show_says_why_it_cannot(tmp_path: Path) -> None:
    path = tmp_path / "bild.pdf"
    path.write_bytes(making.drawn(lambda canvas: canvas.rect(10, 10, 300, 300)))
    result = CliRunner().invoke(belopp, ["show", str(path)])
    assert result.exit_code == 2
    assert "no text layer" in result.output
