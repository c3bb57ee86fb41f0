"""Show what changed in money: on a terminal, as Markdown for a review, as CSV or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from belopp.ledger.diff import Change, Difference, Sum
from belopp.ledger.export_cells import amount_text, guard
from belopp.ledger.money import digits, to_major
from belopp.tables import csv_text
from belopp.visible import in_markdown, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_UNSAID: Final = "(not said)"


def summary(result: Difference) -> str:
    """What moved, in one line."""
    if not result.found:
        return f"no difference in money: {_totals(result) or 'neither run posts any'}"
    counts = (f"+{result.gained:,}", f"−{result.lost:,} commitments", f"{result.changed:,} posted otherwise")
    return f"{_totals(result)}; {counts[0]} {counts[1]}, {counts[2]}"


def _totals(result: Difference) -> str:
    return ", ".join(
        f"{_people(each.before, each.currency)} → {_people(each.after, each.currency)} {each.currency}"
        if each.moved
        else f"{_people(each.before, each.currency)} {each.currency}"
        for each in result.totals
    )


def render_json(result: Difference) -> str:
    """An object with both runs' totals and every difference; amounts are decimals as texts."""
    plain = {
        "before": result.before,
        "after": result.after,
        "commitments": {"gained": result.gained, "lost": result.lost, "changed": result.changed},
        "refused": {"before": result.refused[0], "after": result.refused[1]},
        "totals": [_plain(change) for change in result.totals],
        "changes": [{"by": dict(zip(change.by, change.group, strict=True)), **_plain(change)}
                    for change in result.changes],
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain(change: Change) -> dict[str, str | int]:
    def exact(minor: int) -> str:
        return amount_text(to_major(minor, change.currency))

    return {
        "currency": change.currency,
        "before": exact(change.before.amount),
        "after": exact(change.after.amount),
        "difference": exact(change.difference),
        "before_high": exact(change.before.high),
        "after_high": exact(change.after.high),
        "postings_before": change.before.postings,
        "postings_after": change.after.postings,
    }


def render_csv(result: Difference, *, names: tuple[str, ...] = ()) -> str:
    """One line a difference; ``names`` are the columns of a comparison by several things together.

    Without them the first two columns say what was added up by, and the group; both empty for all that is posted.
    Texts that a spreadsheet would take for formulas have an apostrophe before them.
    """
    groups = names or ("by", "group")
    figures = tuple(_plain(Change((), (), "SEK", Sum(), Sum())))
    lines: list[tuple[str | int, ...]] = [(*groups, *figures)]
    for change in result.changes:
        own = change.group or ("",) * len(names)
        cells = own if names else ("|".join(change.by), *(own or ("",)))
        lines.append((*(guard(visible(cell)) for cell in cells), *_plain(change).values()))
    return csv_text(lines)


def render_markdown(result: Difference) -> str:
    """A heading and a table for each thing that was added up by, after the summary."""
    lines = [f"# {in_markdown(result.before)} → {in_markdown(result.after)}", "", in_markdown(summary(result)), ""]
    for by, changes in _parts(result):
        lines += [f"## By {in_markdown(_title(by))}", ""]
        lines += ["| | before | after | difference |", "|---|--:|--:|--:|"]
        lines += [f"| {' | '.join(map(in_markdown, _cells(change)))} |" for change in changes]
        lines.append("")
    return "\n".join(lines)


def render_terminal(result: Difference, console: Console, *, limit: int | None = None) -> None:
    """A table for each thing that was added up by, the greatest differences first, then the summary."""
    from rich.text import Text

    for by, changes in _parts(result):
        found = list(changes)
        console.print(_table(by, found[:limit]))
        if limit and len(found) > limit:
            console.print(f"  and {len(found) - limit:,} more (--limit 0)")
        console.print()
    console.print(Text(summary(result)), soft_wrap=True)


def _table(by: tuple[str, ...], changes: Iterable[Change]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(f"by {_title(by)}", overflow="fold")
    for title in ("before", "after", "difference"):
        table.add_column(title, justify="right", no_wrap=True)
    for change in changes:
        *cells, moved = _cells(change)
        table.add_row(*map(Text, cells), Text(moved, style="red" if moved.startswith("−") else "green"))
    return table


def _parts(result: Difference) -> Iterator[tuple[tuple[str, ...], Iterator[Change]]]:
    return groupby((change for change in result.changes if change.by), key=attrgetter("by"))


def _title(by: tuple[str, ...]) -> str:
    return ", ".join(by).replace("_", " ")


def _cells(change: Change) -> tuple[str, str, str, str]:
    moved = _signed(change.difference, change.currency)
    high = change.after.high - change.before.high
    if high != change.difference:
        moved += f" to {_signed(high, change.currency)}"
    return (
        " / ".join(visible(part) or _UNSAID for part in change.group),
        _people(change.before, change.currency),
        _people(change.after, change.currency),
        f"{moved} {change.currency}",
    )


def _people(held: Sum, currency: str) -> str:
    """A sum as people read it; of ranges both ends.

    >>> _people(Sum(500, 1000, 1), "SEK"), _people(Sum(), "SEK")
    ('5–10', '–')
    """
    if not held.postings:
        return "–"
    if held.amount == held.high:
        return digits(held.amount, currency)
    return f"{digits(held.amount, currency)}–{digits(held.high, currency)}"


def _signed(minor: int, currency: str) -> str:
    return {True: "−", False: "+"}[minor < 0] * (minor != 0) + digits(abs(minor), currency)
