"""Reads a purpose off the words of a sentence: the shortest noun phrase that names it."""

from __future__ import annotations

from typing import Final

from belopp import conjugation, grammar
from belopp.area.edges import PARTED, phrase_end, verb_from
from belopp.area.frames import skip_frame
from belopp.area.stretch import QUOTES, Phrase, Stretch, once
from belopp.area.trimming import LONGEST, shorten, trim
from belopp.grammar import ASIDE, NO_NOUN

# Nouns that say nothing without their relative clause: "projekt som stärker P".
VAGUE: Final = frozenset(
    """aktiviteter förändringar initiativ insatser projekt reformer satsningar verksamhet verksamheter ändringar
    åtgärder""".split()
)
# Qualities that say nothing without that which has them: "öka tillgängligheten".
QUALITIES: Final = frozenset(
    """behoven bemanningen effektiviteten kapaciteten kompetensen kunskapen kvaliteten personal personalen platser
    risken riskerna tillgängligheten vårdkapaciteten""".split()
)
BY_MEANS: Final = grammar.PREPOSITIONS | {"genom", "via"}  # "att via en förening anordna P"
# A name in quotes after one of these is what the money is for.
NAMED: Final = ("kampanjen", "programmet", "projekt", "projektet")
# After one of grammar.HAVE a word with such an ending is a verb.
SUPINES: Final = ("at", "it")
GIVING: Final = frozenset({"bereda", "erbjuda", "ge"})
BETTER: Final = frozenset("bättre fler förbättrade förstärkta goda ökade ökat stärkta större".split())
# Verbs whose object is helped, not what the money is for.
HELPING: Final = frozenset("bistå ersätta följa ge hjälpa kompensera låta stödja stötta täcka".split())


@once
def noun_phrase(stretch: Stretch, index: int) -> Phrase | None:
    """The noun phrase from the word at ``index`` on, without article and framing words; ``None`` if there is none."""
    index, cues = skip_frame(stretch, index + (stretch.at(index) == "hur"))  # "utreda hur P kan utvecklas"
    word = stretch.at(index)
    if word == "att":
        inner = infinitive(stretch, index + 1)
        return inner and inner._replace(cues=cues + inner.cues)
    if (
        word in NO_NOUN
        and not stretch.is_small(index)
        or word in PARTED
        or grammar.is_finite(word)
        or is_supine(stretch, index)
    ):
        return None
    end = phrase_end(stretch, index)
    end = trim(stretch, index, end if end - index <= LONGEST else shorten(stretch, index, end))
    if end <= index:
        return None
    if named := project_name(stretch, index, end):
        return named._replace(cues=cues)
    if end - index <= 2 and stretch.at(end) == "som" and is_vague(stretch.at(end - 1)):
        if inner := does(stretch, end):
            return inner._replace(cues=cues + inner.cues)
        if end - index == 1:
            return None  # "aktiviteter som beskrivs i en plan"
    if stretch.at(end - 1) == "områden" and stretch.at(end) == "där":
        return Phrase(index, relative_end(stretch, end), cues)  # "skolan i områden där få bor"
    longer = with_relative(stretch, index, end) if stretch.at(end) == "som" else end
    return Phrase(index, longer, (*cues, stretch.cue("area.people", index)) if longer > end else cues)


def is_supine(stretch: Stretch, index: int) -> bool:
    """Whether a word is the verb of the ``har`` before it: ``har bidragit med``, not ``ett utökat stöd``."""
    return stretch.at(index).endswith(SUPINES) and stretch.at(index - 1) in grammar.HAVE


def project_name(stretch: Stretch, start: int, end: int) -> Phrase | None:
    """The name in quotes that a phrase ends with, of a project or the like: ``projektet ”Läsa mer”``."""
    if stretch.at(end - 1) not in QUOTES:
        return None
    opened = next((at for at in range(start + 1, end) if stretch.at(at) in QUOTES), 0)
    if not opened or stretch.at(end - 1) != stretch.at(opened) or end - opened < 3:
        return None
    return Phrase(opened + 1, end - 1) if stretch.at(opened - 1).endswith(NAMED) else None


def is_vague(word: str) -> bool:
    """Whether a noun says nothing without its relative clause (``insatser som``, ``miljöåtgärder som``)."""
    return word in VAGUE or word.endswith(("åtgärder", "insatser", "projekt"))


