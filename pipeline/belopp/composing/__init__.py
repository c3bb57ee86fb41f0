"""A text as it is read: whole letters, whole words, one blank between two words; offsets stay its own.

Rules, actors and number words are written so.  A text from a Mac's file system or a PDF may spell a letter in two
characters (``a`` and a ring), one from the web part its words by soft hyphens, one from a mail its lines at 72
characters, and Markdown sets marks of bold type about a sum: it is composed for reading, and what is found in it is
put back where it stands in the text that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from belopp.composing.headlines import in_small
from belopp.composing.letters import ACCENTS, lowered, spaced, spelled
from belopp.composing.offsets import Composed, compose
from belopp.model import Block, Document

__all__ = ["ACCENTS", "Composed", "as_read", "composed", "lowered", "spaced", "turned"]

_BREAK: Final = re.compile(r"(?:\r\n?|\n)[ \t]*")
# What the layout sets between words: what must stand in a text that has any, where it stands, and as what it is read.
_LAID_OUT: Final = (
    ("*", re.compile(r"\*"), ""),
    ("\\", re.compile(r"\\(?=[!-/:-@\[-`{-~])"), ""),
    ("  ", re.compile(r"  (?<=\S  ) *(?=\S)"), " "),
    (" - ", re.compile(r"-(?<=\S -)(?= \S)"), "–"),
)
# "MSEK 61", "SEK 5 000", "kr. 150 000", "kronor 400 i månaden", "Mkr 30-40", "SEK 5 miljoner"; not "30 mkr 5 gånger",
# "SEK 2024", "EUR 1,250" or "SEK 3:37"
_CODE: Final = re.compile(r"(?:SEK|Msek|[Kk]r(?:onor|\.)?|KR|EUR|Meur|Meuro|€|USD|GBP|NOK|DKK)[ \u00a0](?=\d)")
_SCALE: Final = 3  # letters before a code: "MSEK", "mdrkr"
_FRONTED: Final = re.compile(
    r"""
    (?<![\w$-]) (?<!\d\s) (?<!\)\s) (?<!miljon\s) (?<!miljoner\s) (?<!miljarder\s) (?<!miljard\s)
    (?<!tusen\s) (?<!svenska\s)
    (?<!ilj\.\s) (?<!mdr\.\s)
    (?P<unit> (?:[TMtm]|M[ND]|[Mm](?:[nd]|dr|rd))?(?:SEK|KR|kr) | Kr | [Kk]SEK | Msek  # KKR is a council
      | (?P<word>[Kk]r(?:onor|\.)) | [Mm]?(?:EUR|USD|GBP|NOK|DKK) | M(?:euro?|€) ) [ \u00a0]
    (?P<number> (?!(?:19|20)\d\d\b(?![.,]\d)) \d{1,3} (?: (?:[ \u00a0.]\d{3})+ | \d* ) (?:,\d\d?)?
      (?: [-–]\d+(?:,\d+)? )? (?: [ \u00a0](?:miljon(?:er)?|million|miljard(?:er)?|billion|mdr|m[nd])\b )? )
    (?(word) (?= \s*(?:[.,;)]|$) | \s(?:per|för|i|om|till|årligen|plus|inkl|exkl)\b ))
    (?! \w | [.,]\d | :[\d-] | [ \u00a0](?:m|M|bn)\b | [-–]\d | \s?\(-?[\d,]+\)\s?mil )
    """,
    re.VERBOSE,
)


def composed(text: str) -> Composed | None:
    r"""The text with whole letters and words, or ``None`` when it has no others that could be.

    >>> found = composed("tva\u030a kronor")
    >>> found.text, found.back(0, 3), found.back(3, 10)
    ('två kronor', (0, 4), (4, 11))
    """
    return compose(text, spelled(text))


def as_read(document: Document) -> Composed | None:
    """The text of a document as it is read, or ``None`` when it stands so.

    The lines of a block become one, and marks of bold type are not there.  A currency before its number is behind,
    and a headline in capitals is in the letters of the text.
    """
    return _unmarked(document) or turned(document.text) or in_small(document)


def turned(text: str) -> Composed | None:
    """The text with every currency or unit of accounts behind its number, or ``None`` when none stands before one.

    >>> found = turned("Bidraget är Mkr 30.")
    >>> found.text, found.back(12, 18)
    ('Bidraget är 30 Mkr.', (16, 18))
    """
    return compose(text, _turned(text))


def _unmarked(document: Document) -> Composed | None:
    text = document.text
    return compose(text, sorted((*_broken(text, document.blocks), *_set_off(text), *spelled(text))))


def _broken(text: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int, str]]:
    """Every break of lines within a block, which is read as a blank, and every other that no newline makes."""
    inside = [block for block in blocks if text.find("\n", block.start, block.end) >= 0]
    if not inside and "\r" not in text:
        return
    starts, ends = [block.start for block in inside], [block.end for block in inside]
    done = 0
    for found in _BREAK.finditer(text):
        start, end = found.span()
        if start > done and text[start - 1] == " ":  # one blank goes with it
            start -= 1
        done = end
        block = bisect_left(starts, start) - 1
        one_line = block >= 0 and start < ends[block]
        if one_line or "\r" in found[0]:
            yield start, end, " " if one_line else "\n"


def _set_off(text: str) -> Iterator[tuple[int, int, str]]:
    """Every mark, run of blanks and hyphen between words that is read otherwise than it stands, and how."""
    for sign, sought, said in _LAID_OUT:
        if sign in text:
            for found in sought.finditer(text):
                yield *found.span(), said


def _turned(text: str) -> Iterator[tuple[int, int, str]]:
    """Every currency or unit of accounts that stands before its number: it is read behind it, as most are written."""
    for code in _CODE.finditer(text):
        for start in range(max(0, code.start() - _SCALE), code.start() + 1):
            if found := _FRONTED.match(text, start):
                last = found.end() - 1
                yield start, found.start("number"), ""
                yield last, last + 1, f"{text[last]} {found['unit']}"
                break
