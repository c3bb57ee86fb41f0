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
    också även hela strax bara endast fallit minskat sjunkit stigit vuxit ökat + - minus plus –""".split()
)
# Nouns that stand as verbs before a level: "Avgiften hamnar på N".
LEVELLED: Final = frozenset({"hamnade", "hamnar", "landade", "landar"})
# What may stand after such a noun and tells which of several it is.
QUALIFIED: Final = (
    ("efter", "finansiella", "poster"), ("efter", "skatt"), ("före", "avskrivningar"), ("före", "skatt"),
    ("i", "snitt"), ("per", "aktie"),
)  # fmt: skip


def is_balance(stretch: Stretch, place: int) -> bool:
    """Whether the noun at ``place`` is all that a figure is about, and no limit or effect of what the text is about."""
    noun = stretch.at(place)
    if not names_balance(noun) or not BOUNDING.isdisjoint(stretch.low[place + 1 : place + 5]):
        return False
    if noun not in TAXES:
        return True
    return "skatt" not in title_of(stretch) and not any(word.startswith("förslag") for word in stretch.low)


def title_of(stretch: Stretch) -> str:
    """The small letters of the title at the head of the text."""
    return stretch.text[:TITLE].partition("\n\n")[0].lower()


def balances(stretch: Stretch) -> Iterator[Candidate]:
    """``… är årets resultat N``, ``Skatteintäkterna väntas bli N``: a balance with only its verb beside the sum."""
    end = before_size(stretch, len(stretch.low) - 1) + 1
    at = past_qualities(stretch, end - 1)
    if at >= 0 and is_balance(stretch, at) and not is_of_another(stretch, at):
        first = at - (at > 0 and stretch.is_adjective(at - 1) and not is_verb(stretch.at(at - 1)))
        if first > 0 and stretch.said[first][:1].isupper():
            first = at  # whose it is may be a name of several words
        first += stretch.at(first) in grammar.NO_CONTENT
        yield offer(stretch, Phrase(first, end), "area.subject", 78.5)


def before_size(stretch: Stretch, at: int) -> int:
    """The last word before ``at`` that neither is of the verb of a size nor tells when: ``vinsten 2011 blev``."""
    while at >= 0:
        word = stretch.at(at)
        timed = bool(grammar.YEAR.match(word)) or word in grammar.TIME and not stretch.said[at][:1].isupper()
        leads = word in {"för", "under"} and tells_when(stretch.at(at + 1))
        if not (timed or leads or word in BESIDE or word in LEVELLED or is_verb(word)):
            return at
        at -= 1
    return at


def tells_when(word: str) -> bool:
    """Whether a word is a year or another time."""
    return grammar.YEAR.match(word) is not None or word in grammar.TIME


def past_qualities(stretch: Stretch, at: int) -> int:
    """Where a balance stands before what qualifies it: ``resultatet efter finansiella poster``, ``vinst per aktie``."""
    for quality in QUALIFIED:
        first = at + 1 - len(quality)
        if first > 0 and stretch.low[first : at + 1] == list(quality):
            return first - 1
    return at


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
