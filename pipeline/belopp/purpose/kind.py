"""What kind of figure a sum is: funding, the rate for one unit, or something else."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import CELL, FUNDING, OTHER, RATE, Reason
from belopp.purpose import limit
from belopp.purpose.award import AWARD, is_given_whole
from belopp.purpose.club import LEAST, is_given_to_club
from belopp.purpose.cost import GIVES, is_licence, is_taken_on, is_thrift
from belopp.purpose.families import (
    ACCOUNTS,
    AFTER,
    BALANCE,
    CHARGE,
    COLLECTED,
    COST,
    FINE,
    FUND,
    LIMIT,
    MARKET,
    NEED,
    NO_GIFT,
    TAX,
    VALUE,
)
from belopp.purpose.governing import find_cue
from belopp.purpose.lexicon import lexicon
from belopp.purpose.public import spent_by_public
from belopp.purpose.size import DEARER, MILLION, Size, goes_on_from_unit, measure
from belopp.purpose.told import restated, told_alone
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, Span

WEIGHED: Final = "kind.weighed"
PRICED: Final = re.compile(r"kosta|dyr|billig|s[äå]l[dtj]|värd")  # not what one can get, deduct or earns
BENT: Final = frozenset({COST, VALUE, NEED})  # size and setting may bend these

# Goods worth a sum are funding when they are given away.
GIFT: Final = re.compile(
    r"doner|donation|skänk|stödpaket|stöd(?:et)? (?:till|värt)|ändringsbudget|materielstöd|militärt stöd|satsning"
)
# "avtalet har ett värde av 5 miljoner", "två entreprenader, tillsammans värda": what the one who orders pays
ORDERED: Final = re.compile(
    r"(?<!\w)(?:beställ(?:er|de|t|ning\w*)|\w*order(?:n|na)?|uppdrag(?:et|en)?|entreprenad\w*|(?:ram)?avtal(?:et|en)?|(?:ram)?kontrakt\w*)"
    r"\s[^.;]*?(?<!\w)(?<!mindre )(?:värd[ae]?|värt|värdet?)(?!\w)"
    r"|(?<!\w)(?:\w*bidrag(?:et|en)?|\w*anslag(?:et|en)?|jobb(?:et|en)?|etapp(?:en|er|erna)?|affär(?:en|er|erna)?)"
    r"\s[^.;]*?(?<!\w)(?:värd[ae]?|värt)(?!\w)"
)
# "Nobelpriset, tio miljoner kronor, går till en fysiker": a prize, not a price
PRIZE: Final = re.compile(
    r"(?<!\w)(?:\w*pristagar\w*|prissumm\w*|vinnar\w+|belöna\w*|tilldela\w*|dela(?:s|r|de|des|t)\s+ut|stipendi\w*|\w*utmärkelse\w*|nobelpris\w*)"
    r"|(?<!\w)går\s+(?:i\s+år\s+)?till\s"
)
# "behoven möts genom 80 miljoner kronor i stöd till Unicef": what is needed is given
IN_AID: Final = re.compile(r"\s+i\s+(?:\w+\s+)?(?:stöd|bistånd|bidrag|statsbidrag)\s+(?:till|genom|via)\s")
# The most that one applicant can get is a rate, however it is worded: "stödet har ett tak på 2 miljoner euro".
AID: Final = re.compile(r"bidrag|stöd|ersättning|(?<!\w)lån")
CAPPED: Final = re.compile(r"tak|(?:inte|ej) överstiga|procent av")
# "taket för rotavdraget blir 75 000 kronor": the most that one person can deduct
OF_DEDUCTION: Final = re.compile(r"(?<!\w)tak(?:et|en)?\s+(?:för|på|i)\s+[^.;]{0,25}avdrag")
# "den nya lönen är 40 000 kronor per månad": pay as such, not what a rule starts from
PAY_IS: Final = re.compile(r"lönen\s+(?:(?:är|blir|var|höjs\s+till|uppgår\s+till)\s+)?(?:\w+\s+)?")
# "varor till ett värde av 20 000 kronor": what all of them are worth, not what one costs
WORTH: Final = re.compile(r"(?<!\w)till\s+ett\s+(?:sammanlagt\s+|totalt\s+)?värde\s+(?:av|på|om)\s+(?:\w+\s+)?$")
OF_SHARE: Final = 100  # a dividend below it is of one share; what is dearer by less than half of it, dearer for each
ON_AVERAGE: Final = ("medellön", "snittlön", "genomsnittslön", "medianlön", "medelpris", "snittpris", "genomsnittspris")
AVERAGE: Final = re.compile(r"(?<!\w)i\s+(?:snitt|genomsnitt|medeltal)\s+(?:\w+\s+)?$")
BELOW: Final = re.compile(r"(?:^|[\s(])[-−]$|\w\s–$")
# "fondens utdelning till forskningen", not "aktieägarna får utdelning"
CHARITY: Final = re.compile(
    r"(?<!\w)\w*(?:fonden|stiftelsen?|forskning\w*|insamling\w*|välgörenhet\w*|stipendi\w*)(?!\w)"
)
OWNERS: Final = re.compile(
    r"(?<!\w)(?:\w*aktie\w*|(?:års|bolags)?stämma\w*|ägarn?a?|börs\w*|bolag(?:et|en|ens|ets)?|koncern\w*)(?!\w)"
)
DEAR: Final = re.compile(r"dyrare|billigare")
# "sålde mark för 80 kronor kvadratmetern", "utdelning på 3 kronor per aktie": of each, as if it were called a price
OF_ONE: Final = re.compile(r"s(?:älj|åld|ålt)|utdelning")
PAYING: Final = re.compile(
    r"(?<!\w)(?:utbetala(?:s|r)?|betala(?:s|r)? ut|tilldelas?|bevilja(?:s|r|ts?)?|avsätt(?:a|as|er|s)|avsatts?)(?!\w)"
)
# "beslutar att lämna ett bidrag på 50 000 kronor", "utfäste sig att betala": one giver, one sum
DECIDES: Final = re.compile(
    r"(?<!\w)(?:beslut(?:ar|at|ade|as|ats)?(?:\s+om)?|utfäst\w*\s[^.;]{0,30}?)\s*att\s+(?:[^.;]{0,60}?\s)?"
    r"(?:avsätta|lämna|bevilja|betala|utge|utbetala|tilldela)(?!\w)"
)


def read(place: Place, book: Rulebook) -> tuple[str, Reason]:
    """The kind of a sum and the reason for it."""
    if place.is_heading and (spot := restated(place, book)):
        return read(spot, book)
    size = measure(place)
    if LIMIT in book and (found := limit.beside(place, little=size.little)):
        return OTHER, Reason("kind", LIMIT, *found)
    cue = find_cue(place, book, little=size.little) or told_alone(place, book)
    if (cue is None or cue.rule.id == FUND) and "kind.below" in book and _is_below_zero(place):
        return OTHER, Reason("kind", "kind.below", place.mention.start - 1, place.mention.start)
    if cue is None and (spender := spent_by_public(place, book)):
        return OTHER, Reason("kind", spender.rule.id, spender.start, spender.end)
    if place.kind == CELL and ACCOUNTS in book and (told := book.cues(ACCOUNTS).first(place.lowered, *_header(place))):
        return OTHER, Reason("kind", ACCOUNTS, told.start, told.end)
    if cue is None or (cue.rule.id == FUND and place.kind == CELL):
        small = size.little and not is_given_to_club(place, book) and not is_given_whole(place, book)
        if size.unit or small or (cue is None and goes_on_from_unit(place)):
            return RATE, Reason("kind", "kind.unit")
        return FUNDING, Reason("kind", "kind.default")
    what = _weigh(place, cue, size, book)
    rule = cue.rule.id if what == cue.rule.sets.get("kind", FUNDING) else WEIGHED
    return what, Reason("kind", rule, cue.start, cue.end)


def is_of_one(place: Place, because: Reason) -> bool:
    """Whether a rate is what one thing costs or is worth, by the word that told its kind."""
    return because.rule == WEIGHED and PRICED.match(place.lowered, because.start, because.end) is not None


def _is_below_zero(place: Place) -> bool:
    """Whether a minus sign in running text stands before the sum: ``ett resultat på -3 miljoner kronor``."""
    return place.kind != CELL and BELOW.search(place.text, *place.left) is not None


def _header(place: Place) -> Span:
    """The header of a cell's column; nothing without one."""
    header = place.outline.grid(place.cell.level).column_header(place.cell)
    return Span(header.start, header.end) if header else Span(place.cell.start, place.cell.start)


