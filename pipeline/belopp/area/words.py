"""The words of a text as a phrase is read from them: in small letters, without what only comes between them."""

from __future__ import annotations

from typing import Final, NamedTuple

from belopp import grammar, sentences
from belopp.adverbials import FOLLOWING, LAST_WORDS, adverbial_at

ABBREVIATED: Final = frozenset({"bl.a", "fr.o.m", "s.k", "t.ex", "t.o.m"})  # inside a phrase their stop ends nothing
WRITTEN_OUT: Final = {"fr.o.m": "från", "t.o.m": "till"}
YEARS: Final = frozenset(map(str, range(1990, 2060)))
LEADS_TO_YEAR: Final = frozenset("från fram för med och perioden till under år året åren".split())
LEFT_OUT: Final = ABBREVIATED | LAST_WORDS | YEARS | {"("}  # what no phrase would hold comes with one of these
OPENING: Final = FOLLOWING.keys() | LEADS_TO_YEAR | YEARS | {"(", "."}


class Words(NamedTuple):
    """The words of a text in order: as they are said, in lower case without soft hyphens, and their places."""

    said: list[str]
    low: list[str]
    spans: list[tuple[int, int]]
    plain: bool  # nothing stands among them that no phrase would hold

    def part(self, first: int, last: int) -> Words:
        """The words from one index to another."""
        said, low = self.said[first:last], self.low[first:last]
        return Words(said, low, self.spans[first:last], self.plain or LEFT_OUT.isdisjoint(low))


def read_words(text: str, start: int, end: int) -> Words:
    """The words and marks of ``text[start:end]``.

    >>> read_words("Stöd till SKR", 5, 13)
    Words(said=['till', 'SKR'], low=['till', 'skr'], spans=[(5, 9), (10, 13)], plain=True)
    """
    return in_small_letters(sentences.words(text, start, end))


def in_small_letters(found: sentences.Words) -> Words:
    """A sentence's words with their small letters."""
    said, spans = found
    low = list(map(str.lower, said))
    if joint := grammar.as_well_joint(low):
        _join_as_well(low, joint)
    return Words(said, low, spans, LEFT_OUT.isdisjoint(low))


def _join_as_well(low: list[str], joint: int) -> None:
    """Read ``till såväl barn som unga`` as ``till både barn och unga``; not ``design såväl här som där``."""
    first = low.index(grammar.AS_WELL)
    if not first or low[first - 1] in grammar.PREPOSITIONS:
        low[first], low[joint] = "både", "och"


def closed_up(found: Words, *, goes_on: bool = False) -> Words:
    """The words without short brackets (``(SLU)``), which would part a name from what follows it, and adverbs.

    An adverbial of the sentence (``ger i dag Skolverket``) would part a verb from its subject and object and, in a
    stretch that goes on after a sum, that from its purpose.
    """
    said, low, spans, _ = found
    openings = [at for at, word in enumerate(low) if word in OPENING]  # one word in four
    first = next((at for at in openings if left_out(found, at, low[max(0, at - 2) : at], goes_on=goes_on)), None)
    if first is not None:
        kept = [*range(first)]
        done = first
        for index in openings[openings.index(first) :]:
            if index >= done:
                kept.extend(range(done, index))
                done = index + left_out(found, index, [low[at] for at in kept[-2:]], goes_on=goes_on)
                if done == index:
                    kept.append(index)
                    done += 1
        kept.extend(range(done, len(low)))
        said, low, spans = [said[at] for at in kept], [low[at] for at in kept], [spans[at] for at in kept]
    if not ABBREVIATED.isdisjoint(low):
        low = [WRITTEN_OUT.get(word, word) for word in low]
    return Words(said, low, spans, True)


def left_out(found: Words, index: int, before: list[str], *, goes_on: bool) -> int:
    """How many words from an index on only come between the (two) words ``before`` and what follows."""
    word = found.low[index]
    if word == "(":
        close = index and past_bracket(found.said, index)
        return close and close + 1
    if word == ".":
        return bool(before) and before[-1] in ABBREVIATED
    return aside_at(found.low, index) if (is_after_verb(before) if before else goes_on) else 0


def aside_at(low: list[str], index: int) -> int:
    """How many words an adverbial or a date takes that begins at a word; 0 when neither does."""
    if adverbs := adverbial_at(low, index):
        return adverbs
    at = index
    while at < len(low) and at < index + 5 and low[at] in LEADS_TO_YEAR:
        at += 1
    if at == len(low) or low[at] not in YEARS:
        return 0
    ranges = low[at + 1 : at + 2] in (["–"], ["-"], ["och"]) and low[at + 2 : at + 3] and low[at + 2] in YEARS
    return at + (3 if ranges else 1) - index


def is_after_verb(before: list[str]) -> bool:
    """Whether the last word is a finite verb, or the subject right after one: ``avsätter regeringen``."""
    return grammar.is_finite(before[0] if before[-1] in grammar.GIVERS else before[-1])


def past_bracket(said: list[str], index: int) -> int:
    """How many words on a short bracket closes that begins at ``index`` with a capital; 0 for any other."""
    for n in range(2, 5):
        if index + n < len(said) and said[index + n] == ")":
            return n if said[index + 1][:1].isupper() else 0
    return 0
