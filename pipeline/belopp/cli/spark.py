"""``belopp spark``: a job submitted from the command line, with its progress and its closing words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import Wrong, example
from belopp.cli.leaving import tidying
from belopp.cli.rules import RULES, load_rules
from belopp.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from belopp.scale import Tally

MEGABYTE: Final = 1_000_000


def _setting(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    for one in given:
        if not one.partition("=")[2]:
            raise click.BadParameter(f"{one}: write KEY=VALUE, such as spark.executor.memory=2g")
    return {key.strip(): value.strip() for key, _, value in (one.partition("=") for one in given)}


@click.command(epilog=example("belopp spark corpus/raw outputs/spark --master 'local[2]'"))
@click.argument("input")
@click.argument("out")
@click.option("--master", default="", metavar="URL",
              help="local[2], spark://host:7077, yarn, k8s://...; Spark's own configuration by default.")  # fmt: skip
@click.option("--conf", "settings", multiple=True, metavar="KEY=VALUE", callback=_setting,
              help="A setting of Spark's; may be given again.")  # fmt: skip
@click.option("--python", default="", metavar="PATH",
              help="The executors' Python, with belopp's libraries; PYSPARK_PYTHON, or else this one.")  # fmt: skip
@click.option("--installed", is_flag=True, help="Use the belopp that the executors have, and send none.")
@click.option("--portion", type=click.FloatRange(0, min_open=True), metavar="MB",
              help="After so much of INPUT, what was found is safe; 64 MB a core by default.")  # fmt: skip
@click.option("--limit", type=click.FloatRange(0), default=60, show_default=True, metavar="SECONDS",
              help="The processor time that one document may take before it is quarantined; 0: any.")  # fmt: skip
@click.option("--lift", default="", metavar="CLAIM",
              help="Lift the claim on OUT of a job that was killed; the refusal of a job names it.")  # fmt: skip
@click.option("--force", is_flag=True, help="Read also what has not changed since the last job.")
@click.option("--quiet", is_flag=True, help="No progress; errors and the closing words only.")
@RULES
@click.pass_context
def spark(
    context: click.Context,
    input: str,
    out: str,
    master: str,
    settings: dict[str, str],
    python: str,
    installed: bool,
    portion: float | None,
    limit: float,
    lift: str,
    force: bool,
    quiet: bool,
    folder: Path | None,
) -> None:
    """Read publications on a Spark cluster; write every sum in them as Parquet.

    INPUT and OUT are paths of any file system that Spark reaches.  INPUT is Parquet as belopp pack writes it (doc,
    text or content, published, title, url), or a folder of documents.  OUT gets a folder for each table, with the
    rows of belopp run, and run.json.  A job that was stopped goes on where it was when it is started again.

    Exit status: 0 all well, 1 some documents quarantined, 2 wrong usage or a failed job, 130 Ctrl-C.
    """
    from belopp import scale

    load_rules(folder)
    clock = time.monotonic()
    try:
        with tidying(), scale.session(master, settings, python=python) as session:
            tally = scale.run(
                session, input, out, rules=folder, limit=limit, force=force,
                portion=round((portion or 0) * MEGABYTE), ship=not installed, watch=None if quiet else _tell,
                lift=lift,
            )  # fmt: skip
    except (scale.NeedsSpark, scale.WrongJob) as error:
        raise Wrong(str(error)) from error
    except KeyboardInterrupt as stop:
        stop.args = ("Stopped; start the job again and it goes on from here.",)
        raise
    _say_quarantined(tally)
    _say_passed_over(tally, input)
    for line in closing(tally, out, time.monotonic() - clock):
        say(line)
    context.exit(1 if tally.quarantined else 0)


def _tell(done: int, of: int) -> None:
    click.echo(f"{done:,} of {of:,} portions", err=True)


def _say_quarantined(tally: Tally) -> None:
    from belopp.visible import visible

    for doc, stage, reason in tally.named:
        click.echo(f"quarantined: {visible(doc)}: {stage}: {visible(reason)}", err=True)
    more = tally.quarantined - len(tally.named)
    if more > 0:
        click.echo(f"quarantined: {more:,} more, named in documents", err=True)


def _say_passed_over(tally: Tally, given: str) -> None:
    """Documents that are in no table must not be missing in silence."""
    from belopp.cli.running import counted
    from belopp.visible import visible

    if tally.passed_over:
        click.echo(
            f"warning: {given}: {counted(len(tally.passed_over), 'document')} passed over, of which"
            f" {visible(tally.passed_over[0])} is the first: before 4.3 Spark lists no file or folder whose name begins"
            " with _; rename it, or give what belopp pack makes of the folder",
            err=True,
        )


def closing(tally: Tally, out: str, seconds: float) -> Iterator[str]:
    """What a job says at its end."""
    from belopp.cli.running import counted

    yield (
        f"{counted(tally.sums, 'sum')} in {tally.with_sums:,} of {counted(tally.documents, 'document')}"
        f" ({tally.empty:,} empty, {tally.quarantined:,} quarantined), {counted(tally.commitments, 'commitment')}"
    )
    kept = tally.portions - tally.examined
    yield f"{counted(tally.examined, 'portion')} read, {kept:,} unchanged, in {seconds:.1f} s"
    yield f"{out.rstrip('/')}/amounts"
