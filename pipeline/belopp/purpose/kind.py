"""What kind of figure a sum is: funding, the rate for one unit, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.model import CELL, FUNDING, HEADING, ITEM, OTHER, RATE, TITLE, Block, Reason
from belopp.purpose import limit
from belopp.purpose.clause import aside, between, coordinated, following, has_verb
from belopp.purpose.lexicon import lexicon
from belopp.purpose.table import has_total
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

SMALL: Final = {"SEK": Decimal(100_000)}  # below it (10 000 abroad) no agency is funded: a fee, a benefit, a threshold
UNITS: Final = frozenset({"person", "item", "month", "day"})
AFTERWARDS: Final = frozenset({"kind.other.crime", "kind.other.after", "kind.other.tax"})
FUND: Final = "kind.funding"
BENT: Final = frozenset({"kind.other.cost", "kind.other.value", "kind.other.need"})  # size and setting may bend these
FIRM: Final = frozenset({"kind.rate.each", "kind.other.fine"})  # say what the sum is, whatever verb comes after

# Goods worth a sum are funding when they are given away.
GIFT: Final = re.compile(
    r"doner|donation|skänk|stödpaket|stöd(?:et)? till|ändringsbudget|materielstöd|militärt stöd|satsning"
)
GIVES: Final = re.compile(r"(?<!\w)(?:doner|skänk|överlåt)\w+")
# "behoven möts genom 80 miljoner kronor i stöd till Unicef": what is needed is given
IN_AID: Final = re.compile(r"\s+i\s+(?:\w+\s+)?(?:stöd|bistånd|bidrag|statsbidrag)\s+(?:till|genom|via)\s")
# "Förslaget beräknas kosta": a cost that the state takes on.
REFORM: Final = re.compile(
    r"(?<!\w)(?:förslag|reform|förändring|ändring|satsning|åtgärd|förläng|insats|projekt|uppdrag|förstärkning|höjning)\w*",
)
# The most that one applicant can get is a rate, however it is worded: "stödet har ett tak på 2 miljoner euro".
AID: Final = re.compile(r"bidrag|stöd|ersättning|(?<!\w)lån")
CAPPED: Final = re.compile(r"tak|(?:inte|ej) överstiga|procent av")
# "taket för rotavdraget blir 75 000 kronor": the most that one person can deduct
OF_DEDUCTION: Final = re.compile(r"(?<!\w)tak(?:et|en)?\s+(?:för|på|i)\s+[^.;]{0,25}avdrag")
# "föreslår att förvaltningskostnaderna ökas med": an appropriation by another name.
RAISED: Final = re.compile(r"föreslå[^.;]*(?:öka|höj|förstärk)")
# "Kostnaden för läxhjälpen" under "Regeringen satsar på läxhjälp": a cost that is taken on.
TAKEN_ON: Final = re.compile(r"(?<!\w)(?:satsar|satsning\w*|investerar)(?!\w)")
# "kostnaden får uppgå till högst": a frame
FRAME: Final = re.compile(r"(?<!\w)får\s+(?:\w+\s+){0,3}?uppgå\s+till(?!\w)")
THE_COST: Final = re.compile(r"(?<!\w)kostnad(?:en|erna)\s+för\s")
TOWARDS: Final = re.compile(r"(?<!\w)(?:för|till|mot|täcka|ersätta|på|av)\s+(?:\w+\s+){0,2}$")
AGAINST: Final = re.compile(
    r"(?<!\w)(?:mot|att (?:bekämpa|förebygga|krossa|motverka|stoppa|strypa))\s+(?:(?:den|de)\s+)?$"
)
PAYING: Final = re.compile(
    r"(?<!\w)(?:utbetala(?:s|r)?|betala(?:s|r)? ut|tilldelas?|bevilja(?:s|r|ts?)?|avsätt(?:a|as|er|s)|avsatts?)(?!\w)"
)
# "beslutar att lämna ett bidrag på 50 000 kronor", "utfäste sig att betala": one giver, one sum
DECIDES: Final = re.compile(
    r"(?<!\w)(?:beslut(?:ar|at|ade|as|ats)?(?:\s+om)?|utfäst\w*\s[^.;]{0,30}?)\s*att\s+(?:[^.;]{0,60}?\s)?"
    r"(?:avsätta|lämna|bevilja|betala|utge|utbetala|tilldela)(?!\w)"
)
PURPOSE: Final = re.compile(r"\W*(?:för att|för|med anledning av|mot bakgrund av|till följd av|trots|utöver)\s")
# "350 000 kronor för den som har fyllt 18 år"
EACH_ONE: Final = re.compile(
    r"\s+(?:för\s+(?:den|dem|makar|personer|barn|varje)|per\s+(?:familj|hushåll|fastighet|företag))(?!\w)",
)
# "3 miljoner kronor per år och person", "ersättningen per operation är 90 000 kronor"
OF_EACH: Final = re.compile(
    r"\s*(?:kronor\s+)?per\s+(?:år|månad)\s+och\s+"
    r"(?:person|barn|elev|student|doktorand|anställd|invånare|plats|hushåll|familj|företag|projekt|sökande)\b",
)
EACH_IS: Final = re.compile(
    r"(?<!\w)(?:ersättning|bidrag|stöd|belopp|kostnad|pris|avgift|schablon)\w*\s+per\s+(?!år)\w+\s+"
    r"(?:och\s+\w+\s+)?(?:är|blir|var|uppgår\s+till|höjs\s+till|ligger\s+på)\s+(?:\w+\s+)?$",
)
# "i 2025 års priser": what a sum is counted in
PRICES: Final = re.compile(r"(?<!\w)(?:års|fasta|löpande)\s+$")
PER: Final = re.compile(r"(?<!\w)per\s+(?:\w+\s+)?$")
# "den nuvarande gränsen på 80 000 kronor höjs till 120 000": the same figure, moved.
MOVED: Final = re.compile(
    r"\s*(?:kronor\s+|kr\s+)?(?:20\d\d\s+)?(?:och\s+)?(?:(?:ska|föreslås|kommer\s+att)\s+)?(?:höjs|höjas|sänks|sänkas|ökas|minskas|justeras|stiger)"
    r"\s+till\s+(?:\w+\s+)?$"
)
# "20 miljarder, vilket är 11 miljarder mindre än i fjol", "(vilket motsvarar cirka 3 miljarder euro)": the same matter.
SAME: Final = re.compile(
    r"[^.;]*[,(]\s*(?:vilket|som)\s+(?:\w+\s+){0,2}?(?:är|var|motsvarar|motsvarade)\s+(?:\w+\s+)?$"
)
# "gränsen för att dra av kostnader för resor höjs från": whatever the limit is for, the sum is the limit
BOUND: Final = re.compile(
    r"\s+(?:för|som|när)\s(?!\w*avgift)[^.;]*?(?<!\w)(?:höj|sänk|juster|uppgå)\w*\s+(?:från|till|med)\s(?:[^.;,]{0,60}\s)?$"
)
# "3 miljoner kronor för kostnader och 2 miljoner": what the sum before goes to
JOINED: Final = re.compile(r"(?<!\w)(?:och|samt|respektive)\s+(?:\w+\s+){0,2}$")
THE_AMOUNT: Final = re.compile(r"(?<!\w)beloppe[tn](?!\w|\s+till\s+(?!\d))")
PURPOSE_OF: Final = re.compile(r"(?<!\w)(?:om|för|till|mot)\s")  # a label "Utredning om avgifter"
OUT_OF: Final = re.compile(r"(?<!\w)(?:varav|därav)\s+(?:\w+\s+)?$")
CURRENCY: Final = re.compile(r"kr|öre|euro|dollar", re.IGNORECASE)
IN_TAX: Final = re.compile(r"\s+(?:i\s+(?:\w+\s+){0,2}|(?:lägre|högre|mindre|minskade|ökade|uteblivna)\s+)?")
ELSEWHERE: Final = re.compile(r"[;:.]|\b(?:för att|till|varav|mot|arbetet?)\b")
NEXT_CASE: Final = re.compile(r",\s|\beller om\b")
PAYS: Final = re.compile(r"(?<!\w)(?:betala|betalar|få|får|fick|ges|erhåller)(?!\w)")

Verdict = tuple[str, tuple[Reason, ...]]


def read(place: Place, book: Rulebook) -> Verdict:
    """The kind of a sum and the reason for it."""
    little, unit = is_small(place), is_unit(place)
    if "kind.other.limit" in book and (found := limit.beside(place, little)):
        return OTHER, (Reason("kind", "kind.other.limit", *found),)
    cue = from_label(place, book) if place.kind == CELL else None
    cue = cue or governing(place, book) or told_before(place, book) or (from_section(place, book) if little else None)
    if cue is None or (cue.rule.id == FUND and place.kind == CELL):
        if unit or little or (cue is None and goes_on_from_unit(place)):
            return RATE, (Reason("kind", "kind.unit"),)
        return FUNDING, (Reason("kind", "kind.default"),)
    what = weigh(place, cue, little, unit, book)
    rule = cue.rule.id if what == cue.rule.sets.get("kind", FUNDING) else "kind.weighed"
    return what, (Reason("kind", rule, cue.start, cue.end),)


def is_unit(place: Place) -> bool:
    """Whether the sum is said of one person, thing, day or month."""
    mention, text = place.mention, place.lowered
    return (
        mention.per in UNITS
        or (mention.high < 10**6 and EACH_ONE.match(text, mention.end) is not None)
        or ("per" in text[slice(*place.right)] and OF_EACH.match(text, mention.end) is not None)
        or ("per" in text[slice(*place.left)] and EACH_IS.search(text, *place.left) is not None)
    )


def goes_on_from_unit(place: Place) -> bool:
    """Whether the sum only goes on from one of a unit: ``11 000 kronor per månad och 120 000 kronor per år``."""
    return (
        place.mention.high < 10**6 and coordinated(place, place.index) and place.mentions[place.index - 1].per in UNITS
    )


def weigh(place: Place, cue: Cue, little: bool, unit: bool, book: Rulebook) -> str:
    """The kind that a cue gives a sum of this size and unit."""
    what, rule, high = cue.rule.sets.get("kind", FUNDING), cue.rule.id, place.mention.high
    each = place.mention.per in ("person", "item") or (unit and high < 10**8)
    if what == FUNDING:
        return RATE if (little or each) and not (high >= 1000 and not unit and _paid_out(place, cue)) else FUNDING
    if rule == "kind.rate.charge":
        if _is_sanction(place, cue, book):
            return OTHER
        price = "pris" in place.lowered[cue.start : cue.end] and high < 10**9
        return RATE if little or each or price or high < 10**6 else OTHER
    if rule in ("kind.other.tax", "kind.other.limit") and little and OF_DEDUCTION.search(place.lowered, *place.left):
        return RATE
    if rule == "kind.other.tax":
        deducted = "avdrag" in place.lowered[cue.start : cue.end]  # "6 kronor": for a mile, an hour
        if (deducted and (high < 100 or place.mention.per == "item")) or place.mention.text.startswith("noll"):
            return RATE
    if rule == "kind.other.limit" and AID.search(place.lowered, place.sentence.start, place.mention.start):
        return _of_aid(place, cue)
    if rule in BENT and _given(place, rule) and not (rule == "kind.other.cost" and (little or each)):
        return FUNDING
    if rule in BENT and not (little or each) and IN_AID.match(place.lowered, place.mention.end):
        return FUNDING
    return RATE if rule in BENT and (little or each) else what


def _paid_out(place: Place, cue: Cue) -> bool:
    """Whether a verb of paying out stands right before the sum, or a decision to give it: ``utbetala 7 600 euro``."""
    if DECIDES.search(place.lowered, place.sentence.start, place.mention.start):
        return True
    paid = PAYING.search(place.lowered, cue.start, place.mention.start)
    return paid is not None and place.mention.start - cue.end < 40


def _is_sanction(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether the fee is the penalty that the paragraph has named: ``… sanktionsavgift. Avgiften är 1 000 kronor``."""
    text, block = place.lowered, place.outline.blocks[place.block]
    if not text.startswith("avgift", cue.start) or "kind.other.fine" not in book:
        return False
    named = lexicon(book, "kind.other.fine").last(text, max(block.start, cue.start - 300), cue.start)
    return named is not None and "avgift" in text[named.start : named.end]


