"""A stretch of a sentence as words, and what the grammar and the rulebook say of each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NamedTuple, TypeVar

from belopp import grammar
from belopp.area.lexicon import lexicon_of
from belopp.area.words import Words
from belopp.grammar import ARTICLES, ASIDE, CONJUNCTIONS, FUNCTION_WORDS, LIGHT, PREPOSITIONS
from belopp.rulebook import Rulebook
from belopp.sentences import Span

Cues = tuple[tuple[str, int, int], ...]
QUOTES: Final = frozenset({'"', "’", "”"})
# The head noun stands before the first of these.
JOINTS: Final = PREPOSITIONS | CONJUNCTIONS | {","}
# "så kallade torvtak", "s.k. torvtak"
SO_CALLED: Final = frozenset({"kallad", "kallade", "kallat", "s.k", "så"})
PASSED: Final = ARTICLES | LIGHT | QUOTES  # before a noun they say nothing of what it is
PASSING: Final = PASSED | SO_CALLED
# Compounds of these frame a purpose as they do: "miljardsatsning".
FRAME_ENDS: Final = ("satsning", "satsningar", "satsningen", "tillskott")
# No infinitives, though they may end as one: "alla", "dessa".
NO_VERB: Final = LIGHT | ARTICLES
# Before a time they say which: "för de närmaste fem åren".
NEAR: Final = frozenset({"närmaste", "närmsta", "senaste"})
# After one of these "till" leads to no purpose: "med hänsyn till", "i förhållande till", "ledde till".
NOT_TO: Final = frozenset(
    "förhållande hänsyn ledde leder lett möjlighet möjligheten möjligheter proportion relation".split()
)
# Parts of a union of states that are named after what they work for: "FN:s kontor för P".
UNITS: Final = frozenset(
    "byrå enhet högkommissariat institut kommissariat kommission kommitté kontor organisation råd sekretariat".split()
)
NOTHING: Final[frozenset[str]] = frozenset()
BEYOND: Final = ("",) * 16  # nobody looks further past the ends of a stretch


class Phrase(NamedTuple):
    """A purpose found: the words from ``start`` to ``end`` of a stretch, and the rule words passed on the way."""

    start: int
    end: int
    cues: Cues = ()


UNREAD: Final[Any] = object()
Found = TypeVar("Found")


def once(read: Callable[[Stretch, int], Found]) -> Callable[[Stretch, int], Found]:
    """Let a reading at an index of a stretch be made only once."""
    name = read.__name__

    @wraps(read)
    def read_once(stretch: Stretch, index: int) -> Found:
        known, key = stretch.known, (name, index)
        found: Found = known.get(key, UNREAD)
        if found is UNREAD:
            found = known[key] = read(stretch, index)
        return found

    return read_once


class Stretch:
    """The words of a stretch of text, with what the rulebook says of them.

    ``at`` gives the lower-cased word at an index, or ``""`` beyond the ends.
    """

    __slots__ = ("at", "book", "known", "lexicon", "low", "said", "spans", "text")

    def __init__(self, text: str, found: Words, book: Rulebook) -> None:
        self.text = text
        self.said, self.low, self.spans, _ = found
        self.book = book
        self.lexicon = lexicon_of(book)
        self.at: Callable[[int], str] = [*self.low, *BEYOND].__getitem__
        self.known: dict[tuple[str, int], Any] = {}  # what was read at an index

    def after(self, index: int) -> Stretch:
        """The stretch from the word at an index on."""
        return Stretch(self.text, Words(self.said, self.low, self.spans, True).part(index, len(self.low)), self.book)

    def until(self, index: int) -> Stretch:
        """The stretch up to the word at an index."""
        return Stretch(self.text, Words(self.said, self.low, self.spans, True).part(0, index), self.book)

    def span(self, phrase: Phrase) -> Span:
        """The phrase's place in the text."""
        first = phrase.start
        if first and self.said[first - 1] == grammar.AS_WELL:
            first -= 1  # "såväl barn som unga" says nothing without it
        return Span(self.spans[first][0], self.spans[phrase.end - 1][1])

    def cue(self, rule: str, index: int) -> tuple[str, int, int]:
        """The word at an index as the cue of a rule."""
        return rule, *self.spans[index]

    def content(self, phrase: Phrase) -> list[str]:
        """The phrase's words that are neither articles nor prepositions."""
        return [word for word in self.low[phrase.start : phrase.end] if word not in FUNCTION_WORDS]

    def first_word(self) -> int:
        """The index of the first word proper, past dashes and numbers."""
        for index, word in enumerate(self.low):
            if word[0].isalpha():
                return index
        return 0

    def joined(self, index: int) -> bool:
        """Whether no space stands between the word and the one before it."""
        return 0 < index < len(self.low) and self.spans[index - 1][1] == self.spans[index][0]

    def head(self, start: int, end: int) -> int:
        """The index of the head noun: the last word before the first preposition or conjunction."""
        for place in range(start + 1, end):
            word = self.low[place]
            if word not in JOINTS:
                continue
            if word in CONJUNCTIONS:
                if self.at(place - 1) == "-":
                    continue  # "Tandvårds- och läkemedelsförmånsverket" is one name
                owners = self.at(place - 1).endswith("s") and self.at(place + 1).endswith("s") and place + 2 < end
                if owners and self.at(place + 2) not in PREPOSITIONS:
                    continue  # "Ukrainas och allierades luftförsvar"
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
        return bool(word) and word not in NO_VERB and grammar.looks_infinitive(word)

    def is_frame(self, index: int) -> bool:
        """Whether the word frames a purpose, by itself or as the end of a compound (``miljardsatsning``)."""
        frames = self.lexicon.frames
        word = self.at(index)
        return word in frames or bool(frames) and word.endswith(FRAME_ENDS)

    def inside_name(self, index: int) -> bool:
        """Whether the word stands within a name: the ``för`` of ``Inspektionen för vård och omsorg``."""
        if not index:
            return False
        if self.low[index] == "för" and self.at(index - 1) in UNITS and self.at(index - 2).endswith(":s"):
            return True  # "FN:s organisation för P"
        names, begin = self.lexicon.long_names, index - 6 if index > 6 else 0
        if names.keys().isdisjoint(self.said[begin:index]):
            return False
        for first in range(begin, index):
            start = self.spans[first][0]
            for name in names.get(self.said[first], ()):
                if start + len(name) > self.spans[index][0] and self.text.startswith(name, start):
                    return True
        return False

    def is_small(self, index: int) -> bool:
        """Whether ``mindre`` tells how large the noun after it is: ``för mindre orkestrar``, not ``mindre än``."""
        if self.at(index) != "mindre" or self.at(index - 1) not in grammar.PREPOSITIONS:
            return False
        after = self.at(index + 1)
        return after.isalpha() and after not in grammar.NO_NOUN and after != "än" and not grammar.is_finite(after)

    def opens(self, index: int) -> bool:
        """Whether the preposition at ``index`` goes on to a purpose and not to a time, a sum or a manner."""
        word, after, third = self.at(index), self.at(index + 1), self.at(index + 2)
        if not after or after[0] in ".,;:)–" or after in grammar.HEDGES and not self.is_small(index + 1):
            return False
        if after[0].isdigit() and is_dated(after, third):
            return False
        if word == "med" and after == "stöd" and third in {"till", "för"}:
            return True  # "arbetet med stöd till P", not "med stöd av"
        further = after == "ytterligare" and third[:1].isalpha() and third not in grammar.HEDGES
        if after in ASIDE.get(word, NOTHING) and not further:
            return False  # "på ytterligare resurser" opens a purpose, "på ytterligare 10 miljoner" does not
        time = third if after in {"de", "den", "det"} else after
        if time in grammar.TIME or third == "år" and after in grammar.NUMERALS:
            return False
        if time in NEAR and not grammar.TIME.isdisjoint(self.low[index + 2 : index + 6]):
            return False  # "för de närmaste fem åren"
        if word == "i" and after.endswith("budgeten"):
            return False  # "i höstbudgeten", "i årets budget"
        if word == "i" and after == "flera" and third in {"omgångar", "steg", "år"}:
            return False
        if word == "på" and third in {"nivå", "nivån", "väg", "sätt"}:
            return False
        if word == "till" and (
            self.at(index - 1) in NOT_TO or not grammar.WORTH.isdisjoint((third, self.at(index + 3)))
        ):
            return False  # "till ett värde av", "till ett uppskattat värde av"
        return not self.inside_name(index)

    def skip_light(self, index: int) -> int:
        """The index after articles and words of quantity."""
        while (word := self.at(index)) in PASSING and (word in PASSED or self._so_called(index)):
            after = self.at(index + 1)
            if word == "en" and after == "del":
                index += 1
            elif word in grammar.KEPT_WHEN_ALONE and after not in NO_VERB and after not in self.lexicon.frames:
                break  # "nya lantbruksråd" keeps its adjective, "nya insatser för" does not
            index += 1
        return index

    def _so_called(self, index: int) -> bool:
        word = self.at(index)
        if word == "s.k":
            return True
        if word == "så":
            return self.at(index + 1).startswith("kalla")
        return self.at(index - 1) == "så"


def is_dated(number: str, after: str) -> bool:
    """Whether what begins with a figure is a year or counts what follows: no purpose but ``1177 Vårdguiden``."""
    if grammar.YEAR.match(number):
        return True
    return number.replace(",", "").replace(".", "").isdigit() and after != "vårdguiden"
