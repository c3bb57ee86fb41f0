"""The sum that one number states with the unit after it, or the currency before it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from belopp import grammar
from belopp.composing import lowered
from belopp.find.lexicon import TOO_SHORT, Lexicon, Unit
from belopp.model import Reason
from belopp.numerals import FIGURES, WORDS, Number, is_year
from belopp.rulebook import Rule, Rulebook

MILLION: Final = Decimal(1_000_000)
LIMIT: Final = Decimal(10) ** 18
"""No sum of money is this large; such a number is a misprint or no number."""
NEAR: Final = 120
"""How far back, in characters, a sentence is asked what it counts."""

DASH: Final = re.compile(r"\s?[-–—−]\s?")
_DASHES: Final = frozenset("-–")
RANGE_START: Final = re.compile(r"\d[\d .,]{0,9}\s?[-–]\s?$")
COMPARED_WITH: Final = re.compile(r"(?<!\d)\d[\d .,]{0,9}\s?\(\s?[-–−]?$")
AGE: Final = re.compile(r"år\b(?!\s+\d)")  # "5 miljoner år gammalt", not "5 miljoner år 2025"
UNIT_ALONE: Final = re.compile(r"\b[Ii]\s$")  # "Belopp i tusen kronor", "i 1 000 kr"
CLASS: Final = re.compile(r"\s[1-7]\b(?![.,]?\d)")
LABEL: Final = re.compile(r"(?<!\d )(?<![^\W_])(?P<unit>(?:[^\W\d_]+\s)?(?P<last>[^\W\d_]+))\)?:\s?$")
FILLED: Final = re.compile(r"\s*(?:[;,)]|\.?\s*$|\n)")
PRICE: Final = "currency.sek.dash"
# "några hundra miljoner" states no number
VAGUE: Final = re.compile(r"\b(?:några|flera|ett\s+par|många|par|åtskilliga|tiotals|antal)\s+$", re.IGNORECASE)
# "har inte betalat ut en krona"; but "höjs inte med en krona" is one
NOT_ONE: Final = re.compile(
    r"\b(?:inte|aldrig|ej|utan|ingen|inget)\b[^.,;:?!\n]{0,60}(?<!\bmed)(?<!\bän)(?<!\btill)(?<!\bfrån)(?<!\bpå)\s$",
    re.IGNORECASE,
)
FOR_ONE: Final = re.compile(r"\s?(?:/|per\b|(?:i|om)\s(?:timmen|dagen|veckan|månaden|året)\b)")
NOTE: Final = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹")
ENDED: Final = re.compile(r"\s*(?:[.,;:!?…)\]}”\"’»\x00|/+]|[–—−-][\s\d]|$|\n|\((?!\w*\)\w))")
MORE: Final = re.compile(
    r"\s+(?:(?:19|20)\d\d\b|\d+\s+(?:miljoner|tusen)\b)",  # a year; "1 miljard 35 miljoner"
    re.IGNORECASE,
)
AS_DECIMAL: Final = re.compile(r"\d{1,2}\.\d{3}")
AS_ENGLISH: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
NAMED_ONLY: Final = {"unit.biljon", "unit.million", "unit.billion", "unit.miljon.misprint", "unit.miljard.misprint"}
COUNTED: Final = re.compile(
    r"""
    \b(?: antal(?:et)? | människor\w* | invånare\w* | personer | besökare | resande | resor | flyktingar | barnen
      | nedladdningar | visningar | befolkning(?:en)? | passagerare | svenskar | ton | hektar | väljare | användare
      | läsare | hushåll | bor | bodde )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
MONEYED: Final = re.compile(
    r"kron|\bkr\b|mnkr|avsätt|avsatt|satsa|föreslå|tillför|tilldela|anslag|stöd|bidra|budget|medel|kost|finans|investe"
    r"|betal|fördela|ersättning|belopp|pengar|\bfår\b|ökas? med|ökning|minsk|skatt|garanti|ram\b|intäkt|vinst|omsätt"
    r"|värde|summa|\bköp|\bsälj|\bsåld|\bpris",
    re.IGNORECASE,
)

