"""``belopp gold``: two annotators' sheets made one, and gold taken to other annotation tools and back."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FILE, FILE_OR_FOLDER, Wrong, example, screen, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from belopp.gold import Decision
    from belopp.gold.adjudication import Merged
    from belopp.model import Row

_REVIEWER = click.option("--reviewer", envvar="BELOPP_REVIEWER", default="", help="Who decides, for the journal.")
DISPUTED: Final = "disputed.csv"


@click.group()
def gold() -> None:
    """Merge annotators' gold, and take it to other tools and back."""


@gold.command(epilog=example("belopp gold adjudicate corpus/gold/amounts.csv outputs/run --out outputs/merged"))
@click.argument("a", metavar="A", type=FILE_OR_FOLDER)
@click.argument("b", metavar="B", type=FILE_OR_FOLDER)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="A folder of gold for the rows that stand, with what is disputed beside them.")  # fmt: skip
@click.option("--prefer", type=click.Choice(["A", "B"]), help="Whose word to take where they differ.")
@click.option("--decided", type=FILE,
              help="A disputed.csv with A or B written into its column choice.")  # fmt: skip
@click.option("--docs", type=FILE,
              help="A file with the ids of the documents that count, one a line.")  # fmt: skip
@click.option("--bootstrap", "rounds", type=click.IntRange(0), default=1000, show_default=True, metavar="N",
              help="Draws for the 95 % intervals; 0 leaves them out.")  # fmt: skip
@_REVIEWER
@click.pass_context
def adjudicate(
    context: click.Context,
    a: Path,
    b: Path,
    out: Path | None,
    prefer: str | None,
    decided: Path | None,
    docs: Path | None,
    rounds: int,
    reviewer: str,
) -> None:
    """Merge the sheets of two annotators and print how far they agree.

    Rows that agree are taken.  What differs is listed in disputed.csv beside them: write A or B into its column
    choice and give it back with --decided, or let --prefer decide.  Prints for each column the share of aligned rows
    that agree, and Cohen's kappa of closed vocabularies, with 95 % intervals over documents.  Exit status: 1 while
    anything is undecided.
    """
    from belopp.gold import GoldError, adjudication, agreement
    from belopp.score import SheetError, compare, read_docs, read_sheet

    try:
        sheets = read_sheet(a, strict=True), read_sheet(b, strict=True)
        comparison = compare(*sheets, docs=read_docs(docs) if docs else None)
        choices = adjudication.read_choices(decided) if decided else {}
        merged = adjudication.adjudicate(comparison, prefer=prefer or "", choices=choices)
        screen.say(agreement.render(agreement.agreement(comparison, rounds=rounds)))
        if out:
            _spare(out, (a, b))
            _keep(out, merged, reviewer, [document.doc for document in comparison.documents])
    except (SheetError, GoldError) as error:
        raise _wrong(error) from error
    screen.say(f"{len(merged.rows)} rows taken, {len(merged.disputes)} disputes, {merged.open} undecided")
    if merged.open:
        context.exit(1)


def _spare(out: Path, sheets: Iterable[Path]) -> None:
    """Refuse a folder in which the rows that stand would take the place of what an annotator wrote."""
    from belopp.gold import GoldError

    for sheet in sheets:
        if out.resolve() in (sheet.resolve(), sheet.resolve().parent):
            raise GoldError(f"{sheet}: lies in {out}, where merged rows would take its place; give another --out")


def _keep(out: Path, merged: Merged, reviewer: str, docs: Iterable[str]) -> None:
    from belopp.gold import Decision
    from belopp.gold.adjudication import disputes_text

    decisions: dict[str, list[Decision]] = {doc: [] for doc in docs}
    for each in merged.disputes:
        if each.choice:
            before, after = (each.b, each.a) if each.choice == "A" else (each.a, each.b)
            decided = Decision("adjudicate", each.start, each.end, each.what, before, after)
            decisions[each.doc].append(decided)
    _save(out, merged.rows, reviewer, decisions)
    (out / DISPUTED).unlink(missing_ok=True)
    if merged.disputes:
        (out / DISPUTED).write_text(disputes_text(merged.disputes), encoding="utf-8", newline="")


_FORM = click.option("--as", "form", type=click.Choice(["labelstudio", "doccano", "prodigy", "brat", "docbin"]),
                     required=True, help="The tool whose form it has.")  # fmt: skip


