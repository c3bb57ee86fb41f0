"""What differs between two sheets: gains and losses first, then the rows that changed, their columns marked."""

from __future__ import annotations

from collections.abc import Sequence

from belopp.model import VOCABULARIES
from belopp.report.loading import Places, money, names
from belopp.report.markup import Html, element, join, link, listing, sum_cell, to_publication
from belopp.report.words import Say
from belopp.score import CHANGED, GAINED, LOST, Change, Comparison, Entry, RowChange, differences, row_changes, sides


def changes(comparison: Comparison, places: Places, say: Say) -> Html:
    """The differences of the second sheet from the first, each linked to where it stands."""
    rows = list(row_changes(comparison))
    if not rows:
        return element("p", say("Nothing differs."))
    counts = differences(comparison).counts
    most_first = sorted(counts, key=lambda what: -counts[what])
    tally = [
        element("li", element("b", money(counts[what], say)), f" {say(what)}", class_=f"chip {what}")
        for what in most_first
    ]
    return join(
        [
            element("ul", *tally, class_="chips"),
            _whole(say("Lost"), LOST, rows, places, say),
            _whole(say("Gained"), GAINED, rows, places, say),
            _changed([row for row in rows if row.what == CHANGED], comparison, places, say),
        ]
    )


def _whole(title: str, kind: str, rows: Sequence[RowChange], places: Places, say: Say) -> Html | None:
    listed = [row.before or row.after for row in rows if row.what == kind]
    if not listed:
        return None
    lines = [
        [
            sum_cell(link(places.sum(entry.doc, entry.start), entry["text"])),
            element("td", _value(entry, say), class_="n"),
            entry["area"] or "–",
            to_publication(places, entry.doc),
        ]
        for entry in listed
        if entry is not None
    ]
    head = element("h3", title, " ", element("span", money(len(lines), say), class_="count"))
    return element(
        "div", head, listing([say("Sum"), say("Value"), say("Area"), say("Publication")], lines), class_=f"card {kind}"
    )


def _value(entry: Entry, say: Say) -> str:
    if entry.low is None or entry.high is None:
        return entry.value
    ends = (entry.low,) if entry.low == entry.high else (entry.low, entry.high)
    return f"{'–'.join(money(end, say) for end in ends)}\u00a0{say(entry.currency)}"


def _changed(listed: Sequence[RowChange], comparison: Comparison, places: Places, say: Say) -> Html | None:
    if not listed:
        return None
    lines = [line for row in listed for line in _lines(row, comparison, places, say)]
    heads = [say("Sum"), say("Column"), say("Before"), say("After")]
    return element("div", element("h3", say("Changed")), listing(heads, lines, class_="changed"), class_="card")


def _lines(row: RowChange, comparison: Comparison, places: Places, say: Say) -> list[list[Html]]:
    """A line for each column, the first beside what the row is."""
    assert row.after is not None
    doc = row.after.doc
    first = element("td", link(places.sum(doc, row.after.start), row.changes[0].text), element("br"),
                    to_publication(places, doc), rowspan=len(row.changes))  # fmt: skip
    said = [[element("td", element("b", say(each.what))), *_sides(row, each, comparison, say)] for each in row.changes]
    return [[first, *said[0]], *said[1:]]


def _sides(row: RowChange, change: Change, comparison: Comparison, say: Say) -> list[Html]:
    before, after = sides(row, change, comparison)
    if change.what == "value" and row.before is not None and row.after is not None:
        before, after = _value(row.before, say), _value(row.after, say)
    elif change.what in VOCABULARIES:
        before, after = say(before), say(after)
    elif change.what in ("payer", "recipient", "period"):
        before, after = names(before), names(after)
    return [element("td", element("del", before or "∅")), element("td", element("ins", after or "∅"))]