NEXT_WORD: Final = re.compile(r"[^\W\d_]+")
# By these endings a word is a supine: "budgeterats", "slagits", "öronmärkts", "avsatts".
SUPINES: Final = ("ats", "its", "kts", "lts", "nts", "pts", "tts", "gts", "jts")
# "de 2,5 miljarderna kan betalas ut": what is counted would stand in the definite form itself
DEFINITE: Final = ("miljonerna", "miljarderna")
# A participle that no noun comes after: "klubbade till forskning", not "nyproducerade plagg".
DONE_WITH: Final = re.compile(rf"\w+ade\s*(?:[.,;:)]|$|(?:{'|'.join(sorted(grammar.PREPOSITIONS))})\s)")
# What people do, or is done to them: "5 miljoner bor i landet".
OF_PEOPLE: Final = frozenset(
    """anser ansåg använder arbetade arbetar befann befinner begick begår behövde behöver besöker besökte bodde bor
    bosatta deltar deltog dog drabbade drabbades drabbas drabbats dödade dödades dödas dödats dör dött emigrerade
    firade firar flydde flyr flytt flyttade flyttar fryser frös föddes föds fördrevs fördrivits fördrivs genomgick
    genomgår hotade hotas hungrar idrottar insjuknade insjuknar invandrade invandrar jobbade jobbar känner led levde
    lever lider lyckades lyssnade lyssnar läser läste misshandlades misshandlats motionerar omkom omkommit pendlade
    pendlar registrerade resande reser reste röstade röstar röstat saknade saknar skadade skadades skadats smittade
    smittades smittats sover svalt svarade svarar svälter såg sålda såldes sålts säljs talar tittade tittar trodde
    tror tvingades tvingas tvingats tycker uppger utvandrade utvandrar vaccinerade vaccinerades vaccineras
    vaccinerats vet vill väljer överlevde överlever""".split()
)


