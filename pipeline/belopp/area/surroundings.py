"""Finds the purpose that a sum takes from around its sentence: the label, the heading, the title, the sentences nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from belopp.area import grammar
from belopp.area.phrase import Phrase, Stretch, lexicon
from belopp.area.sentence import Candidate, accepted, chain as chain_of_sums, heads, in_order, is_person, openings, right_of
from belopp.model import CELL, HEADING, ITEM, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Place, Span

MONEY: Final = re.compile(r"(?:\d[\d\s,.\u00a0]*|\b(?:en|ett|[Ee]n halv|[Hh]alv|[Tt]vå|[Tt]re|[Ff]yra|[Ff]em|[Ss]ex|[Ss]ju|[Åå]tta|[Nn]io|[Tt]io)\s+)(?:miljoner|miljarder|miljard|miljon|mnkr|mkr|mdkr|kronor|kr)\b(?:\s+(?:svenska\s+)?(?:kronor|kr|euro|dollar)\b)?", re.IGNORECASE)
UNIT_NOTE: Final = re.compile(r"\s*\([^)]*(?:mnkr|kronor|mkr|procent|tkr)[^)]*\)|[*_\\]+", re.IGNORECASE)


def moved(one: Candidate | None, by: int) -> Candidate | None:
    """The candidate found in a piece of text, at its place in the whole."""
    if one is None:
        return None
    cues = tuple((rule, start + by, end + by) for rule, start, end in one.cues)
    return one._replace(span=Span(one.span.start + by, one.span.end + by), cues=cues)


def heading_purpose(text: str, span: Span, book: Rulebook, *, title: bool) -> Candidate | None:
    """What a heading or title says its text is about, its framing words dropped."""
    return moved(_heading_purpose(text[span.start : span.end], book, title), span.start)


@lru_cache(maxsize=256)
def _heading_purpose(text: str, book: Rulebook, title: bool) -> Candidate | None:
    span = Span(0, len(text))
    rule = "area.title" if title else "area.heading"
    if rule not in book:
        return None
    if money := MONEY.search(text, span.start, span.end):
        return after_money(text, Span(money.end(), span.end), book, rule)
    stretch = Stretch.of(text, span, book)
    if not stretch.tokens or is_plain(stretch):
        return None
    if ":" in stretch.low[:6] and (later := stretch.low.index(":") + 1) < len(stretch.low) - 1 and stretch.at(0) not in {"stöd"}:
        if title:
            stretch = Stretch(text, stretch.tokens[later:], book)
    verb = finite_index(stretch)
    if stretch.at(0) in CONTRACTS and (phrase := nominal(stretch)):
        return Candidate(46.0, stretch.span(phrase), rule, ())
    if verb < 0:
        phrase = nominal(stretch)
        score = 46.0
    else:
        phrase = clause(stretch, verb)
        score = 43.5 if title else 41.5
    if phrase is None:
        return None
    if stretch.names_actor(phrase.start, phrase.end):
        score = 30.0
    return Candidate(score, stretch.span(phrase), rule, ())


def after_money(text: str, span: Span, book: Rulebook, rule: str) -> Candidate | None:
    """What a title that states a sum says the sum is for."""
    stretch = Stretch.of(text, span, book)
    best = max((one for one in right_of(stretch) if one.score > 30), key=lambda one: one.score, default=None)
    return best and Candidate(46.0, best.span, rule, best.cues)


def is_plain(stretch: Stretch) -> bool:
    """Whether a heading names a part of the text (``Bakgrund``, ``Fördelning per län``), not a purpose."""
    plain = lexicon(stretch.book, "area.plain-heading")
    if stretch.at(0).endswith("departementets"):
        return True
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


CONTRACTS: Final = frozenset({"uppdrag", "uppdraget", "överenskommelse", "överenskommelsen", "förslag", "proposition", "utredning", "avtal"})


def nominal(stretch: Stretch) -> Phrase | None:
    """The purpose of a heading without a verb: all of it but the frame (``Satsning på``, ``Överenskommelse om``)."""
    start = 0
    if stretch.at(0) in {"för", "inom", "om", "till"}:
        start = 1
    low = stretch.low
    for index, word in enumerate(low[:14]):
        if word in CONTRACTS or word.startswith("statsbidrag") or index < 4 and stretch.is_frame(index):
            for place in range(index + 1, min(index + 9, len(low))):
                if low[place] in ({"om", "att", "på", "för", "av"} if word in CONTRACTS else {"om", "att", "på", "för", "av", "med"}) and (low[place] == "att" or stretch.opens(place) or stretch.at(place + 1) == "att"):
                    if low[place] == "för" and stretch.at(place + 1) == "att":
                        place += 1
                    if low[place] == "att" and stretch.at(place + 1) == "," and "," in low[place + 2 :]:
                        place = low.index(",", place + 2)  # "Uppdrag att, inom ramen för X, genomföra en analys"
                    phrase = stretch.infinitive(place + 1) if low[place] in {"att", ","} else stretch.noun_phrase(place + 1)
                    if got := accepted(stretch, phrase):
                        return got
    for index, word in enumerate(low):
        if word == "för" and stretch.at(index + 1) == "att" and (got := accepted(stretch, in_order(stretch, index + 2), actors=False)):
            return got
    phrase = stretch.noun_phrase(start)
    if phrase and stretch.at(phrase.end) == "att" and (got := accepted(stretch, stretch.infinitive(phrase.end + 1))):
        return got  # "Hög tid att rädda almen"
    if phrase and (inner := first_purpose(stretch, phrase)):
        return inner
    if phrase and stretch.names_actor(phrase.start, phrase.end):
        return phrase
    if phrase and (inner := first_purpose(stretch, phrase)):
        return inner
    return accepted(stretch, phrase, actors=False, money=phrase is not None and phrase.end - phrase.start > 2)


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
    still = stretch.at(verb).endswith("s") or stretch.at(verb) in {"står", "går", "blir", "är", "gäller", "kostar", "ökar", "minskar", "stiger", "växer"}
    if still and (got := accepted(stretch, stretch.noun_phrase(0), money=True)):
        return got
    if stretch.at(verb) in grammar.MODALS | {"vill", "avser", "fortsätter", "planerar"} and (inner := stretch.verb_from(verb + 1, 3)) >= 0:
        if got := accepted(stretch, stretch.infinitive(inner)):
            return got
    elif got := accepted(stretch, object_after(stretch, verb)):
        return got
    for index in range(verb + 1, len(stretch.low)):
        word, after = stretch.at(index), stretch.at(index + 1)
        if word == "för" and after == "att" or word in {"uppdrag", "syfte"} and after == "att":
            phrase = in_order(stretch, index + 2)
        elif word in {"för", "på", "om", "mot"} and stretch.opens(index):
            phrase = stretch.infinitive(index + 2) if after == "att" else stretch.noun_phrase(index + 1)
        else:
            continue
        if got := accepted(stretch, phrase):
            return got
    return accepted(stretch, stretch.noun_phrase(0))


def object_after(stretch: Stretch, verb: int) -> Phrase | None:
    """The object of a heading's verb, past an inverted subject (``Nu ökar vi biståndet``) and adverbs."""
    index = verb + 1
    while stretch.at(index) in {"vi", "regeringen", "nu", "upp", "stort", "in", "ut", "ytterligare", "sverige", "vidare", "även"}:
        index += 1
    return stretch.noun_phrase(index)


