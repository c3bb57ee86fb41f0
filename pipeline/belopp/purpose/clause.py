"""Clauses around a sum: which words of the sentence can govern it, and where else the same sum is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, QUOTE, TITLE, Mention
from belopp.rulebook import Cue
from belopp.sentences import Outline, Place, Span

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
    re.VERBOSE | re.IGNORECASE,
)
# "från och med" and "till och med" join no clauses.
JOINT: Final = re.compile(
    r"(?<!\bfrån )(?<!\btill )(?<![\w-])(?:och|samt|men|respektive|liksom)(?![\w-])", re.IGNORECASE
)
SUBORDINATE: Final = re.compile(
    r"[,;:(–—]|(?<![\w-])(?:som|att|vilk(?:et|en|a)|där|då|när|eftersom|medan|varav|varigenom)(?![\w-])", re.IGNORECASE
)
CLAUSE_START: Final = re.compile(
    r"[;:(–—]|,|(?<![\w-])(?:att|men|varav|(?<!\bfrån )(?<!\btill )(?:och|samt))(?![\w-])", re.IGNORECASE
)
RELATIVE: Final = re.compile(r"\s*(?:som|vilk(?:et|en|a)|där)(?![\w-])", re.IGNORECASE)
SUM: Final = re.compile(
    r"(?<![\w,.-])(?:\d[\d\u00a0\u202f ]*(?:,\d+)?"
    r"|en(?: och en)? halv|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\s"
    r"(?:miljon(?:er)?|miljard(?:er)?|mnkr|mdkr|mkr|tkr|kronor|kr|euro|dollar)(?:\s(?:kronor|kr|euro|dollar))?(?!\w)",
    re.IGNORECASE,
)


def between(place: Place, index: int) -> Span:
    """From the mention before number ``index`` of the sentence (or its start) to that mention."""
    start = place.mentions[index - 1].end if index else place.sentence.start
    return Span(start, max(start, place.mentions[index].start))


def following(place: Place, index: int) -> Span:
    """From mention number ``index`` of the sentence to the next one (or its end)."""
    end = place.mentions[index + 1].start if index + 1 < len(place.mentions) else place.sentence.end
    return Span(place.mentions[index].end, max(place.mentions[index].end, end))


def clause(text: str, span: Span) -> Span:
    """The last clause of a stretch: what follows its last comma, conjunction or ``att``."""
    start = span.start
    for found in CLAUSE_START.finditer(text, span.start, span.end):
        start = found.end()
    return Span(start, span.end)


def has_verb(text: str, span: Span) -> bool:
    """Whether a stretch holds a finite verb that a sum can stand with."""
    return FINITE.search(text, span.start, span.end) is not None


def owns(place: Place, index: int, cue: Cue) -> bool:
    """Whether a verb after mention number ``index`` governs it: ``50 miljoner kronor beräknas för 2026``."""
    text = place.text
    if index + 1 < len(place.mentions) and not text[cue.start : cue.end].lower().endswith(("s", "t", "t ut")):
        return False  # "utöver 5 miljoner kronor föreslår regeringen 6": an active verb looks ahead
    if SUBORDINATE.search(text, place.mentions[index].end, cue.start) or FINITE.search(
        text, place.mentions[index].end, cue.start
    ):
        return False
    if JOINT.search(text, place.mentions[index].end, cue.start):
        last = index + 1 == len(place.mentions)
        # "30 miljoner till kommuner och regioner föreslås": the conjunction joins nouns, not clauses.
        if not last or re.search(
            r"(?:och|samt|men)(?:\s+(?:även|också|därefter|därför|nu))?\s+$", text[: cue.start][-30:]
        ):
            return False
    here = clause(text, between(place, index))
    verbs = {found.group().lower() for found in FINITE.finditer(text, here.start, here.end)}
    if verbs <= {"har", "hade"} and text[cue.start : cue.end].lower().endswith(("ts", "t", "t ut")):
        return True  # "hittills har 5 miljoner kronor betalats ut"
    return not verbs


def aside(text: str, cue: Cue, stop: int, start: int) -> bool:
    """Whether the cue stands in a relative clause or a bracket that closes before ``stop``."""
    opened = max(text.rfind(",", start, cue.start), text.rfind("(", start, cue.start), start - 1)
    closed = min((at for at in (text.find(",", cue.end, stop), text.find(")", cue.end, stop)) if at >= 0), default=-1)
    if closed < 0:
        return False
    return text[opened : opened + 1] == "(" or (opened >= start and RELATIVE.match(text, opened + 1) is not None)


def coordinated(place: Place, index: int) -> bool:
    """Whether mention number ``index`` only goes on with the verb before: ``5 miljoner 2025 och 6 miljoner 2026``."""
    return index > 0 and not has_verb(place.text, between(place, index))


def restatements(place: Place) -> Iterator[Place]:
    """Where the body states the sum of a title or heading again, running text before quotes and items."""
    mention, text = place.mention, place.text
    if not (mention.low == mention.high and mention.low >= 1000):
        return
    found = [
        place_at(place.outline, m.start(), m.end(), mention)
        for m in _same_sum(mention).finditer(text, place.sentence.end)
    ]
    if not found and mention.currency == "SEK":
        found = [
            place_at(place.outline, m.start(), m.end(), mention)
            for m in SUM.finditer(text, place.sentence.end)
            if _about(m, mention.low)
        ]
    wanted = [spot for spot in found if spot.kind not in (TITLE, HEADING, CELL, BOILERPLATE)]
    yield from sorted(wanted, key=lambda spot: (spot.kind in (QUOTE, ITEM), spot.mention.start))


def _about(found: re.Match[str], value: Decimal) -> bool:
    """Whether a sum found by its look rounds to ``value``: ``1 610 miljoner`` for ``1,6 miljarder``."""
    figure = re.match(r"\d[\d\s]*(?:,\d+)?", found.group())
    if not figure or "kr" not in found.group() or "per" in found.string[found.end() : found.end() + 6]:
        return False
    size = next(
        (Decimal(10) ** power for word, power in (("miljon", 6), ("miljard", 9)) if word in found.group()), Decimal(1)
    )
    stated = Decimal(re.sub(r"\s", "", figure.group()).replace(",", ".")) * size
    return abs(stated - value) * 33 <= value


def _same_sum(mention: Mention) -> re.Pattern[str]:
    forms = [_figure(mention.low) + r"\s+(?:kr|svenska\s+kr|euro|dollar)"]
    for size, name in (
        (Decimal(10) ** 6, r"(?:miljon(?:er)?|mnkr|mkr)"),
        (Decimal(10) ** 9, r"(?:miljard(?:er)?|mdkr)"),
    ):
        if mention.low >= size / 10:
            forms.append(_figure(mention.low / size) + r"\s+" + name)
    if "\n" not in mention.text and not mention.text[:1].isdigit():
        forms.append(r"\s+".join(map(re.escape, mention.text.split())))
    return re.compile(rf"(?<![\w,])(?:{'|'.join(forms)})\w*", re.IGNORECASE)


def _figure(value: Decimal) -> str:
    whole, _, decimals = f"{value.normalize():f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", r"[\\s\\u00a0\\u202f]?", whole)
    return grouped + (f",{decimals}" if decimals else "")


def place_at(outline: Outline, start: int, end: int, mention: Mention) -> Place:
    """The place of a sum found by its look alone, among the other sums of its sentence."""
    text = outline.document.text
    block = outline.block_at(start)
    here = outline.blocks[block]
    sentence = next((s for s in outline.sentences(block) if s.start <= start < s.end), Span(here.start, here.end))
    others = [
        m.span() for m in SUM.finditer(text, sentence.start, sentence.end) if m.end() <= start or m.start() >= end
    ]
    spans = sorted([*others, (start, end)])
    mentions = tuple(Mention(a, b, text[a:b], mention.low, mention.high, mention.currency) for a, b in spans)
    return Place(outline, block, sentence, mentions, spans.index((start, end)))
