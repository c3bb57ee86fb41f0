"""Beyond one machine: the tables of a Spark job are those of a run, whatever befalls the machines it runs on."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.util import find_spec
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from belopp import batch, scale, tables
from belopp.batch.publication import MOST_BYTES
from belopp.cli import belopp as cli
from belopp.read import index
from belopp.scale import carrying, joining
from belopp.scale.hadoop import Folder
from belopp.scale.shapes import PAIRS, written
from belopp.scale.steps import Steps
from belopp.tables import COMMITMENTS, TABLES, Table
from belopp.tables.writing import text_name

if TYPE_CHECKING:
    from tests import making
    from tests.conftest import missing, require_program
    from tests.standalone import Cluster
else:
    import making
    from conftest import missing, require_program
    from standalone import Cluster

pytestmark = pytest.mark.spark

# What kills the process that reads it, where the folder below stands in PYTHONPATH.
DEADLY: Final = "# Dödande läsning\n"
SITECUSTOMIZE: Final = f"""
import hashlib, os
honest = hashlib.sha256
def sha256(data=b"", **options):
    if bytes(data).startswith({DEADLY.encode()!r}):
        os.kill(os.getpid(), 9)
    return honest(data, **options)
hashlib.sha256 = sha256
"""
SETTINGS: Final = {"spark.sql.shuffle.partitions": "3", "spark.driver.memory": "1g"}
# Short jobs: what Java would spend on being fast later is spent for nothing.
JAVA: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
PLACES: Final = ("Kiruna", "Ystad", "Borås", "Falun", "Visby", "Umeå", "Örebro", "Växjö")
ACTORS: Final = ("Kulturrådet", "Skolverket", "Naturvårdsverket", "Trafikverket", "Socialstyrelsen")
AREAS: Final = ("bättre läsning i skolan", "renare vatten i Östersjön", "tryggare vägar", "fler bibliotek")


def require_spark() -> None:
    if find_spec("pyspark") is None:
        missing("pyspark is not installed: pip install 'belopp[spark]'")
    require_program("java")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of two threads."""
    require_spark()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", JAVA)
        with scale.session("local[2]", SETTINGS) as session:
            yield session


def python_path(folder: Path) -> str:
    """A PYTHONPATH under which some documents are deadly."""
    (folder / "sitecustomize.py").write_text(SITECUSTOMIZE, encoding="utf-8")
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def many(corpus: Path) -> Path:
    """The small corpus and more: other formats, an index, odd names, and sums that many publications tell of."""
    chance = random.Random(7)
    for number in range(120):
        sum_, area, actor = chance.randrange(2, 30), chance.choice(AREAS), chance.choice(ACTORS)
        month, part = chance.randrange(1, 13), chance.randrange(1, 10)
        text = (
            f"# Satsning på {area}\n\nPublicerad {number % 28 + 1} mars 20{20 + number % 5}\n\n"
            f"Regeringen avsätter {sum_} miljoner kronor 20{21 + number % 4} till {actor} för {area}, "
            f"varav {min(part, sum_ - 1)} miljoner kronor till {chance.choice(PLACES)}.\n"
        )
        path = corpus / "notiser" / f"2024/{month:02}/notis-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (corpus / "notiser.json").write_text(
        '[{"title": "Notis ett", "url": "/notiser/2024/ett", "date": "2024-03-01", "path": "notiser/2024/ett.md"}]',
        encoding="utf-8",
    )
    rows = making.table()
    others: Mapping[str, bytes] = {
        "tabell.html": making.html(rows), "tabell.docx": making.docx(rows), "tabell.xlsx": making.xlsx(rows),
        "tabell.csv": making.csv(rows), "trasig.pdf": b"%PDF-1.7 och inget mer",
        "100 % å [1] {x}.md": "Det kostar 4 000 kronor i år.".encode(),
        "gammal.txt": "Det kostar 5 000 kronor för kommunen.".encode("cp1252"),
    }  # fmt: skip
    for name, data in others.items():
        (corpus / name).write_bytes(data)
    return corpus


def lines_in(out: Path, table: Table) -> list[tuple[Any, ...]]:
    """The rows of a table in Parquet, in the order of its files."""
    read = [pq.read_table(path) for path in sorted((out / table.name).glob("part-*.parquet"))]
    whole = pa.concat_tables(read)
    expected = tables.arrow_schema(table)
    assert [(field.name, field.type) for field in whole.schema] == [(field.name, field.type) for field in expected]
    return list(zip(*(whole[name].to_pylist() for name in table.names), strict=True))


def texts_in(out: Path) -> dict[str, str]:
    rows = (row for path in (out / "text").glob("part-*.parquet") for row in pq.read_table(path).to_pylist())
    return {row["doc"]: row["text"] for row in rows}


