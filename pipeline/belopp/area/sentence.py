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
    "area.in-order": 80.0, "area.for": 80.0, "area.to": 78.0, "area.on": 70.0, "area.in": 55.0, "area.within": 60.0,
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
    found = list(right_of(Stretch.of(place.text, Span(mentions[place.index].end, right_end), book)))
    for index in range(place.index + 1, last + 1):  # skip the later sums of the chain themselves
        found = [one for one in found if not overlaps(one.span, Span(mentions[index].start, mentions[index].end))]
    if kind != FUNDING:  # "5 220 kr för en ensamstående": who pays or gets it, not what it is about
        found = [one._replace(score=one.score - 40) for one in found]
    left = Stretch.of(place.text, Span(left_start, mentions[first].start), book)
    found += equals(Stretch.of(place.text, Span(mentions[place.index].end, right_end), book), left)
    found += left_of(left, kind, opening=first == 0)
    if first:
        inherited = candidates(Place(place.outline, place.block, place.sentence, mentions, first - 1), kind, book)
        found += [one._replace(score=one.score - 22, rule=one.rule) for one in inherited[:1]]
    return sorted(found, key=lambda one: -one.score)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


# ---------------------------------------------------------------------- to the right


def right_of(stretch: Stretch) -> Iterator[Candidate]:
    """The purposes that follow a sum, in text order, each a little weaker than the one before."""
    index, met, after_actor = 0, 0, False
    low = stretch.low
    while index < len(low):
        word = low[index]
        if clause_over(stretch, index):
            return
        step = purpose_at(stretch, index, after_actor)
        if step is None:
            index += 1
            continue
        rule, phrase, onward, actor = step
        after_actor = after_actor or actor
        if phrase is not None and rule in stretch.book:
            token = stretch.tokens[index]
            score = RIGHT_SCORES[rule] - 4 * met - (12 if index > 14 else 0)
            yield Candidate(score, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))
            met += 1
        index = max(onward, index + 1)
        del word


