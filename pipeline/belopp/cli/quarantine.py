"""``belopp quarantine``: the documents that a run could not read to the end, and another try at them alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import Wrong, example, screen
from belopp.cli.lines import RUN, Line, as_csv, lines_of
from belopp.cli.rules import RULES, load_rules
from belopp.cli.running import reviewed_in, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.table import Table

_COLUMNS: Final = ("doc", "stage", "reason", "format")


@click.group(epilog=example("belopp quarantine retry outputs/run --limit 300"))
def quarantine() -> None:
    """List the documents a run could not read, or try them again."""


@quarantine.command("list", epilog=example("belopp quarantine list outputs/run --as csv"))
@RUN
@click.option("--as", "form", type=click.Choice(["terminal", "csv"]), default="terminal", show_default=True,
              help="How to print.")  # fmt: skip
@screen.COLOUR
def list_(run: Path, form: str, colour: str) -> None:
    """List the quarantined documents of a run.

    Each comes with the stage at which it failed, the reason and its format.  RUN is the folder of a run.  The files
    lie where the run found them, untouched.  Exit status: 0, also when there are some; 2 when RUN holds no tables.
    """
    lines = _quarantined(run)
    if form == "csv":
        screen.say(as_csv(lines, _COLUMNS), nl=False)
        return
    with screen.printing(colour=screen.wants_colour(colour)) as console:
        if lines:
            console.print(_table(lines))
        console.print(f"{len(lines):,} quarantined")


@quarantine.command(epilog=example("belopp quarantine retry outputs/run --limit 300"))
@RUN
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--limit", type=click.FloatRange(0), default=60, show_default=True, metavar="SECONDS",
              help="The processor time that one document may take; 0: any.")  # fmt: skip
@RULES
@click.pass_context
def retry(context: click.Context, run: Path, workers: int, limit: float, folder: Path | None) -> None:
    """Read the quarantined documents of a run again, and no others.

    It says what became of each.  RUN is the folder of a run; its tables are written anew.  Its INPUT must lie where
    it lay, and a run with --rules needs the same here.  Exit status: 0 when none is quarantined any more, 1 when some
    still are, 2 wrong usage.
    """
    from belopp import batch

    inputs, since, digest, gold_folder = _about(run)
    before = [line["doc"] for line in _quarantined(run)]
    if not before:
        screen.say("0 quarantined")
        return
    if load_rules(folder).digest != digest:
        raise Wrong(f"{run}: made with other rules; use belopp run, or give its --rules")
    gold = reviewed_in(_as_found(run, gold_folder))
    with telling(run, "see that the folder can be written to"):
        batch.run(
            inputs,
            out=run,
            since=since,
            workers=workers,
            rules=folder,
            limit=limit,
            only=frozenset(before),
            gold=gold,
        )
    now = {line["doc"]: line for line in _documents(run)}
    for doc in before:
        screen.say(_became(doc, now.get(doc)))
    still = sum(1 for doc in before if doc in now and now[doc]["status"] == "quarantined")
    screen.say(f"{len(before):,} tried again, {still:,} still quarantined")
    context.exit(1 if still else 0)


def _became(doc: str, line: Line | None) -> str:
    from belopp.visible import visible

    if line is None:
        return f"{visible(doc)}: gone"
    if line["status"] == "quarantined":
        return f"{visible(doc)}: still quarantined: {line['stage']}: {visible(line['reason'])}"
    sums = f", {line['sums']} {'sum' if line['sums'] == '1' else 'sums'}" if line["status"] == "ok" else ""
    return f"{visible(doc)}: {line['status']}{sums}"


def _as_found(run: Path, gold_folder: str) -> Path | None:
    """The folder of gold that a run was made with, which may stand elsewhere than where the run was given it."""
    from belopp.gold.publications import inputs_now

    if not gold_folder:
        return None
    (found,) = inputs_now(run, [gold_folder])
    if not Path(found).is_dir():
        raise Wrong(f"{gold_folder}: the folder of gold is not there; put it back, or use belopp run without --gold")
    return Path(found)


def _table(lines: Iterable[Line]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from belopp.visible import visible

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for title in ("document", "stage", "reason", "format"):
        table.add_column(title, overflow="fold")
    for line in lines:
        table.add_row(*(Text(visible(line[name])) for name in _COLUMNS))
    return table


def _documents(run: Path) -> Sequence[Line]:
    from belopp.tables import DOCUMENTS

    return lines_of(run, DOCUMENTS)


def _quarantined(run: Path) -> Sequence[Line]:
    return [line for line in _documents(run) if line["status"] == "quarantined"]


def _about(run: Path) -> tuple[Sequence[str], str, str, str]:
    """The INPUTs of a run, its --since, the digest of its rules and its --gold, from what ``run.json`` says."""
    from belopp.tables import RUN

    path = run / RUN
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        inputs, since, rules = list(map(str, about["inputs"])), str(about["since"]), str(about["rules"])
        gold = str(about.get("gold", ""))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Wrong(f"{path}: cannot be read; give the folder that belopp run wrote to") from error
    if "-" in inputs:
        raise Wrong(f"{run}: made of standard input, which is gone; use belopp run")
    return inputs, since, rules, gold
