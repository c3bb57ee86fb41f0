"""Reads the purpose off the label of a list item: ``Läxhjälp: 30 miljoner``, ``Läxhjälp 30 Mkr``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp import grammar
from belopp.area.accepting import accepted
from belopp.area.candidate import Candidate, offer
from belopp.area.clauses import finite_index
from belopp.area.money import first_sum
from belopp.area.phrase import noun_phrase
from belopp.area.readings import Readings
from belopp.area.stretch import Phrase, Stretch
from belopp.area.trimming import trim
from belopp.area.verbs import OPENING_ADVERBS
from belopp.area.whom import is_person
from belopp.model import HEADING, ITEM
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

# Between spaces it parts a label from its sum: "Läxhjälp – 30 miljoner".
DASH: Final = re.compile(r"\s[–—-]\s")
# What the first words of an item name, and the next sentence takes up: "Läxhjälp. Programmet får 5 miljoner".
STOP: Final = re.compile(r"\.\s(?=(?:Programmet|Projektet|Satsningen)\s)")
# A list that says who gets how much of one sum: "Fördelning av bidrag per a-kassa".
SHARED: Final = re.compile(
    r"\b(?:fördelning\w*|fördelat|fördelade|så mycket)\b.*\bper\b|\bså mycket (?:får|kan)\b", re.IGNORECASE
)
# "Satsat 100 miljoner på lovskola": a report of deeds, its first word no label.
DEEDS: Final = frozenset(
    """avsatt beslutat betalat drygt fördelat förstärkt gett höjt infört nästan satsat skjutit stärkt tillfört
    ytterligare ökat""".split()
)
PIECES: Final = frozenset({"st", "stycken"})  # "2 stycken stipendier à 5 000 kronor"
NO_LABEL: Final = DEEDS | OPENING_ADVERBS
LED_IN: Final = 47.0  # what the line before a list tells: more than the title and the headings
LATER: Final = 44.9  # what its label tells of a line's later sums: hardly more than the title
# A line that opens with a label and goes on with its sum at once.
LABELLED: Final = re.compile(r"([^\W\d_][^:.;()\n]{2,90}):\s+(?:ca|cirka|drygt|knappt|nära|totalt)?\s*\Z")
LEAST: Final = 8  # characters of what may be a paragraph's own heading
FEW: Final = 40
# Counties and parts of the country say where a sum goes, not what for.
WHERE: Final = re.compile(
    r"""(?:.*\ )?(?:län|[Rr]egion\w*)
        |(?:Stockholm|Uppsala|Södermanland|Sörmland|Östergötland|Jönköping|Kronoberg|Kalmar|Gotland|Blekinge|Skåne|Halland
           |Värmland|Västra\ Götaland|Örebro|Västmanland|Dalarna|Gävleborg|Västernorrland|Jämtland|Jämtland\ Härjedalen
           |Västerbotten|Norrbotten)s?
        |(?:Övre|Mellersta)\ Norrland|(?:Norra|Östra)\ Mellansverige|Västsverige|Sydsverige
        |Småland\ (?:med|och)\ öarna|Skåne-Blekinge""",
    re.VERBOSE,
)


def label(place: Place, readings: Readings) -> Iterator[Candidate]:
    """The label of a list item: ``P: 30 miljoner``, ``P 30 Mkr``, ``P för 60 miljoner``; or of any line."""
    if "area.label" not in readings.book:
        return
    if not of_the_state(place.text):
        yield from run_in(place, readings)
        yield from after_name(place, readings)
    if place.kind not in (ITEM, HEADING):
        yield from line_label(place, readings)
        return
    block, text = place.cell, place.text
    end = text.find(":", block.start, min(block.end, block.start + 110))
    if any(one.start <= end < one.end for one in place.mentions):
        end = -1  # "5373:-"
    if dash := DASH.search(text, block.start, min(block.end, block.start + 90)):
        end = dash.start() if end < 0 else min(end, dash.start())
    if stop := STOP.search(text, block.start, min(block.end, block.start + 110, place.mention.start)):
        end = stop.start() if end < 0 else min(end, stop.start())
    if end >= 0 and WHERE.fullmatch(text[block.start : end].strip(" *_")):
        return  # "Blekinge: 2 000 kronor": where, not what for
    if end >= 0 and first_sum(text, block.start, end) is None:
        stretch = readings.stretch(Span(block.start, end))
        phrase = noun_phrase(stretch, 0)
        if phrase and finite_index(stretch) < 0 and accepted(stretch, phrase, actors=end < place.mention.start):
            yield offer(stretch, Phrase(phrase.start, phrase.end), "area.label", 82.0 if place.index == 0 else 60.0)
    elif place.index == 0 and not is_shared_out(place):
        stretch = readings.stretch(Span(block.start, place.mention.start))
        if phrase := bare_label(stretch):
            yield offer(stretch, phrase, "area.label", 84.0)
        else:
            yield from led_in(place, readings)


def run_in(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Läxbidrag. Elever kan få N``: what the few words name that a paragraph opens with, its heading."""
    first = place.outline.sentences(place.block)[0]
    short = LEAST <= first.end - first.start <= FEW and not place.slice(first).isupper()  # nor "Ja.", "STOCKHOLM."
    if place.is_heading or first.end > place.mention.start or not short:
        return
    stretch = readings.stretch(first, first)
    phrase = accepted(stretch, noun_phrase(stretch, 0), money=True)
    end = len(stretch.low) - (stretch.at(len(stretch.low) - 1) == ".")
    if phrase and phrase.end == end and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.label", LED_IN - 0.5)


