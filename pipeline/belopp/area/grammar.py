"""The closed classes of Swedish words that decide where a purpose begins and where it ends."""

from __future__ import annotations

import re
from typing import Final

ARTICLES: Final = frozenset("en ett den det de denna detta dessa sin sitt sina deras dess vår vårt våra".split())
# Words before a purpose that say how much of it or hedge it, never what it is.
LIGHT: Final = frozenset(
    "vissa olika fler flera mer ytterligare övriga samtliga alla bland annat bl.a exempelvis särskilt även också både "
    "framför allt huvudsakligen dels nya ny nytt fortsatt fortsatta ovanstående nämnda sådana sådan sådant själva just hela "
    "antal flertal rad mängd samma därför bara endast inte minst t.ex nu två tre fyra fem sex sju åtta nio tio".split()
)
KEPT_WHEN_ALONE: Final = frozenset("nya ny nytt alla hela samtliga två tre fyra fem".split())
PREPOSITIONS: Final = frozenset(
    "av om för till i inom på mot med hos bland från vid mellan kring över under utanför åt omkring ur bakom längs runt".split()
)
CONJUNCTIONS: Final = frozenset({"och", "samt", "eller", "respektive", "&"})
# A relative, a subclause or a new thought: the purpose is over.
STOPS: Final = frozenset(
    "som vilket vilken vilka vars där då när men varav varför genom via enligt utöver inklusive exklusive utan så eftersom sedan "
    "medan samtidigt årligen redan utifrån oavsett innan efter därefter därutöver dessutom vidare totalt sammanlagt jämfört "
    "motsvarande per trots avseende gällande att vardera därmed därigenom nästa tidigare liksom istället "
    "framöver däribland exempelvis respektive dock vilkas senast fortsättningsvis".split()
)
MODALS: Final = frozenset(
    "ska skall kan får måste bör vill kommer har hade är var blir blev finns fanns skulle kunde borde fick ges".split()
)
STEMS_AR: Final = (
    "satsa öka minska stärka utöka investera fördela bevilja finansiera behöva föreslå beräkna handla lämna tilldela medfinansiera "
    "kosta omfatta betala aviser förhandla presentera anvisa användа använda räkna ansvara arbeta samla bidra stötta främja utveckla "
    "motsvara landa beloppa kompensera tillsätta beslöta besluta prioritera skapa förbättra planera öronmärka uppskatta klara "
    "starta avsluta hantera satsa avskaffa utforma informera lova värna förlänga delta belasta allokera påbörja etablera "
    "stimulera drabba startas inleda förmedla rikta dela skicka rekvirera disponera förbereda lansera inrätta förvänta vänta "
    "innefatta utbetala förenkla avisera remittera skriva kanalisera justera bedöma orsaka verka fortsätta kalla föranleda fatta "
    "säkra säkerställa donera ersätta inkludera realisera"
).split()
OTHER_FORMS: Final = frozenset(
    """samarbetar framgår sluter ingår ingick slöt enas kraftsamlar förstärkts avsatts tillförts höjts sänkts getts gjorts använts anvisats stärker stödjer stöder förbättrar höjer bygger tillsätter genomför bjuder instämmer driver inför förstärker fördubblar utser vidtar
    söker ser vinner breddar skärper motverkar främjar förenklar rustar räddar utlyser tilldelar förlänger permanentar intensifierar
    välkomnar lanserar inleder tidigarelägger fördjupar moderniserar bekämpar möjliggör underlättar förebygger säkrar trappar växlar
    fasar vänder blickar stoppar slopar återinför stänger öppnar köper säljer gynnar skyddar hjälper återstartar behåller
    byggs stöds skyddas utreds förlängs förkortas breddas utvidgas moderniseras permanentas fördubblas förenklas klubbas släpps
    överlämnad presenteras inrättas startar leder visar bidrar föreslog deltog besökte besöker träffar reser talar inviger redogjorde
    välkomnade möter mötte undertecknar undertecknade undertecknat tillkommer uppskattas uppskattar överstiger understiger varierar avsätter avsätts avsattes tillför tillförs tillfördes förstärker förstärks förstärktes stärks höjer höjs höjdes sänker sänks
    sänktes ger gav ges gavs går gick tar tas tog togs gör görs föreslår föreslås föreslog uppgår uppgick utgår utgör utgörs innebär
    innebar får fick skjuts skjuter lägger läggs läggs bygger byggs byggde sker skedde syftar står stod avser avses anser ser sätter
    sätts betyder följer följs krävs kräver behövs behöver medför leder leds gäller gällde möjliggör möjliggörs ingår ingick tillgår
    inför införs genomför genomförs skriver säger säkerställer säkerställs bestämmer godkänner utser vidtar utreder erbjuder erbjuds
    beviljas styrs bedöms överförs överlämnas överlämnar fördubblas fördubblar tredubblas dubblerar dubbleras utbetalas köper köps
    erhåller erhålls disponerar mottar sjunker växer stiger påskyndar möter bedrivs bedriver drivs driver omfördelas omprioriteras
    förstärktes upphör träder trädde börjar börjas slutar slår ställer ställs ställde löper beskrivs bildas anskaffas upphandlas
    utvecklas utökas ökas ökar minskas minskar beräknas beräknar läggs utgörs belastar permanenteras behåller behålls bistår
    räcker förblir förblev låg ligger innehåller innehöll ersätts ersätter väljer kan avsåg möjliggjorde omsätter bidrog tyder slopas avskaffas""".split()
)