def _of_aid(place: Place, cue: Cue) -> str:
    """The limit of an aid is what one can get of it; of hundreds of millions, a level of funding or a ceiling."""
    if place.mention.high >= 10**8:
        return FUNDING if place.lowered[cue.start : cue.end] == "överstiga" else OTHER
    return RATE if CAPPED.search(place.lowered, max(place.sentence.start, cue.start - 5), cue.end) else OTHER


def _given(place: Place, rule: str) -> bool:
    """Whether goods of that value are given away, or a cost of that size is taken on."""
    text, start, stop = place.lowered, place.sentence.start, place.mention.start
    if rule == "kind.other.value":
        above = any(GIFT.search(text, block.start, block.end) for block in over(place))
        return above or GIFT.search(text, start, place.sentence.end) is not None
    if rule != "kind.other.cost":
        return False
    if any(said.search(text, start, stop) for said in (FRAME, RAISED, REFORM, GIVES)):
        return True
    the_cost = THE_COST.search(text, start, stop) is not None
    return the_cost and any(TAKEN_ON.search(text, block.start, block.end) for block in over(place))


def over(place: Place) -> list[Block]:
    """The headings over a sum, and the line that introduces its list."""
    blocks = place.outline.blocks
    lead = place.outline.lead_in(place.block)
    return [blocks[index] for index in (*place.outline.headings(place.block), *(() if lead is None else (lead,)))]


