"""What the desk shows in a real browser: a chosen sum is in sight, nothing lies over it, and what is told stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from tests.browser.desks import OpenDesk, chromium, desks, make_run, press, ready, settled, until
else:
    from desks import OpenDesk, chromium, desks, make_run, press, ready, settled, until

__all__ = ["chromium", "desks"]  # the fixtures

YEARS: Final = range(2020, 2040)
WIDE: Final = "\n".join(
    [
        "# Vägar och broar\n\nBelopp i miljoner kronor.\n",
        "| Ändamål | " + " | ".join(map(str, YEARS)) + " |",
        "|" + "---|" * (len(YEARS) + 1),
        "| Underhåll av broar | " + " | ".join(str(year - 1900) for year in YEARS) + " |\n",
    ]
)
PARTS: Final = "Staten ger 30 miljoner kronor till Skolverket 2024, varav 10 och 20 miljoner kronor till två program.\n"
CURRENT: Final = """() => {
  const sum = document.querySelector('#text mark.current').getBoundingClientRect();
  const table = document.querySelector('.scroll').getBoundingClientRect();
  const label = document.querySelector('#text mark.current').closest('tr').firstElementChild.getBoundingClientRect();
  return label.left >= table.left && sum.left >= label.right && sum.right <= table.right;
}"""
COVERED: Final = """() => [...document.querySelectorAll('#text mark, .badge')].filter((each) => {
  const { x, y, width, height } = each.getClientRects()[0];
  const seen = document.elementFromPoint(x + width / 2, y + height / 2);
  return !seen.closest('mark, .badge');
}).map((each) => each.textContent)"""


def opened(open_desk: OpenDesk, browser: Browser, folder: Path, text: str, *, width: int = 1280) -> Page:
    served = open_desk(make_run(folder, {"broar.md": text}), folder / "gold")
    page = served.open(browser, viewport={"width": width, "height": 800})
    page.locator("#queue .item a").first.click()
    page.wait_for_url("**/d/**")
    ready(page)
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sum_of_a_wide_table_comes_into_sight_and_its_words_stay_whole(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path, width: int
) -> None:
    page = opened(open_desk, browser, tmp_path, WIDE, width=width)
    for step in range(len(YEARS)):
        assert page.evaluate(CURRENT), step
        press(page, "j")
    assert page.locator("#text mark.current").inner_text() == str(YEARS[-1] - 1900)
    lines = page.locator("#text mark").evaluate_all("all => all.map((each) => each.getClientRects().length)")
    assert lines == [1] * len(YEARS)
    press(page, "p")  # only what is in sight gets a badge; any number can be typed
    edge = page.locator(".scroll").evaluate("each => each.getBoundingClientRect().right")
    places = page.locator(".badge").evaluate_all("all => all.map((each) => each.getBoundingClientRect().left)")
    assert places
    assert max(places) <= edge


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_asked_lies_over_no_sum(open_desk: OpenDesk, browser: Browser, tmp_path: Path, width: int) -> None:
    page = opened(open_desk, browser, tmp_path, PARTS, width=width)
    press(page, "p")
    assert page.locator(".badge").count() == 2
    assert page.locator("#pick-none").is_visible()
    assert page.evaluate(COVERED) == []


def test_that_the_last_sum_is_decided_stays_told_when_it_is_saved(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path
) -> None:
    page = opened(open_desk, browser, tmp_path, PARTS)
    press(page, "aa")
    settled(page)
    assert page.locator("#say").inner_text() == "Sparat"
    press(page, "a")
    settled(page)
    assert page.locator("#say").inner_text().startswith("Sparat · Sista beloppet.")
    press(page, "7")  # what is decided after that is told alone
    settled(page)
    assert page.locator("#say").inner_text() == "Sparat"


def test_a_desk_that_was_opened_anew_is_told_and_lists_do_not_pretend(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path
) -> None:
    page = opened(open_desk, browser, tmp_path, PARTS)
    page.context.clear_cookies()  # as when the desk was closed and opened again, with another token
    press(page, "a")
    page.wait_for_selector("#say.bad")
    assert "Inte sparat" in page.locator("#say").inner_text()
    assert "adressen" in page.locator("#say").inner_text()
    assert page.locator("#cards > li.decided").count() == 0
    press(page, "?")  # why, which cannot be had either
    until(page, "document.querySelector('#say').textContent.includes('adressen')")

    lists = open_desk(tmp_path / "run", tmp_path / "gold").open(browser)
    lists.context.clear_cookies()
    lists.fill("#filters [name=area]", "finns inte")
    until(lists, "document.body.innerText.includes('bears a token')")
