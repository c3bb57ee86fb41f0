"""Headlines in capitals, read in the letters in which the text writes their words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from belopp.composing.letters import lowered
from belopp.composing.offsets import Composed, compose
from belopp.model import HEADING, TITLE, Document

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NAME: Final = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]+")
_VOWEL: Final = re.compile(r"[aeiouyåäöé]")
_SIGNS: Final = re.compile(r"[\W\d_]+")
_HEADLINE: Final = 8  # letters: what is shorter may be an acronym


def in_small(document: Document) -> Composed | None:
    """The document with each word of its headlines in capitals as its text writes it: a name, an acronym or neither."""
    text = document.text
    heads = [(block.start, block.end) for block in document.blocks if block.kind in (TITLE, HEADING)]
    heads = [
        span for span in heads if text[slice(*span)].isupper() and len(_SIGNS.sub("", text[slice(*span)])) >= _HEADLINE
    ]
    if not heads:
        return None
    edges = (0, *(edge for span in heads for edge in span), len(text))
    rest = "\n".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    said, names = set(_LETTERS.findall(rest)), set(_NAME.findall(rest))
    found = ((word, start) for start, end in heads for word in _LETTERS.finditer(text, start, end))
    return compose(text, [(*word.span(), _small(word[0], said, names, word.start() == at)) for word, at in found])


def _small(word: str, said: AbstractSet[str], names: AbstractSet[str], first: bool) -> str:
    plain, name = lowered(word), word.capitalize()
    if plain not in said:
        if word in said or not _VOWEL.search(plain):  # "SKR", "LSS"
            return word
        if name in names or name.removesuffix("s") in names:
            return name
    return name if first else plain
