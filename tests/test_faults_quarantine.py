"""``belopp quarantine``: what a run could not read is listed, and tried again alone."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from belopp import batch
from belopp.batch import shielding
from belopp.cli import belopp
from belopp.commitments import cards
from belopp.commitments.statement import Statement, pack
from belopp.tables import DOCUMENTS, TABLES, read_csv


@pytest.fixture
def spoilt(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run over the corpus and three documents that could not be read."""
    monkeypatch.setattr("belopp.batch.memory.TICK_NS", 0)
    (corpus / "brev.pdf").write_bytes(b"%PDF-1.4 and no more")
    (corpus / "bild.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (corpus / "nytt.txt").write_bytes(b"5 kr\x00")
    out = tmp_path / "run"
    assert len(batch.run([str(corpus)], out=out).quarantined) == 3
    return out


def test_a_sum_that_cannot_be_kept_stops_no_other_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("Staten avsätter 5 miljoner kronor till vården.", encoding="utf-8")
    (tmp_path / "b.md").write_text("Staten avsätter 7 miljoner kronor till vården.", encoding="utf-8")

    def failing(one: Statement) -> bytes:
        if one.doc == "a.md":
            raise ValueError("no card")
        return pack(one)

    monkeypatch.setattr(cards, "pack", failing)
    found = batch.run([str(tmp_path)], out=tmp_path / "run")
    assert [(doc, stage) for doc, stage, _ in found.quarantined] == [("a.md", "write")]
    assert found.quarantined[0][2].startswith("ValueError: no card; the fault is belopp's")
    assert found.sums == 1


def call(*arguments: object) -> Result:
    return CliRunner().invoke(belopp, ["quarantine", *map(str, arguments)])


def test_list_names_document_stage_reason_and_format(spoilt: Path) -> None:
    found = call("list", spoilt, "--as", "csv")
    assert found.exit_code == 0
    lines = {line["doc"]: line for line in csv.DictReader(io.StringIO(found.output))}
    assert set(lines) == {"brev.pdf", "bild.md", "nytt.txt"}
    assert [lines["brev.pdf"]["stage"], lines["brev.pdf"]["format"]] == ["read", "pdf"]
    assert lines["bild.md"]["reason"].startswith("format: an image is not read; save it as")
    shown = call("list", spoilt)
    assert "brev.pdf" in shown.output
    assert shown.output.endswith("3 quarantined\n")


def test_retry_reads_only_the_quarantined_and_says_what_became_of_them(spoilt: Path, corpus: Path) -> None:
    before = {table.file: (spoilt / table.file).read_bytes() for table in TABLES}
    (corpus / "nytt.txt").write_text("Staten ger 5 kr till vården.", encoding="utf-8")
    (corpus / "bild.md").unlink()
    (corpus / "utan.md").write_text("Staten ger 7 kr.", encoding="utf-8")  # changed, but not asked for
    (corpus / "helt-ny.md").write_text("Staten ger 8 kr.", encoding="utf-8")
    found = call("retry", spoilt)
    assert found.exit_code == 1
    assert found.output.splitlines()[0] == "bild.md: gone"
    assert found.output.splitlines()[1].startswith("brev.pdf: still quarantined: read: ")
    assert found.output.splitlines()[2:] == ["nytt.txt: ok, 1 sum", "3 tried again, 1 still quarantined"]
    lines = {line["doc"]: line for line in read_csv(spoilt / DOCUMENTS.file)}
    assert (lines["utan.md"]["sums"], lines["nytt.txt"]["sums"]) == ("0", "1")
    assert "helt-ny.md" not in lines
    assert (spoilt / "checks.csv").read_bytes() == before["checks.csv"]
    (corpus / "brev.pdf").write_text("Inget.", encoding="utf-8")
    assert call("retry", spoilt).output.splitlines() == ["brev.pdf: ok, 0 sums", "1 tried again, 0 still quarantined"]
    assert call("retry", spoilt).output == "0 quarantined\n"
    assert call("list", spoilt).output == "0 quarantined\n"


def test_the_source_is_never_touched(spoilt: Path, corpus: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in corpus.rglob("*") if path.is_file()}
    call("retry", spoilt)
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in corpus.rglob("*") if path.is_file()
    } == before


def test_retry_does_not_mix_two_editions_or_lose_a_document(spoilt: Path, corpus: Path, tmp_path: Path) -> None:
    (spoilt / ".memory.sqlite").unlink()
    before = (spoilt / DOCUMENTS.file).read_bytes()
    found = call("retry", spoilt)
    assert found.exit_code == 2
    assert "use belopp run" in found.output
    assert (spoilt / DOCUMENTS.file).read_bytes() == before
    about = json.loads((spoilt / "run.json").read_text(encoding="utf-8"))
    (spoilt / "run.json").write_text(json.dumps({**about, "rules": "0" * 64}), encoding="utf-8")
    assert "made with other rules" in call("retry", spoilt).output
    (spoilt / "run.json").write_text(json.dumps({**about, "inputs": ["-"]}), encoding="utf-8")
    assert "standard input" in call("retry", spoilt).output
    shutil.rmtree(spoilt)
    spoilt.mkdir()
    for command in ("list", "retry"):
        assert call(command, spoilt).exit_code == 2


@pytest.mark.parametrize(
    ("data", "form"), [(b"%PDF-", "pdf"), (b"PK word/", "docx"), (b"PK xl/", "xlsx"), (b"PK", "zip"), (b"5 kr", "")]
)
def test_what_bytes_look_like(data: bytes, form: str) -> None:
    assert shielding.looks_like(data) == form
