"""What the text has told of before a sum, or names over it, when the sentence has no word for what the sum is."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import CELL, HEADING, ITEM, TITLE
from belopp.purpose.families import BASE, COLLECTED, FINE, FUND, LIMIT, NO_GIFT, TAX, UNTOLD
from belopp.purpose.lexicon import lexicon
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place, Span

COVERING: Final = re.compile(r"(?<!\w)att (?:finansiera|minska|täcka)\s+(?:\w+\s+){0,2}$")
# "Det motsvarar en minskning med 17 miljarder kronor": of what the sentence before tells
COMPARED: Final = re.compile(
    r"\W*(?:(?:för|under|från|år)\s+)?(?:(?:nästa|förra)\s+år\s+|20\d\d\s+|och\s+)*(?:sänks|höjs|ökas|minskas|sänktes|höjdes|sänkas|höjas)\s+"
    r"(?:den|det|de)\s+(?:till|med|från)\s+(?:\w+\s+)?$"
    r"|\W*(?:det|detta)\s+(?:\w+\s+)?(?:är|var|motsvarar|motsvarade|innebär|innebar)\s+(?:\w+\s+)?"
    r"en\s+(?:ökning|minskning|förbättring|försämring)\s+(?:med|på|om)\s+(?:\w+\s+)?$"
)
# "Två tredjedelar är handel med grannländerna. Totalt handlar det om 30 miljarder kronor."
IT_IS: Final = re.compile(
    r"\W*(?:(?:totalt|sammanlagt|sammantaget)\s+handlar\s+det|det\s+handlar\s+(?:totalt|sammanlagt|sammantaget))\s+om\s+"
    r"(?:\w+\s+)?$"
)
THE_AMOUNT: Final = re.compile(r"(?<!\w)beloppe[tn](?!\w|\s+till\s+(?!\d))")
# What somebody gives, builds or buys is no deficit that the text has told of before.
GIVING: Final = re.compile(
    r"(?<!\w)(?:får|fick|fått|ge|ger|gav|gett|ges|gavs|lägg\w*|lade|lagt|bygg(?:er|a|de|t|s|ts|as)?|bespar\w*|köp\w*|klubba\w*|tillskott\w*|(?:till)?skjut\w*|fördela\w*"
    r"|bidra\w*|stå(?:r|tt)?\s+(?:\w+\s+){0,2}för|dela\w*\s+ut|varav\s+\w+\s+betalar|begär\w*|äska\w*|budgetera\w*|godkänn\w*|går\s+(?:tillbaka\s+)?till|gick\s+(?:tillbaka\s+)?till|boka\w*|spara[rst]?)(?!\w)"
)
# "delas 600 000 kronor ut", "betalade kommunen 5 miljoner kronor ut"
OUT: Final = re.compile(
    r"(?<!\w)(?:dela|betala|lämna|lade|lägg)\w*\s[^.;]{0,80}?\sut(?!\w)"
    r"|(?<!\w)(?:\w*investering(?:en|ar|arna)?|prissumm\w*|prispott\w*|borgen|borgensåtagande\w*)(?!\w)|(?<!\w)till\s+\w+\s+(?:går|gick)(?!\w)"
)
COUNTRY: Final = "sverige "  # that gives what the state gives
# "Kammarrätten: bolaget ska betala 30 miljoner", "det belopp som domstolen halverade till 50 miljoner"
PENALTY: Final = re.compile(
    r"(?<!\w)(?:\w*rätten|\w*domstol\w*|åklagar\w*|döm[sdt]\w*|dömer|yrka\w*|(?:ska|skulle|bör|måste|slipper|får|kan)\s+(?:\w+\s+){0,2}?(?:betala|ersätta))(?!\w)"
)
BACK: Final = 3  # sentences of its paragraph before a sum, in which its measure is looked for


def told_before(place: Place, book: Rulebook) -> Cue | None:
    """What the sentence before tells of: the fine whose size ``beloppet`` is, the figure that ``en ökning`` is of."""
    text, left = place.lowered, place.left
    of_amount = "beloppe" in place.small and THE_AMOUNT.search(text, *left)
    if not of_amount and not COMPARED.match(text, *left) and not IT_IS.match(text, *left):
        return None
    for distance, (block, told) in enumerate(place.outline.before(place.block, place.sentence, BACK)):
        measures = ((FINE,) if distance else (FINE, LIMIT, TAX)) if of_amount else ("kind",)
        cue = lexicon(book, *measures).last(text, *told)
        if cue or block != place.block:
            return cue if cue and (of_amount or cue.rule.id.startswith("kind.other")) else None
    return None


def is_penalty(place: Place, book: Rulebook) -> Cue | None:
    """The fine, named anywhere in the text, that a court or an authority says that somebody is to pay or be spared."""
    if place.kind == CELL or FINE not in book or not PENALTY.search(place.lowered, *place.sentence):
        return None
    if GIVING.search(place.lowered, *place.sentence):
        return None
    whole = place.outline
    return whole.kept(("fine", book), lambda: lexicon(book, FINE).first(whole.lowered))


def spoken_of(place: Place, book: Rulebook) -> Cue | None:
    """What a text of no government has just told of, or tells of in its title: a deficit, a crime, what a thing costs.

    Only the government's money is given wherever nothing else is said.
    """
    outline = place.outline
    if place.kind in (CELL, ITEM) or outline.first(book.cues("payer.state")):
        return None
    if _is_given(place, book):
        return None
    told = [span for block, span in outline.before(place.block, place.sentence, 1) if block == place.block]
    if place.index:
        told.insert(0, Span(place.sentence.start, place.mentions[place.index - 1].start))
    if outline.title is not None:
        told.append(Span(outline.title.start, outline.title.end))
    for span in told:
        if cue := lexicon(book, "kind").last(place.lowered, *span):
            return cue if cue.rule.id in NO_GIFT and not _is_covered(place.lowered, cue) else None
    return None


def _is_given(place: Place, book: Rulebook) -> bool:
    """Whether the sentence itself tells of money that somebody gives."""
    if any(said.search(place.lowered, *place.sentence) for said in (GIVING, OUT)):
        return True
    return lexicon(book, FUND, COLLECTED).first(place.lowered, *place.sentence) is not None


def _is_covered(lowered: str, cue: Cue) -> bool:
    """Whether money is to cover what the word names: ``för att täcka underskottet`` tells of no deficit next."""
    return COVERING.search(lowered, max(0, cue.start - 40), cue.start) is not None


def from_section(place: Place, book: Rulebook) -> Cue | None:
    """The cue of the heading or lead-in over a small sum."""
    outline = place.outline
    lead = outline.lead_in(place.block) if place.kind in (ITEM, CELL) else None
    if lead is not None and outline.blocks[lead].kind not in (TITLE, HEADING):
        above = outline.blocks[lead]
        cue = lexicon(book, "kind").last(place.lowered, above.start, above.end)
        return cue if cue and cue.rule.id not in UNTOLD else None
    if heads := outline.headings(place.block):
        above = outline.blocks[heads[-1]]
        return lexicon(book, LIMIT, BASE, FINE).first(place.lowered, above.start, above.end)
    return None


def tells_of_gifts(place: Place, book: Rulebook) -> bool:
    """Whether the sentence, or the title of a text of no government, tells of what others than a state give."""
    gifts, state, title = lexicon(book, COLLECTED), book.cues("payer.state"), place.outline.title
    if gifts.first(place.lowered, *place.sentence):
        return COUNTRY not in place.small and state.first(place.lowered, *place.sentence) is None
    if title is None or place.outline.first(state):
        return False
    return gifts.first(place.lowered, title.start, title.end) is not None
