"""A mention where it stands: its block, its sentence, and the sums beside it."""

from __future__ import annotations

from collections.abc import Sequence

from belopp.model import HEADING, QUOTE, TITLE, Mention
from belopp.sentences.outline import Outline
from belopp.sentences.splitting import Span


class Place:
    """A mention where it stands: its block and sentence, and the other mentions of that sentence.

    The stages ask for these things many times a sum, so they are plain attributes.  ``text`` is the whole document's,
    ``lowered`` the same in small letters: every span indexes both.  ``small`` is the sentence in small letters,
    ``cell`` the block itself and ``kind`` its kind; ``left`` and ``right`` reach from the mention to the ends of its
    sentence, ``before`` and ``after`` no farther than to the mentions beside it.
    """

    __slots__ = (
        "after", "before", "block", "cell", "index", "is_heading", "is_quote", "kind", "left", "lowered", "mention",
        "mentions", "outline", "right", "sentence", "small", "text",
    )  # fmt: skip

    def __init__(self, outline: Outline, block: int, sentence: Span, mentions: tuple[Mention, ...], index: int) -> None:
        self.outline, self.block, self.sentence, self.mentions, self.index = outline, block, sentence, mentions, index
        self.text = outline.document.text
        self.lowered = outline.lowered
        self.small = self.lowered[sentence.start : sentence.end]
        self.cell = outline.blocks[block]
        self.kind = kind = self.cell.kind
        self.is_heading = kind in (TITLE, HEADING)
        self.is_quote = kind == QUOTE
        self.mention = mention = mentions[index]
        self.left = Span(sentence.start, mention.start)
        self.right = Span(mention.end, sentence.end)
        self.before = Span(mentions[index - 1].end, mention.start) if index else self.left
        self.after = Span(mention.end, mentions[index + 1].start) if index + 1 < len(mentions) else self.right

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


def place_mentions(outline: Outline, mentions: Sequence[Mention]) -> list[Place]:
    """Each mention's :class:`Place` in a document, in the order given (which must be text order)."""
    told: dict[tuple[int, Span], list[Mention]] = {}
    for mention in mentions:
        block = outline.block_at(mention.start)
        told.setdefault((block, outline.sentence_at(block, mention.start)), []).append(mention)
    places: list[Place] = []
    for (block, sentence), beside in told.items():
        together = tuple(beside)
        places += [Place(outline, block, sentence, together, index) for index in range(len(together))]
    return places
