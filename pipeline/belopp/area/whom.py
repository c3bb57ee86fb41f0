"""Tells a purpose from somebody who gets the money, from a time, a form of money, and a word that only points back."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.stretch import Phrase, Stretch
from belopp.grammar import ACTOR_ENDINGS, BODIES, CONJUNCTIONS

# The subjects that most often come after their verb: "Därför avsätter regeringen".
GIVERS: Final = frozenset({"regeringen", "staten", "sverige", "vi"})
NOT_ACTORS: Final = frozenset({"nato", "expo", "digitalt"})
FIELDS: Final = frozenset({"försvaret"})  # names of somebody that are fields, too: "det militära försvaret"
# Genitives that only point back at somebody.
BACKWARD: Final = frozenset(
    """beredningens kommissionens utredningarnas
    kommunernas kommuners regionernas regioners regeringens utredningens organisationens myndighetens fondens
    verkets
    styrelsens institutets bolagets""".split()
)
DEMONSTRATIVES: Final = frozenset("den denna det detta de dessa samma".split())
POINTERS: Final = frozenset("denna detta dessa samma".split())
UNITS: Final = frozenset({"kronor", "miljoner", "miljarder", "procent"})
HAVE: Final = frozenset({"ha", "hade", "har"})
# Alone these only say that more is given, not what for.
AID: Final = frozenset({"stöd", "stödet", "bistånd", "biståndet"})
NAMED_FUNDS: Final = ("fonden", "faciliteten")
FUNDS: Final = ("fond", "facilitet", *NAMED_FUNDS)
AGENCIES: Final = frozenset({"barnfond", "befolkningsfond", "fond"})  # of the UN: who, not what
BARE: Final = frozenset("förstärkning förstärkningen höjning minskning sänkning utökning ökning".split())
# Things that a name may be given to after them.
THINGS: Final = (
    "modellen", "modellerna", "metoden", "metoderna", "projektet", "projekten", "programmet", "programmen",
    "initiativet", "plattformen", "strukturen", "systemet", "verktyget", "kampanjen", "satsningen", "tjänsten",
)  # fmt: skip
# Names of programmes end so: "Klimatklivet", "Matematiklyftet".
STRIDES: Final = ("klivet", "lyftet", "språnget")
GRANTS: Final = ("bidraget", "ersättningen", "kortet", "pengen", "priset", "stödet")
PROGRAMMES: Final = (*STRIDES, "miljarden", "checken", "premien", "avtalet", *GRANTS, *THINGS)
DOING: Final = ("ande", "ende")
WORKS_ON: Final = frozenset({"för", "i", "inom", "kring", "med", "mot", "på"})  # "Sidas verksamhet inom hälsa"
OWN: Final = frozenset({"egna", "interna"})  # "myndighetens egna kostnader" tell more than "kostnader"
NOT_OWN: Final = frozenset("aktuella angivna berörda nämnda respektive utpekade viktigt".split())
DONE: Final = ("arbete", "insats", "åtgärd", "verksamhet")
NOT_DOING: Final = frozenset(
    """följande förberedande föreliggande gällande kompletterande kvarstående kvarvarande löpande motsvarande nuvarande
    oberoende ovanstående
    påföljande återstående övergripande avgörande fortlöpande""".split()
)
# "gör skillnad", "spelar en central roll", "ställs till Skolverkets förfogande"
EFFECTS: Final = frozenset({"betydelse", "disposition", "förfogande", "roll", "skillnad"})
BILLS: Final = ("budgetproposition", "budgetpropositionen", "ändringsbudget", "anslagsnivå", "anslagsnivåer")
MANNER: Final = ("ivt", "igt", "iskt", "bart", "ivare", "igare", "bbare")  # alone they only tell how
MONEYS: Final = ("bidrag", "nivåhöjning")  # "i verksamhetsbidrag": a form of money, too
PEOPLE: Final = (
    "arbetsgruppen", "arbetstagaren", "företagen", "klaganden", "klagandena", "makar", "medlemmar", "medlemsstaterna",
    "ministern", "näringsidkare", "pendlare", "presidenten", "sekreteraren", "utredaren", "vinnaren", "ägare", "ägaren",
)  # fmt: skip
OFFICES: Final = ("minister", "president", "sekreterare", "chefen")
PRONOUNS: Final = frozenset(
    """vi du man jag ni hon han de det här där sökande företaget kunden mottagaren privatpersoner medborgarna
    regeringen sverige sistnämnda förstnämnda""".split()
)


def actor_like(stretch: Stretch, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` name an agency, an organisation or a group of bodies."""
    return start < end and names_actor(stretch, start, stretch.head(start, end), end)


