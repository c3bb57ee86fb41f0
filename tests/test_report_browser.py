"""The report in a browser: nothing runs, nothing is fetched, nothing sticks out, and links open what they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from belopp import batch
from belopp.cli import belopp

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.conftest import missing, require_program
else:
    from conftest import missing, require_program

RAW: Final = Path(__file__).parents[1] / "corpus" / "raw"
ARGUMENTS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SCRIPT: Final = """# Stöd </title></style></script><script>document.title='ran'</script>

Staten ger 30 miljoner kronor till <svg onload="document.title='ran'"></svg><img src=x onerror="document.title='ran'">
skolor 2025, varav 10 miljoner kronor till <a href="javascript:document.title='ran'">lärare</a>.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        missing("playwright is not installed")
    path = require_program("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("vl_convert")
    folder = tmp_path_factory.mktemp("browser")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "<img src=x onerror=document.title='ran'>.md").write_text(SCRIPT, encoding="utf-8")
    for path in sorted((RAW / "overenskommelser-och-avtal").rglob("*.md")):
        (raw / path.name).write_bytes(path.read_bytes())
    batch.run([str(raw)], out=folder / "run")
    given = ["report", str(folder / "run"), "--gold", str(folder / "run"), "--bootstrap", "20"]
    told = CliRunner().invoke(belopp, [*given, "--out", str(folder / "report.html")], catch_exceptions=False)
    assert told.exit_code == 0
    return folder / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_and_nothing_sticks_out(browser: Browser, page: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("request", lambda request: heard.append(request.url))
    tab.goto(page.as_uri())
    assert tab.title() == "belopp · Report"
    assert heard == [page.as_uri()]
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_a_link_opens_what_it_leads_to(browser: Browser, page: Path) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(page.as_uri())
    folded = tab.locator("#area-0")
    assert not folded.is_visible()
    tab.locator("svg.sankey a").first.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("table:target").is_visible()
    tab.locator("table:target a").first.click()
    assert tab.locator("mark:target").is_visible()
    assert tab.locator("mark:target").bounding_box() is not None
    top = tab.locator("mark:target").evaluate("mark => mark.getBoundingClientRect().top")
    assert 0 <= top < 900
    tab.close()


def test_a_bar_of_the_timeline_leads_to_its_sums(browser: Browser, page: Path) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(page.as_uri())
    tab.locator("#years svg a").first.click()
    assert tab.locator("table:target").is_visible()
    assert tab.locator("table:target").get_attribute("id") == tab.evaluate("location.hash.slice(1)")
    tab.close()
