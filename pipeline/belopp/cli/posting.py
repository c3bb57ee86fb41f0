"""``belopp ledger post``: what it takes, and what it says at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FOLDER, example
from belopp.cli.books import DB, counted, told
from belopp.cli.leaving import tidying
from belopp.cli.screen import say
from belopp.visible import visible

if TYPE_CHECKING:
    from belopp.ledger import Posted

_SHOWN: Final = 20
_NAMED: Final = 3


@click.command(
    epilog=example(
        "belopp ledger post outputs/run",
        "belopp ledger post outputs/run --withdraw-absent --reason 'two publications were taken back'",
    )
)
@click.argument("run", type=FOLDER)
@DB
@click.option(
    "--horizon",
    type=click.IntRange(0, 9999),
    metavar="YEAR",
    help="The last year of yearly sums without an end; 0, as at first: the last that the publication names.",
)
@click.option("--reason", default="", metavar="WORDS", help="Words to keep with the batch.")
@click.option(
    "--withdraw",
    multiple=True,
    metavar="DOC",
    help="A publication that counts no longer, by its id; RUN must not hold it.  May be given several times.",
)
@click.option(
    "--withdraw-absent",
    is_flag=True,
    help="Withdraw every publication that is not in RUN: for a run over all there is, never one over a part.",
)
def post(
    run: Path, db: str, horizon: int | None, reason: str, withdraw: tuple[str, ...], withdraw_absent: bool
) -> None:
    """Post what a run says and the ledger does not know yet.

    RUN is the --out folder of a finished run.  Posting it again adds nothing; a corrected publication, or one
    that better rules read otherwise, supersedes what was posted of it, and nothing is ever deleted.  A publication
    that RUN does not hold counts as before, grouped with those of RUN, until it is withdrawn: one that was moved
    and corrected would else count twice.  All of it is added or, whatever happens, nothing.  The ledger's head is
    left in the run's run.json for verify.
    """
    with told(), tidying():
        from belopp import ledger as books

        done = books.post(
            run, db=db, horizon=horizon, reason=reason, withdraw=withdraw, withdraw_absent=withdraw_absent
        )
    for line in said_of(done):
        say(line)
    for amount, why in done.refused[:_SHOWN]:
        click.echo(f"not posted: {visible(amount)}: {why}", err=True)
    if len(done.refused) > _SHOWN:
        click.echo(f"not posted: {len(done.refused) - _SHOWN:,} more", err=True)
    if done.unkept:
        click.echo(
            f"warning: the head could not be left in {run / 'run.json'}: {done.unkept}; keep it elsewhere, for "
            f"belopp ledger verify --head {done.head}",
            err=True,
        )


def said_of(done: Posted) -> Iterator[str]:
    """What a post says at its end."""
    if not done.batch:
        yield "nothing new: every publication of the run is in the ledger as it is"
    else:
        yield (
            f"batch {done.batch}: {counted(done.documents, 'new publication')}, {done.corrected:,} read otherwise; "
            f"{counted(done.commitments, 'new commitment')}, {done.superseded:,} superseded, {done.withdrawn:,} "
            f"withdrawn; {counted(done.postings, 'posting')}"
        )
    if done.regrouped:
        yield f"{counted(done.regrouped, 'publication')} of other runs grouped anew: they tell of the same money"
    if done.taken_back:
        yield f"{counted(done.taken_back, 'publication')} withdrawn"
    if done.absent.unread:
        yield f"could not be read this time and {_as_before(done.absent.unread)}"
    if done.absent.gone:
        yield f"not in this run and {_as_before(done.absent.gone)}; --withdraw those that are no more"
    if any(done.absent) and not done.together:
        yield (
            "the same money in them and in this run may count twice where it is told in other words: the run was made "
            "by other rules than belopp has here; run belopp run over all of them and post that"
        )
    if done.ledger:
        yield f"head {done.head}"


def _as_before(docs: Sequence[str]) -> str:
    more = f" and {len(docs) - _NAMED:,} more" if len(docs) > _NAMED else ""
    return f"counted as before: {counted(len(docs), 'publication')}, {', '.join(map(visible, docs[:_NAMED]))}{more}"
