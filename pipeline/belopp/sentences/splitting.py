"""Splits a text into sentences and a sentence into words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from belopp.sizes import SHORT

# An abbreviation's stop ends no sentence: "bl.a. Skolverket", "t.o.m. 2026", "ca. 5 miljoner", "prop. 2023/24:1".
ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:bl\.\s?a|t\.\s?ex|m\.\s?m|m\.\s?fl|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|d\.\s?v\.\s?s|s\.\s?k|o\.\s?s\.\s?v|f\.\s?d"
    r"|e\.\s?d|i\.\s?e|p\.\s?g\.\s?a|o\.\s?d|fr\.\s?om|ca|c:a|dvs|resp|inkl|exkl|kap|prop|bet|rskr|dir|art|nr|st|kl|jfr|max|min|milj|mdr|tel|osv|etc"
    r"|jan|febr?|apr|aug|sept?|okt|nov|dec|[a-zåäö])$",
    re.IGNORECASE,
)
# A unit's stop ends one before a word, as in "5 mdr. Staten", but not before a year or a currency: "5 kr. 2026".
UNIT: Final = re.compile(rf"(?:^|[\s(\d])(?:{'|'.join(SHORT)})$", re.IGNORECASE)
GOES_ON: Final = re.compile(r"\s+(?:(?:19|20)\d\d\b|[A-Z]{3}\b|Kr\b)")
CAPITAL: Final = re.compile(r"\s+[A-ZÅÄÖ]")
SENTENCE_END: Final = re.compile(
    r"""
    [.!?…\n] (?:                                                 # one class first: the rest is passed over fast
        (?<=\n) \s*\n
      | (?<!\n) [.!?…]* [”"’»)\]]* (?: (?= \s+ [–—−\-•]? \s* ["”“»(\[*_]* [A-ZÅÄÖÉ0-9] ) | \s*$ )
    )
    """,
    re.VERBOSE,
)
# Sums of one sentence are weighed against each other: a text without stops is cut, so that time grows with its length.
LONGEST: Final = 2_000
# Latin-1 stands first as a class of its own: to look in a class is twice as fast as to ask what a letter is.
WORD: Final = re.compile(
    r"""[0-9A-Za-zª²³µ¹º¼½¾À-ÖØ-öø-ÿ]+[^\W_]*(?:[-/:.&’'][^\W_]+)*
        |[^\w\s]
        |[^\W_]+(?:[-/:.&’'][^\W_]+)*""",
    re.VERBOSE,
)


_MARKS: Final = frozenset(".,:;)")


class Span(NamedTuple):
    """A stretch of the document's text."""

    start: int
    end: int


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of one block of text, without the white space around them.

    >>> text = "Det kostar t.ex. 5 kr. Sedan 10 kr."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Det kostar t.ex. 5 kr.', 'Sedan 10 kr.']
    >>> text = "Ramen är 5 mdr. 2026 och 6 mdr. SEK sedan den 1 sept. 2026. Den blir 7 mdr. Staten betalar."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Ramen är 5 mdr. 2026 och 6 mdr. SEK sedan den 1 sept. 2026.', 'Den blir 7 mdr.', 'Staten betalar.']
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for found in SENTENCE_END.finditer(text, start, stop):
        stop_at, after = found.span()
        # Five letters on end are no abbreviation, and most sentences end in them; others end in a figure.
        if after < stop and text[stop_at] == "." and text[stop_at - 1 : stop_at].isalpha():
            last = text[max(begin, stop_at - 12) : stop_at]
            if not last[-5:].isalnum() and _is_abbreviated(last, text, after):
                continue
        _keep(spans, text, begin, after)
        begin = after
    if begin < stop:
        _keep(spans, text, begin, stop)
    return tuple(spans)


def _is_abbreviated(last: str, text: str, after: int) -> bool:
    """Whether the stop behind ``last`` only shortens a word; the text goes on at ``after``."""
    if UNIT.search(last):
        if GOES_ON.match(text, after):
            return True
        if CAPITAL.match(text, after):
            return False
    return ABBREVIATION.search(last) is not None


def _keep(spans: list[Span], text: str, start: int, end: int) -> None:
    """Keep a stretch without the white space around it, and one that is too long in pieces."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        _keep(spans, text, start, cut)
        start = cut
    if bare := text[start:end].lstrip():
        start = end - len(bare)
        spans.append(Span(start, start + len(bare.rstrip())))


class Words(NamedTuple):
    """The words and marks of punctuation of a text in order, and their places."""

    said: list[str]
    spans: list[tuple[int, int]]


def words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words and marks of ``text[start:end]`` in order.

    >>> words("SKR:s arbete, t.ex. kl. 10").said
    ['SKR:s', 'arbete', ',', 't.ex', '.', 'kl', '.', '10']
    """
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    for piece in text[start:end].split(" "):
        stop = start + len(piece)
        if piece.isalnum():  # most words stand between two spaces, and need no pattern
            said.append(piece)
            spans.append((start, stop))
        elif piece[-1:] in _MARKS and piece[:-1].isalnum():
            said += (piece[:-1], piece[-1])
            spans += ((start, stop - 1), (stop - 1, stop))
        else:
            for found in WORD.finditer(text, start, stop):
                said.append(found[0])
                spans.append(found.span())
        start = stop + 1
    return Words(said, spans)
