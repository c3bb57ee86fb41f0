"""Recognises the actors that a sentence names: those of ``rules/actors.csv``, groups, and unlisted proper names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from belopp.actors.phrase import base_of, is_owner, lowered, reach_back, reach_on, spelled
from belopp.actors.proper import GROUP, Named, unlisted
from belopp.rulebook import Actor, Rulebook
from belopp.sentences import Word, words

COLLECTIVES: Final = ("region", "municipality")
HINTS: Final = 20_000  # words whose hints are kept
SOFT: Final = "\u00ad"  # the soft hyphen of "Kriminal\u00advården"


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
        self.hint = lru_cache(HINTS)(self._look)
        self.shortest = min(map(len, self.endings), default=99)

    def find(self, tokens: Sequence[Word]) -> list[Named]:
        """Every actor among a sentence's words, left to right, never overlapping."""
        found: list[Named] = []
        index = 0
        while index < len(tokens):
            hint = self.hint(tokens[index].text)
            if not hint:
                index += 1
                continue
            named = None
            if "o" in hint:
                named = self.longer(tokens, index) or self.counties(tokens, index) or self.listed(tokens, index)
            if named is None and "t" in hint:
                named = self.group(tokens, index)
            if named is None and "u" in hint:
                named = unlisted(tokens, index)
            if named:
                while found and found[-1].last > named.first:  # a group's adjectives reach back over a weaker reading
                    found.pop()
                found.append(named)
            index = named.last if named else index + 1
        return found

    def _look(self, word: str) -> str:
        """What a word can begin: ``o`` a listed name, ``t`` (by its tail) a group, ``u`` an unlisted name."""
        key = word.casefold()
        return "".join(
            letter
            for letter, fits in (
                ("o", key in self.openings),
                ("t", key[-3:] in self.tails),
                ("u", word[0].isupper()),
            )
            if fits
        )

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
        if actor.kind in ("organisation", "agency") and (longer := _with_form(tokens, last)) > last:
            last, name, genitive = longer, spelled(tokens[first:longer]), False
        if actor.kind in COLLECTIVES and actor.canonical in ("regionerna", "kommunerna"):
            first = reach_back(tokens, first)
        return Named(first, last, name, actor.kind, actor, genitive)

    def counties(self, tokens: Sequence[Word], index: int) -> Named | None:
        """``Länsstyrelserna i Kalmar och Kronobergs län``: the boards of those counties, joined by a bar."""
        if [token.text.casefold() for token in tokens[index : index + 2]] != ["länsstyrelserna", "i"]:
            return None
        ends = [at for at in range(index + 2, min(index + 40, len(tokens))) if tokens[at].text in ("län", "läns")]
        if not ends:
            return None
        parts: list[list[Word]] = [[]]
        for token in tokens[index + 2 : ends[0]]:
            if token.text in (",", "och", "samt"):
                parts.append([])
            else:
                parts[-1].append(token)
        names = [f"Länsstyrelsen i {spelled(part)} län" for part in parts if part]
        listed = [actor for name in names for _, actor, own in self.by_first["länsstyrelsen"] if own == name]
        return Named(index, ends[0] + 1, "|".join(names), "agency", listed[0]) if len(listed) == len(names) else None

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
                return Named(reach_back(tokens, index), index + 1, actor.canonical, actor.kind, actor, genitive)
            first = reach_back(tokens, index)
            last = index + 1 if genitive else reach_on(tokens, index + 1, base)
            noun = tokens[index]._replace(text=canonical or base)
            if last == index + 1 and base.casefold().endswith("fond"):  # "en fond" alone is nobody's name
                continue
            own = (*base_of(tokens[first:index]), noun, *tokens[index + 1 : last])
            name = spelled(own) if is_owner(own[0].text) and len(own) > 1 else lowered(spelled(own))
            return Named(first, last, name, GROUP, actor, genitive)
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


def as_said(tokens: list[Word]) -> list[Word]:
    """The words without their soft hyphens: ``upp\u00addraget`` is read as it is said."""
    if any(SOFT in token.text for token in tokens):
        return [token._replace(text=token.text.replace(SOFT, "") or "-") for token in tokens]
    return tokens


@cache
def recogniser(book: Rulebook) -> Recogniser:
    """The recogniser of a rulebook, made once."""
    return Recogniser(book.actors)


LEADING: Final = ("de ", "den ", "det ", "landets ", "De ", "Den ", "Det ", "Landets ")


def _with_form(tokens: Sequence[Word], last: int) -> int:
    """Where a listed name ends when a company's form follows it: ``SOS Alarm Sverige AB``."""
    for stop in range(last, min(last + 2, len(tokens))):
        if tokens[stop].text in ("AB", "Aktiebolag"):
            return stop + 1
        if not tokens[stop].text[0].isupper():
            break
    return last


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


def _same_folded(part: str, token: Word) -> bool:
    return len(part) == len(token.text) and part.casefold() == token.text.casefold()


def _fits(parts: tuple[str, ...], tokens: Sequence[Word], index: int) -> bool | None:
    """Whether several words are a listed name: ``False`` as it stands, ``True`` in the genitive, else ``None``."""
    if index + len(parts) > len(tokens) or not (tokens[index].text[0].isupper() or parts[0][0].islower()):
        return None
    for offset in range(len(parts) - 2, -1, -1):  # names differ at their ends: "Myndigheten för ..."
        if parts[offset] != tokens[index + offset].text and not _same_folded(parts[offset], tokens[index + offset]):
            return None
    for base, genitive in base_forms(tokens[index + len(parts) - 1].text):
        if base.casefold() == parts[-1].casefold():
            return genitive
    return None
