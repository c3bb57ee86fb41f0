"""Reads a purpose off the words of a sentence: the shortest noun phrase that names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, NamedTuple

from belopp.area import grammar
from belopp.area.grammar import ARTICLES, ASIDE, CONJUNCTIONS, LIGHT, PREPOSITIONS, STOPS
from belopp.rulebook import Rulebook
from belopp.sentences import Span, Word, words

LONGEST: Final = 8  # content words; the guide wants the shortest phrase that names the purpose


class Phrase(NamedTuple):
    """A purpose found: the words from ``start`` to ``end`` of a stretch, and the rule words passed on the way."""

    start: int
    end: int
    cues: tuple[tuple[str, int, int], ...] = ()


@cache
def lexicon(book: Rulebook, prefix: str) -> Mapping[str, str]:
    """The words of the rules under a prefix, lower-cased, to the rule's id."""
    return {
        word.lower(): rule.id
        for key, rule in book.rules.items()
        if key == prefix or key.startswith(prefix + ".")
        for word in rule.words
    }


def without_brackets(tokens: list[Word]) -> list[Word]:
    """The words without short brackets (``(SLU)``), which would part a name from what follows it."""
    kept: list[Word] = []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        if token.text == "(" and index:
            close = next((n for n in range(2, 5) if index + n < len(tokens) and tokens[index + n].text == ")"), 0)
            if close and tokens[index + 1].text[:1].isupper():
                skip = close
                continue
        kept.append(token)
    return kept