def after_name(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Läxhuset AB, läxhjälp: 30 Mkr``: what stands after the name of who gets the sum, in a line without a verb."""
    if place.is_heading or len(place.mentions) > 1:
        return
    stretch = readings.stretch(Span(place.sentence.start, place.mention.start), place.sentence)
    comma = stretch.low.index(",") if "," in stretch.low else 0
    if comma < 2 or finite_index(stretch) >= 0 or not all(word[0].isupper() for word in stretch.said[:comma]):
        return
    end = len(stretch.low)
    while stretch.at(end - 1) in grammar.HEDGES or not stretch.at(end - 1)[0].isalnum():
        end -= 1
    phrase = accepted(stretch, noun_phrase(stretch, comma + 1), actors=False)
    if phrase and phrase.end == end and not is_person(stretch, phrase):
        yield offer(stretch, phrase, "area.label", 85.0)


def led_in(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Läxpeng i grundskolan:``: what a line without a verb says of the list after it, whose items name no purpose."""
    lead = place.outline.lead_in(place.block) if place.kind == ITEM else None
    spans = place.outline.sentences(lead) if lead is not None else []
    if not spans or not place.slice(spans[-1]).rstrip().endswith(":") or "area.before" not in readings.book:
        return
    stretch = readings.stretch(spans[-1], spans[-1])
    phrase = accepted(stretch, noun_phrase(stretch, 0)) if finite_index(stretch) < 0 else None
    if phrase and not is_person(stretch, phrase):
        yield offer(stretch, Phrase(phrase.start, phrase.end), "area.before", LED_IN)


def line_label(place: Place, readings: Readings) -> Iterator[Candidate]:
    """``Läxhjälp: 30 miljoner``, ``Läxavgift 2017: 30 kr``: what a line of running text names, a colon and its sum."""
    opened = LABELLED.match(place.text, place.sentence.start, place.mentions[0].start)
    if opened is None or place.is_heading:
        return
    span = Span(*opened.span(1))
    stretch = readings.stretch(span)
    if WHERE.fullmatch(opened[1]) or stretch.at(0) in NO_LABEL or finite_index(stretch) >= 0:
        return
    phrase = accepted(stretch, noun_phrase(stretch, 0))
    if phrase and (stretch.at(phrase.end) == "per" or all(one[0].isdigit() for one in stretch.low[phrase.end :])):
        yield offer(stretch, Phrase(phrase.start, phrase.end), "area.label", 82.0 if place.index == 0 else LATER)


def bare_label(stretch: Stretch) -> Phrase | None:
    """The words before the sum, when they are a name and nothing else."""
    if grammar.is_infinitive(stretch.at(0)) or stretch.at(0) in NO_LABEL or finite_index(stretch) >= 0:
        return None
    counted = stretch.at(0).isdigit() and stretch.at(1) in PIECES
    phrase = accepted(stretch, noun_phrase(stretch, 2 if counted else 0))
    if phrase is None or is_person(stretch, phrase):
        return None
    if stretch.at(phrase.end) in {",", "m.m"} and not any(
        word[0].isdigit() for word in stretch.low
    ):  # a list without a conjunction: "öppna jämförelser, indikatorer m.m."
        return Phrase(phrase.start, trim(stretch, phrase.start, len(stretch.low), keep="m.m"))
    rest = [word for word in stretch.low[phrase.end :] if word not in grammar.HEDGES]
    return Phrase(phrase.start, phrase.end) if len(rest) <= 2 or rest[:2] == ["till", "ett"] else None


def is_shared_out(place: Place) -> bool:
    """Whether the heading says that the list shares out one sum."""
    chain = place.outline.headings(place.block)
    if not chain:
        return False
    block = place.outline.blocks[chain[-1]]
    return SHARED.search(place.text, block.start, block.end) is not None
