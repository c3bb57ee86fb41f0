"""The money by year: a chart by altair as SVG, taken apart and put together again without anything that could act."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor, log10
from statistics import median
from typing import Final
from xml.etree import ElementTree

from belopp.model import CERTAINTY
from belopp.report.funds import Fund, shortened
from belopp.report.loading import Places, money
from belopp.report.markup import Html, element, join, link, listing, number, to_publication
from belopp.report.words import Say

STATUSES: Final = CERTAINTY[:0:-1]  # the surest at the bottom of a bar
# Colours stand in for classes, which the page's style gives colours in light and in dark.
_CLASSES: Final = {f"#01010{at}": f"bar {status}" for at, status in enumerate(STATUSES)}
_NUMBERS: Final = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]}
_MOST_SPANS: Final = 15
_STEP: Final = 44
_HEIGHT: Final = 240
_POINT: Final = 130  # its area, in pixels: large enough to be hit
_FLATTENED: Final = 25
_TAGS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "a"})
_KEPT: Final = frozenset({"d", "transform", "x", "x2", "y", "y2", "width", "height", "viewBox", "text-anchor"})
_PLAIN: Final = re.compile(r"[\w\s.,()+-]*", re.ASCII)


class NeedsReview(RuntimeError):
    """The libraries that draw are not installed."""


def years(funds: Sequence[Fund], places: Places, say: Say) -> Html:
    """A bar for each period, and under it the sums behind each; a span of years has a bar of its own.

    Where one period has so much that the others' bars would have no height left, points on a logarithmic axis.
    """
    periods = _periods(funds)
    if not periods:
        return element("p", say("Nothing to draw."))
    key = [element("li", element("span", class_=f"key {each}"), f" {say(each)}") for each in STATUSES]
    logarithmic = _is_lopsided(funds, periods)
    about = "The sums lie so far apart that the axis is logarithmic: each line is ten times the one below it."
    return join(
        [
            element("ul", *key, class_="chips"),
            element("p", say(about), class_="note") if logarithmic else None,
            element("div", _chart(funds, periods, say, logarithmic=logarithmic), class_="wide"),
            element(
                "div",
                *(_behind(period, at, funds, places, say) for at, period in enumerate(periods)),
                class_="behinds",
            ),
        ]
    )


def _periods(funds: Sequence[Fund]) -> list[str]:
    """The periods with a bar, in order of time: every single year, the greatest of the spans, and none."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for fund in funds:
        totals[fund.period] += fund.value
    spans = sorted((each for each in totals if len(each) != 4), key=lambda each: -totals[each])[:_MOST_SPANS]
    return sorted((each for each in totals if len(each) == 4 or each in spans), key=_when)


def _when(period: str) -> tuple[str, int, str]:
    years = re.findall(r"[0-9]{4}", period)
    return (years[0] if years else "9999", len(period) != 4, period)


def _named(period: str, say: Say) -> str:
    return period.replace("-", "–").replace("|", ", ") or say("no year")


def _is_lopsided(funds: Sequence[Fund], periods: Sequence[str]) -> bool:
    """Whether the highest bar would leave half of the bars lower than can be told apart."""
    totals: dict[str, Decimal] = dict.fromkeys(periods, Decimal())
    for fund in funds:
        if fund.period in totals:
            totals[fund.period] += fund.value
    return max(totals.values()) > _FLATTENED * median(totals.values())


