"""Bare numbers that share the unit of a sum in the clause beside theirs: ``100 miljoner kronor och staten för 284``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from belopp.find.lexicon import Unit
from belopp.find.single import MILLION, NEAR, Amount
from belopp.numerals import WORDS, Number, is_year

# Of two sums told of in one breath neither is so many times the other.
ALIKE: Final = 50
FULL: Final = 10_000  # a number of this size and groups of digits is in full: "1,2 miljoner kr för N, 735 000 för N"

_HEDGE: Final = (
    r"(?:(?:som\s+)?(?:högst|mest|lägst|minst|maximalt|ca|cirka|omkring|drygt|knappt|nästan|nära|uppemot)\s+)?"
)
_YEAR: Final = r"(?:19|20)\d\d"
_AND: Final = r"(?:,|,?\s(?:och|samt|medan|men))"
_COUNTED: Final = (
    r"antal|anställ|bostäd|bostad|därför|därmed|elev|invånar|lägenhet|lärar|medarbet|medlem|passagerar|personal|person|plats"
    r"|polis|procent|tjänst|tur(?:er|erna)\b|vårdplats|ålder"
)
_WORD: Final = rf"(?!{_COUNTED})[^\W\d_][\w-]*\s"
_NAMED: Final = rf"(?:{_WORD}){{1,5}}?"  # whose the second sum is: "staten", "Läxbyns kommun"
# A name or a noun in the definite form, whose verb is left out as well, or "det blev"; no label ("etapp 2").
_OWNER: Final = (
    r"(?:(?!(?:den|denna|det|klockan|sidan|linjen|gärna|innan|redan|sedan|utan|även|punkten|artikeln|paragrafen)\s)"
    r"[a-zåäö]{2,}(?:en|an|et|na)|[A-ZÅÄÖ][\w-]+|till|mot|blev|blir|är|var|sammanlagt|totalt)\s"
)

ALONE: Final = re.compile(r"[.,;)]*$|\s*[,;)]\s|\.\s|\s(?:och|samt|medan|men)\s")
BROKEN: Final = re.compile(r"[;:\n()]|[.!?]\s")
# "300 miljoner kronor, varav cirka 60 för läxhjälp"; of "till bussar, varav 60" it is the buses that are counted
OF_WHICH: Final = re.compile(
    rf"(?:\s(?:per\sår|om\såret|årligen|i\sår|totalt|{_YEAR}))?,?\s\(?(?:varav|därav|av\s(?:vilka|dem|dessa))\s{_HEDGE}"
)
PARTED: Final = re.compile(
    r"\s(?:(?:går|gick|läggs|används|fördelas|betalas|kommer)\s(?:ut\s)?)?(?:till|för|från|åt)\s|\savser\s"
)
# "Av 300 miljoner kronor går 200 till skolor", "Av 150 miljoner kronor bidrar Läxfonden med 50"
OUT_OF: Final = re.compile(r"\b[Aa]v\s(?:(?:de|dessa|totalt|sammanlagt|summan)\s)?$")
TAKEN: Final = re.compile(
    r"\s(?:går|gick|ska|avsätts|läggs|används|fördelas|kommer|avser|betalas|betalar|bidrar|står|svarar)\s"
    rf"(?:{_WORD}){{0,4}}?{_HEDGE}$"
)
# "5 miljoner kronor till skolan och 3 till vården"
TOWARDS: Final = re.compile(r"\s(till|för|från|åt)\s")
LISTED: Final = re.compile(rf"{_AND}\s{_HEDGE}$")
# "står för 100 miljoner kronor och staten för 284"
LED: Final = re.compile(rf"\b(för|med|till)\s{_HEDGE}$")
LED_TOO: Final = re.compile(rf"{_AND}\s{_NAMED}(för|med|till)\s{_HEDGE}$")
LED_ON: Final = re.compile(rf"{_AND}\s{_NAMED}(för|med|till)\s{_HEDGE}")
# "100 miljoner kronor, följt av Läxbyn med 50"
FOLLOWED: Final = re.compile(rf"[\s,]följ(?:t|d|da)\sav\s(?:{_WORD}){{1,6}}?med\s{_HEDGE}$")
# "500 miljoner kronor 2024 och 600 2025", "280 miljoner kronor år 1, 190 år 2"
_WHEN: Final = rf"\s(?:år\s\d|(?:(?:år|under)\s)?{_YEAR}|i\sår|i\sfjol|nästa\sår|förra\såret)"
DATED: Final = re.compile(rf"{_WHEN}{_AND}\s{_HEDGE}$")
DATE: Final = re.compile(rf"{_WHEN}\b")
# "För 2024 begärs 10,6 och för 2025 11,2 miljarder kronor"
DATED_BEFORE: Final = re.compile(rf"{_YEAR}\s(?:[^\W\d_]+\s){{0,3}}$")
DATED_ON: Final = re.compile(rf"{_AND}\s(?:(?:för|under|år)\s)?{_YEAR}\s{_HEDGE}")
# "tilldelas 85 000 kronor per år och Läxklubben 50 000", "ettan får 15 000 och tvåan 10 000 kronor"
GAPPED: Final = re.compile(rf"{_AND}\s(?:{_WORD}){{0,4}}?{_OWNER}{_HEDGE}$")
# "Skolan får 30 miljoner kronor, vården 20 och omsorgen 10"
NEXT: Final = re.compile(rf"{_AND}\s(?:{_WORD}){{0,2}}?{_OWNER}{_HEDGE}")
# "det är 20,1 mot tidigare 18,2 miljarder kronor"
AGAINST: Final = re.compile(
    rf"(?:\s[–-])?\smot\s(?:tidigare|förut|förra\sårets|fjolårets|budgeterade|budgeterat|planerade|beräknade)\s{_HEDGE}"
)
# "ökade från 1,5 mkr till 2,1", "ökar till 150 från 120 miljarder"
OUT_FROM: Final = re.compile(rf"\bfrån\s{_HEDGE}$")
UP_TO: Final = re.compile(rf"\still\s{_HEDGE}")
INTO: Final = re.compile(rf"\btill\s{_HEDGE}$")
UP_FROM: Final = re.compile(rf"\sfrån\s{_HEDGE}")
# "1,5 av 3 miljoner kronor"
SHARE: Final = re.compile(r"\sav\s(?:(?:de|totalt|sökta|begärda|äskade)\s)?")
# "800 miljoner, inte 600"
INSTEAD: Final = re.compile(rf",?\s(?:inte|ej|i\sstället\sför|snarare\sän)\s{_HEDGE}")
# "lägst 10 000 och högst 20 miljoner kronor"
LEAST: Final = re.compile(r"\b(?:lägst|minst)\s$")
MOST: Final = re.compile(r"\soch\s(?:högst|som\smest|maximalt)\s")


def fill_ellipses(text: str, found: Sequence[Number], units: Sequence[Unit | None], plain: list[Amount | None]) -> None:
    """Give numbers without a unit of their own that of the sum before them, else of the one after."""
    counted = [number.form != WORDS and not _is_of_year(text, number) for number in found]
    bare = [index for index, counts in enumerate(counted) if counts and plain[index] is None and units[index] is None]
    for index in bare:
        before = _beside(counted, plain, range(index - 1, -1, -1))
        if before and _goes_on(text, before, found[index]):
            plain[index] = _filled(found[index], before)
    for index in reversed(bare):
        after = None if plain[index] else _beside(counted, plain, range(index + 1, len(found)))
        if after and _leads_on(text, found[index], after):
            plain[index] = _filled(found[index], after)


def _is_of_year(text: str, number: Number) -> bool:
    return is_year(number) or text.endswith(" år ", 0, number.start)


def _beside(counted: Sequence[bool], plain: Sequence[Amount | None], places: range) -> Amount | None:
    """The sum beside a number: but for years and words (``en``) nothing is counted between them."""
    for place in places:
        if plain[place] or counted[place]:
            return plain[place]
    return None


def _filled(number: Number, amount: Amount) -> Amount:
    scale = _scale(number, amount)
    value = number.value * scale
    return amount._replace(start=number.start, end=number.end, low=value, high=value, scale=scale)


def _scale(number: Number, amount: Amount) -> Decimal:
    in_full = number.groups > 1 and number.value >= FULL and amount.scale >= MILLION
    return Decimal(1) if in_full else amount.scale


def _alike(number: Number, amount: Amount) -> bool:
    """Whether a number makes a sum of about the size of the one beside it."""
    value = number.value * _scale(number, amount)
    return amount.low < ALIKE * value and value < ALIKE * amount.high


def _goes_on(text: str, before: Amount, number: Number) -> bool:
    """Whether a number takes up the unit of the sum before it."""
    gap = text[before.end : number.start]
    if not gap or len(gap) > NEAR or BROKEN.search(gap) or not _alike(number, before):
        return False
    left, end = text[max(0, before.start - 40) : before.start], number.end
    if OF_WHICH.fullmatch(gap):
        return number.value * before.scale < before.high and PARTED.match(text, end) is not None
    if OUT_OF.search(left) and TAKEN.search(gap):
        parted = PARTED.match(text, end) or ALONE.match(text, end)
        return number.value * before.scale < before.high and parted is not None
    if LISTED.search(gap):
        here, there = TOWARDS.match(gap), TOWARDS.match(text, end)
        if here and there and here[1] == there[1]:
            return True
        return DATED.search(gap) is not None and DATE.match(text, end) is not None
    if not _is_written_alike(number, before) or not ALONE.match(text, end):
        return False
    first, second = LED.search(left), LED_TOO.search(gap)
    if first and second and first[1] == second[1] or FOLLOWED.search(gap) or NEXT.fullmatch(gap):
        return True
    if DATED_BEFORE.search(left) and DATED_ON.fullmatch(gap) or INSTEAD.fullmatch(gap) or _are_levels(left, gap):
        return True
    return before.scale == 1 and GAPPED.search(gap) is not None


def _are_levels(left: str, gap: str) -> bool:
    """Whether a number tells what a sum before it became, or what that was before."""
    rises = OUT_FROM.search(left) and UP_TO.fullmatch(gap)
    return bool(rises or INTO.search(left) and UP_FROM.fullmatch(gap))


def _leads_on(text: str, number: Number, after: Amount) -> bool:
    """Whether a number waits for the unit of the sum after it."""
    gap = text[number.end : after.start]
    left = text[max(0, number.start - 40) : number.start]
    if LEAST.search(left) and MOST.fullmatch(gap):
        return True
    if len(gap) > NEAR or BROKEN.search(gap) or not _alike(number, after) or not _is_written_alike(number, after):
        return False
    first, second = LED.search(left), LED_ON.fullmatch(gap)
    if first and second and first[1] == second[1] or AGAINST.fullmatch(gap):
        return True
    if DATED_BEFORE.search(left) and DATED_ON.fullmatch(gap) or INTO.search(left) and UP_FROM.fullmatch(gap):
        return True
    if SHARE.fullmatch(gap):
        return after.named and number.value * after.scale < after.low
    return after.scale == 1 and NEXT.fullmatch(gap) is not None


def _is_written_alike(number: Number, amount: Amount) -> bool:
    """Whether a number may be kronor: few things are counted by millions, or by thousands that stand in groups."""
    return amount.scale > 1 or number.groups > 1
