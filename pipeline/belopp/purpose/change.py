"""Whether a sum is added to what was there, taken from it, or states a level."""

from __future__ import annotations

import re
from typing import Final

from belopp import adverbials
from belopp.grammar import HEDGE
from belopp.model import CELL, HEADING, Reason
from belopp.purpose.clause import FINITE, OF_TOLD, SUM, YEAR_ON, between, coordinated, following, place_at, restatements
from belopp.purpose.lexicon import lexicon
from belopp.purpose.reach import Verdict, is_total, moved, sign
from belopp.purpose.table import MINUS, Source
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

# Words that may stand between a preposition and its sum: "med totalt cirka 5 miljoner".
HEDGES: Final = (
    r"(?:(?:totalt|sammanlagt|sammantaget|ytterligare|drygt|dryga|ca|cirka|omkring|ungefär|runt|nära|nästan|knappt|närmare"
    r"|närmre|uppåt|lite|något|endast|bara|nya|över|mer|än|minst|lägst|högst|maximalt|max|upp|till|emot|uppemot|hela|som|mest|bland|annat|extra|uppskattningsvis|i|genomsnitt|årligen|en|ett|de"
    r"|ett\s+belopp\s+(?:om|på|motsvarande)|en\s+summa\s+(?:om|på))\s+){0,4}"
)
# A sentence that tells of money without a sum: "Skolverket tillförs ytterligare medel"; not "… får ingen höjning".
GIVEN: Final = re.compile(r"\b(?:tillförs?|får|tilldelas|ges)\b")
NONE: Final = re.compile(r"\b(?:ingen|inget|inga|inte|utan|slipper)\b")
CLOSE: Final = 12  # characters between the noun that a sentence ends with and its full stop
NEAR: Final = 90  # how far back a preposition and its hedges reach
FAR: Final = 260  # how far back the word of change may stand
LED: Final = re.compile(
    rf"(?<!\w)(?P<by>tillför|motsvarande|bli|med|på|om|av|till|från|för|att|tillföra|uppgå|är|blir|motsvarar|omfattar|:)\s+{adverbials.ANY}{HEDGES}[*_]*$",
)
MORE: Final = re.compile(rf"(?<!\w)(?P<word>ytterligare|extra)\s+(?!år)(?:i\s+storleksordningen\s+)?{HEDGES}[*_]*$")
AFTER: Final = re.compile(
    r"""\s*(?:kronor\s+)?
    (?:per\s+år\s+|årligen\s+|varje\s+år\s+|om\s+året\s+|i\s+år\s+|nästa\s+år\s+
      |(?:för\s+|under\s+|år\s+|från\s+(?:och\s+med\s+)?|fr\.o\.m\.\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?\s+)*
    (?:(?:extra|mer(?!\s+än)|ytterligare)(?!\w)
      |(?:högre|större)(?:\s+(?:än|i|nästa|20\d\d)(?!\w)|(?=[.,;]))
      |mer\s+än\s+(?:20\d\d|i\s+(?:år|fjol)|förra|tidigare|föregående|dagens|året)
      |av\s+(?:den(?:na)?\s+|detta\s+)?(?:förstärkning(?:en)?|tillskottet?|ökning(?:en)?|höjning(?:en)?)(?!\w)
      |i\s+(?:form\s+av\s+)?(?:en\s+|ett\s+)?(?:permanent\s+)?(?:öka[dt]e?|utöka[dt]e?|höj[dt]a?|förstärk(?:t|ta|ningar?)|extra|ytterligare
         |tillskott|(?:nivå)?(?:ökning|höjning)(?:ar)?)(?!\w)
      |som\s+(?:en?\s+|ett\s+)?(?:förstärk(?:t|ta|ning)|ökning|tillskott|höjning)(?!\w))""",
    re.VERBOSE,
)
# "3 miljoner kronor mindre än i fjol"
LESS: Final = re.compile(r"\s*(?:kronor\s+)?(?:lägre|mindre)(?:\s+(?:än|i|nästa|20\d\d)(?!\w)|(?=[.,;]))")
# "27 miljoner kronor 2026 samt beräknar 27 miljoner kronor 2027": another year of the same addition.
CARRIED: Final = re.compile(
    r"""[\s,–-]*(?:(?:kronor|kr|mnkr|per|år|åren|årligen|för|under|från|och|samt|med|till|därefter|att|det|regeringen
    |20\d\d|beräknar|beräknas|beräkna|föreslår|föreslås|avsätts|avsätta|avsättas|tillförs|tillföra|tillföras|ca|cirka
    |drygt|ytterligare)[\s,–-]+)+""",
    re.VERBOSE,
)
# "utöver de 2 miljoner kronor som redan har tilldelats": what was there.
OVER: Final = re.compile(rf"(?<!\w)utöver\s+(?:de|den|det|dessa|tidigare|redan)\s+{HEDGES}$")
# "en ökning från förra året, då stödet låg på 4 miljoner"
WAS: Final = re.compile(rf"(?<!\w)(?:då|när)\s+(?:\w+\s+){{1,3}}(?:låg|var|uppgick)\s+(?:(?:på|till)\s+)?{HEDGES}$")
# "får, utöver vad som anvisats tidigare, 3 miljoner kronor"
ON_TOP: Final = re.compile(rf"(?<!\w)utöver\s+(?:vad|det)\s+som\s+[^,.;]*?,\s+{HEDGES}$")
# "stödet som omfattar 4 miljarder kronor utökas med": what there is before it grows
GROWS: Final = re.compile(
    rf"[^.,;]{{0,25}}?,?\s+(?:utökas|ökas|höjs|förstärks|stärks|minskas|sänks|utökades|höjdes|förstärktes)\s+{adverbials.ANY}(?:med|till|från)\s"
)
REACHED: Final = re.compile(r"(?<!\w)(?:nivån?|därmed)(?!\w)")  # "detta år uppgår nivån till 3 miljoner kronor"
LISTED: Final = re.compile(
    r"\W*(?:ytterligare|dessutom|därutöver|därtill|vidare|utöver\s+det(?:ta)?|samtidigt|även)(?!\w)"
)
WHOLE: Final = re.compile(rf"(?:det\s+vill\s+säga|totalt|sammanlagt|sammantaget)\s+(?:{HEDGE}\s+)?$")
PART: Final = re.compile(r"(?<!\w)(?:varav|därav|inklusive|däribland)(?!\w)")
BREAKDOWN: Final = re.compile(rf"\W*{OF_TOLD}(?!\w)")
JOINED: Final = re.compile(r"[,;:]|\b(?:som|att|och|samt)\b")
APART: Final = re.compile(r"[,;]|\boch\b")
WITH: Final = re.compile(r"\bmed\s+$")
OF_ITS_OWN: Final = re.compile(r"\s+(?:på|om)\s+(?:\w+\s+)?\d")  # "tillskottet på 5 miljoner": of another sum
# "I tabellen nedan visas höjningen av anslagen."
SHOWN: Final = re.compile(r"\b(?:tabell\w*|nedan|följande)\b")
MINUS_BEFORE: Final = re.compile(rf"[{MINUS}][\s*_]*$")
LEVEL: Final = re.compile(
    r"(?<!\w)(?:uppgår|uppgick|uppgå|omfattar|omfatta|finns|nivån?|sammanlagt|totalt|därmed|gäller)(?!\w)",
)
# "För 2026 planeras ytterligare 3 miljoner": the next years of the same money.
LATER: Final = re.compile(
    YEAR_ON.pattern + r"[^,;]{0,25}?\b(?:beräknas|planeras|aviseras|väntas|beräknar\s+\w+)\b[\w\s]{0,16}$",
)


