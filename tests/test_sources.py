"""Fetching from start to end: the mirror, feeds and single pages of a site of our own, and a run on what came."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import pty
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from belopp.cli import belopp
from belopp.read import index
from belopp.sources import (
    CHANGED,
    FAILED,
    NEW,
    SETTLED,
    UNCHANGED,
    WOULD,
    Errand,
    Failed,
    Outcome,
    Tally,
    WrongSource,
    addresses,
    fetch_feed,
    fetch_g0v,
    fetch_pages,
    opened,
)
from belopp.sources import pages as pages
from belopp.sources.client import Answer
from belopp.sources.disguises import Expected, disguise
from belopp.sources.feeds import announced
from belopp.sources.skimming import skim

if TYPE_CHECKING:
    from tests.growth import grows_in_proportion
    from tests.serving import Hands, Reply, Site, visitor
else:
    from growth import grows_in_proportion
    from serving import Hands, Reply, Site, visitor

MANIFEST = "manifest.jsonl"
DAY = 24 * 3600.0


@pytest.fixture(autouse=True)
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is no part of these tests."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


# ---------------------------------------------------------------- the mirror

PAGES: Mapping[str, tuple[str, str, str]] = {  # path: title, day, text
    "/pressmeddelanden/2024/09/stod-till-biblioteken/": (
        "Stöd till biblioteken",
        "2024-09-17",
        "Regeringen avsätter 30 miljoner kronor 2025, varav 10 miljoner kronor till Kulturrådet.",
    ),
    "/pressmeddelanden/2024/08/besok-i-kiruna": ("Besök i Kiruna", "2024-08-30", "Ministern besökte Kiruna."),
    "/pressmeddelanden/2023/01/tidigare/": ("Tidigare", "2023-01-12", "Stödet var 4 miljoner kronor."),
}


def listed(path: str, title: str, day: str, **said: object) -> dict[str, object]:
    """An entry of the shape that the mirror's indexes have."""
    return {
        "title": title,
        "url": path,
        "published": day,
        "updated": None,
        "types": ["1000"],
        "senders": ["1001"],
        "summary": title,
        "id": None,
        "shortcuts": [],
        "attachments": [{"name": "Bilaga (pdf 10 kB)", "url": "/contentassets/1/bilaga.pdf"}],
        "categories": ["1002"],
        **said,
    }


def publish(site: Site, entries: Sequence[Mapping[str, object]], texts: Mapping[str, str], *, at: str = "1") -> None:
    """Put a mirror of press releases on the site, last updated ``at``."""
    latest = {"latest_updated": f"2024-09-18 04:0{at}:00", "items": len(entries), "codes": 1}
    site.replies["/api/latest_updated.json"] = Reply(json.dumps(latest).encode())
    site.replies["/api/codes.json"] = Reply(b'{"1000": "Pressmeddelanden"}', headers={"ETag": '"codes"'})
    data = json.dumps(entries).encode()
    site.replies["/pressmeddelanden.json"] = Reply(data, headers={"ETag": f'"{hashlib.md5(data).hexdigest()}"'})
    for path, text in texts.items():
        body = text.encode()
        digest = hashlib.md5(body).hexdigest()
        site.replies[path.rstrip("/") + ".md"] = Reply(
            body, headers={"ETag": f'"{digest}"', "Content-Type": "text/markdown"}
        )


@pytest.fixture
def mirror(site: Site) -> Site:
    publish(
        site,
        [listed(path, title, day) for path, (title, day, _) in PAGES.items()],
        {path: f"# {title}\n\n{text}\n" for path, (title, _, text) in PAGES.items()},
    )
    return site


def told(tally: Tally) -> list[tuple[str, int]]:
    return sorted(tally.counts.items())


def fetch_mirror(
    site: Site, out: Path, *, since: str = "2024", hands: Hands | None = None, dry: bool = False, **options: object
) -> tuple[Tally, list[Outcome]]:
    outcomes: list[Outcome] = []
    tally = Tally(lambda outcome, _: outcomes.append(outcome))
    recheck = bool(options.pop("recheck", False))
    with visitor(hands) as client, opened(out, writes=not dry) as corpus:
        errand = Errand(client, corpus, recheck=recheck, dry=dry)
        fetch_g0v(errand, tally, since=since, base=site.url, **options)  # type: ignore[arg-type]
    assert tally.done == tally.known == len(outcomes)
    return tally, outcomes


def manifest(out: Path) -> dict[str, dict[str, object]]:
    lines = (out / MANIFEST).read_text("ascii").splitlines()
    return {entry["path"]: entry for entry in map(json.loads, lines)}


STOD = "pressmeddelanden/2024/09/stod-till-biblioteken.md"
KIRUNA = "pressmeddelanden/2024/08/besok-i-kiruna.md"


