"""``belopp review``: the reviewer's desk, opened in the browser from the command line."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from belopp.cli import FOLDER, Wrong, example
from belopp.cli.lines import RUN


@click.command(epilog=example("belopp review outputs/run --gold corpus/gold"))
@RUN
@click.option("--gold", "gold_folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              default=Path("corpus/gold"), show_default=True,
              help="The folder of gold that is shown beside the run and that decisions are saved in.")  # fmt: skip
@click.option("--against", metavar="RUN2", type=FOLDER,
              help="The folder of another run: what is lost, gained and changed since.")  # fmt: skip
@click.option("--reviewer", metavar="NAME", envvar="BELOPP_REVIEWER",
              help="Who the journal says decided; BELOPP_REVIEWER, or else the login name.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port on loopback; a free one by default.")
@click.option("--open/--no-open", "browse", default=False, help="Open the address in the browser, too.")
def review(run: Path, gold_folder: Path, against: Path | None, reviewer: str | None, port: int, browse: bool) -> None:
    """Open the reviewer's desk on a run.

    RUN is the --out folder of belopp run (outputs/run by default).  Prints an address with a token, answers on
    this computer alone, and saves each decision as it is made.  Ctrl-C closes it.
    """
    try:
        from belopp.review import Desk, serve
    except ModuleNotFoundError as error:
        raise Wrong(f"the desk needs {error.name}; pip install 'belopp[review]'") from error
    from belopp.gold import GoldError
    from belopp.review import ReviewError

    def ready(address: str) -> None:
        click.echo(f"Review at {address}")
        if browse:
            click.launch(address)

    try:
        name = " ".join((reviewer or getpass.getuser()).split())
        desk = Desk(run, gold_folder, reviewer=name, clock=lambda: datetime.now(UTC))
        serve(desk, port=port, ready=ready, against=against)
    except (ReviewError, GoldError) as error:
        raise Wrong(str(error)) from error
