"""Weighs the purposes that a sentence offers for one of its sums: to the right of it, to the left, around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from belopp.area import grammar
from belopp.area.phrase import Phrase, Stretch, lexicon
from belopp.model import FUNDING
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span


class Candidate(NamedTuple):
    """A purpose that may be the sum's: how well it sits (higher is better), where it stands, and the rules behind it."""

    score: float
    span: Span
    rule: str
    cues: tuple[tuple[str, int, int], ...] = ()


RIGHT_SCORES: Final = {
    "area.in-order": 80.0, "area.for": 80.0, "area.to": 78.0, "area.on": 78.0, "area.in": 60.0, "area.within": 60.0,
    "area.against": 60.0, "area.so-that": 62.0, "area.relative": 66.0, "area.regarding": 62.0,
}  # fmt: skip
# Words between two sums that only go on with the same thing in other years: "10 miljoner 2025 och 20 miljoner 2026".
GLUE: Final = frozenset(
    """, och samt till för under år åren per i från med fram därefter årligen årlig respektive mellan ytterligare cirka ca drygt
    totalt sammanlagt vardera beräknas beräknar föreslås avsätts ( ) – - / öka ökas ökning en på tidigare motsvarande upp mer därmed
    sedan varje perioden nästa högst minst nära knappt nästan det jämfört dagens om regeringen anslagen anslaget ett osäkerhetsintervall
    kommer att avsättas tillföras eller alltså vilket innebär sin""".split()
)


def glued(text: str, span: Span, book: Rulebook) -> bool:
    """Whether the text between two sums says nothing but years and how they go on."""
    stretch = Stretch.of(text, span, book)
    return all(word in GLUE or grammar.NUMBER.match(word) is not None for word in stretch.low)


def chain(place: Place, book: Rulebook) -> tuple[int, int]:
    """The first and last index of the sums that go on with the same thing as this one."""
    first = last = place.index
    mentions = place.mentions
    while first > 0 and glued(place.text, Span(mentions[first - 1].end, mentions[first].start), book):
        first -= 1
    while last + 1 < len(mentions) and glued(place.text, Span(mentions[last].end, mentions[last + 1].start), book):
        last += 1
    return first, last


def candidates(place: Place, kind: str, book: Rulebook) -> list[Candidate]:
    """Every purpose the sentence offers this sum, best first."""
    first, last = chain(place, book)
    mentions = place.mentions
    right_end = mentions[last + 1].start if last + 1 < len(mentions) else place.sentence.end
    left_start = mentions[first - 1].end if first else place.sentence.start
    after = Stretch.of(place.text, Span(mentions[last].end, right_end), book)
    found = list(right_of(after))
    if last + 1 < len(mentions) and max((one.score for one in found), default=0) < 50:
        found += shared_right(place, last, book)
    if kind != FUNDING:  # "5 220 kr för en ensamstående": who pays or gets it, not what it is about
        found = [one._replace(score=one.score - (10 if one.rule == "area.in" else 50)) for one in found]
    left = Stretch.of(place.text, Span(left_start, mentions[first].start), book)
    if first:
        left = own_clause(left)
    found += equals(after, left)
    found += left_of(left, kind, opening=first == 0)
    if first:
        inherited = candidates(Place(place.outline, place.block, place.sentence, mentions, first - 1), kind, book)
        found += [one._replace(score=one.score - 22) for one in inherited[:2] if one.rule != "area.equals"]
    return sorted(found, key=lambda one: -one.score)


def own_clause(between: Stretch) -> Stretch:
    """What stands between two sums from the last joint on: the rest belongs to the sum before."""
    joints = [i for i, word in enumerate(between.low) if word in {",", "och", "samt", "dels", "varav", "medan", "men"}]
    return Stretch(between.text, between.tokens[joints[-1] + 1 :] if joints else between.tokens, between.book)


def shared_right(place: Place, last: int, book: Rulebook) -> list[Candidate]:
    """The purpose after ``N till regionerna och N till kommunerna för P``, which is both sums'."""
    mentions = place.mentions
    gap = Stretch.of(place.text, Span(mentions[last].end, mentions[last + 1].start), book)
    start = next((i for i, word in enumerate(gap.low) if word == "till"), -1)
    if not 0 <= start <= 3 or gap.at(len(gap.low) - 1) not in {"och", "samt", ","} and not GLUE.issuperset(gap.low[-2:]):
        return []
    if not gap.actor_ahead(start + 1) or len(gap.low) > start + 9:
        return []
    end = mentions[last + 2].start if last + 2 < len(mentions) else place.sentence.end
    after = right_of(Stretch.of(place.text, Span(mentions[last + 1].end, end), book))
    return [one._replace(score=one.score - 3) for one in after]


