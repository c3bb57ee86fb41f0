"""``belopp ledger export`` and ``belopp ledger diff``: the ledger for other programs, and what two runs differ by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FOLDER, Wrong, example, screen
from belopp.cli.books import DB, money, told
from belopp.cli.leaving import tidying

if TYPE_CHECKING:
    from belopp.ledger.diff import Difference

_FORMS: Final = ("csv", "xlsx", "parquet", "beancount", "hledger", "duckdb")
_ENDINGS: Final = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".beancount": "beancount",
                   ".journal": "hledger", ".hledger": "hledger", ".duckdb": "duckdb"}  # fmt: skip
_BY: Final = ("area", "payer", "recipient", "year", "status", "expenditure_area", "commitment")
_TABLES: Final = ("postings", "totals", "commitments", "assertions", "sources", "documents", "batches")


# ------------------------------------------------------------------------------------------- export


@click.command(
    epilog=example(
        "belopp ledger export --as xlsx --out outputs/ledger.xlsx",
        "belopp ledger export --as csv --dialect excel-sv --out outputs/ledger.csv",
        "belopp ledger export --out outputs/ledger.beancount --history",
    )
)
@click.option("--as", "form", type=click.Choice(_FORMS), help="The form; left out, the ending of --out tells it.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="The file to write; one that is there is replaced when the new one is whole.")  # fmt: skip
@DB
@click.option("--table", type=click.Choice(_TABLES), help="What a csv or parquet file holds.  [default: postings]")
@click.option("--dialect", type=click.Choice(["excel-sv"]),
              help="For csv: semicolon, decimal comma, BOM and CRLF, as Swedish spreadsheets open it.")  # fmt: skip
@click.option("--history", is_flag=True, help="Every version, not only what counts now.")
def export(form: str | None, out: Path, db: str, table: str | None, dialect: str | None, history: bool) -> None:
    """Write the ledger as a sheet, a database or a journal.

    Amounts are exact: integers of minor units become decimals and never floats.  Cells of csv and xlsx that a
    spreadsheet would take for formulas get an apostrophe before them.  In beancount and hledger texts each
    posting is a transaction from its payer to its area and recipient, with the sentences behind it; what a total
    leaves over is under Expenses:Unallocated.
    """
    form = form or _ENDINGS.get(out.suffix.casefold())
    if form is None:
        raise Wrong(f"{out}: its ending tells no form; give --as {', '.join(_FORMS)}")
    if table and form not in ("csv", "parquet"):
        raise Wrong(f"--table {table}: a {form} file holds the whole ledger; leave --table out, or use --as csv")
    if dialect and form != "csv":
        raise Wrong(f"--dialect {dialect}: it is for --as csv, not {form}; leave it out")
    with told(), tidying():
        from belopp.ledger.export import export as write

        done = write(db, form=form, out=out, table=table or "postings", dialect=dialect or "", history=history)
    for warning in done.told:
        click.echo(f"warning: {warning}", err=True)
    of = f"{table} of " if table and table != "postings" else ""
    screen.say(f"{out}: {of}{done.postings:,} posting{'' if done.postings == 1 else 's'}, head {done.head}")
    for total in done.totals:
        screen.say(f"posted in all: {money(total.amount, total.currency)}")


# ------------------------------------------------------------------------------------------- diff


@click.command(epilog=example("belopp ledger diff outputs/before outputs/run --by area --by year --as markdown"))
@click.argument("before", metavar="RUN_A", type=FOLDER)
@click.argument("after", metavar="RUN_B", type=FOLDER)
@click.option("--by", type=click.Choice(_BY), multiple=True, default=("area", "payer", "year"), show_default=True,
              help="What to add up by.  May be given several times.")  # fmt: skip
@click.option("--together", is_flag=True, help="By all of them at once: one line for each area, payer and year.")
@click.option("--horizon", type=click.IntRange(0, 9999), default=0, show_default=True, metavar="YEAR",
              help="The last year of yearly sums without an end; 0: the last that the publication names.")  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, metavar="N",
              help="On a terminal, the greatest N of each; 0: all.")  # fmt: skip
@click.option("--as", "form", type=click.Choice(["terminal", "csv", "markdown", "json"]), default="terminal",
              show_default=True, help="How to print the differences.")  # fmt: skip
@screen.COLOUR
@click.pass_context
def diff(
    context: click.Context,
    before: Path,
    after: Path,
    by: tuple[str, ...],
    together: bool,
    horizon: int,
    limit: int,
    form: str,
    colour: str,
) -> None:
    """Show what changed in money between two runs.

    RUN_A and RUN_B are the --out folders of finished runs.  What each of them would post to an empty ledger is
    added up and held against the other; groups that come to the same are left out.  Exit status 1 when there is
    any difference.
    """
    from belopp.ledger import diff_printing
    from belopp.ledger.diff import difference
    from belopp.ledger.problems import NotARun

    by = tuple(dict.fromkeys(by))
    try:
        result = difference(before, after, by=by, together=together, horizon=horizon)
    except NotARun as error:
        raise Wrong(str(error)) from error
    if form == "terminal":
        with screen.printing(colour=screen.wants_colour(colour)) as console:
            diff_printing.render_terminal(result, console, limit=limit or None)
    else:
        screen.say(_printed(result, form, by if together else ()), nl=False)
    for run, refused in zip((before, after), result.refused, strict=True):
        if refused:
            click.echo(f"not counted: {refused:,} of {run} (belopp ledger post names them)", err=True)
    if result.found:
        context.exit(1)


def _printed(result: Difference, form: str, names: tuple[str, ...]) -> str:
    from belopp.ledger import diff_printing

    if form == "csv":
        return diff_printing.render_csv(result, names=names)
    return {"markdown": diff_printing.render_markdown, "json": diff_printing.render_json}[form](result)
