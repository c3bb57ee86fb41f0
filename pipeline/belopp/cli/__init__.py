"""The command line: one group whose commands are imported only when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

# Ctrl-C in the first moments, too, ends without a traceback; a program of another name keeps its own signals.
if Path(sys.argv[0] if sys.argv else "").parts[-2:] in (("belopp", "__main__.py"), ("bin", "belopp")):
    import_module("belopp.cli.leaving").listen()

import click

# command: (module, what the list of commands says of it).  A test holds each against the command's own help.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "fetch": ("fetching", "Fetch publications into a corpus folder: politely, and only what is new."),
    "run": ("running", "Read publications and write tidy tables of every sum in them."),
    "pack": ("packing", "Put a folder of publications into one Parquet file."),
    "spark": ("spark", "Read publications on a Spark cluster; write every sum in them as Parquet."),
    "quarantine": ("quarantine", "List the documents a run could not read, or try them again."),
    "show": ("looking", "Print a publication with its sums marked and their rows beneath."),
    "explain": ("looking", "Say which rules and words made each column of a row."),
    "checks": ("checking", "Show whether the parts of each stated total add up to it."),
    "commitments": ("committing", "Show the same money once, whichever publications tell of it."),
    "score": ("judging", "Score a run, or any sheet of rows, against the gold."),
    "diff": ("judging", "Show what two sheets of rows disagree about."),
    "review": ("reviewing", "Open the reviewer's desk on a run."),
    "report": ("reporting", "Write a run as one HTML file that opens from the disk."),
    "gold": ("gold", "Merge annotators' gold, and take it to other tools and back."),
    "rules": ("rules", "Prove the rules by their examples, or list them."),
    "ledger": ("ledger", "Post runs to an append-only ledger, add it up, and prove it unchanged."),
    "version": ("rules", "Print the versions of belopp, its rules and Python."),
}


class There(click.Path):
    """A path that must be there, as a file or a folder: click lets a pipe pass, which would be waited for.

    So would one in a run's folder in the place of a table.
    """

    def __init__(self, *, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(exists=True, file_okay=file_okay, dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or wrong usage."""
        from belopp.irregular import irregular

        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if odd := irregular(path):
            self.fail(f"{path}: {odd}", param, ctx)
        if path.is_dir():
            from belopp.tables import odd_in

            if odd := odd_in(path):
                self.fail(odd, param, ctx)
        return path


# What stands in an argument's or an option's place and must be there.
FOLDER: Final = There(file_okay=False)
FILE: Final = There(dir_okay=False)
FILE_OR_FOLDER: Final = There()


def example(*lines: str) -> str:
    """What stands below a command's help: each line whole, however narrow the terminal, so that it can be pasted."""
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(("\b", title, *(f"  {line}" for line in lines)))


class Wrong(click.ClickException):
    """Wrong usage or a broken rule: the message names the file, the cause and the remedy; exit status 2."""

    exit_code = 2


def unwritable(error: OSError, out: object, otherwise: str) -> Wrong:
    """Why nothing could be written, in a line: the place, the cause, and what helps against it.

    >>> unwritable(FileExistsError(17, "File exists", "a.csv"), "a.csv/b", "give another").message
    'a.csv: is a file and no folder; give another'
    >>> unwritable(OSError(28, "No space left on device"), "out", "give another").message
    'out: No space left on device; make room, or give another'
    """
    where = error.filename or out
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return Wrong(f"{where}: is a file and no folder; {otherwise}")
    why = error.strerror or " ".join(str(error).split())
    return Wrong(f"{where}: {why}; make room, or {otherwise}")


class Commands(click.Group):
    """A group that knows its commands' names and imports a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"belopp.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a mistyped one is told with the nearest name that there is."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near or "Did you mean" in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


def _say_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(import_module("belopp.cli.rules").versions())
        context.exit()


@click.group(
    cls=Commands,
    epilog=example("belopp run corpus/raw --out outputs/run"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version,
              help="Print the versions of belopp, its rules and Python.")  # fmt: skip
def belopp() -> None:
    """Find every sum of money in Swedish publications: how much, who pays, who receives, what for, which years."""


def main() -> NoReturn:
    """Run the command line and exit.

    Status: 0 all well, 1 something found wrong, 2 wrong usage or a fault, 130 Ctrl-C, 143 asked to end.
    """
    from belopp.cli.leaving import listen

    listen()
    try:
        status = _status()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, a closed pager) has enough; Python's own flush at exit must not complain of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


def _status() -> int:
    # Not click's own main: it ends with 1 for Ctrl-C and for a closed pipe.
    try:
        with belopp.make_context("belopp", sys.argv[1:]) as context:
            belopp.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        return _stopped(stop)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 (people get a line, not a traceback)
        return _unexpected(error)
    return 0


def _stopped(stop: BaseException) -> int:
    from belopp.cli.leaving import Terminated

    click.echo(str(stop) or "Stopped.", err=True)
    return 143 if isinstance(stop, Terminated) else 130


def _unexpected(error: Exception) -> int:
    """Say in one line what went wrong and where; all of it with ``BELOPP_TRACEBACK`` set."""
    import traceback

    if os.environ.get("BELOPP_TRACEBACK"):
        traceback.print_exception(error)
        return 2
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}belopp{os.sep}" in frame.filename] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "belopp"
    said = " ".join(str(error).split())
    click.echo(
        f"Error: {type(error).__name__} in {where}: {said}; belopp did not expect this: "
        "set BELOPP_TRACEBACK=1 to see where it comes from, and report it",
        err=True,
    )
    return 2