# ---------------------------------------------------------------------- to the right


def right_of(stretch: Stretch) -> Iterator[Candidate]:
    """The purposes that follow a sum, in text order, each a little weaker than the one before."""
    index, met, after_actor = 0, 0, False
    low = stretch.low
    while index < len(low):
        word = low[index]
        if clause_over(stretch, index, after_actor):
            return
        if word == "för" and stretch.at(index + 1) == "att" and (helped := helping(stretch, index)) is not None:
            if (phrase := accepted(stretch, helped)) and "area.in-order" in stretch.book:
                token = stretch.tokens[index]
                yield Candidate(74.0 - 4 * met, stretch.span(phrase), "area.in-order", (("area.in-order", token.start, token.end),))
            return
        if word in {"tilldelas", "tillförs", "ges", "erhåller", "anvisas"} and (taker := stretch.noun_phrase(index + 1)):
            if stretch.names_actor(taker.start, taker.end):
                index, after_actor = stretch.head(taker.start, taker.end) + 1, True
            else:  # "tilldelas den nationella strukturen för kunskapsstyrning": all of it receives
                index = taker.end
            continue
        step = purpose_at(stretch, index, after_actor)
        if step is None:
            index += 1
            continue
        rule, phrase, onward, actor = step
        after_actor = after_actor or actor
        if actor and phrase is None and rule in stretch.book:  # nothing but the receiver is named: better than nothing
            start = stretch.skip_light(index + 1)
            if end := stretch.trim(start, stretch.phrase_end(start)) - start:
                yield Candidate(28.0, stretch.span(Phrase(start, start + end)), rule)
        if rule == "area.to-somebody":  # "till de regionala strukturerna för att V O": rather who than what
            rule, somebody = "area.to", 14.0
        else:
            somebody = 0.0
        if phrase is None and rule == "area.in" and rule in stretch.book:  # "i stöd till idrotten"
            said = stretch.noun_phrase(index + 1)
            if said and stretch.at(said.start + 1) == "till" and accepted(stretch, said, actors=False, money=True):
                yield Candidate(45.0, stretch.span(said), rule)
        if phrase is not None and rule in stretch.book:
            token = stretch.tokens[index]
            score = RIGHT_SCORES[rule] - 4 * met - (4 if index > 20 else 0) - somebody
            yield Candidate(score, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))
            met += not somebody
        index = max(onward, index + 1)


def helping(stretch: Stretch, index: int) -> Phrase | None:
    """In ``för att stödja regionerna i arbetet med P`` the purpose is P; ``None`` when nobody is helped there.

    When somebody is helped and the text does not say with what, the phrase is the helped one itself, which is
    no purpose and will not be accepted.
    """
    phrase = in_order(stretch, index + 2)
    if phrase is None or not stretch.names_actor(phrase.start, phrase.end):
        return None
    head = stretch.head(phrase.start, phrase.end)
    for place in range(head + 1, min(head + 4, len(stretch.low))):
        if stretch.at(place) in {"i", "med", "att"} and (inner := accepted(stretch, stretch.noun_phrase(place + (stretch.at(place) != "att")))):
            return inner
    return phrase


DOES: Final = frozenset({"arbetar", "syftar", "verkar", "står"})  # "organisationer som arbetar med P"


