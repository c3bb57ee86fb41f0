"""How settled a sum is: decided, proposed, estimated or paid, from the verb that governs it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from belopp.model import CELL, DECIDED, ITEM, PAID, PROPOSED, Mention, Reason
from belopp.purpose.astray import is_astray
from belopp.purpose.award import is_raised
from belopp.purpose.clause import (
    FINITE,
    OF_TOLD,
    SUM,
    aside,
    between,
    coordinated,
    following,
    has_verb,
    owns,
    place_at,
    restatements,
    sums,
    value,
)
from belopp.purpose.condition import condition
from belopp.purpose.earlier import tells_of_gifts
from belopp.purpose.later import reckoned_on
from belopp.purpose.lexicon import lexicon
from belopp.purpose.past import is_spent, tells_on
from belopp.purpose.table import Source
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, Span

BACK: Final = 1  # sentences before, in which what has been paid is told of
# A sentence that only breaks the sum before it down, or says what the plan before it means.
CONTINUES: Final = re.compile(
    rf"\W*(?:{OF_TOLD}|varav|resterande|återstående"
    r"|\w*(?:höjning|satsning|förstärkning|revidering|utökning)en\s+innebär"
    r"|det\s+(?:handlar\s+(?:bland\s+annat\s+)?om|rör\s+sig\s+(?:bland\s+annat\s+)?om|innebär|gäller|motsvarar)|detta\s+innebär)(?!\w)",
)
OF_THESE: Final = re.compile(r"\W*av\s+de(?:t|n|ssa)?\s")  # "av de 250 miljonerna går 150"
# "Förslagen bygger på en överenskommelse": said of the whole text, it changes nothing.
CLOSING: Final = re.compile(
    r"\W*(?:förslage[tn]|satsning(?:en|arna)|reformen|överenskommelsen)\s+(?:bygger|är\s+en\s+del|ingår)\b",
)
REPORTED: Final = re.compile(r"\b(?:enligt|genom)\s+(?:\w+\s+){0,3}(?:beräkningar|prognos\w*|förslaget)$")
RELATED: Final = re.compile(r"(?<!\w)som\s+(?:\w+\s+){0,3}$")
# "3 miljoner kronor som redan betalats ut", "3 miljoner kronor som har föreslagits till skolan ska fördelas"
SAID_OF_IT: Final = re.compile(
    r"\s+som\s+(?:redan\s+|har\s+|hittills\s+)*(?:(?:ut)?betalats|föreslagits|föreslås)(?!\w)"
    r"|\s+som\s+(?:(?!är|ska)\w+\s+){0,6}?(?:avisera|utlova|lova|begär|äska)(?:de|ts?|ats?|des)(?!\w)"
)
THAT: Final = re.compile(r"\bsom\s+(?:\w+\s+)?$")
NEW_CLAUSE: Final = re.compile(r"och\s+(?:(?:under|för|från\s+och\s+med|fr\.o\.m\.?)\s+\d{4}\s+|\w+\s+)?$")
CLAUSAL: Final = re.compile(r"(?<!för )(?<!genom )(?<!till )(?<!med )(?<![\w-])att(?![\w-])")


# "med den föreslagna satsningen på 3 miljoner kronor"
PROPOSED_NOUN: Final = re.compile(
    r"(?<!\w)föreslagna\s+(?:\w+\s+){1,4}?(?:på|om|uppgår\s+till|omfattar)\s+(?:\w+\s+){0,2}$"
)


def read(place: Place, book: Rulebook, found: Source | None = None) -> tuple[str, Reason]:
    """The status of a sum of money, and why; ``found`` is the sentence behind a table's cell."""
    if place.is_heading:
        for spot in restatements(place):
            status, reason = read(spot, book)
            return status, reason
    if found:
        return reckoned_on(place, found.place, book) or read(found.place, book)
    if "status.proposed" in book and (noun := _proposed_noun(place)):
        return PROPOSED, Reason("status", "status.proposed", *noun)
    if cue := governing(place, book):
        status = cue.rule.sets.get("status", DECIDED)
        if status == DECIDED and (why := condition(place, book)):
            return PROPOSED, why
        return status, Reason("status", cue.rule.id, cue.start, cue.end)
    if why := condition(place, book):
        return PROPOSED, why
    if cue := inherited(place, book):
        return cue.rule.sets.get("status", DECIDED), Reason("status", cue.rule.id, cue.start, cue.end)
    if cue := _goes_on_paid(place, book):
        return PAID, Reason("status", cue.rule.id, cue.start, cue.end)
    if "status.raised" in book and is_raised(place):
        return PAID, Reason("status", "status.raised", *place.left)
    return DECIDED, Reason("status", "status.default")


