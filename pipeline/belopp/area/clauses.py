"""Reads a heading that is a clause: ``Regeringen satsar på P``, ``Stöd till P ska minska X``, ``P står fast``."""

from __future__ import annotations

from typing import Final

from belopp import conjugation, grammar
from belopp.area.accepting import accepted
from belopp.area.edges import verb_from
from belopp.area.mandates import CONTRACTS, MEANS, framed_purpose
from belopp.area.phrase import acted_upon, aim_at, in_order, infinitive, is_vague, made_possible, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import actor_ahead, actor_like, is_person

# What a text announces rather than pays for: "Ny handlingsplan ska stärka skolan", "Straffavgift ska förebygga fusk".
DOCUMENTS: Final = (
    "avgift", "kartläggning", "krav", "lag", "lagar", "lagstiftning", "plan", "regler", "riktlinjer", "spärr",
    "strategi", "utredning", "översyn",
)  # fmt: skip
# Verbs whose subject, not object, the heading is about: "Stödet till Ukraina står fast".
STILL: Final = frozenset("behöver blev blir gäller går kostar minskar stiger står växer är ökar".split())
DEFINITE: Final = (*grammar.DEFINITE_SINGULAR, *grammar.DEFINITE_PLURAL)  # "Kongressen godkände P"
NO_SECOND: Final = frozenset("både bättre efter eller hitta inte mer större under vidare över".split())
# Between the verb of a heading and its object: "Nu satsar regeringen stort på P".
ADVERBS: Final = frozenset("idag in nu regeringen stort sverige upp ut vi vidare ytterligare även".split())
# After one of these the infinitive tells: "Regeringen vill stärka P".
WILL: Final = grammar.MODALS | {"avser", "fortsätter", "planerar", "vill"}
# Ends of nouns that frame the aim named after them: "stödpaket för att", "miljardgaranti för att".
FRAMES: Final = (
    "arbete", "beslut", "bidrag", "förslag", "garanti", "garantier", "initiativ", "insats", "insatser", "konferens",
    "kraftsamling", "medel", "miljarder", "miljoner", "möjligheter", "möte", "paket", "pengar", "plan", "program",
    "projekt", "reform", "reformer", "regler", "resurser", "samtal", "satsning", "satsningar", "seminarium", "strategi",
    "stöd", "uppdrag", "utredare", "verktyg", "ändringar", "åtgärd", "åtgärder", "överenskommelse",
)  # fmt: skip


def finite_index(stretch: Stretch) -> int:
    """The index of the heading's finite verb, or -1 when it has none."""
    for index, word in enumerate(stretch.low):
        if word in {"–", "-", "—"} and index > 2:
            break
        verb = grammar.is_finite(word) or index == 1 and is_second(stretch)
        if index and verb and not in_subclause(stretch, index):
            return -1 if stretch.at(index - 1) == "som" else index
    return -1


def is_second(stretch: Stretch) -> bool:
    """Whether an unknown word is a verb because it comes second: ``Regeringen snabbutreder P``, ``Alfa dubblar P``."""
    word = stretch.at(1)
    if (
        word in NO_SECOND
        or word in grammar.PREPOSITIONS
        or not word.endswith(("ar", "er", "de", "dde", "te"))
        or not stretch.said[1].islower()
    ):
        return False
    return stretch.at(0) in {"regeringen", "sverige"} or stretch.at(0).endswith(DEFINITE) or actor_like(stretch, 0, 1)


def in_subclause(stretch: Stretch, index: int) -> bool:
    """Whether a verb is that of ``att A V`` (``Åtgärder för att hindra att fusk sprids``), not the heading's own."""
    at = next((place for place in range(index - 2, 0, -1) if stretch.at(place) == "att"), 0)
    return at > 2 and stretch.at(at - 1) in conjugation.INFINITIVES and not grammar.looks_infinitive(stretch.at(at + 1))


def clause(stretch: Stretch, verb: int) -> Phrase | None:
    """The purpose of a heading that is a clause: the object of its verb, else its för-phrase, else its subject."""
    still = stretch.at(verb).endswith("s") or stretch.at(verb) in STILL
    still = still and "uppdrag" not in stretch.low[verb : verb + 5]  # "A ges i uppdrag att V O"
    subject = noun_phrase(stretch, 0) if still else None
    if subject and (got := accepted(stretch, subject, money=subject.end - subject.start > 1)):
        return got
    if has_deed(stretch, verb) and (got := measure(stretch)):
        return got
    if (got := accepted(stretch, object_of(stretch, verb))) and not leads_to_aim(stretch, got):
        return got
    return aim_after(stretch, verb) or accepted(stretch, noun_phrase(stretch, 0))


