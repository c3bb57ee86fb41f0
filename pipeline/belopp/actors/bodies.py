"""What bodies are called: the endings that make a word the name of one, and what such a name goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from belopp.actors.phrase import over_noun
from belopp.grammar import BODY_ENDINGS, PREPOSITIONS, is_finite

# What a proper name goes on with in small letters: "Norra sjukvårdsregionförbundet", "Svenska hjälpfonden".
NAME_ENDS: Final = tuple(
    "förbundet stiftelsen kliniken institutet institut centrum center föreningen fonden rådet nämnden verket kommittén"
    " universitet universitetet högskola högskolan skolan museet museum akademin akademien sällskapet bolaget byrån"
    " verken styrelsen registret hjälpen samfundet delegationen inspektionen banken teatern teater myndigheten"
    " nätverket universitetssjukhus universitetssjukhuset kyrkan unionen federationen alliansen arkivet biblioteket"
    " sjukhus förbund förening organisationen kommissionen domstolen centret kansliet".split()
)
# What somebody's name in the genitive goes on with: "Anna Perssons stiftelse".
OWNED_ENDS: Final = ("stiftelse", "stiftelser", "minnesfond", "forskningsfond")  # a "familjestiftelse", too
# A compound of one of these is a name, though it opens a sentence: "Finlandsinstitutet".
OPENING_ENDS: Final = (
    *BODY_ENDINGS, "arkivet", "biblioteket", "byrån", "centralen", "förmedlingen", "förvaltningen", "lotteriet",
    "missionen", "ombudet", "organisationen", "sjukhuset", "teatern", "tjänsten",
)  # fmt: skip
# The body of a place, which its sentence may open with: "Åsens ridklubb får", "Åby församling har fått".
LOCAL_BODIES: Final = (
    "bibliotek", "byalag", "bygdegård", "festival", "flygplats", "folkhögskola", "förening", "församling",
    "gymnasium", "hamn", "hembygdsgård", "högskola", "jour", "klubb", "konsthall", "kulturhus", "kyrka", "lasarett",
    "museum", "orkester", "pastorat", "ridskola", "scoutkår", "sjukhus", "slott", "stift", "sällskap", "teater",
    "universitet",
)  # fmt: skip
# What the name of a company or a club begins or ends with.
FORMS: Final = frozenset("AB KB HB AIK BK BS FC FF FK GK GIF HC HK IF IFK IK IS OK RK SK".split())
NO_PLACES: Final = frozenset(
    """annan denna din egen en er hel ideell ingen kommunens landets liten lokal länets min någon ny ortens regionens
    samarbete samma stadens stor svensk sveriges universitetets varje vilken vår årets""".split()
)
# Nor does one that ends so name a town: "Stockholms", but "Svenska kommun", "Berörd kommun".
NO_TOWNS: Final = ("ska", "rörd", "deltagande", "ande")
# Before the town: "Norra Sandåkers kommun".
SIDES: Final = frozenset("Lilla Mellersta Norra Nya Stora Södra Västra Östra".split())
MUNICIPAL: Final = ("kommun", "kommuns")
QUARTERS: Final = frozenset("Mitt Nord Norr Syd Söder Väst Väster Öst Öster".split())  # parts of agencies and firms
# What an agency's name ends with, though it stands in no list, unless it is a municipality's board or no body at all.
AGENCY: Final = "agency"
AGENCY_ENDS: Final = (
    "verket", "myndigheten", "styrelsen", "inspektionen", "kollegiet", "ämbetet", "ombudsmannen",
)  # fmt: skip
NO_AGENCIES: Final = (
    "kommunstyrelsen", "regionstyrelsen", "landstingsstyrelsen", "förbundsstyrelsen", "partistyrelsen",
    "bolagsstyrelsen", "kraftverket", "vattenverket", "reningsverket", "värmeverket", "nätverket", "regelverket",
    "hantverket", "ramverket", "konstverket", "länsstyrelsen",
)  # fmt: skip
# What says too little to be a name without its "för": "Riksförbundet för läxhjälp", "Svenska registret för läxor".
BARE_HEADS: Final = frozenset(
    "banken centrum delegationen fonden föreningen förbundet inspektionen institutet kommissionen kommittén"
    " kompetenscentrum myndigheten nätverket nämnden organisationen partnerskapet registret riksförbundet rådet"
    " sällskapet samfundet stiftelsen unionen".split()
)
OVER: Final = ("för", "mot")  # what such a head is for
# "Statens läsråd": an agency, when it goes on with one of these; "Sveriges Läxförbund": somebody, by the capital
STATES: Final = "Statens"
SWEDENS: Final = "Sveriges"
STATE_BODIES: Final = (
    "verk", "institut", "råd", "nämnd", "museum", "museer", "myndighet", "inspektion", "anstalt", "styrelse",
    "delegation", "kommission", "fond", "bibliotek", "arkiv", "center", "centrum",
)  # fmt: skip
# Before a name these only say of what kind it is: "biståndsmyndigheten Sida", "nätverket Alfa".
KINDS_OF_BODY: Final = (
    "myndigheten", "organisationen", "nätverket", "bolaget", "företaget", "institutet", "förbundet", "föreningen",
    "stiftelsen", "fonden",
)  # fmt: skip
# One that the text does not name goes by what it is called.
UNNAMED: Final = frozenset(
    """banken bolaget fonden företaget förbundet föreningen församlingen högskolan institutet jouren klubben koncernen
    kyrkan länsstyrelsen lotteriet museet nämnden organisationen orkestern festivalen stiftelsen stiftet sällskapet
    teatern universitetet""".split()
)
NO_FIELD: Final = frozenset("att ändamålet detta år åren sin sitt sina arbete arbetet insatser uppdraget".split())


class LocalName(NamedTuple):
    """A municipality or region that stands in no list: its name in base form, and how many words it is."""

    kind: str
    name: str
    words: int
    genitive: bool


def is_one_body(word: str) -> bool:
    """Whether a capital makes a body's word its name: ``Läxhjälpsfonden``, ``Läxstiftelsens``."""
    return word[0].isupper() and is_body(word.removesuffix("s"))


