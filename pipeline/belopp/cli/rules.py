"""``belopp rules`` and ``belopp version``: the rules proved by their examples, listed, and named by their digest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belopp.cli import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from belopp.rulebook import Rule, Rulebook

FOLDER = click.option(
    "--rules",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of rules to use instead of the ones installed with belopp.",
)


def load_rules(folder: Path | None) -> Rulebook:
    """The rulebook of a folder, or the one installed; a broken rule ends the command with status 2."""
    from belopp import rulebook

    try:
        return rulebook.load(folder)
    except rulebook.BrokenRule as error:
        raise Wrong(f"{folder or rulebook.rules_folder()}: {error}") from error


@click.group(epilog="Example: belopp rules check --corpus outputs/run")
def rules() -> None:
    """Prove the rules by their examples, or list them."""


@rules.command(epilog="Example: belopp rules check --rules my-rules")
@FOLDER
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A run's folder: names, too, the rules that decided nothing in it.",
)
@click.pass_context
def check(context: click.Context, folder: Path | None, corpus: Path | None) -> None:
    """Prove every rule by its examples.

    Each example must give that span and value, and must fail when its rule is taken out; counterexamples
    must stay silent; every word must stand in an example.  Exit status 2 when one does not hold.
    """
    from belopp import proofs

    book = load_rules(folder)
    failures = proofs.check(book)
    for failure in failures:
        click.echo(f"{source_of(book, failure.rule)}: rule {failure.rule}: {failure.why}\n    {failure.example}")
    if corpus:
        say_silent(book, corpus)
    if failures:
        broken = len({failure.rule for failure in failures})
        click.echo(f"{broken} of {len(book.rules)} rules are broken; mend their words or examples.", err=True)
        context.exit(2)
    examples = sum(len(rule.examples) + len(rule.counterexamples) for rule in book.rules.values())
    click.echo(f"{len(book.rules)} rules hold, by {examples:,} examples.")


def source_of(book: Rulebook, rule_id: str) -> str:
    """The file a rule stands in."""
    rule = book.rules.get(rule_id)
    return rule.source if rule else "rules"


def say_silent(book: Rulebook, corpus: Path) -> None:
    """Name the rules that decided nothing in a run; they are no fault, only worth a look."""
    fired = fired_in(corpus)
    silent = [rule_id for rule_id in book.rules if rule_id not in fired]
    for rule_id in silent:
        click.echo(f"{source_of(book, rule_id)}: rule {rule_id} decided nothing in {corpus}")


def fired_in(corpus: Path) -> set[str]:
    """The ids of the rules in a run's ``reasons.csv``."""
    from belopp import tables

    sheet = corpus / tables.REASONS.file
    if not sheet.exists():
        raise Wrong(f"{sheet}: no such file; give the folder that belopp run wrote its tables to")
    return {reason["rule"] for reason in tables.read_csv(sheet)}


@rules.command("list", epilog="Example: belopp rules list hedge")
@FOLDER
@click.argument("prefixes", nargs=-1, metavar="[PREFIX]...")
def list_(folder: Path | None, prefixes: tuple[str, ...]) -> None:
    """List the rules: id, what it sets, its words and what it means.

    With one or more PREFIX only the rules whose id begins so.
    """
    book = load_rules(folder)
    chosen = [rule for rule in book.rules.values() if rule.id.startswith(prefixes or ("",))]
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


@click.command(epilog="Example: belopp version")
def version() -> None:
    """Print the versions of belopp, its rules and Python."""
    from belopp import __version__

    book = load_rules(None)
    click.echo(f"belopp {__version__}, rules {book.digest[:12]}, Python {sys.version.split()[0]}")
