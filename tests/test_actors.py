"""Who pays and who receives: the names, the frames of a sentence, and what stands around it."""

from __future__ import annotations

from collections import Counter

import pytest

from belopp import actors, rulebook
from belopp.actors.names import recogniser
from belopp.find import mentions
from belopp.model import FUNDING, OTHER, RATE
from belopp.read import parse
from belopp.sentences import Outline, place_mentions, words


def described(text: str, kind: str = FUNDING, *, published: str = "") -> list[actors.Actors]:
    """The actors of every sum of a text, in order."""
    book = rulebook.load()
    document = parse(text.encode(), id="text.md", published=published)
    places = place_mentions(Outline(document), mentions(document, book))
    return [actors.describe(place, kind, book) for place in places]


def recipients(text: str, kind: str = FUNDING) -> list[str]:
    return ["|".join(found.recipient) for found in described(text, kind)]


def payers(text: str) -> list[str]:
    return ["|".join(found.payer) for found in described(text)]


NAMES = {
    "Det gäller Sveriges Kommuner och Regioner.": ["Sveriges Kommuner och Regioner"],
    "SKR:s arbete och Boverkets läge": ["SKR", "Boverket"],
    "landets kommuner och regioner": ["kommunerna", "regionerna"],
    "de tio glesbygdskommunerna": ["kommunerna"],
    "stöd till elintensiva företag": ["elintensiva företag"],
    "till ideella kvinno- och tjejjourer i landet": ["ideella kvinno- och tjejjourer i landet"],
    "till organisationer inom civilsamhället som hjälper": ["organisationer inom civilsamhället"],
    "Organisationer som arbetar mot våld får stöd": ["organisationer som arbetar mot våld"],
    "till organisationer som arbetar mot våld uppgår stödet till": ["organisationer som arbetar mot våld"],
    "till organisationer som arbetar mot våld under 2026": ["organisationer som arbetar mot våld"],
    "ger organisationer som arbetar mot våld ytterligare 5": ["organisationer som arbetar mot våld"],
    "stöder organisationer som arbetar mot våld med en halv miljon kronor": ["organisationer som arbetar mot våld"],
    "till organisationer som arbetar mot våld och till Boverket": ["organisationer som arbetar mot våld", "Boverket"],
    "till organisationer som arbetar för att minska ensamhet och våld": [
        "organisationer som arbetar för att minska ensamhet och våld"
    ],
    "till organisationer som är störst": ["organisationer"],
    "genom Nya Hjälpfonden för barn": ["Nya Hjälpfonden"],
    "till Norra vårdförbundet i landet": ["Norra vårdförbundet"],
    "Länsstyrelsen i Kronobergs läns uppdrag": ["Länsstyrelsen i Kronobergs län"],
    "EU-programmet och AI-satsningen": [],
    "till kommunala och enskilda huvudmän": ["kommunala och enskilda huvudmän"],
    "till civilsamhällets organisationer": ["civilsamhällets organisationer"],
    "till fonden för ren luft": ["fonden för ren luft"],
    "till civilsamhället i Ukraina och närområdet": ["civilsamhället i Ukraina och närområdet"],
    "till SOS Alarm Sverige AB i dag": ["SOS Alarm Sverige AB"],
    "Skärgårdarnas Riksförbund beviljas": ["Skärgårdarnas Riksförbund"],
    "Länsstyrelserna i Kalmar och Kronobergs län": ["Länsstyrelsen i Kalmar län|Länsstyrelsen i Kronobergs län"],
    "till Alfa d’Or Sweden för": ["Alfa d’Or Sweden"],
    "Bygdens Vänner får": ["Bygdens Vänner"],
    "Stiftelsen Alfa får": ["Stiftelsen Alfa"],
    "Läxmuseet får": ["Läxmuseet"],
    "När Boverket får": ["Boverket"],
    "Riksförbundet för läxor tilldelas": ["Riksförbundet för läxor"],
    "till Registret för sena och svåra läxor och Boverket": ["Registret för sena och svåra läxor", "Boverket"],
    "till Riksförbundet för arbete mot våld": ["Riksförbundet"],
    "till Riksförbundet för 2026": ["Riksförbundet"],
    "sida vid sida": [],
}


