"""Finds the purposes before a sum: its subject, the noun whose size it is, the adjunct that opens the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from belopp import grammar
from belopp.area.candidate import Candidate, offer, surest, weaker
from belopp.area.edges import lists
from belopp.area.phrase import actor_ahead, in_order, named_to, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import (
    AID,
    BARE,
    STRIDES,
    accepted,
    actor_like,
    is_fund,
    is_owned_money,
    is_person,
    is_somebodys_work,
    is_special_money,
    kind_of_aid,
)
from belopp.area.worth import NO_PURPOSE, amounting, bounded, given_away, says_how_much
from belopp.model import FUNDING, OTHER
from belopp.sentences import Span

HEAD_LINKS: Final = frozenset({"på", "till", "för", "om", "inom", "av", "åt", "mot", "avseende"})
ADJUNCTS: Final = {  # the preposition that opens a sentence: its rule, and how well what it opens fits the sum
    "för": ("area.for", 72.0), "till": ("area.to", 72.0), "inom": ("area.within", 62.0), "på": ("area.on", 50.0),
    "i": ("area.in", 38.0),
}  # fmt: skip
RAISES: Final = frozenset(
    "ökar förstärker stärker höjer utökar sänker minskar fördubblar sänka öka höja stärka förstärka".split()
)
SUPPORTS: Final = ("stöd", "stödet")
RAISED_SO_FAR: Final = frozenset("fördubblat förstärkt höjt minskat stärkt sänkt utökat ökat".split())
GIVERS: Final = frozenset({"regeringen", "staten", "sverige", "vi"})
RAISED_TO: Final = frozenset(
    "förstärkas förstärkts höjas höjts stärkas stärkts utökas utökats öka ökas ökat ökats".split()
)
MEASURES: Final = frozenset(
    "beräknade beräknat bestämt fastställt fastställer uppskattade uppskattar uppskattat".split()
)
CHANGED_TO: Final = frozenset("från i med och till under".split())  # "omsättningen ökade och", "ökade med"
RAISED: Final = frozenset("förstärks höjs minskas stärks sänks utökas ökar ökas".split())
OPENING_ADVERBS: Final = frozenset(
    """därför dessutom nu därmed vidare då här sammantaget samtidigt sammanlagt totalt bland därtill därutöver
    nyligen därefter idag även också slutligen""".split()
)
INVERTED: Final = frozenset(
    """uppgår uppgick beräknas väntas bedöms kostar kommer höjs blir uppskattas uppskattades bestäms sänks""".split()
)
OPENERS: Final = grammar.PREPOSITIONS | OPENING_ADVERBS | {"enligt"}
NO_SUBJECT: Final = OPENERS - grammar.LIGHT
CLAUSE_STARTS: Final = frozenset({"att", "men", "och", ",", "samtidigt", "–", "-"})
BEFORE_SUBJECTS: Final = CLAUSE_STARTS | INVERTED
CHANGES: Final = frozenset("höjas höjs minskas sänkas sänks uppgå uppgår utökas".split())
BEFORE_CHANGES: Final = frozenset("därför dock inte nu också även".split())
BEFORE_SUMS: Final = grammar.HEDGES | frozenset("dagens från med nuvarande till totalt".split())
RELATIVES: Final = frozenset("hur när som vilka vilken vilket".split())
LONG: Final = 10  # words of a subject with a purpose of its own, from which on it is rather two clauses
COPULAS: Final = frozenset({"blev", "blir"})
SUBCLAUSES: Final = frozenset("att då när om som vars vilket".split())  # a modal verb beside one may be its verb
SUPPLIED: Final = frozenset("tilldelades tilldelas tillfördes tillförs".split())
OWNED: Final = 44.2  # what "Skogsstyrelsens anslag" scores: more than the title, less than the heading above
THROUGH: Final = 45.5  # what "Genom P" scores: a little more than the title
PROPOSALS: Final = frozenset({"förslagen", "reformerna", "satsningarna", "åtgärderna"})
POTS: Final = ("ramen", "anslaget", "anslagen", "bidrag", "bidragen", "ersättningar", "budgeten", "anslag")
# Compounds that name a pot of money after its purpose: försvarsanslaget, biståndsbudgeten, elstödet.
BUDGETS: Final = (
    "anslaget", "anslagen", "budgeten", "budget", "ramen", "stödet", "bidraget", "bidragen", "ersättningen", "utrymmet",
    "kortet", "bistånd", "biståndet",
)  # fmt: skip
# Compounds that name a programme after its purpose: "lärarlyftet", "en tillgänglighetssatsning".
SCHEMES: Final = (*STRIDES, "paketet", "satsning", "strategi")
# Objects of a verb that only frame what comes after the sum: "stärker myndigheternas arbete med N för att".
FRAMED: Final = frozenset({"arbete", "arbetet", "insatser", "insatserna", "satsningen", "stödet", "stöd"})
NO_OBJECT: Final = NO_PURPOSE | FRAMED | BARE


def left_of(stretch: Stretch, kind: str, best: Candidate | None, *, opening: bool) -> Candidate | None:
    """The surest purpose that stands before a sum, or ``best``; ``opening`` when the stretch begins the sentence."""
    for most, offered in readings_left(stretch, kind, opening):
        if best is None or best.score < most:
            best = surest(offered, best)
    return best


def readings_left(stretch: Stretch, kind: str, opening: bool) -> Iterator[tuple[float, Iterable[Candidate]]]:
    """The ways to read what stands before a sum, each with the most that it can score, none read yet."""
    funding = kind == FUNDING
    yield 82.0, heads(stretch)
    if opening:
        yield 72.0, weaker(adjuncts(stretch), 0.0 if funding else 30.0)
    if "area.subject" in stretch.book:
        yield 74.0, objects(stretch)
        yield 62.0, supplied(stretch)
        if not funding:
            yield 79.0, changed(stretch)
            yield 78.0, measured(stretch)
            yield 78.0, bounded(stretch)
        yield (66.0 if funding else 76.0) + len(stretch.low) / 50, subjects(stretch, kind, opening=opening)
        yield 54.0 if funding else 78.0, amounting(stretch, kind)
        yield 76.0, given_away(stretch)
    if opening and "area.through" in stretch.book:
        yield THROUGH, through(stretch)
    yield 60.0, weaker(loose(stretch), 0.0 if funding else 14.0)


def heads(stretch: Stretch) -> tuple[Candidate, ...]:
    """``satsningen på P``, ``stödet till P``, ``en höjning av P``: a word for money with what it is for."""
    nouns = stretch.lexicon.heads
    if not nouns or nouns.isdisjoint(stretch.low) and not any(map(is_support, stretch.low)):
        return ()
    return tuple(_heads(stretch, [at for at, word in enumerate(stretch.low) if word in nouns or is_support(word)]))


@lru_cache(grammar.KNOWN)
def is_support(word: str) -> bool:
    """Whether a word is a kind of support: ``kärnstöd``."""
    return word.endswith(SUPPORTS)


def _heads(stretch: Stretch, found: list[int]) -> Iterator[Candidate]:
    nouns = stretch.lexicon.heads
    for index in found:
        word = stretch.low[index]
        compound = word not in nouns  # "Sveriges kärnstöd till Unicef"
        link = link_of(stretch, index)
        phrase = noun_phrase(stretch, link + 1) if link > 0 else None
        if phrase is None or compound and stretch.at(stretch.first_word()) in {"förutom", "utöver"}:
            continue
        cue = stretch.cue("area.head", index)
        if accepted(stretch, phrase) and not compound:
            given = stretch.at(len(stretch.low) - 1) in GIVERS  # "För arbetet för P avsätter regeringen"
            beside = 6.0 if len(stretch.low) - phrase.end <= 3 and not given else 0.0
            if stretch.head_word(phrase).endswith(POTS):
                beside = -3.0  # "en höjning av investeringsramen": more money, not a purpose
            yield offer(stretch, phrase, "area.head", 76.0 + beside, cue)
        elif is_owned_money(stretch, phrase):
            yield offer(stretch, phrase, "area.head", OWNED, cue)
        elif stretch.at(link) in {"till", "åt"} and names_taker(stretch, phrase):
            named = stretch.said[phrase.start][:1].isupper() and word != "medel" or word.startswith("ansla")
            first = kind_of_aid(stretch, index) if word in AID else index
            span = Span(stretch.spans[first][0], stretch.span(phrase).end)  # "civilt stöd till Ukraina"
            yield Candidate(47.0 if named else 34.0, span, "area.head", (cue,))


def names_taker(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase says who is given to, not only ``myndigheten``."""
    return stretch.low[phrase.start : phrase.end] != ["myndigheten"] and bool(accepted(stretch, phrase, actors=False))


