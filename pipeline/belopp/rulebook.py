"""The words an auditor may edit: loads ``rules/`` once and compiles it into cues the stages search for."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from belopp import expenditure
from belopp.composing import lowered
from belopp.expenditure import Areas
from belopp.model import COLUMNS

KEYS: Final = {"id", "means", "words", "sets", "examples", "counterexamples"}
DEFAULT_KEYS: Final = {"id", "means"}
ACTORS: Final = "actors.csv"
AREAS: Final = "areas.csv"
ACTOR_COLUMNS: Final = ("canonical", "kind", "variants")
ACTOR_KINDS: Final = (
    "state", "eu", "region", "county", "place", "municipality", "agency", "organisation", "country", "group", "other",
)  # fmt: skip

# What ``sets`` may hold: the guide's columns, and what the families know of their own words.
VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "modifier": ("approx", "under", "over", "at_least", "at_most"),
    "kind": ("funding", "rate", "other"),
    "change": ("increase", "decrease"),
    "status": ("decided", "proposed", "estimated", "paid"),
    "per": ("year", "month", "day", "person", "item"),
    "vat": ("incl", "excl"),
}
NUMBERS: Final = {
    "low": r"\d+(\.\d+)?", "high": r"\d+(\.\d+)?", "scale": r"[1-9]\d*", "minor": r"[1-9]\d*", "years": r"-?\d{1,3}",
    "score": r"-?\d+(\.\d+)?",
}  # fmt: skip
SETS: Final = {*COLUMNS, *NUMBERS} - {"doc", "start", "end", "text"}
# A rule of these families is of no use, and stops the stage that asks for it, without this key.
NEEDED: Final = {
    "hedge": "modifier", "per": "per", "vat": "vat", "currency": "currency", "period.relative": "years",
    "period.counted": "years",
}  # fmt: skip


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


class Cue(NamedTuple):
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
    """The words of some rules as one pattern: leftmost, then longest, then in rule order.

    Every text is given in small letters, which the stages have at hand: to make them anew for each rule is dear.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        words = [(lowered(word), rule) for rule in rules for word in rule.words]
        words.sort(key=lambda pair: -len(pair[0]))  # stable: equal lengths keep the rules' order
        self._words = words
        self._stems = stems(word for word, _ in words)
        self._open = [rule for word, rule in words if "*" in word]
        self._whole: dict[str, Rule] = {}
        for word, rule in words:
            self._whole.setdefault(" ".join(word.split()), rule)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The words in small letters, a group around each that is open; compiled when a stem of them has been met."""
        written = [(word_pattern(word), "*" in word) for word, _ in self._words]
        alternatives = "|".join(f"({pattern})" if is_open else pattern for pattern, is_open in written)
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])" if alternatives else r"(?!)")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Cue]:
        """Every cue in ``text[start:end]``, left to right, never overlapping."""
        if self.may_stand(text[start:end]):
            for found in self._pattern.finditer(text, start, len(text) if end is None else end):
                yield self._cue(found)

    def may_stand(self, text: str) -> bool:
        """Whether a stem of the words stands in a text: of ten sentences nine need no pattern."""
        for stem in self._stems:  # noqa: SIM110 (any() over a generator costs twice as much here)
            if stem in text:
                return True
        return False

    def stem_offsets(self, text: str) -> list[int]:
        """Where the stems of the words stand in a text."""
        found = []
        for stem in self._stems:
            at = text.find(stem)
            while at >= 0:
                found.append(at)
                at = text.find(stem, at + 1)
        return found

    def _cue(self, found: re.Match[str]) -> Cue:
        which = found.lastindex
        rule = self._open[which - 1] if which else self._whole[" ".join(found[0].split())]
        return Cue(rule, *found.span())

    def first(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The leftmost cue in ``text[start:end]``."""
        if not self.may_stand(text[start:end]):
            return None
        found = self._pattern.search(text, start, len(text) if end is None else end)
        return self._cue(found) if found else None

    def last(self, text: str, start: int = 0, end: int | None = None) -> Cue | None:
        """The rightmost cue in ``text[start:end]``."""
        found: Cue | None = None
        for cue in self.find(text, start, end):
            found = cue
        return found


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """As few parts of the words as one of them stands in each: the longest part of a word, if none is there yet.

    >>> stems(["till och med", "bidraget", "statsbidrag*", "bidrag*", "per bidragstagare", "per dygn", "per dag"])
    ('per', 'till', 'bidrag')
    """
    found: list[str] = []
    parted = [word.replace("*", " ").split() for word in words]
    for parts in sorted(parted, key=lambda parts: max(map(len, parts))):
        if not any(stem in part for stem in found for part in parts):
            found.append(max(parts, key=len))
    return tuple(found)


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
    """Every rule by id, the actors, the areas, and a digest that changes when any of them does.

    ``defaults`` say what the reasons mean that no rule gave: they have no words, and nothing to prove.
    """

    rules: Mapping[str, Rule]
    actors: tuple[Actor, ...]
    digest: str
    defaults: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    areas: Areas = expenditure.NONE

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self.rules

    def cues(self, *prefixes: str) -> Cues:
        """The cues of all rules whose id is a prefix or lies under it (``"hedge"`` takes ``hedge.under``)."""
        found = self._compiled.get(prefixes)
        if found is None:
            under = tuple(f"{prefix}." for prefix in prefixes)
            chosen = [rule for key, rule in self.rules.items() if key in prefixes or key.startswith(under)]
            found = self._compiled[prefixes] = Cues(chosen)
        return found

    @cached_property
    def _compiled(self) -> dict[tuple[str, ...], Cues]:
        return {}

    def without(self, rule_id: str) -> Rulebook:
        """The same book with one rule taken out."""
        rest = {key: rule for key, rule in self.rules.items() if key != rule_id}
        return Rulebook(MappingProxyType(rest), self.actors, f"{self.digest}-{rule_id}", self.defaults, self.areas)

    def means(self, rule_id: str) -> str:
        """What a rule or default means, or ``""`` for an id that is neither."""
        rule = self.rules.get(rule_id) or self.defaults.get(rule_id)
        return rule.means if rule else ""

    @cached_property
    def names(self) -> Mapping[str, Actor]:
        """Every name and variant of every actor, exactly as written, to its actor."""
        return {name: actor for actor in self.actors for name in (*actor.variants, actor.canonical)}