@pytest.mark.parametrize("text", NAMES, ids=str)
def test_names_in_base_form(text: str) -> None:
    found = recogniser(rulebook.load()).find(words(text))
    assert [named.actor.canonical if named.kind in ("region", "municipality") and named.actor else named.name
            for named in found] == NAMES[text]  # fmt: skip


SENTENCES = {
    "Staten ger [5 miljoner kronor] till läxhjälp. Medlen fördelas till kommunerna.": ["kommunerna"],
    "Staten ger [5 miljoner kronor] till läxhjälp. Medlen ska fördelas av Skolverket.": ["Skolverket"],
    "Staten ger [5 miljoner kronor] till läxhjälp. Medlen disponeras av Skolverket.": ["Skolverket"],
    "Staten ger [5 miljoner kronor] till läxhjälp. Skolverket ska fördela medlen till kommunerna.": ["kommunerna"],
    "Staten ger [5 miljoner kronor] till läxhjälp. Skolverket ska betala ut medlen.": ["Skolverket"],
    "Staten ger [5 miljoner kronor] till läxhjälp. Stödet ges i form av bidrag till kommunerna.": ["kommunerna"],
    "Skolverket ska betala ut [5 miljoner kronor] till 120 kommuner för läxhjälp.": ["kommunerna"],
    # the sum's right side
    "Det går 5 miljoner kronor till SKR, Boverket och Skolverket.": ["Boverket|Skolverket|SKR"],
    "Det går 5 miljoner kronor till SKR, till Boverket och till Skolverket.": ["Boverket|Skolverket|SKR"],
    "Det går 5 miljoner kronor till Boverket, SCB, samt till Skolverket.": ["Boverket|SCB|Skolverket"],
    "Det går 5 miljoner kronor till Boverket, BOV, för ritningar.": ["Boverket"],
    "Det avsätts 5 miljoner kronor till länsstyrelsernas arbete.": ["länsstyrelserna"],
    "Det går 5 miljoner kronor till Unescos byggfond.": ["Unescos byggfond"],
    "Det går 5 miljoner kronor till det civila försvaret.": ["civila försvaret"],
    "Det går 5 miljoner kronor till den kommunala kulturskolan.": ["kommunala kulturskolan"],
    "Stödet på 5 miljoner kronor kanaliseras via våra partner Unicef och Bris.": ["Bris|Unicef"],
    "Det går 5 miljoner kronor till Natos fond för broar.": ["Natos fond för broar"],
    "Det går 5 miljoner kronor till Natos fond för Norges broar (NFNB).": ["Natos fond för Norges broar"],
    "Det går 5 miljoner kronor till Bridges & Roads Fund.": ["Bridges & Roads Fund"],
    "Det går 5 miljoner kronor till Perus utvecklingsbank för hus.": ["Perus utvecklingsbank"],
    "Boverket får donera hus till ett värde av 5 miljoner kronor.": [""],
    "Boverket får skänka hus till Peru till ett värde av 5 miljoner kronor.": ["Peru"],
    "Det avsätts 5 miljoner kronor i syfte att ge Boverket bättre möjligheter.": ["Boverket"],
    "Sverige ger 5 miljoner kronor till Gaza genom FN:s barnfond.": ["FN:s barnfond"],
    "Sverige ger 5 miljoner kronor till Ukraina genom Sida.": ["Ukraina"],
    "Det går 5 miljoner kronor till den nya organisationen Barnens Vänner.": ["Barnens Vänner"],
    "Det går 5 miljoner kronor till kommuner som har få invånare.": ["kommunerna"],
    "Det betalas 5 miljoner kronor till regionerna för vidare utbetalning till SKR.": ["regionerna"],
    # the left side
    "Skolverket får 5 miljoner kronor för stöd till kommunerna.": ["Skolverket"],
    "För uppdraget får Boverket använda 5 miljoner kronor.": ["Boverket"],
    "Boverkets förvaltningsanslag ökas med 5 miljoner kronor.": ["Boverket"],
    "Anslaget till Boverket höjs med 5 miljoner kronor.": ["Boverket"],
    "Till Unicef avsätts 5 miljoner kronor.": ["Unicef"],
    "Regeringen har beviljat Röda Korsets ansökan om 5 miljoner kronor.": ["Röda Korset"],
    "Regeringen avsätter 5 miljoner kronor för att utrusta Försvarsmaktens förband.": ["Försvarsmakten"],
    "Regeringen ger Boverket i uppdrag att mäta hus för 5 miljoner kronor.": ["Boverket"],
    "Boverket får i uppdrag att till regionerna betala ut 5 miljoner kronor.": ["regionerna"],
    "Det avsätts 5 miljoner kronor som Boverket kan fördela.": ["Boverket"],
    "Skolor kan ansöka om 5 miljoner kronor.": ["skolor"],
    "Regeringen ger stöd till både Gaza och Ukraina för 5 miljoner kronor.": ["Gaza|Ukraina"],
    "Det avsätts medel till Länsstyrelserna i Kalmar och Kronobergs län på 5 miljoner kronor.": [
        "Länsstyrelsen i Kalmar län|Länsstyrelsen i Kronobergs län"
    ],
    # several sums
    "Boverket tilldelas 5 miljoner kronor 2026, 6 miljoner kronor 2027 och 7 miljoner kronor 2028.": ["Boverket"] * 3,
    "Boverket tilldelas 5 miljoner kronor och Skolverket 6 miljoner kronor.": ["Boverket", "Skolverket"],
    "Boverket och Skolverket tilldelas 5 respektive 6 miljoner kronor.": ["Boverket", "Skolverket"],
    "Det går 5 miljoner kronor till SKR och 6 miljoner kronor till regionerna.": ["SKR", "regionerna"],
    "Stödet till Bris ökar från 5 till 6 miljoner kronor.": ["Bris", "Bris"],
    "Bris får 5 miljoner kronor. Regeringen satsar även 6 miljoner kronor på vägledning.": ["Bris", ""],
    "Planen omfattar för Boverket 5 miljoner kronor och för Skolverket 6 miljoner kronor.": ["Boverket", "Skolverket"],
    # nobody
    "Regeringen satsar 5 miljoner kronor på vägunderhåll.": [""],
    "Till följd av detta avsätts 5 miljoner kronor till 2026.": [""],
    "Socialstyrelsen ska fördela 5 miljoner kronor till kortare köer.": [""],
    "Insatser i Ukraina får 5 miljoner kronor.": [""],
    "Regeringen ger Kammarkollegiet i uppdrag att betala ut 5 miljoner kronor.": [""],
    "Regeringen ger Kammarkollegiet i uppdrag att mäta hus för 5 miljoner kronor.": ["Kammarkollegiet"],
    "Nu talas det om AI. Det går 5 miljoner kronor till AI.": [""],
    "Stödet omfattar Georgien och Moldavien och uppgår till 5 miljoner kronor.": ["Georgien|Moldavien"],
    "Sedan Ryssland inledde sin invasion av Ukraina har Sverige bidragit med 5 miljoner kronor.": ["Ukraina"],
    "Sverige gav 5 miljoner kronor i stöd till Ukraina, sedan Rysslands invasion inleddes.": ["Ukraina"],
    "Bidraget enligt Skolverket uppgår till 5 miljoner kronor.": [""],
    "För att kompensera kommunerna för det förstärks bidraget med 5 miljoner kronor.": ["kommunerna"],
    "Stödet till Bris höjs med 5 miljoner kronor och statsbidraget för läxor med 6 miljoner kronor.": ["Bris", ""],
    "Med 5 miljoner kronor förstärks Boverkets arbete.": ["Boverket"],
    "För att ge Boverket tid avsätts 5 miljoner kronor till kommunerna.": ["kommunerna"],
    "För att ge Ukraina stöd avsätts 5 miljoner kronor.": ["Ukraina"],
    "Vid Lunds universitet satsas 5 miljoner kronor på laboratorier.": ["Lunds universitet"],
    "Det blir 5 miljoner kronor av det bidrag som Skolverket betalar ut till kommunerna.": ["kommunerna"],
    "Det bidrag som Skolverket betalar ut till kommunerna höjs med 5 miljoner kronor.": ["kommunerna"],
    "Natos fond för Ukraina får 5 miljoner kronor.": ["Natos fond för Ukraina"],
    "Till Natos fond för Moldavien ges 5 miljoner kronor.": ["Natos fond för Moldavien"],
    "Minröjning genom Unicef – 5 miljoner kronor": ["Unicef"],
    "Det blir en satsning på Boverkets arbete inom boende med 5 miljoner kronor.": ["Boverket"],
    "Läxcentret är nytt. Nu tillförs centret 5 miljoner kronor.": ["läxcentret"],
    "Länsstyrelserna får 5 miljoner kronor.": ["länsstyrelserna"],
    "Stöd ges så: NHF (Northern Help Fund) 5 miljoner kronor.": ["Northern Help Fund"],
}