def link_of(stretch: Stretch, index: int) -> int:
    """The index of the preposition that leads from a word for money to its purpose, or -1."""
    link = index + 1
    if stretch.at(link) in {"med", "mellan"} and "om" in stretch.low[link : link + 9]:
        link = stretch.low.index("om", link)  # "överenskommelsen med SKR om P"
    if stretch.at(link) == "i" and stretch.at(link + 1).startswith(("budget", "vårändring", "höständring")):
        link += 2  # "en satsning i budgeten på P"
    if stretch.at(index) == "ramen" and stretch.at(index - 1) == "inom":
        return -1
    return link if stretch.at(link) in HEAD_LINKS and stretch.opens(link) else -1


def adjuncts(stretch: Stretch) -> Iterator[Candidate]:
    """``För P avsätts``, ``Inom P satsar``, ``För att V O föreslår``: the adjunct that opens a sentence."""
    start = stretch.first_word()
    word = stretch.at(start)
    if word == "för" and stretch.at(start + 1) == "att":
        phrase, rule, score = innermost(stretch, start), "area.in-order", 70.0
    elif word in ADJUNCTS and stretch.opens(start) and not (word == "till" and actor_ahead(stretch, start + 1)):
        phrase = accepted(stretch, noun_phrase(stretch, start + 1))
        rule, score = ADJUNCTS[word]
    else:
        return
    if phrase is not None and rule in stretch.book and not is_person(stretch, phrase):
        yield offer(stretch, phrase, rule, score, stretch.cue(rule, start))


