"""Numbers in words: where they stand, and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.numerals.number import WORDS, Number

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
_WORTH: Final = {word: Decimal(worth) for word, worth in _SIMPLE.items()}

_ONE: Final = "|".join(_ONES)
_BELOW_100: Final = f"(?:(?:{'|'.join(_TENS)})(?:{_ONE})?|{'|'.join(_TEENS)}|{_ONE})"
# "femtonhundra" is 1,500
_BELOW_1000: Final = f"(?:(?:{_BELOW_100}[ ]?)?hundra(?:[ ]?{_BELOW_100})?|{_BELOW_100})"
# In "ettusen" one t of three is left out.
_WHOLE: Final = f"(?:(?:{_BELOW_1000}[ ]?|et)?tusen(?:[ ]?{_BELOW_1000})?|{_BELOW_1000})"
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


def numbers_in_words(small: str) -> list[Number]:
    return [
        Number(start - 1, end - 1, words(found["words"]), WORDS)
        for found in _WORDS.finditer(" " + small)
        for start, end in (found.span("words"),)
    ]


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
        return Decimal(1000 * (_below_1000("ett" if over == "et" else over) or 1) + _below_1000(rest))
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