def clause_over(stretch: Stretch, index: int, actors_met: bool = False) -> bool:
    """Whether what follows speaks of something else than the sum."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word == "," and after == "som" and stretch.at(index + 2) in DOES:
        return False
    if word == ",":
        return after in {"dels", "vilket", "varav", "säger", "skriver", "där", "men", "medan", "samtidigt", "och", "som", "vilka"}
    if word == "och":
        if stretch.at(index - 1) in {"från", "till"}:
            return False
        if after in grammar.PREPOSITIONS:
            return True
        return not (actors_met or grammar.YEAR.match(after) or after in {"framåt", "framöver", "därefter", "år", "åren"})
    if word == "som":
        if after in DOES:
            return False
        if index and stretch.at(index - 1) in lexicon(stretch.book, "area.anaphor"):
            return False
        return not (after in {"ska", "skall", "går", "används", "syftar", "avser", "fördelas", "är", "arbetar", "ett", "en", "förstärkt", "stöd", "kompensation", "del"} or index == 0)
    return word in {"vilket", "vilken", "vilka", "varav", ";", "medan", "eftersom", "samtidigt"} or word == "." and index + 1 == len(stretch.tokens)


def purpose_at(stretch: Stretch, index: int, after_actor: bool) -> tuple[str, Phrase | None, int, bool] | None:
    """The purpose that the preposition at ``index`` opens: rule, phrase, where to go on, whether it was an actor."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word in {"ska", "skall"} and index <= 8 and (verb := stretch.verb_from(index + 1, 2)) >= 0:
        if stretch.at(verb).endswith("s") or stretch.at(verb) in {"gå", "kunna", "vara", "komma", "uppgå", "betala", "få", "fördela", "bli"}:
            return None
        phrase = stretch.infinitive(verb)  # "en halv miljard ska korta vårdköerna"
        return "area.so-that", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    if word == "för" and after == "att" or word in {"syfte", "syftet", "målet", "inriktningen", "avsikt"} and after == "att":
        phrase = in_order(stretch, index + 2)
        return "area.in-order", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    if word == "så" and after == "att":
        phrase = clause_purpose(stretch, index + 2)
        return "area.so-that", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    if word == "som" and after in DOES:
        phrase = stretch.noun_phrase(index + 3)
        return "area.relative", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    rules = {"för": "area.for", "till": "area.to", "på": "area.on", "i": "area.in", "inom": "area.within", "mot": "area.against",
             "avseende": "area.regarding", "gällande": "area.regarding"}  # fmt: skip
    if word in {"i", "mot"} and not (after_actor or all(one in GLUE or one in grammar.TIME or one[0].isdigit() for one in stretch.low[:index])):
        return None
    if word not in rules or not stretch.opens(index):
        return None
    if word == "till" and stretch.actor_ahead(index + 1):
        start = stretch.skip_light(index + 1)
        return rules[word], None, max(start + 1, stretch.head(start, max(start + 1, stretch.phrase_end(start))) + 1), True
    phrase = stretch.noun_phrase(index + 1)
    if word == "till" and after != "att" and phrase and stretch.at(phrase.end) == "för" and stretch.at(phrase.end + 1) == "att":
        return "area.to-somebody", accepted(stretch, phrase), phrase.end, False
    return rules[word], accepted(stretch, phrase, actors=word in {"i", "till", "på"}), phrase.end if phrase else index + 1, False


def in_order(stretch: Stretch, index: int) -> Phrase | None:
    """The purpose in ``för att V O`` and in ``för att A ska kunna V O``."""
    if (verb := stretch.verb_from(index, 4)) >= 0 and not subject_before(stretch, index, verb):
        return stretch.infinitive(index)
    return clause_purpose(stretch, index) or stretch.infinitive(index)


def subject_before(stretch: Stretch, index: int, verb: int) -> bool:
    """Whether the supposed infinitive is rather part of a subject (``för att svenska myndigheter ska …``)."""
    modal = next((at for at in range(index, min(index + 9, len(stretch.low))) if stretch.at(at) in {"ska", "kan", "skall", "får"}), -1)
    return modal > verb and stretch.at(verb) not in grammar.INFINITIVES


def clause_purpose(stretch: Stretch, index: int) -> Phrase | None:
    """The purpose in a subclause with a modal verb: what it lets its subject do."""
    for place in range(index, min(index + 12, len(stretch.low))):
        if stretch.at(place) in {"ska", "skall", "kan", "får", "kunna"} and place > index:
            return stretch.infinitive(place + 1)
        if stretch.at(place) in {",", "som"}:
            return None
    return None


def accepted(stretch: Stretch, phrase: Phrase | None, *, actors: bool = True, money: bool = False) -> Phrase | None:
    """The phrase, unless it points back, is a time or a form of money, or (with ``actors``) names who gets the money."""
    if phrase is None:
        return None
    head = stretch.at(stretch.head(phrase.start, phrase.end))
    content = [word for word in stretch.low[phrase.start : phrase.end] if word not in grammar.ARTICLES | grammar.PREPOSITIONS]
    if not any(character.isalpha() for word in content for character in word):
        return None
    anaphors = lexicon(stretch.book, "area.anaphor")
    if head in anaphors and (len(content) == 1 or stretch.at(phrase.end - 1) in anaphors and stretch.at(phrase.end - 1).endswith(("et", "en", "na"))):
        return None
    if len(content) == 1 and stretch.at(phrase.start - 1) in {"denna", "detta", "dessa", "samma"}:
        return None  # "inom ramen för denna förordning"
    if content[0] in grammar.TIME or content[0] in {"kronor", "miljoner", "miljarder", "procent"} or head in grammar.TIME:
        return None
    if (head in anaphors or head in {"verksamhet", "verksamheten"}) and content[0] in BACKWARD:
        return None
    if content[0].endswith("s") and content[0].removesuffix("s") in anaphors and len(content) <= 2:  # "åtgärdens genomförande"
        return None
    if not money and head in lexicon(stretch.book, "area.money"):
        return None
    if actors and stretch.names_actor(phrase.start, phrase.end):
        return None
    return phrase


