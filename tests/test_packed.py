"""A corpus in one file, Parquet, tar or zip: the same tables as from the folder, and nothing that it may do to us."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import stat
import tarfile
import threading
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from belopp import batch, tables
from belopp.batch import WrongInput, archives, gather, packed, packing, parquet, working
from belopp.batch.examining import Task
from belopp.cli import belopp
from belopp.gold.publications import Publications
from belopp.read import read_bytes
from belopp.tables import AMOUNTS, DOCUMENTS, TABLES

FILES = [*(table.file for table in TABLES), *(table.parquet for table in TABLES if table.parquet)]
SUM = "Det kostar 12 miljoner kronor.\n"


def contents(folder: Path) -> dict[str, bytes]:
    """A run's tables, and the texts that it made."""
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("text/**/*.txt")}
    return {name: (folder / name).read_bytes() for name in FILES} | texts


def lines(folder: Path, file: str = DOCUMENTS.file) -> dict[str, dict[str, str]]:
    return {line["doc"]: line for line in tables.read_csv(folder / file)}


def run(given: Path | str, out: Path, **options: object) -> batch.Outcome:
    return batch.run([str(given)], out=out, **options)  # type: ignore[arg-type]


def members(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def tar(path: Path, files: Mapping[str, bytes], *, mode: str = "w", format: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, mode, format=format) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def packed_by_belopp(path: Path, folder: Path) -> Path:
    batch.pack([str(folder)], path)
    return path


WAYS: dict[str, Callable[[Path, Path], Path]] = {
    "lager.parquet": packed_by_belopp,
    "lager.tar": lambda path, folder: tar(path, members(folder)),
    "lager.tar.gz": lambda path, folder: tar(path, {f"./{n}": d for n, d in members(folder).items()}, mode="w:gz"),
    "lager.tgz": lambda path, folder: tar(path, members(folder), mode="w:gz", format=tarfile.GNU_FORMAT),
    "lager.zip": lambda path, folder: zipped(path, members(folder)),
}
EVERY_WAY = pytest.mark.parametrize(("name", "way"), WAYS.items(), ids=WAYS)


@pytest.fixture(autouse=True)
def _no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("belopp.batch.memory.TICK_NS", 0)


@pytest.fixture
def rich(corpus: Path) -> Path:
    """A corpus with what a folder may hold: indexes, other formats and encodings, and what is passed over."""
    index = [{"title": "Kiruna", "url": "/utan/", "published": "2023-05-01"}]
    inner = [{"title": "Stöd", "url": "/pressmeddelanden/2024/09/stod/", "published": "2024-09-17"}]
    long = "/".join(["en-mapp-med-ett-långt-namn"] * 8)
    texts = {
        "alla.json": json.dumps(index),
        "pressmeddelanden/index.json": json.dumps(inner),
        "manifest.jsonl": json.dumps({"role": "document", "path": "skr/avtal.txt", "url": "https://exempel.se/avtal"}),
        "sida.html": "<html><body><p>Det kostar 4 000 kronor.</p></body></html>",
        f"{long}/djupt.md": SUM,
        ".git/config.md": SUM,
        "skr/.dold.md": SUM,
        "skr/bild.png": "ingen bild",
        "körning/run.json": "{}",
        "körning/datapackage.json": "{}",
        "körning/text/sida.html.txt": SUM,
        "körning/amounts.csv": tables.csv_text([AMOUNTS.names]),
        "text/kvar.md": SUM,
    }
    for name, text in texts.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "latin.txt").write_bytes("Överenskommelsen omfattar 5 miljoner kronor.".encode("cp1252"))
    (corpus / "bom.md").write_bytes(b"\xef\xbb\xbf" + SUM.replace("\n", "\r\n").encode())
    (corpus / "siffror.csv").write_bytes("Post;tkr\r\nVägar;1 200\r\n".encode("utf-8-sig"))
    (corpus / "trasig.pdf").write_bytes(b"%PDF-1.7 och inget mer")
    return corpus


# ---------------------------------------------------------------- the same as from the folder


