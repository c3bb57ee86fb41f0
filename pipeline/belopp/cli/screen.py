"""What the commands that print for people know of the terminal: its width, and whether colours are wanted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

COLOUR = click.option(
    "--colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether to colour; auto does on a terminal unless NO_COLOR is set.",
)
# A pipe has no width: lines are as long as what they say, so that grep and cut find it whole.
_UNBOUNDED: Final = 100_000
# Below it the columns of a wide table would be some letters each.
_NARROW: Final = 120


def wants_colour(colour: str) -> bool:
    """Whether to colour what goes to standard output."""
    if colour == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return colour == "always"


def say(text: str, *, nl: bool = True, colour: bool | None = None) -> None:
    """Print to standard output; a reader that has enough does not change what the command comes to."""
    try:
        click.echo(text, nl=nl, color=colour)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int | None:
    """The columns of the terminal; ``None`` when the output goes elsewhere and may be of any width."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def console(*, colour: bool) -> Console:
    """A rich console of the terminal's width that takes text as it is, without markup."""
    from rich.console import Console

    return Console(
        width=width() or _UNBOUNDED,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


@contextmanager
def printing(*, colour: bool) -> Iterator[Console]:
    """Within, a console; what is printed on it is said at the end, for :func:`say` knows what a closed pipe means."""
    page = console(colour=colour)
    with page.capture() as printed:
        yield page
    say(printed.get(), nl=False, colour=colour)


def fitting(table: Table, columns: int) -> Table:
    """The table or, on a terminal too narrow for it, each of its rows as lines of title and value."""
    if columns >= _NARROW:
        return table
    from rich.table import Table

    narrow = Table.grid(padding=(0, 2, 0, 0))
    narrow.add_column(style="dim", no_wrap=True)
    narrow.add_column(overflow="fold")
    by_title = [(str(column.header), list(column.cells)) for column in table.columns]
    for row in range(table.row_count):
        for title, cells in by_title:
            if str(cells[row]):
                narrow.add_row(title, cells[row])
        narrow.add_row()
    return narrow