def rules_folder() -> Path:
    """The folder of rules: inside the installed package, else the checkout's."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


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
        digest.update(path.read_bytes())
        for rule, named in read_rules(path):
            if twin := rules.get(rule.id) or defaults.get(rule.id):
                raise BrokenRule(f"{path.name}: rule {rule.id} stands in {twin.source} too; rename one")
            named_in = rules if named == "rule" else defaults
            named_in[rule.id] = rule
    _check_files(folder)
    for name in (ACTORS, AREAS):
        digest.update((folder / name).read_bytes())
    actors, areas = tuple(read_actors(folder / ACTORS)), read_areas(folder / AREAS)
    book = Rulebook(MappingProxyType(rules), actors, digest.hexdigest(), MappingProxyType(defaults), areas)
    if folder != rules_folder():
        _check_kept(book, load())
    return book


def _check_files(folder: Path) -> None:
    """Every file that belopp itself came with must be there: the stages ask for their families by name."""
    shipped = sorted(path.name for path in rules_folder().iterdir() if path.suffix in (".toml", ".csv"))
    if missing := [name for name in shipped if not (folder / name).is_file()]:
        raise BrokenRule(f"{', '.join(missing)}: missing; copy what is missing from {rules_folder()}")


def _check_kept(book: Rulebook, shipped: Rulebook) -> None:
    """A rule that was edited still sets what the stages ask of it."""
    for rule in book.rules.values():
        was = shipped.rules.get(rule.id)
        if was and (lost := sorted(set(was.sets) & {*NUMBERS, "currency"} - set(rule.sets))):
            raise BrokenRule(
                f"{rule.source}: rule {rule.id}: sets no {', '.join(lost)}; put it back, or delete the rule"
            )


def _text(path: Path) -> str:
    """A file's text, a byte order mark taken off."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BrokenRule(f"{path.name}: line {line}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise BrokenRule(f"{path.name}: {error.strerror}; make it readable") from error


def read_rules(path: Path) -> Iterator[tuple[Rule, str]]:
    """The rules and defaults of one TOML file, each checked for its form, with the name of its table."""
    try:
        tables = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BrokenRule(f"{path.name}: not readable as TOML: {error}; mend the line named") from error
    for table, entries in tables.items():
        if table not in ("rule", "default") or not isinstance(entries, list):
            raise BrokenRule(f"{path.name}: unknown table {table}; write [[rule]] or [[default]]")
        for entry in entries:
            yield (read_rule if table == "rule" else read_default)(entry, path.name), table


def read_default(entry: Mapping[str, object], source: str) -> Rule:
    """One ``[[default]]`` table: an id that reasons may bear, and what it means."""
    name = str(entry.get("id", "?"))
    if set(entry) != DEFAULT_KEYS:
        raise BrokenRule(f"{source}: default {name}: it holds id and means, nothing else; write a [[rule]] for words")
    return Rule(name, str(entry["means"]), source=source)


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
    for word in lists["words"]:
        if not word.replace("*", "").strip():
            raise BrokenRule(f"{source}: rule {name}: the word {word!r} matches anything; write a word, or delete it")
    for example in (*lists["examples"], *lists["counterexamples"]):
        if example.count("[") != example.count("]"):
            raise BrokenRule(f"{source}: rule {name}: a bracket is not closed in {example!r}")
    sets = _sets(entry.get("sets", {}), name, source)
    return Rule(name, str(entry["means"]), lists["words"], sets, lists["examples"], lists["counterexamples"], source)


