"""The adverbs of a sentence: they say how it goes on from what was told, never who acts, on what or for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

ADVERBS: Final = frozenset(
    """alltjämt alltså dessutom dock därför därigenom därmed emellertid engångsvis givetvis gradvis
    härigenom härmed idag initialt inledningsvis naturligtvis nu numera nyligen också redan skyndsamt slutligen stegvis
    successivt således tillfälligt vidare även återigen""".split()
)
# The same in several words, in small letters.
PHRASES: Final = (
    "av den anledningen", "av detta skäl", "bland annat", "framför allt", "för närvarande", "i beslutet",
    "i budgeten", "i budgetpropositionen", "i dag", "i dagsläget", "i det här läget", "i detta läge",
    "i ett första skede", "i ett första steg", "i ett nästa steg", "i första hand", "i huvudsak", "i höstbudgeten",
    "i höständringsbudgeten", "i nuläget", "i nästa steg", "i praktiken", "i princip", "i propositionen",
    "i sin tur", "i stor utsträckning", "i stället", "i vårbudgeten", "i vårändringsbudgeten",
    "i överenskommelsen", "mot den bakgrunden", "mot denna bakgrund", "på det här sättet", "på det sättet",
    "på detta sätt", "på kort sikt", "på lång sikt", "på nytt", "på sikt", "på så sätt", "på så vis",
    "som ett första steg", "som ett led i arbetet", "som ett led i detta", "som ett led i detta arbete",
    "som ett nästa steg", "till att börja med", "till en början", "till exempel", "än en gång", "ännu en gång",
    "även fortsättningsvis",
)  # fmt: skip


def _by_first() -> Mapping[str, Mapping[str, list[list[str]]]]:
    """What may follow the first word of an adverbial, by its second (empty where it has one), the longest first."""
    found: dict[str, dict[str, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
    for first, *rest in sorted(map(str.split, (*ADVERBS, *PHRASES)), key=len, reverse=True):
        found[first][rest[0] if rest else ""].append(rest)
    return {first: dict(rests) for first, rests in found.items()}


FOLLOWING: Final = _by_first()


def _pattern(first: str) -> str:
    """The adverbials that begin with a word, together, in one branch."""
    rests = FOLLOWING[first]
    longer = "|".join(r"\s+".join(rest) for each in rests.values() for rest in each if rest)
    if not longer:
        return first
    return rf"{first}(?:\s+(?:{longer}))?" if "" in rests else rf"{first}\s+(?:{longer})"


LONGEST: Final = max(len(phrase.split()) for phrase in PHRASES)
# Where none of these stands, there is no adverbial.
LAST_WORDS: Final = ADVERBS | {phrase.split()[-1] for phrase in PHRASES}
# Any of them as a pattern over small letters.
ONE: Final = "|".join(map(_pattern, sorted(FOLLOWING, key=lambda first: (-len(first), first))))
# Any number of them, each with the space after it.
ANY: Final = rf"(?:(?:{ONE})\s+)*"


def adverbial_at(low: list[str], index: int) -> int:
    """How many words the adverbial takes that begins at a word, 0 when none does; all words in small letters.

    >>> adverbial_at("avsätter i dag därför".split(), 1), adverbial_at(["i", "dagens", "läge"], 0)
    (2, 0)
    """
    rests = FOLLOWING.get(low[index])
    if rests is None:
        return 0
    if index + 1 < len(low):
        for rest in rests.get(low[index + 1], ()):
            if low[index + 1 : index + 1 + len(rest)] == rest:
                return 1 + len(rest)
    return 1 if "" in rests else 0
