"""A rule and an actor as the stages see them, and a rule's word where a text says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


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
