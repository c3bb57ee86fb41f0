"""Finds the subject of the verb before a sum, and says how well it serves as a purpose: ``Avgiften för pass höjs``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import is_owned_money, is_special_money
from belopp.area.balances import is_balance
from belopp.area.candidate import Candidate, offer
from belopp.area.edges import lists
from belopp.area.heads import OWNED
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.verbs import OPENERS, RAISED_TO, clause_start, has_verb, inverted_verb, verb_follows
from belopp.area.whom import STRIDES, is_person
from belopp.area.worth import COSTS, says_how_much
from belopp.model import FUNDING, OTHER
from belopp.speaker import of_the_state
from belopp.transfers import GET, PAY, done, forms, told

# No subject begins with one of these.
NO_SUBJECT: Final = (OPENERS - grammar.LIGHT) | frozenset(
    """budgeterat ja kvar lika låt minst ned nej ner någonstans omräknat räknat sammantaget strax störst sökt
    tillsammans upp utslaget uttryckt vi""".split()
)
# Verbs that come before their subject when something else opens the sentence.
INVERTED: Final = frozenset(
    """bedöms beräknas bestäms blev blir hamnade hamnar höjdes höjs kommer kostade kostar landade landar sjunker sjönk
    steg stiger sänks sänktes uppgick uppgår uppskattades uppskattas väntades väntas""".split()
)
# After one of these a subject may begin.
BEFORE_SUBJECTS: Final = INVERTED | {",", "-", "att", "men", "och", "samtidigt", "–"}
# Whoever these are said of gets an order or a contract: "Bolaget har fått en order på N".
GETS: Final = told(*GET, "ta", "teckna", "vinna")
GOT: Final = done(*GET, "ta", "teckna", "vinna", "signera")
ORDERS: Final = ("avtal", "beställning", "kontrakt", "kontraktet", "order", "ordern", "ordrar", "uppdrag")
# Whoever does one of these pays: "Alfa investerar N".
PAYS: Final = told(*PAY)
# The same of whoever does one of these, but not of what saves or earns the sum: "Nedläggningen sparar N".
DEEDS: Final = done("ge") | forms(
    *PAY, "begära", "beställa", "betala", "erbjuda", "köpa", "lova", "redovisa", "spara", "söka", "utlova", "yrka",
    "äska",
)  # fmt: skip
HELPS: Final = frozenset("bör får hade har ska skulle vill".split())  # "Stiftet hade sökt N"
DEFINITE: Final = (*grammar.DEFINITE_SINGULAR, *grammar.DEFINITE_PLURAL, "an")
# What ends so is a field of work, which money may be for: "Medicinsk forskning får N".
FIELDS: Final = (
    "ande",
    "bygge",
    "drift",
    "het",
    "hjälp",
    "kultur",
    "ning",
    "omsorg",
    "skap",
    "skydd",
    "teknik",
    "tion",
    "vård",
)
# A word that ends so is a field of work in the definite form: "Ambulanssjukvården stärks med N".
CARE: Final = (
    "arbetet", "hjälpen", "hälsan", "kulturen", "omsorgen", "skolan", "skolorna", "trafiken", "underhållet",
    "verksamheten", "vården",
)  # fmt: skip
PAYS_RATE: Final = frozenset("beviljas betalade betalar erhåller erhöll fick får slipper tjänade tjänar".split())
# By these verbs the sum is added to their subject: "Drift av vägar utökas med N".
RAISED: Final = frozenset("förstärks höjs minskas stärks sänks utökas ökar ökas".split())
# Verbs that tell of a level and its subject, and what may stand beside them.
CHANGES: Final = frozenset("höjas höjs minskas sänkas sänks uppgå uppgår utökas".split())
BEFORE_CHANGES: Final = frozenset("dock därför inte nu också även".split())
BEFORE_SUMS: Final = grammar.HEDGES | frozenset("dagens från med nuvarande till totalt".split())
PLAIN: Final = 38.0  # what a subject scores that only may be what funding is for
UNTITLED: Final = 45.0  # the same where nobody speaks for the state: other titles seldom name a purpose
LONG: Final = 10  # words of a subject with a purpose of its own, from which on it is rather two clauses
COLLECTS: Final = told("dra", "få", "samla") | done("dra", "få", "samla")
# Together these are what a budget bill costs.
PROPOSALS: Final = frozenset({"förslagen", "reformerna", "satsningarna", "åtgärderna"})
# Compounds that name a pot of money after its purpose: försvarsanslaget, biståndsbudgeten, elstödet.
BUDGETS: Final = (
    "anslagen", "anslaget", "bidragen", "bidraget", "bistånd", "biståndet", "budget", "budgeten", "ersättningen",
    "kortet", "ramen", "reserven", "stödet", "utrymmet",
)  # fmt: skip
# Compounds that name a programme after its purpose: "lärarlyftet", "en tillgänglighetssatsning".
SCHEMES: Final = (*STRIDES, "paketet", "satsning", "strategi")


def subjects(stretch: Stretch, kind: str, *, opening: bool) -> Iterator[Candidate]:
    """The subject of the verb before the sum: ``Avgiften för pass höjs till``."""
    if not PROPOSALS.isdisjoint(stretch.low):
        yield from proposals(stretch)
    inverted = inverted_verb(stretch, kind) if opening else -1
    reach, covered = 4 if kind == FUNDING else 9, 0
    for start in where_subjects_begin(stretch, inverted, opening):
        word = stretch.at(start)
        if start < covered or word in NO_SUBJECT or grammar.is_finite(word) or grammar.is_infinitive(word):
            continue
        phrase = noun_phrase(stretch, start)
        after = start > 0 and (stretch.at(start - 1) in INVERTED or start == inverted + 1)
        if phrase and counts_projects(stretch, phrase):
            continue
        if phrase and stretch.at(phrase.end + 1) in grammar.GIVERS:
            continue  # "Mot bakgrund av gammal och ny lag föreslår regeringen"
        if phrase and opens_clause(stretch, phrase.end):
            continue
        if phrase and (is_acting(stretch, phrase) if kind != FUNDING else gives_or_gets(stretch, phrase)):
            continue
        if phrase and (after or verb_follows(stretch, phrase.end, reach)) and (score := fitness(stretch, phrase, kind)):
            covered = phrase.end  # "sjuk- och rehabiliteringspenning höjs": not the second noun by itself
            score = surer(stretch, phrase) if score == PLAIN else score
            yield offer(stretch, phrase, "area.subject", score + start / 50)


def counts_projects(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a subject only says how many share a sum, or that each gets one: ``Tjugo projekt i länet``."""
    many = stretch.low[phrase.start : phrase.start + 2]
    counted = many[0] == "varje" or many[0].isdigit() or many[0] in grammar.NUMERALS
    placed = phrase.end - phrase.start == 2 or stretch.at(phrase.start + 2) in {"i", "från"}
    return counted and many[1:] in (["projekt"], ["insatser"], ["ansökningar"], ["sökande"]) and placed