def _chart(funds: Sequence[Fund], periods: Sequence[str], say: Say, *, logarithmic: bool) -> Html:
    try:
        import altair as alt
        import vl_convert
    except ModuleNotFoundError as error:
        raise NeedsReview(f"the timeline needs {error.name}; pip install 'belopp[review]'") from error
    totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for fund in funds:
        if fund.period in periods:
            totals[fund.period, fund.status] += fund.value
    in_time = sorted(totals.items(), key=lambda each: (periods.index(each[0][0]), STATUSES.index(each[0][1])))
    order = [_named(period, say) for period in periods]
    values = [
        {"period": _named(period, say), "sum": float(value / 1_000_000), "status": STATUSES.index(status),
         "to": f"#year-{periods.index(period)}",
         "said": f"{_named(period, say)}, {say(status)}: {money(value, say)} {say('SEK')}"}
        for (period, status), value in in_time
    ]  # fmt: skip
    drawn = alt.Chart({"values": values}, width=alt.Step(_STEP), height=_HEIGHT, background="transparent")
    title = say("SEK million")
    if logarithmic:  # a bar's height would say nothing there, and stacked ones less than nothing
        drawn = drawn.mark_point(filled=True, size=_POINT)
        tens = _tens([float(value) / 1_000_000 for value in totals.values()])
        scale = alt.Scale(type="log", domain=[tens[0], tens[-1]], nice=False)
        axis = alt.Axis(format=",.6~f", values=tens, labelOverlap=False, titlePadding=16)
        y = alt.Y("sum:Q", title=title, scale=scale, stack=None, axis=axis)
    else:
        drawn = drawn.mark_bar().encode(order="status:O")
        y = alt.Y("sum:Q", title=title, axis=alt.Axis(format=",.0f", tickCount=5, titlePadding=16))
    chart = drawn.encode(
        x=alt.X("period:O", title=None, sort=order, axis=alt.Axis(labelAngle=-40, grid=logarithmic)),
        y=y,
        color=alt.Color("status:O", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(_CLASSES)), legend=None),
        href="to:N",
        description="said:N",
    ).configure_view(stroke=None)
    return redrawn(vl_convert.vegalite_to_svg(chart.to_json(), format_locale=_NUMBERS), label=say("Years"))


def _tens(sums: Sequence[float]) -> list[float]:
    """The powers of ten from the one below the least of the sums to the one above the greatest."""
    return [10.0**power for power in range(floor(log10(min(sums))), ceil(log10(max(sums))) + 1)]


def redrawn(svg: str, *, label: str) -> Html:
    """A drawing with only shapes, text and links within the page, its colours as classes.

    >>> redrawn('<svg><script>x</script><path d="M0,0" onclick="y"/></svg>', label="a")
    '<svg role="group" aria-label="a"><path d="M0,0"/></svg>'
    """
    root = ElementTree.fromstring(svg)
    size = {name.replace("-", "_"): root.get(name) for name in ("width", "height", "viewBox")}
    return element("svg", *_drawn(root), **size, role="group", aria_label=label)


def _drawn(parent: ElementTree.Element) -> Iterator[Html]:
    for each in parent:
        name = each.tag.rpartition("}")[2]
        if name not in _TAGS or each.get("display") == "none":
            continue
        kept = {key.replace("-", "_"): value for key, value in each.items() if key in _KEPT and _PLAIN.fullmatch(value)}
        if name == "a":
            target = next((value for key, value in each.items() if key.rpartition("}")[2] == "href"), "")
            said = next(filter(None, (shape.get("aria-label") for shape in each)), None)
            yield link(target.rpartition("#")[2], element("title", said) if said else None, *_drawn(each))
        elif name == "text":
            yield element("text", each.text or "", **kept, class_="tick")
        elif name == "line":
            yield element("line", **kept, class_="scale")
        else:
            own = _CLASSES.get(each.get("fill", ""))
            ground = (
                "ground" if name == "path" and not own and each.get("class") in ("background", "foreground") else None
            )
            yield element(name, *_drawn(each), **kept, class_=own or ground)


def _behind(period: str, at: int, funds: Sequence[Fund], places: Places, say: Say) -> Html:
    those = [fund for fund in funds if fund.period == period]
    shown, left = shortened(those, say)
    rows = [
        [
            number(link(places.sum(fund.line["doc"], fund.line["start"]), fund.said(say))),
            fund.area or say("not said"),
            say(fund.status),
            to_publication(places, fund.line["doc"]),
        ]
        for fund in shown
    ]
    heads = [say(head) for head in ("Sum", "Area", "Status", "Publication")]
    head = element(
        "summary", element("b", _named(period, say)), " ", element("span", money(len(those), say), class_="count")
    )
    more = element("p", left, class_="note") if left else None
    sure = element("p", " · ".join(_by_status(those, say)), class_="note")
    return element("details", head, sure, listing(heads, rows, id=f"year-{at}"), more, class_="behind")


def _by_status(funds: Sequence[Fund], say: Say) -> Iterator[str]:
    """What the sums of a period come to, for each status that one of them has."""
    for status in STATUSES:
        if values := [fund.value for fund in funds if fund.status == status]:
            yield f"{say(status)} {money(sum(values, Decimal()), say)}\u00a0{say('SEK')}"