def has_deed(stretch: Stretch, verb: int) -> bool:
    """Whether a modal verb goes with what is done: ``ska minska P``, not ``får mer stöd för P``."""
    given = stretch.at(verb) == "får" and not stretch.lexicon.heads.isdisjoint(stretch.low[verb + 1 : verb + 4])
    return stretch.at(verb) in grammar.MAY and not given


def measure(stretch: Stretch) -> Phrase | None:
    """The measure that is to have an effect: ``Satsning på lovskola ska minska skillnaderna``."""
    phrase = framed_purpose(stretch) or noun_phrase(stretch, 0)
    if phrase is None or is_person(stretch, phrase) or stretch.head_word(phrase).endswith(DOCUMENTS):
        return None
    said = stretch.low[phrase.start : phrase.end]
    if said[-1].endswith(FRAMES) and grammar.PREPOSITIONS.isdisjoint(said):
        return None  # "Ny digital satsning ska modernisera vården"
    if stretch.head_word(phrase) in CONTRACTS and "till" in stretch.low[phrase.start : phrase.end]:
        return None  # "Nytt uppdrag till SGU ska stärka fiskevården"
    return accepted(stretch, phrase)


def object_of(stretch: Stretch, verb: int) -> Phrase | None:
    """What the verb of a heading acts on: ``ökar vi P``, ``vill stärka P``, ``gör det möjligt att V O``."""
    if stretch.at(verb) == "gör" and (got := made_possible(stretch, stretch.skip_light(verb + 1))):
        return got
    if stretch.at(verb) in WILL and (inner := verb_from(stretch, verb + 1, 3)) >= 0:
        return infinitive(stretch, inner)
    place = verb + 1
    while stretch.at(place) in ADVERBS:  # "Nu ökar vi biståndet", "satsar stort på"
        place += 1
    if stretch.at(verb) == "har" and stretch.at(place).endswith("t"):  # "har beslutat om"
        place += 1 + (stretch.at(place + 1) in grammar.PARTICLES)
    given = stretch.at(verb) == "ger" and place < len(stretch.low) and stretch.said[place] in stretch.lexicon.names
    return acted_upon(stretch, place + given)  # "ger Skolverket bättre möjligheter att V O"


def leads_to_aim(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase says little and its aim follows: ``föreslår förändringar för att V O``."""
    last = stretch.at(phrase.end - 1)
    return (is_vague(last) or last in MEANS) and aim_at(stretch, phrase.end) > 0


def leads_on(stretch: Stretch, verb: int, place: int) -> bool:
    """Whether ``i`` or ``till`` leads to what money goes to: ``Alfa investerar i P``, ``Alfa ger miljoner till P``."""
    if stretch.at(place) == "till":
        money = stretch.at(place - 1) in {"miljarder", "miljoner", "pengar"}
        return money and stretch.opens(place) and not actor_ahead(stretch, place + 1)
    return stretch.at(place) == "i" and stretch.opens(place) and stretch.at(verb).startswith(("investera", "satsa"))


def aim_after(stretch: Stretch, verb: int) -> Phrase | None:
    """The first purpose that a preposition opens after the verb of a heading."""
    for index in range(verb + 1, len(stretch.low)):
        word, after = stretch.at(index), stretch.at(index + 1)
        if after == "att" and word in {"för", "uppdrag", "syfte"}:
            phrase = in_order(stretch, index + 2)
        elif word in {"för", "på", "om", "mot"} and stretch.opens(index) or leads_on(stretch, verb, index):
            phrase = infinitive(stretch, index + 2) if after == "att" else noun_phrase(stretch, index + 1)
        else:
            continue
        if got := accepted(stretch, phrase):
            return got
    before = stretch.low.index("inför") if "inför" in stretch.low[verb + 1 :] else 0
    return accepted(stretch, noun_phrase(stretch, before + 1)) if before else None  # "Polisen varnar inför P"
