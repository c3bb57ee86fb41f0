"""Beyond one machine: the tables of a Spark job are those of a run, whatever befalls the machines it runs on."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import venv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
from belopp.read import ENDINGS, index
from belopp.scale import carrying, hadoop, joining
from belopp.scale.claiming import claimed, claims
from belopp.scale.hadoop import Folder
from belopp.scale.keeping import Kept
from belopp.scale.session import told
from belopp.scale.shapes import PAIRS, written
from belopp.scale.steps import Steps
from belopp.tables import COMMITMENTS, TABLES, Table
from belopp.tables.writing import text_name

if TYPE_CHECKING:
    from tests import making
    from tests.conftest import ROOT, missing, require_program
    from tests.standalone import Cluster
else:
    import making
    from conftest import ROOT, missing, require_program
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
# Some documents are larger than a batch may be.
SETTINGS: Final = {
    "spark.sql.shuffle.partitions": "3", "spark.driver.memory": "1g",
    "spark.sql.execution.arrow.maxBytesPerBatch": "500",
}  # fmt: skip
# A file system that is no disk's, over the tests' own folder: viewfs://tests/FOLDER/...
VIEWED: Final = "spark.hadoop.fs.viewfs.mounttable.tests.link."
# Short jobs: what Java would spend on being fast later is spent for nothing.
JAVA: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
PLACES: Final = ("Kiruna", "Ystad", "Borås", "Falun", "Visby", "Umeå", "Örebro", "Växjö")
ACTORS: Final = ("Kulturrådet", "Skolverket", "Naturvårdsverket", "Trafikverket", "Socialstyrelsen")
AREAS: Final = ("bättre läsning i skolan", "renare vatten i Östersjön", "tryggare vägar", "fler bibliotek")


def require_spark() -> None:
    if find_spec("pyspark") is None:
        missing("pyspark is not installed: pip install 'belopp[spark]'")
    require_program("java")


def bare_python(folder: Path) -> Path:
    """A Python that has this one's libraries, but no belopp."""
    venv.create(folder)
    (own,) = folder.glob("lib/python*/site-packages")
    # What the .pth files of a folder that is added so would add in their turn, is not: belopp, installed as it is here.
    (own / "libraries.pth").write_text("\n".join(path for path in sys.path if path.endswith("-packages")))
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session of two threads, on whose executors belopp is not installed."""
    require_spark()
    base, python = tmp_path_factory.getbasetemp(), bare_python(tmp_path_factory.mktemp("python"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", JAVA)
        patch.delenv("PYTHONPATH", raising=False)
        session = scale.begin("local[2]", {**SETTINGS, f"{VIEWED}/tests": base.as_uri()}, python=str(python))
    yield session
    session.stop()


@pytest.fixture
def viewed(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The test's folder on the other file system."""
    return f"viewfs://tests/tests/{tmp_path.relative_to(tmp_path_factory.getbasetemp())}"


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
    paths = sorted(path for path in corpus.rglob("*") if path.suffix in ENDINGS)
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}


# ---------------------------------------------------------------- the same tables


def test_the_tables_are_those_of_a_run(spark: Any, many: Path, tmp_path: Path, viewed: str) -> None:
    with (many / "stor.txt").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (many / "noll å.md").touch()
    out = tmp_path / "ut [1] {ö} 5 %"
    batch.run([str(many)], out=tmp_path / "local")
    tally = scale.run(spark, f"{viewed}/{many.name}", f"{viewed}/{out.name}", portion=20_000)
    see_that_tables_are_those_of_a_run(out, tmp_path / "local")
    assert (tally.documents, tally.quarantined, tally.empty) == (133, 2, 2)
    assert [(doc, stage) for doc, stage, _ in tally.named] == [("stor.txt", "read"), ("trasig.pdf", "read")]
    assert tally.portions == tally.examined > 2
    stated = [line[COMMITMENTS.names.index("documents")] for line in lines_in(out, COMMITMENTS)]
    assert max(stated) > 1


