"""Payer to area to recipient: a picture of our own, its bands as wide as the money, each leading to its sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from belopp.report.funds import Fund, shortened
from belopp.report.loading import Places, money, names
from belopp.report.markup import Html, element, join, link, listing, number
from belopp.report.words import Say

MOST: Final = (8, 14, 14)
_WIDTH: Final = 1000
_NODE: Final = 12
_GAP: Final = 20
_LABEL: Final = 190
_LONGEST: Final = (27, 34, 27)


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the picture: its column, its name, the top and height of it."""

    column: int
    name: str
    top: float
    height: float

    @property
    def left(self) -> float:
        """Where the box begins: labels stand outside the first and the last column."""
        return (_LABEL, (_WIDTH - _NODE) / 2, _WIDTH - _LABEL - _NODE)[self.column]


def flows(funds: Sequence[Fund], places: Places, say: Say) -> Html:
    """The picture, and under it the sums behind each area."""
    if not funds:
        return element("p", say("Nothing to draw."))
    ends = [_folded(funds, column, say) for column in range(3)]
    ways = list(zip(*ends, strict=True))
    height = _tallest(ends)
    nodes = [_column(column, funds, ends[column], height) for column in range(3)]
    areas = list(nodes[1])
    bands = [*_bands(funds, ways, 0, nodes, areas, say), *_bands(funds, ways, 1, nodes, areas, say)]
    boxes = [
        _box(node, _total(funds, ends[node.column], node.name), say) for column in nodes for node in column.values()
    ]
    title = " → ".join(map(say, ("Payer", "Area", "Recipient")))
    picture = element(
        "svg",
        *bands,
        *boxes,
        viewBox=f"0 0 {_WIDTH} {height:.0f}",
        width=_WIDTH,
        height=f"{height:.0f}",
        role="group",  # no picture to a screen reader: its bands are links
        aria_label=title,
        class_="sankey",
    )
    behind = [_behind(area, at, funds, ends, places, say) for at, area in enumerate(areas)]
    return join(
        [
            element("div", picture, class_="wide"),
            element("div", *behind, class_="behinds"),
        ]
    )


def _folded(funds: Sequence[Fund], column: int, say: Say) -> list[str]:
    """The name of each fund's node in a column; what has too little for a node of its own goes to the others."""
    said = [(fund.payer, fund.area, fund.recipient)[column] for fund in funds]
    named = [(each if column == 1 else names(each)) or say("not said") for each in said]
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for name, fund in zip(named, funds, strict=True):
        totals[name] += fund.value
    kept = sorted(totals, key=lambda name: (-totals[name], name))[: MOST[column]]
    return [name if name in kept else say("others") for name in named]


def _total(funds: Sequence[Fund], ends: Sequence[str], name: str) -> Decimal:
    return sum((fund.value for fund, end in zip(funds, ends, strict=True) if end == name), Decimal())


def _tallest(ends: Sequence[Sequence[str]]) -> float:
    return 260 + max(len(set(column)) for column in ends) * (_GAP + 6)


def _column(column: int, funds: Sequence[Fund], ends: Sequence[str], height: float) -> dict[str, Node]:
    """The boxes of a column from the top, the greatest first."""
    totals = {name: _total(funds, ends, name) for name in ends}
    room = height - _GAP * (len(totals) + 1)
    scale = room / float(sum(totals.values()))
    top, nodes = float(_GAP), {}
    for name in sorted(totals, key=lambda name: (-totals[name], name)):
        nodes[name] = Node(column, name, top, max(float(totals[name]) * scale, 1.0))
        top += float(totals[name]) * scale + _GAP
    return nodes


def _bands(
    funds: Sequence[Fund],
    ways: Sequence[tuple[str, ...]],
    column: int,
    nodes: Sequence[dict[str, Node]],
    areas: list[str],
    say: Say,
) -> list[Html]:
    """The bands from a column to the next; where several leave a box they stand in the order of the other ends."""
    totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for way, fund in zip(ways, funds, strict=True):
        totals[way[column], way[column + 1]] += fund.value
    left, right = nodes[column], nodes[column + 1]
    order = sorted(totals, key=lambda pair: (left[pair[0]].top, right[pair[1]].top))
    into = sorted(totals, key=lambda pair: (right[pair[1]].top, left[pair[0]].top))
    from_, to = _stacked(order, totals, left, 0), _stacked(into, totals, right, 1)
    return [
        link(
            f"area-{areas.index(pair[1 - column])}",
            element("title", f"{pair[0]} → {pair[1]}: {money(totals[pair], say)} {say('SEK')}"),
            _band(left[pair[0]], right[pair[1]], from_[pair], to[pair]),
        )
        for pair in order
    ]


def _stacked(
    pairs: Sequence[tuple[str, str]], totals: dict[tuple[str, str], Decimal], nodes: dict[str, Node], end: int
) -> dict[tuple[str, str], tuple[float, float]]:
    """Where on its box each band begins and ends."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for pair, value in totals.items():
        sums[pair[end]] += value
    at = {name: node.top for name, node in nodes.items()}
    found = {}
    for pair in pairs:
        node = nodes[pair[end]]
        height = node.height * float(totals[pair] / sums[pair[end]])
        found[pair] = (at[node.name], at[node.name] + height)
        at[node.name] += height
    return found


def _band(one: Node, other: Node, from_: tuple[float, float], to: tuple[float, float]) -> Html:
    left, right = one.left + _NODE, other.left
    middle = (left + right) / 2
    path = (
        f"M{left:.1f},{from_[0]:.1f}C{middle:.1f},{from_[0]:.1f} {middle:.1f},{to[0]:.1f} {right:.1f},{to[0]:.1f}"
        f"L{right:.1f},{to[1]:.1f}C{middle:.1f},{to[1]:.1f} {middle:.1f},{from_[1]:.1f} {left:.1f},{from_[1]:.1f}Z"
    )
    return element("path", d=path, class_=f"band b{one.column}")


def _box(node: Node, total: Decimal, say: Say) -> Html:
    most = _LONGEST[node.column]
    said = node.name if len(node.name) <= most else node.name[: most - 1] + "…"
    x = {0: node.left - 6, 1: node.left + _NODE + 6, 2: node.left + _NODE + 6}[node.column]
    y = node.top + node.height / 2
    return element(
        "g",
        element("title", f"{node.name}: {money(total, say)} {say('SEK')}"),
        element("rect", x=f"{node.left:.1f}", y=f"{node.top:.1f}", width=_NODE, height=f"{node.height:.1f}",
                class_=f"node n{node.column}"),
        element("text", said, x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor="end" if node.column == 0 else "start",
                class_="label"),
    )  # fmt: skip


def _behind(area: str, at: int, funds: Sequence[Fund], ends: Sequence[Sequence[str]], places: Places, say: Say) -> Html:
    those = [fund for fund, name in zip(funds, ends[1], strict=True) if name == area]
    shown, left = shortened(those, say)
    rows = [
        [
            number(link(places.sum(fund.line["doc"], fund.line["start"]), fund.said(say))),
            names(fund.payer) or say("not said"),
            fund.area or say("not said"),
            names(fund.recipient) or say("not said"),
            names(fund.period),
        ]
        for fund in shown
    ]
    heads = [say(head) for head in ("Sum", "Payer", "Area", "Recipient", "Period")]
    head = element("summary", element("b", area), " ", element("span", money(len(those), say), class_="count"))
    more = element("p", left, class_="note") if left else None
    return element("details", head, listing(heads, rows, id=f"area-{at}"), more, class_="behind")
