"""Finds the years that the text around a sentence gives its sums: tables, lead-ins, neighbours, headings, rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from belopp.model import CELL, HEADING, ITEM, QUOTE, RATE, TITLE, Block
from belopp.period.sentence import is_old_level
from belopp.period.years import Years, read_lowered, years_in
from belopp.rulebook import Cue, Cues, Rulebook
from belopp.sentences import Outline, Place, Span

# Money already given is none of a bill's.
PAID: Final = re.compile(
    r"\b(?:ha[rd]e?\s+(?:[\w,]+\s+){0,5}(?:ställt|gett|givit|bidragit|lämnat|betalat|utbetalat|donerat|stöttat|fått|satsats?|avsatts?|ökat|tillförts?|fördelats?)"
    r"|fick|bidrog|gav|kunde|\w+(?:ad|dd)es|(?:tilldel|bevilj|fördel|bet|sats|stött|don)ade|avsatte|tillförde|sköt)\b"
)
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
THEREAFTER: Final = re.compile(r"(?:Åren\s+)?[Dd]ärefter\b|(?:\w+\s+)?(?:avser|beräknar|beräknas|avsätts)\s+därefter\b")
NOW: Final = re.compile(r"Nu\s")  # what is given now is none of the year before
ACCOUNTS: Final = re.compile(r"\b(?:[Ss]lut|[Dd]el)?redovis\w+")  # the year of an account dates no money
# A thing that is known: "läxhjälpsstödet", "programmet"; those who act are in every sentence.
DEFINITE: Final = re.compile(
    r"\b(?!regering|myndighet|riksdag|kommun|statsminist)(\w{6,}?)(?:m?et|n?en|an|na|erna|orna|arna)\b"
)
# What is set apart from what the sentence before tells: today's rules, the long run.
APART: Final = re.compile(r"\b(?:dagens|nuvarande|i\s+dag|idag|på\s+sikt)\b")
# What is done with money that was told of: "ska betalas ut under 2023", "ska användas för läger som hålls under 2023".
USED: Final = re.compile(
    r"""\s+(?:
        (?:ska|skall|får|kan)\s+(?:i\s+stället\s+)?(?:användas|betalas|utbetalas|disponeras|genomföras|belasta)
      | avser|gäller|används|användes|betalas|utbetalas|disponeras|genomförs|pågår|belastar|sker
      | [^.;:]*?\boch\s+avser\s+verksamhet
    )\b""",
    re.VERBOSE,
)
DUE: Final = re.compile(r"\b(?:senast|tidigare|beslut\w*)\b[^.;,]*$")  # the day of an account or a decision
IN_FORCE: Final = re.compile(r"\bi\s?kraft")
LAPSES: Final = re.compile(r"\bupphöra?\b[^.,;\d]*$")
REVIEWED: Final = re.compile(r"\b(?:utvärder|följas\s+upp)[^.,;\d]*$")  # "ska utvärderas till och med 2029"
NAMED: Final = re.compile(r"(?<!\still)\s[A-ZÅÄÖ]\w*\s+$")  # "Expo 2025" and "Agenda 2030" are names
GRANTED: Final = re.compile(r"Bidrag|Stöd\b")  # "Bidrag till Läxhjälpens Forum 2026"
EARLIER: Final = re.compile(r"\b(?:tidigare|förra|föregående|innevarande)\s+$")
SUM: Final = re.compile(
    r"\d.{0,20}(?:kronor|kr\b|mnkr|euro|dollar|miljo\w+\b(?!\s+(?:ton|människor|\w*(?:personer|barn|elever)|hektar|invånare))|miljard)"
)


def from_table(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The years of the column's header, of the row's label or of the table's caption."""
    if place.kind != CELL:
        return None
    grid = place.outline.grid(place.cell.level)
    for block in (grid.column_header(place.cell), grid.row_label(place.cell), grid.caption()):
        for years in _read_block(place.outline, block, book) if block else ():
            return "period.column", years
    return None


def from_lead_in(place: Place, book: Rulebook) -> tuple[str, Years] | None:
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
            return "period.lead_in", said[0]
    return None


