"""The corpus folder: names that stay in it and are each a document's own, a manifest, and what a crash leaves."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belopp.batch import gather
from belopp.read import ENDINGS, index
from belopp.sources import Busy, Corpus, Failed, Kept, WrongSource, names, opened
from belopp.sources.addresses import parsed
from belopp.sources.corpus import LOCK, PARTS
from belopp.sources.manifest import entries, line

MANIFEST = "manifest.jsonl"
TEXT = "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor.\n".encode()


def kept(path: str = "tal/a.md", data: bytes = TEXT, **said: str) -> Kept:
    texts = dict.fromkeys(Kept._fields[1:-2], "")
    texts |= {"source": f"https://example.org/{path}", "role": "document", "url": "/tal/a/", **said}
    return Kept(path=path, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), **texts)


# ---------------------------------------------------------------- names

HOSTILE = [
    "../../x", "/../../x/", "..", ".", "", "/", "//", "a/../../b", "..\\..\\x", "a\0b", "\0", "CON", "con.md", "NUL",
    "aux/a", "a/LPT1", "COM9.txt", "x" * 300, "å" * 300, "a/" * 2000, ".git/config", ".ssh", "a.", "a ", " a", "~",
    "~r", "a:b", "C:\\x", "a|b", "a?b", "a*b", "<a>", "a\nb", "\u202eexe.md", "\ud800", "e\u0301", "\uff0e\uff0e/x",
    "%2e%2e/x", "manifest.jsonl", "a.md/b", "-rf", "a\x1b[2J",
]  # fmt: skip


def within(name: str) -> None:
    """A name that any common system can write below the corpus folder."""
    assert names.is_safe(name)
    for part in name.split("/"):
        assert len(part.encode()) <= 255
        assert part not in ("", ".", "..")
        assert part[0] != "."
        assert part.isprintable()
        assert not set(part) & set('\\:*?"<>|')
        assert part.split(".")[0].lower() not in ("con", "prn", "aux", "nul", "com9", "lpt1")
    assert len(name.encode()) <= 1000


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_leaves_the_folder(hostile: str, tmp_path: Path) -> None:
    name = names.of_mirror(hostile)
    within(name)
    assert name.endswith(".md")
    folder = tmp_path / "corpus"
    with opened(folder) as corpus:
        corpus.keep(kept(name), TEXT)
    assert (folder / name).read_bytes() == TEXT
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_hostile_names_do_not_meet() -> None:
    distinct = {"/".join(part for part in hostile.split("/") if part) for hostile in HOSTILE}
    assert len({names.folded(names.of_mirror(hostile)) for hostile in distinct}) == len(distinct)


PART = st.text(st.sampled_from("ab.-_~%/\\AB å\0?"), max_size=12) | st.text(max_size=300)


@given(PART)
def test_any_name_of_the_mirror_is_safe(part: str) -> None:
    within(names.of_mirror(part))


@given(st.lists(PART, max_size=4).map("/".join), st.lists(PART, max_size=4).map("/".join))
def test_two_pages_of_the_mirror_have_two_names(one: str, other: str) -> None:
    if [part for part in one.split("/") if part] != [part for part in other.split("/") if part]:
        assert names.of_mirror(one) != names.of_mirror(other)


SEGMENTS = (["a", "b", "A", "index", "index.html", "a.html", "a.htm", "a.pdf", "a.aspx", "a.md", "%61",
                           "a%2Fb", "..", "", "~", "a~b", "CON", "%E5", "å", ".a", "a.pdf.html"])  # fmt: skip
HOSTS = ["example.org", "www.example.org", "[::1]", "127.0.0.1", "xn--rksmrgs-5wao1o.example"]
PORTS = ["", ":8080", ":80", ":443"]
QUERIES = ["", "?", "?a=1", "?a=2", "?a.pdf"]
ADDRESSES = [
    *(f"{s}://{h}{p}/{a}{q}" for s, h, p, a, q in product(("http", "https"), HOSTS, PORTS, SEGMENTS, QUERIES)),
    *(f"https://example.org/{a}/{b}{q}" for a, b, q in product(SEGMENTS, SEGMENTS, QUERIES)),
]


def test_no_two_addresses_share_a_name() -> None:
    by_name: dict[str, str] = {}
    for url in map(parsed, ADDRESSES):
        name = names.of_page(url, ".html")
        within(name)
        assert by_name.setdefault(name, str(url)) == str(url)
    assert len(by_name) == 5_000


def test_names_of_the_archive_are_kept_as_they_are(shared: Path) -> None:
    """A fetched page has the id that the archive gives it, to the last of 33,200."""
    import tarfile

    with tarfile.open(shared / "data" / "g0v.tar.gz") as archive:
        paths = [name.partition("/")[2] for name in archive.getnames() if name.endswith(".md")]
    assert len(paths) > 30_000
    assert [path for path in paths if names.of_mirror("/" + path.removesuffix(".md")) != path] == []


def test_names_that_differ_in_capitals_alone_are_kept_apart(tmp_path: Path) -> None:
    with opened(tmp_path) as corpus:
        corpus.keep(kept("a/Stod.md", source="https://example.org/1"), TEXT)
        other = corpus.name_for("https://example.org/2", "a/stod.md")
        assert names.folded(other) != names.folded("a/Stod.md")
        within(other)
        assert corpus.name_for("https://example.org/1", "a/Stod.md") == "a/Stod.md"


# ---------------------------------------------------------------- the folder


def test_bytes_and_line_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as corpus:
        corpus.keep(kept("tal/b.md"), TEXT)
        corpus.keep(kept("tal/a.md", title="Tal\u2028om\nstöd"), TEXT)
    lines = (tmp_path / MANIFEST).read_text("ascii").splitlines()
    assert [json.loads(text)["path"] for text in lines] == ["tal/a.md", "tal/b.md"]
    assert json.loads(lines[0])["sha256"] == hashlib.sha256((tmp_path / "tal/a.md").read_bytes()).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOCK, MANIFEST, "tal"]
    with opened(tmp_path) as corpus:
        again = corpus.of("https://example.org/tal/a.md")
        assert again == kept("tal/a.md", title="Tal\u2028om\nstöd")
        assert corpus.bytes_of(again) == TEXT


def test_the_manifest_is_no_document_and_tells_a_run_what_is(tmp_path: Path) -> None:
    listed = kept("tal/a.md", title="Ett tal", published="2024-09-17", url="/tal/a/")
    with opened(tmp_path) as corpus:
        corpus.keep(listed, TEXT)
        corpus.keep(kept("ex.org/b.pdf", final="https://ex.org/b.pdf", url=""), b"%PDF-1.7")
        corpus.keep(kept("tal.json", role="index"), b"[]")
    found = gather([str(tmp_path)])
    assert [one.doc for one in found if one.doc.endswith(".md")] == ["tal/a.md"]
    assert not any(one.doc.endswith((".json", ".jsonl")) for one in found)
    assert not MANIFEST.endswith(ENDINGS)
    assert next(one for one in found if one.doc == "tal/a.md").listing == ("2024-09-17", "Ett tal", "/tal/a/")
    assert index(tmp_path)["ex.org/b.pdf"].url == "https://ex.org/b.pdf"
    assert index(tmp_path / "tal")["a.md"].title == "Ett tal"


def test_a_changed_name_leaves_no_other_file(tmp_path: Path) -> None:
    with opened(tmp_path) as corpus:
        corpus.keep(kept("a/x.html", source="https://example.org/x"), TEXT)
        corpus.keep(kept("a/x.pdf", source="https://example.org/x"), b"%PDF-1.7")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["x.pdf"]


def test_a_crash_between_bytes_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as corpus:
        corpus.keep(kept("tal/a.md"), TEXT)

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    monkeypatch.setattr(Corpus, "note", crash)
    with pytest.raises(Crash), opened(tmp_path) as corpus:
        corpus.keep(kept("tal/a.md", b"nytt"), b"nytt")
    with opened(tmp_path) as corpus:
        again = corpus.of("https://example.org/tal/a.md")
        assert again
        assert corpus.bytes_of(again) is None  # what lies there is not what the line says: to be fetched anew


def test_a_crash_while_writing_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as corpus:
        corpus.keep(kept("tal/a.md"), TEXT)
    real = os.write

    def full(handle: int, data: bytes) -> int:
        real(handle, bytes(data)[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"), opened(tmp_path) as corpus:
        corpus.keep(kept("tal/a.md", b"nytt"), b"nytt och mer")
    monkeypatch.setattr(os, "write", real)
    assert (tmp_path / "tal/a.md").read_bytes() == TEXT
    with opened(tmp_path) as corpus:
        assert corpus.of("https://example.org/tal/a.md") == kept("tal/a.md")
    assert not (tmp_path / PARTS).exists()


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_line_cut_short_by_a_crash_is_left_out(tmp_path: Path, cut: int) -> None:
    whole = (line(kept("tal/a.md")) + "\n" + line(kept("tal/b.md")) + "\n").encode()
    (tmp_path / MANIFEST).write_bytes(whole[:-cut])
    assert "tal/a.md" in index(tmp_path)
    with opened(tmp_path) as corpus:
        assert corpus.of("https://example.org/tal/b.md") is None
        corpus.keep(kept("tal/c.md"), TEXT)
    sources = entries((tmp_path / MANIFEST).read_bytes())
    assert [one.path for one in sources.values()] == ["tal/a.md", "tal/c.md"]


def test_the_line_after_one_cut_short_stands_alone(tmp_path: Path) -> None:
    whole = (line(kept("tal/a.md")) + "\n" + line(kept("tal/b.md")) + "\n").encode()
    (tmp_path / MANIFEST).write_bytes(whole[:-9])
    with opened(tmp_path, writes=False) as corpus:
        assert corpus.of("https://example.org/tal/b.md") is None
    with opened(tmp_path) as corpus:
        corpus.keep(kept("tal/c.md"), TEXT)
        # As a second crash would leave it, before the manifest is put in order.
        assert len(entries((tmp_path / MANIFEST).read_bytes())) == 2


def test_a_page_and_the_pages_below_it(tmp_path: Path) -> None:
    addresses = [
        "https://example.org/a.html",
        "https://example.org/a.html/b.html",
        "https://example.org/a.html/b.html/",
    ]
    with opened(tmp_path) as corpus:
        for address in addresses:
            corpus.keep(kept(names.of_page(parsed(address), ".html"), source=address), TEXT)
    assert len(list(tmp_path.rglob("*.html"))) == 3


def test_what_a_killed_fetch_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / PARTS).mkdir()
    (tmp_path / PARTS / "17-1").write_bytes(b"half")
    with opened(tmp_path):
        assert not (tmp_path / PARTS).exists()


def test_the_last_line_about_a_document_holds() -> None:
    lines = [line(kept(etag="1")), line(kept(etag="2")), ""]
    assert [one.etag for one in entries("\n".join(lines).encode()).values()] == ["2"]


@pytest.mark.parametrize(
    "text",
    ["no json", "[]", "{}", '{"path": "a.md"}', line(kept("../a.md")), line(kept("/etc/a.md")), line(kept(".a/b.md")),
     '{"path": "a.md", "source": "s", "bytes": "1"}', "[" * 100_000],
)  # fmt: skip
def test_a_broken_manifest_is_told_and_nothing_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text + "\n" + line(kept()) + "\n")
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(WrongSource, match=r"manifest\.jsonl: line 1 is no line of a manifest"), opened(tmp_path):
        pass
    assert (tmp_path / MANIFEST).read_bytes() == before


@pytest.mark.parametrize("writes", [True, False])
def test_a_pipe_in_place_of_the_manifest_is_not_waited_for(tmp_path: Path, writes: bool) -> None:
    os.mkfifo(tmp_path / MANIFEST)
    ends = os.open(tmp_path / MANIFEST, os.O_RDWR | os.O_NONBLOCK)
    os.write(ends, b"\n")  # so that to read it would end, or begin at least
    threading.Timer(5, os.close, [ends]).start()
    with (
        pytest.raises(WrongSource, match=r"manifest\.jsonl: is a pipe and no file; remove it"),
        opened(tmp_path, writes=writes),
    ):
        pass


def test_two_fetches_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(Busy, match="another fetch is writing there"), opened(tmp_path):
        pass
    with opened(tmp_path):
        pass


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "utanför", tmp_path / "corpus"
    outside.mkdir()
    folder.mkdir()
    (folder / "tal").symlink_to(outside)
    with opened(folder) as corpus, pytest.raises(Failed, match="would leave the corpus folder by a link"):
        corpus.keep(kept("tal/a.md"), TEXT)
    assert list(outside.iterdir()) == []


def test_a_file_or_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "tal").write_text("en fil")
    (tmp_path / "b.md").mkdir()
    with opened(tmp_path) as corpus:
        with pytest.raises(Failed, match="a file lies where its folder should"):
            corpus.keep(kept("tal/2024/a.md"), TEXT)
        with pytest.raises(Failed, match="a folder lies where it should"):
            corpus.keep(kept("b.md"), TEXT)
    with pytest.raises(WrongSource, match="is no folder"), opened(tmp_path / "tal"):
        pass


def test_looking_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "corpus", writes=False) as corpus:
        assert corpus.of("https://example.org/") is None
    assert list(tmp_path.iterdir()) == []
