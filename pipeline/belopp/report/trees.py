"""The sums of each publication as trees: a total over its parts, the verdict of the arithmetic and what is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from belopp.model import VERDICTS
from belopp.report.loading import Line, Places, Run, money, names, starts, worth
from belopp.report.markup import Html, element, join, link, listing, number, sum_cell, to_publication
from belopp.report.words import Say

DOUBTED: Final = VERDICTS[::-1]  # doubt first


def badge(verdict: str, say: Say) -> Html:
    """A verdict as a coloured word."""
    assert verdict in VERDICTS
    return element("span", say(verdict), class_=f"badge {verdict}")


def verdicts(run: Run, places: Places, say: Say) -> Html:
    """How many checks came to each verdict, and the checks that did not add up."""
    counts = Counter(line["verdict"] for line in run.checks)
    if not counts:
        return element("p", say("No total is broken down."))
    chips = [element("li", badge(each, say), f" {money(counts[each], say)}") for each in DOUBTED if counts[each]]
    texts = {(line["doc"], line["start"]): line["text"] for line in run.amounts}
    rows = [
        [
            badge(line["verdict"], say),
            sum_cell(
                link(places.sum(line["doc"], line["total"]), texts.get((line["doc"], line["total"]), line["total"]))
            ),
            number(money(line["stated"], say)),
            number(money(line["summed"], say)),
            number(money(line["difference"], say)),
            to_publication(places, line["doc"]),
        ]
        for line in sorted(run.checks, key=lambda line: DOUBTED.index(line["verdict"]))
        if line["verdict"] in DOUBTED[:2]
    ]
    heads = [say(head) for head in ("Verdict", "Sum", "stated", "summed", "remainder", "Publication")]
    return join([element("ul", *chips, class_="chips"), listing(heads, rows) if rows else None])


def trees(run: Run, places: Places, say: Say, *, most: int) -> Html:
    """The trees of ``most`` publications that have one, doubt first."""
    amounts: dict[str, list[Line]] = defaultdict(list)
    checks: dict[str, list[Line]] = defaultdict(list)
    for line in run.amounts:
        amounts[line["doc"]].append(line)
    for line in run.checks:
        checks[line["doc"]].append(line)
    found = []
    docs = sorted(checks, key=lambda doc: (min(DOUBTED.index(line["verdict"]) for line in checks[doc]), doc))
    for doc in docs[:most]:
        doubted = any(line["verdict"] in DOUBTED[:2] for line in checks[doc])
        worst = min((line["verdict"] for line in checks[doc]), key=DOUBTED.index)
        head = element("summary", badge(worst, say), " ", element("span", places.named(doc), title=doc))
        found.append(
            element("details", head, _tree(amounts[doc], checks[doc], places, say), open=doubted, class_="card")
        )
    if len(docs) > most:
        note = say("The trees of {} more publications, with less in doubt, are left out.").format(
            money(len(docs) - most, say)
        )
        found.append(element("p", note, class_="note"))
    return join(found) if found else element("p", say("No total is broken down."))


def _tree(amounts: Sequence[Line], checks: Sequence[Line], places: Places, say: Say) -> Html:
    rows = {int(line["start"]): line for line in amounts}
    below: dict[int, list[int]] = defaultdict(list)
    for start, line in rows.items():
        if line["part_of"] and int(line["part_of"]) in rows and int(line["part_of"]) != start:
            below[int(line["part_of"])].append(start)
    held: dict[int, list[Line]] = defaultdict(list)
    for check in checks:
        held[int(check["total"])].append(check)
        for part in starts(check["parts"]):  # one that is part of the total by the arithmetic alone
            if part in rows and not rows[part]["part_of"] and part not in below[int(check["total"])]:
                below[int(check["total"])].append(part)
    inner = {part for parts in below.values() for part in parts}
    roots = [start for start in rows if start not in inner and (below.get(start) or start in held)]
    return element("ul", *(_node(start, rows, below, held, (places, say), ()) for start in roots), class_="tree")


def _node(
    start: int,
    rows: Mapping[int, Line],
    below: Mapping[int, Sequence[int]],
    held: Mapping[int, Sequence[Line]],
    with_: tuple[Places, Say],
    above: tuple[int, ...],
) -> Html:
    places, say = with_
    line = rows[start]
    about = " · ".join(
        filter(
            None,
            (worth(line, say), line["area"], names(line["payer"]), names(line["recipient"]), names(line["period"])),
        )
    )
    parts = [part for part in below.get(start, ()) if part not in above and part != start]
    return element(
        "li",
        link(places.sum(line["doc"], start), line["text"], class_="sum"),
        element("span", f" {about}", class_="about"),
        *(_verdict(check, say) for check in held.get(start, ())),
        element("ul", *(_node(part, rows, below, held, with_, (*above, start)) for part in sorted(parts)))
        if parts else None,
    )  # fmt: skip


def _verdict(check: Line, say: Say) -> Html:
    by = f" {say('by ' + check['breakdown'])}" if check["breakdown"] else ""
    rest = Decimal(check["difference"])
    left = f", {say('remainder')} {money(rest, say)}" if rest else ""
    said = f"{by}: {say('summed')} {money(check['summed'], say)}{left}"
    return element("div", badge(check["verdict"], say), said, class_="check")
