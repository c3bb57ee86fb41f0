"""What goes to another annotation tool comes back as the same rows, and a text that has changed is told."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from belopp import gold
from belopp.cli import belopp
from belopp.gold import exchange
from belopp.gold.exchange import Mark, Marked, labelstudio, marks, prodigy
from belopp.model import Row

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = CORPUS / "gold" / "amounts.csv"
DOCS = CORPUS / "gold" / "documents.txt"

TEXT = (
    "\ufeffSå delas pengarna 😀\r\n\r\nTotalt 384\u00a0miljoner\r\nkronor ges, varav 100 respektive 284 miljoner "
    "kronor. Mellan 5 och 10 <b>miljoner</b> euro2 & mer. Det är 384\tmkr."
)


def row(quote: str, low: int, high: int = 0, **cells: object) -> Row:
    start = TEXT.index(quote)
    found = Row('mapp/å "b" & <c>, d.md', start, start + len(quote), quote, Decimal(low), Decimal(high or low))
    return replace(found, **cells)  # type: ignore[arg-type]


TOTAL = row("384\u00a0miljoner\r\nkronor", 384_000_000, status="decided", payer=("EU", "staten"), period="2025|2026")
ROWS = [
    TOTAL,
    row("100", 100_000_000, part_of=TOTAL.start, area='vård, "skola" och\nomsorg; {"a": 1}', change="increase"),
    row("284 miljoner kronor", 284_000_000, part_of=TOTAL.start, recipient=("Région \u202e", "a\\b"), vat="incl"),
    row("5 och 10 <b>miljoner</b> euro", 5_000_000, 10_000_000, currency="EUR", kind="other", modifier="approx"),
    row("384\tmkr", 384_000_000, same_as=TOTAL.start, per="year", kind="rate"),
]  # fmt: skip
LOOSE = replace(ROWS[1], part_of=7, same_as=3, low=Decimal("0.0455"))


@pytest.fixture(params=exchange.FORMS)
def form(request: pytest.FixtureRequest) -> str:
    if request.param == "docbin":
        pytest.importorskip("spacy")
    return str(request.param)


def there_and_back(form: str, folder: Path, *given: Marked) -> list[Marked]:
    folder.mkdir(exist_ok=True)
    exchange.form(form).write(given, folder)
    return list(exchange.form(form).read(folder))


def only(form: str, path: Path) -> Marked:
    (given,) = exchange.form(form).read(path)
    return given


@pytest.mark.parametrize("rows", [ROWS, [], [LOOSE], [*ROWS[:1], replace(ROWS[0], end=ROWS[0].start + 3, text="384")]])
def test_rows_come_back_the_same(form: str, tmp_path: Path, rows: list[Row]) -> None:
    doc = ROWS[0].doc
    (back,) = there_and_back(form, tmp_path, exchange.marked(doc, TEXT, rows))
    assert (back.doc, back.text) == (doc, TEXT)
    found, told = exchange.rows_of(back)
    assert found == sorted(rows, key=lambda row: (row.start, row.end))
    assert not told


def test_the_gold_of_the_corpus_comes_back_the_same(form: str, tmp_path: Path) -> None:
    given = ["--texts", str(CORPUS / "raw"), "--as", form, "--out", str(tmp_path / form), "--docs", str(DOCS)]
    told = CliRunner().invoke(belopp, ["gold", "export", str(GOLD), *given], catch_exceptions=False)
    assert told.output == f"200 rows of 21 documents in {tmp_path / form}\n"
    told = CliRunner().invoke(belopp, ["gold", "import", str(tmp_path / form), "--as", form], catch_exceptions=False)
    assert told.stdout == GOLD.read_text(encoding="utf-8")
    assert not told.stderr


def test_an_export_writes_over_no_table_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    given = ["--texts", str(CORPUS / "raw"), "--as", "brat", "--out", str(tmp_path)]
    told = CliRunner().invoke(belopp, ["gold", "export", str(GOLD), *given], catch_exceptions=False)
    assert (told.exit_code, "holds the tables of a run; give another --out" in told.output) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["datapackage.json"]


def test_rows_go_along_with_their_words(form: str, tmp_path: Path) -> None:
    doc = ROWS[0].doc
    (back,) = there_and_back(form, tmp_path, exchange.marked(doc, TEXT, ROWS))
    found, told = exchange.rows_of(back, "Nytt! " + TEXT)
    assert [row.text for row in found] == [row.text for row in ROWS]
    assert [row.start - 6 for row in found] == [row.start for row in ROWS]
    assert [row.part_of for row in found] == [None, TOTAL.start + 6, TOTAL.start + 6, None, None]
    assert len(told) == 5
    assert "the text has changed; '100' now stands at" in told[1]


def test_words_that_are_gone_or_in_two_places_are_told() -> None:
    given = exchange.marked(ROWS[0].doc, TEXT, ROWS[1:2])
    with pytest.raises(gold.GoldError, match="the text has changed, and '100' stands in it 0 times; mark it anew"):
        exchange.rows_of(given, TEXT.replace("100", "200"))
    with pytest.raises(gold.GoldError, match="'100' stands in it 2 times"):
        exchange.rows_of(given, "100 eller 100")
    with pytest.raises(gold.GoldError, match=r"1 of 5 rows quote other words than stand there \('100' at \d+\)"):
        exchange.marked(ROWS[0].doc, TEXT.replace("100", "200"), ROWS)


def test_what_was_changed_in_the_tool_counts(tmp_path: Path) -> None:
    doc = ROWS[0].doc
    there_and_back("doccano", tmp_path, exchange.marked(doc, TEXT, ROWS))
    path = tmp_path / "texts.jsonl"
    told = json.loads(path.read_text())
    told["entities"][4]["label"] = "funding"
    told["relations"][1]["to_id"] = 1
    del told["relations"][0]
    start = TEXT.index("10 <b>")
    told["entities"].append({"id": 9, "start_offset": start, "end_offset": start + 2, "label": "other"})
    del told["entities"][3]
    path.write_text(json.dumps(told))
    with pytest.raises(gold.GoldError, match="low '' is no plain decimal"):
        exchange.rows_of(only("doccano", tmp_path))
    told["entities"][-1] |= {"start_offset": ROWS[4].start - 3, "end_offset": ROWS[4].start + 7}
    path.write_text(json.dumps(told))
    found, said = exchange.rows_of(only("doccano", tmp_path))
    assert [(row.kind, row.part_of) for row in found] == [
        ("funding", None), ("funding", None), ("funding", ROWS[1].start), ("other", None), ("funding", None),
    ]  # fmt: skip
    assert found[3].low == 384_000_000
    assert "new; its value 384000000 is read from" in said[0]


def test_an_export_of_label_studio_is_read(tmp_path: Path) -> None:
    """As the tool exports it: more fields, a cancelled annotation, ids of its own, a text area in the words."""
    place = {"start": 3, "end": 7}
    kept = {
        "id": 11, "completed_by": 1, "was_cancelled": False,
        "result": [
            {"id": "Xy1", "from_name": "kind", "to_name": "text", "type": "labels", "origin": "manual",
             "value": {**place, "text": "5 kr", "labels": ["rate"]}},
            {"id": "Xy1", "from_name": "per", "to_name": "text", "type": "choices",
             "value": {**place, "choices": ["day"]}},
            {"id": "Xy1", "from_name": "area", "to_name": "text", "type": "textarea",
             "value": {**place, "text": ["mat"]}},
        ],
    }  # fmt: skip
    task = {
        "id": 1,
        "data": {"text": "Om 5 kr.", "doc": "a.md"},
        "annotations": [kept, {"was_cancelled": True, "result": []}],
    }
    (tmp_path / "project.json").write_text(json.dumps([task]))
    found, said = exchange.rows_of(only("labelstudio", tmp_path / "project.json"))
    assert found == [Row("a.md", 3, 7, "5 kr", Decimal(5), Decimal(5), kind="rate", per="day", area="mat")]
    assert len(said) == 1


def test_tasks_have_the_numbers_that_label_studios_converter_asks_for(tmp_path: Path) -> None:
    there_and_back("labelstudio", tmp_path, *(exchange.marked(doc, TEXT, []) for doc in ("a.md", "b.md")))
    assert [task["id"] for task in json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))] == [1, 2]


def test_offsets_that_count_an_emoji_as_two_are_told(tmp_path: Path) -> None:
    there_and_back("labelstudio", tmp_path, exchange.marked(ROWS[0].doc, TEXT, ROWS))
    path = tmp_path / "tasks.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for result in tasks[0]["annotations"][0]["result"]:
        if "value" in result:
            result["value"]["start"] += 1
            result["value"]["end"] += 1
    path.write_text(json.dumps(tasks), encoding="utf-8")
    found, told = exchange.rows_of(only("labelstudio", path))
    assert found == ROWS
    assert len(told) == len(ROWS)


@pytest.mark.parametrize(
    "given",
    [
        "", "{", "[1]", '{"text": 5}', '{"text": "a", "doc": "a", "entities": [{}], "spans": [{}]}',
        '{"doc": "a", "text": "5 kr", "entities": 5, "spans": 5}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["labelstudio", "doccano", "prodigy", "docbin"])
def test_what_is_no_export_is_told(tmp_path: Path, form: str, given: str) -> None:
    if form == "docbin":
        pytest.importorskip("spacy")
    (tmp_path / "it").write_text(given)
    told = CliRunner().invoke(belopp, ["gold", "import", str(tmp_path / "it"), "--as", form], catch_exceptions=False)
    assert told.exit_code in ((0, 2) if not given else (2,))
    assert len(told.stderr.splitlines()) <= 1


def test_a_folder_that_holds_no_export_is_told_once(tmp_path: Path) -> None:
    told = CliRunner().invoke(belopp, ["gold", "import", str(tmp_path), "--as", "brat"], catch_exceptions=False)
    index = tmp_path / "documents.csv"
    assert told.stderr == f"Error: {index}: No such file or directory; give the file that the tool exported\n"


def test_an_index_of_brat_leads_nowhere_else(tmp_path: Path) -> None:
    there_and_back("brat", tmp_path, exchange.marked(ROWS[0].doc, TEXT, ROWS))
    (tmp_path / "documents.csv").write_text("file,doc\n../../secret,a.md\n")
    with pytest.raises(gold.GoldError, match="is no file of the collection"):
        list(exchange.form("brat").read(tmp_path))


def test_the_interface_of_label_studio_has_every_column() -> None:
    view = ElementTree.fromstring(labelstudio.interface())
    named = {each.get("name") for each in view.iter()} - {None}
    assert named == {"kind", *marks.CELLS}
    assert [each.get("value") for each in view.iter("Relation")] == ["part_of", "same_as"]
    assert {each.get("toName") for each in view.iter() if each.tag in ("Labels", "Choices", "TextArea")} == {"text"}


def test_prodigys_tokens_are_the_text() -> None:
    edges = [edge for row in ROWS for edge in (row.start, row.end)]
    tokens = prodigy.tokens_of(TEXT, edges)
    assert "".join(TEXT[start:end] + " " * ws for start, end, ws in tokens) == TEXT
    assert {row.start for row in ROWS} <= {start for start, _, _ in tokens}
    assert {row.end for row in ROWS} <= {end for _, end, _ in tokens}


def test_rows_are_put_into_a_folder_of_gold(tmp_path: Path) -> None:
    there_and_back("brat", tmp_path / "brat", exchange.marked(ROWS[0].doc, TEXT, ROWS))
    given = [str(tmp_path / "brat"), "--as", "brat", "--out", str(tmp_path / "gold"), "--reviewer", "ek"]
    told = CliRunner().invoke(belopp, ["gold", "import", *given], catch_exceptions=False)
    assert told.exit_code == 0
    assert gold.load(tmp_path / "gold") == {ROWS[0].doc: ROWS}
    assert [note.decision.action for note in gold.read_journal(tmp_path / "gold")] == ["import"] * 5


def test_a_link_to_no_mark_is_told() -> None:
    given = Marked("a.md", "5 kr", (Mark("1", 0, 4, "5 kr", "other", {"low": "5"}, part_of="2"),))
    with pytest.raises(gold.GoldError, match="part_of leads to 2, which is no mark"):
        exchange.rows_of(given)


@pytest.mark.parametrize("form", ["labelstudio", "doccano", "prodigy", "brat"])
def test_a_text_that_the_tool_cut_is_told(form: str, tmp_path: Path) -> None:
    """doccano strips the texts that it is given: the offsets no longer hold in what it exports."""
    there_and_back(form, tmp_path, exchange.marked(ROWS[0].doc, TEXT, ROWS))
    for path in tmp_path.iterdir():
        said = path.read_bytes()
        path.write_bytes(said.replace(TEXT[:8].encode(), b"").replace(json.dumps(TEXT[:8]).encode()[1:-1], b""))
    found, told = exchange.rows_of(only(form, tmp_path))
    assert [row.start + 8 for row in found] == [row.start for row in ROWS]
    assert [row.text for row in found] == [row.text for row in ROWS]
    assert len(told) == 5