def _hands_out(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether a dividend is what a foundation hands out or a company its owners, not what a state has from its own."""
    if "utdelning" not in place.lowered[cue.start : cue.end]:
        return False
    outline = place.outline
    if not outline.first(book.cues("payer.state")):
        return True
    return outline.kept("charity", lambda: bool(CHARITY.search(outline.lowered) and not OWNERS.search(outline.lowered)))


def _weigh(place: Place, cue: Cue, size: Size, book: Rulebook) -> str:
    """The kind that a cue gives a sum of this size."""
    what, rule, high = cue.rule.sets.get("kind", FUNDING), cue.rule.id, place.mention.high
    many = high >= 10**8 or (rule in NO_GIFT and _recurs(place))
    of_one = size.little or place.mention.per in ("person", "item") or (size.unit and not many)
    if rule == COLLECTED:
        return FUNDING
    if what == FUNDING:
        whole = of_one and high >= LEAST and not size.unit and _is_given_whole(place, cue, book)
        return RATE if of_one and not whole else FUNDING
    if rule == MARKET and _hands_out(place, cue, book) and (not of_one or _is_given_whole(place, cue, book)):
        return FUNDING
    if rule == CHARGE:
        return _of_charge(place, cue, book, of_one=of_one)
    if rule in (TAX, LIMIT) and size.little and OF_DEDUCTION.search(place.lowered, *place.left):
        return RATE
    if rule == TAX and _is_deducted(place, cue):
        return RATE
    if _is_of_each(place, cue, size):
        return RATE
    if rule == LIMIT and (_is_pay(place, cue) or AVERAGE.search(place.lowered, cue.end, place.mention.start)):
        return RATE
    if rule == LIMIT and _is_limit_of_aid(place, cue):
        return _of_aid(place, cue)
    return _bend(place, cue, book, of_one=of_one and not WORTH.search(place.lowered, *place.left)) or what


def _recurs(place: Place) -> bool:
    """Whether so much a day or a month is what many cost, not one: ``30 miljoner kronor om dagen``."""
    return place.mention.per in ("day", "month") and place.mention.high >= MILLION


def _is_given_whole(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether a small sum goes as it is to somebody: by a decision, to a club, as a prize."""
    return _paid_out(place, cue) or is_given_to_club(place, book) or is_given_whole(place, book)


def _is_of_each(place: Place, cue: Cue, size: Size) -> bool:
    """Whether what is dearer, sold or shared out is told for each one, or a sum of each follows another figure."""
    rule, text, high = cue.rule.id, place.lowered, place.mention.high
    told = not place.sentence.start <= cue.start < place.sentence.end
    if told and rule in NO_GIFT and place.kind != CELL and (size.unit or (rule == AFTER and size.little)):
        return True  # "Det blir dyrare. Alla betalar därefter 120 kronor i månaden."
    if rule == AFTER:
        dear = 2 * high < OF_SHARE and DEAR.search(text, cue.start, cue.end) is not None
        return dear or DEARER.match(text, place.mention.end) is not None
    if rule != MARKET:
        return False
    share = high < OF_SHARE and text.startswith("utdelning", cue.start)
    return share or (place.mention.per == "item" and OF_ONE.match(text, cue.start) is not None)


def _paid_out(place: Place, cue: Cue) -> bool:
    """Whether a verb of paying out stands right before the sum, or a decision to give it: ``utbetala 7 600 euro``."""
    if DECIDES.search(place.lowered, place.sentence.start, place.mention.start):
        return True
    paid = PAYING.search(place.lowered, cue.start, place.mention.start)
    return paid is not None and place.mention.start - cue.end < 40


def _of_charge(place: Place, cue: Cue, book: Rulebook, *, of_one: bool) -> str:
    """A fee or a price is the rate for one, unless it is a penalty, or so large that it is the fees of many."""
    if _is_sanction(place, cue, book):
        return OTHER
    if place.lowered.startswith(ON_AVERAGE, cue.start):
        return RATE
    price = "pris" in place.lowered[cue.start : cue.end]
    if price and place.mention.high >= LEAST and _is_prize(place, cue, book):
        return FUNDING
    price = price and place.mention.high < 10**9
    return RATE if of_one or price or place.mention.high < MILLION else OTHER


def _is_prize(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether somebody is awarded it: ``kulturpriset``, ``priset går till``."""
    text = place.lowered
    return bool(
        AWARD.match(text, cue.start, cue.end) or PRIZE.search(text, *place.sentence) or is_given_whole(place, book)
    )


def _is_sanction(place: Place, cue: Cue, book: Rulebook) -> bool:
    """Whether the fee is the penalty that the paragraph has named: ``… sanktionsavgift. Avgiften är 1 000 kronor``."""
    text = place.lowered
    if not text.startswith("avgift", cue.start) or FINE not in book:
        return False
    named = lexicon(book, FINE).last(text, max(0, cue.start - 300), cue.start)
    return named is not None and "avgift" in text[named.start : named.end]


def _is_pay(place: Place, cue: Cue) -> bool:
    """Whether the sum is what somebody is paid a month, not the pay that a rule starts from."""
    return place.mention.per == "month" and PAY_IS.fullmatch(place.lowered, cue.start, place.mention.start) is not None


def _is_deducted(place: Place, cue: Cue) -> bool:
    """Whether a deduction is for each one, ``6 kronor`` for a mile or an hour, or a tax is none."""
    deducted = "avdrag" in place.lowered[cue.start : cue.end]
    each = place.mention.high < 100 or place.mention.per == "item"
    return (deducted and each) or place.mention.text.startswith("noll")


def _is_limit_of_aid(place: Place, cue: Cue) -> bool:
    """Whether the sentence up to the limit tells of an aid, or that before one of which only the ceiling is told."""
    text = place.lowered
    if AID.search(text, place.sentence.start, place.mention.start):
        return True
    return text.startswith("taket", cue.start) and any(
        AID.search(text, *told) for _, told in place.outline.before(place.block, place.sentence, 1)
    )


def _of_aid(place: Place, cue: Cue) -> str:
    """The limit of an aid is what one can get of it; of hundreds of millions, a level of funding or a ceiling."""
    if place.mention.high >= 10**8:
        return FUNDING if place.lowered[cue.start : cue.end] == "överstiga" else OTHER
    return RATE if CAPPED.search(place.lowered, max(place.sentence.start, cue.start - 5), cue.end) else OTHER


def _bend(place: Place, cue: Cue, book: Rulebook, *, of_one: bool) -> str:
    """What a cost, a value or a need is in this setting: funding when somebody gives it, a rate when it is of one."""
    rule = cue.rule.id
    if rule == COST and (AVERAGE.search(place.lowered, cue.end, place.mention.start) or is_licence(place, cue)):
        return RATE  # "Ett fritidshus kostar i snitt 2 miljoner"
    if rule == COST and is_thrift(place, book):
        return FUNDING
    if rule == BALANCE and GIVES.search(place.lowered, place.sentence.start, place.mention.start):
        return FUNDING  # "skänker sitt överskott på 3 miljoner"
    if rule not in BENT:
        return ""
    if rule == VALUE and (_is_gift(place) or ORDERED.search(place.lowered, place.sentence.start, place.mention.start)):
        return FUNDING
    if of_one:
        return RATE
    taken_on = rule == COST and is_taken_on(place)
    return FUNDING if taken_on or IN_AID.match(place.lowered, place.mention.end) else ""


def _is_gift(place: Place) -> bool:
    """Whether goods of that value are given away."""
    text, sentence = place.lowered, place.sentence
    return GIFT.search(text, *sentence) is not None or any(
        GIFT.search(text, one.start, one.end) for one in place.outline.over(place.block)
    )
