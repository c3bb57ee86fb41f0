"""Finds the purpose that a sum takes from around its sentence: the label, the heading, the title, the sentences nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.area import grammar
from belopp.area.phrase import Phrase, Stretch, lexicon
from belopp.area.sentence import Candidate, accepted, heads, in_order, openings, right_of
from belopp.model import CELL, HEADING, ITEM, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

MONEY: Final = re.compile(r"(?:\d[\d\s,.\u00a0]*|\b(?:en|ett|[Ee]n halv|[Hh]alv|[Tt]vå|[Tt]re|[Ff]yra|[Ff]em|[Ss]ex|[Ss]ju|[Åå]tta|[Nn]io|[Tt]io)\s+)(?:miljoner|miljarder|miljard|miljon|mnkr|mkr|mdkr|kronor|kr)\b(?:\s+(?:svenska\s+)?(?:kronor|kr|euro|dollar)\b)?", re.IGNORECASE)
UNIT_NOTE: Final = re.compile(r"\s*\([^)]*(?:mnkr|kronor|mkr|procent|tkr)[^)]*\)|[*_\\]+", re.IGNORECASE)


def heading_purpose(text: str, span: Span, book: Rulebook, *, title: bool) -> Candidate | None:
    """What a heading or title says its text is about, its framing words dropped."""
    rule = "area.title" if title else "area.heading"
    if rule not in book:
        return None
    if money := MONEY.search(text, span.start, span.end):
        return after_money(text, Span(money.end(), span.end), book, rule)
    stretch = Stretch.of(text, span, book)
    if not stretch.tokens or is_plain(stretch):
        return None
    verb = finite_index(stretch)
    if verb < 0:
        phrase = nominal(stretch)
        score = 46.0
    else:
        phrase = clause(stretch, verb)
        score = 42.0
    if phrase is None:
        return None
    return Candidate(score, stretch.span(phrase), rule, ())


def after_money(text: str, span: Span, book: Rulebook, rule: str) -> Candidate | None:
    """What a title that states a sum says the sum is for."""
    stretch = Stretch.of(text, span, book)
    best = max(right_of(stretch), key=lambda one: one.score, default=None)
    return best and Candidate(46.0, best.span, rule, best.cues)


def is_plain(stretch: Stretch) -> bool:
    """Whether a heading names a part of the text (``Bakgrund``, ``Fördelning per län``), not a purpose."""
    plain = lexicon(stretch.book, "area.plain-heading")
    return stretch.at(0) in plain or len(stretch.low) <= 2 and stretch.at(1) in plain


def finite_index(stretch: Stretch) -> int:
    """The index of the heading's finite verb, or -1 when it has none."""
    for index, word in enumerate(stretch.low):
        if word in {"–", "-", "—"} and index > 2:
            break
        if index and (grammar.is_finite(word) or index == 1 and word.endswith("r") and stretch.at(0) in {"regeringen", "sverige"}):
            if stretch.at(index - 1) in {"som"}:
                return -1
            return index
    return -1


def nominal(stretch: Stretch) -> Phrase | None:
    """The purpose of a heading without a verb: all of it but the frame (``Satsning på``, ``Överenskommelse om``)."""
    start = 0
    if stretch.at(0) in {"för", "inom", "om", "till"}:
        start = 1
    low = stretch.low
    nouns = {"uppdrag", "uppdraget", "överenskommelse", "överenskommelsen", "förslag", "proposition", "utredning", "avtal"}
    for index, word in enumerate(low[:8]):
        if word in nouns or word in stretch.frames:
            for place in range(index + 1, min(index + 9, len(low))):
                if low[place] in {"om", "att", "på", "för", "av", "med"} and (low[place] == "att" or stretch.opens(place) or stretch.at(place + 1) == "att"):
                    if low[place] == "för" and stretch.at(place + 1) == "att":
                        place += 1
                    phrase = stretch.infinitive(place + 1) if low[place] == "att" else stretch.noun_phrase(place + 1)
                    if got := accepted(stretch, phrase):
                        return got
            break
    for index, word in enumerate(low):
        if word == "för" and stretch.at(index + 1) == "att" and (got := accepted(stretch, in_order(stretch, index + 2), actors=False)):
            return got
    phrase = stretch.noun_phrase(start)
    if phrase and stretch.names_actor(phrase.start, phrase.end):
        return phrase
    if phrase and (inner := first_purpose(stretch, phrase)):
        return inner
    return accepted(stretch, phrase, actors=False)