# Genitives that only point back at somebody.
BACKWARD: Final = frozenset("regeringens utredningens organisationens myndighetens fondens verkets styrelsens institutets bolagets".split())

# ---------------------------------------------------------------------- to the left


def left_of(stretch: Stretch, kind: str, *, opening: bool) -> Iterator[Candidate]:
    """The purposes that stand before a sum."""
    yield from heads(stretch)
    if opening:
        off = 0 if kind == FUNDING else 30
        yield from (one._replace(score=one.score - off) for one in openings(stretch))
    yield from subject(stretch, kind, opening=opening)
    yield from loose(stretch) if kind == FUNDING else (one._replace(score=one.score - 14) for one in loose(stretch))


def heads(stretch: Stretch) -> Iterator[Candidate]:
    """``satsningen på P``, ``stödet till P``, ``en höjning av P``: a word for money with what it is for."""
    nouns = lexicon(stretch.book, "area.head")
    for index, word in enumerate(stretch.low):
        if word not in nouns or stretch.at(index + 1) not in {"på", "till", "för", "om", "inom", "av", "åt", "mot", "avseende"}:
            continue
        if not stretch.opens(index + 1) or stretch.at(index - 1) == "inom" and word == "ramen":
            continue
        token = stretch.tokens[index]
        cue = (nouns[word], token.start, token.end)
        phrase = stretch.noun_phrase(index + 2)
        if phrase is None:
            continue
        near = 6 if len(stretch.low) - phrase.end <= 3 else 0
        if accepted(stretch, phrase):
            if stretch.at(stretch.head(phrase.start, phrase.end)).endswith(POTS):
                near = -3  # "en höjning av investeringsramen": more money, not a purpose
            yield Candidate(76.0 + near, stretch.span(phrase), "area.head", (cue, *phrase.cues))
        elif stretch.at(index + 1) in {"till", "åt"} and accepted(stretch, phrase, actors=False):
            named = stretch.tokens[phrase.start].text[:1].isupper()
            yield Candidate(47.0 if named else 34.0, Span(token.start, stretch.span(phrase).end), "area.head", (cue,))


def openings(stretch: Stretch) -> Iterator[Candidate]:
    """``För P avsätts``, ``Inom P satsar``, ``För att V O föreslår``: the adjunct that opens a sentence."""
    start = next((i for i, word in enumerate(stretch.low) if word[0].isalpha()), 0)
    if stretch.at(start) in {"vidare", "dessutom", "därutöver", "totalt", "därtill", "sammanlagt"}:
        return
    word = stretch.at(start)
    if word == "för" and stretch.at(start + 1) == "att":
        phrase = accepted(stretch, in_order(stretch, start + 2))
        # "För att möjliggöra åtgärder för att få bort P": the innermost purpose is the one.
        for place in range(start + 2, len(stretch.low) - 1):
            if grammar.is_finite(stretch.at(place)):
                break
            if stretch.at(place) == "för" and stretch.at(place + 1) == "att":
                phrase = accepted(stretch, in_order(stretch, place + 2)) or phrase
        rule, score = "area.in-order", 70.0
    elif word in {"för", "inom", "till", "på", "i"} and stretch.opens(start):
        if word == "till" and stretch.actor_ahead(start + 1):
            return
        phrase = accepted(stretch, stretch.noun_phrase(start + 1))
        rule = {"för": "area.for", "inom": "area.within", "till": "area.to", "på": "area.on", "i": "area.in"}[word]
        score = {"för": 72.0, "inom": 62.0, "till": 72.0, "på": 50.0, "i": 38.0}[word]
    else:
        return
    if phrase is not None and rule in stretch.book:
        token = stretch.tokens[start]
        yield Candidate(score, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))


