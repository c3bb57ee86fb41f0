"""Finds where a phrase ends: the words, marks and joints that close it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from belopp import conjugation, grammar
from belopp.area.shares import DIVIDED, EACH, EVERYWHERE, PART_YEARS, WHICH, leads_to_next, shares_out
from belopp.area.stretch import QUOTES, Stretch, once
from belopp.grammar import ARTICLES, CONJUNCTIONS, NO_CONTENT, PREPOSITIONS, STOPS

LONGEST_NAME: Final = 16  # words of a name in quotes
# They belong to the verb before them, and no phrase begins or goes on with one: "bygga ut skolan".
PARTED: Final = frozenset({"bort", "fram", "in", "ned", "ner", "upp", "ut"})
# No phrase goes on over one, unless it makes one word of two.
MARKS: Final = frozenset({"!", "(", ")", ".", ":", ";", "?", "[", "]", "|", "–", "—", "…"})
# After "och" they begin another clause if a verb follows: "läxhjälp, och anslaget ökas".
POINTING: Final = frozenset({"anslagen", "anslaget", "bidraget", "medlen", "satsningen", "stödet"})
# After a comma they begin a remark, not the next of a list: "skolor, särskilt små".
NO_LIST: Final = frozenset({"bl.a", "bland", "framför", "inte", "särskilt", "t.ex", "tack"})
# After "och" they begin another clause, not another noun.
NEW_CLAUSE: Final = (
    frozenset(
        {
            "att",
            "det",
            "därmed",
            "hur",
            "resten",
            "resterande",
            "återstående",
            "myndigheten",
            "regeringen",
            "riksdagen",
            "vi",
            "ytterligare",
        }
    )
    | grammar.HEDGES
    | PREPOSITIONS
    | STOPS
)
# They begin another phrase, unless a word of BEFORE_ARTICLES leads to them.
NEW_PHRASE: Final = frozenset({"de", "den", "det", "en", "ett"})
BEFORE_ARTICLES: Final = PREPOSITIONS | CONJUNCTIONS | grammar.LIGHT | {",", "-"}
CHANGED: Final = frozenset({"minskade", "ökade"})  # adjectives, too: "ökade kostnader"
BEFORE_STEPS: Final = frozenset("andra det ett flera första många nya nästa några stora två viktiga".split())
STEPS: Final = frozenset({"från", "med", "till"})  # before one of these "steg" is a verb: "Kostnaden för el steg till"
AFTER_VERBS: Final = PARTED | NEW_PHRASE | {"att", "inte", "sig"}  # "ade" before one of these ends a preterite
VERBS: Final = conjugation.INFINITIVES - grammar.ALSO_ADJECTIVES
# What is told of a noun after it: "Treårsbudgeten antagen", "Priserna nästan still".
PREDICATES: Final = frozenset(
    """antagen antaget antagna avgjord avgjort avgjorda beslutad beslutat billigare bäst dyrare dyrast eniga enig
    färdig färdiga färdigt godkänd godkänt godkända halverad halverat halverade hotad hotade igen klar klara klart
    klubbad klubbade klubbat nästan oförändrad oförändrade prioriterade störst stoppad stoppade still sämre
    utsedd utsedda""".split()
)
# Any other word but a number or one with such an ending only goes on with the phrase that it stands in.
JOINTS: Final = (
    PREPOSITIONS | CONJUNCTIONS | STOPS | PARTED | NEW_PHRASE | VERBS | grammar.FINITE | MARKS
    | CHANGED | DIVIDED | EACH | EVERYWHERE | QUOTES | WHICH | grammar.NUMERALS
    | {",", "-", "/", "dels", "inte", "mer", "mindre", "steg"}
)  # fmt: skip
JOINT_ENDINGS: Final = (*grammar.VERBAL, "ade", "des", "its")
ADVERBS: Final = frozenset({"bättre", "gemensamt", "långsiktigt", "stora"})  # they have an infinitive's ending
NO_INFINITIVE: Final = STOPS - {"därigenom", "därmed", "totalt", "vidare", "ytterligare"}  # none comes after these


@once
def phrase_end(stretch: Stretch, index: int) -> int:
    """The index just after the last word of the phrase that starts at ``index``."""
    first = stretch.at(index)
    if not first or first in STOPS or not first[0].isalnum() and first not in QUOTES and first != "#":
        return index
    low, place = stretch.low, index + 1
    while place < len(low):
        word = low[place]
        if not may_end(word):
            place += 1
            continue
        if word in QUOTES and (closed := closing_quote(stretch, place)):
            place = closed + 1
            continue
        if word == "att" and is_able(stretch, place) and (verb := verb_from(stretch, place + 1, 2)) >= 0:
            place = past_verbs(stretch, verb + 1)  # "förmågan att hantera kriser", "skolans arbete med att nå fler"
            continue
        if ends_here(stretch, place) or word == "för" and is_for_whom(stretch, index, place):
            break
        place += 1
    return place


def closing_quote(stretch: Stretch, opened: int) -> int:
    """Where the mark stands that closes a name in quotes: ``projektet ”Att bygga broar”``; 0 for a mark that closes."""
    mark = stretch.at(opened)
    if stretch.joined(opened) or stretch.low[max(0, opened - 64) : opened].count(mark) % 2:
        return 0
    later = stretch.low[opened + 1 : opened + 1 + LONGEST_NAME]
    return opened + 1 + later.index(mark) if mark in later else 0


def past_verbs(stretch: Stretch, place: int) -> int:
    """The index after the infinitives that share an object with the one before: ``förebygga och motverka brott``."""
    while stretch.at(place) in CONJUNCTIONS and grammar.is_infinitive(stretch.at(place + 1)):
        place += 2
    return place


@lru_cache(grammar.KNOWN)
def may_end(word: str) -> bool:
    """Whether a phrase may end before a word; any other only goes on with it."""
    return word in JOINTS or word in PREDICATES or word[0].isdigit() or word.endswith(JOINT_ENDINGS)


def is_for_whom(stretch: Stretch, start: int, place: int) -> bool:
    """Whether a second ``för`` says for whom: ``hinder för investeringar för både svenska och utländska företag``."""
    return stretch.at(place + 1) in {"både", "de", "alla"} and "för" in stretch.low[start:place]


def is_able(stretch: Stretch, place: int) -> bool:
    """Whether the noun before ``att`` only says what it is together with the infinitive."""
    before = stretch.at(place - 1)
    return before in {"förmåga", "förmågan"} or before == "med" and stretch.at(place - 2) in {"arbete", "arbetet"}


def goes_on(stretch: Stretch, place: int) -> bool:
    """Whether a preposition leads on to more of the phrase, or stands within a name: ``Myndigheten för P``."""
    after = stretch.at(place + 1)
    if stretch.at(place) == "från" and gives(stretch, place + 1):
        return False  # "5 miljoner till forskning från Vinnova"
    if after in {"denna", "detta", "dessa"} or after.startswith("utgiftsområde"):
        return False
    if after == "hela" and stretch.at(place + 2).endswith(("perioden", "året", "tiden")):
        return False  # "5 miljoner till läxhjälpen för hela perioden"
    return stretch.opens(place) or stretch.inside_name(place)


def gives(stretch: Stretch, place: int) -> bool:
    """Whether the last word names an agency, however it is written: ``Vinnova``, ``VINNOVA``."""
    if place >= len(stretch.said) or stretch.at(place + 1) not in {"", "."}:
        return False  # "personalbidrag från Domstolsverket till EU:s insatser"
    said, names = stretch.said[place], stretch.lexicon.names
    named = names.get(said) or names.get(said.capitalize())
    return named is not None and named.kind == "agency"


def belongs(stretch: Stretch, place: int) -> bool:
    """Whether a word that would end a phrase belongs to it: ``Resultatet efter skatt``, ``personer födda 1957``."""
    word = stretch.at(place)
    if word == "respektive":
        return stretch.at(place - 1) == "-"  # "rot- respektive rutavdraget"
    born = stretch.at(place - 1) in {"född", "födda"} and grammar.YEAR.match(word) is not None
    return born or word == "efter" and stretch.at(place + 1) in {"finansiella", "finansnetto", "skatt"}


def ends_here(stretch: Stretch, place: int) -> bool:
    """Whether the phrase is over before the word at ``place``."""
    word = stretch.at(place)
    dated = word[0].isdigit()
    if dated and stretch.at(place + 1) in {"kronor", "miljarder", "miljoner"}:
        return True
    if (dated or word in {"efter", "respektive"}) and belongs(stretch, place):
        return False
    if word in PREPOSITIONS:
        return stretch.at(place + 2) in PART_YEARS or not goes_on(stretch, place)
    if shares_out(stretch, place):
        return True
    if word == ",":
        return not lists(stretch, place)
    if word in STOPS or word in PARTED or grammar.is_finite(word) and not stretch.joined(place):
        return True
    if word in NEW_PHRASE and place > 1 and stretch.at(place - 1) not in BEFORE_ARTICLES:
        return True  # "samhället ett stort kliv": another phrase
    if word in VERBS or word == "inte" or changed(stretch, place) or is_said_of(stretch, place):
        return True
    if word in CONJUNCTIONS:
        return not coordinates(stretch, place)
    if word in {"-", "/"}:
        return not (stretch.joined(place) or stretch.joined(place + 1))
    if dated and grammar.YEAR.match(word):
        return not named_after(stretch, place)
    return word in MARKS and not (is_between_numbers(stretch, place) or is_between_words(stretch, place))


def is_made(stretch: Stretch, place: int) -> bool:
    """Whether ``mer`` only tells what the definite noun before it becomes: ``göra vården mer jämlik``."""
    before, after = stretch.at(place - 1), stretch.at(place + 2)
    definite = len(before) > 4 and before.endswith(("en", "et", "na"))  # not "den mindre sjöfarten"
    return definite and before not in PREPOSITIONS and (not after or not after[0].isalpha())


def is_said_of(stretch: Stretch, place: int) -> bool:
    """Whether a word only tells how the noun before it stands: ``Budgeten klubbad``, not ``godkända läkemedel``."""
    if stretch.at(place) in {"mer", "mindre"}:
        return is_made(stretch, place)
    after, before = stretch.at(place + 1), stretch.at(place - 1)
    if is_passive_supine(stretch, place):
        return True
    closes = not after or not after[0].isalnum() or after in PREPOSITIONS
    return stretch.at(place) in PREDICATES and closes and before not in NO_CONTENT and before not in grammar.PALE


def named_after(stretch: Stretch, place: int) -> bool:
    """Whether a year belongs to a name: ``Expo 2025``, not ``Skolverket 2025`` or ``Landsbygdsprogrammet 2014–20``."""
    name = stretch.said[place - 1]
    ranges = not stretch.at(place).isdigit() or stretch.at(place + 1) in {"-", "–"}
    return not ranges and name[:1].isupper() and place > 1 and name not in stretch.lexicon.names


def is_between_numbers(stretch: Stretch, place: int) -> bool:
    """Whether a dash stands between two numbers: ``i åldrarna 20–24 år``."""
    return stretch.at(place) == "–" and stretch.at(place - 1).isdigit() and stretch.at(place + 1).isdigit()


def is_between_words(stretch: Stretch, place: int) -> bool:
    """Whether a dash makes one word of two: ``bonus–malus-systemet``, ``Första–Fjärde AP-fonderna``."""
    if stretch.at(place) != "–" or not (stretch.joined(place) and stretch.joined(place + 1)):
        return False
    return stretch.at(place - 1).isalpha() and stretch.at(place + 1)[0].isalpha()


def changed(stretch: Stretch, place: int) -> bool:
    """Whether a word is a verb (``stödet till Belarus ökade från``, ``annonserade ut``), not ``ökade kostnader``."""
    word = stretch.at(place)
    if word.endswith("ade") and (stretch.at(place + 1) in AFTER_VERBS or tells_deed(stretch, place)):
        return True
    if word == "steg" and stretch.at(place + 1) in STEPS:
        return BEFORE_STEPS.isdisjoint(stretch.low[max(0, place - 3) : place])
    return word in CHANGED and stretch.at(place + 1) in {"från", "med", "och", "till"}


def tells_deed(stretch: Stretch, place: int) -> bool:
    """Whether ``-ade`` ends a preterite: ``Årsstämman beslutade om``, not ``stöd till drabbade i Syrien``."""
    before = stretch.at(place - 1)
    definite = before.endswith((*grammar.DEFINITE_OR_AN, "fullmäktige")) and before not in PREPOSITIONS
    return definite and stretch.at(place + 1) in PREPOSITIONS


def is_passive_supine(stretch: Stretch, place: int) -> bool:
    """Whether a word is a passive supine (``slagits``), not the genitive of a name (``Exportkredits``)."""
    return stretch.at(place).endswith("its") and stretch.said[place].islower()


def coordinates(stretch: Stretch, place: int) -> bool:
    """Whether a conjunction joins another noun to the phrase, not another clause."""
    after = stretch.at(place + 1)
    if not after or not after[0].isalpha() or after in NEW_CLAUSE:
        return False
    if stretch.said[place + 1] in stretch.lexicon.names and grammar.is_finite(stretch.at(place + 2)):
        return False  # "… och Jordbruksverket kommer att"
    if stretch.said[place + 1][0].isupper() and leads_to_next(stretch, place):
        return False  # "N till en badplats och Åby byalag M": who gets the next sum
    if after in POINTING and grammar.is_finite(stretch.at(place + 2)):
        return False  # "… och anslaget ökas med"
    return not grammar.is_finite(after) and not grammar.is_infinitive(after)


def lists(stretch: Stretch, place: int) -> bool:
    """Whether a comma goes on with a list (``stridsvagnar, stridsfordon och terrängbilar``)."""
    for ahead in range(place + 1, min(place + 7, len(stretch.low))):
        word = stretch.at(ahead)
        if word in {"och", "samt", "eller"}:
            return ahead > place + 1 and coordinates(stretch, ahead)
        if word == "m.m":
            return ahead > place + 1  # "krisstöd, samtalsstöd m.m."
        if word == ",":
            later = stretch.low[ahead + 1 : ahead + 7]
            return ahead > place + 1 and not {"och", "samt", "eller", "m.m"}.isdisjoint(later)
        if word in STOPS or word in NO_LIST or grammar.is_finite(word) or grammar.is_infinitive(word):
            return False
        if not word[0].isalnum() and word != "-":
            return False
        if ahead == place + 1 and (word in PREPOSITIONS or word in ARTICLES):
            return False
    return False


def verb_from(stretch: Stretch, index: int, reach: int) -> int:
    """The index of the infinitive at or shortly after ``index`` (adverbs may precede it), or -1."""
    for place in range(index, min(index + reach, len(stretch.low))):
        word = stretch.low[place]
        if stretch.may_be_verb(place) and not (word in ADVERBS and place + 1 < len(stretch.low)):
            return place
        if word in NO_INFINITIVE:
            return -1
    return -1
