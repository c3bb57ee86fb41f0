"""``belopp checks``: what arithmetic says of the totals of a run, as a table or as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import example, screen
from belopp.cli.lines import RUN, Line, as_csv, lines_of
from belopp.model import CONSISTENT, CONTRADICTED, PARTIAL, PROVED, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table
    from rich.text import Text

_STYLES: Final = {PROVED: "green", CONSISTENT: "cyan", PARTIAL: "yellow", CONTRADICTED: "bold red"}
_PARTS_SHOWN: Final = 12


@click.command(epilog=example("belopp checks outputs/run --verdict contradicted --verdict partial --doc '*avtal*'"))
@RUN
@click.option("--verdict", "verdicts", type=click.Choice(VERDICTS), multiple=True,
              help="Only these verdicts.  May be given several times.")  # fmt: skip
@click.option("--doc", "docs", metavar="PATTERN", multiple=True,
              help="Only documents whose id matches, such as '*avtal*'.  May be given several times.")  # fmt: skip
@click.option("--as", "form", type=click.Choice(["terminal", "csv"]), default="terminal", show_default=True,
              help="How to print; csv holds the lines of checks.csv as they are.")  # fmt: skip
@screen.COLOUR
def checks(run: Path, verdicts: Sequence[str], docs: Sequence[str], form: str, colour: str) -> None:
    """Show whether the parts of each stated total add up to it.

    RUN is the folder of a run.  A breakdown is proved, consistent (within rounding and hedges), partial (something
    is left) or contradicted.  Each line holds a total against one breakdown of it: the sum stated,
    that of the parts, and what is left (below 0: what the parts exceed it by).  Exit status: 0, whatever the
    verdicts; 2 when RUN holds no tables.
    """
    from belopp.tables import AMOUNTS, CHECKS

    lines = _chosen(lines_of(run, CHECKS), verdicts, docs)
    if form == "csv":
        screen.say(as_csv(lines, CHECKS.names), nl=False)
        return
    texts = {(line["doc"], line["start"]): line["text"] for line in lines_of(run, AMOUNTS)}
    with screen.printing(colour=screen.wants_colour(colour)) as console:
        if lines:
            console.print(screen.fitting(_table(lines, texts), console.width))
        console.print(_counted(lines))


def _chosen(lines: Iterable[Line], verdicts: Sequence[str], docs: Sequence[str]) -> list[Line]:
    from fnmatch import fnmatchcase

    return [
        line
        for line in lines
        if (not verdicts or line["verdict"] in verdicts)
        and (not docs or any(fnmatchcase(line["doc"], pattern) for pattern in docs))
    ]


def _table(lines: Sequence[Line], texts: Mapping[tuple[str, str], str]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from belopp.visible import visible

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("total", overflow="fold")
    for title in ("stated", "summed", "difference"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("by", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("parts", overflow="fold")
    for line in lines:
        style = _STYLES[line["verdict"]]
        table.add_row(
            Text(visible(f"{line['doc']}:{line['total']}")),
            *(Text(_figure(line[name])) for name in ("stated", "summed", "difference")),
            Text(line["breakdown"]),
            Text(line["verdict"], style=style),
            Text(visible(_parts(line, texts))),
        )
    return table


def _figure(value: str) -> str:
    """A sum with its digits in groups.

    >>> _figure("-1234567.5")
    '-1 234 567.5'
    """
    from decimal import Decimal

    from belopp.cli.pages import grouped

    return grouped(Decimal(value))


def _parts(line: Line, texts: Mapping[tuple[str, str], str]) -> str:
    """The parts as the text states them, and the mend that would make them add up."""
    starts = line["parts"].split("|")
    said = [texts.get((line["doc"], start), start) for start in starts[:_PARTS_SHOWN]]
    more = f" + {len(starts) - _PARTS_SHOWN} more" if len(starts) > _PARTS_SHOWN else ""
    mend = ""
    if line["mend"]:
        misprint = texts.get((line["doc"], line["mend"]), line["mend"])
        mend = f"; it would add up if {misprint} at {line['mend']} were {_figure(line['mended'])}"
    return " + ".join(said) + more + mend


def _counted(lines: Sequence[Line]) -> Text:
    from collections import Counter

    from rich.text import Text

    counts = Counter(line["verdict"] for line in lines)
    told = Text(f"{len(lines)} checks" if len(lines) != 1 else "1 check")
    for verdict in VERDICTS:
        if counts[verdict]:
            told.append(", ").append(f"{counts[verdict]} {verdict}", style=_STYLES[verdict])
    return told
