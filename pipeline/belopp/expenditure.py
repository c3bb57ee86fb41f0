"""The canonical areas that an auditor keeps, under the state budget's 27 expenditure areas, and how a text's own
words find them: case, inflection and word order apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Final

COLUMNS: Final = ("area", "aliases", "parent", "expenditure_area")
EXPENDITURE_AREAS: Final = 27

_WORD: Final = re.compile(r"[^\W_]+(?:[:'’][^\W_]+)?")
_LIST_OF_FUNCTION_WORDS: Final = """
all alla allt annan annat att av bl bland både de den denna deras dess dessa det detta eller en ett för från genom hos
i in inom inklusive kring m med mellan mer mm mot och om per på s samt sin sina sitt som t till under ur ut vid än är
åt över
"""
FUNCTION_WORDS: Final = frozenset(_LIST_OF_FUNCTION_WORDS.split())

# Words that say that money is given, not what for: "överenskommelsen om god och nära vård" is "god och nära vård".
_LIST_OF_FRAMES: Final = """
anslag arbete avtal belopp bidrag budget finansiering fortsatt förslag förstärkning förstärkt insats investering
kronor medel miljard miljon ny ram resurs satsning statlig statsbidrag stöd summa tillskott total
utökad utökning uppdrag åtgärd ökad ökning öka överenskommelse
"""

# Endings of nouns and adjectives, the longest first; verbs are seldom what money is for.
_ENDINGS: Final = """
a ade an ans ar are aren arens ares arna arnas as e en ens er erna ernas ers es et ets het heten hetens heter heterna
heternas or orna ornas ors s
"""
# What is left has three letters and a vowel; of the endings that leave it the longest is taken off.
_STEM: Final = re.compile(
    rf"""
    (?P<stem> [^\Waeiouyåäö]{{2,}} [aeiouyåäö] \w*? | [^\Waeiouyåäö] [aeiouyåäö] \w+? | [aeiouyåäö] \w{{2,}}? )
    (?: {" | ".join(_ENDINGS.split())} | (?<=[aeiouyåäö]) n )
    """,
    re.VERBOSE,
)


class WrongArea(ValueError):
    """A line of ``areas.csv`` that cannot be used; the message names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Area:
    """A canonical area: its name, the area it lies in (``""``: none), its expenditure area (1-27; 0: none), aliases."""

    name: str
    parent: str = ""
    expenditure_area: int = 0
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word in lower case without its inflection: rough, the same for the forms of one noun.

    >>> [stem(word) for word in ("Satsningarna", "satsning", "skolan", "skolor", "programmet", "barn", "barnen")]
    ['satsning', 'satsning', 'skol', 'skol', 'program', 'barn', 'barn']
    """
    word = word.casefold()
    if found := _STEM.fullmatch(word):
        # "programmet" doubles the last letter of "program"; "skatt" has two of its own in every form.
        return found["stem"][:-1] if found["stem"].endswith("mm") else found["stem"]
    return word


@lru_cache(maxsize=1 << 10)
def area_words(text: str) -> tuple[str, ...]:
    """The content words of an area as stems, in order, each once; all of its words when it has no others.

    >>> area_words("Satsning på utbyggnaden av bredband i skolorna"), area_words("ökade anslag")
    (('utbyggnad', 'bredband', 'skol'), ('ökad', 'anslag'))
    """
    found = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    stems = tuple(dict.fromkeys([stem(word) for word in found if word not in FUNCTION_WORDS]))
    frames = _frames()
    return tuple([word for word in stems if word not in frames]) or stems or tuple(map(stem, found))


@cache
def _frames() -> frozenset[str]:
    return frozenset(map(stem, _LIST_OF_FRAMES.split()))


def area_key(text: str) -> str:
    """What areas that differ in case, inflection and word order alone have in common; ``""`` of no words.

    >>> area_key("bredbandens utbyggnad") == area_key("Utbyggnad av bredband")
    True
    """
    return " ".join(sorted(area_words(text)))


@dataclass(frozen=True, eq=False)
class Areas:
    """Every canonical area by name, and by the key of each of its names."""

    by_name: Mapping[str, Area]
    by_key: Mapping[str, Area]

    @cached_property
    def parents(self) -> frozenset[str]:
        """The names of the areas that others lie in."""
        return frozenset(area.parent for area in self.by_name.values())

    def find(self, text: str) -> Area | None:
        """The canonical area that a text's words are a name of."""
        return self.by_key.get(area_key(text))

    def line(self, area: Area) -> tuple[Area, ...]:
        """An area and those it lies in, the nearest first."""
        found = [area]
        while found[-1].parent:
            found.append(self.by_name[found[-1].parent])
        return tuple(found)

    def expenditure_area(self, area: Area) -> int:
        """The expenditure area that an area lies in, 1-27; 0 when it lies in none."""
        return self.line(area)[-1].expenditure_area


NONE: Final = Areas(MappingProxyType({}), MappingProxyType({}))


def areas(lines: Iterable[tuple[int, Mapping[str, str]]]) -> Areas:
    """The areas of a sheet's lines, each with its number.

    Raises :class:`WrongArea` for a line without a name, a name or alias that another area has, a parent that
    has no line or lies in its own child, and an expenditure area that is none or stands at the wrong place.
    """
    by_name: dict[str, Area] = {}
    by_key: dict[str, Area] = {}
    at: dict[str, int] = {}
    for number, cells in lines:
        area = _area(number, cells)
        if area.name in by_name:
            raise WrongArea(f"line {number}: {area.name} has a line already, line {at[area.name]}; join the two")
        by_name[area.name], at[area.name] = area, number
        for name in (area.name, *area.aliases):
            _claim(name, area, number, by_key, at)
    for area in by_name.values():
        _check_place(area, by_name, at[area.name])
    return Areas(MappingProxyType(by_name), MappingProxyType(by_key))


def _area(number: int, cells: Mapping[str, str]) -> Area:
    name, aliases, parent, figure = (cells[column].strip() for column in COLUMNS)
    if not area_key(name):
        raise WrongArea(f"line {number}: area is empty; write the area's name, or delete the line")
    if figure and (not re.fullmatch("[0-9]{1,2}", figure, re.ASCII) or not 1 <= int(figure) <= EXPENDITURE_AREAS):
        raise WrongArea(
            f"line {number}: {name}: expenditure_area {figure!r}; write a number from 1 to {EXPENDITURE_AREAS}, "
            "or nothing"
        )
    kept = tuple(alias.strip() for alias in aliases.split("|") if alias.strip())
    return Area(name, parent, int(figure or 0), kept)


def _claim(name: str, area: Area, number: int, by_key: dict[str, Area], at: Mapping[str, int]) -> None:
    key = area_key(name)
    owner = by_key.setdefault(key, area)
    if not key or owner.name != area.name:
        other = f"a name of {owner.name} (line {at[owner.name]})" if key else "no word"
        raise WrongArea(f"line {number}: {area.name}: {name!r} is {other}; take it from one of them")


def _check_place(area: Area, by_name: Mapping[str, Area], number: int) -> None:
    if area.parent and area.expenditure_area:
        raise WrongArea(
            f"line {number}: {area.name}: has a parent and an expenditure_area; keep the parent, whose area it takes"
        )
    above = [area.name]
    while parent := by_name[above[-1]].parent:
        if parent not in by_name:
            raise WrongArea(f"line {number}: {area.name}: its parent {parent!r} has no line; add it or mend the name")
        if parent in above:
            raise WrongArea(f"line {number}: {area.name}: lies in itself, by {parent!r}; mend its parent")
        above.append(parent)