def _goes_on_paid(place: Place, book: Rulebook) -> Cue | None:
    """What the sentence before, or the line over a list, tells has been paid, when this one tells on of the same."""
    if place.is_heading or not tells_on(place):
        return None
    for _, told in place.outline.before(place.block, place.sentence, BACK):
        found = cues(place, book, told)
        if found:
            return found[-1] if found[-1].rule.sets.get("status") == PAID else None
    return None


def _proposed_noun(place: Place) -> Span | None:
    """``den föreslagna satsningen på``, before the sum itself or the one that it goes on from."""
    if place.text.find("föreslagna", place.sentence.start, place.mention.start) < 0:
        return None
    for index in range(place.index, -1, -1):
        stop = place.mentions[index].start
        near = max(place.sentence.start, stop - 80)
        if noun := PROPOSED_NOUN.search(place.lowered[near:stop]):
            return Span(near + noun.start(), near + noun.end())
        if not coordinated(place, index):
            return None
    return None


def governing(place: Place, book: Rulebook) -> Cue | None:
    """The cue of the verb that governs the sum, its own or, in a series, that of an earlier sum."""
    found = cues(place, book, place.sentence)
    if not found:
        return None
    if said := SAID_OF_IT.match(place.lowered, place.mention.end):
        return next((cue for cue in found if said.start() < cue.start < said.end()), None)
    goes_on = True  # whether the sums between have no verb of their own
    for index in range(place.index, -1, -1):
        after = following(place, index)
        own = next((cue for cue in found if after.start <= cue.start < after.end), None)
        if own and goes_on and _verb(own) and owns(place, index, own):
            return own
        before = between(place, index)
        left = [cue for cue in found if before.start <= cue.start < before.end and not _subordinate(place, cue)]
        if left and not (index and _verb(left[0]) and len(left) == 1 and owns(place, index - 1, left[0])):
            verbs = [cue for cue in left if cue.rule.id != "status.proposal"]
            if verbs and verbs[-1].rule.id == "status.paid" and not goes_on:
                return None
            return (verbs or left)[-1]
        # "5 miljoner beräknas för 2026 och 6 miljoner för 2027": the verb of the earlier sum is this one's too
        rest = Span(left[0].end, before.end) if left else before
        goes_on = goes_on and index > 0 and not has_verb(place.lowered, *rest)
    # "… betalas ut, enligt myndighetens beräkningar": the source at the end of the sentence.
    later = [
        cue
        for cue in found
        if cue.start > place.mention.end and REPORTED.search(place.lowered[place.mention.end : cue.end])
    ]
    return later[0] if later else None


def _subordinate(place: Place, cue: Cue) -> bool:
    """Whether the cue's clause is about something else: ``jämfört med vad som aviserats tillförs 5 miljoner``."""
    text, stop = place.lowered, place.mention.start
    if aside(text, cue, stop, place.sentence.start):
        return True
    before = text[max(place.sentence.start, cue.start - 60) : cue.start]
    if not RELATED.search(before) or CLAUSAL.search(text, cue.end, stop):
        return False
    main = FINITE.search(text, cue.end, stop)
    return main is not None and cue.start < place.mentions[0].start and text[cue.end : main.start()].strip() != ""


def _verb(cue: Cue) -> bool:
    return cue.rule.id not in ("status.proposal", "status.decided", "status.gives")


def cues(place: Place, book: Rulebook, span: Span) -> list[Cue]:
    """The words of a stretch that tell how settled its sums are, in order."""
    kept: list[Cue] = []
    for cue in lexicon(book, "status").find(place.lowered, span.start, span.end):
        if cue.rule.id == "status.given" and not (tells_of_gifts(place, book) or is_spent(place, span)):
            continue
        if cue.rule.id == "status.spent" and not is_spent(place, span):
            continue
        if not is_astray(place, cue, span) and _may_decide(place, kept, cue, span):
            kept.append(cue)
    return kept


