"""Clauses around a sum: which words of the sentence can govern it, and where else the same sum is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from belopp import adverbials
from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, QUOTE, TITLE, Mention
from belopp.rulebook import Cue
from belopp.sentences import Outline, Place, Span
from belopp.sizes import SIZE, power

# The verbs that sums stand with.  One of them left of a sum in its own clause leaves no room for another on its right.
FINITE: Final = re.compile(
    r"""(?<![\w-])(?:
      ska|skulle|kommer|kan|får|fick|är|var|blir|blev|har|bör|vill(?!\s+säga)|avser|finns|fanns
    | (?:upp)?(?:går|gick) | ges | gavs | ger | gav | gör(?:s)? | gjorde | avs(?:ätter|ätts|atte|attes)
    | (?:om)?fattar(?:des?)? | tillför(?:s|de|des)? | tilldela(?:s|r|de|des) | anslås | anslår | erhåller
    | satsa(?:s|r|de|des) | fördela(?:s|r|de|des) | (?:ut)?betala(?:s|r|de|des) | bevilja(?:s|r|de|des)
    | (?:för)?stärk(?:s|er|te|tes) | (?:ut)?öka(?:s|r|de|des) | höj(?:s|er|de|des) | sänk(?:s|er|te|tes)
    | minska(?:s|r|de|des) | bidra(?:r|s) | bidrog | rikta(?:s|r|de|des) | lägg(?:s|er) | innebär | innebar
    | motsvara(?:r|de) | utgör(?:s)? | ingår | använd(?:s|er|es) | investera(?:s|r|de) | kosta(?:r|de)
    | behöv(?:s|er) | skjut(?:s|er) | donera(?:r|s) | skänk(?:er|s) | föreslå(?:r|s) | föreslog(?:s)?
    | avisera(?:r|s|de|des) | beräkna(?:r|s|de|des) | vänta(?:s|r) | förväntas | uppskatta(?:s|r)
    | bedöm(?:s|er|des) | planera(?:s|r) | fortsätter | stå(?:r|tt) | öronmärk(?:s|er) | reservera(?:s|r)
    | finansiera(?:s|r) | medför
    )(?![\w-])""",
    re.VERBOSE,
)
# "från och med" and "till och med" join no clauses.
JOINT: Final = re.compile(r"(?<!\bfrån )(?<!\btill )(?<![\w-])(?:och|samt|men|respektive|liksom)(?![\w-])")
SUBORDINATE: Final = re.compile(
    r"[,;:(–—]|(?<![\w-])(?:som|att|vad|vilk(?:et|en|a)|där|då|när|eftersom|medan|varav|varigenom)(?![\w-])"
)
CLAUSE_START: Final = re.compile(r"[;:(–—]|,|(?<![\w-])(?:att|men|varav|(?<!\bfrån )(?<!\btill )(?:och|samt))(?![\w-])")
RELATIVE: Final = re.compile(r"\s*(?:som|vilk(?:et|en|a)|där)(?![\w-])")
SUM: Final = re.compile(
    rf"""(?<![\w,.-])(?:(?P<figure>\d{{1,3}}(?:[\ \u00a0\u202f]\d{{3}})+|\d+(?:,\d+)?)
      | (?P<word>en(?:\ och\ en)?\ halv|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv))\s
    (?:(?P<size>{SIZE})|kronor|kr|sek|euro|dollar)
    (?:\s(?P<money>kronor|kr|sek|euro|dollar))?(?!\w)""",
    re.VERBOSE,
)
# "För 2027 tillförs 3 miljarder": goes on for another year with what the sentence before says of its own.
YEAR_ON: Final = re.compile(
    r"\W*(?:(?:(?:för|under|år|från(?:\s+och\s+med)?|fr\.o\.m\.?)\s+(?:åren\s+|år\s+)?)?20\d\d|därefter|nästa\s+år"
    r"|året\s+därpå)(?!\w)",
)
# "av dessa", "av de nya medlen", "av satsningen": a part of the money told of before
OF_TOLD: Final = (
    r"av\s+(?:dessa|detta|dem|de\s+\w+|(?:den(?:na)?\s+(?:här\s+)?(?:\w+\s+)?|det\s+\w+\s+)?"
    r"(?:medlen|pengarna|resurserna|beloppet|summan?|satsning(?:en)?|insats(?:en)?|investering(?:en)?|stödet|bidraget"
    r"|anslaget|tillskottet|paketet|förstärkning(?:en)?|ökning(?:en)?|höjning(?:en)?))"
)
POINTING: Final = re.compile(r"(?<!\w)(?:de|dessa|den|denna)\s+$")  # "de 5 miljonerna": told before
PARTNER: Final = re.compile(r"(?<![\w,.-])(?P<figure>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:,\d+)?)\s+respektive\s+$")
# "har nu delats ut", "har kommunen på fyra år betalat"
HELPS: Final = re.compile(rf"(?<!\w)har\s+{adverbials.ANY}(?:(?:redan|hittills|sedan)\s+)?(?:\w+\s+){{0,6}}$")
JOINS_VERB: Final = re.compile(rf"(?:och|samt|men)\s+{adverbials.ANY}(?:därefter\s+)?$")
SPACE: Final = re.compile(r"\s")
WORDS: Final = ("", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def between(place: Place, index: int) -> Span:
    """From the mention before number ``index`` of the sentence (or its start) to that mention."""
    if index == place.index:
        return place.before
    return Span(place.mentions[index - 1].end if index else place.sentence.start, place.mentions[index].start)


def following(place: Place, index: int) -> Span:
    """From mention number ``index`` of the sentence to the next one (or its end)."""
    if index == place.index:
        return place.after
    end = place.mentions[index + 1].start if index + 1 < len(place.mentions) else place.sentence.end
    return Span(place.mentions[index].end, end)


def clause(lowered: str, span: Span) -> Span:
    """The last clause of a stretch: what follows its last comma, conjunction or ``att``."""
    start = span.start
    for found in CLAUSE_START.finditer(lowered, span.start, span.end):
        start = found.end()
    return Span(start, span.end)


def has_verb(lowered: str, start: int, end: int) -> bool:
    """Whether a stretch of a text in small letters holds a finite verb that a sum can stand with."""
    return FINITE.search(lowered, start, end) is not None


def owns(place: Place, index: int, cue: Cue) -> bool:
    """Whether a verb after mention number ``index`` governs it: ``50 miljoner kronor beräknas för 2026``."""
    text, verb = place.lowered, place.lowered[cue.start : cue.end]
    if index + 1 < len(place.mentions) and not verb.endswith(("s", "t", "t ut")):
        return False  # "utöver 5 miljoner kronor föreslår regeringen 6": an active verb looks ahead
    sum_end = place.mentions[index].end
    helped = HELPS.search(text, sum_end, cue.start)
    if SUBORDINATE.search(text, sum_end, cue.start) or FINITE.search(
        text, sum_end, helped.start() if helped else cue.start
    ):
        return False
    if JOINT.search(text, sum_end, cue.start):
        last = index + 1 == len(place.mentions)
        # "30 miljoner till kommuner och regioner föreslås": the conjunction joins nouns, not clauses.
        if not last or JOINS_VERB.search(place.text[max(0, cue.start - 30) : cue.start]):
            return False
    here = clause(text, between(place, index))
    verbs = {found.group() for found in FINITE.finditer(text, here.start, here.end)}
    if verbs <= {"har", "hade"} and verb.endswith(("ts", "t", "t ut")):
        return True  # "hittills har 5 miljoner kronor betalats ut"
    return not verbs


def aside(lowered: str, cue: Cue, stop: int, start: int) -> bool:
    """Whether the cue stands in a relative clause or a bracket that closes before ``stop``."""
    if lowered.find(",", cue.end, stop) < 0 and lowered.find(")", cue.end, stop) < 0:
        return False
    opened = max(lowered.rfind(",", start, cue.start), lowered.rfind("(", start, cue.start), start - 1)
    return lowered[opened : opened + 1] == "(" or (opened >= start and RELATIVE.match(lowered, opened + 1) is not None)


def coordinated(place: Place, index: int) -> bool:
    """Whether mention number ``index`` only goes on with the verb before: ``5 miljoner 2025 och 6 miljoner 2026``."""
    return index > 0 and not has_verb(place.lowered, *between(place, index))


class Stated(NamedTuple):
    """A sum of running text found by its look alone: where it stands and what it comes to."""

    span: Span
    value: Decimal
    unit: bool


# What the units of :data:`SUM` are told by: most paragraphs of a document hold none of them.
UNITS: Final = ("kr", "milj", "euro", "dollar", "sek", "md", "mn", "mrd", "mlj")


def sums(outline: Outline) -> tuple[Stated, ...]:
    """The sums of a document outside its headings, tables and furniture."""
    return outline.kept("stated", lambda: tuple(_stated(outline)))


def _stated(outline: Outline) -> Iterator[Stated]:
    text, small = outline.document.text, outline.lowered
    for block in outline.blocks:
        if block.kind in (TITLE, HEADING, CELL, BOILERPLATE):
            continue
        if not any(map(small[block.start : block.end].__contains__, UNITS)):
            continue
        for found in SUM.finditer(small, block.start, block.end):
            for span, worth in _with_partner(text, found):
                yield Stated(span, worth, text.startswith(" per", span.end))


def _with_partner(text: str, found: re.Match[str]) -> Iterator[tuple[Span, Decimal]]:
    """A sum, after the bare figure that shares its unit: ``20 respektive 30 miljoner kronor``."""
    if other := PARTNER.search(text[max(0, found.start() - 24) : found.start()]):
        start = max(0, found.start() - 24) + other.start("figure")
        yield Span(start, start + len(other["figure"])), _number(other["figure"]) * _power(found)
    yield Span(*found.span()), value(found)


def value(found: re.Match[str]) -> Decimal:
    """What a match of :data:`SUM` in small letters comes to, in units of its currency."""
    if found["figure"]:
        return _number(found["figure"]) * _power(found)
    word = found["word"]
    if word.endswith("halv"):
        return _power(found) / 2 if word == "en halv" else _power(found) * 3 / 2
    return WORDS.index(word) * _power(found)


def _power(found: re.Match[str]) -> Decimal:
    return Decimal(10) ** power(found["size"] or "")


def _number(figure: str) -> Decimal:
    return Decimal(SPACE.sub("", figure).replace(",", "."))


def restatements(place: Place) -> Iterator[Place]:
    """Where the body states the sum of a title or heading again, running text before quotes and items."""
    mention = place.mention
    if not (mention.low == mention.high and mention.low >= 1000):
        return
    later = [stated for stated in sums(place.outline) if stated.span.start >= place.sentence.end]
    found = [stated for stated in later if stated.value == mention.low]
    if not found and mention.currency == "SEK":  # "1 610 miljoner" for "1,6 miljarder"
        found = [one for one in later if not one.unit and abs(one.value - mention.low) * 33 <= mention.low]
    text = place.lowered
    found = [one for one in found if not POINTING.search(text[max(0, one.span.start - 8) : one.span.start])]
    blocks, block_at = place.outline.blocks, place.outline.block_at
    for stated in sorted(found, key=lambda one: blocks[block_at(one.span.start)].kind in (QUOTE, ITEM)):
        yield place_at(place.outline, *stated.span, mention)


def place_at(outline: Outline, start: int, end: int, mention: Mention) -> Place:
    """The place of a sum found by its look alone, among the other sums of its sentence."""
    text = outline.document.text
    block = outline.block_at(start)
    sentence = outline.sentence_at(block, start)
    others = [
        Mention(*m.span(), text[slice(*m.span())], value(m), value(m), mention.currency)
        for m in SUM.finditer(outline.lowered, sentence.start, sentence.end)
        if m.end() <= start or m.start() >= end
    ]
    own = Mention(start, end, text[start:end], mention.low, mention.high, mention.currency)
    mentions = tuple(sorted([*others, own], key=lambda one: one.start))
    return Place(outline, block, sentence, mentions, mentions.index(own))