def test_the_mirror_is_fetched(mirror: Site, tmp_path: Path) -> None:
    tally, outcomes = fetch_mirror(mirror, tmp_path)
    assert (told(tally), tally.left_out) == ([(NEW, 2)], 1)
    assert {outcome.path for outcome in outcomes} == {STOD, KIRUNA}
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")) == [KIRUNA, STOD]
    for name in (STOD, "pressmeddelanden.json", "api/codes.json"):  # raw bytes, as they were served
        reply = mirror.replies["/" + name]
        assert isinstance(reply, Reply)
        assert (tmp_path / name).read_bytes() == reply.body
    entry = manifest(tmp_path)[STOD]
    reply = mirror.replies["/" + STOD]
    assert isinstance(reply, Reply)
    assert entry == {
        "path": STOD,
        "source": f"{mirror.url}/{STOD}",
        "role": "document",
        "title": "Stöd till biblioteken",
        "published": "2024-09-17",
        "updated": "",
        "url": "/pressmeddelanden/2024/09/stod-till-biblioteken/",
        "page": "",
        "final": f"{mirror.url}/{STOD}",
        "content_type": "text/markdown",
        "etag": reply.headers["ETag"],
        "last_modified": "",
        **dict.fromkeys(("fetched", "asked", "complete"), entry["fetched"]),
        "bytes": len(reply.body),
        "sha256": hashlib.sha256(reply.body).hexdigest(),
    }
    assert str(entry["fetched"]).startswith("2024-09-20T12:00:")


def test_the_second_time_only_what_is_new_or_changed_is_asked_for(mirror: Site, tmp_path: Path) -> None:
    fetch_mirror(mirror, tmp_path)
    mirror.asked.clear()
    tally, _ = fetch_mirror(mirror, tmp_path)
    assert told(tally) == [(SETTLED, 2)]
    assert mirror.paths() == ["/api/latest_updated.json"]  # the mirror was not updated: not even the index

    entries = [listed(path, title, day) for path, (title, day, _) in PAGES.items()]
    entries[1]["updated"] = "2024-09-18"
    entries.append(listed("/pressmeddelanden/2024/09/nytt/", "Nytt", "2024-09-18"))
    texts = {
        "/" + KIRUNA.removesuffix(".md"): "# Besök\n\nDet kostade 2 miljoner kronor.\n",
        "/pressmeddelanden/2024/09/nytt/": "# Nytt\n",
    }
    publish(mirror, entries, texts, at="2")
    mirror.asked.clear()
    tally, _ = fetch_mirror(mirror, tmp_path)
    assert told(tally) == [(CHANGED, 1), (NEW, 1), (SETTLED, 1)]
    assert mirror.paths() == ["/api/latest_updated.json", "/api/codes.json", "/pressmeddelanden.json", "/" + KIRUNA,
                              "/pressmeddelanden/2024/09/nytt.md"]  # fmt: skip
    asked = dict(mirror.asked)
    assert asked["/" + KIRUNA]["If-None-Match"]
    assert (tmp_path / KIRUNA).read_bytes() == texts["/" + KIRUNA.removesuffix(".md")].encode()
    assert manifest(tmp_path)[KIRUNA]["updated"] == "2024-09-18"


def test_what_the_index_calls_updated_may_be_as_it_was(mirror: Site, tmp_path: Path) -> None:
    fetch_mirror(mirror, tmp_path)
    entries = [listed(path, title, day, updated="2024-09-19") for path, (title, day, _) in PAGES.items()]
    publish(mirror, entries, {}, at="2")
    before = manifest(tmp_path)[STOD]
    tally, _ = fetch_mirror(mirror, tmp_path, hands=Hands())
    # The old one, updated since, is of interest now.
    assert told(tally) == [(NEW, 1), (UNCHANGED, 2)]
    after = manifest(tmp_path)[STOD]
    assert (after["fetched"], after["sha256"]) == (before["fetched"], before["sha256"])
    assert after["updated"] == "2024-09-19"


def test_what_was_fetched_on_its_own_day_is_asked_for_again(mirror: Site, tmp_path: Path) -> None:
    path = "/pressmeddelanden/2024/09/i-dag/"
    publish(mirror, [listed(path, "I dag", "2024-09-20")], {path: "# I dag\n"})
    fetch_mirror(mirror, tmp_path)
    assert told(fetch_mirror(mirror, tmp_path)[0]) == [(UNCHANGED, 1)]
    hands = Hands()
    hands.seconds = DAY
    assert told(fetch_mirror(mirror, tmp_path, hands=hands)[0]) == [(UNCHANGED, 1)]
    assert told(fetch_mirror(mirror, tmp_path, hands=hands)[0]) == [(SETTLED, 1)]


def test_recheck_asks_for_all(mirror: Site, tmp_path: Path) -> None:
    fetch_mirror(mirror, tmp_path)
    mirror.asked.clear()
    assert told(fetch_mirror(mirror, tmp_path, recheck=True)[0]) == [(UNCHANGED, 2)]
    assert all("If-None-Match" in headers for path, headers in mirror.asked if path.endswith(".md"))


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_damaged_documents_are_fetched_anew(mirror: Site, tmp_path: Path, damage: str) -> None:
    fetch_mirror(mirror, tmp_path)
    whole = (tmp_path / STOD).read_bytes()
    if damage == "lost":
        (tmp_path / STOD).unlink()
    else:
        (tmp_path / STOD).write_bytes(whole.replace(b"30", b"90"))
    mirror.asked.clear()
    assert told(fetch_mirror(mirror, tmp_path)[0]) == [(CHANGED, 1), (SETTLED, 1)]
    assert (tmp_path / STOD).read_bytes() == whole
    assert not any("If-None-Match" in headers for path, headers in mirror.asked if path == "/" + STOD)


