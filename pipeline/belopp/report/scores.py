"""The scores of a run against the gold, with intervals, and what it takes for what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp.report.loading import Places, money
from belopp.report.markup import NOTHING, Html, element, join, link, listing, number
from belopp.report.words import Say
from belopp.score import CONFUSED, Comparison, Figures, Measure, confused_words, confusion, figures
from belopp.score.confusions import Pairs

_WIDTH: Final = 120


def scores(comparison: Comparison, say: Say, *, rounds: int, listed: bool = False) -> Html:
    """A line for each metric: its shares, and F1 with its interval as a picture.

    Unless it was ``listed`` which publications count, those that the gold has no row for are told.
    """
    told = figures(comparison, rounds=rounds)
    heads = ["Measure", "Precision", "Recall", "F1", "95 % interval", "", "F1 of filled cells", "Kappa", "Rows"]
    rows = [_row(metric, measure, say) for metric, measure in told.measures.items()]
    about = [_drawn(told, say)] if listed else [_drawn(told, say), *_without_gold(comparison, say)]
    return join([*(element("p", each, class_="note") for each in about), listing([say(head) for head in heads], rows)])


def _without_gold(comparison: Comparison, say: Say) -> Iterator[str]:
    rows = [entry.doc for entry in comparison.pred.entries if entry.doc not in comparison.gold.docs]
    if rows:
        said = say("Sums that count as wrong, as the gold has no row for their publications: {}, in {}.")
        yield said.format(money(len(rows), say), money(len(set(rows)), say))
        yield say("--docs lists the publications that count.")


def _drawn(told: Figures, say: Say) -> str:
    if not told.rounds:
        return say("Too few documents to give intervals.")
    return say("Intervals are the middle 95 % of {} draws of whole documents.").format(money(told.rounds, say))


def _row(metric: str, measure: Measure, say: Say) -> list[Html]:
    interval = [_share(end, say) for end in measure.f1_interval or ()]
    return [
        element("th", say(metric), scope="row"),
        number(_share(measure.precision, say)),
        number(_share(measure.recall, say)),
        number(element("strong", _share(measure.f1, say))),
        number("–".join(interval) or "–"),
        element("td", _picture(measure, say)),
        number(_share(measure.filled.f1, say) if measure.filled else ""),
        number(_share(measure.kappa, say) if measure.kappa is not None else ""),
        number(money(measure.gold, say)),
    ]


def _share(share: float | None, say: Say) -> str:
    return "–" if share is None else f"{share:.3f}".replace(".", say("."))


def _picture(measure: Measure, say: Say) -> Html:
    """F1 as a point on a line from 0 to 1, its interval as a bar."""
    if measure.f1 is None:
        return NOTHING
    low, high = measure.f1_interval or (measure.f1, measure.f1)
    said = f"F1 {_share(measure.f1, say)}"
    return element(
        "svg",
        element("line", x1=0, x2=_WIDTH, y1=7, y2=7, class_="scale"),
        element("rect", x=f"{low * _WIDTH:.1f}", y=4, width=f"{max((high - low) * _WIDTH, 1):.1f}", height=6,
                class_="bar"),
        element("rect", x=f"{measure.f1 * _WIDTH - 1:.1f}", y=1, width=2, height=12, class_="point"),
        width=_WIDTH, height=14, viewBox=f"0 0 {_WIDTH} 14", role="img", aria_label=said,
    )  # fmt: skip


def confusions(comparison: Comparison, places: Places, say: Say) -> Html:
    """A confusion table for each closed column, each wrong cell with the sums behind it."""
    return join(_confusion(comparison, column, places, say) for column in CONFUSED)


def _confusion(comparison: Comparison, column: str, places: Places, say: Say) -> Html:
    cells = confusion(comparison, column)
    words = confused_words(cells)
    if len(words) < 2:
        return NOTHING
    known = [say(word or "(empty)") for word in words]
    anchors = {
        pair: f"c-{column}-{words.index(pair[0])}-{words.index(pair[1])}" for pair in cells if pair[0] != pair[1]
    }
    rows = [
        [
            element("th", name, scope="row"),
            *(
                _count(cells.get((word, other), []), anchors.get((word, other), ""), word == other, say)
                for other in words
            ),
        ]
        for word, name in zip(words, known, strict=True)
    ]
    behind = [
        element("li", element("b", f"{say(pair[0] or '(empty)')} → {say(pair[1] or '(empty)')}: "),
                _sums(cells[pair], places), id=anchor)
        for pair, anchor in sorted(anchors.items())
    ]  # fmt: skip
    wrong = element("ul", *behind, class_="behind") if behind else None
    return element(
        "div",
        element("h3", say(column)),
        listing([say(column), *known], rows, class_="confusion"),
        wrong,
        class_="card",
    )


def _count(pairs: Pairs, anchor: str, right: bool, say: Say) -> Html:
    if not pairs:
        return number("·")
    if right or not anchor:
        return element("td", money(len(pairs), say), class_="n right" if right else "n")
    return element("td", link(anchor, money(len(pairs), say)), class_="n wrong")


def _sums(pairs: Pairs, places: Places) -> Html:
    return join(
        join([" · " if at else None, link(places.sum(found.doc, found.start), found["text"])])
        for at, (_, found) in enumerate(pairs)
    )
