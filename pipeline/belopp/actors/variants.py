"""In which forms a listed name may stand in a text: in the genitive, in capitals, with the form of a company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import ne


def with_form(said: Sequence[str], last: int) -> int:
    """Where a listed name ends when a company's form follows it: ``SOS Alarm Sverige AB``."""
    for stop, word in enumerate(said[last : last + 2], last):
        if word in ("AB", "AS", "Aktiebolag"):
            return stop + 1
        if not word[0].isupper():
            break
    return last


def genitives(words: Iterable[str]) -> frozenset[str]:
    """Words as they stand, and with every ending of a genitive."""
    return frozenset(word + ending for word in words for ending in ("", "s", ":s", "’s", "'s"))


def base_forms(word: str) -> Iterator[tuple[str, bool]]:
    """A word as it stands, then without a genitive ending.

    >>> list(base_forms("SKR:s"))
    [('SKR:s', False), ('SKR', True)]
    """
    yield word, False
    if word.endswith((":s", "’s", "'s")):
        yield word[:-2], True
    elif word.endswith("s"):
        yield word[:-1], True


def same_word(listed: str, word: str) -> bool:
    """Whether a word of the text is a listed name: capitals must be there, and of an abbreviation all of them."""
    if listed.isupper() and len(listed) < 7:
        return word == listed
    return word.casefold() == listed.casefold() and (word[0].isupper() or not listed[0].isupper())


def fits_rest(rest: tuple[str, ...], following: Sequence[str], last: str) -> bool | None:
    """Whether words are the rest of a listed name: ``False`` as it stands, ``True`` in the genitive, else ``None``."""
    end = len(rest) - 1
    if not following[end].startswith(rest[end]) or any(map(ne, rest[:end], following)):
        return None
    return next((genitive for base, genitive in base_forms(last) if base.casefold() == rest[end]), None)
