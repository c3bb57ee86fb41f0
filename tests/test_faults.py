"""Files that are broken or hostile: each becomes rows, an empty document or a quarantine, and harms no other."""

from __future__ import annotations

import gc
import http.server
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from belopp import batch
from belopp.batch import examining, publication, shielding
from belopp.model import Document
from belopp.read import Listing, Unreadable, apart
from belopp.tables import DOCUMENTS, read_csv

if TYPE_CHECKING:
    from tests import hostile
    from tests.hostile import SUM
else:
    import hostile
    from hostile import SUM

# A child whose HTML parser does what the page says.
HARMFUL = """
import json, os, sys, time
sys.path[:] = json.loads(sys.argv[1])
from belopp.read import apart, html
honest = html.page_of
def page_of(source):
    if "ABORT" in source: os.abort()
    if "QUIT" in source: os._exit(3)
    if "SLEEP" in source: time.sleep(600)
    while "SPIN" in source: pass
    held = []
    while "FILL" in source: held.append(bytearray(10_000_000))
    if "PRINT" in source: print("x" * 100_000); os.write(1, b"y" * 100_000)
    if "WRITE" in source: open(source.split()[1], "w").write("here")
    if "LIE" in source: os.write(4, b"\\xff" * 8)
    return honest(source)
html.page_of = page_of
apart.serve(int(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def _child_of_its_own() -> Iterator[None]:
    yield
    shielding.dismiss()


@pytest.fixture
def harmful(monkeypatch: pytest.MonkeyPatch) -> None:
    shielding.dismiss()
    monkeypatch.setattr(shielding, "START", HARMFUL)


def read(data: bytes, name: str = "a.html", *, limit: float = 60) -> Document:
    return shielding.read_apart(data, name, Listing(), limit=limit)


def refused(data: bytes, name: str, *, limit: float = 60) -> str:
    """Why a document is not read."""
    with pytest.raises(Unreadable) as raised:
        read(data, name, limit=limit)
    return raised.value.reason


def run(corpus: Path, out: Path, **options: object) -> dict[str, dict[str, str]]:
    batch.run([str(corpus)], out=out, **options)  # type: ignore[arg-type]
    return {line["doc"]: line for line in read_csv(out / DOCUMENTS.file)}


# ---------------------------------------------------------------- what is no document


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\ufeff \u00a0\n".encode("utf-16-le")], ids=repr)
@pytest.mark.parametrize("ending", ["md", "txt", "html", "csv", "pdf", "docx", "xlsx"])
def test_nothing_is_empty_and_not_without_sums(data: bytes, ending: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"a.{ending}").write_bytes(data)
    (line,) = run(tmp_path / "in", tmp_path / "out").values()
    assert (line["status"], line["sums"], line["reason"]) == ("empty", "0", "")


@pytest.mark.parametrize("ending", ["md", "txt", "html", "pdf", "docx", "xlsx"])
@pytest.mark.parametrize(("make", "form"), [(hostile.pdf, "pdf"), (hostile.docx, "docx"), (f"<p>{SUM}".encode, "html")])
def test_content_decides_and_the_name_is_recorded(make: Callable[[], bytes], form: str, ending: str) -> None:
    document = read(make(), f"a.{ending}")
    assert document.format == form
    assert SUM in document.text
    expected = () if ending == form else (f"extension {ending}, content {form}",)
    assert document.flags == expected


def test_a_picture_by_the_name_of_a_document() -> None:
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "a.pdf") == "an image is not read"


# ---------------------------------------------------------------- cut short


@pytest.mark.parametrize(("make", "name"), [(hostile.pdf, "a.pdf"), (hostile.docx, "a.docx"), (hostile.xlsx, "a.xlsx")])
def test_cut_at_every_97th_byte(make: Callable[[], bytes], name: str) -> None:
    data = make()
    child = None
    told = set()
    for cut in range(0, len(data), 97):
        try:
            document = read(data[:cut], name, limit=20)
            assert document.text.strip() == "" or SUM in document.text
        except Unreadable as error:
            told.add((error.stage, "died" in error.reason))
        if cut:
            child = child or shielding._child()
            assert shielding._child() is child  # no cut costs the child
    assert told <= {("read", False), ("format", False), ("decode", False)}


# ---------------------------------------------------------------- parsers that fail


@pytest.mark.parametrize(
    ("page", "limit", "why"),
    [
        (
            "ABORT",
            60,
            "the parser died: SIGABRT, a fault in it or out of memory; save the document anew, or in another format",
        ),
        ("QUIT", 60, "the parser died: status 3; save the document anew, or in another format"),
        ("SLEEP", 0.3, "took longer than 0.3 s; give a higher --limit, or divide the document"),
        ("SPIN", 0.5, "took longer than 0.5 s; give a higher --limit, or divide the document"),
        ("FILL", 60, "the parser died: out of memory (0.4 GB); divide the document"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_parser_that_dies_takes_one_document_with_it(
    page: str, limit: float, why: str, workers: int, tmp_path: Path, harmful: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shielding, "MEMORY", 400_000_000)
    monkeypatch.setattr("belopp.batch.working.CHUNK_DOCUMENTS", 2)
    corpus = tmp_path / "in"
    corpus.mkdir()
    for number in range(6):
        (corpus / f"{number}.html").write_text(f"<p>{SUM}</p>", encoding="utf-8")
    (corpus / "3.html").write_text(f"<p>{page}</p>", encoding="utf-8")
    found = run(corpus, tmp_path / "out", workers=workers, limit=limit)
    assert [line["sums"] for line in found.values()] == ["1", "1", "1", "", "1", "1"]
    assert (found["3.html"]["status"], found["3.html"]["stage"], found["3.html"]["reason"]) == (
        "quarantined",
        "read",
        why,
    )
    assert len(found["3.html"]["sha256"]) == 64


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_child_behind(signum: signal.Signals, tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells of a process's children")
    (tmp_path / "a.html").write_text("<p>SLEEP 5 kr", encoding="utf-8")
    program = f"""