def through(stretch: Stretch) -> Iterator[Candidate]:
    """``Genom förlikningen åtog sig A att betala``: what the sum came about by, when nothing else is said of it."""
    start = stretch.first_word()
    if stretch.at(start) != "genom":
        return
    phrase = accepted(stretch, noun_phrase(stretch, start + 1))
    if phrase and grammar.is_finite(stretch.at(phrase.end)) and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.through", THROUGH, stretch.cue("area.through", start))


def innermost(stretch: Stretch, start: int) -> Phrase | None:
    """``För att möjliggöra åtgärder för att få bort P``: of nested aims the innermost."""
    phrase = accepted(stretch, in_order(stretch, start + 2))
    for place in range(start + 2, len(stretch.low) - 1):
        if grammar.is_finite(stretch.at(place)):
            break
        if stretch.at(place) == "för" and stretch.at(place + 1) == "att":
            phrase = accepted(stretch, in_order(stretch, place + 2)) or phrase
    return phrase


def acted_on(stretch: Stretch, verb: int) -> Phrase | None:
    """What the verb acts on; ``förstärka X med krav på P``: X, whatever comes with it."""
    if stretch.at(verb) not in RAISES:
        return noun_phrase(stretch, verb + 1)
    inverted = stretch.at(verb + 1) in GIVERS  # "Därför förstärker regeringen P med N"
    phrase = noun_phrase(stretch, verb + 1 + inverted)
    if phrase is None:
        return None
    joint = next((place for place in range(phrase.start + 1, phrase.end) if stretch.at(place) == "med"), 0)
    return Phrase(phrase.start, joint) if joint else phrase


@lru_cache(grammar.KNOWN)
def acts(word: str) -> bool:
    """Whether a word is a verb that may act on what the sum is for."""
    return word in RAISES or grammar.is_finite(word) and word not in grammar.MODALS


def has_raised(stretch: Stretch, index: int) -> bool:
    """Whether the supine at ``index`` tells that somebody has raised what follows: ``har regeringen nu ökat P``."""
    return "har" in stretch.low[max(0, index - 4) : index]