def names_actor(stretch: Stretch, start: int, head: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end``, of which one is the head, name somebody who gets money."""
    first, word = stretch.at(start), stretch.at(head)
    if grammar.is_infinitive(first):
        return False
    if first.startswith(("fn:s", "fn-", "eu:s")) and not stretch.is_frame(end - 1):
        return True
    if known_actor(stretch, start, end):
        return True
    if stretch.at(head + 1) in CONJUNCTIONS and head + 2 < end and stretch.said[head + 2][:1].islower():
        return False  # "God och nära vård" opens with a capital without being a name
    name = stretch.said[head]
    if "-" in name and name.rsplit("-", 1)[1].islower():
        return False  # "AI-verkstad", "EU-stöd"
    if word.endswith(PROGRAMMES):
        return False
    if head > start and stretch.at(head - 1).endswith(THINGS):
        return False  # "arbetsmodellen Skolstart"
    named = name[:1].isupper() and len(name) > 1  # "tilläggsbidrag A" is no name
    return named and head > 0 and NOT_ACTORS.isdisjoint(stretch.low[start:end])


def known_actor(stretch: Stretch, start: int, end: int) -> bool:
    """Whether the words name one of the rulebook's actors or end as the names of bodies do."""
    head = stretch.head(start, end)
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
    begin = stretch.spans[start][0]
    name = stretch.text[begin : stretch.spans[head][1]]
    return name in names or stretch.text[begin : stretch.spans[end - 1][1]] in names


def accepted(stretch: Stretch, phrase: Phrase | None, *, actors: bool = True, money: bool = False) -> Phrase | None:
    """The phrase, unless it points back, is a time or a form of money, or (with ``actors``) names who gets it."""
    if phrase is None:
        return None
    start, end, _ = phrase
    content = stretch.content(phrase)
    if not content:
        return None
    at = stretch.head(start, end)
    first, head, alone = content[0], stretch.at(at), len(content) == 1
    if first in UNITS or first in grammar.TIME or is_no_purpose(head):
        return None
    if first.isdigit() and not alone and (content[1] in grammar.TIME or content[1:] == ["års", "priser"]):
        return None  # "den 6 februari", "2025 års priser"
    if first.startswith("utgiftsområde") or alone and is_manner(head):
        return None
    own = not OWN.isdisjoint(content)
    if not money and not own and (head in stretch.lexicon.money or alone and is_compound_money(stretch, head)):
        return None
    told = [word for word in content if word not in grammar.PALE]  # "ett nytt steg" says no more than "steget"
    if not money and len(told) == 1 and told[0] in BARE:
        return None
    if points_back(stretch, phrase, content, told, head):
        return None
    if not any(map(str.isalpha, "".join(content[1:] if first in stretch.lexicon.money else content))) and (
        not first.isalpha() or not alone
    ):
        return None  # "1 000", "anslaget 1:4"
    return None if actors and names_actor(stretch, start, at, end) else phrase


@lru_cache(grammar.KNOWN)
def is_no_purpose(head: str) -> bool:
    """Whether a noun is a time, an effect or a budget bill, whatever stands beside it."""
    return head in grammar.TIME or head in EFFECTS or head.endswith((*BILLS, "perioden", "perioderna"))


@lru_cache(grammar.KNOWN)
def is_manner(word: str) -> bool:
    """Whether a word that stands alone only tells how, or that there are more."""
    return word in {"andra", "mera", "nära", "permanent", "samtliga", "tillvara"} or word.endswith(MANNER)


def is_compound_money(stretch: Stretch, head: str) -> bool:
    """Whether a noun is a compound of a form of money: ``verksamhetsbidrag``, ``förvaltningsanslag``."""
    return bool(stretch.lexicon.money) and head.endswith((*MONEYS, "-medel"))


def points_back(stretch: Stretch, phrase: Phrase, content: list[str], told: list[str], head: str) -> bool:
    """Whether the phrase only means what was named before: ``ändamålet``, ``åtgärdens genomförande``."""
    anaphors = stretch.lexicon.anaphors
    owner = content[0]
    if owner == "följande" or names_again(stretch, phrase, content, told, head):
        return True
    if len(told) == 2:
        if head == "området" and told[0] not in NOT_OWN:
            return False  # "det militära området"
        if told[0].endswith(DOING) and told[0] not in NOT_DOING and head.startswith(DONE):
            return False  # "det brottsförebyggande arbetet"
    if head in {"avsikten", "målet", "syftet"} and len(told) > 1:
        return True  # "Syftet med besöket är"
    if head in anaphors and (len(told) == 1 or is_definite(last := stretch.at(phrase.end - 1)) and last in anaphors):
        return True
    if len(content) == 1 and stretch.at(phrase.start - 1) in DEMONSTRATIVES and stretch.at(phrase.end) != "som":
        return True  # "inom ramen för denna förordning", "den inkomsten", not "den avgift som"
    if owner in BACKWARD and (head in anaphors or head in {"verksamhet", "verksamheten"}):
        return True
    return len(content) <= 2 and owner.endswith("s") and owner.removesuffix("s") in anaphors


def names_again(stretch: Stretch, phrase: Phrase, content: list[str], told: list[str], head: str) -> bool:
    """Whether what stands beside a word that points back tells no more: ``samma ändamål för Skolverket``."""
    anaphors, owner = stretch.lexicon.anaphors, content[0]
    if head in anaphors and (head.startswith("ändamål") or head == owner and stretch.at(phrase.start - 1) in POINTERS):
        return True
    if [word for word in told if word not in CONJUNCTIONS] == [stretch.at(phrase.end - 1)] and told[-1] in anaphors:
        return True  # "det utökade och förlängda uppdraget"
    if len(content) != 2:
        return False  # "en utredare i uppdrag", "studiens genomförande"
    carried_out = head in {"genomförande", "genomförandet"} and owner.endswith(("ens", "ets", "nas"))
    return carried_out or content[1] == "uppdrag"


def is_definite(word: str) -> bool:
    """Whether a noun has the shape of the definite form (``stödet``, not ``säkerhet``)."""
    return word.endswith(("et", "en", "na")) and not word.endswith("het")


def is_whose(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase only says whose the money is: ``Sida``, ``Sidas verksamhet``."""
    return known_actor(stretch, phrase.start, phrase.end) or is_somebodys_work(stretch, phrase)


def is_somebodys_work(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase only says that somebody goes on working: ``Sidas verksamhet``."""
    work = next((at for at in range(phrase.start + 1, phrase.start + 4) if stretch.at(at) == "verksamhet"), 0)
    if not work or stretch.at(work + 1) in WORKS_ON and stretch.opens(work + 1):
        return False
    return " ".join(stretch.said[phrase.start : work]).removesuffix("s").removesuffix(":") in stretch.lexicon.names


def is_person(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase is somebody who pays or gets: never what the money is for."""
    head = stretch.head_word(phrase)
    if stretch.at(phrase.start) in PRONOUNS or head.endswith(PEOPLE):
        return True
    if head in stretch.lexicon.people and "som" not in stretch.low[phrase.start : phrase.end]:
        return True
    before = stretch.low[phrase.start : phrase.end - 1]
    return bool(before) and any(map(is_office, before))  # "finansminister" and a name


@lru_cache(grammar.KNOWN)
def is_office(word: str) -> bool:
    """Whether a noun is somebody's office."""
    return word.endswith(OFFICES)


def is_special_money(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a form of money is told apart by an adjective of its own: ``det militära stödet``."""
    head = stretch.head(phrase.start, phrase.end)
    if stretch.at(head) not in stretch.lexicon.money and stretch.at(head) not in {"stödet", "biståndet"}:
        return False
    return any(_tells(stretch, place) for place in range(phrase.start, head))


def is_owned_money(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a form of money is told apart by whose it is: ``Skogsstyrelsens anslag``, not ``årets anslag``."""
    head = stretch.head(phrase.start, phrase.end)
    owner = stretch.at(head - 1) if head > phrase.start else ""
    if not stretch.at(head).startswith("ansla") or not owner.endswith("s") or owner in BACKWARD:
        return False
    bare = owner.removesuffix("s")
    if bare in grammar.TIME or bare in stretch.lexicon.anaphors or bare.endswith("området"):
        return False
    return stretch.said[head - 1][:1].isupper() or bare in stretch.lexicon.actors or is_of_actors(bare)


def _tells(stretch: Stretch, place: int) -> bool:
    word = stretch.at(place)
    if not stretch.is_adjective(place) or word.endswith("s") or word in grammar.PALE:
        return False
    return place == 0 or stretch.said[place].islower()


def kind_of_aid(stretch: Stretch, index: int, begin: int = 0) -> int:
    """Where the adjectives begin that tell what aid it is: ``försvarsrelaterat stöd``, ``civilt och militärt
    stöd``."""
    first = index
    while first > begin:
        word = stretch.at(first - 1)
        joins = word in {"och", ","} and first < index
        told = stretch.said[first - 1].islower() and word not in grammar.PALE and word.endswith(("a", "t"))
        told = told and not is_supine(stretch, first - 1)  # "har lämnat stöd"
        if (
            grammar.is_finite(word)
            or word in grammar.ARTICLES
            or not (joins or told and stretch.is_adjective(first - 1))
        ):
            break
        first -= 1
    return first + (stretch.at(first) in {"och", ","})


def is_supine(stretch: Stretch, index: int) -> bool:
    """Whether the word is the verb that ``har`` waits for: ``har föreningen levererat humanitärt stöd``."""
    if not stretch.at(index).endswith("t"):
        return False
    for place in range(index - 1, max(index - 4, -1), -1):
        if stretch.at(place) in HAVE or stretch.at(place).endswith("t"):
            return stretch.at(place) in HAVE
    return False


def is_fund(head: str) -> bool:
    """Whether a noun is a fund for something, not an agency that is called one (``barnfond``)."""
    return head.endswith(FUNDS) and head not in AGENCIES