@gold.command(
    "export",
    epilog=example("belopp gold export corpus/gold/amounts.csv --texts corpus/raw --as brat --out outputs/brat"),
)
@click.argument("sheet", type=FILE_OR_FOLDER)
@click.option(
    "--texts", type=FILE_OR_FOLDER, required=True, help="The run, or the folder of publications, that it is about."
)
@_FORM
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--docs", type=FILE,
              help="A file with the ids of the documents to take, one a line; also those without a sum.")  # fmt: skip
def export_(sheet: Path, texts: Path, form: str, out: Path, docs: Path | None) -> None:
    """Write gold for another annotation tool.

    SHEET is a CSV with the guide's columns, a folder of gold or of a run.  Each publication goes with its whole text.
    """
    from belopp.gold import GoldError, exchange
    from belopp.gold.publications import Publications
    from belopp.score import SheetError, read_docs
    from belopp.tables import PACKAGE

    try:
        if (out / PACKAGE).exists():  # brat's list of documents would take the place of the run's
            raise GoldError(f"{out}: holds the tables of a run; give another --out")
        found = _rows(sheet)
        wanted = sorted(read_docs(docs)) if docs else list(found)
        publications = Publications(texts)
        given = [exchange.marked(doc, publications.document(doc).text, found.get(doc, [])) for doc in wanted]
        with _written(out):
            out.mkdir(parents=True, exist_ok=True)
            exchange.form(form).write(given, out)
    except (SheetError, GoldError) as error:
        raise _wrong(error) from error
    screen.say(f"{sum(len(each.marks) for each in given)} rows of {len(given)} documents in {out}")


def _rows(sheet: Path) -> dict[str, list[Row]]:
    """The rows of a folder of gold, a run or a file, by document."""
    from belopp.gold import load, row_of
    from belopp.gold.exchange import by_document
    from belopp.score import read_sheet
    from belopp.tables import RUN

    if sheet.is_dir() and not (sheet / RUN).is_file():
        return load(sheet)
    try:
        return by_document(row_of(entry.cells) for entry in read_sheet(sheet, strict=True).entries)
    except ValueError as error:
        raise Wrong(f"{sheet}: {error}; mend the row") from error


@gold.command(
    "import", epilog=example("belopp gold import outputs/brat --as brat --texts corpus/raw --out outputs/mine")
)
@click.argument("path", type=FILE_OR_FOLDER)
@_FORM
@click.option("--texts", type=FILE_OR_FOLDER,
              help="The run or folder of the publications as they read now, for rows to go along.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="A folder of gold to put the rows in; without it they are printed.")  # fmt: skip
@_REVIEWER
def import_(path: Path, form: str, texts: Path | None, out: Path | None, reviewer: str) -> None:
    """Read gold from another annotation tool.

    PATH is what the tool exported, or the folder that belopp gold export wrote.  Marks that were added there get the
    value that their words state.  Prints the rows as CSV, or puts them into the folder of gold --out, in place of what
    it has of the same documents.
    """
    from belopp.gold import Decision, GoldError, exchange, sheet_text
    from belopp.gold.publications import Publications

    rows: list[Row] = []
    decisions: dict[str, list[Decision]] = {}
    try:
        publications = Publications(texts) if texts else None
        for each in exchange.form(form).read(path):
            found, told = exchange.rows_of(each, publications.document(each.doc).text if publications else None)
            for line in told:
                click.echo(f"note: {_visible(line)}", err=True)
            rows += found
            decisions[each.doc] = [Decision("import", row.start, row.end) for row in found]
        if out:
            with _written(out):
                _save(out, rows, reviewer, decisions)
            screen.say(f"{len(rows)} rows of {len(decisions)} documents in {out}")
        else:
            screen.say(sheet_text(rows), nl=False)
    except GoldError as error:
        raise _wrong(error) from error


def _save(out: Path, rows: Iterable[Row], reviewer: str, decisions: dict[str, list[Decision]]) -> None:
    """Put the rows into a folder of gold, in place of what it has of their documents."""
    import getpass
    from datetime import UTC, datetime

    from belopp import gold as kept

    found: dict[str, list[Row]] = {doc: [] for doc in decisions}
    for row in rows:
        found.setdefault(row.doc, []).append(row)
    base = kept.load(out)
    who = reviewer or getpass.getuser()
    kept.save_all(out, found, base=base, reviewer=who, when=datetime.now(UTC), decisions=decisions)


@contextmanager
def _written(out: Path) -> Iterator[None]:
    """Say in a line where nothing could be written, and what to do."""
    try:
        yield
    except OSError as error:
        raise unwritable(error, out, "give another --out") from error


def _wrong(error: Exception) -> Wrong:
    return Wrong(_visible(str(error)))


def _visible(text: str) -> str:
    from belopp.visible import visible

    return visible(text, lines=True)
