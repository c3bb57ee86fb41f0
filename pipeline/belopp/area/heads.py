"""Finds what a word for money is said to be for: ``satsningen på P``, ``stödet till P``, ``en höjning av P``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import AID, is_owned_money, kind_of_aid
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_like, is_person
from belopp.sentences import Span

# They lead from a word for money to its purpose.
LINKS: Final = frozenset({"av", "avseende", "för", "inom", "mot", "om", "på", "till", "åt"})
# Compounds of these are words for money, too ("kärnstöd"), and "stöd" stands in both.
SUPPORTS: Final = ("stöd", "stödet")
# Nouns that more money is put into, whatever it is for: "en höjning av investeringsramen".
POTS: Final = ("anslag", "anslagen", "anslaget", "bidrag", "bidragen", "budgeten", "ersättningar", "ramen")
MEANS: Final = frozenset({"medel", "pengar", "resurser"})
OWNED: Final = 44.2  # what "Skogsstyrelsens anslag" scores: more than the title, less than the heading above


def heads(stretch: Stretch) -> tuple[Candidate, ...]:
    """``satsningen på P``, ``stödet till P``, ``en höjning av P``: a word for money with what it is for."""
    nouns, said = stretch.lexicon.heads, stretch.low
    if not nouns or nouns.isdisjoint(said) and "stöd" not in "".join(said):
        return ()
    return tuple(_heads(stretch, [at for at, word in enumerate(said) if word in nouns or word.endswith(SUPPORTS)]))


def _heads(stretch: Stretch, found: list[int]) -> Iterator[Candidate]:
    nouns = stretch.lexicon.heads
    for index in found:
        word = stretch.low[index]
        compound = word not in nouns  # "Sveriges kärnstöd till Unicef"
        link = link_of(stretch, index)
        phrase = noun_phrase(stretch, link + 1) if link > 0 else None
        if phrase is None or compound and stretch.at(stretch.first_word()) in {"förutom", "utöver"}:
            continue
        cue = stretch.cue("area.head", index)
        if accepted(stretch, phrase) and not compound:
            given = stretch.at(len(stretch.low) - 1) in grammar.GIVERS  # "För arbetet för P avsätter regeringen"
            beside = 6.0 if len(stretch.low) - phrase.end <= 3 and not given else 0.0
            if stretch.head_word(phrase).endswith(POTS):
                beside = -3.0  # "en höjning av investeringsramen": more money, not a purpose
            yield offer(stretch, phrase, "area.head", 76.0 + beside, cue)
        elif is_owned_money(stretch, phrase):
            yield offer(stretch, phrase, "area.head", OWNED, cue)
        elif stretch.at(link) in {"till", "åt"} and names_taker(stretch, phrase):
            named = stretch.said[phrase.start][:1].isupper() and word not in MEANS or word.startswith("ansla")
            first = kind_of_aid(stretch, index) if word in AID else index
            span = Span(stretch.spans[first][0], stretch.span(phrase).end)  # "civilt stöd till Ukraina"
            yield Candidate(47.0 if named else 34.0, span, "area.head", (cue,))
            if purpose := past_taker(stretch, phrase):
                yield offer(stretch, purpose, "area.head", 47.5 if named else 34.5, cue)


def names_taker(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase says who is given to, not only ``myndigheten``."""
    return stretch.low[phrase.start : phrase.end] != ["myndigheten"] and bool(accepted(stretch, phrase, actors=False))


def past_taker(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """What a taker's ``för`` leads to: ``medel till regionerna för P``, not ``till Myndigheten för skydd``."""
    at = next((at for at in range(phrase.start + 1, phrase.end) if stretch.at(at) == "för"), 0)
    if not at or not stretch.opens(at) or stretch.said[at - 1][:1].isupper():
        return None
    purpose = accepted(stretch, noun_phrase(stretch, at + 1)) if actor_like(stretch, phrase.start, at) else None
    return None if purpose is None or is_person(stretch, purpose) else purpose


def link_of(stretch: Stretch, index: int) -> int:
    """The index of the preposition that leads from a word for money to its purpose, or -1."""
    link = index + 1
    if stretch.at(link) in {"med", "mellan"} and "om" in stretch.low[link : link + 9]:
        link = stretch.low.index("om", link)  # "överenskommelsen med SKR om P"
    if stretch.at(link) == "i" and stretch.at(link + 1).startswith(("budget", "vårändring", "höständring")):
        link += 2  # "en satsning i budgeten på P"
    if stretch.at(index) == "ramen" and stretch.at(index - 1) == "inom":
        return -1
    return link if stretch.at(link) in LINKS and stretch.opens(link) else -1
