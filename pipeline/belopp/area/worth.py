"""Finds the noun whose size a sum is: ``konjunkturstimulanser på N``, ``filtar till ett värde av N``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.aid import AID, is_supine, kind_of_aid
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import after_verbs, noun_phrase
from belopp.area.stretch import Phrase, Stretch
from belopp.area.whom import is_person
from belopp.model import FUNDING

# Nouns that say how much, never what for.
NO_PURPOSE: Final = frozenset(
    """andelen anslagen anslagsökningar ansökan ansökningar ansökningarna avgift avtal begränsning belopp beloppen
    beloppet besked besparing besparingar beställning betalningarna bidragsbelopp bidragsbeloppet budget dag dagar
    effekt engångsbelopp fall finanserna förlust förmånen garantin gram grundbelopp grundnivån gräns gränsen helhet
    heltid höjning investeringsram kapitaltillskott kontrakt kontraktsbeloppet kostnadsbesparingar kredit lån marginal
    max maxbelopp mellanskillnaden mål målet målnivå målsättningen månader netto nettominskning nettovärde nivå nyhet
    omsättning order osäkerhetsintervall pengar pension potentialen procent ramanslag resursökningar schablonbelopp
    siffra skattehöjning skatteintäkter skatteintäkterna skattelättnad skattelättnader skattesatsen skattesatserna
    skattesänkning skuld skuldbevis skyldigheten statsfinanserna strategi stället subvention summa sänkning tak
    takbelopp takbeloppet taket tillbaka tilldelning tilldelningen timme totalbeloppet tredjedel underskott uppdelat
    uppskattning uppskattningar utfall utfästelse utgiftsökningar vecka veckor volym värde värdet överskott""".split()
)
# Compounds of these say how much, too: "anslagsökning".
AMOUNTS: Final = ("finansiering", "gränserna", "höjning", "kapital", "summa", "summan", "svis", "tillskott", "ökning")
# Between a noun and the sum: "en ram på totalt N".
UP_TO: Final = frozenset({"sammanlagt", "till", "totalt", "upp"})
# They stand outside the noun phrase before a sum.
OUTSIDE: Final = (
    grammar.TIME
    | grammar.NO_CONTENT
    | grammar.STOPS
    | grammar.LIGHT
    | {"budgetpropositionen", "regeringen", "varje"}
    | {"emot", "fram", "in", "ner", "upp", "ut"}
)
# Verbs of a relative clause that tell the size: "satsningen, som beräknas kosta N".
SIZED: Final = frozenset("kosta kostar omfatta omfattade omfattar uppgå uppgår".split())
EXPECTED: Final = frozenset("att bedöms beräknas kommer ska totalt väntas".split())  # "som beräknas uppgå till"
# The noun phrase before a sum may go on over one of these: "handel i hamnar på N".
NOUN_LINKS: Final = frozenset({"av", "för", "i", "om", "till"})
WORTH: Final = frozenset({"belopp", "värde"})  # "till ett värde av"
WORTHY: Final = frozenset({"ett", "sammanlagt", "totalt", "uppskattat"})
# By these a sum is the bound of what stands before: "intäkter som överstiger N".
EXCEEDING: Final = frozenset("understigande understiger överskridande överskrider överstigande överstiger".split())
BOUNDS: Final = frozenset({"under", "över"})
# What may stand between such a bound and its noun.
BOUND_HEDGES: Final = grammar.HEDGES | BOUNDS | {"inte", "motsvarande", "på"}
BOUND_LINKS: Final = NOUN_LINKS | {"från", "vid"}
# Of these the whole tells: "den del av kostnaden som överstiger N".
PARTS: Final = frozenset({"del", "delen", "grund"})
UNTOLD: Final = frozenset({"inkomst", "inkomster", "underlag"})  # whose, or of what, is said elsewhere
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
    if start == end or end - start > 4 and stretch.at(end) != "(" or not stretch.at(end - 1).isalpha():
        return
    told = stretch.at(end - 1) in AID and stretch.at(end - 2) not in ANY_AID
    if told and (first := kind_of_aid(stretch, end - 1)) < end - 1:
        yield offer(stretch, Phrase(first, end), "area.subject", 52.0)  # "militärt stöd för runt"
    capital = kind != FUNDING and stretch.at(end - 1).endswith("kapital")  # "har ett buffertkapital på N"
    if is_no_noun(stretch, stretch.at(end - 1)) and not capital or is_raise_to(stretch, Phrase(start, end)):
        return
    if stretch.at(start - 1) == "och" and start > 1 and is_plural(stretch.at(start - 2)):
        start -= 2  # "varor och tjänster för"
    elif stretch.at(start - 1) == "och" and end - start > 1 and stretch.is_adjective(start - 2):
        start -= 2  # "det militära och civila försvaret på"
    if stretch.at(start)[0].isdigit() and stretch.at(start - 1) == ",":
        return  # "0,0127 prisbasbelopp (N)"
    phrase = Phrase(start, end)
    if accepted(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", 54.0 if kind == FUNDING else 78.0)


def bounded(stretch: Stretch) -> Iterator[Candidate]:
    """``intäkter som överstiger N``, ``ett jämförpris över N``: the noun that the sum bounds, of rates and figures."""
    end = end_of_bounded(stretch)
    start = stretch.skip_light(noun_before(stretch, end, BOUND_LINKS)) if end else 0
    if stretch.at(start) in PARTS:
        start += 1 + (stretch.at(start + 1) == "av")  # "den del av kostnaden som överstiger"
    if start >= end or end - start > 6 or stretch.at(start)[0].isdigit() or is_no_bounded(stretch.at(end - 1)):
        return
    phrase = Phrase(start, end)
    if accepted(stretch, phrase) and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.subject", 78.0)


def is_no_bounded(head: str) -> bool:
    """Whether the word before a bound says too little, or is a verb: ``har mobiliserat över N``."""
    return says_how_much(head) or head in UNTOLD or head.endswith("at")


def end_of_bounded(stretch: Stretch) -> int:
    """Where the noun ends that the sum bounds; 0 when it bounds none."""
    end = len(stretch.low)
    while end and stretch.at(end - 1) in BOUND_HEDGES:
        end -= 1
    if stretch.at(end - 1) in EXCEEDING:
        return next((at for at in range(end - 2, max(end - 7, -1), -1) if stretch.at(at) == "som"), end - 1)
    if stretch.low[end - 2 : end] == [",", "som"] and end < len(stretch.low):
        return end - 2  # "sanktionsavgifter, som lägst N"
    return 0 if BOUNDS.isdisjoint(stretch.low[end:]) else end


def given_away(stretch: Stretch) -> Iterator[Candidate]:
    """``donera utrustning som inte behövs, till ett belopp av högst N``: the gift that the sum is worth."""
    worth = next((at for at, word in enumerate(stretch.low) if word in WORTH and stretch.at(at - 1) in WORTHY), 0)
    for verb in range(worth - 1, -1, -1):
        if stretch.low[verb] in GIFTS:
            phrase = accepted(stretch, noun_phrase(stretch, after_verbs(stretch, verb + 1)))
            if phrase and phrase.end < worth:
                yield offer(stretch, phrase, "area.subject", 76.0)
            return


def end_of_noun(stretch: Stretch) -> int:
    """Where the noun ends whose size the sum is, past hedges and what leads to the sum; 0 when none does."""
    end = last = len(stretch.low)
    while end and (stretch.at(end - 1) in grammar.HEDGES or stretch.at(end - 1) in UP_TO):
        end -= 1
    word = stretch.at(end - 1)
    if word == "med" and stretch.at(end - 2).endswith("skadestånd"):
        return end - 1  # "tillerkände klaganden ideellt skadestånd med"
    if stretch.low[end - 3 : end - 1] == ["med", "mera"]:
        return end - 3  # "sjukvårdsmateriel med mera för"
    if stretch.at(end - 2) in WORTH and stretch.low[max(0, end - 4) : end - 2] == [
        "till",
        "ett",
    ]:  # "pansarskott, till ett värde av N"
        return end - 4 - (stretch.at(end - 5) in {",", "upp"})
    if word in SIZED and (before := before_clause(stretch, end - 2)):
        return before
    opens = stretch.at(stretch.first_word()) in grammar.PREPOSITIONS  # "För en pensionär med N"
    verbless = not opens and not any(map(grammar.is_finite, stretch.low))
    if stretch.at(end) == "till" and end == last - 1 and verbless:
        return end  # "… och importen till N": the verb stands before the sum before
    if word in {"från", "med"} and end == last and verbless:
        return end - 1 - stretch.at(end - 2).endswith("ade")  # "… och barntillägget med N", "Skulden ökade från"
    return end - 1 if word in LEADS else 0


def before_clause(stretch: Stretch, place: int) -> int:
    """Where the noun ends whose relative clause has its verb after ``place``: ``satsningen, som 2023 uppgår till``."""
    while stretch.at(place) in EXPECTED or grammar.YEAR.match(stretch.at(place)):
        place -= 1
    return place if stretch.at(place) == "som" else 0


def is_no_noun(stretch: Stretch, head: str) -> bool:
    """Whether the word before a sum is a form of money, says only how much, or is a verb (``har beslutat om``)."""
    if head in stretch.lexicon.heads or head in stretch.lexicon.money or says_how_much(head):
        return True
    return head.removesuffix("t") in grammar.FIRST_CONJUGATION or head in {"ansökt", "begärt", "köpts", "sålts", "sökt"}


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
    if word in OUTSIDE or not word[0].isalnum() or is_supine(stretch, index):
        return True
    return grammar.is_finite(word) or grammar.is_infinitive(word)


def says_how_much(head: str) -> bool:
    """Whether a noun only says how much (``målkapital``, ``anslagsökning``), never what for."""
    return head in NO_PURPOSE or head.endswith(AMOUNTS)