def _texts(value: object, key: str, name: str, source: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BrokenRule(f"{source}: rule {name}: {key} must be a list of texts")
    return tuple(value)


def _sets(given: object, name: str, source: str) -> Mapping[str, str]:
    """What a rule sets, each key known and each value one that the tables or the family can hold."""
    if not isinstance(given, dict):
        raise BrokenRule(f"{source}: rule {name}: sets must be a table such as {{ modifier = 'under' }}")
    sets = {str(key): str(value) for key, value in given.items()}
    for key, value in sets.items():
        if key not in SETS:
            raise BrokenRule(f"{source}: rule {name}: sets an unknown {key}; keys are {', '.join(sorted(SETS))}")
        if wanted := _refusal(key, value):
            raise BrokenRule(f"{source}: rule {name}: {key} = {value!r}; {wanted}")
    for family, key in NEEDED.items():
        if name.startswith(f"{family}.") and key not in sets:
            raise BrokenRule(f"{source}: rule {name}: sets no {key}; every {family} rule must")
    return MappingProxyType(sets)


def _refusal(key: str, value: str) -> str:
    """What a value of ``sets`` should have been, or ``""`` when it is right."""
    if key in VOCABULARIES and value not in VOCABULARIES[key]:
        return f"allowed are {', '.join(VOCABULARIES[key])}"
    if key == "currency" and not re.fullmatch("[A-Z]{3}", value):
        return "write the three capitals of ISO 4217, such as SEK"
    if key in NUMBERS and not re.fullmatch(NUMBERS[key], value, re.ASCII):
        return "write a number" if "." in NUMBERS[key] else "write a whole number"
    return ""


def read_actors(path: Path) -> Iterator[Actor]:
    """The actors of ``actors.csv`` (``canonical,kind,variants`` with ``|`` between variants), each name one actor's."""
    owners: dict[str, str] = {}
    canonicals: set[str] = set()
    for number, cells in read_lines(path, ACTOR_COLUMNS):
        actor = _actor(cells, f"{path.name}: line {number}")
        _check_names(actor, owners, canonicals, f"{path.name}: line {number}")
        yield actor


def read_areas(path: Path) -> Areas:
    """The areas of ``areas.csv`` (``area,aliases,parent,expenditure_area`` with ``|`` between aliases)."""
    try:
        return expenditure.areas(read_lines(path, expenditure.COLUMNS, others=False))
    except expenditure.WrongArea as error:
        raise BrokenRule(f"{path.name}: {error}") from error


def read_lines(path: Path, columns: Sequence[str], *, others: bool = True) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The lines of a sheet of rules, each with its number; ``others`` lets the sheet have more columns.

    A byte order mark and ``;`` between the columns, as spreadsheets write them, are taken as they come.
    """
    text = _text(path)
    header = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    try:
        named = [name.strip() for name in next(lines, [])]
        if missing := [name for name in columns if name not in named]:
            raise BrokenRule(
                f"{path.name}: line 1: no column {', '.join(missing)}; begin the file with {','.join(columns)}"
            )
        if unknown := [name for name in named if not others and name not in columns]:
            raise BrokenRule(f"{path.name}: line 1: unknown column {', '.join(unknown)}; there are {','.join(columns)}")
        for cells in lines:
            if cells:
                line = dict(zip(named, cells, strict=False))
                if short := [name for name in columns if name not in line]:
                    listed = f"{', '.join(columns[:-1])} and {columns[-1]}"
                    raise BrokenRule(
                        f"{path.name}: line {lines.line_num}: too few cells: no {', '.join(short)}; write {listed}"
                    )
                if len(cells) > len(named) and not others:
                    raise BrokenRule(f"{path.name}: line {lines.line_num}: too many cells; quote what has a comma")
                yield lines.line_num, line
    except csv.Error as error:
        raise BrokenRule(f"{path.name}: line {lines.line_num}: {error}; mend the quotes") from error


def _actor(line: Mapping[str, str], where: str) -> Actor:
    canonical, kind, variants = (line[name].strip() for name in ACTOR_COLUMNS)
    if not canonical:
        raise BrokenRule(f"{where}: canonical is empty; write the actor's name, or delete the line")
    if kind not in ACTOR_KINDS:
        raise BrokenRule(f"{where}: {canonical}: unknown kind {kind!r}; allowed are {', '.join(ACTOR_KINDS)}")
    return Actor(canonical, kind, tuple(part.strip() for part in variants.split("|") if part.strip()))


def _check_names(actor: Actor, owners: dict[str, str], canonicals: set[str], where: str) -> None:
    if actor.canonical in canonicals:
        raise BrokenRule(f"{where}: {actor.canonical} has a line already; join the two")
    canonicals.add(actor.canonical)
    for name in (actor.canonical, *actor.variants):
        if owners.setdefault(name, actor.canonical) != actor.canonical:
            raise BrokenRule(
                f"{where}: {name} is a name of {owners[name]} and of {actor.canonical}; take it from one of them"
            )
