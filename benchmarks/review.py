"""How fast the desk is, in the browser: its pages on a run of 1,000 documents, and a decision in one of 500 sums.

    python benchmarks/review.py            measure and print
    python benchmarks/review.py --write    measure, and keep the figures in benchmarks/review.json

Needs Chromium.  A decision is timed in the page, from the key to the frame that shows it and, apart, to the moment it
is saved; a page from its request to the last byte of its answer and, apart, to its load event.  Figures are medians, in
milliseconds; ``processor`` is the desk's own processor time for one, which a busy machine does not stretch as it does
the others.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from belopp.tables import AMOUNTS, read_csv

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parents[1]
FIGURES: Final = ROOT / "benchmarks" / "review.json"
DOCUMENTS: Final = 1000
SUMS: Final = 500
ROUNDS: Final = 25
MOST: Final = 100.0
QUIET: Final = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """A thousand releases of eight sums, one of them of five hundred."""
    long = "\n".join(
        f"* Regeringen avsätter {12 + n} miljoner kronor till projekt {n} under 2025." for n in range(SUMS)
    )
    yield "nyheter/2025/lang.md", f"# Stöd till många projekt\n\n{long}\n"
    for number in range(1, DOCUMENTS):
        total, first = 40 + number, 15 + number % 7
        yield (
            f"nyheter/2025/{number:04d}.md",
            (
                f"# Stöd till satsning {number}\n\nRegeringen avsätter {total} miljoner kronor till skolor 2025. "
                f"Av dem går {first} miljoner kronor till Skolverket och {total - first} miljoner kronor till Boverket."
                f"\n\nAvgiften är {100 + number} kronor per ansökan. Regeringen föreslår 3 miljoner kronor 2026 och "
                f"4 miljoner kronor 2027. I fjol betalades 2 miljoner kronor ut. Skolorna får 5 000 kronor per elev.\n"
            ),
        )


def another_run(run: Path, folder: Path) -> None:
    """A run before it, in which every fifth sum has another status or is missing."""
    shutil.copytree(run, folder)
    lines = list(read_csv(run / AMOUNTS.file))
    with (folder / AMOUNTS.file).open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        for number, line in enumerate(lines):
            if number % 10:
                writer.writerow({**line, "status": "estimated"} if number % 10 == 5 else line)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """A desk on a run of the texts: its address with the token, and its process."""
    from belopp import batch

    for name, text in texts():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    batch.run([str(folder / "raw")], out=folder / "run")
    another_run(folder / "run", folder / "before")
    command = [sys.executable, "-m", "belopp", "review", str(folder / "run"), "--gold", str(folder / "gold")]
    command += ["--against", str(folder / "before")]
    started = time.perf_counter()
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    address = desk.stdout.readline().split()[-1]
    print(f"opened in {time.perf_counter() - started:.2f} s")
    try:
        yield address, desk.pid
    finally:
        desk.terminate()
        desk.wait(10)


# From the key to the second frame after it (the first has been painted by then), and to the end of saving.
TIMED: Final = """(key) => new Promise((done) => {
  const from = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const figures = {};
  requestAnimationFrame(() => setTimeout(() => { figures.shown = performance.now() - from; }));
  const look = () => document.body.classList.contains('saving') || figures.shown === undefined
    ? setTimeout(look, 1) : done({ ...figures, saved: performance.now() - from });
  setTimeout(look, 1);
})"""
PAGE: Final = """() => { const [page] = performance.getEntriesByType('navigation');
  return { answered: page.responseEnd - page.requestStart, loaded: page.loadEventEnd - page.requestStart }; }"""


def processor(desk: int) -> float:
    """The processor time, in milliseconds, that the desk's process has taken so far."""
    said = Path(f"/proc/{desk}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def decisions(page: Page, desk: int) -> dict[str, dict[str, float]]:
    """The medians of each decision in the document of 500 sums."""
    keys = {"accept": "a", "reject": "x", "undo": "u", "kind": "2", "status": "5", "next": "j", "edge": "]"}
    found: dict[str, dict[str, float]] = {}
    for name, key in keys.items():
        taken, before = [], processor(desk)
        for _ in range(ROUNDS):
            taken.append(page.evaluate(TIMED, key))
            page.evaluate("() => {}") if name == "undo" else page.keyboard.press("j")
        found[name] = _medians(taken) | {"processor": round((processor(desk) - before) / ROUNDS, 1)}
    return found


def _medians(taken: list[dict[str, float]]) -> dict[str, float]:
    return {what: round(statistics.median(each[what] for each in taken), 1) for what in taken[0]}


def pages(page: Page, address: str, desk: int) -> dict[str, dict[str, float]]:
    """The medians of each page of the run of 1,000 documents."""
    base = address.split("?")[0].rstrip("/")
    page.goto(f"{base}/")
    keys = [link.get_attribute("href") or "" for link in page.locator("#queue .item a").all()][:ROUNDS]
    page.goto(f"{base}/?document=lang")
    long = page.locator("#queue .item a").first.get_attribute("href")
    asked: dict[str, Callable[[int], str]] = {
        "queue": lambda n: f"/?page={n + 1}",
        "filtered queue": lambda n: f"/?area=skol&payer=staten&document={n}",
        "document": lambda n: keys[n % len(keys)],
        "differences": lambda n: f"/changes?with=run&page={n + 1}",
        "filtered differences": lambda n: f"/changes?with=run&kind=changed&column=status&document={n}",
        "figures": lambda n: f"/figures?with=run&n={n}",
        "document of 500 sums": lambda n: f"{long}&n={n}",
    }
    found = {}
    for name, path in asked.items():
        page.goto(base + path(0))  # what is worked out once and kept has been
        taken, before = [], processor(desk)
        for number in range(ROUNDS):
            page.goto(base + path(number))
            taken.append(page.evaluate(PAGE))
        found[name] = _medians(taken) | {"processor": round((processor(desk) - before) / ROUNDS, 1)}
    return found


def measure() -> dict[str, Any]:
    """All figures, in milliseconds."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (address, desk),
        sync_playwright() as driver,
    ):
        path = shutil.which("chromium") or "/usr/bin/chromium"
        arguments = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        figures: dict[str, Any] = {"pages": pages(page, address, desk)}
        page.goto(address.replace("?", "?document=lang&"))
        page.locator("#queue .item a").first.click()
        page.wait_for_selector("html[data-ready=yes] #cards", state="attached")
        assert page.locator("#cards > li").count() == SUMS
        figures["decisions"] = decisions(page, desk)
        browser.close()
    return figures


def main() -> None:
    """Measure and print; with ``--write`` keep the figures.  Status 1 when a median is over 100 ms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    figures = measure()
    print(json.dumps(figures, indent=1))
    if parser.parse_args().write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    shown = [each["shown"] for each in figures["decisions"].values()]
    answered = [each["answered"] for each in figures["pages"].values()]
    sys.exit(max(shown + answered) > MOST)


if __name__ == "__main__":
    main()
