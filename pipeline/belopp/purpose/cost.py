"""What a cost is in its setting: money that somebody takes on, a saving, or the price of a permit."""

from __future__ import annotations

import re
from typing import Final

from belopp.purpose.size import MILLION
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

GIVES: Final = re.compile(r"(?<!\w)(?:doner|skänk|överlåt)\w+")
# "Förslaget beräknas kosta": a cost that the state takes on.
REFORM: Final = re.compile(
    r"(?<!\w)(?:förslag|reform|förändring|ändring|satsning|åtgärd|förläng|insats|projekt|uppdrag|förstärkning|höjning|rabatt|subvention|erbjudande|kampanj|förstudie)\w*",
)
# "Ombyggnaden beräknas kosta", "kostar kommunen 5 miljoner varje år": what is built, and what is run, is paid for
BUILT: Final = re.compile(
    r"(?<!\w)(?:\w*(?:bygge[tn]?|bygg(?:nad|nation)(?:en|er|erna)?|renovering(?:en)?|upprustning(?:en)?|projekt(?:et|en)?|arbete(?:t|na)?)\s"
    r"[^.,;]{0,80}?(?<!\w)kosta(?:r|t|de)?|investeringskostnad(?:en|er|erna)?)(?!\w)"
)
RUNS: Final = re.compile(r"(?<!\w)kostar?\s+(?:kommunen|regionen|landstinget|[\w-]+\s+kommun|region\s+\w+)\s")
# "en rabatt, vilket staten räknar med ska kosta", "Det senare beräknas kosta": what is to be done
TO_COME: Final = re.compile(
    r"(?<!\w)(?:vilket|detta|det(?:\s+(?:senare|förra))?)\s+(?:\w+\s+){0,4}?(?:ska|beräknas|väntas|uppskattas|bedöms|förväntas)\s+kosta(?!\w)"
)
# "Klubben köper två bussar. Tillsammans kostar de", "Arenan byggs ut. Den kostar": what the sentence before buys
THEY_COST: Final = re.compile(
    r"\W*(?:(?:till\s+det\s+kom|tillsammans|sammanlagt|totalt)\s+)?(?:de|den|det|dessa|båda|alla)?\s*(?:beräknas\s+|väntas\s+|ska\s+)?kosta(?:r|de)?\s(?:(?:de|den|det|tillsammans|sammanlagt|totalt)\s)*(?:\w+\s+){0,1}$"
)
BUYS: Final = re.compile(
    r"(?<!\w)(?:(?:in)?köp\w*|beställ\w*|upphandl\w*|invester\w*|(?:om|ut|till|ny)?bygg(?:s|er|as|a|t|ts|de|des|et|en|nad\w*|projekt\w*)|anskaff\w*|klartecken|renover\w*|rust\w*\s+upp)(?!\w)"
)
# "föreslår att förvaltningskostnaderna ökas med": an appropriation by another name.
RAISED: Final = re.compile(r"föreslå[^.;]*(?:öka|höj|förstärk)")
# "Kostnaden för läxhjälpen" under "Regeringen satsar på läxhjälp": a cost that is taken on.
TAKEN_ON: Final = re.compile(r"(?<!\w)(?:satsar|satsning\w*|investerar)(?!\w)")
# "kostnaden får uppgå till högst", "skolan får kosta", "i budgeten för 2024 beräknas vården kosta": a frame
FRAME: Final = re.compile(
    r"(?<!\w)(?:får\s+(?:(?:\w+\s+){0,3}?uppgå\s+till|kosta)|budget(?:en)?\s+(?:för\s+\d{4}\s+)?[^.,;]{0,50}\skosta)(?!\w)"
)
# "beräknas kosta 300 000 kronor och finansieras med kommunens egna medel"
PAID_BY: Final = re.compile(
    r"(?:\s+årligen|\s+per\s+år)?\s*,?\s+(?:och|som|vilket)\s+(?:ska\s+|skall\s+|bör\s+)?"
    r"(?:tillföra?s|(?:betalas|finansieras|täcks|bekostas|delas|tas|hämtas|ryms)\s+(?:av|med|genom|från|ur|inom|mellan))\s"
)
# "åtgärden får inte kosta mer än 25 miljoner": what can be funded at all
NO_MORE: Final = re.compile(r"(?<!\w)(?:inte|aldrig|knappast)\s+(?:behöva?\s+)?kosta(?:r|t|de)?(?!\w)")
# "kostnaderna för skyddet minskar från 5 till 3 miljoner": what it costs whoever pays
COSTS_MOVE: Final = re.compile(r"kostnader(?:na)?\s[^.;]*?(?:minskar|ökar|sjunker|stiger)\s+från\s")
IF_IT_COSTS: Final = re.compile(r"\W*kosta(?:r|de)\s")  # "Kostar projektet 4 miljoner, kan ni få hälften"
THE_COST: Final = re.compile(r"(?<!\w)(?:kostnad(?:en|erna)\s+för|(?:investerings|total|projekt)kostnad(?:en|erna))\s")
# "Ansökan om licens kostar 400 000 kronor"
LICENCE: Final = re.compile(
    r"(?<!\w)(?:ansök(?:an|ningen)|anmälan|\w*licens\w*|tillstånd\w*|registrering\w*|prövning\w*)\s[^.;]{0,60}$"
)
# "nämnden minskar kostnaderna med", "driftskostnaderna föreslås minska med": a saving, which is money taken away
SAVES: Final = re.compile(
    r"(?<!\w)(?:minska\w*|sänk\w*|kapa\w*|skär\w*\s+ne[dr]|dra\w*\s+ne[dr])\s[^.;]{0,40}kostnad\w*\s+med\s|"
    r"kostnad\w*\s[^.;]{0,30}(?:minska\w*|sänk\w*|kapa\w*|skär\w*\s+ne[dr]|dra\w*\s+ne[dr])\s+med\s"
)
THRIFT: Final = re.compile(
    r"(?<!\w)(?:\w*bespar\w*|spara[rs]?|sparkrav\w*|sparbeting\w*|sparpaket\w*|åtgärdspaket\w*|budget i balans)(?!\w)"
)


def is_taken_on(place: Place) -> bool:
    """Whether a cost of that size is taken on."""
    text, before = place.lowered, (place.sentence.start, place.mention.start)
    if any(said.search(text, *before) for said in (COSTS_MOVE, NO_MORE)) or IF_IT_COSTS.match(text, *before):
        return False
    if any(
        said.search(text, *before) for said in (FRAME, RAISED, REFORM, BUILT, RUNS, GIVES, TO_COME)
    ) or PAID_BY.match(text, place.mention.end):
        return True
    if THEY_COST.match(text, *before) and any(
        BUYS.search(text, *told) for _, told in place.outline.before(place.block, place.sentence, 1)
    ):
        return True
    the_cost = THE_COST.search(text, *before) is not None
    return the_cost and any(TAKEN_ON.search(text, block.start, block.end) for block in place.outline.over(place.block))


def is_licence(place: Place, cue: Cue) -> bool:
    """Whether what costs so much is an application or a permit."""
    if place.mention.high >= MILLION:
        return False
    return LICENCE.search(place.lowered, place.sentence.start, cue.start) is not None


def is_thrift(place: Place, book: Rulebook) -> bool:
    """Whether costs that sink are those of a body whose savings the title, or a sentence, of a local text tells of."""
    outline = place.outline
    if not SAVES.search(place.lowered, place.sentence.start, place.mention.start):
        return False
    if outline.first(book.cues("payer.state")):
        return False
    return outline.kept("thrift", lambda: THRIFT.search(outline.lowered) is not None)
