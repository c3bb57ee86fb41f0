"""``belopp show`` and ``belopp explain``: one publication read on the spot, with its sums and the reasons for them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FOLDER, Wrong, dates, example, screen
from belopp.cli.rules import RULES, load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from belopp.extract import Extraction
    from belopp.model import Document, Row
    from belopp.rulebook import Rulebook

_PLACE = re.compile(r"(?P<doc>.+):(?P<start>\d+)(?:-\d+)?", re.DOTALL)
_STARTS_NAMED: Final = 12
_WIDE: Final = 140

_ROOT = click.option(
    "--root",
    type=FOLDER,
    help="The folder that a run would be given: documents are named from it, and its indexes give their dates.  "
    "An id from the tables will then do for DOC.",
)
_PUBLISHED = click.option(
    "--published",
    metavar="DATE",
    callback=dates.checked,
    help="The day of publication, such as 2024-09-17; a month or year will do.",
)


@click.command(epilog=example("belopp show corpus/raw/nyheter/2022/02/over-fem-miljarder-till-aldreomsorgen.txt"))
@click.argument("doc")
@click.option("--rows-only", is_flag=True, help="Leave the publication's text out.")
@click.option("--as", "form", type=click.Choice(["terminal", "json", "csv"]), default="terminal", show_default=True,
              help="How to print; json and csv hold the rows, json with their reasons.")  # fmt: skip
@_ROOT
@_PUBLISHED
@RULES
@screen.COLOUR
def show(
    doc: str, rows_only: bool, form: str, root: Path | None, published: str, folder: Path | None, colour: str
) -> None:
    """Print a publication with its sums marked and their rows beneath.

    DOC is a file (PDF, DOCX, XLSX, CSV, HTML, Markdown or plain text), or - for standard input.
    """
    book = load_rules(folder)
    document = _read(doc, root, published)
    rows = _examine(document, book).rows
    if form == "json":
        click.echo(_as_json(rows))
    elif form == "csv":
        click.echo(_as_csv(rows), nl=False)
    else:
        _show(document, rows, rows_only=rows_only, colour=screen.wants_colour(colour))


def _show(document: Document, rows: Sequence[Row], *, rows_only: bool, colour: bool) -> None:
    from belopp.cli import pages

    with screen.printing(colour=colour) as console:
        if not rows_only:
            console.print(pages.publication(document, rows, colour=colour))
            console.print()
        if rows:
            console.print(pages.rows_table(rows, wide=console.width >= _WIDE))
        console.print(pages.legend(rows))


def _as_json(rows: Sequence[Row]) -> str:
    import json

    from belopp.model import COLUMNS
    from belopp.tables import guide_cells

    plain = [
        dict(zip(COLUMNS, guide_cells(row), strict=True)) | {"because": [reason._asdict() for reason in row.because]}
        for row in rows
    ]
    return json.dumps(plain, ensure_ascii=False, indent=1)


def _as_csv(rows: Sequence[Row]) -> str:
    from belopp.model import COLUMNS
    from belopp.tables import csv_text, guide_cells

    return csv_text([COLUMNS, *(guide_cells(row) for row in rows)])


@click.command(
    epilog=example("belopp explain corpus/raw/skr/2024/03/overenskommelse-om-suicidprevention-i-primarvarden.txt:310")
)
@click.argument("place", metavar="DOC:START")
@_ROOT
@_PUBLISHED
@RULES
@screen.COLOUR
def explain(place: str, root: Path | None, published: str, folder: Path | None, colour: str) -> None:
    """Say which rules and words made each column of a row.

    DOC is a file and START the offset at which the sum starts (or any within it), as belopp show prints it.
    """
    from belopp.cli import pages

    parts = _PLACE.fullmatch(place)
    if parts is None:
        raise Wrong(f"{place}: no offset; write DOC:START, and belopp show DOC prints the starts")
    book = load_rules(folder)
    document = _read(parts["doc"], root, published)
    rows, checks = _examine(document, book)
    row = _row_at(rows, int(parts["start"]), parts["doc"])
    with screen.printing(colour=screen.wants_colour(colour)) as console:
        console.print(pages.explanation(document, row, rows, book, checks), end="")


def _row_at(rows: Sequence[Row], start: int, doc: str) -> Row:
    starting = [row for row in rows if row.start == start]
    around = [row for row in rows if row.start <= start < row.end]
    if found := (starting or around):
        return found[0]
    if not rows:
        raise Wrong(f"{doc}: no sum was found in it, so there is none at {start}")
    near = sorted(sorted(rows, key=lambda row: abs(row.start - start))[:_STARTS_NAMED], key=lambda row: row.start)
    starts = ", ".join(str(row.start) for row in near)
    raise Wrong(f"{doc}: no sum at {start}; the nearest {'starts are' if len(near) > 1 else 'start is'} {starts}")


# ---------------------------------------------------------------------------------------------- reading


def _read(doc: str, root: Path | None, published: str) -> Document:
    """The document at a path or on standard input; one that cannot be read ends the command with status 2."""
    from belopp.read import Listing, Unreadable, index, parse, read

    try:
        if doc == "-":
            if sys.stdin is None:
                raise Wrong("standard input is closed; send the text through it: belopp show - < FILE")
            return parse(sys.stdin.buffer.read(), id="stdin", published=published)
        if root and not Path(doc).exists() and (root / doc).exists():
            doc = str(root / doc)
        listing = index(root).get(_name(doc, root), Listing()) if root else Listing()
        return read(doc, root=root, published=published or listing.published, title=listing.title, url=listing.url)
    except Unreadable as error:
        remedy = "" if error.stage == "read" else f"; {_remedy(error.stage)}"  # there the reason says what to do
        raise Wrong(f"{doc}: cannot be read at stage {error.stage}: {error.reason}{remedy}") from error


def _name(doc: str, root: Path) -> str:
    try:
        return Path(doc).relative_to(root).as_posix()
    except ValueError as error:
        raise Wrong(f"{doc}: does not lie under --root {root}; give the folder that it lies under") from error


def _remedy(stage: str) -> str:
    remedies = {
        "open": "check the path, or give --root FOLDER with an id from the tables",
        "decode": "save it as UTF-8 or, if it is no text, fetch it again",
    }
    return remedies.get(stage, "give PDF, DOCX, XLSX, CSV, HTML, Markdown or plain text")


def _examine(document: Document, book: Rulebook) -> Extraction:
    from belopp.extract import examine

    return examine(document, book=book)
