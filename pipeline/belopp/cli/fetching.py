"""``belopp fetch``: publications from the web into a corpus folder, each with its outcome."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec

import click

from belopp.cli import Wrong, dates, example, unwritable
from belopp.cli.leaving import tidying
from belopp.cli.screen import say

if TYPE_CHECKING:
    from belopp.sources import Errand, Outcome, Tally

EXTRA: Final = frozenset({"httpx2", "httpcore2", "stamina", "protego", "feedparser", "brotli"})
MEGABYTE: Final = 1024 * 1024
BAR_SECONDS: Final = 0.1

P = ParamSpec("P")


def _contact(_context: click.Context, _option: click.Parameter, given: str) -> str:
    # It goes into a header, where a line break would begin another one.
    if not given.isascii() or not given.isprintable():
        raise Wrong(f"--contact {given!r}: write an e-mail or web address in plain letters")
    return given


def _shared(command: Callable[P, None]) -> Callable[P, None]:
    """The options that every kind of source has."""
    options = (
        click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR",
                     help="The corpus folder; what is there is asked for again only if it may have changed."),
        click.option("--dry-run", is_flag=True, help="Say what would be fetched; write nothing."),
        click.option("--recheck", is_flag=True, help="Ask also for what the index or feed says is as it was."),
        click.option("--allow-private", is_flag=True,
                     help="Allow addresses of this machine and of private networks, at every redirect."),
        click.option("--pause", type=click.FloatRange(0, 300), default=1.0, show_default=True, metavar="SECONDS",
                     help="Between two requests to one host; a robots.txt may ask for more."),
        click.option("--most", type=click.FloatRange(0.001), default=64, show_default=True, metavar="MB",
                     help="The size of one document, unpacked, beyond which it is left."),
        click.option("--contact", default="", metavar="ADDRESS", callback=_contact,
                     help="An e-mail or web address that is sent along in the user agent."),
        click.option("--quiet", is_flag=True, help="No progress; failures and the closing words only."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.group(epilog=example("belopp fetch g0v --since 2024-09 --out outputs/g0v"))
def fetch() -> None:
    """Fetch publications into a corpus folder: politely, and only what is new."""


def _told(command: Callable[P, None]) -> Callable[P, None]:
    """Faults of use in one line, with the remedy."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            from belopp import sources
        except ModuleNotFoundError as error:
            raise _wanting(error) from error
        try:
            command(*arguments, **options)
        except ModuleNotFoundError as error:
            raise _wanting(error) from error
        except (sources.WrongSource, sources.Busy) as error:
            raise Wrong(str(error)) from error
        except OSError as error:
            otherwise = "give an --out that can be written to; what was fetched before is kept"
            raise unwritable(error, "the corpus folder", otherwise) from error

    return run


@fetch.command(epilog=example("belopp fetch g0v --since 2024-09 --out outputs/g0v"))
@click.option("--since", required=True, metavar="DATE", callback=dates.checked,
              help="Only pages published or updated on 2024, 2024-09 or 2024-09-17 or later.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, default=("pressmeddelanden",), show_default=True, metavar="KIND",
              help="An index of the mirror, such as rattsliga-dokument/proposition; may be given again.")  # fmt: skip
@click.option("--base", default="https://g0v.se", show_default=True, metavar="URL", help="Where the mirror is.")
@_shared
@_told
@click.pass_context
def g0v(context: click.Context, /, since: str, kinds: tuple[str, ...], base: str, **shared: object) -> None:
    """Fetch pages of the government's website from its open mirror.

    The indexes name the pages with title and days; a page that is in the corpus folder and of which the index
    says nothing new is not asked for.  manifest.jsonl holds a line a file: its address, ETag, Last-Modified,
    fetch time and SHA-256.  belopp run reads the folder, with title, day and address from there.

    Exit status: 0 all well, 1 some documents failed (each is named with the reason; the next fetch asks for
    them again), 2 wrong usage, 130 Ctrl-C; what was fetched stays in every case.
    """
    from belopp import sources

    with _errand(context, **shared) as (errand, tally):
        sources.fetch_g0v(errand, tally, since=since, kinds=kinds, base=base)


@fetch.command(epilog=example("belopp fetch rss https://example.org/rss --out outputs/site"))
@click.argument("url", metavar="URL")
@click.option("--since", metavar="DATE", callback=dates.checked,
              help="Only pages that the feed dates 2024, 2024-09 or 2024-09-17 or later, and undated.")  # fmt: skip
@click.option("--no-attachments", is_flag=True, help="Leave the PDF files that hang on the pages.")
@_shared
@_told
@click.pass_context
def rss(context: click.Context, /, url: str, since: str, no_attachments: bool, **shared: object) -> None:
    """Fetch the pages that an RSS or Atom feed announces.

    Each page comes with the PDF files it links to.  A page of which the feed says nothing new is not asked for.

    Exit status: as for belopp fetch g0v.
    """
    from belopp import sources

    with _errand(context, **shared) as (errand, tally):
        sources.fetch_feed(errand, tally, url, since=since, attachments=not no_attachments)


