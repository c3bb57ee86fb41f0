"""Tells by the words beside a sum what it counts for: a person, an item, a day, a month, a year; a fee, a wage."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from belopp.find.single import Amount
from belopp.find.stretch import Stretch
from belopp.grammar import HEDGE
from belopp.rulebook import Cue, Cues

BESIDE: Final = ("per.month", "per.day", "per.person", "per.item", "per.year")
WAGES: Final = ("per.wage.day", "per.wage.month", "per.wage.year")
NEAR: Final = 45  # characters behind a sum in which its unit may stand
BREAK: Final = re.compile(r"[.,;:(–]|\b(?:och|ska|som)\b")  # another clause is told of
NO_ITEM: Final = re.compile(r"per\s+(?:den|\d|automatik|definition|post|brev|telefon|e-post)\b", re.IGNORECASE)
SLASH: Final = re.compile(r"\s?/\s?(?!(?:och|eller)\b)([^\W\d_]\w*)")
# "ersättningen per operation är 900 kronor", "stödet per hus höjs från 900 kronor"
SO_MUCH: Final = re.compile(
    rf"(?:\s\w+){{0,2}}\s(?:är|blir|höjs|sänks|ökas|ökar|ökade|uppgår|uppgick|kostar)(?:\s+(?:till|från|med|därmed|{HEDGE}))*\s+"
)
# "varje start ger", "Varje stipendium är på", "varje invånare skänkte"
OF_EVERY: Final = re.compile(
    rf"(?:\s\w+){{0,2}}\s(?:är|blir|kostar|kostade|ger|gav|får|fick|betalar|betalade|bidrar|skänkte|lägger)(?:\s(?:på|med|{HEDGE}))*\s"
)
LABEL: Final = re.compile(r"(?:\s[^\W\d]+){0,5}:?\s+")
NO_FEE: Final = re.compile(
    r";|:\s|,\s(?:som(?!\shöj)|vilket|dvs|om|dock|varav)\b|(?:över|under)stig|belopp|subvention|bidrag|skatte|rabatt|gräns|ersättning|nedsätt|\boch\s\w+\sskyld",
    re.IGNORECASE,
)
NO_FEE_WORD: Final = re.compile(
    r"(?:sanktions|störnings|arbetsgivar|egen|löne|social|straff|överlast|medlems)avgift", re.IGNORECASE
)
NO_FEE_NEAR: Final = 300  # "en sanktionsavgift ska betalas. Avgiften ska uppgå till …"
# "(ca 22 000 kronor)" explains
EXPLAINS: Final = re.compile(r"\((?:ca|cirka|för närvarande)?\s*$")
# "återbetalning av avgift"
GIVEN_BACK: Final = re.compile(r"\b(?:av|utan|som|i|mot)\s$")
# "en månadsinkomst på 900 kronor", "dagpenningen ska höjas från 900 kronor"
OF_WAGE: Final = re.compile(
    # "för fjärrvärme i villa höjs från"
    r"\)?(?:\s(?:för|i|till|hos)\s[^.,;:\d]{2,60}?(?=\s(?:är|blir|uppgår|(?:höj|sänk|ök)a?[sr])\s))?"
    r"(?:\s(?:ska|skall|bör|föreslås))?"
    r"(?:\s(?:är|blir|motsvarar|uppgår|(?:höj|sänk|ök)a?[sr]|går(?:\s(?:upp|ner|ned))?))?"
    r"(?:\s(?:på|om|från|till|med|av|över|under|cirka|ca))*\s"
)
END: Final = re.compile(r"\s*(?:[.,;)]|$)")
# Who is no person: "Skolverket och Boverket får 50 000 kronor vardera".
BODIES: Final = re.compile(
    r"(?:verket|myndighet|länsstyrelse|universitet|högskol|kommun|region|museer|förening|förbund|organisation|stiftelse"
    r"|institut|företag|lärosäten|skolor)(?:en|et|er|erna|ar|arna|or|orna|na|n)?\b",
    re.IGNORECASE,
)
# What is no person: "17 forskningsprojekt, som tilldelas 900 kronor vardera"
THINGS: Final = re.compile(
    r"(?:projekt|stipendi|pris(?!et)|insats|anläggning|byggnad|bostäder|lägenhet|klasser|platser|fordon|studi|tjänster)(?:en|er|erna|et|n|or|um)?\b"
)
NEAR_THING: Final = 60  # characters
NEAR_BODY: Final = 30  # characters
RATE_LIMIT: Final = Decimal(100_000)


def is_rate(amount: Amount) -> bool:
    """Whether a sum is small enough to be what one of something costs or gets."""
    return amount.scale <= 1 and amount.high <= RATE_LIMIT


def beside(stretch: Stretch, words: Cues) -> Cue | None:
    """The cue right after the sum, with a few words between at most: ``900 kronor mer per år``."""
    start, end = stretch.right
    if slash := SLASH.match(stretch.small, start, end):  # "500 kr/månad" reads as "500 kr per månad"
        cue = words.first(f"per {slash[1]}")
        return Cue(cue.rule, slash.start(), slash.end()) if cue else None
    for cue in words.find(stretch.small, start, min(end, start + NEAR)):
        gap = stretch.text[start : cue.start]
        if BREAK.search(gap) or len(gap.split()) > (2 if cue.rule.id == "per.item" else 3):
            return None
        if NO_ITEM.match(stretch.text, cue.start):
            return None
        if cue.rule.id == "per.person" and stretch.amount.scale > 1 and stretch.text[cue.start] in "fF":
            return None  # "5 miljoner kronor för personer med demens"
        if cue.rule.id == "per.year" and BREAK.match(stretch.text, cue.start):
            return None  # "5 miljoner kronor för 2026 och framåt": of a year
        return cue
    return None


def thing_before(stretch: Stretch, words: Cues) -> Cue | None:
    """What the sum is for, named before its verb: ``ersättningen per operation är 900 kronor``."""
    start, end = stretch.left
    cue = words.last(stretch.small, max(start, end - 80), end) if is_rate(stretch.amount) else None
    if cue is None:
        return None
    labelled = cue.start == stretch.sentence[0] and LABEL.fullmatch(stretch.small, cue.end, end)  # "Per person: 900 kr"
    return cue if labelled or SO_MUCH.fullmatch(stretch.small, cue.end, end) else None


def of_every(stretch: Stretch, words: Cues) -> Cue | None:
    """``Varje start ger 8 000 kronor``: what one of those that the clause opens with costs, gives or gets."""
    start, end = stretch.left
    cue = words.last(stretch.small, max(start, end - 70), end) if is_rate(stretch.amount) else None
    return cue if cue and OF_EVERY.fullmatch(stretch.small, cue.end, end) else None


def each(stretch: Stretch, words: Cues) -> Cue | None:
    """``De tillerkänns 900 kronor vardera``: so small a sum goes to persons."""
    cue = _right_after(stretch, words)
    if cue is None:
        return None
    end, (first, last) = stretch.right[1], stretch.left
    if BODIES.search(stretch.text, max(first, last - NEAR_BODY), last) or BODIES.search(stretch.text, cue.end, end):
        return None
    was = stretch.small[cue.start : cue.end] == "var"  # "avgiften på 900 kronor var för hög"
    return None if was and not END.match(stretch.text, cue.end) else cue


def each_thing(stretch: Stretch, words: Cues) -> Cue | None:
    """``två stipendier om 60 000 kronor vardera``: so much each of several things named before it gets."""
    cue = _right_after(stretch, words)
    first, last = stretch.left
    return cue if cue and THINGS.search(stretch.small, max(first, last - NEAR_THING), last) else None


def _right_after(stretch: Stretch, words: Cues) -> Cue | None:
    """The word right after a sum that is small enough for a rate: ``900 kronor vardera``."""
    start, end = stretch.right
    cue = words.first(stretch.small, start, min(end, start + 10)) if is_rate(stretch.amount) else None
    return cue if cue and cue.start == start + 1 else None


def at_each(stretch: Stretch, words: Cues) -> Cue | None:
    """The word right before what each of several things is worth: ``två stipendier à 5 000 kronor``."""
    start, end = stretch.left
    cue = words.last(stretch.small, max(start, end - 3), end)
    return cue if cue and stretch.small[cue.end : end].isspace() else None


def wage(stretch: Stretch, words: Cues) -> Cue | None:
    """A word that has the unit inside it right before the sum: ``en månadsinkomst på 900 kronor``."""
    start, end = stretch.left
    cue = words.last(stretch.small, max(start, end - 60), end)
    return cue if cue and OF_WAGE.fullmatch(stretch.small, cue.end, end) else None


def fee(stretch: Stretch, words: Cues) -> Cue | None:
    """A fee or price earlier in the sentence, of a sum small enough to be one."""
    start, end = stretch.sentence[0], stretch.amount.start
    if not is_rate(stretch.amount) or EXPLAINS.search(stretch.text, start, end):
        return None
    cue = words.last(stretch.small, max(start, end - 250), end)
    told = cue and NO_FEE_WORD.search(stretch.text, max(0, cue.start - NO_FEE_NEAR), cue.end)
    if cue is None or told or NO_FEE.search(stretch.text[cue.end : end]):
        return None
    return None if GIVEN_BACK.search(stretch.text, max(0, cue.start - 5), cue.start) else cue
