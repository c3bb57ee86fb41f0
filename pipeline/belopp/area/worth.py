"""Finds the noun whose size a sum is: ``konjunkturstimulanser på N``, ``filtar till ett värde av N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import conjugation, grammar
from belopp.area.accepting import accepted
from belopp.area.aid import AID, is_supine, kind_of_aid
from belopp.area.balances import LEVELLED, is_balance
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import after_verbs, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.model import FUNDING

# Nouns that say how much, never what for.
NO_PURPOSE: Final = frozenset(
    """anbud anbudet andelen anslagen anslagsökningar ansökan ansökningar ansökningarna avgift avtal begränsning begäran
    belopp beloppen beloppet besked besparing besparingar beställning betalningarna bidragsbelopp bidragsbeloppet
    budget dag dagar effekt engångsbelopp fall finanserna förlust förmånen garantin gram grundbelopp grundnivån gräns
    gränsen helhet heltid höjning investeringsram kapitaltillskott kontrakt kontraktet kontraktsbeloppet
    kostnadsbesparingar kredit loss lån marginal max maxbelopp medelbelopp medelbeloppet mellanskillnaden minskning
    minus mål målet målnivå målsättningen månader nedgång netto nettominskning nettovärde nivå nyhet omsättning order
    osäkerhetsintervall pengar pension plus potentialen pott procent prognosen ramanslag resursökningar
    schablonbelopp siffra siffran siffrorna skattehöjning skatteintäkter skatteintäkterna skattelättnad
    skattelättnader skattesatsen skattesatserna skattesänkning skuld skuldbevis skyldigheten snittbelopp
    snittbeloppet statsfinanserna strategi stället subvention summa sänkning tak takbelopp takbeloppet taket tillbaka
    tilldelning tilldelningen timme totalbelopp totalbeloppet tredjedel underskott uppdelat uppgång uppskattning
    uppskattningar utfall utfästelse utgiftsökningar vecka veckor volym värde värdet ökning överskott""".split()
)
# Compounds of these say how much, too: "anslagsökning".
AMOUNTS: Final = ("finansiering", "gränserna", "höjning", "kapital", "summa", "summan", "svis", "tillskott", "ökning")
# What a market figure or a balance may be called, when nothing says what it is a figure of: "en stororder på N".
FIGURES: Final = ("kontrakt", "order")
NAMED: Final = 47.0  # surer than the title
# Between a noun and the sum: "en ram på totalt N".
UP_TO: Final = frozenset({"hela", "sammanlagt", "till", "totalt", "upp"})
# They stand outside the noun phrase before a sum.
OUTSIDE: Final = (
    grammar.TIME
    | grammar.NO_CONTENT
    | grammar.STOPS
    | grammar.LIGHT
    | {"budgetpropositionen", "regeringen", "varje"}
    | {"beräknat", "budgeterat", "kostnadsberäknat", "oförändrat"}
    | {"följd", "följda", "följt"}  # "Alfa får mest, följt av Beta med N"
    | {"ca", "cirka", "drygt", "emot", "fram", "igång", "in", "kvar", "ner", "upp", "ut"}
)
# Verbs of a relative clause that tell the size: "satsningen, som beräknas kosta N".
COSTS: Final = frozenset({"kosta", "kostade", "kostar"})  # nobody who pays is the subject of these
SIZED: Final = COSTS | frozenset(
    "blir omfatta omfattade omfattar uppgick uppgå uppgår uppskattas var värderas är".split()
)
EXPECTED: Final = frozenset("att bedöms beräknas kommer ska skulle totalt väntas".split())  # "som beräknas uppgå till"
# The noun phrase before a sum may go on over one of these: "handel i hamnar på N".
NOUN_LINKS: Final = frozenset({"av", "för", "i", "om", "till"})
WORTHY: Final = frozenset({"ett", "sammanlagt", "totalt", "uppskattat"})
ANY_AID: Final = frozenset({"ekonomiskt", "finansiellt"})  # of every aid in money
# What is given away in kind is worth the sum.
GIFTS: Final = frozenset("donera donerar leverera skänka skänker överlåta".split())
# The last word between a noun and the sum that is its size.
LEADS: Final = frozenset({"(", "för", "motsvarande", "om", "på", "värd", "värda", "värt"})


def amounting(stretch: Stretch, kind: str) -> Iterator[Candidate]:
    """``direkta konjunkturstimulanser på N``, ``prisbasbeloppet (ca N)``: the noun whose size the sum is."""
    end = end_of_noun(stretch)
    start = noun_before(stretch, end) if end else 0
    if stretch.at(start - 1) == "att" and stretch.may_be_verb(start):
        start += 1  # "att skänka pansarskott till ett värde av"
    if said_of_deed(stretch, end - 1) or stretch.at(start - 1) == "per":
        return
    if start == end or end - start > 4 and stretch.at(end) != "(" or not stretch.at(end - 1).isalpha():
        return
    aid = stretch.at(end - 1) in AID and stretch.at(end - 2) not in ANY_AID
    if aid and (first := kind_of_aid(stretch, end - 1)) < end - 1:
        yield offer(stretch, Phrase(first, end), "area.subject", 52.0)  # "militärt stöd för runt"
    if kind != FUNDING and stretch.at(end - 1).endswith(FIGURES):
        first = end - 1 - (end - 2 >= start and stretch.is_adjective(end - 2))
        yield offer(stretch, Phrase(first, end), "area.subject", NAMED)
    at = stretch.head(start, end)
    if kind != FUNDING and is_balance(stretch, at):
        yield offer(stretch, Phrase(at - (at > start and stretch.is_adjective(at - 1)), at + 1), "area.subject", 77.0)
    capital = kind != FUNDING and stretch.at(end - 1).endswith("kapital")  # "har ett buffertkapital på N"
    noun = Phrase(start, end)
    told = capital or of_what_kind(stretch, noun, kind)
    if is_no_noun(stretch, stretch.at(end - 1)) and not told or is_raise_to(stretch, noun):
        return
    start = before_joint(stretch, start, end)
    if stretch.at(start)[0].isdigit() and stretch.at(start - 1) == ",":
        return  # "0,0127 prisbasbelopp (N)"
    phrase = Phrase(start, end)
    if accepted(stretch, phrase, money=told):
        yield offer(stretch, phrase, "area.subject", 54.0 if kind == FUNDING else 78.0)


def said_of_deed(stretch: Stretch, place: int) -> bool:
    """Whether the word is a passive verb that stands in no list: ``hamnen muddras för``, not ``Ukrainas``."""
    word = stretch.at(place)
    return len(word) > 5 and word.endswith("as") and stretch.said[place].islower() and stretch.at(place + 1) == "för"


def of_what_kind(stretch: Stretch, phrase: Phrase, kind: str) -> bool:
    """Whether a figure's bare noun has a quality that tells it from others: ``administrativa kostnader på N``."""
    qualified = phrase.end - phrase.start == 2 and stretch.is_adjective(phrase.start) and stretch.at(phrase.end) == "på"
    return kind != FUNDING and qualified and not says_how_much(stretch.at(phrase.end - 1))


