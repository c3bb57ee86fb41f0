"""What the browser tests share: Debian's Chromium, a desk that is served on loopback, and runs of our own for it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page
    from tests.conftest import missing, require_program
else:
    from conftest import missing, require_program

WHEN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUIET: Final = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
OpenDesk = Callable[..., "Served"]

# The texts of a page whose contrast with what lies behind them is below WCAG's AA.
FAINT: Final = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => { for (let at = element; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor); if (colour[3] > 250) return colour; }
    return rgba(getComputedStyle(document.body).backgroundColor); };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility() || element.closest('.skip')) continue;
    const style = getComputedStyle(element);
    const [one, two] = [light(rgba(style.color)), light(behind(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (two + 0.05);
    if (contrast < 4.5) faint.push([walk.currentNode.data.trim().slice(0, 30), element.className, contrast]);
  }
  return faint;
}"""


@pytest.fixture(scope="module", name="browser")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; no other browser is ever fetched."""
    path = require_program("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        missing("playwright is not installed")
    arguments = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


def make_run(folder: Path, texts: Mapping[str, str | bytes]) -> Path:
    """Run belopp over publications of our own; returns the folder of the run."""
    from belopp import batch

    for name, text in texts.items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    batch.run([str(folder / "raw")], out=folder / "run", workers=1)
    return folder / "run"


@dataclass
class Served:
    """A desk behind its address, the folder of its gold, and the pages that were opened on it."""

    url: str
    gold: Path
    token: str = "sesam"
    faults: list[str] = field(default_factory=list)

    def open(self, browser: Browser, *, address: str = "/", **options: Any) -> Page:
        """A page of a browser of its own; whatever goes wrong in it, or is asked of elsewhere, is in ``faults``."""
        context = browser.new_context(**{"locale": "sv-SE", "viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("dialog", self._dialog)
        page.on("request", lambda asked: None if asked.url.startswith((self.url, "data:")) else
                self.faults.append(f"asked of elsewhere: {asked.url}"))  # fmt: skip
        page.goto(f"{self.url}{address}{'&' if '?' in address else '?'}{urlencode({'token': self.token})}")
        ready(page)
        return page

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def ready(page: Page) -> None:
    """Wait until the page's script has taken its place."""
    page.wait_for_selector("html[data-ready=yes]", state="attached")


def settled(page: Page) -> None:
    """Wait until every decision is saved."""
    page.wait_for_selector("body:not(.saving)", state="attached")


@pytest.fixture(name="open_desk")
def desks() -> Iterator[OpenDesk]:
    """A function that serves the desk of a run and a folder of gold until the test is over."""
    import uvicorn

    from belopp.review import Desk, make_app

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(run: Path, gold: Path, *, reviewer: str = "ek", against: Path | None = None) -> Served:
        desk = Desk(run, gold, reviewer=reviewer, clock=lambda: WHEN)
        with closing(socket.socket()) as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            host = f"127.0.0.1:{listener.getsockname()[1]}"
            kept = listener.dup()
        app = make_app(desk, token="sesam", hosts=[host], against=against)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [kept]}, daemon=True)
        thread.start()
        running.append((server, thread))
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        return Served(f"http://{host}", gold)

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true; the page's policy forbids Playwright's own way."""
    from playwright.sync_api import Error

    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if page.evaluate(expression):
                return
        except Error as error:  # between two pages
            if "context" not in str(error):
                raise
        time.sleep(0.02)
    raise AssertionError(expression)


def press(page: Page, keys: Sequence[str]) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)
