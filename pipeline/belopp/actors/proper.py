"""Reads a proper name that stands in no list off its capitals, and tells persons from those who receive money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from belopp.actors.bodies import (
    AGENCY,
    NAME_ENDS,
    OPENING_ENDS,
    STATE_BODIES,
    STATES,
    ends_a_name,
    heads_a_name,
    is_of_place,
    is_office,
    is_one_body,
    is_owned,
    over_field,
    over_halves,
    owns,
)
from belopp.actors.passing import SKIPPED
from belopp.actors.phrase import NOT_ADJECTIVES, OPENERS, over_noun, spelled
from belopp.grammar import ARTICLES, CONJUNCTIONS, PREPOSITIONS, STOPS, is_finite
from belopp.rulebook import Actor
from belopp.sentences import Words
from belopp.transfers import GET, SPEND, done, told

GROUP: Final = "group"
NAME: Final = "name"  # a proper name that stands in no list
PERSON: Final = "person"
PLACE: Final = "place"  # only tables tell what it gets
NO_NAMES: Final = (
    OPENERS | NOT_ADJECTIVES | frozenset("förutom genom via åt vid hos mot mellan efter utöver årets fjolårets".split())
)
LINKS_IN_NAMES: Final = frozenset("of for and the in de för och i on to von af &".split())
APOSTROPHES: Final = ("’", "'")
OPENERS_OF_SENTENCES: Final = (".", ":", "–", "-", "•")
# Before one of these an unknown first word is whoever gives, unless it ends as nouns and adverbs of Swedish do.
DONATES: Final = told(*SPEND) | {"gav"}  # not "ger": "Normalt ger en seger"
DONATED: Final = done(*SPEND, "ge")
# Before one of these it is whoever builds what others order; before the others where the sentence tells of an order.
BUILDS: Final = told("vinna") | frozenset(
    "anlägger bygger levererar projekterar renoverar ritar rustar uppför utför".split()
)
IS_ORDERED_OF: Final = BUILDS | frozenset("byter fick får har mottar säkrar ska skriver tar tecknar tog".split())
ORDERED: Final = re.compile(
    r"\w*(?:kontrakt(?:et)?|order|ordern|ordrar|entreprenad(?:en)?|upphandling(?:en)?)|uppdraget|jobbet"
)
# Before these a name in -s is no genitive.
AFTER_NO_OWNER: Final = (
    LINKS_IN_NAMES | DONATES | PREPOSITIONS | frozenset("bidrar bygger fick får har med ska som till är".split())
)
ADJECTIVES: Final = ("ska", "ella", "liga")
# Before these a name of several words in -s is one: "Visit Alfas anslag", not "Reporters Without Borders stärker".
POSSESSED: Final = frozenset(
    """anslag ansökan appell arbete bidrag budget deltagande fond humanitära insatser kansli kontor medel
    medlemsorganisationer nationella projekt program regionala stöd styrelse förbundsstyrelse stämma årsmöte uppdrag
    verksamhet""".split()
)
# What stands before a person's name.
TITLES: Final = (
    "minister", "ministern", "säger", "skriver", "talesperson", "ordförande", "president", "direktör", "sekreterare",
    "kommissionär", "utredaren",
)  # fmt: skip
CALLINGS: Final = ("aren", "innan", "isten", "kvinnan", "mannen", "ären", "ören")  # "Entreprenören Anna Alfa"
# What else a sentence may open with before a name: "När Unicef", "Statsminister", "Organisationen Bris".
BEFORE_NAMES: Final = (
    PREPOSITIONS
    | CONJUNCTIONS
    | STOPS
    | ARTICLES
    | frozenset(
        """om när att därför nya också endast bara enbart inte dock däremot främst särskilt både varken antingen medan
        eftersom""".split()
    )
)
DEFINITE: Final = ("en", "et", "rna", "ministern", "minister", "r")
# "Stiftelsen Alfa får": of the definite forms before a name these belong to it.
OWN_BODIES: Final = ("banken", "fonden", "föreningen", "förbundet", "jouren", "klubben", "missionen", "stiftelsen")
# What only says of what kind the name after it is: "Byggbolaget Alfa".
KINDS: Final = ("organisationen", "bolaget", "företaget", "koncernen", "nätverket", "kedjan", "tidningen")
PARTS: Final = frozenset({"Sektor", "Verksamhetsområde"})  # of a municipality: "Sektor lärande"
BODIES: Final = frozenset(
    {"Länsförsäkringar", "Stiftelsen", "Föreningen", "Riksförbundet", "Förbundet", "Teater", "Familjen"}
)
# Before one of these and a sum it is whoever gets it, unless such a word or one of a few others.
GETS: Final = told(*GET, "motta") | frozenset(
    "tilldelas tilldelades beviljas beviljades disponerar ges tillförs".split()
)
# "Alfa kommer tvåa med 3 miljoner"
COMES: Final = frozenset({"blir", "blev", "hamnar", "hamnade", "kom", "kommer", "ligger", "är"})
RANKS: Final = frozenset({"etta", "störst", "trea", "tvåa"})
TO_SUM: Final = frozenset(
    """använda disponera rekvirera högst totalt sammanlagt ytterligare drygt knappt cirka ca omkring närmare nästan nära
    minst över mer upp en ett två tre fyra fem sex sju åtta nio tio""".split()
)
NO_GETTERS: Final = frozenset(
    """alla andra barn bägge båda dessa dessutom folk flera fler idag igår ikväll ingen inga i kultur mellan många
    musik nu några personal redan resten samma samtliga sedan sjukvård skola sport unga vilka vissa vård
    äldre""".split()
)
NOUN_ENDS: Final = (
    "ag", "an", "are", "ar", "dom", "en", "er", "erna", "et", "för", "het", "igt", "ing", "ion", "ligt", "na", "or",
    "skap", "som", "tid", "ut", "vis",
)  # fmt: skip
# Capitalised, but no names: compounds of an abbreviation ("EU-programmet") and common nouns at a title's beginning.
COMMON: Final = re.compile(
    r"""[A-ZÅÄÖ0-9]+-[a-zåäö]+ | \w+(?:baserad|relaterad)e?
    | \w+(?:lyftet|klivet|miljarden|programmet|satsningen|paketet|reformen|garantin|avtalet|kortet|lagen|projektet)s?
    | \w+(?:bidraget|anslaget)s?
    | (?:[KMT])?(?:SEK|EUR|USD|GBP|NOK|DKK)
    | (?i:bidrag|stöd|anslag|statsbidrag|medel|uppdrag|insatser|åtgärder|satsning|program|utveckling|strategi)
    | (?i:överenskommelse|\w*budget|\w*propositionen?) | Skapande | AI|BNP|BUP|Europa|JAS|SRHR""",
    re.VERBOSE,
)


class Named(NamedTuple):
    """An actor where a sentence names it: its words ``first`` to ``last`` (exclusive) and its name in base form."""

    first: int
    last: int
    name: str
    kind: str
    actor: Actor | None = None
    genitive: bool = False


def may_be_name(word: str) -> bool:
    """Whether a word can begin a proper name: it has a capital, and is no common noun or small word."""
    return word[0].isupper() and not COMMON.fullmatch(word) and word.casefold() not in NO_NAMES


def names_itself(said: Sequence[str], index: int) -> bool:
    """Whether a capital inside a sentence begins a name of several: ``Centrum för Icke-våld``, ``Center Alfa``."""
    if not index or said[index - 1] in OPENERS_OF_SENTENCES or not said[index][0].isupper():
        return False
    following = said[index + 1 : index + 3]
    at = 1 if following and following[0] in LINKS_IN_NAMES else 0
    return len(following) > at and following[at][0].isupper() and not following[at].isupper()


def unlisted(words: Words, index: int, *, anywhere: bool = False) -> Named | None:
    """A run of capitalised words inside a sentence, from one that may be a name: ``International Media Support``.

    At the beginning of a sentence only an abbreviation counts (``NRF får``), a run of three capitals, or what ends
    as names do (``Finlandsinstitutet``, ``Skärgårdarnas Riksförbund``).
    """
    said = words.said
    before = said[index - 1] if index else "."
    if before.isdigit() and index > 1 and said[index - 2].casefold() == "utgiftsområde":
        return None  # "utgiftsområde 8 Migration"
    if said[index] in PARTS and said[index + 1 : index + 2] and said[index + 1][0].islower():
        last = over_noun(said, index)
        last = next((at for at in range(index + 2, last) if is_finite(said[at])), last)
        return Named(index, last, spelled(said[index:last], words.spans[index:last]), NAME)
    opening = before in OPENERS_OF_SENTENCES
    if opening and said[index].endswith(KINDS) and said[index + 1 : index + 2] and said[index + 1][0].isupper():
        return None  # "Byggbolaget Alfa Beta": what kind of body the name is of
    if opening and not anywhere and not _opens_as_name(said, index):
        return None
    last = _run(said, index)
    if (
        index == 1
        and _opens_a_name(said[0])
        and said[last : last + 1]
        and (said[last][0].islower() or said[last] == ",")
    ):
        index = 0
    end, genitive = said[last - 1], False
    if end.endswith("s") and last < len(said) and said[last][0].islower() and len(end) > 3:
        own = end[0].isupper() or owns(end) or said[last] in POSSESSED  # not "Åby barnsjukhus har"
        genitive = end.endswith(":s") or own and said[last] not in AFTER_NO_OWNER
    if genitive and (last - index == 1 or owns(end) or said[last] in POSSESSED) or end.endswith(":s"):
        end = end[:-2] if end.endswith(":s") else end[:-1]
    name = end if last - index == 1 else spelled([*said[index : last - 1], end], words.spans[index:last])
    if said[index] == STATES or last == over_halves(said, index) and is_office(name):
        return Named(index, last, name, AGENCY, Actor(name, AGENCY), genitive)
    kind = PERSON if last - index > 1 and before.casefold().endswith(TITLES) else NAME
    if last - index > 1 and before[0].islower() and before.endswith(CALLINGS) and kind == NAME:
        return Named(index - 1, last, name, kind, None, genitive)  # "till dansaren Anna Alfa"
    return Named(index, last, name, kind, None, genitive)


def _run(said: Sequence[str], index: int) -> int:
    """Where the run of capitalised words that begins at a word ends."""
    last = over_halves(said, index)
    while last < len(said):
        text = said[last]
        if text[0].isupper() or text[1:2] in APOSTROPHES and text[2:3].isupper():  # "Bocuse d’Or"
            last += 1
        elif text in LINKS_IN_NAMES and last + 1 < len(said) and said[last + 1][0].isupper():
            if text == "och" and _are_several(said, index, last):
                break
            last += 2
        elif said[last : last + 2] == ["in", "the"] and last + 2 < len(said) and said[last + 2][0].isupper():
            last += 3
        elif _goes_on(said, index, last) and ends_a_name(said[index], text) or is_owned(said, last):
            last += 1
        else:
            break
    return over_field(said, last)


def _are_several(said: Sequence[str], index: int, joint: int) -> bool:
    """Whether ``och`` joins two names.

    ``Läsverket och Vårdverket``, ``Svenska Alfa och Danish Council``, ``Röda Korset, Alfa och Beta``
    """
    long = joint - index > 1 and joint + 2 < len(said) and said[joint + 2][0].isupper()
    return (
        long
        or said[joint - 1][0].islower()  # "Åby ridklubb och Läxö ridklubb"
        or is_one_body(said[index])
        or said[joint - 1].endswith(OPENING_ENDS)
        or index > 0
        and said[index - 1] == ","
    )


def _goes_on(said: Sequence[str], index: int, last: int) -> bool:
    """Whether a name may go on in small letters, after a word or an adjective: ``Stiftelsen Svenska läsmuseet``."""
    return last == index + 1 or last == index + 2 and said[last - 1].endswith(ADJECTIVES)


def _opens_a_name(word: str) -> bool:
    """Whether a sentence's first word belongs to the name after it: before a name only few other words can stand.

    Swedish has its verb second, so what stands before a name there is no adverb: ``Global Utmaning har``.
    """
    if not may_be_name(word) or word.casefold() in BEFORE_NAMES:
        return False
    return word in BODIES or word.endswith(OWN_BODIES) or not word.endswith(DEFINITE)


def _gets_of_its_own(said: Sequence[str], index: int) -> bool:
    """Whether an unknown word before such a verb and a sum is a name, no noun of Swedish: ``Alfa får 3 miljoner``."""
    word, after = said[index], said[index + 1 : index + 3]
    gets = len(after) == 2 and (
        after[0] in GETS and (after[1][0].isdigit() or after[1] in TO_SUM) or after[0] in COMES and after[1] in RANKS
    )
    key = word.casefold()
    return gets and len(word) > 3 and key not in NO_GETTERS | TO_SUM and not key.endswith(NOUN_ENDS)


def _goes_on_small(said: Sequence[str], index: int) -> bool:
    """Whether the first word of a sentence begins a name that goes on in small letters: ``Svenska läsfonden``."""
    word, after = said[index], said[index + 1 : index + 2]
    if not after or not after[0][0].islower():
        return False
    key = after[0].removesuffix("s")
    if word.endswith("nas"):  # "Staternas råd"
        return key.endswith(STATE_BODIES)
    return word.endswith(ADJECTIVES) and key.endswith(OPENING_ENDS)


def _gives_of_its_own(said: Sequence[str], index: int) -> bool:
    """Whether an unknown word before such a verb is a name, and no noun of Swedish: ``Alfa donerar``."""
    word, after = said[index], said[index + 1 : index + 3]
    gives = after[:1] and (after[0] in DONATES or after[0] == "har" and after[1:] and after[1] in DONATED)
    key = word.casefold()
    return bool(gives) and len(word) > 3 and key not in BEFORE_NAMES | SKIPPED and not key.endswith(NOUN_ENDS)


def _builds_of_its_own(said: Sequence[str], index: int) -> bool:
    """Whether an unknown word before such a verb is a company: ``Alfa bygger``, ``Alfa har fått en order``."""
    word, after = said[index], said[index + 1 : index + 2]
    if not after or after[0] not in IS_ORDERED_OF:
        return False
    key = word.casefold()
    if key in BEFORE_NAMES | NO_GETTERS | SKIPPED or key.endswith(NOUN_ENDS) or len(word) < 4 and not word.isupper():
        return False
    return after[0] in BUILDS or any(map(ORDERED.fullmatch, said[index + 2 : index + 10]))


def _opens_as_name(said: Sequence[str], index: int) -> bool:
    word = said[index]
    if word.isupper() and 2 < len(word) < 7:
        return True
    following = said[index + 1 : index + 3]
    if following and following[0][0].isupper() and word.casefold() not in BEFORE_NAMES:
        if len(following) == 2 and (following[1][0].isupper() or is_owned(said, index + 2)):
            return not word.endswith(CALLINGS)
        if following[0].casefold().endswith(NAME_ENDS) and not word.casefold().endswith("myndigheten"):
            return True  # "Svenska Läxfonden", not "Myndigheten Läxverket"
    if following[:1] == ["&"]:  # "Alfa & Beta"
        return True
    own = _gives_of_its_own, _gets_of_its_own, _builds_of_its_own, _goes_on_small
    if any(is_name(said, index) for is_name in own):
        return True
    if following and is_of_place(word, following[0]) and word.casefold() not in BEFORE_NAMES:
        return True
    if heads_a_name(said, index) or over_halves(said, index) > index + 1:
        return True
    return is_one_body(word)
