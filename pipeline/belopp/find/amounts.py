"""The sums of money in one stretch of running text: numbers, the units after them, ranges and ellipses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from belopp.find.coins import with_coins
from belopp.find.ellipses import fill_ellipses
from belopp.find.joining import BRACKET, join_decimals, join_parts, join_ranges, join_spelled_out, lower_scale
from belopp.find.lexicon import Lexicon, Unit
from belopp.find.single import MILLION, NEAR, Amount, read_single, understood_as_money
from belopp.model import Reason
from belopp.numerals import WORDS, Number, is_year, numbers
from belopp.rulebook import Rulebook

FROM: Final = re.compile(r"\bfrån\s+(?:[^\W\d]+\s+){0,3}$", re.IGNORECASE)
JOINT: Final = re.compile(
    r"""
    \s* (?P<word> till | respektive | resp\.? | och | samt | eller | mot | , | [àá] | / ) \s*
    (?P<between> (?: (?:19|20)\d\d \s+ till \s+ )? (?: [^\W\d]+ \s+ ){0,3} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
HEDGED: Final = re.compile(
    r"(?:som\s+)?(?:högst|mest|lägst|minst|maximalt|ca|cirka|omkring|drygt|knappt|nästan|nära|uppemot)", re.IGNORECASE
)
LAST: Final = re.compile(r"\s*,\s*")  # "klockan 18, 100 kr": of a list the last sum but one stands before "och"
OPENED: Final = re.compile(r"\w\s?\((?:(?:19|20)\d\d\s?:\s)?[-–−]?$")
# "1 500 000 (en miljon femhundratusen) kronor"
SPELLED_OUT: Final = re.compile(r"\s?\((?P<said>[a-zåäö]{2,30}(?:\s[a-zåäö]{2,30}){0,5})\)")
NOUGHT_FIRST: Final = re.compile(r"0\d")
IN_REPORTS: Final = {f"unit.{word}" for word in ("tkr", "mkr", "mdkr", "meur", "musd", "mgbp", "mnok", "mdkk")}
"""Units of accounts, which put no note's figure in brackets behind a sum."""
YEAR_LABEL: Final = re.compile(r"\s?:\s[-–−]?\d")
# "10 kr (tidigare 9)", "4,25 kronor per aktie (3,50)", "12 mkr (2017: 10)"
FORMER: Final = re.compile(
    r"(?:\s+per\s+\w+|\s?/\s?\w+)?\s?\(\s?(?:(?:tidigare|förut|före|mot|förra\s+året|i\s+fjol|i\s+dag|nu|föregående\s+år"
    r"|f\.?\s?å\.?|budget(?:erat)?|plan|prognos|(?:19|20)\d\d):?\s+)?[-–−]?",
    re.IGNORECASE,
)
# "780 miljoner kronor, mot 731 ett år tidigare", "jämfört med 84 i fjol"
LEVEL_BEFORE: Final = re.compile(
    r",?\s+(?:mot|jämfört\s+med|(?:att\s+)?jämföra\s+med|att\s+ställa\s+mot|upp\s+från|ned\s+från)"
    r"\s+(?:(?:tidigare|budget|budgeterade|budgeterat|planerade|beräknade|väntade)\s+)?"
    r"(?:(?:ca|cirka|drygt|knappt|nästan|nära)\s+)?[-–−]?",
    re.IGNORECASE,
)
WHEN: Final = re.compile(
    r"\s*(?:[.;)]|$|\s(?:(?:ett|två)\s+år\s+tidigare|året\s+(?:innan|före)|i\s+fjol|föregående\s+år|förra\s+\w+|samma\s+\w+|(?:år\s+)?(?:19|20)\d\d\b))"
)


def amounts(text: str, small: str, words: Lexicon, book: Rulebook) -> list[Amount]:
    """Every sum of money in ``text`` (``small`` is the same in small letters), left to right, never overlapping."""
    found = with_coins(text, numbers(text, small), words)
    if ": " in text:
        found = [number for number in found if not _is_label(text, number)]
    units = [words.unit(text, number.end) or _unit_outside(text, number, words) for number in found]
    plain: list[Amount | None] = []
    done = 0
    for number, unit in zip(found, units, strict=True):
        amount = read_single(text, number, unit, words, book) if number.start >= done else None  # "750 tusen kronor"
        done = amount.end if amount else done
        plain.append(amount)
    if not any(plain):
        return []
    if len(plain) > 1:
        join_decimals(text, found, plain)
        _share_currency(text, plain)
        join_parts(text, found, units, plain)
        join_ranges(text, found, units, plain)
        _fill_members(text, found, units, plain, words)
        join_spelled_out(text, plain)
        _fill_compared(text, found, units, plain)
        _fill_repeats(text, found, units, plain, book)
        fill_ellipses(text, found, units, plain)
    return [amount for amount in plain if amount is not None]


def _is_label(text: str, number: Number) -> bool:
    """Whether a year says only when the number behind it was so: ``66 (2017: 139) MSEK``."""
    return text[number.start - 1 : number.start] == "(" and is_year(number) and bool(YEAR_LABEL.match(text, number.end))


def _unit_outside(text: str, number: Number, words: Lexicon) -> Unit | None:
    """``160,5 (158,4) miljarder``: the unit stands after the bracket that encloses the second number only.

    It may also enclose the number in words, ``1 500 000 (en miljon femhundratusen) kronor``.
    """
    if (spelled := SPELLED_OUT.match(text, number.end)) and number.form != WORDS:
        said = numbers(spelled["said"], spelled["said"])
        return words.unit(text, spelled.end()) if said else None
    if text[number.end : number.end + 1] != ")" or not OPENED.search(text, max(0, number.start - 12), number.start):
        return None
    return words.unit(text, number.end + 1)


def _share_currency(text: str, plain: list[Amount | None]) -> None:
    """A magnitude without currency takes the foreign one of a neighbour in its sentence."""
    for index, amount in enumerate(plain):
        if amount is None or amount.named:
            continue
        if re.search(r"\b[A-Z]{3}\s?$", text[max(0, amount.start - 5) : amount.start]):
            continue
        later = next((other for other in plain[index + 1 : index + 3] if other), None)
        if later and later.named and re.fullmatch(r"[^.;:\n]{0,25}", text[amount.end : later.start]):
            plain[index] = amount._replace(currency=later.currency, reasons=_taken(amount, later))
            continue
        earlier = next((other for other in reversed(plain[max(0, index - 3) : index]) if other), None)
        if earlier and earlier.currency != "SEK" and not re.search(r"[.;:\n]\s", text[earlier.end : amount.start]):
            plain[index] = amount._replace(currency=earlier.currency, reasons=_taken(amount, earlier))


def _taken(amount: Amount, other: Amount) -> tuple[Reason, ...]:
    kept = tuple(reason for reason in amount.reasons if reason.column != "currency")
    return kept + tuple(reason for reason in other.reasons if reason.column == "currency")


def _fill_members(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None], words: Lexicon
) -> None:
    """A bare number that shares the unit of a later one: ``100 respektive 150 miljoner kronor``, ``12 (15) mnkr``."""
    for index in range(len(plain) - 2, -1, -1):
        later, number = plain[index + 1], found[index]
        if units[index] is not None or later is None:
            continue
        if (bare := plain[index]) and not _is_magnified(text, bare, later):
            continue
        if later.start != found[index + 1].start or not _shares_unit(text, number, found[index + 1], later):
            continue
        if units[index + 1] and LAST.fullmatch(text, number.end, later.start):
            continue
        scale = lower_scale(number, found[index + 1], later)
        value = number.value * scale
        plain[index] = later._replace(start=number.start, end=number.end, low=value, high=value, scale=scale)


