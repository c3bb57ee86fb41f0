"""The rulebook itself: every rule by its id, the actors and the areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from belopp import expenditure
from belopp.expenditure import Areas
from belopp.rulebook.cues import Cues
from belopp.rulebook.rule import Actor, Rule


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