def given_away(stretch: Stretch) -> Iterator[Candidate]:
    """``donera utrustning som inte behövs, till ett belopp av högst N``: the gift that the sum is worth."""
    worth = next(
        (at for at, word in enumerate(stretch.low) if word in grammar.WORTH and stretch.at(at - 1) in WORTHY), 0
    )
    for verb in range(worth - 1, -1, -1):
        if stretch.low[verb] in GIFTS:
            phrase = accepted(stretch, noun_phrase(stretch, after_verbs(stretch, verb + 1)))
            if phrase and phrase.end < worth:
                yield offer(stretch, phrase, "area.subject", 76.0)
            return


def before_joint(stretch: Stretch, start: int, end: int) -> int:
    """Where a noun begins with what ``och`` joins to it: ``varor och tjänster``, ``militära och civila försvaret``."""
    if stretch.at(start - 1) != "och":
        return start
    if stretch.at(start - 2) == "-" and stretch.joined(start - 2):
        return start - 3  # "hälso- och sjukvården"
    nouns = start > 1 and is_plural(stretch.at(start - 2))
    return start - 2 if nouns or end - start > 1 and stretch.is_adjective(start - 2) else start


def end_of_noun(stretch: Stretch) -> int:
    """Where the noun ends whose size the sum is, past hedges and what leads to the sum; 0 when none does."""
    end = len(stretch.low)
    while end and (stretch.at(end - 1) in grammar.HEDGES or stretch.at(end - 1) in UP_TO):
        end -= 1
    word = stretch.at(end - 1)
    if word == "med" and stretch.at(end - 2).endswith("skadestånd"):
        return end - 1  # "tillerkände klaganden ideellt skadestånd med"
    if stretch.low[end - 3 : end - 1] == ["med", "mera"]:
        return end - 3  # "sjukvårdsmateriel med mera för"
    if stretch.at(end - 2) in grammar.WORTH and stretch.at(end - 3) == "ett" and stretch.at(end - 4) == "till":
        return end - 4 - (stretch.at(end - 5) in {",", "upp"})  # "pansarskott, till ett värde av N"
    sized = end - 1 - (stretch.at(end - 2) in COSTS and word.endswith("en"))  # "som kostar kommunen N"
    if stretch.at(sized) in SIZED and (before := before_clause(stretch, sized - 1)):
        return before
    return end_of_verbless(stretch, end) or (end - 1 if word in LEADS else 0)


