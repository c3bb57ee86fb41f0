"""Tells when a heading or the title names the purpose of a sum under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.area.candidate import Candidate
from belopp.area.clauses import finite_index
from belopp.area.money import first_sum
from belopp.area.readings import Readings
from belopp.area.sentence import series
from belopp.area.titles import LIKELIEST, heading_purpose, heading_purposes, title_purpose
from belopp.model import CELL, HEADING, TITLE
from belopp.sentences import Outline, Place, Span
from belopp.speaker import of_the_state

MANY: Final = 4  # paragraphs with sums, from which on a heading names no single purpose
SELDOM: Final = 6.1  # how much less the title says of a sum where nobody speaks for the state
# "Kostnaden för åtgärden": the sum is the measure's that the section tells of.
MEASURE: Final = re.compile(r"\b(?:åtgärdens?|insatsens?|området|projektets?)\b")
# One of these stands in whatever MEASURE finds, and is found faster.
MEASURES: Final = ("insatsen", "området", "projektet", "åtgärden")
# "på följande insatsområden": what the money is for comes after.
LISTS: Final = re.compile(r"\bpå följande \w*områden\b")
# "32 nya läxprojekt", "Tre skolor"
COUNT: Final = re.compile(
    r"(?:\d{1,3}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\s(?:nya\s|till\s)?(?=[^\W\d_]{4})", re.IGNORECASE
)
# "För uppdraget": the sum is the mandate's that the document gives.
MANDATE: Final = re.compile(r"\b(?:uppdragets?|uppdragen|detta uppdrag)\b")


def headings(place: Place, readings: Readings, above: float) -> Iterator[Candidate]:
    """The purposes of the section's headings, the nearest strongest, and of the title, if they can score ``above``."""
    outline = place.outline
    low = place.small
    mandate = of_mandate(low)
    shift: float
    for depth, index in enumerate(reversed(outline.headings(place.block))):
        block = outline.blocks[index]
        title = block.kind == TITLE
        shift = -3 * depth
        points = not title and depth == 0 and "area.section" in readings.book and of_measure(low)
        if title:
            this_work = place.text.find("detta arbete", *place.sentence) >= 0
            shift += -2 + (14 if mandate and depth == 0 else 0) + (8 if this_work else 0)
            shift -= 0 if of_the_state(place.text) else SELDOM
        elif depth == 0:
            shift += 10 if points or mandate else -10 if lists_areas(low) else 0
        if LIKELIEST + shift <= above:
            continue
        if offered := heading_purposes(readings, Span(block.start, block.end), title=title):
            shift -= 5 if money_paragraphs(readings, index) == MANY else 0
            for found in offered:
                span = found.span if of_the_state(place.text) else uncounted(place.text, found.span)
                yield Candidate(found.score + shift, span, "area.section" if points else found.rule, found.cues)
            above = max(above, max(one.score for one in offered) + shift)


def uncounted(text: str, span: Span) -> Span:
    """A purpose without how many there are of it: ``32 nya läxprojekt``."""
    counted = COUNT.match(text, span.start, span.end)
    return Span(counted.end(), span.end) if counted else span


def of_measure(sentence: str) -> bool:
    """Whether a sentence, in lower case, speaks of the measure that the section tells of."""
    return any(map(sentence.__contains__, MEASURES)) and MEASURE.search(sentence) is not None


def lists_areas(sentence: str) -> bool:
    """Whether a sentence, in lower case, leads in what the money is for: it speaks of the whole, not the section."""
    return "följande" in sentence and LISTS.search(sentence) is not None


def of_mandate(sentence: str) -> bool:
    """Whether a sentence, in lower case, speaks of the mandate that the document gives."""
    return "uppdrag" in sentence and MANDATE.search(sentence) is not None


def money_paragraphs(readings: Readings, heading: int) -> int:
    """How many blocks of running text under a heading state a sum; no more than :data:`MANY` are counted."""
    return readings.kept(("paragraphs", heading), lambda: _money_paragraphs(readings, heading))


