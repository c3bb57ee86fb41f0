"""The text at the desk in a real browser: it reads as the publication does, and what is picked in it is exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from belopp import gold
from belopp.model import Row

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from tests.browser.desks import OpenDesk, Served, chromium, desks, make_run, press, ready, settled
    from tests.making import platypus
else:
    from desks import OpenDesk, Served, chromium, desks, make_run, press, ready, settled

    from making import platypus

__all__ = ["chromium", "desks"]  # the fixtures

DOC: Final = "nyheter/bibliotek.md"
TEXT: Final = """# Stöd till **biblioteken**

Regeringen avsätter 😀 **30 miljoner** kronor till [biblioteken](https://exempel.se "Mer") 2025. Av dessa går

3. **18 miljoner kronor** till *Kulturrådet*
4. **12&nbsp;milj&shy;oner** kronor till `Kungliga` biblioteket

   Där arbetar *några [få](x.html)* &amp; andra för **sjuhundra** kronor.

> Kulturrådet får **_3&nbsp;000_ kr** per bibliotek,
> säger vi.

| Anslag | 2025 |
| --- | ---: |
| [Skolor](x.html) | **5 mnkr** |
"""


@pytest.fixture(name="served")
def serve(open_desk: OpenDesk, tmp_path: Path) -> Served:
    return open_desk(make_run(tmp_path, {DOC: TEXT}), tmp_path / "gold")


def opened(served: Served, browser: Browser, **options: Any) -> Page:
    page = served.open(browser, **options)
    page.locator("#queue .item a").first.click()
    page.wait_for_url("**/d/**")
    ready(page)
    return page


def choose(page: Page, words: str) -> None:
    page.locator("#cards > li", has_text=words).first.click()
    assert page.locator("#cards > li.current .sum").inner_text() == words


def saved(served: Served) -> list[Row]:
    return gold.load(served.gold).get(DOC, [])


def pick(page: Page, first: str, last: str) -> None:
    """Select from the first words seen to the last, as a mouse would: through the text's nodes."""
    page.evaluate(
        """([first, last]) => {
          const walk = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
          const nodes = [];
          while (walk.nextNode()) nodes.push(walk.currentNode);
          const from = nodes.find((node) => node.data.includes(first));
          const to = nodes.slice(nodes.indexOf(from)).find((node) => node.data.includes(last));
          getSelection().setBaseAndExtent(from, from.data.indexOf(first), to, to.data.indexOf(last) + last.length);
        }""",
        [first, last],
    )


def test_marks_are_read_and_not_seen(served: Served, browser: Browser) -> None:
    page = opened(served, browser)
    text = page.locator("#text")
    said = text.inner_text()
    for mark in ("**", "_3", "](", "[", "`", "&amp;", "&nbsp;", "\n>"):
        assert mark not in said
    assert "några få & andra" in said
    assert text.locator("h1 strong").inner_text() == "biblioteken"
    assert text.locator("em").all_inner_texts()[:2] == ["Kulturrådet", "några "]
    assert text.locator("code").inner_text() == "Kungliga"
    assert text.locator("ul > li").evaluate_all("all => all.map((each) => each.value)") == [3, 4, 0]
    assert text.locator(".link").all_inner_texts() == ["biblioteken", "få", "Skolor"]
    assert page.locator("#text mark", has_text="30 miljoner").inner_text() == "30 miljoner kronor"
    assert page.locator("#text a").count() == 0  # a publication's links lead nowhere
    assert served.faults == []


def test_edges_move_by_what_is_seen_and_spans_stay_exact(served: Served, browser: Browser) -> None:
    page = opened(served, browser)
    (row,) = [words for words in page.locator("#cards .sum").all_inner_texts() if words.startswith("30 miljoner")]
    choose(page, row)
    press(page, "}")
    settled(page)
    (found,) = saved(served)
    assert (found.text, found.start) == ("30 miljoner", TEXT.index("30 miljoner"))
    press(page, "]]")
    settled(page)
    (found,) = saved(served)
    assert found.text == "30 miljoner** kronor till"
    press(page, "}[")
    settled(page)
    (found,) = saved(served)
    assert TEXT[found.start : found.end] == found.text == "😀 **30 miljoner** kronor"
    assert page.locator("#text mark.current").inner_text() == "😀 30 miljoner kronor"
    press(page, "{")
    settled(page)
    (found,) = saved(served)
    assert (found.text, str(found.low)) == ("30 miljoner** kronor", "30000000")
    assert served.faults == []


@pytest.mark.parametrize(
    ("first", "last", "words", "worth"),
    [
        ("12", "kronor", "12&nbsp;milj&shy;oner** kronor", "12000000"),
        ("12", "kro", "12&nbsp;milj&shy;oner** kronor", "12000000"),
        ("få", "kronor", "få](x.html)* &amp; andra för **sjuhundra** kronor", "700"),
    ],
)
def test_a_selection_across_marks_is_exact(
    served: Served, browser: Browser, first: str, last: str, words: str, worth: str
) -> None:
    page = opened(served, browser)
    pick(page, first, last)
    press(page, "m")
    settled(page)
    page.wait_for_selector("#cards > li.decided", state="attached")
    (found,) = saved(served)
    assert (found.text, TEXT[found.start : found.end], str(found.low)) == (words, words, worth)
    assert served.faults == []


def test_a_page_of_a_pdf_begins_where_it_does(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph

    styles = getSampleStyleSheet()
    one, two = (
        Paragraph(f"Regeringen ger {number} miljoner kronor till skolorna 2025.", styles["Normal"]) for number in (5, 6)
    )
    title = Paragraph("Stöd till *alla* skolor", styles["Title"])
    served = open_desk(make_run(tmp_path, {"skolor.pdf": platypus([title, one, PageBreak(), two])}), tmp_path / "gold")
    page = opened(served, browser)
    said = page.locator("#text").inner_text()
    assert said.index("5 miljoner") < said.index("Sida 2") < said.index("6 miljoner")
    assert "Sida 1" not in said
    assert "*alla*" in said  # a PDF has no marks: its stars are its own
    assert page.locator("#text .page").count() == 1
    pick(page, "5 miljoner", "6 miljoner")  # the page's number is no part of the text
    assert "Sida" not in page.evaluate("String(getSelection())")
    assert served.faults == []
