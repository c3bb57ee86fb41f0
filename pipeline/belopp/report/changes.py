"""What differs between two sheets: gains and losses first, then the rows that changed, their columns marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from belopp.report.loading import Places, money
from belopp.report.markup import Html, element, join, link, listing
from belopp.report.words import Say
from belopp.score import Change, Comparison, differences
from belopp.score.changes import GAINED, LOST


def changes(comparison: Comparison, places: Places, say: Say) -> Html:
    """The differences of the second sheet from the first, each linked to where it stands."""
    found = differences(comparison)
    if not found.found:
        return element("p", say("Nothing differs."))
    moved = {
        (document.doc, one.start, one.end): other.start
        for document in comparison.documents
        for one, other in document.pairs.items()
    }
    counts = Counter(change.what for change in found.changes)
    tally = [element("li", element("b", n), f" {say(what)}", class_=f"chip {what}") for what, n in counts.most_common()]
    return join(
        [
            element("ul", *tally, class_="chips"),
            _whole(say("Lost"), LOST, [each for each in found.changes if each.what == LOST], places, say),
            _whole(say("Gained"), GAINED, [each for each in found.changes if each.what == GAINED], places, say),
            _changed([each for each in found.changes if each.what not in (LOST, GAINED)], moved, places, say),
        ]
    )


def _whole(title: str, kind: str, listed: list[Change], places: Places, say: Say) -> Html | None:
    if not listed:
        return None
    rows = [
        [
            link(places.sum(each.doc, each.start), each.text),
            element("td", _value(each.before or each.after), class_="n"),
            link(places.publication(each.doc), each.doc),
        ]
        for each in listed
    ]
    head = element("h3", title, " ", element("span", len(listed), class_="count"))
    return element("div", head, listing([say("Sum"), "", say("Publication")], rows), class_=f"card {kind}")


def _value(said: str) -> str:
    ends, _, currency = said.rpartition(" ")
    return f"{'–'.join(money(end) for end in ends.split('..'))} {currency}" if ends and "None" not in ends else said


def _changed(
    listed: Iterable[Change], moved: Mapping[tuple[str, int, int], int], places: Places, say: Say
) -> Html | None:
    rows = []
    for place, group in groupby(listed, key=lambda each: (each.doc, each.start, each.end)):
        doc, start = place[0], moved[place]
        those = list(group)
        for at, each in enumerate(those):
            first = (
                element("td", link(places.sum(doc, start), each.text), element("br"),
                        link(places.publication(doc), doc, class_="doc"), rowspan=len(those))
                if not at else None
            )  # fmt: skip
            said = [element("td", element("b", each.what)), *_sides(each)]
            rows.append([cell for cell in (first, *said) if cell is not None])
    if not rows:
        return None
    heads = [say("Sum"), say("Column"), say("Before"), say("After")]
    return element("div", element("h3", say("Changed")), listing(heads, rows, class_="changed"), class_="card")


def _sides(change: Change) -> list[Html]:
    before, after = (
        (_value(change.before), _value(change.after)) if change.what == "value" else (change.before, change.after)
    )
    return [element("td", element("del", before or "∅")), element("td", element("ins", after or "∅"))]
