"""Finds the levels that what is added brings about: "ökas till 134 miljoner", "totalt avsätts därmed 134 miljoner"."""

from __future__ import annotations

import re
from typing import Final

from belopp.grammar import HEDGE
from belopp.links.sheet import Sheet
from belopp.links.sums import sum_of
from belopp.links.years import apart
from belopp.model import ITEM, TITLE
from belopp.period.levels import WHAT_WAS
from belopp.rulebook import Cue

# "åtgärderna på 7 miljarder och tillskott om 0,7": two of a kind
AND_A: Final = re.compile(r"\boch\s+(?:ett\s+)?$")
THAT_IS: Final = re.compile(r"(?:det|detta|den)\s+(?:är|innebär|motsvarar)\b", re.IGNORECASE)
WHICH_IS: Final = re.compile(
    rf",\s+(?:(?:vilket|det)\s+(?:i\s+sin\s+tur\s+)?(?:är|var|blir|blev|motsvarar)\s+(?:\w+\s+)?|(?:{HEDGE}\s+)?)$",
    re.IGNORECASE,
)
# "mer än summan av alla tidigare paket", "mer än förra gången": other money; not "mer än förra året"
OF_OTHERS: Final = re.compile(
    r"\s+mer\s+än\s+(?:summan|allt|alla|(?:det\s+|den\s+)?(?:förra|tidigare|föregående)\s+(?!år)\w)"
)
# "Det är 30 miljoner mer", "Jämfört med året innan är det cirka 30 miljoner mer"
IT_IS: Final = re.compile(
    rf"""\W*(?:(?:det|detta)\s+(?:är|var|blir|blev)|(?:jämfört|i\s+jämförelse)\s+med\s+[^.,;:()]{{1,40}}\s(?:är|var|blir|blev)\s+det)
    \s+(?:{HEDGE}\s+)?""",
    re.VERBOSE | re.IGNORECASE,
)
# "tillsammans med förlängningen på 550 miljoner" adds to what comes after
ADDS: Final = re.compile(r"\b(?:med|på|om|de)\s+(?:\w+\s+)?$")
# "en del av de 75 miljoner", "… regeringens satsning på skolan om totalt 75 miljoner"
NAMED: Final = re.compile(rf"(?:\s+de|[^,;:.()]*\s(?:på|om|till|de))\s+(?:(?:totalt|sammanlagt|{HEDGE})\s+)?")


def increase_in_level(sheet: Sheet, index: int) -> bool:
    """``avsätts 120 miljoner, vilket är en ökning med 30``: the increase is a part of the level before it."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.increase", index, place.before)
    if cue is None or sheet.rows[index - 1].change or sheet.value(index - 1) <= sheet.value(index):
        return False
    if WHAT_WAS.search(sheet.lowered, *place.before):
        return False  # "vilket är en ökning från tidigare år då stödet var 20": what was
    if AND_A.search(sheet.text, place.before.start, cue.start):
        return False
    if not place.index:  # "Det är en ökning med 30 miljoner": of the level of the sentence before
        if not THAT_IS.match(sheet.text, *place.left) or sheet.places[index - 1].block != place.block:
            return False
    return sheet.adopt(index, index - 1, "part.increase", cue)


def more_than_before(sheet: Sheet, index: int) -> bool:
    """``avsätts 250 miljoner, vilket är 100 mer än 2025``: the difference is a part of the level."""
    place = sheet.places[index]
    if not (WHICH_IS.search(sheet.text, *place.before) if place.index else _said_next(sheet, index)):
        return False
    cue = sheet.first_cue("part.more_than", index, place.after)
    if cue is None or cue.start - place.mention.end > 1 or sheet.value(index - 1) <= sheet.value(index):
        return False
    return sheet.adopt(index, index - 1, "part.more_than", cue)


def _said_next(sheet: Sheet, index: int) -> bool:
    """``Stödet blev 250 miljoner. Det är 100 mer än 2025``: of the one sum of the sentence right before."""
    place, there = sheet.places[index], sheet.places[index - 1]
    alike = sheet.rows[index - 1].kind == sheet.rows[index].kind and not there.index
    if not alike or not IT_IS.fullmatch(sheet.text, *place.left) or OF_OTHERS.match(sheet.text, place.mention.end):
        return False
    return (there.block, there.sentence) in place.outline.before(place.block, place.sentence, 1)


def fronted(sheet: Sheet, index: int) -> bool:
    """``Med de nya 7 miljarderna uppgår det totala stödet till 30``: what is fronted is in the total."""
    place = sheet.places[index]
    cue = sheet.first_cue("part.fronted", index, place.left) if place.index else None
    if cue is None or cue.start - place.sentence.start > 3:
        return False
    if all(sheet.last_cue(rule, index, place.before) is None for rule in ("part.total", "part.level")):
        return False
    for part in range(index - place.index, index):
        if sheet.value(part) < sheet.value(index):
            sheet.adopt(part, index, "part.fronted", cue)
    return True


def result_of_change(sheet: Sheet, index: int) -> bool:
    """``ökas med 20 … till 134``: the increase is a part of the level it results in."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.result", index, place.before)
    if sheet.rows[index].change or not cue or place.mention.start - cue.end >= 60:
        return False
    for earlier in range(index - 1, index - 1 - place.index, -1):
        if sheet.rows[earlier].change == "increase" and sheet.value(earlier) < sheet.value(index):
            return sheet.adopt(earlier, index, "part.result", cue)
    return False


