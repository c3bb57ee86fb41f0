"""``belopp rules`` and ``belopp version``: the rules proved by their examples, listed, and named by their digest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belopp.cli import FOLDER, Wrong, example
from belopp.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from belopp.model import Row
    from belopp.rulebook import Rule, Rulebook

RULES = click.option(
    "--rules",
    "folder",
    type=FOLDER,
    help="A folder of rules to use instead of the ones installed with belopp.",
)


def load_rules(folder: Path | None) -> Rulebook:
    """The rulebook of a folder, or the one installed; a broken rule ends the command with status 2."""
    from belopp import rulebook

    try:
        return rulebook.load(folder)
    except rulebook.BrokenRule as error:
        raise Wrong(f"{folder or rulebook.rules_folder()}: {error}") from error


@click.group(epilog=example("belopp rules check --corpus corpus/raw"))
def rules() -> None:
    """Prove the rules by their examples, or list them."""


@rules.command(epilog=example("belopp rules check --rules rules --corpus corpus/raw"))
@RULES
@click.option(
    "--corpus",
    metavar="INPUT",
    help="A folder of a run, or of publications: names, too, the rules that decide nothing there.",
)
@click.pass_context
def check(context: click.Context, folder: Path | None, corpus: str | None) -> None:
    """Prove every rule by its examples.

    Each example must give that span and value, and must fail when its rule is taken out; counterexamples
    must stay silent; every word must stand in an example.  Exit status 2 when one does not hold.
    """
    from belopp import proofs

    book = load_rules(folder)
    silent = [] if corpus is None else proofs.silent(book, fired_in(corpus, book))
    failures = proofs.check(book)
    for failure in failures:
        say(f"{source_of(book, failure.rule)}: rule {failure.rule}: {failure.why}\n    {failure.example}")
    for rule_id in silent:  # no fault, only worth a look
        say(f"{source_of(book, rule_id)}: rule {rule_id} decides nothing in {corpus}")
    if failures:
        broken = len({failure.rule for failure in failures})
        click.echo(f"{broken} of {len(book.rules)} rules are broken; mend their words or examples.", err=True)
        context.exit(2)
    examples = sum(len(rule.examples) + len(rule.counterexamples) for rule in book.rules.values())
    areas = len(book.areas.by_name)
    click.echo(f"{len(book.rules)} rules hold, by {examples:,} examples; {areas:,} areas have their place.")


def source_of(book: Rulebook, rule_id: str) -> str:
    """The file a rule stands in."""
    rule = book.rules.get(rule_id)
    return rule.source if rule else "rules"


def fired_in(corpus: str, book: Rulebook) -> set[str]:
    """The rules that gave a reason in a run, by its ``reasons.csv``, or in a folder of publications."""
    from belopp.tables import REASONS, read_csv

    table = Path(corpus) / REASONS.file
    if table.is_file():
        fired = {line.get("rule") or "" for line in read_csv(table)}
        if not fired:
            raise Wrong(f"{table}: no reasons in it; give a run that found sums")
        return fired
    rows = list(rows_of(corpus, book))
    if not rows:
        raise Wrong(f"{corpus}: no sum in it; give a folder of a run, or of publications that tell of money")
    return {reason.rule for row in rows for reason in row.because}


def rows_of(corpus: str, book: Rulebook) -> Iterator[Row]:
    """The rows of every readable publication of a corpus."""
    from belopp import batch
    from belopp.extract import extract
    from belopp.read import Unreadable, parse

    try:
        for task in batch.tasks([corpus]):
            try:
                about = task.publication.listing._asdict()
                yield from extract(parse(batch.bytes_of(task), id=task.publication.doc, **about), book=book)
            except Unreadable as error:
                click.echo(f"{task.publication.doc}: {error}; passed over", err=True)
    except batch.WrongInput as error:
        raise Wrong(str(error)) from error


@rules.command("list", epilog=example("belopp rules list hedge"))
@RULES
@click.argument("prefixes", nargs=-1, metavar="[PREFIX]...")
def list_(folder: Path | None, prefixes: tuple[str, ...]) -> None:
    """List the rules: id, what it sets, its words and what it means.

    With one or more PREFIX only the rules whose id begins so.  Defaults, which have no words, come last.
    """
    book = load_rules(folder)
    chosen = [rule for rule in (*book.rules.values(), *book.defaults.values()) if rule.id.startswith(prefixes or ("",))]
    if not chosen:
        raise Wrong(f"no rule begins with {' or '.join(prefixes)}; belopp rules list names them all")
    for line in describe(chosen):
        click.echo(line)


def describe(chosen: Iterable[Rule]) -> Iterable[str]:
    """Two or three lines a rule."""
    for rule in chosen:
        sets = ", ".join(f"{key} = {value}" for key, value in rule.sets.items())
        yield f"{rule.id}  ({rule.source}){'  ' + sets if sets else ''}"
        yield f"    {rule.means}"
        if rule.words:
            yield f"    words: {', '.join(rule.words)}"


@click.command(epilog=example("belopp version"))
def version() -> None:
    """Print the versions of belopp, its rules and Python."""
    click.echo(versions())


def versions() -> str:
    """The versions of belopp, its rules and Python, on one line."""
    from belopp import __version__

    book = load_rules(None)
    return f"belopp {__version__}, rules {book.digest[:12]}, Python {sys.version.split()[0]}"
