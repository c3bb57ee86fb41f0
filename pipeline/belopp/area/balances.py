"""Knows the nouns that are all that a figure is about: a balance, a debt, a turnover, a fine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.candidate import Candidate, offer
from belopp.area.stretch import Phrase, Stretch

# Alone or at the end of a compound: "årets överskott", "rörelseresultatet", "skatteintäkterna", "företagsboten".
BALANCES: Final = re.compile(
    r"""(?:
        (?:resultat|underskott|överskott|skadestånd)(?:et|en)?
      | (?:vinst|förlust|skuld|intäkt|(?<!ro)bot|tillgång)(?:en|er|erna|ar|arna)?
      | (?:avvikelse)(?:n|r|rna)?
      | (?:omsättning|orderingång|utdelning|försäljning|förmögenhet|balansomslutning|skattesats)(?:en|ar|arna|er|erna)?
      | (?:börsvärde|kassaflöde|vite)(?:t|n|na)?
      | (?<!slag)(?<!på)lån(?:et|en)? | böter(?:na)? | kapital(?:et)? | ebit(?:d?a)?
    )$""",
    re.VERBOSE,
)


# What the state takes in is told of a proposal as its effect, and at which rate of a tax that the title names.
TAXES: Final = ("skatteintäkter", "skatteintäkterna", "skattesats", "skattesatsen", "skattesatser", "skattesatserna")
BOUNDING: Final = frozenset({"högst", "lägst", "maximalt", "minst", "än"})  # "en omsättning på högst N" is a limit
CHANGING: Final = ("förstärk", "försämr", "förbättr", "minska", "påverka", "sänk", "öka", "höj")
TITLE: Final = 200  # code points at the head of a text, in which its title stands
# Between such a noun and its sum may stand its verb, and adverbs with that: "Kapitalet var från början N".
BESIDE: Final = grammar.HEDGES | frozenset(
    """då dock därmed från fortfarande alltså ha i har ju kvar med nu på redan början sammanlagt till totalt ändå
    också även hela strax fallit minskat sjunkit stigit vuxit ökat + - minus plus –""".split()
)


def is_balance(stretch: Stretch, place: int) -> bool:
    """Whether the noun at ``place`` is all that a figure is about, and no limit or effect of what the text is about."""
    noun = stretch.at(place)
    if not names_balance(noun) or not BOUNDING.isdisjoint(stretch.low[place + 1 : place + 5]):
        return False
    if noun not in TAXES:
        return True
    title = stretch.text[:TITLE].partition("\n\n")[0].lower()
    return "skatt" not in title and not any(word.startswith("förslag") for word in stretch.low)


def balances(stretch: Stretch) -> Iterator[Candidate]:
    """``… är årets resultat N``, ``Skatteintäkterna väntas bli N``: a balance with only its verb beside the sum."""
    at = len(stretch.low) - 1
    while at >= 0 and (stretch.at(at) in BESIDE or is_verb(stretch.at(at))):
        at -= 1
    if at >= 0 and is_balance(stretch, at) and not is_of_another(stretch, at):
        first = at - (at > 0 and stretch.is_adjective(at - 1) and not is_verb(stretch.at(at - 1)))
        if first > 0 and stretch.said[first][:1].isupper():
            first = at  # whose it is may be a name of several words
        first += stretch.at(first) in grammar.NO_CONTENT
        yield offer(stretch, Phrase(first, at + 1), "area.subject", 78.5)


def is_of_another(stretch: Stretch, place: int) -> bool:
    """Whether the sum tells what something else does to the noun at ``place``, or of a thing that the noun belongs to:
    ``avdraget minskar statens intäkter``, ``takten i skulden``."""
    before = place - 1
    while before >= 0 and stretch.is_adjective(before) and not is_verb(stretch.at(before)):
        before -= 1
    word = stretch.at(before)
    return word in grammar.PREPOSITIONS or word.startswith(CHANGING)


def is_verb(word: str) -> bool:
    """Whether a word is a verb that may stand beside what it tells the size of."""
    return grammar.is_finite(word) or grammar.is_infinitive(word) and word not in grammar.ALSO_ADJECTIVES


@lru_cache(grammar.KNOWN)
def names_balance(noun: str) -> bool:
    """Whether a noun names what the figure itself is.

    >>> names_balance("rörelseresultatet"), names_balance("åtgärden")
    (True, False)
    """
    return BALANCES.search(noun) is not None
