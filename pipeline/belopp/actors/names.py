"""Recognises the actors that a sentence names: those of ``rules/actors.csv``, groups, and unlisted proper names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from belopp.rulebook import Actor, Rulebook
from belopp.sentences import Word, words

GROUP: Final = "group"
NAME: Final = "name"  # a proper name that stands in no list
COLLECTIVES: Final = ("region", "municipality")
# Words that open a group's noun phrase without belonging to its base form: "landets kommuner", "de tio högskolorna".
OPENERS: Final = frozenset(
    "den det de dem en ett landets sveriges några vissa flera alla samtliga övriga andra olika många respektive"
    " sina våra"
    " dessa denna detta båda ytterligare fler bland både enskilda berörda aktuella utvalda så kallade".split()
)
NOT_ADJECTIVES: Final = frozenset(
    "och samt eller att ska skall kan bör vill får till för från med på i av om under ha hade har varje åtta sina våra"
    " stora små bidra ge alla bara inga igenom inte egna extra totala".split()
)
NO_NAMES: Final = OPENERS | NOT_ADJECTIVES | frozenset("genom via åt vid hos mot mellan efter utöver".split())
MODALS: Final = frozenset("att ska skall kan kunna bör vill får skulle kommer".split())
LINKS_IN_NAMES: Final = frozenset("of for and the de för och i on to von af".split())


SOFT: Final = "\u00ad"  # the soft hyphen of "Kriminal\u00advården"


class Named(NamedTuple):
    """An actor where a sentence names it: its words ``first`` to ``last`` (exclusive) and its name in base form."""

    first: int
    last: int
    name: str
    kind: str
    actor: Actor | None = None
    genitive: bool = False


class Recogniser:
    """The names of a rulebook, looked up by their first word."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Actor, str]]] = {}
        self.groups: dict[str, tuple[Actor, bool]] = {}
        self.endings: dict[str, Actor] = {}
        for actor in actors:
            for name in (actor.canonical, *actor.variants):
                if name.startswith("*"):
                    self.endings[name[1:].casefold()] = actor
                elif actor.kind == GROUP:
                    self.groups[name.casefold()] = (actor, name == actor.canonical)
                else:
                    parts = tuple(word.text for word in words(name))
                    self.by_first.setdefault(parts[0].casefold(), []).append((parts, actor, name))
        for names in self.by_first.values():
            names.sort(key=lambda entry: -len(entry[0]))
        self.places = frozenset(place for actor in actors for place in places_of(actor))
        heads = [*self.groups, *self.endings]
        self.tails = frozenset(form[-3:] for ending in heads for form in (ending, f"{ending}s"))
        self.openings = frozenset(
            form for first in self.by_first for form in (first, f"{first}s", f"{first}:s", f"{first}’s", f"{first}'s")
        )
        self.shortest = min(map(len, self.endings), default=99)

    def find(self, tokens: Sequence[Word]) -> list[Named]:
        """Every actor among a sentence's words, left to right, never overlapping."""
        if any(SOFT in token.text for token in tokens):
            tokens = [token._replace(text=token.text.replace(SOFT, "") or "-") for token in tokens]
        found: list[Named] = []
        index = 0
        while index < len(tokens):
            text = tokens[index].text
            key = text.casefold()
            named = None
            if key in self.openings:
                named = self.longer(tokens, index) or self.listed(tokens, index)
            if named is None and key[-3:] in self.tails:
                named = self.group(tokens, index)
            if named is None and text[0].isupper():
                named = unlisted(tokens, index)
            if named:
                while found and found[-1].last > named.first:  # a group's adjectives reach back over a weaker reading
                    found.pop()
                found.append(named)
            index = named.last if named else index + 1
        return found

    def longer(self, tokens: Sequence[Word], index: int) -> Named | None:
        """A proper name that only begins with a country's: ``Gaza Community Mental Health``."""
        if index + 1 < len(tokens) and tokens[index + 1].text[0].isupper() and not tokens[index + 1].text.isupper():
            first = self.listed(tokens, index)
            if first and first.kind == "country" and first.last == index + 1 and not first.genitive:
                return unlisted(tokens, index, anywhere=True)
        return None

    def listed(self, tokens: Sequence[Word], index: int) -> Named | None:
        """The longest listed name that begins at a word."""
        for key, genitive in base_forms(tokens[index].text):
            for parts, actor, _name in self.by_first.get(key.casefold(), ()):
                if len(parts) == 1:
                    if same_word(parts[0], key):
                        return self._named(tokens, index, index + 1, key, actor, genitive)
                elif not genitive and (fit := _fits(parts, tokens, index)) is not None:
                    return self._named(tokens, index, index + len(parts), "", actor, fit)
        return None

    def _named(self, tokens: Sequence[Word], first: int, last: int, name: str, actor: Actor, genitive: bool) -> Named:
        if not name:
            ending = next(base for base, owned in base_forms(tokens[last - 1].text) if owned == genitive)
            name = spelled((*tokens[first : last - 1], tokens[last - 1]._replace(text=ending)))
            name = next((name[len(word) :] for word in LEADING if name.startswith(word)), name)
        if actor.kind in COLLECTIVES and actor.canonical in ("regionerna", "kommunerna"):
            first = _reach_back(tokens, first)
        return Named(first, last, name, actor.kind, actor, genitive)

    def group(self, tokens: Sequence[Word], index: int) -> Named | None:
        """A noun phrase whose head is a kind of recipient: ``elintensiva företag``, ``glesbygdskommuner``."""
        word = tokens[index].text
        if len(word) < 4:
            return None
        for base, genitive in base_forms(word):
            head = self._head(base)
            if head is None:
                continue
            actor, canonical = head
            if actor.kind != GROUP:  # "*kommuner" folds into kommunerna
                return Named(_reach_back(tokens, index), index + 1, actor.canonical, actor.kind, actor, genitive)
            first = _reach_back(tokens, index)
            last = index + 1 if genitive else _reach_on(tokens, index + 1, base)
            before = [token for token in tokens[first:index] if token.text.casefold() not in OPENERS]
            own = (*before, tokens[index]._replace(text=canonical or base), *tokens[index + 1 : last])
            return Named(first, last, lowered(spelled(own)), GROUP, actor, genitive)
        return None

    def _head(self, word: str) -> tuple[Actor, str] | None:
        key = word.casefold()
        if key in self.groups:
            actor, same = self.groups[key]
            return actor, "" if same else actor.canonical
        if key[-3:] not in self.tails:
            return None
        for cut in range(len(key) - self.shortest + 1):
            if key[cut:] in self.endings:
                return self.endings[key[cut:]], ""
        return None