def read(place: Place, book: Rulebook, found: Source | None = None) -> Verdict:
    """``increase``, ``decrease`` or empty for a level, and why; ``found`` is the sentence behind a table's cell."""
    if place.kind == CELL:
        return _in_table(place, book, found)
    if verdict := _in_series(place, place.index, book):
        return verdict
    if place.is_heading:
        for spot in restatements(place):
            return read(spot, book)
        return _from_body(place, book) or ("", Reason("change", "change.default"))
    return _from_context(place, book) or ("", Reason("change", "change.default"))


def _in_series(place: Place, index: int, book: Rulebook) -> Verdict | None:
    """What the sentence says of mention ``index``, its own words first, then those of the sum it goes on from."""
    for number in range(index, -1, -1):
        if verdict := _stated(place, number, book, own=number == index):
            return verdict
        if not (number and _goes_on(place, number)):
            return None
    return None


def _goes_on(place: Place, number: int) -> bool:
    """Whether mention ``number`` goes on with what the sentence says of the one before it."""
    gap = between(place, number)
    if WHOLE.search(place.lowered[max(gap.start, gap.end - 40) : gap.end]):  # "det vill säga totalt 3,5 miljoner"
        return False
    if _by(place, number) in ("på", "om", "av"):  # "…, samt en ram på 5 miljoner": a noun of its own
        return False
    if PART.search(place.lowered, gap.start, gap.end) or CARRIED.fullmatch(place.lowered, gap.start, gap.end):
        return True
    return coordinated(place, number) and not _own_verb_after(place, number)