def end_of_verbless(stretch: Stretch, end: int) -> int:
    """Where the noun ends whose verb stands before the sum before (``… och importen till N``); 0 for any other."""
    last = len(stretch.low)
    to = stretch.at(end) == "till" and end == last - 1
    if not to and not (stretch.at(end - 1) in {"från", "med"} and end == last):
        return 0
    if stretch.at(stretch.first_word()) in grammar.PREPOSITIONS or any(map(grammar.is_finite, stretch.low)):
        return 0  # "För en pensionär med N"
    if to:
        return end - stretch.at(end - 1).endswith("ade")  # "Omsättningen ökade till"
    return end - 1 - stretch.at(end - 2).endswith("ade")  # "… och tillägget med", "Skulden ökade från"


def before_clause(stretch: Stretch, place: int) -> int:
    """Where the noun ends whose relative clause has its verb after ``place``: ``satsningen, som 2023 uppgår till``."""
    while stretch.at(place) in EXPECTED or grammar.YEAR.match(stretch.at(place)):
        place -= 1
    return place - (stretch.at(place - 1) == ",") if stretch.at(place) == "som" else 0


def is_no_noun(stretch: Stretch, head: str) -> bool:
    """Whether the word before a sum is a form of money, says only how much, or is a verb (``har beslutat om``)."""
    if head in stretch.lexicon.heads or head in stretch.lexicon.money or says_how_much(head):
        return True
    return head.removesuffix("t") in conjugation.FIRST or head in {"ansökt", "begärt", "köpts", "sålts", "sökt"}


def is_raise_to(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase says how much more somebody gets: ``en anslagsökning till Trafikverket``."""
    head = stretch.head(phrase.start, phrase.end)
    return stretch.at(head + 1) == "till" and says_how_much(stretch.at(head))


def is_plural(word: str) -> bool:
    """Whether a word has the shape of a noun in the plural, and not of a verb."""
    return word.endswith(("er", "or")) and len(word) > 4 and not grammar.is_finite(word)


def noun_before(stretch: Stretch, end: int, links: frozenset[str] = NOUN_LINKS) -> int:
    """Where the noun phrase that ends before the word at ``end`` begins; it may go on over ``links``."""
    start = end
    while start and not stands_outside(stretch, start - 1, start == end, links):
        start -= 1
    while start < end and stretch.at(start) in links:
        start += 1
    return start


def stands_outside(stretch: Stretch, index: int, first: bool, links: frozenset[str]) -> bool:
    """Whether the word stands outside the noun phrase to its right."""
    word = stretch.at(index)
    if word in links:
        return first
    if word == "efter" and stretch.at(index + 1) == "skatt":
        return False
    if word in LEVELLED or word in OUTSIDE or not word[0].isalnum() or is_supine(stretch, index):
        return True
    return grammar.is_finite(word) or grammar.is_infinitive(word)


def says_how_much(head: str) -> bool:
    """Whether a noun only says how much (``målkapital``, ``anslagsökning``), never what for."""
    return head in NO_PURPOSE or head.endswith(AMOUNTS)