def does(stretch: Stretch, place: int) -> Phrase | None:
    """What the relative clause at ``place`` acts on: ``projekt som stärker P``."""
    verb = place + 1
    if stretch.at(verb) in grammar.MAY:
        return infinitive(stretch, verb + 1)
    if (
        not (grammar.is_finite(stretch.at(verb)) or stretch.at(verb).endswith("r"))
        or stretch.at(verb) in grammar.MODALS
        or stretch.at(verb).endswith("s")
    ):
        return None
    after = verb + 1
    while stretch.at(after) in grammar.PARTICLES:
        after += 1
    return infinitive(stretch, after + 1) if stretch.at(after) == "att" else noun_phrase(stretch, after)


def with_relative(stretch: Stretch, start: int, end: int) -> int:
    """The end after a short relative clause when the phrase alone only says ``unga`` or ``personer``."""
    alone = end == start + 1 or stretch.at(end - 2) in {"för", "hos", "och", "till"}  # "vård för personer som"
    if not alone or stretch.at(end - 1) not in stretch.lexicon.people:
        return end
    return relative_end(stretch, end)


def relative_end(stretch: Stretch, end: int) -> int:
    """Where a short relative clause that begins at ``end`` ends; ``end`` itself when it is long."""
    for place in range(end + 1, min(end + 9, len(stretch.low))):
        if stretch.at(place) in {",", ".", ";", "("} or joins_clauses(stretch, end, place):
            return place
    after, last = stretch.spans[-1][1], len(stretch.low)
    heading_over = stretch.text[after : after + 1] in {"", "\n"}
    return last if heading_over and last <= end + 9 else end


def joins_clauses(stretch: Stretch, start: int, place: int) -> bool:
    """Whether ``och`` ends the clause with ``där`` at ``start``: another follows with a subject of its own."""
    if stretch.at(start) != "där" or stretch.at(place) != "och" or grammar.is_finite(stretch.at(place + 1)):
        return False  # "områden där få bor och arbetar"
    return all(any(map(grammar.is_finite, part)) for part in (stretch.low[start:place], stretch.low[place:]))


def infinitive(stretch: Stretch, index: int) -> Phrase | None:
    """What the infinitive after ``att`` acts on: in ``stärka och utveckla skolans arbete`` it is ``skolans arbete``."""
    verb = verb_from(stretch, past_adjunct(stretch, index), 5)
    if verb < 0:
        return None
    place = after_verbs(stretch, verb + 1)
    if stretch.at(place - 1) in grammar.BEING:
        return None  # "bli verklighet": nothing is acted on
    if stretch.at(verb) in GIVING and (inner := enabled(stretch, place)):
        return inner
    phrase = acted_upon(stretch, place + (stretch.at(place) == "hur"))  # "undersöka hur P kan främjas"
    if phrase and phrase.end - phrase.start == 1 and stretch.at(phrase.start) in QUALITIES:
        if stretch.at(phrase.end) in {"och", "samt", ","} and grammar.is_infinitive(stretch.at(phrase.end + 1)):
            return infinitive(stretch, phrase.end + 1) or phrase  # "öka kvaliteten och korta köerna till P"
    return phrase


def acted_upon(stretch: Stretch, place: int) -> Phrase | None:
    """The object at ``place``, or what it only leads to: ``bättre förutsättningar att utveckla P``."""
    means = stretch.lexicon.means
    spot = stretch.skip_light(place)
    if inner := made_possible(stretch, spot):
        return inner
    while stretch.is_adjective(spot) and stretch.at(spot + 1) in means:
        spot += 1
    if stretch.at(spot) in means and stretch.at(spot + 1) in {"för", "till", "att", "av", "på", "i", "med"}:
        reads = infinitive if stretch.at(spot + 1) == "att" else noun_phrase
        inner = reads(stretch, spot + 2)
        return inner and inner._replace(cues=(stretch.cue("area.means", spot), *inner.cues))
    return noun_phrase(stretch, place)


def enabled(stretch: Stretch, place: int) -> Phrase | None:
    """``ge A bättre möjligheter att utveckla P``: what somebody is enabled to do."""
    for means in range(place + 2, min(place + 9, len(stretch.low))):
        word = stretch.at(means)
        if word in stretch.lexicon.means and stretch.at(means - 1) in BETTER:
            return infinitive(stretch, means + 2) if stretch.at(means + 1) == "att" else None
        if word in grammar.STOPS or grammar.is_finite(word):
            return None
    return None


def past_adjunct(stretch: Stretch, index: int) -> int:
    """The index of the infinitive after what comes between: ``att i enlighet med planen stärka P``."""
    if stretch.at(index) not in BY_MEANS:
        return index
    for place in range(index + 2, min(index + 14, len(stretch.low))):
        word = stretch.at(place)
        if word in grammar.STOPS or grammar.is_finite(word):
            return index
        if grammar.is_infinitive(word) and word not in grammar.ALSO_ADJECTIVES:
            return place
    return index


