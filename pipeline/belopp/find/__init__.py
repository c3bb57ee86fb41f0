"""Finding: every sum of money that a text states, read by itself.

``gate`` passes over what holds no word of money, and ``view`` makes a paragraph plain for reading. In it ``amounts``
puts the units of the ``lexicon`` to numbers: ``single`` reads the sum of one number, ``coins`` prices such as
``3:37``, ``joining`` what two numbers state together, ``ellipses`` what shares the unit of a later sum. ``hedges``
says how exact a sum is; ``recurrence`` what it recurs or counts for, by the words beside it (``rates``, ``yearly``),
beside the next sum (``stretch``, ``coordination``) or over its list or table (``over``). ``tables`` reads bare
numbers in cells, ``headings`` those that the text below says again as kronor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from belopp import rulebook
from belopp.composing import ACCENTS, composed, lowered, turned
from belopp.find import gate, headings, hedges, over, recurrence, tables
from belopp.find.amounts import amounts
from belopp.find.lexicon import lexicon
from belopp.find.single import Amount
from belopp.find.view import View, view
from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, TITLE, Block, Document, Mention, Reason
from belopp.numerals import plain
from belopp.rulebook import Rulebook

__all__ = ["find", "has_money", "mentions"]

_NEW_PARAGRAPH: Final = re.compile(r"\n(?=\s*\n|\s*[^\sa-zåäö])")  # a hard-wrapped line goes on in lower case

_DASHED: Final = re.compile(r"\s*[–—−-]\s+[a-zåäö]")
"""A list item that the text writes with a dash: a quote opens with a capital."""
_LONGEST_LIST: Final = 12
LEADS: Final = (PARAGRAPH, HEADING, TITLE)


def has_money(text: str, *, book: Rulebook | None = None) -> bool:
    """Whether ``text`` may state a sum of money; ``False`` is certain.

    >>> has_money("Det kostar 3 miljoner kronor."), has_money("Det kostar inget.")
    (True, False)
    """
    whole = composed(text) if any(map(text.__contains__, ACCENTS)) else None  # the gate passes over soft hyphens
    return gate.has_money(whole.text if whole else text, book or rulebook.load())


def find(text: str, *, book: Rulebook | None = None) -> list[Mention]:
    """Every sum of money in a bare string, in text order; each run of lines is a paragraph of its own.

    Raises ``TypeError`` for what is no string.

    >>> [(m.text, str(m.low)) for m in find("Av dessa går 30 Mkr till skolor och 4,5 miljoner till vård.")]
    [('30 Mkr', '30000000'), ('4,5 miljoner', '4500000')]
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f"belopp.find takes a text (str), not {kind}; of a file: belopp.extract(belopp.read(path))")
    book = book or rulebook.load()
    if not has_money(text, book=book):
        return []
    if whole := composed(text) or turned(text):
        return [whole.mention(mention, text) for mention in find(whole.text, book=book)]
    cuts = [0, *(found.start() for found in _NEW_PARAGRAPH.finditer(text)), len(text)]
    found: list[Mention] = []
    for start, end in pairwise(cuts):
        if gate.has_money(text[start:end], book):
            found.extend(_read(text, start, end, book))
    return found


def mentions(document: Document, book: Rulebook) -> list[Mention]:
    """Every sum of money in a document, in text order; boilerplate and links hold none."""
    text, blocks = document.text, document.blocks
    if not blocks:
        return find(text, book=book)
    split = any(map(text.__contains__, gate.INVISIBLE))  # a soft hyphen may stand inside the word
    hits = [] if split else gate.hits(text, book)
    if not hits and not (split and gate.has_money(text, book)):
        return []
    found: list[Mention] = []
    for index in range(len(blocks)) if split else _hit(blocks, hits):
        block = blocks[index]
        if block.kind != BOILERPLATE and (not split or gate.has_money(text[block.start : block.end], book)):
            found.extend(_read(text, block.start, block.end, book, _lead(document, index)))
    if any(block.kind == CELL for block in blocks):
        found.extend(tables.bare_cells(document, found, book))
        found.sort(key=lambda mention: mention.start)
        found = over.headed(document, found, book)
    return headings.restated(document, found, book)


def _hit(blocks: Sequence[Block], hits: Sequence[int]) -> Iterator[int]:
    """The indices of the blocks in which one of the places lies; both in text order."""
    waiting = iter(hits)
    hit = next(waiting)
    for index, block in enumerate(blocks):
        while hit < block.start:
            if (hit := next(waiting, -1)) < 0:
                return
        if hit < block.end:
            yield index


def _lead(document: Document, index: int) -> str:
    """The paragraph or the heading that introduces a list item, a few blocks back at most."""
    text, blocks = document.text, document.blocks
    if not _is_item(text, blocks[index]):
        return ""
    for before in reversed(blocks[max(0, index - _LONGEST_LIST) : index]):
        if not _is_item(text, before):
            return text[before.start : before.end] if before.kind in LEADS else ""
    return ""


def _is_item(text: str, block: Block) -> bool:
    return block.kind == ITEM or _DASHED.match(text, block.start, block.end) is not None


def _read(text: str, start: int, end: int, book: Rulebook, lead: str = "") -> Iterator[Mention]:
    """The mentions of one paragraph, heading, item or cell."""
    seen = view(text, start, end)
    small = lowered(seen.text)
    sums = amounts(seen.text, small, lexicon(book), book)
    if not sums:
        return
    recurring = recurrence.recurrences(seen.text, small, sums, book, lead=lead)
    for amount, (per, vat) in zip(sums, recurring, strict=True):
        hedge = hedges.hedge(small, amount.start, amount.end, book)
        yield _mention(text, seen, amount, (hedge, per, vat), book)


def _mention(
    text: str, seen: View, amount: Amount, said: tuple[Reason | None, Reason | None, Reason | None], book: Rulebook
) -> Mention:
    """The mention of an amount; ``said`` is why it has a modifier, a ``per`` and a ``vat``."""
    start, end = seen.place(amount.start, amount.end)
    reasons = dict.fromkeys((*amount.reasons, *filter(None, said)))
    modifier, per, vat = [book.rules[why.rule].sets[why.column] if why else "" for why in said]
    low = plain(amount.low)
    return Mention(
        start,
        end,
        text[start:end],
        low,
        low if amount.high is amount.low else plain(amount.high),
        amount.currency,
        modifier,
        per,
        vat,
        tuple([_placed(reason, seen) for reason in reasons]),
    )


def _placed(reason: Reason, seen: View) -> Reason:
    column, rule, start, end = reason
    if seen.offsets is None:
        return Reason(column, rule, seen.base + start, seen.base + end)
    if start == end:
        place = seen.place(start - 1, start)[1] if start else seen.base
        return Reason(column, rule, place, place)
    return Reason(column, rule, *seen.place(start, end))