@cache
def recogniser(book: Rulebook) -> Recogniser:
    """The recogniser of a rulebook, made once."""
    return Recogniser(book.actors)


LEADING: Final = ("de ", "den ", "det ", "landets ", "De ", "Den ", "Det ", "Landets ")


def places_of(actor: Actor) -> Iterator[str]:
    """The bare place names that a table may call a region, county or municipality by.

    >>> list(places_of(Actor("Dalarnas län", "county")))
    ['dalarnas', 'dalarna', 'dalarnas län']
    """
    name = actor.canonical.casefold()
    if actor.kind in ("county", *COLLECTIVES):
        place = name.removeprefix("region ").removesuffix(" län").removesuffix(" kommun").removesuffix("sregionen")
        yield place
        yield place.removesuffix("s")
        yield name


def base_forms(word: str) -> Iterator[tuple[str, bool]]:
    """A word as it stands, then without a genitive ending.

    >>> list(base_forms("SKR:s"))
    [('SKR:s', False), ('SKR', True)]
    """
    yield word, False
    if word.endswith((":s", "’s", "'s")):
        yield word[:-2], True
    elif word.endswith("s"):
        yield word[:-1], True


def same_word(listed: str, word: str) -> bool:
    """Whether a word of the text is a listed name: capitals must be there, and of an abbreviation all of them."""
    if listed.isupper() and len(listed) < 7:
        return word == listed
    return word.casefold() == listed.casefold() and (word[0].isupper() or not listed[0].isupper())


def _fits(parts: tuple[str, ...], tokens: Sequence[Word], index: int) -> bool | None:
    """Whether several words are a listed name: ``False`` as it stands, ``True`` in the genitive, else ``None``."""
    if index + len(parts) > len(tokens) or not (tokens[index].text[0].isupper() or parts[0][0].islower()):
        return None
    middle = zip(parts[:-1], tokens[index : index + len(parts) - 1], strict=True)
    if any(part.casefold() != token.text.casefold() for part, token in middle):
        return None
    for base, genitive in base_forms(tokens[index + len(parts) - 1].text):
        if base.casefold() == parts[-1].casefold():
            return genitive
    return None


def _reach_back(tokens: Sequence[Word], head: int) -> int:
    """Where the noun phrase of a head begins: over its adjectives, ``kvinno- och``, and its openers."""
    first = head
    while first:
        word = tokens[first - 1].text
        low = word.casefold()
        if first >= 3 and low in ("och", "samt") and tokens[first - 2].text == "-":  # "kvinno- och tjejjourer"
            first -= 3
        elif low in OPENERS or _is_count(word) or _is_adjective(tokens, first - 1):
            first -= 1
        else:
            break
    return first


def _is_adjective(tokens: Sequence[Word], index: int) -> bool:
    word = tokens[index].text
    if not word[0].islower() and index or word.casefold() in NOT_ADJECTIVES or len(word) < 4 or not word[0].isalpha():
        return False
    if index and tokens[index - 1].text.casefold() in MODALS:  # "att stärka kommuner": an infinitive
        return False
    return word.endswith(
        ("ga", "ka", "va", "na", "ra", "sa", "ade", "ande", "ende", "ella", "ala", "ella", "ta", "da", "la")
    )


def _is_count(word: str) -> bool:
    return word.isdigit() and len(word) < 4 or word.casefold() in COUNTS


