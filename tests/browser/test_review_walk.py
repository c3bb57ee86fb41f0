"""The desk's differences and figures in a real browser: walked by keyboard, from a loss to its place and back."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from belopp import gold
from belopp.tables import AMOUNTS, read_csv

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from tests.browser.desks import FAINT, OpenDesk, Served, chromium, desks, make_run, press, ready, settled, until
    from tests.conftest import another_run
else:
    from desks import FAINT, OpenDesk, Served, chromium, desks, make_run, press, ready, settled, until

    from conftest import another_run

__all__ = ["chromium", "desks"]  # the fixtures

LIBRARIES: Final = "nyheter/bibliotek.md"
TEXTS: Final = {
    LIBRARIES: (
        "# Stöd till biblioteken\n\nRegeringen avsätter 😀 30 miljoner kronor till biblioteken 2025. Av dessa går\n\n"
        "* 18 miljoner kronor till Kulturrådet\n* 12 miljoner kronor till Kungliga biblioteket\n\n"
        "Dessutom behövs 700 kronor, sägs det.\n"
    ),
    "nyheter/museer.md": "# Stöd till museerna\n\nRegeringen avsätter 9 miljoner kronor till museerna 2025.\n",
    "nyheter/parker.md": "# Stöd till parkerna\n\nRegeringen avsätter 7 miljoner kronor till parkerna 2025.\n",
}
LOST: Final = "Kungliga"
Lines = list[dict[str, str]]


def earlier(lines: Lines) -> Lines:
    """The run before: one sum more, one less, two otherwise."""
    start = TEXTS[LIBRARIES].index(LOST)
    more = {**lines[0], "start": str(start), "end": str(start + len(LOST)), "text": LOST}
    museum, park = lines[-2:]
    return [*lines[1:-2], more, {**museum, "status": "paid"}, {**park, "area": "grönska"}]


@pytest.fixture(name="served")
def serve(open_desk: OpenDesk, tmp_path: Path) -> Served:
    run = make_run(tmp_path, TEXTS)
    rows = [gold.row_of(line) for line in earlier([dict(line) for line in read_csv(run / AMOUNTS.file)])]
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / gold.SHEET).write_text(gold.sheet_text(rows), encoding="utf-8")
    return open_desk(run, tmp_path / "gold", against=another_run(run, earlier))


def current(page: Page) -> str:
    return page.locator("#cards > li.current .sum").inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


def test_differences_are_walked_from_the_queue_by_keyboard(served: Served, browser: Browser) -> None:
    page = served.open(browser)
    press(page, "c")
    page.wait_for_url("**/changes")
    ready(page)
    assert page.locator("h1").inner_text() == "Skillnader"
    assert page.locator("#changes h2").all_inner_texts()[0].startswith("Förlorade")
    page.get_by_role("link", name=re.compile("^Mot .+before$")).click()  # the folder, and the one above
    page.wait_for_url("**with=run")
    ready(page)
    shown = page.locator("#changes .item .sum").all_inner_texts()
    assert shown == [LOST, "30 miljoner kronor", "9 miljoner kronor", "7 miljoner kronor"]
    press(page, "jjk")
    assert focused(page) == LOST
    press(page, "j")
    assert focused(page) == "30 miljoner kronor"
    press(page, ["Enter"])
    page.wait_for_url("**/d/**")
    ready(page)
    assert current(page) == "30 miljoner kronor"
    press(page, "q")  # back to where it was opened from
    page.wait_for_url("**/changes?with=run")
    ready(page)
    assert focused(page) == "30 miljoner kronor"
    press(page, "n")
    page.wait_for_url("**/d/**")
    ready(page)
    assert current(page) == "9 miljoner kronor"
    assert served.faults == []


def test_a_loss_leads_to_its_place_and_one_key_puts_it_in_the_gold(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path
) -> None:
    run = make_run(tmp_path, TEXTS)
    start = TEXTS[LIBRARIES].index("700 kronor")

    other = another_run(run, lambda lines: lines)
    lines = list(read_csv(run / AMOUNTS.file))
    with (run / AMOUNTS.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(line for line in lines if line["start"] != str(start))
    served = open_desk(run, tmp_path / "gold", against=other)
    page = served.open(browser, address="/changes?with=run&kind=lost")
    assert page.locator("#changes .sum").all_inner_texts() == ["700 kronor"]
    press(page, "n")
    page.wait_for_url("**/d/**at=*")
    ready(page)
    assert page.evaluate("String(getSelection())") == "700 kronor"
    assert page.evaluate("[...CSS.highlights.get('place')].map(String).join('')") == "700 kronor"
    assert "m lägger till" in page.locator("#say").inner_text()
    press(page, "m")
    settled(page)
    until(page, "document.querySelectorAll('#cards > li.current').length === 1")
    assert current(page) == "700 kronor"
    assert [row.text for row in gold.load(served.gold)[LIBRARIES]] == ["700 kronor"]
    assert served.faults == []


def test_filters_narrow_the_list_as_they_are_set(served: Served, browser: Browser) -> None:
    page = served.open(browser, address="/changes?with=run")
    press(page, "/")
    page.keyboard.type("parker")
    until(page, "document.querySelectorAll('#changes .item').length === 1")
    assert "document=parker" in page.url
    assert "with=run" in page.url
    press(page, ["Control+a", "Delete", "Tab"])
    page.keyboard.type("Status")
    until(page, "document.querySelector('#changes .item .sum')?.innerText === '9 miljoner kronor'")
    assert page.locator("#changes .columns").inner_text().split() == [
        "Status",
        "före:",
        "utbetalt",
        "→",
        "efter:",
        "beslutat",
    ]
    press(page, ["Escape"])
    assert focused(page) == "9 miljoner kronor"


def test_the_other_language_shows_the_same(served: Served, browser: Browser) -> None:
    page = served.open(browser, address="/changes?with=run")
    page.locator("#filters select[name=column]").select_option("area")
    until(page, "document.querySelectorAll('#changes .item').length === 1")
    page.get_by_role("link", name="In English").click()
    until(page, "document.documentElement.lang === 'en' && document.documentElement.dataset.ready === 'yes'")
    assert page.locator("#changes .sum").all_inner_texts() == ["7 miljoner kronor"]
    assert "lang=" not in page.url
    press(page, "n")
    page.wait_for_url("**/d/**")
    ready(page)
    press(page, "k")
    at = current(page)
    page.get_by_role("link", name="På svenska").click()
    until(page, "document.documentElement.lang === 'sv' && document.documentElement.dataset.ready === 'yes'")
    assert current(page) == at
    press(page, "q")
    page.wait_for_url("**/changes?**")
    ready(page)
    assert page.locator("h1").inner_text() == "Skillnader"
    assert page.locator("#changes .item").count() == 1
    assert served.faults == []


def test_a_figure_leads_to_the_sums_behind_it(served: Served, browser: Browser) -> None:
    page = served.open(browser, locale="en-GB")
    press(page, "f")
    page.wait_for_url("**/figures")
    ready(page)
    assert page.locator("h1").inner_text() == "Figures"
    wrong = page.locator(".confusion .wrong a")
    assert wrong.all_inner_texts() == ["1"]
    steps = page.locator("[data-step]").count()
    press(page, ["j"] * steps)
    assert focused(page) == "1"
    press(page, ["Enter"])
    page.wait_for_url("**/changes?with=gold&column=status&before=paid&after=decided")
    ready(page)
    assert page.locator("#changes .sum").all_inner_texts() == ["9 miljoner kronor"]
    press(page, "n")
    page.wait_for_url("**/d/**")
    ready(page)
    assert current(page) == "9 miljoner kronor"
    assert served.faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast_and_nothing_is_wider_than_the_window(
    served: Served, browser: Browser, width: int, scheme: str
) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    for address in ("/changes?with=gold", "/changes?with=run", "/changes?column=status&before=paid", "/figures"):
        page = served.open(browser, address=address, **options)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(FAINT) == []
        page.context.close()
    assert served.faults == []


@pytest.mark.parametrize("address", ["/changes?with=run", "/figures"])
def test_every_link_can_be_reached_and_its_focus_is_seen(served: Served, browser: Browser, address: str) -> None:
    page = served.open(browser, address=address)
    wanted = page.locator("main a, main input:not([type=hidden]), main select, main button, header a").count()
    seen = set()
    for _ in range(wanted + 25):
        page.keyboard.press("Tab")
        name, outline, inside = page.evaluate(
            "(() => { const at = document.activeElement; const all = [...document.querySelectorAll("
            "'main a, main input:not([type=hidden]), main select, main button, header a')];"
            " return [all.indexOf(at), getComputedStyle(at).outlineStyle, at !== document.body]; })()"
        )
        assert not inside or outline != "none"
        seen.add(name)
    assert set(range(wanted)) <= seen


EVIL: Final = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def test_hostile_words_are_inert(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    name = "nyheter/<img src=x onerror=alert(3)>'\"&.md"
    texts = {name: f'# {EVIL}\n\nStaten ger 30 miljoner kronor till "><svg onload=alert(4)> skolor 2025.\n', **TEXTS}
    run = make_run(tmp_path, texts)

    def change(lines: Lines) -> Lines:
        evil = {"area": EVIL, "payer": f"javascript:alert(5)|{EVIL}", "recipient": "x' onclick='alert(6)"}
        gone = {**lines[0], "doc": f"{EVIL}.md", "text": EVIL, "sentence": f"<svg onload=alert(7)>{EVIL}", "area": EVIL}
        lost = {**lines[0], "start": "2", "end": "9", "text": EVIL, "sentence": EVIL}
        return [*({**line, **evil} for line in lines), gone, lost]

    other = another_run(run, change).rename(tmp_path / "<img src=x onerror=alert(8)>")
    served = open_desk(run, tmp_path / "gold", reviewer="<script>alert(9)</script>", against=other)
    page = served.open(browser, address="/changes?with=run")
    assert EVIL in page.locator("#changes").inner_text()
    for address in (
        "/changes?with=run",
        "/changes?with=run&kind=changed&column=status&before=%3Cb%3E",
        "/changes?document=%22%3E%3Cscript%3Ealert(10)%3C/script%3E&with=run&lang=%3Cscript%3E",
        "/figures?with=run",
    ):
        page.goto(served.url + address)
        ready(page)
        assert (
            page.locator("main img, main script, main svg:not(.interval), main [onclick], header script").count() == 0
        )
        assert page.locator("main a[href^='javascript']").count() == 0
    page.goto(f"{served.url}/changes?with=run&document=onerror")
    press(page, "n")
    page.wait_for_url("**/d/**")
    ready(page)
    assert page.locator("#text img, #text svg:not(#joins), #text script").count() == 0
    assert served.faults == []