def first_purpose(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """After ``Ökat anslag till A`` the ``för P``."""
    for index in range(phrase.start, phrase.end):
        if stretch.at(index) == "till" and stretch.actor_ahead(index + 1):
            for place in range(index + 1, len(stretch.low)):
                if stretch.at(place) == "för" and stretch.opens(place):
                    return accepted(stretch, stretch.noun_phrase(place + 1))
    return None


def clause(stretch: Stretch, verb: int) -> Phrase | None:
    """The purpose of a heading that is a clause: its för-phrase, else the object of its verb, else its subject."""
    for index in range(verb + 1, len(stretch.low)):
        word = stretch.at(index)
        if word == "för" and stretch.at(index + 1) == "att" or word in {"uppdrag", "syfte"} and stretch.at(index + 1) == "att":
            if got := accepted(stretch, in_order(stretch, index + 2)):
                return got
    for index in range(verb + 1, len(stretch.low)):
        word = stretch.at(index)
        if word in {"för", "på", "om"} and stretch.opens(index):
            if stretch.at(index + 1) == "att":
                phrase = stretch.infinitive(index + 2)
            else:
                phrase = stretch.noun_phrase(index + 1)
            if got := accepted(stretch, phrase):
                return got
    if stretch.at(verb).endswith("s") or stretch.at(verb) in {"uppgår", "blir", "är"}:
        phrase = stretch.noun_phrase(0)
    elif stretch.at(verb) in grammar.MODALS:
        phrase = stretch.infinitive(verb + 1)
    else:
        phrase = stretch.noun_phrase(verb + 1)
    return accepted(stretch, phrase) or accepted(stretch, stretch.noun_phrase(0))


def around(place: Place, kind: str, book: Rulebook) -> Iterator[Candidate]:
    """Every purpose that the surroundings offer."""
    yield from label(place, book)
    yield from headings(place, book)
    yield from sentences_before(place, book)
    yield from sentence_after(place, book)


def label(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """A list item's label: ``P: 30 miljoner``, ``P 30 Mkr``, ``P för 60 miljoner``."""
    if place.kind != ITEM or "area.label" not in book:
        return
    block = place.cell
    text = place.text
    colon = text.find(":", block.start, min(block.end, block.start + 110))
    if 0 <= colon and MONEY.search(text, block.start, colon) is None:
        stretch = Stretch.of(text, Span(block.start, colon), book)
        phrase = stretch.noun_phrase(0)
        if phrase and finite_index(stretch) < 0 and accepted(stretch, phrase, actors=colon < place.mention.start):
            yield Candidate(82.0 if place.index == 0 else 60.0, stretch.span(phrase), "area.label", ())
    elif place.index == 0:
        stretch = Stretch.of(text, Span(block.start, place.mention.start), book)
        phrase = stretch.noun_phrase(0)
        if phrase and finite_index(stretch) < 0 and phrase.end >= len(stretch.low) - 2 and accepted(stretch, phrase):
            yield Candidate(84.0, stretch.span(phrase), "area.label", ())


def headings(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """The purposes of the section's headings, the nearest strongest, and of the title."""
    outline = place.outline
    chain = outline.headings(place.block)
    for depth, index in enumerate(reversed(chain)):
        block = outline.blocks[index]
        if found := heading_purpose(place.text, Span(block.start, block.end), book, title=block.kind == TITLE):
            yield found._replace(score=found.score - 3 * depth - (2 if block.kind == TITLE else 0))


def sentences_before(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """What the sentences before this one set out to do."""
    if "area.before" not in book:
        return
    for distance, (block, span) in enumerate(place.outline.before(place.block, place.sentence)[:3]):
        stretch = Stretch.of(place.text, span, book)
        found = [*heads(stretch), *openings(stretch), *intentions(stretch)]
        if found:
            best = max(found, key=lambda one: one.score)
            away = 0 if block == place.block else 4
            yield Candidate(43.0 - 3 * distance - away, best.span, "area.before", best.cues)


def intentions(stretch: Stretch) -> Iterator[Candidate]:
    """``vill öka P``, ``för att V O``, ``möjligt att inrätta P``: what a sentence without a sum wants."""
    for index, word in enumerate(stretch.low):
        phrase = None
        if word == "för" and stretch.at(index + 1) == "att":
            phrase = in_order(stretch, index + 2)
        elif word in {"vill", "avser"} and index:
            phrase = stretch.infinitive(index + 1)
        elif word == "att" and stretch.at(index - 1) not in {"för", "så"}:
            phrase = stretch.infinitive(index + 1)
        if phrase and accepted(stretch, phrase):
            yield Candidate(60.0 - index / 10, stretch.span(phrase), "area.before", phrase.cues)


def sentence_after(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """``Medlen ska användas till P``: the sentence after says it."""
    if "area.after" not in book:
        return
    spans = place.outline.sentences(place.block)
    for span in spans:
        if span.start >= place.sentence.end:
            stretch = Stretch.of(place.text, span, book)
            if re.match(r"(?:De[ts]?|Dessa|Pengarna|Medlen|Stödet|Bidraget|Satsningen|Tillskottet|Anslaget|Förstärkningen|Syftet)\b", place.text[span.start:span.end]):
                for index, word in enumerate(stretch.low):
                    phrase = None
                    if word == "för" and stretch.at(index + 1) == "att" or word in {"syftar"} or word == "är" and stretch.at(index+1) == "att":
                        phrase = in_order(stretch, index + 2)
                    elif word in {"till", "för"} and stretch.opens(index) and index > 1 and not stretch.actor_ahead(index + 1):
                        phrase = stretch.noun_phrase(index + 1)
                    if phrase and accepted(stretch, phrase):
                        yield Candidate(41.0, stretch.span(phrase), "area.after", phrase.cues)
                        return
            return


# ---------------------------------------------------------------------- tables


def cell(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """The row's label, the column's header, the caption, what leads in, the heading."""
    outline, block = place.outline, place.cell
    grid = outline.grid(block.level)
    row = grid.row_label(block)
    if row is not None and "area.row" in book:
        if found := label_purpose(place.text, Span(row.start, row.end), book):
            yield found
    if caption := grid.caption():
        stretch = Stretch.of(place.text, clean(place.text, Span(caption.start, caption.end)), book)
        if stretch.tokens and "area.caption" in book and (found := heading_purpose(place.text, Span(stretch.tokens[0].start, stretch.tokens[-1].end), book, title=False)):
            yield Candidate(50.0, found.span, "area.caption", ())
    yield from headings(place, book)
    lead = outline.lead_in(place.block)
    if lead is not None and outline.blocks[lead].kind not in (HEADING, TITLE, CELL):
        spans = outline.sentences(lead)
        if spans:
            stretch = Stretch.of(place.text, spans[-1], book)
            found_all = [*heads(stretch), *openings(stretch), *intentions(stretch)]
            if found_all and "area.before" in book:
                best = max(found_all, key=lambda one: one.score)
                yield Candidate(40.0, best.span, "area.before", best.cues)


def clean(text: str, span: Span) -> Span:
    """The span without a unit note at its end."""
    piece = text[span.start : span.end]
    found = UNIT_NOTE.search(piece, 2)
    end = span.start + found.start() if found else span.end
    return Span(span.start, end)


def label_purpose(text: str, span: Span, book: Rulebook) -> Candidate | None:
    """The purpose a row's label names; ``None`` for a county, an agency or a total."""
    piece = text[span.start : span.end].strip(" *_\\\u00a0")
    if re.match(r"(?:totalt?|summa|sammanlagt)\b", piece, re.IGNORECASE) or re.search(r"\b(?:län|[Rr]egion\w*)$", piece):
        return None
    stretch = Stretch.of(text, span, book)
    start = next((i for i, word in enumerate(stretch.low) if word[0].isalnum()), len(stretch.low))
    phrase = nominal(Stretch(text, stretch.tokens[start:], book))
    stretch = Stretch(text, stretch.tokens[start:], book)
    if phrase is None or stretch.names_actor(phrase.start, phrase.end) and phrase.end >= len(stretch.low) - 1:
        return None
    if len(stretch.low) <= 2 and stretch.tokens and stretch.tokens[0].text[:1].isupper() and re.fullmatch(PLACE, piece):
        return None
    return Candidate(84.0, stretch.span(phrase), "area.row", phrase.cues)


PLACE: Final = re.compile(
    r"(?:Stockholm|Uppsala|Södermanland|Sörmland|Östergötland|Jönköping|Kronoberg|Kalmar|Gotland|Blekinge|Skåne|Halland|Värmland"
    r"|Västra Götaland|Örebro|Västmanland|Dalarna|Gävleborg|Västernorrland|Jämtland|Jämtland Härjedalen|Västerbotten|Norrbotten)(?:s|s? län)?"
)