def is_small(place: Place) -> bool:
    """Whether the sum is too small to fund anybody with: a price, a benefit, a limit."""
    mention = place.mention
    if place.kind == CELL and (not CURRENCY.search(mention.text) or adds_up(place)):
        return False
    least = SMALL.get(mention.currency, Decimal(10_000))
    if mention.high >= 1000 and place.index and OUT_OF.search(place.lowered, *place.before):
        return place.mentions[place.index - 1].high < least  # "ett bidrag på 4 miljoner kronor, varav 90 000"
    return mention.high < least


def adds_up(place: Place) -> bool:
    """Whether the table has a total row: prices and benefits are not added up."""
    grid, table = place.outline.grid(place.cell.level), place.cell.level
    return place.outline.kept(("total row", table), lambda: has_total(grid))


def governing(place: Place, book: Rulebook) -> Cue | None:
    """The nearest word before the sum that says what it is, or after it when it is the subject."""
    text = place.text
    found = lexicon(book, "kind").find(place.lowered, *place.sentence)
    if not found:
        return None
    afterwards = [cue for cue in found if cue.rule.id in AFTERWARDS]
    for index in range(place.index, -1, -1):
        if afterwards and (cue := _right_of(place, index, afterwards)):
            return cue
        for cue in found:
            if cue.rule.id == "kind.funding.after" and cue.start > place.mention.end:
                return cue
        gap = between(place, index)
        joined = index > 0 and coordinated(place, index)
        start = since.start() if joined and (since := JOINED.search(text, *gap)) else gap.start
        if left := _left_of(place, [cue for cue in found if start <= cue.start < gap.end]):
            return next((cue for cue in left if _is_firm(place, cue)), left[-1])
        if index and not joined and not (MOVED.match(text, *gap) or SAME.match(text, *gap)):
            return None
    return None