def as_csv(lines: list[tuple[Any, ...]], table: Table) -> str:
    """Rows as a run writes them."""
    cells = [
        [tables.decimal_text(cell) if isinstance(cell, Decimal) else cell for cell in line]
        for line in [table.names, *lines]
    ]
    return tables.csv_text(cells)


def see_that_tables_are_those_of_a_run(out: Path, local: Path, *, but: str = "") -> None:
    """``but`` is a document that the run did not have."""
    for table in TABLES:
        lines = [line for line in lines_in(out, table) if line[0] != but]
        assert lines
        assert as_csv(lines, table) == (local / table.file).read_bytes().decode(), table.name
    made = {doc: (local / "text" / text_name(doc)).read_bytes().decode() for doc in texts_in(out)}
    assert texts_in(out) == made
    assert len(made) == len([path for path in (local / "text").rglob("*") if path.is_file()])


def packed(corpus: Path, folder: Path, *, files: int = 3) -> Path:
    """The documents of a corpus as Parquet, texts as text and the rest as bytes, with what its indexes say."""
    folder.mkdir()
    listed = index(corpus)
    rows = []
    for doc, data in documents_in(corpus).items():
        told = listed.get(doc)
        try:
            text, content = data.decode(), None
        except UnicodeDecodeError:
            text, content = None, data
        rows.append({"doc": doc, "text": text, "content": content, **(told._asdict() if told else {})})
    texts = [(name, pa.string()) for name in ("doc", "text", "published", "title", "url")]
    schema = pa.schema([*texts, ("content", pa.binary())])
    for number in range(files):
        table = pa.Table.from_pylist(rows[number::files], schema=schema)
        pq.write_table(table, folder / f"{number}.parquet")
    return folder


def documents_in(corpus: Path) -> dict[str, bytes]:
    paths = sorted(path for path in corpus.rglob("*") if path.suffix in batch.ENDINGS)
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}


# ---------------------------------------------------------------- the same tables


def test_the_tables_are_those_of_a_run(spark: Any, many: Path, tmp_path: Path) -> None:
    with (many / "stor.txt").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    batch.run([str(many)], out=tmp_path / "local")
    tally = scale.run(spark, str(many), str(tmp_path / "out"), portion=20_000)
    see_that_tables_are_those_of_a_run(tmp_path / "out", tmp_path / "local")
    assert (tally.documents, tally.quarantined, tally.empty) == (132, 2, 1)
    assert [(doc, stage) for doc, stage, _ in tally.named] == [("stor.txt", "read"), ("trasig.pdf", "read")]
    assert tally.portions == tally.examined > 2
    stated = [line[COMMITMENTS.names.index("documents")] for line in lines_in(tmp_path / "out", COMMITMENTS)]
    assert max(stated) > 1


def test_what_hangs_together_is_found_however_the_edges_lie(spark: Any, tmp_path: Path) -> None:
    chance = random.Random(3)
    numbers = chance.sample(range(10_000), 400)
    edges = list(pairwise(numbers[:150])) + [tuple(chance.sample(numbers[150:], 2)) for _ in range(120)]
    expected = by_hand(edges)
    steps = Steps(spark, Folder(spark, str(tmp_path)), carrying.Task(""))
    frame = spark.createDataFrame(chance.sample(edges, len(edges)), written(PAIRS)).repartition(8)
    found = {row["number"]: row["least"] for row in joining.together(frame, steps).toArrow().to_pylist()}
    assert found == {number: root for number, root in expected.items() if number != root}


def by_hand(edges: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """The least number that each hangs together with: sets joined one edge at a time."""
    sets = {number: {number} for edge in edges for number in edge}
    for one, other in edges:
        joined = sets[one] | sets[other]
        sets.update(dict.fromkeys(joined, joined))
    return {number: min(members) for number, members in sets.items()}


# ---------------------------------------------------------------- once more


def test_a_stopped_job_goes_on_where_it_was(spark: Any, many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    source = packed(many, tmp_path / "packed", files=4)

    def stop(done: int, of: int) -> None:
        assert of == 4
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        scale.run(spark, str(source), str(out), portion=1, watch=stop)
    assert not list(out.glob("amounts*"))
    first = scale.run(spark, str(source), str(out), portion=1)
    assert first.portions == 4
    assert first.examined < 4
    before = {path: path.read_bytes() for path in out.rglob("*.parquet")}
    assert scale.run(spark, str(source), str(out)).examined == 0
    assert {path: path.read_bytes() for path in out.rglob("*.parquet")} == before
    shutil.rmtree(many / "notiser" / "2024" / "03")
    shutil.rmtree(source)
    batch.run([str(many)], out=tmp_path / "local")
    changed = scale.run(spark, str(packed(many, source, files=2)), str(out))
    assert (changed.portions, changed.examined) == (1, 1)
    see_that_tables_are_those_of_a_run(out, tmp_path / "local")
    assert len(list((out / "_work" / "examined").glob("[0-9a-f]*"))) == 1


# ---------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "no such file or folder; mend the name"),
        ({"in/bild.png": b"x"}, "no file that ends in .parquet, .md,"),
        ({"in/a.md": b"x", "in/b.parquet": b"x"}, "holds both b.parquet and a.md"),
        ({"in/a.md": b"x", "out/text/x.txt": b"x"}, "holds text, which belopp spark did not write; name another OUT"),
        ({"in/a.md": b"x", "in.json": b"{"}, "the index in.json is no JSON"),
    ],
    ids=["none", "no-document", "both", "taken", "index"],
)
def test_a_wrong_job_is_told_with_its_remedy(spark: Any, tmp_path: Path, files: Mapping[str, bytes], told: str) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    with pytest.raises(scale.WrongJob, match=re.escape(told)):
        scale.run(spark, str(tmp_path / "in"), str(tmp_path / "out"))


