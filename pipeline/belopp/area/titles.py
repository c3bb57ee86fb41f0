"""Reads what a heading or a title says that its text is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import conjugation, grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer, surest
from belopp.area.clauses import ADVERBS, FRAMES, WILL, clause, finite_index
from belopp.area.mandates import CONTRACTS, framed_purpose, past_receiver
from belopp.area.money import first_sum
from belopp.area.phrase import aim_at, deed_to_name, in_order, infinitive, noun_phrase
from belopp.area.readings import Readings
from belopp.area.right import right_of
from belopp.area.stretch import Phrase, Stretch
from belopp.area.trimming import LONGEST
from belopp.area.whom import actor_ahead, actor_like, is_person
from belopp.sentences import Span
from belopp.transfers import told

LIKELIEST: Final = 46.0  # what the likeliest reading of a heading scores at best
LESSER: Final = 36.0  # what a less likely reading of a heading scores
# What is said at a meeting: its title tells who spoke where, not of what.
SPEECHES: Final = ("jultal", "anförande", "anföranden")
DECLARATIONS: Final = ("regeringsförklaringen", "utrikesdeklarationen")
# After "tal" they show that somebody held it: "Ministerns tal vid mötet".
WHERE: Final = frozenset({"", "av", "i", "inför", "på", "till", "under", "vid"})
# No purpose of a heading begins with one of these.
NO_OPENING: Final = grammar.HEDGES | conjugation.FIRST | {"nära", "närmare", "över"}
# Whoever does one of these is who pays, whatever the name: "Alfa investerar", "Givare skänker".
DEEDS: Final = ("bevilja", "donera", "investera", "satsa", "skänk", "utlys", "storsatsa", "tilldela")
GIVES: Final = told("donera", "ge", "skänka")
# Without one of these "Uppdrag till A" says nothing but to whom.
NO_AIM: Final = frozenset({"angående", "att", "avseende", "för", "gällande", "kring", "med", "om", "på", "rörande"})


def title_purpose(readings: Readings) -> Candidate | None:
    """What the title says its document is about, its framing words dropped."""
    title = readings.outline.title
    return next(iter(heading_purposes(readings, Span(title.start, title.end), title=True)), None) if title else None


def heading_purpose(readings: Readings, span: Span) -> Candidate | None:
    """What a heading says its section is about, its framing words dropped."""
    return next(iter(heading_purposes(readings, span, title=False)), None)


def heading_purposes(readings: Readings, span: Span, *, title: bool) -> tuple[Candidate, ...]:
    """Every reading of what a heading or title is about, the likeliest first."""
    return readings.kept(("heading", span, title), lambda: _heading_purposes(readings, span, title))


def _heading_purposes(readings: Readings, span: Span, title: bool) -> tuple[Candidate, ...]:
    rule = "area.title" if title else "area.heading"
    if rule not in readings.book:
        return ()
    money = first_sum(readings.text, span.start, span.end)
    stretch = readings.stretch(Span(span.start, money.start()) if money else span)
    found = []
    if money:
        after = surest(right_of(readings.stretch(Span(money.end(), span.end))))
        found = [Candidate(LIKELIEST, after.span, rule, after.cues)] if after and after.score > 30 else []
        if not found and after and GIVES.intersection(stretch.low[-3:]):
            found = [Candidate(LESSER, after.span, rule, after.cues)]  # "Givare ger 5 miljoner till Läxhjälparna"
        if not found and title and readings.text[money.end() : money.end() + 1] == ":":
            told = likeliest_reading(readings.stretch(Span(money.end() + 1, span.end)), rule, title)
            found = [told] if told else []  # "Satsar 354 miljarder: Nya vägar i Skåne"
    elif stretch.low and is_plain(stretch):
        return ()
    stretch = past_colon(stretch) if title else stretch
    likeliest = likeliest_reading(stretch, rule, title) if stretch.low and not money else None
    found += [with_clause(stretch, likeliest)] if likeliest else []
    if not found or found[0].score < LESSER:
        found += [
            one
            for one in other_readings(stretch, rule, beside=bool(money))
            if all(one.span != other.span for other in found)
        ]
    return tuple(found)


def with_clause(stretch: Stretch, one: Candidate) -> Candidate:
    """The purpose with the clause that a heading ends with: ``stöd till företag som drabbats av torkan``, ``där``."""
    end = next((at for at, (_, after) in enumerate(stretch.spans, 1) if after == one.span.end), 0)
    rest = stretch.low[end:]
    if rest[:1] not in (["som"], ["där"]) or not 3 <= len(rest) <= LONGEST or not all(map(str.isalpha, rest)):
        return one
    does_it = grammar.is_finite(rest[1]) or rest[1].endswith(("ar", "er", "t", "ts"))  # not "som underlag för P"
    goes_on = not grammar.MAY.isdisjoint(rest[2:])  # "Kunskapen om barn som utsatts för brott ska stärkas"
    if not (does_it or rest[0] == "där") or goes_on or rest[-1] in grammar.NO_CONTENT:
        return one  # "betyg som går att lita på"
    return one._replace(span=Span(one.span.start, stretch.spans[-1][1]))


def other_readings(stretch: Stretch, rule: str, *, beside: bool) -> Iterator[Candidate]:
    """The other readings of a heading: its subject, the object of its verb, what it says before an aim.

    Nobody of whom it tells ``beside`` a sum what they give or get: ``Malmö får 5 miljoner``.
    """
    if not stretch.low:
        return
    verb = finite_index(stretch)
    told = [noun_phrase(stretch, 0)]
    if verb >= 0:
        place = verb + 1
        while stretch.at(place) in ADVERBS or stretch.at(place) in grammar.PARTICLES:
            place += 1
        told += [clause(stretch, verb), noun_phrase(stretch, place)]
    else:
        told += [framed_purpose(stretch), *(noun_phrase(stretch, at + 1) for at in topics_of(stretch))]
    for phrase in told:
        if (
            phrase
            and stretch.low[phrase.start] not in NO_OPENING
            and not is_person(stretch, phrase)
            and not (verb >= 0 and stretch.at(verb) in WILL and stretch.may_be_verb(phrase.start))
            and accepted(stretch, phrase, actors=False, money=phrase.end - phrase.start > 2)
        ):
            low = actor_like(stretch, phrase.start, phrase.end)
            low = low or phrase.end == verb and stretch.at(verb).startswith(DEEDS)
            if not (low and phrase.end == verb >= len(stretch.low) - 3 and beside):
                yield offer(stretch, phrase, rule, LESSER - 10 if low else LESSER)


def topics_of(stretch: Stretch) -> list[int]:
    """The places of ``om``, where somebody speaks of the purpose: ``Ministern om nya regler``."""
    return [at for at, word in enumerate(stretch.low[:8]) if word == "om" and at and actor_like(stretch, 0, at)]


def likeliest_reading(stretch: Stretch, rule: str, title: bool) -> Candidate | None:
    """What a heading is about: the noun of one without a verb, else what its verb acts on."""
    verb = finite_index(stretch)
    score = LIKELIEST
    phrase = nominal(stretch) if verb < 0 or stretch.at(0) in CONTRACTS else None
    if phrase is None and verb >= 0:
        phrase, score = clause(stretch, verb), 43.5 if title else 44.5
    if phrase is None or is_person(stretch, phrase):
        return None
    if verb >= 0 or stretch.at(0) not in CONTRACTS:
        score = 30.0 if actor_like(stretch, phrase.start, phrase.end) else score
    return offer(stretch, phrase, rule, score)


def past_colon(stretch: Stretch) -> Stretch:
    """What follows the opening of ``Ny undersökning: många elever …``."""
    if ":" not in stretch.low[:6]:
        return stretch
    later = stretch.low.index(":") + 1
    return stretch.after(later) if later < len(stretch.low) - 1 else stretch


def is_plain(stretch: Stretch) -> bool:
    """Whether a heading names a part of the text (``Bakgrund``, ``Fördelning per län``), not a purpose."""
    plain = stretch.lexicon.plain_headings
    if stretch.at(0).endswith("departementets") or "?" in stretch.low or is_speech(stretch):
        return True
    mandate = stretch.at(0) in CONTRACTS or stretch.at(0).endswith("uppdrag")
    if mandate and stretch.at(1) == "till" and NO_AIM.isdisjoint(stretch.low):
        return actor_ahead(stretch, 2)  # "Uppdrag till Skolverket och Boverket"
    if not CONTRACTS.isdisjoint(stretch.low[1:]) and framed_purpose(stretch):
        return False  # "Utbetalning av medel enligt överenskommelsen om P"
    paid_out = stretch.low[:3] in (["utbetalning", "av", "medel"], ["utbetalning", "av", "statsbidrag"])
    if (paid_out or stretch.low[:2] == ["satsningar", "på"]) and framed_purpose(stretch):
        return False  # "Utbetalning av medel till regionerna för P", "Satsningar på P"
    return stretch.at(0) in plain or len(stretch.low) <= 2 and stretch.at(1) in plain


def is_speech(stretch: Stretch) -> bool:
    """Whether a title only says who spoke where: ``Ministerns tal vid``, ``Anförande i``, ``Regeringsförklaringen``."""
    if stretch.at(0).endswith(DECLARATIONS):
        return True
    spoken = next((at for at, word in enumerate(stretch.low[:12]) if word == "tal" or word.endswith(SPEECHES)), -1)
    if stretch.at(spoken - 1) in grammar.CONJUNCTIONS:
        return False  # "Stöd till barns språk och tal"
    return spoken >= 0 and stretch.at(spoken + 1) in WHERE and finite_index(stretch) < 0


def nominal(stretch: Stretch) -> Phrase | None:
    """The purpose of a heading without a verb: all of it but the frame (``Satsning på``, ``Överenskommelse om``)."""
    if framed := framed_purpose(stretch):
        return framed
    if first := before_aim(stretch):
        return first
    if grammar.is_infinitive(stretch.at(0)) and (got := accepted(stretch, infinitive(stretch, 0))):
        if stretch.at(got.end) != "att":
            return got  # "Slå sönder den kriminella ekonomin"
    for index in range(len(stretch.low)):
        if aim := aim_at(stretch, index):
            if got := deed_to_name(stretch, aim) or accepted(stretch, in_order(stretch, aim), actors=False):
                return got
    phrase = noun_phrase(stretch, 1 if stretch.at(0) in {"för", "inom", "om", "till"} else 0)
    if phrase is None:
        return None
    if stretch.at(phrase.end) == "att" and (got := accepted(stretch, infinitive(stretch, phrase.end + 1))):
        return got  # "Hög tid att rädda almen"
    if (inner := past_receiver(stretch, phrase)) or actor_like(stretch, phrase.start, phrase.end):
        return inner or phrase
    return accepted(stretch, phrase, actors=False, money=phrase.end - phrase.start > 2)


def before_aim(stretch: Stretch) -> Phrase | None:
    """In ``Kartläggning av skogen för att rädda almen`` the purpose stands before the aim, unless it only frames it."""
    phrase = noun_phrase(stretch, 0)
    if phrase is None or not aim_at(stretch, phrase.end):
        return None
    head = stretch.head_word(phrase)
    if len(stretch.content(phrase)) > 5:
        return None
    return None if head.endswith(FRAMES) or actor_like(stretch, phrase.start, phrase.end) else accepted(stretch, phrase)
