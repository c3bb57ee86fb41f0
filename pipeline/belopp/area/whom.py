"""Tells somebody who pays or gets the money from what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.edges import phrase_end
from belopp.area.stretch import QUOTES, Phrase, Stretch, once
from belopp.area.trimming import trim
from belopp.grammar import ACTOR_ENDINGS, BODIES, CONJUNCTIONS

BUILT: Final = frozenset({"ny", "nytt"})  # "ett nytt akutsjukhus" is built, nobody who gets money
# Where one of these stands a capital makes no name of somebody: "Expo 2025", "ett digitalt Sverige".
NOT_ACTORS: Final = frozenset({"digitalt", "expo", "nato"})
FIELDS: Final = frozenset({"försvaret"})  # names of somebody that are fields, too: "det militära försvaret"
# Things that a name may be given to after them.
THINGS: Final = (
    "initiativet", "kampanjen", "metoden", "metoderna", "modellen", "modellerna", "plattformen", "programmen",
    "programmet", "projekten", "projektet", "satsningen", "strukturen", "systemet", "tjänsten", "verktyget",
)  # fmt: skip
# Names of programmes end so: "Klimatklivet", "Matematiklyftet".
STRIDES: Final = ("klivet", "lyftet", "språnget")
# A name that ends so is a programme's or a grant's, not somebody's: "Läxhjälpsmiljarden".
GRANTS: Final = ("avgiften", "bidraget", "ersättningen", "kortet", "pengen", "priset", "stödet")
PROGRAMMES: Final = (
    *STRIDES, *GRANTS, *THINGS, "avtalet", "checken", "miljarden", "paketet", "premien", "ram", "ramen", "reserv",
    "reserven", "satsning", "strategi",
    "strategin",
)  # fmt: skip
WORKS_ON: Final = frozenset({"för", "i", "inom", "kring", "med", "mot", "på"})  # "Sidas verksamhet inom hälsa"
LONGEST_FIRST_NAME: Final = 8  # letters: a longer word that ends as the definite form does is a compound
PLACES: Final = 64  # of a word in a text are enough to see how it is written
# Somebody, or with something before it somebody ("husägare"), of whom a text tells what they pay or get.
PEOPLE: Final = (
    "arbetsgruppen", "arbetstagaren", "betalare", "betalarna", "brukare", "brukarna", "bönder", "bönderna",
    "direktör", "direktören", "doktorand", "doktorander", "doktoranderna", "ensamboende", "ensamstående", "forskare",
    "forskaren", "forskarna", "företagen", "föräldern", "föräldrar", "föräldrarna", "givare", "givarna", "gäst",
    "gästen", "gäster", "gästerna", "invånare", "invånarna", "klaganden", "klagandena", "konsument", "konsumenten",
    "konsumenter", "konsumenterna", "kund", "kunden", "kunder", "kunderna", "kvinnan", "ledamot", "ledamoten",
    "ledamöter", "ledamöterna", "lärare", "läraren", "lärarna", "makar", "mannen", "medlem", "medlemmar",
    "medlemmarna", "medlemmen", "medlemsstaterna", "ministern", "mottagaren", "näringsidkare", "pendlare",
    "politiker", "politikern", "politikerna", "presidenten", "producent", "producenter", "producenterna", "resenär",
    "resenärer", "resenärerna", "sammanboende", "sekreteraren", "spelare", "spelaren", "spelarna", "student",
    "studenten", "studenter", "studenterna", "sökande", "tagare", "tagarna", "utredaren", "vinnaren", "ägare",
    "ägaren", "ägarna",
)  # fmt: skip
# Before a name these are somebody's title.
OFFICES: Final = ("chefen", "minister", "president", "sekreterare")
# What begins with one of these is somebody, or points back.
PRONOUNS: Final = frozenset(
    """de det du där företaget förstnämnda han hon här jag kunden man medborgarna mottagaren ni privatpersoner
    regeringen sistnämnda sverige sökande vi""".split()
)


def actor_like(stretch: Stretch, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` name an agency, an organisation or a group of bodies."""
    return start < end and names_actor(stretch, start, stretch.head(start, end), end)


