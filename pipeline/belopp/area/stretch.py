"""A stretch of a sentence as words, and what the grammar and the rulebook say of each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Final, NamedTuple, TypeVar, cast

from belopp.area import grammar
from belopp.area.grammar import ARTICLES, ASIDE, CONJUNCTIONS, LIGHT, PREPOSITIONS
from belopp.rulebook import Rulebook
from belopp.sentences import Span, Word, words

Cues = tuple[tuple[str, int, int], ...]
ABBREVIATED: Final = frozenset({"bl.a", "s.k", "t.ex"})  # inside a phrase their stop ends nothing
QUOTES: Final = frozenset({'"', "”", "’"})


class Phrase(NamedTuple):
    """A purpose found: the words from ``start`` to ``end`` of a stretch, and the rule words passed on the way."""

    start: int
    end: int
    cues: Cues = ()


@cache
def lexicon(book: Rulebook, rule: str) -> Mapping[str, str]:
    """The words of a rule, lower-cased, to the rule's id; none when the book lacks the rule."""
    found = book.rules.get(rule)
    return {word.lower(): rule for word in found.words} if found else {}


@cache
def long_names(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """The actors' names of three words or more, by their first word."""
    found: dict[str, list[str]] = {}
    for name in book.names:
        first, *rest = name.split()
        if len(rest) > 1:
            found.setdefault(first, []).append(name)
    return {first: tuple(names) for first, names in found.items()}


Found = TypeVar("Found")


def once(read: Callable[[Stretch, int], Found]) -> Callable[[Stretch, int], Found]:
    """Let a reading at an index be made only once for a stretch."""
    name = read.__name__

    @wraps(read)
    def read_once(stretch: Stretch, index: int) -> Found:
        key = (name, index)
        if key not in stretch.known:
            stretch.known[key] = read(stretch, index)
        return cast(Found, stretch.known[key])

    return read_once


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of a stretch of text, with what the rulebook says of them."""

    text: str
    tokens: Sequence[Word]
    book: Rulebook
    low: list[str] = field(init=False, repr=False, compare=False)  # the words in lower case, soft hyphens within gone
    known: dict[tuple[str, int], object] = field(init=False, repr=False, compare=False)  # read once at an index

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", [token.text.lower().replace("\u00ad", "") or "\u00ad" for token in self.tokens])
        object.__setattr__(self, "known", {})

    @classmethod
    def of(cls, text: str, span: Span, book: Rulebook) -> Stretch:
        """The words of ``text`` within a span."""
        return cls.from_words(text, words(text, span.start, span.end), book)

    @classmethod
    def from_words(cls, text: str, found: list[Word], book: Rulebook) -> Stretch:
        """A stretch of words already read."""
        return cls(text, without_brackets(found), book)

    def at(self, index: int) -> str:
        """The lower-cased word at an index, or ``""`` beyond the ends."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def words(self, rule: str) -> Mapping[str, str]:
        """The words of a rule."""
        return lexicon(self.book, rule)

    def span(self, phrase: Phrase) -> Span:
        """The phrase's place in the text."""
        return Span(self.tokens[phrase.start].start, self.tokens[phrase.end - 1].end)

    def cue(self, rule: str, index: int) -> tuple[str, int, int]:
        """The word at an index as the cue of a rule."""
        return rule, self.tokens[index].start, self.tokens[index].end

    def content(self, phrase: Phrase) -> list[str]:
        """The phrase's words that are neither articles nor prepositions."""
        return [word for word in self.low[phrase.start : phrase.end] if word not in ARTICLES | PREPOSITIONS]

    def first_word(self) -> int:
        """The index of the first word proper, past dashes and numbers."""
        return next((index for index, word in enumerate(self.low) if word[0].isalpha()), 0)

    def joined(self, index: int) -> bool:
        """Whether no space stands between the word and the one before it."""
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

    def head(self, start: int, end: int) -> int:
        """The index of the head noun: the last word before the first preposition or conjunction."""
        for place in range(start + 1, end):
            word = self.at(place)
            if word in CONJUNCTIONS and self.at(place - 1) == "-":
                continue  # "Tandvårds- och läkemedelsförmånsverket" is one name
            owners = self.at(place - 1).endswith("s") and self.at(place + 1).endswith("s") and place + 2 < end
            if word in CONJUNCTIONS and owners and self.at(place + 2) not in PREPOSITIONS:
                continue  # "Ukrainas och allierades luftförsvar"
            if word in PREPOSITIONS or word in CONJUNCTIONS or word == ",":
                return place - 1
        return end - 1

    def head_word(self, phrase: Phrase) -> str:
        """The head noun itself."""
        return self.at(self.head(phrase.start, phrase.end))

    def is_adjective(self, index: int) -> bool:
        """Whether a word has the shape of an adjective, a participle or a genitive."""
        word = self.at(index)
        return len(word) > 3 and word.endswith(("a", "t", "d", "e", "s", "ig", "isk")) and word not in PREPOSITIONS

    def may_be_verb(self, index: int) -> bool:
        """Whether the word is an infinitive, where one may stand."""
        word = self.at(index)
        return bool(word) and word not in LIGHT and word not in ARTICLES and grammar.looks_infinitive(word)

    def is_frame(self, index: int) -> bool:
        """Whether the word frames a purpose, by itself or as the end of a compound (``miljardsatsning``)."""
        frames = self.words("area.frame")
        word = self.at(index)
        return word in frames or bool(frames) and word.endswith(("satsning", "satsningar", "satsningen", "tillskott"))

    def inside_name(self, index: int) -> bool:
        """Whether the word stands within a listed name: the ``för`` of ``Inspektionen för vård och omsorg``."""
        for first in range(max(0, index - 6), index):
            start = self.tokens[first].start
            for name in long_names(self.book).get(self.tokens[first].text, ()):
                if start + len(name) > self.tokens[index].start and self.text.startswith(name, start):
                    return True
        return False

    def opens(self, index: int) -> bool:
        """Whether the preposition at ``index`` goes on to a purpose and not to a time, a sum or a manner."""
        if self.inside_name(index):
            return False
        word, after, third = self.at(index), self.at(index + 1), self.at(index + 2)
        if not after or after[0] in ".,;:)–" or after in grammar.HEDGES:
            return False
        time = third if after in {"de", "den", "det"} else after
        if grammar.YEAR.match(after) or time in grammar.TIME or after in grammar.NUMERALS and third == "år":
            return False
        if after.replace(",", "").replace(".", "").isdigit() and third != "vårdguiden":
            return False
        if word == "i" and after == "flera" and third in {"omgångar", "steg", "år"}:
            return False
        if word == "på" and third in {"nivå", "nivån", "väg", "sätt"}:
            return False
        if word == "till" and (self.at(index - 1) in NOT_TO or third == "värde"):
            return False
        if after == "ytterligare" and third[:1].isalpha() and third not in grammar.HEDGES:
            return True  # "på ytterligare resurser", not "på ytterligare 10 miljoner"
        return after not in ASIDE.get(word, frozenset())

    def skip_light(self, index: int) -> int:
        """The index after articles and words of quantity."""
        while (word := self.at(index)) in ARTICLES or word in LIGHT or word in QUOTES or self._so_called(index):
            after = self.at(index + 1)
            if word == "en" and after == "del":
                index += 1
            elif word in grammar.KEPT_WHEN_ALONE and after not in ARTICLES and after not in LIGHT:
                if after not in self.words("area.frame"):
                    break  # "nya lantbruksråd" keeps its adjective, "nya insatser för" does not
            index += 1
        return index

    def _so_called(self, index: int) -> bool:
        word = self.at(index)
        if word == "s.k":
            return True
        if word == "så":
            return self.at(index + 1).startswith("kalla")
        return word in {"kallade", "kallad", "kallat"} and self.at(index - 1) == "så"


NOT_TO: Final = frozenset({"möjlighet", "möjligheter", "möjligheten", "hänsyn", "ledde", "lett", "leder"})


def without_brackets(tokens: list[Word]) -> list[Word]:
    """The words without short brackets (``(SLU)``), which would part a name from what follows it."""
    kept: list[Word] = []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.text == "(" and index and (close := _closes(tokens, index)):
            skip = close
        elif token.text == "." and kept and "." in kept[-1].text and kept[-1].text.lower() in ABBREVIATED:
            continue
        elif not token.text.strip("*"):
            continue  # a mark of bold type within a phrase: "**läxhjälp** i skolan"
        else:
            kept.append(token)
    return kept


def _closes(tokens: list[Word], index: int) -> int:
    for n in range(2, 5):
        if index + n < len(tokens) and tokens[index + n].text == ")":
            return n if tokens[index + 1].text[:1].isupper() else 0
    return 0