def _money_paragraphs(readings: Readings, heading: int) -> int:
    outline = readings.outline
    level = _level(outline, heading)
    count = 0
    for index in range(heading + 1, len(outline.blocks)):
        block = outline.blocks[index]
        if block.kind in (TITLE, HEADING):
            if _level(outline, index) <= level:
                break
        elif block.kind != CELL and states_money(readings, index):
            count += 1
            if count == MANY:
                break
    return count


def states_money(readings: Readings, index: int) -> bool:
    """Whether a block states a sum."""
    block = readings.outline.blocks[index]
    return readings.kept(("money", index), lambda: first_sum(readings.text, block.start, block.end) is not None)


def _level(outline: Outline, index: int) -> int:
    block = outline.blocks[index]
    return 0 if block.kind == TITLE else max(1, block.level)


def own_heading(place: Place, best: Candidate | None, readings: Readings) -> Candidate | None:
    """The nearest heading, when it names the one purpose that the sum's own sentence speaks of too."""
    outline = place.outline
    chain = outline.headings(place.block)
    if "area.section" not in readings.book or place.is_heading or not chain or outline.blocks[chain[-1]].kind == TITLE:
        return None
    found = readings.kept(("section", chain[-1]), lambda: section_purpose(readings, chain[-1]))
    if found is None or lists_areas(place.small):
        return None
    if best is None or best.score <= 50:
        if not is_first(place, chain[-1], readings):
            return None
        return found._replace(score=found.score + (21 if money_paragraphs(readings, chain[-1]) == 1 else 2))
    before = best.span.end <= place.mention.start and best.score <= 73
    opens = before and best.score >= 60 and best.span.start < place.sentence.start + 60
    alike = akin(place.slice(found.span), place.slice(best.span))
    alone = not alike and opens and money_paragraphs(readings, chain[-1]) == 1
    if alike and before or (alike or alone) and is_first(place, chain[-1], readings):
        return found._replace(score=best.score + 1)
    return None


def section_purpose(readings: Readings, heading: int) -> Candidate | None:
    """The purpose that a heading names by itself: no clause, nobody's name, not two things of which each has a sum."""
    block = readings.outline.blocks[heading]
    span = Span(block.start, block.end)
    found = heading_purpose(readings, span)
    if found is None or found.score < 42 or finite_index(readings.stretch(span)) >= 0:
        return None
    joins = "och" in readings.text[found.span.start : found.span.end].split()
    if joins and money_paragraphs(readings, heading) > 1:
        return None
    return found._replace(rule="area.section")


def is_first(place: Place, heading: int, readings: Readings) -> bool:
    """Whether the sum is the first one under its heading, or goes on with the first one."""
    begin = place.outline.blocks[heading].end
    return series(place, readings)[0] == 0 and first_sum(place.text, begin, place.sentence.start) is None


def own_title(place: Place, best: Candidate | None, readings: Readings) -> Candidate | None:
    """The title's wording of what the sentence says in other forms of the same words (``öka P`` for ``ökat P``)."""
    title = place.outline.title
    if best is None or title is None or place.is_heading or best.rule != "area.in-order":
        return None
    found = title_purpose(readings)
    if found is None or found.score < 42 or finite_index(readings.stretch(Span(title.start, title.end))) >= 0:
        return None
    return found._replace(score=best.score + 1) if within(place.slice(best.span), place.slice(found.span)) else None


def within(part: str, whole: str) -> bool:
    """Whether every long word of one phrase has its stem in another, and none its very form.

    >>> within("vårdkapaciteten", "ökad vårdkapacitet"), within("vårdkapacitet", "ökad vårdkapacitet")
    (True, False)
    """
    left, right = re.findall(r"\w{6,}", part.lower()), re.findall(r"\w{6,}", whole.lower())
    kin = all(any(a[:-3] == b[: len(a) - 3] and abs(len(a) - len(b)) <= 3 for b in right) for a in left)
    return bool(left) and kin and not set(left) & set(right)


def akin(one: str, other: str) -> bool:
    """Whether two phrases share a word or the stem of one.

    >>> akin("kärnkraftsforskning", "forskning om kärnkraft"), akin("läxhjälp", "byggfel")
    (True, False)
    """
    left = set(re.findall(r"\w{6,}", one.lower()))
    right = set(re.findall(r"\w{6,}", other.lower()))
    return any(a[:7] in b or b[:7] in a for a in left for b in right)
