"""Finds the years that the text beside a sentence gives its sums: a table, a lead-in, the sentences around it."""

from __future__ import annotations

import re
from typing import Final

from belopp import adverbials
from belopp.model import CELL, ITEM, PARAGRAPH
from belopp.period.reading import years_in
from belopp.period.tense import first_tense, is_over
from belopp.period.years import Years, without_days
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, Span

THEREAFTER: Final = re.compile(
    rf"(?:Åren\s+)?[Dd]ärefter\b|(?:\w+\s+)?(?:avser|beräknar|beräknas|avsätts)\s+{adverbials.ANY}därefter\b"
)
NOW: Final = re.compile(r"Nu\s")  # what is given now is none of the year before
ACCOUNTS: Final = re.compile(r"\b(?:[Ss]lut|[Dd]el)?redovis\w+")  # the year of an account dates no money
# A thing that is known: "läxhjälpsstödet", "programmet"; those who act are in every sentence.
DEFINITE: Final = re.compile(
    r"\b(?!regering|myndighet|riksdag|kommun|statsminist|\w*departement)(\w{6,}?)(?:m?et|n?en|an|na|erna|orna|arna)\b"
)
# What is set apart from what the sentence before tells: today's rules, the long run.
APART: Final = re.compile(r"\b(?:dagens|nuvarande|i\s+dag|idag|på\s+sikt)\b")
# What is done with money that was told of: "ska betalas ut under 2023", "ska användas för läger som hålls under 2023".
USED: Final = re.compile(
    rf"""\s+(?:
        (?:ska|skall|får|kan)\s+{adverbials.ANY}(?:användas|betalas|utbetalas|disponeras|genomföras|belasta)
      | avser|gäller|används|användes|betalas|utbetalas|disponeras|genomförs|pågår|finansieras|belastar|sker
      | är\s+(?:avse\w+\s+)?för
      | [^.;:]*?\boch\s+avser\s+verksamhet
    )\b""",
    re.VERBOSE,
)
NEAR: Final = 3  # paragraphs after the sum's own
BACK: Final = 3  # sentences before
ACCOUNT: Final = 10  # sentences that may go on with an account of one year
DUE: Final = re.compile(r"\b(?:senast|tidigare|beslut\w*)\b[^.;,]*$")  # the day of an account or a decision
EARLIER: Final = re.compile(r"\b(?:tidigare|förra|föregående|innevarande)\s+$")
SUM: Final = re.compile(
    r"(?:\d|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|hundra|tusen)\b).{0,20}(?:kronor|kr\b|mnkr|euro|dollar|miljo\w+\b(?!\s+(?:ton|människor|\w*(?:personer|barn|elever)|hektar|invånare))|miljard)"
)


def from_table(place: Place, book: Rulebook) -> Years | None:
    """The years of the column's header, of the row's label or of the table's caption."""
    if place.kind != CELL:
        return None
    cell, grid = place.cell, place.outline.grid(place.cell.level)
    for block in (grid.column_header(cell), grid.row_label(cell), grid.row_year(cell), grid.caption()):
        for years in years_in(place.outline, block.start, block.end, book) if block else ():
            return years._replace(rule="period.column")
    return None


def from_lead_in(place: Place, book: Rulebook) -> Years | None:
    """The years of the sentence that introduces the list or table."""
    if place.kind not in (ITEM, CELL):
        return None
    lead = place.outline.lead_in(place.block)
    if lead is None:
        return None
    for sentence in reversed(place.outline.sentences(lead)):
        years = years_in(place.outline, *sentence, book)
        said = [y for y in years if y.rule not in ("period.date", "period.bill", "period.since")]
        if said:
            return said[0]._replace(rule="period.lead_in")
    return None


def from_sentence_before(place: Place, book: Rulebook) -> Years | None:
    """The sentence before dates this one when this one points back to it."""
    if THEREAFTER.match(place.text, *place.sentence):
        return _thereafter(place, book)
    cue = book.cues("period.before").first(place.lowered, *place.sentence) if "period.before" in book else None
    if cue is None or cue.start - place.sentence.start > 25 or NOW.match(place.text, *place.sentence):
        return None
    for distance, (block, sentence) in enumerate(place.outline.before(place.block, place.sentence, BACK)):
        if distance and block != place.block:
            return None
        if ACCOUNTS.search(place.text, *sentence):
            return None
        said = without_days(years_in(place.outline, *sentence, book))
        if said:
            return (_yearly(place, said) or _closed(place, said[-1], book))._replace(rule="period.before")
    return None


def _thereafter(place: Place, book: Rulebook) -> Years | None:
    """ "Därefter beräknas 433 miljoner årligen": from the year after the last of the sentence before."""
    for _, sentence in place.outline.before(place.block, place.sentence, 1):
        said = without_days(years_in(place.outline, *sentence, book))
        return next(filter(None, map(Years.thereafter, reversed(said))), None)
    return None


