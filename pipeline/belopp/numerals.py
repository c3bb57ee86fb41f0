"""Swedish numbers, in figures and in words: where they stand in a text and what they are worth.

Nothing here knows about money; :mod:`belopp.find` puts a unit to the numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.composing import lowered
from belopp.sizes import SIZE

LONGEST: Final = 18
"""Digits before the decimal sign; a longer number is no sum of money."""

FIGURES: Final = "figures"
WORDS: Final = "words"

_ONES: Final = {
    "noll": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
}  # fmt: skip
_TEENS: Final = {
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "aderton": 18, "nitton": 19,
}  # fmt: skip
_TENS: Final = {
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "förtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80,
    "nittio": 90,
}  # fmt: skip
_SIMPLE: Final = _ONES | _TEENS | _TENS
_VULGAR: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_FRACTION: Final = re.compile(
    rf"(?<![\d/,.])(?:(?P<whole>\d{{1,3}}) )?(?P<part>1/2|1/4|3/4)(?=\s+(?:{SIZE})(?![^\W\d_]))"
)
_PARTS: Final = {"1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75")}
_GROUP: Final = re.compile(r"[ .'’]")
_WIDE: Final = 3
"""How many spaces may stand where one belongs, inside a number."""
_NO_DIGIT: Final = re.compile(r"\D")
_POINT: Final = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})|[\d ]+\.\d\d?")
_WORTH: Final = {word: Decimal(worth) for word, worth in _SIMPLE.items()}

_ONE: Final = "|".join(_ONES)
_BELOW_100: Final = f"(?:(?:{'|'.join(_TENS)})(?:{_ONE})?|{'|'.join(_TEENS)}|{_ONE})"
# "femtonhundra" is 1,500
_BELOW_1000: Final = f"(?:(?:{_BELOW_100}[ ]?)?hundra(?:[ ]?{_BELOW_100})?|{_BELOW_100})"
_WHOLE: Final = f"(?:(?:{_BELOW_1000}[ ]?)?tusen(?:[ ]?{_BELOW_1000})?|{_BELOW_1000})"

_FIGURES: Final = re.compile(
    r"""
    [\d½¼¾] (?<!\d\d) (?:                                          # a run of digits from its first
        (?<=\d) (?:
            \d{0,2} (?: [ .'’] \d{3} )+ (?!\d) (?: ,\d+ | \.\d\d?(?!\.?\d) )?  # 6 778   10.000   2 130,2   2 130.5
          | \d* (?: [.,] \d+ )*                                     # 384   4,5   2.5   1,145   39600
        ) [½¼¾]?
      | (?<=[½¼¾])
    )
    """,
    re.VERBOSE,
)
_HALVES: Final = ("halv", "kvarts", "dryg", "knapp", "god")
# The first four letters of all number words ("för" is none): what begins otherwise is passed over at once.
_HEADS: Final = sorted({word[:4] for word in (*_SIMPLE, *_HALVES, "hundra", "tusen")})
_HEAD: Final = "|".join(
    f"{first}(?:{'|'.join(head[1:] for head in _HEADS if head[0] == first)})"
    for first in dict.fromkeys(head[0] for head in _HEADS)
)
# In lower case, and behind what is no letter: of the text's first word too, for a space is put before it.
_WORDS: Final = re.compile(
    rf"""
    [^0-9_a-zªµºß-öø-ÿ] (?={_HEAD}) (?<!\w) (?P<words>           # what is no letter: Latin-1 alone is faster asked for
        {_WHOLE} \s+ och \s+ (?: en | ett ) \s+ halvt?              # två och en halv
      | (?: (?: en | ett ) \s+ )? (?: (?: dryg | knapp | god ) \s+ )? halvt?
      | halvannan | halvtannat
      | (?: en \s+ )? kvarts | tre \s? kvarts
      | en \s+ (?: dryg | knapp | god )                          # the adjective is a hedge: "en dryg miljard"
      | {_WHOLE}
    ) (?!\w)
    """,
    re.VERBOSE,
)


_GROUPED: Final = re.compile(r"\d{1,3}(?: {1,3}\d{3})*")
_GROUPS: Final = re.compile(r"\d{3}(?: {1,3}\d{3})*")
# One group of three digits behind a full stop or a comma.
_EITHER: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?![\d]|[.,]\d)")


class Number(NamedTuple):
    """A number in a text: its span, its worth, and whether it stands in figures or in words.

    ``groups`` counts the digit groups (1 for ``384``, 3 for ``284 000 000``).
    """

    start: int
    end: int
    value: Decimal
    form: str
    groups: int = 1


def numbers(text: str, small: str = "") -> list[Number]:
    """Every number in a text, left to right; figures split by a misprint come as one.

    ``small`` is the text in small letters, for whom has it already.

    >>> [str(n.value) for n in numbers("6 778 eller 4,5 eller två och en halv")]
    ['6778', '4.5', '2.5']
    >>> [str(n.value) for n in numbers("under 2024 130")]
    ['2024', '130']
    >>> [str(n.value) for n in numbers("44 7 500 000")]
    ['447500000']
    >>> [str(n.value) for n in numbers("3 000000 samt 2 och en halv eller 2 1/2 miljoner")]
    ['3000000', '2.5', '2.5']
    """
    found = numbers_in_figures(text)
    if said := _in_words(small or lowered(text)):
        found = _with_halves(text, sorted((*found, *said))) if found else said
    return found


def _with_halves(text: str, found: list[Number]) -> list[Number]:
    """Figures and a half in words, ``2 och en halv``, as the one number that they are."""
    joined: list[Number] = []
    for number in found:
        half = number.form == WORDS and number.value == _VULGAR["½"] and number.end - number.start > len("halv")
        first = joined[-1] if half and joined else None
        if first and first.form == FIGURES and first.value % 1 == 0 and text[first.end : number.start] == " och ":
            joined[-1] = first._replace(end=number.end, value=first.value + number.value)
        else:
            joined.append(number)
    return joined


def numbers_in_figures(text: str) -> list[Number]:
    """The numbers that a text writes in figures, left to right."""
    found: list[Number] = []
    for run in _FIGURES.finditer(text):
        number = _read(run)
        if number is None:
            continue
        if found and number.start - found[-1].end <= _WIDE and (mended := _mend(text, found[-1], number)):
            found[-1] = mended
            while len(found) > 1 and (mended := _mend_wide(text, found[-2], found[-1], spaced=True)):  # "2  500  000"
                found[-2:] = [mended]
        else:
            found.append(number)
    return _with_fractions(text, found) if "/" in text else found


def _with_fractions(text: str, found: list[Number]) -> list[Number]:
    """The numbers of a text, ``2 1/2`` before a magnitude as one; elsewhere a day or a reference may look so."""
    for run in _FRACTION.finditer(text):
        value = Decimal(run["whole"] or 0) + _PARTS[run["part"]]
        apart = [number for number in found if number.end <= run.start() or run.end() <= number.start]
        found = sorted((*apart, Number(*run.span(), value, FIGURES)))
    return found


def _read(run: re.Match[str]) -> Number | None:
    start, end = run.span()
    written = run[0]
    if end - start <= LONGEST and written.isdecimal():
        return Number(start, end, Decimal(written), FIGURES)
    part = _VULGAR.get(written[-1])
    value = figures(written if part is None else written[:-1] or "0")
    if value is None:
        return None
    groups = len(_GROUP.split(written.partition(",")[0]))
    return Number(start, end, value + (part or Decimal(0)), FIGURES, groups)


def _in_words(small: str) -> list[Number]:
    return [
        Number(start - 1, end - 1, words(found["words"]), WORDS)
        for found in _WORDS.finditer(" " + small)
        for start, end in (found.span("words"),)
    ]


def figures(written: str) -> Decimal | None:
    """The worth of a number in figures, or ``None`` when it is too long to be one.

    A full stop before three digits groups thousands, before fewer it is a decimal sign; a comma is a
    decimal sign unless it comes twice.

    >>> [str(figures(x)) for x in ("6 778", "10.000", "2.5", "1,145", "1,200,000", "2.027 238", "2 130,2", "2 130.5")]
    ['6778', '10000', '2.5', '1.145', '1200000', '2027238', '2130.2', '2130.5']
    """
    if len(written) > 3 * LONGEST:
        return None
    if written.count(",") > 1:
        written = written.replace(",", "")
    whole, _, part = written.partition(",")
    if not part and _POINT.fullmatch(whole):
        whole, _, part = whole.partition(".")
    whole = _NO_DIGIT.sub("", whole)
    if len(whole) > LONGEST or not part.isdigit() and part:
        return None
    return Decimal(f"{whole}.{part}" if part else whole)


def words(written: str) -> Decimal:
    """The worth of a number in words, halves included.

    >>> [str(words(x)) for x in ("niohundranittionio", "en halv", "Två och en halv", "halvannan", "en kvarts")]
    ['999', '0.5', '2.5', '1.5', '0.25']
    """
    if simple := _WORTH.get(written):
        return simple
    text = " ".join(written.lower().split())
    whole, joint, _ = text.partition(" och e")
    if joint and "halv" in text:
        return _whole(whole) + Decimal("0.5")
    if text in {"halvannan", "halvtannat"}:
        return Decimal("1.5")
    if "kvarts" in text:
        return Decimal("0.75") if text.startswith("tre") else Decimal("0.25")
    if "halv" in text:
        return Decimal("0.5")
    return _whole(re.sub(r" (?:dryg|knapp|god)$", "", text))


def _whole(text: str) -> Decimal:
    text = text.replace(" ", "")
    over, thousand, rest = text.partition("tusen")
    if thousand:
        return Decimal(1000 * (_below_1000(over) or 1) + _below_1000(rest))
    return Decimal(_below_1000(text))


def _below_1000(text: str) -> int:
    over, hundred, rest = text.partition("hundra")
    if hundred:
        return 100 * (_below_100(over) or 1) + _below_100(rest)
    return _below_100(text)


def _below_100(text: str) -> int:
    if not text:
        return 0
    if text in _SIMPLE:
        return _SIMPLE[text]
    tens = next(word for word in _TENS if text.startswith(word))
    return _TENS[tens] + _ONES[text[len(tens) :]]


def _mend(text: str, left: Number, right: Number) -> Number | None:
    """Two runs of figures that a misplaced space has split: ``44 7 500 000``, ``2 000 0000``."""
    if right.start - left.end != 1:
        return _mend_wide(text, left, right)
    if left.form != FIGURES or right.form != FIGURES or text[left.end] != " ":
        return None
    first, second = text[left.start : left.end], text[right.start : right.end]
    head = re.match(r"\d+", second)
    if head is None or not first.replace(" ", "").isdigit():
        return None
    # "44 7 500 000" is 447 500 000, "3 1 500 000" is 31 500 000
    split_group = right.groups > 1 and left.groups == 1 and len(first) <= 2 and len(first) + len(head[0]) in (2, 3)
    if split_group:
        value = figures(first + second)
        return value if value is None else Number(left.start, right.end, value, FIGURES, right.groups)
    if len(first.split()[-1]) <= 3 and re.fullmatch(r"\d{3}000", second):  # a space left out: "3 000000"
        value = figures(first + second)
        return value if value is None else Number(left.start, right.end, value, FIGURES, left.groups + 2)
    if left.groups > 1 and second == "0000":  # one nought too many: "2 000 0000"
        return Number(left.start, right.end, left.value * 1000, FIGURES, left.groups + 1)
    if len(first) <= 3 and left.groups == 1 and re.fullmatch(r"00", second):  # one nought too few: "25 00"
        return Number(left.start, right.end, left.value * 1000, FIGURES, 2)
    return None


def _mend_wide(text: str, left: Number, right: Number, *, spaced: bool = False) -> Number | None:
    """More than one space before the noughts of a number: ``100  000``; no number of its own is written ``000``.

    Two numbers that stand apart are in two columns, unless the second is ``spaced`` as widely in itself.
    """
    gap, first, second = text[left.end : right.start], text[left.start : left.end], text[right.start : right.end]
    noughts = second.startswith("000") or (spaced and second[3:5] == "  ")
    if not 1 < len(gap) <= _WIDE or gap.strip(" ") or not noughts:
        return None
    if not _GROUPED.fullmatch(first) or not _GROUPS.fullmatch(second):
        return None
    value = figures(first + second)
    return value if value is None else Number(left.start, right.end, value, FIGURES, left.groups + right.groups)


def plain(value: Decimal) -> Decimal:
    """The same value, written without exponent or trailing noughts.

    >>> plain(Decimal("4.50")), plain(Decimal("1E+2"))
    (Decimal('4.5'), Decimal('100'))
    """
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == value else value.normalize()


def is_ambiguous(written: str, *worths: Decimal) -> bool:
    """Whether what is written holds thousands that may be meant as decimals: ``2.500 kronor``, ``$2,000``.

    A full stop before three digits always may; a comma that was read as a decimal sign, as is the rule, does not,
    which the ``worths`` tell.

    >>> is_ambiguous("2.500 kronor", Decimal(2500)), is_ambiguous("1,145 mdkr", Decimal(1145000000))
    (True, False)
    >>> is_ambiguous("10.000.000 kronor", Decimal("10000000")), is_ambiguous("2 500 kronor", Decimal("2500"))
    (False, False)
    """
    found = _EITHER.finditer(written)
    return any(each["mark"] == "." or Decimal(each[0].replace(",", "")) in worths for each in found)


def is_year(number: Number) -> bool:
    """Whether the number may be a calendar year: four figures, ungrouped, from 1900 to 2099."""
    return number.form == FIGURES and number.groups == 1 and number.value in _YEARS


_YEARS: Final = frozenset(Decimal(year) for year in range(1900, 2100))
