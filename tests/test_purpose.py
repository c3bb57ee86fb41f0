"""What a sum is, whether it changes a level, and how settled it is, each by sentences of our own."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from belopp import period, purpose, rulebook
from belopp.model import Mention
from belopp.purpose.lexicon import Lexicon, lexicon
from belopp.read import parse, read
from belopp.rulebook import Rule
from belopp.sentences import Outline, Span, place_mentions

BOOK = rulebook.load()

# One text a line: each marked sum's kind, change and status, in order.
TEXTS = {
    # what so many kronor are called after them, or said to do
    "Bolaget har [4 miljoner kronor] i årlig omsättning.": "other//",
    "[26 miljoner kronor] saknas i skolans kassa.": "other//",
    "Skolan får [26 miljoner kronor] i stöd till export av böcker.": "funding//decided",
    # a sentence that itself gives tells of no result told before
    "Kommunens resultat blev [9 miljoner kronor]. Investeringarna stannade på [5 miljoner kronor].": (
        "other// funding//decided"
    ),
    "Klubbens förlust blev [9 miljoner kronor]. Till spelarna går totalt [5 miljoner kronor].": (
        "other// funding//decided"
    ),
    # what a company hands out to its owners, where no state is told of, in all and for each share
    "Styrelsen föreslår en utdelning på totalt [90 miljoner kronor], [3 kronor] per aktie.": "funding//proposed rate//",
    # what is given is worth so much
    "Sju bidrag har skolan fått, tillsammans värda [12 miljoner kronor].": "funding//decided",
    "Nämnden delar ut ett kulturpris om [40 000 kronor].": "funding//decided",
    # what is bought, and what is to be done, is paid for; an example is not
    "Nämnden köper två bussar. Tillsammans kostar de [7 miljoner kronor].": "funding//decided",
    "Rabatterna beräknas kosta förbundet [7 miljoner kronor].": "funding//estimated",
    "Kostar projektet [4 miljoner kronor] prövas det i nämnden.": "other//",
    # what people spend is given by nobody, what they give is
    "I fjol lade hushållen [9 miljarder kronor] på resor.": "other//",
    "Besökarna skänkte [9 miljoner kronor] till skolan.": "funding//paid",
    # one grant to one body, however small, where no state speaks
    "Byn har fått [60 000 kronor] för att rusta lekplatsen.": "funding//decided",
    "Nämnden godkände ett bidrag på [40 000 kronor] till bygdegården.": "funding//decided",
    "Den som har elva barn får [60 000 kronor] för att köpa en buss.": "rate//",
    # what is lacked, not the need that something is done
    "För läxhjälp behövs ytterligare [4 miljoner kronor].": "other//",
    "Skolan behöver stärkas och får [4 miljoner kronor].": "funding//decided",
    # what costs millions a day costs many
    "Stormen kostar bolagen [30 miljoner kronor] om dagen.": "other//",
    # what is asked for, promised or only thought of
    "Nämnden funderar på att köpa en buss för [4 miljoner kronor].": "funding//proposed",
    "Nämndens begäran om [400 000 kronor] till en buss fick avslag.": "funding//proposed",
    "Skolan får mer än de [4 miljoner kronor] som partierna har utlovat till böcker.": "funding//proposed",
    "Sedan starten har fonden gett [4 miljoner kronor] till skolor.": "funding//paid",
    "Hallen beräknas kosta kommunen [40 miljoner kronor].": "funding//estimated",
    # a limit of land is none of money, and what is left after tax is no tax
    "Vid länsgränsen byggs en bro för [40 miljoner kronor].": "funding//decided",
    # what goes against crime is funding
    "Nu förstärks arbetet med att strypa den kriminella ekonomin med [2 miljarder kronor].": "funding/increase/decided",
    # what is needed, or left over, is given away
    "De stora behoven möts genom [80 miljoner kronor] i stöd till Unicef.": "funding//decided",
    "Skolverket får skänka ett överskott av böcker till ett belopp av högst [16 miljoner kronor].": "funding//decided",
    # each sum its own verb
    "För läxhjälp avsätts [20 miljoner kronor] 2024 och beräknas [30 miljoner kronor] för 2025.": (
        "funding//decided funding//estimated"
    ),
    "Regeringen föreslår att [20 miljoner kronor] avsätts 2024 och från och med 2025 beräknas [30 miljoner kronor].": (
        "funding//proposed funding//estimated"
    ),
    "Förslaget innebär att [20 miljoner kronor] avsätts för 2024 och [30 miljoner kronor] beräknas från 2025.": (
        "funding//proposed funding//estimated"
    ),
    "För läxhjälp beräknas [5 miljoner kronor] för 2025 och [6 miljoner kronor] för 2026.": (
        "funding//estimated funding//estimated"
    ),
    "Regeringen avsätter [1 miljon kronor] för 2024, och beräknar att [3 miljoner kronor] kommer att avsättas för "
    "2025, under förutsättning att riksdagen anvisar medel.": "funding//decided funding//estimated",
    "Regeringen avser föreslå att [4 miljoner kronor] avsätts för 2026 och samma belopp beräknas för 2027.": (
        "funding//proposed"
    ),
    "Hittills har [4 miljoner kronor] betalats ut, och nu tilldelas skolan [5 miljoner kronor].": (
        "funding//paid funding//decided"
    ),
    # inverted orders and asides
    "Utöver reformerna på [8 miljarder kronor] föreslår regeringen åtgärder för [5 miljarder kronor].": (
        "funding//decided funding//proposed"
    ),
    "För detta föreslår regeringen [600 miljoner kronor] 2023.": "funding//proposed",
    "Satsningen, som aviserades i våras, omfattar [5 miljoner kronor].": "funding//decided",
    "Regeringen vill stärka skolan och avsätter därför [5 miljoner kronor].": "funding//decided",
    "Efter förslag från regeringen har bidraget förstärkts med [9 miljoner kronor] till totalt [29 miljoner kronor].": (
        "funding/increase/decided funding//decided"
    ),
    "I budgetpropositionen för 2026 satsar regeringen [166 miljoner kronor] på skolan.": "funding//decided",
    # increase and level
    "Anslaget ökas med [20 miljoner kronor] från 2025, från [114 miljoner kronor] till [134 miljoner kronor].": (
        "funding/increase/decided funding//decided funding//decided"
    ),
    "Insatserna förstärks med [90 miljoner kronor] 2023, varav [75 miljoner kronor] till Skolverket.": (
        "funding/increase/decided funding/increase/decided"
    ),
    "Regeringen föreslår att anslaget höjs med [6 miljoner kronor], samt en ram på [50 miljoner kronor].": (
        "funding/increase/proposed funding//proposed"
    ),
    "Regeringen vill öka bidragen om [2 miljarder kronor] per år med [1 miljard kronor] under 2025.": (
        "funding//proposed funding/increase/proposed"
    ),
    "Stödet har stärkts med [8 miljoner kronor] för att totalt uppgå till [17 miljoner kronor].": (
        "funding/increase/decided funding//decided"
    ),
    "Sverige ger [20 miljoner kronor], en ökning från förra året då stödet låg på [14 miljoner kronor].": (
        "funding//decided funding//decided"
    ),
    "Förslaget medför en nedjustering av förmånen på [540 miljoner kronor].": "funding/decrease/proposed",
    "Föreningarna lämnade in ansökningar på [26 miljoner kronor].": "funding//proposed",
    # kinds
    "Förslaget beräknas minska skatteintäkterna med [3 miljarder kronor] 2025 och [5 miljarder kronor] 2026.": (
        "other// other//"
    ),
    "Årligen betalas [15–20 miljarder kronor] ut felaktigt.": "other//",
    "För att motverka felaktiga utbetalningar avsätts [10 miljoner kronor].": "funding//decided",
    "Varor till ett värde av [2 miljarder kronor] skänks till Ukraina.": "funding//decided",
    "Varorna har ett värde av [2 miljarder kronor].": "other//",
    "Statsbidraget för personalkostnader förstärks med [50 miljoner kronor].": "funding/increase/decided",
    "Ansökningsavgiften höjs till [500 kronor].": "rate//",
    "Ersättningen höjs från [223] till [365 kronor] per dag.": "rate// rate//",
    "Beloppet som kan beviljas företag höjs från [100] till [300 miljoner kronor].": "rate// rate//",
    "Regeringen uppdrar åt myndigheten att utbetala [7 600 euro] till organisationen.": "funding//decided",
    "De som har en inkomst på [34 000 kronor] får [900 kronor] mer i månaden.": "other// rate//",
    "Ersättningen per undersökning är [90 000 kronor].": "rate//",
    "Bidraget ska uppgå till minst [3 miljoner kronor] per år och person.": "rate//",
    "Den skattefria nivån uppgår till [150 000 kronor] 2025 och höjs till [300 000 kronor] 2026.": "other// other//",
    "Avdraget för resor med egen bil höjs med [6 kronor].": "rate//",
    "# Regeringen satsar på läxhjälp\n\nKostnaden för läxhjälpen uppgår till [5 miljoner kronor].": "funding//decided",
    "# Regeringen satsar på tryggare byggen\n\nByggfel innebär kostnader om [80 miljarder kronor].": "other//",
    # what each of many can get
    "Som mest kan en förening få [500 000 kronor].": "rate//",
    "Ett företag kan beviljas upp till [4 miljoner kronor] i stöd.": "rate//",
    "Den som får ja beviljas mellan [30 000 och 150 000 kronor].": "rate//",
    "I genomsnitt får en forskare [664 000 kronor] per år.": "rate//",
    "Projekten får mellan [100 000 och 900 000 kronor] vardera.": "rate//",
    "Vattnet blir [40 öre] dyrare per kubikmeter.": "rate//",
    # what is built, and what a municipality runs, is paid for; what goods are worth is nobody's price
    "Ombyggnaden beräknas kosta [40 miljoner kronor].": "funding//estimated",
    "Badhuset kostar kommunen [9 miljoner kronor] om året.": "funding//decided",
    "Utredningen kostar [300 000 kronor], som tas ur nämndens egna medel.": "funding//decided",
    "Hon lottade ut en väska med saker till ett värde av [20 000 kronor].": "other//",
    "En åtgärd som kostar mycket får inte kosta mer än [25 miljoner kronor].": "other//",
    # what people give is paid, what the state gives and what is reckoned with is not
    "Den stora insamlingen gav [3 miljoner kronor] till sjukhuset.": "funding//paid",
    "# Donation till universitetet\n\nI fjol fick universitetet [3 miljoner kronor].": "funding//paid",
    "Sverige har skänkt [3 miljoner euro] till sjukhuset.": "funding//decided",
    "I fjol fick universitetet [3 miljoner kronor].": "funding//paid",
    "Hittills har [3 miljoner kronor] betalats ut, av totalt [9 miljoner kronor].": "funding//paid funding//decided",
    "Skolan får [3 miljoner kronor] mer än nämnden hade föreslagit.": "funding//decided",
    "Föreningarna ansökte om [9 miljoner kronor] och beviljades [3 miljoner kronor].": (
        "funding//proposed funding//decided"
    ),
    # a small grant to one receiver, and what is like it
    "# Bidrag\n\nFöreningen får ett bidrag på [25 000 kronor].": "funding//decided",
    "# Bidrag\n\nNämnden beslutade om ett bidrag på [45 000 kronor] till Filmfestivalen i Åsen.": "funding//decided",
    "# Bidrag\n\nNämnden har fördelat bidrag:\n\n- [8 000 kronor] till Åsens byalag": "funding//decided",
    "# Bidrag\n\nMedlemmarna i föreningen får [500 kronor] var.": "rate//",
    "# Bidrag\n\nFöreningen tar [25 000 kronor] i avgift.": "rate//",
    # what is ordered is paid for; a prize is no price; what somebody is to pay for a crime is no grant
    "Bolaget har fått ett avtal värt [3 miljarder kronor].": "funding//decided",
    "Kontraktet är skrivet på [16 miljoner kronor].": "funding//decided",
    "Orderboken är på [16 miljarder kronor].": "other//",
    "Nobelpriset på [tio miljoner kronor] går till en fysiker.": "funding//decided",
    "# Bolaget får böter\n\nHovrätten sänkte beloppet till [30 miljoner kronor].": "other//",
    "[3 miljoner kronor] har kommunen på fyra år betalat till skolan.": "funding//paid",
    "A-kassan blir [sju kronor] dyrare.": "rate//",
    "# Avgiften blir dyrare\n\nAlla betalar därefter [120 kronor] i månaden.": "rate//",
    "Den fasta avgiften blir [2 038 kronor].": "rate//",
    "Förlusten blev [19 miljoner kronor], jämfört med [15 miljoner kronor] i fjol.": "other// other//",
    "# Anbud på bron\n\n| Firma | Kronor |\n| --- | --- |\n| Alfa | [253 000 000] |": "other//",
    # the same subject goes on; what a sum is said to be
    "Resultatet steg med [40 miljoner kronor] och uppgick till [90 miljoner kronor].": "other// other//",
    "Lånen uppgår till [90 miljoner kronor] och beräknas växa med [10 miljoner kronor].": "other// other//",
    "[Sex miljoner kronor] är den högsta boten hittills.": "other//",
    # titles, headings, items and tables
    "# Avgifter för bygglov\n\n| Ärende | Kronor |\n| --- | --- |\n| Altan | [4 500] |": "rate//",
    "# Lokaler\n\n| Lokal | Pris (kr) |\n| --- | --- |\n| Sporthallen | [4 500] |": "rate//",
    "# Lån\n\n| | 4 veckor, kr |\n| --- | --- |\n| Bidrag | [4 500] |": "rate//",
    "# Åsens bostäder\n\n| Resultaträkning, mkr | 2022 |\n| --- | --- |\n| Underhållskostnader | [45] |": "other//",
    "# Stöd till dem som har höga avgifter\n\n| Kommun | Kronor |\n| --- | --- |\n| Åsen | [45 000] |": (
        "funding//decided"
    ),
    "# Regeringen föreslår [15 miljoner kronor]\n\nDe [15 miljoner kronorna] kommer att fördelas som statsbidrag.": (
        "funding//proposed funding//decided"
    ),
    "Paketet innehåller:\n\n* Läxhjälp för [5 miljoner kronor].\n  - Avsikten är att börja nu.\n* Idrott för "
    "[6 miljoner kronor].": "funding//decided funding//decided",
    "Läget är svårt:\n\n* Regeringen föreslår [6 miljoner kronor]. Av dessa får Skolverket [2 miljoner kronor].": (
        "funding//proposed funding//proposed"
    ),
    "Regionerna bör göra mer. Av de [50 miljoner kronor] som fanns betalades [20 miljoner kronor] ut.": (
        "funding//decided funding//paid"
    ),
    "# [15 miljoner kronor] till skolorna\n\nRegeringen avser att avsätta [15 miljoner kronor] för läxhjälp.": (
        "funding//proposed funding//proposed"
    ),
    "# Regeringen aviserar [15 miljoner kronor]\n\nStödet uppgår till minst [15 miljoner kronor].": (
        "funding//decided funding//decided"
    ),
    "# [1,6 miljarder kronor] till vägar\n\nRegeringen föreslår [1 610 miljoner kronor] till vägarna.": (
        "funding//proposed funding//proposed"
    ),
    "Paketet har följande förslag:\n\n* Skolverket får [5 miljoner kronor].\n* Vinnova förstärks med "
    "[6 miljoner kronor].": "funding//proposed funding/increase/proposed",
    "Regeringen föreslår [9 miljoner kronor] till skolan. Det handlar om [4 miljoner kronor] till läxhjälp.": (
        "funding//proposed funding//proposed"
    ),
    "Skolan får [9 miljoner kronor]. Ytterligare [4 miljoner kronor] går till idrott.": (
        "funding//decided funding//decided"
    ),
    "Regeringen föreslår en förstärkning av läxhjälpen med [5 miljoner kronor] 2026.\n\n"
    "| Miljoner kronor | 2026 | 2027 |\n| --- | --- | --- |\n| Läxhjälpen i skolan | [5] | [4] |": (
        "funding/increase/proposed funding/increase/proposed funding/increase/proposed"
    ),
    # the columns of a table, by what they add up to
    "Regeringen föreslår [9 miljoner kronor] 2026 till skolan. För 2027 beräknas [7 miljoner kronor].\n\n"
    "| Miljoner kronor | 2026 | 2027 |\n| --- | --- | --- |\n| Läxhjälp | [8] | [5] |\n| Idrott | [3] | [2] |\n"
    "| Färre kurser | -[2] | [0] |": (
        "funding//proposed funding//estimated funding//proposed funding//estimated funding//proposed "
        "funding//estimated funding/decrease/proposed funding//estimated"
    ),
    "Regeringen avsätter [5 miljoner kronor].\n\nFörslaget bygger på en överenskommelse.\n\n"
    "| Miljoner kronor | 2026 |\n| --- | --- |\n| Utredning om avgifter | [5] |": "funding//decided funding//decided",
    "I tabellen nedan visas höjningen av anslagen.\n\n| Miljoner kronor | 2026 |\n| --- | --- |\n| Idrott | [5] |": (
        "funding/increase/decided"
    ),
    "Den föreslagna ramen för skolan uppgår till [5 miljoner kronor].": "funding//proposed",
    # goes on from another sentence
    "Skolan tillförs ytterligare [8 miljoner kronor] för 2026. För 2027 tillförs [9 miljoner kronor].": (
        "funding/increase/decided funding/increase/decided"
    ),
    "Regeringen föreslår [25 miljoner kronor] till skolan. För 2027 beräknas [18 miljoner kronor]. Av de "
    "[25 miljonerna] går [15 miljoner] till läxhjälp. Resterande [10 miljoner kronor] går till idrott.": (
        "funding//proposed funding//estimated funding//proposed funding//proposed funding//proposed"
    ),
    "Skolan får [9 miljoner kronor] 2026. För 2027 planeras ytterligare [4 miljoner kronor].": (
        "funding//decided funding//proposed"
    ),
    "Skolorna fick [9 miljoner kronor]. Av dessa medel har [4 miljoner kronor] redan fördelats. Skolverket betalar nu "
    "ut ytterligare [5 miljoner kronor].": "funding//decided funding//decided funding//decided",
    "Staten har skjutit till [1 miljon kronor] till kören. Tillskottet på [2 miljoner kronor] innebär att kören får "
    "[5 miljoner kronor].": "funding//decided funding/increase/decided funding//decided",
    # what was there
    "Uppdraget förstärks med [2 miljoner kronor], utöver de [5 miljoner kronor] som redan har tilldelats.": (
        "funding/increase/decided funding//decided"
    ),
    "Satsningen är en utökning från nuvarande nivå som uppgår till [2 miljoner kronor].": "funding//decided",
    "Regeringen föreslår en förstärkning av tidigare aviserade medel till sammanlagt [8 miljoner kronor].": (
        "funding//proposed"
    ),
    "Regeringen föreslår ytterligare [7 miljoner kronor] 2026 samt beräknar [6 miljoner kronor] 2027.": (
        "funding/increase/proposed funding/increase/estimated"
    ),
    # a small sum given whole: a prize, one of many grants, what people collect
    "Vinnaren av läxtävlingen får [10 000 kronor].": "funding//decided",
    "# Sparbanken delar ut bidrag\n\nTrädgården i Åsen får [40 000 kronor] till nya gångar.": "funding//decided",
    "# Fem projekt fick pengar\n\n- Läxklubben Åsen, nya böcker [12 000 kronor]": "funding//decided",
    "I fjol samlade klassen in [14 000 kronor] till bössan.": "funding//paid",
    # told elsewhere: a title's sum in the body, a lone sum's kind in the next sentence
    "# Nu blir det [3 miljoner kronor]\n\nBolaget gjorde en förlust på [3 miljoner kronor].": "other// other//",
    "[300 000 kronor]. Så mycket ska bolaget betala i skadestånd.": "other//",
    # years that are over, and what is told on of them
    "I fjol fick läxklubben [3 miljoner kronor] av kommunen. Mest gav Åsen. Det var [2 miljoner kronor].": (
        "funding//paid funding//decided"
    ),
    "I fjol stod kommunen för [3 miljoner kronor]. Åsens del var [1 miljon kronor].": "funding//paid funding//paid",
    "Regeringen gav i fjol [3 miljoner kronor] till läxhjälp.": "funding//decided",
    # below nought, on average, a permit, a saving, an outcome
    "Skolorna slutade året på -[3 miljoner kronor].": "other//",
    "Ett hus kostar i snitt [2 miljoner kronor].": "rate//",
    "En ansökan om licens kostar [400 000 kronor].": "rate//",
    "# Nämnden måste spara\n\nNämnden minskar kostnaderna med [3 miljoner kronor].": "funding/decrease/decided",
    "# Läxor\n\n| Verksamhet | Utfall 2023, tkr | Budget 2024, tkr |\n| --- | --- | --- |\n| Läxor | [300] | [400] |": (
        "other// funding//decided"
    ),
    "Butiker får beviljas högst [250 000 kronor] i stöd.": "rate//",
    # a figure moved, an aim
    "Den nuvarande gränsen på [80 000 kronor] höjs till [120 000 kronor] per år.": "other// other//",
    "Myndigheten förstärks med [4 miljoner kronor] för arbetet mot penningtvätt.": "funding/increase/decided",
    "Överträdelser kan ge upp till [15 miljoner euro] eller 3 procent i böter.": "other//",
    "Överenskommelsen omfattar [50 miljoner kronor].\n\nÖverenskommelsen gäller under förutsättning att riksdagen "
    "beviljar medel.": "funding//proposed",
}


def described(text: str) -> str:
    """Kind, change and status of every sum that the finder sees in a text."""
    from belopp.find import mentions

    document = parse(text.encode(), id="text.md")
    places = place_mentions(Outline(document), mentions(document, BOOK))
    return " ".join("/".join(purpose.describe(place, BOOK)[:3]) for place in places)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:60])
def test_the_text_says_what_its_sums_are(text: str) -> None:
    assert described(text.replace("[", "").replace("]", "")) == TEXTS[text]


def test_kinds_other_than_funding_have_neither_change_nor_status() -> None:
    assert described("Förslaget minskar skatteintäkterna med ytterligare 3 miljoner kronor.") == "other//"


def test_every_reason_names_a_column_of_ours_and_a_span_of_the_text() -> None:
    from belopp.find import mentions

    document = parse("Regeringen föreslår att anslaget ökas med 3 miljoner kronor.".encode(), id="text.md")
    (place,) = place_mentions(Outline(document), mentions(document, BOOK))
    because = purpose.describe(place, BOOK).because
    assert {reason.column for reason in because} == {"kind", "change", "status"}
    assert [document.text[reason.start : reason.end] for reason in because] == ["anslaget", "ökas", "föreslår"]


@pytest.mark.parametrize(
    "text",
    [
        "Regeringen föreslår att anslaget ökas med 3 miljoner kronor från och med 2026.",
        "Skolverket beräknas få ytterligare 3 miljoner kronor perioden 2026 till och med 2028.",
        "Skolan får 3 miljoner kronor extra mellan 2026 och 2028 och beviljas det av staten.",
        "Avgiften höjs till 400 kronor den 1 juli 2026.",
    ],
)
def test_capitals_say_the_same_as_small_letters(text: str) -> None:
    from belopp.find import mentions

    told = []
    for said in (text, text.upper()):
        document = parse(said.encode(), id="text.md")
        (place,) = place_mentions(Outline(document), mentions(document, BOOK))
        what = purpose.describe(place, BOOK)
        told.append((what, period.describe(place, what.kind, BOOK)))
    assert told[0] == told[1]


def test_the_lexicon_takes_the_longest_word_and_then_the_rules_order() -> None:
    words = Lexicon((Rule("a", "", ("tak", "avsätt*")), Rule("b", "", ("tak på", "*avgift", "avsätts"))))
    text = "ett tak på ansökningsavgift avsätts; ett tak."
    assert [(cue.rule.id, text[cue.start : cue.end]) for cue in words.find(text)] == [
        ("b", "tak på"),
        ("b", "ansökningsavgift"),
        ("a", "avsätts"),
        ("a", "tak"),
    ]


def test_the_lexicon_finds_the_same_in_a_stretch_and_in_the_words_of_its_sentence() -> None:
    words = Lexicon((Rule("a", "", ("tak", "tak på", "avsätt*", "*avgift", "lån till * skola")),))
    text = "ett tak på låne-avgift avsätts; med tak-tak på lån till en skola, avsätt tak"
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            assert words.find(text, start, end, whole=Span(0, len(text))) == words.find(text, start, end)


def test_the_lexicon_does_not_read_over_commas() -> None:
    assert lexicon(BOOK, "status.intends").first("avsikten, är") is None


@pytest.mark.parametrize(("sheet", "folder", "least"), [("seeds", "seeds", 1.0), ("releases", "g0v", 0.97)])
def test_the_gold_mentions_are_described_as_labelled(shared: Path, sheet: str, folder: str, least: float) -> None:
    root = shared / "data" / folder
    if not root.is_dir():
        pytest.skip(f"{folder} is not unpacked in the shared data")
    rows: dict[str, list[dict[str, str]]] = {}
    with (shared / "data" / "gold" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["doc"], []).append(row)
    right = total = 0
    for doc, labelled in rows.items():
        sums = [mention(row) for row in sorted(labelled, key=lambda row: int(row["start"]))]
        kinds = {int(row["start"]): row["kind"] for row in labelled}
        for place in place_mentions(Outline(read(root / doc, root=root)), sums):
            total += 1
            right += purpose.describe(place, BOOK).kind == kinds[place.mention.start]
    assert right / total >= least


def mention(row: dict[str, str]) -> Mention:
    """A labelled row as the mention that the finder would have handed on."""
    start, end, low, high = int(row["start"]), int(row["end"]), Decimal(row["low"]), Decimal(row["high"])
    return Mention(start, end, row["text"], low, high, row["currency"], row["modifier"], row["per"], row["vat"])
