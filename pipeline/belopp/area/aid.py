"""Tells which form of money says what it is for: ``militärt stöd``, ``Skogsstyrelsens anslag``, a fund."""

from __future__ import annotations

from typing import Final

from belopp import grammar
from belopp.area.accepting import BACKWARD
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import is_of_actors

# Alone these only say that more is given, not what for.
AID: Final = frozenset({"bistånd", "biståndet", "stöd", "stödet"})
# A fund says by its own name what it is for: "klimatfond"; in the definite form this may be all of the name.
NAMED_FUNDS: Final = ("fonden", "faciliteten")
FUNDS: Final = ("fond", "facilitet", *NAMED_FUNDS)
# Compounds of these say in what form money is paid or had: "elstöd", "medlemsavgifter".
FORMS: Final = (
    "arvode", "arvoden", "avgift", "avgifter", "bidrag", "ersättning", "ersättningar", "hyra", "hyror", "intäkter",
    "lön", "löner", "skatt", "stipendier", "stipendium", "stöd", "utdelning", "vinst",
)  # fmt: skip
AGENCIES: Final = frozenset({"barnfond", "befolkningsfond", "fond"})  # of the UN: who, not what


def is_special_money(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a form of money is told apart by an adjective of its own: ``det militära stödet``."""
    head = stretch.head(phrase.start, phrase.end)
    if stretch.at(head) not in stretch.lexicon.money and stretch.at(head) not in {"stödet", "biståndet"}:
        return False
    return any(tells_kind(stretch, place) for place in range(phrase.start, head))


def tells_kind(stretch: Stretch, place: int) -> bool:
    """Whether the word is an adjective that says what money it is: ``militära``, not ``ytterligare``, ``statens``."""
    word = stretch.at(place)
    if not stretch.is_adjective(place) or word.endswith("s") or word in grammar.PALE:
        return False
    return place == 0 or stretch.said[place].islower()


def is_owned_money(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a form of money is told apart by whose it is: ``Skogsstyrelsens anslag``, not ``årets anslag``."""
    head = stretch.head(phrase.start, phrase.end)
    owner = stretch.at(head - 1) if head > phrase.start else ""
    if not stretch.at(head).startswith("ansla") or not owner.endswith("s") or owner in BACKWARD:
        return False
    bare = owner.removesuffix("s")
    if bare in grammar.TIME or bare in stretch.lexicon.anaphors or bare.endswith("området"):
        return False
    return stretch.said[head - 1][:1].isupper() or bare in stretch.lexicon.actors or is_of_actors(bare)


def kind_of_aid(stretch: Stretch, index: int, begin: int = 0) -> int:
    """Where the adjectives begin that tell what aid it is: ``försvarsrelaterat stöd``, ``civilt och militärt
    stöd``."""
    first = index
    while first > begin:
        word = stretch.at(first - 1)
        joins = word in {"och", ","} and first < index
        told = stretch.said[first - 1].islower() and word not in grammar.PALE and word.endswith(("a", "t"))
        told = told and not is_supine(stretch, first - 1)  # "har lämnat stöd"
        if (
            grammar.is_finite(word)
            or word in grammar.ARTICLES
            or not (joins or told and stretch.is_adjective(first - 1))
        ):
            break
        first -= 1
    return first + (stretch.at(first) in {"och", ","})


def is_supine(stretch: Stretch, index: int) -> bool:
    """Whether the word is the verb that ``har`` waits for: ``har föreningen levererat humanitärt stöd``."""
    if not stretch.at(index).endswith("t"):
        return False
    for place in range(index - 1, max(index - 4, -1), -1):
        if stretch.at(place) in grammar.HAVE or stretch.at(place).endswith("t"):
            return stretch.at(place) in grammar.HAVE
    return False


def is_fund(head: str) -> bool:
    """Whether a noun is a fund for something, not an agency that is called one (``barnfond``)."""
    return head.endswith(FUNDS) and head not in AGENCIES
