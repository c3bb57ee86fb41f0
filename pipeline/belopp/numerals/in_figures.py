"""Numbers in figures: where they stand, mended where a space is misplaced, and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.numerals.number import FIGURES, LONGEST, Number
from belopp.sizes import SIZE

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

_GROUPED: Final = re.compile(r"\d{1,3}(?: {1,3}\d{3})*")
_GROUPS: Final = re.compile(r"\d{3}(?: {1,3}\d{3})*")
# What makes a label of the figures behind it: "E4 300 miljoner", "covid-19 300 kr"; "SEK12 300" has none
_LABEL: Final = re.compile(
    r"(?<![^\W_])(?:[A-ZÅÄÖ]|[^\W\d_]+-|(?i:anslagspost|bilaga|figur|linje|not|nr|tabell|UO|utgiftsområde|väg)[ ])$"
)
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d[-–]$")  # "2024-26 300 tkr"
# One group of three digits behind a full stop or a comma.
_EITHER: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?![\d]|[.,]\d)")


def numbers_in_figures(text: str) -> list[Number]:
    """The numbers that a text writes in figures, left to right."""
    found: list[Number] = []
    for run in _FIGURES.finditer(text):
        number = _read(run)
        if number is None:
            continue
        if number.groups > 1 and _is_labelled(text, run):
            label = run[0].partition(" ")[0]
            found.append(Number(number.start, number.start + len(label), Decimal(label), FIGURES))
            number = _rest(text, number, number.start + len(label) + 1)
            if number is not None:
                found.append(number)
        elif found and number.start - found[-1].end <= _WIDE and (mended := _mend(text, found[-1], number)):
            found[-1] = mended
            while len(found) > 1 and (mended := _mend_wide(text, found[-2], found[-1], spaced=True)):  # "2  500  000"
                found[-2:] = [mended]
        elif number.value or not text.startswith("00", number.start):  # "000" is the end of a number that was torn
            found.append(number)
    return _with_fractions(text, found) if "/" in text else found


def _with_fractions(text: str, found: list[Number]) -> list[Number]:
    """The numbers of a text, ``2 1/2`` before a magnitude as one; elsewhere a day or a reference may look so."""
    for run in _FRACTION.finditer(text):
        value = Decimal(run["whole"] or 0) + _PARTS[run["part"]]
        apart = [number for number in found if number.end <= run.start() or run.end() <= number.start]
        found = sorted((*apart, Number(*run.span(), value, FIGURES)))
    return found


def _is_labelled(text: str, run: re.Match[str]) -> bool:
    """Whether the first group of a number is part of what it is glued to: of a road, a form, a span of years."""
    start, first = run.start(), run[0].find(" ")
    if not 0 < first < 3 or text[start - 1 : start] in ("", "\n", "("):
        return False
    left = max(0, start - 20)
    return bool(_LABEL.search(text, left, start) or first == 2 and _YEAR_BEFORE.search(text, left, start))


def _rest(text: str, number: Number, start: int) -> Number | None:
    """The number without its first group."""
    value = figures(text[start : number.end])
    return value if value is None else Number(start, number.end, value, FIGURES, number.groups - 1)


def _is_glued(text: str, start: int) -> bool:
    """Whether a number goes on from a letter, or by a hyphen from what is before it: ``F-3``, ``4-6``."""
    before = text[start - 1 : start]
    return before.isalpha() or (before in ("-", "–") and text[start - 2 : start - 1].isalnum())


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


def _mend(text: str, left: Number, right: Number) -> Number | None:
    """Two runs of figures that a misplaced space has split: ``44 7 500 000``, ``2 000 0000``."""
    if right.start - left.end != 1:
        return _mend_wide(text, left, right)
    if left.form != FIGURES or right.form != FIGURES or text[left.end] != " ":
        return None
    first, second = text[left.start : left.end], text[right.start : right.end]
    head = re.match(r"\d+", second)
    if head is None or not first.replace(" ", "").isdigit() or _is_glued(text, left.start):
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
