"""``belopp pack``: a folder of publications as one Parquet file."""

from __future__ import annotations

from pathlib import Path

import click

from belopp.cli import Wrong, example, unwritable
from belopp.cli.leaving import tidying
from belopp.cli.running import QUARANTINED_SHOWN, counted
from belopp.cli.screen import say


@click.command(epilog=example("belopp pack corpus/raw outputs/raw.parquet"))
@click.argument("inputs", nargs=-1, required=True, metavar="FOLDER...")
@click.argument("out", metavar="OUT.parquet", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def pack(context: click.Context, inputs: tuple[str, ...], out: Path) -> None:
    """Put a folder of publications into one Parquet file.

    FOLDER is whatever belopp run reads: a folder, a file, a pattern, an archive.  belopp run over OUT.parquet
    gives the same tables as over FOLDER: each document keeps its id, its bytes, and the date, title and address that
    an index says of it.  OUT.parquet is replaced when the new one is whole.

    Exit status: 0 all well, 1 some documents could not be read and are left out, 2 wrong usage, 130 Ctrl-C, 143 asked
    to end.
    """
    from belopp import batch
    from belopp.visible import visible

    try:
        with tidying():
            packed = batch.pack(inputs, out)
    except batch.WrongInput as error:
        raise Wrong(str(error)) from error
    except OSError as error:
        raise unwritable(error, out, "give a file that can be written") from error
    for doc, reason in packed.left_out[:QUARANTINED_SHOWN]:
        click.echo(f"left out: {visible(doc)}: {visible(reason)}", err=True)
    if (more := len(packed.left_out) - QUARANTINED_SHOWN) > 0:
        click.echo(f"left out: {more:,} more", err=True)
    say(f"{counted(packed.documents, 'document')} in {out}, {out.stat().st_size:,} bytes")
    context.exit(1 if packed.left_out else 0)