@pytest.mark.parametrize("text", SENTENCES, ids=str)
def test_recipient_in_sentence(text: str) -> None:
    assert recipients(text) == SENTENCES[text]


SURROUNDINGS = {
    "the budget is no purpose of a title's money": (
        "# Tillskott till Boverket\n\nNu föreslås att 5 miljoner kronor tillförs i höständringsbudgeten.", ["Boverket"]
    ),
    "they, whom the sentence before is about": (
        "Läxans Vänner är en förening som hjälper barn. De får 5 miljoner kronor.", ["Läxans Vänner"]
    ),
    "it, which nobody is": ("Boverket mäter hus. Det tillförs 5 miljoner kronor.", [""]),
    "this, which somebody shall do": (
        "Boverket ska mäta hus. För detta avsätts 5 miljoner kronor.", ["Boverket"]
    ),
    "initials but one": (
        "Statens nämnd för svåra läxor (SNL) finns. Det går 5 miljoner kronor till SNL.",
        ["Statens nämnd för svåra läxor"],
    ),
    "an agency's short name, written out below": (
        "Det går 5 miljoner kronor till SLV. Livsmedelsverket leder arbetet.", ["Livsmedelsverket"]
    ),
    "abbreviation in full": (
        "Tandvårds- och läkemedelsförmånsverket (TLV) leder arbetet. TLV får 5 miljoner kronor.",
        ["Tandvårds- och läkemedelsförmånsverket"],
    ),
    "an abbreviation that nothing spells out": ("Sverige lämnar 5 miljoner kronor via WFP.", ["WFP"]),
    "unlisted abbreviation": (
        "Det Nordiska Barnförbundet (NBF) hjälper barn. Det avsätts 5 miljoner kronor till NBF.",
        ["Nordiska Barnförbundet"],
    ),
    "myndigheten": ("Boverket arbetar brett. Myndigheten får 5 miljoner kronor.", ["Boverket"]),
    "myndigheten, whom the sentence was about": (
        "Boverket ska redovisa uppdraget med kopia till Skolverket. Myndigheten får 5 miljoner kronor.", ["Boverket"]
    ),
    "the sentence after": ("Det avsätts 5 miljoner kronor. Pengarna ska gå till Boverket.", ["Boverket"]),
    "who has the assignment": (
        "Boverket får i uppdrag att räkna hus. För uppdraget avsätts 5 miljoner kronor.",
        ["Boverket"],
    ),
    "this assignment": (
        "Boverket får i uppdrag att räkna hus. Regeringen avsätter 5 miljoner kronor 2027 för detta uppdrag.",
        ["Boverket"],
    ),
    "myndigheten has the assignment": (
        "Boverket får i uppdrag att räkna. Skolverket ska höras. Myndigheten får 5 mnkr för uppdraget.",
        ["Boverket"],
    ),
    "one of two has the sum before": (
        "Boverket och Skolverket får i uppdrag att räkna.\n\nFör det får Boverket 5 mnkr. 2027 får uppdraget 6 mnkr.",
        ["Boverket", "Boverket"],
    ),
    "a title's subject has no money for that": (
        "# Boverket ska granska skolor\n\nStatsbidraget uppgår till 5 miljoner kronor.", [""]
    ),
    "a title's subject has its assignment": (
        "# Boverket ska granska skolor\n\nFör uppdraget beräknas 5 miljoner kronor.", ["Boverket"]
    ),
    "initials without small words": (
        "Nordic Board on Bridges (NBB) finns. Det går 5 miljoner kronor till NBB.", ["Nordic Board on Bridges"]
    ),
    "initials of a part are not enough": (
        "Nu finns International Facility for Iron (IFFIm). Det går 5 miljoner kronor till IFFIm.",
        ["International Facility for Iron"],
    ),
    "it is a matter of": (
        "Boverket tilldelas medel för en kurs. Det handlar om totalt 5 miljoner kronor.", ["Boverket"]
    ),
    "a giver of things over a list": (
        "Boverket får:\n\n* donera hus till ett belopp av 5 miljoner kronor", [""]
    ),
    "an item has its own sum, not the assignment's": (
        "Boverket och SCB får i uppdrag att räkna.\n\n- Boverket: 5 mnkr\n- SCB: 6 mnkr\n\nUppdraget omfattar 11 mnkr.",
        ["Boverket", "SCB", "Boverket|SCB"],
    ),
    "with these funds": (
        "Regeringen avsätter 5 miljoner kronor. Med dessa medel ska Boverket räkna hus.", ["Boverket"]
    ),
    "will be channelled": (
        "Regeringen avsätter 5 miljoner kronor. Medlen kommer att kanaliseras via forskningsrådet Formas.", ["Formas"]
    ),
    "may requisition": (
        "Regeringen avsätter 5 miljoner kronor. Boverket får rekvirera medlen från Kammarkollegiet.", ["Boverket"]
    ),
    "whose donor was told of": (
        "Sverige är Unicefs största givare. För 2026 uppgår stödet till 5 miljoner kronor.", ["Unicef"]
    ),
    "whose work was told of": (
        "För det första stärker vi kommunernas arbete mot bränder. Satsningen är på 5 miljoner kronor.", ["kommunerna"]
    ),
    "whose work is but a purpose": (
        "Syftet är att stärka kommunernas arbete mot bränder. Satsningen är på 5 miljoner kronor.", [""]
    ),
    "lead-in": (
        "Boverket tilldelas medel:\n\n* 5 miljoner kronor för hus\n* 6 miljoner kronor för broar",
        ["Boverket"] * 2,
    ),
    "labels of a list": (
        "Så delas medlen:\n\n* Region Skåne 5 000 000 kr\n* Region Halland 6 000 000 kr\n* Region Uppsala 7 000 000 kr",
        ["Region Skåne", "Region Halland", "Region Uppsala"],
    ),
    "labels that are purposes": (
        "Så delas medlen:\n\n* Säker vård 5 Mkr\n* Läkemedel 6 Mkr\n* Öppna data 7 Mkr",
        ["", "", ""],
    ),
    "rows by place": (
        "| Plats | Miljoner kronor |\n| --- | --- |\n| Sörmland | 5 |\n| Västra  Götaland | 6 |\n| Totalt | 11 |",
        ["Sörmland", "Västra Götaland", ""],
    ),
    "an agency in a row's label": (
        "| Satsning | Miljoner kronor |\n| --- | --- |\n| Nya kartor – Boverket | 5 |\n| Nya vägar | 6 |",
        ["Boverket", ""],
    ),
    "a sentence that only goes on": (
        "Boverket tillförs 5 miljoner kronor. Under 2027 beräknas 6 miljoner kronor tillföras.", ["Boverket"] * 2
    ),
    "a sentence about money of its own": (
        "Boverket tillförs medel. Därutöver tillförs medel för läxor. Under 2027 tillförs 6 miljoner kronor.", [""]
    ),
    "money told of without a sum": (
        "Därför föreslås att medel tillförs Boverket. Under 2026 tillförs 5 miljoner kronor.", ["Boverket"]
    ),
    "applicants": ("Det avsätts 5 miljoner kronor för lekplatser. Alla kommuner kan söka stödet.", ["kommunerna"]),
    "a guarantee": ("Garantiramen är 5 miljoner kronor. Alla kommuner kan ansöka om garantier.", [""]),
    "a title that supports a country": (
        "# Nytt stöd till Ukraina\n\nPaketet består av:\n\n* Båtar till ett värde av 5 miljoner kronor", ["Ukraina"]
    ),
    "a heading's subject": ("# Hösten\n\n## Boverket ska växa\n\nAnslaget ökas med 5 miljoner kronor.", ["Boverket"]),
    "the agency named last": (
        "Trycket på Boverket är stort. Nu växer anslaget med 5 miljoner kronor.", ["Boverket"]
    ),
    "heading": ("# Hösten\n\n## Ökat anslag till Boverket\n\nAnslaget ökas med 5 miljoner kronor.", ["Boverket"]),
    "package": (
        "# Nytt stödpaket till Moldavien\n\n## Donationer till ett värde av 5 miljoner kronor\n\nDet går med båt.",
        ["Moldavien"]),
    "guarantee": (
        "# Nytt stödpaket till Moldavien\n\n## Kreditgarantier till ett värde av 5 miljoner kronor\n\nDe prövas.",
        [""]),
    "opening": (
        "# Vintern\n\n## Ett paket på 5 miljoner kronor\n\nMedlen går till Boverket och Skolverket.",
        ["Boverket|Skolverket"]),
    "own section": (
        "# Tillskott till regionerna\n\n## En vårdportal\n\nFör 2026 beräknas 5 miljoner kronor för portalen.", [""]),
    "given before": ("Boverket fick i uppdrag att rita. Regeringen avsatte 5 miljoner kronor för detta.", ["Boverket"]),
    "title's own": (
        "# Ökade medel till Boverket\n\nDet avsätts 5 miljoner kronor till lagar om Boverkets rätt.", ["Boverket"]),
    "qualify": (
        "Stödet kom i juni med 5 miljoner kronor. För att kvalificera sig för medlen krävdes att regionerna byggde.",
        ["regionerna"]),
    "items": ("Så blir det:\n\n* Skolverket får stöd.\n* Kurser till ett värde av 5 miljoner kronor.", [""]),
}  # fmt: skip


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_recipient_from_surroundings(name: str) -> None:
    text, expected = SURROUNDINGS[name]
    assert recipients(text) == expected


