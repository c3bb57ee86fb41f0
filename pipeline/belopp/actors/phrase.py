"""How far the noun phrase of a group of recipients reaches around its head: ``de elintensiva företagen i norr``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from belopp.actors.passing import SKIPPED, TOWARDS
from belopp.grammar import is_finite

# Words that open a group's noun phrase without belonging to its base form: "landets kommuner", "de tio högskolorna".
OPENERS: Final = frozenset(
    "den det de dem en ett landets länets kommunens stadens sveriges några vissa flera alla samtliga övriga andra"
    " olika många respektive vilka följande"
    " sina våra antal urval"
    " dessa denna detta båda ytterligare fler bland både enskilda berörda aktuella utvalda så kallade".split()
)
NOT_ADJECTIVES: Final = frozenset(
    "och samt eller att ska skall kan bör vill får till för från med på i av om under ha hade har varje åtta sina våra"
    " stora små bidra ge alla bara inga igenom inte egna extra totala delade fördelade tilldelade beviljade utbetalade"
    " betalade lovade donerade kompenserade".split()
)
MODALS: Final = frozenset("att ska skall kan kunna bör vill får skulle kommer".split())
COUNTS: Final = frozenset("två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split())
# How many "av landets kommuner" are meant.
QUANTITIES: Final = frozenset(
    "alla en ett fler flera flertalet hälften majoriteten merparten många några samtliga var".split()
)
ADJECTIVE_ENDS: Final = (
    "ga", "ka", "va", "na", "ra", "sa", "ade", "ande", "ende", "ående", "ella", "ala", "ta", "da", "la",
)  # fmt: skip
PARTICIPLES: Final = ("ande", "ende", "ående")
# "civilsamhällets organisationer", "skolans huvudmän": whose they are belongs to the name.
OWNERS: Final = frozenset("samhällets civilsamhällets skolans idrottens kulturens näringslivets kyrkans".split())
# A body that is known by whose it is.
OWNED: Final = ("fond", "facilitet", "bank", "mekanism", "mission", "handelskammare")
# The prepositions that go on with a name, by how its head ends.
REACHING: Final = (
    (("centrum", "centra", "strukturen", "strukturerna", "fonden"), ("inom", "i", "för")),
    (("fond", "sekretariatet"), ("för",)),
    (("sföreningar",), ("inom", "i", "för")),
    (("programmet",), ("inom", "i", "om")),
)
# What these are in is the place of their municipality, not of their name: "kulturnämnden i Lund".
ELECTED: Final = ("nämnden", "kommunstyrelsen", "regionstyrelsen", "landstingsstyrelsen", "fullmäktige")
# Heads that say too little alone: "organisationer som arbetar mot våld".
BARE: Final = ("organisationer", "aktörer", "högskolor", "lärosäten")
NO_VERB: Final = ("har", "var", "är", "får", "bör", "när", "där")
CLAUSE: Final = 14  # words, as long as such a clause may be
SUMS: Final = ("miljon", "miljard", "kronor")
PASSIVE: Final = ("des", "as", "ats")  # "fonden för energi tillfördes", not "Ukrainas"
STOPS: Final = frozenset(
    "som för att med och samt till på av under från i inom ska kan får kommer vilket är har tilldelas tillförs ges"
    " arbetar behöver bidrar driver förebygger förhindrar gör minskar motverkar stärker skapar utvecklar"
    " fördelas avsätts via genom utifrån enligt mot höjs ökas ökar förstärks minskar minskas bör föreslås om"
    " rätt årligen permanent per utbetala".split()
)
# Words that no clause ends with: they lead on to the sum, a time or what follows.
DANGLING: Final = STOPS | SKIPPED | TOWARDS | COUNTS | {"en", "halv", "nästa", "varje"}


def reach_back(said: Sequence[str], head: int) -> int:
    """Where the noun phrase of a head begins: over its adjectives, ``kvinno- och``, and its openers."""
    first = head
    while first:
        word = said[first - 1]
        low = word.casefold()
        if first >= 3 and low in ("och", "samt") and said[first - 2] == "-":  # "kvinno- och tjejjourer"
            first -= 3
        elif low == "och" and 2 <= first < head and _is_adjective(said, first - 2) and _is_adjective(said, first):
            first -= 2  # "kommunala och enskilda huvudmän"
        elif is_owner(word) and word != "EU:s" and said[head].casefold().endswith(OWNED):
            return first - 1  # "Natos fond för Ukraina", "FN:s allmänna förvaltningsfond"
        elif low in OPENERS or low in OWNERS or _is_count(word) or _is_adjective(said, first - 1):
            first -= 1
        else:
            break
    return first - 2 if _is_part(said, first - 2) and said[first].casefold() in OPENERS else first


def _is_part(said: Sequence[str], first: int) -> bool:
    """Whether words say how many of those that follow: ``199 av landets kommuner``, ``flera av länets museer``."""
    if first < 0 or first + 1 >= len(said) or said[first + 1] != "av":
        return False
    return said[first].casefold() in QUANTITIES or _is_count(said[first])


def is_owner(word: str) -> bool:
    """Whether a word is the owner in a name: ``Natos``.

    >>> is_owner("Natos")
    True
    """
    return word[0].isupper() and word.endswith("s") and len(word) > 3


def _are_adjectives(said: Sequence[str], *indexes: int) -> bool:
    return indexes[-1] < len(said) and all(_is_adjective(said, index) for index in indexes)


def _is_adjective(said: Sequence[str], index: int) -> bool:
    word = said[index]
    if not word[0].islower() and index or word.casefold() in NOT_ADJECTIVES or len(word) < 4 or not word[0].isalpha():
        return False
    if index and said[index - 1].casefold() in MODALS and not word.endswith(PARTICIPLES):
        # "att stärka kommuner": an infinitive
        return False
    return word.endswith(ADJECTIVE_ENDS) and not word.endswith("era")  # "registrera företag"


def _is_count(word: str) -> bool:
    return word.isdigit() and len(word) < 4 or word.casefold() in COUNTS


def reach_on(said: Sequence[str], last: int, head: str, *, owned: bool = False) -> int:
    """Where the noun phrase ends: ``organisationer inom civilsamhället``, ``företag i samma koncern``."""
    key = head.casefold()
    if key in BARE and said[last : last + 1] == ["som"]:
        return _over_clause(said, last)
    openers = next((found for ends, found in REACHING if key.endswith(ends)), ("inom", "i"))
    if last + 1 >= len(said) or said[last] not in openers or key.endswith(ELECTED):
        return last
    if (said[last] == "i" or key.endswith(("fond", "sekretariatet")) and not owned) and not _is_place(
        said[last + 1 : last + 3]
    ):
        return last
    if said[last + 1] == "att":
        return last
    stop = over_noun(said, last)
    if owned and (said[last + 1].endswith(("året", "åren", "perioden")) or "till" in said[stop : stop + 1]):
        return last  # "Natos fond för 2026", "Natos fond för stöd till Ukraina": more than a name
    return stop if stop > last + 1 else last


def over_noun(said: Sequence[str], last: int, longest: int = 5) -> int:
    """Where what a preposition leads to ends: ``inom hälso- och sjukvården``, ``i Ukraina och närområdet``."""
    stop = last + 1
    while stop < len(said) and stop - last < longest:
        word = said[stop]
        if word == "-" and stop + 2 < len(said) and said[stop + 1] == "och":  # "inom hälso- och sjukvården"
            stop += 3
            continue
        if word == "och" and (_joins(said, last, stop) or _are_adjectives(said, stop - 1, stop + 1)):
            stop += 2  # "i Ukraina och närområdet", "för social och mental hälsa"
            continue
        if not word[0].isalpha() or word.casefold() in STOPS or word[0].islower() and word.endswith(PASSIVE):
            break
        if stop > last + 1 and is_finite(word):  # "dotterbolag i Norge vinner"
            break
        stop += 1
    return stop


def _over_clause(said: Sequence[str], last: int) -> int:
    """Where ``som arbetar mot våld i hemmet`` ends; where no verb of the present follows, nothing is added."""
    verb = said[last + 1 : last + 2]
    if not verb or not verb[0].endswith("r") or verb[0] in NO_VERB:
        return last
    stop = last + 2
    while stop < len(said) and (said[stop][0].isalpha() or said[stop] == "-"):
        if stop > last + 2 and _ends_clause(said, stop):
            break
        stop += 1
    if stop - last >= CLAUSE:
        return last
    while stop > last + 2 and said[stop - 1] in DANGLING:
        stop -= 1
    return stop if stop > last + 2 else last


def _ends_clause(said: Sequence[str], stop: int) -> bool:
    """Whether a word goes on with the sentence: its verb, its sum, when and what for, or who else receives."""
    before, word, after = said[stop - 1], said[stop], said[stop + 1 : stop + 2]
    if word in ("och", "samt"):
        return bool(after) and (after[0] in ("till", "åt") or after[0][0].isupper())
    if word == "under" or word.startswith(SUMS) or word == "för" and list(after) == ["att"]:
        return True
    return before not in ("som", "och") and is_finite(word)


def _is_place(following: Sequence[str]) -> bool:
    """Whether ``i`` leads to a place or a shared whole: ``i norra Sverige``, ``i samma koncern``, ``i landet``."""
    return following[0] in ("samma", "landet", "hela", "utsatta") or any(word[0].isupper() for word in following)


def _joins(said: Sequence[str], last: int, at: int) -> bool:
    """Whether ``och`` joins one noun to the one just after the preposition, with nothing more to follow."""
    after = said[at + 1 : at + 3]
    return (
        at == last + 2
        and bool(after)
        and after[0][0].isalpha()
        and (len(after) == 1 or not after[1][0].isalnum() or after[1].casefold() in STOPS)
    )


def base_begins(said: Sequence[str], first: int, head: int) -> int:
    """Where a noun phrase begins without the words that only open it; its head at the latest."""
    if _is_part(said, first):
        first += 2
    opens = first
    while first < head and (
        _only_opens(said[first].casefold()) or said[opens].casefold() == "de" and _is_count(said[first])
    ):
        first += 1
    return first


def _only_opens(word: str) -> bool:
    return word in OPENERS or word.startswith(("nystarta", "nyinrätta", "nybilda"))


def spelled(said: Sequence[str], spans: Sequence[tuple[int, int]]) -> str:
    """Words joined as they stood, with one space where the text had white space.

    >>> spelled(["IT", "-", "stöd", "till", "SKR"], [(0, 2), (2, 3), (3, 7), (9, 13), (14, 17)])
    'IT-stöd till SKR'
    """
    parts = [said[0]]
    for index in range(1, len(said)):
        if spans[index][0] != spans[index - 1][1]:
            parts.append(" ")
        parts.append(said[index])
    return "".join(parts)


def lowered(phrase: str) -> str:
    """A phrase without the capital of its sentence's beginning."""
    return phrase[0].lower() + phrase[1:] if phrase[1:2].islower() else phrase
