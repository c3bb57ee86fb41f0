"""``belopp report``: a run, held against the gold and another run, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belopp.cli import FILE, FILE_OR_FOLDER, Wrong, example, screen, unwritable
from belopp.cli.lines import RUN

if TYPE_CHECKING:
    from belopp.score import Sheet

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    epilog=example("belopp report outputs/run --gold corpus/gold/amounts.csv --lang sv --out outputs/report.html")
)
@RUN
@click.option("--out", type=_FILE, default="report.html", show_default=True, help="The file to write.")
@click.option("--gold", type=FILE_OR_FOLDER, help="Hand-labelled rows: scores, confusions and differences from them.")
@click.option("--docs", type=FILE,
              help="A file with the ids of the documents that the gold is of, one a line.")  # fmt: skip
@click.option(
    "--against", type=FILE_OR_FOLDER, help="Another run, or any sheet of rows: what is lost and gained since."
)
@click.option("--lang", type=click.Choice(["en", "sv"]), default="en", show_default=True, help="The report's language.")
@click.option("--publications", "most", type=click.IntRange(0), default=300, show_default=True, metavar="N",
              help="Show so many texts, those in doubt first; of the others their sentences.")  # fmt: skip
@click.option("--bootstrap", "rounds", type=click.IntRange(0), default=1000, show_default=True, metavar="N",
              help="Draws for the 95 % intervals; 0 leaves them out.")  # fmt: skip
def report(
    run: Path,
    out: Path,
    gold: Path | None,
    docs: Path | None,
    against: Path | None,
    lang: str,
    most: int,
    rounds: int,
) -> None:
    """Write a run as one HTML file that opens from the disk.

    RUN is the folder of a run.  The file holds scores and differences, the sum trees with their verdicts, who pays whom
    for what, the money by year, quarantined documents, and each publication with its sums marked; every figure leads
    to the sentence that it comes from.  It has no script and fetches nothing.
    """
    from belopp import report as made
    from belopp.score import SheetError, read_docs

    try:
        own = _sheet(run) if gold or against else None
        page = made.report(
            run,
            gold=_sheet(gold),
            against=_sheet(against),
            sheet=own,
            earlier=against if against and (against / "run.json").is_file() else None,
            docs=read_docs(docs) if docs else None,
            language=lang,
            most=most,
            rounds=rounds,
        )
    except (SheetError, made.NotARun, made.NeedsReview) as error:
        from belopp.visible import visible

        raise Wrong(visible(str(error), lines=True)) from error
    _put(out, page)
    screen.say(f"{out}: {len(page.encode()) / 1e6:.1f} MB")


def _sheet(path: Path | None) -> Sheet | None:
    from belopp.score import read_sheet

    return read_sheet(path, strict=True) if path else None


def _put(out: Path, page: str) -> None:
    """The file whole or not at all."""
    import os
    from contextlib import suppress

    staged = out.with_name(f".{out.name}.new")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(page, encoding="utf-8", newline="\n")
        os.replace(staged, out)
    except OSError as error:
        with suppress(OSError):  # nothing can be removed below what is no folder
            staged.unlink(missing_ok=True)
        raise unwritable(error, out, "give another --out") from error