@dataclass(frozen=True)
class Stretch:
    """The words of a stretch of text, with what the rulebook says of them."""

    text: str
    tokens: Sequence[Word]
    book: Rulebook

    @classmethod
    def of(cls, text: str, span: Span, book: Rulebook) -> Stretch:
        """The words of ``text`` within a span."""
        return cls(text, without_brackets(words(text, span.start, span.end)), book)

    @cached_property
    def low(self) -> list[str]:
        """The words in lower case, soft hyphens gone."""
        return [token.text.lower().replace("\u00ad", "") for token in self.tokens]

    def at(self, index: int) -> str:
        """The lower-cased word at an index, or ``""`` beyond the ends."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def index_at(self, offset: int) -> int:
        """The index of the first word that starts at or after an offset."""
        for index, token in enumerate(self.tokens):
            if token.start >= offset:
                return index
        return len(self.tokens)

    # ------------------------------------------------------------------ noun phrases

    def noun_phrase(self, index: int) -> Phrase | None:
        """The noun phrase from the word at ``index`` on, without article and framing words; ``None`` if there is none."""
        index, cues = self.skip_frame(index)
        if self.at(index) == "att":
            inner = self.infinitive(index + 1)
            return inner and inner._replace(cues=cues + inner.cues)
        if grammar.is_finite(self.at(index)) or self.at(index) in PREPOSITIONS or self.at(index) in CONJUNCTIONS or self.at(index) in STOPS or self.at(index) in grammar.HEDGES:
            return None
        end = self.phrase_end(index)
        end = self.trim(index, self.shorten(index, end))
        if end <= index:
            return None
        return Phrase(index, self.with_relative(index, end), cues)

    def with_relative(self, start: int, end: int) -> int:
        """The end after a short relative clause when the phrase alone only says ``unga`` or ``personer``."""
        if end != start + 1 or self.at(start) not in lexicon(self.book, "area.people") or self.at(end) != "som":
            return end
        for place in range(end + 1, min(end + 9, len(self.tokens))):
            if self.at(place) in {",", ".", ";", "("}:
                return place
        return end

    def skip_light(self, index: int) -> int:
        """The index after articles and words of quantity."""
        while self.at(index) in ARTICLES or self.at(index) in LIGHT or self.so_called(index) or self.at(index) in {'"', "”", "’"}:
            if self.at(index) == "en" and self.at(index + 1) == "del":
                index += 1
            if self.at(index) in grammar.KEPT_WHEN_ALONE and self.at(index + 1) not in ARTICLES | LIGHT:
                nxt = self.at(index + 1)
                if nxt not in self.frames:
                    break
            index += 1
        return index

    def so_called(self, index: int) -> bool:
        """Whether the word belongs to ``så kallade``."""
        word = self.at(index)
        return word == "så" and self.at(index + 1).startswith("kalla") or word in {"kallade", "kallad", "kallat"} and self.at(index - 1) == "så"

    @property
    def frames(self) -> Mapping[str, str]:
        """The framing words: ``arbetet`` (med), ``insatser`` (för)."""
        return lexicon(self.book, "area.frame")

    def skip_frame(self, index: int) -> tuple[int, tuple[tuple[str, int, int], ...]]:
        """The index after articles and framing words (``det fortsatta arbetet med``), and the rules that say so."""
        cues: tuple[tuple[str, int, int], ...] = ()
        index = self.skip_light(index)
        for _ in range(3):
            found = self.frame_at(index)
            if found is None:
                break
            token = self.tokens[found[0]]
            cues += ((found[1], token.start, token.end),)
            index = self.skip_light(found[2])
        return index, cues

    def frame_at(self, index: int) -> tuple[int, str, int] | None:
        """A framing word with its preposition: its index, its rule, and the index after the preposition."""
        place = index
        while place < index + 3 and not self.is_frame(place):
            word = self.at(place)
            # A pale adjective or a genitive of someone may stand before it: "ett förstärkt stöd till", "regionernas arbete med".
            if not (word in grammar.PALE or word.endswith("s") and self.whose(place)):
                return None
            place += 1
        if not self.is_frame(place):
            return None
        rule = self.frames.get(self.at(place), "area.frame")
        after = place + 1
        if self.at(after) == "och" and self.at(after + 1) in self.frames:  # "insatser och åtgärder för"
            after += 2
        if self.at(after) == "att":
            return place, rule, after
        if self.at(after) in {"för", "med", "mot", "på", "till", "om", "kring", "inom", "av", "i"} and self.opens(after):
            if self.at(after) == "i":
                return None
            following = after + 1
            if self.at(after) == "till" and (self.actor_ahead(following) or self.at(self.skip_light(following)) in lexicon(self.book, "area.people")):
                return None
            return place, rule, following
        return None

    def whose(self, place: int) -> bool:
        """Whether the word is the genitive of somebody (``regionernas``, ``SKR:s``), not of a thing."""
        bare = self.at(place).removesuffix("s").removesuffix(":")
        name = self.tokens[place].text.removesuffix("s").removesuffix(":")
        known = lexicon(self.book, "area.actor")
        return bare in known or name in self.book.names or bare.endswith(ACTOR_ENDINGS) or bare in {"regering", "regeringen", "sverige", "statens"} or self.tokens[place].text[:2].isupper()

    def is_frame(self, place: int) -> bool:
        """Whether the word frames a purpose, by itself or as the end of a compound (``miljardsatsning``)."""
        return self.at(place) in self.frames or self.at(place).endswith(("satsning", "satsningar", "satsningen"))

    def is_adjective(self, index: int) -> bool:
        """Whether a word has the shape of an adjective or participle."""
        word = self.at(index)
        return len(word) > 3 and word.endswith(("a", "t", "d", "e", "s", "ig", "isk")) and word not in PREPOSITIONS

    def opens(self, index: int) -> bool:
        """Whether the preposition at ``index`` goes on to a purpose and not to a time, a sum or a manner."""
        after = self.at(index + 1)
        if not after or grammar.YEAR.match(after) or after in grammar.TIME or after[0] in ".,;:)–":
            return False
        if after.replace(",", "").replace(".", "").isdigit() and self.at(index + 2) not in {"vårdguiden"}:
            return False
        if after in grammar.HEDGES:
            return False
        if after in {"de", "den", "det"} and self.at(index + 2) in grammar.TIME:
            return False
        if self.at(index) == "på" and self.at(index + 2) in {"nivå", "nivån", "väg", "sätt"}:
            return False
        if self.at(index) == "till" and self.at(index - 1) in {"möjlighet", "möjligheter", "möjligheten", "hänsyn", "ledde", "lett", "leder"}:
            return False
        return after not in ASIDE.get(self.at(index), frozenset())

    def phrase_end(self, index: int) -> int:
        """The index just after the last word of the phrase that starts at ``index``."""
        place = index
        while place < len(self.tokens):
            word = self.at(place)
            if place > index and word == "att" and self.able(place) and (verb := self.verb_from(place + 1, 2)) >= 0:
                place = verb + 1  # "förmågan att hantera kriser", "skolans arbete med att nå fler"
                continue
            if place > index and self.ends_here(place):
                break
            if place == index and (word in STOPS or not word[0].isalnum() and word not in {'"', "”", "’", "#"}):
                break
            place += 1
        return place

    def able(self, place: int) -> bool:
        """Whether the noun before ``att`` only says what it is together with the infinitive."""
        before = self.at(place - 1)
        return before in {"förmåga", "förmågan"} or before == "med" and self.at(place - 2) in {"arbete", "arbetet"}

    def ends_here(self, place: int) -> bool:
        """Whether the phrase is over before the word at ``place``."""
        word = self.at(place)
        if word in STOPS or word in PARTED or grammar.is_finite(word) and not self.joined(place):
            return True
        if word in grammar.INFINITIVES and word not in grammar.ALSO_ADJECTIVES:
            return True
        if word in PREPOSITIONS:
            return not self.opens(place)
        if word in CONJUNCTIONS:
            return not self.coordinates(place)
        if word == ",":
            return not self.lists(place)
        if word == "-" or word == "/":
            return not (self.joined(place) or self.tokens[place].end == self.next_start(place))
        if grammar.YEAR.match(word):
            return not (self.tokens[place - 1].text[:1].isupper() and place - 1 > 0)
        return word in {".", ";", ":", "(", ")", "–", "—", "!", "?", "[", "]", "*", "|", "…"}

    def joined(self, place: int) -> bool:
        """Whether no space stands between the word and the one before it."""
        return place > 0 and self.tokens[place - 1].end == self.tokens[place].start

    def next_start(self, place: int) -> int:
        return self.tokens[place + 1].start if place + 1 < len(self.tokens) else -1

    def coordinates(self, place: int) -> bool:
        """Whether a conjunction joins another noun to the phrase, not another clause."""
        after = self.at(place + 1)
        if not after or not after[0].isalpha() or after in STOPS or grammar.is_finite(after):
            return False
        if after in PREPOSITIONS or after in {"det", "att", "på", "därmed", "ytterligare", "regeringen", "myndigheten", "vi", "riksdagen"} | grammar.HEDGES:
            return False
        return not grammar.is_infinitive(after)

    def lists(self, place: int) -> bool:
        """Whether a comma goes on with a list (``stridsvagnar, stridsfordon och terrängbilar``)."""
        for ahead in range(place + 1, min(place + 7, len(self.tokens))):
            word = self.at(ahead)
            if word in {"och", "samt", "eller"} or word == ",":
                return ahead > place + 1 and (word == "," or self.coordinates(ahead)) and self.list_ends(ahead)
            if word in STOPS or grammar.is_finite(word) or grammar.is_infinitive(word) or not word[0].isalnum() and word != "-":
                return False
            if word in {"bland", "framför", "inte", "särskilt"} or ahead == place + 1 and word in PREPOSITIONS | ARTICLES:
                return False
        return False

    def list_ends(self, ahead: int) -> bool:
        if self.at(ahead) != ",":
            return True
        return any(self.at(later) in {"och", "samt", "eller"} for later in range(ahead + 1, min(ahead + 7, len(self.tokens))))

    def shorten(self, start: int, end: int) -> int:
        """The end moved left to the last joint within the longest phrase."""
        content = [place for place in range(start, end) if self.is_content(place)]
        if len(content) <= LONGEST:
            return end
        limit = content[LONGEST]
        for place in range(limit, start + 1, -1):
            if self.at(place) in PREPOSITIONS or self.at(place) in CONJUNCTIONS or self.at(place) == ",":
                if sum(start <= c < place for c in content) >= 2:
                    return place
        return limit

    def is_content(self, place: int) -> bool:
        word = self.at(place)
        return bool(word) and word[0].isalnum() and word not in PREPOSITIONS | ARTICLES | CONJUNCTIONS

    def trim(self, start: int, end: int) -> int:
        """The end without prepositions, conjunctions, adverbs and marks that hang loose."""
        loose = {"också", "därför", "nu", "även", "årligen", "totalt", "extra", "mer", "m", "m.m", "mm", "bl.a", "idag", "bara"}
        while end > start:
            word = self.at(end - 1)
            mark = not word[0].isalnum() and word not in {")", "”", '"'}
            if not (word in PREPOSITIONS or word in CONJUNCTIONS or word in ARTICLES or word in loose or mark):
                break
            end -= 1
        return end

    # ------------------------------------------------------------------ infinitives

    def infinitive(self, index: int) -> Phrase | None:
        """What the infinitive after ``att`` acts on: in ``stärka och utveckla skolans arbete`` it is ``skolans arbete``."""
        verb = self.verb_from(index, 5)
        if verb < 0:
            return None
        place = verb + 1
        while True:
            before = place
            if self.at(place) in {"och", "samt", ",", "eller", "/"} and looks_verb(self, place + 1):
                place += 2
            elif self.at(place - 1) in grammar.HELPERS and (inner := self.verb_from(place, 3)) >= 0:
                place = inner + 1
            while self.at(place) in grammar.PARTICLES:
                place += 1
            if self.at(place) == "att":
                place += 1
                if (inner := self.verb_from(place, 3)) >= 0:
                    place = inner + 1
            if place == before:
                break
        light = lexicon(self.book, "area.means")
        skipped = self.skip_light(place)
        if self.at(skipped) in {"möjligt", "lättare", "enklare"} or self.at(skipped) in light and self.at(skipped + 1) == "för":
            for ahead in range(skipped + 1, min(skipped + 8, len(self.tokens))):  # "göra det möjligt för huvudmän att inrätta P"
                if self.at(ahead) == "att" and (inner := self.infinitive(ahead + 1)):
                    return inner
        while self.is_adjective(skipped) and self.at(skipped + 1) in light:
            skipped += 1
        if self.at(skipped) in light and self.at(skipped + 1) in {"för", "till", "att", "av", "på", "i", "med"}:
            token = self.tokens[skipped]
            cue = (light[self.at(skipped)], token.start, token.end)
            inner = self.infinitive(skipped + 2) if self.at(skipped + 1) == "att" else self.noun_phrase(skipped + 2)
            return inner and inner._replace(cues=(cue, *inner.cues))
        return self.noun_phrase(place)

    def verb_from(self, index: int, reach: int) -> int:
        """The index of the infinitive at or shortly after ``index`` (adverbs may precede it), or -1."""
        for place in range(index, min(index + reach, len(self.tokens))):
            word = self.at(place)
            if looks_verb(self, place) and not (place + 1 < len(self.tokens) and self.is_adverb(place)):
                return place
            if word in STOPS and word not in {"totalt", "vidare", "därigenom", "därmed", "ytterligare"}:
                return -1
        return -1

    def is_adverb(self, place: int) -> bool:
        return self.at(place) in LIGHT or self.at(place) in {"långsiktigt", "gemensamt", "stora", "bättre"}

    # ------------------------------------------------------------------ who, not what

    def actor_ahead(self, index: int) -> bool:
        """Whether the noun phrase at ``index`` names somebody who gets money rather than a purpose."""
        index = self.skip_light(index)
        end = self.phrase_end(index)
        return self.names_actor(index, self.trim(index, end))

    def names_actor(self, start: int, end: int) -> bool:
        """Whether the words from ``start`` to ``end`` name an agency, an organisation or a group of bodies."""
        if start >= end:
            return False
        if grammar.is_infinitive(self.at(start)):
            return False
        if self.at(start).startswith(("fn:s", "fn-", "eu:s")) and not self.is_frame(end - 1):
            return True
        head = self.head(start, end)
        phrase = self.text[self.tokens[start].start : self.tokens[head].end]
        if phrase in self.book.names or phrase.rstrip("s") in self.book.names and head + 1 == end and not phrase.endswith("s"):
            return True
        if self.text[self.tokens[start].start : self.tokens[end - 1].end] in self.book.names:
            return True
        word = self.at(head)
        if word in lexicon(self.book, "area.actor") or word.endswith(ACTOR_ENDINGS):
            return True
        if self.at(head + 1) in CONJUNCTIONS and head + 2 < end and self.tokens[head + 2].text[:1].islower():
            return False  # "God och nära vård" opens with a capital without being a name
        name = self.tokens[head].text
        if "-" in name and name.rsplit("-", 1)[1].islower():
            return False  # "AI-verkstad", "EU-stöd"
        return self.tokens[head].text[:1].isupper() and head > 0 and not NOT_ACTORS.intersection(self.low[start:end])

    def head(self, start: int, end: int) -> int:
        """The index of the head noun: the last word before the first preposition or conjunction."""
        for place in range(start + 1, end):
            if self.at(place) in CONJUNCTIONS and self.at(place - 1) == "-":
                continue  # "Tandvårds- och läkemedelsförmånsverket" is one name
            if self.at(place) in PREPOSITIONS or self.at(place) in CONJUNCTIONS or self.at(place) == ",":
                return place - 1
        return end - 1

    def span(self, phrase: Phrase) -> Span:
        """The phrase's place in the text."""
        return Span(self.tokens[phrase.start].start, self.tokens[phrase.end - 1].end)


PARTED: Final = frozenset({"upp", "fram", "ut", "in", "bort", "ner"})
ACTOR_ENDINGS: Final = (
    "verket", "myndigheten", "styrelsen", "rådet", "nämnden", "inspektionen", "institutet", "universitet", "universitetet",
    "högskola", "högskolan", "förbundet", "kassan", "kassorna", "museet", "departementet", "styrelserna", "kommunen", "regionen",
    "landstinget", "kansliet", "kollegiet", "ombudsmannen", "förbund", "sällskapet", "fonden",
    "kommittén", "banken", "centret", "organisationen", "ministeriet", "föreningen", "bolaget", "kontoret", "museer", "myndigheter", "myndigheterna", "universiteten", "högskolorna", "stiftelsen", "akademin", "polisen",
)  # fmt: skip
NOT_ACTORS: Final = frozenset({"nato", "expo", "digitalt"})


def looks_verb(stretch: Stretch, place: int) -> bool:
    """Whether the word at ``place`` is an infinitive where one may stand."""
    word = stretch.at(place)
    return bool(word) and word not in LIGHT and word not in ARTICLES and grammar.looks_infinitive(word)