@EVERY_WAY
@pytest.mark.parametrize("workers", [1, 2])
def test_the_tables_are_those_of_the_folder(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, way: Callable[..., Path], workers: int
) -> None:
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 2)
    monkeypatch.setattr(packing, "GROUP_DOCUMENTS", 3)
    monkeypatch.setattr(parquet, "ROWS", 2)
    run(rich, tmp_path / "folder")
    run(way(tmp_path / name, rich), tmp_path / "packed", workers=workers)
    assert contents(tmp_path / "packed") == contents(tmp_path / "folder")
    found = lines(tmp_path / "packed")
    assert len(found) == 11
    assert found["utan.md"]["published"] == "2023-05-01"
    assert found["pressmeddelanden/2024/09/stod.md"]["published"] == "2024-09-17"
    assert found["skr/avtal.txt"]["url"] == "https://exempel.se/avtal"


@EVERY_WAY
def test_what_is_unchanged_is_not_read_again(rich: Path, tmp_path: Path, name: str, way: Callable[..., Path]) -> None:
    out = tmp_path / "out"
    run(way(tmp_path / name, rich), out)
    before = contents(out)
    again = run(tmp_path / name, out)
    assert (again.read, again.unchanged) == (1, 10)  # a quarantined document is tried again
    assert contents(out) == before
    (rich / "trasig.pdf").unlink()
    (rich / "utan.md").write_text("Besöket kostade 4 000 kronor.", encoding="utf-8")
    (tmp_path / name).unlink()
    changed = run(way(tmp_path / name, rich), out)
    assert (changed.read, changed.unchanged) == (1, 9)
    run(rich, tmp_path / "folder")
    assert contents(out) == contents(tmp_path / "folder")


@EVERY_WAY
def test_from_a_folder_to_a_packed_corpus_nothing_is_read_anew(
    rich: Path, tmp_path: Path, name: str, way: Callable[..., Path]
) -> None:
    run(rich, tmp_path / "out")
    assert run(way(tmp_path / name, rich), tmp_path / "out").read == 1