def from_sentence_before(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The sentence before dates this one when this one points back to it."""
    if THEREAFTER.match(place.text, *place.sentence):
        return _thereafter(place, book)
    cue = book.cues("period.before").first(place.lowered, *place.sentence) if "period.before" in book else None
    if cue is None or cue.start - place.sentence.start > 25 or NOW.match(place.text, *place.sentence):
        return None
    for _, sentence in place.outline.before(place.block, place.sentence, 1):
        if ACCOUNTS.search(place.text, *sentence):
            return None
        said = list(_said(years_in(place.outline, *sentence, book)))
        if said:
            return "period.before", _yearly(place, said) or _closed(place, said[-1], book)
    return None


def from_thing_before(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """ "2026 får A ett läxhjälpsstöd. Stödet är 3 miljoner": the sentence before dates what this one takes up."""
    if "period.before" not in book or APART.search(place.lowered, *place.left):
        return None
    for sentence in place.outline.earlier(place.block, place.sentence)[-1:]:
        years = _said(years_in(place.outline, *sentence, book))
        said = [y for y in years if y.rule not in ("period.since", "period.until")]
        if said and _takes_up(place, sentence) and not years_in(place.outline, *place.sentence, book):
            return "period.before", said[-1]
    return None


def from_period_meant(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """ "ett avtal för 2025–2027. Under avtalstiden betalas 3 miljoner": the span just named, or the year."""
    cue = book.cues("period.meant").first(place.lowered, *place.sentence)
    if cue is None or years_in(place.outline, *place.sentence, book) or _other_period(place, cue):
        return None
    year = place.lowered.endswith("året", cue.start, cue.end)
    for _, sentence in place.outline.before(place.block, place.sentence, 2):
        for years in years_in(place.outline, *sentence, book):
            if years.rule in ("period.span", "period.days") or (year and years.rule == "period.year"):
                return "period.meant", years
    return None


def _other_period(place: Place, cue: Cue) -> bool:
    """Whether the period is one before, or that of a parliament."""
    return EARLIER.search(place.lowered, place.sentence.start, cue.start) is not None or place.lowered.startswith(
        "mandat", cue.start
    )


def _takes_up(place: Place, sentence: Span) -> bool:
    things = DEFINITE.finditer(place.lowered, *place.left)
    return any(place.lowered.find(thing[1], *sentence) >= 0 for thing in things)


def from_use(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """A sentence after the sum says when the money is used: "Medlen ska betalas ut under 2023."."""
    cues = book.cues("period.use")
    for sentence in place.outline.following(place.block, place.sentence):
        if SUM.search(place.text, *sentence):
            return None
        cue = cues.first(place.lowered, *sentence)
        used = USED.match(place.lowered, cue.end, sentence.end) if cue and cue.start == sentence.start else None
        if used is None:
            continue
        for years in _said(years_in(place.outline, used.end(), sentence.end, book)):
            if years.rule != "period.until" and not DUE.search(place.lowered, used.end(), years.start):
                return "period.use", years
    return None


def _thereafter(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """ "Därefter beräknas 433 miljoner årligen": from the year after the last of the sentence before."""
    for _, sentence in place.outline.before(place.block, place.sentence, 1):
        said = list(_said(years_in(place.outline, *sentence, book)))
        if said and (last := said[-1].period[-4:]).isdigit():
            return "period.thereafter", said[-1]._replace(period=f"{int(last) + 1}-")
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


def from_paragraph(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """A sum without a year goes on with the year of the sum before it in its paragraph."""
    if place.is_quote:
        return None
    for sentence in reversed(place.outline.earlier(place.block, place.sentence)[-2:]):
        if not SUM.search(place.text, *sentence):
            continue
        said = [y for y in years_in(place.outline, *sentence, book) if y.rule not in ("period.date", "period.until")]
        if said and (yearly := _yearly(place, said)):
            return "period.paragraph", yearly
        said = [y for y in said if y.rule != "period.bill"] or said
        if len({y.period[:4] for y in said}) > 1:  # of several years none dates what comes after
            return None
        if said and not (place.mention.per == "year" and said[0].single):
            return "period.paragraph", said[0]
    return None


def from_long_span(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """Several years that are counted but not named ("över en treårsperiod") leave the period open to none."""
    cue = book.cues("period.long").first(place.lowered, *place.sentence)
    if cue is None or place.mention.per == "year":
        return None
    above = from_headings(place, book)
    named = above[1].period if above and not above[1].single else ""
    return "period.long", Years(cue.start, cue.end, named, "period.long")


def from_headings(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The years of the nearest heading, or of the title."""
    over = place.outline.headings(place.block)
    return place.outline.kept(("period.heading", over, book), lambda: _of_headings(place.outline, over, book))


def from_year_above(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """A figure that is no funding is of the one year that the heading names; not if it recurs or stands in brackets."""
    if place.mention.per or place.text.startswith("(", place.mention.start - 1):
        return None
    found = from_headings(place, book)
    return found if found and found[1].single else None


def _of_headings(outline: Outline, over: tuple[int, ...], book: Rulebook) -> tuple[str, Years] | None:
    text = outline.document.text
    for index in reversed(over):
        block = outline.blocks[index]
        for years in _said(_read_block(outline, block, book)):
            before = text[block.start : years.start]
            if years.rule == "period.year" and NAMED.search(before) and not GRANTED.match(before):
                continue
            event = book.cues("period.event").first(outline.lowered, block.start, years.start)
            return ("period.event", years._replace(period="")) if event else ("period.heading", years)
    return None


def from_agreement(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The years that the agreement as a whole is said to hold for."""
    found = place.outline.kept(("period.agreement", book), lambda: _of_agreement(place.outline, book))
    return None if found and PAID.search(place.text, *place.sentence) else found


def _of_agreement(outline: Outline, book: Rulebook) -> tuple[str, Years] | None:
    text, cues = outline.lowered, book.cues("period.agreement")
    for _, sentence in _sentences_with(cues, outline):
        if cue := cues.first(text, *sentence):
            for years in _said(years_in(outline, cue.end, sentence.end, book)):
                if years.start - cue.end < 90:
                    return "period.agreement", years
    return None


def from_grant(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The year right beside the name of the money that the text is about: "bidragsramarna för 2024"."""
    return place.outline.kept(("period.grant", book), lambda: _of_grant(place.outline, book))


def _of_grant(outline: Outline, book: Rulebook) -> tuple[str, Years] | None:
    text, cues = outline.lowered, book.cues("period.grant")
    published = outline.document.published[:4]
    found: list[Years] = []
    for index in _blocks_with(cues, outline):
        block = outline.blocks[index]
        if block.kind == CELL:
            continue
        for cue in cues.find(text, block.start, block.end):
            years = years_in(outline, cue.start, min(cue.end + 14, block.end), book)
            found += [y for y in years if y.start <= cue.end + 1 and y.period[:4] >= published]
    return ("period.grant", found[0]) if published and len({y.period for y in found}) == 1 else None


def from_bill(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The year of the budget bill that a text is about, when it names one alone."""
    found = place.outline.kept(("period.bill", book), lambda: _of_bill(place.outline, book))
    return None if found and PAID.search(place.text, *place.sentence) else found


def _of_bill(outline: Outline, book: Rulebook) -> tuple[str, Years] | None:
    text, cues = outline.lowered, book.cues("period.bill")
    published = outline.document.published[:4]
    bills: list[Years] = []
    for index in _blocks_with(cues, outline):
        block = outline.blocks[index]
        if cues.first(text, block.start, block.end):
            bills += [y for y in _read_block(outline, block, book) if y.rule == "period.bill" and y.period >= published]
    return ("period.proposal", bills[0]) if len({y.period for y in bills}) == 1 else None


def from_commencement(place: Place, kind: str, book: Rulebook) -> tuple[str, Years] | None:
    """A new rate or limit holds from the day its rule comes into force, when its section or the title says so."""
    here = place.outline.headings(place.block)
    found = place.outline.kept(("period.commencement", here, book), lambda: _of_section(place.outline, here, book))
    if found is None or is_old_level(place, book):
        return None
    if FORECAST.search(place.lowered[slice(*place.before)]) or BASE.search(place.lowered[slice(*place.before)]):
        return None
    if kind == RATE or LEVEL.search(place.lowered, *place.sentence) or BRINGS.search(place.lowered, *place.left):
        return found
    return None


def tells_of_rules(outline: Outline, book: Rulebook) -> bool:
    """Whether a text without sections or quotes ends with the day its rules come into force: it tells of them alone."""
    return outline.kept(("period.rules", book), lambda: _ends_with_commencement(outline, book))


def _ends_with_commencement(outline: Outline, book: Rulebook) -> bool:
    if any(block.kind in (HEADING, QUOTE) for block in outline.blocks):
        return False
    told = _commencements(outline, book)
    last, sentence = told[-1] if told else (-1, Span(0, 0))
    return last >= len(outline.blocks) - 2 and IN_FORCE.search(outline.lowered, *sentence) is not None


def _commencements(outline: Outline, book: Rulebook) -> list[tuple[int, Span]]:
    """The sentences that tell when a rule comes into force, looked for once a document."""
    return outline.kept(("commencement", book), lambda: _sentences_with(book.cues("period.commencement"), outline))


def _of_section(outline: Outline, here: tuple[int, ...], book: Rulebook) -> tuple[str, Years] | None:
    heads = [(index, sentence) for index in here for sentence in outline.sentences(index)]
    for index, sentence in sorted([*heads, *_commencements(outline, book)]):
        over = index in here
        if not over and outline.headings(index)[: len(here)] != here:
            continue
        years = _commences(outline, sentence, book, over=over)
        # the day an older rule began dates nothing that a text of today tells of
        if years and years.period.strip("-")[:4] >= outline.document.published[:4]:
            return "period.commencement", years
    return None


def _commences(outline: Outline, sentence: Span, book: Rulebook, *, over: bool) -> Years | None:
    cue = book.cues("period.commencement").first(outline.lowered, *sentence)
    years = years_in(outline, cue.start, sentence.end, book) if cue else []
    if not years and over:
        years = [y for y in read_lowered(outline.lowered, *sentence, "", book) if y.rule == "period.from"]
    if not years:
        return None
    first = years[0].period.strip("-")[:4]
    start = cue.start if cue else sentence.start
    last = max((y.period.strip("-")[-4:] for y in years if _ends(outline, start, y)), default="")
    if years[0].rule == "period.span":
        last = years[0].period[-4:]
    return years[0]._replace(period=f"{first}-{last}" if last != first else first)


def _ends(outline: Outline, start: int, years: Years) -> bool:
    """Whether a rule lapses then: "till och med juni 2027", "upphör att gälla vid utgången av 2027"."""
    if REVIEWED.search(outline.lowered, start, years.start):
        return False
    return years.rule == "period.until" or LAPSES.search(outline.lowered, start, years.start) is not None


def _blocks_with(cues: Cues, outline: Outline) -> Sequence[int]:
    """The blocks in which the words of some rules may stand: few of a document's."""
    return sorted({outline.block_at(at) for at in cues.stem_offsets(outline.lowered)})


def _sentences_with(cues: Cues, outline: Outline) -> list[tuple[int, Span]]:
    """The sentences of running text in which the words of some rules may stand, each with its block."""
    spots = ((outline.block_at(at), at) for at in cues.stem_offsets(outline.lowered))
    told = ((block, at) for block, at in spots if outline.blocks[block].kind not in (TITLE, HEADING, CELL))
    return sorted({(block, outline.sentence_at(block, at)) for block, at in told})


def _read_block(outline: Outline, block: Block, book: Rulebook) -> list[Years]:
    return years_in(outline, block.start, block.end, book)


def _said(years: list[Years]) -> Iterator[Years]:
    yield from (y for y in years if y.rule != "period.date")
