"""The desk's keys and pages in a real browser: what each does, what is told of a conflict, and what stays inert."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import pytest

from belopp import gold
from belopp.gold import Decision

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route
    from tests.browser.desks import FAINT, OpenDesk, Served, chromium, desks, make_run, press, ready, settled, until
else:
    from desks import FAINT, OpenDesk, Served, chromium, desks, make_run, press, ready, settled, until

__all__ = ["chromium", "desks"]  # the fixtures

TEXT: Final = (
    "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor till biblioteken 2025. Av dessa går\n\n"
    "* 18 miljoner kronor till Kulturrådet\n* 11 miljoner kronor till Kungliga biblioteket\n\n"
    "## Mer om stödet\n\nSatsningen kostar 4 000 kronor per bibliotek. "
    "Den väntas nå 😀 2 miljoner läsare, och 700 till.\n\n"
    "| Län | Mkr |\n| --- | --- |\n| Skåne | 12 |\n| Gotland | 6 |\n"
)
OTHER: Final = "# Stöd till museerna\n\nRegeringen avsätter 9 miljoner kronor till museerna 2025.\n"


@pytest.fixture(name="served")
def serve(open_desk: OpenDesk, tmp_path: Path) -> Served:
    return open_desk(make_run(tmp_path, {"nyheter/bibliotek.md": TEXT, "nyheter/museer.md": OTHER}), tmp_path / "gold")


def open_document(
    served: Served,
    browser: Browser,
    title: str = "biblioteken",
    *,
    deciding: Callable[[Route], None] | None = None,
    **options: Any,
) -> Page:
    page = served.open(browser, **options)
    if deciding:  # before the document is there: a key that comes soon after may else overtake the route
        page.route("**/decide", deciding)
    page.locator("#queue a", has_text=title).first.click()
    page.wait_for_url("**/d/**")
    ready(page)
    return page


def current(page: Page) -> str:
    return page.locator("#cards > li.current .sum").inner_text()


def shows(page: Page, words: str) -> None:
    """Wait until the current card shows its sum in these words: a saved card is put in anew, and is bare till then."""
    until(page, f"document.querySelector('#cards > li.current .sum')?.innerText === {json.dumps(words)}")
    assert current(page) == words


def to_sum(page: Page, words: str) -> None:
    press(page, ["k"] * 12)
    for _ in range(12):
        if current(page) == words:
            return
        press(page, "j")
    raise AssertionError(words)


def saved(served: Served, doc: str = "nyheter/bibliotek.md") -> dict[str, dict[str, Any]]:
    rows = gold.load(served.gold).get(doc, [])
    return {row.text: {name: getattr(row, name) for name in row.__dataclass_fields__} for row in rows}


def test_the_text_reads_as_a_publication_with_its_sums(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    text = page.locator("#text")
    assert text.locator("h1").inner_text() == "Stöd till biblioteken"
    assert text.locator("h2").inner_text() == "Mer om stödet"
    assert text.locator("ul > li").count() == 2
    assert text.locator("table tr").count() == 3
    assert text.locator("mark.k-rate").all_inner_texts() == ["4 000 kronor"]
    assert page.locator("#tree .v-contradicted, #tree .v-partial, #tree .chip").count() > 0
    to_sum(page, "30 miljoner kronor")
    assert text.locator("mark.is-part").count() == 2
    assert page.locator("#joins path").count() == 2
    assert served.faults == []


def test_accept_reject_and_undo(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "30 miljoner kronor")
    press(page, "a")
    assert current(page) == "18 miljoner kronor"  # accepted, and gone on
    press(page, "x")
    settled(page)
    assert list(saved(served)) == ["30 miljoner kronor"]
    press(page, "u")
    settled(page)
    assert current(page) == "18 miljoner kronor"
    press(page, "u")
    settled(page)
    assert saved(served) == {}
    assert [noted.decision.action for noted in gold.read_journal(served.gold)] == ["accept", "reject", "undo", "undo"]
    assert page.locator("#cards > li.decided").count() == 0
    assert served.faults == []


def test_undo_is_seen_at_once_and_reaches_beyond_this_desk(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path
) -> None:
    run, folder = make_run(tmp_path, {"nyheter/bibliotek.md": TEXT}), tmp_path / "gold"
    yesterday = open_desk(run, folder)
    page = open_document(yesterday, browser)
    to_sum(page, "18 miljoner kronor")
    press(page, "5x")  # proposed; then the next sum is rejected
    settled(page)
    to_sum(page, "11 miljoner kronor")
    press(page, "8")
    settled(page)
    today = open_desk(run, folder)
    page = open_document(today, browser, deciding=lambda route: None)  # what is seen comes from the page itself
    assert page.locator("#cards > li.decided").count() == 2
    press(page, "u")
    card = page.locator("#cards > li.current")
    assert (current(page), page.locator("#cards > li.decided").count()) == ("11 miljoner kronor", 1)
    assert "ökning" not in card.inner_text()
    press(page, "6u")  # a decision that is not saved yet, and back
    assert "beräknat" not in card.inner_text()
    page = open_document(today, browser)
    press(page, "uuu")
    settled(page)
    assert page.locator("#cards > li.decided").count() == 0
    assert saved(today) == {}
    press(page, "u")
    page.wait_for_selector("#say.bad")
    assert "inget att ångra" in page.locator("#say").inner_text()


def test_undo_under_anothers_decision_is_told(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    run, folder = make_run(tmp_path, {"nyheter/bibliotek.md": TEXT}), tmp_path / "gold"
    first = open_document(open_desk(run, folder, reviewer="ek"), browser)
    to_sum(first, "18 miljoner kronor")
    press(first, "5")
    settled(first)
    served = open_desk(run, folder, reviewer="al")
    second = open_document(served, browser)
    to_sum(second, "18 miljoner kronor")
    press(second, "7")
    settled(second)
    press(first, "u")
    first.wait_for_selector("#say.bad")
    assert "al har beslutat" in first.locator("#say").inner_text()
    assert "utbetalt" in first.locator("#cards > li.current").inner_text()
    assert saved(served)["18 miljoner kronor"]["status"] == "paid"


REPEATED: Final = (
    "# 30 miljoner kronor till biblioteken\n\nRegeringen avsätter 30 miljoner kronor till biblioteken 2025. "
    "De 30 miljoner kronorna fördelas av Kulturrådet.\n"
)


def test_a_correction_goes_for_the_repetitions_and_is_told(
    open_desk: OpenDesk, browser: Browser, tmp_path: Path
) -> None:
    served = open_desk(make_run(tmp_path, {"nyheter/bibliotek.md": REPEATED}), tmp_path / "gold")
    page = open_document(served, browser)
    to_sum(page, "30 miljoner kronor")
    repetitions = page.locator("#cards > li:not(:first-child)")
    assert repetitions.count() == 2
    press(page, "5")
    assert all("föreslaget" in words for words in repetitions.all_inner_texts())
    settled(page)
    assert "även i 2 upprepningar" in page.locator("#say").inner_text()
    assert [row.status for row in gold.load(served.gold)["nyheter/bibliotek.md"]] == ["proposed"] * 3
    press(page, "u")
    settled(page)
    assert gold.load(served.gold) == {}
    assert page.locator("#cards > li.decided").count() == 0
    assert served.faults == []


def test_numbers_set_kind_status_and_change(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "18 miljoner kronor")
    press(page, "58")
    settled(page)
    row = saved(served)["18 miljoner kronor"]
    assert (row["kind"], row["status"], row["change"]) == ("funding", "proposed", "increase")
    press(page, "3")
    settled(page)
    row = saved(served)["18 miljoner kronor"]
    assert (row["kind"], row["status"], row["change"], row["part_of"]) == ("other", "", "", None)
    assert "k-other" in (page.locator("#text mark.current").get_attribute("class") or "")


def test_the_parent_by_number_and_by_click(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "11 miljoner kronor")
    press(page, ["p", "0"])
    settled(page)
    assert saved(served)["11 miljoner kronor"]["part_of"] is None
    press(page, "p")
    assert page.locator(".badge").count() > 0
    page.locator("#text mark", has_text="30 miljoner kronor").click()
    settled(page)
    start = TEXT.index("30 miljoner")
    assert saved(served)["11 miljoner kronor"]["part_of"] == start
    press(page, ["p", "Escape"])
    assert page.locator(".badge").count() == 0


def test_the_edges_of_a_span_move_by_tokens(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "4 000 kronor")
    press(page, "]")
    settled(page)
    shows(page, "4 000 kronor per")
    press(page, "}[{{")
    settled(page)
    shows(page, "000 kronor")
    press(page, "[")
    settled(page)
    row = saved(served)["4 000 kronor"]
    assert TEXT[row["start"] : row["end"]] == "4 000 kronor"
    assert str(row["low"]) == "4000"


def test_a_value_is_read_as_it_is_typed(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "18 miljoner kronor")
    press(page, "e")
    page.keyboard.type("drygt 2,5 mnkr")
    until(page, "document.querySelector('#edit-read').textContent.includes('2\\u00a0500\\u00a0000')")
    press(page, ["Enter"])
    settled(page)
    row = saved(served)["18 miljoner kronor"]
    assert (str(row["low"]), row["modifier"]) == ("2500000", "over")
    press(page, "e")
    page.keyboard.type("många pengar")
    page.wait_for_selector("#edit-read .bad")
    press(page, ["Enter"])
    page.wait_for_selector("#say.bad")
    assert str(saved(served)["18 miljoner kronor"]["low"]) == "2500000"


def test_a_missed_sum_from_the_selection_snaps_to_tokens(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    page.evaluate(  # from the middle of "700" to the middle of "till", as a hand drags it
        """() => {
          const block = [...document.querySelectorAll('#text .b')].find((each) => each.textContent.includes('700'));
          const node = [...block.querySelectorAll('[data-o]')].at(-1).firstChild;
          const at = node.data.indexOf('700');
          getSelection().setBaseAndExtent(node, at + 1, node, at + 2);
          document.querySelector('#text').dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    until(page, "String(getSelection()) === '700'")
    press(page, "m")
    settled(page)
    row = saved(served)["700"]
    assert TEXT[row["start"] : row["end"]] == "700"  # behind a character of two UTF-16 units
    assert current(page) == "700"
    assert page.locator("#text mark", has_text=re.compile("^700$")).count() == 1


def test_selected_words_fill_a_cell(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "18 miljoner kronor")
    page.evaluate(
        """() => { const node = document.querySelector('#text h2 [data-o]').firstChild;
                   getSelection().setBaseAndExtent(node, 7, node, 13); }"""
    )
    press(page, "t")
    settled(page)
    assert saved(served)["18 miljoner kronor"]["area"] == "stödet"


def test_help_says_why_and_lights_the_cues(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "30 miljoner kronor")
    press(page, "?")
    page.wait_for_selector("#why .cue")
    assert "avsätter" in page.locator("#why").inner_text()
    assert "Värde" in page.locator("#why dt").all_inner_texts()  # not "Lägst": its ends are one
    lit = page.evaluate("[...CSS.highlights.get('cue')].map(String)")
    assert "avsätter" in lit
    press(page, "j")
    until(page, "document.querySelector('#why h3').textContent.includes('18 miljoner')")
    press(page, ["Escape"])
    assert not page.locator("#help").is_visible()
    assert page.evaluate("CSS.highlights.has('cue')") is False


def test_gold_and_run_are_toggled_and_either_is_accepted(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    run = make_run(tmp_path, {"nyheter/bibliotek.md": TEXT})
    folder = tmp_path / "gold"
    first = open_desk(run, folder)
    page = open_document(first, browser)
    press(page, "A")
    settled(page)
    assert "Dokumentet är klart" in page.locator("#say").inner_text()
    rows = gold.load(folder)["nyheter/bibliotek.md"]
    differing = [replace(row, area="böcker") if row.text.startswith("30") else row for row in rows]
    gold.save(folder, "nyheter/bibliotek.md", differing, base=rows, reviewer="ål", decisions=[],
              when=datetime(2026, 3, 2, tzinfo=UTC))  # fmt: skip
    (folder / gold.JOURNAL).unlink()  # a gold that came from elsewhere
    served = open_desk(run, folder)
    page = served.open(browser, address="/?column=area")
    assert page.locator("#queue .item").count() == 1
    press(page, "n")
    page.wait_for_url("**/d/**")
    ready(page)
    assert current(page) == "30 miljoner kronor"
    assert "böcker" in page.locator("#inspector [data-field=area]").inner_text()
    press(page, "g")
    assert "biblioteken" in page.locator("#inspector [data-field=area]").inner_text()
    press(page, "a")
    settled(page)
    assert saved(served)["30 miljoner kronor"]["area"] == "biblioteken"
    press(page, "u")
    settled(page)
    assert saved(served)["30 miljoner kronor"]["area"] == "böcker"


def test_two_reviewers_on_one_row_are_told(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    run, folder = make_run(tmp_path, {"nyheter/bibliotek.md": TEXT}), tmp_path / "gold"
    one, other = open_desk(run, folder, reviewer="ek"), open_desk(run, folder, reviewer="al")
    first, second = open_document(one, browser), open_document(other, browser)
    for page in (first, second):
        to_sum(page, "30 miljoner kronor")
    press(first, "5")
    settled(first)
    press(second, "7")
    second.wait_for_selector("#say.bad")
    assert "status" in second.locator("#say").inner_text()
    assert "föreslaget" in second.locator("#cards > li.current").inner_text()
    assert second.locator("#cards > li.conflict").count() == 1
    assert saved(one)["30 miljoner kronor"]["status"] == "proposed"
    press(second, "7")  # having seen it
    settled(second)
    assert saved(one)["30 miljoner kronor"]["status"] == "paid"


def test_two_windows_of_one_desk_do_not_overwrite_each_other(served: Served, browser: Browser) -> None:
    first, second = open_document(served, browser), open_document(served, browser)
    for page in (first, second):
        to_sum(page, "30 miljoner kronor")
    press(first, "5")
    settled(first)
    press(second, "7")
    second.wait_for_selector("#say.bad")
    assert saved(served)["30 miljoner kronor"]["status"] == "proposed"


def test_a_server_that_is_gone_is_told_and_the_row_put_back(served: Served, browser: Browser) -> None:
    back = Event()

    def answer(route: Route) -> None:
        if back.is_set():
            route.continue_()
        else:
            route.abort()

    page = open_document(served, browser, deciding=answer)
    to_sum(page, "30 miljoner kronor")
    press(page, "2")
    page.wait_for_selector("#say.bad")
    assert page.locator("#text mark.current.k-funding").count() == 1
    assert page.locator("#cards > li.current.decided").count() == 0
    back.set()
    press(page, "2")
    page.wait_for_selector("#say.good")
    assert saved(served)["30 miljoner kronor"]["kind"] == "rate"


def test_the_next_doubt_leads_to_the_next_document_and_the_queue_empties(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    press(page, "A")
    settled(page)
    press(page, "n")
    until(page, "document.title.includes('museerna') && document.readyState === 'complete'")
    ready(page)
    press(page, "A")
    settled(page)
    press(page, "n")
    page.wait_for_url(f"{served.url}/")
    ready(page)
    assert page.locator("#queue .empty").count() == 1
    assert {noted.doc for noted in gold.read_journal(served.gold) if noted.decision.action == "finish"} == {
        "nyheter/bibliotek.md", "nyheter/museer.md",
    }  # fmt: skip


def test_filters_by_keyboard(served: Served, browser: Browser) -> None:
    page = served.open(browser)
    every = page.locator("#queue .item").count()
    press(page, "/")
    page.keyboard.type("museer")
    until(page, "document.querySelectorAll('#queue .item').length === 1")
    assert every > 1
    assert "document=museer" in page.url
    press(page, ["Escape", "Enter"])
    page.wait_for_url("**/d/**")
    ready(page)
    assert current(page) == "9 miljoner kronor"
    press(page, "/")
    page.wait_for_url("**/#find")
    ready(page)
    assert page.evaluate("document.activeElement.name") == "document"


def test_english_when_asked_for_and_remembered(served: Served, browser: Browser) -> None:
    page = served.open(browser, locale="en-GB")
    assert page.locator("h1").inner_text() == "Queue"
    page.get_by_text("På svenska").click()
    assert page.locator("h1").inner_text() == "Kö"
    page.locator("#queue a").first.click()
    page.wait_for_url("**/d/**")
    assert page.get_attribute("html", "lang") == "sv"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast_and_nothing_is_wider_than_the_window(
    served: Served, browser: Browser, width: int, scheme: str
) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    queue = served.open(browser, **options)
    page = open_document(served, browser, **options)
    press(page, "j?")
    page.wait_for_selector("#why .cue")
    for each in (queue, page):
        assert each.evaluate("document.documentElement.scrollWidth") <= width
        assert each.evaluate(FAINT) == []
    assert served.faults == []


def test_every_control_can_be_reached_and_its_focus_is_seen(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "(() => { const at = document.activeElement; const style = getComputedStyle(at);"
            " return [at.id || at.dataset.key || at.dataset.field || at.className, style.outlineStyle]; })()"
        )
        seen.add(name)
        if name != "page-document":
            assert outline != "none", name
    assert {"help-open", "a", "x", "u", "n", "A", "payer", "area", "part_of", "pick"} <= seen


def test_what_a_key_leads_to_is_told_to_those_who_hear_the_page(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "18 miljoner kronor")
    press(page, "j")
    heard = page.locator("#heard").inner_text()
    assert page.locator("#heard").get_attribute("role") == "status"
    assert heard.startswith("3 av 6, 11 miljoner kronor, 11\u00a0000\u00a0000\u00a0kr, anslag · beslutat, ")
    assert heard.endswith("svagt: Slag, Status, Betalare")
    payer = page.locator("[data-field=payer]")
    assert payer.get_attribute("aria-label") == "Betalare: staten, svagt"
    assert page.locator("[data-field=change]").get_attribute("aria-label") == "Ändring: (tomt)"
    press(page, "6")
    settled(page)
    assert page.locator("[data-field=status]").get_attribute("aria-label") == "Status: beräknat, körningen: beslutat"


def test_single_keys_are_switched_off_and_buttons_do_everything(served: Served, browser: Browser) -> None:
    page = open_document(served, browser)
    to_sum(page, "11 miljoner kronor")
    switch = page.locator("header [data-keys-switch]")
    assert switch.get_attribute("aria-checked") == "true"
    switch.focus()
    press(page, ["Enter"])
    assert switch.get_attribute("aria-checked") == "false"
    page.locator("main.desk").focus()
    press(page, "ax5gm/")
    assert (current(page), saved(served), page.locator(".badge").count()) == ("11 miljoner kronor", {}, 0)
    page.reload()  # remembered
    ready(page)
    press(page, "x?")
    assert not page.locator("#help").is_visible()

    def push(selector: str) -> None:
        page.locator(selector).focus()
        press(page, ["Enter"])
        settled(page)

    to_sum_by_tab(page, "11 miljoner kronor")
    push("[data-field=part_of]")
    assert page.evaluate("document.activeElement.id") == "pick-none"
    press(page, ["Enter"])
    settled(page)
    assert saved(served)["11 miljoner kronor"]["part_of"] is None
    push("[data-field=part_of]")
    press(page, ["Tab", "Tab"])
    assert "30 miljoner kronor" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or "")
    press(page, ["Enter"])
    settled(page)
    assert saved(served)["11 miljoner kronor"]["part_of"] == TEXT.index("30 miljoner")
    push("[data-edge='{']")
    assert saved(served)["miljoner kronor"]["start"] == TEXT.index("11 miljoner") + 3
    push("[data-edge='[']")
    push("[data-field=status]")
    assert saved(served)["11 miljoner kronor"]["status"] == "proposed"
    push("[data-field=period]")
    page.keyboard.type("2026")  # a digit is a digit
    press(page, ["Enter"])
    settled(page)
    assert saved(served)["11 miljoner kronor"]["period"] == "2026"
    push("[data-field=currency]")
    page.locator("#edit-value").fill("EUR")
    press(page, ["Enter"])
    settled(page)
    assert saved(served)["11 miljoner kronor"]["currency"] == "EUR"
    push(".bar [data-key=u]")
    assert saved(served)["11 miljoner kronor"]["currency"] == "SEK"
    push(".bar [data-key=m]")
    label = page.locator(".badge[aria-label*='700']").get_attribute("aria-label")
    push(f".badge[aria-label='{label}']")
    assert "700" in saved(served)
    push("#help-open")
    push("#help [data-keys-switch]")
    page.keyboard.press("Escape")
    press(page, "x")
    settled(page)
    assert "700" not in saved(served)
    assert served.faults == []


def to_sum_by_tab(page: Page, words: str) -> None:
    for _ in range(90):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.matches('.pick') ? document.activeElement.textContent : ''"):
            page.keyboard.press("Enter")
            assert current(page) == words
            return
    raise AssertionError(words)


# ------------------------------------------------------------------------------------------------ hostile

HOSTILE: Final = (
    "# </script><script>alert(1)</script> Stöd <img src=x onerror=alert(2)>\n\n"
    'Regeringen avsätter 30 miljoner kronor till "><svg onload=alert(3)> biblioteken 2025. {{ 7 * 7 }} {% raw %}\n\n'
    '* 18 miljoner kronor till <a href="javascript:alert(4)">Kulturrådet</a> [läs](javascript:alert(5))\n'
    "* \u202e11 miljoner kronor till <style>*{display:none}</style> Kungliga biblioteket' onfocus='alert(6)\n"
)


def test_hostile_words_are_inert_on_every_page(open_desk: OpenDesk, browser: Browser, tmp_path: Path) -> None:
    name = "nyheter/<img src=x onerror=alert(7)>'\"&.md"
    run = make_run(tmp_path, {name: HOSTILE})
    served = open_desk(run, tmp_path / "gold", reviewer="<script>alert(8)</script>")
    page = served.open(browser)
    assert page.locator("#queue img, #queue svg, header script").count() == 0
    page.locator("#queue a").first.click()
    page.wait_for_url("**/d/**")
    ready(page)
    assert "<script>alert(1)</script>" in page.locator("#text h1").inner_text()
    assert "{{ 7 * 7 }}" in page.locator("#text").inner_text()
    assert page.locator("#text img, #text script, #text style, #text a[href^='javascript']").count() == 0
    to_sum(page, "30 miljoner kronor")
    press(page, "t")
    page.locator("#edit-suggestions button").first.wait_for()
    page.locator("#edit-value").fill("<img src=x onerror=alert(9)>")
    press(page, ["Enter"])
    settled(page)
    press(page, "?")
    page.wait_for_selector("#why h3")
    assert saved(served, name)["30 miljoner kronor"]["area"] == "<img src=x onerror=alert(9)>"
    assert page.locator("#cards img, #inspector img, #tree img, #why img, #text img").count() == 0
    press(page, ["Escape", "A"])
    settled(page)
    page.goto(f"{served.url}/?done=1&document=%22%3E%3Cscript%3Ealert(10)%3C/script%3E")
    assert page.locator("#queue script").count() == 0
    page.goto(f"{served.url}/?done=1")
    assert page.locator("#queue img").count() == 0
    assert served.faults == []
    row = saved(served, name)["30 miljoner kronor"]
    came, corrected = (noted.decision for noted in gold.read_journal(served.gold)[:2])
    assert (came.column, came.before) == ("row", "")
    area = gold.row_at(came.after).area
    assert corrected == Decision("correct", row["start"], row["end"], "area", area, "<img src=x onerror=alert(9)>")
