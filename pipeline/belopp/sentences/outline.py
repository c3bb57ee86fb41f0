"""A document's blocks with what governs them: headings, lead-ins, the sentences before and after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property
from itertools import chain, islice, takewhile
from operator import attrgetter
from typing import Any, Final, TypeVar

from belopp.composing import lowered, spaced
from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, PARAGRAPH, QUOTE, TITLE, Block, Document
from belopp.rulebook import Cue, Cues
from belopp.sentences.grid import Grid
from belopp.sentences.idle import is_idle
from belopp.sentences.splitting import Span, Words, split_sentences, words

Found = TypeVar("Found")

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


class Outline:
    """A document's blocks with what governs them, made once for all of its mentions."""

    def __init__(self, document: Document) -> None:
        self.document = spaced(document)
        self.blocks = document.blocks or (Block(0, len(document.text), PARAGRAPH),)
        self._starts = [block.start for block in self.blocks]
        self._sentences: dict[int, tuple[Span, ...]] = {}
        self._telling: dict[int, tuple[Span, ...]] = {}
        self._words: dict[Span, Words] = {}
        self._kept: dict[Hashable, Any] = {}

    def kept(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """What ``read`` finds in the document, read once for a key and shared by all of its sums."""
        if key not in self._kept:
            self._kept[key] = read()
        found: Found = self._kept[key]
        return found

    def first(self, cues: Cues) -> Cue | None:
        """The first of some rules' words in the document, looked for once."""
        return self.kept(cues, lambda: cues.first(self.lowered))

    def forget(self) -> None:
        """Let go of what was kept: readings point back at their outline, and such a ring waits for the collector."""
        self._kept.clear()

    @cached_property
    def title(self) -> Block | None:
        """The block of the title."""
        return next((block for block in self.blocks if block.kind == TITLE), None)

    @cached_property
    def lowered(self) -> str:
        """The document's text in small letters, each in its place: every span indexes it too."""
        return lowered(self.document.text)

    def block_at(self, offset: int) -> int:
        """The index of the block that holds ``offset`` (of the last block before it, if none does)."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        while index and self.blocks[index].start == self.blocks[index].end:  # an empty cell holds nothing
            index -= 1
        return index

    def sentences(self, block: int) -> tuple[Span, ...]:
        """The sentences of a block."""
        found = self._sentences.get(block)
        if found is None:
            here = self.blocks[block]
            found = self._sentences[block] = split_sentences(self.document.text, here.start, here.end)
        return found

    def telling(self, block: int) -> tuple[Span, ...]:
        """The sentences of a block but for those that say nothing of their own."""
        found = self._telling.get(block)
        if found is None:
            text = self.document.text
            found = tuple(span for span in self.sentences(block) if not is_idle(text[span.start : span.end]))
            self._telling[block] = found
        return found

    def headings(self, block: int) -> tuple[int, ...]:
        """The indices of the title and headings over a block, outermost first."""
        return self._chains[block]

    def words(self, sentence: Span) -> Words:
        """The words of a sentence, read once."""
        found = self._words.get(sentence)
        if found is None:
            found = self._words[sentence] = words(self.document.text, *sentence)
        return found

    @cached_property
    def _chains(self) -> list[tuple[int, ...]]:
        chains: list[tuple[int, ...]] = []
        over: tuple[int, ...] = ()
        for index, block in enumerate(self.blocks):
            if block.kind in (TITLE, HEADING):
                while over and self._level(over[-1]) >= self._level(index):
                    over = over[:-1]
                chains.append(over)
                over = (*over, index)
            else:
                chains.append(over)
        return chains

    def _level(self, index: int) -> int:
        block = self.blocks[index]
        return 0 if block.kind == TITLE else max(1, block.level)

    @cached_property
    def _grids(self) -> dict[int, Grid]:
        tables: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.kind == CELL:
                tables.setdefault(block.level, []).append(block)
        return {number: Grid(self.document, cells) for number, cells in tables.items()}

    def grid(self, table: int) -> Grid:
        """The table of that number."""
        return self._grids[table]

    def lead_in(self, block: int) -> int | None:
        """The block that introduces a list item or a table: the nearest one before it that is neither."""
        return self._leads[block]

    @cached_property
    def _leads(self) -> list[int | None]:
        leads: list[int | None] = []
        no_item: int | None = None
        no_cell: int | None = None
        for index, block in enumerate(self.blocks):
            kind = block.kind
            leads.append(no_item if kind == ITEM else no_cell if kind == CELL else None)
            if kind != BOILERPLATE:
                no_item = no_item if kind == ITEM else index
                no_cell = no_cell if kind == CELL else index
        return leads

    def over(self, block: int) -> list[Block]:
        """The title and headings over a block, outermost first, and what introduces its list or table."""
        lead = self.lead_in(block)
        return [self.blocks[index] for index in (*self.headings(block), *(() if lead is None else (lead,)))]

    def list_lead(self, block: int) -> int | None:
        """The block that introduces a whole list or table: an item's own dash, read as a quote, introduces nothing."""
        lead = self.lead_in(block)
        while lead and self.blocks[lead].kind == QUOTE and self.blocks[lead - 1].kind == ITEM:
            lead = self.lead_in(lead - 1)
        return lead

    def after(self, block: int, end: int) -> Span | None:
        """The first telling sentence of a block that begins at or after an offset."""
        here = self.telling(block)
        index = bisect_left(here, end, key=_START)
        return here[index] if index < len(here) else None

    def onward(self, block: int, end: int) -> Span | None:
        """The first telling sentence after an offset, in its block or, if that is one sentence, the next paragraph."""
        found = self.after(block, end)
        below = self.blocks[block + 1 : block + 2]
        if found is None and below and below[0].kind == PARAGRAPH and self.is_lone(block):
            found = next(iter(self.telling(block + 1)), None)
        return found

    def is_lone(self, block: int) -> bool:
        """Whether a block is a paragraph of one sentence, as newspapers set them."""
        return self.blocks[block].kind == PARAGRAPH and len(self.sentences(block)) == 1

    def sentence_at(self, block: int, offset: int) -> Span:
        """The sentence of a block that holds an offset, or all of the block when none does."""
        here = self.sentences(block)
        index = bisect_right(here, offset, key=_START) - 1
        if index >= 0 and offset < here[index].end:
            return here[index]
        return Span(self.blocks[block].start, self.blocks[block].end)

    def earlier(self, block: int, sentence: Span) -> tuple[Span, ...]:
        """The telling sentences of a block before one, in order."""
        here = self.telling(block)
        return here[: bisect_right(here, sentence.start, key=_END)]

    def following(self, block: int, sentence: Span, paragraphs: int = 1) -> tuple[Span, ...]:
        """The telling sentences after one in its block and in the paragraphs right after it, in order."""
        here = self.telling(block)
        after = here[bisect_left(here, sentence.end, key=_START) :]
        later = takewhile(lambda i: self.blocks[i].kind == PARAGRAPH, range(block + 1, len(self.blocks)))
        return (*after, *chain.from_iterable(map(self.telling, islice(later, paragraphs))))

    def before(self, block: int, sentence: Span, most: int | None = None) -> list[tuple[int, Span]]:
        """The telling sentences before one, nearest first, as far as the heading of its section; at most so many."""
        earlier = self.earlier(block, sentence)
        found = [(block, span) for span in reversed(earlier if most is None else earlier[-most:])]
        index = self._spoken[block]
        while index >= 0 and self.blocks[index].kind not in (TITLE, HEADING):
            if most is not None and len(found) >= most:
                break
            found += [(index, span) for span in reversed(self.telling(index))]
            index = self._spoken[index]
        return found[:most]

    @cached_property
    def _spoken(self) -> list[int]:
        """For each block the nearest one before it that is neither a cell nor boilerplate, else -1."""
        nearest, spoken = -1, []
        for index, block in enumerate(self.blocks):
            spoken.append(nearest)
            if block.kind not in (CELL, BOILERPLATE):
                nearest = index
        return spoken
