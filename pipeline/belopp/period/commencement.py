"""Finds the years of rates and limits by the day on which the rules that set them come into force."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import HEADING, QUOTE, RATE
from belopp.period.document import sentences_with
from belopp.period.levels import is_old_level
from belopp.period.reading import years_in
from belopp.period.tense import first_tense
from belopp.period.years import Years
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Place, Span
from belopp.years import MONTHS

# A level that a rule sets: "höjs till 15 000 kronor", "överstiger 900 kronor"; not "det bedöms kosta 900 kronor".
LEVEL: Final = re.compile(
    r"""\b(?:höj\w+|sänk\w+|ändr\w+|ska|skall|bör|får|föreslå\w+|gräns\w*|\w+gränsen?|högst\w*|lägst\w*|som\s+mest|minst|minskar|tas\s+ut|sätts\s+ner|införs
    |(?:över|under)stiger|överskrider|upp\s+till|billigare)\b""",
    re.VERBOSE,
)
# What a rule brings: "förslaget innebär en skattesänkning på 900 kronor"; not "den som har 900 innebär förslaget"
BRINGS: Final = re.compile(
    r"\b(?:innebär|innebära|medför|medföra|rätt\s+till|uppgår\s+till|lämnas|beräknas\s+(?:\w+\s+){0,2}få)\b"
)
# What is foreseen, stays as it is, or was: none of it begins with a new rule.
FORECAST: Final = re.compile(
    r"\b(?:förvänta\w*|vänta[st]\w*|beräknas(?!\s+(?:\w+\s+){0,2}få\b)|bedöms|uppskatt\w*(?![^.;]*\b(?:högst|mindre|understig\w*)\b)|skatteintäkt\w*|oförändra\w+)\b"
)
BASE: Final = re.compile(r"prisbasbelopp\w*\s*\(|\b(?:dagens|nuvarande)\b")
# "Tidigare kunde den som ägde 5 000 kronor", "den som i dag får 320 kronor": of the rules before
BEFORE_NOW: Final = re.compile(
    r"\W*tidigare\s+(?:kunde|var|fick|gällde|hade)\b|[^;.]*\b(?:har|får|är|gäller)\s+(?:i dag|idag)\b"
)
IN_FORCE: Final = re.compile(r"\bi\s?kraft")
LAPSES: Final = re.compile(r"\bupphöra?\b[^.,;\d]*$")
REVIEWED: Final = re.compile(r"\b(?:utvärder|följas\s+upp)[^.,;\d]*$")  # "ska utvärderas till och med 2029"
# "Nya priser från 1 oktober", "Den 1 februari höjs avgiften", "från och med april 2024", "dyrare vid årsskiftet"
NEW_DAY: Final = re.compile(
    rf"""\b(?:(?:från(?:\s+och\s+med)?|fr\.\s?o\.\s?m\.)\s+(?:den\s+)?(?:\d{{1,2}}\s+)?|den\s+\d{{1,2}}\s+)
    (?P<month>{"|".join(MONTHS)})\b(?:\s+(?:år\s+)?(?P<year>\d{{4}})\b)?(?!\s+\d)
      | \b(?:från|vid|efter|till)\s+(?:årsskiftet|nyår(?:et)?)\b""",
    re.VERBOSE,
)
CHANGED: Final = re.compile(
    r"\b(?:höj\w+|sänk\w+|ändr\w+|stiger|ökar|minskar|går\s+(?:upp|ned|ner)|räknas\s+upp|justera\w*|införs?|nya?|nytt|dyrare|billigare|gäller|gälla)\b"
)
NOW: Final = re.compile(r"\bi\s?dag\b|\btidigare\b|\bhar\s+(?:\w+\s+)?(?:höj|sänk|ändra|inför)ts?\b")
LEAD: Final = 3  # blocks at the head of a text, its title among them


def from_new_day(place: Place, book: Rulebook) -> Years | None:
    """A price that changes on a day without a year holds from the next one, when the sentence or the head says so."""
    outline = place.outline
    if "period.new_day" not in book or not outline.document.published[5:7] or years_in(outline, *place.sentence, book):
        return None
    head = [sentence for index in range(min(LEAD, len(outline.blocks))) for sentence in outline.sentences(index)]
    said = place.lowered, *place.left
    if is_old_level(place, book) or NOW.search(*said) or FORECAST.search(*said):
        return None
    return next(filter(None, (_of_new_day(outline, sentence) for sentence in (place.sentence, *head))), None)


def _of_new_day(outline: Outline, sentence: Span) -> Years | None:
    day = NEW_DAY.search(outline.lowered, *sentence)
    if day is None or not CHANGED.search(outline.lowered, *sentence):
        return None
    year, month = map(int, outline.document.published[:7].split("-"))
    if day["year"]:
        begins = Years(day.start(), day.end(), f"{day['year']}-", "period.new_day")
        return begins if int(day["year"]) >= year else None  # what began long ago is no news
    told = MONTHS.index(day["month"]) + 1 if day["month"] else 1
    if first_tense(outline.lowered, *sentence) == "past":
        year -= told > month
    else:
        year += told < month
    return Years(day.start(), day.end(), f"{year}-", "period.new_day")


def from_commencement(place: Place, kind: str, book: Rulebook) -> Years | None:
    """A new rate or limit holds from the day its rule comes into force, when its section or the title says so."""
    here = place.outline.headings(place.block)
    found = place.outline.kept(("period.commencement", here, book), lambda: _of_section(place.outline, here, book))
    if found is None or is_old_level(place, book):
        return None
    if BEFORE_NOW.match(place.lowered, *place.left):
        return None
    if FORECAST.search(place.lowered[slice(*place.before)]) or BASE.search(place.lowered[slice(*place.before)]):
        return None
    if kind == RATE or LEVEL.search(place.lowered, *place.sentence) or BRINGS.search(place.lowered, *place.left):
        return found
    return None


def _of_section(outline: Outline, here: tuple[int, ...], book: Rulebook) -> Years | None:
    """The years of the first sentence of a section, or of what stands over it, that tells when its rules begin."""
    heads = [(index, sentence) for index in here for sentence in outline.sentences(index)]
    told = [(outline.headings(index), (index, sentence)) for index, sentence in _commencements(outline, book)]
    inside = [spot for there, spot in told if there[: len(here)] == here]
    above = [spot for there, spot in told if len(there) < len(here) and here[: len(there)] == there]
    return _first(outline, here, sorted([*heads, *inside]), book) or _first(outline, here, above, book)


def _first(outline: Outline, here: tuple[int, ...], told: list[tuple[int, Span]], book: Rulebook) -> Years | None:
    for index, sentence in told:
        years = _commences(outline, sentence, book, over=index in here)
        # the day an older rule began dates nothing that a text of today tells of
        if years and years.first >= outline.document.published[:4]:
            return years._replace(rule="period.commencement")
    return None


def _commences(outline: Outline, sentence: Span, book: Rulebook, *, over: bool) -> Years | None:
    """The years that a sentence says a rule holds for; a heading, ``over`` its section, need not say more than when."""
    cue = book.cues("period.commencement").first(outline.lowered, *sentence)
    years = years_in(outline, cue.start, sentence.end, book) if cue else []
    if not years and over:
        years = [y for y in years_in(outline, *sentence, book) if y.rule == "period.from"]
    if not years:
        return None
    first, start = years[0].first, cue.start if cue else sentence.start
    last = max((y.last for y in years if _ends(outline, start, y)), default="")
    if years[0].rule == "period.span":
        last = years[0].last
    return years[0]._replace(period=f"{first}-{last}" if last != first else first)


def _ends(outline: Outline, start: int, years: Years) -> bool:
    """Whether a rule lapses then: "till och med juni 2027", "upphör att gälla vid utgången av 2027"."""
    if REVIEWED.search(outline.lowered, start, years.start):
        return False
    return years.rule == "period.until" or LAPSES.search(outline.lowered, start, years.start) is not None


def tells_of_rules(outline: Outline, book: Rulebook) -> bool:
    """Whether a text without sections or quotes ends with the day its rules come into force: it tells of them alone."""
    return outline.kept(("period.rules", book), lambda: _ends_with_commencement(outline, book))


def _ends_with_commencement(outline: Outline, book: Rulebook) -> bool:
    if "kraft" not in outline.lowered[outline.blocks[-2:][0].start :]:
        return False
    if any(block.kind in (HEADING, QUOTE) for block in outline.blocks):
        return False
    for block, sentence in _commencements(outline, book)[-1:]:
        return block >= len(outline.blocks) - 2 and IN_FORCE.search(outline.lowered, *sentence) is not None
    return False


def _commencements(outline: Outline, book: Rulebook) -> list[tuple[int, Span]]:
    """The sentences that tell when a rule comes into force, looked for once a document."""
    return outline.kept(("commencement", book), lambda: sentences_with(book.cues("period.commencement"), outline))