def names_actor(stretch: Stretch, start: int, head: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end``, of which one is the head, name somebody who gets money."""
    first, word = stretch.at(start), stretch.at(head)
    if stretch.at(start - 1) in QUOTES and stretch.at(start - 2).endswith(("projekt", *THINGS)):
        return False  # "projektet ”Läsa mer”"
    if grammar.is_infinitive(first) or not BUILT.isdisjoint((first, stretch.at(start - 1))) and is_of_actors(word):
        return False
    if first.startswith(("fn:s", "fn-", "eu:s")) and not (stretch.is_frame(end - 1) or stretch.is_frame(start + 1)):
        return True
    if known_actor(stretch, start, head, end):
        return True
    name = stretch.said[head]
    if len(name) < 2 or not name[0].isupper() or head == 0 and not written_as_name(stretch.text, name):
        return False  # "tilläggsbidrag A" is no name
    if stretch.at(head + 1) in CONJUNCTIONS and head + 2 < end and stretch.said[head + 2][:1].islower():
        return False  # "God och nära vård" opens with a capital without being a name
    if "-" in name and name.rsplit("-", 1)[1].islower():
        return False  # "AI-verkstad", "EU-stöd"
    if word.endswith(PROGRAMMES):
        return False
    if head > start and stretch.at(head - 1).endswith(THINGS):
        return False  # "arbetsmodellen Skolstart"
    return NOT_ACTORS.isdisjoint(stretch.low[start:end])


def written_as_name(text: str, word: str) -> bool:
    """Whether a text writes a word that begins with a capital so in the midst of a sentence, too, and never small:
    somebody's name, or a place's, unless it is a noun in the definite form, which a school or a campaign goes by.
    A line begins anew: what stands above may be a title, which has no full stop.

    >>> written_as_name("Alfa bygger. Nu har Alfa sålt.", "Alfa"), written_as_name("Skola byggs. En skola.", "Skola")
    (True, False)
    >>> written_as_name("Medel till norr\\nTorka slår hårt.", "Torka")
    False
    """
    if not word.isalpha() or word.endswith(grammar.DEFINITE_OR_AN) and len(word) > LONGEST_FIRST_NAME:
        return False
    if any(_places(text, word[0].lower() + word[1:])):
        return False
    before = (text[max(0, at - 2) : at] for at in _places(text, word, "s"))
    return any(two[1:].isspace() and two[1:] != "\n" and (two[0] == "," or two[0].islower()) for two in before)


def _places(text: str, word: str, ending: str = "") -> Iterator[int]:
    """Where a word stands in a text, by itself or with an ending: the first places, for a table may have thousands."""
    at = text.find(word)
    for _ in range(PLACES):
        if at < 0:
            return
        end = at + len(word)
        end += bool(ending) and text.startswith(ending, end)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(word, at + 1)


def known_actor(stretch: Stretch, start: int, head: int, end: int) -> bool:
    """Whether the words name one of the rulebook's actors or end as the names of bodies do."""
    word = stretch.at(head)
    return word in stretch.lexicon.actors or is_of_actors(word) or is_named(stretch, start, head, end)


@lru_cache(grammar.KNOWN)
def is_of_actors(word: str) -> bool:
    """Whether a noun ends as those do that name an agency or a group of bodies."""
    if word.endswith(BODIES) and word not in BODIES:
        return True
    return word.endswith(ACTOR_ENDINGS) and not word.endswith("området")


def is_named(stretch: Stretch, start: int, head: int, end: int) -> bool:
    """Whether the head, or all of the phrase, is a name of the rulebook's actors."""
    names = stretch.lexicon.names
    if stretch.at(head) in FIELDS:
        return False
    if end == start + 1 and is_municipality(stretch, head):
        return True
    begin = stretch.spans[start][0]
    name = stretch.text[begin : stretch.spans[head][1]]
    return name in names or stretch.text[begin : stretch.spans[end - 1][1]] in names


def is_municipality(stretch: Stretch, place: int) -> bool:
    """Whether a word is what a municipality is called for short: ``Malmö`` for ``Malmö kommun``."""
    said, names = stretch.said[place], stretch.lexicon.names
    return said[:1].isupper() and (f"{said} kommun" in names or f"{said}s kommun" in names)


def is_whose(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase only says whose the money is: ``Sida``, ``Sidas verksamhet``."""
    start, end, _ = phrase
    return known_actor(stretch, start, stretch.head(start, end), end) or is_somebodys_work(stretch, phrase)


def is_somebodys_work(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase only says that somebody goes on working: ``Sidas verksamhet``."""
    work = next((at for at in range(phrase.start + 1, phrase.start + 4) if stretch.at(at) == "verksamhet"), 0)
    if not work or stretch.at(work + 1) in WORKS_ON and stretch.opens(work + 1):
        return False
    return " ".join(stretch.said[phrase.start : work]).removesuffix("s").removesuffix(":") in stretch.lexicon.names


def is_person(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase is somebody who pays or gets: never what the money is for."""
    head = stretch.head_word(phrase)
    if stretch.at(phrase.start) in PRONOUNS or is_of_people(head):
        return True
    if head in stretch.lexicon.people and "som" not in stretch.low[phrase.start : phrase.end]:
        return True
    before = stretch.low[phrase.start : phrase.end - 1]
    return bool(before) and any(map(is_office, before))  # "finansminister" and a name


@lru_cache(grammar.KNOWN)
def is_of_people(word: str) -> bool:
    """Whether a noun ends as those do that name somebody who pays or gets."""
    return word.endswith(PEOPLE)


@lru_cache(grammar.KNOWN)
def is_office(word: str) -> bool:
    """Whether a noun is somebody's office."""
    return word.endswith(OFFICES)


@once
def actor_ahead(stretch: Stretch, index: int) -> bool:
    """Whether the noun phrase at ``index`` names somebody who gets money rather than a purpose."""
    index = stretch.skip_light(index)
    return actor_like(stretch, index, trim(stretch, index, phrase_end(stretch, index)))


def named_to(stretch: Stretch, start: int) -> int:
    """Where the name that begins at ``start`` ends: ``Fonden för de minst utvecklade länderna``."""
    end = trim(stretch, start, phrase_end(stretch, start))
    while start < end < len(stretch.low) and stretch.inside_name(end):
        end += 1
    return end


def is_somebodys(stretch: Stretch, place: int) -> bool:
    """Whether the word is the genitive of somebody (``regionernas``, ``SKR:s``), not of a thing."""
    bare = stretch.at(place).removesuffix("s").removesuffix(":")
    name = stretch.said[place].removesuffix("s").removesuffix(":")
    if name in stretch.lexicon.names or bare in stretch.lexicon.actors:
        return True
    if bare in {"regering", "regeringen", "sverige"}:
        return True
    return bare.endswith(grammar.ACTOR_ENDINGS) or stretch.said[place][:2].isupper()
