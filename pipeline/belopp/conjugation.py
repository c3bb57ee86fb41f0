"""The verbs whose forms end a noun phrase, by the way they are conjugated.

A form that a noun or an adjective has, too, is left out, but for those that are nearly always the verb.
"""

from __future__ import annotations

from typing import Final


def forms(stems: frozenset[str], *endings: str) -> frozenset[str]:
    """Every stem with every ending; a form that no verb has stands in no text."""
    return frozenset(stem + ending for stem in stems for ending in endings)


# Verbs whose other forms follow from the infinitive: satsar, satsas, satsades, satsats.
FIRST: Final = frozenset(
    """accelerera acceptera ackreditera adressera agera aktivera aktualisera allokera amortera anklaga anlita
    annonsera ansvara anvisa användа arbeta arrangera arrendera asfaltera associera attackera auktionera avgränsa
    avhandla avisera avlägsna avlämna avrunda avräkna avskaffa avskeda avsluta avslöja avspegla avtala avtjäna
    avvakta avveckla avvisa avyttra balansera basera beakta bearbeta befara behandla bekosta bekräfta belasta
    belåna bemanna bemyndiga beräkna berättiga besluta bestraffa besvara betala betona betrakta bevilja bevisa
    bevittna bilda blanda blockera bluffa bogsera boka bredda bromsa budgetera bättra börsnotera cykla debattera
    debitera definiera dela delegera delredovisa demontera differentiera diskriminera diskutera disponera
    distribuera dokumentera dominera donera drabba dränera dubblera efterfråga eftersträva eliminera emittera
    engagera entlediga erinra eskalera etablera evakuera existera expandera expediera exportera fakturera fatta
    finansiera fira fixa flytta fokusera formalisera formulera främja fullborda fusionera förankra förbruka
    förbättra fördela fördubbla förena förenkla förespråka förhandla förklara förknippa förkorta förlora förmedla
    förnya förorda förordna förorsaka försvaga försvåra försäkra försämra förtydliga förvalta förvara förvänta
    förvärva garantera generera genomsyra gestalta gissa gynna halvera hamna handla hantera harmonisera hoppa hota
    häkta hämta hänvisa hävda hörsamma illustrera imponera importera indikera infiltrera informera införliva
    införskaffa inhämta initiera inkassera inkludera innefatta inordna inrikta inrätta inspirera installera
    integrera intensifiera intervjua intressera introducera inträffa intyga inventera inverka investera involvera
    jobba justera kalkylera kalla kanalisera kidnappa klaga klara kombinera kommentera kommunicera kompensera
    komplettera koncentrera konkretisera konstatera konsultera kontakta konvertera kosta kraftsamla krascha
    kreditera kriminalisera kritisera kvalitetssäkra kvantifiera kämpa känneteckna lagra landa lansera lindra lova
    lura lyssna lämna låna löna manifestera markera matcha meddela medfinansiera mildra minska missbruka missgynna
    modernisera motivera motsvara måla mörda nedmontera nominera normalisera notera nyttja omfatta omforma omgärda
    omorganisera ompröva omvandla operera orka orsaka outsourca parkera pendla pensionera permittera placera
    planera plantera poängtera prata precisera premiera prenumerera presentera pressa prioritera prisa privatisera
    producera prognosticera protestera prägla publicera påbörja påkalla påpeka påtala påträffa påvisa rabattera
    ranka rapportera rasa ratificera realisera redovisa reducera reflektera registrera reglera rekommendera
    rekvirera relatera remittera reparera representera reservera resonera respektera restaurera resultera rikta
    riskera rusa räkna råna rösta sakna samarbeta samla sammanfatta sammankalla samtala sanera satsa signalera
    signera simma sippra skapa skicka skjutsa skynda slopa slutrapportera slutredovisa smuggla sortera specificera
    spekulera spendera sponsra stanna starta stimulera straffa strejka sträva studera stärka stötta subventionera
    summera suspendera svara svindla swisha syfta säkra tacka tapetsera testa tillbringa tilldela tillförsäkra
    tillverka tillämpa tjäna tolka trafikera transportera trissa träffa träna tvinga underminera underrätta
    underskatta underteckna uppfatta uppmana upprepa upprätta uppskatta uppvisa uppvärdera urholka utarbeta
    utbetala utforma utforska utfärda utlova utlämna utmana utmynna utrangera utrusta uttala utveckla utvidga
    utvisa utvärdera utöka utöva vaccinera variera varna varsla verifiera verka vidareutveckla vinstvarna vittna
    vägra välkomna vänta värdera värna vässa växla våga vårda yrka ägna älska äventyra åberopa åtala återaktivera
    återbetala återhämta återinvestera återkalla återrapportera återspegla återvandra öka önska öronmärka överklaga
    överkonsumera överlämna överraska överskatta övertyga övervaka""".split()
)
# As these, but their infinitives are nouns or adjectives as well: "en fråga", "dubbla avgifter".
FIRST_BUT_FOR_INFINITIVE: Final = frozenset(
    """berätta bruka börja dubbla döda foga fråga fungera fånga grunda hylla hyra hälsa kapa kasta klubba koppla korsa
    ladda larma likna lista locka lämpa länka lätta mena närma odla passa peka plåga rulla skada skaka skatta skifta
    skildra skrapa skrota skörda sluta smaka smitta spara spegla spela spärra tala tappa titta tvätta vidga villkora
    ändra åldra öppna""".split()
)
# Forms that are nouns as well: "länkar", "den dömde", "inköpspris" when a line ends in it.
NOUNS: Final = frozenset(
    """anställde cyklar dömde fogar fångar försöks hamnar inköps klubbar länkar misstänkte rullar råds skördar tolkar
    åldrar åtgärder""".split()
)
# Stems of verbs like "bygga": bygger, byggs, byggde, byggdes, byggts.
SECOND_VOICED: Final = frozenset(
    """anmäl anställ använd avbeställ avhänd avled avskilj avväg bedöm behöv beställ bestäm biträd bygg dröj döm
    efterfölj efterlev efterträd fastställ framhäv framställ fullfölj fyll fäll följ föranled förbered fördröj
    fördöm föreställ företräd förfölj förläng förvänd genomlev glömm gräv gäll gömm häng häv höj inled inrymm
    inställ invig klämm kräv känn lev likställ medfölj nämn ombygg omnämn påbygg ring rymm råd sammanställ skilj
    skymm ställ stämm stäng stöd säkerställ sänd tillerkänn tillfredsställ tillställ tyng tömm underbygg undergräv
    underställ uppfyll upphäv upplev uppställ utbygg utestäng utnämn utställ utsänd verkställ väg vänd väv återkräv
    återställ återuppbygg återvänd åtfölj överlev översänd överträd överväg""".split()
)
# Stems of verbs like "köpa": köper, köps, köpte, köptes, köpts; of those in s "lyses".
SECOND_VOICELESS: Final = frozenset(
    """avhjälp avlös avtäck belys besök blås dyk döp efterlys frys förstärk försök förtryck förtänk hjälp inköp inlös
    inskränk inskärp knäck krymp kränk krök kyss köp läs lås lös misstänk märk res ryck räck rök skänk skärp sköt släck
    släpp stjälp stärk stöp sänk sök tryck tröst tyck täck tänk undersök uppköp upplys uppsök upptäck utlys utlös utmärk
    uttryck vräk väck väx åk återköp återupptäck överräck""".split()
)
# Preterites of strong verbs, which stand behind many a prefix: "utsåg", "innehölls".
STRONG: Final = frozenset(
    """bjöd blev bröt drev drog fann fick flöt föll gav gick gjorde grep höll lät njöt skrev sköt slog slöt sprang
    stod såg tog vann vred""".split()
)
PREFIXES: Final = frozenset(
    """an av be bi del efter fram för föran före förut genom in inne kvar med mot ned om på samman till upp ut veder
    åter över""".split()
)
# Forms that follow from none of these: "anslog", "ger", "stärks".
OTHER_FORMS: Final = frozenset(
    """andas anger angår anser anslår anslås ansökte antar avgör avled avlider avlidit avsatte avsattes avsatts avser
    avses avstyrker avstår avsätter avsätts bads bars bedrar befinner befäste befäster befästs begår begär begärde
    begärt bemötte bemöttes bemötts berörde besitter beskattas består bestämmer betalade betyder binder binds bistår
    biter bits bjuder bjudits bjuds bjöds blickar bodde bor bortför bott brann brast brinner brutits bröts bundits
    burits byter byts bytte byttes bytts bärs bör dog donerade dracks dragits drar dras drevs dricker dricks drivits
    drogs druckits dömt dör enas enats erhåller erhålls ersatte ersattes ersatts faller fallit finner finns flugit
    flydde flyger flyr flyter flög fortsatte framförde framförts framgår framhåller framkommer framstår funnits får
    fås fått fäste fäster fästs förbjuder förblir förde fördes förefaller förekommer förelåg föreskriver föreslår
    föreslås förhåller förlorade förses förslås förstår fört förts förutsatte förutsätter gavs genomför genomförde
    genomförts genomgår genomsöks ger ges gett getts gicks givits gjordes gjorts godkänner greps griper gripits
    grips går gåtts gällt gör haft hetat heter hette hinner hinns hittade hyr hyrs hållits hölls hör hörde hördes
    hörs hörts infaller inför införde infördes införts ingår inkom inkommer inkommit innebar inneburit innebär
    innehar innehåller instämmer inträder klarade kostade krympt kryper kryps kvarstår kändes kör körde körs körts
    lade lades lagts lanserade ledde lett lider ligger ljuger ljöd ljög lyckades lyckas lyckats lyder lyftes låg
    låter låtits lämnade lär lärde lärs läts löd löper marknadsför marknadsförde marknadsförs marknadsförts medför
    medförde medfört medger medges mindes minns misslyckades misslyckas misslyckats motsvarade mottar mådde mätte
    mätts möjliggjorde möjliggör mötte möttes njuter njuts nådde nåddes når nås nått nåtts ombeds omfattade
    omfördelas omkom omsatte permanentar permanentas pågår påstår påståtts redogjorde redovisade rider rids rivs
    rymde rådes rör rörde rörs satsade satte sattes satts ser ses setts sitter sjunger sjungits sjungs sjunker
    sjöngs sjönk skars skedde sker skett skjuter skjutits skjuts skrevs skrivits skrämde skräms skurits skäms skärs
    slagits slapp slipper sluppit slutade sluter slutits sluts slår slås slöts sover spreds spridits springer
    sprungit sprängde sprängdes sprängts stals stannade startade stiger stjäls stods stoppade stryker stryks stulits
    styr styrde styrdes styrs står ståtts störs sytt sådde sågs sålde såldes sålts säger säljer säljes säljs tagits
    tappade tillerkände tillerkändes tillfaller tillför tillförde tillförs tillförts tillgår tillhör tillhörde
    tillkom tillkommer tillsatte tillsattes tillstyrker tillträdde tillträder tjänade togs trappar tredubblas
    trivdes trivs trodde tror trotts trädde träder trängde trängs tvang tyder umgås understryker understryks
    undertecknade undertecknat uppförde uppfördes uppförs uppförts uppger uppgår upphör uppkommer uppnådde uppnåddes
    uppnåtts uppstår uteblev uteblir utfäste utfäster utförde utförts utgår utgör utgörs utsatte utsattes utser
    utsätts valde valdes valt valts vanns varierade vet vetat vidtar vill ville vinner vinns visade visste vrider
    vrids vunnits väljer väljs välkomnade yrkade åtar återinför återkommer återstartar återstår åtog åts ägde äger
    ätits äts öronmärks överförde överfördes överförs överförts övergår överlåter överlämnad""".split()
)
# These are nouns and adjectives more often: "en resa", "ringa skada".
NO_INFINITIVES: Final = frozenset({"blåsa", "fylla", "resa", "ringa", "stämma", "utsända"})
# Infinitives of no conjugation above, or of another one.
OTHERS: Final = frozenset(
    """addera administrera analysera anordna anpassa anskaffa ansöka attrahera avlasta bedriva begränsa behålla
    bekämpa bemöta beskriva bevaka bevara bibehålla bidra bistå bli bryta delta digitalisera digitisera driva dämpa
    effektivisera erbjuda ersätta fasa fastna fortsätta frigöra få föra fördjupa förebygga föreslå förhindra
    försvara förverkliga förändra ge genomföra granska göra ha hindra hitta hålla identifiera implementera införa
    innebära kartlägga komma kontrollera koordinera korta kunna kvalificera leda leverera lyckas lyfta lägga
    medföra medverka minimera mobilisera motverka mäta möjliggöra möta nå omhänderta omsätta ordna organisera
    positionera pröva påskynda påverka reformera rekrytera renovera revidera rusta rädda samordna se skriva skydda
    slå sprida stoppa stå stödja sätta ta teckna tidigarelägga tillgodose tillhandahålla tillsätta tillvarata
    trygga undanröja underlätta understiga undvika uppdatera uppdra uppgå upphandla uppmuntra uppmärksamma uppnå
    upprätthålla utbilda utbyta utföra utnyttja utreda utrota vara vidta visa åstadkomma återfå återupprätta
    åtgärda överstiga""".split()
)
# Infinitives wherever they stand, so that a noun phrase is over before one.
INFINITIVES: Final = (FIRST | forms(SECOND_VOICED | SECOND_VOICELESS, "a") | OTHERS) - NO_INFINITIVES
# Infinitives, too, but a noun phrase is not over before one.
SHORT_INFINITIVES: Final = frozenset("be dra förstå gå ingå sy".split())
KNOWN_INFINITIVES: Final = INFINITIVES | SHORT_INFINITIVES
VOWELS: Final = "aeiouyåäös"


PRETERITES: Final = STRONG | forms(PREFIXES, *STRONG)
# All that end a noun phrase, but infinitives and modal verbs.
FINITE: Final = (
    forms(FIRST | FIRST_BUT_FOR_INFINITIVE, "r", "s", "des", "ts")
    | forms(frozenset(word[:-1] for word in OTHERS if word[-1] == "a"), "ar", "er", "as", "ades")
    | forms(frozenset(word[:-1] for word in OTHERS if word[-1] == "a" and word[-2] not in VOWELS), "s")
    | forms(SECOND_VOICED, "er", "as", "s", "de", "des", "ts")
    | forms(SECOND_VOICELESS, "er", "as", "es", "s", "te", "tes", "ts")
    | PRETERITES
    | forms(PRETERITES - STRONG, "s")
    | OTHER_FORMS
) - NOUNS