def _own_verb_after(place: Place, index: int) -> bool:
    after = following(place, index)
    found = FINITE.search(place.lowered, after.start, min(after.end, after.start + 60))
    return found is not None and not JOINED.search(place.text, after.start, found.start())


def _stated(place: Place, index: int, book: Rulebook, *, own: bool = True) -> Verdict | None:
    """What the words around one mention say, or ``None`` when they say nothing of a change."""
    gap = between(place, index)
    near = max(gap.start, gap.end - NEAR)
    left = place.lowered[near : gap.end]
    if ("ytterligare" in left or "extra" in left) and (found := MORE.search(left)):
        return _addition(place, index, book, found["word"], near + found.start())
    if "utöver" in left and OVER.search(left) or ("då" in left or "när" in left) and WAS.search(left):
        return "", Reason("change", "change.level", gap.end, gap.end)
    if "utöver" in left and "change.more" in book and (found := ON_TOP.search(left)):
        return "increase", Reason("change", "change.more", near + found.start(), near + found.end())
    if own and (verdict := _after(place, index, book)):
        return verdict
    return _led(place, index, book, left)


def _after(place: Place, index: int, book: Rulebook) -> Verdict | None:
    """What the words right after a mention say: ``extra``, ``högre än i fjol``, ``utökas med``."""
    after = following(place, index)
    if GROWS.match(place.lowered, *after):
        return "", Reason("change", "change.level", after.start, after.start)
    if "change.after" in book and (later := AFTER.match(place.lowered, *after)):
        return "increase", Reason("change", "change.after", *later.span())
    if "change.after.less" in book and (later := LESS.match(place.lowered, *after)):
        return "decrease", Reason("change", "change.after.less", *later.span())
    return None


def _led(place: Place, index: int, book: Rulebook, left: str) -> Verdict | None:
    """What the word that leads to a mention, at the end of the text ``left`` of it, makes of a word of change."""
    text, gap = place.lowered, between(place, index)
    led = LED.search(left)
    if not led:
        return None
    start, by, stop = max(gap.start, gap.end - FAR), led["by"], gap.end - len(left) + led.start()
    if by == "till" and index and _by(place, index - 1) == "till" and coordinated(place, index):
        return None  # "tillskottet beräknas 2025 till 2 miljarder och 2026 till 4 miljarder": what the first is
    if (
        by == "från"
        or (by == "till" and index)
        or (by == "uppgå" and index and lexicon(book, "change.noun").first(text, start, stop) is None)
    ):
        return "", Reason("change", "change.level", stop, stop + len(by))
    if (
        by == "med"
        and index
        and _by(place, index - 1) in ("på", "om", "av")
        and not APART.search(place.text, gap.start, stop)
    ):
        start = place.sentence.start  # "öka bidragen om 2 miljarder per år med": the earlier sum only names the level
    return moved(text, Span(start, stop), by, place.sentence, book)


def _by(place: Place, index: int) -> str:
    gap = between(place, index)
    found = LED.search(place.lowered[max(gap.start, gap.end - 60) : gap.end])
    return found["by"] if found else ""


def _addition(place: Place, index: int, book: Rulebook, word: str, at: int) -> Verdict | None:
    """``ytterligare`` before a sum: an addition, unless it only goes on with a list of sums."""
    if "change.more" not in book:
        return None
    if word == "ytterligare" and not place.is_heading:
        if coordinated(place, index) and not WITH.search(place.text[max(0, at - 8) : at]):
            return None
        opens = LISTED.match(place.lowered, place.sentence.start, at + len(word)) or LATER.match(
            place.lowered, place.sentence.start, at
        )
        if opens and not index and _sum_before(place):
            return "", Reason("change", "change.listed", *opens.span())
        if not index and _after_breakdown(place):
            return "", Reason("change", "change.listed", at, at + len(word))
    return "increase", Reason("change", "change.more", at, at + len(word))


