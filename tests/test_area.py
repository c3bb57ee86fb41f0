"""What a sum is for, in sentences of our own: each line is a form that real publications use."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from belopp import read, rulebook
from belopp.extract import extract
from belopp.read import parse

BOOK = rulebook.load()

# area, then the text; the sum it is asked of stands in brackets.
SENTENCES = """
förhandlingsstöd i glesbygd | Boverket får [3 miljoner kronor] för förhandlingsstöd i glesbygd under 2025.
cykelvägar | Regeringen lägger [3 miljoner kronor] på cykelvägar för att fler ska kunna pendla.
torghandel | Regeringen föreslår [3 miljoner kronor] 2025 och 4 miljoner kronor 2026 för torghandel.
torghandel | Regeringen föreslår 3 miljoner kronor 2025 och [4 miljoner kronor] 2026 för torghandel.
lokala nät | Av dem går [3 miljoner kronor] till kommunerna och 4 miljoner kronor till regionerna för lokala nät.
skolmåltider | Stödet till skolmåltider ökas med [3 miljoner kronor].
kolonilotter | För kolonilotter avsätts [3 miljoner kronor] per år.
brandskyddet i kyrkor | För att förbättra brandskyddet i kyrkor avsätts [3 miljoner kronor].
snöröjning | Kommunerna får [3 miljoner kronor] i ett tillfälligt bidrag för snöröjning.
sjöräddning | Sjöfartsverket tillförs [3 miljoner kronor] för sitt arbete med sjöräddning.
bevakning av museer | Polismyndigheten får [3 miljoner kronor] för insatser för bevakning av museer.
körer | [3 miljoner kronor] går till föreningar som arbetar med körer.
utställningar och konserter | Regionen får [3 miljoner kronor] till utställningar och konserter, varav hälften 2025.
brunnar, dammar och diken | Länsstyrelsen får [3 miljoner kronor] för brunnar, dammar och diken.
Avgiften för jaktkort | Avgiften för jaktkort höjs till [400 kronor].
priset på en liter mjölk | Förslaget innebär att priset på en liter mjölk väntas öka med [2 kronor].
fjällräddningen | Regeringen stärker fjällräddningen med [3 miljoner kronor].
orkesterstöd | Regeringen föreslår ett orkesterstöd på [3 miljoner kronor].
skogsområdet | Regeringen avsätter [3 miljoner kronor] på skogsområdet.
orkesterns resor | Kulturrådet får [3 miljoner kronor] till projekt som främjar orkesterns resor.
torvtak | Regeringen föreslår [3 miljoner kronor] för s.k. torvtak.
fjälleden | Regeringen stöttar fjälleden med [3 miljoner kronor].
fjällsäkerheten | Sedan 2020 har regeringen stärkt mycket. Därför stärks fjällsäkerheten med [3 miljoner kronor].
exporten av timmer | Under 2023 uppgick exporten av timmer till [3 miljarder kronor].
fiske- och jaktkort | Förslaget är att fiske- och jaktkort höjs med [70 kronor].
humanitärt stöd | Sverige har bidragit med [3 miljoner kronor] i humanitärt stöd genom Sida.
tolkning | Av beloppet avser [3 miljoner kronor] tolkning.
rusta Inlandsbanan | Regeringen föreslår [3 miljoner kronor] för att rusta Inlandsbanan.
bron | Trafikverket får [3 miljoner kronor] för att bron ska kunna renoveras.
körskolor | Regeringen vill underlätta för körskolor. Därför avsätts [3 miljoner kronor].
Omsättningen i hamnen | Omsättningen i hamnen ökade och uppgick till [3 miljoner kronor].
Resultatet efter skatt | Resultatet efter skatt ökade och uppgick till [3 miljoner kronor].
metoden Skolstart | Skolverket får [3 miljoner kronor] för att sprida metoden Skolstart.
stöd till Estland | Det föreslås [3 miljoner kronor] för ökat stöd till Estland.
varor och tjänster | Varje år säljs varor och tjänster för [3 miljarder kronor].
gemensam upphandling av filtar | Sverige gör en gemensam upphandling av filtar värd [3 miljoner kronor].
uppbyggnaden av lager | Det föreslås att [3 miljoner kronor] tillförs myndigheternas arbete med uppbyggnaden av lager.
fiskevård | [3 miljoner kronor] går till föreningar som ansvarar för fiskevård.
militära området | Regeringen avsätter [3 miljoner kronor] på det militära området.
Nordiska havsfonden | Sverige bidrar med [3 miljoner kronor] till Nordiska havsfonden.
återuppbyggnaden | Det ges [3 miljoner kronor] för att återuppbyggnaden skulle kunna genomföras utan dröjsmål.
militära och civila försvaret | Vi gör ett tillägg för det militära och civila försvaret på [3 miljarder kronor].
brandvakter i byar | Regeringen ger A [3 miljoner kronor] för brandvakter i byar under 2025, En plan ska lämnas.
odling av hampa | Nu finns stöd till odling av hampa på plats. Stödet uppgår till [3 miljoner kronor].
militärt stöd | Paketet innehåller militärt stöd för runt [3 miljarder kronor], bland annat ett system för radar.
barntillägget | Boendetillägget höjs med 100 kronor per månad och barntillägget med [500 kronor] per barn.
värdet på gruvorna | Under 2022 ökade värdet på gruvorna med ca [3 miljarder kronor].
Skulderna till banken | Skulderna till banken under 2022, för året 2021, uppgick till [3 miljarder kronor].
återkraven i skogen | SGU har uppskattat återkraven i skogen till ca [3 miljarder kronor].
Samverkan mot fusk | Samverkan mot fusk har samtidigt förstärkts med [3 miljoner kronor].
brandskydd | Det ges [3 miljoner kronor] för kommunernas och regionernas arbete med brandskydd.
fiskevården | Det ges [3 miljoner kronor] till fiskevården i dessa områden.
säkra broar | Det ges [3 miljoner kronor] för säkra broar som beskrivs i planen.
varuexport | Hamnen är landets största, med [3 miljarder kronor] i varuexport.
Gränsen för frikort | Gränsen för frikort höjs till [100 kronor] i egenavgifter.
varor | Landet exporterar varje år varor för [3 miljarder kronor].
svenskt fiskebistånd | Under 2024 uppgick svenskt fiskebistånd till [3 miljoner kronor].
broarna | Det ges [3 miljoner kronor] för att göra broarna bättre.
frisk luft | Det ges [3 mkr] som stöd till organisationer som verkar för frisk luft, samt att ett råd tillsätts.
personer födda 1957 | Det ges [3 miljoner kronor] för personer födda 1957 och tidigare.
läslust i skolan | Det föreslås [3 mkr], inklusive kostnader för studiemedel, för att stärka läslust i skolan.
IAEA:s arbete | IAEA:s arbete uppgår till [3 miljoner euro] på årsbasis.
kärnstöd till Unicef | Sveriges kärnstöd till Unicef uppgår till [3 miljoner kronor].
Nordiska havsfonden | Sverige bidrar till Nordiska havsfonden med totalt [3 miljoner kronor].
ökad rörlighet i skolan | Det ges [3 mkr] till satsningar på kommuner och regioner för ökad rörlighet i skolan.
tolkning i domstol | Domstolarna får [3 miljoner kronor] i medel för tolkning i domstol.
förebyggande arbetet | Polisen tillförs [3 miljoner kronor] för det förebyggande arbetet.
museets verksamhet | Museet får [3 miljoner kronor] för museets verksamhet.
brunnar | SGU får [3 miljoner kronor] på ytterligare resurser till fler brunnar.
civilt stöd till Estland | Sverige har gett civilt stöd till Estland värt [3 miljoner kronor].
stöd till Estland | Sverige har beslutat om [3 miljoner kronor] i stöd till Estland.
Drift av fyrar | I budgeten görs flera satsningar. Drift av fyrar utökas med [3 miljoner kronor].
filtar | Sverige skickar filtar, till ett värde av [3 miljoner kronor].
pansarskott | Regeringen föreslår att skänka pansarskott till ett värde av [3 miljoner kronor].
odling av hampa | Då införs ett stöd till odling av hampa och anslaget ökas med [3 miljoner kronor].
skolans arbete med att nå och hjälpa barn | Det ges [3 mkr] till skolans arbete med att nå och hjälpa barn.
kortare köer | För att nå kortare köer fördelas [3 miljoner kronor] baserat på antalet besök.
kartläggning av flodkräftor | För arbetet med kräftor avsätter vi [3 mkr] för att göra en kartläggning av flodkräftor.
hyreskostnaden | För den som bor i stan ökar hyreskostnaden till [3 000 kronor].
Avgiften för bygg- respektive rivningslovet | Avgiften för bygg- respektive rivningslovet höjs till [300 kronor].
mjuka filtar | Sedan 2020 har föreningen levererat mjuka filtar till ett värde av [3 miljoner kronor].
filtar, täcken eller kuddar | SGU får skänka filtar, täcken eller kuddar som blir över, till ett belopp av [3 mkr].
flerårig skogssatsning | Regeringen gör en flerårig skogssatsning som beräknas uppgå till [3 miljoner kronor].
Skogspaketet för öarna | Skogspaketet för öarna 2025 omfattar [3 miljoner kronor].
övervakningen av kusten | Därför förstärker regeringen övervakningen av kusten med [3 miljoner kronor].
militära försvaret | Vi lägger [3 miljoner kronor] på det militära försvaret.
fyrarna | Det ges [3 miljoner kronor] för att via en förening bevara fyrarna.
bussar i områden där få bor | Regeringen avsätter [3 miljoner kronor] för bussar i områden där få bor.
bussar i områden där få bor | Det ges [3 miljoner kronor] för bussar i områden där få bor och skolor byggs.
mänskligt stöd | Det ges [3 miljoner kronor] till föreningar som erbjuder mänskligt stöd.
skolan | Regeringen stärker skolan, som barn går i, med [3 miljoner kronor].
SGU:s egna kostnader | Av medlen får [3 miljoner kronor] användas för SGU:s egna kostnader.
Skatten på plast | Skatten på plast tas ut med [3 kronor].
blad, häften eller böcker | Det innebär att blad, häften eller böcker ska få ett avdrag upp till [3 mkr].
båtliv för barn | Det ges [3 miljoner kronor] till kommuner som erbjuder båtliv för barn.
museets verksamhet | I fjol tillfördes museets verksamhet närmare [3 miljoner kronor].
"""
# what is tried, the area, then the document with its sum in brackets
DOCUMENTS = """
a frame dropped | kortare köer | # Avtal om kortare köer\\n\\nAvtalet omfattar [3 miljoner kronor].
the assignment | brunnar | # Uppdrag att kartlägga brunnar\\n\\nFör uppdraget får SGU [3 miljoner kronor].
the title's clause | cykelvägar | # Regeringen satsar på fler cykelvägar\\n\\nSGU får [3 miljoner kronor].
a sum in the title | cykelvägar | # [3 miljoner kronor] till kommunerna för cykelvägar\\n\\nDet blir fler vägar.
the section | Utbyggnad av broar | # Trafiken\\n\\n## Utbyggnad av broar\\n\\nFör området avsätts [3 miljoner kronor].
a plain heading | broar | # Satsning på broar\\n\\n## Bakgrund\\n\\nTrafikverket får [3 miljoner kronor].
the label of an item | Skolmat | # Skolan 2025\\n\\n* Skolmat: regeringen avsätter [3 miljoner kronor] 2025.
bold type | skolmat i byar | # Skolan 2025\\n\\n* [3 mkr] till **skolmat** i byar\\n* 4 mkr till böcker
how it is done | bevakning | # Uppdrag att utreda hur bevakning kan ordnas\\n\\nFör uppdraget avsätts [3 mkr].
a deed as a subclause | fusk | # Åtgärder för att motverka att fusk sprids\\n\\nFör uppdraget avsätts [3 mkr].
who has the mandate | Bättre fiskevård | # Bättre fiskevård\\n\\n## Uppdrag till SGU\\n\\nFör uppdraget får SGU [3 mkr].
the same aim | isvakter | # Fiskevård\\n\\nSGU får 2 mkr för isvakter 2024. SGU får [3 mkr] för samma syfte 2025.
what is done to nothing | broar | # Satsning på broar\\n\\nDet ges [3 mkr] för aktiviteter som beskrivs i planen.
what somebody does | broar | # Satsning på broar\\n\\nDet ges [3 mkr] för kommunernas arbete.
an area of the budget | broar | # Satsning på broar\\n\\nDet ges [3 mkr] inom utgiftsområde 22 Kommunikationer.
a heading that breaks | fusk | # Nu slår vi till\\n\\n## Slå sönder fusk\\n\\nDet ges [3 mkr].
new guidelines | god vård | # Nya riktlinjer ska stärka god vård\\n\\nDet ges [3 mkr].
new mandates | fiskevården | # Nytt uppdrag till SGU ska stärka fiskevården\\n\\nDet ges [3 mkr].
handed over | Broar | # Broar\\n\\nBoverket får 5 mkr, varav [3 mkr] är överförda från 2023.
by agreement | fisk | # Utbetalning av medel i enlighet med överenskommelsen inom fisk\\n\\nDet ges [3 mkr].
what it does | Böcker | # Skolan\\n\\n## Böcker gör skillnad\\n\\nDet ges [3 mkr].
the sum before | fisk i norr | # Mat\\n\\nBidraget till fisk i norr får 5 miljoner kronor. Bidraget uppgår till [3 mkr].
a fund's row | Havsfonden | # Mat\\n\\n¦ Fond ¦ Miljoner kronor ¦\\n¦ --- ¦ --- ¦\\n¦ Havsfonden ¦ [3] ¦
a named agreement | God fisk | # Utbetalning enligt överenskommelsen God fisk 2025\\n\\nDet ges [3 mkr].
between whom | fisk i norr | # Fisk\\n\\nDet ges [3 mkr] för överenskommelsen mellan staten och SKR om fisk i norr.
a power to do | båtar | # Bemyndigande för Sjöfartsverket att anskaffa båtar\\n\\nDet ges [3 mkr].
a register's label | fisken | # Uppdrag att rädda fiskenDiarienummer: N2025/1\\n\\nDet ges [3 mkr].
it is so much | fröodling | # Rädda almen\\n\\nNu görs en satsning i budgeten på fröodling. Den uppgår till [3 mkr].
tools to an end | fusk | # Regeringen föreslår fler verktyg för att stoppa fusk\\n\\nDet ges [3 mkr].
several steps | stöd till Estland | # Mat\\n\\nSverige har ökat sitt stöd till Estland i flera steg. Stödet är [3 mkr].
paid out | fiskevård | # Utbetalning av medel till regionerna för fiskevård\\n\\nDet rör sig om [3 mkr].
many measures | ren luft | # Satsningar på ren luft\\n\\nDet rör sig om [3 mkr].
a doubling | stödet till Riksglaset | # Regeringen mer än fördubblar stödet till Riksglaset\\n\\nDet blir [3 mkr].
a raise and no more | fiskevård | # Satsning på fiskevård\\n\\nSGU får [3 mkr] i en permanent ökning från 2028.
nothing acted on | fiskevård | # Satsning på fiskevård\\n\\nFör att det ska bli verklighet avsätts [3 mkr].
who has the office | fiskevård | # Satsning på fiskevård\\n\\nFinansminister Anna Ek talade. Nu avsätts [3 mkr].
an old and a new law | broar | # Broar\\n\\nMed gammal och ny lag föreslår regeringen en satsning på broar med [3 mkr].
a lone adverb | broar | # Satsning på broar\\n\\nFör att snabbare arbeta effektivt avsätts [3 miljoner kronor].
a level | Fiskekortets lägsta nivå | # Fiske\\n\\n## Nya regler\\n\\nFiskekortets lägsta nivå höjs till [365 kronor].
a label and no more | Skolmat | # Skolan 2025\\n\\n* Skolmat [3 miljoner kronor]\\n* Böcker 4 miljoner kronor
the account | ny teknik | # Uppdrag om ny teknik\\n\\nDet ges [3 mkr] som ska redovisas mot 1:2 Medel för skolan.
whose, not what | Skogsstyrelsens anslag | # Satsning på broar\\n\\nDärför ökas Skogsstyrelsens anslag med [3 mkr].
what the section has | fyrar | # Budget\\n\\n## Tillskott säkrar fyrar\\n\\nNu ökas Operans anslag med [3 mkr].
a day's money | broar | # Satsning på broar\\n\\nDagens anslag uppgår till [3 mkr].
a year's money | broar | # Satsning på broar\\n\\nÅrets anslag höjs med [3 mkr].
a part of the land | broar | # Satsning på broar\\n\\n¦ ¦ Kronor ¦\\n¦ --- ¦ --- ¦\\n¦ Västsverige ¦ [3 000 000] ¦
a fund that is given to | Nordiska havsfonden | # Hav\\n\\n## Strandskydd\\n\\nVi ger [3 mkr] till Nordiska havsfonden.
who, not what | broar | # Satsning på broar\\n\\n¦ Län ¦ Kronor ¦\\n¦ --- ¦ --- ¦\\n¦ Skåne län ¦ [3 000 000] ¦
the row | Körer | # Budgeten\\n\\n¦ Miljoner kronor ¦ 2025 ¦ 2026 ¦\\n¦ --- ¦ --- ¦ --- ¦\\n¦ Körer ¦ [3] ¦ 4 ¦
what goes on | broar | För broar avsätts 3 miljoner kronor 2025. Från och med 2026 beräknas [4 miljoner kronor].
before its aim | Kartläggning av broar | # Kartläggning av broar för att rusta vägar\\n\\nSGU får [3 miljoner kronor].
a contract at last | broar | # Utbetalning av medel enligt överenskommelsen om broar\\n\\nSGU får [3 miljoner kronor].
the section's task | broar | # Trafiken\\n\\n## SGU ska kartlägga broar\\n\\nFör uppdraget får SGU [3 miljoner kronor].
an aim at last | broar | # Regeringen föreslår förändringar för att rusta broar\\n\\nSGU får [3 miljoner kronor].
before the sum | broar | # Regeringen rustar broar med 3 miljoner kronor\\n\\nSGU får [3 miljoner kronor].
who, then what | broar | # Broar\\n\\n¦ Mnkr ¦ 2025 ¦ 2026 ¦\\n¦ --- ¦ --- ¦ --- ¦\\n¦ Boverket: broar ¦ [3] ¦ 4 ¦
who after what | Ny läroplan | # Skolan\\n\\n¦ Mnkr ¦ 2025 ¦\\n¦ --- ¦ --- ¦\\n¦ Ny läroplan – Skolverket ¦ [3] ¦
the caption, then more | vaccin | # Vård\\n\\n¦ Barn (mnkr) ¦ ¦\\n¦ --- ¦ --- ¦\\n¦ ¦ 2026 ¦\\n¦ Barn: vaccin ¦ [3] ¦
only a receiver | FN:s barnfond | Sverige ger [3 miljoner kronor] till FN:s barnfond.
"""


def areas(text: str) -> list[str]:
    """The areas of the marked sums of a Markdown text."""
    starts, plain = [], ""
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            starts.append(len(plain))
        elif piece != "]":
            plain += piece
    rows = {row.start: row.area for row in extract(parse(plain.encode(), id="example.md"))}
    return [rows[start] for start in starts]


def sentences() -> list[tuple[str, str]]:
    lines = (line.split(" | ", 1) for line in SENTENCES.strip().splitlines())
    return [(area, text) for area, text in lines]


def documents() -> list[tuple[str, str, str]]:
    lines = (line.split(" | ", 2) for line in DOCUMENTS.strip().splitlines())
    return [(name, area, text.replace("\\n", "\n").replace("¦", "|")) for name, area, text in lines]


@pytest.mark.parametrize(("area", "text"), sentences(), ids=[text for _, text in sentences()])
def test_a_sentence_names_what_its_sum_is_for(area: str, text: str) -> None:
    assert areas(text) == [area]


@pytest.mark.parametrize(("area", "text"), [case[1:] for case in documents()], ids=[case[0] for case in documents()])
def test_the_surroundings_name_what_a_sum_is_for(area: str, text: str) -> None:
    assert areas(text) == [area]


def test_every_area_says_why() -> None:
    text = "# Skolan\n\nSkolverket får 3 miljoner kronor för läxhjälp.\n\nDet tillförs 4 miljoner kronor."
    rows = extract(parse(text.encode(), id="example.md"))
    assert [row.area for row in rows] == ["läxhjälp", "läxhjälp"]
    for row in rows:
        reasons = [reason for reason in row.because if reason.column == "area"]
        assert reasons
        assert reasons[0].rule in BOOK
        assert text[reasons[0].start : reasons[0].end] == row.area


def test_the_seeds_keep_their_areas(shared: Path) -> None:
    right = total = 0
    data = shared / "data"
    with (data / "gold" / "seeds.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    for name in {row["doc"] for row in gold}:
        document = read(data / "seeds" / name)
        rows = {row.start: row.area for row in extract(document)}
        for line in gold:
            if line["doc"] == name:
                total += 1
                right += close(line["area"], rows.get(int(line["start"]), ""))
    assert right / total >= 0.94


def close(one: str, other: str) -> bool:
    """Whether two areas share most of their longer words."""
    left, right = (set(re.findall(r"\w{4,}", text.casefold())) for text in (one, other))
    return 4 * len(left & right) >= len(left) + len(right)
