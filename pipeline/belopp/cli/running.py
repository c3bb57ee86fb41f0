"""``belopp run``: the batch from the command line, with its progress and its closing words."""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FOLDER, Wrong, dates, example, unwritable
from belopp.cli.leaving import tidying
from belopp.cli.rules import RULES, load_rules
from belopp.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from belopp.batch import Gold, Outcome

    Watcher = Callable[[int, Outcome], None]

QUARANTINED_SHOWN: Final = 20
MOST_WORKERS: Final = 8
BAR_SECONDS: Final = 0.1
LINE_SECONDS: Final = 10.0


def processors() -> int:
    """The processors that this process may use, at most eight: each worker holds the rules in memory."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, MOST_WORKERS)


@click.command(epilog=example("belopp run corpus/raw --out outputs/run --workers 2"))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The tables' folder.")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes; one a processor (at most 8) by default."
)
@click.option(
    "--since",
    metavar="DATE",
    callback=dates.checked,
    help="Only publications dated 2024, 2024-09 or 2024-09-17 or later.",
)
@click.option("--force", is_flag=True, help="Read also what has not changed since the last run.")
@click.option("--limit", type=click.FloatRange(0), default=60, show_default=True, metavar="SECONDS",
              help="The processor time that one document may take before it is quarantined; 0: any.")  # fmt: skip
@click.option("--gold", "gold_folder", metavar="DIR", type=FOLDER,
              help="A folder of gold: a publication reviewed to its end has the reviewer's rows.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress; errors and the closing words only.")
@RULES
@click.pass_context
def run(
    context: click.Context,
    inputs: tuple[str, ...],
    out: Path,
    workers: int | None,
    since: str,
    force: bool,
    limit: float,
    gold_folder: Path | None,
    quiet: bool,
    folder: Path | None,
) -> None:
    """Read publications and write tidy tables of every sum in them.

    INPUT is a folder (searched to the bottom for .md, .txt, .html, .htm, .pdf, .docx, .xlsx and .csv; hidden
    files and belopp's own tables are passed over), a file, a pattern such as 'corpus/**/2024/**/*.md', what belopp
    pack wrote (.parquet), an archive of a folder (.tar, .tar.gz, .tgz, .zip) that is never unpacked on the disk, or -
    for standard input.  A document's id is its path relative to its INPUT folder or archive.  An unchanged document
    is not read again; one that is gone from INPUT is gone from the tables.  With --since a publication whose
    month or year alone is known counts when its last day may, and one without any date does not.  With --gold a
    publication that was finished at the desk, or labelled without it, has the rows that stand there, added up and
    grouped like all others, until its text changes.

    Exit status: 0 all well, 1 some documents quarantined (see documents.csv), 2 wrong usage, 130 Ctrl-C,
    143 asked to end; the tables in --out are whole in every case.
    """
    collect_seldom()
    from belopp import batch

    load_rules(folder)
    gold = reviewed_in(gold_folder)
    gc.freeze()  # modules and rules stay to the end
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy, which comes with pyarrow, has nothing for more to do
    clock = time.monotonic()
    with telling(out, "give an --out that can be written to"), progress(quiet=quiet) as watch:
        outcome = batch.run(
            inputs,
            out=out,
            workers=workers or processors(),
            since=since,
            force=force,
            rules=folder,
            limit=limit,
            gold=gold,
            watch=watch,
        )
    say_nothing_found(outcome, inputs)
    say_outdated(outcome, gold)
    say_quarantined(outcome)
    for line in closing(outcome, out, time.monotonic() - clock):
        say(line)
    gc.freeze()  # else Python looks through all that was ever loaded before it ends
    context.exit(1 if outcome.quarantined else 0)


def reviewed_in(folder: Path | None) -> Gold | None:
    """What a folder of gold holds of whole publications.  Raises :class:`Wrong` where it cannot be read."""
    if folder is None:
        return None
    from belopp.gold import GoldError
    from belopp.gold.whole import whole

    try:
        return whole(folder)
    except GoldError as error:
        raise Wrong(str(error)) from error


@contextmanager
def telling(out: Path, remedy: str) -> Iterator[None]:
    """Say in a line why no run could be made, or written (then the ``remedy``), or that it was stopped."""
    from belopp import batch

    try:
        with tidying():
            yield
    except (batch.WrongInput, batch.Busy) as error:
        raise Wrong(str(error)) from error
    except OSError as error:
        raise unwritable(error, out, f"{remedy}; the tables are as they were") from error
    except KeyboardInterrupt as stop:
        stop.args = ("Stopped; the tables are as they were.",)
        raise


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[Callable[[], int]], Watcher] | None]:
    """What a run is watched by: a bar on a terminal, elsewhere plain lines."""
    if quiet:
        yield None
        return
    shown = Bar() if sys.stderr.isatty() else Lines()
    try:
        yield shown.start
    finally:
        shown.stop()


def collect_seldom() -> None:
    """Let Python look for cyclic garbage seldom: a run makes hardly any."""
    gc.set_threshold(100_000, 20, 20)


def closing(outcome: Outcome, out: Path, seconds: float) -> Iterator[str]:
    """What a run says at its end."""
    left_out = outcome.earlier + outcome.undated
    yield (
        f"{counted(outcome.sums, 'sum')} in {outcome.with_sums:,} of {counted(outcome.documents, 'document')}"
        f" ({outcome.empty:,} empty, {len(outcome.quarantined):,} quarantined)"
        + (f"; {outcome.earlier:,} earlier and {outcome.undated:,} undated left out" if left_out else "")
    )
    if outcome.reviewed:
        yield f"{counted(outcome.reviewed, 'document')} with a reviewer's rows"
    yield f"{counted(outcome.read, 'document')} read, {outcome.unchanged:,} unchanged, in {seconds:.1f} s"
    yield f"{out / 'amounts.csv'}"


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "sum"), counted(2000, "sum")
    ('1 sum', '2,000 sums')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def say_nothing_found(outcome: Outcome, inputs: Sequence[str]) -> None:
    """Warn of INPUTs without any document, and of a packed corpus among them."""
    from belopp import batch
    from belopp.read import ENDINGS

    if not outcome.read + outcome.unchanged:
        packed = batch.packed_below(inputs)
        click.echo(
            f"warning: {', '.join(inputs)}: no document that ends in {', '.join(ENDINGS)}"
            f"{packed and f'; {packed} is a packed corpus: give it by its name'}",
            err=True,
        )


def say_outdated(outcome: Outcome, gold: Gold | None) -> None:
    """Name the documents that were reviewed in another text, and warn of gold that is of none of them."""
    from belopp.visible import visible

    for doc in outcome.outdated[:QUARANTINED_SHOWN]:
        click.echo(
            f"warning: {visible(doc)}: changed since it was reviewed, so its rows are belopp's; review it again",
            err=True,
        )
    more = len(outcome.outdated) - QUARANTINED_SHOWN
    if more > 0:
        click.echo(
            f"warning: {more:,} more changed since they were reviewed, with that flag in documents.csv", err=True
        )
    if gold and not outcome.reviewed and not outcome.outdated:
        named = next(iter(gold.documents), "")
        found = f"; it has {visible(named)}: a document's id is its path below INPUT" if named else ""
        click.echo(f"warning: {gold.folder}: no document of the run was reviewed to its end there{found}", err=True)


def say_quarantined(outcome: Outcome) -> None:
    """Name the quarantined documents, the first of them if there are many."""
    from belopp.visible import visible

    for doc, stage, reason in outcome.quarantined[:QUARANTINED_SHOWN]:
        click.echo(f"quarantined: {visible(doc)}: {stage}: {visible(reason)}", err=True)
    more = len(outcome.quarantined) - QUARANTINED_SHOWN
    if more > 0:
        click.echo(f"quarantined: {more:,} more, named in documents.csv", err=True)


class Bar:
    """Progress on a terminal.  It is drawn from here, never from a thread: workers may be forked meanwhile."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]} documents/s  {task.fields[sums]} sums "),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._began = self._drawn = time.monotonic()

    def start(self, count: Callable[[], int]) -> Watcher:
        """Draw the bar for as many documents as are counted."""
        task = self._bar.add_task("", total=count(), speed="", sums="0")
        self._bar.start()
        self._began = time.monotonic()

        def watch(sums: int, outcome: Outcome) -> None:
            now = time.monotonic()
            if now - self._drawn >= BAR_SECONDS:
                done = outcome.read + outcome.unchanged
                speed = f"{done / max(now - self._began, 1e-6):,.0f}"
                self._bar.update(task, completed=done, speed=speed, sums=f"{sums:,}", refresh=True)
                self._drawn = now

        return watch

    def stop(self) -> None:
        """Wipe the bar, and give the terminal its cursor back."""
        self._bar.stop()


class Lines:
    """Progress where nobody watches: a plain line every ten seconds."""

    def start(self, count: Callable[[], int]) -> Watcher:
        """Begin to tell of documents, which are not counted before there is something to tell."""
        began = told = time.monotonic()
        counted_once = cache(count)

        def watch(sums: int, outcome: Outcome) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= LINE_SECONDS:
                told = now
                documents = counted_once()
                done = outcome.read + outcome.unchanged
                speed = done / (now - began)
                left = (documents - done) / speed
                pace = f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"
                click.echo(
                    f"{done:,} of {documents:,} documents, {sums:,} sums, {pace} documents/s, {left:,.0f} s left",
                    err=True,
                )

        return watch

    def stop(self) -> None:
        """Nothing is left to tidy."""
