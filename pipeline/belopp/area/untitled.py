"""Finds what a sum is about where nobody speaks for the state, whose titles name it seldom: ``priset, N, gick till``.

These readings are less sure than those of ``left`` and ``right``, and surer than such a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import FORMS
from belopp.area.balances import title_of
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.verbs import OPENING_ADVERBS
from belopp.area.whom import actor_like, is_person
from belopp.area.worth import COSTS, says_how_much

SURE: Final = 47.0  # surer than any title
# Compounds of these say in what form somebody pays or gets: "betala N i sanktionsavgift", "fick N i elstöd".
PAID_IN: Final = (
    *FORMS, "avgångsvederlag", "besparingar", "bonus", "borgen", "böter", "försäljning", "gåvor", "investeringar",
    "lån", "moms", "pension", "pensioner", "premier", "provision", "ränta", "räntor", "skadestånd", "skatter", "vite",
    "återbäring",
)  # fmt: skip
# Alone they say nothing of what for.
BARE_FORMS: Final = frozenset("bidrag ersättning lån stöd".split())
INVESTS: Final = ("investera", "satsa")
ENDS: Final = frozenset({";", "medan", "men", "varav", "vilka", "vilken", "vilket"})
# These say how much and nothing else.
EMPTY: Final = frozenset(
    """belopp budget finansiering höjning minskning minus nivå plus pott ram skattelättnad skattesänkning skattehöjning
    summa sänkning tak tillskott värde ökning""".split()
)
# Verbs that tell of the size of their subject.
LEVELS: Final = frozenset(
    """blev bli blir blivit gav ger gett gick går hamnade hamnar inbringade inbringar inbringat kosta kostade kostar
    landade landar ligger lyder låg löd motsvarade motsvarar nådde når omfattade omfattar passerade passerar passerat
    rymmer stannade stannar uppgick uppgår var vara varit är överskrider översteg överstiga överstiger""".split()
)
# Between such a verb and the sum.
BESIDE: Final = frozenset(
    """( ) värd värda värt back bara oförändrad oförändrat dock däremot då hittills endast från för genomsnitt hela
    helåret i idag inte kan kvartalet med motsvarande nu om omräknat på redan sammanlagt sin sitt snitt till totalt
    under vid ytterligare ändå som mest att nästa förra""".split()
).union(grammar.HEDGES, grammar.TIME)
# Verbs that tell how their subject has changed, and those by which a figure is foreseen.
MOVES: Final = frozenset(
    """beräknades beräknas bedöms budgeterades budgeteras fördubblades fördubblas fördubblats halverades halveras
    halverats höjdes höjs höjts kapades kapas kapats krympa krymper krympt krympte minska minskade minskar minskat
    minskas pekade pekar sjunka sjunker sjunkit sjönk slutade slutar slutat steg stiga stiger stigit sänkas sänkts sänks
    sänktes uppskattades uppskattas växa växer vuxit växte väntades väntas öka ökade ökar ökat ökas""".split()
)
# Bare nouns that say what is paid, where the title names nothing of the kind.
CHARGES: Final = frozenset(
    """anslaget arvodet avgiften avgifterna avtalet bidraget bonusen böterna hyran hyrorna lönen lönerna prognosen
    premien priset priserna skatten skulden skulderna taxan utdelningen vinsten""".split()
)
PAID: Final = (
    "anslag", "arvod", "avgift", "avtal", "bidrag", "bot", "budget", "förlust", "hyr", "lön", "premi", "pris",
    "resultat", "skatt", "stöd", "tax", "underskott", "utdelning", "vinst", "överskott",
)  # fmt: skip
BARELY: Final = 38.5  # a little more than a title that nobody speaks for the state in
OPENS: Final = frozenset({",", ":", "att", "där", "eftersom", "men", "medan", "när", "och", "om", "vars", "–"})
JOINTS: Final = frozenset({",", "medan", "men", "och", "samt"})
LEADING: Final = frozenset({"motsvarande", "om", "på", "sammanlagt", "totalt", "värd", "värda", "värt"})
RECKONED: Final = ("beräknad", "beräknat", "beräknade", "budgeterad", "budgeterat", "oförändrad", "oförändrat")
REACH: Final = 7  # words between such a verb and the sum
GENERAL: Final = frozenset("del hälften mest minst resten störst".split())


def untitled(left: Stretch, right: Stretch) -> Iterator[Candidate]:
    """What is about as sure as a title would be, on either side of a sum."""
    if "area.in" in right.book:
        yield from paid_as(right, left)
    if "area.subject" in left.book:
        yield from beside(left)
        yield from charged(left)
        yield from bare_size(left)
        yield from sized(left)


def paid_as(right: Stretch, left: Stretch) -> Iterator[Candidate]:
    """``N har kommunerna fått i statsbidrag``, ``N investerar bolaget i P``: what ``i`` opens, away from the sum."""
    invests = any(word.startswith(INVESTS) for word in (*left.low[-8:], *right.low[:8]))
    for index, word in enumerate(right.low):
        if word in ENDS or word == "." or word == "och" and grammar.is_finite(right.at(index + 1)):
            return
        if word not in {"i", "på"} or (phrase := opened(right, index)) is None:
            continue
        head = right.head_word(phrase)
        bare = head in BARE_FORMS and len(right.content(phrase)) == 1
        bare = bare or index == 0 and head in right.lexicon.money
        if word == "i" and head.endswith(PAID_IN) and not bare or invests and accepted(right, phrase):
            yield offer(right, phrase, "area.in", SURE + 1)
            return


def opened(stretch: Stretch, index: int) -> Phrase | None:
    """What a preposition opens, though it may be counted: ``i 640 lägenheter``."""
    if counts(stretch, index + 1):
        return noun_phrase(stretch, index + 2)
    return noun_phrase(stretch, index + 1) if stretch.opens(index) else None


def counts(stretch: Stretch, index: int) -> bool:
    """Whether a word says how many there are of the noun after it: ``640 lägenheter``, ``nio läxprojekt``."""
    word, noun = stretch.at(index), stretch.at(index + 1)
    number = word.isdigit() and not grammar.YEAR.match(word) or word in grammar.NUMERALS
    return number and noun.endswith(("ar", "er", "or", "projekt"))


def before_leading(stretch: Stretch) -> int:
    """Where a stretch ends before the words that only lead on to its sum: ``på``, ``värd cirka``."""
    end = len(stretch.low)
    while end and (stretch.at(end - 1) in LEADING or stretch.at(end - 1) in grammar.HEDGES):
        end -= 1
    return end


def charged(stretch: Stretch) -> Iterator[Candidate]:
    """``åläggs en särskild avgift på N``, ``en läxavgift på 2 procent eller N``: the form of money that N is."""
    end = before_leading(stretch)
    if stretch.low[end - 2 : end] == ["procent", "eller"]:
        end = next((at for at in range(end - 2, max(end - 5, 0), -1) if stretch.at(at) == "på"), 0)
    head = end - 1
    if end < 1 or end == len(stretch.low) or not stretch.at(head).endswith(PAID_IN):
        return
    word = stretch.at(head - 1)
    told = head > 0 and stretch.is_adjective(head - 1) and word not in grammar.NO_CONTENT | grammar.PALE
    told = told and not (grammar.is_infinitive(word) or grammar.is_finite(word)) or word.startswith("särskil")
    if told or stretch.at(head) not in BARE_FORMS:
        yield offer(stretch, Phrase(head - told, end), "area.subject", SURE)


def bare_size(stretch: Stretch) -> Iterator[Candidate]:
    """``en order värd N``, ``garanteras en löneökning om N``: the bare noun whose size N is, where titles say less."""
    end = before_leading(stretch)
    if end < 2 or end == len(stretch.low) or stretch.at(end - 2) not in {"ett", "en"}:
        return
    if says_how_much(stretch.at(end - 1)) and stretch.at(end - 1) not in EMPTY:
        yield offer(stretch, Phrase(end - 1, end), "area.subject", BARELY)


def named(stretch: Stretch, phrase: Phrase | None, *, actors: bool = True) -> bool:
    """Whether a phrase may be what a figure is about: nobody, no word that points back or only says how much."""
    if phrase is None or is_person(stretch, phrase):
        return False
    if actors and actor_like(stretch, phrase.start, phrase.end):
        return False
    head = stretch.head_word(phrase)
    last = stretch.at(phrase.end - 1)
    if grammar.is_infinitive(stretch.at(phrase.start)) or last.endswith(("ad", "ens", "ets", "nas")):
        return False
    if last.endswith(RECKONED):
        return False  # "Projektet är kostnadsberäknat till N"
    if says_how_much(head) or stretch.at(phrase.start) in GENERAL or stretch.at(phrase.start) in grammar.TIME:
        return False
    kinds = [word for word in stretch.content(phrase) if not word.endswith("s") and word not in grammar.PALE]
    told = len(kinds) > 1 or head not in stretch.lexicon.money
    return accepted(stretch, phrase, actors=actors, money=told) is not None


def beside(stretch: Stretch) -> Iterator[Candidate]:
    """``Läxpriset, i år på N, går till``, ``Vinsten per bok: N``: a noun with its sum in apposition."""
    end = before_leading(stretch)
    if stretch.low[end - 2 : end] == ["i", "år"]:
        end -= 2
    if stretch.at(end - 1) not in {",", "("}:
        return
    if copula := next((at for at in range(end - 2, max(end - 9, 0), -1) if stretch.at(at) in grammar.COPULAS), 0):
        phrase = noun_phrase(stretch, copula + 1)  # "Största posten är läxhjälpen, N"
        if phrase and phrase.end == end - 1 and named(stretch, phrase):
            yield offer(stretch, phrase, "area.subject", 77.5)
        return
    start = stretch.first_word()
    if stretch.at(start) in grammar.PREPOSITIONS or stretch.at(start) in OPENING_ADVERBS:
        return
    phrase = noun_phrase(stretch, start)
    if phrase and phrase.end == end - 1 and named(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", SURE)


def sized(stretch: Stretch) -> Iterator[Candidate]:
    """``Saneringen på varje plats går på N``, ``I år höjs läxpriset från N``: the subject of a verb of size."""
    last = len(stretch.low) - 1
    while last >= 0 and (stretch.at(last) in BESIDE or grammar.YEAR.match(stretch.at(last))):
        last -= 1
    if last < 0 or len(stretch.low) - last > REACH + 1:
        return
    for phrase, verb in subjects_of(stretch, last):
        if named(stretch, phrase, actors=stretch.at(verb) not in COSTS):
            yield offer(stretch, phrase, "area.subject", SURE)
            return
        if phrase.end - phrase.start == 1 and is_charge(stretch, phrase):
            yield offer(stretch, phrase, "area.subject", BARELY)
            return


def subjects_of(stretch: Stretch, last: int) -> Iterator[tuple[Phrase, int]]:
    """The subjects of the verb of size at ``last``, or the one that ends there after its verb, and that verb."""
    if stretch.at(last) not in LEVELS and stretch.at(last) not in MOVES:
        for verb in range(last - 1, max(last - REACH, -1), -1):
            if stretch.at(verb) in LEVELS or stretch.at(verb) in MOVES:
                phrase = noun_phrase(stretch, verb + 1)  # "Den 1 maj höjs läxavgiften från"
                pays = phrase and stretch.at(verb) in COSTS and actor_like(stretch, phrase.start, phrase.end)
                if phrase and phrase.end == last + 1 and not pays:
                    yield phrase, verb
                return
        return
    first = last
    while first and is_verbal(stretch, first - 1):
        first -= 1  # "måste överstiga", "kommer nästa år att kosta"
    if has := next((at for at in range(first, max(first - REACH, 0), -1) if stretch.at(at) in {"hade", "har"}), 0):
        phrase = noun_phrase(stretch, has + 1)  # "Sedan maj har läxkostnaden redan kapats från"
        phrase = until(phrase, last)
        if phrase and phrase.end <= last and all(is_verbal(stretch, at) for at in range(phrase.end, last)):
            yield phrase, last
    for start in starts(stretch, first):
        phrase = until(noun_phrase(stretch, start), first)
        if phrase and phrase.end <= first and is_close(stretch, phrase.end, first):
            yield phrase, last


def until(phrase: Phrase | None, verb: int) -> Phrase | None:
    """The part of a phrase before a verb that does not look like one: ``läxhjälpen blivit``."""
    return phrase._replace(end=min(phrase.end, verb)) if phrase and phrase.start < verb else phrase


def is_verbal(stretch: Stretch, at: int) -> bool:
    """Whether a word is of a group of verbs, or stands within one."""
    word = stretch.at(at)
    return word in BESIDE - {"och"} or word in MOVES or grammar.is_finite(word) or grammar.is_infinitive(word)


def is_close(stretch: Stretch, end: int, verb: int) -> bool:
    """Whether nothing but a few words without a verb, or a relative clause, stands between a subject and its verb."""
    if stretch.at(end) == "," and stretch.at(end + 1) in {"där", "som", "vars"}:
        return stretch.at(verb - 1) == "," and verb - end < 14
    return verb <= end + 5 and not any(map(grammar.is_finite, stretch.low[end:verb]))


def starts(stretch: Stretch, verb: int) -> list[int]:
    """Where the subject of a verb may begin, the nearest clause first."""
    return [at + 1 for at in range(verb - 1, -1, -1) if stretch.at(at) in OPENS] + [stretch.first_word()]


def is_charge(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a bare noun says what is paid, and the title nothing of the kind."""
    title = title_of(stretch)
    return stretch.at(phrase.start) in CHARGES and not any(map(title.__contains__, PAID))


def alongside(between: Stretch, before: Candidate | None) -> Iterator[Candidate]:
    """``Intäkterna beräknas till N och kostnaderna till M``: another subject of the same verb, before its own sum."""
    if before is None or before.rule != "area.subject":
        return
    joints = [at for at, word in enumerate(between.low) if word in JOINTS]
    if not joints or between.at(start := joints[-1] + 1) in grammar.PREPOSITIONS:
        return
    phrase = noun_phrase(between, start)
    rest = between.low[phrase.end :] if phrase else []
    if phrase and BESIDE.issuperset(rest) and alike(between, phrase):
        yield offer(between, phrase, "area.subject", before.score)


def alike(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase may stand beside another subject of a figure: a noun, though it point back by itself."""
    head = stretch.head_word(phrase)
    bare = phrase.end - phrase.start == 1 and head.endswith(grammar.DEFINITE) and stretch.said[phrase.start].islower()
    return named(stretch, phrase) or bare and not says_how_much(head) and not is_person(stretch, phrase)