PAYERS = {
    "Regeringen avsätter 5 miljoner kronor genom Sida.": ["staten"],
    "Det avsätts 5 miljoner kronor.": ["staten"],
    "Avtalet omfattar 5 miljoner kronor, varav regionerna står för 2 miljoner och staten för 3 miljoner.": [
        "regionerna|staten", "regionerna", "staten"],
    "Avtalet omfattar 5 miljoner kronor, där kommunerna bidrar med 2 miljoner.": ["kommunerna|staten", "kommunerna"],
    "Regeringen avsätter 5 miljoner kronor och regionerna tillför 2 miljoner kronor.": ["staten", "regionerna"],
    "Nordiska ministerrådet går in med 5 miljoner kronor.": ["Nordiska ministerrådet"],
    "Länet får 5 miljoner kronor från EU.": ["EU"],
    "Kommissionen har beslutat om hjälp. Totalt finns 5 miljoner euro att dela på.": ["EU"],
    "Det avsätts 5 miljoner kronor till färjan från Gotland.": ["staten"],
    "Det anslås 5 miljoner kronor efter tydliga löften från Unicef.": ["staten"],
    "Boverket betalar ut 5 miljoner kronor.": ["staten"],
}  # fmt: skip


@pytest.mark.parametrize("text", PAYERS, ids=str)
def test_payer(text: str) -> None:
    assert payers(text) == PAYERS[text]


