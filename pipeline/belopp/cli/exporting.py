"""``belopp ledger export``: the ledger for spreadsheets, databases and bookkeeping programs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from belopp.cli import Wrong, screen
from belopp.cli.leaving import tidying
from belopp.cli.ledger import DB, ledger, money, told

_FORMS: Final = ("csv", "xlsx", "parquet", "beancount", "hledger", "duckdb")
_ENDINGS: Final = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".beancount": "beancount",
                   ".journal": "hledger", ".hledger": "hledger", ".duckdb": "duckdb"}  # fmt: skip
_TABLES: Final = ("postings", "totals", "commitments", "assertions", "sources", "documents", "batches")


# ------------------------------------------------------------------------------------------- export


@ledger.command(
    epilog="Examples: belopp ledger export --as xlsx --out ledger.xlsx; "
    "belopp ledger export --as csv --dialect excel-sv --out ledger.csv; "
    "belopp ledger export --out ledger.beancount --history"
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
    screen.say(f"{out}: {done.postings:,} posting{'' if done.postings == 1 else 's'}, head {done.head}")
    for total in done.totals:
        screen.say(f"posted in all: {money(total.amount, total.currency)}")