def subject(stretch: Stretch, kind: str, *, opening: bool) -> Iterator[Candidate]:
    """The subject of the verb before the sum (``Avgiften för pass höjs till``) and its object (``förstärker insatserna med``)."""
    for index, word in enumerate(stretch.low):
        if word in {"ökar", "förstärker", "stärker", "höjer", "utökar", "sänker", "minskar", "fördubblar", "sänka", "öka", "höja",
                    "stärka", "förstärka"}:  # fmt: skip
            phrase = stretch.noun_phrase(index + 1)
            if phrase and stretch.at(phrase.end) in {"med", "till", "från"} and accepted(stretch, phrase):
                yield Candidate(74.0, stretch.span(phrase), "area.subject", ())
    if "area.subject" not in stretch.book:
        return
    for index, word in enumerate(stretch.low[:-2]):  # "Förslagen i vårändringsbudgeten uppgår till"
        if word in {"förslagen", "reformerna", "satsningarna", "åtgärderna"} and stretch.at(index + 1) == "i" and "budget" in stretch.at(index + 2):
            yield Candidate(60.0, stretch.span(Phrase(index, index + 3)), "area.subject", ())
    starts = [i + 1 for i, word in enumerate(stretch.low) if word in {"att", "men", "och", ",", "samtidigt", "–", "-"}]
    starts += [i + 1 for i, word in enumerate(stretch.low) if word in {"uppgår", "uppgick", "beräknas", "väntas", "bedöms", "kostar"}]
    if opening or grammar.is_finite(" ".join(stretch.low[-2:-1])) or len(stretch.low) > 2:
        starts.insert(0, next((i for i, word in enumerate(stretch.low) if word[0].isalpha()), 0))
    for start in starts:
        if stretch.at(start) in grammar.PREPOSITIONS or grammar.is_finite(stretch.at(start)) or grammar.is_infinitive(stretch.at(start)):
            continue
        phrase = stretch.noun_phrase(start)
        if phrase and verb_follows(stretch, phrase.end) and not is_person(stretch, phrase):
            if accepted(stretch, phrase) is None:
                if kind == FUNDING and is_special_money(stretch, phrase):  # "Svenskt militärt stöd uppgår till"
                    yield Candidate(48.0, stretch.span(phrase), "area.subject", phrase.cues)
                continue
            head = stretch.at(stretch.head(phrase.start, phrase.end))
            named = head.endswith(BUDGETS) and head not in BUDGETS
            score = 76.0 if kind != FUNDING else 62.0 if named else 38.0
            yield Candidate(score + start / 50, stretch.span(phrase), "area.subject", phrase.cues)
    yield from amounting(stretch, kind)


POTS: Final = ("ramen", "anslaget", "anslagen", "bidrag", "bidragen", "ersättningar", "budgeten", "anslag")
# Compounds that name a pot of money after its purpose: försvarsanslaget, biståndsbudgeten, elstödet.
BUDGETS: Final = ("anslaget", "anslagen", "budgeten", "budget", "ramen", "stödet", "bidraget", "bidragen", "ersättningen", "utrymmet", "kortet")


