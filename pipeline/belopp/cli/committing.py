"""``belopp commitments``: the commitments of a run, each once whichever publications tell of it, as a table or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belopp.cli import example, screen
from belopp.cli.lines import RUN, Line, as_csv, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table


@click.command(epilog=example("belopp commitments outputs/run --area vård --year 2024"))
@RUN
@click.option("--area", metavar="WORDS", help="Only areas that hold these words, whatever their case.")
@click.option("--expenditure-area", "budget", type=click.IntRange(1, 27), metavar="N",
              help="Only this expenditure area of the state budget, 1 to 27.")  # fmt: skip
@click.option("--payer", metavar="NAME", help="Only what this one pays, alone or with others.")
@click.option("--recipient", metavar="NAME", help="Only what this one receives, alone or with others.")
@click.option("--year", type=click.IntRange(1000, 9999), metavar="YEAR", help="Only money for this year.")
@click.option("--told", type=click.IntRange(1), default=1, metavar="N",
              help="Only what so many publications tell of, or more.")  # fmt: skip
@click.option("--disagreeing", is_flag=True, help="Only where publications disagree.")
@click.option("--as", "form", type=click.Choice(["terminal", "csv"]), default="terminal", show_default=True,
              help="How to print; csv holds the lines of commitments.csv as they are.")  # fmt: skip
@screen.COLOUR
def commitments(
    run: Path,
    area: str | None,
    budget: int | None,
    payer: str | None,
    recipient: str | None,
    year: int | None,
    told: int,
    disagreeing: bool,
    form: str,
    colour: str,
) -> None:
    """Show the same money once, whichever publications tell of it.

    RUN is the folder of a run.  Each line is a commitment: what for, how much, for when, from whom to whom, how far it
    has come, how many publications tell of it and since when, and what they say differently.  A line may be part of
    another, so they do not add up: belopp ledger does that.
    """
    from belopp.tables import COMMITMENTS

    everything = lines_of(run, COMMITMENTS)
    lines = [
        line
        for line in everything
        if (not area or area.casefold() in line["area"].casefold())
        and (not budget or line["expenditure_area"] == str(budget))
        and (not payer or payer in line["payer"].split("|"))
        and (not recipient or recipient in line["recipient"].split("|"))
        and (not year or _covers(line["period"], year))
        and int(line["documents"]) >= told
        and (not disagreeing or line["disagreement"])
    ]
    if form == "csv":
        screen.say(as_csv(lines, COMMITMENTS.names), nl=False)
        return
    with screen.printing(colour=screen.wants_colour(colour)) as console:
        if lines:
            console.print(screen.fitting(_table(lines), console.width))
        console.print(_told(lines, len(everything)), style="dim")


def _covers(period: str, year: int) -> bool:
    """Whether a year is among those of a period.

    >>> _covers("2024-2026|2028", 2025), _covers("2024-", 2030), _covers("-2023", 2024), _covers("", 2024)
    (True, True, False, False)
    """
    for part in filter(None, period.split("|")):
        first, dash, last = part.partition("-")
        if (not first or int(first) <= year) and ((not last if dash else int(first) == year) or year <= int(last or 0)):
            return True
    return False


def _told(lines: Sequence[Line], total: int) -> str:
    """How many are shown, of how many when some are not, and how many of these are told of more than once.

    >>> _told([{"documents": "1"}, {"documents": "3"}], 5)
    '2 of 5 commitments, 1 told of by several publications'
    """
    several = sum(line["documents"] != "1" for line in lines)
    some = f"{len(lines):,} of {total:,}" if len(lines) < total else f"{total:,}"
    noun = "commitment" if total == 1 else "commitments"
    return f"{some} {noun}, {several:,} told of by several publications"


def _table(lines: Sequence[Line]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from belopp.visible import visible

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("commitment", no_wrap=True)
    table.add_column("area", overflow="fold")
    table.add_column("sum", justify="right", no_wrap=True)
    for title in ("period", "from", "to", "status"):
        table.add_column(title, overflow="fold")
    table.add_column("told by", justify="right", no_wrap=True)
    table.add_column("seen", no_wrap=True)
    table.add_column("disagreement", overflow="fold", style="yellow")
    for line in lines:
        seen = dict.fromkeys((line["first_seen"], line["last_seen"]))
        cells = (
            line["commitment_id"], line["area"], _sum(line), line["period"], line["payer"], line["recipient"],
            line["status"], line["documents"], " to ".join(seen), line["disagreement"],
        )  # fmt: skip
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def _sum(line: Line) -> str:
    """A sum with its digits in groups, its hedge, its change and how often it comes.

    >>> _sum(dict(low="1500000", high="1500000", currency="SEK", modifier="under", change="increase", per="year"))
    '+ under 1 500 000 SEK a year'
    """
    from decimal import Decimal

    from belopp.cli.pages import grouped

    ends = "–".join(dict.fromkeys(grouped(Decimal(line[end])) for end in ("low", "high")))
    sign = {"increase": "+ ", "decrease": "− "}.get(line["change"], "")
    hedge = line["modifier"].replace("_", " ") + " " if line["modifier"] else ""
    often = f" a {line['per']}" if line["per"] else ""
    return f"{sign}{hedge}{ends} {line['currency']}{often}"