def test_the_folder_above_is_found_up_to_the_root(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("5 kronor", encoding="utf-8")
    assert Folder(spark, f"{tmp_path}/a.md").above().path == f"file:{tmp_path}"
    top = Folder(spark, f"/{tmp_path.parts[1]}")
    assert top.above().has(tmp_path.parts[1])
    assert top.above().above().path == top.above().path
    assert not top.above().has("no-such-index.json")


def test_out_must_not_lie_in_the_input(spark: Any, corpus: Path) -> None:
    for out in (corpus, corpus / "tables"):
        with pytest.raises(scale.WrongJob, match="lies in the INPUT"):
            scale.run(spark, str(corpus), str(out))


def test_parquet_of_other_columns_is_told(spark: Any, tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "text": ["3 kronor"]}), tmp_path / "a.parquet")
    with pytest.raises(scale.WrongJob, match=r"a\.parquet has no column doc, but id, text; give each"):
        scale.run(spark, str(tmp_path / "a.parquet"), str(tmp_path / "out"))


def test_documents_of_one_id_are_told(spark: Any, tmp_path: Path) -> None:
    pq.write_table(pa.table({"doc": ["a", "b", "a"], "text": ["3 kronor"] * 3}), tmp_path / "a.parquet")
    with pytest.raises(scale.WrongJob, match="the document a stands in INPUT 2 times"):
        scale.run(spark, str(tmp_path / "a.parquet"), str(tmp_path / "out"))


def test_without_java_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require_spark()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = CliRunner().invoke(cli, ["spark", "a", "b"])
    assert result.exit_code == 2
    assert "needs Java 17 or later" in result.stderr


def test_a_master_that_is_none_is_told() -> None:
    require_spark()
    command = [sys.executable, "-m", "belopp", "spark", "a", "b", "--master", "gopher://127.0.0.1:7077"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "Error: --master gopher://127.0.0.1:7077: " in result.stderr
    assert "; see that the master's address is right" in result.stderr
    assert "Traceback" not in result.stderr


# ---------------------------------------------------------------- a cluster


def test_a_cluster_that_loses_a_machine_gives_the_same_tables(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_spark()
    monkeypatch.setenv("JDK_JAVA_OPTIONS", JAVA)
    local, out, source = tmp_path / "local", tmp_path / "out", tmp_path / "packed"
    batch.run([str(many)], out=local)
    (many / "dodande.md").write_text(DEADLY, encoding="utf-8")
    packed(many, source, files=6)
    (tmp_path / "logs").mkdir()
    cluster = Cluster(tmp_path / "logs", workers=2)
    try:
        command = [sys.executable, "-m", "belopp", "spark", str(source), str(out), "--master", cluster.address,
                   "--portion", "0.001", "--conf", f"spark.executorEnv.PYTHONPATH={python_path(tmp_path)}",
                   "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.ui.enabled=false"]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as job:
            assert job.stderr
            said = list(takewhile(lambda line: " portions" not in line, job.stderr))
            assert [cluster.has_executor(worker) for worker in cluster.workers] == [True, True], said
            assert not (out / "run.json").exists()
            cluster.kill(cluster.workers[1])
            told, errors = job.communicate(timeout=10 * 60)
        assert job.returncode == 1, errors
        assert "6 portions read, 0 unchanged" in told
        assert "quarantined: dodande.md: read: the process that read it died" in errors
        see_that_tables_are_those_of_a_run(out, local, but="dodande.md")
        assert "Removing worker" in cluster.log(0)
        again = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (again.returncode, "0 portions read, 6 unchanged" in again.stdout) == (1, True), again.stderr
    finally:
        cluster.stop()
