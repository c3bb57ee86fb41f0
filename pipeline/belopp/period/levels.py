"""Tells the level that was from the one that is reached: "från 9 till 12", "i dagsläget 4 miljoner"."""

from __future__ import annotations

import re
from typing import Final

from belopp.grammar import HEDGE
from belopp.levels import FROM_LEVEL
from belopp.period.tense import first_tense
from belopp.rulebook import Rulebook
from belopp.sentences import Place

ABREAST: Final = 4  # so many sums at most stand side by side
# NOW, TODAY, WHAT_WAS and CHANGES are tried on the text in small letters.

# "tidigare 3 miljoner", "den tidigare grundnivån på drygt 3 miljoner"; not "den tidigare aviserade satsningen på 3"
AFTER_OLD: Final = re.compile(
    r"\s+(?:(?:(?!till\b|att\b)\w+\s+){0,2}|(?:(?!\w+(?:ade|da|ta)\b)\w+\s+)?\w+\s+(?:på|om)\s+(?:\w+\s+)?)"
)
# "uppgår i dagsläget till 4 miljoner", "de sedan tidigare permanenta medlen om 300 miljoner"
NOW: Final = re.compile(
    r"""\b(?:i\s+dagsläget|för\s+närvarande|i\s+dag|idag)\s+(?:till|på|är|kostar|betalar|betalas|ligger)\s+(?:[^\W\d]+\s+){0,4}$
      | \b(?:mot|än|som)\s+(?:i\s+dag|idag)\s+(?:[^\W\d]+\s+){0,2}$
      | \bsedan\s+tidigare\s+(?:\w+\s+){1,3}(?:på|om)\s+$""",
    re.VERBOSE,
)
# "Det ska jämföras med dagens tak på 4 miljoner och ett golv på …": of today, as far as no year or new clause comes
TODAY: Final = re.compile(
    r"\bjämföras\s+med\s+(?:dagens|nuvarande|gällande)\b(?:(?!,\s|;|\b(?:19|20)\d\d\b|\b(?:och|men)\s+\w+s\b)[\w\W])*$"
)
# "en ökning från föregående år då stödet låg på 14", "jämfört med den tidigare strategin, som uppgick till 100",
# "från 14"; not "en ökning från och med 2026 med 5", "en ökning jämfört med 2025 med 5"
WHAT_WAS: Final = re.compile(
    r"""\b\w*(?:ökning|höjning)\s+(?:från|jämfört\s+med)\b(?!\s+och\s+med\b)
    (?:[^.;]*\b(?:då|när|som)\b[^.;]* | \s+(?:(?!med\b)[^\W\d]+\s+){0,2})$""",
    re.VERBOSE,
)
SAID_NOW: Final = ("dag", "närvarande", "tidigare")  # one of them stands in all that NOW finds
JUST_FROM: Final = re.compile(rf"\bfrån\s+(?:{HEDGE}\s+)?$")
UP_TO: Final = re.compile(r"\W*till\s")
# "från lägst 1 och som högst 5", "från 3 respektive 5"
SIDE: Final = re.compile(r"(?![^.;:]*\btill\b)[^.;:]{0,90}\b(?:och|respektive|högst)\s+(?:\w+\s+){0,2}")
TO: Final = re.compile(r"\btill\s+(?:\w+\s+){0,3}$")
# "ökas anslaget med 3 miljarder mellan 2023 och 2024": two years compared
CHANGES: Final = re.compile(r"\b(?:öka|utöka|minska|växa|växer|höj|sänk)\w*\b[^.;:]*\bmed\s+(?:\w+\s+)?$")


def is_old_level(place: Place, book: Rulebook) -> bool:
    """The first of ``från X till Y`` is what was, and has no year of its own; so is ``(tidigare X)``."""
    if "period.old" not in book:
        return False
    if _in_brackets_after(place) or "jämföras" in place.small and TODAY.search(place.lowered, *place.left):
        return True
    before = place.before
    cue = book.cues("period.old").last(place.lowered, *before)
    if cue and place.lowered.endswith("år ", before.start, cue.start):
        cue = None  # "tio år tidigare" says when
    if cue and AFTER_OLD.fullmatch(place.text, cue.end, place.mention.start):
        # "i enlighet med tidigare besked får regionerna 3 miljoner"
        return first_tense(place.lowered, cue.end, place.mention.start) != "present"
    small = place.lowered[slice(*before)]
    if any(map(small.__contains__, SAID_NOW)) and NOW.search(small):
        return True
    if ("ökning" in small or "höjning" in small) and WHAT_WAS.search(small):
        return True
    return place.index + 1 < len(place.mentions) and _before_rise(place)


def _before_rise(place: Place) -> bool:
    """ "från 9 till 12", "från lägst 1 och högst 5 till lägst 2 och högst 8": all that stands before "till" was."""
    first = place.index
    while first > max(0, place.index - ABREAST) and SIDE.fullmatch(_gap(place, first)):
        first -= 1
    later = range(place.index + 1, min(place.index + 1 + ABREAST, len(place.mentions)))
    ahead = next((gap for gap in (_gap(place, i) for i in later) if not SIDE.fullmatch(gap)), "")
    return FROM_LEVEL.search(_gap(place, first)) is not None and TO.search(ahead) is not None


def _gap(place: Place, index: int) -> str:
    """What stands before a sum of the sentence, back to the one before it, in small letters."""
    start = place.mentions[index - 1].end if index else place.sentence.start
    return place.lowered[start : place.mentions[index].start]


def _in_brackets_after(place: Place) -> bool:
    """ "uppgick till 49,0 (47,9) miljarder": an account's figure of the year before."""
    earlier = place.mentions[place.index - 1] if place.index else None
    if earlier is None or place.text[earlier.end : place.mention.start] != " (":
        return False
    return not any(map(str.isalpha, earlier.text))


def rises_from(place: Place) -> bool:
    """Whether the sum is the first of ``från X till Y``: right behind the word, or a hedge of it."""
    start = place.mention.start
    return JUST_FROM.search(place.lowered, max(0, start - 24), start) is not None


def is_new_level(place: Place) -> bool:
    """Whether the sum is the second of ``från X till Y``: what is reached."""
    if not place.index:
        return False
    earlier = place.mentions[place.index - 1]
    if not UP_TO.match(place.text, earlier.end, place.mention.start):
        return False
    return JUST_FROM.search(place.lowered, max(0, earlier.start - 24), earlier.start) is not None
