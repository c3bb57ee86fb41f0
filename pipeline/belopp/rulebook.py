"""The words an auditor may edit: loads ``rules/`` once and compiles it into cues the stages search for."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

KEYS: Final = {"id", "means", "words", "sets", "examples", "counterexamples"}


class BrokenRule(ValueError):
    """A rule file that cannot be used; the message names the file, the rule and the remedy."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its words, what it sets, and the sentences that prove it."""

    id: str
    means: str
    words: tuple[str, ...] = ()
    sets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule's word found in a text, with its span."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A payer or recipient under the name the tables use, its kind, and the other names texts give it."""

    canonical: str
    kind: str
    variants: tuple[str, ...] = ()


class Cues:
    """The words of some rules as one pattern: leftmost, then longest, then in rule order."""

    __slots__ = ("_by_group", "_pattern")

    def __init__(self, rules: Sequence[Rule]) -> None:
        words = [(word, rule) for rule in rules for word in rule.words]
        words.sort(key=lambda pair: -len(pair[0]))  # stable: equal lengths keep the rules' order
        self._by_group = {f"w{n}": rule for n, (_, rule) in enumerate(words)}
        alternatives = "|".join(f"(?P<w{n}>{word_pattern(word)})" for n, (word, _) in enumerate(words))
        self._pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])" if words else r"(?!)", re.IGNORECASE)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Cue]:
        """Every cue in ``text[start:end]``, left to right, never overlapping."""
        for found in self._pattern.finditer(text, start, len(text) if end is None else end):
            yield Cue(self._by_group[found.lastgroup or ""], found.start(), found.end())

    def first(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The leftmost cue in ``text[start:end]``."""
        return next(self.find(text, start, end), None)

    def last(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The rightmost cue in ``text[start:end]``."""
        found: Cue | None = None
        for cue in self.find(text, start, end):
            found = cue
        return found


def word_pattern(word: str) -> str:
    r"""The pattern of one rule word: ``*`` stands for any ending, a space for any white space.

    >>> word_pattern("till och med")
    'till\\s+och\\s+med'
    >>> word_pattern("avis*")
    'avis\\w*'
    """
    return r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Every rule by id, the actors, and a digest that changes when any of them does."""

    rules: Mapping[str, Rule]
    actors: tuple[Actor, ...]
    digest: str

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self.rules

    def cues(self, *prefixes: str) -> Cues:
        """The cues of all rules whose id is a prefix or lies under it (``"hedge"`` takes ``hedge.under``)."""
        return _cues(self, prefixes)

    def without(self, rule_id: str) -> Rulebook:
        """The same book with one rule taken out."""
        rest = {key: rule for key, rule in self.rules.items() if key != rule_id}
        return Rulebook(MappingProxyType(rest), self.actors, f"{self.digest}-{rule_id}")

    @cached_property
    def names(self) -> Mapping[str, Actor]:
        """Every name and variant of every actor, exactly as written, to its actor."""
        return {name: actor for actor in self.actors for name in (*actor.variants, actor.canonical)}


@cache
def _cues(book: Rulebook, prefixes: tuple[str, ...]) -> Cues:
    chosen = [
        rule
        for key, rule in book.rules.items()
        if any(key == prefix or key.startswith(prefix + ".") for prefix in prefixes)
    ]
    return Cues(chosen)


def rules_folder() -> Path:
    """The folder of rules: inside the installed package, else the checkout's."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


@cache
def load(folder: Path | None = None) -> Rulebook:
    """Read every rule file of ``folder`` (default: the project's own rules), once.

    Raises :class:`BrokenRule` for a file that is no TOML, an unknown key, a repeated id, a rule
    without examples, or an example whose brackets do not close.
    """
    folder = folder or rules_folder()
    digest = hashlib.sha256()
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.read_bytes())
        for rule in read_rules(path):
            if rule.id in rules:
                raise BrokenRule(f"{path.name}: rule {rule.id} stands in {rules[rule.id].source} too; rename one")
            rules[rule.id] = rule
    actors = folder / "actors.csv"
    digest.update(actors.read_bytes() if actors.exists() else b"")
    return Rulebook(MappingProxyType(rules), tuple(read_actors(actors)), digest.hexdigest())


def read_rules(path: Path) -> Iterator[Rule]:
    """The rules of one TOML file, each checked for its form."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenRule(f"{path.name}: not readable as TOML: {error}; mend the line named") from error
    for entry in tables.get("rule", []):
        yield read_rule(entry, path.name)


def read_rule(entry: Mapping[str, object], source: str) -> Rule:
    """One ``[[rule]]`` table as a :class:`Rule`."""
    name = str(entry.get("id", "?"))
    if unknown := set(entry) - KEYS:
        raise BrokenRule(f"{source}: rule {name}: unknown key {', '.join(sorted(unknown))}; keys are {sorted(KEYS)}")
    if missing := {"id", "means", "examples"} - set(entry):
        raise BrokenRule(f"{source}: rule {name}: no {', '.join(sorted(missing))}; add it")
    lists = {key: _texts(entry.get(key, []), key, name, source) for key in ("words", "examples", "counterexamples")}
    if not lists["examples"]:
        raise BrokenRule(f"{source}: rule {name}: no examples; add a sentence that the rule decides")
    for example in (*lists["examples"], *lists["counterexamples"]):
        if example.count("[") != example.count("]"):
            raise BrokenRule(f"{source}: rule {name}: a bracket is not closed in {example!r}")
    sets = entry.get("sets", {})
    if not isinstance(sets, dict):
        raise BrokenRule(f"{source}: rule {name}: sets must be a table such as {{ modifier = 'under' }}")
    table = MappingProxyType({str(key): str(value) for key, value in sets.items()})
    return Rule(name, str(entry["means"]), lists["words"], table, lists["examples"], lists["counterexamples"], source)


def _texts(value: object, key: str, name: str, source: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BrokenRule(f"{source}: rule {name}: {key} must be a list of texts")
    return tuple(value)


def read_actors(path: Path) -> Iterator[Actor]:
    """The actors of ``actors.csv`` (``canonical,kind,variants`` with ``|`` between variants)."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            variants = tuple(part.strip() for part in (line["variants"] or "").split("|") if part.strip())
            yield Actor(line["canonical"].strip(), line["kind"].strip(), variants)