def clause_over(stretch: Stretch, index: int) -> bool:
    """Whether what follows speaks of something else than the sum."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word == ",":
        return after in {"vilket", "varav", "säger", "skriver", "där", "men", "medan", "samtidigt", "och", "som", "vilka"}
    if word == "som":
        return not (after in {"ska", "skall", "går", "används", "syftar", "avser", "fördelas", "är", "arbetar", "ett", "en"} or index == 0)
    return word in {"varav", ";", "medan", "eftersom", "samtidigt"} or word == "." and index + 1 == len(stretch.tokens)


def purpose_at(stretch: Stretch, index: int, after_actor: bool) -> tuple[str, Phrase | None, int, bool] | None:
    """The purpose that the preposition at ``index`` opens: rule, phrase, where to go on, whether it was an actor."""
    word, after = stretch.at(index), stretch.at(index + 1)
    if word == "för" and after == "att" or word in {"syfte", "syftet", "målet", "inriktningen", "avsikt"} and after == "att":
        phrase = in_order(stretch, index + 2)
        return "area.in-order", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    if word == "så" and after == "att":
        phrase = clause_purpose(stretch, index + 2)
        return "area.so-that", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    if word == "som" and after in {"arbetar", "syftar", "avser"}:
        phrase = stretch.noun_phrase(index + 3)
        return "area.relative", accepted(stretch, phrase), phrase.end if phrase else index + 2, False
    rules = {"för": "area.for", "till": "area.to", "på": "area.on", "i": "area.in", "inom": "area.within", "mot": "area.against",
             "avseende": "area.regarding", "gällande": "area.regarding"}  # fmt: skip
    if word in {"i", "på", "mot"} and not (index <= 2 or after_actor or word == "på"):
        return None
    if word not in rules or not stretch.opens(index):
        return None
    if word == "till" and stretch.actor_ahead(index + 1):
        start = stretch.skip_light(index + 1)
        return rules[word], None, max(start + 1, stretch.head(start, max(start + 1, stretch.phrase_end(start))) + 1), True
    phrase = stretch.noun_phrase(index + 1)
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


def accepted(stretch: Stretch, phrase: Phrase | None, *, actors: bool = True) -> Phrase | None:
    """The phrase, unless it points back, is a time or a form of money, or (with ``actors``) names who gets the money."""
    if phrase is None:
        return None
    head = stretch.at(stretch.head(phrase.start, phrase.end))
    content = [word for word in stretch.low[phrase.start : phrase.end] if word not in grammar.ARTICLES | grammar.PREPOSITIONS]
    if not any(character.isalpha() for word in content for character in word):
        return None
    anaphors = lexicon(stretch.book, "area.anaphor")
    if head in anaphors and (len(content) <= 2 or stretch.at(phrase.end - 1) in anaphors):
        return None
    if content[0] in grammar.TIME or content[0] in {"kronor", "miljoner", "miljarder", "procent"} or head in grammar.TIME:
        return None
    if content[0].removesuffix("s") in anaphors and len(content) <= 2:  # "åtgärdens genomförande"
        return None
    if head in lexicon(stretch.book, "area.money"):
        return None
    if actors and stretch.names_actor(phrase.start, phrase.end):
        return None
    return phrase


# ---------------------------------------------------------------------- to the left


def left_of(stretch: Stretch, kind: str, *, opening: bool) -> Iterator[Candidate]:
    """The purposes that stand before a sum."""
    yield from heads(stretch)
    if opening:
        yield from openings(stretch)
    yield from subject(stretch, kind, opening=opening)
    yield from loose(stretch)


def heads(stretch: Stretch) -> Iterator[Candidate]:
    """``satsningen på P``, ``stödet till P``, ``en höjning av P``: a word for money with what it is for."""
    nouns = lexicon(stretch.book, "area.head")
    for index, word in enumerate(stretch.low):
        if word not in nouns or stretch.at(index + 1) not in {"på", "till", "för", "om", "inom", "av", "åt", "mot", "avseende", "i"}:
            continue
        if not stretch.opens(index + 1):
            continue
        token = stretch.tokens[index]
        cue = (nouns[word], token.start, token.end)
        phrase = stretch.noun_phrase(index + 2)
        if phrase is None:
            continue
        near = 3 if len(stretch.low) - phrase.end <= 3 else 0
        if accepted(stretch, phrase):
            score = 76.0 + near if stretch.at(index + 1) != "i" else 52.0
            yield Candidate(score, stretch.span(phrase), "area.head", (cue, *phrase.cues))
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
    starts = [i + 1 for i, word in enumerate(stretch.low) if word in {"att", "men", "och", ",", "samtidigt", "–", "-"}]
    if opening:
        starts.insert(0, next((i for i, word in enumerate(stretch.low) if word[0].isalpha()), 0))
    for start in starts:
        if stretch.at(start) in grammar.PREPOSITIONS or grammar.is_finite(stretch.at(start)):
            continue
        phrase = stretch.noun_phrase(start)
        if phrase and grammar.is_finite(stretch.at(phrase.end)) and accepted(stretch, phrase):
            yield Candidate((47.0 if kind == FUNDING else 76.0) + start / 50, stretch.span(phrase), "area.subject", phrase.cues)
    yield from amounting(stretch, kind)


def amounting(stretch: Stretch, kind: str) -> Iterator[Candidate]:
    """``direkta konjunkturstimulanser på N``: the noun whose size the sum is."""
    end = len(stretch.low)
    while end and stretch.at(end - 1) in grammar.HEDGES | {"totalt", "sammanlagt", "upp", "till"}:
        end -= 1
    if stretch.at(end - 1) not in {"på", "om", "för", "motsvarande"}:
        return
    end = start = end - 1
    while start and not (
        stretch.at(start - 1) in grammar.ARTICLES | grammar.PREPOSITIONS | grammar.STOPS | grammar.CONJUNCTIONS | grammar.LIGHT
        or grammar.is_finite(stretch.at(start - 1))
        or grammar.is_infinitive(stretch.at(start - 1))
        or not stretch.at(start - 1)[0].isalnum()
        or start - 1 > 0 and stretch.at(start - 1) in {"regeringen"}
    ):
        start -= 1
    if start == end or end - start > 4:
        return
    head = stretch.at(end - 1)
    if head in lexicon(stretch.book, "area.head") or head.endswith(MONEY_ENDINGS):
        return
    phrase = Phrase(start, end)
    if accepted(stretch, phrase):
        yield Candidate(56.0, stretch.span(phrase), "area.subject", ())


MONEY_ENDINGS: Final = ("tillskott", "stöd", "bidrag", "satsning", "paket", "anslag", "ram", "ramen", "medel", "belopp", "summa", "tillskottet",
                        "stödet", "nivå", "sätt", "gräns", "ökning", "höjning", "sänkning", "kostnad", "förstärkning", "investering")  # fmt: skip


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
            base = 50.0 if word in {"för"} else 44.0
            yield Candidate(base - 2 * met, stretch.span(phrase), rule, ((rule, token.start, token.end), *phrase.cues))
            met += 1
