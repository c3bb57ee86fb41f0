"""Refuses what stands where a purpose would and is none: a time, a form of money, a word that only points back."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.phrase import QUALITIES
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import names_actor
from belopp.grammar import CONJUNCTIONS

# Genitives that only point back at somebody.
BACKWARD: Final = frozenset(
    """beredningens bolagets fondens institutets kommissionens kommunernas kommuners myndighetens organisationens
    regeringens regionernas regioners styrelsens utredningarnas utredningens verkets""".split()
)
# After one of these a bare noun means what was named before: "för denna förordning".
DEMONSTRATIVES: Final = frozenset("de den denna dessa det detta samma".split())
# After one of these a noun points back whatever follows: "dessa insatser i skolan".
POINTERS: Final = frozenset("denna dessa detta samma".split())
# What begins with one of these is the rest of a sum.
UNITS: Final = frozenset({"kronor", "miljarder", "miljoner", "procent"})
CASH: Final = frozenset("kr krona kronan kronor kronorna miljard miljarder miljoner mkr mnkr tkr öre ören".split())
# Alone these only say that more or less is given, not what for.
BARE: Final = frozenset(
    "förstärkning förstärkningen förutsättningar förutsättningarna höjning minskning sänkning utökning ökning".split()
)
OWN: Final = frozenset({"egna", "interna"})  # "myndighetens egna kostnader" tell more than "kostnader"
# Before "området" these only point back, unlike "det militära området".
NOT_OWN: Final = frozenset("aktuella angivna berörda nämnda respektive utpekade viktigt".split())
# A participle tells what is done ("det brottsförebyggande arbetet") unless it only tells how or when.
DOING: Final = ("ande", "ende")
NOT_DOING: Final = frozenset(
    """avgörande fortlöpande följande förberedande föreliggande gällande kompletterande kvarstående kvarvarande löpande
    motsvarande nuvarande oberoende ovanstående påföljande återstående övergripande""".split()
)
DONE: Final = ("arbete", "insats", "verksamhet", "åtgärd")
# "gör skillnad", "spelar en central roll", "ställs till Skolverkets förfogande", "mer i plånboken"
EFFECTS: Final = frozenset("betydelse disposition fickan förfogande plånboken roll skillnad storleken".split())
# What a sum stands in, or is measured by.
BILLS: Final = (
    "anslagsnivå",
    "anslagsnivåer",
    "budgetförslag",
    "budgetförslaget",
    "budgetproposition",
    "budgetpropositionen",
    "ändringsbudget",
)
TIMES: Final = (
    "helgen",
    "kvartalet",
    "kvällen",
    "morgonen",
    "natten",
    "omgången",
    "perioden",
    "perioderna",
    "sdagen",
    "säsongen",
    "veckan",
)
MANNERS: Final = frozenset(
    "andra centralt hela max mera nära parallellt permanent rätta samtliga själv själva tillvara".split()
)
# Beside a word that points back these only count: "ett första steg".
COUNTING: Final = frozenset("första nästa andra tredje sista bättre goda".split())
KINDS: Final = frozenset({"fasta", "rörliga"})
MANNER: Final = ("bart", "bbare", "igare", "igt", "iskt", "ivare", "ivt")  # alone they only tell how
MONEYS: Final = ("bidrag", "nivåhöjning")  # "i verksamhetsbidrag": a form of money, too
# Words that only say in what way or form something is done: the title's theme is meant.
LITTLE: Final = QUALITIES | frozenset(
    """arbetssätt arbetsuppgifter förstudie förstudien grunduppdraget kunskapsstöd kunskapsunderlag metoder piloter
    pilotprojekt pilotprojektet pilotstudie samverkansinsatser stimulansmedel studie studien tilläggsuppdraget
    underlag utbildningar utbildningen utbildningsinsatser utvecklingsarbete utvecklingsmedel
    utvecklingsprojekt""".split()
)


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
    if alone and head in grammar.NEVER_NOUNS or head in CASH:
        return None
    if first in UNITS or first in grammar.TIME or is_no_purpose(head):
        return None
    if first.isdigit() and not alone and (content[1] in grammar.TIME or content[1:] == ["års", "priser"]):
        return None  # "den 6 februari", "2025 års priser"
    if head == "del" and not alone and content[-2].endswith("s"):
        return None  # "för Lunds universitets del"
    if first.startswith("utgiftsområde") or alone and is_manner(head):
        return None
    is_money = not money and (head in stretch.lexicon.money or alone and is_compound_money(stretch, head))
    if is_money and OWN.isdisjoint(content) and content[-1] != "plånboken":  # "pengar i plånboken"
        return None
    # "ett nytt steg", "ett första steg" say no more than "steget"
    told = [word for word in content if word not in grammar.PALE and word not in COUNTING] or content[-1:]
    if not money and len(told) == 1 and told[0] in BARE:
        return None
    if points_back(stretch, phrase, content, told, head):
        return None
    if is_number(content[1:] if first in stretch.lexicon.money else content):
        return None
    return None if actors and names_actor(stretch, start, at, end) else phrase


def is_number(words: list[str]) -> bool:
    """Whether words say nothing but a number: ``1 000``, ``1:4`` after ``anslaget``."""
    return bool(words) and not words[0].isalpha() and not any(map(str.isalpha, "".join(words)))


@lru_cache(grammar.KNOWN)
def is_no_purpose(head: str) -> bool:
    """Whether a noun is a time, an effect or a budget bill, whatever stands beside it."""
    return head in grammar.TIME or head in EFFECTS or head.endswith((*BILLS, *TIMES))


@lru_cache(grammar.KNOWN)
def is_manner(word: str) -> bool:
    """Whether a word that stands alone only tells how, or that there are more."""
    return word in MANNERS or word.endswith(MANNER)


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
        if head.endswith(("avgiften", "avgifterna")) and told[0] in KINDS:
            return False  # "den rörliga avgiften", beside a fixed one
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
    if told and (last := told[-1]) in anaphors and last == stretch.at(phrase.end - 1):
        if CONJUNCTIONS.issuperset(told[:-1]):
            return True  # "det utökade och förlängda uppdraget"
    if len(content) != 2:
        return False  # "en utredare i uppdrag", "studiens genomförande"
    carried_out = head in {"genomförande", "genomförandet"} and owner.endswith(("ens", "ets", "nas"))
    return carried_out or content[1] == "uppdrag"


def is_definite(word: str) -> bool:
    """Whether a noun has the shape of the definite form (``stödet``, not ``säkerhet``)."""
    return word.endswith(grammar.DEFINITE) and not word.endswith("het")


def says_little(words: list[str]) -> bool:
    """Whether a phrase only says in what form something is done: ``underlag``, ``lokalt och regionalt
    utvecklingsarbete``."""
    *before, head = words
    return head in LITTLE and all(word == "och" or word.endswith(("a", "t")) for word in before)
