"""Loads a folder of rules, once, and holds it against what the stages ask of it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from types import MappingProxyType

from belopp.rulebook.book import Rulebook
from belopp.rulebook.entries import NUMBERS, read_rules
from belopp.rulebook.files import ACTORS, AREAS, check_files, read_bytes, rules_folder
from belopp.rulebook.problems import BrokenRule
from belopp.rulebook.rule import Rule
from belopp.rulebook.sheets import read_actors, read_areas


@cache
def load(folder: Path | None = None) -> Rulebook:
    """Read every rule file of ``folder`` (default: the project's own rules), once.

    Raises :class:`BrokenRule` for a file that is missing, not UTF-8 or no TOML, an unknown key or value,
    a repeated id, a rule without examples, an example whose brackets do not close, a line of ``actors.csv`` that
    names no actor or one already named, or a line of ``areas.csv`` whose names or parent do not hold.
    """
    folder = folder or rules_folder()
    digest = hashlib.sha256()
    rules: dict[str, Rule] = {}
    defaults: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.toml")):
        digest.update(read_bytes(path))
        for rule, named in read_rules(path):
            if twin := rules.get(rule.id) or defaults.get(rule.id):
                raise BrokenRule(f"{path.name}: rule {rule.id} stands in {twin.source} too; rename one")
            named_in = rules if named == "rule" else defaults
            named_in[rule.id] = rule
    check_files(folder)
    for name in (ACTORS, AREAS):
        digest.update(read_bytes(folder / name))
    actors, areas = tuple(read_actors(folder / ACTORS)), read_areas(folder / AREAS)
    book = Rulebook(MappingProxyType(rules), actors, digest.hexdigest(), MappingProxyType(defaults), areas)
    if folder != rules_folder():
        _check_kept(book, load())
    return book


def _check_kept(book: Rulebook, shipped: Rulebook) -> None:
    """A rule that was edited still sets what the stages ask of it."""
    for rule in book.rules.values():
        was = shipped.rules.get(rule.id)
        if was and (lost := sorted(set(was.sets) & {*NUMBERS, "currency"} - set(rule.sets))):
            raise BrokenRule(
                f"{rule.source}: rule {rule.id}: sets no {', '.join(lost)}; put it back, or delete the rule"
            )
