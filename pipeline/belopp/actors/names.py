"""Recognises the actors that a sentence names: those of ``rules/actors.csv``, groups, and unlisted proper names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from belopp.actors.bodies import begins_a_name, is_office, is_one_body, local_name
from belopp.actors.phrase import OWNED, base_begins, is_owner, lowered, reach_back, reach_on, spelled
from belopp.actors.proper import GROUP, PLACE, Named, may_be_name, names_itself, unlisted
from belopp.actors.variants import base_forms, fits_rest, genitives, same_word, with_form
from belopp.rulebook import Actor, Rulebook
from belopp.sentences import Words, words

# "*kommuner" is a word that ends so, "-klubben" a compound alone: "klubben" stands for one named before.
COMPOUND: Final = "-"
ENDING: Final = ("*", COMPOUND)
COLLECTIVES: Final = ("region", "municipality")
OF_THE_STATE: Final = ("agency", "state")
COLLECTIVE_NAMES: Final = ("regionerna", "kommunerna", "kommunerna|regionerna")
HINTS: Final = 20_000  # words whose hints are kept


class Listed(NamedTuple):
    """A listed name that a word begins, or is: the words after it in small letters, and the word in base form."""

    rest: tuple[str, ...]
    actor: Actor
    base: str
    genitive: bool


class Head(NamedTuple):
    """A group that a word is, or ends in: its canonical name where the word is a variant, the word in base form."""

    actor: Actor
    canonical: str
    base: str
    genitive: bool


class Opening(NamedTuple):
    """What a word can begin: listed names in the order of their weight, a group by its head, a name by its capital."""

    listed: tuple[Listed, ...]
    heads: tuple[Head, ...]
    capital: bool
    counties: bool


NOTHING: Final = Opening((), (), False, False)


class Recogniser:
    """The names of a rulebook, looked up by their first word."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Actor, str]]] = {}
        self.groups: dict[str, tuple[Actor, bool]] = {}
        endings: dict[str, tuple[Actor, str]] = {}
        for actor in actors:
            for name in (actor.canonical, *actor.variants):
                if name.startswith(ENDING):
                    endings[name[1:].casefold()] = actor, name
                elif actor.kind == GROUP:
                    self.groups[name.casefold()] = (actor, name == actor.canonical)
                else:
                    parts = tuple(words(name).said)
                    self.by_first.setdefault(parts[0].casefold(), []).append((parts, actor, name))
        for names in self.by_first.values():
            names.sort(key=lambda entry: -len(entry[0]))
        self.places = frozenset(place for actor in actors for place in places_of(actor))
        self.towns = {
            town: actor
            for actor in actors
            if actor.kind == "municipality"
            for place in [actor.canonical.removesuffix(" kommun")]
            for town in (place, place.removesuffix("s"))
        }
        self.counties_of = {
            county: actor.canonical
            for actor in actors
            if actor.kind == "region" and actor.canonical.startswith("Region ")
            for place in [actor.canonical.removeprefix("Region ")]
            for county in (place, place.removesuffix(" län"), f"{place}s län")
        }
        self.openings = genitives(self.by_first)
        last = {parts[-1].casefold() for names in self.by_first.values() for parts, _, _ in names}
        self.closings = genitives(last | {"ab", "aktiebolag", "län"})
        heads = [*self.groups, *endings]
        self.tails = frozenset(form[-3:] for ending in heads for form in (ending, f"{ending}s"))
        self.opening = lru_cache(HINTS)(self.read_opening)
        # by their last three letters, the longest first, and what the word alone may not be
        self.endings: dict[str, list[tuple[str, Actor, str]]] = {}
        for ending in sorted(endings, key=len, reverse=True):
            actor, name = endings[ending]
            alone = ending if name.startswith(COMPOUND) else ""
            self.endings.setdefault(ending[-3:], []).append((ending, actor, alone))

    def find(self, tokens: Words, openings: Iterable[tuple[int, Opening]] | None = None) -> list[Named]:
        """Every actor among a sentence's words, left to right, never overlapping.

        ``openings`` says what the words can begin, as far as they can begin anything, where that is known already.
        """
        found: list[Named] = []
        free = 0
        for index, opening in enumerate(map(self.opening, tokens.said)) if openings is None else openings:
            if opening is NOTHING or index < free:
                continue
            named = self._longest(tokens, index, opening) if opening.listed or opening.counties else None
            if named is None and opening.heads:
                named = self.group(tokens, index, opening)
            if named is None and opening.capital and (local := local_name(tokens.said, index)):
                last, actor = index + local.words, Actor(local.name, local.kind)
                named = Named(index, last, local.name, local.kind, actor, local.genitive)
            if named is None and opening.capital:
                named = self._beside_listed(tokens, unlisted(tokens, index))
            if named:
                while found and found[-1].last > named.first:  # a group's adjectives reach back over a weaker reading
                    found.pop()
                found.append(named)
                free = named.last
        return found

    def _beside_listed(self, tokens: Words, named: Named | None) -> Named | None:
        """An unlisted name without the listed one beside it: ``Alfa`` of ``Alfa och Skolverket``, ``Alfa i Gaza``."""
        said, spans = tokens
        if named is None:
            return None
        for joint in range(named.first + 1, named.last - 1):
            if said[joint] not in ("och", "i"):
                continue
            other = self.listed(tokens, joint + 1, self.opening(said[joint + 1]))
            if other is not None and (said[joint] == "och" or other.kind == "country"):
                return unlisted(Words(said[:joint], spans[:joint]), named.first, anywhere=True)
        return named

    def read_opening(self, word: str) -> Opening:
        """What a word can begin."""
        key = word.casefold()
        listed = tuple(self._listed_with(word)) if key in self.openings else ()
        heads = tuple(self._heads_in(word)) if len(word) > 3 and key[-3:] in self.tails else ()
        counties = key == "länsstyrelserna" and key in self.by_first
        capital = may_be_name(word)
        return Opening(listed, heads, capital, counties) if listed or heads or capital or counties else NOTHING

    def may_end(self, word: str) -> bool:
        """Whether the name of an actor, listed or an agency by its ending, can end with a word."""
        return word.casefold() in self.closings or bool(self.opening(word).heads) or is_office(word)

    def _listed_with(self, word: str) -> Iterator[Listed]:
        """The listed names that can begin with a word, up to the first that is the word alone."""
        for key, genitive in base_forms(word):
            for parts, actor, _name in self.by_first.get(key.casefold(), ()):
                if len(parts) == 1:
                    if same_word(parts[0], key):
                        yield Listed((), actor, key, genitive)
                        return
                elif not genitive and (word[0].isupper() or parts[0][0].islower()):
                    yield Listed(tuple(part.casefold() for part in parts[1:]), actor, key, False)

    def _heads_in(self, word: str) -> Iterator[Head]:
        for base, genitive in base_forms(word):
            if head := self._head(base):
                yield Head(*head, base, genitive)

    def _longest(self, tokens: Words, index: int, opening: Opening) -> Named | None:
        """The longest listed name that begins at a word, or the longer proper name that only begins with such a one.

        ``Gaza Community Mental Health``, ``Statens läsråd``
        """
        named = self.listed(tokens, index, opening)
        if named and named.kind == "country" and named.last == index + 1 < len(tokens.said) and not named.genitive:
            after = tokens.said[index + 1]
            if after[0].isupper() and not after.isupper() and opening.capital:
                return unlisted(tokens, index, anywhere=True) or named
        if named and begins_a_name(tokens.said, index) and named.last == index + 1:
            return unlisted(tokens, index, anywhere=True)
        return opening.counties and self.counties(tokens, index) or named

    def listed(self, tokens: Words, index: int, opening: Opening) -> Named | None:
        """The longest listed name that begins at a word."""
        said = tokens.said
        following: list[str] = []
        for rest, actor, base, genitive in opening.listed:
            if not rest:
                return self._named(tokens, index, index + 1, base, actor, genitive)
            last = index + 1 + len(rest)
            if last > len(said):
                continue
            if not following:
                following = list(map(str.casefold, said[index + 1 : last]))
            if following[0].startswith(rest[0]) and (fit := fits_rest(rest, following, said[last - 1])) is not None:
                return self._named(tokens, index, last, "", actor, fit)
        return None

    def _named(self, tokens: Words, first: int, last: int, name: str, actor: Actor, genitive: bool) -> Named:
        said, spans = tokens
        if not name:
            ending = next(base for base, owned in base_forms(said[last - 1]) if owned == genitive)
            name = spelled([*said[first : last - 1], ending], spans[first:last])
            name = next((name[len(word) :] for word in LEADING if name.startswith(word)), name)
        if actor.kind in ("organisation", "agency") and (longer := with_form(said, last)) > last:
            last, name, genitive = longer, spelled(said[first:longer], spans[first:longer]), False
        if said[first].islower() or actor.kind in COLLECTIVES and actor.canonical in COLLECTIVE_NAMES:
            first = reach_back(said, first)  # "samtliga länsstyrelser", "ett urval universitet och högskolor"
        return Named(first, last, name, actor.kind, actor, genitive)

    def counties(self, tokens: Words, index: int) -> Named | None:
        """``Länsstyrelserna i Kalmar och Kronobergs län``: the boards of those counties, joined by a bar."""
        said, spans = tokens
        if list(map(str.casefold, said[index : index + 2])) != ["länsstyrelserna", "i"]:
            return None
        ends = [at for at in range(index + 2, min(index + 40, len(said))) if said[at] in ("län", "läns")]
        if not ends:
            return None
        joints = [at for at in range(index + 2, ends[0]) if said[at] in (",", "och", "samt")]
        parts = zip([index + 2, *(at + 1 for at in joints)], [*joints, ends[0]], strict=True)
        names = [f"Länsstyrelsen i {spelled(said[a:b], spans[a:b])} län" for a, b in parts if a < b]
        listed = [actor for name in names for _, actor, own in self.by_first["länsstyrelsen"] if own == name]
        return Named(index, ends[0] + 1, "|".join(names), "agency", listed[0]) if len(listed) == len(names) else None

    def group(self, tokens: Words, index: int, opening: Opening) -> Named | None:
        """A noun phrase whose head is a kind of recipient: ``elintensiva företag``, ``glesbygdskommuner``."""
        said, spans = tokens
        if opening.capital and (names_itself(said, index) or is_one_body(said[index])):
            return None
        for actor, canonical, base, genitive in opening.heads:
            if actor.kind != GROUP:  # "*kommuner" folds into kommunerna
                return Named(reach_back(said, index), index + 1, actor.canonical, actor.kind, actor, genitive)
            first = reach_back(said, index)
            last = index + 1 if genitive else reach_on(said, index + 1, base)
            begin = base_begins(said, first, index)
            if last == index + 1 and base.casefold().endswith(OWNED):
                if not is_owner(said[begin]) or last < len(said) and said[last][0].isupper():
                    continue  # "en fond" alone is nobody's name, "Natos fond Trust Fund" has one of its own
                last = reach_on(said, last, base, owned=True)
            own = [*said[begin:index], canonical or base, *said[index + 1 : last]]
            name = spelled(own, spans[begin:last])
            name = name if is_owner(own[0]) and len(own) > 1 else lowered(name)
            return Named(first, last, name, GROUP, actor, genitive)
        return None

    def _head(self, word: str) -> tuple[Actor, str] | None:
        key = word.casefold()
        if key in self.groups:
            actor, same = self.groups[key]
            return actor, "" if same else actor.canonical
        fits = (
            actor for ending, actor, alone in self.endings.get(key[-3:], ()) if key.endswith(ending) and key != alone
        )
        return next(((actor, "") for actor in fits), None)


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
    if actor.kind in ("county", PLACE, *COLLECTIVES):
        place = name.removeprefix("region ").removesuffix(" län").removesuffix(" kommun").removesuffix("sregionen")
        yield place
        yield place.removesuffix("s")
        yield name