COUNTS: Final = frozenset("två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split())


def _reach_on(tokens: Sequence[Word], last: int, head: str) -> int:
    """Where the noun phrase ends: ``organisationer inom civilsamhället``, ``företag i samma koncern``."""
    openers = (
        ("inom", "i", "för")
        if head.casefold().endswith(("centrum", "centra", "strukturen", "strukturerna"))
        else ("inom", "i")
    )
    openers = (*openers, "om") if head.casefold().endswith("programmet") else openers
    if last + 1 >= len(tokens) or tokens[last].text not in openers:
        return last
    if tokens[last].text == "i" and tokens[last + 1].text.casefold() in (
        "syfte",
        "att",
        "form",
        "enlighet",
        "år",
        "deras",
        "det",
        "arbetet",
    ):
        return last
    stop = last + 1
    while stop < len(tokens) and stop - last < 5:
        word = tokens[stop].text
        if word == "-" and stop + 2 < len(tokens) and tokens[stop + 1].text == "och":  # "inom hälso- och sjukvården"
            stop += 3
            continue
        if not word[0].isalpha() or word.casefold() in STOPS or word.endswith(("des", "as", "ats")):
            break
        stop += 1
    return stop if stop > last + 1 else last


STOPS: Final = frozenset(
    "som för att med och samt till på av under från i inom ska kan får kommer vilket är har tilldelas tillförs ges"
    " fördelas avsätts via genom utifrån enligt mot höjs ökas ökar förstärks minskar minskas bör föreslås om".split()
)


# What a proper name goes on with in small letters: "Norra sjukvårdsregionförbundet", "Svenska hjälpfonden".
NAME_ENDS: Final = tuple(
    "förbundet stiftelsen kliniken institutet institut centrum center föreningen fonden rådet nämnden verket kommittén"
    " universitet universitetet högskola högskolan skolan museet museum akademin akademien sällskapet bolaget byrån"
    " styrelsen registret hjälpen samfundet delegationen inspektionen banken teatern teater myndigheten nätverket"
    " universitetssjukhus universitetssjukhuset kyrkan unionen federationen alliansen arkivet biblioteket".split()
)
# Capitalised, but no names: compounds of an abbreviation ("EU-programmet") and common nouns at a title's beginning.
COMPOUND: Final = re.compile(
    r"""[A-ZÅÄÖ0-9]+-[a-zåäö]+ | \w+(?:baserad|relaterad)e?
    | \w+(?:lyftet|klivet|miljarden|programmet|satsningen|paketet|reformen|garantin|avtalet|kortet|lagen|projektet)
    | (?i:bidrag|stöd|anslag|statsbidrag|medel|insatser|åtgärder|satsning|program|utveckling|strategi|överenskommelse)
    | (?i:\w*budget|\w*propositionen?)""",
    re.VERBOSE,
)


def unlisted(tokens: Sequence[Word], index: int, *, anywhere: bool = False) -> Named | None:
    """A run of capitalised words inside a sentence: ``International Media Support``.

    At the beginning of a sentence only an abbreviation counts (``NRF får``), or a run of three capitals.
    """
    word = tokens[index].text
    if not word[0].isupper() or COMPOUND.fullmatch(word) or word.casefold() in NO_NAMES:
        return None
    opening = not index or tokens[index - 1].text in (".", ":", "–", "-", "•")
    if opening and not anywhere and not (word.isupper() and 2 < len(word) < 7 or _all_capitals(tokens, index)):
        return None
    last = index + 1
    while last < len(tokens):
        text = tokens[last].text
        if text[0].isupper():
            last += 1
        elif text in LINKS_IN_NAMES and last + 1 < len(tokens) and tokens[last + 1].text[0].isupper():
            last += 2
        elif text.endswith(NAME_ENDS) and last == index + 1:
            last += 1
        else:
            break
    end, genitive = tokens[last - 1].text, False
    if end.endswith((":s", "s")) and last < len(tokens) and tokens[last].text[0].islower() and len(end) > 3:
        genitive = end.endswith(":s") or tokens[last].text not in LINKS_IN_NAMES | {"som", "ska", "till", "med"}
    if genitive and last - index == 1 or end.endswith(":s"):
        end = end[:-2] if end.endswith(":s") else end[:-1]
    return Named(
        index, last, spelled((*tokens[index : last - 1], tokens[last - 1]._replace(text=end))), NAME, None, genitive
    )


def _all_capitals(tokens: Sequence[Word], index: int) -> bool:
    return len(tokens) > index + 2 and all(token.text[0].isupper() for token in tokens[index : index + 3])


def spelled(tokens: Sequence[Word]) -> str:
    """Words joined as they stood, with one space where the text had white space."""
    parts = [tokens[0].text]
    for before, token in itertools.pairwise(tokens):
        parts.append(token.text if token.start == before.end else f" {token.text}")
    return "".join(parts)


def lowered(phrase: str) -> str:
    """A phrase without the capital of its sentence's beginning."""
    return phrase[0].lower() + phrase[1:] if phrase[1:2].islower() else phrase