def test_a_job_by_the_belopp_that_the_executors_have(
    spark: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Built and installed as a wheel for a Python of theirs, which finds no other."""
    out, command = tmp_path / "out", ["spark", str(corpus), str(tmp_path / "out"), "--installed", "--quiet"]
    monkeypatch.setattr(scale, "session", lambda *_, **__: told_by(spark))
    without = CliRunner().invoke(cli, command)
    assert without.exit_code == 2
    assert "ModuleNotFoundError: No module named 'belopp' on an executor; install belopp's" in without.stderr
    assert not claims(Folder(spark, str(out)))
    python = bare_python(tmp_path / "python")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(next(python.parents[1].glob("lib/python*/site-packages")))
    monkeypatch.setattr(spark.sparkContext, "pythonExec", str(python))
    (rule,) = python.parents[1].glob("lib/python*/site-packages/belopp/rules/areas.csv")
    rows = rule.read_bytes()
    rule.write_bytes(rows + b"\n")
    other = CliRunner().invoke(cli, command)
    assert other.exit_code == 2
    assert (
        "/belopp/rules: other rules on an executor than where the job was started; give both the same" in other.stderr
    )
    rule.write_bytes(rows)
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    batch.run([str(corpus)], out=tmp_path / "local")
    see_that_tables_are_those_of_a_run(out, tmp_path / "local")


@contextmanager
def told_by(spark: Any) -> Iterator[Any]:
    """The tests' session as the command's own."""
    with told("the job failed"):
        yield spark


@pytest.mark.parametrize("few", [0, 1_000], ids=["many-tasks", "one-task"])
def test_what_hangs_together_is_found_however_the_edges_lie(spark: Any, tmp_path: Path, few: int) -> None:
    chance = random.Random(3)
    numbers = chance.sample(range(10_000), 400)
    edges = list(pairwise(numbers[:150])) + [tuple(chance.sample(numbers[150:], 2)) for _ in range(120)]
    expected = by_hand(edges)
    steps = Steps(spark, Folder(spark, str(tmp_path)), carrying.Task(carrying.send(spark, None)))
    frame = spark.createDataFrame(chance.sample(edges, len(edges)), written(PAIRS)).repartition(8)
    found = {row["number"]: row["least"] for row in joining.together(frame, steps, few=few).toArrow().to_pylist()}
    assert found == {number: root for number, root in expected.items() if number != root}


def by_hand(edges: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """The least number that each hangs together with: sets joined one edge at a time."""
    sets = {number: {number} for edge in edges for number in edge}
    for one, other in edges:
        joined = sets[one] | sets[other]
        sets.update(dict.fromkeys(joined, joined))
    return {number: min(members) for number, members in sets.items()}


# ---------------------------------------------------------------- once more


def test_a_stopped_job_goes_on_where_it_was(
    spark: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    source = packed(many, tmp_path / "packed", files=4)
    refusals: list[str] = []

    def stop(done: int, of: int) -> None:
        if not refusals:
            with pytest.raises(scale.WrongJob) as refused:
                scale.run(spark, str(many), str(out))
            refusals.append(str(refused.value))
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        scale.run(spark, str(source), str(out), portion=1, watch=stop)
    (refusal,) = refusals
    assert re.search(
        r"out/_job-\w{8}: another job writes there, begun less than a minute ago: .+, process \d+", refusal
    )
    assert not list(out.glob("amounts*"))
    monkeypatch.setattr(Folder, "move", half_of_it)
    with pytest.raises(OSError, match="the power went"):
        scale.run(spark, str(source), str(out), portion=1)
    monkeypatch.undo()
    assert not list(out.glob("_job-*"))
    first = scale.run(spark, str(source), str(out), portion=1)
    assert (first.portions, first.examined) == (4, 0)
    batch.run([str(many)], out=tmp_path / "local")
    see_that_tables_are_those_of_a_run(out, tmp_path / "local")
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


def half_of_it(home: Folder, name: str, to: str) -> None:
    """A move that is no rename, but copies and removes, and ends midway."""
    here = Path(home.path.removeprefix("file:"))
    (here / to).mkdir()
    for path in sorted((here / name).glob("part-*"))[:1]:
        path.rename(here / to / path.name)
    raise OSError("the power went")


def test_what_is_lost_or_cut_short_is_made_again(spark: Any, corpus: Path, tmp_path: Path) -> None:
    """A table that somebody removed; files at which a job was ended: some file systems show them empty until closed."""
    out = tmp_path / "out"
    batch.run([str(corpus)], out=tmp_path / "local")
    scale.run(spark, str(corpus), str(out))
    (mark,) = (out / "_work" / "examined" / "_done").glob("[0-9a-f]*")
    for again, empty in ((0, out / "run.json"), (1, mark)):
        shutil.rmtree(out / "checks")
        assert scale.run(spark, str(corpus), str(out)).examined == 0
        see_that_tables_are_those_of_a_run(out, tmp_path / "local")
        empty.write_bytes(b"")
        (empty.parent / f".{empty.name}.crc").unlink()
        assert scale.run(spark, str(corpus), str(out)).examined == again
        see_that_tables_are_those_of_a_run(out, tmp_path / "local")
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]["documents"] > 1


@pytest.fixture
def underlined(tmp_path: Path) -> Path:
    """Documents whose names, or folders' names, begin with ``_``, and others."""
    names = ("a_.md", "_b.md", "_c/d.md", "e/_f/g.md", "e/h.md", "e/.i/_j.md", "._k.md", "_SUCCESS", "_l/m.parquet")
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(
            "Regeringen avsätter 3 miljoner kronor 2024, varav 1 miljon kronor till Skolverket och 2 miljoner kronor"
            " till Boverket.",
            encoding="utf-8",
        )
    (tmp_path / "in" / "_tom.txt").touch()
    return tmp_path / "in"


def test_a_name_that_begins_with_a_line_is_as_any_other(
    spark: Any, tmp_path: Path, viewed: str, underlined: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert batch.run([str(underlined)], out=tmp_path / "local").documents == 6
    for given, out in ((str(underlined), f"{tmp_path}/out"), (f"{viewed}/in", f"{viewed}/seen")):
        if given.startswith("viewfs:"):  # there one listing is enough
            monkeypatch.setattr(hadoop.Folder, "every_name", None)
        assert scale.run(spark, given, out).passed_over == ()
        see_that_tables_are_those_of_a_run(tmp_path / Path(out).name, tmp_path / "local")
    alone = scale.run(spark, str(underlined / "_b.md"), f"{tmp_path}/alone")
    assert (alone.documents, alone.sums) == (1, 3)


def test_documents_that_an_older_spark_does_not_list_are_told(
    spark: Any, tmp_path: Path, viewed: str, underlined: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = batch.run([str(underlined)], out=tmp_path / "local")
    monkeypatch.setattr(hadoop, "HIDDEN", ("ignoredPathSegmentRegex", "^[._]"))
    monkeypatch.setattr(hadoop, "ASKS", (99, 0))
    for given, out in ((str(underlined), f"{tmp_path}/out"), (f"{viewed}/in", f"{viewed}/seen")):
        tally = scale.run(spark, given, out)
        assert tally.passed_over == ("_b.md", "_c/d.md", "_tom.txt", "e/_f/g.md")
        assert tally.documents + len(tally.passed_over) == local.documents
        about = json.loads((tmp_path / Path(out).name / "run.json").read_text(encoding="utf-8"))
        assert about["counts"]["passed_over"] == 4
    (tmp_path / "one").mkdir()
    (underlined / "_b.md").rename(tmp_path / "one" / "_b.md")
    with pytest.raises(scale.WrongJob, match=r"but _b\.md, which Spark passes over for its _; mend the INPUT"):
        scale.run(spark, f"{tmp_path}/one", f"{tmp_path}/none")


def test_a_pipe_is_no_document_of_a_job(spark: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(scale.WrongJob, match=r"a\.md: is a pipe and no file; save what comes through it as a file"):
        scale.run(spark, str(tmp_path), str(tmp_path.parent / "out"))


def test_parquet_is_known_by_any_letters(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.parquet", "B.PARQUET"):
        pq.write_table(pa.table({"doc": [name], "text": ["Det kostar 3 miljoner kronor."]}), tmp_path / "in" / name)
    assert scale.run(spark, str(tmp_path / "in"), str(tmp_path / "out")).sums == 2


def test_what_is_removed_by_half_is_not_taken_for_the_whole(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(Folder(spark, str(tmp_path)))
    for name in ("one", "two"):
        kept.folder.write(f"{name}/part", "row")
        kept.mark(name, "why")
    assert (kept.marked(), kept.says("one")) == (["one", "two"], "why")
    honest = Folder.remove

    def remove(folder: Folder, name: str = "") -> None:
        honest(folder, name)
        if not name.startswith("_done"):
            raise OSError("the power went")

    monkeypatch.setattr(Folder, "remove", remove)
    with pytest.raises(OSError, match="the power went"):
        kept.forget({"two"})
    assert kept.marked() == ["two"]
    with pytest.raises(OSError, match="the power went"):
        kept.remove()
    assert kept.marked() == []


# ---------------------------------------------------------------- one job at a time


def test_of_jobs_that_begin_at_once_one_goes_on_at_most(spark: Any, tmp_path: Path) -> None:
    home = Folder(spark, str(tmp_path))
    inside: list[int] = []
    most: list[int] = []
    refused: list[str] = []
    barrier = threading.Barrier(6)

    def begin(number: int) -> None:
        for _ in range(5):
            barrier.wait(60)
            try:
                with claimed(home, spark):
                    inside.append(number)
                    most.append(len(inside))
                    time.sleep(0.02)
                    inside.remove(number)
            except scale.WrongJob as error:
                refused.append(str(error))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(6)))
    assert len(most) + len(refused) == 30
    assert set(most) <= {1}
    assert claims(home) == []


def test_the_claim_of_a_job_that_was_killed_is_lifted_by_its_name(spark: Any, corpus: Path, tmp_path: Path) -> None:
    home = Folder(spark, str(tmp_path / "out"))
    home.write("_job-0badc0de", "anna on kiruna,\x1b[2J process 7, since 2024-03-01 10:00+00:00")
    long_ago = time.time() - 3 * 3600 - 60
    os.utime(tmp_path / "out" / "_job-0badc0de", (long_ago, long_ago))
    told = (
        f"file:{tmp_path}/out/_job-0badc0de: another job writes there, begun 3 hours ago: anna on kiruna,\\u001b[2J"
        " process 7, since 2024-03-01 10:00+00:00; wait until it has ended or name another OUT, and if it was killed,"
        " lift its claim with --lift 0badc0de"
    )
    for lift in ("", "0badc0de0", "../out", "ffffffff"):
        with pytest.raises(scale.WrongJob, match=re.escape(told)):
            scale.run(spark, str(corpus), str(tmp_path / "out"), lift=lift)
    with claimed(home, spark, lift="0badc0de"):
        assert claims(home) != ["0badc0de"]
        assert len(claims(home)) == 1
    assert home.names() == []


# ---------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "no such file or folder; mend the name"),
        ({"in/bild.png": b"x"}, "no file that ends in .parquet, .md,"),
        ({"in/a.md": b"x", "in/b.parquet": b"x"}, "holds both b.parquet and a.md"),
        ({"in/a.md": b"x", "out/text/x.txt": b"x"}, "holds text, which belopp spark did not write; name another OUT"),
        ({"in/a.md": b"x", "in.json": b"{"}, "the index in.json is no JSON"),
        ({"in/.b.md": b"x", "in/_c/d.parquet": b"x"}, ".csv; mend the INPUT"),
        ({"in/kl 9:15/a.md": b"x", "in/kl 10:30.md": b"x"}, "in/kl 10:30.md: Hadoop reads no file with a colon"),
        ({"in/a.md": b"x", "in/tal/l\udce5t.md": b"x"}, "in/tal/l\\xe5t.md: Java reads no file of this name"),
        ({"in/a.parquet": b""}, "in/a.parquet: is empty, and no Parquet; write it anew or remove it"),
    ],
    ids=["none", "no-document", "both", "taken", "index", "hidden", "colon", "name", "no-parquet"],
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


def test_the_input_must_not_lie_where_the_job_writes(spark: Any, corpus: Path) -> None:
    for name in ("text", "_work"):
        (corpus / name).mkdir()
        (corpus / name / "a.md").write_text("5 kronor", encoding="utf-8")
        with pytest.raises(scale.WrongJob, match=f"/{name}: lies in {name}, which the job writes anew; name another"):
            scale.run(spark, str(corpus / name), str(corpus))


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
    finally:
        cluster.stop()