@EVERY_WAY
def test_a_quarantined_document_is_tried_again_by_itself(
    rich: Path, tmp_path: Path, name: str, way: Callable[..., Path]
) -> None:
    run(way(tmp_path / name, rich), tmp_path / "out")
    result = CliRunner().invoke(belopp, ["quarantine", "retry", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "trasig.pdf: still quarantined" in result.output
    assert "1 tried again" in result.output


@EVERY_WAY
def test_a_publication_is_found_again_for_gold_and_review(
    rich: Path, tmp_path: Path, name: str, way: Callable[..., Path]
) -> None:
    run(way(tmp_path / name, rich), tmp_path / "out")
    publications = Publications(tmp_path / "out")
    assert publications.document("utan.md").text == (rich / "utan.md").read_text(encoding="utf-8")
    assert publications.document("latin.txt").text.startswith("Överenskommelsen")


def test_a_pattern_below_no_folder_is_refused_and_leaves_the_tables(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Regeringen avsätter 5 miljoner kronor.", encoding="utf-8")
    batch.run([str(tmp_path / "*.md")], out=tmp_path / "out")
    before = (tmp_path / "out" / "amounts.csv").read_bytes()
    with pytest.raises(WrongInput, match="there is no folder"):
        batch.run([str(tmp_path / "mistyped" / "*.md")], out=tmp_path / "out")
    assert (tmp_path / "out" / "amounts.csv").read_bytes() == before


def test_a_pattern_of_packed_corpora_is_all_of_them(tmp_path: Path) -> None:
    for part in ("a", "b"):
        zipped(tmp_path / f"{part}.zip", {f"{part}.md": SUM.encode()})
    run(tmp_path / "*.zip", tmp_path / "out")
    assert list(lines(tmp_path / "out")) == ["a.md", "b.md"]


def test_a_folder_does_not_look_into_the_archives_in_it(corpus: Path) -> None:
    zipped(corpus / "mer.zip", {"a.md": SUM.encode()})
    assert "mer.zip" not in {publication.path for publication in gather([str(corpus)])}
    assert len(gather([str(corpus)])) == 4


# ---------------------------------------------------------------- archives that are broken or mean harm

INERT = {
    "../../utanför.md": "its name leads out of the archive",
    "krypterad.md": "encrypted; pack it anew without a password",
    "länk.md": "a link, which leads nowhere in an archive",
    "stor.md": "the file has 1001 bytes; at most 1000 are read",
}


@pytest.fixture
def _most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 1_000)


@pytest.mark.usefixtures("_most")
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_a_member_that_means_harm_is_quarantined_and_touches_nothing(tmp_path: Path, kind: str) -> None:
    inside = tmp_path / "djup" / "mapp"
    inside.mkdir(parents=True)
    path = hostile_zip(inside / "f.zip") if kind == "zip" else hostile_tar(inside / f"f.{kind}", kind)
    before = sorted(each for each in tmp_path.rglob("*"))
    run(path, tmp_path / "out")
    found = lines(tmp_path / "out")
    assert found.pop("bra.md")["sums"] == found.pop("rot.md")["sums"] == "1"
    expected = {doc: why for doc, why in INERT.items() if kind == "zip" or doc != "krypterad.md"}
    assert {doc: line["status"] for doc, line in found.items()} == dict.fromkeys(expected, "quarantined")
    assert {doc: line["stage"] for doc, line in found.items()} == dict.fromkeys(expected, "read")
    for doc, why in expected.items():
        assert why in found[doc]["reason"]
    assert sorted(each for each in tmp_path.rglob("*") if "out" not in each.parts) == before


def hostile_zip(path: Path) -> Path:
    link = zipfile.ZipInfo("länk.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../utanför.md", SUM)
        archive.writestr("/rot.md", SUM)
        archive.writestr("stor.md", "0" * 1_001)
        archive.writestr("bra.md", SUM)
        archive.writestr("krypterad.md", SUM)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02", data.rindex(b"krypterad.md") - 60)
    data[at + 8] |= 1
    path.write_bytes(data)
    return path


def hostile_tar(path: Path, kind: str) -> Path:
    with tarfile.open(path, "w:gz" if kind == "tar.gz" else "w") as archive:
        for name, kind_of, target in [
            ("länk.md", tarfile.SYMTYPE, "/etc/passwd"),
            ("rör.md", tarfile.FIFOTYPE, ""),
            ("enhet.md", tarfile.CHRTYPE, ""),
        ]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind_of, target
            archive.addfile(member)
        for name, data in {"../../utanför.md": SUM, "/rot.md": SUM, "stor.md": "0" * 1_001, "bra.md": SUM}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data.encode()))
    return path


def test_a_hard_link_and_a_file_with_holes_are_quarantined(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "f.tar", "w") as archive:
        link = tarfile.TarInfo("b.md")
        link.type, link.linkname = tarfile.LNKTYPE, "a.md"
        archive.addfile(link)
        holes = tarfile.TarInfo("c.md")
        holes.pax_headers = {"GNU.sparse.map": "0,5", "GNU.sparse.size": "5"}
        holes.size = 5
        archive.addfile(holes, io.BytesIO(b"5 kr\n"))
    run(tmp_path / "f.tar", tmp_path / "out")
    reasons = [line["reason"] for line in lines(tmp_path / "out").values()]
    assert reasons[0].startswith("a link, which leads nowhere")
    assert reasons[1].startswith("a file with holes is not read")


def test_a_member_whose_bytes_are_damaged_is_quarantined_alone(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", SUM)
        archive.writestr("b.md", SUM)
    path.write_bytes(path.read_bytes().replace(b"12 miljoner", b"13 miljoner", 1))
    run(path, tmp_path / "out")
    found = lines(tmp_path / "out")
    assert found["b.md"]["sums"] == "1"
    assert found["a.md"]["reason"].startswith("broken in the archive (Bad CRC-32")


def good_tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name in ("a.md", "b.md", "c.md"):
            member = tarfile.TarInfo(name)
            member.size = len(SUM)
            archive.addfile(member, io.BytesIO(SUM.encode()))
    return held.getvalue()


def with_header(size: str, kind: bytes) -> bytes:
    """An archive whose second header says a size and a kind of its own, its checksum in order."""
    data = bytearray(good_tar())
    header = tarfile.TarInfo("b.md").tobuf()
    block = bytearray(header[:512])
    block[124:136] = size.encode()
    block[156:157] = kind
    block[148:156] = b"        "
    block[148:156] = f"{sum(block):06o}\0 ".encode()
    data[1024:1536] = block
    return bytes(data)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def good_parquet() -> bytes:
    table = pa.table({"doc": ["a.md"], "text": [SUM]})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, use_dictionary=False)
    return bytes(sink.getvalue())