def is_special_money(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a form of money is told apart by an adjective of its own: ``det militära stödet``."""
    head = stretch.head(phrase.start, phrase.end)
    if stretch.at(head) not in lexicon(stretch.book, "area.money") and stretch.at(head) not in {"stödet", "biståndet"}:
        return False
    return any(stretch.is_adjective(at) and not stretch.at(at).endswith("s") and stretch.at(at) not in grammar.PALE for at in range(phrase.start, head))


def is_person(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a subject is somebody who pays or gets: never what the money is for."""
    return stretch.at(phrase.start) in PRONOUNS or stretch.at(stretch.head(phrase.start, phrase.end)) in lexicon(stretch.book, "area.people")


PRONOUNS: Final = frozenset("vi du man jag ni hon han de det här där sökande".split())


def verb_follows(stretch: Stretch, index: int) -> bool:
    """Whether the finite verb comes at once, or after a year or a bracket."""
    for place in range(index, min(index + 4, len(stretch.low))):
        word = stretch.at(place)
        if grammar.is_finite(word) or word == "som" and place == index:
            return True
        if word in {",", "och", ";", "att"}:
            return False
    return False


def amounting(stretch: Stretch, kind: str) -> Iterator[Candidate]:
    """``direkta konjunkturstimulanser på N``, ``prisbasbeloppet (ca N)``: the noun whose size the sum is."""
    end = len(stretch.low)
    while end and stretch.at(end - 1) in grammar.HEDGES | {"totalt", "sammanlagt", "upp", "till"}:
        end -= 1
    word, bracket = stretch.at(end - 1), False
    if word in {"omfattar", "kostar", "omfattade"} and stretch.at(end - 2) == "som":
        end -= 1
    elif word == "(":
        bracket = True
    elif stretch.at(end) == "till" and end == len(stretch.low) - 1 and not any(grammar.is_finite(one) for one in stretch.low):
        end += 1  # "… och importen till N": the verb stands before the sum before
    elif word not in {"på", "om", "motsvarande"}:
        return
    end -= 1
    start = noun_before(stretch, end)
    if start == end or end - start > 4 and not bracket or not stretch.at(end - 1).isalpha():
        return
    head = stretch.at(end - 1)
    if head in lexicon(stretch.book, "area.head") or head in lexicon(stretch.book, "area.money") or head in NO_PURPOSE:
        return
    phrase = Phrase(start, end)
    if accepted(stretch, phrase):
        score = 54.0 if kind == FUNDING else 78.0
        yield Candidate(score, stretch.span(phrase), "area.subject", ())


def noun_before(stretch: Stretch, end: int) -> int:
    """Where the noun phrase that ends before the word at ``end`` begins."""
    start = end
    joined = {"av", "för", "till", "om", "i"}
    while start and not (
        stretch.at(start - 1) in grammar.ARTICLES | (grammar.PREPOSITIONS - joined) | grammar.STOPS | grammar.CONJUNCTIONS | grammar.LIGHT
        or grammar.is_finite(stretch.at(start - 1))
        or grammar.is_infinitive(stretch.at(start - 1))
        or not stretch.at(start - 1)[0].isalnum()
        or stretch.at(start - 1) in {"regeringen", "budgetpropositionen"}
        or stretch.at(start - 1) in joined and start == end
    ):
        start -= 1
    while start < end and stretch.at(start) in joined:
        start += 1
    return start


NO_PURPOSE: Final = frozenset(
    "kapitaltillskott osäkerhetsintervall skattelättnad målet mål belopp beloppet summa nivå takbelopp engångsbelopp ramanslag lån kredit"
    " effekt kontraktsbeloppet skattesänkning skattehöjning skattelättnader totalbeloppet gräns gränsen tak taket total-nivå budget grundbelopp höjning sänkning förlust skuld omsättning kontrakt beställning utfall underskott överskott".split()
)


def equals(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``930 miljoner är kärnstöd``, ``Av detta utgör 19 miljarder civilt stöd``: the sum is said to be the thing."""
    if "area.equals" not in right.book:
        return
    start = -1
    first = 1 if right.at(0) == "," else 0
    if right.at(first) in {"är", "utgör", "avser"}:
        start = first + 1
    elif left.at(len(left.low) - 1) == "utgör":
        start = first
    if start < 0:
        return
    if right.at(start) in {"avsatt", "avsatta", "öronmärkt", "öronmärkta", "tänkt", "avsedda", "en", "ett", "det", "den", "för", "ett"}:
        return
    phrase = right.noun_phrase(start)
    if phrase and right.at(phrase.start - 1) not in {"av"} and not right.names_actor(phrase.start, phrase.end):
        if right.at(phrase.start) not in lexicon(right.book, "area.anaphor"):
            yield Candidate(64.0, right.span(phrase), "area.equals", phrase.cues)


def loose(stretch: Stretch) -> Iterator[Candidate]:
    """Any other ``för P`` or ``till P`` before the sum, the nearest first."""
    met = 0
    for index in range(len(stretch.low) - 1, -1, -1):
        word = stretch.at(index)
        if word == "för" and stretch.at(index + 1) == "att":
            phrase, rule = accepted(stretch, in_order(stretch, index + 2)), "area.in-order"
        elif word in {"för", "på", "till", "inom"} and stretch.opens(index):
            if word == "till" and stretch.actor_ahead(index + 1):
                continue
            phrase = accepted(stretch, stretch.noun_phrase(index + 1))
            rule = {"för": "area.for", "på": "area.on", "till": "area.to", "inom": "area.within"}[word]
        else:
            continue
        if phrase is not None and rule in stretch.book:
            token = stretch.tokens[index]
            if word == "på" and {stretch.at(index - 1), stretch.at(index - 2), stretch.at(index - 3)} & {"satsar", "satsat", "satsas", "satsa"}:
                yield Candidate(60.0, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))
                continue
            base = {"för": 50.0, "till": 37.0}.get(word, 43.0)
            yield Candidate(base - 2 * met, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))
            met += 1
