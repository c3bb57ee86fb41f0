"""Finds what a figure is about where other sentences than its own name it: a reform, payments made in error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.stretch import Phrase, Stretch
from belopp.area.subjects import CHANGES, fitness
from belopp.area.titles import title_purpose
from belopp.area.verbs import clause_start
from belopp.model import FUNDING, OTHER
from belopp.sentences import Place, Span

# "Förslaget bedöms minska skatteintäkterna med", "I genomsnitt minskar skatten med".
EFFECT: Final = re.compile(r"\bförslage[nt]\b.*\bskatt|\bskatteintäkt|\b(?:minskar|sänks|ökar|höjs)\sskatten\b")
# Verbs that tell of a change of rules: "det föreslås att läxavdraget förstärks".
REFORMED: Final = CHANGES | frozenset("avskaffas begränsas förlängs förstärkas förstärks slopas utvidgas".split())
REFORM: Final = 47.0  # what the reform just named scores: more than a title that names several
PAID_WRONGLY: Final = "area.paid-wrongly"
# "N betalas ut felaktigt" is the deed; the noun for it stands elsewhere.
WRONG_PAYMENTS: Final = re.compile(r"\b[Ff]elaktiga\sutbetalningar\b")
FEE_NAMED: Final = "area.fee-named"
FEES: Final = ("avgift", "skatt")
# "avgiftens tak höjs", "beloppen höjs": which fee it is, a compound before it says; "den höjda avgiften" is another.
FEE: Final = re.compile(rf"\b(?!punktskatt)\w{{3,}}({'|'.join(FEES)})(?:e[nr]|erna)?\b")
NEAR: Final = 600  # code points before the sentence, in which that compound is looked for
BACK: Final = 3  # sentences before, in which the reform is looked for


def reform(place: Place, readings: Readings) -> Iterator[Candidate]:
    """What the sentences before say is changed, when the title names several things of which it may be any."""
    if "area.reform" not in readings.book or "skatt" not in place.small or not EFFECT.search(place.small):
        return
    if not names_several(place, readings):
        return
    for block, span in place.outline.before(place.block, place.sentence, BACK):
        stretch = readings.stretch(span, span)
        if block == place.block and (phrase := reformed(stretch)):
            yield offer(stretch, phrase, "area.reform", REFORM)
            return


def paid_wrongly(place: Place, readings: Readings) -> Iterator[Candidate]:
    """The noun that a text has for what ``betalas ut felaktigt``, else where it is paid from."""
    cue = readings.book.cues(PAID_WRONGLY).first(place.lowered, *place.sentence)
    named = readings.kept("wrong payments", lambda: WRONG_PAYMENTS.search(place.text)) if cue else None
    if cue and named:
        yield Candidate(60.0, Span(*named.span()), PAID_WRONGLY, ((PAID_WRONGLY, cue.start, cue.end),))
    elif cue and place.text.startswith(" från ", cue.end):
        stretch = readings.stretch(Span(cue.end, place.sentence.end), place.sentence)
        if phrase := accepted(stretch, noun_phrase(stretch, 1)):
            yield offer(stretch, phrase, PAID_WRONGLY, 60.0, (PAID_WRONGLY, cue.start, cue.end))


def fee_named(place: Place, kind: str, readings: Readings) -> Iterator[Candidate]:
    """The compound before a bare ``avgiftens tak`` or ``beloppen`` of a rate: ``en straffavgift``."""
    if kind == FUNDING:
        return
    text = place.lowered
    found = readings.book.cues(FEE_NAMED).find(text, *place.left)
    cue = next((one for one in reversed(list(found)) if not text.endswith("ade ", 0, one.start)), None)
    if cue is None:
        return
    start = max(place.cell.start, place.sentence.start - NEAR)
    compounds = list(FEE.finditer(place.text, start, cue.start))
    fee = next((one for one in FEES if text.startswith(one, cue.start)), "")
    named = [one for one in compounds if fee in ("", one[1])]
    if named:
        yield Candidate(50.0, Span(*named[-1].span()), FEE_NAMED, ((FEE_NAMED, cue.start, cue.end),))


def names_several(place: Place, readings: Readings) -> bool:
    """Whether the title joins several things with ``och``."""
    found = title_purpose(readings)
    return found is not None and "och" in place.slice(found.span).split()


def reformed(stretch: Stretch) -> Phrase | None:
    """The subject of the verb that tells of a change: ``föreslås att P ska förstärkas``."""
    for verb in [at for at, word in enumerate(stretch.low) if word in REFORMED]:
        phrase = noun_phrase(stretch, clause_start(stretch, verb))
        if phrase and phrase.end <= verb and fitness(stretch, phrase, OTHER):
            return phrase
    return None
