"""Hostile documents among sound ones: the sound ones' rows are as if the others were not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from belopp import batch
from belopp.tables import AMOUNTS, CHECKS, DOCUMENTS, REASONS, read_csv

if TYPE_CHECKING:
    from tests import hostile
else:
    import hostile

NOT_QUARANTINED = {"blank.html", "djup.html", "ettor.txt", "siffror.md", "skratt.html", "tom.md"}


def lines(out: Path, names: Mapping[str, bytes]) -> list[list[dict[str, str]]]:
    """What the tables say of these documents."""
    tables = (AMOUNTS, CHECKS, REASONS, DOCUMENTS)
    return [[line for line in read_csv(out / table.file) if line["doc"] in names] for table in tables]


@pytest.mark.parametrize(
    ("documents", "workers"),
    [pytest.param(100, 2, id="100"), pytest.param(1_000, 2, marks=pytest.mark.long, id="1000")],
)
def test_sound_documents_are_read_as_if_the_hostile_were_not_there(
    documents: int, workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("belopp.batch.working.CHUNK_DOCUMENTS", 10)
    kinds = hostile.hostile()
    # Five in a hundred; of a hundred documents there is one of each kind, more than five.
    names = [f"x/{number:03}-{name}" for number in range(documents) for name in kinds]
    wicked = {name: kinds[name.partition("-")[2]] for name in names[: max(len(kinds), documents // 20)]}
    sound = dict(hostile.healthy(number) for number in range(documents - documents // 20))
    for name, data in sound.items():
        for folder in ("sound", "mixed"):
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for name, data in wicked.items():
        path = tmp_path / "mixed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    alone = batch.run([str(tmp_path / "sound")], out=tmp_path / "alone", workers=workers, limit=5)
    among = batch.run([str(tmp_path / "mixed")], out=tmp_path / "among", workers=workers, limit=5)
    assert alone.quarantined == []
    assert alone.with_sums == len(sound)
    assert lines(tmp_path / "alone", sound) == lines(tmp_path / "among", sound)
    assert among.documents == len(sound) + len(wicked)
    caught = {doc for doc, _, _ in among.quarantined}
    assert caught == {name for name in wicked if name.partition("-")[2] not in NOT_QUARANTINED}
    assert all(reason for _, _, reason in among.quarantined)
