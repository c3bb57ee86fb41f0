"""The closed classes of Swedish words that decide where a purpose begins and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from belopp import conjugation

KNOWN: Final = 50_000  # a language has few words: what a word is by itself is asked of the same ones again and again
# Articles, and the pronouns that stand in their place.
ARTICLES: Final = frozenset("de den denna deras dess dessa det detta en ett sin sina sitt vår våra vårt".split())
# Words before a purpose that say how much of it or hedge it, never what it is.
LIGHT: Final = frozenset(
    """alla allt annat antal bara bl.a bland både dels därför endast exempelvis fem fler flera flertal fortsatt
    fortsatta framför fyra hela huvudsakligen inte just mer minst mängd nio nu ny nya nytt nämnda också olika
    ovanstående rad samma samtliga sex sju själva slags sorters särskilt sådan sådana sådant t.ex tio tre två vissa
    ytterligare även åtta övriga""".split()
)
# Of these, some stay before a bare noun: "nya lantbruksråd".
KEPT_WHEN_ALONE: Final = frozenset("alla fem fyra hela ny nya nytt samtliga tre två".split())
# Each opens more of the phrase it stands in, or what ASIDE names.
PREPOSITIONS: Final = frozenset(
    """av bakom bland från för hos i inom kring längs med mellan mot om omkring på runt till under ur utanför vid åt
    över""".split()
)
AS_WELL: Final = "såväl"
AS_FAR: Final = 12  # words from it to its "som"
CONJUNCTIONS: Final = frozenset("& eller och respektive samt".split())
# A relative, a subclause or a new thought: the purpose is over.
STOPS: Final = frozenset(
    """att avseende baserad baserade baserat dessutom dock där därefter däribland därigenom därmed därutöver då
    efter eftersom enligt exempelvis exklusive fortsättningsvis framöver genom gentemot gällande hittills inkl
    inklusive innan istället jämfört liksom medan men motsvarande när nästa oaktat oavsett per redan respektive
    sammanlagt sammantaget samtidigt sedan senast sig som så såväl tidigare totalt trots utan utifrån utöver vad
    varav vardera varför vars via vidare vilka vilkas vilken vilket värd värda värt än årligen
    bortsett förutom ifrån""".split()
)
# "i syfte att", "med målet att": they open what is to be done as "för att" does.
AIMS: Final = frozenset({"ambitionen", "avsikt", "avsikten", "inriktningen", "målet", "syfte", "syftet"})
WORTH: Final = frozenset({"belopp", "värde"})  # "till ett värde av"
# They stand before a sum, so that a phrase is over there.
HEDGES: Final = frozenset(
    """c:a ca cirka dryga drygt fram högst klart knappt lite lägst maximalt mindre minst närmare närmre nästan omkring
    runt ungefär upp uppemot värde över""".split()
)
# One of them as it stands before a number, in a pattern: "upp till 5 miljoner", "i storleksordningen 5 miljoner".
HEDGE: Final = (
    r"(?:ca|cirka|c:a|omkring|ungefär|uppskattningsvis|i\s+storleksordningen|runt|kring|drygt|dryga|över|(?:lite\s+)?mer\s+än"
    r"|strax\s+(?:över|under)|gott\s+och\s+väl|knappt|knappa|nästan|nära|närmare|uppemot|upp\s+(?:till|emot|mot)"
    r"|(?:lite\s+)?mindre\s+än|(?:som\s+)?(?:högst|mest|lägst|minst)|åtminstone|maximalt|max\.?)"
)
# Adverbs and pronouns that stand where a noun might, and are never what money is for: "ligger kvar", "får båda".
NEVER_NOUNS: Final = frozenset(
    """aldrig alltid alltså andra annars annat bort borta bortemot båda bägge bäst bättre denne dig dit dyrare dyrast då
    dåligt där därav därefter däremot därifrån därpå därutöver ens ensam ensamt er ett etta flertalet flest fort
    framåt förr förra först förut genast hellre helst hemma henne hit hittills hon honom huvuddelen hälften här
    härifrån högre högst ibland igen ihop ikapp inga ingen ingenting inget inne isär jag jo ju just jämfört kanske
    knappast kraftigast kvar lejonparten likaså lågt långt lägre lägst länge lätt man merparten mest mig mindre minst
    minus mittemot mycket många mången mängder möjligen nog norr nyss någon någonsin någonting något några närmast
    nästan ofta oftast oss plus precis redan resten rätt sammantaget sen senare sig själv själva snabbt snarare
    snarast snart som somliga stora strax större störst så sådan sådana sådant sällan sämre sämst söder tack tidigt
    tillbaka tillräckligt tillsammans trea tvåa tyvärr tänk ungefär uppe uppskattningsvis ute utomlands varandra vem
    visst väl värst väster ändå ännu öster över överens""".split()
)
# Verbs that only are, or that another verb goes with: they end a noun phrase and act on nothing.
MODALS: Final = frozenset(
    "blev blir borde bör fanns fick finns får ges hade har kan kommer kunde måste ska skall skulle var vill är".split()
)
# The verb to have: after a form of it a word on -t is a supine, "har lämnat stöd".
HAVE: Final = frozenset({"ha", "hade", "har"})
# What comes after one of them is what the subject is: "Vinsten blev 3 miljoner".
COPULAS: Final = frozenset({"blev", "blir", "var", "är"})
# Modal verbs of a subclause: "så att fler kan", "för att skolan ska".
MAY: Final = frozenset("får kan ska skall skulle".split())
# The subjects that most often come after their verb: "Därför avsätter regeringen".
GIVERS: Final = frozenset({"regeringen", "staten", "sverige", "vi"})
FUNCTION_WORDS: Final = ARTICLES | PREPOSITIONS
NO_CONTENT: Final = FUNCTION_WORDS | CONJUNCTIONS
NO_NOUN: Final = PREPOSITIONS | CONJUNCTIONS | STOPS | HEDGES  # no noun phrase begins with one of these
# Endings that hardly any noun has: "reformerar", "avsättas".
VERBAL: Final = ("ades", "eradas", "erades", "erar", "eras", "ligger", "ättas", "åttas")
# Verbs that end a noun phrase wherever they stand.
FINITE: Final = conjugation.FINITE | MODALS
NO_PRETERITES: Final = ("andes", "endes", "ndes")  # genitives of participles: "bidragssökandes"
# Infinitives that are adjectives as often: "korta kurser", "säkra betalningar".
ALSO_ADJECTIVES: Final = frozenset("dela driva klara korta leda möta rusta samla säkra trygga".split())
# Infinitives that act on nothing.
BEING: Final = frozenset({"bli", "vara"})
# Verbs that take another infinitive: "kunna erbjuda", "fortsätta stödja".
HELPERS: Final = frozenset(
    "behöva börja fortsatt fortsätta få hinna hjälpa kan komma kunna låta ska skall vilja våga".split()
)
# They belong to the verb before them: "satsa på", "ta fram".
PARTICLES: Final = frozenset(
    """av bort fast fram för hand i igång ihop in med mot ner om på samman sig sönder till tillbaka upp uppe ut vidare
    åt över""".split()
)
# Adjectives that say of a frame only that it is new, big or goes on.
PALE: Final = frozenset(
    """aktiva aktivt ambitiös ambitiösa ambitiöst avgörande befintliga betydande betydelsefull betydelsefulla
    betydelsefullt bred breda brett direkt direkta efterlängtad efterlängtade efterlängtat ettårig ettåriga ettårigt
    extra femårig femåriga femårigt fler flera flerårig fleråriga flerårigt fortsatt fortsatta fortsätta fyraårig
    fyraåriga fyraårigt fördjupad fördjupade fördjupat förlängd förlängda förlängt förnyad förnyat förstärkning
    förstärkt förstärkta gemensam gemensamma gemensamt helt historisk historiska kommande konkret konkreta kraftfull
    kraftfulla kraftfullt kraftig kraftiga kraftigt långsiktig långsiktiga långsiktigt massiv massiva massivt
    nationella nationellt ny nya nytt nödvändig nödvändiga nödvändigt offensiv offensiva offensivt olika omedelbar
    omedelbara omedelbart omfattande permanent permanenta prestationsbaserad prestationsbaserade prestationsbaserat
    prestationsbundna pågående rejäl rejäla rejält rekordstor rekordstora rekordstort riktad riktade riktat riktigt
    samlad samlade samlat sammanlagda sammanlagt sexårig sexårigt stark starka starkt statlig statliga statligt stor
    stora stort stärkt stärkta större största svensk svenska svenskt särskild särskilda särskilt tidigare tillfällig
    tillfälliga tillfälligt tillgängliga tioårig tioåriga tioårigt total totala totalt treårig treåriga treårigt
    tvåårig tvååriga tvåårigt tydlig tydliga tydligt unik unika unikt utökad utökade utökat viktig viktiga viktigt
    ytterligare årlig årliga årligt återkommande ökad ökade ökat""".split()
)
# When, never what for.
TIME: Final = frozenset(
    """april augusti budgetåren budgetåret dagen december februari halvåret halvårsskiftet hösten innevarande januari
    juli juni kalenderår kommande maj mandatperioden mars månad månaden november oktober pandemin perioden
    räkenskapsåret september sommaren timmen veckan verksamhetsår verksamhetsåret vintern våren år åren året årligen
    årsskiftet fjol""".split()
)
# "i tre år" is a time.
NUMERALS: Final = frozenset("ett två tre fyra fem sex sju åtta nio tio".split())
# What after a preposition shows that it opens no part of the purpose but a time, a ground or a manner.
ASIDE: Final = {
    "för": frozenset("att avsikt budgetåret egen första kommande närvarande perioden varje år åren".split()),
    "i": frozenset(
        """april augusti avsikt budgeten budgetpropositionen dag dagsläget december enlighet februari form förhållande
        första genomsnitt huvudsak hög höst höstas höstbudgeten höstens höständringsbudgeten januari juli juni
        jämförelse kombination kontanter lagrådsremissen linje löpande maj mars nivå november oktober praktiken princip
        regleringsbreven regleringsbrevet relation samarbete samband samråd samverkan september snitt somras stor stort
        stället större syfte takt volymtermer vår våras vårbudgeten vårens vårpropositionen vårändringsbudgeten
        ändringsbudgeten år årets""".split()
    ),
    "till": frozenset(
        """dess exempel följd följe förmån lagrådet nivå och regeringen riksdagen sammanlagt skillnad stånd total totalt
        år""".split()
    ),
    "från": frozenset("anslaget dagens nuvarande och regeringen staten statsbudgeten utgiftsområde år".split()),
    "under": frozenset(
        """2 andra budgetåret både de den denna en ett fem fyra förra första förutsättning hela hösten innevarande
        kommande ledning mandatperioden perioden sommaren tre två vintern våren år åren året""".split()
    ),
    "med": frozenset(
        """anledning avseende bland början cirka drygt flera fokus hjälp hänsyn högst mera målet sammanlagt sikte start
        stöd syfte särskild särskilt totalt upp utgångspunkt ytterligare""".split()
    ),
    "på": frozenset(
        """ca cirka dagens detta drygt fredagen grund grundnivå högst kort lång lördagen mötet måndagen nivå omkring
        onsdagen plats presskonferensen pressträffen remiss sammanlagt sikt så söndagen tisdagen torsdagen totalt upp
        ytterligare årsbasis""".split()
    ),
    "om": frozenset("ca cirka det drygt högst minst regeringen riksdagen sammanlagt totalt upp".split()),
    "av": frozenset("dessa detta regeringen riksdagen staten".split()),
    "inom": frozenset("denna kort loppet ramen".split()),
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
# A noun with such an ending is one body's name, or what a body is called: "Vägverket", "fotbollsklubben".
BODY_ENDINGS: Final = (
    "akademin", "akademien", "ämbetet", "banken", "bolaget", "delegationen", "domstolen", "federationen", "fonden",
    "främjandet", "förbundet", "föreningen", "högskolan", "inspektionen", "institutet", "jouren", "kassan", "klubben",
    "kollegiet", "kommittén", "museet", "myndigheten", "ombudsmannen", "rådet", "samfundet", "stiftelsen", "styrelsen",
    "sällskapet", "universitetet", "verket",
)  # fmt: skip
# A noun with such an ending names a body or several, whoever they are: "länsstyrelserna".
ACTOR_ENDINGS: Final = (
    *BODY_ENDINGS, "centret", "centrumen", "demokraterna", "departementet", "fullmäktige", "förbund", "hovrätten",
    "hovrätterna", "högskola", "högskolorna", "kammarrätten", "kansliet", "kassor", "kassorna", "kommitté",
    "kommunen", "kongressen", "kontoret", "landstinget", "liberalerna", "ministeriet", "ministern", "ministrarna",
    "moderaterna", "museer", "myndigheter", "myndigheterna", "nämnd", "nämnden", "nämnderna", "organisationen",
    "partierna", "partiet", "polisen", "presidenten", "regionen", "sjukhus", "sjukhusen", "styrelse", "styrelserna",
    "stämman", "tingsrätten", "universitet", "universiteten", "utskott", "utskotten", "utskottet",
)  # fmt: skip
# Compounds of these are groups of bodies too: "beredskapsaktörer".
BODIES: Final = ("aktörer", "aktörerna", "organisationer", "organisationerna")
# Endings of a noun's definite form: "stödet", "satsningen", "insatserna". Those of the plural hardly any other word
# has; "-na" alone has more nouns ("arbetena"), and verbs, too ("öppna").
DEFINITE_SINGULAR: Final = ("en", "et")
DEFINITE_PLURAL: Final = ("arna", "erna", "orna")
DEFINITE: Final = (*DEFINITE_SINGULAR, "na")
DEFINITE_OR_AN: Final = (*DEFINITE, "an")  # "skolan", where no "mellan" can stand
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?$")


@lru_cache(KNOWN)
def is_finite(word: str) -> bool:
    """Whether a word is a verb that ends a noun phrase.

    >>> is_finite("avsätts"), is_finite("vägunderhåll")
    (True, False)
    """
    if word in FINITE or word.endswith(VERBAL):
        return True
    return word[-3:] == "des" and not word.endswith(NO_PRETERITES)  # "infördes", "skedde" has no passive


def as_well_joint(words: Sequence[str]) -> int:
    """The index of the ``som`` that goes with a ``såväl``: ``såväl barn som unga``; 0 when none does."""
    if AS_WELL not in words:
        return 0
    first = words.index(AS_WELL)
    return next((at for at in range(first + 2, min(first + AS_FAR, len(words))) if words[at] == "som"), 0)


def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive known by itself, without an ``att`` before it."""
    return word in conjugation.KNOWN_INFINITIVES


def looks_infinitive(word: str) -> bool:
    """Whether a word right after ``att`` or a modal is its verb."""
    return word[-1:] == "a" and len(word) > 2 or word[-2:] == "as" or word in conjugation.KNOWN_INFINITIVES
