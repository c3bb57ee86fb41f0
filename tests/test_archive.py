"""The whole archive of real documents: nothing crashes, nothing fine is quarantined, none holds up the rest."""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from belopp.extract import extract
from belopp.find import has_money, mentions
from belopp.read import lay_out, read
from belopp.rulebook import load

MOST_KIB = 1 << 20


def unpack(shared: Path, target: Path, *, keep: int = 1) -> Path:
    """The archive's Markdown documents, or one in ``keep`` of them; the folder that is the INPUT."""
    with tarfile.open(shared / "data" / "g0v.tar.gz") as archive:
        members = [member for member in archive if member.isfile()]
        chosen = [m for n, m in enumerate(members) if n % keep == 0 or m.name.endswith(".json")]
        archive.extractall(target, members=chosen, filter="data")
    return target / "g0v"


def test_a_sample_of_the_archive_is_read_evenly_and_without_a_fault(shared: Path, tmp_path: Path) -> None:
    """One document in fifty; the long form takes them all through ``belopp run``."""
    folder = unpack(shared, tmp_path, keep=50)
    book = load()
    times, sums = [], 0
    for path in sorted(folder.rglob("*.md")):
        document = read(path, root=folder, blocks=False)
        if not has_money(document.text):
            assert mentions(lay_out(document), book) == []
            continue
        started = time.process_time()
        rows = extract(lay_out(document), book=book)
        times.append(time.process_time() - started)
        sums += len(rows)
        assert all(document.text[row.start : row.end] == row.text for row in rows)
    assert sums > 50
    assert max(times) < sum(times) / 3


def test_documents_without_a_figure_give_sums_in_words_alone(shared: Path, tmp_path: Path) -> None:
    folder = unpack(shared, tmp_path, keep=20)
    paths = sorted(folder.rglob("*.md"))
    random.Random(7).shuffle(paths)
    plain = [p for p in paths if not any(c.isdigit() for c in p.read_text(encoding="utf-8"))][:300]
    assert plain
    book = load()
    for path in plain:
        document = read(path, root=folder)
        found = mentions(document, book)
        # "en halv miljard kronor"
        assert all(mention.text.split()[0].isalpha() for mention in found), (path.name, found)


@pytest.mark.long
def test_the_whole_archive_runs_in_bounded_memory(shared: Path, tmp_path: Path) -> None:
    folder = unpack(shared, tmp_path)
    out = tmp_path / "tables"
    command = [sys.executable, "-m", "belopp", "run", str(folder), "--out", str(out), "--quiet", "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        states = [row["status"] for row in csv.DictReader(file)]
    assert len(states) > 33_000
    assert "quarantined" not in states
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_KIB
