"""The sums of money in one stretch of running text: numbers, the units after them, ranges and ellipses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from belopp.find.lexicon import Lexicon, Unit
from belopp.model import Reason
from belopp.numerals import FIGURES, WORDS, Number, is_year, numbers
from belopp.rulebook import Rulebook

MILLION: Final = Decimal(1_000_000)
LIMIT: Final = Decimal(10) ** 18
"""No sum of money is this large; such a number is a misprint or no number."""

DASH: Final = re.compile(r"\s?[-–—−]\s?")
RANGE_START: Final = re.compile(r"\d[\d .,]{0,9}\s?[-–]\s?$")
BETWEEN: Final = re.compile(r"\bmellan\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
FROM: Final = re.compile(r"\bfrån\s+(?:[^\W\d]+\s+){0,3}$", re.IGNORECASE)
JOINT: Final = re.compile(
    r"""
    \s* (?P<word> till | respektive | resp\. | och | samt | eller | mot | , | à | / ) \s*
    (?P<between> (?: (?:19|20)\d\d \s+ till \s+ )? (?: [^\W\d]+ \s+ ){0,3} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
BRACKET: Final = re.compile(r"\s?\(\s?[-–−]?")
_NAMED_ONLY: Final = {"unit.biljon", "unit.million", "unit.billion"}
_COUNTED: Final = re.compile(
    r"""
    \b(?: antal(?:et)? | människor\w* | invånare\w* | personer | besökare | resande | resor | flyktingar | barnen | nedladdningar | visningar
      | befolkning(?:en)? | passagerare | svenskar | ton | hektar | väljare | användare | läsare | hushåll )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONEYED: Final = re.compile(
    r"kron|\bkr\b|mnkr|avsätt|avsatt|satsa|föreslå|tillför|tilldela|anslag|stöd|bidra|budget|medel|kost|finans|investe|betal|fördela"
    r"|ersättning|belopp|pengar|\bfår\b|ökas? med|ökning|minsk|skatt|garanti|ram\b|intäkt|vinst|omsätt|värde|summa",
    re.IGNORECASE,
)
VAGUE: Final = re.compile(r"\b(?:några|flera|ett\s+par|många|par|åtskilliga|tiotals|antal)\s+$", re.IGNORECASE)
CONTINUED: Final = re.compile(r"\s*(?:[.,;:!?)\]}”\"’»\x00|/+]|[–—−-]\s|$|\n|\((?!\w*\)\w))")

_MORE: Final = re.compile(r"\s+(?:(?:19|20)\d\d\b|\d+\s+(?:miljoner|tusen)\b)", re.IGNORECASE)  # a year; "1 miljard 35 miljoner"


@dataclass(frozen=True, slots=True)
class Amount:
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


def amounts(text: str, words: Lexicon, book: Rulebook) -> list[Amount]:
    """Every sum of money in ``text``, left to right, never overlapping."""
    found = list(numbers(text))
    units = [words.unit(text, number.end + _closing(text, number)) for number in found]
    plain: list[Amount | None] = []
    done = 0
    for number, unit in zip(found, units, strict=True):
        amount = _single(text, number, unit, words, book) if number.start >= done else None  # "750 tusen kronor"
        done = amount.end if amount else done
        plain.append(amount)
    _join_decimals(text, found, plain)
    _share_currency(text, plain)
    _join_parts(text, found, plain)
    _join_ranges(text, found, units, plain)
    _fill_ellipses(text, found, units, plain, words)
    _fill_repeats(text, found, units, plain, book)
    return [amount for amount in plain if amount is not None]


def _closing(text: str, number: Number) -> int:
    """``160,5 (158,4) miljarder``: the unit stands after the bracket that encloses the second number only."""
    if text[number.end : number.end + 1] != ")":
        return 0
    return 1 if re.search(r"\d\s?\([-–−]?$", text[max(0, number.start - 4) : number.start]) else 0


def _single(text: str, number: Number, unit: Unit | None, words: Lexicon, book: Rulebook) -> Amount | None:
    """The sum that one number states with the unit after it or the currency before it."""
    front = words.prefix(text, number.start) if number.form == FIGURES else None
    if front is None and (first := RANGE_START.search(text, max(0, number.start - 16), number.start)):
        front = words.prefix(text, first.start())  # "SEK 400-500 million"
    if unit is None:
        if front is None or is_year(number) and front[0].id == "currency.sek":
            return None
        if (dash := DASH.match(text, number.end)) and text[dash.end() : dash.end() + 1].isdigit():  # "SEK 400-500 million"
            return None
        reason = Reason("low", front[0].id, front[1], front[2])
        unit = Unit(number.end, Decimal(1), front[0].sets["currency"], (reason, reason._replace(column="currency")))
    elif not unit.currency and front is not None:
        rule, begin, end = front
        unit = unit._replace(
            currency=rule.sets["currency"], reasons=(*unit.reasons, Reason("currency", rule.id, begin, end))
        )
    if not _plausible(text, number, unit):
        return None
    scale = _scale(text, number, unit)
    value = number.value * scale
    if value >= LIMIT:
        return None
    reasons = unit.reasons
    if not unit.currency:
        understood = _understood(text, number, unit, book)
        if understood is None:
            return None
        reasons += (understood,)
    return Amount(
        number.start, unit.end, value, value, unit.currency or "SEK", reasons, scale, bool(unit.currency)
    )


def _plausible(text: str, number: Number, unit: Unit) -> bool:
    """Whether the number may be the number of that unit."""
    before = text[max(0, number.start - 16) : number.start]
    if number.form == WORDS and VAGUE.search(before):  # "några hundra miljoner" states no number
        return False
    written = text[number.start : unit.end]
    if written.endswith("Kronor") and number.form == WORDS:  # "Tre Kronor" is the team, and the arms
        return False
    if unit.reasons[0].rule == "currency.sek.dash" and (is_year(number) or number.start and before[-1:] not in " (\n"):
        return False
    return not (before[-1:] in {",", ".", ":"} and before[-2:-1].isdigit())  # the rest of a date or a paragraph number


def _scale(text: str, number: Number, unit: Unit) -> Decimal:
    """What to multiply by; grouping is read anew where the unit shows that it was something else."""
    written = text[number.start : number.end]
    if unit.scale >= 1000 * MILLION and re.fullmatch(r"\d{1,2}\.\d{3}", written):  # "1.145 miljarder" is a decimal
        return unit.scale / 1000
    if unit.scale == 1 and re.fullmatch(r"[1-9]\d{0,2},\d00", written):  # "5,000 kronor" is five thousand
        return unit.scale * 1000
    return unit.scale


def _understood(text: str, number: Number, unit: Unit, book: Rulebook) -> Reason | None:
    """Why a magnitude without currency is money: by the next word, or by the end of the clause."""
    if unit.scale < MILLION or unit.reasons[0].rule in _NAMED_ONLY:
        return None
    if unit.scale == MILLION and _is_count(text, number, unit):
        return None
    if "understood.end" in book and CONTINUED.match(text, unit.end):
        return Reason("currency", "understood.end", unit.end, unit.end)
    if "understood.end" in book and _MORE.match(text, unit.end):
        return Reason("currency", "understood.end", unit.end, unit.end)
    start = unit.end
    while text[start : start + 1].isspace():
        start += 1
    cue = book.cues("understood.money").first(text, start, start + 40)
    if cue is None or cue.start != start:
        return None
    return Reason("currency", cue.rule.id, cue.start, cue.end)


def _is_count(text: str, number: Number, unit: Unit) -> bool:
    """Millions of what the sentence counts: ``antalet resande överstiger fem miljoner``, ``1,1 miljoner av dessa människor``."""
    after = re.match(r"\s+av\s+(?:\w+\s+){0,2}", text[unit.end : unit.end + 60])
    if after and _COUNTED.match(text, unit.end + after.end()):
        return True
    start = max(text.rfind(mark, 0, number.start) for mark in (". ", "\n", "! ", "? ")) + 1
    left = text[max(start, number.start - 120) : number.start]
    return bool(_COUNTED.search(left)) and not _MONEYED.search(left)


def _share_currency(text: str, plain: list[Amount | None]) -> None:
    """A magnitude without currency takes the foreign one of a neighbour in its sentence."""
    for index, amount in enumerate(plain):
        if amount is None or amount.named:
            continue
        if re.search(r"\b[A-Z]{3}\s?$", text[max(0, amount.start - 5) : amount.start]):
            continue
        later = next((other for other in plain[index + 1 : index + 3] if other), None)
        if later and later.named and re.fullmatch(r"[^.;:\n]{0,25}", text[amount.end : later.start]):
            plain[index] = replace(amount, currency=later.currency, reasons=_taken(amount, later))
            continue
        earlier = next((other for other in reversed(plain[max(0, index - 3) : index]) if other), None)
        if earlier and earlier.currency != "SEK" and not re.search(r"[.;:\n]\s", text[earlier.end : amount.start]):
            plain[index] = replace(amount, currency=earlier.currency, reasons=_taken(amount, earlier))


def _taken(amount: Amount, other: Amount) -> tuple[Reason, ...]:
    kept = tuple(reason for reason in amount.reasons if reason.column != "currency")
    return kept + tuple(reason for reason in other.reasons if reason.column == "currency")


def _join_decimals(text: str, found: Sequence[Number], plain: list[Amount | None]) -> None:
    """A space has slipped in after the decimal comma: ``1, 5 miljarder`` (but not in ``1, 5 och 8 miljarder``)."""
    for index in range(1, len(plain)):
        amount, first, second = plain[index], found[index - 1], found[index]
        if amount is None or amount.scale < MILLION or second.start != amount.start or plain[index - 1] is not None:
            continue
        written = f"{text[first.start : first.end]}.{text[second.start : second.end]}"
        if text[first.end : second.start] != ", " or not re.fullmatch(r"\d{1,2}\.\d", written):
            continue
        if re.search(r"\d\s?[,–-]\s?$|\b(?:den|punkt|artikel|kapitel)\s$", text[max(0, first.start - 10) : first.start]):
            continue
        value = Decimal(written) * amount.scale
        plain[index] = replace(amount, start=first.start, low=value, high=value)


def _join_parts(text: str, found: Sequence[Number], plain: list[Amount | None]) -> None:
    """``1 miljard 35 miljoner kronor`` and ``9 kr 50 öre`` are one sum each."""
    for index in range(1, len(plain)):
        first, second = plain[index - 1], plain[index]
        if first is None or second is None or first.low != first.high:
            continue
        gap = text[first.end : second.start]
        coins = second.scale < 1 <= first.scale and first.currency == second.currency and second.low < 1
        words = first.scale >= 1000 * MILLION and second.scale in (MILLION, Decimal(1000)) and second.low < first.scale
        if coins and re.fullmatch(r"\s+(?:och\s+)?", gap) or words and gap == " ":
            value = first.low + second.low
            reasons = first.reasons + second.reasons
            plain[index] = replace(second, start=first.start, low=value, high=value, reasons=reasons)
            plain[index - 1] = None


def _join_ranges(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None]
) -> None:
    """A true range is one sum with two ends: ``5–10 miljoner kronor``, ``mellan 5 och 10 miljoner kronor``."""
    for index in range(1, len(plain)):
        amount, first = plain[index], found[index - 1]
        if amount is None or plain[index - 1] is None and units[index - 1] is not None:
            continue
        before, unit = plain[index - 1], units[index - 1]
        if before is not None and (before.currency != amount.currency or before.low != before.high or unit is None):
            continue
        gap = text[before.end if before else first.end : found[index].start]
        if not _is_range(text, first, gap, before) or _too_far(first, found[index], amount):
            continue
        low = before.low if before else first.value * _lower_scale(first, found[index], amount)
        if low >= amount.high:
            continue
        plain[index] = replace(amount, start=first.start, low=low)
        plain[index - 1] = None


def _is_range(text: str, first: Number, gap: str, before: Amount | None) -> bool:
    left = text[max(0, first.start - 40) : first.start]
    if DASH.fullmatch(gap):
        return True
    if re.fullmatch(r"\s+och\s+", gap):
        return bool(BETWEEN.search(left))
    return before is None and bool(re.fullmatch(r"\s+(?:till|à|a)\s+", gap)) and not FROM.search(left)


def _too_far(first: Number, second: Number, amount: Amount) -> bool:
    """A year before a sum, or a number of something else, opens no range."""
    if is_year(first):
        return not (is_year(second) or 500 < second.value < 10000 and amount.scale == 1)
    return False


def _lower_scale(first: Number, second: Number, amount: Amount) -> Decimal:
    """``mellan 500 000 och 1 miljon``: the first number is in full already."""
    return Decimal(1) if first.groups > 1 and first.value > second.value and amount.scale > 1 else amount.scale


def _fill_ellipses(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None], words: Lexicon
) -> None:
    """A bare number that shares the unit of a later one: ``100 respektive 150 miljoner kronor``, ``12 (15) mnkr``."""
    for index in range(len(plain) - 2, -1, -1):
        later, number = plain[index + 1], found[index]
        if plain[index] is not None or units[index] is not None or later is None:
            continue
        if later.start != found[index + 1].start or not _shares_unit(text, number, found[index + 1], later):
            continue
        scale = _lower_scale(number, found[index + 1], later)
        value = number.value * scale
        plain[index] = replace(later, start=number.start, end=number.end, low=value, high=value, scale=scale)


def _shares_unit(text: str, number: Number, later: Number, amount: Amount) -> bool:
    gap = text[number.end : later.start]
    left = text[max(0, number.start - 40) : number.start]
    if BRACKET.fullmatch(gap):
        return not is_year(number)
    joint = JOINT.fullmatch(gap)
    if joint is None or left.endswith(("-", "/", ":", "§ ")):
        return False
    if is_year(number) and not (amount.scale == 1 and later.groups == 1 and FROM.search(left)):
        return False
    if number.form == WORDS and number.value <= 1 and amount.scale == 1:  # "en och 5 kronor"
        return False
    word, between = joint["word"].lower(), joint["between"].strip()
    if word == "till":
        return bool(FROM.search(left)) or not between and number.value < later.value
    if word in {"respektive", "resp."}:
        return not between or bool(re.fullmatch(r"(?:\w+\s?){1,2}", between))
    return not between and _list_member(left, number, later)


def _list_member(left: str, number: Number, later: Number) -> bool:
    """Before ``och`` and commas the two numbers must be of one make, and no label stands before the first."""
    if re.search(r"(?:\bden|\bår(?:en)?|\bartikel|\bkapitel|\bkap\.?|\bparagraf|§|\bområde|\bnummer|\bnr|%)\s*$", left):
        return False
    return number.form == later.form and (number.groups > 1) == (later.groups > 1) and bool(left.strip())


def _fill_repeats(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None], book: Rulebook
) -> None:
    """A full number of several groups after a sum in kronor drops them: ``750 000 kronor … och 1 185 000 om``."""
    earlier: Amount | None = None
    for index, number in enumerate(found):
        amount = plain[index]
        if amount is not None:
            earlier = amount
            continue
        if earlier is None or earlier.scale != 1 or number.groups < 2 or units[index] is not None:
            continue
        gap = text[earlier.end : number.start]
        if len(gap) > 120 or re.search(r"[.!?]\s+[A-ZÅÄÖ]|\n", gap):
            continue
        if not re.search(r"(?:\boch|\brespektive|\beller|\btill|\bsamt|,|\bmot|\()\s+(?:\w+\s+)?$", gap):
            continue
        unit = Unit(number.end, MILLION, "", (Reason("low", "", 0, 0),))
        if number.value >= 10_000 and (reason := _understood(text, number, unit, book)):
            reasons = (*_reasons(earlier), reason)
            plain[index] = Amount(number.start, number.end, number.value, number.value, earlier.currency, reasons)


def _reasons(amount: Amount) -> tuple[Reason, ...]:
    return tuple(reason for reason in amount.reasons if reason.column == "low")