def objects(stretch: Stretch) -> Iterator[Candidate]:
    """``förstärker insatserna för P med``: what is raised by the sum."""
    said = enumerate(stretch.low)
    for index in [at for at, word in said if acts(word) or word in RAISED_SO_FAR and has_raised(stretch, at)]:
        word, phrase = stretch.low[index], accepted(stretch, acted_on(stretch, index))
        if phrase is None:
            continue
        if (
            is_person(stretch, phrase)
            or grammar.is_infinitive(stretch.at(phrase.start))
            or stretch.head_word(phrase) in NO_OBJECT
        ):
            continue  # "bedöms minska skatteintäkterna med": what follows from a measure, not the measure
        apart = stretch.low[phrase.end : phrase.end + 2] == [",", "som"] and stretch.low[-2:] == [",", "med"]
        raised = apart or stretch.at(phrase.end) in {"med", "till", "från"}  # "förstärker P, som A får, med"
        inverted = stretch.at(index + 1) in GIVERS  # "Därför stärker regeringen P genom ett sektorsbidrag på N"
        if word in RAISES and (raised or grammar.is_finite(word) and not inverted):
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", 74.0 if raised else 52.0)
        elif raised and word in RAISED_SO_FAR:
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", 74.0)
        elif stretch.at(phrase.end) == "med" and len(stretch.low) - phrase.end <= 3:  # "stöttar P med N"
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", 70.0)


def supplied(stretch: Stretch) -> Iterator[Candidate]:
    """``Nästa år tillförs det militära försvaret ytterligare N``: what the sum is given to."""
    for index in [at for at, word in enumerate(stretch.low) if word in SUPPLIED]:
        end = len(stretch.low)
        while stretch.at(end - 1) in grammar.HEDGES | {"ytterligare"}:
            end -= 1
        phrase = accepted(stretch, noun_phrase(stretch, index + 1))
        if phrase and phrase.end >= end and not is_person(stretch, phrase):
            yield offer(stretch, Phrase(phrase.start, end), "area.subject", 62.0)


def measured(stretch: Stretch) -> Iterator[Candidate]:
    """``har uppskattat skadorna till``, ``fastställt basbeloppet till``: what is measured or set."""
    for index, word in enumerate(stretch.low):
        phrase = accepted(stretch, noun_phrase(stretch, index + 1)) if word in MEASURES else None
        if phrase and "till" in stretch.low[phrase.end :] and not is_person(stretch, phrase):
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.subject", 78.0)


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


def clause_start(stretch: Stretch, verb: int) -> int:
    """Where the clause of a verb begins: after the last ``att`` that leads in no infinitive, else with the sentence."""
    for at in range(verb - 1, 0, -1):
        if stretch.at(at) == "att" and stretch.at(at - 1) not in {"för", "av", "kommer", "om"}:
            return at + 1
    first = stretch.first_word()
    if stretch.at(first) not in OPENING_ADVERBS:
        return first
    return next((at + 1 for at in range(first + 1, verb) if grammar.is_finite(stretch.at(at))), first)


def has_verb(stretch: Stretch, start: int, end: int) -> bool:
    """Whether a finite verb stands between two words that is not that of a relative clause."""
    for at in range(start, end):
        if stretch.at(at) in RELATIVES:
            return False
        if grammar.is_finite(stretch.at(at)):
            return True
    return False


def proposals(stretch: Stretch) -> Iterator[Candidate]:
    """The proposals of a bill as a whole: ``Förslagen i vårändringsbudgeten uppgår till``."""
    for index, word in enumerate(stretch.low[:-2]):
        if word in PROPOSALS and stretch.at(index + 1) == "i" and "budget" in stretch.at(index + 2):
            yield offer(stretch, Phrase(index, index + 3), "area.subject", 60.0)


