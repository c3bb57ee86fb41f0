"""Finds the finite verb that goes with a subject before a sum, and where the clause of a verb begins."""

from __future__ import annotations

from typing import Final

from belopp import grammar
from belopp.area.edges import CHANGED
from belopp.area.stretch import Stretch
from belopp.model import FUNDING

# With one of these a sentence opens whose subject comes after its verb.
OPENING_ADVERBS: Final = frozenset(
    """bland dessutom därefter därför därmed därtill därutöver då här idag nu nyligen också sammanlagt sammantaget
    samtidigt slutligen totalt vidare även""".split()
)
# What opens a sentence whose subject comes after its verb.
OPENERS: Final = grammar.PREPOSITIONS | OPENING_ADVERBS | {"enligt"}
# Of the modal verbs these alone tell what something comes to.
COPULAS: Final = frozenset({"blev", "blir"})
SUBCLAUSES: Final = frozenset("att då när om som vars vilket".split())  # a modal verb beside one may be its verb
# A verb after one of these is that of a clause within the subject: "avgiften som A betalar höjs".
RELATIVES: Final = frozenset("hur när som vilka vilken vilket".split())
# After "har", "ska" or the like they tell that the sum is added to their subject.
RAISED_TO: Final = frozenset(
    "förstärkas förstärkts höjas höjts stärkas stärkts utökas utökats öka ökas ökat ökats".split()
)
CHANGED_TO: Final = frozenset("från i med och till under".split())  # "omsättningen ökade och", "ökade med"


def inverted_verb(stretch: Stretch, kind: str) -> int:
    """The index of the finite verb when something else than the subject opens the sentence."""
    first = stretch.first_word()
    if stretch.at(first) not in OPENERS and (kind != FUNDING or stretch.at(first) != "efter"):
        return -1
    verbs = (at for at in range(first + 1, min(24, len(stretch.low))) if is_verb(stretch, at))
    # "För den som pendlar innebär förslaget": not the verb of the relative clause
    verb = next((at for at in verbs if "som" not in stretch.low[max(0, at - 2) : at]), -1)
    if stretch.at(verb) not in grammar.MODALS - COPULAS:
        return verb
    if kind == FUNDING:  # "För läxhjälpen ska skolan få", not "Efter beslut av regeringen har läxpengen höjts med"
        return verb if was_raised(stretch, verb + 1) else -1
    return verb if SUBCLAUSES.isdisjoint(stretch.low) else -1  # "Nu ska avgiften höjas till"


def was_raised(stretch: Stretch, index: int) -> bool:
    """Whether something is said to be raised from ``index`` on: ``har läxpengen höjts med``."""
    raised = (at for at in range(index, len(stretch.low)) if stretch.low[at] in RAISED_TO)
    return any(stretch.at(at + 1) in {"från", "med", "till"} for at in raised)


def is_verb(stretch: Stretch, index: int) -> bool:
    """Whether a finite verb stands there; of ``ökade`` the definite noun after it tells."""
    word = stretch.at(index)
    changed = word in CHANGED and stretch.at(index + 1).endswith(grammar.DEFINITE)
    return changed or grammar.is_finite(word)


def verb_follows(stretch: Stretch, index: int, reach: int) -> bool:
    """Whether the finite verb comes at once, or after a year, a bracket or an adjunct no longer than ``reach``."""
    for place in range(index, min(index + reach, len(stretch.low))):
        word = stretch.at(place)
        if grammar.is_finite(word) or word == "som" and place == index:
            return True
        after = stretch.at(place + 1)
        if word == "," and place == index and reach <= 4 and after in RELATIVES:
            clause = stretch.low[place + 2 : place + 16]  # "Läxloppet, som går i maj, fick in N"
            return "," in clause and grammar.is_finite(stretch.at(place + 3 + clause.index(",")))
        if word.endswith("ade") and after in CHANGED_TO:
            return True
        if word == "," and reach > 4 and (after in {"för", "under"} or place > index and grammar.is_finite(after)):
            continue  # "Utdelningar till staten under 2022, för verksamhetsåret 2021, uppgick"
        if word in {",", ":", "och", ";", "att"}:
            return False
    return False


def has_verb(stretch: Stretch, start: int, end: int) -> bool:
    """Whether a finite verb stands between two words that is not that of a relative clause."""
    for at in range(start, end):
        if stretch.at(at) in RELATIVES:
            return False
        if grammar.is_finite(stretch.at(at)):
            return True
    return False


def clause_start(stretch: Stretch, verb: int) -> int:
    """Where the clause of a verb begins: after the last ``att`` that leads in no infinitive, else with the sentence."""
    for at in range(verb - 1, 0, -1):
        if stretch.at(at) == "att" and stretch.at(at - 1) not in {"för", "av", "kommer", "om"}:
            return at + 1
    first = stretch.first_word()
    if stretch.at(first) not in OPENING_ADVERBS:
        return first
    return next((at + 1 for at in range(first + 1, verb) if grammar.is_finite(stretch.at(at))), first)