def made_possible(stretch: Stretch, index: int) -> Phrase | None:
    """``möjligt för huvudmän att inrätta P``, ``förutsättningar för skolan att erbjuda P``: what is made possible."""
    enabled = stretch.at(index) in {"möjligt", "lättare", "enklare"}
    if enabled or stretch.at(index) in stretch.lexicon.means and stretch.at(index + 1) == "för":
        for ahead in range(index + 1, min(index + 8, len(stretch.low))):
            if stretch.at(ahead) == "att" and (inner := infinitive(stretch, ahead + 1)):
                return inner
    return None


def deed_to_name(stretch: Stretch, index: int) -> Phrase | None:
    """``rädda Amazonas``, ``återställa E6``: a name alone is no purpose, what is done to it is."""
    verb = verb_from(stretch, index, 2)
    place = after_verbs(stretch, verb + 1) if verb >= 0 else -1
    if verb < 0 or stretch.at(verb) in HELPING or place != verb + 1:
        return None
    named = noun_phrase(stretch, place)
    if named is None or named.start != place or not stretch.said[place][:1].isupper():
        return None
    owner = stretch.at(named.start).endswith("s") and named.end > named.start + 1  # "Sveriges stöd" is no name
    return None if owner else Phrase(verb, named.end)


def after_verbs(stretch: Stretch, place: int) -> int:
    """The index after further verbs, their particles and prepositions: ``fortsätta stödja och``, ``bidra till att``."""
    while True:
        before = place
        if stretch.at(place) in {"och", "samt", ",", "eller", "/"} and stretch.may_be_verb(place + 1):
            place += 2
        elif stretch.at(place - 1) in grammar.HELPERS and (inner := verb_from(stretch, place, 3)) >= 0:
            place = inner + 1
        while is_particle(stretch, place):
            place += 1
        if stretch.at(place) == "att":
            place += 1
            if (inner := verb_from(stretch, place, 3)) >= 0:
                place = inner + 1
        if place == before:
            return place


def is_particle(stretch: Stretch, place: int) -> bool:
    """Whether a word goes with the verb before it: ``arbeta med``, not ``användas i enlighet med``."""
    word = stretch.at(place)
    return word in grammar.PARTICLES and (word not in ASIDE or stretch.at(place + 1) not in ASIDE[word])


def aim_at(stretch: Stretch, place: int) -> int:
    """Where the verb of an aim stands that ``place`` opens, after ``för att`` or ``i syfte att``; 0 for none."""
    word = stretch.at(place)
    if word == "för":
        return place + 2 if stretch.at(place + 1) == "att" else 0
    opens = word in {"i", "med"} and stretch.at(place + 1) in grammar.AIMS and stretch.at(place + 2) == "att"
    return place + 3 if opens else 0


@once
def in_order(stretch: Stretch, index: int) -> Phrase | None:
    """The purpose in ``för att V O`` and in ``för att A ska kunna V O``, from the word after ``att`` on."""
    index = past_adjunct(stretch, index)
    verb = verb_from(stretch, index, 4)
    modal = not grammar.MAY.isdisjoint(stretch.low[index : verb + 1])
    if verb >= 0 and not modal and not is_of_subject(stretch, index, verb):
        return infinitive(stretch, index)
    return clause_purpose(stretch, index) or infinitive(stretch, index)


def is_of_subject(stretch: Stretch, index: int, verb: int) -> bool:
    """Whether the supposed infinitive is rather part of a subject (``för att svenska myndigheter ska …``)."""
    if stretch.at(verb) in conjugation.INFINITIVES:
        return False
    modal = next((at for at, word in enumerate(stretch.low[index : index + 9], index) if word in grammar.MAY), -1)
    return modal > verb


def clause_purpose(stretch: Stretch, index: int) -> Phrase | None:
    """The purpose in a subclause with a modal verb: what it lets its subject do."""
    for place in range(index, min(index + 12, len(stretch.low))):
        word = stretch.at(place)
        if (word in grammar.MAY or word == "kunna") and place > index:
            return infinitive(stretch, place + 1) or what_is_done(stretch, index, place)
        if word in {",", "som"}:
            return None
    return None


def what_is_done(stretch: Stretch, index: int, modal: int) -> Phrase | None:
    """In ``för att bron ska kunna byggas`` the purpose is the subject of the passive verb."""
    verb = verb_from(stretch, modal + 1, 4)
    if stretch.at(verb) in grammar.HELPERS:
        verb = verb_from(stretch, verb + 1, 2)
    if verb < 0 or not stretch.at(verb).endswith("s"):
        return None
    return noun_phrase(stretch, index)
