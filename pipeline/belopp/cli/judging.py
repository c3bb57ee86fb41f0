"""``belopp score`` and ``belopp diff``: a sheet of rows held against the gold, or against another sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from belopp.cli import FILE, FILE_OR_FOLDER, Wrong, example, screen
from belopp.score import FILLED, KINDS, METRICS, ROUNDS, SEED, SheetError, read_docs, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from belopp.score import Comparison, Figures

_WARNINGS_SHOWN: Final = 20
_DOCS = click.option(
    "--docs",
    type=FILE,
    help="A file with the ids of the documents that count, one a line.",
)
_EXACT = click.option("--exact", is_flag=True, help="Pair equal spans only, not also spans that overlap by half.")


def _floors(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> list[tuple[str, float]]:
    """The metrics and the least F1 wanted of each, from ``METRIC=FLOOR``; hyphens stand for spaces."""
    return [_floor(each) for each in given]


def _floor(given: str) -> tuple[str, float]:
    name, _, share = given.partition("=")
    metric = name.strip().replace("-", " ")
    if metric not in METRICS and metric.removesuffix(" filled") not in FILLED:
        known = f"{', '.join(METRICS)}; {FILLED[0]}-filled and so on for the filled cells"
        raise click.BadParameter(f"{name!r} is no metric; there are {known}.")
    try:
        floor = float(share)
    except ValueError:
        floor = -1.0
    if not 0 <= floor <= 1:
        raise click.BadParameter(f"{given!r} has no share from 0 to 1; write for example {name}=0.95.")
    return metric, floor


@click.command(
    epilog=example("belopp score corpus/gold/amounts.csv outputs/run --at-least mention=0.98 --at-least row=0.8")
)
@click.argument("gold", type=FILE_OR_FOLDER)
@click.argument("pred", type=FILE_OR_FOLDER)
@_DOCS
@_EXACT
@click.option("--json", "plain", is_flag=True, help="Every figure, unrounded, as JSON.")
@click.option("--bootstrap", "rounds", type=click.IntRange(0), default=ROUNDS, show_default=True, metavar="N",
              help="Draws for the 95 % intervals; 0 leaves them out.")  # fmt: skip
@click.option("--seed", type=int, default=SEED, show_default=True, help="The seed of the draws.")
@click.option("--at-least", "floors", metavar="METRIC=FLOOR", callback=_floors, multiple=True,
              help="Exit with status 1 when this F1 is lower.  May be given several times.")  # fmt: skip
@click.pass_context
def score(
    context: click.Context,
    gold: Path,
    pred: Path,
    docs: Path | None,
    exact: bool,
    plain: bool,
    rounds: int,
    seed: int,
    floors: list[tuple[str, float]],
) -> None:
    """Score a run, or any sheet of rows, against the gold.

    GOLD and PRED are CSV or Parquet files with the guide's columns, folders of runs, or folders of gold, whose
    every sheet counts.  Prints precision, recall and F1 of mentions, columns, whole rows and ledger rows, with
    95 % intervals over documents.
    """
    import json

    from belopp.score import as_json, figures, render_table

    comparison = _compared(gold, pred, docs, exact=exact, strict_pred=False)
    result = figures(comparison, rounds=rounds, seed=seed)
    _warn((*result.warnings, *_taken_from_gold(pred)))
    screen.say(json.dumps(as_json(result), ensure_ascii=False, indent=1) if plain else render_table(result))
    failures = list(_below(result, floors))
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        context.exit(1)


def _taken_from_gold(pred: Path) -> Iterable[str]:
    """That documents of a run have a reviewer's rows, where they have: such are right by nature."""
    import json

    from belopp.tables import RUN

    try:
        reviewed = json.loads((pred / RUN).read_text(encoding="utf-8"))["counts"].get("reviewed", 0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    if reviewed:
        yield f"{pred}: {reviewed:,} of its documents have the gold's own rows; score a run made without --gold"


def _below(result: Figures, floors: Iterable[tuple[str, float]]) -> Iterable[str]:
    for metric, floor in floors:
        reached = result.f1(metric) if result.measures else None
        if reached is None:
            yield f"{metric}: there is nothing to measure, so it is not at least {floor:g}"
        elif reached < floor:
            yield f"{metric}: F1 {reached:.4f} is below {floor:g}"


@click.command(
    epilog=example("belopp diff corpus/gold/amounts.csv outputs/run --as markdown --column area --column gained")
)
@click.argument("before", metavar="A", type=FILE_OR_FOLDER)
@click.argument("after", metavar="B", type=FILE_OR_FOLDER)
@_DOCS
@_EXACT
@click.option("--as", "form", type=click.Choice(["terminal", "csv", "markdown", "json"]), default="terminal",
              show_default=True, help="How to print the differences.")  # fmt: skip
@click.option("--column", "kinds", type=click.Choice(KINDS), multiple=True,
              help="Look at this column only, or at rows lost or gained.  May be given several times.")  # fmt: skip
@click.option("--as-scored", is_flag=True, help="Pass over what the score forgives, such as nearly equal areas.")
@screen.COLOUR
@click.pass_context
def diff(
    context: click.Context,
    before: Path,
    after: Path,
    docs: Path | None,
    exact: bool,
    form: str,
    kinds: tuple[str, ...],
    as_scored: bool,
    colour: str,
) -> None:
    """Show what two sheets of rows disagree about.

    A and B are CSV or Parquet files with the guide's columns, folders of runs, or folders of gold.  Lists rows lost and
    gained, spans moved and columns changed, by document.  Exit status 1 when there is any difference.
    """
    from belopp import score as judge

    comparison = _compared(before, after, docs, exact=exact, strict_pred=True)
    result = judge.differences(comparison, kinds=kinds or KINDS, as_scored=as_scored)
    if form == "terminal":
        coloured = screen.wants_colour(colour)
        text = judge.render_terminal(result, width=screen.width(), colour=coloured)
        screen.say(text, nl=False, colour=coloured)
    else:
        render = {"csv": judge.render_csv, "markdown": judge.render_markdown, "json": judge.render_json}[form]
        screen.say(render(result), nl=False)
    if result.found:
        context.exit(1)


def _compared(before: Path, after: Path, docs: Path | None, *, exact: bool, strict_pred: bool) -> Comparison:
    from belopp.score import compare

    try:
        sheets = read_sheet(before, strict=True), read_sheet(after, strict=strict_pred)
        return compare(*sheets, docs=read_docs(docs) if docs else None, exact=exact)
    except SheetError as error:
        raise Wrong(_harmless(str(error))) from error


def _warn(warnings: tuple[str, ...]) -> None:
    for warning in warnings[:_WARNINGS_SHOWN]:
        click.echo(f"warning: {_harmless(warning)}", err=True)
    if len(warnings) > _WARNINGS_SHOWN:
        click.echo(f"warning: and {len(warnings) - _WARNINGS_SHOWN} more", err=True)


def _harmless(message: str) -> str:
    from belopp.visible import visible

    return visible(message, lines=True)