def test_failed_documents_are_told_and_asked_for_the_next_time(mirror: Site, tmp_path: Path) -> None:
    whole = mirror.replies["/" + STOD]
    mirror.replies["/" + STOD] = Reply(status=404)
    tally, _ = fetch_mirror(mirror, tmp_path)
    assert told(tally) == [(FAILED, 1), (NEW, 1)]
    assert tally.failed == [Outcome(f"{mirror.url}/{STOD}", FAILED, reason="404 Not Found")]
    mirror.replies["/" + STOD] = whole
    assert told(fetch_mirror(mirror, tmp_path)[0]) == [(NEW, 1), (SETTLED, 1)]


def test_a_failure_leaves_the_old_bytes(mirror: Site, tmp_path: Path) -> None:
    fetch_mirror(mirror, tmp_path)
    whole = (tmp_path / STOD).read_bytes()
    for reply in (Reply(status=410), Reply(b""), Reply(b"<!doctype html><title>Fel</title><p>Ett fel uppstod</p>")):
        mirror.replies["/" + STOD] = reply
        assert told(fetch_mirror(mirror, tmp_path, recheck=True)[0])[0] == (FAILED, 1)
        assert (tmp_path / STOD).read_bytes() == whole


def test_a_fetch_that_is_cut_off_goes_on_where_it_was(mirror: Site, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(outcome: Outcome, tally: Tally) -> None:
        raise Killed

    with pytest.raises(Killed), visitor() as client, opened(tmp_path) as corpus:
        fetch_g0v(Errand(client, corpus), Tally(kill), since="2024", base=mirror.url)
    assert STOD in manifest(tmp_path)
    assert told(fetch_mirror(mirror, tmp_path)[0]) == [(NEW, 1), (SETTLED, 1)]


def test_a_dry_run_writes_nothing(mirror: Site, tmp_path: Path) -> None:
    tally, outcomes = fetch_mirror(mirror, tmp_path / "ny", dry=True)
    assert told(tally) == [(WOULD, 2)]
    assert {outcome.path for outcome in outcomes} == {STOD, KIRUNA}
    assert list(tmp_path.iterdir()) == []
    assert not any(path.endswith(".md") for path in mirror.paths())
    fetch_mirror(mirror, tmp_path / "ny", since="2024-09")
    assert told(fetch_mirror(mirror, tmp_path / "ny", dry=True)[0]) == [(SETTLED, 1), (WOULD, 1)]


HOSTILE_URLS = ["/../../x/", "/a/../../../../etc/passwd", "/a\0b/", "/CON/", "/" + "x" * 300 + "/", "/\ud800/",
                "/a b?c#d/", "//annan.example/x", "https://annan.example/x", "file:///etc/passwd",
                "/%2e%2e/%2e%2e/y", "/manifest.jsonl/x"]  # fmt: skip


def test_hostile_ids_of_an_index_stay_in_the_folder(site: Site, tmp_path: Path) -> None:
    publish(site, [listed(url, f"Nr {n}", "2024-09-17") for n, url in enumerate(HOSTILE_URLS)], {})
    anywhere = Reply(b"# Rubrik\n\nDet kostar 5 mnkr.\n")
    found = dict(site.replies)

    class Everything(dict[str, Reply | list[Reply]]):
        def get(self, path: str, default: object = None) -> Reply | list[Reply]:
            return found.get(path, anywhere if path.endswith(".md") else Reply(status=404))

    site.replies = Everything()
    out = tmp_path / "corpus"
    tally, _ = fetch_mirror(site, out)
    assert told(tally) == [(NEW, len(HOSTILE_URLS))]
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    files = [path for path in out.rglob("*.md") if path.is_file()]
    assert len(files) == len(HOSTILE_URLS)
    assert all(out.resolve() in path.resolve().parents for path in files)
    listing = index(out)
    titles = {listing[path.relative_to(out).as_posix()].title for path in files}
    assert titles == {f"Nr {n}" for n in range(len(HOSTILE_URLS))}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><title>Hem</title><p>" + b"text " * 999, "an HTML page where JSON was asked for"),
        (b"{", "no JSON"),
        (b"[" * 200_000, "no JSON"),
        (b"", "an empty answer"),
        (b'{"a": 1}', "the index is no list"),
    ],
)
def test_an_index_that_is_none_is_told_and_not_kept(site: Site, tmp_path: Path, body: bytes, reason: str) -> None:
    publish(site, [], {})
    site.replies["/pressmeddelanden.json"] = Reply(body)
    tally, _ = fetch_mirror(site, tmp_path)
    assert [reason in failed.reason for failed in tally.failed] == [True]
    index(tmp_path)  # what a run reads is no worse for it


