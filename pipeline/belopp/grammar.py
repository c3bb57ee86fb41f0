"""The closed classes of Swedish words that decide where a purpose begins and where it ends."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

KNOWN: Final = 50_000  # a language has few words: what a word is by itself is asked of the same ones again and again
ARTICLES: Final = frozenset("de den denna deras dess dessa det detta en ett sin sina sitt vår våra vårt".split())
# Words before a purpose that say how much of it or hedge it, never what it is.
LIGHT: Final = frozenset(
    """alla allt annat antal bara bl.a bland både dels därför endast exempelvis fem fler flera flertal fortsatt
    fortsatta framför fyra hela huvudsakligen inte just mer minst mängd nio nu ny nya nytt nämnda också olika
    ovanstående rad samma samtliga sex sju själva
    slags sorters särskilt sådan sådana sådant t.ex tio tre två vissa ytterligare
    även åtta övriga""".split()
)
# Of these, some stay before a bare noun: "nya lantbruksråd".
KEPT_WHEN_ALONE: Final = frozenset("alla fem fyra hela ny nya nytt samtliga tre två".split())
PREPOSITIONS: Final = frozenset(
    """av bakom bland från för hos i inom kring längs med mellan mot om omkring på runt till under ur utanför vid åt
    över""".split()
)
CONJUNCTIONS: Final = frozenset("& eller och respektive samt".split())
# A relative, a subclause or a new thought: the purpose is over.
STOPS: Final = frozenset(
    """att avseende baserad baserade baserat dessutom
    dock där därefter däribland därigenom därmed därutöver då efter eftersom enligt
    exempelvis exklusive fortsättningsvis framöver genom gällande hittills inkl inklusive innan istället
    jämfört liksom medan men motsvarande när nästa oaktat oavsett per redan respektive sammanlagt sammantaget
    samtidigt sedan senast värd värda värt sig som så såväl tidigare totalt trots utan utifrån utöver vad än varav
    vardera varför
    vars via vidare vilka vilkas vilken vilket årligen""".split()
)
HEDGES: Final = frozenset(
    """ca cirka dryga drygt fram högst klart knappt lägst maximalt mindre minst närmare närmre nästan omkring runt
    ungefär upp uppemot
    värde över""".split()
)
MODALS: Final = frozenset(
    """blev blir borde bör fanns fick finns får ges hade har kan kommer kunde måste ska skall skulle var
    vill är""".split()
)
# Modal verbs of a subclause: "så att fler kan", "för att skolan ska".
MAY: Final = frozenset("får kan ska skall skulle".split())
# Verbs whose other forms follow from the infinitive: satsar, satsas, satsades, satsats.
FIRST_CONJUGATION: Final = frozenset(
    """allokera ansvara anvisa använda användа arbeta aviser avisera avskaffa avsluta bedöma behöva belasta beloppa
    beräkna besluta beslöta betala bevilja bidra dela delta disponera donera drabba ersätta etablera fatta
    finansiera fortsätta främja föranleda förbereda förbättra fördela förenkla föreslå förhandla förlänga förmedla
    förvänta generera handla
    hantera informera inkludera inleda innefatta inrätta investera justera kalla kanalisera klara
    kompensera kosta landa lansera lova lämna medfinansiera minska motsvara omfatta orsaka planera presentera
    prioritera rapportera påbörja realisera rekvirera remittera rikta räkna samla satsa skapa skicka skriva
    starta startas
    stimulera stärka stötta säkerställa säkra tilldela tillsätta uppskatta utbetala utforma utveckla utöka verka
    vänta värna återvandra öka öronmärka""".split()
)
OTHER_FORMS: Final = frozenset(
    """beskattas innehar lever medges utfäste utfäster åtar åtog varierade tilldömdes
    tillerkände
    förekommer förslås inneburit införde vann tillförde höjde sänkte stärkte anslog tillerkändes tillerkänns
    omsatte öppnas öronmärks fått gett haft lett nått rör rörde når nås nåddes tidigareläggs
    anser anskaffas anslås enats
    använts avsattes avsatts avser avses avsätter avsätts avsåg bedriver bedrivs bedöms behåller
    behålls behöver behövs bekämpar beskrivs bestämmer besöker besökte betyder bidrog bildas bistår bjuder blickar bor
    breddar breddas byggde bygger byggs börjar börjas deltog driver drivs dubblerar dubbleras enas erbjuder erbjuds
    erhåller erhålls ersätter ersätts fasar framgår följer följs förblev förblir fördjupar fördubblar fördubblas
    förebygger föreslog förkortas förlänger förlängs förstärker förstärks förstärktes förstärkts gav gavs genomför
    genomförs ger getts gick gjorts godkänner gynnar gällde gäller går gör görs hjälper höjdes höjer höjs höjts
    inför införs ingick ingår inleder innebar innebär innehåller innehöll instämmer intensifierar inviger klubbas
    kraftsamlar kräver krävs köper köps leder leds ligger lägger läggs låg löper medför moderniserar moderniseras
    mottar motverkar möjliggjorde möjliggör möjliggörs möter mötte omfördelas omprioriteras omsätter permanentar
    permanentas permanenteras påskyndar redogjorde reser rustar räcker räddar samarbetar ser sjunker skedde sker
    skjuter skjuts skriver skyddar skyddas skärper slopar slopas slutar sluter släpps slår slöt stiger stod stoppar
    styrs ställde ställer ställs stänger stärker stärks står stöder stödjer stöds syftar säger säkerställer
    säkerställs säljer sänker sänks sänktes sänkts sätter sätts söker talar tar tas tidigarelägger tillför
    tillfördes tillförs tillförts tillgår tillkommer tillsätter tog togs trappar tredubblas trädde träder träffar
    tyder underlättar understiger undertecknade undertecknar undertecknat uppgick uppgår upphandlas upphör utgår
    utgör utgörs utlyser utreder utreds utser utvidgas varierar vidtar vinner visar väljer välkomnade välkomnar
    vänder växer växlar återinför återstartar öppnar överförs överlämnad överlämnar överlämnas överstiger
    inkom inkommer inkommit stärkts stärktes""".split()
)
VOWELS: Final = "aeiouyåäös"
FUNCTION_WORDS: Final = ARTICLES | PREPOSITIONS
NO_CONTENT: Final = FUNCTION_WORDS | CONJUNCTIONS
NO_NOUN: Final = PREPOSITIONS | CONJUNCTIONS | STOPS | HEDGES  # no noun phrase begins with one of these
VERBAL: Final = ("erar", "eras", "erades", "eradas", "ades", "ättas", "åttas", "ligger")
INFINITIVES: Final = FIRST_CONJUGATION | frozenset(
    """administrera analysera anpassa anskaffa anställa attrahera avlasta bedriva begränsa behålla bekämpa
    bemöta beskriva besöka bevaka bevara bibehålla bistå bli bryta bygga digitalisera digitisera driva dämpa
    effektivisera erbjuda fastställa frigöra få följa föra fördjupa förebygga förhindra förstärka försvara
    förverkliga ge genomföra granska göra ha hindra hitta hjälpa hålla höja identifiera implementera införa
    kartlägga komma kontrollera koordinera korta kunna köpa leda lyckas lyfta lägga lösa medverka minimera
    mobilisera motverka mäta möjliggöra möta nå omhänderta ordna organisera positionera pröva påskynda
    påverka reformera rekrytera renovera revidera rusta rädda samordna se skydda skärpa slå sprida stoppa
    ställa stå stödja sänka sätta söka ta tillgodose tillhandahålla tillvarata trycka trygga täcka undanröja
    underlätta undersöka undvika utnyttja gälla uppdatera uppfylla uppmuntra uppmärksamma uppnå upprätthålla upptäcka
    utbilda utbyta utföra utreda uppgå utrota beställa skänka donera förändra förbereda leverera frysa teckna
    upphandla vara vidta visa vända fasa tidigarelägga
    addera anordna ansöka fastna omsätta
    medföra innebära öronmärka kvalificera motsvara stötta understiga
    överstiga åstadkomma återfå återställa återupprätta
    åtgärda""".split()
)
# Their present and passive, by either conjugation: "rekryterar", "bygger"; a form that no verb has stands in no text.
FINITE: Final = (
    frozenset(stem + ending for stem in FIRST_CONJUGATION for ending in ("r", "s", "des", "ts"))
    | frozenset(word[:-1] + ending for word in INFINITIVES if word[-1] == "a" for ending in ("ar", "er", "as", "ades"))
    | frozenset(
        word[:-1] + "s" for word in INFINITIVES - FIRST_CONJUGATION if word[-1] == "a" and word[-2] not in VOWELS
    )
    | OTHER_FORMS
    | MODALS
) - {"åtgärder"}
NO_PRETERITES: Final = ("andes", "endes", "ndes")  # genitives of participles: "bidragssökandes"
# Short infinitives that do not end in -a.
SHORT_INFINITIVES: Final = frozenset(
    """be bistå bli dra få förstå ge gå ha ingå nå se slå stå sy ta uppgå uppnå åstadkomma""".split()
)
KNOWN_INFINITIVES: Final = INFINITIVES | SHORT_INFINITIVES
# Infinitives that are adjectives as often: "korta kurser", "säkra betalningar".
ALSO_ADJECTIVES: Final = frozenset("dela driva klara korta leda möta rusta samla säkra trygga".split())
# Infinitives that act on nothing.
BEING: Final = frozenset({"bli", "vara"})
# Verbs that take another infinitive: "kunna erbjuda", "fortsätta stödja".
HELPERS: Final = frozenset(
    "behöva börja fortsatt fortsätta få hinna hjälpa kan komma kunna låta ska skall vilja våga".split()
)
PARTICLES: Final = frozenset(
    """av bort fast fram för hand i igång ihop in med mot ner om på samman sig sönder till tillbaka upp uppe ut
    vidare åt
    över""".split()
)
# Adjectives that say of a frame only that it is new, big or goes on.
PALE: Final = frozenset(
    """aktiva aktivt befintliga bred breda brett direkt direkta ettårig extra fler flera flerårig fortsatt fortsatta
    fleråriga flerårigt fortsätta fyraårig fördjupad fördjupat förlängd förlängda förlängt förnyad förnyat
    förstärkning förstärkt
    förstärkta gemensam gemensamma gemensamt helt historisk historiska kommande konkreta kraftig kraftigt långsiktig
    långsiktiga långsiktigt nationella nationellt ny nya nytt nödvändiga offensiv offensiva olika omfattande
    permanent permanenta pågående riktad riktade riktat riktigt samlad samlade sammanlagda sammanlagt samlat
    statlig statliga statligt stor
    stora stort stärkt stärkta större största svensk svenska svenskt särskild särskilda särskilt tidigare tillfällig
    tillfälliga tillfälligt totala totalt prestationsbaserad prestationsbaserade prestationsbaserat
    prestationsbundna rekordstora rekordstort starka starkt treårig treåriga treårigt tvåårig
    tvååriga tvåårigt tydlig unik unika utökad utökade utökat viktig viktiga
    tillgängliga ytterligare återkommande årlig årliga årligt ökad ökade ökat""".split()
)
TIME: Final = frozenset(
    """april augusti budgetåren budgetåret dagen december februari hösten innevarande januari juli juni kalenderår
    kommande maj mandatperioden mars månad månaden november oktober pandemin perioden september sommaren timmen
    veckan verksamhetsår verksamhetsåret räkenskapsåret vintern våren år åren året årligen""".split()
)
NUMERALS: Final = frozenset("ett två tre fyra fem sex sju åtta nio tio".split())
# What after a preposition shows that it opens no part of the purpose but a time, a ground or a manner.
ASIDE: Final = {
    "för": frozenset("att avsikt budgetåret egen första kommande närvarande perioden varje år åren".split()),
    "i": frozenset(
        """april augusti budgeten budgetpropositionen årets dag dagsläget december enlighet februari form första
        genomsnitt huvudsak hög höstas höstbudgeten höständringsbudgeten januari juli juni jämförelse
        kombination kontanter linje löpande maj mars förhållande nivå november oktober princip relation regleringsbreven
        regleringsbrevet samarbete samband samråd samverkan september snitt somras stor stort stället större
        syfte takt vår våras volymtermer vårbudgeten vårpropositionen vårändringsbudgeten ändringsbudgeten år""".split()
    ),
    "till": frozenset(
        """riksdagen lagrådet regeringen dess exempel följd följe förmån nivå och sammanlagt skillnad stånd total
        totalt år""".split()
    ),
    "från": frozenset("dagens nuvarande anslaget och regeringen staten statsbudgeten utgiftsområde år".split()),
    "under": frozenset(
        """2 andra budgetåret både de den denna en ett fem fyra förra första förutsättning hela hösten innevarande
        kommande
        ledning mandatperioden perioden sommaren tre två vintern våren år åren året""".split()
    ),
    "med": frozenset(
        """hänsyn anledning avseende bland början cirka drygt flera fokus hjälp högst mera målet sammanlagt sikte
        start stöd syfte
        särskild särskilt totalt upp utgångspunkt ytterligare""".split()
    ),
    "på": frozenset(
        """ca cirka detta drygt grundnivå högst kort lång mötet nivå grund omkring plats presskonferensen pressträffen
        årsbasis remiss
        sammanlagt sikt så totalt upp
        ytterligare""".split()
    ),
    "om": frozenset("ca cirka det drygt högst minst regeringen riksdagen sammanlagt totalt upp".split()),
    "av": frozenset("dessa detta regeringen riksdagen staten".split()),
    "inom": frozenset("denna loppet ramen".split()),
    "mot": frozenset("bakgrund".split()),
    "vid": frozenset("behov sidan".split()),
    "mellan": frozenset("åren".split()),
    "bland": frozenset("andra annat".split()),
    "över": frozenset("en fyra hela tid tre två".split()),
    "åt": frozenset("regeringen".split()),
    "kring": frozenset("årsskiftet".split()),
    "hos": frozenset(),
    "utanför": frozenset(),
    "inför": frozenset("kommande riksdagen år".split()),
}
ACTOR_ENDINGS: Final = (
    "verket", "myndigheten", "styrelsen", "rådet", "nämnden", "inspektionen", "institutet", "universitet",
    "universitetet", "högskola", "högskolan", "förbundet", "kassan", "kassor", "kassorna", "museet", "departementet",
    "styrelserna", "kommunen", "regionen", "landstinget", "kansliet", "kollegiet", "ombudsmannen", "förbund",
    "sällskapet", "fonden", "kommittén", "banken", "centret", "organisationen", "ministeriet", "föreningen",
    "bolaget", "kontoret", "museer", "myndigheter", "myndigheterna", "universiteten", "högskolorna", "stiftelsen",
    "akademin", "polisen", "centrumen", "sjukhus", "sjukhusen", "ministern", "ministrarna", "presidenten",
)  # fmt: skip
# Compounds of these are groups of bodies too: "beredskapsaktörer".
BODIES: Final = ("organisationer", "organisationerna", "aktörer", "aktörerna")
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?$")
NUMBER: Final = re.compile(r"\d")


@lru_cache(KNOWN)
def is_finite(word: str) -> bool:
    """Whether a word is a verb that ends a noun phrase.

    >>> is_finite("avsätts"), is_finite("vägunderhåll")
    (True, False)
    """
    if word in FINITE or word.endswith(VERBAL):
        return True
    return word[-3:] == "des" and not word.endswith(NO_PRETERITES)  # "infördes", "skedde" has no passive


def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive known by itself, without an ``att`` before it."""
    return word in KNOWN_INFINITIVES


def looks_infinitive(word: str) -> bool:
    """Whether a word right after ``att`` or a modal is its verb."""
    return word[-1:] == "a" and len(word) > 2 or word[-2:] == "as" or word in KNOWN_INFINITIVES
