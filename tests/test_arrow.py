"""The core that engines call: record batches in, record batches out, the same as a run's, and no pandas."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import belopp
from belopp import batch, tables
from belopp.batch import WrongInput, arrow, packed, shielding
from belopp.batch.arrow import examined_schema, exploded
from belopp.read import Listing
from belopp.tables import AMOUNTS, CHECKS, DOCUMENTS, REASONS

ROOT = Path(__file__).parents[1]
SUMS = "Regeringen avsätter 30 miljoner kronor 2025, varav 10 miljoner kronor till Kulturrådet.\n"
TOLD = (DOCUMENTS, AMOUNTS, CHECKS, REASONS)


def batch_of(*texts: str | None, **columns: Sequence[object]) -> pa.RecordBatch:
    docs = [f"{number}.md" for number in range(len(texts))]
    return pa.RecordBatch.from_pydict({"doc": docs, "text": pa.array(texts, pa.string()), **columns})


def told(batches: list[pa.RecordBatch]) -> dict[str, list[dict[str, object]]]:
    """The lines of every table, as texts."""
    found: dict[str, list[dict[str, object]]] = {table.name: [] for table in TOLD}
    for one in batches:
        one.validate(full=True)
        assert one.schema == examined_schema()
        for table in TOLD:
            found[table.name] += [
                {name: tables.decimal_text(cell) if hasattr(cell, "adjusted") else cell for name, cell in line.items()}
                for line in exploded(one, table).to_pylist()
            ]
    return found


def folder_of(corpus: Path) -> list[pa.RecordBatch]:
    """The files of a folder as an engine would have them: what is UTF-8 as text, the rest as bytes."""
    rows = []
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        data = path.read_bytes()
        is_text = path.suffix in (".md", ".txt")
        text, content = (data.decode(), None) if is_text else (None, data)
        rows.append({"doc": path.relative_to(corpus).as_posix(), "text": text, "content": content})
    schema = pa.schema([("doc", pa.string()), ("text", pa.string()), ("content", pa.binary())])
    return [pa.RecordBatch.from_pylist([row], schema=schema) for row in rows]


def test_the_lines_are_those_of_a_run(corpus: Path, tmp_path: Path) -> None:
    (corpus / "sida.html").write_bytes("<html><body><p>Det kostar 4 000 kronor.</p></body></html>".encode("cp1252"))
    (corpus / "trasig.pdf").write_bytes(b"%PDF-1.7 och inget mer")
    batch.run([str(corpus)], out=tmp_path / "out")
    found = told(list(belopp.examined(folder_of(corpus))))
    for table in TOLD:
        lines = [
            {name: "" if cell is None else str(cell) for name, cell in line.items() if name != "commitment_id"}
            for line in found[table.name]
        ]
        kept = list(tables.read_csv(tmp_path / "out" / table.file))
        assert lines == [{name: cell for name, cell in line.items() if name != "commitment_id"} for line in kept]
    made = {line["doc"]: line["made"] for one in arrow.examined(folder_of(corpus)) for line in one.to_pylist()}
    assert made["sida.html"] == "Det kostar 4 000 kronor.\n"
    assert made["utan.md"] == ""


def test_rows_of_gives_the_rows_alone() -> None:
    (rows,) = belopp.rows_of([batch_of("Inget.", SUMS), batch_of("", None)])
    assert rows.schema == tables.arrow_schema(AMOUNTS)
    assert rows["doc"].to_pylist() == ["1.md", "1.md"]
    assert rows["commitment_id"].to_pylist() == ["", ""]
    assert list(belopp.rows_of([])) == list(belopp.rows_of([batch_of("Inget.")])) == []


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_text_of_any_string_type_is_read(kind: pa.DataType) -> None:
    texts = pa.array([SUMS, None], pa.string()).cast(kind)
    given = pa.RecordBatch.from_arrays([pa.array(["a", "b"]).cast(kind), texts], ["doc", "text"])
    assert told(list(belopp.examined([given])))["documents"][0]["sums"] == 2


def test_what_is_known_of_a_document_goes_before_what_it_says() -> None:
    given = batch_of(SUMS, published=["2025-01"], title=["Stöd"], url=["/stod/"], other=[5])
    (line,) = told(list(belopp.examined([given])))["documents"]
    assert (line["published"], line["title"], line["url"]) == ("2025-01", "Stöd", "/stod/")


def test_a_bad_document_is_quarantined_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = [b"\x00\x01", b"PK\x03\x04...", None, None, b"x" * 1_001]
    given = batch_of(None, None, SUMS, SUMS, None, content=content)
    given = given.set_column(0, "doc", pa.array(["a", "b", None, "d", "e"]))
    monkeypatch.setattr(arrow, "MOST_BYTES", 1_000)
    lines = told(list(belopp.examined([given])))["documents"]
    assert [line["status"] for line in lines] == ["quarantined", "quarantined", "quarantined", "ok", "quarantined"]
    assert [line["stage"] for line in lines] == ["read", "read", "list", "", "read"]
    assert str(lines[2]["doc"]).startswith("nameless/")
    assert "at most 1000 are read" in str(lines[4]["reason"])


def test_quarantined_lines_are_those_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = pa.table({"doc": ["a.md", None, "stor.md"], "text": [SUMS, SUMS, "x" * 1_001], "url": ["", "/b/", "/c/"]})
    for module in (arrow, packed):
        monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    pq.write_table(given, tmp_path / "f.parquet")
    batch.run([str(tmp_path / "f.parquet")], out=tmp_path / "out")
    found = told(list(belopp.examined(given.to_batches())))["documents"]
    lines = [{name: "" if cell is None else str(cell) for name, cell in line.items()} for line in found]
    kept = list(tables.read_csv(tmp_path / "out" / DOCUMENTS.file))
    assert sorted(lines, key=lambda line: line["doc"]) == kept
    assert [line["status"] for line in lines] == ["ok", "quarantined", "quarantined"]


def test_what_is_known_that_is_no_utf8_stops_nothing() -> None:
    odd = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.array([0, 3, 5], pa.int32()).buffers()[1], pa.py_buffer(b"a\xffbcd")]
    )
    given = pa.RecordBatch.from_arrays([odd, pa.array([SUMS] * 2), odd], ["doc", "text", "title"])
    lines = told(list(belopp.examined([given])))["documents"]
    assert [(line["doc"], line["title"], line["sums"]) for line in lines] == [
        ("a\\xffb",) * 2 + (2,),
        ("cd",) * 2 + (2,),
    ]


@pytest.mark.parametrize(
    ("published", "told_as"),
    [
        (pa.array([date(2024, 9, 17)]), "2024-09-17"),
        (pa.array([datetime(2024, 9, 17, 10)], pa.timestamp("us", "UTC")), "2024-09-17"),
        (pa.array(["2024-09-17T10:00:00Z"]), "2024-09-17"),
        (pa.array([2024]), "2024"),
        (pa.array(["snart"]), ""),
    ],
    ids=["date", "timestamp", "iso-time", "year", "none"],
)
def test_a_date_of_any_kind_is_its_day(published: pa.Array, told_as: str) -> None:
    (line,) = told(list(belopp.examined([batch_of("Det kostar 5 kronor.", published=published)])))["documents"]
    assert (line["published"], line["status"]) == (told_as, "ok")


def test_threads_are_each_answered_their_own() -> None:
    def found(thread: int) -> list[tuple[object, object]]:
        docs = [f"{thread}-{number}.html" for number in range(40)]
        content = [f"<html><p>Det kostar {thread}0{10 + number} kronor.</p></html>".encode() for number in range(40)]
        rows = belopp.rows_of([pa.RecordBatch.from_pydict({"doc": docs, "content": content})])
        return [(row["doc"], row["text"]) for one in rows for row in one.to_pylist()]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(found, range(1, 5)))
    for thread, answer in enumerate(answers, 1):
        assert answer == [(f"{thread}-{number}.html", f"{thread}0{10 + number} kronor") for number in range(40)]


def test_a_thread_that_ends_takes_its_child_along() -> None:
    children = []

    def work() -> None:
        shielding.read_apart(b"<p>5 kronor", "a.html", Listing(), limit=1.0)
        children.append(shielding._child().process)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert children[0].returncode == -signal.SIGKILL


@pytest.mark.parametrize(("names", "told"), [(["id", "text"], "no column doc"), (["doc", "body"], "neither text nor")])
def test_batches_of_other_columns_are_refused(names: list[str], told: str) -> None:
    given = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names)
    with pytest.raises(WrongInput, match=told):
        list(belopp.examined([given]))


def test_what_comes_out_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [SUMS, "Inget."] * 6
    whole = told(list(belopp.examined([batch_of(*texts)])))
    monkeypatch.setattr(arrow, "MOST_DOCUMENTS", 5)
    by_documents = list(belopp.examined([batch_of(*texts)]))
    assert [one.num_rows for one in by_documents] == [5, 5, 2]
    monkeypatch.setattr(arrow, "MOST_LINES", 1)
    by_lines = list(belopp.examined([batch_of(*texts)]))
    assert [one.num_rows for one in by_lines] == [1, 2, 2, 2, 2, 2, 1]
    assert told(by_documents) == told(by_lines) == whole


def test_texts_that_were_made_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "MOST_MADE", 20)
    content = ["<html><p>Det kostar 5 kronor.</p></html>", "Det kostar 5 kronor."] * 3
    given = pa.RecordBatch.from_pydict(
        {"doc": [f"{number}" for number in range(6)], "content": map(str.encode, content)}
    )
    assert [one.num_rows for one in belopp.examined([given])] == [1, 2, 2, 1]


def test_a_batch_is_read_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "MOST_DOCUMENTS", 1)
    asked = []

    def batches() -> object:
        for number in range(3):
            asked.append(number)
            yield batch_of(SUMS)

    found = belopp.examined(batches())  # type: ignore[arg-type]
    next(found)
    assert asked == [0]


def test_lists_of_a_slice_are_its_own() -> None:
    (one,) = belopp.examined([batch_of(SUMS, SUMS, "Inget.")])
    assert exploded(one.slice(1, 2), AMOUNTS)["doc"].to_pylist() == ["1.md", "1.md"]
    assert exploded(one.slice(2), REASONS).num_rows == 0


def test_the_example_of_the_documentation_runs() -> None:
    text = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    subprocess.run([sys.executable, "-c", example], check=True)


def test_neither_pandas_nor_spacy_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "documents.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch_of(SUMS).schema) as writer:
        writer.write(batch_of(SUMS, "Inget."))
    code = (
        "import sys, pyarrow as pa, belopp\n"
        f"reader = pa.ipc.open_file({str(path)!r})\n"
        "found = list(belopp.examined(map(reader.get_batch, range(reader.num_record_batches))))\n"
        "rows = sum(rows.num_rows for rows in belopp.rows_of([reader.get_batch(0)]))\n"
        "print(rows, {'pandas', 'pandera', 'spacy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "2 set()\n"
