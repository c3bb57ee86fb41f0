"""Show the differences between two sheets: on a terminal, as Markdown for a review, as CSV or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import asdict, fields
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from belopp.score.changes import GAINED, LOST, Change, Differences
from belopp.visible import in_markdown, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table
    from rich.text import Text

_COLOURS: Final = {LOST: "red", GAINED: "green"}
_NOTHING: Final = "∅"
_UNBOUNDED: Final = 100_000
_LONG = re.compile(r"(?<!\d)(?<!\d\.)\d{5,}(?= |\.)")


def summary(result: Differences) -> str:
    """What moved, in one line: ``+12 −1 rows, area 3, period 1, in 4 of 97 documents``."""
    counts = dict(result.counts)
    rows = f"+{counts.pop(GAINED, 0)} −{counts.pop(LOST, 0)} rows"
    columns = [f"{kind} {n}" for kind, n in counts.items()]
    return ", ".join([rows, *columns, f"in {result.changed_documents} of {result.documents} documents"])


def render_json(result: Differences) -> str:
    """An object with what was compared, the counts, and every change."""
    plain = {
        "before": result.before,
        "after": result.after,
        "documents": result.documents,
        "rows_before": result.rows_before,
        "rows_after": result.rows_after,
        "counts": dict(result.counts),
        "changes": [asdict(change) for change in result.changes],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def render_csv(result: Differences) -> str:
    """One line for each change under a head of its fields; unprintable characters are written out."""
    out = io.StringIO()
    names = [each.name for each in fields(Change)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for change in result.changes:
        cells = [getattr(change, name) for name in names]
        writer.writerow([visible(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def render_markdown(result: Differences) -> str:
    """A heading and a table for each document that differs, after the summary."""
    lines = [f"# {in_markdown(result.before)} → {in_markdown(result.after)}", "", summary(result), ""]
    for doc, changes in groupby(result.changes, key=attrgetter("doc")):
        lines += [f"## {in_markdown(doc)}", "", "| span | text | what | before | after |", "|---|---|---|---|---|"]
        lines += [_markdown_row(change) for change in changes]
        lines.append("")
    return "\n".join(lines)


def _markdown_row(change: Change) -> str:
    cells = [f"{change.start}-{change.end}", change.text, change.what, *_sides(change)]
    return f"| {' | '.join(in_markdown(cell) for cell in cells)} |"


def _sides(change: Change) -> tuple[str, str]:
    """What stood before and after; of a sum with its digits in groups of three, as people read it."""
    sides = (visible(change.before), visible(change.after))
    if change.what != "value" and change.what not in _COLOURS:
        return sides
    before, after = (_LONG.sub(lambda found: f"{int(found[0]):,}".replace(",", " "), side) for side in sides)
    return before, after


def render_terminal(result: Differences, *, width: int | None = None, colour: bool = False) -> str:
    """The differences of each document under its name, before the summary.

    ``width`` is in columns; ``None`` leaves lines as long as what they say.
    """
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out,
        width=width or _UNBOUNDED,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for doc, changes in groupby(result.changes, key=attrgetter("doc")):
        console.print(Text(visible(doc), style="bold"))
        console.print(_table_of(changes))
        console.print()
    console.print(summary(result), soft_wrap=True)
    return out.getvalue()


def _table_of(changes: Iterable[Change]) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=True)
    for width in (11, 22, 9, None):
        table.add_column(overflow="fold", min_width=width)
    for change in changes:
        table.add_row(*_terminal_row(change))
    return table


def _terminal_row(change: Change) -> list[Text]:
    from rich.text import Text

    before, after = _sides(change)
    whole = change.what in _COLOURS
    return [
        Text(f"{change.start}-{change.end}", style="dim"),
        Text(visible(change.text)),
        Text(change.what, style=_COLOURS.get(change.what, "yellow")),
        Text(before or after if whole else f"{before or _NOTHING} → {after or _NOTHING}"),
    ]
