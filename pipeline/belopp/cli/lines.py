"""The run that a command shows, and the lines of its tables as it reads and prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from belopp.cli import FOLDER, Wrong

if TYPE_CHECKING:
    from belopp.tables import Table

Line: TypeAlias = Mapping[str, str]

RUN = click.argument("run", type=FOLDER, default="outputs/run")


def lines_of(run: Path, table: Table) -> list[Line]:
    """The lines of a table in the folder of a run; a folder without it ends the command."""
    from belopp.tables import read_csv

    path = run / table.file
    if not path.is_file():
        raise Wrong(f"{run}: no {table.file} in it; give the folder that belopp run wrote to, or run it again")
    return list(read_csv(path))


def as_csv(lines: Iterable[Line], names: Sequence[str]) -> str:
    """Some columns of the lines as CSV, under a head."""
    from belopp.tables import csv_text

    return csv_text([names, *([line[name] for name in names] for line in lines)])