def test_who_pays_receives_nothing() -> None:
    text = "Avtalet omfattar 5 miljoner kronor, varav regionerna står för 2 miljoner och staten för 3 miljoner."
    assert recipients(text) == ["", "", ""]


def test_other_figures_have_neither() -> None:
    [found] = described("Boverket förlorar 5 miljoner kronor.", OTHER)
    assert found == actors.Actors((), (), ())


def test_rates_have_whom_the_text_names() -> None:
    [found] = described("Staten ersätter regionerna med 300 kronor per dos.", RATE)
    assert (found.payer, found.recipient) == (("staten",), ("regionerna",))
    [found] = described("Bidraget fördelas med 3 miljoner kronor per region.", RATE)
    assert (found.payer, found.recipient) == (("staten",), ("regionerna",))
    [found] = described("Avgiften är 300 kronor.", RATE)
    assert (found.payer, found.recipient) == ((), ())


def test_every_name_has_a_reason() -> None:
    [found] = described("Regeringen avsätter 5 miljoner kronor till Boverket.")
    assert {reason.column for reason in found.because} == {"payer", "recipient"}


def test_actors_file() -> None:
    book = rulebook.load()
    kinds = Counter(actor.kind for actor in book.actors)
    assert kinds["municipality"] == 290, "289 municipalities (Gotland is a region) and their collective"
    assert kinds["region"] == 23, "21 regions, their collective, and that of both: kommunsektorn"
    assert kinds["county"] == 21
    names = Counter(name for actor in book.actors for name in (actor.canonical, *actor.variants))
    assert [name for name, count in names.items() if count > 1] == []