@fetch.command(epilog=example("belopp fetch url https://example.org/avtal/ --out outputs/site"))
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--no-attachments", is_flag=True, help="Leave the PDF files that hang on the pages.")
@_shared
@_told
@click.pass_context
def url(context: click.Context, /, urls: tuple[str, ...], no_attachments: bool, **shared: object) -> None:
    """Fetch single pages or files.

    An HTML page comes with the PDF files it links to.  A dry run asks for the pages, to see what hangs on them.

    Exit status: as for belopp fetch g0v.
    """
    from belopp import sources

    with _errand(context, **shared) as (errand, tally):
        sources.fetch_pages(errand, tally, urls, attachments=not no_attachments)


@contextmanager
def _errand(context: click.Context, **shared: object) -> Iterator[tuple[Errand, Tally]]:
    """The client, the corpus folder and the tally of one fetch; at its end the closing words and the status."""
    from belopp import sources

    out, dry = shared["out"], bool(shared["dry_run"])
    pause, most = shared["pause"], shared["most"]
    assert isinstance(out, Path)
    assert isinstance(pause, float)
    assert isinstance(most, (int, float))
    progress = Quiet() if shared["quiet"] else Bar() if sys.stderr.isatty() else Lines()
    tally = sources.Tally(progress.watch)
    limits = sources.Limits(bytes=int(most * MEGABYTE), pause=pause)
    client = sources.Client(limits=limits, allow_private=bool(shared["allow_private"]), contact=str(shared["contact"]))
    began = time.monotonic()
    try:
        with tidying(), client, sources.opened(out, writes=not dry) as corpus:
            yield sources.Errand(client, corpus, recheck=bool(shared["recheck"]), dry=dry), tally
    except KeyboardInterrupt as stop:
        stop.args = ("Stopped; what was fetched is kept.",)
        raise
    finally:
        progress.stop()
    for line in closing(tally, out, requests=client.requests, seconds=time.monotonic() - began):
        say(line)
    context.exit(1 if tally.failed else 0)


def closing(tally: Tally, out: Path, *, requests: int, seconds: float) -> Iterator[str]:
    """What a fetch says at its end."""
    counts = tally.counts
    same = counts["unchanged"] + counts["settled"]
    parts = [f"{counts['new']:,} new", f"{counts['changed']:,} changed", f"{same:,} as they were"]
    if counts["would fetch"]:
        parts = [f"{counts['would fetch']:,} would be fetched", f"{same:,} as they were"]
    parts.append(f"{counts['failed']:,} failed")
    if tally.left_out:
        parts.append(f"{tally.left_out:,} earlier left out")
    yield f"{', '.join(parts)}; {requests:,} request{'' if requests == 1 else 's'} in {seconds:.1f} s"
    yield f"{out}"


def told(outcome: Outcome) -> str:
    """An outcome in one line, safe to print."""
    from belopp.visible import visible

    if outcome.reason:
        return f"{outcome.verdict}: {visible(outcome.source)}: {visible(outcome.reason)}"
    return f"{outcome.verdict}: {visible(outcome.path)} from {visible(outcome.source)}"


class Quiet:
    """No progress: failures alone are told."""

    def watch(self, outcome: Outcome, tally: Tally) -> None:
        """Tell of a failure, and of what a dry run would fetch, which is what it is for."""
        if outcome.verdict in ("failed", "would fetch"):
            click.echo(told(outcome), err=outcome.verdict == "failed")

    def stop(self) -> None:
        """Nothing is left to tidy."""


class Lines(Quiet):
    """Progress where nobody watches: a plain line for each document that was asked for."""

    def watch(self, outcome: Outcome, tally: Tally) -> None:
        """Tell of an outcome; what was not asked for is only counted."""
        if outcome.verdict in ("new", "changed"):
            click.echo(f"{tally.done:,} of {tally.known:,} {told(outcome)}", err=True)
        else:
            super().watch(outcome, tally)


class Bar(Quiet):
    """Progress on a terminal: a bar, with the failures above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[now]}", markup=False),
            TimeRemainingColumn(),
            console=Console(stderr=True, markup=False, highlight=False, emoji=False),
            auto_refresh=False,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, now="")
        self._drawn = 0.0
        self._bar.start()

    def watch(self, outcome: Outcome, tally: Tally) -> None:
        """Draw the bar; a failure stays above it."""
        if outcome.verdict in ("failed", "would fetch"):
            self._bar.stop()
            super().watch(outcome, tally)
            self._bar.start()
        now = time.monotonic()
        if now - self._drawn >= BAR_SECONDS or tally.done == tally.known:
            said = f"{tally.counts['new']:,} new  {tally.counts['failed']:,} failed "
            self._bar.update(self._task, completed=tally.done, total=tally.known, refresh=True, now=said)
            self._drawn = now

    def stop(self) -> None:
        """Wipe the bar, and give the terminal its cursor back."""
        self._bar.stop()


def _wanting(error: ModuleNotFoundError) -> Exception:
    """The remedy for a missing extra; any other missing module is a fault of ours."""
    if (error.name or "").partition(".")[0] in EXTRA:
        return Wrong(f"belopp fetch needs {error.name}, which is not installed; pip install 'belopp[sources]'")
    return error