import sys
from belopp.batch import shielding
shielding.START = {HARMFUL!r}
from belopp.cli import main
sys.argv = ["belopp", "run", {str(tmp_path)!r}, "--out", {str(tmp_path / "out")!r}, "--quiet"]
main()
"""
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    until = time.monotonic() + 60
    while not (child := children.read_text(encoding="ascii").strip()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)  # the child must have its page
    run.send_signal(signum)
    assert run.wait(timeout=30) == (130 if signum == signal.SIGINT else -9)
    while Path(f"/proc/{child}/exe").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert child
    assert not Path(f"/proc/{child}/exe").exists()


def test_one_child_serves_many_documents_and_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shielding, "DOCUMENTS", 5)
    children = set()
    for number in range(12):
        assert read(f"<p>{number} kronor".encode()).text == f"{number} kronor\n"
        children.add(shielding._child().process.pid)
    assert len(children) == 3


def test_a_child_killed_between_documents_is_replaced() -> None:
    read(b"<p>5 kr")
    child = shielding._child()
    child.process.kill()
    child.process.wait(timeout=10)
    child.process.returncode = None  # nobody has asked yet
    assert read(b"<p>6 kr").text == "6 kr\n"


def test_what_a_library_prints_or_writes_stays_with_it(harmful: None, tmp_path: Path) -> None:
    assert read(b"<p>PRINT 5 kr").text == "PRINT 5 kr\n"
    read(f"<p>WRITE {tmp_path / 'new'} 5 kr".encode())
    assert (tmp_path / "new").read_bytes() == b""


def test_an_answer_that_makes_no_sense_is_a_quarantine() -> None:
    child = shielding._child()
    for answer in (
        b"[",
        b"[]",
        b"{}",
        b'{"document": 5}',
        b'{"document": {"id": "a"}}',
        b'{"unreadable": 1}',
        b"[" * 99_999,
    ):
        with pytest.raises((Unreadable, shielding.Died)):
            child._told(answer, fresh=True)
    block = (0, 99, "paragraph", 0, -1, -1)
    with pytest.raises(ValueError, match="outside"):
        apart.unpacked({"id": "a", "text": "5 kr", "blocks": [block]})


def test_half_a_surrogate_is_no_text() -> None:
    assert apart.unpacked({"id": "a", "text": "5 \ud800 kr"}).text == "5 \ufffd kr"


def test_nothing_untrusted_is_parsed_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> Document:
        raise AssertionError("parsed here")

    monkeypatch.setattr(shielding, "parse", never)
    page = "<p>5 kr"
    texts = [
        page,
        f"\n \t{page}",
        f"\u00a0\u2003{page}",
        f"\ufeff{page}",
        f"<!-- x -->{page}",
        f'<?xml version="1.0"?>{page}',
    ]
    pages = [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16", "utf-32")]
    for data in (*pages, hostile.pdf(), b"\n" + hostile.pdf(), hostile.docx(), hostile.xlsx()):
        for name in ("a.md", "a.txt", "a"):
            assert shielding.is_untrusted(data, name)
    assert not shielding.is_untrusted(b"# Rubrik\n\n5 kr <b>nu</b>", "a.md")


# ---------------------------------------------------------------- too much


def test_a_bomb_is_stopped_by_the_bytes_it_makes() -> None:
    data = hostile.bomb()
    assert len(data) < 250_000
    assert refused(data, "a.docx").startswith("the archive unpacks to 2000")
    assert "broken" in refused(hostile.lying_bomb(), "a.docx")


def test_archives_within_archives_and_crowds_of_members() -> None:
    assert refused(hostile.nested(), "a.docx") == "a ZIP archive is not read"
    assert (
        refused(hostile.crowd(), "a.docx")
        == "the archive has 100003 members; at most 5000 are read; divide the document"
    )


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (hostile.circular_pdf, "the PDF is broken"),
        (hostile.pdf_that_draws_itself, "no text layer"),
        (hostile.pdf_of_a_million_pages, "the PDF has 1000000 pages"),
        (lambda: hostile.pdf(password="hemligt"), "encrypted"),
    ],
)
def test_pdf_that_goes_in_circles_or_is_locked(make: Callable[[], bytes], why: str) -> None:
    assert why in refused(make(), "a.pdf", limit=30)


def test_html_nested_a_hundred_thousand_deep() -> None:
    document = read(hostile.deep_html(), limit=60)
    assert (document.text, document.flags) == (f"{SUM}\n", ("nested too deep",))
    assert "broken" in refused(hostile.docx("<w:smartTag>" * 100_000 + "</w:smartTag>" * 100_000), "a.docx")


def test_a_hundred_megabytes_on_one_line_are_not_read(tmp_path: Path) -> None:
    line = tmp_path / "a.md"
    with line.open("wb") as file:
        for _ in range(100):
            file.write(b"Staten ger 5 mnkr " * 55_555)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "at most 20000000 are read" in refused(line.read_bytes(), "a.md")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(publication.MOST_BYTES + 1)
    with pytest.raises(Unreadable, match="at most 250000000 are read"):
        examining.source_bytes(str(tmp_path / "a.pdf"))


# ---------------------------------------------------------------- what would fetch


class Canary(http.server.ThreadingHTTPServer):
    """A server on loopback that counts its visitors."""

    visitors = 0

    def finish_request(self, request: object, client_address: object) -> None:
        self.visitors += 1


@pytest.fixture
def canary() -> Iterator[Canary]:
    with Canary(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("padding", [0, 70_000])
@pytest.mark.parametrize("where", ["file", "address"])
def test_no_entity_is_fetched_or_expanded(where: str, padding: int, canary: Canary, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.txt"
    secret.write_text("7 miljarder kronor", encoding="utf-8")
    os.utime(secret, (1, 1))
    target = secret.as_uri() if where == "file" else f"http://127.0.0.1:{canary.server_port}/x"
    head = '<?xml version="1.0"?>' + " " * padding + hostile.laughs(target)
    assert "declares a document type" in refused(hostile.docx(hostile.paragraph("&canary;&l11;"), head=head), "a.docx")
    rels = RELS.format(target)
    for data, name in (
        (f"{head}<html><body><p>{SUM} &canary; &l11;</p></body></html>".encode(), "a.xhtml"),
        (f'{head}<svg xmlns="http://www.w3.org/2000/svg"><text>{SUM} &canary; &l11;</text></svg>'.encode(), "a.html"),
        (f'<p>{SUM}<svg><text>&canary;<image href="{target}"/></text></svg><img src="{target}">'.encode(), "b.html"),
        (hostile.docx(more=[("word/_rels/document.xml.rels", rels)]), "b.docx"),
    ):
        document = read(data, name)
        assert "7 miljarder" not in document.text
        assert len(document.text) < 200
    assert canary.visitors == 0
    assert secret.stat().st_atime < 100 or os.statvfs(tmp_path).f_flag & getattr(os, "ST_NOATIME", 0)


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{}" '
    'TargetMode="External"/></Relationships>'
)