def _is_firm(place: Place, cue: Cue) -> bool:
    """Whether the cue says what the sum is, whatever word comes after it."""
    if cue.rule.id == "kind.other.limit":
        return BOUND.match(place.lowered, cue.end, place.mention.start) is not None
    return cue.rule.id in FIRM


def _right_of(place: Place, index: int, cues: list[Cue]) -> Cue | None:
    """The first word right after mention number ``index``, if it says what that sum is."""
    after = following(place, index)
    stop = min(after.end, after.start + 60)
    cue = next((cue for cue in cues if after.start <= cue.start < stop), None)
    return cue if cue and _qualifies(place.text[after.start : cue.start], cue) else None


def _left_of(place: Place, cues: list[Cue]) -> list[Cue]:
    """Those of some words left of the sum that speak of it."""
    stop, start = place.mention.start, place.sentence.start
    said = [
        cue
        for cue in cues
        if not (
            cue.rule.id.endswith(".after")
            or aside(place.lowered, cue, stop, start)
            or _paid_over(place, cue)
            or _fronted(place, cue)
        )
    ]
    return [
        cue
        for number, cue in enumerate(said)
        if not (_named(place, cue) or _for_costs(place.lowered, cue, said[:number]) or _per_unit(place.lowered, cue))
    ]