def subjects(stretch: Stretch, kind: str, *, opening: bool) -> Iterator[Candidate]:
    """The subject of the verb before the sum: ``Avgiften för pass höjs till``."""
    if not PROPOSALS.isdisjoint(stretch.low):
        yield from proposals(stretch)
    parted = (at for at, word in enumerate(stretch.low) if word in BEFORE_SUBJECTS)
    starts = [at + 1 for at in parted if stretch.at(at) != "," or not lists(stretch, at)]
    covered = 0
    inverted = inverted_verb(stretch, kind) if opening else -1
    starts += [inverted + 1] if inverted >= 0 else []
    if opening or len(stretch.low) > 2 or grammar.is_finite(stretch.at(len(stretch.low) - 2)):
        starts.append(stretch.first_word())
    for start in sorted(starts):
        word = stretch.at(start)
        if start < covered or word in NO_SUBJECT or grammar.is_finite(word) or grammar.is_infinitive(word):
            continue
        phrase = noun_phrase(stretch, start)
        after = start > 0 and (stretch.at(start - 1) in INVERTED or start == inverted + 1)
        if phrase and stretch.at(phrase.end + 1) in GIVERS:
            continue  # "Mot bakgrund av gammal och ny lag föreslår regeringen"
        reach = 4 if kind == FUNDING else 9
        if phrase and (after or verb_follows(stretch, phrase.end, reach)) and (score := fitness(stretch, phrase, kind)):
            covered = phrase.end  # "sjuk- och rehabiliteringspenning höjs": not the second noun by itself
            if score == 38.0 and is_raised(stretch, phrase):
                score = 66.0
            yield offer(stretch, phrase, "area.subject", score + start / 50)


