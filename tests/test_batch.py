"""The batch: what is read, what is left alone, what is quarantined, and that the tables are whole and the same."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from belopp import Document, batch, tables
from belopp.batch import Busy, Outcome, Publication, WrongInput, examining, gather, shielding, working
from belopp.batch.choosing import first_day, last_day
from belopp.batch.entries import Entry
from belopp.batch.examining import Task
from belopp.batch.memory import Memory
from belopp.read import parse as read_parse
from belopp.tables import AMOUNTS, DOCUMENTS, TABLES

TABLE_FILES = [*(table.file for table in TABLES), "amounts.parquet", "datapackage.json"]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLE_FILES}


def documents(folder: Path) -> dict[str, dict[str, str]]:
    return {line["doc"]: line for line in tables.read_csv(folder / DOCUMENTS.file)}


def amounts(folder: Path) -> list[dict[str, str]]:
    return list(tables.read_csv(folder / AMOUNTS.file))


def run(corpus: Path | str, out: Path, **options: object) -> Outcome:
    return batch.run([str(corpus)], out=out, **options)  # type: ignore[arg-type]


def age(folder: Path) -> None:
    """Let the files be older than the clock's tick, as they are in life; the stamp's ctime cannot be set."""
    time.sleep(0.02)


@pytest.fixture(autouse=True)
def _no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("belopp.batch.memory.TICK_NS", 0)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# ---------------------------------------------------------------- what a run writes


def test_a_run_writes_every_document_and_every_sum(corpus: Path, out: Path) -> None:
    outcome = run(corpus, out)
    found = documents(out)
    assert list(found) == ["pressmeddelanden/2024/09/stod.md", "skr/avtal.txt", "tom.md", "utan.md"]
    assert [line["status"] for line in found.values()] == ["ok", "ok", "empty", "ok"]
    assert [line["sums"] for line in found.values()] == ["2", "3", "0", "0"]
    assert [line["low"] for line in amounts(out)] == ["30000000", "10000000", "50000000", "20000000", "30000000"]
    assert (outcome.documents, outcome.with_sums, outcome.sums, outcome.empty) == (4, 2, 5, 1)
    assert found["skr/avtal.txt"]["published"] == "2022-03-07"
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert told["counts"]["sums"] == 5
    assert len(told["rules"]) == 64


def test_rows_text_stands_at_its_offsets(corpus: Path, out: Path) -> None:
    run(corpus, out)
    assert len(amounts(out)) == 5
    for row in amounts(out):
        text = (corpus / row["doc"]).read_text(encoding="utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        assert row["text"] in row["sentence"]


def test_an_index_beside_a_folder_is_metadata(corpus: Path, out: Path) -> None:
    entry = {"title": "Kiruna", "url": "/utan/", "published": "2023-05-01"}
    (corpus / "alla.json").write_text(json.dumps([entry]), encoding="utf-8")
    run(corpus, out)
    line = documents(out)["utan.md"]
    assert (line["published"], line["title"], line["url"]) == ("2023-05-01", "Kiruna", "/utan/")


# ---------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("options", [{"workers": 2}, {"force": True}, {"inputs": 2}], ids=str)
def test_the_same_bytes_whatever_the_way(
    corpus: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, int]
) -> None:
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 1)
    run(corpus, out)
    before = contents(out)
    if options.pop("inputs", None):
        inputs = [str(corpus / "utan.md"), str(corpus / "tom.md"), f"{corpus}/*/**/*.md", f"{corpus}/*/*.txt"]
        batch.run(inputs[::-1], out=tmp_path / "other")
    else:
        run(corpus, tmp_path / "other", **options)
        run(corpus, out, **options)
        assert contents(out) == before
    assert contents(tmp_path / "other") == before


def test_the_same_bytes_in_any_locale_and_with_any_hash_seed(corpus: Path, tmp_path: Path) -> None:
    found = []
    for number, locale in enumerate(["C", "C.UTF-8", "sv_SE.UTF-8"]):
        env = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": str(number), "PYTHONUTF8": "0"}
        command = [sys.executable, "-m", "belopp", "run", str(corpus), "--out", str(tmp_path / str(number))]
        subprocess.run(command, env=env, check=True, capture_output=True)
        found.append(contents(tmp_path / str(number)))
    assert found[0] == found[1] == found[2]


# ---------------------------------------------------------------- only what is new


def test_an_unchanged_document_is_not_read_again(corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(corpus, out)
    before = contents(out)
    age(corpus)

    def never(path: str, *, size: int = -1) -> bytes:
        raise AssertionError(f"{path} of {size} bytes was read")

    monkeypatch.setattr(examining, "source_bytes", never)
    monkeypatch.setattr(working, "read_bytes", never)
    outcome = run(corpus, out)
    assert (outcome.read, outcome.unchanged) == (0, 4)
    assert contents(out) == before


def test_a_changed_document_is_read_again(corpus: Path, out: Path) -> None:
    run(corpus, out)
    path = corpus / "utan.md"
    path.write_text("# Ett besök\n\nBesöket kostade 4 000 kronor.\n", encoding="utf-8")
    outcome = run(corpus, out)
    assert (outcome.read, outcome.unchanged) == (1, 3)
    assert "4000" in [row["low"] for row in amounts(out)]


def test_a_change_that_keeps_size_and_time_is_found(corpus: Path, out: Path) -> None:
    run(corpus, out)
    path = corpus / "pressmeddelanden/2024/09/stod.md"
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("30", "31"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    run(corpus, out)
    assert amounts(out)[0]["low"] == "31000000"


def test_a_file_touched_but_the_same_keeps_its_record(corpus: Path, out: Path) -> None:
    run(corpus, out)
    age(corpus)
    (corpus / "utan.md").touch()
    assert run(corpus, out).read == 0


def test_a_changed_index_makes_its_documents_new(corpus: Path, out: Path) -> None:
    run(corpus, out)
    entry = {"title": "Kiruna", "url": "/utan/", "published": "2023-05-01"}
    (corpus / "alla.json").write_text(json.dumps([entry]), encoding="utf-8")
    assert run(corpus, out).read == 1
    assert documents(out)["utan.md"]["title"] == "Kiruna"


@pytest.mark.parametrize("what", ["rules", "code", "version"])
def test_other_rules_code_or_version_read_everything(
    corpus: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from belopp import rulebook

    run(corpus, out)
    options = {}
    if what == "rules":
        shutil.copytree(rulebook.rules_folder(), tmp_path / "rules")
        with (tmp_path / "rules" / "actors.csv").open("a", encoding="utf-8") as file:
            file.write("Exempelverket,agency,\n")
        options["rules"] = tmp_path / "rules"
    elif what == "code":
        monkeypatch.setattr("belopp.batch.editions.code_digest", lambda: "other")
    else:
        monkeypatch.setattr("belopp.batch.editions.__version__", "99")
    assert run(corpus, out, **options).read == 4


def test_force_reads_everything(corpus: Path, out: Path) -> None:
    run(corpus, out)
    assert run(corpus, out, force=True).read == 4


def test_a_document_that_is_gone_is_gone_from_the_tables(corpus: Path, out: Path) -> None:
    run(corpus, out)
    (corpus / "skr/avtal.txt").unlink()
    run(corpus, out)
    assert "skr/avtal.txt" not in documents(out)
    assert not [row for row in amounts(out) if row["doc"] == "skr/avtal.txt"]


def test_a_spoilt_memory_is_begun_anew(corpus: Path, out: Path) -> None:
    run(corpus, out)
    before = contents(out)
    (out / ".memory.sqlite").write_bytes(b"not a database" * 100)
    assert run(corpus, out).read == 4
    assert contents(out) == before


# ---------------------------------------------------------------- INPUTs


def test_hidden_files_other_endings_and_the_out_folder_are_passed_over(corpus: Path) -> None:
    (corpus / ".git").mkdir()
    for name in (".git/a.md", ".b.md", "bild.png", "meta.json", "out/c.md"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_text("[]", encoding="utf-8")
    found = [publication.doc for publication in gather([str(corpus)], leave_out=corpus / "out")]
    assert found == ["pressmeddelanden/2024/09/stod.md", "skr/avtal.txt", "tom.md", "utan.md"]


@pytest.mark.parametrize(
    ("inputs", "docs"),
    [
        (["utan.md"], ["utan.md"]),
        (["skr/avtal.txt", "tom.md"], ["avtal.txt", "tom.md"]),
        (["*.md"], ["tom.md", "utan.md"]),
        (["**/*.md"], ["pressmeddelanden/2024/09/stod.md", "tom.md", "utan.md"]),
        (["press*/2024"], None),
        (["skr", "pressmeddelanden"], ["2024/09/stod.md", "avtal.txt"]),
        (["-"], ["stdin"]),
    ],
    ids=str,
)
def test_the_id_is_the_path_under_its_input(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, inputs: list[str], docs: list[str] | None
) -> None:
    monkeypatch.chdir(corpus)
    if docs is None:
        with pytest.raises(WrongInput, match="matches no file"):
            gather(inputs)
    else:
        assert [publication.doc for publication in gather(inputs)] == docs


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (["borta"], "borta: no such file or folder"),
        (["*.xyz"], "matches no file"),
        (["bild.png"], "belopp reads .md"),
        (["a", "a"], "a: this INPUT is given twice; give it once"),
        (["a", "b"], "a and b both give the document x.md"),
        (["a", "a/x.md"], "a and a/x.md both give the document x.md"),
        (["broken"], "mend the index"),
    ],
    ids=str,
)
def test_wrong_inputs_are_told_with_their_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inputs: list[str], told: str
) -> None:
    for name in ("a/x.md", "b/x.md", "bild.png", "broken/i.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongInput, match="^.*" + told.replace(".", r"\.")):
        gather(inputs)


def test_a_file_name_that_is_no_utf8_gets_a_printable_id(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.md")).write_text("Det kostar 5 kronor.", encoding="utf-8")
    run(folder, out)
    assert [row["doc"] for row in amounts(out)] == ["b\\xff.md"]


def test_two_stars_follow_no_link_back_up(corpus: Path) -> None:
    before = [publication.doc for publication in gather([f"{corpus}/**/*.md"])]
    (corpus / "skr" / "upp").symlink_to(corpus, target_is_directory=True)
    (corpus / "pressmeddelanden" / "upp").symlink_to(corpus, target_is_directory=True)
    assert [publication.doc for publication in gather([f"{corpus}/**/*.md"])] == before
    assert [publication.doc for publication in gather([f"{corpus}/**"])] == [*before[:1], "skr/avtal.txt", *before[1:]]
    assert [publication.doc for publication in gather([f"{corpus}/skr/upp/u*.md"])] == ["utan.md"]


def deny(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder be one that this user may not list (the superuser may list all)."""
    honest = os.scandir

    def scandir(path: str) -> object:
        if str(path) == str(folder):
            raise PermissionError(13, "Permission denied", path)
        return honest(path)

    monkeypatch.setattr("belopp.batch.gathering.os.scandir", scandir)