BROKEN = {
    "empty.tar": b"",
    "text.tar": SUM.encode() * 100,
    "cut.tar": good_tar()[:1_800],
    "endless.tar": good_tar()[: 6 * 512],
    "damaged.tar": flipped(good_tar(), 1_030),
    "vast-header.tar": with_header("77777777777\0", tarfile.GNUTYPE_LONGNAME),
    "backwards.tar": with_header("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00"[:11] + " ", tarfile.REGTYPE),
    "text.tar.gz": SUM.encode(),
    "cut.tar.gz": gzip.compress(good_tar())[:-20],
    "damaged.tgz": flipped(gzip.compress(good_tar()), -8),
    "text.zip": SUM.encode(),
    "empty.zip": b"",
    "text.parquet": SUM.encode(),
    "empty.parquet": b"",
    "cut.parquet": b"PAR1" + b"\0" * 100,
    "damaged.parquet": flipped(good_parquet(), 8),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_archive_is_told_with_its_cause_and_the_tables_stay(tmp_path: Path, name: str) -> None:
    run(zipped(tmp_path / "bra.zip", {"a.md": SUM.encode()}), tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / name).write_bytes(BROKEN[name])
    result = CliRunner().invoke(belopp, ["run", str(tmp_path / name), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert f"Error: {tmp_path / name}: a broken archive (" in result.output
    assert result.output.count("fetch it again, or pack it anew") == 1
    assert contents(tmp_path / "out") == before


def test_parquet_that_is_cut_short_while_it_is_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.md").write_text(SUM * 99, encoding="utf-8")
    path = tmp_path / "in.parquet"
    packing.pack([str(tmp_path / "in")], path)
    unread, begun = (packed.packed_source(str(path)) for _ in range(2))
    rows = iter(begun.publications)
    next(rows)
    os.truncate(path, 4)
    told = r"in\.parquet: a broken archive \(it ends before its rows do"
    with pytest.raises(WrongInput, match=told):
        list(unread.publications)
    assert begun.data is not None
    with pytest.raises(WrongInput, match=told):
        begun.data()


def test_a_chain_of_headers_ends(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type = tarfile.GNUTYPE_LONGNAME
    (tmp_path / "f.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) * 3_000 + good_tar())
    with pytest.raises(WrongInput, match="a broken archive"):
        run(tmp_path / "f.tar", tmp_path / "out")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.md": SUM, "./a.md": SUM}, "holds the document a.md twice; give each an id of its own"),
        ({"alla.json": "{", "a.md": SUM}, "the index alla.json is no JSON"),
        ({"alla.json": "[" + "0," * 1_000 + "0]"}, "at most 1000 are read"),
    ],
    ids=["twice", "no json", "large index"],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_that_no_run_can_be_made_of_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], told: str, kind: str
) -> None:
    monkeypatch.setattr(packed, "MOST_INDEX", 1_000)
    write = zipped if kind == "zip" else tar
    path = write(tmp_path / f"f.{kind}", {name: text.encode() for name, text in files.items()})
    with pytest.raises(WrongInput, match=told) as raised:
        run(path, tmp_path / "out")
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"id": ["a"], "text": ["b"]}, "has no column doc, but id, text; give each document an id"),
        ({"doc": ["a"], "body": ["b"]}, "has neither text nor content, but doc, body"),
        ({"doc": ["a", "a"], "text": ["b", "c"]}, "holds the document a twice"),
    ],
    ids=["no doc", "no text", "twice"],
)
def test_parquet_of_other_columns_is_told(tmp_path: Path, columns: dict[str, list[str]], told: str) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(pa.table(columns), path)
    with pytest.raises(WrongInput, match=f"f.parquet:? {told}"):
        run(path, tmp_path / "out")


