"""The hedge beside a sum: the word directly before its number (or after the sum) that says how exact it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from belopp.composing import lowered
from belopp.model import Reason
from belopp.rulebook import Rule, Rulebook

_REACH: Final = 60
# Words that may stand between a hedge and its number: "ca totalt 5 miljoner", "upp till ytterligare 5 miljoner",
# "högst använda 5 miljoner", "upp till ett värde av 5 miljoner".
_PHRASES: Final = (
    "totalt", "sammanlagt", "sammanlagda", "sammantaget", "ytterligare", "motsvarande", "hela", "bara", "endast", "de",
    "dessa", "den", "en", "svenska", "med", "om", "på", "uppgå till", "använda", "disponera", "rekvirera", "fördela",
    "betala", "mellan", "till", "omfatta", "få", "kunna få", "kan få", "lämnas med",
    "kunna lämnas med", "att kunna lämnas med",
    *(f"ett {noun} {link}" for noun in ("tak", "värde", "belopp") for link in ("på", "av", "om")), "sek", "eur", "usd",
)  # fmt: skip
_SIGNS: Final = ("€", "$", "£", "-", "–", "−")
_SAID: Final = "|".join(_PHRASES).replace(" ", r"\s")
_SKIPPED: Final = re.compile(rf"(?:\b(?:{_SAID})|[{re.escape(''.join(_SIGNS))}])\s*$")
# What the words to skip end with: most sums are seen to stand behind none of them.
_SKIPPED_ENDS: Final = (*{phrase.split()[-1] for phrase in _PHRASES}, *_SIGNS)
_ADDS: Final = re.compile(r"(?:motsvarande|totalt|sammanlagt|sammantaget)?")
_OF_TIME: Final = re.compile(r"\b(?:inte|än|lika|nu)\s+$")


# "får inte ta ut mer än 300 kronor"; not "som inte bor här och har mer än 300"
_NOT: Final = re.compile(r"\b(?:inte|ej|ingen|inget|inga)\b(?:(?!\b(?:och|som|utan|men)\b)[^.,;])*$")
_OF_THE_NUMBER: Final = re.compile(r"en\s+(dryg|knapp|god)\b")
_LONGEST_SKIPPED: Final = 4
"""Words: ``att kunna lämnas med``."""


class _Hedges(NamedTuple):
    """The hedges of a rule book as a pattern that ends before the number, the rule of each, and what they end with."""

    pattern: re.Pattern[str]
    owner: dict[str, Rule]
    endings: tuple[str, ...]
    most: int
    """Words of the longest."""


@cache
def _hedges(book: Rulebook) -> _Hedges:
    hedges = [rule for key, rule in book.rules.items() if key.startswith("hedge.")]
    rules = [rule for rule in hedges if not rule.id.startswith("hedge.after.")]
    owner = {" ".join(lowered(word).split()): rule for rule in reversed(rules) for word in rule.words}
    words = sorted(owner, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) or "(?!)"
    pattern = re.compile(rf"(?<![\w~-])({alternatives})\s*\(?$")
    most = max((len(word.split()) for word in words), default=0)
    return _Hedges(pattern, owner, tuple({word.split()[-1] for word in words}), most)


def hedge(text: str, start: int, end: int, book: Rulebook) -> Reason | None:
    """The hedge of the sum at ``text[start:end]``, a text in small letters.

    What stands beside the sum goes first, then what stands before words that only add up or allow.
    """
    hedges = _hedges(book)
    inside = _OF_THE_NUMBER.match(text, start, end)
    if inside and (rule := hedges.owner.get(inside[1])):
        return Reason("modifier", rule.id, inside.start(1), inside.end(1))
    stop = start
    floor = max(0, start - _REACH)
    for _ in range(4):
        left = text[floor:stop]
        bare = left.rstrip()
        said = bare.removesuffix("(").rstrip()
        if said.endswith(hedges.endings) and (found := hedges.pattern.search(left, _last(said, hedges.most))):
            reason = _judge(text, floor + found.start(1), floor + found.end(1), hedges.owner, text[stop:start])
            if reason is not None:
                return reason
        if not bare.endswith(_SKIPPED_ENDS):
            break
        skipped = _SKIPPED.search(left, _last(left, _LONGEST_SKIPPED))
        if skipped is None or skipped.start() == 0:
            break
        stop = floor + skipped.start()
    cue = book.cues("hedge.after").first(text, end, end + 20)
    return Reason("modifier", cue.rule.id, cue.start, cue.end) if cue and cue.start <= end + 2 else None


def _last(text: str, most: int) -> int:
    """Where the last few words of a text begin, or the white space before them."""
    parts = text.rsplit(None, most)
    return len(parts[0]) if len(parts) > most else 0


def _judge(text: str, start: int, end: int, owner: dict[str, Rule], between: str) -> Reason | None:
    """Words that are prepositions too are hedges beside the number only, or before a word that adds up."""
    word = " ".join(text[start:end].split())
    if word in {"under", "över", "kring", "max"} and not _ADDS.fullmatch(between.strip()):
        return None
    if word in {"under", "nära", "kring"} and _OF_TIME.search(text[max(0, start - 8) : start]):
        return None
    if word in {"mer än", "högre än"} and _NOT.search(text, max(0, start - 40), start):
        word = "högst"
    return Reason("modifier", owner[word].id, start, end) if word in owner else None