def _present(stem: str) -> tuple[str, ...]:
    return stem + "r", stem + "s", stem + "des", stem + "ts"


FINITE: Final = frozenset(form for stem in STEMS_AR for form in _present(stem)) | OTHER_FORMS | MODALS
PASSIVE: Final = re.compile(r"(?:eras|erades|eradas|ades|ättas|åttas|ligger)$")
INFINITIVES: Final = frozenset(STEMS_AR) | frozenset(
    """stärka kunna öka säkerställa få motverka minska främja förbättra förebygga möta ta skapa stödja utveckla skydda möjliggöra
    bekämpa nå genomföra underlätta ge hantera komma göra förhindra stoppa uppnå bidra följa säkra se bygga delta upprätthålla korta
    stötta bli bryta fortsätta höja trycka hjälpa identifiera upptäcka utreda driva förenkla vara effektivisera förstärka bedriva
    införa sätta vända ha rädda bevaka återupprätta begränsa åstadkomma anpassa bemöta påskynda bevara tillgodose utöka hindra
    planera undvika hålla sprida visa kontrollera trygga utföra lösa attrahera uppmärksamma samla åtgärda analysera köpa stimulera
    hitta inrätta utbyta ställa lyckas bibehålla pröva uppfylla fördjupa bistå lyfta söka sänka lämna återställa tillhandahålla
    informera samordna påbörja stå föra täcka reformera skärpa dela påverka kartlägga granska lägga vidta undersöka leda rusta behålla
    mobilisera utrota implementera förverkliga ordna erbjuda dämpa fastställa kompensera frigöra slå ersätta etablera försvara medverka
    inleda koordinera mäta utforma omhänderta anställa besöka undanröja uppmuntra administrera avlasta utbilda beskriva minimera anskaffa
    renovera rekrytera digitisera digitalisera bevilja positionera organisera återfå revidera uppdatera ersätta verka tillvarata""".split()
)
# Short infinitives that do not end in -a.
SHORT_INFINITIVES: Final = frozenset("få gå stå se ge bli ta ha dra slå nå bistå förstå uppnå åstadkomma be sy".split())
PARTICLES: Final = frozenset("upp ut in bort fram till i med på för om mot av över igång vidare åt ner fast tillbaka samman ihop sig".split())
MONTHS: Final = frozenset(
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
TIME: Final = frozenset(
    """året åren år perioden mandatperioden hösten våren sommaren vintern kommande innevarande budgetåret budgetåren kalenderår
    årligen innevarande månaden månad dagen veckan timmen pandemin""".split()
) | MONTHS
# What after a preposition shows that it opens no part of the purpose but a time, a ground or a manner.
ASIDE: Final = {
    "för": frozenset({"att", "år", "åren", "perioden", "närvarande", "kommande", "varje", "egen", "budgetåret", "första"}),
    "i": frozenset(
        """enlighet syfte form samband år dag vår budgeten budgetpropositionen vårändringsbudgeten höständringsbudgeten
        regleringsbrevet regleringsbreven första stället samarbete samverkan takt stort januari höstbudgeten vårbudgeten
        vårpropositionen höstas somras våras augusti september oktober november december februari mars april maj juni juli dagsläget
        huvudsak genomsnitt linje nivå jämförelse snitt kombination samråd hög stor större ändringsbudgeten princip""".split()
    ),
    "till": frozenset("total nivå och följd exempel år dess totalt sammanlagt förmån följe stånd skillnad".split()),
    "från": frozenset("och år regeringen staten statsbudgeten anslaget utgiftsområde".split()),
    "under": frozenset("året åren år perioden två tre fyra fem hösten våren kommande de den en hela budgetåret mandatperioden ett andra första sommaren innevarande denna vintern förutsättning ledning både 2".split()),
    "med": frozenset(
        """anledning hjälp stöd syfte fokus särskild särskilt utgångspunkt början start mera flera totalt sammanlagt ytterligare
        sikte cirka drygt högst upp bland avseende målet""".split()
    ),
    "på": frozenset("nivå grundnivå sikt lång kort sammanlagt totalt cirka drygt högst upp så ytterligare ca omkring detta".split()),
    "om": frozenset("totalt sammanlagt cirka drygt högst ca minst det regeringen riksdagen upp".split()),
    "av": frozenset("regeringen staten dessa detta riksdagen".split()),
    "inom": frozenset("ramen loppet denna".split()),
    "mot": frozenset("bakgrund".split()),
    "vid": frozenset("sidan behov".split()),
    "mellan": frozenset("åren".split()),
    "bland": frozenset("annat andra".split()),
    "över": frozenset("tid tre två fyra hela en".split()),
    "åt": frozenset("regeringen".split()),
    "kring": frozenset("årsskiftet".split()),
    "hos": frozenset(),
    "utanför": frozenset(),
    "inför": frozenset({"år", "riksdagen", "kommande"}),
}  # fmt: skip
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?$")
NUMBER: Final = re.compile(r"\d")


def is_finite(word: str) -> bool:
    """Whether a word is a verb that ends a noun phrase.

    >>> is_finite("avsätts"), is_finite("vägunderhåll")
    (True, False)
    """
    return word in FINITE or (PASSIVE.search(word) is not None and not word.endswith("nas"))


def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive known by itself, without an ``att`` before it."""
    return word in INFINITIVES or word in SHORT_INFINITIVES


def looks_infinitive(word: str) -> bool:
    """Whether a word right after ``att`` or a modal is its verb."""
    return word in SHORT_INFINITIVES or word in INFINITIVES or (word.endswith("a") and len(word) > 2) or word.endswith("as")


HEDGES: Final = frozenset(
    "cirka ca drygt nästan knappt närmare omkring ungefär runt över minst högst maximalt uppemot mindre lägst fram upp värde".split()
)
# Verbs that take another infinitive: "kunna erbjuda", "fortsätta stödja".
HELPERS: Final = frozenset("kunna fortsätta börja få komma behöva våga hinna låta vilja hjälpa fortsatt ska skall kan".split())
# Infinitives that are adjectives as often: "korta kurser", "säkra betalningar".
ALSO_ADJECTIVES: Final = frozenset("korta säkra trygga klara rusta dela leda samla möta driva".split())
# Adjectives that say of a frame only that it is new, big or goes on.
PALE: Final = frozenset(
    """nya ny nytt fortsatt fortsatta fortsätta ökade ökad ökat förstärkt förstärkta förstärkning särskild särskilda särskilt riktade riktat
    riktad stora stor stort stärkt stärkta utökat utökad utökade extra tillfälligt tillfällig tillfälliga flera olika viktiga viktig
    ytterligare statligt statliga statlig svenskt svensk svenska omfattande kraftigt kraftig bred breda brett samlad samlade samlat
    pågående kommande långsiktigt långsiktig långsiktiga totala totalt historisk historiska största större direkt direkta nödvändiga
    befintliga tidigare aktiva aktivt gemensamma gemensamt gemensam nationella nationellt konkreta permanent permanenta förlängd förlängt
    förlängda återkommande riktigt helt fler förnyad förnyat fördjupad fördjupat offensiv offensiva tydlig unik unika ettårig
    tvåårig treårig flerårig fyraårig""".split()
)
# Modal verbs of a subclause: "så att fler kan", "för att skolan ska".
MAY: Final = frozenset({"ska", "skall", "kan", "får"})
ACTOR_ENDINGS: Final = (
    "verket", "myndigheten", "styrelsen", "rådet", "nämnden", "inspektionen", "institutet", "universitet", "universitetet",
    "högskola", "högskolan", "förbundet", "kassan", "kassorna", "museet", "departementet", "styrelserna", "kommunen", "regionen",
    "landstinget", "kansliet", "kollegiet", "ombudsmannen", "förbund", "sällskapet", "fonden", "kommittén", "banken", "centret",
    "organisationen", "ministeriet", "föreningen", "bolaget", "kontoret", "museer", "myndigheter", "myndigheterna",
    "universiteten", "högskolorna", "stiftelsen", "akademin", "polisen",
)  # fmt: skip