def surer(stretch: Stretch, phrase: Phrase) -> float:
    """How well a subject serves that only may be what funding is for, by its verb and by who speaks."""
    if is_raised(stretch, phrase) or costs(stretch, phrase) or collects(stretch, phrase):
        return 66.0
    money = stretch.head_word(phrase) in stretch.lexicon.heads  # "Ersättningen till regionerna" says only who gets
    return PLAIN if money or of_the_state(stretch.text) else UNTITLED


def opens_clause(stretch: Stretch, index: int) -> bool:
    """Whether ``är att`` or ``är överens om att`` stands there: the sum is said in the clause after."""
    return stretch.at(index) in grammar.COPULAS and "att" in stretch.low[index + 1 : index + 4]


def where_subjects_begin(stretch: Stretch, inverted: int, opening: bool) -> list[int]:
    """Where a subject may begin: with the stretch, after a verb that comes before it, after what parts clauses."""
    parted = (at for at, word in enumerate(stretch.low) if word in BEFORE_SUBJECTS)
    starts = [at + 1 for at in parted if stretch.at(at) != "," or not lists(stretch, at)]
    starts += [inverted + 1] if inverted >= 0 else []
    if opening or len(stretch.low) > 2 or any(map(grammar.is_finite, stretch.low[-2:])):
        starts.append(stretch.first_word())
    return sorted(starts)


