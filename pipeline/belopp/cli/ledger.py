"""``belopp ledger``: post a run, see what is posted, prove that nothing was changed, and trace each krona back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FOLDER, Wrong, example
from belopp.cli.books import DB, counted, money, told
from belopp.cli.exporting import diff, export
from belopp.cli.posting import post
from belopp.cli.screen import say
from belopp.visible import visible

if TYPE_CHECKING:
    from belopp.ledger import Status, Step, Total
    from belopp.ledger.reading import Line

_SHOWN: Final = 20
_DIMENSIONS: Final = ("area", "payer", "recipient", "year", "role", "status", "expenditure_area")

AS = click.option(
    "--as", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="How to print."
)


@click.group(epilog=example("belopp ledger post outputs/run --db outputs/ledger.db"))
def ledger() -> None:
    """Post runs to an append-only ledger, add it up, and prove it unchanged."""


ledger.add_command(post)
ledger.add_command(export)
ledger.add_command(diff)


# ------------------------------------------------------------------------------------------- status


@ledger.command(epilog=example("belopp ledger status --by area --by payer --limit 10"))
@DB
@click.option("--by", type=click.Choice(_DIMENSIONS), multiple=True, default=("area", "payer", "year", "role"),
              show_default=True, help="What to add up by.  May be given several times.")  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=_SHOWN, show_default=True, metavar="N",
              help="The greatest N of each; 0: all.")  # fmt: skip
@AS
def status(db: str, by: tuple[str, ...], limit: int, form: str) -> None:
    """Add up what is posted, by area, payer, year and role.

    Totals that are broken down stand as assertions and are not added; what their parts leave over is the role
    unallocated.  A decrease is negative.  Where ranges are posted, the sum of their upper ends follows.
    """
    with told():
        from belopp import ledger as books

        found = books.status(db, by=by)
    if form == "json":
        say(_json(asdict(found)))
        return
    say("\n".join(status_lines(found, limit or None)))


def status_lines(found: Status, limit: int | None) -> Iterator[str]:
    """The status as text."""
    yield (
        f"{counted(found.documents, 'publication')}, {counted(found.posted, 'commitment')} posted, "
        f"{found.covered:,} covered by another's postings, {found.withdrawn:,} withdrawn"
    )
    yield f"{counted(found.assertions, 'assertion')}, {found.differing:,} of totals that their parts exceed"
    yield f"{counted(found.batch, 'batch', 'batches')}, {found.entries:,} entries, head {found.head}"
    if found.horizon:
        yield f"sums per year without an end are posted to {found.horizon}"
    yield ""
    yield from _columns([("posted in all", total) for total in found.whole])
    for name, totals in found.totals.items():
        yield ""
        yield f"by {name.replace('_', ' ')}"
        yield from _columns([(f"  {visible(total.group) or '(not said)'}", total) for total in totals[:limit]])
        if limit and len(totals) > limit:
            yield f"  and {len(totals) - limit:,} more (--limit 0)"


def _columns(lines: list[tuple[str, Total]]) -> Iterator[str]:
    amounts = [money(total.amount, total.currency) for _, total in lines]
    width = max(map(len, amounts), default=0)
    counts = max((len(f"{total.postings:,}") for _, total in lines), default=0)
    for (label, total), amount in zip(lines, amounts, strict=True):
        upper = "" if total.high == total.amount else f" to {money(total.high, total.currency)}"
        yield f"{amount:>{width}}{upper}  {total.postings:>{counts},}  {label.strip()}"


# ------------------------------------------------------------------------------------------- verify


@ledger.command(epilog=example("belopp ledger verify outputs/run --db outputs/ledger.db"))
@click.argument("runs", nargs=-1, type=FOLDER, metavar="[RUN]...")
@DB
@click.option("--head", "heads", multiple=True, metavar="HEX", help="A head that was kept; may be given several times.")
@AS
@click.pass_context
def verify(context: click.Context, runs: tuple[Path, ...], db: str, heads: tuple[str, ...], form: str) -> None:
    """Prove that the ledger is what was posted, entry by entry.

    Each entry's hash covers its content and the entry before it.  The last one, the head, is compared with those
    kept outside the database: in the run.json of each RUN that was posted, or given with --head; without any of
    them a ledger that was cut at its end would look whole.  Exit status 1 when anything was changed or cut; the
    first bad entry is named.
    """
    for text in heads:
        _check_head(text)
    with told():
        from belopp import ledger as books

        kept = [(run, books.kept_heads(run)) for run in runs]
        name = books.status(db, by=()).ledger
        wanted = [*heads, *(str(found[name]["head"]) for _, found in kept if name in found)]
        verdict = books.verify(db, heads=wanted)
    headless = [run / "run.json" for run, found in kept if name not in found]
    faults = [
        *verdict.faults,
        *(f"{path}: no head of this ledger in it; post the run, or give --head" for path in headless),
    ]
    if form == "json":
        say(_json({**asdict(verdict), "faults": faults}))
    else:
        say(f"{verdict.entries:,} entries in {counted(verdict.batch, 'batch', 'batches')}, head {verdict.head}")
        for fault in faults:
            say(f"fault: {visible(fault)}")
        if not faults and wanted:
            say(f"all well: every entry follows from the one before; found in it: {counted(len(wanted), 'kept head')}")
        if not faults and not wanted:
            say("every entry follows from the one before; give RUN or --head to see that none is missing at the end")
    if faults:
        context.exit(1)


def _check_head(text: str) -> None:
    from belopp.ledger.runs import is_head

    if not is_head(text):
        raise Wrong(f"--head {visible(text)}: not a head; write the 64 hexadecimal digits that verify prints")


# ------------------------------------------------------------------------------------------- history


@ledger.command(
    epilog=example("belopp ledger history nyheter/2022/02/over-fem-miljarder-till-aldreomsorgen.txt:253-273")
)
@click.argument("commitment", metavar="COMMITMENT")
@DB
@AS
def history(commitment: str, db: str, form: str) -> None:
    """Trace a commitment through its versions, back to the sentences that state it.

    COMMITMENT is its id, the beginning of it, or the id of an amount in the tables (doc:start-end).
    """
    with told():
        from belopp import ledger as books

        steps = books.history(db, commitment)
    if form == "json":
        say(_json([asdict(step) for step in steps]))
        return
    say("\n".join(line for step in steps for line in step_lines(step)))


def step_lines(step: Step) -> Iterator[str]:
    """One version of a commitment as text."""
    version, batch = step.version, step.batch
    named = f"{version['commitment_id']} version {version['version']}"
    replaced = f", in place of entry {version['supersedes']}" if version["supersedes"] else ""
    yield f"{named} (entry {version['seq']}{replaced})"
    yield f"  batch {batch['batch']}, {batch['posted_at']}, run {batch['run']}, rules {str(batch['rules'])[:12]}"
    yield f"  because: {visible(str(version['reason']))}"
    about = (
        version["area"],
        f"{version['payer'] or '∅'} → {version['recipient'] or '∅'}",
        version["period"],
        version["status"],
    )
    yield "  " + visible(", ".join(str(cell) for cell in about if cell))
    part = f", part of {version['parent']}" if version["parent"] else ""
    covered = f", its money is in the postings of {version['covered_by']}" if version["covered_by"] else ""
    yield f"  {version['state']}, {version['role']}{part}{covered}"
    for posting in step.postings:
        amount = money(_whole(posting["amount"]), str(posting["currency"]))
        yield f"  posting {posting['seq']}: {amount} {posting['kind']} {posting['period']}".rstrip()
    for held in step.assertions:
        yield f"  assertion {held['seq']}: {_assertion(held)}"
    for source in step.sources:
        old = ", the old level" if source["old_level"] else ""
        said = f"{source['published'] or 'undated'}  {source['amount_id']}  {source['text']}  {source['status']}{old}"
        yield f"  source {visible(said)}"
        if source["sentence"]:
            yield f"      {visible(str(source['sentence']))}"


def _assertion(held: Line) -> str:
    currency = str(held["currency"])
    words = [f"stated {money(_whole(held['stated']), currency)}", f"parts {money(_whole(held['summed']), currency)}"]
    words += [f"{name} {money(_whole(held[name]), currency)}" for name in ("unallocated", "difference") if held[name]]
    way = f"by {held['breakdown']} in {visible(str(held['doc']))}, {held['verdict']}"
    return ", ".join(words) + f" ({way}{', posted' if held['posted'] else ''})"


def _whole(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
