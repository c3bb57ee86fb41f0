"""The hedge beside a sum: the word directly before its number (or after the sum) that says how exact it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from belopp.model import Reason
from belopp.rulebook import Rule, Rulebook

_REACH: Final = 60
# Words that may stand between a hedge and its number: "ca totalt 5 miljoner", "upp till ytterligare 5 miljoner",
# "högst använda 5 miljoner", "upp till ett värde av 5 miljoner".
_SKIPPED: Final = re.compile(
    r"""
    (?: \b(?: totalt | sammanlagt | sammanlagda | sammantaget | ytterligare | motsvarande | hela | bara | endast
      | de | dessa | den | en | svenska | med | om | på | uppgå \s till | använda | disponera | rekvirera | fördela
      | betala | omfatta | få | kunna \s få | kan \s få | (?: att \s )? kunna \s lämnas \s med | lämnas \s med
      | ett \s (?: tak | värde | belopp ) \s (?: på | av | om ) | SEK | EUR | USD
      ) | € | \$ | £ | [-–−] ) \s* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ADDS: Final = re.compile(r"(?:motsvarande|totalt|sammanlagt|sammantaget)?", re.IGNORECASE)
_OF_TIME: Final = re.compile(r"\b(?:inte|än|lika|nu)\s+$", re.IGNORECASE)


@cache
def _words(book: Rulebook) -> tuple[re.Pattern[str], dict[str, Rule]]:
    hedges = [rule for key, rule in book.rules.items() if key.startswith("hedge.")]
    rules = [rule for rule in hedges if not rule.id.startswith("hedge.after.")]
    owner = {" ".join(word.split()).casefold(): rule for rule in reversed(rules) for word in rule.words}
    words = sorted(owner, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) or "(?!)"
    return re.compile(rf"(?<![\w-])({alternatives})\s*\(?$", re.IGNORECASE), owner


def hedge(text: str, start: int, end: int, book: Rulebook) -> Reason | None:
    """The hedge of the sum at ``text[start:end]``: beside it first, then past words that only add up or allow."""
    pattern, owner = _words(book)
    inside = re.match(r"en\s+(dryg|knapp|god)\b", text[start:end], re.IGNORECASE)
    if inside and inside[1].casefold() in owner:
        return Reason("modifier", owner[inside[1].casefold()].id, start + inside.start(1), start + inside.end(1))
    stop = start
    floor = max(0, start - _REACH)
    for _ in range(4):
        left = text[floor:stop]
        if found := pattern.search(left):
            reason = _judge(text, floor + found.start(1), floor + found.end(1), owner, text[stop:start])
            if reason is not None:
                return reason
        skipped = _SKIPPED.search(left)
        if skipped is None or skipped.start() == 0:
            break
        stop = floor + skipped.start()
    cue = book.cues("hedge.after").first(text, end, end + 20)
    return Reason("modifier", cue.rule.id, cue.start, cue.end) if cue and cue.start <= end + 2 else None


def _judge(text: str, start: int, end: int, owner: dict[str, Rule], between: str) -> Reason | None:
    """Words that are prepositions too are hedges beside the number only, or before a word that adds up."""
    word = " ".join(text[start:end].split()).casefold()
    if word in {"under", "över", "kring", "max"} and not _ADDS.fullmatch(between.strip()):
        return None
    if word in {"under", "nära", "kring"} and _OF_TIME.search(text[max(0, start - 8) : start]):
        return None
    return Reason("modifier", owner[word].id, start, end)