def gives_or_gets(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a subject is who pays, or somebody without a purpose in their name who gets: ``Fem författare får``."""
    verb = stretch.at(phrase.end)
    if is_deed(stretch, phrase) and not of_the_state(stretch.text):
        return True
    gets = verb in PAYS_RATE and not stretch.at(phrase.end - 1).endswith((*DEFINITE, *FIELDS))
    return verb in PAYS or gets and phrase.end - phrase.start <= 3


def is_deed(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether somebody, and no field of work, does what only somebody can: ``Stiftet hade sökt``."""
    verb = stretch.at(phrase.end)
    done = verb in HELPS and not DEEDS.isdisjoint(stretch.low[phrase.end + 1 : phrase.end + 4])
    work = stretch.at(phrase.end - 1).endswith((*FIELDS, "andet", "bygget", "ningen", "tionen"))
    return (verb in DEEDS or done) and not work


def is_acting(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a subject is somebody who gets or pays a rate or wins an order, not what it is for."""
    verb = phrase.end
    if is_deed(stretch, phrase) and not of_the_state(stretch.text):
        return True
    may = any(map(grammar.is_infinitive, stretch.low[verb + 1 :]))  # "Avdraget får uppgå till"
    return stretch.at(verb) in PAYS_RATE and not may or gets_order(stretch, verb)


def gets_order(stretch: Stretch, verb: int) -> bool:
    """Whether the subject of the verb is who gets what the sum is the size of: ``Alfa AB har fått en order på N``."""
    got = stretch.at(verb) in GETS or stretch.at(verb) == "har" and stretch.at(verb + 1) in GOT
    return got and any(word.endswith(ORDERS) for word in stretch.low[verb : verb + 16])


def costs(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether the sum is the price of what the phrase names: ``Ombyggnaden av skolan beräknas kosta N``."""
    verbs = stretch.low[phrase.end :]
    return not COSTS.isdisjoint(verbs) and stretch.lexicon.anaphors.isdisjoint(stretch.low[phrase.start : phrase.end])


def collects(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether money came in by what the phrase names: ``Läxloppet, som sprangs i maj, fick in N``."""
    verbs = stretch.low[phrase.end :]
    pairs = pairwise(verbs)
    return any(verb in COLLECTS and particle in {"ihop", "in"} for verb, particle in pairs)


def is_raised(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether the sum is added to what the phrase names outright: ``Drift av vägar utökas med``."""
    verbs = stretch.low[phrase.end : phrase.end + 3]
    has = verbs[:1] and (verbs[0] in {"har", "ska"} or stretch.at(phrase.start - 1) in {"har", "ska"})
    raised = verbs[:1] and (verbs[0] in RAISED or has and not RAISED_TO.isdisjoint(verbs))
    if not raised or "med" not in stretch.low[phrase.end :]:
        return False
    head = stretch.head_word(phrase)
    told = len(stretch.content(phrase)) > 1 or head.endswith(CARE)
    return told and head not in stretch.lexicon.heads


def proposals(stretch: Stretch) -> Iterator[Candidate]:
    """The proposals of a bill as a whole: ``Förslagen i vårändringsbudgeten uppgår till``."""
    for index, word in enumerate(stretch.low[:-2]):
        if word in PROPOSALS and stretch.at(index + 1) == "i" and "budget" in stretch.at(index + 2):
            yield offer(stretch, Phrase(index, index + 3), "area.subject", 60.0)


def changed(stretch: Stretch) -> Iterator[Candidate]:
    """``gränsen för bidrag som A ger höjs från``: the subject of the verb beside the sum, however long it is."""
    verb = len(stretch.low) - 1
    while stretch.at(verb) in BEFORE_SUMS:
        verb -= 1
    if verb < 2 or stretch.at(verb) not in CHANGES:
        return
    start = clause_start(stretch, verb)
    phrase = noun_phrase(stretch, start)
    end = verb - 2 * (stretch.low[verb - 2 : verb] == ["kommer", "att"])
    while stretch.at(end - 1) in BEFORE_CHANGES or grammar.is_finite(stretch.at(end - 1)):
        end -= 1  # "avgiften föreslås inte höjas till"
    if phrase is None or phrase.end > verb or has_verb(stretch, phrase.end, end):
        return
    if stretch.at(phrase.end) == "enligt" and "om" in stretch.low[phrase.end : verb]:  # "avgiften enligt lagen om P"
        phrase = noun_phrase(stretch, stretch.low.index("om", phrase.end) + 1)
    elif stretch.low[phrase.end : phrase.end + 2] == ["för", "att"] and verb - phrase.end < LONG:
        comma = stretch.low.index(",", phrase.end) if "," in stretch.low[phrase.end : end] else end
        phrase = Phrase(phrase.start, comma)  # "avgiften för att byta namn"
    if phrase and fitness(stretch, phrase, OTHER):
        yield offer(stretch, phrase, "area.subject", 79.0)


def fitness(stretch: Stretch, phrase: Phrase, kind: str) -> float:
    """How well a subject serves as the purpose of a sum of that kind; 0 when it does not."""
    at = stretch.head(phrase.start, phrase.end)
    bare, head = at == phrase.end - 1, stretch.at(at)  # "taket", not "taket för rotavdraget"
    if kind != FUNDING and phrase.end - phrase.start > 1 and head in {"belopp", "nivå"}:
        bare = False  # "aktivitetsstödets lägsta nivå"
    if kind == OTHER and head == "omsättning" and stretch.at(phrase.start).endswith("s"):
        bare = False  # "koncernens omsättning"
    how_much = bare and says_how_much(head) and (kind == FUNDING or not is_balance(stretch, at))
    if how_much or grammar.is_infinitive(stretch.at(phrase.start)) or is_person(stretch, phrase):
        return 0.0
    if accepted(stretch, phrase) is None:  # "Svenskt militärt stöd uppgår till"
        if kind != FUNDING:
            return 0.0
        return 48.0 if is_special_money(stretch, phrase) else OWNED if is_owned_money(stretch, phrase) else 0.0
    named = head.endswith(BUDGETS) and head not in BUDGETS or is_programme(stretch, phrase, head)
    told = [word for word in stretch.content(phrase) if word not in grammar.PALE]
    if kind == FUNDING and told == [head] and head in stretch.lexicon.heads:
        return 0.0  # "den sammanlagda garantiramen uppgår till" points back
    return 76.0 if kind != FUNDING else 62.0 if named else PLAIN


def is_programme(stretch: Stretch, phrase: Phrase, head: str) -> bool:
    """Whether the sum is all of a programme with a name of its own: ``Läxlyftet omfattar``, ``läsåret omfattar
    Läxlyftet``."""
    if not head.endswith(SCHEMES) or head in SCHEMES or head in stretch.lexicon.anaphors:
        return False
    return "omfattar" in stretch.low[max(phrase.start - 1, 0) : phrase.end + 3]