def test_broken_entries_are_told_and_the_rest_go_on(mirror: Site, tmp_path: Path) -> None:
    entries: list[object] = [listed(path, title, day) for path, (title, day, _) in PAGES.items()]
    entries[1:1] = [{}, "text", {"url": 5}, {"url": "/"}, listed("/odaterat/", "Odaterat", "i går")]
    publish(mirror, entries, {})  # type: ignore[arg-type]
    tally, _ = fetch_mirror(mirror, tmp_path)
    assert told(tally) == [(FAILED, 4), (NEW, 2)]
    assert tally.failed[0].reason == "entry 2 of the index has no url"
    assert tally.left_out == 2


def test_a_mirror_that_forbids_it(mirror: Site, tmp_path: Path) -> None:
    mirror.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /pressmeddelanden\n")
    tally, _ = fetch_mirror(mirror, tmp_path)
    assert [failed.reason for failed in tally.failed] == ["the robots.txt of 127.0.0.1 does not allow it"]
    assert not any(path.startswith("/pressmeddelanden") for path in mirror.paths())


@pytest.mark.parametrize("kind", ["../api", "/tal", "tal/", "TAL", "tal.json", "a b", "", "tal?a"])
def test_a_kind_that_cannot_be_one(mirror: Site, tmp_path: Path, kind: str) -> None:
    with pytest.raises(WrongSource, match="no kind of the mirror"):
        fetch_mirror(mirror, tmp_path, kinds=[kind])