def around(place: Place, kind: str, book: Rulebook) -> Iterator[Candidate]:
    """Every purpose that the surroundings offer."""
    yield from label(place, book)
    yield from headings(place, book)
    yield from sentences_before(place, book)
    yield from topic(place, book)
    yield from sentence_after(place, book)
    yield from programme(place, book)


PROGRAMME: Final = re.compile(r"\b[Ss]tatsbidrag(?:et|en)?\s+(?:till\s+\w+\s+)?(?=för\s)")


def programme(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """The formal name of the grant that the document is about: ``statsbidraget för P``."""
    if "area.programme" not in book or not (place.is_heading or place.kind == CELL or GRANT.search(place.text, place.sentence.start, place.sentence.end)):
        return
    outline = place.outline
    title = next((block for block in outline.blocks if block.kind == TITLE), None)
    for found in PROGRAMME.finditer(place.text):
        stretch = Stretch.of(place.text, Span(found.end(), min(found.end() + 200, len(place.text))), book)
        phrase = accepted(stretch, stretch.noun_phrase(1)) if stretch.opens(0) else None
        if phrase is None:
            continue
        span = stretch.span(phrase)
        kin = title is not None and akin(place.text, Span(title.start, title.end), span)
        if not (place.is_heading or place.kind == CELL):
            yield Candidate(53.0, span, "area.programme", (("area.programme", found.start(), found.end()),))
        elif kin:
            yield Candidate(81.0 if place.kind == TITLE else 50.0, span, "area.programme", (("area.programme", found.start(), found.end()),))
        return


GRANT: Final = re.compile(r"\bstatsbidrag(?:et)?\b", re.IGNORECASE)


def label(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """A list item's label: ``P: 30 miljoner``, ``P 30 Mkr``, ``P för 60 miljoner``."""
    if place.kind not in (ITEM, HEADING) or "area.label" not in book:
        return
    block = place.cell
    text = place.text
    colon = text.find(":", block.start, min(block.end, block.start + 110))
    if dash := DASH.search(text, block.start, min(block.end, block.start + 90)):
        colon = dash.start() if colon < 0 else min(colon, dash.start())
    if 0 <= colon and MONEY.search(text, block.start, colon) is None:
        stretch = Stretch.of(text, Span(block.start, colon), book)
        phrase = stretch.noun_phrase(0)
        if phrase and finite_index(stretch) < 0 and accepted(stretch, phrase, actors=colon < place.mention.start):
            yield Candidate(82.0 if place.index == 0 else 60.0, stretch.span(phrase), "area.label", ())
    elif place.index == 0 and not shared_out(place, book):
        stretch = Stretch.of(text, Span(block.start, place.mention.start), book)
        if stretch.low and (grammar.is_infinitive(stretch.at(0)) or stretch.at(0) in SUPINES):
            return
        phrase = stretch.noun_phrase(0)
        rest = [word for word in stretch.low[phrase.end :] if word not in grammar.HEDGES] if phrase else []
        closes = len(rest) <= 2 or rest[:2] == ["till", "ett"]
        if phrase and finite_index(stretch) < 0 and closes and accepted(stretch, phrase):
            yield Candidate(84.0, stretch.span(phrase), "area.label", ())


SUPINES: Final = frozenset("satsat avsatt tillfört beslutat höjt ökat stärkt förstärkt infört gett fördelat betalat skjutit nästan drygt ytterligare".split())
DASH: Final = re.compile(r"\s[–—-]\s")


def shared_out(place: Place, book: Rulebook) -> bool:
    """Whether the list or table says who gets how much of one sum (``Fördelning per a-kassa``)."""
    chain = place.outline.headings(place.block)
    if not chain:
        return False
    block = place.outline.blocks[chain[-1]]
    return SHARED.search(place.text, block.start, block.end) is not None


SHARED: Final = re.compile(r"\b(?:fördelning\w*|fördelat|fördelade|så mycket)\b.*\bper\b|\bså mycket (?:får|kan)\b", re.IGNORECASE)


def headings(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """The purposes of the section's headings, the nearest strongest, and of the title."""
    outline = place.outline
    for depth, index in enumerate(reversed(outline.headings(place.block))):
        block = outline.blocks[index]
        found = heading_purpose(place.text, Span(block.start, block.end), book, title=block.kind == TITLE)
        if found is None:
            continue
        many = money_paragraphs(outline, index) >= 4
        score = found.score - 3 * depth - (2 if block.kind == TITLE else 0) - (5 if many else 0)
        if depth == 0 and block.kind == HEADING and MEASURE.search(place.text, place.sentence.start, place.sentence.end):
            score += 10
        if block.kind == TITLE and MANDATE.search(place.text, place.sentence.start, place.sentence.end):
            score += 14
        yield found._replace(score=score)


MEASURE: Final = re.compile(r"\b(?:åtgärdens?|insatsens?|området|projektets?)\b", re.IGNORECASE)
MANDATE: Final = re.compile(r"\b(?:uppdragets?|uppdragen|detta uppdrag)\b", re.IGNORECASE)
# A sum that points at what was just said: "Därför föreslår regeringen", "Förslaget innebär", "för detta ändamål".
POINTER: Final = re.compile(
    r"\b(?:därför|därmed|för detta|ändamålet|ändamål|förslaget innebär|satsningen|åtgärden|reformen|insatsen|denna satsning"
    r"|för att kunna göra detta|av detta)\b", re.IGNORECASE
)  # fmt: skip


def money_paragraphs(outline: Outline, heading: int) -> int:
    """How many blocks of running text under a heading state a sum."""
    level = 0 if outline.blocks[heading].kind == TITLE else max(1, outline.blocks[heading].level)
    count = 0
    for block in outline.blocks[heading + 1 :]:
        if block.kind in (TITLE, HEADING) and (0 if block.kind == TITLE else max(1, block.level)) <= level:
            break
        if block.kind not in (CELL, HEADING, TITLE) and MONEY.search(outline.document.text, block.start, block.end):
            count += 1
    return count


def first_named(place: Place, best: Candidate, book: Rulebook) -> Candidate | None:
    """The fuller name under which a heading or the same block first named what is now only ``verkstaden``."""
    word = place.text[best.span.start : best.span.end]
    if "area.first-named" not in book or not word.isalpha() and "-" not in word or " " in word or len(word) < 9:
        return None
    stems = {word[: -len(ending)].lower() for ending in DEFINITE if word.lower().endswith(ending)}
    chain = place.outline.headings(place.block)
    spans = [Span(place.outline.blocks[index].start, place.outline.blocks[index].end) for index in reversed(chain)]
    spans.insert(0, Span(place.cell.start, place.sentence.start))
    for span in spans:
        stretch = Stretch.of(place.text, span, book)
        for index, low in enumerate(stretch.low):
            if low in stems or low.removesuffix("ar") in stems or low.removesuffix("er") in stems:
                start = index
                while start and (stretch.is_adjective(start - 1) or stretch.at(start - 1) == "och" and start < index) and not grammar.is_finite(stretch.at(start - 1)) and stretch.at(start - 1) not in grammar.ARTICLES and not grammar.is_infinitive(stretch.at(start - 1)):
                    start -= 1
                if stretch.at(start) == "och":
                    start += 1
                end = stretch.trim(start, stretch.shorten(start, stretch.phrase_end(start)))
                pale = any(stretch.at(at) in grammar.PALE for at in range(start, index))
                named = end > index + 1 if span.end <= place.sentence.start and span.start >= place.cell.start else start < index
                if end > start + 1 and named and not pale and best.rule != "area.subject":
                    return best._replace(span=stretch.span(Phrase(start, end)), score=best.score + 0.5, rule="area.first-named")
    return None


DEFINITE: Final = ("arna", "erna", "orna", "en", "et", "na", "n", "t")


def own_heading(place: Place, best: Candidate | None, book: Rulebook) -> Candidate | None:
    """The nearest heading, when it names the one purpose that the sum's own sentence speaks of too."""
    outline = place.outline
    chain = outline.headings(place.block)
    if not chain or outline.blocks[chain[-1]].kind == TITLE or place.is_heading:
        return None
    block = outline.blocks[chain[-1]]
    if finite_index(Stretch.of(place.text, Span(block.start, block.end), book)) >= 0:
        return None
    found = heading_purpose(place.text, Span(block.start, block.end), book, title=False)
    if found is None or found.score < 40:
        return None
    found = found._replace(rule="area.section")
    first = chain_of_sums(place, book)[0] == 0 and not MONEY.search(place.text, block.end, place.sentence.start)
    if "och" in place.text[found.span.start : found.span.end].split() and money_paragraphs(outline, chain[-1]) > 1:
        return None
    if best is None or best.score <= 40:
        alone = money_paragraphs(outline, chain[-1]) == 1
        return found._replace(score=found.score + (8 if alone else 2)) if first else None
    opening = best.span.end <= place.mention.start and best.score <= 73
    alone = money_paragraphs(outline, chain[-1]) == 1
    opens = opening and best.score >= 60 and best.span.start < place.sentence.start + 60
    if akin(place.text, found.span, best.span) and (first or opening) or alone and first and opens:
        return found._replace(score=best.score + 1)
    return None


def akin(text: str, one: Span, other: Span) -> bool:
    """Whether two phrases share a word or the stem of one (``byggfel``, ``kärnkraft`` in ``kärnkraftsforskning``)."""
    left = {word for word in re.findall(r"\w{6,}", text[one.start : one.end].lower())}
    right = {word for word in re.findall(r"\w{6,}", text[other.start : other.end].lower())}
    return any(a[:7] in b or b[:7] in a for a in left for b in right)


def sentences_before(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """What the sentences before this one set out to do."""
    if "area.before" not in book:
        return
    points = POINTER.search(place.text, place.sentence.start, place.sentence.end) is not None
    goes_on = GOES_ON.match(place.text, place.sentence.start, place.sentence.end) is not None
    nouns = pointing_nouns(Stretch.of(place.text, place.sentence, book))
    for distance, (block, span) in enumerate(place.outline.before(place.block, place.sentence)[:4]):
        here = block == place.block
        if nouns and (meant := meant_by(nouns, Stretch.of(place.text, span, book))):
            yield Candidate(61.0 - 2 * distance - (0 if here else 4), meant.span, "area.before", meant.cues)
        best = spoken_of(place.text, span, book)
        if best is None:
            continue
        score = (42.0 if best.score >= 71 else 41.0 if best.score >= 70 else 38.0) - 2 * distance + (8 if points else 0) + (6 if here and place.kind == ITEM else 0)
        if CONTINUED.match(place.text, span.start, span.end):
            score -= 3
        if goes_on and distance == 0 and here:
            score = 66.0
        yield Candidate(score - (0 if here else 4), best.span, "area.before", best.cues)


# "Det stärker möjligheten …": says what a measure leads to, not what it is.
CONTINUED: Final = re.compile(r"(?:Det|Detta|Syftet|Därigenom|Därmed|På så sätt|De|Dessa|Målet)\b")


def pointing_nouns(stretch: Stretch) -> set[str]:
    """The stems of nouns that point back at something named before: ``stödet``, ``satsningen``, ``ramen``."""
    nouns = lexicon(stretch.book, "area.head")
    found = set()
    for index, word in enumerate(stretch.low):
        bare = stretch.at(index + 1) not in {"på", "till", "för", "om", "inom", "av", "att"} or not stretch.opens(index + 1)
        if word in nouns and bare and word.endswith(("en", "et", "na")) and word not in {"medlen", "anslaget", "anslagen", "kostnaden", "kostnaderna", "budgeten"}:
            found.add(word.removesuffix("na").removesuffix("ar").removesuffix("en").removesuffix("et"))
    return found


def meant_by(nouns: set[str], stretch: Stretch) -> Candidate | None:
    """The purpose of the noun in an earlier sentence that a later ``stödet`` points back at."""
    for one in heads(stretch):
        noun = next((stretch.text[start:end].lower() for rule, start, end in one.cues if rule.startswith("area.head")), "")
        if one.score > 45 and any(noun in (stem, stem + "en", stem + "et", stem + "ar", stem + "arna") for stem in nouns):
            return one
    return None


# A sentence that goes on with the sums of the one before it: "Från och med 2024 beräknas …", "För 2027 avsätts …".
GOES_ON: Final = re.compile(
    r"(?:(?:Från och med|Fr\.o\.m\.|Från|För|Under|År|Åren|Därefter|Därutöver beräknas|Nästa år|Totalt|Sammanlagt)\b"
    r"(?:\s+(?:år|åren|och|med|perioden|därefter|\d{4}|[-–]|framåt|till|respektive))*\s+"
    r"(?:beräknas|avsätts|avsätter|föreslås|tillförs|avser|uppgår|tillkommer|föreslår|planeras|är|väntas|anslås|satsas|finns)\b)"
)  # fmt: skip


def spoken_of(text: str, span: Span, book: Rulebook) -> Candidate | None:
    """What a sentence speaks of: the purpose of its sum if it has one, else what it wants."""
    return moved(_spoken_of(text[span.start : span.end], book), span.start)


@lru_cache(maxsize=512)
def _spoken_of(text: str, book: Rulebook) -> Candidate | None:
    span = Span(0, len(text))
    money = None
    for money in MONEY.finditer(text, span.start, span.end):
        pass
    if money is not None:
        found = list(right_of(Stretch.of(text, Span(money.end(), span.end), book)))
        stretch = Stretch.of(text, Span(span.start, money.start()), book)
        found += [*heads(stretch), *openings(stretch)]
    else:
        stretch = Stretch.of(text, span, book)
        found = [*heads(stretch), *openings(stretch), *intentions(stretch)]
    return max((one for one in found if one.score > 45), key=lambda one: one.score, default=None)


def intentions(stretch: Stretch) -> Iterator[Candidate]:
    """``vill öka P``, ``för att V O``, ``möjligt att inrätta P``: what a sentence without a sum wants."""
    for index, word in enumerate(stretch.low):
        phrase = None
        if word == "för" and stretch.at(index + 1) == "att":
            phrase = in_order(stretch, index + 2)
        elif word in {"vill", "avser"}:
            phrase = stretch.infinitive(index + 2 if stretch.at(index + 1) in {"regeringen", "vi"} else index + 1)
            if phrase and accepted(stretch, phrase):
                yield Candidate(71.0, stretch.span(phrase), "area.before", phrase.cues)
                continue
        elif word == "att" and stretch.at(index - 1) not in {"för", "så"}:
            phrase = stretch.infinitive(index + 1)
        if phrase and accepted(stretch, phrase):
            yield Candidate(60.0 - index / 10, stretch.span(phrase), "area.before", phrase.cues)


def topic(place: Place, book: Rulebook) -> Iterator[Candidate]:
    """What the sentence before speaks of, or what a list item opens with: its subject."""
    before = [span for span in place.outline.sentences(place.block) if span.end <= place.sentence.start]
    if not before or "area.before" not in book:
        return
    spans = {before[-1]: 37.0} if place.kind != ITEM else {before[-1]: 37.0, before[0]: 47.0}
    if re.match("Därför", place.text[place.sentence.start : place.sentence.end]):
        spans[before[-1]] = 44.0
    for span, score in spans.items():
        stretch = Stretch.of(place.text, span, book)
        phrase = stretch.noun_phrase(0)
        if phrase and grammar.is_finite(stretch.at(phrase.end)) and accepted(stretch, phrase) and not is_person(stretch, phrase):
            yield Candidate(score, stretch.span(phrase), "area.before", phrase.cues)


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
                        yield Candidate(36.0, stretch.span(phrase), "area.after", phrase.cues)
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
    yield from programme(place, book)
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
    if piece in book.names or stretch.names_actor(0, len(stretch.low)):
        return None
    if phrase is not None and stretch.at(stretch.head(phrase.start, phrase.end)) in {"effekt", "effekter"}:
        return None
    if phrase is None:
        phrase = Phrase(0, stretch.trim(0, stretch.phrase_end(0)))
        if not phrase.end or stretch.at(stretch.head(0, phrase.end)) in lexicon(book, "area.anaphor") or accepted(stretch, phrase, actors=False, money=True) is None:
            return None
    if len(stretch.low) <= 2 and stretch.tokens and stretch.tokens[0].text[:1].isupper() and re.fullmatch(PLACE, piece):
        return None
    return Candidate(84.0, stretch.span(phrase), "area.row", phrase.cues)


PLACE: Final = re.compile(
    r"(?:Stockholm|Uppsala|Södermanland|Sörmland|Östergötland|Jönköping|Kronoberg|Kalmar|Gotland|Blekinge|Skåne|Halland|Värmland"
    r"|Västra Götaland|Örebro|Västmanland|Dalarna|Gävleborg|Västernorrland|Jämtland|Jämtland Härjedalen|Västerbotten|Norrbotten)(?:s|s? län)?"
)