def _qualifies(between_them: str, cue: Cue) -> bool:
    """Whether a word after the sum says what it is: ``ut felaktigt``, ``i lägre skatt``."""
    if cue.rule.id == "kind.other.tax":
        return IN_TAX.fullmatch(between_them) is not None
    return ELSEWHERE.search(between_them) is None


def _paid_over(place: Place, cue: Cue) -> bool:
    """Whether a limit only says who is meant: ``patienter som når gränsen betalar 900 kronor``."""
    if cue.rule.id != "kind.other.limit" or _is_firm(place, cue):
        return False
    gap = place.text[cue.end : between(place, place.index).end]
    return (NEXT_CASE.search(gap) is not None and gap.strip() != ",") or (
        PAYS.search(place.lowered, cue.end, place.mention.start) is not None
    )


def _named(place: Place, cue: Cue) -> bool:
    """Whether the word is part of a name, ``Business Export``, and not a noun."""
    text = place.text
    return (
        text[cue.start].isupper()
        and cue.rule.id.startswith("kind.other")
        and not text[cue.start : cue.end].isupper()
        and text[place.sentence.start : cue.start].strip(' –-*"”') != ""
    )


def _per_unit(lowered: str, cue: Cue) -> bool:
    """Whether a fee or price is only what something is counted by: ``per betald avgift``, ``i 2025 års priser``."""
    before = lowered[max(0, cue.start - 30) : cue.start]
    return cue.rule.id == "kind.rate.charge" and (PER.search(before) or PRICES.search(before)) is not None


def _for_costs(lowered: str, cue: Cue, earlier: list[Cue]) -> bool:
    """Whether the cost is what money goes to, or the crime what it goes against: ``bidraget för lönekostnader``."""
    if cue.rule.id == "kind.other.crime":
        return AGAINST.search(lowered[max(0, cue.start - 40) : cue.start]) is not None
    if cue.rule.id not in ("kind.other.cost", "kind.other.value", "kind.other.market"):
        return False
    return (
        any(one.rule.id == FUND for one in earlier)
        and TOWARDS.search(lowered[max(0, cue.start - 40) : cue.start]) is not None
    )


def _fronted(place: Place, cue: Cue) -> bool:
    """Whether the cue stands in a purpose put first: ``För att täcka kostnaderna får Skolverket …``."""
    opening = PURPOSE.match(place.lowered, place.sentence.start, cue.start)
    return (
        opening is not None
        and not has_verb(place.lowered, opening.end(), cue.start)
        and has_verb(place.lowered, cue.end, place.mention.start)
    )


def told_before(place: Place, book: Rulebook) -> Cue | None:
    """The fine, limit or tax of the sentence before, whose size ``beloppet`` is."""
    if not THE_AMOUNT.search(place.lowered, place.sentence.start, place.mention.start):
        return None
    known = lexicon(book, "kind.other.fine", "kind.other.limit", "kind.other.tax")
    for _, sentence in place.outline.before(place.block, place.sentence, 1):
        return known.last(place.lowered, *sentence)
    return None


def from_section(place: Place, book: Rulebook) -> Cue | None:
    """The cue of the heading or lead-in over a small sum."""
    outline = place.outline
    if place.kind in (ITEM, CELL):
        lead = outline.lead_in(place.block)
        if lead is not None and outline.blocks[lead].kind not in (TITLE, HEADING):
            block = outline.blocks[lead]
            cue = lexicon(book, "kind").last(place.lowered, block.start, block.end)
            return cue if cue and cue.rule.id not in (FUND, "kind.other.cost", "kind.other.need") else None
    if heads := outline.headings(place.block):
        block = outline.blocks[heads[-1]]
        return lexicon(book, "kind.other.limit", "kind.other.base", "kind.other.fine").first(
            place.lowered, block.start, block.end
        )
    return None


def from_label(place: Place, book: Rulebook) -> Cue | None:
    """The cue in the label of a cell's row, unless it speaks of funding."""
    label = place.outline.grid(place.cell.level).row_label(place.cell)
    cue = lexicon(book, "kind").last(place.lowered, label.start, label.end) if label else None
    if label and cue and PURPOSE_OF.search(place.lowered, label.start, cue.start):
        return None
    return cue if cue and cue.rule.id not in (FUND, "kind.other.cost", "kind.other.need", "kind.other.crime") else None