def is_raised(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether the sum is added to what the phrase names outright: ``Drift av vägar utökas med``."""
    verbs = stretch.low[phrase.end : phrase.end + 3]
    has = verbs[:1] and (verbs[0] in {"har", "ska"} or stretch.at(phrase.start - 1) in {"har", "ska"})
    raised = verbs[:1] and (verbs[0] in RAISED or has and not RAISED_TO.isdisjoint(verbs))
    if not raised or "med" not in stretch.low[phrase.end :]:
        return False
    return len(stretch.content(phrase)) > 1 and stretch.head_word(phrase) not in stretch.lexicon.heads


def inverted_verb(stretch: Stretch, kind: str) -> int:
    """The index of the finite verb when something else than the subject opens the sentence."""
    first = stretch.first_word()
    if stretch.at(first) not in OPENERS and (kind != FUNDING or stretch.at(first) != "efter"):
        return -1
    verbs = (at for at in range(first + 1, min(24, len(stretch.low))) if is_verb(stretch, at))
    # "För den som pendlar innebär förslaget": not the verb of the relative clause
    verb = next((at for at in verbs if "som" not in stretch.low[max(0, at - 2) : at]), -1)
    if stretch.at(verb) not in grammar.MODALS - COPULAS:
        return verb
    if kind == FUNDING:  # "För läxhjälpen ska skolan få", not "Efter beslut av regeringen har läxpengen höjts med"
        return verb if was_raised(stretch, verb + 1) else -1
    return verb if SUBCLAUSES.isdisjoint(stretch.low) else -1  # "Nu ska avgiften höjas till"


def was_raised(stretch: Stretch, index: int) -> bool:
    """Whether something is said to be raised from ``index`` on: ``har läxpengen höjts med``."""
    raised = (at for at in range(index, len(stretch.low)) if stretch.low[at] in RAISED_TO)
    return any(stretch.at(at + 1) in {"från", "med", "till"} for at in raised)


def is_verb(stretch: Stretch, index: int) -> bool:
    """Whether a finite verb stands there; of ``ökade`` the definite noun after it tells."""
    word = stretch.at(index)
    changed = word in {"minskade", "ökade"} and stretch.at(index + 1).endswith(("en", "et", "na"))
    return changed or grammar.is_finite(word)


def fitness(stretch: Stretch, phrase: Phrase, kind: str) -> float:
    """How well a subject serves as the purpose of a sum of that kind; 0 when it does not."""
    at = stretch.head(phrase.start, phrase.end)
    bare, head = at == phrase.end - 1, stretch.at(at)  # "taket", not "taket för rotavdraget"
    if kind != FUNDING and phrase.end - phrase.start > 1 and head in {"belopp", "nivå"}:
        bare = False  # "aktivitetsstödets lägsta nivå"
    if bare and says_how_much(head) or grammar.is_infinitive(stretch.at(phrase.start)) or is_person(stretch, phrase):
        return 0.0
    if accepted(stretch, phrase) is None:  # "Svenskt militärt stöd uppgår till"
        if kind != FUNDING:
            return 0.0
        return 48.0 if is_special_money(stretch, phrase) else OWNED if is_owned_money(stretch, phrase) else 0.0
    named = head.endswith(BUDGETS) and head not in BUDGETS or is_programme(stretch, phrase, head)
    told = [word for word in stretch.content(phrase) if word not in grammar.PALE]
    if kind == FUNDING and told == [head] and head in stretch.lexicon.heads:
        return 0.0  # "den sammanlagda garantiramen uppgår till" points back
    return 76.0 if kind != FUNDING else 62.0 if named else 38.0


def is_programme(stretch: Stretch, phrase: Phrase, head: str) -> bool:
    """Whether the sum is all of a programme with a name of its own: ``Läxlyftet omfattar``, ``läsåret omfattar
    Läxlyftet``."""
    if not head.endswith(SCHEMES) or head in SCHEMES or head in stretch.lexicon.anaphors:
        return False
    return "omfattar" in stretch.low[max(phrase.start - 1, 0) : phrase.end + 3]


def verb_follows(stretch: Stretch, index: int, reach: int) -> bool:
    """Whether the finite verb comes at once, or after a year, a bracket or an adjunct no longer than ``reach``."""
    for place in range(index, min(index + reach, len(stretch.low))):
        word = stretch.at(place)
        if grammar.is_finite(word) or word == "som" and place == index:
            return True
        after = stretch.at(place + 1)
        if word.endswith("ade") and after in CHANGED_TO:
            return True
        if word == "," and reach > 4 and (after in {"för", "under"} or place > index and grammar.is_finite(after)):
            continue  # "Utdelningar till staten under 2022, för verksamhetsåret 2021, uppgick"
        if word in {",", "och", ";", "att"}:
            return False
    return False


def equals(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``930 miljoner är kärnstöd``, ``Av detta utgör 19 miljarder civilt stöd``: the sum is said to be the thing."""
    if "area.equals" not in right.book:
        return
    first = 1 if right.at(0) == "," else 0
    if right.at(first) in {"är", "utgör", "avser"}:
        first += 1
    elif left.at(len(left.low) - 1) not in {"utgör", "avser"}:
        return
    if right.at(first) in NOT_EQUAL or right.at(first).isdigit():
        return
    phrase = noun_phrase(right, first)
    if phrase is None or right.at(phrase.start - 1) == "av" or actor_like(right, phrase.start, phrase.end):
        return
    if is_somebodys_work(right, phrase):
        return  # "varav 20 miljoner avser Sidas verksamhet": who, not what
    if phrase.end - phrase.start == 1 and right.at(phrase.start).endswith(("ade", "rda")):
        return  # "är överförda": a participle
    if right.at(phrase.start) not in right.lexicon.anaphors and right.head_word(phrase) not in NO_PURPOSE:
        yield offer(right, phrase, "area.equals", 64.0)


NOT_EQUAL: Final = frozenset("avsatt avsatta öronmärkt öronmärkta tänkt avsedda en ett det den för".split())


def loose(stretch: Stretch) -> Iterator[Candidate]:
    """Any other ``för P`` or ``till P`` before the sum, the nearest first."""
    met = 0
    for index in range(len(stretch.low) - 1, -1, -1):
        word = stretch.at(index)
        if word == "för" and stretch.at(index + 1) == "att":
            rule, phrase = "area.in-order", accepted(stretch, in_order(stretch, index + 2))
        elif word in {"för", "på", "till", "inom"} and stretch.opens(index):
            if word == "till" and actor_ahead(stretch, index + 1):
                yield from funds(stretch, index + 1)
                continue
            rule, phrase = ADJUNCTS[word][0], accepted(stretch, noun_phrase(stretch, index + 1))
        else:
            continue
        if phrase is None or rule not in stretch.book or is_person(stretch, phrase):
            continue
        spent = word == "på" and any(one.startswith("satsa") for one in stretch.low[max(0, index - 3) : index])
        score = 60.0 if spent else {"för": 50.0, "till": 37.0}.get(word, 43.0) - 2 * met
        met += not spent
        yield offer(stretch, phrase, rule, score, stretch.cue(rule, index))


def funds(stretch: Stretch, index: int) -> Iterator[Candidate]:
    """``bidrar till Fonden för P med N``: a fund that money goes to is what it is for."""
    start = stretch.skip_light(index)
    end = named_to(stretch, start)
    beside = "med" in stretch.low[-4:] and end > start
    if beside and "area.taker" in stretch.book and is_fund(stretch.at(stretch.head(start, end))):
        yield offer(stretch, Phrase(start, end), "area.taker", 44.0)