def is_office(name: str) -> bool:
    """Whether a name, of one word or of halves, is an agency's by its ending.

    >>> is_office("Sjö- och läsverket"), is_office("Kommunstyrelsen"), is_office("Verket")
    (True, False, False)
    """
    key = name.casefold()
    return key.endswith(AGENCY_ENDS) and key not in AGENCY_ENDS and not key.endswith(NO_AGENCIES)


def is_body(word: str) -> bool:
    """Whether a word is a compound that bodies are called by: ``Finlandsinstitutet``, not ``Institutet``."""
    if not word.endswith(OPENING_ENDS):  # as most words
        return False
    bare = next(end for end in OPENING_ENDS if word.endswith(end))
    return len(word) > len(bare) + 2 and not word.casefold().endswith(NO_AGENCIES)


def begins_a_name(said: Sequence[str], index: int) -> bool:
    """Whether a genitive of the state begins a name: ``Statens läsråd``, ``Sveriges Läxförbund``."""
    after = said[index + 1] if index + 1 < len(said) else "."
    if said[index] == SWEDENS:
        return after[0].isupper() and after[1:].islower()
    return said[index] == STATES and _is_state_body(after)


def _is_state_body(word: str) -> bool:
    return word[0].islower() and word.removesuffix("s").endswith(STATE_BODIES)


def heads_a_name(said: Sequence[str], index: int) -> bool:
    """Whether a word is the bare head of a name that goes on: ``Rådet för läsning``, not ``Rådet för att``."""
    after = said[index + 1 : index + 3]
    return said[index].casefold() in BARE_HEADS and len(after) == 2 and after[0] in OVER and after[1] not in NO_FIELD


def over_halves(said: Sequence[str], index: int) -> int:
    """Where a name ends whose first half is left out: ``Sjö- och vattenverket``; the word itself where it is none."""
    halves = said[index + 1 : index + 3] in (["-", "och"], ["-", "samt"])
    end = index + 4
    return end if halves and end <= len(said) and said[end - 1].removesuffix("s").endswith(OPENING_ENDS) else index + 1


