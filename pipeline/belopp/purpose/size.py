"""Whether a sum is too small to fund anybody with, and whether it is said of one person, thing, day or month."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.model import CELL
from belopp.purpose.clause import coordinated
from belopp.purpose.table import has_total
from belopp.sentences import Place

SMALL: Final = {"SEK": Decimal(100_000)}  # below it (10 000 abroad) no agency is funded: a fee, a benefit, a threshold
UNITS: Final = frozenset({"person", "item", "month", "day"})
CURRENCY: Final = re.compile(r"kr|öre|euro|dollar", re.IGNORECASE)
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
# "40 öre dyrare per kubikmeter"
DEARER: Final = re.compile(r"\s+(?:dyrare|billigare|högre|lägre|mer|mindre)\s+per\s+(?!år|kvartal)\w")
# Those who each can get a grant, said in the singular: "ett företag kan få högst 4 miljoner kronor"
APPLICANT: Final = (
    r"(?:(?:varje|en\s+enskild|ett\s+enskilt)\s+\w+|(?:en|ett|ditt|din)\s+(?:sökande|\w*företag|bolag|\w*förening|klubb|\w*organisation"
    r"|\w*kommun|region|\w*skola|lärosäte|\w*projekt|person|\w*hushåll|familj|\w*student|elev|forskare|lantbrukare|arbetsgivare"
    r"|fastighetsägare|ansökan|insats|åtgärd|aktör)|du|man|den\s+som\s+(?:\w+\s+){0,4}?\w+)"
)
GET: Final = r"(?:få|söka|beviljas|erhålla|ges|tilldelas)"
CAN_GET: Final = re.compile(
    rf"(?<!\w)(?:{APPLICANT}\s+kan\s+(?:\w+\s+){{0,2}}?|kan\s+{APPLICANT}\s+(?:\w+\s+){{0,2}}?){GET}\s[^.;,]{{0,40}}$"
    rf"|(?<!\w)den\s+som\s+(?:\w+\s+){{1,4}}?(?:får|beviljas|tilldelas)\s+(?:\w+\s+){{0,2}}$"
    rf"|(?<!\w)(?:får|fick|har)\s+(?:{APPLICANT}\s+i|i)\s+(?:genomsnitt|snitt|medeltal)\s+(?:fått\s+)?(?:\w+\s+)?$"
    rf"|(?<!\w)i\s+(?:genomsnitt|snitt|medeltal)\s+(?:får|fick|beviljas|har)\s+{APPLICANT}\s+(?:\w+\s+)?$"
)
# "Butiker får beviljas högst 250 000 kronor per år": the most that one of them gets
GRANTED: Final = re.compile(
    r"(?<!\w)(?:kan|får)\s+(?:\w+\s+){0,3}?(?:beviljas|få|söka|sökas|erhålla|ansöka\s+om)\s[^.;\d]{0,40}$"
)
EACH: Final = re.compile(r"\s+(?:vardera|var)(?!\w)")
# "Avgift per timme", "1 vecka, kr": the header of a column of rates
UNIT_HEAD: Final = re.compile(
    r"(?<!\w)(?:(?:per|/)\s*(?!år)[a-zåäö]\w*|(?:\d+|en|ett)\s+(?:timm\w+|dag\w*|dygn|veck\w+|månad\w*)|varje\s+(?:timme|dag|vecka|månad))"
)
REST: Final = re.compile(r"(?<!\w)(?:resterande|återstående)\s+$")  # of a sum that somebody is funded with
OUT_OF: Final = re.compile(r"(?<!\w)(?:varav|därav)\s+(?:\w+\s+)?$")
MILLION: Final = 10**6  # what one person or thing costs stays below it


class Size(NamedTuple):
    """How large a sum is for what it is said of."""

    little: bool
    unit: bool


def measure(place: Place) -> Size:
    """Whether a sum is too small to fund anybody with, and whether it is said of one unit."""
    return Size(is_little(place), _is_of_unit(place))


def is_little(place: Place) -> bool:
    """Whether the sum is too small to fund anybody with: a price, a benefit, a limit."""
    mention = place.mention
    if place.kind == CELL and (not CURRENCY.search(mention.text) or _adds_up(place)):
        return False
    least = SMALL.get(mention.currency, Decimal(10_000))
    little = mention.high < least
    if mention.high < 1000 or not (little or place.index):
        return little
    if REST.search(place.lowered, *place.left):
        return False
    if place.index and OUT_OF.search(place.lowered, *place.before):
        return place.mentions[place.index - 1].high < least  # "ett bidrag på 4 miljoner kronor, varav 90 000"
    return little


def _adds_up(place: Place) -> bool:
    """Whether the table has a total row: prices and benefits are not added up."""
    grid, table = place.outline.grid(place.cell.level), place.cell.level
    return place.outline.kept(("total row", table), lambda: has_total(grid))


def _is_of_unit(place: Place) -> bool:
    """Whether the sum is said of one person, thing, day or month."""
    mention, text = place.mention, place.lowered
    return (
        mention.per in UNITS
        or (mention.high < MILLION and EACH_ONE.match(text, mention.end) is not None)
        or ("per" in text[slice(*place.right)] and OF_EACH.match(text, mention.end) is not None)
        or ("per" in text[slice(*place.left)] and EACH_IS.search(text, *place.left) is not None)
        or DEARER.match(text, mention.end) is not None
        or (mention.low < mention.high and EACH.match(text, mention.end) is not None)
        or (mention.high < 10 * MILLION and CAN_GET.search(text, *place.left) is not None)
        or (
            mention.modifier == "at_most"
            and mention.high < 10 * MILLION
            and GRANTED.search(text, *place.left) is not None
        )
        or (place.kind == CELL and mention.high < MILLION and (_is_headed(place) or _is_yearly_price(place)))
    )


def _is_yearly_price(place: Place) -> bool:
    """Whether a cell is told to be of each year, and is too small to fund anybody with."""
    return place.mention.per == "year" and place.mention.high < SMALL["SEK"]


def _is_headed(place: Place) -> bool:
    """Whether the header of a cell's column says what one of its figures counts for."""
    header = place.outline.grid(place.cell.level).column_header(place.cell)
    return header is not None and UNIT_HEAD.search(place.lowered, header.start, header.end) is not None


def goes_on_from_unit(place: Place) -> bool:
    """Whether the sum only goes on from one of a unit: ``11 000 kronor per månad och 120 000 kronor per år``."""
    return (
        place.mention.high < MILLION
        and coordinated(place, place.index)
        and place.mentions[place.index - 1].per in UNITS
    )