@pytest.mark.parametrize("pattern", ["", "/**/*.*"])
def test_a_folder_that_cannot_be_listed_stops_nothing(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    deny(monkeypatch, corpus / "skr")
    outcome = run(f"{corpus}{pattern}", out)
    assert outcome.quarantined == [("skr", "list", "Permission denied; make the folder readable")]
    assert list(documents(out)) == ["pressmeddelanden/2024/09/stod.md", "skr", "tom.md", "utan.md"]
    assert tables.faults(tables.read_frame(out, DOCUMENTS), DOCUMENTS) == []


def test_an_input_that_cannot_be_listed_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deny(monkeypatch, corpus)
    with pytest.raises(WrongInput, match="Permission denied; make the folder readable"):
        gather([str(corpus)])


@pytest.mark.parametrize("deny_it", [False, True])
def test_inputs_that_hold_nothing_empty_no_tables(
    corpus: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deny_it: bool
) -> None:
    empty = tmp_path / "tom"
    (empty / "inne").mkdir(parents=True)
    assert run(empty, out).documents == 0
    assert run(empty, out).documents == 0  # nothing was there to lose
    run(corpus, out)
    before = contents(out)
    if deny_it:
        deny(monkeypatch, empty / "inne")
    with pytest.raises(WrongInput, match=r"so the tables in .* are kept; mend the INPUT"):
        run(empty, out)
    assert contents(out) == before


@pytest.mark.parametrize("name", ["amounts.csv", "text/brev.txt", "run.json", "datapackage.json"])
def test_what_no_run_wrote_is_not_written_over(corpus: Path, out: Path, name: str) -> None:
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("{}", encoding="utf-8")  # somebody's gold, letters or package
    with pytest.raises(WrongInput, match=rf"holds {name.split('/')[0]}, which belopp run did not write; move it away"):
        run(corpus, out)
    assert (out / name).read_text(encoding="utf-8") == "{}"
    assert [path for path in out.rglob("*") if path.is_file()] == [out / name]


@pytest.mark.parametrize("forgotten", [False, True])
def test_what_somebody_put_among_the_texts_is_not_removed(tmp_path: Path, forgotten: bool) -> None:
    folder, out = tmp_path / "in", tmp_path / "run"
    (folder / "a").mkdir(parents=True)
    for name in ("a.html", "a/b.html", "a.html.txt"):
        (folder / name).write_text("<html><body><p>Det kostar 5 kronor.</p></body></html>", encoding="utf-8")
    (folder / f"{'x' * 249}.md").write_text("<html><body><p>Inget.</p></body></html>", encoding="utf-8")
    run(folder, out)
    (folder / "a.html").unlink()  # the text of a document that is gone is the run's own none the less
    run(folder, out)
    notes = out / "text" / "a" / "notes.txt"
    notes.write_text("Ring henne.", encoding="utf-8")
    if forgotten:
        (out / ".memory.sqlite").unlink()
    before = contents(out)
    with pytest.raises(WrongInput, match=r"holds text/a/notes\.txt, which belopp run did not write; move it away"):
        run(folder, out)
    assert contents(out) == before
    notes.rename(out / "notes.txt")
    run(folder, out)
    assert (out / "notes.txt").read_text(encoding="utf-8") == "Ring henne."


def test_a_file_called_as_the_texts_are_is_not_written_over(corpus: Path, out: Path) -> None:
    run(corpus, out)
    shutil.rmtree(out / "text", ignore_errors=True)
    (out / "text").write_text("Ring henne.", encoding="utf-8")
    with pytest.raises(WrongInput, match="holds text, which belopp run did not write; move it away"):
        run(corpus, out)
    assert (out / "text").read_text(encoding="utf-8") == "Ring henne."


def test_a_run_of_which_the_memory_was_removed_is_written_anew(corpus: Path, out: Path) -> None:
    run(corpus, out)
    (out / ".memory.sqlite").unlink()
    assert run(corpus, out).read == 4


def test_a_text_whose_place_would_be_too_deep_for_the_system_is_kept_by_its_digest(tmp_path: Path, out: Path) -> None:
    doc = "/".join(["m" * 200] * 30) + "/a.html"
    archive = tmp_path / "djup.tar"
    page = b"<main><p>Vi ger 3 miljoner kronor.</p></main>"
    with tarfile.open(archive, "w") as tar:
        member = tarfile.TarInfo(doc)
        member.size = len(page)
        tar.addfile(member, io.BytesIO(page))
    assert run(archive, out).quarantined == []
    assert [line["doc"] for line in amounts(out)] == [doc]
    assert [path.read_text(encoding="utf-8") for path in (out / "text").iterdir()] == ["Vi ger 3 miljoner kronor.\n"]


# ---------------------------------------------------------------- --since


@pytest.mark.parametrize(
    ("since", "docs"),
    [
        ("2022-03-07", ["pressmeddelanden/2024/09/stod.md", "skr/avtal.txt"]),
        ("2022-03-08", ["pressmeddelanden/2024/09/stod.md"]),
        ("2024-09", ["pressmeddelanden/2024/09/stod.md"]),
        ("2024-09-30", ["pressmeddelanden/2024/09/stod.md"]),  # its day is not known: it may be the 30th
        ("2024-10", []),
        ("2025", []),
    ],
)
def test_since_gives_the_tables_of_a_full_run_over_what_is_left(
    corpus: Path, out: Path, tmp_path: Path, since: str, docs: list[str]
) -> None:
    outcome = run(corpus, out, since=since)
    assert list(documents(out)) == docs
    assert (outcome.earlier, outcome.undated) == (2 - len(docs), 2)
    for doc in [publication.doc for publication in gather([str(corpus)])]:
        if doc not in docs:
            (corpus / doc).unlink()
    run(corpus, tmp_path / "full")
    assert contents(out) == contents(tmp_path / "full")


@pytest.mark.parametrize("since", ["igår", "2024-9", "2024-13", "2024-02-30", "24", "2024-09-17T00:00"])
def test_since_must_be_a_date(since: str) -> None:
    with pytest.raises(WrongInput, match="--since"):
        first_day(since)


@pytest.mark.parametrize("published", ["2024", "2024-09", "2024-09-17"])
def test_a_date_is_since_itself(published: str) -> None:
    assert first_day(published) <= last_day(published)


# ---------------------------------------------------------------- quarantine


@pytest.mark.parametrize(
    ("where", "stage"),
    [
        ("belopp.read.lay_out", "read"),
        ("belopp.find.gate.has_money", "find"),
        ("belopp.purpose.describe", "describe"),
        ("belopp.area.describe", "describe"),
        ("belopp.links.link", "link"),
        ("belopp.tables.cells.sentence_of", "write"),
    ],
)
def test_an_exception_quarantines_with_its_stage(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, where: str, stage: str
) -> None:
    break_down(monkeypatch, where)
    outcome = run(corpus / "skr", out)
    ((doc, told, reason),) = outcome.quarantined
    assert (doc, told) == ("avtal.txt", stage)
    assert reason == "ZeroDivisionError: division by zero; the fault is belopp's: report it with the document"
    line = documents(out)["avtal.txt"]
    assert (line["status"], line["stage"], line["sums"]) == ("quarantined", stage, "")
    assert tables.faults(tables.read_frame(out, DOCUMENTS), DOCUMENTS) == []


def break_down(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Put a function of the same module that divides by zero in the place of one of ours, wherever it is known."""
    module, _, name = where.rpartition(".")
    function = getattr(sys.modules[module], name)
    scope: dict[str, object] = {"__name__": module}
    exec("def broken(*args, **kwargs): 1 / 0", scope)
    for other in [vars(known) for key, known in sys.modules.items() if key.startswith("belopp")]:
        for key in [key for key, value in other.items() if value is function]:
            monkeypatch.setitem(other, key, scope["broken"])


def test_one_bad_document_leaves_the_others_as_they_are(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, out)
    healthy = [row for row in amounts(out) if row["doc"] == "skr/avtal.txt"]

    def parse(data: bytes, *, id: str, **options: str) -> Document:
        if id.endswith("stod.md"):
            raise RecursionError("too deep")
        return read_parse(data, id=id, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shielding, "parse", parse)
    outcome = run(corpus, out, force=True)
    assert [doc for doc, _, _ in outcome.quarantined] == ["pressmeddelanden/2024/09/stod.md"]
    assert amounts(out) == healthy


def test_bytes_that_are_no_text_are_quarantined_and_tried_again(corpus: Path, out: Path) -> None:
    path = corpus / "arkiv.md"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
    outcome = run(corpus, out)
    assert [(doc, stage) for doc, stage, _ in outcome.quarantined] == [("arkiv.md", "read")]
    assert run(corpus, out).read == 1
    assert len(documents(out)["arkiv.md"]["sha256"]) == 64


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pipe_in_a_folder_is_quarantined_and_never_opened(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(130):
        (folder / f"{number}.md").write_text("Inget.", encoding="utf-8")
    os.mkfifo(folder / "rör.md")
    os.mkfifo(folder / "rör.csv")
    for inputs in (str(folder), f"{folder}/*"):
        found = batch.run([inputs], out=tmp_path / "run", workers=workers)
        assert (found.documents, found.sums) == (132, 0)
        assert [(doc, stage) for doc, stage, _ in found.quarantined] == [("rör.csv", "read"), ("rör.md", "read")]
        assert all("is a pipe and no file; save" in reason for *_, reason in found.quarantined)


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("2024-02-31", "2024-02"),
        ("2024-99-99", ""),
        ("0000-00-00", ""),
        ("\u00b2024-01-01", ""),
        ("\uff12024-05-06", ""),
        ("9999-12-31", ""),
    ],
)
def test_a_day_that_is_none_harms_no_document(tmp_path: Path, out: Path, told: str, published: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("Staten ger 5 miljoner kronor i år och 6 nästa år.", encoding="utf-8")
    (folder / "manifest.jsonl").write_text(
        json.dumps({"role": "document", "path": "a.md", "published": told}) + "\n", encoding="utf-8"
    )
    assert run(folder, out).quarantined == []
    assert documents(out)["a.md"]["published"] == published


def test_a_path_with_a_day_that_is_none_tells_its_month(tmp_path: Path, out: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2024-02-30_stod.md").write_text("Staten ger 5 miljoner kronor i år.", encoding="utf-8")
    assert run(tmp_path / "in", out).quarantined == []
    assert documents(out)["2024-02-30_stod.md"]["published"] == "2024-02"


def test_a_file_that_cannot_be_opened_is_quarantined(corpus: Path, out: Path) -> None:
    (corpus / "bruten.md").symlink_to("finns-inte.md")
    (corpus / "ring.md").symlink_to("ring.md")
    (corpus / "mapp.md").mkdir()
    (corpus / "genväg.md").symlink_to("mapp.md")
    outcome = run(corpus, out)
    assert [(doc, stage) for doc, stage, _ in outcome.quarantined] == [("bruten.md", "read"), ("ring.md", "read")]
    assert outcome.quarantined[0][2] == "No such file or directory; mend the link or remove it"
    assert [p.doc for p in gather([f"{corpus}/*.md"])] == ["bruten.md", "ring.md", "tom.md", "utan.md"]
    path = corpus / "borta.md"
    path.write_text("x", encoding="utf-8")
    publications = gather([str(corpus)])
    path.unlink()
    gone = next(p for p in publications if p.doc == "borta.md")
    from belopp import rulebook

    entry = examining.examine_publication(Task(gone), rulebook.load())
    assert entry
    assert entry.document[1:5] == (
        "quarantined", None, "read", "No such file or directory; mend the link or remove it",
    )  # fmt: skip


def test_lines_that_break_the_contract_quarantine_their_document(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = tables.record

    def lying(document: object, *args: object, **kwargs: object) -> tables.Record:
        made = honest(document, *args, **kwargs)  # type: ignore[arg-type]
        return made._replace(
            amounts=tuple((*line[:8], "gift", *line[9:]) for line in made.amounts[:1]) + made.amounts[1:]
        )

    monkeypatch.setattr(examining, "record", lying)
    outcome = run(corpus, out)
    assert {(doc, stage) for doc, stage, _ in outcome.quarantined} == {
        ("pressmeddelanden/2024/09/stod.md", "write"),
        ("skr/avtal.txt", "write"),
    }
    assert "kind 'gift'" in outcome.quarantined[0][2]
    monkeypatch.undo()
    monkeypatch.setattr("belopp.batch.memory.TICK_NS", 0)
    assert run(corpus, out).quarantined == []


def test_a_worker_that_dies_takes_one_document_with_it(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (corpus / f"n{number:02}.md").write_text(f"Det kostar {number + 1} kronor.", encoding="utf-8")
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 3)
    honest = examining.examine_publication

    def deadly(task: Task, book: object) -> Entry | None:
        if task.publication.doc == "n05.md":
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(task, book)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "examine_publication", deadly)
    outcome = run(corpus, out, workers=2)
    ((doc, stage, reason),) = outcome.quarantined
    assert (doc, stage) == ("n05.md", "read")
    assert "died" in reason
    assert len([row for row in amounts(out) if row["doc"].startswith("n")]) == 11


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_takes_too_long_is_quarantined(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 1)

    def parse(data: bytes, *, id: str, **options: str) -> Document:
        while id.endswith("stod.md"):
            with contextlib.suppress(Exception):  # a stage's own care must not swallow it
                time.process_time()
        return read_parse(data, id=id, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shielding, "parse", parse)
    outcome = run(corpus, out, workers=workers, limit=1.5)
    ((doc, _, reason),) = outcome.quarantined
    assert doc.endswith("stod.md")
    assert reason == "took longer than 1.5 s; give a higher --limit, or divide the document"
    assert outcome.sums == 3
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_number_beyond_the_tables_quarantines_and_one_beyond_money_is_none(corpus: Path, out: Path) -> None:
    (corpus / "smått.md").write_text("Det kostar 0,12345678 kronor.", encoding="utf-8")
    (corpus / "stort.md").write_text(f"Det kostar {'9' * 40} kronor.", encoding="utf-8")
    outcome = run(corpus, out)
    why = "0.12345678 has more than 6 decimals; mend the number in the document"
    assert outcome.quarantined == [("smått.md", "write", why)]
    assert documents(out)["stort.md"]["sums"] == "0"


@pytest.mark.parametrize("pages", [3, 5, 6])
def test_a_full_disk_is_told_as_any_fault_of_a_file(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    run(corpus, out)
    before = contents(out)
    honest = sqlite3.connect

    def connect(path: Path) -> sqlite3.Connection:
        base = honest(path)
        base.execute(f"pragma max_page_count = {pages}")
        return base

    monkeypatch.setattr("belopp.batch.memory.sqlite3.connect", connect)
    for number in range(40):
        (corpus / f"n{number}.md").write_text("Det kostar 7 kronor. " * 40, encoding="utf-8")
    with pytest.raises(OSError, match="database or disk is full") as told:
        run(corpus, out, force=True)
    assert told.value.filename.endswith(".memory.sqlite")
    assert contents(out) == before


# ---------------------------------------------------------------- alone, and interrupted

# A run in which one worker tells half of what it found in "halv.md", and then does what the second argument says.
HALF_TOLD = """
import os, signal, sys, time
from multiprocessing.connection import Connection
from pathlib import Path
from belopp import batch
from belopp.batch import working

first, whole = os.getpid(), Connection._send_bytes

def half(self, told):
    if os.getpid() == first or b"halv.md" not in bytes(told):
        return whole(self, told)
    os.write(self.fileno(), len(told).to_bytes(4, "big") + bytes(told)[:20])
    eval(sys.argv[3])

def stop(*_):
    raise KeyboardInterrupt

Connection._send_bytes = half
working.CHUNK_DOCUMENTS = 1
signal.signal(signal.SIGALRM, stop)
exec(sys.argv[4])
batch.run([sys.argv[1]], out=Path(sys.argv[2]), workers=2)
"""


def half_told(corpus: Path, out: Path, then: str, before: str = "") -> int:
    """The status with which such a run ends, when the last of its workers does."""
    (corpus / "halv.md").write_text("Stödet är 7 miljoner kronor.", encoding="utf-8")
    words = [sys.executable, "-c", HALF_TOLD, str(corpus), str(out), then, before]
    return subprocess.run(words, capture_output=True, timeout=60, check=False).returncode


def test_a_worker_that_dies_while_it_tells_stops_nothing(corpus: Path, out: Path) -> None:
    assert half_told(corpus, out, "os.kill(os.getpid(), signal.SIGKILL)") == 0
    assert [line["doc"] for line in documents(out).values() if line["reason"] == working.DIED] == ["halv.md"]
    assert len(documents(out)) == 5


def test_ctrl_c_does_not_wait_for_what_a_worker_has_half_told(corpus: Path, out: Path) -> None:
    assert half_told(corpus, out, "time.sleep(600)", "signal.alarm(5)") != 0
    assert not (out / "amounts.csv").exists()


def test_workers_of_a_run_that_was_killed_let_go_of_its_folder(corpus: Path, out: Path) -> None:
    kill = "signal.signal(signal.SIGALRM, lambda *_: os.kill(first, signal.SIGKILL)); signal.alarm(5)"
    assert half_told(corpus, out, "time.sleep(600)", kill) == -signal.SIGKILL
    assert run(corpus, out).documents == 5


def test_two_runs_do_not_write_to_one_folder(corpus: Path, out: Path) -> None:
    out.mkdir()
    with (out / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="is writing there; wait for it or choose another --out"):
            run(corpus, out)
    run(corpus, out)


@pytest.mark.parametrize("at", [0, 1, 3])
def test_ctrl_c_leaves_the_old_tables_whole(corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    run(corpus, out)
    before = contents(out)
    (corpus / "ny.md").write_text("Det kostar 7 kronor.", encoding="utf-8")
    honest, seen = Memory.keep, 0

    def interrupted(memory: Memory, publication: Publication, entry: Entry) -> None:
        nonlocal seen
        if seen == at:
            raise KeyboardInterrupt
        seen += 1
        honest(memory, publication, entry)

    monkeypatch.setattr(Memory, "keep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(corpus, out, force=True)
    assert contents(out) == before
    assert not (out / ".staged").exists()
    monkeypatch.setattr(Memory, "keep", honest)
    after = run(corpus, out)
    assert (after.sums, after.unchanged) == (6, at)  # what was found before is known


def test_the_watcher_is_told_of_every_document(corpus: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []

    def watch(count: Callable[[], int]) -> batch.Watcher:
        told.append((count(), 0))
        return lambda sums, outcome: told.append((outcome.read, sums))

    run(corpus, out, watch=watch)
    assert told == [(4, 0), (1, 2), (2, 5), (3, 5), (4, 5)]