def over_field(said: Sequence[str], last: int) -> int:
    """Where a name ends whose bare head says no more than ``Riksförbundet``: after ``för läxhjälp``."""
    if said[last - 1].casefold() not in BARE_HEADS or last + 1 >= len(said) or said[last] not in OVER:
        return last
    field = said[last + 1]
    return over_noun(said, last, 8) if field[0].islower() and field not in NO_FIELD else last


def ends_a_name(first: str, text: str) -> bool:
    """Whether a word in small letters ends the name that the word before it begins."""
    state = first == STATES or first.endswith("nas")
    return text.endswith(NAME_ENDS) or owns(text) or state and _is_state_body(text) or is_of_place(first, text)


def looks_like_body(said: Sequence[str]) -> bool:
    """Whether a label is what a body is called by: ``Alfa AB``, ``FC Alfa``, ``Åby ridklubb``, ``Alfa Beta``.

    A label of one word is so only if bodies are called by its ending.
    """
    if not said or not said[0][0].isupper() or len(said) > 6:
        return False
    if said[-1] in FORMS or said[0] in FORMS or said[0].endswith(NAME_ENDS + LOCAL_BODIES) and len(said) < 4:
        return len(said) > 1 or is_body(said[0])
    if said[-1].endswith(NAME_ENDS + LOCAL_BODIES):
        return len(said) > 1 and said[0].casefold() not in NO_PLACES
    return 1 < len(said) < 5 and all(word[0].isupper() for word in said)


def is_of_place(first: str, text: str) -> bool:
    """Whether a capital is the place of the body after it: ``Åsens ridklubb``, ``Åby församling``."""
    return text.endswith(LOCAL_BODIES) and text[0].islower() and first.casefold() not in NO_PLACES


def local_name(said: Sequence[str], index: int) -> LocalName | None:
    """The municipality or region, in no list, whose name begins at a word.

    >>> local_name(["Norra", "Sandåkers", "kommuns", "skolor"], 0)
    LocalName(kind='municipality', name='Norra Sandåkers kommun', words=3, genitive=True)
    >>> local_name(["Region", "Sandlanden"], 0)
    LocalName(kind='region', name='Region Sandlanden', words=2, genitive=False)
    >>> local_name(["Varje", "kommun"], 0), local_name(["Region", "Syd"], 0)
    (None, None)
    """
    first, after = said[index], said[index + 1 : index + 4]
    if first in SIDES and after[1:2] and after[1] in MUNICIPAL:
        town, own = [first, after[0]], after[1]
    else:
        town, own = [first], after[0] if after else ""
    if own in MUNICIPAL and all(map(_is_capital, town)) and not _is_no_town(town[-1]):
        return LocalName("municipality", " ".join([*town, MUNICIPAL[0]]), len(town) + 1, own != MUNICIPAL[0])
    if first == "Region" and after and _is_capital(after[0]) and after[0] not in QUARTERS:
        owner = after[0].endswith("s") and len(after) > 1 and after[1] not in PREPOSITIONS and not is_finite(after[1])
        owner = owner and after[1][0].islower()
        return LocalName("region", f"Region {after[0].removesuffix('s') if owner else after[0]}", 2, owner)
    return None


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _is_no_town(word: str) -> bool:
    """Whether a word before ``kommun`` says which one it is of many: ``Varje``, ``Svensk``, ``Deltagande``."""
    return word.casefold() in NO_PLACES or word.endswith(("ska", "ande", "ende"))


def owns(word: str) -> bool:
    """Whether a word is the genitive of what a name ends with: ``Svenska hjälpfondens``."""
    return word[0].islower() and word[-1] == "s" and word[:-1].endswith(NAME_ENDS) and not word.endswith(NAME_ENDS)


def is_owned(said: Sequence[str], index: int) -> bool:
    """Whether a word is the body of whoever the name before it is: ``Anna Perssons stiftelse``."""
    return said[index].endswith(OWNED_ENDS) and said[index - 1][0].isupper() and said[index - 1].endswith("s")