def mark_levels(sheet: Sheet) -> None:
    """Give what was just added, and what is said to belong to the next sum, the total it brings about."""
    for index in range(1, len(sheet.rows)):
        if sheet.funding(index):
            _level(sheet, index) or _belongs(sheet, index) or _within(sheet, index)


def _level(sheet: Sheet, index: int) -> bool:
    """``Stödet ökas med 20. Totalt avsätts 134``: the increase is a part of the level that the next sentence gives."""
    left = sheet.places[index].left
    cue = sheet.last_cue("part.level", index, left)
    therefore = sheet.first_cue("part.therefore", index, left)
    together = therefore is not None and sheet.text[therefore.start : therefore.end].endswith("ans med")
    adds = together and ADDS.search(sheet.text, left.end - 24, left.end) is not None
    if (sheet.rows[index].change and not therefore) or not (cue or (therefore and not adds)):
        return False
    found = False
    for child in _raised(sheet, index, therefore):
        if therefore:
            sheet.explain(child, "part_of", "part.therefore", therefore)
        found |= sheet.adopt(child, index, "part.level", cue or therefore)
    return found


def _raised(sheet: Sheet, index: int, therefore: Cue | None) -> list[int]:
    """The sums just before a level that it is said to contain: an increase, or all that ``därmed`` points to."""
    row = sheet.rows[index]
    found: list[int] = []
    for earlier in range(index - 1, max(-1, index - 8), -1):
        there, other = sheet.places[earlier], sheet.rows[earlier]
        if sheet.same_sentence(earlier, index):
            continue
        near = therefore is not None or sheet.places[index].block - there.block < 3
        titled = there.kind == TITLE and near and earlier == _last(sheet, index)
        if not (titled or _just_before(sheet, earlier, index, sentences=1 if therefore else 2)):
            break
        if found and not sheet.same_sentence(earlier, found[0]):
            break
        if not sheet.funding(earlier) or sheet.parent[sheet.canon(earlier)] is not None or apart(sheet, earlier, index):
            continue
        meant = not (other.recipient and row.recipient) or bool(set(other.recipient) & set(row.recipient))
        meant |= other.area == row.area
        if not meant or other.payer != row.payer or sheet.value(earlier) >= sheet.value(index):
            continue
        if other.change == "increase" and not therefore:
            return [earlier]
        if therefore and (other.change == "increase" or found or sheet.same_sentence(earlier, _last(sheet, index))):
            found.append(earlier)
    return found if sum_of(sheet, found) <= sheet.value(index) else found[:1]


def _just_before(sheet: Sheet, earlier: int, index: int, *, sentences: int) -> bool:
    """Whether a sum stands in one of the few sentences before another's, in its block or the one before."""
    place, there = sheet.places[index], sheet.places[earlier]
    between = {sheet.places[i].sentence for i in range(earlier, index)} - {place.sentence}
    if there.block == place.block and len(between) <= sentences:
        sentences += 2
    near = place.outline.before(place.block, place.sentence, sentences)
    return there.block >= place.block - 1 and (there.block, there.sentence) in near


def _last(sheet: Sheet, index: int) -> int:
    """The last sum before the sentence of another."""
    return index - 1 - sheet.places[index].index


def _belongs(sheet: Sheet, index: int) -> bool:
    """``Bidraget är en del av stödet till WFP. Stödet till WFP uppgår till 1,3 miljarder``."""
    place = sheet.places[index]
    if place.index or not index or sheet.first[index] is not None:
        return False
    if sheet.value(sheet.canon(index - 1)) >= sheet.value(index):
        return False
    for block, sentence in place.outline.before(place.block, place.sentence, 1):
        if block != place.block or sentence.start <= sheet.rows[index - 1].start < sentence.end:  # a sum of its own
            break
        if cue := sheet.book.cues("part.belongs").first(sheet.lowered, *sentence):
            return sheet.adopt(index - 1, index, "part.belongs", cue)
    return False


def _within(sheet: Sheet, index: int) -> bool:
    """``Stödet är 8 miljoner, en del av de 75 som avsatts``: what was just told is in the sum that the words name."""
    place = sheet.places[index]
    cue = sheet.last_cue("part.within", index, place.before)
    if cue is None or not NAMED.fullmatch(sheet.lowered, cue.end, place.mention.start):
        return False
    before = _outermost(sheet, index - 1)
    fronted = not place.index and cue.start - place.sentence.start < 3
    there = sheet.places[index - 1]
    near = place.index > 0 or (place.block - there.block < 2 and there.kind != TITLE)
    if fronted or not near or sheet.value(sheet.canon(before)) >= sheet.value(index):
        return False
    own, whole = sheet.rows[before].recipient, sheet.rows[index].recipient
    if own and whole and not set(own) & set(whole):  # "Boverket får en del av stödet på 20": another's money
        return False
    return sheet.adopt(before, index, "part.within", cue)


def _outermost(sheet: Sheet, index: int) -> int:
    """The total of the list that a sum closes, or the sum itself."""
    if sheet.places[index].kind != ITEM:
        return index
    return next(reversed([index, *sheet.ancestors(index)]))
