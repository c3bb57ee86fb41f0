"""Reads the actors and the areas, which open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from belopp import expenditure
from belopp.expenditure import Areas
from belopp.rulebook.files import read_text
from belopp.rulebook.problems import BrokenRule
from belopp.rulebook.rule import Actor

ACTOR_COLUMNS: Final = ("canonical", "kind", "variants")
ACTOR_KINDS: Final = (
    "state", "eu", "region", "county", "place", "municipality", "agency", "organisation", "party", "country", "group",
    "other",
)  # fmt: skip


def read_actors(path: Path) -> Iterator[Actor]:
    """The actors of ``actors.csv`` (``canonical,kind,variants`` with ``|`` between variants), each name one actor's."""
    owners: dict[str, str] = {}
    canonicals: set[str] = set()
    for number, cells in _read_lines(path, ACTOR_COLUMNS):
        actor = _actor(cells, f"{path.name}: line {number}")
        _check_names(actor, owners, canonicals, f"{path.name}: line {number}")
        yield actor


def _actor(line: Mapping[str, str], where: str) -> Actor:
    """The actor of one line, its kind one that the stages know."""
    canonical, kind, variants = (line[name].strip() for name in ACTOR_COLUMNS)
    if not canonical:
        raise BrokenRule(f"{where}: canonical is empty; write the actor's name, or delete the line")
    if kind not in ACTOR_KINDS:
        raise BrokenRule(f"{where}: {canonical}: unknown kind {kind!r}; allowed are {', '.join(ACTOR_KINDS)}")
    return Actor(canonical, kind, tuple(part.strip() for part in variants.split("|") if part.strip()))


def _check_names(actor: Actor, owners: dict[str, str], canonicals: set[str], where: str) -> None:
    """An actor has one line, and each of its names is no other's; both are noted for the lines after it."""
    if actor.canonical in canonicals:
        raise BrokenRule(f"{where}: {actor.canonical} has a line already; join the two")
    canonicals.add(actor.canonical)
    for name in (actor.canonical, *actor.variants):
        if owners.setdefault(name, actor.canonical) != actor.canonical:
            raise BrokenRule(
                f"{where}: {name} is a name of {owners[name]} and of {actor.canonical}; take it from one of them"
            )


def read_areas(path: Path) -> Areas:
    """The areas of ``areas.csv`` (``area,aliases,parent,expenditure_area`` with ``|`` between aliases)."""
    try:
        return expenditure.areas(_read_lines(path, expenditure.COLUMNS, others=False))
    except expenditure.WrongArea as error:
        raise BrokenRule(f"{path.name}: {error}") from error


def _read_lines(path: Path, columns: Sequence[str], *, others: bool = True) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The lines of a sheet of rules, each with its number; ``others`` lets the sheet have more columns.

    A byte order mark and ``;`` between the columns, as spreadsheets write them, are taken as they come.
    """
    text = read_text(path)
    header = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    try:
        named = [name.strip() for name in next(lines, [])]
        _check_header(named, columns, path.name, others=others)
        for cells in filter(None, lines):
            line = dict(zip(named, cells, strict=False))
            where = f"{path.name}: line {lines.line_num}"
            if short := [name for name in columns if name not in line]:
                listed = f"{', '.join(columns[:-1])} and {columns[-1]}"
                raise BrokenRule(f"{where}: too few cells: no {', '.join(short)}; write {listed}")
            if len(cells) > len(named) and not others:
                raise BrokenRule(f"{where}: too many cells; quote what has a comma")
            yield lines.line_num, line
    except csv.Error as error:
        raise BrokenRule(f"{path.name}: line {lines.line_num}: {error}; mend the quotes") from error


def _check_header(named: Sequence[str], columns: Sequence[str], source: str, *, others: bool) -> None:
    """A sheet has the columns asked for and, unless ``others`` may stand there, no more."""
    listed = ",".join(columns)
    if missing := [name for name in columns if name not in named]:
        raise BrokenRule(f"{source}: line 1: no column {', '.join(missing)}; begin the file with {listed}")
    if unknown := [name for name in named if not others and name not in columns]:
        raise BrokenRule(f"{source}: line 1: unknown column {', '.join(unknown)}; there are {listed}")