def _is_magnified(text: str, bare: Amount, later: Amount) -> bool:
    """Whether the magnitude of a sum after its currency stands behind a bracket: ``SEK 1,6 (-1,4) miljarder``."""
    return later.scale > 1 and BRACKET.fullmatch(text, bare.end, later.start) is not None


def _fill_compared(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None]
) -> None:
    """A bare number after a sum is what it was before, in its unit: ``61 MSEK (62)``, ``61 MSEK, mot 62 i fjol``."""
    for index, amount in enumerate(plain[:-1]):
        number = found[index + 1]
        if amount is None or plain[index + 1] or units[index + 1] or amount.low != amount.high:
            continue
        if not amount.named and amount.scale < MILLION:
            continue
        gap = text[amount.end : number.start]
        bracket = text[number.end : number.end + 1] == ")" and FORMER.fullmatch(gap)
        level = LEVEL_BEFORE.fullmatch(gap) and WHEN.match(text, number.end)
        if (bracket or level) and _compares(text, amount, number):
            value = number.value * amount.scale
            plain[index + 1] = amount._replace(start=number.start, end=number.end, low=value, high=value)


def _compares(text: str, amount: Amount, number: Number) -> bool:
    """Whether a number in brackets may be a sum: not a year, a note's figure, or one of quite another size."""
    written = text[number.start : number.end]
    if number.form == WORDS or is_year(number) or NOUGHT_FIRST.match(written):
        return False
    labelled = text[number.start - 1] == " " and text[number.start - 2].isalpha()  # "(tidigare 9)"
    noted = len(written) == 1 and not labelled and not any(reason.rule in IN_REPORTS for reason in amount.reasons)
    value = number.value * amount.scale
    alike = value < 100 * amount.low and amount.low < 100 * value
    return not noted and (alike or 0 in (value, amount.low))


def _shares_unit(text: str, number: Number, later: Number, amount: Amount) -> bool:
    gap = text[number.end : later.start]
    left = text[max(0, number.start - 40) : number.start]
    if BRACKET.fullmatch(gap):
        return not is_year(number)
    if text[number.start : number.end] == "000":  # "från 100  000 till": the rest of a number with too wide a gap
        return False
    joint = JOINT.fullmatch(gap)
    if joint is None or left[-1:].isalpha() or left.endswith(("-", "/", ":", "§ ")):
        return False
    if is_year(number) and not (amount.scale == 1 and later.groups == 1 and FROM.search(left)):
        return False
    if number.form == WORDS and number.value <= 1 and amount.scale == 1:  # "en och 5 kronor"
        return False
    word, between = joint["word"].lower(), HEDGED.sub("", joint["between"].strip())
    if word == "till":
        return bool(FROM.search(left)) or not between and number.value < later.value
    if word in {"à", "á"}:  # no range, so how many at what price
        return False
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
        gap = text[earlier.end : number.start] if number.start - earlier.end <= NEAR else "\n"
        if re.search(r"[.!?]\s+[A-ZÅÄÖ]|\n", gap):
            continue
        if not re.search(r"(?:\boch|\brespektive|\beller|\btill|\bsamt|\bvarav|,|\bmot|\()\s+(?:\w+\s+)?$", gap):
            continue
        unit = Unit(number.end, MILLION, "", (Reason("low", "", 0, 0),))
        if number.value >= 10_000 and (reason := understood_as_money(text, number, unit, book)):
            reasons = (*_reasons(earlier), reason)
            plain[index] = Amount(number.start, number.end, number.value, number.value, earlier.currency, reasons)


def _reasons(amount: Amount) -> tuple[Reason, ...]:
    return tuple(reason for reason in amount.reasons if reason.column == "low")