def test_parquet_from_elsewhere_is_read_by_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 1_000)
    columns = {
        "other": [1, 2, 3, 4],
        "text": pa.array([SUM, None, "x" * 1_001, SUM], pa.large_string()),
        "doc": pa.array(["a.md", "b.md", "c.md", None]).dictionary_encode(),
        "published": ["2024-09-17", None, "", "2024"],
    }
    pq.write_table(pa.table(columns), tmp_path / "f.parquet")
    run(tmp_path / "f.parquet", tmp_path / "out")
    found = lines(tmp_path / "out")
    assert [line["status"] for line in found.values()] == ["ok", "empty", "quarantined", "quarantined"]
    assert found["a.md"]["published"] == "2024-09-17"
    assert found["c.md"]["reason"] == "the file has 1001 bytes; at most 1000 are read; divide it"
    (nameless,) = [line for doc, line in found.items() if doc.startswith("nameless/")]
    assert nameless["reason"] == "the row has no doc; give each document an id of its own"


# ---------------------------------------------------------------- packing


def test_packing_keeps_bytes_and_what_an_index_says(rich: Path, tmp_path: Path) -> None:
    assert batch.pack([str(rich)], tmp_path / "f.parquet").documents == 11
    rows = {row["doc"]: row for row in pq.read_table(tmp_path / "f.parquet").to_pylist()}
    for doc, row in rows.items():
        assert (row["text"] is None) != (row["content"] is None)
        data = row["content"] if row["text"] is None else row["text"].encode()
        assert data == (rich / doc).read_bytes()
    assert list(rows) == sorted(rows)
    assert rows["latin.txt"]["content"]
    assert rows["bom.md"]["text"].startswith("\ufeff")
    assert (rows["utan.md"]["published"], rows["utan.md"]["title"]) == ("2023-05-01", "Kiruna")
    assert rows["bom.md"]["published"] is None


def test_packing_gives_the_same_bytes_whatever_is_packed(rich: Path, tmp_path: Path) -> None:
    batch.pack([str(rich)], tmp_path / "a.parquet")
    batch.pack([str(rich)], tmp_path / "b.parquet")
    batch.pack([str(tmp_path / "a.parquet")], tmp_path / "c.parquet")
    batch.pack([str(tar(tmp_path / "d.tar", members(rich)))], tmp_path / "d.parquet")
    assert len({(tmp_path / f"{name}.parquet").read_bytes() for name in "abc"}) == 1
    assert pq.read_table(tmp_path / "d.parquet").sort_by("doc") == pq.read_table(tmp_path / "a.parquet").sort_by("doc")


def test_row_groups_are_bounded(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "GROUP_DOCUMENTS", 4)
    batch.pack([str(rich)], tmp_path / "f.parquet")
    assert [pq.ParquetFile(tmp_path / "f.parquet").metadata.row_group(n).num_rows for n in range(3)] == [4, 4, 3]
    monkeypatch.setattr(packing, "GROUP_BYTES", 1)
    batch.pack([str(rich)], tmp_path / "f.parquet")
    assert pq.ParquetFile(tmp_path / "f.parquet").metadata.num_row_groups == 11


