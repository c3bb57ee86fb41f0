"""The words an auditor may edit: loads ``rules/`` once and compiles it into cues the stages search for."""

from __future__ import annotations

from belopp.rulebook.book import Rulebook
from belopp.rulebook.cues import Cues, stems, word_pattern
from belopp.rulebook.files import rules_folder
from belopp.rulebook.loading import load
from belopp.rulebook.problems import BrokenRule
from belopp.rulebook.rule import Actor, Cue, Rule

__all__ = [
    "Actor", "BrokenRule", "Cue", "Cues", "Rule", "Rulebook", "load", "rules_folder", "stems", "word_pattern",
]  # fmt: skip