def test_run_knows_what_was_fetched(mirror: Site, tmp_path: Path) -> None:
    fetch_mirror(mirror, tmp_path / "g0v")
    done = CliRunner().invoke(belopp, ["run", str(tmp_path / "g0v"), "--out", str(tmp_path / "ut"), "--workers", "1"])
    assert done.exit_code == 0, done.output
    with (tmp_path / "ut" / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert [row["doc"] for row in csv.DictReader(file)] == [KIRUNA, STOD]
    with (tmp_path / "ut" / "amounts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["low"] for row in rows] == ["30000000", "10000000"]
    for row in rows:
        assert (row["title"], row["published"]) == ("Stöd till biblioteken", "2024-09-17")
        assert row["url"] == "/pressmeddelanden/2024/09/stod-till-biblioteken/"


def test_a_slice_of_the_real_archive(shared: Path, site: Site, tmp_path: Path) -> None:
    """Real pages, and an index of press releases of our own making, for the archive has none."""
    entries, texts = [], {}
    with tarfile.open(shared / "data" / "g0v.tar.gz") as archive:
        for member in archive:
            folder, kind, year, month, *_ = (*member.name.split("/"), "", "", "")
            if member.isfile() and kind == "pressmeddelanden" and year >= "2015":
                file = archive.extractfile(member)
                assert file
                text = file.read().decode()
                path = "/" + member.name.removeprefix(folder + "/").removesuffix(".md") + "/"
                texts[path] = text
                entries.append(listed(path, text.partition("\n")[0].lstrip("# "), f"{year}-{month}-15"))
            if len(texts) == 40:
                break
    publish(site, entries, texts)
    assert fetch_mirror(site, tmp_path, since="2024")[0].left_out == 40
    assert told(fetch_mirror(site, tmp_path, since="2015")[0]) == [(NEW, 40)]
    for path, text in texts.items():
        assert (tmp_path / (path.strip("/") + ".md")).read_bytes() == text.encode()
    listing = index(tmp_path)
    assert {listing[path.strip("/") + ".md"].title for path in texts} == {str(entry["title"]) for entry in entries}
    assert told(fetch_mirror(site, tmp_path, since="2015")[0]) == [(SETTLED, 40)]


# ---------------------------------------------------------------- single pages

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ARTICLE = """<!doctype html><html><head><title>Avtal om vården | Kommunen</title>
<meta property="article:published_time" content="2022-03-07T08:00:00+01:00"></head><body>
<div id="cookie-banner">Vi använder kakor. <button>Godkänn alla kakor</button></div>
<main><h1>Avtal om vården</h1><p>Överenskommelsen omfattar totalt 50 miljoner kronor.</p>
<p><a href="/filer/avtal.pdf">Hela avtalet (pdf 163 kB)</a> <a href="bilaga.PDF#sida=2">Bilaga</a>
<a href="https://127.0.0.1:1/a.html">annat</a> <a href="mailto:a@example.org?x.pdf">brev</a>
<a href="/contentassets/1/">Tabeller (pdf 1 MB)</a> <a href="/filer/avtal.pdf">samma</a></p></main></body></html>"""


@pytest.fixture
def town(site: Site) -> Site:
    pdf = Reply(PDF, headers={"Content-Type": "application/pdf", "ETag": '"pdf"'})
    site.replies = {
        "/avtal/": Reply(ARTICLE.encode(), headers={"Content-Type": "text/html", "ETag": '"1"'}),
        "/filer/avtal.pdf": pdf,
        "/avtal/bilaga.PDF": pdf._replace(body=PDF + b"2"),
        "/contentassets/1/": pdf._replace(body=PDF + b"3"),
    }
    return site


def fetch_urls(out: Path, *urls: str, dry: bool = False, **options: bool) -> tuple[Tally, list[Outcome]]:
    outcomes: list[Outcome] = []
    tally = Tally(lambda outcome, _: outcomes.append(outcome))
    with visitor() as client, opened(out, writes=not dry) as corpus:
        fetch_pages(Errand(client, corpus, dry=dry), tally, urls, **options)
    assert tally.done == tally.known == len(outcomes)
    return tally, outcomes


def test_a_page_comes_with_its_attachments(town: Site, tmp_path: Path) -> None:
    tally, outcomes = fetch_urls(tmp_path, f"{town.url}/avtal/", f"{town.url}/avtal/#igen")
    host = f"127.0.0.1~http{town.port}"
    assert told(tally) == [(NEW, 4)]
    paths = [outcome.path for outcome in outcomes]
    assert paths == [f"{host}/avtal/index.html", f"{host}/filer/avtal.pdf", f"{host}/avtal/bilaga.PDF",
                     f"{host}/contentassets/1/index.pdf"]  # fmt: skip
    assert (tmp_path / paths[0]).read_bytes() == ARTICLE.encode()
    attached = manifest(tmp_path)[paths[3]]
    assert (attached["title"], attached["published"], attached["page"]) == (
        "Tabeller",
        "2022-03-07",
        f"{town.url}/avtal/",
    )
    listing = index(tmp_path)
    assert listing[paths[1]] == ("2022-03-07", "Hela avtalet", f"{town.url}/filer/avtal.pdf")
    assert listing[paths[0]] == ("", "", f"{town.url}/avtal/")  # the page itself says its title and day
    assert told(fetch_urls(tmp_path, f"{town.url}/avtal/")[0]) == [(UNCHANGED, 4)]


def test_pages_without_their_attachments(town: Site, tmp_path: Path) -> None:
    assert told(fetch_urls(tmp_path, f"{town.url}/avtal/", attachments=False)[0]) == [(NEW, 1)]
    assert told(fetch_urls(tmp_path, f"{town.url}/avtal/")[0]) == [(NEW, 3), (UNCHANGED, 1)]


def test_a_single_file(town: Site, tmp_path: Path) -> None:
    assert fetch_urls(tmp_path, f"{town.url}/filer/avtal.pdf")[1][0].path.endswith("/filer/avtal.pdf")


def test_a_dry_run_of_a_page(town: Site, tmp_path: Path) -> None:
    tally, _ = fetch_urls(tmp_path / "ny", f"{town.url}/avtal/", dry=True)
    assert told(tally) == [(WOULD, 4)]
    assert town.paths() == ["/avtal/"]
    assert list(tmp_path.iterdir()) == []


def test_links_to_files_of_this_machine_are_refused(site: Site, tmp_path: Path) -> None:
    canary = tmp_path / "hemligt.pdf"
    canary.write_bytes(PDF)
    page = f'<html><title>Avtal</title><p>{"Text. " * 50}</p><a href="file://{canary}">pdf</a></html>'
    site.replies["/"] = Reply(page.encode())
    tally, _ = fetch_urls(tmp_path / "ut", f"{site.url}/")
    assert [failed.reason for failed in tally.failed] == ["a file: address is not fetched"]
    assert not list((tmp_path / "ut").rglob("*.pdf"))


def test_a_page_with_very_many_attachments(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_ATTACHMENTS", 4)
    links = "".join(f'<a href="/{n}.pdf">{n}</a> ' for n in range(9))
    site.replies = {f"/{n}.pdf": Reply(PDF) for n in range(9)}
    site.replies["/"] = Reply(f"<html><title>Bilagor</title>{links}</html>".encode())
    tally, _ = fetch_urls(tmp_path, f"{site.url}/")
    assert told(tally) == [(FAILED, 1), (NEW, 5)]
    assert tally.failed[0].reason == "9 attachments; those after the first 4 are not fetched"


@pytest.mark.parametrize("address", ["example.org/a", "file:///etc/passwd", "ftp://example.org/", "http://", "https://a:b@c.example/",
                                     "", "https://[::1/"])  # fmt: skip
def test_an_address_that_is_none_is_wrong_usage(tmp_path: Path, address: str) -> None:
    with pytest.raises(WrongSource):
        fetch_urls(tmp_path, address)


# ---------------------------------------------------------------- 200 that is none

LONG = "<p>" + "Regeringen avsätter 5 miljoner kronor till vården. " * 30 + "</p>"
BANNER = '<div class="CookieBanner"><p>Vi använder kakor.</p><button>Godkänn alla kakor</button></div>'


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (f"<title>Sidan kunde inte hittas - Kommunen</title>{LONG}", "an error page: Sidan kunde"),
        (f"<title>Kommunen</title><h1>Sidan finns inte längre</h1>{LONG}", "an error page: Sidan finns"),
        ("<title>404 Not Found</title><p>nginx", "an error page"),
        ("<title>404</title><p>Borta", "an error page"),
        ("<title>Error 500</title><p>Borta", "an error page"),
        ("<title>Regionen: Ett tekniskt fel har uppstått</title><p>Försök senare", "an error page"),
        ("<title>503 Service Temporarily Unavailable</title><p>apache", "an error page"),
        ("<title>Access Denied</title><p>Reference 18", "an error page"),
        ("<title>Tjänsten är tillfälligt stängd</title><p>Välkommen åter", "an error page"),
        (f"<title>Kommunen</title>{BANNER}", "a page of consent"),
        ("<title>Kommunen</title><p>För att gå vidare behöver du acceptera våra cookies.", "a page of consent"),
        ("<title>Just a moment...</title><p>Checking your browser before accessing", "a page of consent"),
        ("<title>Kommunen</title><p>Aktivera JavaScript för att se sidan", "a page of consent"),
        ("<title>Kommunen</title><script>visa()</script>", "a page without text"),
        ("<title>Kommunen</title><div id=app></div>", "a page without text"),
    ],
)
def test_an_error_page_of_status_200_is_told(site: Site, tmp_path: Path, page: str, reason: str) -> None:
    site.replies["/a/"] = Reply(f"<!doctype html><html>{page}</html>".encode())
    tally, _ = fetch_urls(tmp_path, f"{site.url}/a/")
    assert [failed.reason.startswith(reason) for failed in tally.failed] == [True], tally.failed
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(
    "page",
    [
        f"<title>404 miljoner kronor till vården - Regeringen</title>{LONG}",
        f"<title>Stöd efter driftstörningar | Regeringen</title>{LONG}",
        f"<title>Fel att sänka bidraget</title>{LONG}",
        f"<title>Ny lag om kakor: du kan inte längre tvingas godkänna alla kakor</title>{LONG}",
        f"<title>Stöd</title>{BANNER}{LONG}",
        f"<title>Stöd</title>{BANNER}<main><p>{'Kommunen får 5 mnkr. ' * 9}</p></main>",
        "<title>Stöd</title><p>Kommunen får 5 mnkr.",
        f"<title>{'Sidan ' * 500}</title>{LONG}",
    ],
)
def test_a_publication_is_no_error_page(site: Site, tmp_path: Path, page: str) -> None:
    site.replies["/a/"] = Reply(f"<!doctype html><html>{page}</html>".encode())
    assert told(fetch_urls(tmp_path, f"{site.url}/a/")[0]) == [(NEW, 1)]


@pytest.mark.parametrize(
    ("body", "expected", "reason"),
    [
        (b"<html><title>Logga in</title><p>Logga in", "pdf", "an HTML page where a PDF was asked for"),
        (b"Filen saknas", "pdf", "no PDF where a PDF was asked for"),
        (b"\n" * 10 + PDF, "pdf", ""),
        (b"<html><title>Stod</title><p>text", "markdown", "an HTML page where Markdown was asked for"),
        (b"# Rubrik\n\n<html> i texten", "markdown", ""),
        (b" \n", "markdown", "an empty answer"),
        (b"\x89PNG\r\n\0\0", "page", "of no format that belopp reads"),
        ("\ufeffStöd 5 mnkr".encode("utf-16-le"), "page", ""),
        (b"PK\x03\x04...word/document.xml", "page", ""),
        (b"MZ\0\0", "page", "of no format that belopp reads"),
    ],
)
def test_what_was_asked_for_is_what_came(body: bytes, expected: Expected, reason: str) -> None:
    answer = Answer("https://example.org/a", 200, body, "", "", "")
    assert disguise(answer, asked="https://example.org/a", expected=expected) == reason


def test_sent_on_to_the_front_page(site: Site, tmp_path: Path) -> None:
    site.replies = {
        "/a/": Reply(status=302, headers={"Location": "/"}),
        "/": Reply(f"<html><title>Hem</title>{LONG}".encode()),
    }
    tally, _ = fetch_urls(tmp_path, f"{site.url}/a/")
    assert tally.failed[0].reason == "sent on to the front page: the page is gone"
    assert told(fetch_urls(tmp_path, f"{site.url}/")[0]) == [(NEW, 1)]


@pytest.mark.parametrize("shape", ["<div>", "<a href=x>", "<!--", "<a ", "<a '", "<script>", "<b id=1 ",
                                   "<time datetime=", "<nav>", "<title>", "<h1>x", "<a href='a.pdf' ",
                                   "<p class=", "&", "<!x", "<a href=a.pdf>"])  # fmt: skip
def test_skimming_takes_time_in_proportion(shape: str) -> None:
    grows_in_proportion(lambda times: skim((shape * times).encode()), 32_000)


# ---------------------------------------------------------------- feeds

ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{more}</item>"


def rss(*items: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Nytt</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def feed(town: Site) -> Site:
    enclosure = '<enclosure url="/filer/protokoll.pdf" type="application/pdf" length="9"/>'
    town.replies["/rss"] = Reply(
        rss(
            ITEM.format(title="Avtal", link="/avtal/", day="Mon, 07 Mar 2022 00:30:00 +0100", more=""),
            ITEM.format(title="Möte", link=f"{town.url}/mote/", day="Tue, 01 Feb 2022 09:00:00 GMT", more=enclosure),
            ITEM.format(title="Gammalt", link="/gammalt/", day="Tue, 01 Feb 2011 09:00:00 GMT", more=""),
        ),
        headers={"ETag": '"feed"'},
    )
    town.replies["/mote/"] = Reply(f"<html><title>Mote</title>{LONG}</html>".encode(), headers={"ETag": '"2"'})
    town.replies["/filer/protokoll.pdf"] = Reply(PDF + b"4")
    return town


def fetch_rss(
    site: Site, out: Path, *, since: str = "2022", dry: bool = False, path: str = "/rss"
) -> tuple[Tally, list[Outcome]]:
    outcomes: list[Outcome] = []
    tally = Tally(lambda outcome, _: outcomes.append(outcome))
    with visitor() as client, opened(out, writes=not dry) as corpus:
        fetch_feed(Errand(client, corpus, dry=dry), tally, site.url + path, since=since)
    assert tally.done == tally.known == len(outcomes)
    return tally, outcomes


def test_a_feed_is_fetched_and_then_only_what_is_new(feed: Site, tmp_path: Path) -> None:
    tally, _ = fetch_rss(feed, tmp_path)
    assert (told(tally), tally.left_out) == ([(NEW, 6)], 1)
    host = f"127.0.0.1~http{feed.port}"
    entry = manifest(tmp_path)[f"{host}/avtal/index.html"]
    assert (entry["title"], entry["published"]) == ("Avtal", "2022-03-07")  # yesterday in UTC
    assert manifest(tmp_path)[f"{host}/filer/protokoll.pdf"]["page"] == f"{feed.url}/mote/"
    feed.asked.clear()
    tally, _ = fetch_rss(feed, tmp_path)
    assert told(tally) == [(SETTLED, 3)]
    assert feed.paths() == ["/rss"]


def test_attachments_that_failed_are_asked_for_again(feed: Site, tmp_path: Path) -> None:
    whole = feed.replies["/filer/avtal.pdf"]
    feed.replies["/filer/avtal.pdf"] = Reply(status=404)
    assert told(fetch_rss(feed, tmp_path)[0]) == [(FAILED, 1), (NEW, 5)]
    feed.replies["/filer/avtal.pdf"] = whole
    assert (NEW, 1) in told(fetch_rss(feed, tmp_path)[0])
    assert told(fetch_rss(feed, tmp_path)[0]) == [(SETTLED, 3)]


def test_a_dry_run_of_a_feed(feed: Site, tmp_path: Path) -> None:
    tally, _ = fetch_rss(feed, tmp_path / "ny", dry=True)
    assert told(tally) == [(WOULD, 6)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><title>Nytt</title>" + LONG.encode(), "an HTML page where a feed was asked for"),
        (b"hej", "no RSS or Atom feed"),
        (b"<rss>" + b" " * (9 << 20), "longer than any feed"),
        (b"", "an empty answer"),
        (b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 999 + b'">]>' + rss(), "defines entities of its own"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>'.encode("utf-16"),
         "defines entities of its own"),
    ],
)  # fmt: skip
def test_a_feed_that_is_none_is_told(site: Site, tmp_path: Path, body: bytes, reason: str) -> None:
    site.replies["/rss"] = Reply(body)
    tally, _ = fetch_rss(site, tmp_path)
    assert [reason in failed.reason for failed in tally.failed] == [True], tally.failed


def test_a_feed_opens_no_file_and_no_address(site: Site, tmp_path: Path) -> None:
    """What feedparser is given as a bare string it may take for a file or an address."""
    secret = tmp_path / "hemligt.xml"
    secret.write_bytes(rss(ITEM.format(title="Hemligt", link="/a/", day="", more="")))
    for data in (os.fsencode(secret), f"{site.url}/rss".encode(), f"file://{secret}".encode()):
        with pytest.raises(Failed, match="no RSS or Atom feed"):
            announced(data, base="https://example.org/")
    assert site.asked == []


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "http://127.0.0.2/", "javascript:alert(1)", "http://0x7f000002/"]
)
def test_links_of_a_feed_are_checked(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    real = addresses.local_kind
    monkeypatch.setattr(addresses, "local_kind", lambda address: "" if address == "127.0.0.1" else real(address))
    site.replies["/rss"] = Reply(rss(ITEM.format(title="Fälla", link=link, day="", more="")))
    outcomes: list[Outcome] = []
    with visitor(allow_private=False) as client, opened(tmp_path) as corpus:
        fetch_feed(Errand(client, corpus), Tally(lambda outcome, _: outcomes.append(outcome)), f"{site.url}/rss")
    assert [outcome.verdict for outcome in outcomes] == [FAILED]
    assert "address" in outcomes[0].reason


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Nytt</title><entry><title>Avtal &amp; <b>annat</b></title>
<link rel="alternate" href="https://example.org/avtal/"/><published>2022-03-07T00:30:00+01:00</published>
<updated>2022-03-08T10:00:00Z</updated></entry><entry><title>Utan adress</title></entry></feed>"""


def test_an_atom_feed() -> None:
    (found,) = announced(ATOM, base="https://example.org/")
    assert found[:4] == ("https://example.org/avtal/", "Avtal & annat", "2022-03-07", "2022-03-08T10:00:00Z")


# ---------------------------------------------------------------- the command


def call(*arguments: object) -> Result:
    return CliRunner().invoke(belopp, ["fetch", *map(str, arguments)])


OWN = ("--allow-private", "--pause", 0)


def test_the_command_tells_each_outcome(mirror: Site, tmp_path: Path) -> None:
    mirror.replies["/" + KIRUNA] = Reply(status=410)
    done = call("g0v", "--since", "2024", "--base", mirror.url, "--out", tmp_path, *OWN)
    assert done.exit_code == 1
    assert f"1 of 2 new: {STOD} from {mirror.url}/{STOD}\n" in done.stderr
    assert f"failed: {mirror.url}/{KIRUNA}: 410 Gone\n" in done.stderr
    assert done.stdout.startswith("1 new, 0 changed, 0 as they were, 1 failed, 1 earlier left out; 6 requests in ")
    del mirror.replies["/" + KIRUNA]
    quiet = call("g0v", "--since", "2024-09", "--base", mirror.url, "--out", tmp_path, "--quiet", *OWN)
    assert (quiet.exit_code, quiet.stderr) == (0, "")


def test_the_command_refuses_private_addresses_by_default(mirror: Site, tmp_path: Path) -> None:
    done = call("g0v", "--since", "2024", "--base", mirror.url, "--out", tmp_path, "--pause", 0)
    assert done.exit_code == 1
    assert "127.0.0.1, a loopback address; --allow-private allows it" in done.stderr
    assert mirror.asked == []


def test_the_command_runs_dry(mirror: Site, town: Site, tmp_path: Path) -> None:
    out = tmp_path / "ny"
    done = call("url", f"{town.url}/avtal/", "--out", out, "--dry-run", *OWN)
    assert done.exit_code == 0
    assert done.stdout.count("would fetch: ") == 4
    assert "4 would be fetched, 0 as they were, 0 failed" in done.stdout
    assert not out.exists()


def test_the_command_fetches_a_feed(feed: Site, tmp_path: Path) -> None:
    done = call("rss", f"{feed.url}/rss", "--since", "2022", "--out", tmp_path, *OWN)
    assert (done.exit_code, done.stdout.partition(",")[0]) == (0, "6 new")
    done = call("rss", f"{feed.url}/rss", "--no-attachments", "--out", tmp_path / "b", *OWN)
    assert done.exit_code == 1  # the oldest page is gone
    assert "404 Not Found" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("g0v", "--out", "x"), "Missing option '--since'"),
        (("g0v", "--since", "i går", "--out", "x"), "write a year, month or day"),
        (("g0v", "--since", "2024", "--kind", "../x", "--out", "x"), "no kind of the mirror"),
        (("g0v", "--since", "2024", "--base", "g0v.se", "--out", "x"), "write it as https://host/page"),
        (("url", "--out", "x"), "Missing argument 'URL...'"),
        (("url", "file:///etc/passwd", "--out", "x"), "a file: address is not fetched"),
        (("url", "https://example.org/", "--out", "x", "--contact", "a\nX-Evil: 1"), "in plain letters"),
        (("rss", "nytt", "--out", "x"), "write it as https://host/page"),
    ],
)
def test_wrong_usage_is_status_2(
    arguments: Sequence[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.stderr


def test_a_busy_or_broken_corpus_is_status_2(mirror: Site, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    (tmp_path / MANIFEST).write_text("trasig\n")
    common = ("g0v", "--since", "2024", "--base", mirror.url, *OWN)
    assert "is no folder" in call(*common, "--out", tmp_path / "fil").stderr
    assert "line 1 is no line of a manifest" in call(*common, "--out", tmp_path).stderr
    with opened(tmp_path / "b"):
        done = call(*common, "--out", tmp_path / "b")
    assert (done.exit_code, "another fetch is writing there" in done.stderr) == (2, True)


def test_without_the_extra_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("belopp.sources")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("belopp.sources", raising=False)
    monkeypatch.setitem(sys.modules, "httpx2", None)
    done = call("url", "https://example.org/", "--out", tmp_path / "x")
    assert done.exit_code == 2
    assert "pip install 'belopp[sources]'" in done.stderr


def test_a_terminal_gets_a_bar(mirror: Site, tmp_path: Path) -> None:
    mirror.replies["/" + KIRUNA] = Reply(status=410)
    master, slave = pty.openpty()
    screen = bytearray()

    def watch() -> None:
        try:
            while part := os.read(master, 65536):
                screen.extend(part)
        except OSError:
            pass

    reader = threading.Thread(target=watch)
    reader.start()
    command = ["fetch", "g0v", "--since", "2024", "--base", mirror.url, "--out", str(tmp_path), *map(str, OWN)]
    done = subprocess.run([sys.executable, "-m", "belopp", *command], stdout=subprocess.PIPE, stderr=slave, check=False)
    os.close(slave)
    reader.join(5)
    os.close(master)
    assert done.returncode == 1
    assert b"1 new, 0 changed" in done.stdout
    assert b"410 Gone" in screen
    assert b"\x1b[" in screen
    assert b"2/2" in screen
