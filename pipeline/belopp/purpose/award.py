"""Whether a small sum is given whole: a prize, one of the grants that a text lists, what people have collected."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import ITEM
from belopp.purpose.club import GETS, GIVES, LEAST
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

AWARD: Final = re.compile(
    r"(?<!\w)(?:\w*stipendi(?!er)\w*|\w*pristagar\w*|\w*prissumm\w*|\w*prispeng\w*|\w*prispott\w*|\w*utmärkelse\w*|\w*belöning\w*"
    r"|belöna\w*|nobelpris\w*|(?:första|andra|tredje|heders|kultur|journalist|litteratur)pris\w*|vinnar\w+|segrar\w+)(?!\w)"
    r"|(?<!\w)priset?\s[^.;]{0,60}?(?:går|gick|gått|tilldela\w*|tillfall\w*)\s"
    r"|(?<!\w)dela[rds]?\w?\s+ut\s[^.;]{0,40}?pris(?:er)?(?!\w)"
)
# "Tio projekt fick pengar", "Banken delar ut två miljoner", "Årets bidrag till föreningarna": grants in a row
HANDED_OUT: Final = re.compile(
    r"(?<!\w)(?:(?:delar|delade|delat|delas|delades)\s+ut|(?:får|fick|fått|beviljas|beviljades|tilldelas|tilldelades)\s+(?:\w+\s+){0,2}?"
    r"(?:pengar|bidrag|stöd|medel|stipendi\w+|projektpengar|miljoner)|(?:får|fick)\s+dela\s+på|delar\s+på|så\s+fördela\w*|föreningsbidrag\w*"
    r"|fördela(?:r|t|de)\s+(?:\w+\s+){0,3}?\w*(?:bidrag|bidraget|bidragen|medel|medlen|stöd|stödet))(?!\w)"
)
# "Bössan har fått in", "samlade klassen tillsammans in", "är insamlingen uppe i": what is collected
RAISED: Final = re.compile(
    r"(?<!\w)(?:samla(?:de|r|t|s|ts|des)?|fick|får|fått|drog|drar|dragit|skrapade|skrapat)\s(?:[^.;,\d]{1,80}\s)?(?:in|ihop)\s"
    r"|(?<!\w)(?:uppe\s+i|nått|nådde|passerat|passerade)\s"
)
RAISED_AFTER: Final = re.compile(r"\s+(?:samlade|samlar|fick|drog)\s[^.;,\d]{1,60}\s(?:in|ihop)(?!\w)")
SOON: Final = re.compile(r"(?<!\w)(?:snart|hoppas|ska|skall|kommer\s+att|målet)(?!\w)")
CAMPAIGN: Final = re.compile(
    r"(?<!\w)\w*(?:bössa|bössan|bössor|bössorna|insamling|insamlingen|musikhjälpen|världens\s+barn)(?!\w)"
)
CAMPAIGNS: Final = ("böss", "insamling", "musikhjälpen", "världens")  # one stands in all that the pattern finds
# "stipendier om 10 000 kronor", "kan få 10 000 kronor", "varje skola får": what each of several can get
OF_EACH: Final = re.compile(
    r"(?:stipendier|priser)(?:na)?\s+(?:på|om|à)\s+(?!totalt|sammanlagt)(?:\w+\s+)?$|(?<!\w)(?:kan|varje(?!\s+år)|per|vardera|sök\w*|ansök\w*"
    r"|\w*avgift\w*|kosta\w*|\w*biljett\w*|\w*hyra\w*|\w*lön\w*|minst|den\s+som|betala\w*|värd[ae]?)\s"
)


def is_given_whole(place: Place, book: Rulebook) -> bool:
    """Whether a sum is one prize, one of the grants that a text lists, or what a campaign has raised."""
    mention, text = place.mention, place.lowered
    if mention.high < LEAST or mention.modifier == "at_most" or mention.per:
        return False
    if is_raised(place):
        return True
    if OF_EACH.search(text, place.sentence.start, mention.start):
        return False
    return _over_it(place, AWARD) or (_over_it(place, HANDED_OUT) and _goes_to_one(place, book))


def _over_it(place: Place, said: re.Pattern[str]) -> bool:
    """Whether the sentence, the line over its list or the title tells of something."""
    outline = place.outline
    if not outline.kept(("award", said), lambda: said.search(place.lowered) is not None):
        return False
    spans = [place.sentence]
    if outline.title:
        spans.append(Span(outline.title.start, outline.title.end))
    if (lead := outline.lead_in(place.block)) is not None:
        spans.append(Span(outline.blocks[lead].start, outline.blocks[lead].end))
    return any(said.search(place.lowered, *span) for span in spans)


def _goes_to_one(place: Place, book: Rulebook) -> bool:
    """Whether somebody gets the sum, or it stands in a list of those who do."""
    text, mention = place.text, place.mention
    if text[mention.start - 1] == "(" and text.startswith(")", mention.end):
        return True  # "ett läsprojekt i Laholm (85 000 kr)"
    return place.kind == ITEM or book.cues(GETS, GIVES).first(place.lowered, *place.sentence) is not None


def is_raised(place: Place) -> bool:
    """Whether people have collected the sum: ``Klassen samlade in``, ``bössan är uppe i``."""
    text = place.lowered
    if SOON.search(text, *place.sentence):
        return False
    if not place.outline.kept("campaign", lambda: _tells_of_campaign(text)):
        return False
    after = RAISED_AFTER.match(text, place.mention.end) is not None
    return after or RAISED.search(text, place.sentence.start, place.mention.start) is not None


def _tells_of_campaign(text: str) -> bool:
    return any(stem in text for stem in CAMPAIGNS) and CAMPAIGN.search(text) is not None
