"""Reads the rules of a TOML file, each checked for its form and for what it may set."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from belopp.model import COLUMNS, VOCABULARIES
from belopp.rulebook.files import read_text
from belopp.rulebook.problems import BrokenRule
from belopp.rulebook.rule import Rule

KEYS: Final = {"id", "means", "words", "sets", "examples", "counterexamples"}
DEFAULT_KEYS: Final = {"id", "means"}
NUMBERS: Final = {
    "low": r"\d+(\.\d+)?", "high": r"\d+(\.\d+)?", "scale": r"[1-9]\d*", "minor": r"[1-9]\d*", "years": r"-?\d{1,3}",
    "score": r"-?\d+(\.\d+)?",
}  # fmt: skip
# What ``sets`` may hold: the guide's columns, and what the families know of their own words.
SETS: Final = {*COLUMNS, *NUMBERS} - {"doc", "start", "end", "text"}
# A rule of these families is of no use, and stops the stage that asks for it, without this key.
NEEDED: Final = {
    "hedge": "modifier", "per": "per", "vat": "vat", "currency": "currency", "period.relative": "years",
    "period.counted": "years",
}  # fmt: skip


def read_rules(path: Path) -> Iterator[tuple[Rule, str]]:
    """The rules and defaults of one TOML file, each checked for its form, with the name of its table."""
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BrokenRule(f"{path.name}: not readable as TOML: {error}; mend the line named") from error
    for table, entries in tables.items():
        if table not in ("rule", "default") or not isinstance(entries, list):
            raise BrokenRule(f"{path.name}: unknown table {table}; write [[rule]] or [[default]]")
        for entry in entries:
            yield (_read_rule if table == "rule" else _read_default)(entry, path.name), table


def _read_rule(entry: Mapping[str, object], source: str) -> Rule:
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


def _read_default(entry: Mapping[str, object], source: str) -> Rule:
    """One ``[[default]]`` table: an id that reasons may bear, and what it means."""
    name = str(entry.get("id", "?"))
    if set(entry) != DEFAULT_KEYS:
        raise BrokenRule(f"{source}: default {name}: it holds id and means, nothing else; write a [[rule]] for words")
    return Rule(name, str(entry["means"]), source=source)