class Amount(NamedTuple):
    """A sum of money in a view: its span there, its value and why it has it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    reasons: tuple[Reason, ...]
    scale: Decimal = Decimal(1)
    named: bool = True
    """Whether the text names the currency here."""


def read_single(text: str, number: Number, unit: Unit | None, words: Lexicon, book: Rulebook) -> Amount | None:
    """The sum that one number states with the unit after it or the currency before it."""
    front = _front(text, number, words, counted=unit is not None)
    if unit is None and front is None:
        unit = _unit_of_label(text, number, words)
    if unit is None:
        if front is None or is_year(number) and front[0].sets["currency"] == "SEK":
            return None
        if front[2] == number.start and number.value < 100 and text[front[1]].isalpha():  # a name: "EUR2"
            return None
        dash = DASH.match(text, number.end)
        if dash and text[dash.end() : dash.end() + 1].isdigit():  # "SEK 400-500 million"
            return None
        unit = words.fronted_unit(text, number.end, front)
    elif front is not None and (not unit.currency or unit.reasons[0].rule == PRICE):  # "€150,-"
        rule, begin, end = front
        worth = [reason for reason in unit.reasons if reason.column == "low"]
        reasons = (*worth, Reason("currency", rule.id, begin, end))
        unit = unit._replace(currency=rule.sets["currency"], reasons=reasons)
    if not _plausible(text, number, unit, fronted=front is not None):
        return None
    scale = _scale(text, number, unit)
    value = number.value * scale
    if value >= LIMIT:
        return None
    reasons = unit.reasons
    if not unit.currency:
        understood = understood_as_money(text, number, unit, book)
        if understood is None:
            return None
        reasons += (understood,)
    return Amount(number.start, unit.end, value, value, unit.currency or "SEK", reasons, scale, bool(unit.currency))


def _unit_of_label(text: str, number: Number, words: Lexicon) -> Unit | None:
    """The unit that a form says before a colon: ``Belopp (kr): 45 000``, ``Summa i tkr: 45``."""
    if not text[max(0, number.start - 2) : number.start].rstrip().endswith(":"):
        return None
    label = LABEL.search(text, max(0, number.start - 40), number.start)
    if label is None or number.form != FIGURES or is_year(number) or not FILLED.match(text, number.end):
        return None
    for start in (label.start("unit"), label.start("last")):
        unit = words.unit(text, start)
        if unit is not None and unit.end == label.end("unit") and unit.currency:
            return unit._replace(end=number.end)
    return None


def _front(text: str, number: Number, words: Lexicon, *, counted: bool) -> tuple[Rule, int, int] | None:
    """The currency before a number, or before the first number of a range: ``SEK 400-500 million``.

    Or before the number that one in brackets is compared with, if it is ``counted``: ``SEK 1,6 (-1,4) miljarder``.
    """
    before = text[max(0, number.start - 3) : number.start].rstrip()[-1:]
    front = words.prefix(text, number.start) if before in words.closing and number.form == FIGURES else None
    if front is None and counted and text[number.end : number.end + 1] == ")":
        compared = COMPARED_WITH.search(text, max(0, number.start - 16), number.start)
        return words.prefix(text, compared.start()) if compared else None
    if front is None and before in _DASHES:
        first = RANGE_START.search(text, max(0, number.start - 16), number.start)
        return words.prefix(text, first.start()) if first else None
    return front


def _plausible(text: str, number: Number, unit: Unit, *, fronted: bool) -> bool:
    """Whether the number may be the number of that unit; ``fronted``, a currency stands before it."""
    before = text[max(0, number.start - 16) : number.start]
    if number.form == WORDS and (VAGUE.search(before) or _is_nothing(text, number, unit)):
        return False
    written = text[number.start : unit.end]
    if number.value == 1000 and unit.scale == 1 and unit.currency:
        whole = (
            number.form == WORDS and len(text) < NEAR and text.strip(" ().:") == written
        )  # "Tusen kronor" over a column
        if whole or UNIT_ALONE.search(before):
            return False
    if written.endswith("uro") and CLASS.match(text, unit.end):  # "en Euro 6"
        return False
    if written.endswith(("Kronor", "tre kronorna")) and number.form == WORDS:  # the team, and the arms
        return False
    price = unit.reasons[0].rule == PRICE and not fronted
    if price and (is_year(number) or number.start and before[-1:] not in " (\n"):
        return False
    return not (before[-1:] in {",", ".", ":"} and before[-2:-1].isdigit())  # the rest of a date or a paragraph number


def _is_nothing(text: str, number: Number, unit: Unit) -> bool:
    """Whether not even one krona is given: ``har inte betalat ut en krona``."""
    if number.value != 1 or unit.scale > 1 or FOR_ONE.match(text, unit.end):
        return False
    return NOT_ONE.search(text, max(0, number.start - NEAR), number.start) is not None


def _scale(text: str, number: Number, unit: Unit) -> Decimal:
    """What to multiply by; grouping is read anew where the unit shows that it was something else."""
    written = text[number.start : number.end]
    if unit.scale >= 1000 * MILLION and AS_DECIMAL.fullmatch(written):  # "1.145 miljarder" is a decimal
        return unit.scale / 1000
    # "5,000 kronor" is five thousand; where the currency goes first, as in "$2,145", the comma is the English one
    if unit.scale == 1 and AS_ENGLISH.fullmatch(written) and (written.endswith("00") or unit.end == number.end):
        return unit.scale * 1000
    return unit.scale


def understood_as_money(text: str, number: Number, unit: Unit, book: Rulebook) -> Reason | None:
    """Why a magnitude without currency is money: by the next word, or by the end of the clause."""
    if unit.scale < MILLION or unit.reasons[0].rule in NAMED_ONLY:
        return None
    if text[number.end : unit.end].lstrip().lower() in TOO_SHORT:
        return None
    if unit.scale == MILLION and _is_count(text, number, unit):
        return None
    start = unit.end + (text[unit.end : unit.end + 1] in NOTE)
    ended = ENDED.match(text, start) or MORE.match(text, start) or text.endswith(DEFINITE, number.end, unit.end)
    if ended and "understood.end" in book:
        return Reason("currency", "understood.end", unit.end, unit.end)
    while text[start : start + 1].isspace():
        start += 1
    cue = book.cues("understood.money").first(lowered(text[start : start + 40]))
    if cue is not None and not cue.start and not AGE.match(text, start):
        return Reason("currency", cue.rule.id, start, start + cue.end)
    word = NEXT_WORD.match(text, start)
    if word is None or "understood.verb" not in book or word.group() in OF_PEOPLE:
        return None
    verb = grammar.is_finite(word.group()) or word.group().endswith(SUPINES) or DONE_WITH.match(text, start)
    return Reason("currency", "understood.verb", *word.span()) if verb else None


def _is_count(text: str, number: Number, unit: Unit) -> bool:
    """Millions of what the sentence counts: ``antalet resande är fem miljoner``, ``en miljon av dessa människor``."""
    after = re.match(r"\s+av\s+\w+(?:\s+\w+){0,2}", text[unit.end : unit.end + NEAR])
    if after and COUNTED.search(after[0]):
        return True
    floor = max(0, number.start - NEAR)
    start = max(text.rfind(mark, floor, number.start) for mark in (". ", "\n", "! ", "? ")) + 1
    left = text[max(start, floor) : number.start]
    return bool(COUNTED.search(left)) and not MONEYED.search(left)