def _may_decide(place: Place, kept: list[Cue], cue: Cue, span: Span) -> bool:
    """Whether a word, if it is a verb of decision, has a clause of its own; one of giving only closes what is told."""
    if cue.rule.id not in ("status.decided", "status.gives"):
        return True
    return _closes(place, kept, cue, span) and (bool(kept) or cue.rule.id == "status.decided")


def _closes(place: Place, kept: list[Cue], cue: Cue, span: Span) -> bool:
    """Whether a verb of decision starts a clause of its own and not one under the verb before it."""
    text = place.text
    if THAT.search(text[max(span.start, cue.start - 40) : cue.start]):
        return False
    return not (
        kept
        and CLAUSAL.search(place.lowered, kept[-1].end, cue.start)
        and not NEW_CLAUSE.search(text[kept[-1].end : cue.start])
    )


def inherited(place: Place, book: Rulebook) -> Cue | None:
    """The status cue of the sentence that introduces a list item, a table or a breakdown.

    What is told of a total may itself break one down, so each answer is kept for the sentences that go on from it.
    """
    known: dict[tuple[Span, int, Decimal], Cue | None] = place.outline.kept(("status.inherited", book), dict)
    passed: list[tuple[Span, int, Decimal]] = []
    while True:
        key = (place.sentence, place.mentions[0].start, place.mentions[0].low)
        if key in known:
            found = known[key]
            break
        passed.append(key)
        found, total = _introduced(place, book)
        if total is None or (found := governing(total, book)):
            break
        place = total
    known.update(dict.fromkeys(passed, found))
    return found


def _introduced(place: Place, book: Rulebook) -> tuple[Cue | None, Place | None]:
    """The cue that introduces a sum, or the sum that its sentence breaks down, whose status it has."""
    goes_on = CONTINUES.match(place.lowered, place.sentence.start, place.sentence.end) is not None
    if goes_on and place.sentence.start > place.outline.blocks[place.block].start:
        return _of_total(place, book)  # "Av dessa går 5 miljoner", also within a list item
    if place.kind in (ITEM, CELL):
        if sentence := _introduction(place):
            cue = _last(place, book, sentence)
            # "Regeringen vill möta krisen:" lends its intent to bare items, "föreslår:" to every item under it.
            if cue and cue.rule.id == "status.intends" and has_verb(place.lowered, *place.sentence):
                return None, None
            return cue, None
    elif goes_on:
        return _of_total(place, book)
    return None, None


def _introduction(place: Place) -> Span | None:
    """The last sentence before a list or a table that is not said of the whole text."""
    outline, lead = place.outline, place.outline.list_lead(place.block)
    if lead is None or not (sentences := outline.sentences(lead)):
        return None
    nearest = [sentences[-1], *(span for _, span in outline.before(lead, sentences[-1], 5))]
    return next((span for span in nearest if not CLOSING.match(outline.lowered, *span)), None)


def _of_total(place: Place, book: Rulebook) -> tuple[Cue | None, Place | None]:
    """The sum that a sentence breaks down, the one it names again or that of the sentence before, or only its cue."""
    outline, first = place.outline, place.mentions[0]
    again = OF_THESE.match(place.lowered, place.sentence.start, first.start) is not None
    for _, sentence in outline.before(place.block, place.sentence, 1):
        if again and (named := _named(place, first)):
            return None, place_at(outline, *named, first)
        if again and OF_THESE.fullmatch(place.lowered, place.sentence.start, first.start):
            return None, None  # "av de 50 miljonerna": a total that no sentence before states
        if total := SUM.search(place.lowered, sentence.start, sentence.end):
            return None, place_at(outline, *total.span(), replace(first, low=value(total), high=value(total)))
        return _last(place, book, sentence), None
    return None, None


def _named(place: Place, first: Mention) -> Span | None:
    """The last sum before a sentence that is as large as the one that it names again."""
    told = (one.span for one in reversed(sums(place.outline)) if one.value == first.low)
    return next((span for span in told if span.end <= place.sentence.start), None)


def _last(place: Place, book: Rulebook, sentence: Span) -> Cue | None:
    found = cues(place, book, sentence)
    return found[-1] if found else None