def _after_breakdown(place: Place) -> bool:
    """Whether the sentence before gives one part of a total: ``av dessa medel har 5 miljoner redan fördelats``."""
    return any(
        BREAKDOWN.match(place.lowered, *span) and SUM.search(place.lowered, *span)
        for _, span in place.outline.before(place.block, place.sentence, 1)
    )


def _sum_before(place: Place) -> bool:
    return any(SUM.search(place.lowered, *span) for _, span in place.outline.before(place.block, place.sentence, 4))


def _from_context(place: Place, book: Rulebook) -> Verdict | None:
    """What a heading, the next sentence or a table's label says of a sum whose own verb only allocates."""
    text, left = place.lowered, place.left
    if BREAKDOWN.match(text, *place.sentence):
        return _from_total(place, book)
    if YEAR_ON.match(text, *place.sentence) and not LEVEL.search(text, *left):
        return _from_total(place, book)
    if is_total(text[left.start : left.end]) or REACHED.search(text, *left) or "change.resources" not in book:
        return None
    heads = place.outline.headings(place.block)
    head = place.outline.blocks[heads[-1]] if heads else None
    if head and head.kind == HEADING and not place.is_heading:
        if cue := lexicon(book, "change.resources").first(text, head.start, head.end):
            return sign(cue)
    return _from_next(place, book)


def _from_next(place: Place, book: Rulebook) -> Verdict | None:
    """``Tillskottet innebär …`` right after the sentence calls its sum an increase."""
    later = place.outline.after(place.block, place.sentence.end)
    block = place.block + 1
    if later is None and block < len(place.outline.blocks) and place.outline.blocks[block].kind == place.kind:
        later = place.outline.after(block, 0)
    if later is None:
        return None
    cue = lexicon(book, "change.resumed").first(place.lowered, later.start, min(later.end, later.start + 60))
    if cue is None or cue.start - later.start >= 25:
        return None
    return None if OF_ITS_OWN.match(place.text, cue.end) else sign(cue)


def _from_body(place: Place, book: Rulebook) -> Verdict | None:
    """``i och med denna förstärkning`` in the body calls the title's sum an increase."""
    this = lexicon(book, "change.this")
    for block in place.outline.blocks[place.block + 1 : place.block + 4]:
        if block.kind != CELL and (cue := this.first(place.lowered, block.start, block.end)):
            return sign(cue)
    return None


def _from_total(place: Place, book: Rulebook) -> Verdict | None:
    """A component of an increase is an increase: the sum of the sentence before decides, or its last noun."""
    for _, span in place.outline.before(place.block, place.sentence, 1):
        if found := SUM.search(place.lowered, *span):
            spot = place_at(place.outline, *found.span(), place.mention)
            return _in_series(spot, spot.index, book)
        cue = lexicon(book, "change.noun").last(place.lowered, *span)
        said = place.lowered[span.start : cue.start] if cue and span.end - cue.end < CLOSE else ""
        if cue and GIVEN.search(said) and not NONE.search(said):  # "Skolverket tillförs ytterligare medel."
            return sign(cue)
    return None


def _in_table(place: Place, book: Rulebook, found: Source | None) -> Verdict:
    """What the table's caption says, else the sentence a cell restates, its row's label or what leads in."""
    if MINUS_BEFORE.search(place.text[place.cell.start : place.mention.start]):
        return "decrease", Reason("change", "change.minus", place.cell.start, place.mention.start)
    grid, text = place.outline.grid(place.cell.level), place.lowered
    if place.mention.high and (caption := grid.caption()):
        if cue := lexicon(book, "change.caption").first(text, caption.start, caption.end):
            return sign(cue)
    if found and found.strength == 2:
        return read(found.place, book)
    label = grid.row_label(place.cell)
    if label and (cue := lexicon(book, "change.label").first(text, label.start, label.end)):
        return sign(cue)
    lead = place.outline.lead_in(place.block)
    if lead is not None and (spans := place.outline.sentences(lead)) and SHOWN.search(text, *spans[-1]):
        if cue := lexicon(book, "change.noun").last(text, *spans[-1]):
            return sign(cue)
    return "", Reason("change", "change.default")