def test_belopp_pack_says_what_it_did_and_names_what_is_left_out(corpus: Path, tmp_path: Path) -> None:
    (corpus / "borta.md").symlink_to(corpus / "ingenstans.md")
    result = CliRunner().invoke(belopp, ["pack", str(corpus), str(tmp_path / "ny" / "f.parquet")])
    assert result.exit_code == 1
    assert "left out: borta.md: No such file or directory; mend the link or remove it" in result.output
    assert f"4 documents in {tmp_path / 'ny' / 'f.parquet'}, " in result.output
    (corpus / "borta.md").unlink()
    assert CliRunner().invoke(belopp, ["pack", str(corpus), str(tmp_path / "ny" / "f.parquet")]).exit_code == 0
    assert [path.name for path in (tmp_path / "ny").iterdir()] == ["f.parquet"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["CORPUS"], "Missing argument"),
        (["CORPUS", "TMP/f.csv"], "f.csv: the name of what is packed must end in .parquet"),
        (["TMP/borta", "TMP/f.parquet"], "borta: no such file or folder; mend the name"),
        (["CORPUS", "CORPUS", "TMP/f.parquet"], "this INPUT is given twice; give it once"),
        (["CORPUS", "CORPUS/utan.md", "TMP/f.parquet"], "both give the document utan.md; give one of them"),
        (["CORPUS", "CORPUS/utan.md/f.parquet"], "give a file that can be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_packing_is_told_and_leaves_what_was_there(
    corpus: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "f.parquet").write_bytes(b"before")
    arguments = [each.replace("CORPUS", str(corpus)).replace("TMP", str(tmp_path)) for each in arguments]
    result = CliRunner().invoke(belopp, ["pack", *arguments])
    assert result.exit_code == 2
    assert told in result.output
    assert (tmp_path / "f.parquet").read_bytes() == b"before"
    assert [path.name for path in tmp_path.glob(".*")] == []


# ---------------------------------------------------------------- bounded memory


def test_a_tar_archive_is_read_as_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tar(tmp_path / "f.tar", {f"{n}.md": SUM.encode() for n in range(200)})
    opened = archives.Tar(str(archive))
    names = opened.names()
    assert next(names) == "0.md"
    assert opened.data(1_000) == SUM.encode()
    assert opened._file.tell() < 20_000
    assert list(names)[-1] == "199.md"
    opened.close()


@pytest.mark.parametrize("slow", [-1.0, 60.0])
def test_bytes_under_way_are_bounded(slow: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SLOW", slow)
    monkeypatch.setattr(working, "BYTES_AHEAD", 1_000)
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 1)
    path = zipped(tmp_path / "f.zip", {f"{n}.md": b"x" * 600 for n in range(9)})
    given: list[str] = []

    def noted(tasks: list[Task]) -> object:
        for task in tasks:
            given.append(task.publication.doc)
            yield task

    ahead = working.read_ahead(working.chunks(noted(batch.tasks([str(path)]))))  # type: ignore[arg-type]
    done = 0
    for chunk in ahead:
        done += len(chunk)
        assert len(given) <= done + 2
    assert done == 9


@pytest.mark.parametrize(("slow", "by_thread"), [(-1.0, 8), (60.0, 0)])
def test_files_that_are_slow_to_come_are_read_by_a_thread(
    slow: float, by_thread: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[str] = []

    def read(path: str, *, size: int) -> bytes:
        readers.append(threading.current_thread().name)
        return read_bytes(path, size=size)

    monkeypatch.setattr(working, "SLOW", slow)
    monkeypatch.setattr(working, "CHUNK_DOCUMENTS", 1)
    monkeypatch.setattr(working, "read_bytes", read)
    for n in range(9):
        (tmp_path / f"{n}.md").write_text(f"{n} kronor")
    ahead = working.read_ahead(working.chunks(batch.tasks([str(tmp_path)])))
    read_whole = [task.data for chunk in ahead for task in chunk]
    assert read_whole == [f"{n} kronor".encode() for n in range(9)]
    assert sum(name.startswith("read ahead") for name in readers) == by_thread


def test_a_folder_of_packed_corpora_alone_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "in" / "2024").mkdir(parents=True)
    path = tar(tmp_path / "in" / "2024" / "maj.tar", {"a.md": SUM.encode()})
    result = CliRunner().invoke(belopp, ["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert f"; {path} is a packed corpus: give it by its name" in result.output
    empty = CliRunner().invoke(belopp, ["run", str(tmp_path / "out"), "--out", str(tmp_path / "other")])
    assert "no document that ends in" in empty.output
    assert "is a packed corpus" not in empty.output


def test_the_csv_of_a_run_within_an_archive_is_no_publication(tmp_path: Path) -> None:
    held = io.StringIO()
    csv.writer(held).writerow(AMOUNTS.names)
    path = tar(tmp_path / "f.tar", {"a.csv": held.getvalue().encode(), "b.csv": b"Post;kr\nVatten;5\n"})
    assert [publication.doc for publication in gather([str(path)])] == ["b.csv"]