def _closed(place: Place, years: Years, book: Rulebook) -> Years:
    """ "Sedan 2022 … Totalt har Sverige bidragit med 109 miljarder (2 december 2025)": up to that day."""
    own = years_in(place.outline, *place.sentence, book)
    until = [y.period for y in own if y.rule == "period.date" and y.period > years.period[:4]]
    closed = years.rule == "period.since" and until
    return years._replace(period=f"{years.period}{until[-1]}") if closed else years


def _yearly(place: Place, said: list[Years]) -> Years | None:
    """A sum for each year, after a sentence of one sum a year, holds for all of those years."""
    years = sorted({y.period for y in said if y.single})
    if place.mention.per != "year" or len(years) < 2 or len(years) != len(said):
        return None
    return said[0]._replace(period=f"{years[0]}-{years[-1]}")


def from_thing_before(place: Place, book: Rulebook) -> Years | None:
    """ "2026 får A ett läxhjälpsstöd. Stödet är 3 miljoner": the sentence before dates what this one takes up."""
    if "period.before" not in book or years_in(place.outline, *place.sentence, book):
        return None
    for block, sentence in place.outline.before(place.block, place.sentence, 1):
        if block != place.block and not place.kind == place.outline.blocks[block].kind == PARAGRAPH:
            return None  # an item of a list tells of its own
        years = without_days(years_in(place.outline, *sentence, book))
        said = [y for y in years if y.rule not in ("period.since", "period.until")]
        if said and _takes_up(place, sentence) and not APART.search(place.lowered, *place.left):
            return said[-1]._replace(rule="period.before")
    return None


def _takes_up(place: Place, sentence: Span) -> bool:
    things = DEFINITE.finditer(place.lowered, *place.left)
    return any(place.lowered.find(thing[1], *sentence) >= 0 for thing in things)


def from_period_meant(place: Place, book: Rulebook) -> Years | None:
    """ "ett avtal för 2025–2027. Under avtalstiden betalas 3 miljoner": the span just named, or the year."""
    cue = book.cues("period.meant").first(place.lowered, *place.sentence)
    if cue is None or years_in(place.outline, *place.sentence, book) or _other_period(place, cue):
        return None
    year = place.lowered.endswith("året", cue.start, cue.end)
    for _, sentence in place.outline.before(place.block, place.sentence, 2):
        for years in years_in(place.outline, *sentence, book):
            if years.rule in ("period.span", "period.days") or (year and years.rule == "period.year"):
                return years._replace(rule="period.meant")
    return None


def _other_period(place: Place, cue: Cue) -> bool:
    """Whether the period is one before, or that of a parliament."""
    return EARLIER.search(place.lowered, place.sentence.start, cue.start) is not None or place.lowered.startswith(
        "mandat", cue.start
    )


def from_paragraph(place: Place, book: Rulebook) -> Years | None:
    """A sum without a year goes on with the year of the sum before it in its paragraph."""
    if place.is_quote:
        return None
    for sentence in reversed(place.outline.earlier(place.block, place.sentence)[-2:]):
        if not SUM.search(place.text, *sentence):
            continue
        said = [y for y in years_in(place.outline, *sentence, book) if y.rule not in ("period.date", "period.until")]
        said = [y for y in said if not y.compares]
        if said and (yearly := _yearly(place, said)):
            return yearly._replace(rule="period.paragraph")
        said = [y for y in said if y.rule != "period.bill"] or said
        if len({y.period[:4] for y in said}) > 1:  # of several years none dates what comes after
            return None
        if said and not (place.mention.per == "year" and said[0].single) and not is_over(place, said[0]):
            return said[0]._replace(rule="period.paragraph")
    return None


def from_account(place: Place, book: Rulebook) -> Years | None:
    """What an account goes on to tell of a year gone by is of that year: "Underskottet stannade på 3 miljoner"."""
    published = place.outline.document.published[:4]
    if not published or place.is_quote or place.kind == CELL or first_tense(place.lowered, *place.sentence) != "past":
        return None
    if years_in(place.outline, *place.sentence, book):
        return None
    for _, sentence in place.outline.before(place.block, place.sentence, ACCOUNT):
        said = [y for y in without_days(years_in(place.outline, *sentence, book)) if not y.compares]
        if said:
            gone = len({y.period for y in said}) == 1 and said[0].single and said[0].period < published
            told = gone and SUM.search(place.text, *sentence) and first_tense(place.lowered, *sentence) != "present"
            return said[0]._replace(rule="period.account") if told else None
    return None


def from_use(place: Place, book: Rulebook) -> Years | None:
    """A sentence after the sum says when the money is used: "Medlen ska betalas ut under 2023."."""
    cues = book.cues("period.use")
    for sentence in place.outline.following(place.block, place.sentence, NEAR):
        if SUM.search(place.text, *sentence):
            return None
        cue = cues.first(place.lowered, *sentence)
        used = USED.match(place.lowered, cue.end, sentence.end) if cue and cue.start == sentence.start else None
        if used is None:
            continue
        for years in without_days(years_in(place.outline, used.end(), sentence.end, book)):
            if years.rule != "period.until" and not DUE.search(place.lowered, used.end(), years.start):
                return years._replace(rule="period.use")
    return None
