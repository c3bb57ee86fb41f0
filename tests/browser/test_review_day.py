"""A reviewer's day in a real browser, from the keyboard alone: planted errors are found, put right and become gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from belopp import gold
from belopp.model import Row
from belopp.score import sheet_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from tests.browser.desks import OpenDesk, chromium, desks, make_run, press, ready, settled
    from tests.browser.planting import PLANTED, plant, texts
else:
    from desks import OpenDesk, chromium, desks, make_run, press, ready, settled
    from planting import PLANTED, plant, texts

__all__ = ["chromium", "desks"]  # the fixtures

COLUMN_KEYS = {"payer": "y", "recipient": "r", "area": "t", "period": "d", "per": "i", "modifier": "h", "vat": "v"}
NUMBERS = {
    ("kind", "funding"): "1", ("kind", "rate"): "2", ("kind", "other"): "3", ("status", "decided"): "4",
    ("status", "proposed"): "5", ("status", "estimated"): "6", ("status", "paid"): "7", ("change", "increase"): "8",
    ("change", "decrease"): "9", ("change", ""): "0",
}  # fmt: skip


class Reviewer:
    """Someone who knows the truth, looks at what the page shows, and presses keys, each of which is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.correcting = 0
        self.walking = 0

    def correct(self, *keys: str) -> None:
        press(self.page, keys)
        self.correcting += len(keys)

    def walk(self, *keys: str) -> None:
        press(self.page, keys)
        self.walking += len(keys)

    def cards(self) -> list[dict[str, Any]]:
        settled(self.page)
        found: list[dict[str, Any]] = self.page.evaluate(
            "[...document.querySelectorAll('#cards > li')].map((li) => JSON.parse(li.dataset.card))"
        )
        return found

    def go_to(self, id: str) -> None:
        order = [card["id"] for card in self.cards()]
        here = order.index(self.page.locator("#cards > li.current").get_attribute("data-id") or "")
        distance = order.index(id) - here
        self.walk(*(["j"] * distance if distance > 0 else ["k"] * -distance))

    def put_right(self, card: dict[str, Any], truth: dict[str, str]) -> None:
        """Correct one row, column by column, with the fewest keys that the help offers."""
        self.go_to(card["id"])
        self._span(card, truth)
        card = next(each for each in self.cards() if each["id"] == card["id"])
        for column in ("kind", "status", "change"):
            now = next(each for each in self.cards() if each["id"] == card["id"])["cells"]
            if now.get(column, "") != truth[column]:
                self.correct(NUMBERS[column, truth[column]])
        cells = next(each for each in self.cards() if each["id"] == card["id"])["cells"]
        if (cells["low"], cells["high"]) != (truth["low"], truth["high"]):
            self.correct("e", "Enter")  # the value that the words state
        for column, key in COLUMN_KEYS.items():
            if cells.get(column, "") != truth[column]:
                self._choose(column, key, truth[column])
        for column, key in (("part_of", "p"), ("same_as", "s")):
            if cells.get(column, "") != truth[column]:
                starts = [str(each["start"]) for each in self.cards()]
                number = str(starts.index(truth[column]) + 1) if truth[column] else "0"
                self.correct(key, *number)

    def _span(self, card: dict[str, Any], truth: dict[str, str]) -> None:
        for _ in range(9):
            now = next(each for each in self.cards() if each["id"] == card["id"])
            if now["start"] != int(truth["start"]):
                self.correct("[" if now["start"] > int(truth["start"]) else "{")
            elif now["end"] != int(truth["end"]):
                self.correct("]" if now["end"] < int(truth["end"]) else "}")
            else:
                return

    def _choose(self, column: str, key: str, value: str) -> None:
        self.correct(key)
        buttons = self.page.locator(f"#edit-suggestions ol[data-column={column}] button")
        buttons.first.wait_for()
        offered = [button.get_attribute("data-value") or "" for button in buttons.all()]
        if value in offered:
            self.correct(str(offered.index(value) + 1) if value else "0")
        else:
            self.correct(*value, "Enter")

    def add(self, start: str) -> None:
        """A sum that the run missed, by the number that it gets."""
        self.correct("m")
        label = self.page.locator(f".badge[data-start='{start}']").inner_text()
        ambiguous = self.page.locator(".badge").count() >= 10 * int(label)
        self.correct(*label, *(["Enter"] if ambiguous else []))
        self.page.wait_for_selector(f"#cards > li.current[data-id^='g{start}-']")


def cells_of(rows: list[Row]) -> Iterator[dict[str, str]]:
    for entry in sheet_of(rows).entries:
        yield dict(entry.cells)


def test_forty_planted_errors_are_put_right_from_the_keyboard(
    browser: Browser, open_desk: OpenDesk, tmp_path: Path, record_property: Any
) -> None:
    run = make_run(tmp_path, texts())
    truth = plant(run, tmp_path / "raw")
    errors = sum(map(len, PLANTED))
    assert (len(truth), errors) == (10, 40)
    served = open_desk(run, tmp_path / "gold")
    page = served.open(browser)
    reviewer = Reviewer(page)
    press(page, "n")
    for _ in truth:
        page.wait_for_url("**/d/**")
        ready(page)
        doc = page.locator(".text .about bdi").inner_text()
        wanted = list(cells_of(truth[doc]))
        starts = {cells["start"] for cells in wanted}
        for cells in wanted:
            shown = next((card for card in reviewer.cards() if _overlaps(card, cells)), None)
            if shown is None:
                reviewer.add(cells["start"])
        for card in reviewer.cards():
            truths = [cells for cells in wanted if _overlaps(card, cells)]
            if truths:
                if _wrong(card, truths[0]):
                    reviewer.put_right(card, truths[0])
            else:
                reviewer.go_to(card["id"])
                reviewer.correct("x")
        assert starts <= {str(card["start"]) for card in reviewer.cards()}
        reviewer.walk("A")
        settled(page)
        here = page.url
        reviewer.walk("n")
        page.wait_for_url(lambda url: url.split("?")[0] != here.split("?")[0])  # noqa: B023 (called at once)
    assert served.faults == []
    saved = gold.load(tmp_path / "gold")
    assert {doc: list(cells_of(rows)) for doc, rows in saved.items()} == {
        doc: list(cells_of(rows)) for doc, rows in truth.items()
    }
    record_property("keystrokes a correction", reviewer.correcting / errors)
    record_property("keystrokes a correction, walking and finishing included",
                    (reviewer.correcting + reviewer.walking) / errors)  # fmt: skip
    assert reviewer.correcting / errors <= 3
    journal = gold.read_journal(tmp_path / "gold")
    assert {noted.reviewer for noted in journal} == {"ek"}
    assert sum(noted.decision.action == "finish" for noted in journal) == len(truth)


def _overlaps(card: dict[str, Any], cells: dict[str, str]) -> bool:
    return int(card["start"]) < int(cells["end"]) and int(cells["start"]) < int(card["end"])


def _wrong(card: dict[str, Any], truth: dict[str, str]) -> bool:
    span = (str(card["start"]), str(card["end"])) != (truth["start"], truth["end"])
    return span or any(card["cells"].get(column, "") != cell for column, cell in truth.items()
                       if column not in ("doc", "start", "end", "text"))  # fmt: skip
